//! Whether rules can hold together: the model of the roster under relaxed rules, linear and in whole people.

use super::limit::Limit;
use super::opening;
use crate::optimize::generate::{self, Known};
use crate::optimize::heads::Staff;
use crate::optimize::model::{Scope, build, negligible};
use crate::optimize::problem::{Problem, Tuning, months};
use crate::optimize::proof::over_bounds;
use crate::optimize::round::{money, solve_round};
use crate::scenario::model::Scenario;
use crate::solve::{self, Fault, Options, Solution, Solver, Var};
use std::collections::BTreeSet;

/// Most columns of a model that is solved in whole people at once.
const WHOLE_UP_TO: usize = 500;
/// Most columns of a model for which a plan of whole people is sought, as a round of the search does, in answer to every question.
const PLANNED_UP_TO: usize = 3_000;
/// Branch-and-bound nodes after which a plan of whole people that was not found counts as none.
const NODES: u32 = 500;
/// What a plan costs counts this much beside what it lacks: of plans that lack nothing a lean one.
const LEAN: f64 = 1e-4;
/// Relative gap at which it is lean enough.
const GAP: f64 = 0.05;

/// Who is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum People {
    /// Parts of people and shifts, too: what they cannot do nobody can.
    Parts,
    /// Whole people on whole shifts, as far as plans of them are found; parts of them again where they are not [`sought`].
    Whole,
}

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
}

/// What rules are weighed by.
#[derive(Clone, Copy)]
pub struct Scales<'a> {
    /// The problem, tuned.
    pub problem: &'a Problem<'a>,
    /// Its tuning.
    pub tuning: &'a Tuning,
    /// How models are solved.
    pub options: &'a Options,
    /// Who is counted.
    pub people: People,
    /// Columns that models are solved with at first.
    pub known: &'a Known,
}

impl Scales<'_> {
    /// The rules with some let go of.
    #[must_use]
    pub fn without<'l>(&self, gone: impl IntoIterator<Item = &'l Limit>) -> Trial {
        let mut trial = Trial::new(self.problem, self.tuning);
        for limit in gone {
            limit.relax(self.problem, &mut trial, limit.steps(self.problem));
        }
        trial
    }

    /// Whether some of the rules can hold while all others are let go of.
    ///
    /// # Errors
    /// When the solver fails.
    pub fn holds(&self, all: &[Limit], held: &[Limit]) -> Result<bool, Fault> {
        self.possible(&self.without(all.iter().filter(|l| !held.contains(l))))
    }

    /// Whether a roster keeps the rules of a trial.
    ///
    /// # Errors
    /// When the solver fails.
    pub fn possible(&self, trial: &Trial) -> Result<bool, Fault> {
        let options = self.options;
        self.under(trial, |relaxed, tuning| {
            let built = build(relaxed, tuning, &Scope::all(relaxed));
            // Parts of people have to do where whole ones are not sought.
            let parts = self.people == People::Whole && !sought(relaxed, options);
            let enough = |found: &Solution| {
                built.nothing_short(relaxed, tuning, found)
                    && (!parts || serves(relaxed, tuning, &built.x(relaxed, found)))
            };
            let solution = generate::seek(relaxed, &built, options, self.known, enough)?;
            let possible = solution.found() && enough(&solution);
            if !possible || parts || self.people == People::Parts {
                return Ok(possible);
            }
            Ok(people(relaxed, tuning, options)?.is_some())
        })
    }

    /// Whole people who keep the rules of a trial; `None` where none are found or the solver knows no limits.
    ///
    /// # Errors
    /// When the solver fails.
    pub fn plan(&self, trial: &Trial) -> Result<Option<Staff>, Fault> {
        self.under(trial, |relaxed, tuning| {
            if self.options.solver == Solver::Microlp {
                return Ok(None);
            }
            people(relaxed, tuning, self.options)
        })
    }

    /// The problem and its tuning under the rules of a trial.
    fn under<R>(&self, trial: &Trial, ask: impl FnOnce(&mut Problem, &Tuning) -> R) -> R {
        let tuning = Tuning {
            aim: trial.aim.clone(),
            ..self.tuning.clone()
        };
        let mut relaxed = self.problem.under(&trial.scenario);
        relaxed.budget = trial.budget;
        for &(channel, steps) in &trial.closed {
            opening::close(&mut relaxed, self.problem, channel, steps);
        }
        if !trial.closed.is_empty() {
            relaxed.tune(&tuning);
        }
        ask(&mut relaxed, &tuning)
    }
}

