//! The search: solve, simulate, learn, solve again; and the proof on random numbers the search never used.

use super::heads::Staff;
use super::infeasible::{Infeasible, explain};
use super::levers::share_levers;
use super::plan::{Kept, Plan, Round, RoundPromise};
use super::problem::Problem;
use super::round::{Candidate, lower_bound, solve_round};
use super::tune::{Standing, Tuner};
use super::{mix, recommendation, shares};
use crate::experiment::{Case, Outcome, Settings, collect, replicate};
use crate::measure::Verdict;
use crate::scenario::model::{KeepMeasure, Promise, Scenario};
use crate::solve::{Options, Solver};
use std::time::Duration;

/// Number of the first replication of the first proof; each proof takes a fresh block.
const PROOFS: u64 = 1_000_000;
/// A round that saves less than this share of the cost ends the search.
const WORTHWHILE: f64 = 0.003;

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Goal {
    /// Seed of all simulations.
    pub seed: u64,
    /// Confidence of the proof's intervals.
    pub confidence: f64,
    /// Most rounds of solving and simulating.
    pub rounds: u32,
    /// Replications a round is simulated with.
    pub search: u64,
    /// Replications of a proof.
    pub proof: u64,
    /// Solver of the models.
    pub solver: Solver,
    /// Wall-clock limit of a single solve; results may then differ from run to run.
    pub time_limit: Option<Duration>,
}

impl Default for Goal {
    fn default() -> Self {
        Self {
            seed: 1,
            confidence: 0.95,
            rounds: 8,
            search: 16,
            proof: 60,
            solver: Solver::default(),
            time_limit: None,
        }
    }
}

/// Told of what happens.
pub trait Progress: Sync {
    /// A stage begins or ends, in words.
    fn stage(&self, text: &str);
}

impl Progress for () {
    fn stage(&self, _: &str) {}
}

/// A plan and the scenario it makes.
#[derive(Debug)]
pub struct Recommendation {
    /// What is recommended, why, and its proof.
    pub plan: Plan,
    /// The scenario with the plan's people, rosters and shares.
    pub scenario: Scenario,
    /// The people and rosters alone.
    pub staff: Staff,
}

/// A plan that was put to the proof.
pub(super) struct Tried {
    pub candidate: Candidate,
    pub case: Case,
    pub tuner: Tuner,
    pub proof: Outcome,
    pub keep: Vec<Kept>,
    pub proved: bool,
}

/// Recommends heads, shifts and shares at least cost, proved by simulation, and holds the plan against `today` (the
/// case itself unless another organisation is at work), played before the same customers.
///
/// # Errors
/// When no roster within the bounds can keep the promises, with the rules that clash and what would have to give.
pub fn recommend(
    case: &Case,
    today: Option<&Case>,
    goal: &Goal,
    progress: &dyn Progress,
) -> Result<Recommendation, Infeasible> {
    let options = Options {
        solver: goal.solver,
        time_limit: goal.time_limit,
        ..Options::default()
    };
    let given = case;
    let mixed;
    let mut mix = None;
    let case = if mix::applies(&case.scenario) {
        let chosen = mix::choose(case, goal, progress)?;
        mix = Some(chosen.mix);
        mixed = chosen.case;
        &mixed
    } else {
        case
    };
    let chosen;
    let case = if share_levers(&case.scenario).is_empty() {
        case
    } else {
        chosen = shares::choose(case, &options, progress)?;
        &chosen
    };
    let mut problem = Problem::new(case);
    if !problem.staffing.planned.iter().any(|p| *p) {
        return Err(Infeasible::nothing_to_decide());
    }
    let mut rounds = Vec::new();
    let tried = rounds_of(&mut problem, case, goal, &options, progress, &mut rounds)?;
    Ok(recommendation::recommendation(
        &mut problem,
        recommendation::Before {
            given,
            today: today.unwrap_or(given),
        },
        goal,
        tried,
        rounds,
        mix,
    ))
}

