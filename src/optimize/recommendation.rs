//! From the plan that was proved to the object that is reported.

use super::demand::Pool;
use super::goal::Goal;
use super::hand_out::breaches;
use super::heads::{EVE, Staff};
use super::mix::Mix;
use super::named::hand_out;
use super::plan::{
    BreakPlan, Decided, Delta, HeadsPlan, Plan, Round, SharePlan, ShiftPlan, Staffed, TeamPlan,
    TodayPromise, Why, WhyPromise, WhyTeam,
};
use super::problem::Problem;
use super::proof::Tried;
use super::published::changed;
use super::understaffed::understaffed;
use crate::experiment::{Case, FORMAT_VERSION, Outcome, Settings, replicate};
use crate::roster::{OffKind, Roster};
use crate::scenario::model::{DutyRow, LeverTarget, Scenario};
use crate::solve::Fault;
use crate::time;
use jiff::civil::Weekday;

/// A plan and the scenario it makes.
#[derive(Debug)]
pub struct Recommendation {
    /// What is recommended, why, and its proof.
    pub plan: Plan,
    /// The scenario with the plan's people, rosters and shares.
    pub scenario: Scenario,
    /// The people and rosters alone.
    pub staff: Staff,
    /// The roster by name, where people are named.
    pub named: Option<Roster>,
}

impl Recommendation {
    /// The plan with what is to say of its mix.
    #[must_use]
    pub fn with(mut self, mix: Mix) -> Self {
        self.plan.mix = Some(mix);
        self
    }
}

/// What a plan starts from and is held against.
pub struct Before<'a> {
    /// The case as it was given.
    pub given: &'a Case,
    /// The organisation at work today.
    pub today: &'a Case,
}

/// Puts everything together.
///
/// # Errors
/// When a solver fails in itself as shifts are handed out by name.
pub fn recommendation(
    problem: &mut Problem,
    before: Before<'_>,
    goal: &Goal,
    tried: Tried,
    rounds: Vec<Round>,
) -> Result<Recommendation, Fault> {
    problem.tune(&tried.tuner.tuning);
    let candidate = &tried.candidate;
    let scenario = &tried.case.scenario;
    let bound = candidate.bound.clamp(0.0, candidate.cost);
    let last = super::bridge::planned_fte(scenario, candidate);
    let first = rounds.first().map_or(last, |r| r.fte);
    let handed = hand_out(scenario, &tried.case.roster, &candidate.staff.rows, goal)?;
    let plan = Plan {
        format_version: FORMAT_VERSION,
        scenario: before.given.scenario.origin.name.clone(),
        proved: tried.proved(),
        decided: if problem.staffing.decided {
            Decided::Decide
        } else {
            Decided::HeadsOfInHouseTeams
        },
        level: super::outlook::level(&before.given.scenario.decide.outlook),
        plan: staffed(problem, &before.given.scenario, scenario, &candidate.staff),
        cost: candidate.cost,
        bound,
        gap: (candidate.cost - bound) / candidate.cost.max(f64::MIN_POSITIVE),
        currency: scenario.currency.clone(),
        rounds,
        why: Why {
            bridge: super::bridge::bridge(problem, first, last),
            forecast: super::forecast::forecast(problem, &tried),
            ..why(problem, &tried)
        },
        assumptions: super::assumed::assumed(&before.given.scenario),
        keep: tried.keep.clone(),
        understaffed: understaffed(problem, &tried),
        mix: None,
        delta: Some(delta(problem, before.today, goal, &tried)),
        baseline: None,
        published: changed(
            problem.scenario,
            &problem.published,
            &problem.columns,
            &candidate.x,
        ),
        leave: super::leave::leave(problem, &candidate.x, &candidate.staff),
        people: handed.teams,
        proof: tried.proof.clone(),
    };
    Ok(Recommendation {
        plan,
        named: handed.roster,
        staff: tried.candidate.staff,
        scenario: tried.case.scenario,
    })
}

fn staffed(problem: &Problem, today: &Scenario, planned: &Scenario, staff: &Staff) -> Staffed {
    let mut teams = Vec::new();
    let mut vendors = Vec::new();
    for (t, rows) in staff.rows.iter().enumerate() {
        let Some(rows) = rows else { continue };
        let plan = team_plan(problem, today, planned, t, rows);
        if planned.teams[t].vendor.is_some() {
            vendors.push(plan);
        } else {
            teams.push(plan);
        }
    }
    let share = |lever: &crate::scenario::model::Lever| match lever.target {
        LeverTarget::Share(route, entry) => Some(SharePlan {
            path: lever.path.clone(),
            share: planned.routes[route].to[entry].share.unwrap_or(0.0),
            today: today.routes[route].to[entry].share.unwrap_or(0.0),
        }),
        LeverTarget::Heads(..) => None,
    };
    Staffed {
        teams,
        vendors,
        shares: today.decide.levers.iter().filter_map(share).collect(),
    }
}

