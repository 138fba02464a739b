//! The linear model: shifts cover cells, cells serve contacts, contacts keep promises.
//!
//! Rows, for every pool and cell: agents on queue are at least the floor plus the service increments taken (these are
//! concave, so a linear model fills them in order); agents are at least live load plus deferred work done; what is
//! left of deferred work never exceeds what is not yet due. Over cells: contacts served in time reach each promise's
//! aim; hours and shifts fit the heads; occupancy stays within its bound; vendors' minimum is paid.
//!
//! A [`Scope`] is the whole model, or a part of it in which what couples the parts is replaced by [`Prices`].

use super::flows::Flow;
use super::problem::{Problem, Tuning, UNPROMISED_OCCUPANCY, months};
use crate::scenario::model::{KeepMeasure, PriceUnit};
use crate::solve::{Model, RowId, Sense, Solution, Var};

/// Price of an agent missing from a floor, in hours of the dearest paid hour, per hour.
const MISSING: f64 = 50.0;
/// Price of an hour worked by people who are paid anyway, in dearest hours.
const TRIFLE: f64 = 0.01;
/// Price of a contact short of its promise, in hours of pay.
const BROKEN: f64 = 60.0;

/// What couples the parts of the model, in money.
#[derive(Debug, Clone, Default)]
pub struct Prices {
    /// Per column: what working it once costs, heads' hours and days included.
    pub column: Vec<f64>,
    /// Per group: worth of one contact served in time.
    pub served: Vec<f64>,
    /// Per team and entry of heads: people there on any one day.
    pub there: Vec<Vec<f64>>,
    /// Per team and entry of heads: money of one more who is there every day.
    pub head: Vec<Vec<f64>>,
}

impl Prices {
    /// Whole people there on any one day; those of the linear model rounded up.
    #[must_use]
    pub fn cap(&self, team: usize, entry: usize) -> f64 {
        (self.there[team][entry] - 1e-6).ceil().max(0.0)
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
    /// Prices and the backlog at the part's edges; `None` for the whole model.
    pub parted: Option<(&'a Prices, &'a Backlogs)>,
}

/// A model and what its variables mean.
pub struct Built {
    /// The model.
    pub model: Model,
    /// `(column, variable)`.
    pub columns: Vec<(usize, Var)>,
    /// `[pool][flow][cell]`: what is left.
    backlogs: Vec<Vec<Vec<Option<Var>>>>,
    /// `(pool, flow, slip, share let slip)`.
    slips: Vec<(usize, usize, usize, Var)>,
    /// Rows that take several days or teams together.
    coupling: Vec<(Coupling, RowId)>,
    /// Per group.
    promised: Vec<Option<RowId>>,
    /// Shortfalls: broken promises `(group, variable)`.
    pub broken: Vec<(usize, Var)>,
    /// Shortfalls of agents `(pool, cell, variable)`.
    pub missing: Vec<(usize, usize, Var)>,
    /// `(team, entry, variable)`.
    pub heads: Vec<(usize, usize, Var)>,
    /// Deferred work overdue.
    overdue: Vec<Var>,
}

/// A row that couples columns: how much of it one working takes.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Coupling {
    Hours(usize, usize),
    Days(usize, usize, usize),
    Day(usize, usize, usize, usize),
    Billed(usize),
    Occupancy(usize, usize),
}

/// Money of an hour of the dearest people.
fn dearest(problem: &Problem) -> f64 {
    let pay = problem
        .scenario
        .contracts
        .iter()
        .map(|c| c.pay.per_paid_hour);
    pay.fold(1.0, f64::max)
}

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
        missing: Vec::new(),
        heads: Vec::new(),
        overdue: Vec::new(),
    };
    let prices = scope.parted.map(|p| p.0);
    for &c in &scope.columns {
        let column = &problem.columns[c];
        let weeks = problem.grid.patterns[column.pattern].weeks.len() as f64;
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
    }
    if let Some(prices) = prices {
        cap_rows(problem, prices, &mut built);
    } else {
        promise_rows(problem, tuning, served, &mut built);
        heads_rows(problem, &mut built);
        occupancy_rows(problem, &mut built);
    }
    built
}

