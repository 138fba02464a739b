//! Leads: hours of them counted by people on duty, posts, and who deputises.

use super::types::{Position, Roster};
use super::{FTE_HOURS, weekly_hours};
use crate::scenario::model::{Deputise, Lead, Scenario, Team};
use crate::time::{Tick, seconds};

/// Seconds of leads on duty from a tick on: at any time `ceil(on duty / span)` of them.
#[must_use]
pub fn lead_s<'a>(lead: &Lead, positions: impl Iterator<Item = &'a Position>, from: Tick) -> f64 {
    let (mut lead_s, mut leads, mut last) = (0.0, 0, from);
    for (at, next) in levels(lead, positions, from) {
        lead_s += seconds(at - last) * f64::from(leads);
        (leads, last) = (next, at);
    }
    lead_s
}

/// Leads on duty from each of some ticks on, in order; the last says that nobody is.
pub fn levels<'a>(
    lead: &Lead,
    positions: impl Iterator<Item = &'a Position>,
    from: Tick,
) -> Vec<(Tick, u32)> {
    // Changes of the number on duty, in order.
    let mut changes: Vec<(Tick, i64)> = positions
        .flat_map(|p| &p.duties)
        .flat_map(|d| [(d.start.max(from), 1), (d.end.max(from), -1)])
        .collect();
    changes.sort_unstable();
    let mut on_duty = 0;
    let mut levels: Vec<(Tick, u32)> = Vec::new();
    for (at, change) in changes {
        on_duty += change;
        let leads = (on_duty as f64 / lead.span).ceil() as u32;
        match levels.last_mut() {
            Some(last) if last.0 == at => last.1 = leads,
            _ => levels.push((at, leads)),
        }
    }
    levels
}

/// Part of paid time that people of a team are there, leave and sickness apart.
#[must_use]
pub fn presence(team: &Team) -> f64 {
    (1.0 - team.shrinkage.leave - team.shrinkage.sick).max(1e-9)
}

/// Leads of some teams (indexes) who are there at once, about, when everybody is at work.
pub fn expected(scenario: &Scenario, led: &[usize]) -> f64 {
    let leads = |&unit: &usize| {
        let span = scenario.teams[unit].lead.map_or(f64::INFINITY, |l| l.span);
        let heads = scenario.members(unit).map(|t| {
            let heads = scenario.teams[t].heads.iter().map(|h| f64::from(h.count));
            heads.sum::<f64>() * scenario.teams[t].shrinkage.on_queue_share()
        });
        heads.sum::<f64>() / span
    };
    led.iter().map(leads).sum()
}

/// Posts of leads: `ceil(heads / span)`, or where they are counted by people on duty as many full-timers as their hours
/// take, paid ones included.
///
/// The skill groups of a team share its leads, whose posts are the first group's.
pub fn posts(scenario: &Scenario, roster: &Roster, index: usize, lead: &Lead) -> u32 {
    let team = &scenario.teams[index];
    if team.unit != index {
        return 0;
    }
    let groups = || scenario.members(index).map(|t| &roster.teams[t]);
    if !lead.by_staffed_hour {
        let heads: f64 = groups().map(|g| g.heads).sum();
        return (heads / lead.span).ceil() as u32;
    }
    let positions = groups().flat_map(|g| &g.positions);
    let hours = lead_s(lead, positions, 0) / 3600.0 / presence(team);
    let a_week = hours / scenario.horizon.weeks();
    let mut members = scenario.members(index);
    if members.any(|t| weekly_hours(scenario, &scenario.teams[t]) > 0.0) {
        (a_week / FTE_HOURS).ceil() as u32
    } else {
        0
    }
}

/// Leads who take over each other's spans.
#[derive(Debug, Clone, PartialEq)]
pub struct Deputies {
    /// Teams whose posts are filled and fall vacant.
    pub teams: Vec<usize>,
    /// Leads of other teams, who are always there.
    pub others: f64,
    /// The team's own leads.
    pub lead: Lead,
}

impl Deputies {
    /// Factor on the span of each who is there, `filled` of `posts` posts in all. Where nobody leads, somebody does in half
    /// of their time (*judgement*).
    #[must_use]
    pub fn stretch(&self, posts: f64, filled: f64) -> f64 {
        (posts + self.others) / (filled + self.others).max(0.5)
    }
}

/// What a contact teaches under a stretched span, against the team's own span.
#[must_use]
pub fn pace(lead: &Lead, stretch: f64) -> f64 {
    guided(lead, lead.span) / guided(lead, lead.span * stretch)
}

/// Factor on the contacts that learning takes, by the span of those who lead.
pub fn guided(lead: &Lead, span: f64) -> f64 {
    (1.0 + lead.slower * (span - lead.usual)).max(0.1)
}

/// Whose leads deputise for a team's own: of the same employer, at its site, of its tier, or its own alone.
pub fn deputies(scenario: &Scenario, roster: &Roster, team: usize) -> Option<Deputies> {
    let own = &scenario.teams[team];
    let lead = own.lead?;
    let among = lead.promotes?.deputies?;
    let (mut teams, mut others) = (Vec::new(), 0.0);
    for (t, other) in scenario.teams.iter().enumerate() {
        let with = match among {
            Deputise::Team => other.unit == own.unit,
            Deputise::Site => other.site == own.site,
            Deputise::Tier => other.tier == own.tier,
        };
        let Some(leads) = other.lead.filter(|_| with && other.vendor == own.vendor) else {
            continue;
        };
        let placed = &roster.teams[t];
        if placed.people.as_ref().is_some_and(|p| p.leads.is_some()) {
            teams.push(t);
        } else {
            others += placed.heads / leads.span;
        }
    }
    Some(Deputies {
        teams,
        others,
        lead,
    })
}
