//! People who are paid anyway are put to work: shifts up to their contracts' hours.
//!
//! Heads follow from the busiest day, and whoever is on the payroll for that day is paid for the others too. The model asks
//! for no more shifts there, as its formulas are content; the simulation is better served by every hour that costs nothing. So
//! each kind of people gets further shifts while the same heads can still work them, one at a time, where most work
//! meets fewest people. Shifts that cost money of their own (premiums, a vendor's hours) are not given away.

use super::heads::{Staff, needed};
use super::problem::Problem;
use std::collections::BTreeSet;

/// Gives shifts to people who are paid anyway; `fits` says whether a choice of shifts has room for all, such as seats.
#[must_use]
pub fn fill(problem: &Problem, mut x: Vec<f64>, fits: impl Fn(&[f64]) -> bool) -> Vec<f64> {
    let heads = Staff::new(problem, &x).heads;
    let work = work(problem);
    let mut cover = problem.cover(&x);
    for (t, team) in problem.scenario.teams.iter().enumerate() {
        if !problem.staffing.planned[t] || team.vendor.is_some() {
            continue;
        }
        let pool = problem.demand.pool_of[t];
        for (h, &people) in heads[t].iter().enumerate() {
            let free: Vec<usize> = (0..x.len())
                .filter(|&c| {
                    let column = &problem.columns[c];
                    (column.team, column.heads) == (t, h) && column.cost <= 0.0
                })
                .collect();
            // Days on which nobody more can work.
            let mut closed: BTreeSet<(usize, usize)> = BTreeSet::new();
            loop {
                let day = |c: usize| (problem.columns[c].pattern, problem.columns[c].day);
                let worth = |c: usize| -> f64 {
                    let cells = problem.columns[c].covers.iter();
                    let one = |&(cell, share): &(usize, f64)| {
                        share * work[pool][cell] / cover[pool][cell].max(0.5)
                    };
                    cells.map(one).sum::<f64>() / problem.columns[c].paid_h.max(0.1)
                };
                let open = free.iter().copied().filter(|&c| !closed.contains(&day(c)));
                let best = open.map(|c| (worth(c), c)).max_by(|a, b| {
                    let first = b.1.cmp(&a.1);
                    a.0.total_cmp(&b.0).then(first)
                });
                let Some((_, c)) = best.filter(|b| b.0 > 0.0) else {
                    break;
                };
                x[c] += 1.0;
                if needed(problem, &x, t, h) > people || !fits(&x) {
                    x[c] -= 1.0;
                    closed.insert(day(c));
                    continue;
                }
                for &(cell, share) in &problem.columns[c].covers {
                    cover[pool][cell] += share * problem.on_queue[t];
                }
            }
        }
    }
    x
}

/// Work per pool and cell, live and deferred, in agents.
fn work(problem: &Problem) -> Vec<Vec<f64>> {
    let of = |pool: &super::demand::Pool| {
        let mut work = pool.load.clone();
        for flow in &pool.flows {
            work.iter_mut()
                .zip(&flow.arriving)
                .for_each(|(w, a)| *w += a);
        }
        work
    };
    problem.demand.pools.iter().map(of).collect()
}
