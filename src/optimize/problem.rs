//! Everything a search over rosters needs: demand on the grid, columns, service tables, what simulation has taught.

use super::columns::{Column, columns, on_queue};
use super::coverage::coverage;
use super::crossed::crossed;
use super::curve::Curve;
use super::cuts::Cut;
use super::demand::{Demand, Split};
use super::grid::Grid;
use super::levers::Staffing;
use super::minimum::{Minimum, minimums};
use super::published::Published;
use super::seats::{SeatRow, others, seat_rows};
use crate::experiment::Case;
use crate::measure::JUDGED_FROM;
use crate::roster::load::{self, Load};
use crate::scenario::model::{Every, KeepMeasure, Scenario};
use crate::time::{self, Tick};
use std::ops::Range;
use std::sync::Arc;

/// Occupancy up to which work without a promise is staffed.
pub const UNPROMISED_OCCUPANCY: f64 = 0.85;
/// Share of the load below which no cell is staffed: service is a convex function of agents there.
const FLOOR: f64 = 0.9;
/// Cells with fewer contacts a week than this need nobody of their own.
const HARDLY_ANY: f64 = 0.05;
/// Most agents above the floor that a cell's table holds.
const ABOVE: usize = 24;

/// What simulation has taught about the formulas, and what they have to reach.
#[derive(Debug, Clone, PartialEq)]
pub struct Tuning {
    /// Per pool and queue: factor on the live load that makes the formula agree with the simulation.
    pub load: Vec<Vec<f64>>,
    /// `[pool][queue][cell]`: factor on the load of one cell, beside that.
    pub local: Vec<Vec<Vec<f64>>>,
    /// Per pool and flow: factor on deferred work.
    pub work: Vec<Vec<f64>>,
    /// Per promise: mean share that keeps it (its own share at first).
    pub aim: Vec<f64>,
    /// What simulated plans say of promises that formulas alone cannot keep.
    pub cuts: Vec<Cut>,
    /// Who was seen to take deferred work.
    pub split: Split,
    /// Per bound of `[decide] keep`: factor on the agents that a bound on occupancy asks for.
    pub present: Vec<f64>,
}

/// Contacts whose service is summed up: a promise over one judging period of a pattern.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Promise (index).
    pub promise: usize,
    /// Contacts of the horizon in it.
    pub offered: f64,
}

/// Agents that a bound on occupancy asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Present {
    /// The bound of `keep` (index).
    pub bound: usize,
    /// The pool of its team.
    pub pool: usize,
    /// The cells that it judges together.
    pub cells: Range<usize>,
    /// Agent-cells of a week in them.
    pub agents: f64,
}

/// A pool's service per cell and number of agents.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// Agents without whom a cell is not staffed at all.
    pub floor: Vec<f64>,
    /// Live load per cell that deferred work has to stand beside.
    pub live: Vec<f64>,
    /// `[queue][cell]`: contacts of a week served in time with `floor + i` agents.
    pub served: Vec<Vec<Vec<f64>>>,
}

/// The problem on its grid.
pub struct Problem<'a> {
    /// The scenario, with routes as they are tried.
    pub scenario: &'a Scenario,
    /// The grid.
    pub grid: Grid,
    /// The demand.
    pub demand: Demand,
    /// What may move.
    pub staffing: Staffing,
    /// The columns.
    pub columns: Vec<Column>,
    /// Agents on queue per team and cell that are not planned.
    pub fixed: Vec<Vec<f64>>,
    /// Share of scheduled time on queue per team.
    pub on_queue: Vec<f64>,
    /// Groups of contacts.
    pub groups: Vec<Group>,
    /// `[promise][cell]`: group, `usize::MAX` where there is none.
    pub group_of: Vec<Vec<usize>>,
    /// `[pool][queue]`: curves.
    pub curves: Arc<Vec<Vec<Curve>>>,
    /// Per promise: the teams whose agents can change how it is kept, where curves do not tell; else empty.
    pub crossed: Vec<Vec<usize>>,
    /// Rosters that people know already.
    pub published: Published,
    /// Seats of the sites.
    pub seats: Vec<SeatRow>,
    /// People who have to be at work at least.
    pub minimums: Vec<Minimum>,
    /// Most money over the horizon for the planned people, while that is held to.
    pub budget: Option<f64>,
    /// The same with every shift there could be, where only some kinds of them are used: what bounds are worked out on.
    all: Option<Box<Problem<'a>>>,
    /// Per site: duties of teams that are not planned.
    others: Arc<Vec<Vec<(Tick, Tick)>>>,
    /// Tables as last tuned.
    pub tables: Vec<Table>,
    /// The expected load, and how the demand splits it.
    load: Arc<Load>,
    split: Split,
}

