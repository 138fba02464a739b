//! Whether rules can hold together: the linear model of the roster under relaxed rules.

use super::limit::Limit;
use super::opening;
use crate::optimize::generate;
use crate::optimize::model::{Scope, build};
use crate::optimize::problem::{Problem, Tuning, months};
use crate::scenario::model::Scenario;
use crate::solve::{Fault, Options};

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
        Ok(solution.found() && built.nothing_short(&relaxed, &tuning, &solution))
    }
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
