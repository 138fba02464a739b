//! Civil dates of a horizon on a team's clock, and shifts laid on them.

use crate::scenario::model::{Scenario, ShiftTemplate, Team};
use crate::time::{self, Tick};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;

/// Local dates of the horizon in a zone and the week of the horizon (from 1) each lies in.
///
/// Weeks are blocks of seven dates from the first.
pub fn dates(scenario: &Scenario, zone: &TimeZone) -> impl Iterator<Item = (Date, u32)> {
    let horizon = &scenario.horizon;
    let first = horizon.zoned_in(0, zone).date();
    let last = horizon
        .zoned_in(horizon.length().saturating_sub(1), zone)
        .date();
    let day = move |i: i32| first.checked_add(i.days()).ok();
    (0..)
        .map_while(day)
        .take_while(move |d| *d <= last)
        .zip(0..)
        .map(|(date, i)| (date, i / 7 + 1))
}

/// The date before the first: shifts that begin on it may reach into the horizon.
pub fn eve(scenario: &Scenario, zone: &TimeZone) -> Option<Date> {
    scenario.horizon.zoned_in(0, zone).date().yesterday().ok()
}

/// A shift on a date, in ticks, cut to the horizon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Start.
    pub start: Tick,
    /// End.
    pub end: Tick,
    /// Ticks of the shift that lie before the horizon.
    pub cut: Tick,
}

/// Lays `[from, from + length)` local minutes of a date on the horizon; `None` when nothing of it is left.
///
/// Both ends go by the clock on the wall: a shift through the night in which the clocks change is an hour shorter or
/// longer.
pub fn lay(
    scenario: &Scenario,
    zone: &TimeZone,
    date: Date,
    from: u32,
    length: u32,
) -> Option<Span> {
    let horizon = &scenario.horizon;
    let (first, last) = (
        time::instant(date, from, zone)?,
        time::instant(date, from + length, zone)?,
    );
    let (start, end) = (
        horizon.tick_of_clamped(first),
        horizon.tick_of_clamped(last),
    );
    let before = horizon.start().as_microsecond() - first.as_microsecond();
    (start < end).then_some(Span {
        start,
        end,
        cut: Tick::try_from(before).unwrap_or(0),
    })
}

/// Whether a template may start on a date: never on the site's holidays, else on its own days, or where it names none
/// on the open days of a channel the team serves.
#[must_use]
pub fn works_on(scenario: &Scenario, team: &Team, shift: &ShiftTemplate, date: Date) -> bool {
    if scenario.sites[team.site].holidays.on(date).is_some() {
        return false;
    }
    if !shift.days.is_empty() {
        return shift.days.contains(&date.weekday());
    }
    served(scenario, team).any(|c| {
        let channel = scenario.channel_on(c, date);
        channel.open.of(date.weekday()).next().is_some()
    })
}

/// Channels with a stream the team has the skill for.
pub fn served<'a>(scenario: &'a Scenario, team: &'a Team) -> impl Iterator<Item = usize> + 'a {
    (0..scenario.channels.len()).filter(move |&c| {
        let mut streams = team.skills.iter().zip(&scenario.streams);
        streams.any(|(skill, s)| skill.is_some() && s.channel == c)
    })
}

/// Whether a day is a Saturday or Sunday.
#[must_use]
pub fn weekend(day: Weekday) -> bool {
    matches!(day, Weekday::Saturday | Weekday::Sunday)
}

/// The Saturday of the weekend on which a date lies, if it does.
#[must_use]
pub fn saturday(date: Date) -> Option<Date> {
    match date.weekday() {
        Weekday::Saturday => Some(date),
        Weekday::Sunday => date.yesterday().ok(),
        _ => None,
    }
}

/// Saturdays of the weekends that lie in the horizon, at least by one of their days.
pub fn saturdays(scenario: &Scenario, zone: &TimeZone) -> Vec<Date> {
    let mut found: Vec<Date> = dates(scenario, zone)
        .filter_map(|(date, _)| saturday(date))
        .collect();
    found.dedup();
    found
}
