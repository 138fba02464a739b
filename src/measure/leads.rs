//! Leads counted by people on duty: hour by hour `ceil(on duty / span)` of them.

use crate::roster::{FTE_HOURS, Roster, lead_s, presence};
use crate::scenario::model::Scenario;
use crate::time::Tick;

/// Weeks of an average month.
const WEEKS: f64 = 365.2425 / 7.0 / 12.0;

/// Money for a team's leads over the counted part of the horizon, where they are counted by people on duty and are not
/// people who come and go; else nought.
///
/// A lead's hour is the salary over `40 h/week`; for every hour on duty `1 / (1 - leave - sick)` hours are paid, with the
/// team's own shares.
pub fn by_staffed_hour(scenario: &Scenario, roster: &Roster, team: usize, from: Tick) -> f64 {
    let t = &scenario.teams[team];
    // The skill groups of a team share its leads, who are booked with the first.
    let Some(lead) = t.lead.filter(|l| l.by_staffed_hour && t.unit == team) else {
        return 0.0;
    };
    let groups = scenario.members(team);
    let positions = groups.flat_map(|g| &roster.teams[g].positions);
    let hours = lead_s(&lead, positions, from) / 3600.0;
    hours / presence(t) * lead.per_month / (FTE_HOURS * WEEKS)
}
