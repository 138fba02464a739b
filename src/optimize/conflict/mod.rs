//! Why there is no plan, in the planner's words: a smallest set of rules that clash, and the smallest relaxation of each.
//!
//! Every rule of the scenario that bounds a plan is a [`Limit`](limit::Limit) with steps of relaxation. Whether rules can
//! hold together is asked of the linear model of the roster ([`trial`]), with the loads and aims that the simulation has
//! taught: what it calls impossible no roster can do. A smallest set that is impossible is found by divide and conquer
//! ([`search`]): leave out any one of them and the others can hold. Each is then relaxed, all other rules of the scenario
//! in force, by halving its steps; where that alone is never enough, because other rules clash, too, only the rest of the
//! set is held.
//!
//! Promises, heads, seats, shift windows, opening hours that no shift reaches, the rules of contracts and what `keep` says
//! of occupancy, people at work and money take part; bounds on vendors' shares and quality are weighed by the mix.

mod limit;
mod opening;
mod search;
#[cfg(test)]
mod tests;
mod trial;
mod words;

use super::infeasible::{Infeasible, Rule};
use super::levers::Staffing;
use super::problem::Problem;
use super::proof::Tried;
use crate::scenario::model::KeepMeasure;
use crate::solve::{Fault, Options};
use limit::{Limit, limits};
use rayon::prelude::*;
use trial::{Trial, holds};

/// The clash that keeps a plan from being proved; `None` where none can be shown.
///
/// # Errors
/// When the solver fails.
pub fn explain(
    problem: &mut Problem,
    tried: &Tried,
    options: &Options,
) -> Result<Option<Infeasible>, Fault> {
    let learnt = problem.staffing.reach.clone();
    let tuning = &tried.tuner.tuning;
    problem.tune(tuning);
    problem.budget = budget(problem, tried);
    // First what no roster can do; then what no tours were found for.
    for reach in [None, Some(learnt)] {
        problem.staffing = Staffing::new(problem.scenario);
        if let Some(reach) = reach {
            problem.staffing.reach = reach;
        }
        if let Some(rules) = clash(problem, tuning, options)? {
            return Ok(Some(Infeasible {
                reason: reason(&rules).to_owned(),
                rules,
                internal: false,
            }));
        }
    }
    Ok(None)
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
    let all = tried.proof.cost.total.as_ref()?.value;
    let others = all - tried.candidate.cost;
    Some(least * super::problem::months(problem.scenario) - others)
}

/// The rules of a smallest clash with what each would have to become; `None` where all can hold.
fn clash(
    problem: &Problem,
    tuning: &super::problem::Tuning,
    options: &Options,
) -> Result<Option<Vec<Rule>>, Fault> {
    let all = limits(problem);
    let mut possible = |held: &[Limit]| holds(problem, tuning, options, &all, held);
    let Some(set) = search::smallest(&all, &mut possible)? else {
        return Ok(None);
    };
    let elsewhere: Vec<Limit> = all.iter().copied().filter(|l| !set.contains(l)).collect();
    let rule = |&limit: &Limit| {
        // All other rules in force; failing that, those of the set.
        let mut steps = least(problem, tuning, options, limit, &[])?;
        if steps.is_none() {
            steps = least(problem, tuning, options, limit, &elsewhere)?;
        }
        let steps = steps.unwrap_or_else(|| limit.steps(problem));
        Ok(words::rule(problem, limit, steps))
    };
    let rules: Result<Vec<Rule>, Fault> = set.par_iter().map(rule).collect();
    rules.map(Some)
}

/// Fewest steps of a limit with which the rules can hold, those of `gone` let go of.
fn least(
    problem: &Problem,
    tuning: &super::problem::Tuning,
    options: &Options,
    limit: Limit,
    gone: &[Limit],
) -> Result<Option<u32>, Fault> {
    let possible = |steps: u32| {
        let mut trial = Trial::new(problem, tuning);
        for other in gone {
            other.relax(problem, &mut trial, other.steps(problem));
        }
        limit.relax(problem, &mut trial, steps);
        trial.possible(problem, tuning, options)
    };
    let most = limit.steps(problem);
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
