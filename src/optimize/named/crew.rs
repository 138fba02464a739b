//! The people shifts are handed out to, what each is owed, and whether somebody may take a shift.

use super::slot::Slot;
use crate::roster::{dates, mean_hours};
use crate::scenario::model::{Named, Person, Rules, Scenario};
use crate::time::ticks;
use jiff::civil::{Date, Weekday};
use serde::Serialize;

/// Share of the horizon from which on somebody is there enough to be counted when burdens are compared.
const THERE: f64 = 0.2;

/// Somebody to work shifts.
#[derive(Debug, Clone)]
pub struct Member<'a> {
    /// Name; of those the plan adds, a number.
    pub name: String,
    /// As named; `None`: still to be hired.
    pub person: Option<&'a Person>,
    /// Contract (index).
    pub contract: Option<usize>,
    /// Its rules.
    pub rules: Option<&'a Rules>,
    /// Hours of the contract over the horizon.
    pub owed_h: f64,
    /// Most hours over the horizon.
    pub most_h: f64,
    /// Hours a day of absence or holiday counts.
    pub day_h: f64,
    /// Share of the horizon's days without absence.
    pub there: f64,
}

/// Why somebody cannot take a shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Absent on its day.
    Absent,
    /// Cannot do all of its work.
    Skills,
    /// Works another shift on that day.
    AtWork,
    /// Too little rest before or after.
    Rest,
    /// Too many days in a row.
    DaysInARow,
    /// Too many days in the week.
    DaysPerWeek,
    /// Starts too far from others of the week.
    Starts,
    /// Too many weekends.
    Weekends,
    /// The contract's hours are worked.
    Hours,
}

impl Why {
    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Skills => "cannot do all of its work",
            Self::AtWork => "at work on another shift",
            Self::Rest => "too little rest",
            Self::DaysInARow => "too many days in a row",
            Self::DaysPerWeek => "enough days in that week",
            Self::Starts => "starts at other hours in that week",
            Self::Weekends => "enough weekends",
            Self::Hours => "hours of the contract are worked",
        }
    }
}

/// A team's people: those named, and as many more as the plan's heads ask for.
pub fn crew<'a>(
    scenario: &'a Scenario,
    teams: &[usize],
    named: &'a Named,
    slots: &[Slot],
) -> Vec<Member<'a>> {
    let first = &scenario.teams[teams[0]];
    let mut out = Vec::new();
    for (h, heads) in first.heads.iter().enumerate() {
        let member = |name: String, person: Option<&'a Person>| {
            member(scenario, teams[0], heads.contract, slots, name, person)
        };
        let known = named.people.iter().filter(|p| p.contract == heads.contract);
        let known: Vec<&Person> = known.collect();
        out.extend(known.iter().map(|p| member(p.name.clone(), Some(*p))));
        let planned: u32 = teams
            .iter()
            .map(|&t| scenario.teams[t].heads[h].count)
            .sum();
        let contract = heads
            .contract
            .map_or("person", |c| scenario.contracts[c].name.as_str());
        out.extend(
            (1..=planned.saturating_sub(known.len() as u32))
                .map(|n| member(format!("new {contract} {n}"), None)),
        );
    }
    out
}

fn member<'a>(
    scenario: &'a Scenario,
    team: usize,
    contract: Option<usize>,
    slots: &[Slot],
    name: String,
    person: Option<&'a Person>,
) -> Member<'a> {
    let of = contract.map(|c| &scenario.contracts[c]);
    let weeks = scenario.horizon.weeks();
    let weekly = of.map_or(crate::roster::FTE_HOURS, |c| mean_hours(scenario, c));
    let days: Vec<Date> = dates(scenario, &scenario.teams[team].clock)
        .map(|d| d.0)
        .collect();
    let absent = days
        .iter()
        .filter(|d| person.is_some_and(|p| p.is_absent(**d)));
    let shortest = slots.iter().filter(|s| s.contract == contract);
    let shortest = shortest.map(|s| s.paid_h).fold(f64::INFINITY, f64::min);
    let hours = of.map_or(weekly, |c| c.hours_per_week);
    Member {
        name,
        person,
        contract,
        rules: of.map(|c| &c.rules),
        owed_h: weekly * weeks,
        // Odd hours are carried on: a balance of one shift is no breach.
        most_h: hours * weeks + if shortest.is_finite() { shortest } else { 0.0 },
        day_h: weekly / 5.0,
        there: 1.0 - absent.count() as f64 / days.len().max(1) as f64,
    }
}

