//! People who are paid anyway are put to work: shifts up to their contracts' hours.
//!
//! Heads follow from the busiest day, and whoever is on the payroll for that day is paid for the others too. The model asks
//! for no more shifts there, as its formulas are content; the simulation is better served by every hour that costs nothing. So
//! each kind of people gets further shifts while the same heads can still work them, one at a time, where most work
//! meets fewest people. So do a vendor's people as far as its minimum is paid anyway. Shifts that cost money of their own
//! (premiums, a vendor's hours beyond) are not given away.
//!
//! That a count of people can work so many shifts does not say that their hand-out finds the way: of the shifts given, as
//! many stay as can be handed out without breaking any rule more often than before.

use super::hand_out::broken_by;
use super::heads::{Staff, needed};
use super::problem::Problem;
use crate::scenario::model::{PriceUnit, Vendor};
use std::collections::BTreeSet;

/// Gives shifts to people who are paid anyway, `heads` per team and entry; `fits` says whether a choice of shifts has room for
/// all, such as seats.
#[must_use]
pub fn fill(
    problem: &Problem,
    mut x: Vec<f64>,
    heads: &[Vec<u32>],
    fits: impl Fn(&[f64]) -> bool,
) -> Vec<f64> {
    let work = work(problem);
    let mut cover = problem.cover(&x);
    let mut prepaid = prepaid(problem, &x);
    for (t, team) in problem.scenario.teams.iter().enumerate() {
        if !problem.staffing.planned[t] {
            continue;
        }
        // What a vendor bills for a shift in all its weeks, and whether that is paid for already.
        let billed = |c: usize| {
            let column = &problem.columns[c];
            team.vendor
                .map(|v| (v, column.billed_h * problem.times(column)))
        };
        let covered = |c: usize, prepaid: &[f64]| match billed(c) {
            Some((v, hours)) => hours <= prepaid[v] + 1e-9,
            None => true,
        };
        let pool = problem.demand.pool_of[t];
        for (h, &people) in heads[t].iter().enumerate() {
            let free: Vec<usize> = (0..x.len())
                .filter(|&c| {
                    let column = &problem.columns[c];
                    (column.team, column.heads) == (t, h)
                        && (team.vendor.is_some() || column.cost <= 0.0)
                        && !problem.published.binds(c)
                })
                .collect();
            let before = x.clone();
            let mut given = Vec::new();
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
                let open = open.filter(|&c| covered(c, &prepaid));
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
                given.push(c);
                if let Some((v, hours)) = billed(c) {
                    prepaid[v] -= hours;
                }
                for &(cell, share) in &problem.columns[c].covers {
                    cover[pool][cell] += share * problem.on_queue[t];
                }
            }
            let kept = handed_out(problem, t, &before, &given);
            for c in given.drain(kept..) {
                x[c] -= 1.0;
                if let Some((v, hours)) = billed(c) {
                    prepaid[v] += hours;
                }
                for &(cell, share) in &problem.columns[c].covers {
                    cover[pool][cell] -= share * problem.on_queue[t];
                }
            }
        }
    }
    x
}

/// Hours over the horizon that each vendor is paid for whether they are worked or not.
fn prepaid(problem: &Problem, x: &[f64]) -> Vec<f64> {
    let billed = problem.billed_h(x).into_iter();
    let left = |(vendor, worked): (&Vendor, f64)| match (vendor.per, vendor.minimum) {
        // Per head and month: every hour of those heads.
        (PriceUnit::FteMonth, _) => f64::INFINITY,
        (PriceUnit::LoggedInHour | PriceUnit::ScheduledHour, Some((seats, hours)))
            if worked > 0.0 =>
        {
            seats * hours * problem.grid.weeks - worked
        }
        _ => 0.0,
    };
    problem
        .scenario
        .vendors
        .iter()
        .zip(billed)
        .map(left)
        .collect()
}

/// How many of the shifts given to a team can be handed out to its people without breaking a rule more often than before.
fn handed_out(problem: &Problem, team: usize, before: &[f64], given: &[usize]) -> usize {
    if given.is_empty() {
        return 0;
    }
    let broken = |first: usize| {
        let mut x = before.to_vec();
        given[..first].iter().for_each(|&c| x[c] += 1.0);
        broken_by(&Staff::new(problem, &x).apply(problem.scenario), team)
    };
    let Some(most) = broken(0) else {
        return given.len();
    };
    let bearable = |first: usize| broken(first).is_some_and(|b| !b.worse_than(&most));
    if bearable(given.len()) {
        return given.len();
    }
    let (mut good, mut bad) = (0, given.len());
    while bad - good > 1 {
        let middle = usize::midpoint(good, bad);
        if bearable(middle) {
            good = middle;
        } else {
            bad = middle;
        }
    }
    good
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
