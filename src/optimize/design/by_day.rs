//! Decomposition by day: where no shift crosses midnight and distinct shifts cost nothing, every
//! day is a problem of its own, and the bounds add up.

use super::clock::Clock;
use super::instance::Problem;
use super::neighbourhood::Known;
use super::plan::{Plan, Staff, evaluate};
use super::polish::polish;
use super::prove::{opening, prove};
use super::search::Limits;
use crate::solve::{Fault, Solver, StoppedBy};
use rayon::prelude::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Days differ in difficulty: a proof may take this many times its fair share.
const PATIENCE: f64 = 2.0;

/// Whether the days of a problem do not touch each other.
#[must_use]
pub fn separable(problem: &Problem) -> bool {
    let instance = &problem.instance;
    instance.days > 1 && instance.prices.distinct_shift <= 0.0 && instance.splits_by_day()
}

/// Solves every day by itself, several at a time, and joins the plans. First every day gets a plan,
/// then the proofs follow; a day that is done early leaves its time to the others.
///
/// # Errors
/// When the solver fails.
pub fn search_days(problem: &Problem, limits: &Limits, clock: &Clock) -> Result<Plan, Fault> {
    let days: Vec<Arc<Problem>> = (0..problem.instance.days)
        .map(|day| Arc::new(Problem::new(problem.instance.day(day))))
        .collect();
    let waiting = AtomicUsize::new(days.len());
    let first: Vec<Known> = days
        .par_iter()
        .map(|day| first_plan(day, limits.solver, &clock.part(fair_share(&waiting))))
        .collect::<Result<_, Fault>>()?;
    let waiting = AtomicUsize::new(days.len());
    let plans: Vec<Plan> = days
        .par_iter()
        .zip(first)
        .map(|(day, first)| {
            let share = (PATIENCE * fair_share(&waiting)).min(1.0);
            proof(day, first, limits.solver, clock.part(share))
        })
        .collect::<Result<_, Fault>>()?;
    Ok(join(problem, &plans))
}

fn first_plan(day: &Arc<Problem>, solver: Solver, clock: &Clock) -> Result<Known, Fault> {
    let (own_day, own_clock) = (Arc::clone(day), *clock);
    let found = clock.wait_for(move || opening(&own_day, solver, &own_clock));
    found.unwrap_or_else(|| Ok(Known::new(day, polish(day, vec![0; day.duties.len()]))))
}

fn proof(day: &Arc<Problem>, first: Known, solver: Solver, clock: Clock) -> Result<Plan, Fault> {
    let (own_day, own_first) = (Arc::clone(day), first.clone());
    let found = clock.wait_for(move || prove(&own_day, &own_first, solver, &clock));
    found.unwrap_or_else(|| {
        let evaluation = evaluate(day, &first.staff);
        Ok(Plan {
            staff: first.staff,
            evaluation,
            lower_bound: 0.0,
            stopped_by: StoppedBy::Time,
        })
    })
}

/// The share of the time left that a day may use, so that all days waiting get their turn.
fn fair_share(waiting: &AtomicUsize) -> f64 {
    let turns = waiting
        .fetch_sub(1, Ordering::Relaxed)
        .div_ceil(rayon::current_num_threads());
    // At most as many turns as days in a horizon.
    #[allow(clippy::cast_precision_loss)]
    let share = 1.0 / turns.max(1) as f64;
    share
}

fn join(problem: &Problem, plans: &[Plan]) -> Plan {
    let mut staff: Staff = vec![0; problem.duties.len()];
    let mut position: Vec<usize> = vec![0; plans.len()];
    // Duties of one day keep their order, so the next one of the day is the one meant.
    for (duty, staff) in problem.duties.iter().zip(&mut staff) {
        *staff = plans[duty.day].staff[position[duty.day]];
        position[duty.day] += 1;
    }
    let stops = [StoppedBy::Time, StoppedBy::Nodes, StoppedBy::Gap];
    let stopped_by = stops
        .into_iter()
        .find(|stop| plans.iter().any(|plan| plan.stopped_by == *stop));
    Plan {
        evaluation: evaluate(problem, &staff),
        staff,
        lower_bound: plans.iter().map(|plan| plan.lower_bound).sum(),
        stopped_by: stopped_by.unwrap_or(StoppedBy::Proof),
    }
}
