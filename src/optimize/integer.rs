//! From the linear model to whole shifts: parts priced apart and solved as integer models.

use super::model::{Backlogs, Prices, Scope, build};
use super::problem::{Problem, Tuning};
use crate::solve::{self, Fault, Options};
use rayon::prelude::*;

/// Most columns an integer model gets beyond those the linear model uses.
const SPARE: usize = 150;
/// Relative gap at which a part is good enough.
const GAP: f64 = 0.003;
/// Branch-and-bound nodes of a day after which the best shifts found are taken; of a part that hangs together over more
/// cells, such as a week of nights, as many fewer, but at least the second. What that leaves is in the plan's gap to its
/// bound.
const NODES: (u32, u32) = (200, 10);

/// Cells that share columns, as far as they hang together: days, mostly.
struct Part {
    pool: usize,
    cells: Vec<bool>,
    columns: Vec<usize>,
}

/// Whole numbers of every column, near the linear solution `x`.
///
/// # Errors
/// When a solver fails.
pub fn whole(
    problem: &Problem,
    tuning: &Tuning,
    x: &[f64],
    reduced: &[f64],
    prices: &Prices,
    backlogs: &Backlogs,
    options: &Options,
) -> Result<Vec<f64>, Fault> {
    let parts = parts(problem);
    let solve_part = |part: &Part| -> Result<Vec<(usize, f64)>, Fault> {
        let mut cells = vec![vec![false; problem.grid.cells()]; problem.demand.pools.len()];
        cells[part.pool].clone_from(&part.cells);
        let scope = Scope {
            cells,
            columns: shortlist(part, x, reduced),
            lying: true,
            whole: true,
            parted: Some((prices, backlogs)),
        };
        let built = build(problem, tuning, &scope);
        let options = Options {
            gap_limit: GAP,
            node_limit: Some(nodes(problem, part)),
            brief: true,
            ..options.clone()
        };
        let solution = solve::solve(&built.model, &options)?;
        let value = |v| {
            if solution.found() {
                solution.value(v)
            } else {
                0.0
            }
        };
        Ok(built.columns.iter().map(|&(c, v)| (c, value(v))).collect())
    };
    let solved: Vec<Result<Vec<(usize, f64)>, Fault>> = parts.par_iter().map(solve_part).collect();
    let mut out = vec![0.0; problem.columns.len()];
    for part in solved {
        for (c, value) in part? {
            out[c] = value;
        }
    }
    Ok(out)
}

/// Most nodes for a part, by its length in days.
fn nodes(problem: &Problem, part: &Part) -> u32 {
    let cells = part.cells.iter().filter(|inside| **inside).count() as f64;
    let days = (cells * problem.grid.step_s() / 86_400.0).max(1.0);
    ((f64::from(NODES.0) / (days * days)) as u32).max(NODES.1)
}

/// The columns the linear model uses and those of the others that it came closest to using.
fn shortlist(part: &Part, x: &[f64], reduced: &[f64]) -> Vec<usize> {
    let (mut used, mut others): (Vec<usize>, Vec<usize>) =
        part.columns.iter().partition(|&&c| x[c] > 1e-7);
    others.sort_by(|&a, &b| reduced[a].total_cmp(&reduced[b]).then(a.cmp(&b)));
    used.extend(others.into_iter().take(SPARE));
    used.sort_unstable();
    used
}

/// Splits every pool's cells where no column holds them together.
fn parts(problem: &Problem) -> Vec<Part> {
    let cells = problem.grid.cells();
    let mut out = Vec::new();
    for pool in 0..problem.demand.pools.len() {
        let mut root: Vec<usize> = (0..cells).collect();
        let mine: Vec<usize> = (0..problem.columns.len())
            .filter(|&c| problem.demand.pool_of[problem.columns[c].team] == pool)
            .collect();
        for &c in &mine {
            for pair in problem.columns[c].covers.windows(2) {
                join(&mut root, pair[0].0, pair[1].0);
            }
        }
        let mut seen: Vec<(usize, Part)> = Vec::new();
        for &c in &mine {
            let at = find(&mut root, problem.columns[c].covers[0].0);
            if !seen.iter().any(|s| s.0 == at) {
                let inside = (0..cells).map(|i| find(&mut root, i) == at).collect();
                seen.push((
                    at,
                    Part {
                        pool,
                        cells: inside,
                        columns: Vec::new(),
                    },
                ));
            }
            if let Some((_, part)) = seen.iter_mut().find(|s| s.0 == at) {
                part.columns.push(c);
            }
        }
        out.extend(seen.into_iter().map(|s| s.1));
    }
    out
}

fn find(root: &mut [usize], mut at: usize) -> usize {
    while root[at] != at {
        root[at] = root[root[at]];
        at = root[at];
    }
    at
}

fn join(root: &mut [usize], a: usize, b: usize) {
    let (a, b) = (find(root, a), find(root, b));
    root[a.max(b)] = a.min(b);
}
