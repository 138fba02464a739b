//! Why there is no plan, in the planner's words: a smallest set of rules that clash, and the smallest relaxation of each.
//!
//! Every rule of the scenario that bounds a plan is a [`Limit`](limit::Limit) with steps of relaxation. Whether rules can
//! hold together is asked of the model of the roster ([`trial`]), with the loads and aims that the simulation of plans near
//! the promises has taught ([`near`](near::near)): first of the linear model, and what it calls impossible no roster can do;
//! then of whole people on whole shifts, by an integer model where the roster's is small, by the plans that a round of the search
//! makes where it is larger. Where such a plan takes minutes, questions are asked of parts of people that count for a little less
//! than people do ([`MARGINS`]), and plans are made for what would be told alone. A smallest set that is impossible is found by divide and conquer
//! ([`search`]): leave out any one of them and the others can hold. Each is then relaxed, all other rules of the scenario
//! in force, by halving its steps; where that alone is never enough, because other rules clash, too, only the rest of the
//! set is held.
//!
//! The bundled enterprise with at most 16 heads in Lisbon (70,000 columns, 22,000 rows) is told in nine minutes on two cores: 16
//! would have to become about 21, or the contract's 40 hours a week about 42.
//!
//! Promises, heads, seats, shift windows, opening hours that no shift reaches, the rules of contracts and what `keep` says
//! of occupancy, people at work and money take part; bounds on vendors' shares and quality are weighed by the mix.

mod limit;
mod near;
mod opening;
mod search;
#[cfg(test)]
mod tests;
mod trial;
mod words;

use super::generate;
use super::goal::Goal;
use super::infeasible::{Infeasible, Rule};
use super::levers::Staffing;
use super::model::{Scope, build};
use super::problem::Problem;
use super::proof::{Tried, keeps};
use super::tune::Tuner;
use crate::experiment::Case;
use crate::scenario::model::KeepMeasure;
use crate::solve::{Fault, Options};
pub use limit::Limit;
use limit::limits;
use near::near;
use rayon::prelude::*;
use trial::{People, Scales, Trial, sought};

/// Steps beyond what the model says that are tried in the simulation; where plans take minutes, the second number of them.
const FURTHER: (u32, u32) = (6, 3);
/// What a person's hours and days count for where whole people are not sought: whole shifts on whole days lose something
/// of what parts of people could do, at first as little as makes rules clash.
const MARGINS: [f64; 4] = [0.99, 0.98, 0.96, 0.92];

/// The clash that keeps a plan from being proved; `None` where none can be shown.
///
/// # Errors
/// When the solver fails.
pub fn explain(
    problem: &mut Problem,
    case: &Case,
    tried: &Tried,
    goal: &Goal,
    options: &Options,
) -> Result<Option<Infeasible>, Fault> {
    let learnt = problem.staffing.reach.clone();
    problem.budget = budget(problem, tried);
    let near = near(problem, case, tried, goal, options)?;
    // First what no roster can do, then what no tours were found for, then what whole people cannot.
    let mut steps = vec![
        (None, 1.0, People::Parts),
        (Some(&learnt), 1.0, People::Parts),
        (Some(&learnt), 1.0, People::Whole),
    ];
    if !sought(problem, options) {
        steps.extend(MARGINS.map(|margin| (Some(&learnt), margin, People::Parts)));
    }
    problem.tune(&near.tuning);
    let built = build(problem, &near.tuning, &Scope::all(problem));
    let known = generate::known(problem, &built, options)?;
    for tuner in [&near, &tried.tuner] {
        problem.tune(&tuner.tuning);
        for &(reach, margin, people) in &steps {
            problem.staffing = Staffing::new(problem.scenario);
            if let Some(reach) = reach {
                problem.staffing.reach.clone_from(reach);
            }
            let reach = problem.staffing.reach.iter_mut();
            reach.flatten().for_each(|r| *r *= margin);
            let scales = Scales {
                problem,
                tuning: &tuner.tuning,
                options,
                people,
                known: &known,
            };
            if let Some(rules) = clash(&scales, tuner, goal)? {
                return Ok(Some(Infeasible {
                    reason: reason(&rules).to_owned(),
                    rules,
                    internal: false,
                }));
            }
        }
    }
    Ok(None)
}

/// What a rule says, in the planner's words, with the contract whose rule it is.
#[must_use]
pub fn text(problem: &Problem, limit: Limit) -> String {
    let text = words::rule(problem, limit, 1).text;
    match limit.contract() {
        Some(contract) => format!("{}: {text}", problem.scenario.contracts[contract].name),
        None => text,
    }
}

