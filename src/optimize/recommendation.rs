//! From the plan that was proved to the object that is reported.

use super::by_name;
use super::goal::Goal;
use super::heads::{EVE, Staff};
use super::keep;
use super::mix::Mix;
use super::named::hand_out;
use super::plan::{
    BreakPlan, Decided, Delta, HeadsPlan, Plan, Round, SharePlan, ShiftPlan, Staffed, TeamPlan,
    TodayPromise, Why,
};
use super::problem::Problem;
use super::proof::{Tried, broken};
use super::published::changed;
use super::understaffed::understaffed;
use super::why::why;
use super::words::{clock, day};
use crate::experiment::{Case, Collected, FORMAT_VERSION, Outcome, collect, left_undone};
use crate::roster::{OffKind, Roster};
use crate::scenario::model::{DutyRow, LeverTarget, Scenario};
use crate::solve::Fault;
use crate::time;

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
        distinct_shifts: super::distinct::said(problem, &candidate.x),
        rounds,
        why: Why {
            bridge: super::bridge::bridge(problem, first, last),
            forecast: super::forecast::forecast(problem, &tried),
            ..why(problem, &tried, goal)
        },
        assumptions: super::assumed::assumed(&before.given.scenario),
        keep: tried.keep.clone(),
        understaffed: understaffed(problem, &tried),
        mix: None,
        delta: Some(delta(problem, before.today, &tried)),
        baseline: None,
        published: changed(
            problem.scenario,
            &problem.published,
            &problem.columns,
            &candidate.x,
        ),
        leave: super::leave::leave(problem, &candidate.x, &candidate.staff),
        by_name: by_name::played(&tried, &handed),
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
        shift_hours_per_week: hours_of(planned, rows, problem.grid.starts.len() as f64)
            / problem.grid.weeks,
        shifts: rows
            .iter()
            .filter(|r| r.week != Some(EVE))
            .map(|r| shift(planned, r))
            .collect(),
    }
}

/// Paid hours of duty rows over a number of weeks.
pub fn hours_of(scenario: &Scenario, rows: &[DutyRow], weeks: f64) -> f64 {
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

fn delta(problem: &Problem, today: &Case, tried: &Tried) -> Delta {
    let (seen, now) = collect(today, &tried.proof.provenance.again(), &());
    let undone = left_undone(&today.scenario, &seen);
    let bounds =
        |s: &Scenario| -> Vec<String> { s.decide.keep.iter().map(|k| k.text.clone()).collect() };
    let held = bounds(&today.scenario) == bounds(problem.scenario);
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
        kept_today: undone.is_none() && held && kept(today, &seen, &now),
        undone_today: undone,
    }
}

/// Whether a roster keeps every promise and bound beyond doubt.
fn kept(case: &Case, seen: &Collected, outcome: &Outcome) -> bool {
    let replications = outcome.provenance.replications;
    broken(outcome, &keep::kept(case, seen, outcome, replications)).is_empty()
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::experiment::{Case, Undone};
    use crate::optimize::recommend;
    use crate::optimize::testing::{calls, quick};
    use crate::scenario::testing::{load, replaced};

    /// 125 hours a week come to a second line of one person: every promise is kept, because none covers them.
    #[test]
    fn what_is_left_undone_today_stands_beside_the_plan() {
        let calls = calls("4 weeks", "Mon-Fri 08:00-18:00", "2_500");
        let ends = ("resolved = \"100%\"", "resolved = \"90%\", tier2 = \"10%\"");
        let scenario = load(&(replaced(&calls, &[ends]) + SECOND_LINE), &[]);
        let goal = quick(8, 4, 10);
        let case = Case::new(scenario).unwrap();
        let found = recommend(&case, None, &goal, &()).unwrap();
        assert!(found.plan.proved);
        let delta = found.plan.delta.unwrap();
        assert_eq!(delta.undone_today, Some(Undone::Tier(2)));
        assert!(!delta.kept_today);
        let planned = Case::new(found.scenario).unwrap();
        let again = recommend(&case, Some(&planned), &goal, &()).unwrap();
        let delta = again.plan.delta.unwrap();
        assert_eq!((delta.undone_today, delta.kept_today), (None, true));
    }

    const SECOND_LINE: &str = r#"
[tier.2]
handle = "30m"
ends   = { resolved = "100%" }
[shift.day]
days   = "Mon-Fri"
start  = { from = "08:00", to = "10:00", step = "1h" }
length = "8h"
[team.all]
site      = "berlin"
heads     = { full = 12 }
shifts    = ["day"]
roster    = "fit"
shrinkage = "none"
[team.second]
like  = "all"
tier  = 2
heads = { full = 1 }
[route.calls]
when = { channels = ["phone"] }
to   = ["all"]
[decide]
"team.all.heads.full" = { from = 1, to = 60 }
"team.second.heads.full" = { from = 1, to = 60 }
"#;
}
