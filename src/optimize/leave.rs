//! Leave slots: how many people of a team can be away in a week while every shift of the plan is still worked.
//!
//! A week needs as many people of a contract as its tours have ([`tours`](super::tours)), and no fewer than its paid hours
//! over the contract's; the other heads can be on leave. Sickness, lateness and meetings are in the plan's shifts already, so
//! nothing is kept back for them. Slots are people for a whole week; `wanted` says how many such weeks the team's leave
//! (`shrinkage.leave`) comes to over the horizon.
//!
//! ```text
//! slots(week) = sum over contracts of  max(0, heads - max(people of the tours, ceil(paid hours / contract's hours)))
//! ```

use super::heads::Staff;
use super::problem::Problem;
use super::tours::{Shift, tours};
use crate::roster::{FTE_HOURS, dates};
use crate::scenario::model::{Contract, Team};
use jiff::civil::Date;
use serde::Serialize;

/// A team's leave slots.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LeaveTeam {
    /// Team.
    pub team: String,
    /// Weeks of leave that its people take over the horizon, by its shrinkage.
    pub wanted: f64,
    /// Slots of all weeks.
    pub slots: u32,
    /// Week by week.
    pub weeks: Vec<LeaveWeek>,
}

/// A week's leave slots.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LeaveWeek {
    /// Week of the horizon, from 1.
    pub week: u32,
    /// Its first day, `2027-01-11`.
    pub from: String,
    /// People on the payroll.
    pub heads: u32,
    /// People whom its shifts need.
    pub needed: u32,
    /// People who can be on leave.
    pub slots: u32,
    /// People absent by name on most of its days.
    pub absent: u32,
}

/// Slots of every planned team of own staff.
pub fn leave(problem: &Problem, x: &[f64], staff: &Staff) -> Vec<LeaveTeam> {
    let teams = problem.scenario.teams.iter().enumerate();
    teams
        .filter(|(t, team)| problem.staffing.planned[*t] && team.vendor.is_none())
        .map(|(t, team)| {
            let heads = &staff.heads[t];
            let weeks: Vec<LeaveWeek> = (0..problem.grid.starts.len())
                .map(|w| week(problem, x, (t, team), heads, w))
                .collect();
            let people: u32 = heads.iter().sum();
            LeaveTeam {
                team: team.name.clone(),
                wanted: team.shrinkage.leave * f64::from(people) * problem.grid.weeks,
                slots: weeks.iter().map(|w| w.slots).sum(),
                weeks,
            }
        })
        .collect()
}

fn week(
    problem: &Problem,
    x: &[f64],
    (t, team): (usize, &Team),
    heads: &[u32],
    week: usize,
) -> LeaveWeek {
    let all = dates(problem.scenario, &team.clock).map(|d| d.0);
    let days: Vec<Date> = all.skip(7 * week).take(7).collect();
    let pattern = problem.grid.pattern_of_week(week);
    let mut needed = 0;
    let mut slots = 0;
    for (h, &count) in heads.iter().enumerate() {
        let contract = team.heads[h]
            .contract
            .map(|c| &problem.scenario.contracts[c]);
        let mut shifts: Vec<(Shift, f64)> = Vec::new();
        for (column, n) in problem.columns.iter().zip(x) {
            if column.team == t && column.heads == h && Some(column.pattern) == pattern {
                let times = n.round() as usize;
                shifts.extend(std::iter::repeat_n(
                    (Shift::of(column), column.paid_h),
                    times,
                ));
            }
        }
        let least = least(shifts, contract, days.first().copied());
        needed += least;
        slots += count.saturating_sub(least);
    }
    let named = team
        .named
        .iter()
        .filter(|_| team.unit == t)
        .flat_map(|n| &n.people);
    let absent =
        named.filter(|p| 2 * days.iter().filter(|d| p.is_absent(**d)).count() > days.len());
    LeaveWeek {
        week: week as u32 + 1,
        from: days.first().map_or_else(String::new, Date::to_string),
        heads: heads.iter().sum(),
        needed,
        slots,
        absent: absent.count() as u32,
    }
}

/// Fewest people of a contract found for a week's shifts with their paid hours.
fn least(shifts: Vec<(Shift, f64)>, contract: Option<&Contract>, monday: Option<Date>) -> u32 {
    let hours = contract.map_or(FTE_HOURS, |c| {
        monday.map_or(c.hours_per_week, |day| c.hours_on(day))
    });
    let paid: f64 = shifts.iter().map(|s| s.1).sum();
    let by_hours = (paid / hours.max(1e-9) - 1e-6).ceil().max(0.0) as u32;
    let shifts = shifts.into_iter().map(|s| s.0).collect();
    let by_tours = tours(shifts, contract.map(|c| &c.rules)).people as u32;
    by_hours.max(by_tours)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::optimize::testing::{calls, planned, quick};
    use crate::roster::{Rule, check, place};
    use crate::scenario::model::RosterSource;
    use crate::scenario::testing::load;

    /// Rules, shifts, people and what is decided.
    const REST: &str = r#"
[shift.day]
start  = "08:00"
length = "8h"
[team.all]
site      = "berlin"
heads     = { full = 12 }
shifts    = ["day"]
roster    = "fit"
shrinkage = { leave = "20%" }
[decide]
"team.all.heads.full" = { from = 1, to = 60 }
"#;

    #[test]
    fn with_everybody_on_leave_who_may_the_rest_still_work_every_shift() {
        let scenario = load(
            &(calls("2 weeks", "Mon-Fri 08:00-16:00", "900") + REST),
            &[],
        );
        let found = planned(scenario, &quick(8, 4, 10));
        let team = &found.plan.leave[0];
        let plan = &found.plan.plan.teams[0];
        assert_eq!(team.weeks.len(), 2);
        // One shift of eight hours a day on five days: the busiest day's people work the week.
        let busiest = ["Mon", "Tue", "Wed", "Thu", "Fri"].map(|day| {
            let on = plan.shifts.iter().filter(|s| s.day == day);
            on.map(|s| s.staff).sum::<u32>()
        });
        let busiest = busiest.into_iter().max().unwrap();
        for week in &team.weeks {
            assert_eq!((week.heads, week.needed), (plan.heads, busiest));
            assert_eq!(week.slots, plan.heads - busiest);
        }
        assert!((team.wanted - 0.2 * f64::from(plan.heads) * 2.0).abs() < 1e-9);
        assert!(team.slots >= 2, "a fifth of them is on leave at any time");
        // Those who stay keep every rule; one fewer cannot work the shifts.
        let mut staying = found.scenario.clone();
        staying.teams[0].heads[0].count = busiest;
        assert!(matches!(staying.teams[0].roster, RosterSource::Duties(_)));
        let broken = check(&staying, &place(&staying).unwrap());
        assert!(broken.iter().all(|v| v.rule == Rule::Idle), "{broken:?}");
        staying.teams[0].heads[0].count = busiest - 1;
        assert!(place(&staying).is_err());
    }
}
