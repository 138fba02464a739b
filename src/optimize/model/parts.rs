//! What a model is made of, and what its variables mean.

use super::super::employment::there;
use super::super::problem::Problem;
use crate::scenario::model::{Heads, Team};
use crate::solve::{Model, RowId, Solution, Var};

/// Price of an agent missing from a floor, in hours of the dearest paid hour, per hour.
pub const MISSING: f64 = 50.0;

/// Price of deferred work that lies, in hours of the dearest paid hour, per agent-hour and hour: between rosters that cost
/// the same, the one that gets it done early bears a busier week than the one that leaves it until it is due.
pub const LYING: f64 = 0.001;

/// Price of somebody who is not there, beyond what anything short is worth.
const NOBODY: f64 = 1e12;

/// What couples the parts of the model, in money.
#[derive(Debug, Clone, Default)]
pub struct Prices {
    /// Per column: what working it once costs, heads' hours and days included.
    pub column: Vec<f64>,
    /// Per group: worth of one contact served in time.
    pub served: Vec<f64>,
    /// Per cut: worth of its group's whole share.
    pub cuts: Vec<f64>,
    /// Per team and entry of heads: whole people there on any one day.
    pub there: Vec<Vec<f64>>,
    /// Per column: how often the whole model works it.
    pub x: Vec<f64>,
    /// Per team and entry of heads: money of one more who is there every day.
    pub head: Vec<Vec<f64>>,
}

impl Prices {
    /// Shifts for nothing, for so many people and no more: only what is short counts.
    #[must_use]
    pub fn none(problem: &Problem, heads: &[Vec<u32>]) -> Self {
        let of = |(team, heads): (&Team, &Vec<u32>)| {
            let whole = |(&n, entry): (&u32, &Heads)| {
                let there = there(problem.scenario, team, entry.contract);
                (f64::from(n) * there + 1e-6).floor()
            };
            heads.iter().zip(&team.heads).map(whole).collect()
        };
        let teams = problem.scenario.teams.iter();
        Self {
            column: vec![0.0; problem.columns.len()],
            served: vec![0.0; problem.groups.len()],
            cuts: Vec::new(),
            there: teams.zip(heads).map(of).collect(),
            x: Vec::new(),
            head: heads.iter().map(|team| vec![NOBODY; team.len()]).collect(),
        }
    }

    /// Most whole people there on any one day: those of the linear model rounded up, within what may be.
    #[must_use]
    pub fn cap(&self, team: usize, entry: usize) -> f64 {
        self.there[team][entry]
    }
}

/// Per pool, flow and cell: an amount of deferred work.
pub type PerFlow = Vec<Vec<Vec<f64>>>;

/// What parts of the model have to agree on about deferred work.
#[derive(Debug, Clone, Default)]
pub struct Backlogs {
    /// What is left at the end of each cell.
    pub left: PerFlow,
    /// What may be left, with those let slip.
    pub room: PerFlow,
}

/// A part of the model.
pub struct Scope<'a> {
    /// Per pool: whether each cell is in.
    pub cells: Vec<Vec<bool>>,
    /// Columns (indexes) that may be used.
    pub columns: Vec<usize>,
    /// Whether columns take whole numbers.
    pub whole: bool,
    /// Whether deferred work that lies has a price.
    pub lying: bool,
    /// Prices and the backlog at the part's edges; `None` for the whole model.
    pub parted: Option<(&'a Prices, &'a Backlogs)>,
}

impl Scope<'_> {
    /// The whole linear model.
    #[must_use]
    pub fn all(problem: &Problem) -> Self {
        Self {
            cells: vec![vec![true; problem.grid.cells()]; problem.demand.pools.len()],
            columns: (0..problem.columns.len()).collect(),
            whole: false,
            lying: true,
            parted: None,
        }
    }
}

/// Worth of a row, in dearest hours for each unit of it, from which on it binds.
const WORTH: f64 = 0.01;

/// A model and what its variables mean.
pub struct Built {
    /// The model.
    pub model: Model,
    /// `(column, variable)`.
    pub columns: Vec<(usize, Var)>,
    /// `[pool][flow][cell]`: what is left.
    pub backlogs: Vec<Vec<Vec<Option<Var>>>>,
    /// `(pool, flow, slip, share let slip)`.
    pub slips: Vec<(usize, usize, usize, Var)>,
    /// Rows that take several days or teams together.
    pub coupling: Vec<(Coupling, RowId)>,
    /// Per group.
    pub promised: Vec<Option<RowId>>,
    /// Shortfalls: broken promises `(group, variable)`.
    pub broken: Vec<(usize, Var)>,
    /// Per cut.
    pub cuts: Vec<RowId>,
    /// Shortfalls of cuts, as a share of the group's contacts `(group, variable)`.
    pub uncut: Vec<(usize, Var)>,
    /// Shortfalls of agents below a floor `(pool, cell, variable)`.
    pub below_floor: Vec<(usize, usize, Var)>,
    /// All shortfalls of agents `(pool, cell, variable)`.
    pub missing: Vec<(usize, usize, Var)>,
    /// `(team, entry, variable)`.
    pub heads: Vec<(usize, usize, Var)>,
    /// Hours billed and not worked `(vendor, variable)`.
    pub idle: Vec<(usize, Var)>,
    /// What else is lacking, priced like agents that are missing.
    pub lacking: Vec<(Lack, Var)>,
}

