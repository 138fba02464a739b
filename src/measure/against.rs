//! What happened and what was simulated, by the same definitions: the figures a run is held against.

use super::metric::{Ratio, Unit};
use crate::scenario::model::{ChannelKind, Population, Promise, PromiseEvent, Scenario};
use crate::sim::Ledger;
use crate::time::SECOND;

/// Sums over some contacts, counted or simulated.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Sums {
    /// Contacts offered.
    pub offered: f64,
    /// Of these, those whose wait is over.
    pub decided: f64,
    /// Contacts that gave up.
    pub abandoned: f64,
    /// Contacts answered within the limit.
    pub within: f64,
    /// Seconds waited.
    pub wait_s: f64,
}

impl std::ops::AddAssign for Sums {
    fn add_assign(&mut self, other: Self) {
        self.offered += other.offered;
        self.decided += other.decided;
        self.abandoned += other.abandoned;
        self.within += other.within;
        self.wait_s += other.wait_s;
    }
}

/// A figure that is compared.
#[derive(Debug, Clone, Copy)]
pub struct Figure {
    /// Key in JSON.
    pub key: &'static str,
    /// Unit.
    pub unit: Unit,
    /// How it is computed.
    pub ratio: fn(&Sums) -> Ratio,
}

/// Contacts offered.
pub const OFFERED: Figure = Figure {
    key: "offered",
    unit: Unit::Count,
    ratio: |s| (s.offered, 1.0),
};
/// Abandoned / offered.
pub const ABANDONED: Figure = Figure {
    key: "abandoned_share",
    unit: Unit::Share,
    ratio: |s| (s.abandoned, s.offered),
};
/// Answered within the limit / offered.
pub const WITHIN: Figure = Figure {
    key: "answered_within_share",
    unit: Unit::Share,
    ratio: |s| (s.within, s.offered),
};
/// Mean wait of all offered, abandoners up to leaving.
pub const WAIT: Figure = Figure {
    key: "mean_wait_s",
    unit: Unit::Seconds,
    ratio: |s| (s.wait_s, s.decided),
};

/// What a run counts of some channels, to be held against what happened there.
#[derive(Debug, Clone, PartialEq)]
pub struct Counted {
    /// Channels (indexes).
    pub channels: Vec<usize>,
    /// Where answers within the limit are counted.
    pub within: Within,
}

/// Where answers within a limit are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// Nowhere: there is no limit, or none that the run counts.
    Nowhere,
    /// Beside the other counts of the channels: 20 seconds.
    Usual,
    /// By a promise (index) on just these contacts.
    Promise(usize),
}

impl Counted {
    /// All channels on which customers wait, or where there is none, all.
    #[must_use]
    pub fn line(scenario: &Scenario, within_s: Option<f64>) -> Self {
        let all = 0..scenario.channels.len();
        let waits = |c: &usize| scenario.channels[*c].kind != ChannelKind::Deferred;
        let line: Vec<usize> = all.clone().filter(waits).collect();
        let channels = if line.is_empty() { all.collect() } else { line };
        Self::of(scenario, channels, within_s)
    }

    /// Some channels.
    #[must_use]
    pub fn of(scenario: &Scenario, channels: Vec<usize>, within_s: Option<f64>) -> Self {
        let all = scenario.streams.iter().enumerate();
        let of_channels = all.filter(|(_, s)| channels.contains(&s.channel));
        let streams: Vec<usize> = of_channels.map(|s| s.0).collect();
        let counts = |p: &Promise| {
            p.event != PromiseEvent::Resolution
                && !p.business_hours
                && p.of != Population::Credited
                && Some(p.within_s) == within_s
                && p.streams == streams
        };
        let within = match within_s {
            Some(s) if s == crate::scenario::actuals::USUAL_WITHIN_S => Within::Usual,
            Some(_) => scenario
                .promises
                .iter()
                .position(counts)
                .map_or(Within::Nowhere, Within::Promise),
            None => Within::Nowhere,
        };
        Self { channels, within }
    }

    /// What one replication counted of contacts that arrived in a planning interval.
    #[must_use]
    pub fn sums(&self, ledger: &Ledger, interval: usize) -> Sums {
        let mut out = Sums::default();
        for channel in &self.channels {
            let sums = &ledger.intervals[channel * ledger.interval_count + interval];
            let usual = self.within == Within::Usual;
            out += Sums {
                offered: sums.offered as f64,
                decided: (sums.answered + sums.abandoned) as f64,
                abandoned: sums.abandoned as f64,
                within: if usual { sums.within_20s as f64 } else { 0.0 },
                wait_s: sums.wait as f64 / SECOND as f64,
            };
        }
        if let Within::Promise(promise) = self.within {
            let kept = ledger.promises[promise * ledger.interval_count + interval];
            out.within += f64::from(kept.good);
        }
        out
    }
}
