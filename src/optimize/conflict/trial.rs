//! Whether rules can hold together: the linear model of the roster under relaxed rules.

use super::limit::Limit;
use super::opening;
use crate::optimize::generate;
use crate::optimize::model::{Built, Lack, Scope, build};
use crate::optimize::problem::{Problem, Tuning, months};
use crate::scenario::model::Scenario;
use crate::solve::{Fault, Options, Solution};

/// Contacts short of a promise that count as none, as a share of those it covers, and their number.
const NEGLIGIBLE: (f64, f64) = (1e-4, 1.0);
/// What is lacking of deferred work and of people that counts as none, as a share of all there is.
const ROUNDING: f64 = 1e-4;

/// A scenario and its promises with some rules relaxed.
pub struct Trial {
    /// The scenario.
    pub scenario: Scenario,
    /// Mean share that each promise has to reach.
    pub aim: Vec<f64>,
    /// Most money over the horizon for the planned people.
    pub budget: Option<f64>,
    /// Channels, and how many half-hours at most no shift reaches are closed at either end of a day.
    pub closed: Vec<(usize, u32)>,
    /// Months of the horizon.
    pub months: f64,
}

impl Trial {
    /// The rules as they are.
    #[must_use]
    pub fn new(problem: &Problem, tuning: &Tuning) -> Self {
        Self {
            scenario: problem.scenario.clone(),
            aim: tuning.aim.clone(),
            budget: problem.budget,
            closed: Vec::new(),
            months: months(problem.scenario),
        }
    }

    /// Whether a roster keeps the rules, parts of people and shifts allowed.
    ///
    /// # Errors
    /// When the solver fails.
    pub fn possible(
        &self,
        problem: &Problem,
        tuning: &Tuning,
        options: &Options,
    ) -> Result<bool, Fault> {
        let tuning = Tuning {
            aim: self.aim.clone(),
            ..tuning.clone()
        };
        let mut relaxed = problem.under(&self.scenario);
        relaxed.budget = self.budget;
        for &(channel, steps) in &self.closed {
            opening::close(&mut relaxed, problem, channel, steps);
        }
        if !self.closed.is_empty() {
            relaxed.tune(&tuning);
        }
        let built = build(&relaxed, &tuning, &Scope::all(&relaxed));
        let solution = generate::solve(&relaxed, &built, options)?;
        Ok(solution.found() && nothing_short(&relaxed, &tuning, &built, &solution))
    }
}

/// Work without a promise that comes when nobody of its pool can be there in time: no rule is broken when it waits for them.
fn out_of_reach(problem: &Problem, tuning: &Tuning) -> f64 {
    let mut sum = 0.0;
    for (p, pool) in problem.demand.pools.iter().enumerate() {
        let mut there = vec![false; problem.grid.cells()];
        for &team in &pool.teams {
            let may = problem.workable(team).into_iter();
            for ((there, may), fixed) in there.iter_mut().zip(may).zip(&problem.fixed[team]) {
                *there |= may || *fixed > 0.0;
            }
        }
        for (f, flow) in pool.flows.iter().enumerate() {
            if !flow.promised.is_empty() {
                continue;
            }
            for pattern in &problem.grid.patterns {
                for inside in 0..pattern.cells {
                    let cell = pattern.first + inside;
                    let at = |later: usize| pattern.first + (inside + later) % pattern.cells;
                    if !(0..=flow.lies[cell]).any(|later| there[at(later)]) {
                        sum += tuning.work[p][f] * flow.arriving[cell];
                    }
                }
            }
        }
    }
    sum
}

fn nothing_short(problem: &Problem, tuning: &Tuning, built: &Built, solution: &Solution) -> bool {
    let broken = built.broken(problem, solution);
    let mut groups = broken.iter().zip(&problem.groups);
    let served = groups.all(|(b, g)| *b <= (NEGLIGIBLE.0 * g.offered).max(NEGLIGIBLE.1));
    let work: f64 = problem
        .demand
        .pools
        .iter()
        .flat_map(|p| &p.flows)
        .flat_map(|f| &f.arriving)
        .sum();
    let mut overdue = 0.0;
    let mut absent = 0.0;
    for &(lack, var) in &built.lacking {
        match lack {
            Lack::Overdue(..) => overdue += solution.value(var),
            Lack::Occupancy(_) | Lack::AtWork(_) => absent += solution.value(var),
            Lack::Beside(_) => {}
        }
    }
    served && overdue <= out_of_reach(problem, tuning) + ROUNDING * work && absent <= 1e-3
}

/// Whether some of the rules can hold while all others are let go of.
///
/// # Errors
/// When the solver fails.
pub fn holds(
    problem: &Problem,
    tuning: &Tuning,
    options: &Options,
    all: &[Limit],
    held: &[Limit],
) -> Result<bool, Fault> {
    let mut trial = Trial::new(problem, tuning);
    for limit in all.iter().filter(|l| !held.contains(l)) {
        limit.relax(problem, &mut trial, limit.steps(problem));
    }
    trial.possible(problem, tuning, options)
}
