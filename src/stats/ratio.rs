//! Ratios of expectations: a share of contacts is one sum over another.

use super::estimate::Estimate;
use super::mean::{mean_estimate, t_half_width};

/// Ratio of the sums of numerators and denominators, with its interval.
///
/// `pairs` holds (numerator, denominator) of each replication. The mean of per-replication ratios
/// would be biased when busy replications differ from calm ones; this is the ratio of expectations,
/// its variance by the delta method with t and `replications - 1` degrees of freedom (Law 2015, 9.4). `None` when
/// the denominators sum to nought.
///
/// ```
/// let answered_of_offered = [(80.0, 100.0), (150.0, 200.0)];
/// let share = staffwright::stats::ratio_estimate(&answered_of_offered, 0.95).unwrap();
/// assert!((share.value - 230.0 / 300.0).abs() < 1e-15);
/// ```
pub fn ratio_estimate(pairs: &[(f64, f64)], confidence: f64) -> Option<Estimate> {
    let (ratio, scale) = ratio_and_scale(pairs)?;
    let count = pairs.len() as f64;
    let squares: f64 = pairs
        .iter()
        .map(|&(above, below)| {
            let residual = (above - ratio * below) * scale;
            residual * residual
        })
        .sum();
    let half_width = if pairs.len() < 2 {
        f64::INFINITY
    } else {
        let error = (squares / (count * (count - 1.0))).sqrt();
        t_half_width(error, pairs.len() as u64 - 1, confidence)
    };
    Some(Estimate::around(ratio, half_width))
}

/// The ratio as one value per replication whose mean it is, to first order.
///
/// Value `i` is `R + (numerator_i - R denominator_i) / mean denominator`: what the delta method
/// averages. Differences, comparisons and control variates of ratios work on these values as if
/// they were plain observations. `None` when the denominators sum to nought.
pub fn linearised(pairs: &[(f64, f64)]) -> Option<Vec<f64>> {
    let (ratio, scale) = ratio_and_scale(pairs)?;
    let value = |&(above, below): &(f64, f64)| ratio + (above - ratio * below) * scale;
    Some(pairs.iter().map(value).collect())
}

/// The ratio, and one over the mean denominator.
fn ratio_and_scale(pairs: &[(f64, f64)]) -> Option<(f64, f64)> {
    let above: f64 = pairs.iter().map(|pair| pair.0).sum();
    let below: f64 = pairs.iter().map(|pair| pair.1).sum();
    let ratio = above / below;
    (below != 0.0 && ratio.is_finite()).then(|| (ratio, pairs.len() as f64 / below))
}

/// Mean of `a - b` where value `i` of both comes from the same random numbers.
///
/// The interval is that of the paired differences, so what moves both options alike cancels. For
/// ratios pass [`linearised`] values. `None` when there are no values or the counts differ.
pub fn paired_difference(a: &[f64], b: &[f64], confidence: f64) -> Option<Estimate> {
    if a.len() != b.len() {
        return None;
    }
    let differences: Vec<f64> = a.iter().zip(b).map(|(a, b)| a - b).collect();
    mean_estimate(&differences, confidence)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::stats::fixtures::Draws;

    #[test]
    fn linearised_values_average_to_the_ratio_and_carry_its_interval() {
        let pairs = [(8.0, 10.0), (15.0, 20.0), (3.0, 9.0), (7.0, 7.0)];
        let ratio = ratio_estimate(&pairs, 0.9).unwrap();
        let values = linearised(&pairs).unwrap().into_iter();
        let alone: Vec<(f64, f64)> = values.map(|value| (value, 1.0)).collect();
        let mean = ratio_estimate(&alone, 0.9).unwrap();
        assert!((ratio.value - 33.0 / 46.0).abs() < 1e-15);
        assert!((ratio.value - mean.value).abs() < 1e-15);
        assert!((ratio.half_width() - mean.half_width()).abs() < 1e-14);
    }

    #[test]
    fn nothing_below_the_line_is_undefined() {
        assert_eq!(ratio_estimate(&[(1.0, 0.0), (2.0, 0.0)], 0.95), None);
        assert_eq!(ratio_estimate(&[], 0.95), None);
        assert_eq!(linearised(&[(0.0, 0.0)]), None);
        // A replication without contacts is no obstacle.
        let some = ratio_estimate(&[(0.0, 0.0), (3.0, 4.0)], 0.95).unwrap();
        assert_eq!(some.value, 0.75);
        assert_eq!(
            ratio_estimate(&[(3.0, 4.0)], 0.95).unwrap().high,
            f64::INFINITY
        );
    }

    #[test]
    fn interval_holds_the_ratio_of_expectations_as_often_as_it_says() {
        // Contacts vary by replication and their share answered falls with their number.
        let mut draws = Draws::new(7);
        let truth = {
            let (mut above, mut below) = (0.0, 0.0);
            for i in 0..1_000_000 {
                let volume = 50.0 + 100.0 * (f64::from(i) + 0.5) / 1e6;
                above += volume * (1.0 - volume / 400.0);
                below += volume;
            }
            above / below
        };
        let (mut held, trials) = (0, 4000);
        for _ in 0..trials {
            let pairs: Vec<(f64, f64)> = (0..20)
                .map(|_| {
                    let volume = 50.0 + 100.0 * draws.uniform();
                    let noise = 5.0 * (draws.uniform() - 0.5);
                    (volume * (1.0 - volume / 400.0) + noise, volume)
                })
                .collect();
            if !ratio_estimate(&pairs, 0.9).unwrap().excludes(truth) {
                held += 1;
            }
        }
        let share = f64::from(held) / f64::from(trials);
        assert!((share - 0.9).abs() < 0.02, "held in {share}");
    }

    #[test]
    fn pairing_removes_what_both_share() {
        let mut draws = Draws::new(3);
        let common: Vec<f64> = (0..30).map(|_| 100.0 * draws.uniform()).collect();
        let a: Vec<f64> = common.iter().map(|c| c + draws.uniform()).collect();
        let b: Vec<f64> = common.iter().map(|c| c + draws.uniform() - 2.0).collect();
        let paired = paired_difference(&a, &b, 0.95).unwrap();
        assert!(paired.excludes(0.0) && !paired.excludes(2.0));
        assert!(paired.half_width() < 0.3);
        let alone = mean_estimate(&a, 0.95).unwrap();
        assert!(alone.half_width() > 5.0);
        assert_eq!(paired_difference(&a, &b[1..], 0.95), None);
    }
}
