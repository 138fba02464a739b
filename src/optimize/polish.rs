//! Whole shifts made to keep what the model asks: added, dropped and swapped one at a time by what they save.
//!
//! The measure is money: shifts at their prices, plus what is short of floors, promises and due dates at prices that
//! no shift is worth. It reads the service tables themselves, not their concave hulls.

mod worked;

use super::cuts::Cut;
use super::model::{PerFlow, Prices, THERE};
use super::overdue::overdue;
use super::problem::{Present, Problem, Tuning, UNPROMISED_OCCUPANCY};
use super::shortage;
use worked::Worked;

/// Price of what must not be short, in multiples of the dearest hour.
const SHORT: f64 = 50.0;
/// Rounds of adding, dropping and swapping.
const ROUNDS: usize = 3;

/// A choice of whole shifts and what it leaves short.
struct Balance<'a> {
    problem: &'a Problem<'a>,
    tuning: &'a Tuning,
    prices: &'a Prices,
    room: &'a PerFlow,
    x: Vec<f64>,
    /// Per team and cell: agents on queue.
    cover: Vec<Vec<f64>>,
    /// Contacts served per group.
    served: Vec<f64>,
    wanted: Vec<f64>,
    /// Per cut: what it asks for, and what is there.
    cuts: Vec<(f64, f64)>,
    /// Per column: what one more adds to each cut that it adds to.
    to_cuts: Vec<Vec<(usize, f64)>>,
    /// Per pool and pattern: deferred work overdue, agent-cells.
    overdue: Vec<Vec<f64>>,
    /// What bounds on occupancy ask for.
    present: Vec<Present>,
    /// Per team and cell: people at work all through it, where somebody asks.
    at_work: Vec<Vec<f64>>,
    short: f64,
    /// Days, hours and seats that are taken.
    worked: Worked,
}

/// Improves whole numbers of columns.
#[must_use]
pub fn polish(
    problem: &Problem,
    tuning: &Tuning,
    prices: &Prices,
    room: &PerFlow,
    x: Vec<f64>,
) -> Vec<f64> {
    let mut balance = Balance::new(problem, tuning, prices, room, x);
    for _ in 0..ROUNDS {
        let mut moved = balance.add_all();
        moved |= balance.drop_all();
        moved |= balance.swap_all();
        if !moved {
            break;
        }
    }
    balance.x
}

/// Takes shifts away, those first that are missed least, while `over` names columns one of which has to go.
#[must_use]
pub fn trim(
    problem: &Problem,
    tuning: &Tuning,
    prices: &Prices,
    room: &PerFlow,
    x: Vec<f64>,
    over: impl Fn(&[f64]) -> Option<Vec<usize>>,
) -> Vec<f64> {
    if over(&x).is_none() {
        return x;
    }
    let mut balance = Balance::new(problem, tuning, prices, room, x);
    while let Some(columns) = over(&balance.x) {
        if balance.least(columns).is_none() {
            break;
        }
    }
    balance.x
}

/// Shifts taken away and others added by hand.
pub struct Thinning<'a>(Balance<'a>);

impl<'a> Thinning<'a> {
    /// Nothing is gone yet.
    #[must_use]
    pub fn new(
        problem: &'a Problem<'a>,
        tuning: &'a Tuning,
        prices: &'a Prices,
        room: &'a PerFlow,
        x: &[f64],
    ) -> Self {
        Self(Balance::new(problem, tuning, prices, room, x.to_vec()))
    }

    /// What is left.
    #[must_use]
    pub fn x(&self) -> &[f64] {
        &self.0.x
    }

    /// Takes away the shift of a team's entry that is missed least, and says which; `None` where none is left.
    pub fn least(&mut self, team: usize, entry: usize) -> Option<usize> {
        let columns = self.0.problem.columns.iter().enumerate();
        let mine = columns.filter(|(_, c)| c.team == team && c.heads == entry);
        self.0.least(mine.map(|c| c.0).collect())
    }

    /// Works a shift once more.
    pub fn add(&mut self, column: usize) {
        self.0.change(column, 1.0);
    }

