//! The distributions a scenario may name.

use super::gamma::{gamma_quantile, gamma_shares};
use super::normal::{normal_cdf, normal_quantile};
use super::table::Table;

/// A distribution of durations, in seconds. `cv` is the coefficient of variation: standard
/// deviation over mean.
///
/// ```
/// use staffwright::random::Law;
/// let handle = Law::Lognormal { mean: 300.0, cv: Law::cv_of_sigma(0.9) };
/// assert_eq!(handle.mean(), 300.0);
/// let median = handle.quantile(0.5);
/// assert!((handle.survival(median) - 0.5).abs() < 1e-12);
/// ```
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)] // the fields are the usual parameters, in seconds where they are durations
pub enum Law {
    /// Always the mean.
    Deterministic { mean: f64 },
    /// Memoryless.
    Exponential { mean: f64 },
    /// The exponential of a normal.
    Lognormal { mean: f64, cv: f64 },
    /// Gamma, also with fractional shape `1 / cv^2`.
    Gamma { mean: f64, cv: f64 },
    /// The sum of `k` equal exponentials.
    Erlang { mean: f64, k: u32 },
    /// Weibull: below shape 1 the hazard falls, above it rises.
    Weibull { mean: f64, shape: f64 },
    /// Even between two bounds.
    Uniform { from: f64, to: f64 },
    /// Measured quantiles.
    Table(Table),
}

impl Law {
    /// The coefficient of variation of a lognormal whose logarithm has standard deviation `sigma`:
    /// `sqrt(exp(sigma^2) - 1)`.
    pub fn cv_of_sigma(sigma: f64) -> f64 {
        libm::expm1(sigma * sigma).sqrt()
    }

    /// Whether the parameters make a distribution; the error names the parameter.
    pub fn check(&self) -> Result<(), String> {
        let duration = |name: &str, v: f64| match v.is_finite() && v >= 0.0 {
            true => Ok(()),
            false => Err(format!(
                "the {name} must be a duration of at least 0, not {v}"
            )),
        };
        let positive = |name: &str, v: f64| match v.is_finite() && v > 0.0 {
            true => Ok(()),
            false => Err(format!("the {name} must be above 0, not {v}")),
        };
        match *self {
            Law::Deterministic { mean } | Law::Exponential { mean } => duration("mean", mean),
            Law::Lognormal { mean, cv } | Law::Gamma { mean, cv } => {
                duration("mean", mean)?;
                match (0.0..=MAX_CV).contains(&cv) {
                    true => Ok(()),
                    false => Err(format!("the cv must lie between 0 and {MAX_CV}, not {cv}")),
                }
            }
            Law::Erlang { mean, k } => {
                duration("mean", mean)?;
                positive("number of phases", f64::from(k))
            }
            Law::Weibull { mean, shape } => {
                duration("mean", mean)?;
                match (MIN_SHAPE..=MAX_SHAPE).contains(&shape) {
                    true => Ok(()),
                    false => Err(format!(
                        "the shape must lie between {MIN_SHAPE} and {MAX_SHAPE}, not {shape}"
                    )),
                }
            }
            Law::Uniform { from, to } => {
                duration("lower bound", from)?;
                duration("upper bound", to)?;
                match from <= to {
                    true => Ok(()),
                    false => Err(format!(
                        "the lower bound {from} is above the upper bound {to}"
                    )),
                }
            }
            Law::Table(_) => Ok(()),
        }
    }

    /// The mean, in seconds; infinite for a table in which some never come.
    pub fn mean(&self) -> f64 {
        match self {
            Law::Deterministic { mean }
            | Law::Exponential { mean }
            | Law::Lognormal { mean, .. }
            | Law::Gamma { mean, .. }
            | Law::Erlang { mean, .. }
            | Law::Weibull { mean, .. } => *mean,
            Law::Uniform { from, to } => 0.5 * (from + to),
            Law::Table(table) => table.mean(),
        }
    }

