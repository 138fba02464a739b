//! How busy a team is over the periods that a bound of `[decide] keep` on its occupancy names.
//!
//! `"daily occupancy of berlin at most 86%"` bounds every day, not the mean of all: in each period of the scenario's zone the
//! expected occupancy (time with a contact in hand / time on queue, [`TEAM_METRICS`](super::TEAM_METRICS)) is at most the bound.
//! Without `daily`, `weekly` or `monthly` a period is a week. Skill groups of a team are taken together. A period in which
//! the team is hardly on queue, such as the few minutes of overtime after the last evening, is not judged.

use super::promise::periods_of;
use crate::scenario::model::{KeepMeasure, Scenario};
use crate::sim::Ledger;
use crate::stats::{Estimate, ratio_estimate};
use crate::time::Tick;

/// A period with less than this share of the mean period's time on queue, or of its work, is not judged.
pub const JUDGED_FROM: f64 = 0.02;

/// Per bound of `keep` and period: ticks with a contact in hand, ticks on queue; no periods where a bound is not on
/// occupancy.
#[must_use]
pub fn occupied(scenario: &Scenario, ledger: &Ledger) -> Vec<Vec<(u64, u64)>> {
    let n = ledger.interval_count;
    let one = |measure: &KeepMeasure| {
        let KeepMeasure::Occupancy(team, every) = *measure else {
            return Vec::new();
        };
        let horizon = &scenario.horizon;
        let periods = periods_of(horizon, every, horizon.zone());
        let mut out = vec![(0, 0); periods.len()];
        for t in scenario.members(team) {
            for (i, sums) in ledger.staff[t * n..(t + 1) * n].iter().enumerate() {
                let slot = &mut out[periods.period_of(i as Tick * ledger.interval) as usize];
                slot.0 += sums.handling;
                slot.1 += sums.on_queue;
            }
        }
        out
    };
    let bounds = scenario.decide.keep.iter();
    bounds.map(|keep| one(&keep.measure)).collect()
}

/// Occupancy of the busiest period: the one whose interval reaches highest. `samples[r][period]` are ticks with a contact in
/// hand and on queue of replication `r`; `None` where the team is never on queue.
#[must_use]
pub fn busiest(samples: &[&[(u64, u64)]], confidence: f64) -> Option<Estimate> {
    let periods = samples.first()?.len();
    let on_queue = |period: usize| samples.iter().map(|s| s[period].1 as f64).sum::<f64>();
    let mean = (0..periods).map(on_queue).sum::<f64>() / periods.max(1) as f64;
    let judged = (0..periods).filter(|&p| on_queue(p) > JUDGED_FROM * mean);
    let estimates = judged.filter_map(|p| {
        let pairs: Vec<(f64, f64)> = samples
            .iter()
            .map(|s| (s[p].0 as f64, s[p].1 as f64))
            .collect();
        ratio_estimate(&pairs, confidence)
    });
    let highest = estimates.max_by(|a, b| a.high.total_cmp(&b.high))?;
    Some(highest.within(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_busiest_period_counts_and_not_a_few_minutes_after_hours() {
        // Two days and a stretch of overtime, two replications.
        let one = [(40, 100), (70, 100), (1, 1)];
        let other = [(44, 100), (72, 100), (0, 0)];
        let found = busiest(&[&one, &other], 0.95).unwrap();
        assert!((found.value - 0.71).abs() < 1e-12, "{found:?}");
        assert!(found.high > 0.71);
        let swapped = busiest(&[&other, &one], 0.95).unwrap();
        assert_eq!(swapped.value, found.value);
        assert_eq!(busiest(&[&[(0, 0)]], 0.95), None);
        assert_eq!(busiest(&[], 0.95), None);
    }
}