    /// Adds shifts where something is short, as far as there are people.
    pub fn refill(&mut self) {
        self.0.add_all();
    }
}

impl<'a> Balance<'a> {
    fn new(
        problem: &'a Problem,
        tuning: &'a Tuning,
        prices: &'a Prices,
        room: &'a PerFlow,
        x: Vec<f64>,
    ) -> Self {
        let mut cover = problem.fixed.clone();
        for (column, &n) in problem.columns.iter().zip(&x).filter(|(_, n)| **n > 0.0) {
            for &(cell, share) in &column.covers {
                cover[column.team][cell] += n * share * problem.on_queue[column.team];
            }
        }
        let pools = problem.cover(&x);
        let pay = problem.scenario.contracts.iter();
        let dearest = pay.map(|c| c.pay.per_paid_hour).fold(1.0, f64::max);
        let mut balance = Self {
            served: problem.predict(&pools),
            wanted: problem.wanted(tuning),
            cuts: tuning
                .cuts
                .iter()
                .map(|c| (c.need(problem, tuning), c.reach(problem, &x)))
                .collect(),
            to_cuts: to_cuts(problem, tuning),
            overdue: Vec::new(),
            present: problem.present(tuning),
            short: SHORT * dearest,
            problem,
            tuning,
            prices,
            room,
            at_work: vec![vec![0.0; problem.grid.cells()]; problem.scenario.teams.len()],
            worked: Worked::none(problem),
            x,
            cover,
        };
        for c in 0..balance.x.len() {
            balance.count(c, balance.x[c]);
        }
        let patterns = problem.grid.patterns.len();
        let late = |pool| (0..patterns).map(|p| balance.late(pool, p)).collect();
        balance.overdue = (0..pools.len()).map(late).collect();
        balance
    }

    /// Takes away the shift in use among some columns that is missed least.
    fn least(&mut self, columns: Vec<usize>) -> Option<usize> {
        let used: Vec<usize> = columns.into_iter().filter(|&c| self.x[c] > 0.5).collect();
        let trials = used.into_iter().map(|c| (self.trial(c, -1.0), c));
        let (_, least) = trials.min_by(|a, b| a.0.total_cmp(&b.0))?;
        self.change(least, -1.0);
        Some(least)
    }

    fn agents(&self, pool: usize, cell: usize) -> f64 {
        let teams = &self.problem.demand.pools[pool].teams;
        teams.iter().map(|&t| self.cover[t][cell]).sum()
    }

    /// Deferred work of a pool that is overdue in a pattern's weeks.
    fn late(&self, pool: usize, pattern: usize) -> f64 {
        let agents = |cell| self.agents(pool, cell);
        let weight = self.problem.grid.patterns[pattern].weeks.len() as f64;
        let mut late = 0.0;
        overdue(
            self.problem,
            self.tuning,
            &self.room[pool],
            (pool, pattern),
            agents,
            |_, _, over| late += over * weight,
        );
        late
    }

    /// Agents missing from floors and from what only some teams can take, over some cells.
    fn missing(&self, pool: usize, cells: &[(usize, f64)]) -> f64 {
        let table = &self.problem.tables[pool];
        let mut sum = 0.0;
        for &(cell, _) in cells {
            let weight = self.problem.grid.weight(cell);
            sum += weight * (table.floor[cell] - self.agents(pool, cell)).max(0.0);
            for (teams, load) in &self.problem.demand.pools[pool].confined {
                let there: f64 = teams.iter().map(|&t| self.cover[t][cell]).sum();
                sum += weight * (load[cell] / UNPROMISED_OCCUPANCY - there).max(0.0);
            }
            for minimum in self.problem.minimums.iter().filter(|m| m.open[cell]) {
                if self.problem.demand.pool_of[minimum.team] == pool {
                    let there = self.at_work[minimum.team][cell];
                    sum += weight * (minimum.people - there).max(0.0);
                }
            }
        }
        sum
    }

