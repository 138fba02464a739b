//! A plan although the rules cannot all hold, on request: short where it hurts least, and what that leaves undone.
//!
//! Heads, hours and rest hold; promises give way, at a convex price ([`shortage`](super::shortage)), so that the
//! shortage is spread over promises and falls on hours in which one agent more would serve the fewest. The plan is
//! simulated like any other, and never called proved.

use super::goal::{Goal, Phase, Playing};
use super::infeasible::{Infeasible, Rule};
use super::levers::Staffing;
use super::model::plain_room;
use super::overdue::overdue;
use super::problem::Problem;
use super::proof::{Tried, prove};
use super::round::solve_round;
use super::tune::Tuner;
use super::words::{clock, day};
use crate::experiment::Case;
use crate::measure::Verdict;
use crate::solve::Options;
use crate::stats::Estimate;
use crate::time::{HOUR, Tick};
use jiff::civil::Weekday;
use serde::Serialize;
use std::collections::BTreeMap;

/// Hours named at most.
const HOURS: usize = 12;
/// Agents missing from an hour up to this are rounding.
const HARDLY_ANY: f64 = 0.05;
/// Most agents that are counted as missing from an hour.
const MOST: u32 = 400;

/// What a plan leaves undone, on request, instead of no plan at all.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Understaffed {
    /// Why the rules cannot all hold.
    pub reason: String,
    /// The rules that clash, each with what it would have to become.
    pub rules: Vec<Rule>,
    /// What becomes of each promise, as simulated.
    pub promises: Vec<ShortPromise>,
    /// Hours of the week with most agents missing, the worst first.
    pub hours: Vec<ShortHour>,
    /// Agent-hours missing in an average week, over all hours.
    pub missing_h: f64,
}

/// What becomes of a promise.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ShortPromise {
    /// Name.
    pub name: String,
    /// Share promised.
    pub promised: f64,
    /// Share kept over the horizon.
    pub value: Option<Estimate>,
    /// Share of periods kept.
    pub met_probability: Option<Estimate>,
    /// Whether it is kept all the same.
    pub verdict: Verdict,
}

/// An hour of the week in which fewer are on queue than the work of its hour asks for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ShortHour {
    /// Teams that take the work side by side.
    pub teams: Vec<String>,
    /// `Mon` to `Sun`, in the scenario's zone.
    pub day: &'static str,
    /// `08:00`: the hour's start.
    pub from: String,
    /// Agents on queue in the plan.
    pub agents: f64,
    /// Agents missing: to keep every promise in this hour, and to do what is overdue in it.
    pub missing: f64,
    /// Contacts of the hour that wait, in a mean week.
    pub offered: f64,
    /// Share of them in time by the tuned formulas; `None` where only deferred work is short.
    pub in_time: Option<f64>,
}

/// Plans within the bounds whatever becomes of the promises, and plays the plan as the proof of number `proofs`.
///
/// # Errors
/// When a solver fails or the plan cannot be played.
pub fn plan(
    problem: &mut Problem,
    tuner: Tuner,
    clash: Infeasible,
    (case, goal, options, proofs): (&Case, &Goal, &Options, u64),
) -> Result<Tried, Infeasible> {
    problem.staffing = Staffing {
        hard: true,
        ..Staffing::new(problem.scenario)
    };
    problem.tune(&tuner.tuning);
    let candidate =
        solve_round(problem, &tuner.tuning, options).map_err(|fault| Infeasible::fault(&fault))?;
    let planned =
        Case::new(candidate.staff.apply(&case.scenario)).map_err(|e| Infeasible::no_case(&e))?;
    Ok(Tried {
        clash: Some(clash),
        ..prove(
            problem,
            candidate,
            planned,
            tuner,
            goal,
            proofs,
            &Playing(&(), Phase::Proof),
        )
    })
}

