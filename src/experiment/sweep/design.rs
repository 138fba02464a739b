//! Which combinations of levels are played.

use super::dimension::{Dimension, Level};
use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;
use rand::seq::SliceRandom;
use rand::{Rng, RngExt};

/// How points are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Design {
    /// Every combination of all levels.
    Grid,
    /// Every dimension cut into as many slices as there are points, each slice used once (McKay, Beckman and Conover
    /// 1979).
    LatinHypercube {
        /// Number of points.
        points: u32,
        /// Seed.
        seed: u64,
    },
    /// The Sobol sequence with Owen's scrambling (Owen 1997; Burley 2020).
    Sobol {
        /// Number of points; a power of two keeps its balance.
        points: u32,
        /// Seed of the scrambling.
        seed: u64,
    },
    /// The scenario as written, then every dimension alone at each of its levels, or both ends of its range.
    OneAtATime,
}

/// Most points of a Sobol design: as many as the library's sequence has.
pub const MOST_SOBOL_POINTS: u32 = 1 << 16;
/// Most dimensions of a Sobol design.
pub const MOST_SOBOL_DIMENSIONS: u32 = sobol_burley::NUM_DIMENSIONS;
/// Most points of any design.
pub const MOST_POINTS: u128 = 10_000_000;

/// A design over dimensions: the levels that occur, and the points as indices into them.
#[derive(Debug, Clone, PartialEq)]
pub struct Points {
    /// `[dimension][level]`, in the order in which they first occur.
    pub levels: Vec<Vec<Level>>,
    /// `[point][dimension]`; `None` leaves the scenario as it is written.
    pub points: Vec<Vec<Option<u32>>>,
}

impl Design {
    /// The points over some dimensions.
    ///
    /// # Errors
    /// A sentence with the remedy, where a dimension or the number of points does not suit the design.
    pub fn points(self, dimensions: &[Dimension]) -> Result<Points, String> {
        match self {
            Self::Grid => grid(dimensions),
            Self::LatinHypercube { points, seed } => {
                check_count(points, u32::MAX)?;
                Ok(sampled(
                    dimensions,
                    &latin_hypercube(points, dimensions.len(), seed),
                ))
            }
            Self::Sobol { points, seed } => {
                check_count(points, MOST_SOBOL_POINTS)?;
                if dimensions.len() as u64 > u64::from(MOST_SOBOL_DIMENSIONS) {
                    return Err(format!(
                        "a Sobol design has at most {MOST_SOBOL_DIMENSIONS} dimensions; use kind = \"latin-hypercube\""
                    ));
                }
                Ok(sampled(dimensions, &sobol(points, dimensions.len(), seed)))
            }
            Self::OneAtATime => Ok(one_at_a_time(dimensions)),
        }
    }
}

fn check_count(points: u32, most: u32) -> Result<(), String> {
    let most = u128::from(most).min(MOST_POINTS);
    match u128::from(points) {
        0 => Err("a design needs points; write for instance points = 64".into()),
        n if n > most => Err(format!(
            "{points} points are more than this design has ({most}); ask for fewer"
        )),
        _ => Ok(()),
    }
}

fn grid(dimensions: &[Dimension]) -> Result<Points, String> {
    let levels = dimensions
        .iter()
        .map(|d| {
            d.levels().ok_or_else(|| {
                format!(
                    "a grid needs levels, and dimension `{}` has only ends; add a step, or choose design.kind = \"sobol\"",
                    d.name
                )
            })
        })
        .collect::<Result<Vec<_>, _>>()?;
    let count: u128 = levels.iter().map(|l| l.len() as u128).product();
    if count > MOST_POINTS {
        return Err(format!(
            "the grid has {count} points; drop levels, or choose design.kind = \"sobol\" with points = 1024"
        ));
    }
    // The last dimension changes fastest.
    let mut points = vec![Vec::with_capacity(levels.len())];
    for dimension in &levels {
        points = points
            .iter()
            .flat_map(|point: &Vec<Option<u32>>| {
                (0..dimension.len() as u32).map(move |level| {
                    let mut longer = point.clone();
                    longer.push(Some(level));
                    longer
                })
            })
            .collect();
    }
    Ok(Points { levels, points })
}

fn one_at_a_time(dimensions: &[Dimension]) -> Points {
    let levels: Vec<Vec<Level>> = dimensions.iter().map(Dimension::ends).collect();
    let mut points = vec![vec![None; dimensions.len()]];
    for (d, dimension) in levels.iter().enumerate() {
        for level in 0..dimension.len() as u32 {
            let mut point = vec![None; dimensions.len()];
            point[d] = Some(level);
            points.push(point);
        }
    }
    Points { levels, points }
}

/// Points of the unit cube, `[point][dimension]`, as levels.
fn sampled(dimensions: &[Dimension], places: &[Vec<f64>]) -> Points {
    let mut levels: Vec<Vec<Level>> = vec![Vec::new(); dimensions.len()];
    // Labels tell levels apart, and there may be as many as points.
    let mut known = vec![std::collections::BTreeMap::new(); dimensions.len()];
    let mut index_of = |d: usize, place: f64| {
        let level = dimensions[d].at(place);
        *known[d].entry(level.label.clone()).or_insert_with(|| {
            levels[d].push(level);
            levels[d].len() as u32 - 1
        })
    };
    let points = places
        .iter()
        .map(|point| {
            let indices = point.iter().enumerate();
            indices
                .map(|(d, &place)| Some(index_of(d, place)))
                .collect()
        })
        .collect();
    Points { levels, points }
}

