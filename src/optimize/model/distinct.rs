//! Kinds of shift in use: a start and length of a team that any day of the horizon works.

use super::super::distinct::{Kind, kind};
use super::super::problem::Problem;
use super::heads::there_of;
use super::parts::Built;
use crate::scenario::model::KeepMeasure;
use crate::solve::{Sense, Var};
use std::collections::BTreeMap;

/// What a variable of a kind of shift costs and allows.
#[derive(Debug, Clone, Copy)]
pub struct Terms {
    /// Money for one.
    pub price: f64,
    /// People of the kind on any day that one allows.
    pub allows: f64,
    /// Most of it.
    pub most: f64,
    /// Whether it is whole.
    pub whole: bool,
}

/// A variable for every kind of shift among the columns: `sum of columns of the kind on a day <= allows x variable`.
pub fn kind_rows(problem: &Problem, built: &mut Built, terms: impl Fn(Kind) -> Terms) {
    let mut days: BTreeMap<(Kind, usize, usize), Vec<(Var, f64)>> = BTreeMap::new();
    for &(c, var) in &built.columns {
        let column = &problem.columns[c];
        let day = (kind(column), column.pattern, column.day);
        days.entry(day).or_default().push((var, 1.0));
    }
    let mut vars: BTreeMap<Kind, (Var, f64)> = BTreeMap::new();
    for ((kind, ..), mut row) in days {
        let (var, allows) = *vars.entry(kind).or_insert_with(|| {
            let Terms {
                price,
                allows,
                most,
                whole,
            } = terms(kind);
            let var = if whole {
                built.model.integer(price, 0.0, most)
            } else {
                built.model.continuous(price, 0.0, most)
            };
            (var, allows)
        });
        row.push((var, -allows));
        built.model.row(row, Sense::AtMost, 0.0);
    }
}

/// Fees of the kinds in use, relaxed: each kind's part of the most people that a day can have use for. No roster at
/// least cost pays less.
pub fn fee_rows(problem: &Problem, built: &mut Built) {
    let fee = problem.scenario.decide.distinct_shift;
    if fee <= 0.0 {
        return;
    }
    let teams = problem.scenario.teams.len();
    let most: Vec<f64> = (0..teams).map(|t| most_of_a_day(problem, t)).collect();
    if most.iter().all(|m| m.is_finite()) {
        kind_rows(problem, built, |kind| Terms {
            price: fee,
            allows: most[kind.0].max(1.0),
            most: 1.0,
            whole: false,
        });
    }
}

/// Most people of a team that a day can have use for: those who may be there, or what all work of a pool and its bounds ask for.
fn most_of_a_day(problem: &Problem, team: usize) -> f64 {
    let bounds = problem.staffing.bounds[team].iter().enumerate();
    let people: f64 = bounds.map(|(h, b)| b.1 * there_of(problem, team, h)).sum();
    let bounded =
        |k: &crate::scenario::model::Keep| matches!(k.measure, KeepMeasure::Occupancy(..));
    if people.is_finite() || problem.scenario.decide.keep.iter().any(bounded) {
        return people;
    }
    // Beyond the last increment of service, and all deferred work of a week in one cell, nobody has anything to do.
    let pool = problem.demand.pool_of[team];
    let table = &problem.tables[pool];
    let live = (0..problem.grid.cells()).map(|cell| {
        let steps = table.served.iter().map(|queue| queue[cell].len());
        table.floor[cell] + steps.max().unwrap_or(0) as f64
    });
    let flows = problem.demand.pools[pool].flows.iter();
    let deferred: f64 = flows.flat_map(|f| &f.arriving).sum();
    let minimum = problem.minimums.iter().map(|m| m.people).sum::<f64>();
    let there = problem.on_queue[team].max(1e-6);
    (live.fold(0.0, f64::max) + deferred) / there + minimum
}