fn team_plan(
    problem: &Problem,
    today: &Scenario,
    planned: &Scenario,
    team: usize,
    rows: &[DutyRow],
) -> TeamPlan {
    let name = |c: Option<usize>| c.map(|c| planned.contracts[c].name.clone());
    let heads = |s: &Scenario| s.teams[team].heads.iter().map(|h| h.count).sum::<u32>();
    TeamPlan {
        name: planned.teams[team].name.clone(),
        heads: heads(planned),
        contracts: planned.teams[team]
            .heads
            .iter()
            .map(|h| HeadsPlan {
                contract: name(h.contract),
                heads: h.count,
            })
            .collect(),
        heads_today: heads(today),
        shift_hours_per_week: hours(planned, rows, problem.grid.starts.len() as f64)
            / problem.grid.weeks,
        shifts: rows
            .iter()
            .filter(|r| r.week != Some(EVE))
            .map(|r| shift(planned, r))
            .collect(),
    }
}

/// Paid hours of duty rows over a number of weeks.
fn hours(scenario: &Scenario, rows: &[DutyRow], weeks: f64) -> f64 {
    let of = |r: &DutyRow| {
        let paid = crate::roster::paid_hours(&scenario.shifts[r.shift], r.length_min);
        f64::from(r.heads) * paid * if r.week.is_some() { 1.0 } else { weeks }
    };
    // The sum of nothing is a negative zero; nobody wants to read that.
    let inside = rows.iter().filter(|r| r.week != Some(EVE));
    inside.map(of).sum::<f64>() + 0.0
}

fn shift(scenario: &Scenario, row: &DutyRow) -> ShiftPlan {
    let template = &scenario.shifts[row.shift];
    let breaks = template.breaks.iter().zip(&row.breaks_min);
    ShiftPlan {
        week: row.week,
        day: day(row.day),
        shift: template.name.clone(),
        contract: row.contract.map(|c| scenario.contracts[c].name.clone()),
        start: clock(row.start_min),
        length_min: row.length_min,
        breaks: breaks
            .map(|(b, &from)| BreakPlan {
                offset_min: from,
                length_min: b.length_min,
            })
            .collect(),
        staff: row.heads,
    }
}

/// `Mon` to `Sun`, as roster files name days.
#[must_use]
pub fn day(day: Weekday) -> &'static str {
    ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][day.to_monday_zero_offset() as usize]
}