fn rounds_of(
    problem: &mut Problem,
    case: &Case,
    goal: &Goal,
    options: &Options,
    progress: &dyn Progress,
    rounds: &mut Vec<Round>,
) -> Result<Tried, Infeasible> {
    let mut tuner = Tuner::new(problem);
    let mut best: Option<Tried> = None;
    let mut last: Option<Tried> = None;
    let mut proofs = 0;
    for number in 1..=goal.rounds {
        problem.tune(&tuner.tuning);
        let asked = tuner.clone();
        let candidate = solve_round(problem, &tuner.tuning, options)
            .map_err(|fault| Infeasible::fault(&fault))?;
        let planned = Case::new(candidate.staff.apply(&case.scenario))
            .map_err(|e| Infeasible::no_case(&e))?;
        let settings = Settings {
            seed: goal.seed,
            first: 0,
            replications: goal.search,
            precision: None,
            confidence: goal.confidence,
            series: false,
        };
        let (seen, outcome) = collect(&planned, &settings, &());
        let standings = tuner.learn(problem, &planned, &seen, goal.proof);
        let keep = kept(case, &outcome);
        tuner.busier(&case.scenario.decide.keep, &keep);
        let over = over_bounds(problem, &candidate);
        let holds = standings.iter().flatten().all(Standing::holds)
            && keep.iter().all(|k| k.met)
            && over.is_empty();
        let mut round = describe(case, number, &candidate, &asked, &standings, &keep, &over);
        let cheaper = best
            .as_ref()
            .is_none_or(|b| candidate.cost < b.candidate.cost * (1.0 - 1e-9));
        if cheaper && (holds || (number == goal.rounds && best.is_none())) {
            let tried = prove(problem, candidate, planned, asked, goal, proofs);
            proofs += 1;
            round.proof = Some(tried.proved);
            round.broken = broken(&tried.proof, &tried.keep);
            if !tried.proved {
                tuner.missed(&shortfalls(&case.scenario.promises, &tried.proof));
            }
            progress.stage(&line(&round));
            rounds.push(round);
            if tried.proved {
                let saved = best
                    .as_ref()
                    .map_or(1.0, |b| 1.0 - tried.candidate.cost / b.candidate.cost);
                best = Some(tried);
                if saved < WORTHWHILE {
                    break;
                }
            } else {
                last = Some(tried);
            }
        } else {
            progress.stage(&line(&round));
            rounds.push(round);
            // A dearer plan after a proved one: the rest is noise.
            if best.is_some() && !cheaper && holds {
                break;
            }
            for (team, entry, excess) in over {
                let may = problem.staffing.bounds[team][entry].1;
                problem.staffing.reach[team][entry] *= may / (may + excess);
            }
        }
    }
    if let Some(mut best) = best {
        // What was asked of tours is not asked of every roster: the bound is the requirement's alone.
        let reach = &mut problem.staffing.reach;
        if reach.iter().flatten().any(|r| *r < 1.0) {
            reach.iter_mut().flatten().for_each(|r| *r = 1.0);
            problem.tune(&best.tuner.tuning);
            let bound = lower_bound(problem, &best.tuner.tuning, options)
                .map_err(|fault| Infeasible::fault(&fault))?;
            best.candidate.bound = best.candidate.bound.min(bound);
        }
        return Ok(best);
    }
    match last {
        Some(last) if last.candidate.broken.iter().all(|b| *b < 1.0) => Ok(last),
        Some(last) => match explain(problem, &last.tuner.tuning, &last.candidate, options) {
            Some(infeasible) => Err(infeasible),
            None => Ok(last),
        },
        None => Err(Infeasible::no_round()),
    }
}

/// Simulates a plan on a fresh block of replications.
fn prove(
    problem: &Problem,
    candidate: Candidate,
    case: Case,
    tuner: Tuner,
    goal: &Goal,
    number: u64,
) -> Tried {
    let settings = Settings {
        seed: goal.seed,
        first: PROOFS * (1 + number),
        replications: goal.proof,
        precision: None,
        confidence: goal.confidence,
        series: false,
    };
    let proof = replicate(&case, &settings, &());
    let keep = kept(&case, &proof);
    let proved = proof.promises.iter().all(|p| p.verdict == Verdict::Met)
        && keep.iter().all(|k| k.met)
        && over_bounds(problem, &candidate).is_empty();
    Tried {
        candidate,
        case,
        tuner,
        proof,
        keep,
        proved,
    }
}

