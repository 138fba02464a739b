//! Sums that do not depend on the order of their parts.

/// The sum of values that come in an order without a meaning, such as that of a file: they are added from the least to the
/// greatest, so that the last bit does not depend on it.
///
/// ```
/// use staffwright::stats::unordered_sum;
/// let (a, b, c) = (0.1, 0.2, 0.3);
/// assert_ne!(a + b + c, c + b + a);
/// assert_eq!(unordered_sum([a, b, c]), unordered_sum([c, b, a]));
/// ```
#[must_use]
pub fn unordered_sum(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut all: Vec<f64> = values.into_iter().collect();
    all.sort_unstable_by(f64::total_cmp);
    all.iter().sum()
}