/// A Latin hypercube: in every dimension, each of `points` slices of the unit interval holds one point.
fn latin_hypercube(points: u32, dimensions: usize, seed: u64) -> Vec<Vec<f64>> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut out = vec![Vec::with_capacity(dimensions); points as usize];
    for _ in 0..dimensions {
        let mut slices: Vec<u32> = (0..points).collect();
        slices.shuffle(&mut rng);
        for (point, slice) in out.iter_mut().zip(slices) {
            point.push((f64::from(slice) + unit(&mut rng)) / f64::from(points));
        }
    }
    out
}

fn unit(rng: &mut impl Rng) -> f64 {
    rng.random::<f64>()
}

/// The first points of the scrambled Sobol sequence.
fn sobol(points: u32, dimensions: usize, seed: u64) -> Vec<Vec<f64>> {
    let seed = (seed ^ (seed >> 32)) as u32;
    let at = |i: u32, d: usize| f64::from(sobol_burley::sample(i, d as u32, seed));
    (0..points)
        .map(|i| (0..dimensions).map(|d| at(i, d)).collect())
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::experiment::sweep::dimension::{Apply, Range};
    use crate::experiment::sweep::quantity::Quantity;
    use toml::Value;

    fn listed(name: &str, values: &[i64]) -> Dimension {
        let apply = Apply::Set(vec![name.into()]);
        let levels = values.iter().map(|&v| apply.level_of(&Value::Integer(v)));
        Dimension {
            name: name.into(),
            range: Range::Listed(levels.collect()),
        }
    }

    fn unit_interval(name: &str) -> Dimension {
        let number = |x| Quantity::read(&Value::Float(x)).unwrap();
        Dimension {
            name: name.into(),
            range: Range::Between {
                from: number(0.0),
                to: number(1.0),
                step: None,
                apply: Apply::Set(vec![name.into()]),
            },
        }
    }

    fn numbers(points: &Points) -> Vec<Vec<f64>> {
        let number = |(d, level): (usize, &Option<u32>)| {
            points.levels[d][level.unwrap() as usize]
                .number
                .as_ref()
                .unwrap()
                .0
        };
        let point = |p: &Vec<Option<u32>>| p.iter().enumerate().map(number).collect();
        points.points.iter().map(point).collect()
    }

    #[test]
    fn a_grid_has_every_combination_once() {
        let points = Design::Grid
            .points(&[listed("a", &[1, 2]), listed("b", &[3, 4, 5])])
            .unwrap();
        let expected: Vec<Vec<f64>> = [1.0, 2.0]
            .iter()
            .flat_map(|&a| [3.0, 4.0, 5.0].map(|b| vec![a, b]))
            .collect();
        assert_eq!(numbers(&points), expected);
        let error = Design::Grid.points(&[unit_interval("x")]).unwrap_err();
        assert!(error.contains("`x`") && error.contains("step"));
    }

    #[test]
    fn a_latin_hypercube_uses_every_slice_once() {
        let design = Design::LatinHypercube {
            points: 50,
            seed: 3,
        };
        let dimensions = [unit_interval("a"), unit_interval("b"), unit_interval("c")];
        let points = numbers(&design.points(&dimensions).unwrap());
        for d in 0..3 {
            let mut slices: Vec<u32> = points.iter().map(|p| (p[d] * 50.0) as u32).collect();
            slices.sort_unstable();
            assert_eq!(slices, (0..50).collect::<Vec<_>>());
        }
        assert_eq!(points, numbers(&design.points(&dimensions).unwrap()));
    }

    #[test]
    fn scrambled_sobol_points_are_a_net() {
        // 2^4 points of the first two dimensions: every elementary box of area 1/16 holds exactly one, whatever the
        // scrambling; a different seed gives different points.
        let net = |seed| sobol(16, 2, seed);
        for seed in 0..20 {
            for (columns, rows) in [(16, 1), (8, 2), (4, 4), (2, 8), (1, 16)] {
                let mut hit = vec![0; 16];
                for p in net(seed) {
                    let column = (p[0] * f64::from(columns)) as usize;
                    hit[column * rows + (p[1] * rows as f64) as usize] += 1;
                }
                assert_eq!(hit, vec![1; 16], "{columns} x {rows}, seed {seed}");
            }
        }
        assert_ne!(net(1), net(2));
    }

    #[test]
    fn sobol_integrates_better_than_chance() {
        // Root mean square error of the mean of x*y over 100 scramblings of 256 points; independent points have
        // sqrt(7/144 / 256) = 0.0138.
        let error = |seed| {
            let points = sobol(256, 2, seed);
            points.iter().map(|p| p[0] * p[1]).sum::<f64>() / 256.0 - 0.25
        };
        let rms = (0..100).map(|s| error(s) * error(s)).sum::<f64>().sqrt() / 10.0;
        assert!(rms < 0.0138 / 10.0, "{rms}");
    }

    #[test]
    fn one_at_a_time_leaves_the_others_as_written() {
        let points = Design::OneAtATime
            .points(&[listed("a", &[1, 2, 3]), unit_interval("x")])
            .unwrap();
        assert_eq!(points.points.len(), 1 + 3 + 2);
        assert_eq!(points.points[0], [None, None]);
        for point in &points.points[1..] {
            assert_eq!(point.iter().flatten().count(), 1);
        }
    }

    #[test]
    fn counts_out_of_range_are_refused() {
        for points in [0, MOST_SOBOL_POINTS + 1] {
            let design = Design::Sobol { points, seed: 1 };
            assert!(design.points(&[unit_interval("x")]).is_err());
        }
        let wide = vec![listed("a", &(0..2000).collect::<Vec<_>>()); 3];
        assert!(Design::Grid.points(&wide).unwrap_err().contains("sobol"));
    }
}