    /// Contacts served per group from some cells of a pool.
    fn served_in(&self, pool: usize, cells: &[(usize, f64)]) -> Vec<(usize, f64)> {
        let mut out: Vec<(usize, f64)> = Vec::new();
        for (q, queue) in self.problem.demand.pools[pool].queues.iter().enumerate() {
            for &(cell, _) in cells.iter().filter(|c| queue.offered[c.0] > 0.0) {
                let group = self.problem.group_of[queue.promise][cell];
                let served = self.problem.grid.weight(cell)
                    * self.problem.served(pool, q, cell, self.agents(pool, cell));
                match out.iter_mut().find(|g| g.0 == group) {
                    Some(known) => known.1 += served,
                    None => out.push((group, served)),
                }
            }
        }
        out
    }

    fn absent(&self) -> f64 {
        let one = |row: &Present| {
            let there: f64 = row.cells.clone().map(|c| self.agents(row.pool, c)).sum();
            (row.agents - there).max(0.0)
        };
        self.present.iter().map(one).sum()
    }

    /// Contacts short of cuts.
    fn uncut(&self) -> f64 {
        let one = |(cut, (need, there)): (&Cut, &(f64, f64))| {
            self.problem.groups[cut.group].offered * (need - there).max(0.0)
        };
        self.tuning.cuts.iter().zip(&self.cuts).map(one).sum()
    }

    fn shift(&mut self, column: usize, sign: f64) {
        let problem = self.problem;
        for &(cut, more) in &self.to_cuts[column] {
            self.cuts[cut].1 += sign * more;
        }
        let c = &problem.columns[column];
        for &(cell, share) in &c.covers {
            self.cover[c.team][cell] += sign * share * problem.on_queue[c.team];
        }
        self.x[column] += sign;
        self.count(column, sign);
    }

    fn count(&mut self, column: usize, n: f64) {
        self.worked.count(self.problem, column, n);
        let c = &self.problem.columns[column];
        if !self.problem.minimums.is_empty() {
            for &(cell, _) in c.covers.iter().filter(|(_, share)| *share >= THERE) {
                self.at_work[c.team][cell] += n;
            }
        }
    }

    /// What the change just made costs in people beyond those that are there on any day.
    fn heads(&self, column: usize, sign: f64) -> f64 {
        let c = &self.problem.columns[column];
        let now = self.worked.on_day(self.problem, column);
        let cap = self.prices.cap(c.team, c.heads);
        let over = |n: f64| (n - cap).max(0.0);
        (over(now) - over(now - sign)) * self.prices.head[c.team][c.heads]
    }

    /// Works a column once more or once less and says what that costs.
    fn change(&mut self, column: usize, sign: f64) -> f64 {
        let problem = self.problem;
        let covers = &problem.columns[column].covers;
        let pool = problem.demand.pool_of[problem.columns[column].team];
        let (missing, served, absent) = (
            self.missing(pool, covers),
            self.served_in(pool, covers),
            self.absent(),
        );
        let uncut = self.uncut();
        let published = problem.published.price_around(column, &self.x);
        self.shift(column, sign);
        let mut money = sign * self.prices.column[column] + self.heads(column, sign);
        money += problem.published.price_around(column, &self.x) - published;
        let cell_h = problem.grid.step_s() / 3600.0;
        let worth = self.short * cell_h;
        money += worth * (self.missing(pool, covers) - missing + self.absent() - absent);
        money += self.short * (self.uncut() - uncut);
        // A shift is worked in the weeks of one pattern.
        let pattern = problem.columns[column].pattern;
        let late = self.late(pool, pattern);
        money += worth * (late - self.overdue[pool][pattern]);
        self.overdue[pool][pattern] = late;
        for ((group, after), (_, before)) in self.served_in(pool, covers).into_iter().zip(served) {
            let offered = self.problem.groups[group].offered;
            let short = |served: f64| shortage::price(self.wanted[group] - served, offered);
            let now = self.served[group] + after - before;
            money += self.short * (short(now) - short(self.served[group]));
            self.served[group] = now;
        }
        money
    }

