//! The search: solve, simulate, learn, solve again; and the proof on random numbers the search never used.

use super::conclude::End;
use super::conflict::explain;
use super::describe::{describe, line, people};
use super::goal::{Goal, Phase, Playing, Progress};
use super::infeasible::Infeasible;
use super::levers::share_levers;
use super::mix::{self, Lessons};
use super::outlook::at_level;
use super::plan::Round;
use super::played::Played;
use super::problem::Problem;
use super::proof::{Tried, broken, over_bounds, prove, shortfalls};
use super::recommendation::{Before, Recommendation, recommendation};
use super::round::solve_round;
use super::tune::{Standing, Tuner};
use super::{shares as routes, understaffed};
use crate::experiment::Case;
use crate::scenario::model::Scenario;
use crate::solve::Options;

/// Rounds in a row without a proved plan in which even the linear model is short: then the rules clash, and more rounds would
/// only move what is short about.
const HOPELESS: u32 = 3;
/// Mixes that a plan is sought for at most.
const MIXES: u32 = 3;
/// A round that saves less than this share of the cost ends the search.
const WORTHWHILE: f64 = 0.003;

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
    let search = |planned: &Case| plan(case, planned, today, goal, progress);
    if !mix::applies(&case.scenario) {
        return search(case);
    }
    let mut lessons = Lessons::none(&case.scenario);
    let mut chosen = mix::choose(case, goal, &lessons, progress)?;
    let mut proved = None;
    let mut left = MIXES;
    loop {
        left -= 1;
        let found = search(&chosen.case);
        let mut found = match (found, proved) {
            (Ok(found), _) if found.plan.proved => found,
            // What was proved for the mix before stays.
            (_, Some(before)) => return Ok(before),
            (found, None) => return found.map(|found| found.with(chosen.mix)),
        };
        lessons.learn(&chosen, &found);
        progress.stage("mix: decided again with the people that the plan has");
        // A lesson may leave no mix that keeps its bounds in every case of demand; the plan is proved all the same.
        let again = mix::choose(case, goal, &lessons, progress).ok();
        let told = mix::told(case, goal, again.as_ref().unwrap_or(&chosen), &found);
        found = found.with(told.unwrap_or(chosen.mix));
        match again.filter(|again| left > 0 && !again.fits(&found)) {
            Some(again) => chosen = again,
            None => return Ok(found),
        }
        proved = Some(found);
    }
}

