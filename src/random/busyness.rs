//! Day factors: how busy a day is, apart from everything planned.

use super::key::{Seed, sequence, uniform};
use super::normal::{normal_cdf, normal_quantile};
use super::{Law, Sampler};

/// Random day factors with mean 1 by demand stream: gamma marginals with a coefficient of
/// variation, joined by a Gaussian copula that correlates days and streams.
///
/// The normal score of stream s on day d is `sqrt(a) common(d) + sqrt(1 - a) own(s, d)`, where
/// both parts follow `x(d) = r x(d-1) + sqrt(1 - r^2) noise(d)` and are keyed apart, so a stream's
/// factors do not depend on which other streams there are, nor on how many days are asked for.
/// The correlations are those of the scores; the factors' own are within a hundredth of them for
/// coefficients of variation up to 0.5.
///
/// ```
/// use staffwright::random::{Busyness, Seed};
/// let busyness = Busyness::new(0.12, 0.4, 0.6);
/// let seed = Seed { seed: 1, replication: 0 };
/// let two = busyness.factors(seed, &[17, 99], 28);
/// assert_eq!(two[1], busyness.factors(seed, &[99], 28)[0]);
/// ```
#[derive(Debug, Clone)]
pub struct Busyness {
    marginal: Sampler,
    day_to_day: f64,
    across_streams: f64,
}

/// The sequences' purpose, apart from any small number: the ASCII bytes of `busyness`.
const PURPOSE: u64 = u64::from_le_bytes(*b"busyness");
/// The key of the factor that all streams share.
const COMMON: u64 = u64::from_le_bytes(*b"all days");

impl Busyness {
    /// Day factors with coefficient of variation `cv` (0 for none), lag-1 correlation `day_to_day`
    /// in (-1, 1) and correlation between streams `across_streams` in 0..=1; values outside are
    /// moved to the nearer bound.
    pub fn new(cv: f64, day_to_day: f64, across_streams: f64) -> Busyness {
        Busyness {
            marginal: Sampler::new(&Law::Gamma { mean: 1.0, cv }),
            day_to_day: day_to_day.clamp(-1.0, 1.0),
            across_streams: across_streams.clamp(0.0, 1.0),
        }
    }

    /// The factors by stream (in the order of `keys`) and day.
    pub fn factors(&self, seed: Seed, keys: &[u64], days: usize) -> Vec<Vec<f64>> {
        let common = self.scores(seed, COMMON, days);
        let (shared, own) = (
            self.across_streams.sqrt(),
            (1.0 - self.across_streams).sqrt(),
        );
        keys.iter()
            .map(|&key| {
                let scores = self.scores(seed, key, days);
                let joint = |(c, s): (&f64, &f64)| shared * c + own * s;
                common
                    .iter()
                    .zip(&scores)
                    .map(|pair| self.marginal.draw(normal_cdf(joint(pair))))
                    .collect()
            })
            .collect()
    }

    /// A stationary autoregressive sequence of standard normal scores.
    fn scores(&self, seed: Seed, key: u64, days: usize) -> Vec<f64> {
        let mut rng = sequence(seed, key, PURPOSE);
        let fresh = (1.0 - self.day_to_day * self.day_to_day).sqrt();
        let mut last = None;
        (0..days)
            .map(|_| {
                let u = uniform(&mut rng);
                let noise = normal_quantile(u, 1.0 - u);
                let score = last.map_or(noise, |l: f64| self.day_to_day * l + fresh * noise);
                last = Some(score);
                score
            })
            .collect()
    }
}

/// Day factors by stream and day, compiled and drawn in one go: see [`Busyness`].
pub fn busyness(
    seed: Seed,
    keys: &[u64],
    days: usize,
    cv: f64,
    day_to_day: f64,
    across_streams: f64,
) -> Vec<Vec<f64>> {
    Busyness::new(cv, day_to_day, across_streams).factors(seed, keys, days)
}
