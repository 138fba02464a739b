//! What a placed team is paid for, and what sickness and lateness take from it.

use super::offs;
use super::types::{Duty, Position, TeamRoster};
use super::{FTE_HOURS, mean_hours, weekly_hours, window};
use crate::scenario::model::{Heads, Scenario, Team};
use crate::time::{Tick, seconds};

/// Weekly hours of those who are paid by the duty.
fn by_the_duty(scenario: &Scenario, team: &Team) -> f64 {
    let hours = |h: &Heads| {
        let contract = &scenario.contracts[h.contract?];
        contract.freelance?;
        Some(f64::from(h.count) * mean_hours(scenario, contract))
    };
    team.heads.iter().filter_map(hours).sum()
}

/// Mean share of a team's places that are filled over the horizon.
fn there(scenario: &Scenario, team: &Team) -> f64 {
    let length = scenario.horizon.length();
    let Some(windows) = window::windows(scenario, team).filter(|w| !w.is_empty()) else {
        return 1.0;
    };
    let filled: Tick = windows.iter().map(|w| w.inside(0, length)).sum();
    filled as f64 / (length as f64 * windows.len() as f64)
}

/// Adds heads, paid time and the shares that sickness and lateness take.
pub fn on_payroll(scenario: &Scenario, team: &Team, positions: Vec<Position>) -> TeamRoster {
    let there = there(scenario, team);
    let heads = there * f64::from(window::places(team));
    let weekly = weekly_hours(scenario, team) * there;
    let weeks = scenario.horizon.weeks();
    let sum =
        |f: fn(&Duty) -> f64| -> f64 { positions.iter().flat_map(|p| &p.duties).map(f).sum() };
    let at_work_s = sum(Duty::paid_s);
    let elapsed_s = sum(|d| seconds(d.end - d.start));
    // Lateness is a share of paid time; a duty loses it from its whole length.
    let paid_part = if elapsed_s > 0.0 {
        at_work_s / elapsed_s
    } else {
        1.0
    };
    TeamRoster {
        positions,
        heads,
        fte: weekly / FTE_HOURS,
        // A roster of bare agents, without a payroll, is paid for the time it asks for.
        paid_s: if heads > 0.0 {
            (weekly - by_the_duty(scenario, team)) * weeks * 3600.0
        } else {
            at_work_s
        },
        sick: offs::sick(&team.shrinkage),
        sick_spell: team.shrinkage.sick_spell_days.max(1.0),
        late: offs::late(&team.shrinkage) * paid_part,
        later: Vec::new(),
        sickness: None,
        terms: Vec::new(),
        overtime: None,
        leaving: Vec::new(),
        joining: Vec::new(),
        on_call: Vec::new(),
        people: None,
        leads: Vec::new(),
        names: Vec::new(),
    }
}
