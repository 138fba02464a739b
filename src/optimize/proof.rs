//! Plans put to the proof: simulated on random numbers that the search never used, held against promises and bounds.

use super::goal::{Goal, Playing};
use super::heads::Staff;
use super::infeasible::Infeasible;
use super::keep;
use super::plan::Kept;
use super::problem::Problem;
use super::round::Candidate;
use super::tune::{Standing, Tuner};
use crate::experiment::{Case, Outcome, Settings, Undone, collect, left_undone};
use crate::measure::Verdict;
use crate::scenario::model::{Promise, Scenario};

/// Number of the first replication of the first proof; each proof takes a fresh block.
const PROOFS: u64 = 1_000_000;

/// A plan that was put to the proof.
pub struct Tried {
    pub candidate: Candidate,
    pub case: Case,
    pub tuner: Tuner,
    pub proof: Outcome,
    pub keep: Vec<Kept>,
    /// Whether every promise and bound is kept beyond doubt, those on money apart: what a plan costs is known when it is
    /// finished.
    pub kept: bool,
    /// Why the rules cannot all hold, where a plan was asked for all the same.
    pub clash: Option<Infeasible>,
}

impl Tried {
    /// Whether everything is kept, money too.
    #[must_use]
    pub fn proved(&self) -> bool {
        self.kept && self.keep.iter().all(|k| k.met)
    }
}

/// Simulates a plan on a fresh block of replications.
pub fn prove(
    problem: &Problem,
    candidate: Candidate,
    case: Case,
    tuner: Tuner,
    goal: &Goal,
    number: u64,
    progress: &Playing<'_>,
) -> Tried {
    let settings = Settings {
        seed: goal.seed,
        first: PROOFS * (1 + number),
        replications: goal.proof,
        precision: None,
        confidence: goal.confidence,
        series: goal.series,
    };
    let (seen, proof) = collect(&case, &settings, progress);
    let keep = keep::kept(&case, &seen, &proof, goal.proof);
    let kept = proof.promises.iter().all(|p| p.verdict == Verdict::Met)
        && keep.iter().all(|k| k.met || k.money)
        && over_bounds(problem, &candidate.staff).is_empty();
    Tried {
        candidate,
        case,
        tuner,
        proof,
        keep,
        kept,
        clash: None,
    }
}

/// Heads above what may be: `((team, entry), by how many)`.
pub fn over_bounds(problem: &Problem, staff: &Staff) -> Vec<((usize, usize), f64)> {
    let mut over = Vec::new();
    let allowed = super::levers::Staffing::new(problem.scenario).bounds;
    for (t, heads) in staff.heads.iter().enumerate() {
        for (h, &count) in heads.iter().enumerate() {
            let excess = f64::from(count) - allowed[t][h].1;
            if problem.staffing.planned[t] && excess > 0.5 {
                over.push(((t, h), excess));
            }
        }
    }
    over
}

/// What the search's random numbers say of a plan.
pub struct Seen {
    /// Where the promises stand.
    pub standings: Vec<Option<Standing>>,
    /// What `[decide] keep` says.
    pub keep: Vec<Kept>,
    /// Work that nobody is promised and that is not kept up with.
    undone: Option<Undone>,
}

impl Seen {
    /// Plays a plan.
    #[must_use]
    pub fn of(planned: &Case, tuner: &Tuner, goal: &Goal, replications: u64) -> Self {
        let settings = Settings {
            seed: goal.seed,
            replications,
            confidence: goal.confidence,
            ..Settings::default()
        };
        let (seen, outcome) = collect(planned, &settings, &());
        Self {
            standings: tuner.standings(planned, &seen, goal.proof),
            keep: keep::kept(planned, &seen, &outcome, goal.proof),
            undone: left_undone(&planned.scenario, &seen),
        }
    }

    /// The first thing that is not kept, money apart, by name.
    #[must_use]
    pub fn broken(&self, scenario: &Scenario) -> Option<String> {
        let promises = scenario.promises.iter().zip(&self.standings);
        let promise = promises
            .filter(|(_, s)| s.is_some_and(|s| !s.holds()))
            .map(|(p, _)| p.name.clone());
        let bound = self
            .keep
            .iter()
            .filter(|k| !k.met && !k.money)
            .map(|k| k.text.clone());
        let undone = self.undone.map(|u| u.to_string());
        promise.chain(bound).chain(undone).next()
    }
}

/// Where a plan's promises stand if everything but money is kept, by few replications and then by as many as a proof has; else
/// what is not kept.
///
/// # Errors
/// The first thing that is not kept, by name.
pub fn keeps(planned: &Case, tuner: &Tuner, goal: &Goal) -> Result<Vec<Option<Standing>>, String> {
    let mut standings = Vec::new();
    for replications in [goal.search.min(goal.proof), goal.proof] {
        let seen = Seen::of(planned, tuner, goal, replications);
        if let Some(broken) = seen.broken(&planned.scenario) {
            return Err(broken);
        }
        standings = seen.standings;
    }
    Ok(standings)
}

/// Promises and bounds that a proof broke, by name.
pub fn broken(proof: &Outcome, keep: &[Kept]) -> Vec<String> {
    let promises = proof
        .promises
        .iter()
        .filter(|p| p.verdict != Verdict::Met)
        .map(|p| p.name.clone());
    promises
        .chain(keep.iter().filter(|k| !k.met).map(|k| k.text.clone()))
        .collect()
}

/// By how much each promise failed its proof, in points of its mean share.
pub fn shortfalls(promises: &[Promise], proof: &Outcome) -> Vec<(usize, Verdict, f64)> {
    let one = |(p, promise): (usize, &Promise)| {
        let outcome = &proof.promises[p];
        let by = match (promise.hold, &outcome.value, &outcome.met_probability) {
            // Weeks spread about as much as the mean is above its share; a fifth of it per missing tenth.
            (Some(hold), Some(v), Some(met)) => {
                (hold - met.low).max(0.0) * 0.5 * (v.value - promise.share).abs().max(0.01)
            }
            (None, Some(v), _) => (promise.share - v.low).max(0.0),
            _ => 0.0,
        };
        (p, outcome.verdict, by)
    };
    promises.iter().enumerate().map(one).collect()
}
