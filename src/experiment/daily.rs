//! Waits and money day by day, over all replications.

use super::collected::Collected;
use crate::measure::KINDS;
use crate::scenario::model::{ChannelKind, Scenario};
use crate::sim::{Daily, GRAIN};
use crate::stats::DayHistogram;
use crate::time::seconds;

/// Sums over replications; they do not grow with contacts or replications.
#[derive(Debug, Clone, Default)]
pub struct DailySums {
    by_stream: bool,
    waits: Vec<Vec<DayHistogram>>,
    team_waits: Vec<Vec<DayHistogram>>,
    cost: Vec<[f64; KINDS.len()]>,
}

/// Percentiles of a day's waits in seconds; `None` where nobody waited or was answered.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct DayWaits {
    /// Median.
    pub p50: Option<f64>,
    /// Nine in ten stay under it.
    pub p90: Option<f64>,
    /// 19 in 20.
    pub p95: Option<f64>,
    /// 99 in 100.
    pub p99: Option<f64>,
}

/// Waits and money per day of the horizon, the warm-up's days with them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DailyFigures {
    /// Of all customers on the line, of all contacts where none waits on it.
    pub overall: Vec<DayWaits>,
    /// Per channel.
    pub channels: Vec<Vec<DayWaits>>,
    /// Per stream on horizons of up to eight weeks; else empty.
    pub streams: Vec<Vec<DayWaits>>,
    /// Per team: of the contacts that it was the first to work on.
    pub teams: Vec<Vec<DayWaits>>,
    /// Money by kind, in the order of kinds, mean over replications; empty where it was not asked for.
    pub cost: Vec<[f64; KINDS.len()]>,
}

impl DailySums {
    /// Adds a replication.
    pub fn push(&mut self, daily: &Daily, cost: &[[f64; KINDS.len()]]) {
        self.by_stream = daily.by_stream;
        merge(&mut self.waits, &daily.waits);
        merge(&mut self.team_waits, &daily.team_waits);
        self.cost.resize(cost.len(), [0.0; KINDS.len()]);
        for (sum, day) in self.cost.iter_mut().zip(cost) {
            sum.iter_mut().zip(day).for_each(|(s, d)| *s += d);
        }
    }
}

fn merge(into: &mut Vec<Vec<DayHistogram>>, from: &[Vec<DayHistogram>]) {
    if into.is_empty() {
        *into = from.to_vec();
        return;
    }
    let pairs = into.iter_mut().zip(from);
    for (ours, theirs) in pairs.flat_map(|(a, b)| a.iter_mut().zip(b)) {
        ours.merge(theirs);
    }
}

impl DayWaits {
    fn of(waits: &DayHistogram) -> Self {
        let at = |share| waits.quantile(share).map(|v| v * seconds(GRAIN));
        Self {
            p50: at(0.5),
            p90: at(0.9),
            p95: at(0.95),
            p99: at(0.99),
        }
    }
}

impl DailyFigures {
    /// Reads what was collected.
    #[must_use]
    pub fn new(scenario: &Scenario, collected: &Collected) -> Self {
        let sums = &collected.daily;
        let of = |rows: &[Vec<DayHistogram>]| -> Vec<Vec<DayWaits>> {
            let row = |days: &Vec<DayHistogram>| days.iter().map(DayWaits::of).collect();
            rows.iter().map(row).collect()
        };
        let channel_of = |row: usize| match sums.by_stream {
            true => scenario.streams[row].channel,
            false => row,
        };
        let together = |belongs: &dyn Fn(usize) -> bool| {
            let rows = sums.waits.iter().enumerate();
            let mut rows = rows.filter(|(row, _)| belongs(channel_of(*row)));
            let mut all = rows
                .next()
                .map(|(_, days)| days.clone())
                .unwrap_or_default();
            for (_, days) in rows {
                all.iter_mut().zip(days).for_each(|(a, b)| a.merge(b));
            }
            all
        };
        let channels = 0..scenario.channels.len();
        let channels: Vec<_> = channels.map(|c| together(&|of| of == c)).collect();
        let on_line = |c: usize| scenario.channels[c].kind != ChannelKind::Deferred;
        let any = (0..scenario.channels.len()).any(on_line);
        let overall = together(&|c| on_line(c) || !any);
        let replications = collected.replications().max(1) as f64;
        Self {
            overall: overall.iter().map(DayWaits::of).collect(),
            channels: of(&channels),
            streams: if sums.by_stream {
                of(&sums.waits)
            } else {
                Vec::new()
            },
            teams: of(&sums.team_waits),
            cost: sums
                .cost
                .iter()
                .map(|day| day.map(|sum| sum / replications))
                .collect(),
        }
    }
}
