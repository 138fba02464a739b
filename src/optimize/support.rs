//! Integer answers on the columns that the linear relaxation uses.
//!
//! Where a model has too many columns for branch and bound, its relaxation still picks a few; an
//! integer model on those alone is small, and its answer stands against the relaxation's bound. The
//! two may be written differently: difference rows solve fast as a linear model, full coverage rows
//! branch better.

use crate::solve::{Fault, LpMethod, Model, Options, Solution, Status, Var, solve};
use std::time::{Duration, Instant};

/// Value from which a column of the relaxation counts as used.
const USED: f64 = 1e-6;

/// Solves `relaxation` as a linear model, then `integer` with those of its first `shared` variables
/// shut out that the relaxation leaves at zero. The first `shared` variables must mean the same in
/// both models, and the relaxation must bound the integer model.
///
/// The bound of the answer is the relaxation's optimum; `time` is for both solves together.
///
/// ```
/// use staffwright::optimize::support::solve_on_support;
/// use staffwright::solve::{Model, Options, Sense};
/// use std::time::Duration;
/// let mut model = Model::new();
/// let cheap = model.integer(1.0, 0.0, 9.0);
/// let dear = model.integer(5.0, 0.0, 9.0);
/// model.row([(cheap, 2.0), (dear, 2.0)], Sense::AtLeast, 5.0);
/// let answer = solve_on_support(&model, &model, 2, Duration::from_secs(5), &Options::default())?;
/// assert_eq!((answer.objective, answer.bound), (3.0, 2.5));
/// # Ok::<(), staffwright::solve::Fault>(())
/// ```
///
/// # Errors
/// When the solver fails.
pub fn solve_on_support(
    relaxation: &Model,
    integer: &Model,
    shared: usize,
    time: Duration,
    options: &Options,
) -> Result<Solution, Fault> {
    let end = Instant::now() + time;
    let lp = Options {
        lp_method: LpMethod::InteriorPoint,
        ..options.clone().time(time)
    };
    let relaxed = solve(&relaxation.relaxed(), &lp)?;
    if !relaxed.found() {
        return Ok(relaxed);
    }
    let mut restricted = integer.clone();
    for index in (0..shared).filter(|&index| relaxed.values[index] < USED) {
        let column = &integer.columns()[index];
        if column.lower <= 0.0 && column.upper >= 0.0 {
            restricted.set_bounds(Var::at(index), 0.0, 0.0);
        }
    }
    let left = end.saturating_duration_since(Instant::now());
    let mut answer = solve(&restricted, &options.clone().time(left))?;
    if answer.found() {
        answer.bound = relaxed.bound;
        answer.gap =
            ((answer.objective - answer.bound) / answer.objective.abs().max(1e-9)).max(0.0);
        let proven = answer.gap <= options.gap_limit.max(1e-9);
        answer.status = if proven {
            Status::Optimal
        } else {
            Status::Feasible
        };
    } else if answer.status == Status::Infeasible {
        // Only the restriction is known to be infeasible.
        answer.status = Status::NothingFound;
    }
    Ok(answer)
}
