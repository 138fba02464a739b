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

#[cfg(test)]
mod tests {
    use super::*;

    const SEED: Seed = Seed {
        seed: 5,
        replication: 9,
    };

    fn mean(values: &[f64]) -> f64 {
        values.iter().sum::<f64>() / values.len() as f64
    }

    fn correlation(a: &[f64], b: &[f64]) -> f64 {
        let (ma, mb) = (mean(a), mean(b));
        let product = |x: &[f64], mx: f64, y: &[f64], my: f64| -> f64 {
            x.iter().zip(y).map(|(x, y)| (x - mx) * (y - my)).sum()
        };
        product(a, ma, b, mb) / (product(a, ma, a, ma) * product(b, mb, b, mb)).sqrt()
    }

    #[test]
    fn moments_and_correlations_are_those_asked_for() {
        for (cv, day_to_day, across) in [
            (0.12, 0.4, 0.6),
            (0.25, 0.0, 1.0),
            (0.06, 0.8, 0.0),
            (0.2, -0.3, 0.5),
        ] {
            let days = 60_000;
            let two = Busyness::new(cv, day_to_day, across).factors(SEED, &[1, 2], days);
            // Standard errors stretch by the autocorrelation.
            let error = ((1.0 + day_to_day) / (1.0 - day_to_day) / days as f64).sqrt();
            // Four standard errors (Bartlett's formula), and the copula's own half a hundredth.
            let squared = day_to_day * day_to_day;
            let bound = 0.005 + 4.0 * ((1.0 + squared) / (1.0 - squared) / days as f64).sqrt();
            for factors in &two {
                let m = mean(factors);
                let sd = mean(&factors.iter().map(|x| (x - m).powi(2)).collect::<Vec<_>>()).sqrt();
                assert!((m - 1.0).abs() < 4.0 * cv * error, "mean {m}");
                assert!((sd / cv - 1.0).abs() < 0.03, "cv {sd} for {cv}");
                let lag = correlation(&factors[1..], &factors[..days - 1]);
                assert!(
                    (lag - day_to_day).abs() < 0.02,
                    "lag {lag} for {day_to_day}"
                );
                assert!(factors.iter().all(|&x| x > 0.0));
            }
            let joint = correlation(&two[0], &two[1]);
            assert!(
                (joint - across).abs() < bound,
                "across {joint} for {across}"
            );
        }
    }

    #[test]
    fn a_stream_keeps_its_factors_whatever_stands_beside_it() {
        let busyness = Busyness::new(0.12, 0.4, 0.6);
        let alone = busyness.factors(SEED, &[7], 30);
        let among = busyness.factors(SEED, &[3, 7, 8], 60);
        assert_eq!(alone[0], among[1][..30]);
        assert_ne!(among[0], among[2]);
        let other = busyness.factors(
            Seed {
                replication: 10,
                ..SEED
            },
            &[7],
            30,
        );
        assert_ne!(alone, other);
    }

    #[test]
    fn without_variation_every_day_is_alike() {
        assert_eq!(
            Busyness::new(0.0, 0.4, 0.6).factors(SEED, &[1], 3),
            [[1.0, 1.0, 1.0]]
        );
    }
}