/// Seeks the plan for one mix, and puts what it recommends together.
fn plan(
    given: &Case,
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
    let chosen;
    let case = if share_levers(&case.scenario).is_empty() {
        case
    } else {
        chosen = routes::choose(case, &options, progress)?;
        &chosen
    };
    let levelled;
    let case = match at_level(&case.scenario) {
        Some(scenario) => {
            levelled = Case::new(scenario).map_err(|e| Infeasible::no_case(&e))?;
            &levelled
        }
        None => case,
    };
    let today = today.unwrap_or(given);
    let at_work;
    let today = if today.scenario.level == case.scenario.level {
        today
    } else {
        let level = case.scenario.level;
        at_work = Case::new(Scenario {
            level,
            ..today.scenario.clone()
        })
        .map_err(|e| Infeasible::no_case(&e))?;
        &at_work
    };
    let mut problem = Problem::new(case);
    if !problem.staffing.planned.iter().any(|p| *p) {
        return Err(Infeasible::nothing_to_decide());
    }
    problem = super::distinct::fewer(problem, &options).map_err(|f| Infeasible::fault(&f))?;
    let mut rounds = Vec::new();
    let tried = rounds_of(&mut problem, case, goal, &options, progress, &mut rounds)?;
    let before = Before { given, today };
    recommendation(&mut problem, before, goal, tried, rounds)
        .map_err(|fault| Infeasible::fault(&fault))
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
    let mut hopeless = 0;
    for number in 1..=goal.rounds {
        progress.round(number, goal.rounds);
        problem.tune(&tuner.tuning);
        let asked = tuner.clone();
        let candidate = solve_round(problem, &tuner.tuning, options)
            .map_err(|fault| Infeasible::fault(&fault))?;
        let planned = Case::new(candidate.staff.apply(&case.scenario))
            .map_err(|e| Infeasible::no_case(&e))?;
        let played = Played::of(problem, &planned, &candidate.x, goal, progress);
        let (standings, keep) = played.teach(problem, &mut tuner);
        let over = over_bounds(problem, &candidate.staff);
        let holds = standings.iter().flatten().all(Standing::holds)
            && keep.iter().all(|k| k.met || k.money)
            && over.is_empty();
        let mut round = describe(case, number, &candidate, &asked, &standings, &keep, &over);
        let people = people(case, &candidate);
        round.cuts_added = played.cut(problem, &mut tuner, &standings);
        let cheaper = best
            .as_ref()
            .is_none_or(|b| candidate.cost < b.candidate.cost * (1.0 - 1e-9));
        let hope = best.is_some() || holds || !candidate.short;
        hopeless = if hope { 0 } else { hopeless + 1 };
        let at_last = number == goal.rounds || hopeless == HOPELESS;
        if cheaper && (holds || (at_last && best.is_none())) {
            let tried = prove(
                problem,
                candidate,
                planned,
                asked,
                goal,
                proofs,
                &Playing(progress, Phase::Proof),
            );
            proofs += 1;
            round.proof = Some(tried.kept);
            round.broken = broken(&tried.proof, &tried.keep);
            if !tried.kept {
                let short = shortfalls(&case.scenario.promises, &tried.proof);
                let asked = &tried.tuner.tuning;
                tuner.missed(problem, &short, &standings, asked);
            }
            progress.stage(&line(&round, &people));
            rounds.push(round);
            if tried.kept {
                let saved = best
                    .as_ref()
                    .map_or(1.0, |b| 1.0 - tried.candidate.cost / b.candidate.cost);
                best = Some(tried);
                if saved < WORTHWHILE && !tuner.searching() {
                    break;
                }
            } else {
                last = Some(tried);
            }
            if hopeless == HOPELESS {
                break;
            }
        } else {
            progress.stage(&line(&round, &people));
            rounds.push(round);
            // A dearer plan after a proved one: the rest is noise, unless there is something to be halved.
            if best.is_some() && !cheaper && holds && !tuner.searching() {
                break;
            }
            for ((team, entry), excess) in over {
                let may = problem.staffing.bounds[team][entry].1;
                problem.staffing.reach[team][entry] *= may / (may + excess);
            }
        }
    }
    let mut end = End {
        case,
        goal,
        options,
        progress,
        rounds,
        proofs,
    };
    // Which of the two comes out cheaper when it is finished is not known before.
    let todays = end.todays(problem, best.as_ref(), &tuner)?;
    let mut finished: Option<Tried> = None;
    for plan in todays.into_iter().chain(best) {
        let plan = end.finished(problem, plan)?;
        let cost = |t: &Tried| t.candidate.cost;
        if finished.as_ref().is_none_or(|f| cost(&plan) < cost(f)) {
            finished = Some(plan);
        }
    }
    let proofs = end.proofs;
    let last = match finished {
        Some(plan) if plan.proved() => return Ok(plan),
        // All is kept, for more money than there is.
        Some(dear) => dear,
        None => last.ok_or_else(Infeasible::no_round)?,
    };
    progress.stage("no plan was proved: looking for the rules that clash");
    let clash =
        explain(problem, case, &last, goal, options).map_err(|fault| Infeasible::fault(&fault))?;
    match clash {
        Some(clash) if goal.understaff => {
            progress.stage(&format!("planning all the same: {}", clash.reason));
            let round = (case, goal, options, proofs);
            understaffed::plan(problem, last.tuner, clash, round)
        }
        Some(clash) => Err(clash),
        None => Ok(last),
    }
}