impl Member<'_> {
    /// Whether burdens are compared with this one's.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.there >= THERE
    }

    /// Days of absences up to a date that count hours: Monday to Friday.
    pub fn absent_days<'b>(&'b self, days: &'b [Date]) -> impl Iterator<Item = Date> + 'b {
        let away = |d: &Date| self.person.is_some_and(|p| p.is_absent(*d));
        days.iter()
            .copied()
            .filter(move |d| working_day(*d) && away(d))
    }

    /// Whether somebody can ever work a slot: contract, skills, absences.
    #[must_use]
    pub fn cannot(&self, scenario: &Scenario, slot: &Slot) -> Option<Why> {
        let person = self.person?;
        if person.is_absent(slot.date) || person.is_absent(slot.last_date) {
            return Some(Why::Absent);
        }
        let team = &scenario.teams[slot.team];
        let works = scenario.streams.iter().zip(&team.skills);
        let all = works
            .filter(|(_, skill)| skill.is_some())
            .all(|(stream, _)| person.can(stream));
        (!all).then_some(Why::Skills)
    }

    /// Why a slot cannot be added to others, in order of time, that somebody works.
    #[must_use]
    pub fn why_not(
        &self,
        scenario: &Scenario,
        slot: &Slot,
        others: &[&Slot],
        saturdays: u32,
    ) -> Option<Why> {
        if let Some(why) = self.cannot(scenario, slot) {
            return Some(why);
        }
        if others
            .iter()
            .any(|o| o.date == slot.date || (o.start < slot.end && slot.start < o.end))
        {
            return Some(Why::AtWork);
        }
        let rules = self.rules?;
        let rest = ticks(rules.rest_s);
        let near = |o: &&&Slot| o.start < slot.end + rest && slot.start < o.end + rest;
        if others.iter().any(|o| near(&o)) {
            return Some(Why::Rest);
        }
        let works = |date: Date| date == slot.date || others.iter().any(|o| o.date == date);
        let run = |step: fn(Date) -> Result<Date, jiff::Error>| {
            std::iter::successors(step(slot.date).ok(), |d| step(*d).ok())
                .take_while(|d| works(*d))
                .count() as u32
        };
        if 1 + run(Date::yesterday) + run(Date::tomorrow) > rules.days_in_a_row {
            return Some(Why::DaysInARow);
        }
        let week: Vec<&&Slot> = others.iter().filter(|o| o.week == slot.week).collect();
        if week.len() as u32 >= rules.days_per_week {
            return Some(Why::DaysPerWeek);
        }
        if week
            .iter()
            .any(|o| !rules.near(o.clock_min, slot.clock_min))
        {
            return Some(Why::Starts);
        }
        if let Some(saturday) = slot.saturday {
            let mut worked: Vec<Date> = others.iter().filter_map(|o| o.saturday).collect();
            worked.push(saturday);
            worked.sort_unstable();
            worked.dedup();
            if worked.len() as u32 > rules.weekends(saturdays) {
                return Some(Why::Weekends);
            }
        }
        let hours: f64 = others.iter().map(|o| o.paid_h).sum();
        (hours + slot.paid_h > self.most_h + 1e-6).then_some(Why::Hours)
    }
}

/// Monday to Friday: the days a week's hours are counted on.
#[must_use]
pub fn working_day(date: Date) -> bool {
    !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}
