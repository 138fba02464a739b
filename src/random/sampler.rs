//! Laws compiled for the hot path.

use super::hazard::Hazard;
use super::law::Law;
use super::table::Table;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// A [`Law`] compiled to its inverse distribution function: one uniform in, one duration out,
/// increasing in it. Cheap to call; a few dozen kilobytes for the tabulated laws.
///
/// ```
/// use staffwright::random::{Law, Sampler};
/// let patience = Sampler::new(&Law::Exponential { mean: 120.0 });
/// assert!(patience.draw(0.9) > patience.draw(0.1));
/// assert_eq!(patience.scaled(0.4, 2.0), 2.0 * patience.draw(0.4));
/// ```
#[derive(Debug, Clone)]
pub struct Sampler {
    shape: Shape,
}

#[derive(Debug, Clone)]
enum Shape {
    Constant(f64),
    Uniform { from: f64, width: f64 },
    Grid(Grid),
    Table(Table),
    Hazard(Hazard),
}

impl Sampler {
    /// Compiles a law whose parameters have passed [`Law::check`].
    pub fn new(law: &Law) -> Sampler {
        let shape = match *law {
            _ if law.is_certain() => Shape::Constant(law.mean()),
            Law::Uniform { from, to } => Shape::Uniform {
                from,
                width: to - from,
            },
            Law::Table(ref table) => Shape::Table(table.clone()),
            Law::Hazard(ref hazard) => Shape::Hazard(hazard.clone()),
            _ => Shape::Grid(known(law)),
        };
        Sampler { shape }
    }

    /// The duration at quantile `u` in (0, 1), in seconds; infinite where a table says never.
    #[inline]
    pub fn draw(&self, u: f64) -> f64 {
        match &self.shape {
            Shape::Constant(value) => *value,
            Shape::Uniform { from, width } => from + width * u,
            Shape::Grid(grid) => grid.at(u),
            Shape::Table(table) => table.quantile(u),
            Shape::Hazard(hazard) => hazard.quantile(u),
        }
    }

    /// The duration at quantile `u`, times a factor (an agent's proficiency, a tool's share).
    #[inline]
    pub fn scaled(&self, u: f64, factor: f64) -> f64 {
        factor * self.draw(u)
    }
}

/// Grids kept for the next scenario: 100 kB each.
const KEPT: usize = 64;

/// The grid of a law, found again if it was compiled lately. That of a gamma takes 20 ms, as long as a short run, and the
/// scenarios of a sweep share most of their laws. What is found is what would be computed.
fn known(law: &Law) -> Grid {
    static GRIDS: Mutex<VecDeque<(Law, Grid)>> = Mutex::new(VecDeque::new());
    let grids = || GRIDS.lock().unwrap_or_else(PoisonError::into_inner);
    let found = grids()
        .iter()
        .find(|(of, _)| of == law)
        .map(|g| g.1.clone());
    found.unwrap_or_else(|| {
        let grid = Grid::new(law);
        let mut grids = grids();
        grids.push_back((law.clone(), grid.clone()));
        if grids.len() > KEPT {
            grids.pop_front();
        }
        grid
    })
}

/// log2 of the cells in each octave of a tail.
const CELL_BITS: u32 = 6;
const OCTAVES: usize = 52;
const CELLS: usize = OCTAVES << CELL_BITS;
/// Bits of the smallest tail probability in the grid, 2^-53, without the mantissa bits below a cell.
const FIRST: u64 = ((1023 - 53) as u64) << CELL_BITS;
const MANTISSA_BITS: u32 = 52 - CELL_BITS;

/// An inverse distribution function on a grid that is fine where the function bends: each tail
/// probability `min(u, 1 - u)` from 2^-53 to 1/2 is cut into octaves and each octave into 64 equal
/// cells, so a cell is found from the bits of the floating-point number. Linear inside a cell.
///
/// The relative error of a quantile is below 1e-4 for lognormals up to cv 3, gammas up to cv 1.5 and
/// Weibulls from shape 0.5 (2e-5 for exponentials); beyond, it grows to 1e-3. All knots are scaled
/// together so that the mean is exact. Twice as fast as `-ln(1 - u)` through `libm`, so the
/// exponential takes this way too.
#[derive(Debug, Clone)]
struct Grid {
    /// Knots of the lower tail, ascending in probability, then those of the upper tail, each with
    /// one more at the end so that the cell of 1/2 itself has two ends.
    knots: Arc<[f64]>,
}

/// Where the upper tail's knots begin.
const UPPER: usize = CELLS + 2;

