//! Agents by formula, cell by cell, and what amounts per cell come to in a week.

use super::curve::Curve;
use super::problem::Problem;

/// Agents per cell that keep every promise of a pool at a factor on its load, each on its own; `promised` is the curve and the
/// share asked for of each of its queues.
#[must_use]
pub fn agents<'a>(
    problem: &Problem,
    p: usize,
    factor: f64,
    promised: &dyn Fn(usize) -> (&'a Curve, f64),
) -> Vec<f64> {
    let pool = &problem.demand.pools[p];
    let agents = |cell: usize| {
        let load = factor * pool.load[cell];
        let queues = pool.queues.iter().enumerate();
        let least = queues.filter(|(_, q)| q.offered[cell] > 0.0).map(|(q, _)| {
            let (curve, share) = promised(q);
            let enough = |n: &u32| curve.level(load, f64::from(*n)) >= share;
            (load.floor() as u32..).take(400).find(enough).unwrap_or(0)
        });
        f64::from(least.max().unwrap_or(load.ceil() as u32))
    };
    (0..problem.grid.cells()).map(agents).collect()
}

/// Mean of a week of amounts per cell, over the horizon's weeks.
#[must_use]
pub fn weekly(problem: &Problem, cells: &[f64]) -> f64 {
    let weighed = |(c, v): (usize, &f64)| v * problem.grid.weight(c);
    cells.iter().enumerate().map(weighed).sum::<f64>() / problem.grid.weeks
}
