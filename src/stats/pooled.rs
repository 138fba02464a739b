//! Percentiles of data pooled over replications, with intervals.

use super::estimate::Estimate;
use super::histogram::Histogram;
use super::jackknife::jackknife;

/// Groups kept apart for the jackknife; enough for a t quantile of 2.04, few enough to store.
const GROUPS: usize = 32;

/// One histogram pooled over replications, and the same by group of replications.
///
/// Replication `r` belongs to group `r mod 32`: with up to 32 replications each is its own group,
/// and memory stays the same however many follow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PooledHistogram {
    all: Histogram,
    groups: Vec<Histogram>,
    replications: usize,
}

impl PooledHistogram {
    /// Takes the histogram of the next replication, in order of replications.
    pub fn push(&mut self, replication: &Histogram) {
        let group = self.replications % GROUPS;
        if group == self.groups.len() {
            self.groups.push(Histogram::default());
        }
        self.groups[group].merge(replication);
        self.all.merge(replication);
        self.replications += 1;
    }

    /// Everything pooled.
    pub fn all(&self) -> &Histogram {
        &self.all
    }

    /// Quantile `share` (0 to 1) of everything pooled, with its interval by the [`jackknife`].
    ///
    /// `None` without values. Limits are never below nought, as no value is.
    pub fn quantile(&self, share: f64, confidence: f64) -> Option<Estimate> {
        let whole = self.all.quantile(share)?;
        let without = |group: usize| self.all.quantile_without(&self.groups[group], share);
        let estimate = jackknife(whole, self.groups.len(), without, confidence);
        Some(estimate.within(0.0, f64::INFINITY))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::stats::fixtures::Draws;

    #[test]
    fn interval_holds_the_percentile_about_as_often_as_it_says() {
        // Exponential waits whose mean differs from replication to replication; 60 replications
        // also exercise groups of more than one.
        let mut draws = Draws::new(11);
        let share = 0.9;
        // P(wait > w) = mean over u in (0.5, 1.5) of exp(-w / u); solved by bisection.
        let above = |w: f64| {
            let steps = 4000;
            let at = |i: i32| 0.5 + (f64::from(i) + 0.5) / f64::from(steps);
            (0..steps).map(|i| (-w / at(i)).exp()).sum::<f64>() / f64::from(steps)
        };
        let (mut low, mut high) = (0.0, 20.0);
        for _ in 0..60 {
            let middle = 0.5 * (low + high);
            if above(middle) > 1.0 - share {
                low = middle;
            } else {
                high = middle;
            }
        }
        let (mut held, trials) = (0, 400);
        for _ in 0..trials {
            let mut pooled = PooledHistogram::default();
            for _ in 0..60 {
                let mean = 0.5 + draws.uniform();
                let mut histogram = Histogram::default();
                for _ in 0..100 {
                    histogram.record((-mean * draws.uniform().ln() * 1e6) as u64);
                }
                pooled.push(&histogram);
            }
            let estimate = pooled.quantile(share, 0.9).unwrap();
            if !estimate.excludes(low * 1e6) {
                held += 1;
            }
        }
        let held = f64::from(held) / f64::from(trials);
        assert!((held - 0.9).abs() < 0.045, "held in {held}");
    }

    #[test]
    fn empty_and_single() {
        let mut pooled = PooledHistogram::default();
        assert_eq!(pooled.quantile(0.5, 0.95), None);
        let mut one = Histogram::default();
        one.record(5);
        pooled.push(&one);
        let estimate = pooled.quantile(0.5, 0.95).unwrap();
        assert_eq!(
            (estimate.value, estimate.low, estimate.high),
            (5.0, 0.0, f64::INFINITY)
        );
        assert_eq!(pooled.all().count(), 1);
    }
}
