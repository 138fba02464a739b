//! Deferred work: done beside live work, left over for later, never overdue.

use super::super::demand::Pool;
use super::super::flows::Flow;
use super::super::problem::{Problem, Tuning};
use super::parts::{Backlogs, Built, LYING, Lack, MISSING, PerFlow, Scope, dearest, fixed};
use crate::solve::{Sense, Solution, Var};

/// Deferred work: done beside live work, and never overdue.
pub fn flow_rows(
    problem: &Problem,
    tuning: &Tuning,
    scope: &Scope,
    pool: usize,
    cover: &[Vec<(Var, f64)>],
    built: &mut Built,
) {
    let flows = &problem.demand.pools[pool].flows;
    let cells = problem.grid.cells();
    let mut left = vec![vec![None; cells]; flows.len()];
    let inside = |c: &usize| scope.cells[pool][*c];
    let hours = problem.grid.step_s() / 3600.0;
    let overdue = MISSING * dearest(problem) * hours;
    let lying = if scope.lying {
        LYING * dearest(problem) * hours * hours
    } else {
        0.0
    };
    let mut done: Vec<Vec<(Var, f64)>> = vec![Vec::new(); cells];
    let some = |flow: &Flow| flow.arriving.iter().any(|w| *w > 0.0);
    for (f, flow) in flows.iter().enumerate().filter(|(_, flow)| some(flow)) {
        let factor = tuning.work[pool][f];
        for cell in (0..cells).filter(inside) {
            let room = scope
                .parted
                .map_or(f64::INFINITY, |(_, b)| b.room[pool][f][cell]);
            let price = lying * problem.grid.weight(cell);
            left[f][cell] = Some(built.model.continuous(price, 0.0, room));
        }
        if scope.parted.is_none() {
            room_rows(tuning, (pool, f), flow, &left[f], built);
        }
        for cell in (0..cells).filter(inside) {
            let (before, after) = neighbours(problem, cell);
            let work = built.model.continuous(0.0, 0.0, f64::INFINITY);
            let late =
                built
                    .model
                    .continuous(overdue * problem.grid.weight(cell), 0.0, f64::INFINITY);
            built.lacking.push((Lack::Overdue(pool, f), late));
            done[cell].push((work, -1.0));
            let mut row = vec![(work, 1.0), (late, 1.0)];
            let mut right = factor * flow.arriving[cell];
            row.extend(left[f][cell].map(|v| (v, 1.0)));
            match left[f][before] {
                Some(var) => row.push((var, -1.0)),
                None => right += scope.parted.map_or(0.0, |(_, b)| b.left[pool][f][before]),
            }
            built.model.row(row, Sense::Equal, right);
            if let (false, Some((_, at_edge)), Some(var)) =
                (scope.cells[pool][after], scope.parted, left[f][cell])
            {
                built
                    .model
                    .set_bounds(var, 0.0, at_edge.left[pool][f][cell] + 1e-7);
            }
        }
    }
    if !flows.is_empty() {
        for cell in (0..cells).filter(inside) {
            let mut row = cover[cell].clone();
            row.append(&mut done[cell]);
            let live = problem.tables[pool].live[cell];
            let short = built
                .model
                .continuous(overdue * problem.grid.weight(cell), 0.0, live);
            built.lacking.push((Lack::Beside(pool), short));
            row.push((short, 1.0));
            let right = live - fixed(problem, pool, cell);
            built.model.row(row, Sense::AtLeast, right);
        }
    }
    built.backlogs.push(left);
}

/// What is left is at most what is not yet due, and what is let slip no more than the promises allow.
fn room_rows(
    tuning: &Tuning,
    (pool, f): (usize, usize),
    flow: &Flow,
    left: &[Option<Var>],
    built: &mut Built,
) {
    let factor = tuning.work[pool][f];
    let mut rows: Vec<Vec<(Var, f64)>> = vec![Vec::new(); left.len()];
    let mut slipped: Vec<Vec<(Var, f64)>> = vec![Vec::new(); flow.promised.len()];
    for (s, slip) in flow.slips.iter().enumerate() {
        let share = built.model.continuous(0.0, 0.0, 1.0);
        built.slips.push((pool, f, s, share));
        for &(cell, gain) in &slip.gains {
            rows[cell].push((share, -factor * gain));
        }
        if let Some(at) = flow.promised.iter().position(|p| p.0 == slip.promise) {
            slipped[at].push((share, slip.work));
        }
    }
    for (cell, mut row) in rows.into_iter().enumerate() {
        if let Some(var) = left[cell] {
            row.push((var, 1.0));
            built
                .model
                .row(row, Sense::AtMost, factor * flow.room[cell]);
        }
    }
    for (row, &(promise, work)) in slipped.into_iter().zip(&flow.promised) {
        let allowed = (1.0 - tuning.aim[promise]).max(0.0) * work;
        built.model.row(row, Sense::AtMost, allowed);
    }
}

/// The cells before and after one; weeks repeat.
fn neighbours(problem: &Problem, cell: usize) -> (usize, usize) {
    let pattern = &problem.grid.patterns[problem.grid.pattern_of(cell)];
    let inside = cell - pattern.first;
    let at = |i: usize| pattern.first + i % pattern.cells;
    (at(inside + pattern.cells - 1), at(inside + 1))
}

/// What may be left of deferred work when nothing is let slip.
#[must_use]
pub fn plain_room(problem: &Problem, tuning: &Tuning) -> PerFlow {
    let pools = problem.demand.pools.iter().enumerate();
    let flows = |(p, pool): (usize, &Pool)| {
        let flows = pool.flows.iter().zip(&tuning.work[p]);
        let of = |(flow, factor): (&Flow, &f64)| flow.room.iter().map(|r| r * factor).collect();
        flows.map(of).collect()
    };
    pools.map(flows).collect()
}

impl Built {
    /// Deferred work left at the end of each cell, and what may be left.
    #[must_use]
    pub fn backlogs(&self, problem: &Problem, tuning: &Tuning, solution: &Solution) -> Backlogs {
        let value = |v: &Option<Var>| v.map_or(0.0, |v| solution.value(v));
        let flows = |flows: &Vec<Vec<Option<Var>>>| -> Vec<Vec<f64>> {
            let of = |cells: &Vec<Option<Var>>| cells.iter().map(value).collect();
            flows.iter().map(of).collect()
        };
        let mut room = plain_room(problem, tuning);
        for &(pool, f, slip, var) in &self.slips {
            let factor = tuning.work[pool][f];
            for &(cell, gain) in &problem.demand.pools[pool].flows[f].slips[slip].gains {
                room[pool][f][cell] += factor * gain * solution.value(var);
            }
        }
        Backlogs {
            left: self.backlogs.iter().map(flows).collect(),
            room,
        }
    }
}
