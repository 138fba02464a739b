//! Linear and integer models and the solvers that answer them.
//!
//! This is the only room that names a solver. A [`Model`] is written once, [`solve`] hands it to
//! the [`Solver`] chosen at run time, and every answer is re-checked by own arithmetic before it
//! leaves: feasibility and objective of the values ([`check`], [`objective`]), and, where there are
//! row prices, the bound they prove ([`proved_bound`]).
//!
//! Solves are on one thread and with a fixed seed, so they repeat exactly unless the clock stops them, which
//! [`Solution::stopped_by`] then says. They are cold, but for a linear model that columns are let into
//! ([`grow`]): solved on from its last basis it has been seen to come back with a wrong objective, so the prices have
//! to prove what it says. To add rows, add them to the model and solve again with the last values as
//! [`Options::start`].
//!
//! ```
//! use staffwright::solve::{Model, Options, Sense, Status, solve};
//!
//! // Cover 7 agents with full shifts of 2 and half shifts of 1, at most 3 full ones.
//! let mut model = Model::new();
//! let full = model.integer(15.0, 0.0, 3.0);
//! let half = model.integer(8.0, 0.0, 10.0);
//! model.row([(full, 2.0), (half, 1.0)], Sense::AtLeast, 7.0);
//!
//! let answer = solve(&model, &Options::default())?;
//! assert_eq!(answer.status, Status::Optimal);
//! assert_eq!((answer.value(full), answer.value(half)), (3.0, 1.0));
//! assert_eq!(answer.objective, 53.0);
//! # Ok::<(), staffwright::solve::Fault>(())
//! ```

mod check;
mod grow;
#[cfg(feature = "highs")]
mod highs;
mod microlp;
mod model;
mod options;
mod solution;
mod translate;

pub use check::{TOLERANCE, Violation, check, objective, proved_bound};
pub use grow::grow;
pub use model::{Column, Model, Row, RowId, Sense, Var};
pub use options::{LpMethod, Options, Solver};
pub use solution::{Fault, Solution, Status, StoppedBy};

use std::sync::atomic::{AtomicUsize, Ordering};

/// Solves `model` and re-checks the answer.
///
/// # Errors
/// [`Fault`] when the solver fails in itself or its answer does not survive the re-check. An
/// infeasible or unbounded model is an answer, not an error.
pub fn solve(model: &Model, options: &Options) -> Result<Solution, Fault> {
    if model
        .columns()
        .iter()
        .any(|column| column.lower > column.upper)
    {
        return Ok(proven_nothing(Status::Infeasible));
    }
    if model.columns().is_empty() {
        return Ok(without_variables(model));
    }
    let mut options = options.clone();
    if options
        .start
        .as_ref()
        .is_some_and(|start| !check(model, start).is_empty())
    {
        options.start = None;
    }
    let answer = ask(model, &options)?;
    match answer.status {
        Status::Unbounded => tell_unbounded_from_infeasible(model, &options),
        Status::Optimal | Status::Feasible => confirm(model, &options, answer),
        Status::Infeasible | Status::NothingFound => Ok(answer),
    }
}

fn ask(model: &Model, options: &Options) -> Result<Solution, Fault> {
    working(|| match options.solver {
        #[cfg(feature = "highs")]
        Solver::Highs => highs::solve(model, options),
        Solver::Microlp => microlp::solve(model, options),
    })
}

/// Solves in progress on all threads.
static AT_WORK: AtomicUsize = AtomicUsize::new(0);

/// What a solver does, counted as in progress.
fn working<R>(work: impl FnOnce() -> R) -> R {
    AT_WORK.fetch_add(1, Ordering::SeqCst);
    let answer = work();
    AT_WORK.fetch_sub(1, Ordering::SeqCst);
    answer
}

/// Whether a solver is at work on some thread, one that was left behind at its time limit included. A process that ends
/// meanwhile must not run the destructors of the C++ runtime.
#[must_use]
pub fn at_work() -> bool {
    AT_WORK.load(Ordering::SeqCst) > 0
}

fn proven_nothing(status: Status) -> Solution {
    Solution::without_values(status, StoppedBy::Proof, f64::NEG_INFINITY)
}

