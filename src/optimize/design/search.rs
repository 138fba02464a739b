//! The search for the set of distinct shifts.
//!
//! Two threads work side by side. One leads: reweighted linear models name a shortlist of shifts, an
//! integer model on it gives a first plan, and the full model, started from that, gives the proof.
//! The other improves the best plan of both: fresh shortlists from varied weights, local branching,
//! neighbouring shifts, merged plans. The lead does not listen to the improvements, so a proven plan
//! is the same whatever the threads' timing.

use super::clock::Clock;
use super::improve::{Shared, improve};
use super::instance::Problem;
use super::neighbourhood::Known;
use super::plan::{Plan, evaluate};
use super::polish::polish;
use super::prove::{opening, prove};
use crate::solve::{Fault, Solver, StoppedBy};
use std::sync::atomic::Ordering;
use std::sync::{Arc, mpsc};
use std::time::Duration;

/// How long a search may go on.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The solver asked.
    pub solver: Solver,
    /// Wall-clock limit.
    pub time: Duration,
    /// Improving steps.
    pub steps: usize,
}

impl Limits {
    /// Half a minute and as many steps as fit in.
    #[must_use]
    pub fn with(solver: Solver) -> Self {
        Self {
            solver,
            time: Duration::from_secs(30),
            steps: 1000,
        }
    }
}

/// Searches the whole problem.
///
/// # Errors
/// When the solver fails.
pub fn search(problem: &Arc<Problem>, limits: &Limits, clock: &Clock) -> Result<Plan, Fault> {
    let greedy = Known::new(problem, polish(problem, vec![0; problem.duties.len()]));
    let shared = Arc::new(Shared::new(greedy));
    let improved = start_improving(problem, limits, clock, &shared);
    let proof = lead(problem, limits.solver, clock, &shared)?;
    if proof
        .as_ref()
        .is_some_and(|plan| plan.stopped_by == StoppedBy::Proof)
    {
        shared.done.store(true, Ordering::Relaxed);
    } else {
        clock.wait_for(move || improved.recv());
    }
    Ok(best_of(problem, proof, shared.best()))
}

/// The first plan and the proof from it; nothing when the solver overstays the hard end.
fn lead(
    problem: &Arc<Problem>,
    solver: Solver,
    clock: &Clock,
    shared: &Arc<Shared>,
) -> Result<Option<Plan>, Fault> {
    let (problem, own_clock, shared) = (Arc::clone(problem), *clock, Arc::clone(shared));
    clock
        .wait_for(move || {
            let first = opening(&problem, solver, &own_clock)?;
            shared.offer(first.clone());
            prove(&problem, &first, solver, &own_clock)
        })
        .transpose()
}

/// Starts the improving thread; its end can be waited for. A fault of the solver there only ends the
/// improvements: what was found before stands.
fn start_improving(
    problem: &Arc<Problem>,
    limits: &Limits,
    clock: &Clock,
    shared: &Arc<Shared>,
) -> mpsc::Receiver<Result<(), Fault>> {
    let (problem, limits, clock, shared) =
        (Arc::clone(problem), *limits, *clock, Arc::clone(shared));
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        // After a proof nobody listens any more.
        let _ = sender.send(improve(&problem, &limits, &clock, &shared));
    });
    receiver
}

/// The improved plan under the proved bound; at equal costs, and after a proof, the prover's plan.
fn best_of(problem: &Problem, proof: Option<Plan>, improved: Known) -> Plan {
    let bound = proof.as_ref().map_or(0.0, |plan| plan.lower_bound);
    let stopped_by = match proof {
        Some(plan) if plan.stopped_by == StoppedBy::Proof => return plan,
        Some(plan) if plan.evaluation.objective < improved.objective + 1e-6 => return plan,
        Some(plan) => plan.stopped_by,
        None => StoppedBy::Time,
    };
    let proven = improved.objective <= bound + 1e-6;
    Plan {
        evaluation: evaluate(problem, &improved.staff),
        staff: improved.staff,
        lower_bound: bound.min(improved.objective),
        stopped_by: if proven { StoppedBy::Proof } else { stopped_by },
    }
}
