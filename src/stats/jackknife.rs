//! Intervals for statistics that are not means: leave one group out at a time.

use super::estimate::Estimate;
use super::mean::t_half_width;

/// Interval of a statistic of pooled data by the jackknife over `groups` independent groups.
///
/// `whole` is the statistic of all data, `without(i)` of all but group `i`. The standard error is
/// `sqrt((g - 1) / g * sum (without_i - mean)^2)` (Tukey 1958; deleting whole groups makes it sound
/// for quantiles too, Shao & Wu 1989), the interval t with `g - 1` degrees of freedom. It is unbounded
/// when there are fewer than two groups or the statistic vanishes with one of them.
pub fn jackknife(
    whole: f64,
    groups: usize,
    without: impl Fn(usize) -> Option<f64>,
    confidence: f64,
) -> Estimate {
    let rest: Option<Vec<f64>> = (0..groups).map(without).collect();
    let Some(rest) = rest.filter(|rest| rest.len() > 1) else {
        return Estimate::around(whole, f64::INFINITY);
    };
    let count = groups as f64;
    let mean = rest.iter().sum::<f64>() / count;
    let squares: f64 = rest
        .iter()
        .map(|value| (value - mean) * (value - mean))
        .sum();
    let error = ((count - 1.0) / count * squares).sqrt();
    Estimate::around(whole, t_half_width(error, groups as u64 - 1, confidence))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::stats::ratio_estimate;

    #[test]
    fn for_a_mean_it_is_the_plain_interval() {
        let values = [3.0, 1.0, 4.0, 1.0, 5.0, 9.0];
        let total: f64 = values.iter().sum();
        let alone = values.map(|value| (value, 1.0));
        let mean = ratio_estimate(&alone, 0.95).unwrap();
        let jack = jackknife(mean.value, 6, |i| Some((total - values[i]) / 5.0), 0.95);
        assert!((jack.half_width() - mean.half_width()).abs() < 1e-13);
    }

    #[test]
    fn for_a_ratio_it_is_near_the_delta_method() {
        let pairs: Vec<(f64, f64)> = (0..40)
            .map(|i| (f64::from(i * 7 % 11) + 5.0, f64::from(i * 5 % 13) + 20.0))
            .collect();
        let (above, below) = pairs.iter().fold((0.0, 0.0), |s, p| (s.0 + p.0, s.1 + p.1));
        let without = |i: usize| Some((above - pairs[i].0) / (below - pairs[i].1));
        let jack = jackknife(above / below, pairs.len(), without, 0.95);
        let delta = ratio_estimate(&pairs, 0.95).unwrap();
        assert!((jack.half_width() / delta.half_width() - 1.0).abs() < 0.05);
    }

    #[test]
    fn too_little_to_leave_out() {
        assert_eq!(jackknife(1.0, 1, |_| Some(1.0), 0.95).high, f64::INFINITY);
        assert_eq!(jackknife(1.0, 3, |_| None, 0.95).low, f64::NEG_INFINITY);
    }
}
