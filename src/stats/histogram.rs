//! Counts by value in bounded memory, for percentiles.

/// A log-linear histogram of whole numbers that keeps `BITS` leading bits of a value.
///
/// Values below `2^(BITS + 1)` have a bucket each; above, every doubling is cut into `2^BITS` equal buckets. Any `u64`
/// fits, and only the counters up to the largest value seen are stored. Adding and subtracting are exact, so neither
/// order nor grouping changes a percentile.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LogHistogram<const BITS: u32> {
    counts: Vec<u64>,
    total: u64,
}

/// The histogram of distributions over a whole horizon: buckets are at most 1/128 of their value wide, so a percentile is
/// off by less than 0.8 %.
///
/// ```
/// use staffwright::stats::Histogram;
/// let mut waits = Histogram::default();
/// for second in 1..=1000 {
///     waits.record(second * 1_000_000);
/// }
/// let p90 = waits.quantile(0.9).unwrap();
/// assert!((p90 / 900e6 - 1.0).abs() < 0.008);
/// ```
pub type Histogram = LogHistogram<7>;

/// The histogram of single days, of which there are many: buckets are at most 1/32 of their value wide, so a percentile is
/// off by about 3 % at most.
pub type DayHistogram = LogHistogram<5>;

impl<const BITS: u32> LogHistogram<BITS> {
    const PER_OCTAVE: u64 = 1 << BITS;

    /// Counts one value.
    #[inline]
    pub fn record(&mut self, value: u64) {
        self.record_many(value, 1);
    }

    /// Counts `count` values alike.
    #[inline]
    pub fn record_many(&mut self, value: u64, count: u64) {
        let bucket = Self::bucket_of(value);
        if bucket >= self.counts.len() {
            // Up to the end of the octave, so that growth is rare.
            let octave = Self::PER_OCTAVE as usize;
            let end = (bucket / octave + 1) * octave;
            self.counts.resize(end, 0);
        }
        self.counts[bucket] += count;
        self.total += count;
    }

    /// How many values were counted.
    pub fn count(&self) -> u64 {
        self.total
    }

    /// Adds all counts of `other`.
    pub fn merge(&mut self, other: &Self) {
        if other.counts.len() > self.counts.len() {
            self.counts.resize(other.counts.len(), 0);
        }
        for (ours, theirs) in self.counts.iter_mut().zip(&other.counts) {
            *ours += theirs;
        }
        self.total += other.total;
    }

    /// Quantile `share` (0 to 1), linear inside a bucket; `None` without values.
    pub fn quantile(&self, share: f64) -> Option<f64> {
        self.quantile_without(&Self::default(), share)
    }

    /// Quantile of these counts less those of `part`, which must have been merged into them.
    pub(super) fn quantile_without(&self, part: &Self, share: f64) -> Option<f64> {
        let total = self.total.saturating_sub(part.total);
        if total == 0 || !(0.0..=1.0).contains(&share) {
            return None;
        }
        let rank = share * total as f64;
        let mut below = 0;
        let mut last = 0.0;
        for (bucket, &count) in self.counts.iter().enumerate() {
            let left_out = part.counts.get(bucket).copied().unwrap_or(0);
            let count = count.saturating_sub(left_out);
            if count == 0 {
                continue;
            }
            let (low, width) = Self::bounds(bucket);
            if (below + count) as f64 >= rank {
                let inside = (rank - below as f64) / count as f64;
                // A bucket of width 1 holds one number and nothing beside it.
                let step = if width == 1 {
                    0.0
                } else {
                    width as f64 * inside
                };
                return Some(low as f64 + step);
            }
            below += count;
            last = (low + (width - 1)) as f64;
        }
        Some(last) // only when rounding lifted the rank above the total
    }

    fn bucket_of(value: u64) -> usize {
        if value < 2 * Self::PER_OCTAVE {
            return value as usize;
        }
        let shift = value.ilog2() - BITS;
        (u64::from(shift) * Self::PER_OCTAVE + (value >> shift)) as usize
    }