    /// What a change would cost; everything is as before afterwards.
    fn trial(&mut self, column: usize, sign: f64) -> f64 {
        let problem = self.problem;
        let c = &problem.columns[column];
        let pool = problem.demand.pool_of[c.team];
        let overdue = self.overdue[pool][c.pattern];
        let mut served: Vec<(usize, f64)> = Vec::new();
        for queue in &problem.demand.pools[pool].queues {
            for &(cell, _) in &c.covers {
                let group = problem.group_of[queue.promise][cell];
                if group < self.served.len() && served.iter().all(|s| s.0 != group) {
                    served.push((group, self.served[group]));
                }
            }
        }
        let money = self.change(column, sign);
        self.shift(column, -sign);
        self.overdue[pool][c.pattern] = overdue;
        for (group, before) in served {
            self.served[group] = before;
        }
        money
    }

    fn add_all(&mut self) -> bool {
        let mut moved = false;
        // Each addition helps, or the loop ends; the bound only guards against rounding.
        for _ in 0..2000 {
            if !self.anything_short() {
                break;
            }
            let may: Vec<usize> = (0..self.x.len())
                .filter(|&c| self.worked.may(self.problem, c))
                .collect();
            let best = may
                .into_iter()
                .map(|c| (self.trial(c, 1.0), c))
                .min_by(|a, b| a.0.total_cmp(&b.0));
            match best {
                Some((money, c)) if money < -1e-6 => {
                    self.change(c, 1.0);
                    moved = true;
                }
                _ => break,
            }
        }
        moved
    }

    fn anything_short(&self) -> bool {
        let broken = self
            .served
            .iter()
            .zip(&self.wanted)
            .any(|(s, w)| *s < w - 1e-9);
        let cells: Vec<(usize, f64)> = (0..self.problem.grid.cells()).map(|c| (c, 1.0)).collect();
        broken
            || self.overdue.iter().flatten().any(|o| *o > 1e-6)
            || self.absent() > 1e-6
            || self.uncut() > 1e-6
            || (0..self.overdue.len()).any(|p| self.missing(p, &cells) > 1e-6)
    }

    fn drop_all(&mut self) -> bool {
        let mut moved = false;
        loop {
            let used: Vec<usize> = (0..self.x.len()).filter(|&c| self.x[c] > 0.5).collect();
            let best = used
                .into_iter()
                .map(|c| (self.trial(c, -1.0), c))
                .min_by(|a, b| a.0.total_cmp(&b.0));
            match best {
                Some((money, c)) if money < -1e-6 => {
                    self.change(c, -1.0);
                    moved = true;
                }
                _ => return moved,
            }
        }
    }

    /// Every shift in use against a shorter, cheaper or better placed one of its team and day.
    fn swap_all(&mut self) -> bool {
        let mut moved = false;
        let used: Vec<usize> = (0..self.x.len()).filter(|&c| self.x[c] > 0.5).collect();
        for c in used {
            let (team, pattern, day) = self.place(c);
            let without = self.change(c, -1.0);
            let others: Vec<usize> = (0..self.x.len())
                .filter(|&o| {
                    o != c
                        && self.place(o) == (team, pattern, day)
                        && self.worked.may(self.problem, o)
                })
                .collect();
            let best = others
                .into_iter()
                .map(|o| (self.trial(o, 1.0), o))
                .min_by(|a, b| a.0.total_cmp(&b.0));
            match best {
                Some((money, o)) if without + money < -1e-6 => {
                    self.change(o, 1.0);
                    moved = true;
                }
                _ => {
                    self.change(c, 1.0);
                }
            }
        }
        moved
    }

    fn place(&self, c: usize) -> (usize, usize, usize) {
        let column = &self.problem.columns[c];
        (column.team, column.pattern, column.day)
    }
}

/// Per column: `(cut, what one more adds to it)`.
fn to_cuts(problem: &Problem, tuning: &Tuning) -> Vec<Vec<(usize, f64)>> {
    let of = |c: usize| {
        let cuts = tuning.cuts.iter().enumerate();
        let adds = cuts.map(|(k, cut)| (k, cut.of_column(problem, c)));
        adds.filter(|a| a.1 > 0.0).collect()
    };
    (0..problem.columns.len()).map(of).collect()
}