impl<'a> Problem<'a> {
    /// Lays a case out on the grid.
    #[must_use]
    pub fn new(case: &'a Case) -> Self {
        let scenario = &case.scenario;
        let load = load::load(scenario);
        let grid = Grid::new(scenario, &load);
        let demand = Demand::new(scenario, &case.world, &load, &grid);
        let staffing = Staffing::new(scenario);
        let columns = columns(scenario, &grid, &staffing);
        let fixed = scenario.teams.iter().enumerate().map(|(t, _)| {
            if staffing.planned[t] {
                vec![0.0; grid.cells()]
            } else {
                coverage(case, &grid, t)
            }
        });
        let curves = demand.pools.iter().map(|pool| {
            let cv = if pool.busy { scenario.busyness.cv } else { 0.0 };
            let curve = |q: &super::demand::Queue| {
                Curve::new(pool.handle_s, q.abandons, q.within_s, q.of, cv)
            };
            pool.queues.iter().map(curve).collect()
        });
        let (groups, group_of) = groups(scenario, &grid, &demand);
        let others = others(case, &staffing);
        Self {
            scenario,
            published: Published::new(scenario, &grid, &staffing.planned, &columns),
            seats: seat_rows(scenario, &grid, &columns, &others),
            minimums: minimums(scenario, &grid, &staffing),
            budget: None,
            all: None,
            others: Arc::new(others),
            fixed: fixed.collect(),
            on_queue: scenario.teams.iter().map(on_queue).collect(),
            columns,
            staffing,
            groups,
            group_of,
            curves: Arc::new(curves.collect()),
            crossed: crossed(&case.world, &demand, scenario.promises.len()),
            tables: Vec::new(),
            load: Arc::new(load),
            split: Split::new(),
            grid,
            demand,
        }
    }

