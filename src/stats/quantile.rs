//! Quantiles of a sample.

/// Quantile `share` (0 to 1) of values sorted in ascending order.
///
/// Linear between order statistics, definition 7 of Hyndman & Fan 1996 (what spreadsheets call
/// PERCENTILE.INC). `None` without values or when `share` is outside 0 to 1.
///
/// ```
/// assert_eq!(staffwright::stats::quantile(&[1.0, 2.0, 4.0], 0.75), Some(3.0));
/// ```
pub fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    if !(0.0..=1.0).contains(&share) {
        return None;
    }
    let position = share * last as f64;
    let below = position.floor() as usize;
    let above = (below + 1).min(last);
    let part = position - below as f64;
    Some(sorted[below] + part * (sorted[above] - sorted[below]))
}

#[cfg(test)]
mod tests {
    use super::quantile;

    #[test]
    fn ends_and_middle() {
        let values = [1.0, 3.0, 10.0, 20.0];
        assert_eq!(quantile(&values, 0.0), Some(1.0));
        assert_eq!(quantile(&values, 1.0), Some(20.0));
        assert_eq!(quantile(&values, 0.5), Some(6.5));
        assert_eq!(quantile(&[7.0], 0.9), Some(7.0));
        assert_eq!(quantile(&[], 0.5), None);
        assert_eq!(quantile(&values, 1.1), None);
        assert_eq!(quantile(&values, f64::NAN), None);
    }
}