impl Grid {
    fn new(law: &Law) -> Grid {
        let tails = (0..=CELLS).map(tail_of);
        let mut knots: Vec<f64> = tails.clone().map(|v| law.quantile_of(v, 1.0 - v)).collect();
        knots.push(knots[CELLS]);
        knots.extend(tails.map(|v| law.quantile_of(1.0 - v, v)));
        knots.push(knots[CELLS]);
        let factor = law.mean() / Self::mean(&knots);
        knots.iter_mut().for_each(|k| *k *= factor);
        Grid {
            knots: knots.into(),
        }
    }

    /// The mean of the piecewise linear function.
    fn mean(knots: &[f64]) -> f64 {
        let tail = |knots: &[f64]| {
            let cells =
                (0..CELLS).map(|i| (tail_of(i + 1) - tail_of(i)) * 0.5 * (knots[i] + knots[i + 1]));
            tail_of(0) * knots[0] + cells.sum::<f64>()
        };
        tail(&knots[..UPPER]) + tail(&knots[UPPER..])
    }

    #[inline]
    fn at(&self, u: f64) -> f64 {
        // No branches: which tail a draw is in cannot be predicted.
        let tail = u.min(1.0 - u).max(tail_of(0));
        let upper = usize::from(u > 0.5) * UPPER;
        let bits = tail.to_bits();
        let cell = ((bits >> MANTISSA_BITS) - FIRST) as usize + upper;
        let within = (bits & ((1 << MANTISSA_BITS) - 1)) as f64 / (1u64 << MANTISSA_BITS) as f64;
        let (a, b) = (self.knots[cell], self.knots[cell + 1]);
        a + (b - a) * within
    }
}