    /// The same customers, and what is known of them, under other rules.
    #[must_use]
    pub fn under<'b>(&self, scenario: &'b Scenario) -> Problem<'b> {
        let staffing = Staffing {
            reach: self.staffing.reach.clone(),
            ..Staffing::new(scenario)
        };
        let columns = columns(scenario, &self.grid, &staffing);
        Problem {
            scenario,
            published: Published::new(scenario, &self.grid, &staffing.planned, &columns),
            seats: seat_rows(scenario, &self.grid, &columns, &self.others),
            minimums: minimums(scenario, &self.grid, &staffing),
            budget: self.budget,
            all: None,
            others: self.others.clone(),
            grid: self.grid.clone(),
            demand: self.demand.clone(),
            staffing,
            columns,
            fixed: self.fixed.clone(),
            on_queue: self.on_queue.clone(),
            groups: self.groups.clone(),
            group_of: self.group_of.clone(),
            curves: self.curves.clone(),
            crossed: self.crossed.clone(),
            tables: self.tables.clone(),
            load: self.load.clone(),
            split: self.split.clone(),
        }
    }

    /// The same with only some of the shifts.
    #[must_use]
    pub fn only(self, keep: impl Fn(&Column) -> bool) -> Self {
        let mut fewer = self.under(self.scenario);
        fewer.columns.retain(keep);
        let (scenario, grid, columns) = (fewer.scenario, &fewer.grid, &fewer.columns);
        fewer.published = Published::new(scenario, grid, &fewer.staffing.planned, columns);
        fewer.seats = seat_rows(scenario, grid, columns, &fewer.others);
        fewer.all = Some(Box::new(self));
        fewer
    }

    /// The same with every shift there could be.
    #[must_use]
    pub fn all(&self) -> &Self {
        self.all.as_deref().unwrap_or(self)
    }

    /// What each bound on occupancy asks for, per stretch of a pattern's week that it judges: every day of it, or all of it.
    ///
    /// A pool's teams take contacts side by side and are equally busy, so a team's bound is its pool's.
    #[must_use]
    pub fn present(&self, tuning: &Tuning) -> Vec<Present> {
        let mut out = Vec::new();
        let bounds = self.scenario.decide.keep.iter().zip(&tuning.present);
        for (bound, (keep, factor)) in bounds.enumerate() {
            let KeepMeasure::Occupancy(team, every) = keep.measure else {
                continue;
            };
            if !self.staffing.planned[team] || keep.at_most <= 0.0 {
                continue;
            }
            let at = self.demand.pool_of[team];
            let pool = &self.demand.pools[at];
            for pattern in &self.grid.patterns {
                let week = pattern.first..pattern.first + pattern.cells;
                let long = match every {
                    Every::Interval => 1,
                    Every::Day => self.grid.per_day(),
                    Every::Week | Every::Month => pattern.cells,
                };
                let stretches = week.clone().step_by(long);
                let work = |cells: &Range<usize>| -> f64 {
                    let deferred = pool.flows.iter().flat_map(|f| &f.arriving[cells.clone()]);
                    pool.load[cells.clone()].iter().chain(deferred).sum()
                };
                let mean = work(&week) / stretches.len() as f64;
                for first in stretches {
                    let cells = first..(first + long).min(week.end);
                    let work = work(&cells);
                    if work > JUDGED_FROM * mean {
                        out.push(Present {
                            bound,
                            pool: at,
                            cells,
                            agents: factor * work / keep.at_most,
                        });
                    }
                }
            }
        }
        out
    }

    /// Forgets promises and due dates: all that is asked for are agents per team and cell, by as many heads as it takes.
    pub fn cover_only(&mut self, required: &[Vec<f64>]) {
        for pool in &mut self.demand.pools {
            pool.queues.clear();
            pool.flows.clear();
            pool.load.fill(0.0);
            let of_team = |&team: &usize| {
                let needed = required[team].iter();
                (
                    vec![team],
                    needed.map(|n| n * UNPROMISED_OCCUPANCY).collect(),
                )
            };
            pool.confined = pool.teams.iter().map(of_team).collect();
        }
        self.curves = Arc::new(self.demand.pools.iter().map(|_| Vec::new()).collect());
        self.groups.clear();
        self.published = Published::default();
        for bounds in &mut self.staffing.bounds {
            bounds.iter_mut().for_each(|b| b.1 = f64::INFINITY);
        }
    }

    /// The formulas untouched.
    #[must_use]
    pub fn untuned(&self) -> Tuning {
        let pools = &self.demand.pools;
        Tuning {
            load: pools.iter().map(|p| vec![1.0; p.queues.len()]).collect(),
            local: pools
                .iter()
                .map(|p| vec![vec![1.0; self.grid.cells()]; p.queues.len()])
                .collect(),
            work: pools.iter().map(|p| vec![1.0; p.flows.len()]).collect(),
            aim: self.scenario.promises.iter().map(|p| p.share).collect(),
            cuts: Vec::new(),
            split: Split::new(),
            present: vec![1.0; self.scenario.decide.keep.len()],
        }
    }

    /// Works the split of deferred work and the service tables out anew.
    pub fn tune(&mut self, tuning: &Tuning) {
        if let Some(all) = &mut self.all {
            all.tune(tuning);
        }
        if self.split != tuning.split {
            let (load, grid, split) = (&self.load, &self.grid, &tuning.split);
            self.demand = self.demand.with_split(self.scenario, load, grid, split);
            self.split.clone_from(split);
        }
        self.tables = (0..self.demand.pools.len())
            .map(|p| self.table(p, tuning))
            .collect();
    }

    fn table(&self, pool: usize, tuning: &Tuning) -> Table {
        let demand = &self.demand.pools[pool];
        let cells = self.grid.cells();
        let mut table = Table {
            floor: vec![0.0; cells],
            live: vec![0.0; cells],
            served: vec![vec![Vec::new(); cells]; demand.queues.len()],
        };
        let least = tuning.load[pool]
            .iter()
            .copied()
            .fold(f64::INFINITY, f64::min);
        for cell in 0..cells {
            let load = demand.load[cell];
            if demand.queues.is_empty() {
                table.floor[cell] = load / UNPROMISED_OCCUPANCY;
                continue;
            }
            let offered: f64 = demand.queues.iter().map(|q| q.offered[cell]).sum();
            if offered <= 0.0 {
                continue;
            }
            table.live[cell] = load;
            if offered >= HARDLY_ANY {
                table.floor[cell] = (FLOOR * load * least.min(1.0)).floor().max(1.0);
            }
            for (q, queue) in demand.queues.iter().enumerate() {
                let curve = &self.curves[pool][q];
                let load = load * tuning.load[pool][q] * tuning.local[pool][q][cell];
                table.served[q][cell] = (0..=ABOVE)
                    .map(|i| {
                        let level = curve.level(load, table.floor[cell] + i as f64);
                        queue.offered[cell] * level
                    })
                    .collect();
            }
        }
        table
    }

    /// How many weeks of the horizon a column stands for.
    #[must_use]
    pub fn times(&self, column: &Column) -> f64 {
        self.grid.patterns[column.pattern].weeks.len() as f64
    }

    /// Hours over the horizon that each vendor bills for `x` of every column.
    #[must_use]
    pub fn billed_h(&self, x: &[f64]) -> Vec<f64> {
        let mut billed = vec![0.0; self.scenario.vendors.len()];
        for (column, n) in self.columns.iter().zip(x) {
            if let Some(v) = self.scenario.teams[column.team].vendor {
                billed[v] += n * self.times(column) * column.billed_h;
            }
        }
        billed
    }

    /// Cells that some shift of a team covers.
    #[must_use]
    pub fn workable(&self, team: usize) -> Vec<bool> {
        let mut may = vec![false; self.grid.cells()];
        for column in self.columns.iter().filter(|c| c.team == team) {
            column.covers.iter().for_each(|c| may[c.0] = true);
        }
        may
    }

    /// Agents on queue per pool and cell with `x` of every column.
    #[must_use]
    pub fn cover(&self, x: &[f64]) -> Vec<Vec<f64>> {
        let mut cover = vec![vec![0.0; self.grid.cells()]; self.demand.pools.len()];
        for (t, fixed) in self.fixed.iter().enumerate() {
            let pool = &mut cover[self.demand.pool_of[t]];
            pool.iter_mut().zip(fixed).for_each(|(c, f)| *c += f);
        }
        for (column, &n) in self.columns.iter().zip(x).filter(|(_, n)| **n > 0.0) {
            let pool = &mut cover[self.demand.pool_of[column.team]];
            for &(cell, share) in &column.covers {
                pool[cell] += n * share * self.on_queue[column.team];
            }
        }
        cover
    }

    /// Contacts of a week of a queue served in time in a cell with so many agents.
    #[must_use]
    pub fn served(&self, pool: usize, queue: usize, cell: usize, agents: f64) -> f64 {
        let table = &self.tables[pool];
        let values = &table.served[queue][cell];
        let Some(&most) = values.last() else {
            return 0.0;
        };
        let above = agents - table.floor[cell];
        if above < 0.0 {
            // Below the floor hardly anybody is served in time; a straight line keeps the direction.
            return values[0] * (agents / table.floor[cell].max(1e-9)).max(0.0);
        }
        let below = above.floor() as usize;
        let part = above - below as f64;
        let at = |i: usize| values.get(i).copied().unwrap_or(most);
        at(below) * (1.0 - part) + at(below + 1) * part
    }

    /// Per group: contacts of the horizon served in time, by the tuned formulas.
    #[must_use]
    pub fn predict(&self, cover: &[Vec<f64>]) -> Vec<f64> {
        let mut out = vec![0.0; self.groups.len()];
        for (p, pool) in self.demand.pools.iter().enumerate() {
            for (q, queue) in pool.queues.iter().enumerate() {
                for (cell, &agents) in cover[p].iter().enumerate() {
                    let group = self.group_of[queue.promise][cell];
                    if group < out.len() && queue.offered[cell] > 0.0 {
                        out[group] += self.grid.weight(cell) * self.served(p, q, cell, agents);
                    }
                }
            }
        }
        out
    }

    /// Contacts of each group that have to be served in time.
    #[must_use]
    pub fn wanted(&self, tuning: &Tuning) -> Vec<f64> {
        self.groups
            .iter()
            .map(|g| tuning.aim[g.promise] * g.offered)
            .collect()
    }
}

