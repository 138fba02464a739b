//! Why a plan has these numbers: from load to heads team by team, what a promise costs, what binds.

use super::conflict::{self, Limit};
use super::employment::{self, weekly_hours};
use super::formula::{agents, weekly};
use super::goal::Goal;
use super::hand_out::breaches;
use super::model::Coupling;
use super::one_more::OneMore;
use super::plan::{Why, WhyPromise, WhyTeam};
use super::problem::Problem;
use super::proof::Tried;
use super::recommendation::hours_of;
use crate::experiment::Case;

/// Part of a bound of `keep` from which it counts as reached.
const REACHED: f64 = 0.99;

/// Why a plan has these numbers.
#[must_use]
pub fn why(problem: &Problem, tried: &Tried, goal: &Goal) -> Why {
    let candidate = &tried.candidate;
    let scenario = problem.scenario;
    let mut why = Why::default();
    let more = OneMore::of(problem, tried, goal);
    for (t, team) in scenario.teams.iter().enumerate() {
        if problem.staffing.planned[t] {
            why.teams.push(why_team(problem, tried, &more, t));
            for (h, heads) in team.heads.iter().enumerate() {
                let (least, most) = problem.staffing.bounds[t][h];
                let count = f64::from(candidate.staff.heads[t][h]);
                let of = heads.contract.map_or(String::new(), |c| {
                    format!(" {}", scenario.contracts[c].name)
                });
                if least > 0.0 && count <= least {
                    why.binding.push(format!(
                        "{}{of}: not fewer than {least:.0} heads",
                        team.name
                    ));
                }
                if count >= most {
                    why.binding
                        .push(format!("{}{of}: not more than {most:.0} heads", team.name));
                }
            }
        }
    }
    for (p, promise) in scenario.promises.iter().enumerate() {
        let mut groups = problem.groups.iter();
        let waited_for = groups.any(|g| g.promise == p && g.offered > 0.0);
        let worth = candidate.worth[p];
        if worth > 0.0 {
            why.binding
                .push(format!("{}: {}", promise.name, promise.text));
        }
        why.promises.push(WhyPromise {
            name: promise.name.clone(),
            aim: tried.tuner.tuning.aim[p],
            per_point: waited_for.then_some(0.01 * worth),
        });
    }
    why.binding.extend(rules(problem, tried));
    for (p, &missing) in candidate.missing_h.iter().enumerate() {
        if missing > 0.1 {
            let names: Vec<&str> = problem.demand.pools[p]
                .teams
                .iter()
                .map(|&t| scenario.teams[t].name.as_str())
                .collect();
            why.notes.push(format!(
                "{}: {missing:.1} agent-hours a week are asked for when no shift within the bounds can cover them",
                names.join(", ")
            ));
        }
    }
    why.notes.extend(broken_rules(problem, &tried.case));
    if candidate.by_time {
        why.notes
            .push("a time limit ended a solve: another run may differ".to_owned());
    }
    why
}

/// Rules of contracts, sites and `keep` without which the plan's requirement would cost less, in the planner's words.
fn rules(problem: &Problem, tried: &Tried) -> Vec<String> {
    let scenario = problem.scenario;
    let contract = |t: usize, h: usize| scenario.teams[t].heads[h].contract;
    let limit = |key: &Coupling| match *key {
        Coupling::Days(t, h, _) => contract(t, h).map(Limit::DaysPerWeek),
        Coupling::Rest(t, h, ..) => contract(t, h).map(Limit::Rest),
        Coupling::Row(t, h, ..) => contract(t, h).map(Limit::DaysInARow),
        Coupling::Start(t, h, ..) => contract(t, h).map(Limit::StartBand),
        Coupling::Weekends(t, h) => contract(t, h).map(Limit::Weekends),
        Coupling::AtWork(minimum) => Some(Limit::Minimum(minimum)),
        Coupling::Occupancy { bound, .. } => Some(Limit::Keep(bound)),
        Coupling::Seat(row) => {
            let column = problem.seats.get(row)?.columns.first()?;
            Some(Limit::Seats(
                scenario.teams[problem.columns[*column].team].site,
            ))
        }
        Coupling::Week(t, h, _) => contract(t, h).map(Limit::Hours),
        Coupling::Hours(..) | Coupling::Day(..) | Coupling::Billed(_) => None,
    };
    let mut limits: Vec<Limit> = Vec::new();
    let near = scenario.decide.keep.iter().zip(&tried.keep).enumerate();
    let reached = near.filter(|(_, (bound, kept))| {
        let judged = kept.judged.unwrap_or(0.0);
        judged >= REACHED * bound.at_most
    });
    let reached = reached.map(|(index, _)| Limit::Keep(index));
    let binding = tried.candidate.binding.iter().filter_map(limit);
    for limit in binding.chain(reached) {
        // A rule that is not stated has nothing to let go of.
        if limit.steps(problem) > 0 && !limits.contains(&limit) {
            limits.push(limit);
        }
    }
    let said = limits.into_iter();
    said.map(|limit| conflict::text(problem, limit)).collect()
}

