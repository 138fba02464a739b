//! Self-service: which share of first contacts it takes when, and what remains.

use crate::scenario::model::{Deflection, Scenario};
use crate::time::Horizon;

/// The share of first contacts that a deflection takes in each planning interval: 0 before its first day, then rising
/// evenly over its ramp to its full share, taken at the interval's middle.
#[must_use]
pub fn taken(deflection: &Deflection, horizon: &Horizon) -> Vec<f64> {
    risen(deflection, horizon)
        .map(|r| r * deflection.share)
        .collect()
}

fn risen<'a>(deflection: &'a Deflection, horizon: &'a Horizon) -> impl Iterator<Item = f64> + 'a {
    let step = horizon.interval() as f64;
    (0..horizon.intervals()).map(move |i| deflection.risen((i as f64 + 0.5) * step))
}

/// The share of a stream's first contacts that comes to people in each interval, the returns of those taken included as
/// if they came at once: the product over deflections of `1 - d (1 - r)`.
pub fn through(scenario: &Scenario, stream: usize, means: &mut [f64]) {
    for deflection in of(scenario, stream) {
        let taken = taken(deflection, &scenario.horizon);
        for (mean, d) in means.iter_mut().zip(taken) {
            *mean *= 1.0 - d * (1.0 - deflection.returns);
        }
    }
}

/// How much harder the remaining contacts are, by interval: the product of `1 + (harder - 1) x risen`.
pub fn hardness(scenario: &Scenario, stream: usize) -> Option<Vec<f64>> {
    let mut all: Option<Vec<f64>> = None;
    for deflection in of(scenario, stream).filter(|d| d.harder != 1.0) {
        let factors = all.get_or_insert_with(|| vec![1.0; scenario.horizon.intervals()]);
        for (factor, r) in factors.iter_mut().zip(risen(deflection, &scenario.horizon)) {
            *factor *= 1.0 + (deflection.harder - 1.0) * r;
        }
    }
    all
}

fn of(scenario: &Scenario, stream: usize) -> impl Iterator<Item = &Deflection> {
    let all = scenario.deflections.iter();
    all.filter(move |d| d.streams.contains(&stream))
}