/// What an understaffed plan leaves undone; `None` for any other.
#[must_use]
pub fn understaffed(problem: &Problem, tried: &Tried) -> Option<Understaffed> {
    let clash = tried.clash.as_ref()?;
    let promises = problem.scenario.promises.iter().zip(&tried.proof.promises);
    let promises = promises.map(|(promise, proof)| ShortPromise {
        name: promise.name.clone(),
        promised: promise.share,
        value: proof.value,
        met_probability: proof.met_probability,
        verdict: proof.verdict,
    });
    let mut hours = hours(problem, tried);
    let missing_h = hours.iter().map(|h| h.missing).sum();
    hours.sort_by(|a, b| b.missing.total_cmp(&a.missing));
    hours.truncate(HOURS);
    Some(Understaffed {
        reason: clash.reason.clone(),
        rules: clash.rules.clone(),
        promises: promises.collect(),
        hours,
        missing_h,
    })
}

/// What is summed up of an hour of the week: agent-hours on queue and missing, contacts, and those in time.
#[derive(Default)]
struct Sums {
    agents: f64,
    missing: f64,
    offered: f64,
    in_time: f64,
}

fn hours(problem: &Problem, tried: &Tried) -> Vec<ShortHour> {
    let cover = problem.cover(&tried.candidate.x);
    let cell_h = problem.grid.step_s() / 3600.0;
    let mut sums: BTreeMap<(usize, i8, i8), Sums> = BTreeMap::new();
    for (p, agents) in cover.iter().enumerate() {
        let late = late(problem, tried, p, agents);
        for (cell, &there) in agents.iter().enumerate() {
            let per_week = problem.grid.weight(cell) / problem.grid.weeks;
            let (weekday, hour) = local(problem, cell);
            let sum = sums.entry((p, weekday, hour)).or_default();
            sum.agents += per_week * cell_h * there;
            let missing = (needed(problem, tried, p, cell) - there).max(0.0);
            sum.missing += per_week * cell_h * missing.max(late[cell]);
            for (q, queue) in problem.demand.pools[p].queues.iter().enumerate() {
                if queue.offered[cell] > 0.0 {
                    sum.offered += per_week * queue.offered[cell];
                    sum.in_time += per_week * problem.served(p, q, cell, there);
                }
            }
        }
    }
    let short = sums.into_iter().filter(|(_, sum)| sum.missing > HARDLY_ANY);
    let hour = |((p, weekday, hour), sum): ((usize, i8, i8), Sums)| {
        let weekday = Weekday::from_monday_zero_offset(weekday);
        let teams = problem.demand.pools[p].teams.iter();
        ShortHour {
            teams: teams
                .map(|&t| problem.scenario.teams[t].name.clone())
                .collect(),
            day: day(weekday.unwrap_or(Weekday::Monday)),
            from: clock(60 * u32::from(hour.unsigned_abs())),
            agents: sum.agents,
            missing: sum.missing,
            offered: sum.offered,
            in_time: (sum.offered > 0.0).then(|| sum.in_time / sum.offered),
        }
    };
    short.map(hour).collect()
}

/// Weekday from Monday and hour at which a cell begins, in the scenario's zone.
fn local(problem: &Problem, cell: usize) -> (i8, i8) {
    let pattern = &problem.grid.patterns[problem.grid.pattern_of(cell)];
    let inside = (cell - pattern.first) as Tick * problem.grid.step;
    let start = problem.grid.starts[pattern.example()] + inside;
    let horizon = &problem.scenario.horizon;
    debug_assert!(problem.grid.step <= HOUR);
    let local = horizon.zoned_in(start, horizon.zone());
    (local.weekday().to_monday_zero_offset(), local.hour())
}

/// Fewest agents with which every promise is kept on this cell's contacts alone, by the tuned formulas.
fn needed(problem: &Problem, tried: &Tried, pool: usize, cell: usize) -> f64 {
    let tuning = &tried.tuner.tuning;
    let demand = &problem.demand.pools[pool];
    let queues = demand.queues.iter().enumerate();
    let of = |(q, queue): (usize, &super::demand::Queue)| {
        if queue.offered[cell] <= 0.0 {
            return 0.0;
        }
        let load = demand.load[cell] * tuning.load[pool][q];
        let aim = tuning.aim[queue.promise];
        let enough = |n: &u32| problem.curves[pool][q].level(load, f64::from(*n)) >= aim;
        let from = load.floor() as u32;
        f64::from((from..from + MOST).find(enough).unwrap_or(from + MOST))
    };
    queues.map(of).fold(0.0, f64::max)
}