/// What our own check of the plan's roster finds broken, in a sentence; `None` where people keep every rule.
fn broken_rules(problem: &Problem, case: &Case) -> Option<String> {
    let found = breaches(problem, &case.scenario, &case.roster);
    let first = found.first()?;
    Some(format!(
        "handed out to people, the shifts break rules in {} places, the first: {}",
        found.len(),
        first.message
    ))
}

fn why_team(problem: &Problem, tried: &Tried, more: &OneMore, t: usize) -> WhyTeam {
    let scenario = problem.scenario;
    let team = &scenario.teams[t];
    let p = problem.demand.pool_of[t];
    let pool = &problem.demand.pools[p];
    let hours = problem.grid.step_s() / 3600.0;
    let per_week = |cells: &[f64]| weekly(problem, cells) * hours;
    let deferred: f64 = pool.flows.iter().map(|f| per_week(&f.arriving)).sum();
    let formula = by_formula(problem, p);
    let idle: Vec<f64> = formula
        .iter()
        .zip(&pool.load)
        .map(|(n, l)| (n - l).max(0.0))
        .collect();
    let factors = &tried.tuner.tuning.load[p];
    let own: Vec<f64> = own_cover(problem, &tried.candidate.x, t);
    let rows = tried.candidate.staff.rows[t].as_deref().unwrap_or_default();
    WhyTeam {
        name: team.name.clone(),
        beside: pool
            .teams
            .iter()
            .filter(|&&o| o != t)
            .map(|&o| scenario.teams[o].name.clone())
            .collect(),
        load_h: per_week(&pool.load) + deferred,
        erlang_h: per_week(&formula) + (deferred - per_week(&idle)).max(0.0),
        simulation_factor: if factors.is_empty() {
            1.0
        } else {
            factors.iter().sum::<f64>() / factors.len() as f64
        },
        on_queue_h: per_week(&own),
        on_queue_share: problem.on_queue[t],
        scheduled_h: hours_of(scenario, rows, problem.grid.starts.len() as f64)
            / problem.grid.weeks,
        at_work_share: at_work(problem, t, &tried.candidate.staff.heads[t]),
        heads: tried.candidate.staff.heads[t].iter().sum(),
        one_more: more.rises(t, &own),
    }
}

/// Share of its people's hours for which they are there: all but the leave of those who are employed.
fn at_work(problem: &Problem, team: usize, heads: &[u32]) -> f64 {
    let scenario = problem.scenario;
    let of = &scenario.teams[team];
    let (mut there, mut all) = (0.0, 0.0);
    for (entry, &count) in of.heads.iter().zip(heads) {
        let hours = f64::from(count) * weekly_hours(scenario, entry.contract);
        there += hours * employment::there(scenario, of, entry.contract);
        all += hours;
    }
    if all > 0.0 {
        there / all
    } else {
        1.0 - of.shrinkage.leave
    }
}

/// Agents per cell with which the untouched formula keeps each promise on its own.
fn by_formula(problem: &Problem, p: usize) -> Vec<f64> {
    let of = |q: usize| {
        let promise = problem.demand.pools[p].queues[q].promise;
        (
            &problem.curves[p][q],
            problem.scenario.promises[promise].share,
        )
    };
    agents(problem, p, 1.0, &of)
}

fn own_cover(problem: &Problem, x: &[f64], team: usize) -> Vec<f64> {
    let mut cover = vec![0.0; problem.grid.cells()];
    for (column, n) in problem.columns.iter().zip(x) {
        if column.team == team {
            for &(cell, share) in &column.covers {
                cover[cell] += n * share * problem.on_queue[team];
            }
        }
    }
    cover
}
