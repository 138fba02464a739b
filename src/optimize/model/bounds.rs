//! Bounds that hold for a team, a site or all together: occupancy, people at work, seats, money.

use super::super::problem::{Problem, Tuning};
use super::heads::{couple, head_cost};
use super::parts::{Built, Coupling, Lack, MISSING, Prices, Scope, dearest, fixed};
use crate::solve::{Sense, Var};

/// Share of a cell that somebody has to be at work to count as there.
pub const THERE: f64 = 1.0 - 1e-6;

/// `keep`: a pool's work is at most a share of its time, over a day or a week.
pub fn occupancy_rows(problem: &Problem, tuning: &Tuning, built: &mut Built) {
    let missing = MISSING * dearest(problem) * problem.grid.step_s() / 3600.0;
    for row in problem.present(tuning) {
        let there: f64 = row
            .cells
            .clone()
            .map(|cell| fixed(problem, row.pool, cell))
            .sum();
        let short = built.model.continuous(missing, 0.0, row.agents);
        built.lacking.push((Lack::Occupancy(row.bound), short));
        let columns = built.columns.clone();
        let key = Coupling::Occupancy {
            bound: row.bound,
            pool: row.pool,
            from: row.cells.start,
            to: row.cells.end,
        };
        let short = vec![(short, 1.0)];
        couple(problem, built, key, &columns, short, row.agents - there);
    }
}

/// `keep`: so many of a team are at work in every cell in which its channels are open, all through the cell.
pub fn minimum_rows(problem: &Problem, scope: &Scope, pool: usize, built: &mut Built) {
    let missing = MISSING * dearest(problem) * problem.grid.step_s() / 3600.0;
    let of_pool = |m: &&super::super::minimum::Minimum| problem.demand.pool_of[m.team] == pool;
    for minimum in problem.minimums.iter().filter(of_pool) {
        let mut rows: Vec<Vec<(Var, f64)>> = vec![Vec::new(); problem.grid.cells()];
        for &(c, var) in &built.columns {
            let column = &problem.columns[c];
            if column.team == minimum.team {
                for &(cell, _) in column.covers.iter().filter(|(_, share)| *share >= THERE) {
                    rows[cell].push((var, 1.0));
                }
            }
        }
        for (cell, mut row) in rows.into_iter().enumerate() {
            if scope.cells[pool][cell] && minimum.open[cell] {
                let price = missing * problem.grid.weight(cell);
                let short = built.model.continuous(price, 0.0, minimum.people);
                built.lacking.push((Lack::AtWork(minimum.index), short));
                row.push((short, 1.0));
                let id = built.model.row(row, Sense::AtLeast, minimum.people);
                built.coupling.push((Coupling::AtWork(minimum.index), id));
            }
        }
    }
}

/// No more people at a site at once than it has seats. Of a part, other pools leave the seats that the whole model gives
/// them.
pub fn seat_rows(problem: &Problem, prices: Option<&Prices>, built: &mut Built) {
    if problem.seats.is_empty() {
        return;
    }
    let columns = built.columns.clone();
    let Some(prices) = prices else {
        for (index, row) in problem.seats.iter().enumerate() {
            let of_row = |(c, _): &&(usize, Var)| row.columns.binary_search(c).is_ok();
            let mine: Vec<(usize, Var)> = columns.iter().filter(of_row).copied().collect();
            let key = Coupling::Seat(index);
            couple(problem, built, key, &mine, Vec::new(), -row.free);
        }
        return;
    };
    let Some(pool) = columns
        .first()
        .map(|&(c, _)| problem.demand.pool_of[problem.columns[c].team])
    else {
        return;
    };
    for row in &problem.seats {
        let of_row = |(c, _): &&(usize, Var)| row.columns.binary_search(c).is_ok();
        let mine: Vec<(Var, f64)> = columns
            .iter()
            .filter(of_row)
            .map(|&(_, var)| (var, 1.0))
            .collect();
        if mine.is_empty() {
            continue;
        }
        let others = row.columns.iter().copied();
        let others = others.filter(|&c| problem.demand.pool_of[problem.columns[c].team] != pool);
        let taken: f64 = others.map(|c| prices.x[c]).sum();
        let free = (row.free - taken + 1e-6).floor().max(0.0);
        built.model.row(mine, Sense::AtMost, free);
    }
}

/// The planned people cost no more than there is, where that is held to.
pub fn budget_row(problem: &Problem, built: &mut Built) {
    let Some(budget) = problem.budget else { return };
    let columns = built.columns.iter().map(|&(c, var)| {
        let column = &problem.columns[c];
        let weeks = problem.times(column);
        (var, column.cost * weeks)
    });
    let heads = built.heads.iter();
    let heads = heads.map(|&(t, h, var)| (var, head_cost(problem, t, h)));
    let idle = built
        .idle
        .iter()
        .map(|&(v, var)| (var, problem.scenario.mean_price(v)));
    let money: Vec<(Var, f64)> = columns.chain(heads).chain(idle).collect();
    built.model.row(money, Sense::AtMost, budget);
}
