//! microlp, through good_lp.

use super::model::Model;
use super::options::Options;
use super::solution::{Fault, Solution, Status, StoppedBy};
use super::translate::translate;
use good_lp::solvers::{SolutionStatus, WithMipGap, WithTimeLimit};
use good_lp::{ResolutionError, Solution as _, SolverModel};

/// One cold solve. microlp panics where a whole number is off by more than its rounding; that is a
/// fault of the solver like any other.
pub(super) fn solve(model: &Model, options: &Options) -> Result<Solution, Fault> {
    std::panic::catch_unwind(|| attempt(model, options))
        .unwrap_or_else(|_| Err(Fault("microlp lost precision".into())))
}

fn attempt(model: &Model, options: &Options) -> Result<Solution, Fault> {
    let translated = translate(model, options.start.as_deref());
    let mut problem = good_lp::microlp(translated.problem);
    for row in translated.rows {
        problem.add_constraint(row);
    }
    if options.gap_limit > 0.0 {
        // The solver takes single precision here; rounding a limit is harmless.
        #[allow(clippy::cast_possible_truncation)]
        let gap = options.gap_limit as f32;
        problem = problem
            .with_mip_gap(gap)
            .map_err(|error| Fault(error.to_string()))?;
    }
    if let Some(limit) = options.time_limit {
        problem = problem.with_time_limit(limit.as_secs_f64());
    }
    let answer = match problem.solve() {
        Ok(answer) => answer,
        Err(error) => return without_values(error),
    };
    let stopped_by = match answer.status() {
        SolutionStatus::Optimal => StoppedBy::Proof,
        SolutionStatus::GapLimit => StoppedBy::Gap,
        SolutionStatus::TimeLimit => StoppedBy::Time,
    };
    let values: Vec<f64> = translated
        .handles
        .iter()
        .map(|&handle| answer.value(handle))
        .collect();
    let inner = answer.into_inner();
    let objective = inner.objective();
    let bound = match (stopped_by, inner.gap()) {
        (StoppedBy::Proof, _) => objective,
        // microlp's gap is relative to the size of the incumbent's objective.
        (_, Some(gap)) => objective - gap * objective.abs(),
        (_, None) => f64::NEG_INFINITY,
    };
    let proven = stopped_by != StoppedBy::Time;
    Ok(Solution {
        status: if proven {
            Status::Optimal
        } else {
            Status::Feasible
        },
        values,
        ..Solution::without_values(Status::Optimal, stopped_by, bound)
    })
}

fn without_values(error: ResolutionError) -> Result<Solution, Fault> {
    let (status, stopped_by) = match error {
        ResolutionError::Infeasible => (Status::Infeasible, StoppedBy::Proof),
        ResolutionError::Unbounded => (Status::Unbounded, StoppedBy::Proof),
        // good_lp's only use of this variant here: out of time with nothing found.
        ResolutionError::Other(_) => (Status::NothingFound, StoppedBy::Time),
        error => return Err(Fault(error.to_string())),
    };
    Ok(Solution::without_values(
        status,
        stopped_by,
        f64::NEG_INFINITY,
    ))
}