/// The tail probability of a knot.
#[inline]
fn tail_of(knot: usize) -> f64 {
    f64::from_bits((FIRST + knot as u64) << MANTISSA_BITS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Key, Seed, Tail};

    /// Largest error of the compiled quantiles, relative to the exact ones; half of the probes lie
    /// evenly in u, half evenly in the logarithm of either tail down to 2^-41.
    fn worst_error(law: &Law) -> f64 {
        let sampler = Sampler::new(law);
        let mut worst: f64 = 0.0;
        for i in 0..5_000 {
            let x = (f64::from(i) + 0.5) / 5_000.0;
            let tail = libm::exp2(-1.0 - 40.0 * x);
            for u in [x, tail, 1.0 - tail] {
                // Keys draw multiples of 2^-53, for which 1 - u is exact.
                let u = libm::rint(u * 9_007_199_254_740_992.0) / 9_007_199_254_740_992.0;
                worst = worst.max((sampler.draw(u) / law.quantile(u) - 1.0).abs());
            }
        }
        worst
    }

    #[test]
    fn a_law_that_was_compiled_before_is_found_and_the_oldest_are_forgotten() {
        let law = |cv: f64| Law::Lognormal { mean: 77.0, cv };
        let knots = |law: &Law| match Sampler::new(law).shape {
            Shape::Grid(grid) => grid.knots,
            other => panic!("{other:?}"),
        };
        let first = knots(&law(0.5));
        assert!(Arc::ptr_eq(&first, &knots(&law(0.5))));
        for i in 0..KEPT {
            knots(&law(0.6 + i as f64 / 1e4));
        }
        let again = knots(&law(0.5));
        assert!(!Arc::ptr_eq(&first, &again) && first == again);
    }

    #[test]
    fn compiled_quantiles_are_within_a_ten_thousandth() {
        for cv in [0.05, 0.2, 0.5, 1.0, 1.5] {
            for law in [
                Law::Lognormal { mean: 300.0, cv },
                Law::Gamma { mean: 300.0, cv },
            ] {
                assert!(worst_error(&law) < 1e-4, "{law:?}: {}", worst_error(&law));
            }
        }
        let lognormal = Law::Lognormal {
            mean: 300.0,
            cv: 3.0,
        };
        assert!(worst_error(&lognormal) < 1e-4);
        for k in [1, 2, 5, 20] {
            assert!(worst_error(&Law::Erlang { mean: 300.0, k }) < 1e-4);
        }
        for shape in [0.5, 0.7, 1.0, 2.0, 5.0] {
            assert!(worst_error(&Law::Weibull { mean: 300.0, shape }) < 1e-4);
        }
        assert!(worst_error(&Law::Exponential { mean: 300.0 }) < 2e-5);
    }

    #[test]
    fn extreme_gammas_are_within_half_a_thousandth_of_the_mean() {
        let law = Law::Gamma {
            mean: 300.0,
            cv: 3.0,
        };
        let sampler = Sampler::new(&law);
        for i in 0..5_000 {
            let u = (f64::from(i) + 0.5) / 5_000.0;
            let exact = law.quantile(u);
            assert!(
                (sampler.draw(u) - exact).abs() < 1e-3 * exact.max(3.0),
                "{u}"
            );
        }
    }

    #[test]
    fn the_extremes_that_pass_the_check_compile() {
        for law in [
            Law::Gamma {
                mean: 1.0,
                cv: 10.0,
            },
            Law::Gamma {
                mean: 1.0,
                cv: 0.005,
            },
            Law::Lognormal {
                mean: 1.0,
                cv: 10.0,
            },
            Law::Lognormal {
                mean: 1e9,
                cv: 0.005,
            },
            Law::Weibull {
                mean: 1.0,
                shape: 0.2,
            },
            Law::Weibull {
                mean: 1.0,
                shape: 100.0,
            },
            Law::Erlang {
                mean: 1.0,
                k: 10_000,
            },
        ] {
            assert_eq!(law.check(), Ok(()));
            let Shape::Grid(grid) = Sampler::new(&law).shape else {
                panic!("{law:?}")
            };
            for tail in [&grid.knots[..UPPER], &grid.knots[UPPER..]] {
                assert!(tail.iter().all(|k| k.is_finite() && *k >= 0.0), "{law:?}");
                let steps = || tail.windows(2);
                assert!(
                    steps().all(|w| w[0] <= w[1]) || steps().all(|w| w[0] >= w[1]),
                    "{law:?}"
                );
            }
            assert!(
                (Grid::mean(&grid.knots) / law.mean() - 1.0).abs() < 1e-12,
                "{law:?}"
            );
        }
    }

    #[test]
    fn draws_increase_with_u_also_across_cells_and_tails() {
        let laws = [
            Law::Lognormal {
                mean: 300.0,
                cv: Law::cv_of_sigma(0.9),
            },
            Law::Gamma {
                mean: 300.0,
                cv: 0.12,
            },
            Law::Weibull {
                mean: 300.0,
                shape: 0.7,
            },
            Law::Exponential { mean: 300.0 },
        ];
        for law in laws {
            let sampler = Sampler::new(&law);
            let mut us: Vec<f64> = (1..100_000).map(|i| f64::from(i) / 100_000.0).collect();
            for e in 1..=53 {
                let tail = libm::exp2(-f64::from(e));
                us.extend([tail, tail * (1.0 + f64::EPSILON), 1.0 - tail]);
            }
            us.sort_by(f64::total_cmp);
            let draws: Vec<f64> = us.iter().map(|&u| sampler.draw(u)).collect();
            assert!(draws.windows(2).all(|w| w[0] <= w[1]), "{law:?}");
            assert!(sampler.draw(0.0) >= 0.0);
        }
    }

    #[test]
    fn sample_moments_are_the_laws() {
        let key = Key::stream(
            Seed {
                seed: 7,
                replication: 3,
            },
            11,
        );
        let n = 400_000;
        for cv in [0.12, 0.5, Law::cv_of_sigma(0.9)] {
            for law in [
                Law::Lognormal { mean: 300.0, cv },
                Law::Gamma { mean: 300.0, cv },
            ] {
                let sampler = Sampler::new(&law);
                let (mut sum, mut squares) = (0.0, 0.0);
                for i in 0..n {
                    let x = sampler.draw(key.ordinal(i).uniform(0)) / 300.0;
                    sum += x;
                    squares += x * x;
                }
                let mean = sum / n as f64;
                let sd = (squares / n as f64 - mean * mean).sqrt();
                // Four standard errors of the mean; the cv's own error is larger for heavy tails.
                assert!(
                    (mean - 1.0).abs() < 4.0 * cv / (n as f64).sqrt(),
                    "{law:?}: {mean}"
                );
                assert!((sd / cv - 1.0).abs() < 0.03, "{law:?}: {sd}");
            }
        }
    }

    #[test]
    #[allow(clippy::unwrap_used)]
    fn simple_laws_are_exact() {
        assert_eq!(
            Sampler::new(&Law::Deterministic { mean: 4.5 }).draw(0.2),
            4.5
        );
        assert_eq!(
            Sampler::new(&Law::Gamma { mean: 4.5, cv: 0.0 }).draw(0.9),
            4.5
        );
        assert_eq!(
            Sampler::new(&Law::Lognormal { mean: 0.0, cv: 1.0 }).draw(0.9),
            0.0
        );
        assert_eq!(
            Sampler::new(&Law::Uniform { from: 2.0, to: 4.0 }).draw(0.25),
            2.5
        );
        let table = Table::new(vec![(0.0, 1.0), (0.5, 3.0)], Tail::Never).unwrap();
        let sampler = Sampler::new(&Law::Table(table));
        assert_eq!(sampler.scaled(0.25, 10.0), 20.0);
        assert_eq!(sampler.draw(0.51), f64::INFINITY);
    }
}