/// `[pool][cell]`: columns that cover it.
type Cover = Vec<Vec<Vec<(Var, f64)>>>;

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

fn fixed(problem: &Problem, pool: usize, cell: usize) -> f64 {
    let teams = &problem.demand.pools[pool].teams;
    teams.iter().map(|&t| problem.fixed[t][cell]).sum()
}

/// Agents on queue are at least the floor plus the increments taken.
fn service_rows(
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
                let steps = super::curve::concave_steps(&table.served[q][cell]);
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
            let short = built
                .model
                .continuous(missing * weight, 0.0, table.floor[cell]);
            built.missing.push((pool, cell, short));
            row.push((short, 1.0));
        }
        let need = table.floor[cell] - fixed(problem, pool, cell);
        built.model.row(row, Sense::AtLeast, need);
    }
}

/// Deferred work: done beside live work, and never overdue.
fn flow_rows(
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
    let overdue = MISSING * dearest(problem) * problem.grid.step_s() / 3600.0;
    let mut done: Vec<Vec<(Var, f64)>> = vec![Vec::new(); cells];
    for (f, flow) in flows.iter().enumerate() {
        let factor = tuning.work[pool][f];
        for cell in (0..cells).filter(inside) {
            let room = scope
                .parted
                .map_or(f64::INFINITY, |(_, b)| b.room[pool][f][cell]);
            left[f][cell] = Some(built.model.continuous(0.0, 0.0, room));
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
            built.overdue.push(late);
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
            built.overdue.push(short);
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

/// What only some of a pool's teams can take needs them.
fn confined_rows(problem: &Problem, scope: &Scope, pool: usize, built: &mut Built) {
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

fn promise_rows(
    problem: &Problem,
    tuning: &Tuning,
    served: Vec<Vec<(Var, f64)>>,
    built: &mut Built,
) {
    let base = floors_served(problem);
    let wanted = problem.wanted(tuning);
    for (group, mut row) in served.into_iter().enumerate() {
        if problem.groups[group].offered <= 0.0 {
            continue;
        }
        let short = built
            .model
            .continuous(BROKEN * dearest(problem), 0.0, f64::INFINITY);
        built.broken.push((group, short));
        row.push((short, 1.0));
        let id = built
            .model
            .row(row, Sense::AtLeast, wanted[group] - base[group]);
        built.promised[group] = Some(id);
    }
}

/// On no day work more people than there are.
fn cap_rows(problem: &Problem, prices: &Prices, built: &mut Built) {
    let key = |c: usize| {
        let column = &problem.columns[c];
        (column.team, column.heads, column.pattern, column.day)
    };
    let mut columns = built.columns.clone();
    columns.sort_by_key(|&(c, _)| key(c));
    for day in columns.chunk_by(|a, b| key(a.0) == key(b.0)) {
        let (team, entry, ..) = key(day[0].0);
        let terms = day.iter().map(|&(_, var)| (var, 1.0));
        built
            .model
            .row(terms, Sense::AtMost, prices.cap(team, entry));
    }
}

/// Contacts of each group served in time by the floors alone.
fn floors_served(problem: &Problem) -> Vec<f64> {
    let floors: Vec<Vec<f64>> = problem.tables.iter().map(|t| t.floor.clone()).collect();
    problem.predict(&floors)
}

/// Hours and days of all columns fit the heads; heads cost their pay; vendors' minimum is paid.
fn heads_rows(problem: &Problem, built: &mut Built) {
    let scenario = problem.scenario;
    let weeks = problem.grid.weeks;
    for (t, team) in scenario.teams.iter().enumerate() {
        if !problem.staffing.planned[t] {
            continue;
        }
        let there = 1.0 - team.shrinkage.leave;
        for (h, heads) in team.heads.iter().enumerate() {
            let contract = heads.contract.map(|c| &scenario.contracts[c]);
            let hours = contract.map_or(crate::roster::FTE_HOURS, |c| c.hours_per_week);
            let (least, most) = problem.staffing.bounds[t][h];
            // A trifle, so that heads nobody needs are not planned.
            let cost = head_cost(problem, t, h) + 1e-3 * hours * weeks;
            let var = built.model.continuous(cost, least, most);
            built.heads.push((t, h, var));
            let mine: Vec<(usize, Var)> = built
                .columns
                .iter()
                .copied()
                .filter(|(c, _)| problem.columns[*c].team == t && problem.columns[*c].heads == h)
                .collect();
            let key = Coupling::Hours(t, h);
            couple(
                problem,
                built,
                key,
                &mine,
                vec![(var, hours * there * weeks)],
                0.0,
            );
            let days = contract.map_or(5.0, |c| f64::from(c.rules.days_per_week));
            for p in 0..problem.grid.patterns.len() {
                let key = Coupling::Days(t, h, p);
                couple(problem, built, key, &mine, vec![(var, days * there)], 0.0);
                for day in 0..7 {
                    let key = Coupling::Day(t, h, p, day);
                    couple(problem, built, key, &mine, vec![(var, there)], 0.0);
                }
            }
        }
    }
    for (v, vendor) in scenario.vendors.iter().enumerate() {
        let hourly = matches!(
            vendor.per,
            PriceUnit::LoggedInHour | PriceUnit::ScheduledHour
        );
        if let (true, Some((seats, hours))) = (hourly, vendor.minimum) {
            // What is not worked of the minimum is paid all the same.
            let idle = built.model.continuous(vendor.price, 0.0, f64::INFINITY);
            let mine: Vec<(usize, Var)> = built
                .columns
                .iter()
                .copied()
                .filter(|(c, _)| scenario.teams[problem.columns[*c].team].vendor == Some(v))
                .collect();
            let key = Coupling::Billed(v);
            couple(
                problem,
                built,
                key,
                &mine,
                vec![(idle, 1.0)],
                seats * hours * weeks,
            );
        }
    }
}

/// One coupling row: `extra + sum(use * column) >= right`, where use is negative for what columns take.
fn couple(
    problem: &Problem,
    built: &mut Built,
    key: Coupling,
    columns: &[(usize, Var)],
    extra: Vec<(Var, f64)>,
    right: f64,
) {
    let terms = columns
        .iter()
        .map(|&(c, var)| (var, use_of(problem, key, c)))
        .chain(extra);
    let id = built.model.row(terms, Sense::AtLeast, right);
    built.coupling.push((key, id));
}

/// Coefficient of a column in a coupling row.
fn use_of(problem: &Problem, key: Coupling, c: usize) -> f64 {
    let column = &problem.columns[c];
    let weeks = problem.grid.patterns[column.pattern].weeks.len() as f64;
    let mine = |t: usize, h: usize| column.team == t && column.heads == h;
    match key {
        Coupling::Hours(t, h) if mine(t, h) => -column.paid_h * weeks,
        Coupling::Days(t, h, p) if mine(t, h) && column.pattern == p => -1.0,
        Coupling::Day(t, h, p, day) if mine(t, h) && column.pattern == p && column.day == day => {
            -1.0
        }
        Coupling::Billed(v) if problem.scenario.teams[column.team].vendor == Some(v) => {
            column.billed_h * weeks
        }
        Coupling::Occupancy(t, p) if column.team == t && column.pattern == p => {
            column.covers.iter().map(|c| c.1).sum::<f64>() * problem.on_queue[t]
        }
        _ => 0.0,
    }
}

/// `keep`: a team's work is at most a share of its time, over a pattern's week.
fn occupancy_rows(problem: &Problem, built: &mut Built) {
    let missing = MISSING * dearest(problem) * problem.grid.step_s() / 3600.0;
    for keep in &problem.scenario.decide.keep {
        let KeepMeasure::Occupancy(team, _) = keep.measure else {
            continue;
        };
        if !problem.staffing.planned[team] || keep.at_most <= 0.0 {
            continue;
        }
        let pool = &problem.demand.pools[problem.demand.pool_of[team]];
        // A pool's teams are equally busy, so one team's bound is the pool's share of work.
        let alone = pool.teams.len() == 1;
        let columns = built.columns.clone();
        for (p, pattern) in problem.grid.patterns.iter().enumerate() {
            let cells = pattern.first..pattern.first + pattern.cells;
            let deferred = pool.flows.iter().flat_map(|f| &f.arriving[cells.clone()]);
            let work = pool.load[cells.clone()].iter().chain(deferred).sum::<f64>();
            if alone {
                let key = Coupling::Occupancy(team, p);
                let need = work / keep.at_most;
                let short = built.model.continuous(missing, 0.0, need);
                built.overdue.push(short);
                couple(problem, built, key, &columns, vec![(short, 1.0)], need);
            }
        }
    }
}

/// What may be left of deferred work when nothing is let slip.
#[must_use]
pub fn plain_room(problem: &Problem, tuning: &Tuning) -> PerFlow {
    let pools = problem.demand.pools.iter().enumerate();
    let flows = |(p, pool): (usize, &super::demand::Pool)| {
        let flows = pool.flows.iter().zip(&tuning.work[p]);
        let of = |(flow, factor): (&Flow, &f64)| flow.room.iter().map(|r| r * factor).collect();
        flows.map(of).collect()
    };
    pools.map(flows).collect()
}

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

    /// Every variable that says something is short.
    pub fn shortfalls(&self) -> impl Iterator<Item = Var> + '_ {
        let broken = self.broken.iter().map(|b| b.1);
        broken
            .chain(self.missing.iter().map(|m| m.2))
            .chain(self.overdue.iter().copied())
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

    /// What couples the parts, by the solution's duals (zero where the solver gives none).
    #[must_use]
    pub fn prices(&self, problem: &Problem, solution: &Solution, duals: &[f64]) -> Prices {
        let (there, head) = people(problem, &self.heads, solution);
        let mut prices = Prices {
            column: problem
                .columns
                .iter()
                .map(|c| c.cost * problem.grid.patterns[c.pattern].weeks.len() as f64)
                .collect(),
            served: self
                .promised
                .iter()
                .map(|row| row.map_or(0.0, |r| duals[r.index()]))
                .collect(),
            there,
            head,
        };
        for &(key, row) in &self.coupling {
            let dual = duals[row.index()];
            if dual != 0.0 {
                for (c, price) in prices.column.iter_mut().enumerate() {
                    *price -= dual * use_of(problem, key, c);
                }
            }
        }
        // Where heads are there anyway an hour costs nothing; it is still not worked for nothing.
        for (price, column) in prices.column.iter_mut().zip(&problem.columns) {
            let weeks = problem.grid.patterns[column.pattern].weeks.len() as f64;
            *price += TRIFLE * column.paid_h * weeks * dearest(problem);
        }
        prices
    }
}

/// Per team and entry: people there on a day, and the money of one more.
pub fn people(
    problem: &Problem,
    heads: &[(usize, usize, Var)],
    solution: &Solution,
) -> (Vec<Vec<f64>>, Vec<Vec<f64>>) {
    let teams = &problem.scenario.teams;
    let mut there: Vec<Vec<f64>> = teams.iter().map(|t| vec![0.0; t.heads.len()]).collect();
    let mut money = there.clone();
    for &(t, h, var) in heads {
        let at_work = 1.0 - teams[t].shrinkage.leave;
        there[t][h] = solution.value(var) * at_work;
        money[t][h] = head_cost(problem, t, h) / at_work.max(1e-9);
    }
    (there, money)
}

/// Money over the horizon of one head of a team's entry: pay, leads, tools.
#[must_use]
pub fn head_cost(problem: &Problem, team: usize, entry: usize) -> f64 {
    let scenario = problem.scenario;
    let team = &scenario.teams[team];
    let contract = team.heads[entry].contract.map(|c| &scenario.contracts[c]);
    let hours = contract.map_or(crate::roster::FTE_HOURS, |c| c.hours_per_week);
    let (weeks, months) = (problem.grid.weeks, months(scenario));
    let pay = match team.vendor.map(|v| &scenario.vendors[v]) {
        None => contract.map_or(0.0, |c| c.pay.per_paid_hour * hours * weeks),
        Some(v) if v.per == PriceUnit::FteMonth => v.price * months,
        Some(_) => 0.0,
    };
    pay + team.cost_per_head_month() * months
}
