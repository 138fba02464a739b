//! Steps that look for a cheaper plan, in turn.

use super::clock::Clock;
use super::instance::Problem;
use super::neighbourhood::{Known, best_within};
use super::plan::used_shifts;
use super::prove::{SHORTLIST, STEP_NODES, shortlist};
use super::reweight::attraction;
use super::search::Limits;
use crate::random::{Seed, sequence};
use crate::solve::{Fault, Options};
use rand::{Rng, RngExt};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// Good plans remembered for merging.
const REMEMBERED: usize = 5;

/// What a step does.
#[derive(Clone, Copy)]
enum Step {
    /// All shifts, but few switched on or off.
    Branch,
    /// A shortlist of its own, from varied weights.
    Fresh,
    /// The used shifts and some that start or end close by.
    Near,
    /// The shifts of all plans remembered.
    Merge,
}

/// The steps in their order; without a fee nothing is switched on or off.
const WITH_FEE: [Step; 4] = [Step::Fresh, Step::Branch, Step::Near, Step::Merge];
const WITHOUT_FEE: [Step; 2] = [Step::Near, Step::Merge];

/// The best plan so far, for threads that share it.
pub(super) struct Shared {
    best: Mutex<Known>,
    /// Set when nothing better can be found.
    pub done: AtomicBool,
}

impl Shared {
    pub fn new(known: Known) -> Self {
        Self {
            best: Mutex::new(known),
            done: AtomicBool::new(false),
        }
    }

    pub fn best(&self) -> Known {
        self.best
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub fn offer(&self, known: Known) {
        self.best
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .improve(known);
    }
}

/// Improving steps in turn, until the steps, the clock or the proof end it.
pub(super) fn improve(
    problem: &Problem,
    limits: &Limits,
    clock: &Clock,
    shared: &Shared,
) -> Result<(), Fault> {
    let mut remembered = Vec::new();
    let mut radius = 4.0;
    let free = problem.instance.prices.distinct_shift <= 0.0;
    let steps: &[Step] = if free { &WITHOUT_FEE } else { &WITH_FEE };
    for step in 0..limits.steps {
        if clock.is_over() || shared.done.load(Ordering::Relaxed) {
            break;
        }
        let best = shared.best();
        remember(&mut remembered, best.clone());
        let options = Options {
            node_limit: Some(STEP_NODES),
            ..Options::with(limits.solver).time(clock.slice(0.15))
        };
        let mut rng = sequence(
            Seed {
                seed: 0,
                replication: 0,
            },
            step as u64,
            0,
        );
        let found = match steps[step % steps.len()] {
            Step::Branch => {
                let all = vec![true; problem.instance.shifts.len()];
                let found = best_within(problem, &all, &best, Some(radius), &options)?;
                radius = if found.objective < best.objective {
                    4.0
                } else {
                    radius + 2.0
                };
                found
            }
            Step::Fresh => fresh(problem, &mut rng, clock, &options)?,
            Step::Near => {
                let near = neighbours(problem, &best, &mut rng);
                best_within(problem, &near, &best, None, &options)?
            }
            Step::Merge => {
                let merged = merge(problem, &remembered);
                best_within(problem, &merged, &best, None, &options)?
            }
        };
        remember(&mut remembered, found.clone());
        shared.offer(found);
    }
    Ok(())
}

/// A plan from a shortlist of its own, by weights varied at random.
fn fresh(
    problem: &Problem,
    rng: &mut impl Rng,
    clock: &Clock,
    options: &Options,
) -> Result<Known, Fault> {
    let varied: Vec<f64> = problem
        .instance
        .shifts
        .iter()
        .map(|_| rng.random_range(0.5..2.0))
        .collect();
    let wanted = attraction(problem, &varied, options.solver, &clock.part(0.2))?;
    let admitted = shortlist(&wanted, SHORTLIST);
    best_within(problem, &admitted, &Known::empty(problem), None, options)
}

/// The used shifts and others that start or end close by, at random.
fn neighbours(problem: &Problem, best: &Known, rng: &mut impl Rng) -> Vec<bool> {
    let shifts = &problem.instance.shifts;
    let per_day = problem.instance.per_day;
    let mut near = used_shifts(problem, &best.staff);
    let used: Vec<usize> = (0..shifts.len()).filter(|&shift| near[shift]).collect();
    for (index, shift) in shifts.iter().enumerate() {
        let close = used.iter().any(|&other| {
            let apart = shift.start.abs_diff(shifts[other].start);
            let apart = apart.min(per_day - apart);
            apart <= 2 && shift.length.abs_diff(shifts[other].length) <= 2
        });
        near[index] |= close && rng.random_range(0.0..1.0) < 0.5;
    }
    near
}

/// All shifts of the plans remembered.
fn merge(problem: &Problem, remembered: &[Known]) -> Vec<bool> {
    let mut merged = vec![false; problem.instance.shifts.len()];
    for known in remembered {
        for (merged, used) in merged.iter_mut().zip(used_shifts(problem, &known.staff)) {
            *merged |= used;
        }
    }
    merged
}

/// Keeps the cheapest different plans.
fn remember(remembered: &mut Vec<Known>, known: Known) {
    if remembered.iter().all(|other| other.staff != known.staff) {
        remembered.push(known);
        remembered.sort_by(|a, b| a.objective.total_cmp(&b.objective));
        remembered.truncate(REMEMBERED);
    }
}
