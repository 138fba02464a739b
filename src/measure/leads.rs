//! Leads counted by people on duty: hour by hour `ceil(on duty / span)` of them.

use crate::roster::{FTE_HOURS, Roster};
use crate::scenario::model::Scenario;
use crate::time::{Tick, seconds};

/// Weeks of an average month.
const WEEKS: f64 = 365.2425 / 7.0 / 12.0;

/// Money for a team's leads over the counted part of the horizon, where they are counted by people on duty; else nought.
///
/// A lead's hour is the salary over `40 h/week`; for every hour on duty `1 / (1 - leave - sick)` hours are paid, with the
/// team's own shares.
pub fn by_staffed_hour(scenario: &Scenario, roster: &Roster, team: usize, from: Tick) -> f64 {
    let t = &scenario.teams[team];
    let Some(lead) = t.lead.filter(|l| l.by_staffed_hour) else {
        return 0.0;
    };
    // Changes of the number on duty, in order.
    let duties = roster.teams[team].positions.iter().flat_map(|p| &p.duties);
    let mut changes: Vec<(Tick, i64)> = duties
        .flat_map(|d| [(d.start.max(from), 1), (d.end.max(from), -1)])
        .collect();
    changes.sort_unstable();
    let (mut lead_s, mut on_duty, mut last) = (0.0, 0i64, from);
    for (at, change) in changes {
        lead_s += seconds(at - last) * (on_duty as f64 / lead.span).ceil();
        on_duty += change;
        last = at;
    }
    let there = (1.0 - t.shrinkage.leave - t.shrinkage.sick).max(1e-9);
    lead_s / 3600.0 / there * lead.per_month / (FTE_HOURS * WEEKS)
}