fn reason(rules: &[Rule]) -> &'static str {
    match rules.len() {
        0 => {
            "no roster can do the work, whatever the rules: there is no shift or team for some of it"
        }
        1 => "no roster keeps this rule; it would have to give",
        _ => {
            "no roster within the bounds keeps these rules together; to relax any one of them is enough"
        }
    }
}

/// Money over the horizon for the planned people that a bound on all money leaves them.
fn budget(problem: &Problem, tried: &Tried) -> Option<f64> {
    let keep = &problem.scenario.decide.keep;
    let bounds = keep.iter().filter(|k| k.measure == KeepMeasure::Budget);
    let least = bounds.map(|k| k.at_most).reduce(f64::min)?;
    // As it is judged, so that what is told is enough.
    let all = tried.proof.cost.total.as_ref()?.high;
    let others = all - tried.candidate.cost;
    Some(least * super::problem::months(problem.scenario) - others)
}

/// The rules of a smallest clash with what each would have to become; `None` where all can hold.
fn clash(scales: &Scales, tuner: &Tuner, goal: &Goal) -> Result<Option<Vec<Rule>>, Fault> {
    let problem = scales.problem;
    let all = limits(problem);
    let mut possible = |held: &[Limit]| scales.holds(&all, held);
    let Some(set) = search::smallest(&all, &mut possible)? else {
        return Ok(None);
    };
    if set.is_empty() && scales.people == People::Whole {
        // Parts of people can, so a plan that is not found even without rules tells nothing of them.
        return Ok(None);
    }
    let elsewhere: Vec<Limit> = all.iter().copied().filter(|l| !set.contains(l)).collect();
    let rule = |&limit: &Limit| {
        // All other rules in force; failing that, those of the set. Whole people, if they can at all.
        for people in [People::Whole, People::Parts] {
            let scales = Scales { people, ..*scales };
            for gone in [&[], elsewhere.as_slice()] {
                if let Some(steps) = least(&scales, limit, gone)? {
                    let steps = if people == People::Whole {
                        enough(&scales, tuner, goal, limit, gone, steps)?
                    } else {
                        steps
                    };
                    return Ok(words::rule(problem, limit, steps));
                }
            }
        }
        Ok(words::rule(problem, limit, limit.steps(problem)))
    };
    let rules: Result<Vec<Rule>, Fault> = set.par_iter().map(rule).collect();
    rules.map(Some)
}

/// The rules with a limit relaxed by some steps and those of `gone` let go of.
fn relaxed(scales: &Scales, limit: Limit, steps: u32, gone: &[Limit]) -> Trial {
    let mut trial = scales.without(gone);
    limit.relax(scales.problem, &mut trial, steps);
    trial
}

/// Fewest steps of a limit, from what the model says on, with which a plan of whole people keeps everything in the simulation;
/// what the model says where none of the next few does, or none can be played.
fn enough(
    scales: &Scales,
    tuner: &Tuner,
    goal: &Goal,
    limit: Limit,
    gone: &[Limit],
    least: u32,
) -> Result<u32, Fault> {
    let further = if sought(scales.problem, scales.options) {
        FURTHER.0
    } else {
        FURTHER.1
    };
    for steps in least..(least + further).min(limit.steps(scales.problem)) {
        let trial = relaxed(scales, limit, steps, gone);
        let plan = scales.plan(&trial)?.filter(|_| trial.closed.is_empty());
        let Some(planned) = plan.and_then(|p| Case::new(p.apply(&trial.scenario)).ok()) else {
            continue;
        };
        if keeps(&planned, tuner, goal).is_ok() {
            return Ok(steps);
        }
    }
    Ok(least)
}

/// Fewest steps of a limit with which the rules can hold, those of `gone` let go of.
fn least(scales: &Scales, limit: Limit, gone: &[Limit]) -> Result<Option<u32>, Fault> {
    let possible = |steps: u32| scales.possible(&relaxed(scales, limit, steps, gone));
    let most = limit.steps(scales.problem);
    if !limit.ordered() {
        for steps in 1..=most {
            if possible(steps)? {
                return Ok(Some(steps));
            }
        }
        return Ok(None);
    }
    if !possible(most)? {
        return Ok(None);
    }
    // Small relaxations are likelier than large ones: double, then halve.
    let (mut fails, mut does) = (0, 1);
    while does < most && !possible(does)? {
        (fails, does) = (does, (2 * does).min(most));
    }
    while does - fails > 1 {
        let middle = u32::midpoint(fails, does);
        if possible(middle)? {
            does = middle;
        } else {
            fails = middle;
        }
    }
    Ok(Some(does))
}
