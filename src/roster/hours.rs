//! What became of the paid hours: heads are not hours.

use super::premium::premium_s;
use super::types::{Duty, Roster};
use crate::scenario::model::Scenario;
use crate::time::seconds;

/// Hours of one team over the horizon, as planned.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct TeamHours {
    /// People on the payroll.
    pub heads: f64,
    /// Their full-time equivalents.
    pub fte: f64,
    /// Paid hours, leave and sickness included.
    pub paid_h: f64,
    /// Paid hours of the duties on the roster: leave is out, sickness is not.
    pub scheduled_h: f64,
    /// Hours on queue, breaks and planned work apart, after the sickness and lateness to be expected.
    pub on_queue_h: f64,
    /// Hours that premiums add to the paid hours, each at its share.
    pub premium_h: f64,
    /// Paid over scheduled hours; `None` where nothing is scheduled.
    pub paid_per_scheduled: Option<f64>,
    /// Scheduled over on-queue hours; `None` where nobody is on queue.
    pub scheduled_per_on_queue: Option<f64>,
}

/// The hours of every team, in the scenario's order.
#[must_use]
pub fn hours(scenario: &Scenario, roster: &Roster) -> Vec<TeamHours> {
    let of_team = |(t, team): (usize, &super::TeamRoster)| {
        let sum = |f: fn(&Duty) -> f64| -> f64 {
            team.positions.iter().flat_map(|p| &p.duties).map(f).sum()
        };
        let scheduled_h = sum(Duty::paid_s) / 3600.0;
        let elapsed_s = sum(|d| seconds(d.end - d.start));
        let on_queue_s = sum(|d| seconds(d.on_queue()));
        // A late start takes its share of the whole duty from the time on queue.
        let on_queue_h = if team.later.is_empty() {
            (1.0 - team.sick) * (on_queue_s - team.late * elapsed_s).max(0.0) / 3600.0
        } else {
            let left = |d: &Duty| {
                let lost = team.absences(d.start);
                let on_time = seconds(d.on_queue()) - lost.late * seconds(d.end - d.start);
                (1.0 - lost.sick) * on_time.max(0.0) / 3600.0
            };
            team.positions
                .iter()
                .flat_map(|p| &p.duties)
                .map(left)
                .sum()
        };
        let ratio = |a: f64, b: f64| (b > 0.0).then(|| a / b);
        let paid_h = team.paid_s / 3600.0;
        TeamHours {
            heads: team.heads,
            fte: team.fte,
            paid_h,
            scheduled_h,
            on_queue_h,
            premium_h: premium_s(scenario, t, team) / 3600.0,
            paid_per_scheduled: ratio(paid_h, scheduled_h),
            scheduled_per_on_queue: ratio(scheduled_h, on_queue_h),
        }
    };
    roster.teams.iter().enumerate().map(of_team).collect()
}
