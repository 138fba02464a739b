//! Deferred work that is overdue when a pool's free agents do what has waited longest first.

use super::problem::{Problem, Tuning};

/// Tells `of` about deferred work that is late, `(flow, cell, agents-for-a-cell)`, in the weeks of a pattern, which repeat;
/// `room` says per flow and cell what may be left, `agents` who is on queue.
pub fn overdue(
    problem: &Problem,
    tuning: &Tuning,
    room: &[Vec<f64>],
    (pool, pattern): (usize, usize),
    agents: impl Fn(usize) -> f64,
    mut of: impl FnMut(usize, usize, f64),
) {
    let demand = &problem.demand.pools[pool];
    if demand.flows.is_empty() {
        return;
    }
    let table = &problem.tables[pool];
    let pattern = &problem.grid.patterns[pattern];
    let cells = pattern.first..pattern.first + pattern.cells;
    let mut free: Vec<f64> = cells
        .clone()
        .map(|c| (agents(c) - table.live[c]).max(0.0))
        .collect();
    // In order of rank: what the first leave over is for the others.
    for (f, flow) in demand.flows.iter().enumerate() {
        let factor = tuning.work[pool][f];
        let mut left = 0.0;
        let start = free.clone();
        // The second time round starts with the backlog the week ends with.
        for round in 0..2 {
            free.clone_from(&start);
            for (i, cell) in cells.clone().enumerate() {
                left += factor * flow.arriving[cell];
                let done = left.min(free[i]);
                free[i] -= done;
                left -= done;
                let over = (left - room[f][cell]).max(0.0);
                if round == 1 && over > 0.0 {
                    of(f, cell, over);
                }
                left -= over;
            }
        }
    }
}
