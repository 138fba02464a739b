//! Problem management: contacts that no longer come because their cause is gone.

use crate::scenario::model::Scenario;
use crate::time::HOUR;

/// Ticks of a week.
const WEEK: f64 = 7.0 * 24.0 * HOUR as f64;

/// The share of a stream's first contacts that does not come, by planning interval, taken at its middle: one less the
/// product of what each problem leaves. `None` where no problem touches it.
#[must_use]
pub fn prevented(scenario: &Scenario, stream: usize) -> Option<Vec<f64>> {
    let all = scenario.problems.iter();
    let touching: Vec<_> = all.filter(|p| p.streams.contains(&stream)).collect();
    if touching.is_empty() {
        return None;
    }
    let step = scenario.horizon.interval() as f64;
    let share = |i: usize| {
        let weeks = (i as f64 + 0.5) * step / WEEK;
        let left = touching.iter().map(|p| p.left(p.hours_at(weeks)));
        1.0 - left.product::<f64>()
    };
    Some((0..scenario.horizon.intervals()).map(share).collect())
}

/// Takes what is prevented out of a stream's means.
pub fn through(scenario: &Scenario, stream: usize, means: &mut [f64]) {
    if let Some(shares) = prevented(scenario, stream) {
        for (mean, share) in means.iter_mut().zip(shares) {
            *mean *= 1.0 - share;
        }
    }
}