    /// Least value of a bucket, and how many values it holds.
    fn bounds(bucket: usize) -> (u64, u64) {
        let (bucket, octave) = (bucket as u64, Self::PER_OCTAVE);
        if bucket < 2 * octave {
            return (bucket, 1);
        }
        let shift = bucket / octave - 1;
        ((bucket % octave + octave) << shift, 1 << shift)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn buckets_tile_the_whole_numbers() {
        let mut next = 0_u128;
        for bucket in 0..=Histogram::bucket_of(u64::MAX) {
            let (low, width) = Histogram::bounds(bucket);
            assert_eq!(u128::from(low), next);
            assert_eq!(Histogram::bucket_of(low), bucket);
            assert_eq!(Histogram::bucket_of(low + (width - 1)), bucket);
            assert!(width == 1 || width as f64 / low as f64 <= 1.0 / 128.0);
            next += u128::from(width);
        }
        assert_eq!(next, 1 << 64);
        assert_eq!(Histogram::bucket_of(u64::MAX), 7423);
    }

    #[test]
    fn percentiles_are_within_one_per_cent_over_nine_decades() {
        let mut histogram = Histogram::default();
        let mut values: Vec<u64> = (0..20_000_u64)
            .map(|i| (1e3 * 1.001_f64.powi((i * 7919 % 20_000) as i32)) as u64)
            .collect();
        for &value in &values {
            histogram.record(value);
        }
        values.sort_unstable();
        for share in [0.01, 0.1, 0.5, 0.9, 0.99, 0.999] {
            let exact = values[(share * 20_000.0) as usize] as f64;
            let value = histogram.quantile(share).unwrap();
            assert!(
                (value / exact - 1.0).abs() < 0.009,
                "{share}: {value} {exact}"
            );
        }
    }

    #[test]
    fn a_days_percentiles_are_within_three_per_cent() {
        let mut histogram = DayHistogram::default();
        let values = (0..5_000).map(|i| (1e3 * 1.003_f64.powi(i)) as u64);
        let values: Vec<u64> = values.collect();
        values.iter().for_each(|&v| histogram.record(v));
        for share in [0.01, 0.1, 0.5, 0.9, 0.99] {
            let exact = values[(share * 5_000.0) as usize] as f64;
            let value = histogram.quantile(share).unwrap();
            assert!(
                (value / exact - 1.0).abs() < 0.033,
                "{share}: {value} {exact}"
            );
        }
    }

    #[test]
    fn an_atom_at_nought_is_reported_as_nought() {
        let mut histogram = Histogram::default();
        histogram.record_many(0, 80);
        histogram.record_many(5_000_000, 20);
        assert_eq!(histogram.quantile(0.5), Some(0.0));
        assert_eq!(histogram.quantile(0.8), Some(0.0));
        assert!((histogram.quantile(0.9).unwrap() / 5e6 - 1.0).abs() < 0.008);
    }

    #[test]
    fn merging_and_leaving_out_are_exact_in_any_order() {
        let part = |from: u64| {
            let mut histogram = Histogram::default();
            (from..from + 500).for_each(|i| histogram.record(i * i * 1000));
            histogram
        };
        let (a, b, c) = (part(0), part(300), part(90));
        let mut abc = a.clone();
        abc.merge(&b);
        abc.merge(&c);
        let mut cab = c.clone();
        cab.merge(&a);
        cab.merge(&b);
        let mut ac = a.clone();
        ac.merge(&c);
        assert_eq!(abc.count(), 1500);
        for share in [0.0, 0.2, 0.5, 0.95, 1.0] {
            assert_eq!(abc.quantile(share), cab.quantile(share));
            assert_eq!(abc.quantile_without(&b, share), ac.quantile(share));
        }
        assert_eq!(a.quantile_without(&a, 0.5), None);
        assert_eq!(Histogram::default().quantile(0.5), None);
        assert_eq!(a.quantile(f64::NAN), None);
    }
}
