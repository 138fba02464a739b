//! Reweighted linear models: a few cheap rounds that tell which shifts a good plan uses.
//!
//! The fee of a used shift is replaced by a price on its largest daily staff y; after each round the
//! price becomes fee / (y + epsilon), so that shifts hardly used get dearer and vanish (Candès,
//! Wakin & Boyd 2008).

use super::clock::Clock;
use super::instance::Problem;
use super::rows::{Fee, build};
use crate::solve::{Fault, Options, Solver, solve};

/// Rounds; more change little.
const ROUNDS: usize = 8;

/// Weight of a shift without staff, relative to one with its largest staff.
const EPSILON: f64 = 0.05;

/// How strongly a good plan wants each shift: its largest daily staff in the last round (zero for
/// most), plus a small share of earlier rounds to order the rest.
///
/// `preference` scales the first weights, one per shift; vary it to get different answers.
///
/// # Errors
/// When the solver fails.
pub fn attraction(
    problem: &Problem,
    preference: &[f64],
    solver: Solver,
    clock: &Clock,
) -> Result<Vec<f64>, Fault> {
    let fee = problem.instance.prices.distinct_shift;
    let all = vec![true; problem.instance.shifts.len()];
    let mut scale = vec![1.0_f64; preference.len()];
    for duty in &problem.duties {
        let most = problem.required_under(duty.span).max().unwrap_or(0);
        scale[duty.shift] = scale[duty.shift].max(f64::from(most));
    }
    let mut weights: Vec<f64> = scale
        .iter()
        .zip(preference)
        .map(|(scale, preference)| fee * preference / scale)
        .collect();
    let mut attraction = vec![0.0; preference.len()];
    for _ in 0..ROUNDS {
        if clock.is_over() {
            break;
        }
        let rows = build(problem, &all, &Fee::Surrogate(weights.clone()));
        let answer = solve(
            &rows.model.relaxed(),
            &Options::with(solver).time(clock.left()),
        )?;
        if !answer.found() {
            break;
        }
        for (shift, var) in rows.used.iter().enumerate() {
            let staff = var.map_or(0.0, |var| answer.value(var));
            attraction[shift] = staff + 0.1 * attraction[shift];
            weights[shift] = fee * preference[shift] / (staff + EPSILON * scale[shift]);
        }
    }
    Ok(attraction)
}
