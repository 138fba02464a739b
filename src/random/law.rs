//! The distributions a scenario may name.

use super::gamma::{gamma_quantile, gamma_shares};
use super::hazard::Hazard;
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
    /// Measured rates of going, by time.
    Hazard(Hazard),
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
                match (1..=MAX_PHASES).contains(&k) {
                    true => Ok(()),
                    false => Err(format!(
                        "the phases must lie between 1 and {MAX_PHASES}, not {k}"
                    )),
                }
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
            Law::Table(_) | Law::Hazard(_) => Ok(()),
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
            Law::Hazard(hazard) => hazard.mean(),
        }
    }

    /// The share of durations above `t` seconds.
    pub fn survival(&self, t: f64) -> f64 {
        if t < 0.0 {
            return 1.0;
        }
        match *self {
            Law::Table(ref table) => table.survival(t),
            Law::Hazard(ref hazard) => hazard.survival(t),
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
            Law::Hazard(ref hazard) => hazard.quantile_of(p, q),
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
            Law::Table(_) | Law::Hazard(_) => false,
        }
    }
}

/// Below this coefficient of variation a duration counts as certain.
const MIN_CV: f64 = 0.005;
/// Above this one a mean says nothing: half of a gamma's durations would be under a microsecond.
const MAX_CV: f64 = 10.0;
/// More phases than this are certain for every purpose: their cv is 0.01.
const MAX_PHASES: u32 = 10_000;
const MIN_SHAPE: f64 = 0.2;
const MAX_SHAPE: f64 = 100.0;

/// `-ln q`, without loss where p is small.
pub(super) fn standard_exponential(p: f64, q: f64) -> f64 {
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::random::Tail;

    fn laws() -> Vec<Law> {
        let points = vec![(0.0, 0.0), (0.3, 10.0), (0.3, 20.0), (0.9, 60.0)];
        vec![
            Law::Exponential { mean: 120.0 },
            Law::Lognormal {
                mean: 300.0,
                cv: Law::cv_of_sigma(0.9),
            },
            Law::Gamma {
                mean: 200.0,
                cv: 0.5,
            },
            Law::Gamma {
                mean: 200.0,
                cv: 1.4,
            },
            Law::Erlang { mean: 60.0, k: 3 },
            Law::Weibull {
                mean: 90.0,
                shape: 0.7,
            },
            Law::Weibull {
                mean: 90.0,
                shape: 2.0,
            },
            Law::Uniform {
                from: 10.0,
                to: 50.0,
            },
            Law::Table(Table::new(points, Tail::Exponential { mean: 40.0 }).unwrap()),
            Law::Hazard(Hazard::new(vec![(0.0, 0.02), (10.0, 0.05), (15.0, 0.01)]).unwrap()),
        ]
    }

    #[test]
    fn the_mean_is_the_integral_of_the_survival() {
        for law in laws() {
            // Midpoints, in steps that grow with t; all of these laws are spent by 1e6 s.
            let (mut t, mut mean) = (0.0, 0.0);
            while t < 1e6 {
                let step = 1e-4 + t * 1e-3;
                mean += step * law.survival(t + 0.5 * step);
                t += step;
            }
            assert!((mean / law.mean() - 1.0).abs() < 1e-4, "{law:?}: {mean}");
        }
    }

    #[test]
    fn the_survival_undoes_the_quantile() {
        for law in laws() {
            for i in 1..1000 {
                let p = f64::from(i) / 1000.0;
                let back = 1.0 - law.survival(law.quantile(p));
                let atom = matches!(law, Law::Table(_)) && p == 0.3;
                assert!(atom || (back - p).abs() < 1e-11, "{law:?} {p} {back}");
            }
        }
    }

    #[test]
    fn known_values() {
        // Lognormal: median = mean / sqrt(1 + cv^2). Weibull of shape 2: mean = scale sqrt(pi)/2.
        let lognormal = Law::Lognormal {
            mean: 300.0,
            cv: 0.75,
        };
        assert!((lognormal.quantile(0.5) - 240.0).abs() < 1e-10);
        let rayleigh = Law::Weibull {
            mean: std::f64::consts::PI.sqrt() / 2.0,
            shape: 2.0,
        };
        assert!((rayleigh.survival(1.0) - libm::exp(-1.0)).abs() < 1e-14);
        let erlang = Law::Erlang { mean: 2.0, k: 2 };
        assert!((erlang.survival(1.0) - 2.0 * libm::exp(-1.0)).abs() < 1e-14);
        assert!((Law::cv_of_sigma(0.9) - 1.117_1).abs() < 1e-4);
    }

    #[test]
    fn certain_laws_step_from_one_to_none() {
        for law in [
            Law::Deterministic { mean: 5.0 },
            Law::Gamma { mean: 5.0, cv: 0.0 },
            Law::Uniform { from: 5.0, to: 5.0 },
        ] {
            assert_eq!((law.survival(4.9), law.survival(5.0)), (1.0, 0.0));
            assert_eq!(law.quantile(0.3), 5.0);
        }
    }

    #[test]
    fn parameters_that_make_no_distribution_are_named() {
        for (law, word) in [
            (Law::Exponential { mean: -1.0 }, "mean"),
            (Law::Deterministic { mean: f64::NAN }, "mean"),
            (
                Law::Lognormal {
                    mean: 1.0,
                    cv: -0.1,
                },
                "cv",
            ),
            (
                Law::Gamma {
                    mean: 1.0,
                    cv: f64::INFINITY,
                },
                "cv",
            ),
            (Law::Erlang { mean: 1.0, k: 0 }, "phases"),
            (
                Law::Erlang {
                    mean: 1.0,
                    k: 10_001,
                },
                "phases",
            ),
            (
                Law::Weibull {
                    mean: 1.0,
                    shape: 0.0,
                },
                "shape",
            ),
            (Law::Uniform { from: 3.0, to: 2.0 }, "bound"),
        ] {
            assert!(law.check().unwrap_err().contains(word), "{law:?}");
        }
        assert!(laws().iter().all(|l| l.check().is_ok()));
    }
}
