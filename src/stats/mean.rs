//! Mean of independent values with Student's interval.

use super::estimate::Estimate;
use super::running::Running;
use super::student::t_quantile;

/// Mean of one value per replication, with its two-sided t interval.
///
/// `None` without values or when they are not finite; a single value has no interval.
///
/// ```
/// let estimate = staffwright::stats::mean_estimate(&[1.0, 2.0, 3.0], 0.95).unwrap();
/// assert_eq!(estimate.value, 2.0);
/// assert!((estimate.half_width() - 4.302652729 / 3.0_f64.sqrt()).abs() < 1e-8);
/// ```
pub fn mean_estimate(values: &[f64], confidence: f64) -> Option<Estimate> {
    let mut running = Running::default();
    running.extend(values.iter().copied());
    let mean = running.mean().filter(|mean| mean.is_finite())?;
    let half_width = running.variance().map_or(f64::INFINITY, |variance| {
        let error = (variance / values.len() as f64).sqrt();
        t_half_width(error, values.len() as u64 - 1, confidence)
    });
    Some(Estimate::around(mean, half_width))
}

/// Half-width of the two-sided t interval for a standard error.
pub(super) fn t_half_width(error: f64, freedom: u64, confidence: f64) -> f64 {
    if error == 0.0 {
        return 0.0; // also when the quantile is infinite
    }
    t_quantile(0.5 * (1.0 + confidence), freedom) * error
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn one_value_is_unbounded_and_none_is_none() {
        let one = mean_estimate(&[4.0], 0.95).unwrap();
        assert_eq!(
            (one.value, one.low, one.high),
            (4.0, f64::NEG_INFINITY, f64::INFINITY)
        );
        assert_eq!(mean_estimate(&[], 0.95), None);
        assert_eq!(mean_estimate(&[1.0, f64::NAN], 0.95), None);
        assert_eq!(mean_estimate(&[2.0; 5], 0.95).unwrap().half_width(), 0.0);
    }
}