    /// The share of durations above `t` seconds.
    pub fn survival(&self, t: f64) -> f64 {
        if t < 0.0 {
            return 1.0;
        }
        match *self {
            Law::Table(ref table) => table.survival(t),
            Law::Uniform { from, to } if from < to => ((to - t) / (to - from)).clamp(0.0, 1.0),
            _ if self.is_certain() => f64::from(u8::from(t < self.mean())),
            Law::Exponential { mean } => libm::exp(-t / mean),
            Law::Lognormal { mean, cv } => {
                let (mu, sigma) = lognormal_parameters(mean, cv);
                normal_cdf((mu - libm::log(t)) / sigma)
            }
            Law::Gamma { mean, cv } => gamma_shares(1.0 / (cv * cv), t / (mean * cv * cv)).1,
            Law::Erlang { mean, k } => gamma_shares(f64::from(k), t * f64::from(k) / mean).1,
            Law::Weibull { mean, shape } => {
                libm::exp(-libm::pow(t / weibull_scale(mean, shape), shape))
            }
            Law::Deterministic { .. } | Law::Uniform { .. } => 0.0, // certain: seen to above
        }
    }

    /// The duration that a share `p` of durations does not exceed, in seconds.
    pub fn quantile(&self, p: f64) -> f64 {
        self.quantile_of(p, 1.0 - p)
    }

    /// The quantile at `p`, with `q = 1 - p` given apart so that the upper tail keeps its digits.
    pub(super) fn quantile_of(&self, p: f64, q: f64) -> f64 {
        match *self {
            Law::Table(ref table) => table.quantile(p),
            Law::Uniform { from, to } => from + (to - from) * p,
            _ if self.is_certain() => self.mean(),
            Law::Exponential { mean } => mean * standard_exponential(p, q),
            Law::Lognormal { mean, cv } => {
                let (mu, sigma) = lognormal_parameters(mean, cv);
                libm::exp(mu + sigma * normal_quantile(p, q))
            }
            Law::Gamma { mean, cv } => mean * cv * cv * gamma_quantile(1.0 / (cv * cv), p, q),
            Law::Erlang { mean, k } => mean / f64::from(k) * gamma_quantile(f64::from(k), p, q),
            Law::Weibull { mean, shape } => {
                weibull_scale(mean, shape) * libm::pow(standard_exponential(p, q), 1.0 / shape)
            }
            Law::Deterministic { mean } => mean,
        }
    }

    /// Whether only one duration occurs.
    pub(super) fn is_certain(&self) -> bool {
        match *self {
            Law::Deterministic { .. } => true,
            Law::Lognormal { mean, cv } | Law::Gamma { mean, cv } => mean == 0.0 || cv < MIN_CV,
            Law::Exponential { mean } | Law::Erlang { mean, .. } | Law::Weibull { mean, .. } => {
                mean == 0.0
            }
            Law::Uniform { from, to } => from == to,
            Law::Table(_) => false,
        }
    }
}

/// Below this coefficient of variation a duration counts as certain.
const MIN_CV: f64 = 1e-3;
/// Above this one a mean says nothing: half of a gamma's durations would be under a microsecond.
const MAX_CV: f64 = 10.0;
const MIN_SHAPE: f64 = 0.2;
const MAX_SHAPE: f64 = 100.0;

/// `-ln q`, without loss where p is small.
fn standard_exponential(p: f64, q: f64) -> f64 {
    if p < q {
        -libm::log1p(-p)
    } else {
        -libm::log(q)
    }
}

fn lognormal_parameters(mean: f64, cv: f64) -> (f64, f64) {
    let variance = libm::log1p(cv * cv);
    (libm::log(mean) - 0.5 * variance, variance.sqrt())
}

fn weibull_scale(mean: f64, shape: f64) -> f64 {
    mean / libm::tgamma(1.0 + 1.0 / shape)
}