/// Agents per cell that what is overdue asks for.
fn late(problem: &Problem, tried: &Tried, pool: usize, agents: &[f64]) -> Vec<f64> {
    let tuning = &tried.tuner.tuning;
    let room = plain_room(problem, tuning);
    let mut late = vec![0.0; problem.grid.cells()];
    for pattern in 0..problem.grid.patterns.len() {
        let agents = |cell: usize| agents[cell];
        let place = (pool, pattern);
        overdue(
            problem,
            tuning,
            &room[pool],
            place,
            agents,
            |_, cell, over| {
                late[cell] += over;
            },
        );
    }
    late
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crate::experiment::Case;
    use crate::measure::Verdict;
    use crate::optimize::{Goal, recommend};
    use crate::scenario::testing::load;

    /// 250 hours of calls a week, half of them on topic `b`, for four people at the most.
    const TEXT: &str = r#"
start  = 2027-01-11
length = "1 week"
zone   = "Europe/Berlin"
[demand]
counted  = "first contacts"
busyness = "none"
[channel.phone]
kind   = "live"
open   = "Mon-Fri 08:00-16:00"
redial = "none"
[channel.chat]
kind   = "live"
open   = "Mon-Fri 08:00-16:00"
redial = "none"
[topic.help]
per_week = 3_000
channels = { phone = "50%", chat = "50%" }
handle   = "5m"
ends     = { resolved = "100%" }
[promise.phone]
target = "80% of phone within 20s"
[promise.chat]
target = "80% of chat within 20s"
[contract.full]
hours = "40h/week"
pay   = "EUR 20/h"
[shift.day]
start  = ["08:00"]
length = "8h"
[team.phone]
heads     = { full = 4 }
skills    = { channels = ["phone"] }
shifts    = ["day"]
roster    = "fit"
shrinkage = "none"
[team.chat]
like      = "phone"
skills    = { channels = ["chat"] }
[decide]
"team.phone.heads.full" = { from = 1, to = 4 }
"team.chat.heads.full" = { from = 1, to = 8 }
"#;

    fn case(text: &str) -> Case {
        Case::new(load(text, &[])).unwrap()
    }

    #[test]
    fn too_few_are_an_answer_or_on_request_a_plan_that_says_what_it_leaves_undone() {
        let case = case(TEXT);
        let goal = Goal {
            rounds: 2,
            search: 2,
            proof: 4,
            ..Goal::default()
        };
        let Err(clash) = recommend(&case, None, &goal, &()) else {
            panic!("four cannot do the work of eight");
        };
        let paths: Vec<&str> = clash.rules.iter().map(|r| r.path.as_str()).collect();
        assert!(paths.contains(&"promise.phone.target"), "{paths:?}");
        let most = "decide.\"team.phone.heads.full\".to";
        assert!(paths.contains(&most), "{paths:?}");
        let goal = Goal {
            understaff: true,
            ..goal
        };
        let plan = recommend(&case, None, &goal, &()).unwrap().plan;
        assert!(!plan.proved);
        // The bounds hold, and the team that has enough is not touched.
        assert_eq!(plan.plan.teams[0].heads, 4);
        let short = plan.understaffed.unwrap();
        assert_eq!(short.rules, clash.rules);
        let of = |name: &str| short.promises.iter().find(|p| p.name == name).unwrap();
        assert_eq!(of("phone").verdict, Verdict::Missed);
        assert!(of("phone").value.unwrap().value < 0.75);
        assert!(of("chat").value.unwrap().value >= 0.75, "{:?}", of("chat"));
        // 125 h of calls in 40 open hours are 3.1 erlangs, for which 80/20 asks for 5 or 6 agents: one or two are missing.
        let phone = |h: &&crate::optimize::ShortHour| h.teams == ["phone"];
        assert!(short.hours.iter().any(|h| phone(&h)));
        for hour in short.hours.iter().filter(phone) {
            assert!(hour.in_time.unwrap() < 0.8 && hour.offered > 0.0);
            assert!((0.5..4.0).contains(&hour.missing), "{hour:?}");
        }
        assert!(short.missing_h >= short.hours.iter().map(|h| h.missing).sum());
    }
}
