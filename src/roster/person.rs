//! One head being rostered: hours owed, days worked, rest.

use super::calendar::{Span, saturday};
use super::offs::planned_head_start;
use super::tour::{Limits, MOST_DAYS};
use super::types::Position;
use super::week::{Slot, legal_slots, paid_hours, usable_slots};
use crate::scenario::model::{Rules, Scenario, Team};
use crate::time::{self, HOUR, Tick};
use jiff::civil::{Date, Weekday};

/// Fractional part of the golden ratio: its multiples spread heads evenly, however many there are.
const GOLDEN: f64 = 0.618_033_988_749_894_9;

/// One head and its accounts.
pub struct Person {
    /// Its duties so far.
    pub position: Position,
    /// Slots it may work all week.
    pub usable: Vec<usize>,
    /// Slots it may work on a day that its slot of the week does not know, such as a shorter Saturday.
    pub legal: Vec<usize>,
    /// Paid hours of every slot.
    pub paid: Vec<f64>,
    /// Paid hours owed and not yet worked.
    pub hours: f64,
    /// Planned work off queue owed, seconds.
    pub planned_s: f64,
    /// First duty of the week being filled.
    pub new_duties: usize,
    /// Rules of its contract.
    pub rules: Option<Rules>,
    /// Weekends worked, and the Saturday of the last.
    weekends: (u32, Option<Date>),
    phase: f64,
    rest: Tick,
    days_per_week: u32,
    in_a_row: u32,
    run: u32,
    last: Option<(Date, Tick)>,
}

/// Everybody on a team's payroll; a vendor's people work full-time weeks of five days with a night's rest.
pub fn people(scenario: &Scenario, team: &Team, slots: &[Slot]) -> Vec<Person> {
    let paid: Vec<f64> = slots
        .iter()
        .map(|s| paid_hours(&scenario.shifts[s.template], s.length_min))
        .collect();
    let mut people: Vec<Person> = Vec::new();
    let stated: u32 = team.heads.iter().map(|h| h.count).sum();
    let more = super::window::places(team) - stated;
    let last = team.heads.len().saturating_sub(1);
    for (entry, heads) in team.heads.iter().enumerate() {
        // Heads that are still to go work under the last of the team's contracts.
        let count = heads.count + if entry == last { more } else { 0 };
        let contract = heads.contract.map(|c| &scenario.contracts[c]);
        let usable = usable_slots(scenario, contract, slots);
        let legal = legal_slots(scenario, contract, slots);
        let longest = usable.iter().map(|&i| paid[i]).fold(0.0, f64::max);
        for number in 0..count {
            let phase = phase(number);
            people.push(Person {
                position: Position {
                    contract: heads.contract,
                    duties: Vec::new(),
                },
                usable: usable.clone(),
                legal: legal.clone(),
                paid: paid.clone(),
                // Leave and odd hours make whole shifts at different times for different heads.
                hours: phase * longest,
                planned_s: planned_head_start(phase),
                new_duties: 0,
                rules: contract.map(|c| c.rules.clone()),
                weekends: (0, None),
                phase,
                rest: contract.map_or(11 * HOUR, |c| time::ticks(c.rules.rest_s)),
                days_per_week: contract.map_or(5, |c| c.rules.days_per_week),
                in_a_row: contract.map_or(6, |c| c.rules.days_in_a_row),
                run: 0,
                last: None,
            });
        }
    }
    people
}

/// A number in [-0.5, 0.5) of a head's own, evenly spread over any run of heads.
pub fn phase(number: u32) -> f64 {
    (f64::from(number) * GOLDEN).fract() - 0.5
}

/// Share of a week's paid hours that may be worked: partial weeks and the site's holidays on weekdays count less.
pub fn part_of_week(scenario: &Scenario, team: &Team, dates: &[Date]) -> f64 {
    let holidays = &scenario.sites[team.site].holidays;
    let weekend = |d: &Date| matches!(d.weekday(), Weekday::Saturday | Weekday::Sunday);
    let off = dates
        .iter()
        .filter(|d| !weekend(d) && holidays.on(**d).is_some())
        .count();
    (dates.len() as f64 / 7.0 - off as f64 / 5.0).max(0.0)
}

impl Person {
    /// A new week of `weekly` paid hours, of which `part` is worked.
    pub fn entitle(&mut self, first: Date, weekly: f64, part: f64, leave: f64) {
        self.new_duties = self.position.duties.len();
        let longest = self
            .usable
            .iter()
            .map(|&i| self.paid[i])
            .fold(0.0, f64::max);
        self.hours += weekly * part * (1.0 - leave);
        // What cannot be worked off (no seats, too few days) is not owed for ever.
        self.hours = self.hours.min(weekly + 2.0 * longest);
        let yesterday = self.last.and_then(|(date, _)| date.tomorrow().ok());
        if yesterday != Some(first) {
            self.run = 0;
        }
    }

    /// What bounds a week of shifts of `paid` hours: their number is the hours owed, rounded.
    pub fn limits(&self, paid: f64) -> Limits {
        let shifts = ((self.hours + 0.5 * paid) / paid.max(1e-9) + 1e-9).floor();
        Limits {
            days: shifts.clamp(0.0, f64::from(self.days_per_week)) as usize,
            in_a_row: self.in_a_row,
            run: self.run,
            rest: self.rest,
            rested_from: self.last.map_or(0, |(_, end)| end),
        }
    }

    /// Which of some dates may be worked, in order, where weekends are bounded; `saturdays` are those of the horizon.
    ///
    /// Each of the weekends so far adds its share of one to what may be worked; heads begin with different parts of one,
    /// so that they take turns.
    pub fn weekends_free(&self, dates: &[Date], saturdays: &[Date]) -> [bool; MOST_DAYS] {
        let mut free = [true; MOST_DAYS];
        let share = self.rules.as_ref().map_or(1.0, |r| r.weekend_share);
        if share >= 1.0 {
            return free;
        }
        let (mut worked, mut last) = self.weekends;
        for (day, date) in free.iter_mut().zip(dates) {
            let weekend = saturday(*date);
            let Some(number) = saturdays.iter().position(|s| Some(*s) == weekend) else {
                continue;
            };
            if weekend != last {
                let may = (share * (number + 1) as f64 + self.phase + 0.5).floor();
                *day = f64::from(worked) + 1.0 <= may;
                if *day {
                    (worked, last) = (worked + 1, weekend);
                }
            }
        }
        free
    }

    /// Counts a weekend of the horizon on which it works.
    pub fn count_weekend(&mut self, date: Date, saturdays: &[Date]) {
        let weekend = saturday(date).filter(|s| saturdays.contains(s));
        if weekend.is_some() && weekend != self.weekends.1 {
            self.weekends = (self.weekends.0 + 1, weekend);
        }
    }

    /// Works a duty of `paid` hours.
    pub fn work(&mut self, date: Date, span: &Span, paid: f64) {
        let consecutive = self
            .last
            .is_some_and(|(last, _)| last.tomorrow().is_ok_and(|next| next == date));
        self.run = if consecutive { self.run + 1 } else { 1 };
        self.last = Some((date, span.end));
        self.hours -= paid;
    }
}
