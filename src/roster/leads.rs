//! Leads: hours of them counted by people on duty, and posts.

use super::types::{Position, TeamRoster};
use super::{FTE_HOURS, weekly_hours};
use crate::scenario::model::{Lead, Scenario, Team};
use crate::time::{Tick, seconds};

/// Seconds of leads on duty from a tick on: at any time `ceil(on duty / span)` of them.
#[must_use]
pub fn lead_s<'a>(lead: &Lead, positions: impl Iterator<Item = &'a Position>, from: Tick) -> f64 {
    // Changes of the number on duty, in order.
    let mut changes: Vec<(Tick, i64)> = positions
        .flat_map(|p| &p.duties)
        .flat_map(|d| [(d.start.max(from), 1), (d.end.max(from), -1)])
        .collect();
    changes.sort_unstable();
    let (mut lead_s, mut on_duty, mut last) = (0.0, 0i64, from);
    for (at, change) in changes {
        lead_s += seconds(at - last) * (on_duty as f64 / lead.span).ceil();
        on_duty += change;
        last = at;
    }
    lead_s
}

/// Part of paid time that people of a team are there, leave and sickness apart.
#[must_use]
pub fn presence(team: &Team) -> f64 {
    (1.0 - team.shrinkage.leave - team.shrinkage.sick).max(1e-9)
}

/// Posts of leads: `ceil(heads / span)`, or where they are counted by people on duty as many full-timers as their hours
/// take, paid ones included.
pub fn posts(scenario: &Scenario, team: &Team, lead: &Lead, placed: &TeamRoster) -> u32 {
    if !lead.by_staffed_hour {
        return (placed.heads / lead.span).ceil() as u32;
    }
    let hours = lead_s(lead, placed.positions.iter(), 0) / 3600.0 / presence(team);
    let a_week = hours / scenario.horizon.weeks();
    if weekly_hours(scenario, team) > 0.0 {
        (a_week / FTE_HOURS).ceil() as u32
    } else {
        0
    }
}
