//! A first plan, and the proof from it.

use super::clock::Clock;
use super::instance::Problem;
use super::neighbourhood::{Known, best_within};
use super::plan::{Plan, evaluate, used_shifts};
use super::polish::polish;
use super::reweight::attraction;
use super::rows::{Fee, build};
use crate::solve::{Fault, Options, Solver, StoppedBy, solve};

/// Shifts on a shortlist.
pub(super) const SHORTLIST: usize = 40;
/// Nodes of one step that is not the proof.
pub(super) const STEP_NODES: u32 = 20_000;
/// Gap that is good enough for a first plan where distinct shifts are free.
const FIRST_GAP: f64 = 0.002;

/// A first plan: an integer model on the shifts that linear models want.
pub(super) fn opening(problem: &Problem, solver: Solver, clock: &Clock) -> Result<Known, Fault> {
    let free = problem.instance.prices.distinct_shift <= 0.0;
    let options = |share| Options {
        node_limit: Some(STEP_NODES),
        gap_limit: if free { FIRST_GAP } else { 0.0 },
        ..Options::with(solver).time(clock.slice(share))
    };
    if free {
        return round_relaxation(problem, &options);
    }
    let even = vec![1.0; problem.instance.shifts.len()];
    let wanted = attraction(problem, &even, solver, &clock.part(0.2))?;
    let start = Known::new(problem, polish(problem, vec![0; problem.duties.len()]));
    let mut listed = shortlist(&wanted, SHORTLIST);
    for (listed, used) in listed.iter_mut().zip(used_shifts(problem, &start.staff)) {
        *listed |= used;
    }
    best_within(problem, &listed, &start, None, &options(0.15))
}

/// The linear relaxation rounded up and polished, then an integer model on the shifts it staffs.
fn round_relaxation(problem: &Problem, options: &impl Fn(f64) -> Options) -> Result<Known, Fault> {
    let all = vec![true; problem.instance.shifts.len()];
    let rows = build(problem, &all, &Fee::Exact);
    let answer = solve(&rows.model.relaxed(), &options(0.25))?;
    if !answer.found() {
        return Ok(Known::new(
            problem,
            polish(problem, vec![0; problem.duties.len()]),
        ));
    }
    let rounded = Known::new(problem, polish(problem, rows.staff_of(problem, &answer)));
    let mut listed = rows.wanted(&answer);
    for (listed, used) in listed.iter_mut().zip(used_shifts(problem, &rounded.staff)) {
        *listed |= used;
    }
    best_within(problem, &listed, &rounded, None, &options(0.15))
}

/// The shifts most wanted.
pub(super) fn shortlist(wanted: &[f64], count: usize) -> Vec<bool> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[b].total_cmp(&wanted[a]));
    let mut listed = vec![false; wanted.len()];
    for &shift in order.iter().take(count) {
        listed[shift] = true;
    }
    listed
}

/// The full model with the first plan as its start.
pub(super) fn prove(
    problem: &Problem,
    first: &Known,
    solver: Solver,
    clock: &Clock,
) -> Result<Plan, Fault> {
    let rows = build(
        problem,
        &vec![true; problem.instance.shifts.len()],
        &Fee::Exact,
    );
    let is_empty = first.staff.iter().all(|staff| *staff == 0);
    let start = (!is_empty).then(|| rows.values_of(problem, &first.staff));
    let absolute_gap = if rows.is_whole() { 0.999 } else { 0.0 };
    let options = Options {
        absolute_gap,
        start,
        ..Options::with(solver).time(clock.left())
    };
    let answer = solve(&rows.model, &options)?;
    let mut best = first.clone();
    if answer.found() {
        best.improve(Known::new(problem, rows.staff_of(problem, &answer)));
    }
    let evaluation = evaluate(problem, &best.staff);
    let lower_bound = rows.bound_of(&answer).min(evaluation.objective);
    let proven = evaluation.objective - lower_bound <= 1e-6 * evaluation.objective.max(1.0);
    let stopped_by = if proven {
        StoppedBy::Proof
    } else {
        answer.stopped_by
    };
    Ok(Plan {
        staff: best.staff,
        evaluation,
        lower_bound,
        stopped_by,
    })
}