/// Minutes after midnight as `08:30`.
#[must_use]
pub fn clock(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn why(problem: &Problem, tried: &Tried) -> Why {
    let candidate = &tried.candidate;
    let scenario = problem.scenario;
    let mut why = Why::default();
    let cover = problem.cover(&candidate.x);
    for (t, team) in scenario.teams.iter().enumerate() {
        if problem.staffing.planned[t] {
            why.teams.push(why_team(problem, tried, &cover, t));
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
        let groups = || {
            (0..problem.groups.len())
                .filter(|&g| problem.groups[g].promise == p && problem.groups[g].offered > 0.0)
        };
        let worth: f64 = groups()
            .map(|g| candidate.worth[g] * problem.groups[g].offered)
            .sum();
        if worth > 0.0 {
            why.binding
                .push(format!("{}: {}", promise.name, promise.text));
        }
        why.promises.push(WhyPromise {
            name: promise.name.clone(),
            aim: tried.tuner.tuning.aim[p],
            per_point: groups().next().map(|_| 0.01 * worth),
        });
    }
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

fn why_team(problem: &Problem, tried: &Tried, cover: &[Vec<f64>], t: usize) -> WhyTeam {
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
        scheduled_h: self::hours(scenario, rows, problem.grid.starts.len() as f64)
            / problem.grid.weeks,
        at_work_share: 1.0 - team.shrinkage.leave,
        heads: tried.candidate.staff.heads[t].iter().sum(),
        one_more: one_more(problem, cover, &own, t),
    }
}

/// Mean of a week of amounts per cell, over the horizon's weeks.
fn weekly(problem: &Problem, cells: &[f64]) -> f64 {
    let weighed = |(c, v): (usize, &f64)| v * problem.grid.weight(c);
    cells.iter().enumerate().map(weighed).sum::<f64>() / problem.grid.weeks
}

/// Agents per cell with which the untouched formula keeps each promise on its own.
fn by_formula(problem: &Problem, p: usize) -> Vec<f64> {
    let pool: &Pool = &problem.demand.pools[p];
    let agents = |cell: usize| {
        let load = pool.load[cell];
        let queues = pool.queues.iter().enumerate();
        let least = queues
            .filter(|(_, q)| q.offered[cell] > 0.0)
            .map(|(q, queue)| {
                let share = problem.scenario.promises[queue.promise].share;
                let curve = &problem.curves[p][q];
                let enough = |n: &u32| curve.level(load, f64::from(*n)) >= share;
                (load.floor() as u32..).take(400).find(enough).unwrap_or(0)
            });
        f64::from(least.max().unwrap_or(load.ceil() as u32))
    };
    (0..problem.grid.cells()).map(agents).collect()
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

/// Rise of each promise's mean share with one more head, its hours spread as the team's are.
fn one_more(problem: &Problem, cover: &[Vec<f64>], own: &[f64], t: usize) -> Vec<(String, f64)> {
    let team = &problem.scenario.teams[t];
    let p = problem.demand.pool_of[t];
    let week_h = team
        .heads
        .first()
        .and_then(|h| h.contract)
        .map_or(crate::roster::FTE_HOURS, |c| {
            problem.scenario.contracts[c].hours_per_week
        });
    let extra = week_h * (1.0 - team.shrinkage.leave) * problem.on_queue[t]
        / (problem.grid.step_s() / 3600.0);
    let there = weekly(problem, own).max(1e-9);
    let mut more = cover.to_vec();
    more[p]
        .iter_mut()
        .zip(own)
        .for_each(|(c, o)| *c += extra * o / there);
    let (before, after) = (problem.predict(cover), problem.predict(&more));
    let rise = |promise: usize| {
        let mut sum = (0.0, 0.0);
        for (g, group) in problem.groups.iter().enumerate() {
            if group.promise == promise {
                sum.0 += after[g] - before[g];
                sum.1 += group.offered;
            }
        }
        sum.0 / f64::max(sum.1, f64::MIN_POSITIVE)
    };
    let queues = &problem.demand.pools[p].queues;
    queues
        .iter()
        .map(|q| {
            let name = problem.scenario.promises[q.promise].name.clone();
            (name, rise(q.promise))
        })
        .collect()
}

fn delta(problem: &Problem, today: &Case, goal: &Goal, tried: &Tried) -> Delta {
    let settings = Settings {
        seed: goal.seed,
        first: tried.proof.provenance.first_replication,
        replications: goal.proof,
        precision: None,
        confidence: goal.confidence,
        series: false,
    };
    let now = replicate(today, &settings, &());
    let planned = &problem.scenario.teams;
    let names = planned.iter().zip(&problem.staffing.planned);
    let names: Vec<&str> = names
        .filter(|(_, planned)| **planned)
        .map(|(team, _)| team.name.as_str())
        .collect();
    let teams_of = |s: &Scenario| -> Vec<usize> {
        let named = |t: &usize| names.contains(&s.teams[*t].name.as_str());
        (0..s.teams.len()).filter(named).collect()
    };
    let heads = |s: &Scenario| -> u32 {
        let of = |t: usize| s.teams[t].heads.iter().map(|h| h.count).sum::<u32>();
        teams_of(s).into_iter().map(of).sum()
    };
    let duties = |case: &Case| duty_hours(case, &teams_of(&case.scenario));
    let total = |o: &Outcome| o.cost.total.as_ref().map_or(0.0, |e| e.value);
    let paid = |case: &Case| -> f64 {
        let of = |t: usize| case.roster.teams[t].paid_s / 3600.0;
        teams_of(&case.scenario).into_iter().map(of).sum()
    };
    Delta {
        heads_today: heads(&today.scenario),
        heads: heads(&tried.case.scenario),
        hours_today: duties(today),
        hours: duties(&tried.case),
        paid_hours_today: paid(today),
        paid_hours: paid(&tried.case),
        cost_today: total(&now),
        cost: total(&tried.proof),
        scenario_today: today.scenario.origin.name.clone(),
        today: TodayPromise::of(&now),
    }
}

/// Hours of duties over the horizon, unpaid breaks apart.
fn duty_hours(case: &Case, teams: &[usize]) -> f64 {
    let duties = teams
        .iter()
        .flat_map(|&t| &case.roster.teams[t].positions)
        .flat_map(|p| &p.duties);
    let paid = |d: &crate::roster::Duty| {
        let unpaid = d.offs.iter().filter(|o| o.kind == OffKind::UnpaidBreak);
        d.end - d.start - unpaid.map(|o| o.end - o.start).sum::<u64>()
    };
    time::seconds(duties.map(paid).sum()) / 3600.0
}