/// Without variables the empty answer is the only one.
fn without_variables(model: &Model) -> Solution {
    if !check(model, &[]).is_empty() {
        return proven_nothing(Status::Infeasible);
    }
    Solution {
        objective: 0.0,
        gap: 0.0,
        duals: Some(vec![0.0; model.rows().len()]),
        ..Solution::without_values(Status::Optimal, StoppedBy::Proof, 0.0)
    }
}

/// Solvers may call an infeasible model unbounded; without an objective only the former can be.
fn tell_unbounded_from_infeasible(model: &Model, options: &Options) -> Result<Solution, Fault> {
    let mut flat = model.clone();
    for index in 0..flat.columns().len() {
        flat.set_cost(Var(index), 0.0);
    }
    let answer = ask(&flat, options)?;
    Ok(if answer.found() {
        proven_nothing(Status::Unbounded)
    } else {
        answer
    })
}

/// Rounds whole numbers, recomputes objective and bound, and refuses an infeasible answer.
fn confirm(model: &Model, options: &Options, answer: Solution) -> Result<Solution, Fault> {
    let mut answer = tidied(model, answer);
    if !check(model, &answer.values).is_empty() {
        answer = settle_fractions(model, options, answer)?;
    }
    if let Some(violation) = check(model, &answer.values).first() {
        return Err(Fault(format!("its answer breaks the model: {violation:?}")));
    }
    if let Some(duals) = &answer.duals {
        let proved = proved_bound(model, duals);
        if relative_gap_exceeds(answer.objective, proved) {
            answer = second_opinion(model, options, answer, proved)?;
        }
    }
    answer.bound = answer.bound.min(answer.objective);
    answer.gap = solution::relative_gap(answer.objective, answer.bound);
    if answer.stopped_by == StoppedBy::Proof && answer.gap > TOLERANCE {
        answer.stopped_by = StoppedBy::Gap;
    }
    Ok(answer)
}

fn relative_gap_exceeds(objective: f64, bound: f64) -> bool {
    let distance = objective - bound;
    // Written so that a distance that is not a number counts as off.
    distance.is_nan() || distance.abs() > TOLERANCE * 10.0 * objective.abs().max(1.0)
}

/// Whole numbers made whole, rounding errors at the bounds removed, the objective recomputed.
fn tidied(model: &Model, mut answer: Solution) -> Solution {
    for (value, column) in answer.values.iter_mut().zip(model.columns()) {
        if column.integer {
            *value = value.round();
        }
        *value = value.clamp(column.lower, column.upper);
    }
    answer.objective = objective(model, &answer.values);
    answer
}

/// Solves for the fractional variables again around the rounded whole ones.
fn settle_fractions(model: &Model, options: &Options, answer: Solution) -> Result<Solution, Fault> {
    let mut rest = model.relaxed();
    for (index, column) in model.columns().iter().enumerate() {
        if column.integer {
            rest.set_bounds(Var(index), answer.values[index], answer.values[index]);
        }
    }
    let settled = ask(
        &rest,
        &Options {
            start: None,
            ..options.clone()
        },
    )?;
    if !settled.found() {
        return Err(Fault(
            "its whole numbers admit no feasible completion".into(),
        ));
    }
    Ok(tidied(
        model,
        Solution {
            values: settled.values,
            ..answer
        },
    ))
}

/// A linear answer whose prices do not prove it is solved once more by another method; if the
/// doubt remains, it is called feasible with the bound that is really proved.
fn second_opinion(
    model: &Model,
    options: &Options,
    first: Solution,
    proved: f64,
) -> Result<Solution, Fault> {
    let lp_method = match options.lp_method {
        LpMethod::InteriorPoint => LpMethod::Simplex,
        LpMethod::Choose | LpMethod::Simplex => LpMethod::InteriorPoint,
    };
    let again = ask(
        model,
        &Options {
            lp_method,
            start: None,
            ..options.clone()
        },
    )?;
    if again.found() {
        let again = tidied(model, again);
        let bound = again.duals.as_ref().map(|duals| proved_bound(model, duals));
        let proves = bound.is_some_and(|bound| !relative_gap_exceeds(again.objective, bound));
        if proves && check(model, &again.values).is_empty() {
            return Ok(again);
        }
    }
    Ok(Solution {
        status: Status::Feasible,
        bound: proved,
        ..first
    })
}

#[cfg(test)]
mod tests;
