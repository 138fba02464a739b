//! Mean and variance in one pass.

/// Count, mean and variance of values seen one by one (Welford 1962), without storing them.
///
/// The result depends on the order of values in its last bits: feed them in a fixed order.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Running {
    count: u64,
    mean: f64,
    squares: f64,
}

impl Running {
    /// Takes one more value.
    pub fn push(&mut self, value: f64) {
        self.count += 1;
        let off = value - self.mean;
        self.mean += off / self.count as f64;
        self.squares += off * (value - self.mean);
    }

    /// Takes all that `other` has seen (Chan, Golub & LeVeque 1983).
    pub fn merge(&mut self, other: &Self) {
        if other.count == 0 {
            return;
        }
        let (ours, theirs) = (self.count as f64, other.count as f64);
        let off = other.mean - self.mean;
        self.count += other.count;
        self.mean += off * theirs / (ours + theirs);
        self.squares += other.squares + off * off * ours * theirs / (ours + theirs);
    }

    /// How many values were seen.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Mean; `None` without values.
    pub fn mean(&self) -> Option<f64> {
        (self.count > 0).then_some(self.mean)
    }

    /// Unbiased variance; `None` with fewer than two values.
    pub fn variance(&self) -> Option<f64> {
        (self.count > 1).then(|| self.squares / (self.count - 1) as f64)
    }
}

impl Extend<f64> for Running {
    fn extend<I: IntoIterator<Item = f64>>(&mut self, values: I) {
        for value in values {
            self.push(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_two_passes_even_far_from_nought() {
        let values: Vec<f64> = (0..1000).map(|i| 1e9 + f64::from(i * i % 97)).collect();
        let mut running = Running::default();
        running.extend(values.iter().copied());
        let mean = values.iter().sum::<f64>() / 1000.0;
        let variance = values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / 999.0;
        assert!(running.mean().is_some_and(|m| (m - mean).abs() < 1e-6));
        assert!(
            running
                .variance()
                .is_some_and(|v| (v / variance - 1.0).abs() < 1e-6)
        );
    }

    #[test]
    fn merging_halves_gives_the_whole() {
        let values: Vec<f64> = (0..100).map(|i| f64::from(i).sqrt()).collect();
        let (mut left, mut right, mut whole) =
            (Running::default(), Running::default(), Running::default());
        left.extend(values[..30].iter().copied());
        right.extend(values[30..].iter().copied());
        whole.extend(values.iter().copied());
        left.merge(&right);
        left.merge(&Running::default());
        assert_eq!(left.count(), 100);
        let close = |a: Option<f64>, b: Option<f64>| {
            a.zip(b).is_some_and(|(a, b)| (a / b - 1.0).abs() < 1e-13)
        };
        assert!(close(left.mean(), whole.mean()));
        assert!(close(left.variance(), whole.variance()));
        assert_eq!(Running::default().mean(), None);
    }
}
