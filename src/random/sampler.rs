//! Laws compiled for the hot path.

use super::law::Law;
use super::table::Table;

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
    Exponential { mean: f64 },
    Grid(Grid),
    Table(Table),
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
            Law::Exponential { mean } => Shape::Exponential { mean },
            Law::Table(ref table) => Shape::Table(table.clone()),
            _ => Shape::Grid(Grid::new(law)),
        };
        Sampler { shape }
    }

    /// The duration at quantile `u` in (0, 1), in seconds; infinite where a table says never.
    #[inline]
    pub fn draw(&self, u: f64) -> f64 {
        match &self.shape {
            Shape::Constant(value) => *value,
            Shape::Uniform { from, width } => from + width * u,
            Shape::Exponential { mean } => -mean * libm::log(1.0 - u),
            Shape::Grid(grid) => grid.at(u),
            Shape::Table(table) => table.quantile(u),
        }
    }

    /// The duration at quantile `u`, times a factor (an agent's proficiency, a tool's share).
    #[inline]
    pub fn scaled(&self, u: f64, factor: f64) -> f64 {
        factor * self.draw(u)
    }
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
/// The relative error of a quantile stays below 1e-4 for the coefficients of variation of handle
/// times (tested up to 2), and all knots are scaled together so that the mean is exact.
#[derive(Debug, Clone)]
struct Grid {
    /// Knots of the lower tail, ascending in probability, then those of the upper tail, each with
    /// one more at the end so that the cell of 1/2 itself has two ends.
    knots: Vec<f64>,
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
        let mut grid = Grid { knots };
        let factor = law.mean() / grid.mean();
        grid.knots.iter_mut().for_each(|k| *k *= factor);
        grid
    }

    /// The mean of the piecewise linear function.
    fn mean(&self) -> f64 {
        let tail = |knots: &[f64]| {
            let cells =
                (0..CELLS).map(|i| (tail_of(i + 1) - tail_of(i)) * 0.5 * (knots[i] + knots[i + 1]));
            tail_of(0) * knots[0] + cells.sum::<f64>()
        };
        tail(&self.knots[..UPPER]) + tail(&self.knots[UPPER..])
    }

    #[inline]
    fn at(&self, u: f64) -> f64 {
        let lower = u < 0.5;
        let tail = if lower { u } else { 1.0 - u };
        let bits = tail.clamp(tail_of(0), 0.5).to_bits();
        let cell = ((bits >> MANTISSA_BITS) - FIRST) as usize + if lower { 0 } else { UPPER };
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
