//! Small integer models around a known plan.

use super::instance::Problem;
use super::plan::{Staff, evaluate, used_shifts};
use super::rows::{Fee, build};
use crate::solve::{Fault, Options, solve};

/// A plan and its cost.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// Staff per duty.
    pub staff: Staff,
    /// Its cost, recounted.
    pub objective: f64,
}

impl Known {
    /// Counts the cost of a plan.
    #[must_use]
    pub fn new(problem: &Problem, staff: Staff) -> Self {
        let objective = evaluate(problem, &staff).objective;
        Self { staff, objective }
    }

    /// The plan without agents: always allowed.
    #[must_use]
    pub fn empty(problem: &Problem) -> Self {
        Self::new(problem, vec![0; problem.duties.len()])
    }

    /// Replaces this plan by a cheaper one; says whether it was.
    pub fn improve(&mut self, other: Known) -> bool {
        let better = other.objective < self.objective - 1e-6;
        if better {
            *self = other;
        }
        better
    }
}

/// The best plan on the admitted duties, starting from `known`. With `radius`, at most that many
/// shifts may be switched on or off (local branching, Fischetti & Lodi 2003).
///
/// # Errors
/// When the solver fails.
pub fn best_within(
    problem: &Problem,
    admitted: &[bool],
    known: &Known,
    radius: Option<f64>,
    options: &Options,
) -> Result<Known, Fault> {
    let mut rows = build(problem, admitted, &Fee::Exact);
    if let Some(radius) = radius {
        rows.stay_near(&used_shifts(problem, &known.staff), radius);
    }
    let start = rows.values_of(problem, &known.staff);
    let answer = solve(&rows.model, &options.clone().start(start))?;
    Ok(if answer.found() {
        Known::new(problem, rows.staff_of(problem, &answer))
    } else {
        known.clone()
    })
}
