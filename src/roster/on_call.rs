//! Turns of being on call, laid out in ticks.

use super::calendar::{dates, eve, lay};
use crate::scenario::model::{Scenario, Team};
use crate::time::{Tick, ticks};

/// A place on call, filled by one person at a time.
#[derive(Debug, Clone, PartialEq)]
pub struct OnCallPlace {
    /// From when to when somebody is reachable, in order.
    pub turns: Vec<(Tick, Tick)>,
    /// Money per second of being reachable.
    pub standby_per_s: f64,
    /// Money per hour of a call.
    pub per_hour: f64,
    /// From a call to the begin of work.
    pub responds: Tick,
    /// Paid at least for each call.
    pub at_least: Tick,
    /// Waiting contacts for each who is there already, above which one more is called; `None`: only when nobody of the
    /// team is on queue.
    pub queue: Option<u32>,
}

/// The places on call of a team: every day of the week that the shift names (every day where it names none), holidays
/// included, while its site is there.
pub fn places(scenario: &Scenario, index: usize) -> Vec<OnCallPlace> {
    let team = &scenario.teams[index];
    let mut places = Vec::new();
    for on_call in &team.on_call {
        let shift = &scenario.shifts[on_call.shift];
        let Some(terms) = shift.on_call else { continue };
        let place = OnCallPlace {
            turns: turns(scenario, team, on_call.shift),
            standby_per_s: terms.standby_per_s,
            per_hour: terms
                .per_hour
                .unwrap_or_else(|| scenario.hourly_pay(index).0),
            responds: ticks(terms.responds_s),
            at_least: ticks(terms.at_least_s),
            queue: on_call.queue,
        };
        places.extend(std::iter::repeat_n(place, on_call.heads as usize));
    }
    places
}

fn turns(scenario: &Scenario, team: &Team, shift: usize) -> Vec<(Tick, Tick)> {
    let shift = &scenario.shifts[shift];
    let (Some(&start), Some(&length)) = (shift.starts_min.first(), shift.lengths_min.first())
    else {
        return Vec::new();
    };
    let site = &scenario.sites[team.site];
    let (opens, closes) = (ticks(site.lead_time_s), site.closes.unwrap_or(Tick::MAX));
    let days = dates(scenario, &team.clock).map(|d| d.0);
    let on =
        |date: &jiff::civil::Date| shift.days.is_empty() || shift.days.contains(&date.weekday());
    eve(scenario, &team.clock)
        .into_iter()
        .chain(days)
        .filter(on)
        .filter_map(|date| lay(scenario, &team.clock, date, start, length))
        .map(|span| (span.start.max(opens), span.end.min(closes)))
        .filter(|(from, to)| from < to)
        .collect()
}