/// Whether every promise is kept with `x` of every column. The model of a roster may be a little better off where it leaves
/// a cell without its floor, as far as that is dear enough not to be wanted.
fn serves(problem: &Problem, tuning: &Tuning, x: &[f64]) -> bool {
    let served = problem.predict(&problem.cover(x));
    let wanted = problem.wanted(tuning);
    let groups = problem.groups.iter().zip(served.iter().zip(wanted));
    let mut short = groups.map(|(group, (served, wanted))| (wanted - served, negligible(group)));
    short.all(|(short, negligible)| short <= negligible)
}

/// Whether whole people are sought in answer to every question: a large model takes minutes to find some, and not every solver
/// knows limits.
#[must_use]
pub fn sought(problem: &Problem, options: &Options) -> bool {
    options.solver != Solver::Microlp && problem.columns.len() <= PLANNED_UP_TO
}

/// Whole people who keep the rules; `None` where none are found.
fn people(
    problem: &mut Problem,
    tuning: &Tuning,
    options: &Options,
) -> Result<Option<Staff>, Fault> {
    let x = if problem.columns.len() <= WHOLE_UP_TO {
        whole(problem, tuning, options)?
    } else {
        planned(problem, tuning, options)?
    };
    let Some(x) = x.filter(|x| serves(problem, tuning, x)) else {
        return Ok(None);
    };
    // The model counts hours and days; people have to be able to work the shifts one after the other.
    let staff = Staff::new(problem, &x);
    let within = |budget: f64| money(problem, &x, &staff) <= budget * (1.0 + 1e-9);
    let fits = over_bounds(problem, &staff).is_empty() && problem.budget.is_none_or(within);
    Ok(fits.then_some(staff))
}

/// Whole numbers of columns as a round of the search finds them, part by part, if nothing is lacking then.
fn planned(
    problem: &mut Problem,
    tuning: &Tuning,
    options: &Options,
) -> Result<Option<Vec<f64>>, Fault> {
    problem.staffing.hard = true;
    let x = solve_round(problem, tuning, options)?.x;
    let mut built = build(problem, tuning, &Scope::all(problem));
    for &(c, var) in &built.columns {
        built.model.set_bounds(var, x[c], x[c]);
    }
    let solution = solve::solve(&built.model, options)?;
    let enough = solution.found() && built.nothing_short(problem, tuning, &solution);
    Ok(enough.then_some(x))
}

/// Whole numbers of columns of the model solved at once, with which nothing is lacking.
fn whole(problem: &Problem, tuning: &Tuning, options: &Options) -> Result<Option<Vec<f64>>, Fault> {
    let mut scope = Scope::all(problem);
    scope.whole = true;
    let mut built = build(problem, tuning, &scope);
    let lacking: BTreeSet<Var> = built.shortfalls().collect();
    let costs: Vec<f64> = built.model.columns().iter().map(|c| c.cost).collect();
    for (index, cost) in costs.into_iter().enumerate() {
        let var = Var::at(index);
        if !lacking.contains(&var) {
            built.model.set_cost(var, LEAN * cost);
        }
    }
    let options = Options {
        gap_limit: GAP,
        node_limit: Some(NODES),
        ..options.clone()
    };
    let solution = solve::solve(&built.model, &options)?;
    if !solution.found() || !built.nothing_short(problem, tuning, &solution) {
        return Ok(None);
    }
    let x = built.x(problem, &solution);
    Ok(Some(x.iter().map(|n| n.round()).collect()))
}
