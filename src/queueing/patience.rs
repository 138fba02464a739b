//! From any law of patience to the one rate that Erlang A can take.

/// Abandonment rate of the exponential patience that best stands in for a general one.
///
/// `survival(t)` is the share of customers still willing to wait after `t`. The rate is the average
/// hazard over `[0, 2T]`, `(ln S(0) - ln S(2T)) / 2T`, `T` being the service-level threshold: what
/// callers do long after the promise is broken hardly moves the queue (after Zeltyn & Mandelbaum
/// 2005, whose M/M/n+G results rest on the hazard near zero). `None` when nobody is
/// left by `2T` (the hazard is unbounded) or when `threshold` is not positive.
///
/// ```
/// use staffwright::queueing::effective_abandonment_rate;
/// // Exponential patience with mean 120 s comes back as itself.
/// let theta = effective_abandonment_rate(|t| (-t / 120.0_f64).exp(), 20.0).unwrap();
/// assert!((theta * 120.0 - 1.0).abs() < 1e-12);
/// ```
pub fn effective_abandonment_rate(survival: impl Fn(f64) -> f64, threshold: f64) -> Option<f64> {
    let horizon = 2.0 * threshold;
    if horizon.is_nan() || horizon <= 0.0 || horizon.is_infinite() {
        return None;
    }
    let (first, last) = (survival(0.0), survival(horizon));
    if first.is_nan() || last.is_nan() || first <= 0.0 || last <= 0.0 {
        return None;
    }
    // A survival function that rises is not one; rounding may still lift it by a hair.
    Some((libm::log(first / last) / horizon).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::effective_abandonment_rate;

    #[test]
    fn weibull_patience_gives_its_cumulative_hazard_over_the_horizon() {
        // S(t) = exp(-(t/b)^k): average hazard over [0, 2T] is (2T/b)^k / 2T.
        let (scale, shape, threshold) = (200.0, 0.7, 20.0);
        let survival = |t: f64| libm::exp(-libm::pow(t / scale, shape));
        let rate = effective_abandonment_rate(survival, threshold);
        let exact = libm::pow(40.0 / scale, shape) / 40.0;
        assert!(rate.is_some_and(|rate| (rate / exact - 1.0).abs() < 1e-12));
    }

    #[test]
    fn exhausted_or_pointless_horizons_have_no_rate() {
        assert_eq!(
            effective_abandonment_rate(|t| if t < 30.0 { 1.0 } else { 0.0 }, 20.0),
            None
        );
        assert_eq!(effective_abandonment_rate(|_| 1.0, 0.0), None);
        assert_eq!(effective_abandonment_rate(|_| 1.0, 20.0), Some(0.0));
    }
}
