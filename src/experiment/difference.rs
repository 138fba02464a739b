//! Paired differences of all options by every criterion, and which of them are real.

use super::criterion::Criterion;
use crate::measure::Unit;
use crate::stats::{Better, chance_above, holm, paired_difference};
use serde::Serialize;

/// A difference between two options in one figure.
#[derive(Debug, Clone, Serialize)]
pub struct Difference {
    /// Key of the figure.
    pub metric: String,
    /// Its title.
    pub title: String,
    /// Its unit.
    pub unit: Unit,
    /// One option.
    pub a: String,
    /// The other.
    pub b: String,
    /// Figure of `a` less figure of `b`.
    pub value: f64,
    /// Lower limit; the intervals of one figure hold together for all pairs of options.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
    /// Whether it is there beyond the doubt of the simulation, held together with all other differences.
    pub real: bool,
    /// Whether it is large enough to act on.
    pub matters: bool,
    /// Which of both is better by it; `null` where neither is.
    pub better: Option<String>,
}

/// Paired differences of all pairs of options by all criteria.
///
/// Intervals of one criterion are simultaneous over the pairs (Bonferroni). A difference is `real` when it stands in
/// Holm's procedure over all differences at once and its interval excludes nought. It `matters` when it exceeds
/// `practical`: points for shares, relative to the larger figure otherwise.
#[must_use]
pub fn differences(
    criteria: &[Criterion],
    names: &[String],
    practical: f64,
    confidence: f64,
) -> Vec<Difference> {
    let pairs = names.len() * names.len().saturating_sub(1) / 2;
    let each = 1.0 - (1.0 - confidence) / pairs.max(1) as f64;
    let mut out = Vec::new();
    let mut p_values = Vec::new();
    for criterion in criteria {
        for i in 0..names.len() {
            for j in i + 1..names.len() {
                let (Some(a), Some(b)) = (&criterion.series[i], &criterion.series[j]) else {
                    continue;
                };
                let Some(estimate) = paired_difference(a, b, each) else {
                    continue;
                };
                let value = estimate.value;
                let larger = mean(a).abs().max(mean(b).abs());
                let better = criterion.better.filter(|_| value != 0.0).map(|better| {
                    let first = (value > 0.0) == (better == Better::Higher);
                    names[if first { i } else { j }].clone()
                });
                out.push(Difference {
                    metric: criterion.key.clone(),
                    title: criterion.title.clone(),
                    unit: criterion.unit,
                    a: names[i].clone(),
                    b: names[j].clone(),
                    value,
                    low: estimate.low,
                    high: estimate.high,
                    real: estimate.excludes(0.0),
                    matters: value != 0.0
                        && value.abs() >= threshold(criterion.unit, practical, larger),
                    better,
                });
                let apart: Vec<f64> = a.iter().zip(b).map(|(a, b)| a - b).collect();
                let above = chance_above(&apart, 0.0);
                p_values.push(2.0 * above.min(1.0 - above));
            }
        }
    }
    let real = holm(&p_values, 1.0 - confidence);
    for (difference, real) in out.iter_mut().zip(real) {
        difference.real &= real;
    }
    out
}

/// From which size on a difference matters.
fn threshold(unit: Unit, practical: f64, larger: f64) -> f64 {
    match unit {
        Unit::Share => practical,
        Unit::Points => 100.0 * practical,
        _ => practical * larger,
    }
}

pub(super) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::stats::fixtures::Draws;

    fn criterion(key: &str, unit: Unit, series: Vec<Option<Vec<f64>>>) -> Criterion {
        Criterion {
            key: key.into(),
            title: key.into(),
            unit,
            better: Some(Better::Higher),
            series,
        }
    }

    fn names(n: usize) -> Vec<String> {
        (0..n).map(|i| format!("option {i}")).collect()
    }

    #[test]
    fn a_clear_difference_is_real_and_a_small_one_does_not_matter() {
        let base: Vec<f64> = (0..20).map(|r| 0.8 + 0.05 * f64::from(r % 5)).collect();
        let shifted = |by: f64| {
            let jitter = |r: usize| 0.0002 * ((r * 7 % 11) as f64 - 5.0);
            Some(
                base.iter()
                    .enumerate()
                    .map(|(r, v)| v + by + jitter(r))
                    .collect::<Vec<_>>(),
            )
        };
        let series = vec![Some(base.clone()), shifted(-0.1), shifted(0.005), None];
        let all = differences(
            &[criterion("service_level", Unit::Share, series)],
            &names(4),
            0.01,
            0.95,
        );
        assert_eq!(all.len(), 3, "undefined figures have no differences");
        assert!(all[0].real && all[0].matters && all[0].better.as_deref() == Some("option 0"));
        assert!((all[0].value - 0.1).abs() < 0.001);
        assert!(all[1].real && !all[1].matters && all[1].better.as_deref() == Some("option 2"));
    }

    /// A thousand experiments on a pair whose true difference is known: the interval holds it at its stated rate, and
    /// with no true difference at all "real" is said no more often than allowed.
    #[test]
    fn intervals_cover_a_known_difference_at_their_stated_rate() {
        let mut draws = Draws::new(77);
        let (mut held, mut falsely, trials) = (0, 0, 1000);
        for _ in 0..trials {
            let mut draw = || -> Vec<f64> { (0..15).map(|_| draws.normal()).collect() };
            let common = draw();
            let add = |noise: Vec<f64>, by: f64| -> Option<Vec<f64>> {
                Some(
                    common
                        .iter()
                        .zip(noise)
                        .map(|(c, n)| 5.0 * c + n + by)
                        .collect(),
                )
            };
            let cost = criterion(
                "cost",
                Unit::Money,
                vec![add(draw(), 0.3), add(draw(), 0.0)],
            );
            let same = criterion(
                "other",
                Unit::Money,
                vec![add(draw(), 0.0), add(draw(), 0.0)],
            );
            let all = differences(&[cost, same], &names(2), 0.01, 0.95);
            held += i32::from(all[0].low <= 0.3 && 0.3 <= all[0].high);
            falsely += i32::from(all[1].real);
        }
        let (held, falsely) = (
            f64::from(held) / trials as f64,
            f64::from(falsely) / trials as f64,
        );
        assert!((0.935..=0.975).contains(&held), "held in {held}");
        assert!(falsely <= 0.05, "falsely real in {falsely}");
    }
}
