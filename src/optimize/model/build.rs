//! Putting a model together.

use super::super::problem::{Problem, Tuning};
use super::bounds::{budget_row, minimum_rows, occupancy_rows, seat_rows};
use super::cuts::cut_rows;
use super::deferred::flow_rows;
use super::heads::{cap_rows, heads_rows};
use super::parts::{Built, Cover, Scope};
use super::published_rows;
use super::service::{confined_rows, promise_rows, service_rows};
use crate::solve::Model;

/// Builds the model of a scope.
#[must_use]
pub fn build(problem: &Problem, tuning: &Tuning, scope: &Scope) -> Built {
    let mut built = Built {
        model: Model::new(),
        columns: Vec::new(),
        backlogs: Vec::new(),
        slips: Vec::new(),
        coupling: Vec::new(),
        promised: vec![None; problem.groups.len()],
        broken: Vec::new(),
        cuts: Vec::new(),
        uncut: Vec::new(),
        below_floor: Vec::new(),
        missing: Vec::new(),
        heads: Vec::new(),
        idle: Vec::new(),
        lacking: Vec::new(),
    };
    let prices = scope.parted.map(|p| p.0);
    for &c in &scope.columns {
        let column = &problem.columns[c];
        let weeks = problem.times(column);
        let cost = prices.map_or(column.cost * weeks, |p| p.column[c]);
        let var = if scope.whole {
            built.model.integer(cost, 0.0, 1000.0)
        } else {
            built.model.continuous(cost, 0.0, f64::INFINITY)
        };
        built.columns.push((c, var));
    }
    let cover = cover_terms(problem, &built);
    let mut served = vec![Vec::new(); problem.groups.len()];
    for (pool, covered) in cover.iter().enumerate() {
        service_rows(problem, scope, pool, covered, &mut built, &mut served);
        flow_rows(problem, tuning, scope, pool, covered, &mut built);
        confined_rows(problem, scope, pool, &mut built);
        minimum_rows(problem, scope, pool, &mut built);
    }
    seat_rows(problem, prices, &mut built);
    published_rows(&problem.published.days, &built.columns, &mut built.model);
    cut_rows(problem, tuning, scope, &mut built);
    if let Some(prices) = prices {
        cap_rows(problem, prices, &mut built);
    } else {
        promise_rows(problem, tuning, served, &mut built);
        heads_rows(problem, scope, &mut built);
        occupancy_rows(problem, tuning, &mut built);
        budget_row(problem, &mut built);
    }
    built
}

fn cover_terms(problem: &Problem, built: &Built) -> Cover {
    let mut cover = vec![vec![Vec::new(); problem.grid.cells()]; problem.demand.pools.len()];
    for &(c, var) in &built.columns {
        let column = &problem.columns[c];
        let there = problem.on_queue[column.team];
        for &(cell, share) in &column.covers {
            cover[problem.demand.pool_of[column.team]][cell].push((var, share * there));
        }
    }
    cover
}