/// What a plan may lack beside service in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// Deferred work of a pool's flow in time.
    Overdue(usize, usize),
    /// Agents for a pool's live work beside its deferred work.
    Beside(usize),
    /// Agents that a bound of `keep` on occupancy asks for.
    Occupancy(usize),
    /// People that a minimum asks for.
    AtWork(usize),
}

/// A row that couples columns: how much of it one working takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Coupling {
    Hours(usize, usize),
    /// Hours of a week, where a contract's differ by dates.
    Week(usize, usize, usize),
    Days(usize, usize, usize),
    Day(usize, usize, usize, usize),
    /// Shifts of a day that end from an instant on, and those of the next day that begin before rest is over.
    Rest(usize, usize, usize, usize, i64),
    /// A number of days from one on.
    Row(usize, usize, usize, usize, usize),
    /// Shifts of a day that start at a minute of the clock.
    Start(usize, usize, usize, usize, u32),
    Billed(usize),
    /// Agents of a pool in the cells from one to before another, for a bound of `keep`.
    Occupancy {
        bound: usize,
        pool: usize,
        from: usize,
        to: usize,
    },
    /// Weekends of a team's entry.
    Weekends(usize, usize),
    /// People at work that a minimum asks for.
    AtWork(usize),
    Seat(usize),
}

/// `[pool][cell]`: columns that cover it.
pub type Cover = Vec<Vec<Vec<(Var, f64)>>>;

impl Built {
    /// Values of all columns of the problem.
    #[must_use]
    pub fn x(&self, problem: &Problem, solution: &Solution) -> Vec<f64> {
        let mut x = vec![0.0; problem.columns.len()];
        for &(c, var) in &self.columns {
            x[c] = solution.value(var);
        }
        x
    }

    /// Contacts short of each group's promise: what the promise's own row and its cuts lack.
    #[must_use]
    pub fn broken(&self, problem: &Problem, solution: &Solution) -> Vec<f64> {
        let mut broken = vec![0.0; problem.groups.len()];
        for &(group, var) in &self.broken {
            broken[group] += solution.value(var);
        }
        for &(group, var) in &self.uncut {
            let short = solution.value(var) * problem.groups[group].offered;
            broken[group] = f64::max(broken[group], short);
        }
        broken
    }

    /// Every variable that says something is short.
    pub fn shortfalls(&self) -> impl Iterator<Item = Var> + '_ {
        let broken = self.broken.iter().map(|b| b.1);
        broken
            .chain(self.uncut.iter().map(|u| u.1))
            .chain(self.missing.iter().map(|m| m.2))
            .chain(self.lacking.iter().map(|l| l.1))
    }

    /// Rows that couple columns and without which the answer would cost less, by its duals.
    #[must_use]
    pub fn binding(&self, problem: &Problem, duals: &[f64]) -> Vec<Coupling> {
        let worth = WORTH * dearest(problem);
        let rows = self.coupling.iter();
        rows.filter(|(_, row)| duals[row.index()].abs() > worth)
            .map(|(key, _)| *key)
            .collect()
    }

    /// Reduced cost per column of the problem: what using it would add to the cost.
    #[must_use]
    pub fn reduced(&self, problem: &Problem, duals: &[f64]) -> Vec<f64> {
        let mut by_var: Vec<f64> = self.model.columns().iter().map(|c| c.cost).collect();
        for (row, dual) in self.model.rows().iter().zip(duals) {
            for &(var, coefficient) in &row.terms {
                by_var[var.index()] -= dual * coefficient;
            }
        }
        let mut out = vec![0.0; problem.columns.len()];
        for &(c, var) in &self.columns {
            out[c] = by_var[var.index()];
        }
        out
    }
}

/// Money of an hour of the dearest people.
pub fn dearest(problem: &Problem) -> f64 {
    let pay = problem
        .scenario
        .contracts
        .iter()
        .map(|c| c.pay.per_paid_hour);
    pay.fold(1.0, f64::max)
}

pub fn fixed(problem: &Problem, pool: usize, cell: usize) -> f64 {
    let teams = &problem.demand.pools[pool].teams;
    teams.iter().map(|&t| problem.fixed[t][cell]).sum()
}