/// Groups contacts by promise and judging period.
fn groups(scenario: &Scenario, grid: &Grid, demand: &Demand) -> (Vec<Group>, Vec<Vec<usize>>) {
    let mut groups: Vec<Group> = Vec::new();
    let mut group_of = vec![vec![usize::MAX; grid.cells()]; scenario.promises.len()];
    let per_day = grid.per_day();
    for (p, promise) in scenario.promises.iter().enumerate() {
        let mut last: Option<(usize, usize)> = None;
        for (cell, slot) in group_of[p].iter_mut().enumerate() {
            let pattern = grid.pattern_of(cell);
            let inside = cell - grid.patterns[pattern].first;
            let key = match (promise.hold, promise.every) {
                (None, _) => (0, 0),
                (_, Every::Interval) => (pattern, inside),
                (_, Every::Day) => (pattern, inside / per_day),
                (_, Every::Week | Every::Month) => (pattern, 0),
            };
            if last != Some(key) {
                last = Some(key);
                groups.push(Group {
                    promise: p,
                    offered: 0.0,
                });
            }
            *slot = groups.len() - 1;
        }
    }
    for queue in demand.pools.iter().flat_map(|p| &p.queues) {
        for (cell, &offered) in queue.offered.iter().enumerate() {
            groups[group_of[queue.promise][cell]].offered += offered * grid.weight(cell);
        }
    }
    (groups, group_of)
}

/// Months in the horizon.
#[must_use]
pub fn months(scenario: &Scenario) -> f64 {
    time::seconds(scenario.horizon.length()) / time::MONTH_S
}