/// Heads above what may be: `(team, entry, by how many)`.
fn over_bounds(problem: &Problem, candidate: &Candidate) -> Vec<(usize, usize, f64)> {
    let mut over = Vec::new();
    let allowed = super::levers::Staffing::new(problem.scenario).bounds;
    for (t, heads) in candidate.staff.heads.iter().enumerate() {
        for (h, &count) in heads.iter().enumerate() {
            let excess = f64::from(count) - allowed[t][h].1;
            if problem.staffing.planned[t] && excess > 0.5 {
                over.push((t, h, excess));
            }
        }
    }
    over
}

/// What `[decide] keep` says, by an outcome.
fn kept(case: &Case, outcome: &Outcome) -> Vec<Kept> {
    let months = super::problem::months(&case.scenario);
    let one = |keep: &crate::scenario::model::Keep| {
        // A bound on shares and money is kept when the interval's upper end keeps it.
        let estimate = match keep.measure {
            KeepMeasure::VendorShare(_) => outcome
                .overall
                .get("vendor_share")
                .map(|e| (e.value, e.high)),
            KeepMeasure::Occupancy(team, _) => outcome.teams[team]
                .metrics
                .get("occupancy")
                .map(|e| (e.value, e.high)),
            KeepMeasure::Budget => outcome
                .cost
                .total
                .as_ref()
                .map(|e| (e.value / months, e.high / months)),
        };
        Kept {
            text: keep.text.clone(),
            value: estimate.map(|e| e.0),
            met: estimate.is_none_or(|e| e.1 <= keep.at_most + 1e-9),
        }
    };
    let decide = &case.scenario.decide;
    let floor = |floor: &crate::scenario::model::Floor| {
        let fcr = outcome.overall.get("fcr");
        Kept {
            text: floor.text.clone(),
            value: fcr.as_ref().map(|e| e.value),
            met: fcr.is_none_or(|e| e.low >= floor.resolved - 1e-9),
        }
    };
    let bounds = decide.keep.iter().map(one);
    bounds.chain(decide.floors.iter().map(floor)).collect()
}

fn describe(
    case: &Case,
    number: u32,
    candidate: &Candidate,
    tuner: &Tuner,
    standings: &[Option<Standing>],
    keep: &[Kept],
    over: &[(usize, usize, f64)],
) -> Round {
    let scenario = &case.scenario;
    let mut promises = Vec::new();
    let mut broken = Vec::new();
    for (p, standing) in standings.iter().enumerate() {
        let Some(standing) = standing else { continue };
        let name = scenario.promises[p].name.clone();
        if !standing.holds() {
            broken.push(name.clone());
        }
        promises.push(RoundPromise {
            name,
            aim: tuner.tuning.aim[p],
            value: standing.mean,
            telling: standing.telling,
        });
    }
    broken.extend(keep.iter().filter(|k| !k.met).map(|k| k.text.clone()));
    broken.extend(over.iter().map(|&(t, _, by)| {
        format!(
            "{by:.0} heads more in {} than may be",
            scenario.teams[t].name
        )
    }));
    let planned = candidate.staff.rows.iter().zip(&candidate.staff.heads);
    Round {
        round: number,
        bound: candidate.bound,
        cost: candidate.cost,
        heads: planned
            .filter(|(rows, _)| rows.is_some())
            .map(|(_, heads)| heads.iter().sum::<u32>())
            .sum(),
        promises,
        proof: None,
        broken,
    }
}

fn broken(proof: &Outcome, keep: &[Kept]) -> Vec<String> {
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
fn shortfalls(promises: &[Promise], proof: &Outcome) -> Vec<(usize, Verdict, f64)> {
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

/// A round in one line.
fn line(round: &Round) -> String {
    let state = match (round.proof, round.broken.is_empty()) {
        (Some(true), _) => "proved".to_owned(),
        (_, true) => "not cheaper".to_owned(),
        (proof, false) => format!(
            "{}: {}",
            if proof.is_some() {
                "proof fails"
            } else {
                "broken"
            },
            round.broken.join(", ")
        ),
    };
    format!(
        "round {}: {} heads, cost {:.0}, bound {:.0}; {state}",
        round.round, round.heads, round.cost, round.bound
    )
}
