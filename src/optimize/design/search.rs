//! The search for the set of distinct shifts.
//!
//! Opening: reweighted linear models name a shortlist of shifts, and an integer model on it gives
//! a first plan. Then two threads work side by side: one proves (the full model, started from the
//! first plan), one improves (fresh shortlists from varied weights, merged plans, neighbouring
//! shifts, local branching). The proof does not listen to the improvements, so a proven plan is
//! the same whatever the threads' timing.

use super::clock::Clock;
use super::improve::improve;
use super::instance::Problem;
use super::neighbourhood::Known;
use super::plan::{Plan, evaluate};
use super::prove::{opening, prove};
use crate::solve::{Fault, Solver, StoppedBy};
use std::sync::atomic::{AtomicBool, Ordering};
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
pub fn search(problem: &Problem, limits: &Limits, clock: &Clock) -> Result<Plan, Fault> {
    let first = opening(problem, limits.solver, clock)?;
    let proved = AtomicBool::new(false);
    let (proof, improved) = std::thread::scope(|scope| {
        let improver = scope.spawn(|| improve(problem, &first, limits, clock, &proved));
        let proof = prove(problem, &first, limits.solver, clock);
        proved.store(
            matches!(&proof, Ok(plan) if plan.stopped_by == StoppedBy::Proof),
            Ordering::Relaxed,
        );
        (proof, improver.join())
    });
    let proof = proof?;
    if proof.stopped_by == StoppedBy::Proof {
        return Ok(proof);
    }
    let improved = improved.map_err(|_| Fault("an improving thread died".into()))??;
    Ok(better_of(problem, proof, improved))
}

/// The improved plan under the proved bound; equal costs keep the prover's plan.
fn better_of(problem: &Problem, proof: Plan, improved: Known) -> Plan {
    if improved.objective > proof.evaluation.objective - 1e-6 {
        return proof;
    }
    let proven = improved.objective <= proof.lower_bound + 1e-6;
    Plan {
        evaluation: evaluate(problem, &improved.staff),
        staff: improved.staff,
        lower_bound: proof.lower_bound.min(improved.objective),
        stopped_by: if proven {
            StoppedBy::Proof
        } else {
            proof.stopped_by
        },
    }
}
