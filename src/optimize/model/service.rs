//! Agents serve contacts: floors, increments of service, what only some teams can take, and promises on the whole.

use super::super::curve::concave_steps;
use super::super::problem::{Problem, Tuning, UNPROMISED_OCCUPANCY};
use super::super::shortage;
use super::parts::{Built, MISSING, Scope, dearest, fixed};
use crate::solve::{Sense, Var};

/// Price of the first contacts short of their promise, each, in hours of pay.
pub const BROKEN: f64 = 60.0;

/// Agents on queue are at least the floor plus the increments taken.
pub fn service_rows(
    problem: &Problem,
    scope: &Scope,
    pool: usize,
    cover: &[Vec<(Var, f64)>],
    built: &mut Built,
    served: &mut [Vec<(Var, f64)>],
) {
    let table = &problem.tables[pool];
    let queues = &problem.demand.pools[pool].queues;
    let missing = MISSING * dearest(problem) * problem.grid.step_s() / 3600.0;
    for cell in (0..problem.grid.cells()).filter(|&c| scope.cells[pool][c]) {
        let weight = problem.grid.weight(cell);
        let steps: Vec<(usize, Vec<f64>)> = queues
            .iter()
            .enumerate()
            .filter(|(q, _)| !table.served[*q][cell].is_empty())
            .map(|(q, queue)| {
                let steps = concave_steps(&table.served[q][cell]);
                (problem.group_of[queue.promise][cell], steps)
            })
            .collect();
        if table.floor[cell] <= 0.0 && steps.is_empty() {
            continue;
        }
        let mut row = cover[cell].clone();
        let count = steps.iter().map(|s| s.1.len()).max().unwrap_or(0);
        for k in 0..count {
            let gains: Vec<(usize, f64)> = steps
                .iter()
                .map(|(group, steps)| (*group, weight * steps.get(k).copied().unwrap_or(0.0)))
                .collect();
            if gains.iter().all(|g| g.1 < 1e-4 * weight) {
                break;
            }
            let worth = scope.parted.map_or(0.0, |(p, _)| {
                gains.iter().map(|g| p.served[g.0] * g.1).sum()
            });
            let step = built.model.continuous(-worth, 0.0, 1.0);
            row.push((step, -1.0));
            for (group, gain) in gains {
                served[group].push((step, gain));
            }
        }
        if table.floor[cell] > 0.0 {
            let served = per_agent(problem, pool, cell).into_iter();
            let worth: f64 = scope
                .parted
                .map_or(0.0, |(p, _)| served.map(|(g, n)| p.served[g] * n).sum());
            let short = built
                .model
                .continuous(missing * weight + worth, 0.0, table.floor[cell]);
            built.missing.push((pool, cell, short));
            built.below_floor.push((pool, cell, short));
            row.push((short, 1.0));
        }
        let need = table.floor[cell] - fixed(problem, pool, cell);
        built.model.row(row, Sense::AtLeast, need);
    }
}

/// What only some of a pool's teams can take needs them.
pub fn confined_rows(problem: &Problem, scope: &Scope, pool: usize, built: &mut Built) {
    let missing = MISSING * dearest(problem) * problem.grid.step_s() / 3600.0;
    for (teams, load) in &problem.demand.pools[pool].confined {
        let mut terms = vec![Vec::new(); problem.grid.cells()];
        for &(c, var) in &built.columns {
            let column = &problem.columns[c];
            if teams.contains(&column.team) {
                for &(cell, share) in &column.covers {
                    terms[cell].push((var, share * problem.on_queue[column.team]));
                }
            }
        }
        for (cell, row) in terms.iter_mut().enumerate() {
            if scope.cells[pool][cell] && load[cell] > 1e-9 {
                let there: f64 = teams.iter().map(|&t| problem.fixed[t][cell]).sum();
                let need = load[cell] / UNPROMISED_OCCUPANCY;
                let weight = problem.grid.weight(cell);
                let short = built.model.continuous(missing * weight, 0.0, need);
                built.missing.push((pool, cell, short));
                row.push((short, 1.0));
                built
                    .model
                    .row(row.iter().copied(), Sense::AtLeast, need - there);
            }
        }
    }
}

/// Contacts of each group that one agent missing from a cell's floor would have served.
fn per_agent(problem: &Problem, pool: usize, cell: usize) -> Vec<(usize, f64)> {
    let table = &problem.tables[pool];
    let weight = problem.grid.weight(cell) / table.floor[cell].max(1e-9);
    let queues = problem.demand.pools[pool].queues.iter().enumerate();
    let served = queues.filter_map(|(q, queue)| {
        let at_floor = table.served[q][cell].first()?;
        Some((problem.group_of[queue.promise][cell], weight * at_floor))
    });
    served.collect()
}

/// Contacts served reach each promise's aim; what is short of it costs the more the more it is.
pub fn promise_rows(
    problem: &Problem,
    tuning: &Tuning,
    served: Vec<Vec<(Var, f64)>>,
    built: &mut Built,
) {
    let base = floors_served(problem);
    let wanted = problem.wanted(tuning);
    let mut served = served;
    for &(pool, cell, short) in &built.below_floor {
        for (group, contacts) in per_agent(problem, pool, cell) {
            served[group].push((short, -contacts));
        }
    }
    for (group, mut row) in served.into_iter().enumerate() {
        let offered = problem.groups[group].offered;
        if offered <= 0.0 {
            continue;
        }
        for (part, weight) in shortage::PARTS {
            let price = weight * BROKEN * dearest(problem);
            let short = built.model.continuous(price, 0.0, part * offered);
            built.broken.push((group, short));
            row.push((short, 1.0));
        }
        let id = built
            .model
            .row(row, Sense::AtLeast, wanted[group] - base[group]);
        built.promised[group] = Some(id);
    }
}

/// Contacts of each group served in time by the floors alone.
fn floors_served(problem: &Problem) -> Vec<f64> {
    let floors: Vec<Vec<f64>> = problem.tables.iter().map(|t| t.floor.clone()).collect();
    problem.predict(&floors)
}
