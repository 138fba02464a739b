//! Promises over their judging periods, and verdicts.

use crate::scenario::model::{Every, Promise, Scenario};
use crate::sim::{Kept, Ledger};
use crate::stats::{Estimate, clustered_share, ratio_estimate};
use crate::time::{self, Horizon, Tick};
use jiff::tz::TimeZone;
use serde::Serialize;

/// What is said of a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Kept, beyond the doubt of the simulation.
    Met,
    /// Broken, beyond the doubt of the simulation.
    Missed,
    /// The interval still holds both.
    Undecided,
}

/// The judging periods of a promise on a scenario's horizon.
#[must_use]
pub fn judging_periods(scenario: &Scenario, promise: &Promise) -> time::Periods {
    periods_of(&scenario.horizon, promise.every, &promise.zone)
}

/// The periods of a length that a horizon has by a zone's clock.
pub(super) fn periods_of(horizon: &Horizon, every: Every, zone: &TimeZone) -> time::Periods {
    match every {
        Every::Interval => time::intervals(horizon),
        Every::Day => time::days(horizon, zone),
        Every::Week => time::weeks(horizon, zone),
        Every::Month => time::months(horizon, zone),
    }
}

/// Per promise and judging period: contacts that kept it, contacts that count, by interval of arrival.
#[must_use]
pub fn periods(scenario: &Scenario, ledger: &Ledger) -> Vec<Vec<(u64, u64)>> {
    let n = ledger.interval_count;
    let one = |(p, promise): (usize, &Promise)| {
        let periods = judging_periods(scenario, promise);
        let mut out = vec![(0, 0); periods.len()];
        for (i, kept) in ledger.promises[p * n..(p + 1) * n].iter().enumerate() {
            let Kept { good, total } = *kept;
            let slot = &mut out[periods.period_of(i as Tick * ledger.interval) as usize];
            slot.0 += u64::from(good);
            slot.1 += u64::from(total);
        }
        out
    };
    scenario.promises.iter().enumerate().map(one).collect()
}

/// Value over the horizon, share of periods kept, and the verdict on a promise.
///
/// `samples[r][period]` holds the counts of replication `r`. A period without contacts is not judged. `value` is the
/// ratio of expectations; the share of periods kept is clustered by replication. With `hold` the verdict compares
/// the share of periods with it, without it the value with the promised share.
#[must_use]
pub fn verdict(
    promise: &Promise,
    samples: &[&[(u64, u64)]],
    confidence: f64,
) -> (Option<Estimate>, Option<Estimate>, Verdict) {
    let pairs = totals(samples);
    let shares: Vec<f64> = samples
        .iter()
        .flat_map(|p| p.iter())
        .filter(|(_, total)| *total > 0)
        .map(|&(good, total)| good as f64 / total as f64)
        .collect();
    let value = ratio_estimate(&pairs, confidence).map(|e| {
        e.within(0.0, 1.0)
            .with_periods(crate::stats::Spread::of(&shares))
    });
    let met = clustered_share(&kept_periods(promise, samples), confidence);
    let (judged, bar) = match promise.hold {
        Some(hold) => (met, hold),
        None => (value, promise.share),
    };
    let verdict = match judged {
        Some(e) if e.low >= bar => Verdict::Met,
        Some(e) if e.high < bar => Verdict::Missed,
        _ => Verdict::Undecided,
    };
    (value, met, verdict)
}

/// Per replication: contacts that kept a promise over the horizon, contacts that count.
#[must_use]
pub fn totals(samples: &[&[(u64, u64)]]) -> Vec<(f64, f64)> {
    let sum = |periods: &&[(u64, u64)]| periods.iter().fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
    let sums = samples.iter().map(sum);
    sums.map(|(good, total)| (good as f64, total as f64))
        .collect()
}

/// Per replication: periods in which a promise was kept, periods that had contacts to judge it by.
#[must_use]
pub fn kept_periods(promise: &Promise, samples: &[&[(u64, u64)]]) -> Vec<(u64, u64)> {
    let kept = |periods: &&[(u64, u64)]| {
        let judged = periods.iter().filter(|(_, total)| *total > 0);
        judged.fold((0, 0), |(k, n), &(good, total)| {
            let enough = good as f64 >= promise.share * total as f64 - 1e-9;
            (k + u64::from(enough), n + 1)
        })
    };
    samples.iter().map(kept).collect()
}
