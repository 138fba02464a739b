//! A team's shifts as an iCalendar file (RFC 5545): an event per duty and per break, in the site's own time.
//!
//! Identifiers are made of scenario, team, position and start, so that a plan imported again replaces itself. Nothing
//! is taken from the clock: time stamps are the horizon's start.

use super::schedule::{Planned, duties, off_words};
use super::zone::{property, vtimezone};
use super::{File, Part, file_word};
use icalendar::parser::{Calendar, Component, Parameter, Property};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// One file per team that works any shift, and one for each of its people by name.
pub fn calendars(parts: &[Part<'_>]) -> Vec<File> {
    let mut files: Vec<File> = Vec::new();
    for part in parts {
        for team in 0..part.case.scenario.teams.len() {
            let word = file_word(&part.case.scenario.teams[team].name);
            let stem = match parts {
                [_] => format!("schedule-{word}"),
                _ => format!("schedule-{}-{word}", file_word(&part.outcome.scenario)),
            };
            // One for the team, and one for each whom the roster names.
            let names = &part.case.roster.teams[team].names;
            let people = names
                .iter()
                .map(|name| (format!("{stem}-{}", file_word(name)), Some(name.as_str())));
            for (stem, person) in std::iter::once((stem.clone(), None)).chain(people) {
                let Some(calendar) = calendar(part, team, person) else {
                    continue;
                };
                // Two names may look the same without their signs.
                let numbered = (2..).map(|n| format!("{stem}-{n}.ics"));
                let names = std::iter::once(format!("{stem}.ics")).chain(numbered);
                let free = names
                    .into_iter()
                    .find(|name| files.iter().all(|f| f.name != *name));
                files.push(File {
                    name: free.unwrap_or_default(),
                    bytes: calendar.to_string().into_bytes(),
                });
            }
        }
    }
    files
}

/// The calendar of a team, or of one of its people; `None` where nobody works.
fn calendar(part: &Part<'_>, team: usize, person: Option<&str>) -> Option<Calendar<'static>> {
    let Part { case, outcome } = part;
    let scenario = &case.scenario;
    let whose = |planned: &Planned<'_>| person.is_none() || planned.person == person;
    let last = duties(case, team)
        .filter(whose)
        .map(|planned| planned.duty.end)
        .max()?;
    let horizon = &scenario.horizon;
    let team_of = &scenario.teams[team];
    let site = &scenario.sites[team_of.site];
    let zone = vtimezone(&site.zone, horizon.start(), horizon.timestamp_of(last));
    let writer = Writer {
        scenario: &outcome.scenario,
        stamp: utc(horizon.start()),
        place: &site.name,
        named: zone.is_some(),
    };
    let mut components: Vec<Component<'static>> = zone.into_iter().collect();
    components.extend(
        duties(case, team)
            .filter(whose)
            .flat_map(|planned| writer.events(&planned)),
    );
    let name = format!("{} ({})", person.unwrap_or(&team_of.name), outcome.scenario);
    Some(Calendar {
        properties: vec![
            property("VERSION", "2.0".to_owned()),
            property(
                "PRODID",
                format!("-//staffwright//{}//EN", env!("CARGO_PKG_VERSION")),
            ),
            property("CALSCALE", "GREGORIAN".to_owned()),
            property("METHOD", "PUBLISH".to_owned()),
            property("NAME", escaped(&name)),
            property("X-WR-CALNAME", escaped(&name)),
        ],
        components,
    })
}

/// What the events of a team have in common.
struct Writer<'a> {
    scenario: &'a str,
    stamp: String,
    place: &'a str,
    /// Whether the file holds the rules of the site's zone.
    named: bool,
}

impl Writer<'_> {
    /// A duty and its breaks.
    fn events(&self, planned: &Planned<'_>) -> Vec<Component<'static>> {
        let duty = planned.duty;
        let who = planned.name();
        let start = utc(planned.at(duty.start));
        let id = format!("{}/{who}/{start}", self.scenario);
        let contract = match planned.contract {
            "" => String::new(),
            contract => format!(" ({contract})"),
        };
        let span = (planned.at(duty.start), planned.at(duty.end));
        let shift = self.event(&id, &format!("{who}: shift{contract}"), span, planned.zone);
        let offs = duty.offs.iter().enumerate().map(|(i, off)| {
            let span = (planned.at(off.start), planned.at(off.end));
            let what = format!("{who}: {}", off_words(off.kind).1);
            self.event(&format!("{id}/{}", i + 1), &what, span, planned.zone)
        });
        std::iter::once(shift).chain(offs).collect()
    }

    fn event(
        &self,
        id: &str,
        summary: &str,
        (start, end): (Timestamp, Timestamp),
        zone: &TimeZone,
    ) -> Component<'static> {
        let zone = Some(zone).filter(|_| self.named);
        Component {
            name: "VEVENT".into(),
            properties: vec![
                property("UID", escaped(&format!("{id}@staffwright"))),
                property("DTSTAMP", self.stamp.clone()),
                moment("DTSTART", start, zone),
                moment("DTEND", end, zone),
                property("SUMMARY", escaped(summary)),
                property("LOCATION", escaped(self.place)),
                property("TRANSP", "OPAQUE".to_owned()),
            ],
            components: Vec::new(),
        }
    }
}

/// An instant as local time with its zone; in UTC where the local time comes twice, as in the hour after the clock is
/// put back.
fn moment(name: &'static str, at: Timestamp, zone: Option<&TimeZone>) -> Property<'static> {
    let local = zone.and_then(|zone| {
        let local = zone.to_datetime(at);
        let once = zone.to_ambiguous_zoned_datetime(local);
        let named = zone.iana_name().filter(|_| !once.is_ambiguous())?;
        Some((local.strftime("%Y%m%dT%H%M%S").to_string(), named))
    });
    match local {
        Some((text, zone)) => Property {
            params: vec![Parameter {
                key: "TZID".into(),
                val: Some(zone.to_owned().into()),
            }],
            ..property(name, text)
        },
        None => property(name, utc(at)),
    }
}

fn utc(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// A text as RFC 5545 section 3.3.11 wants it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_that_comes_twice_is_written_in_utc() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        let at = |text: &str| moment("DTSTART", text.parse().unwrap(), Some(&berlin)).to_string();
        assert_eq!(
            at("2027-10-31T00:30:00Z").trim_end(),
            "DTSTART:20271031T003000Z"
        );
        assert_eq!(
            at("2027-10-31T01:30:00Z").trim_end(),
            "DTSTART:20271031T013000Z"
        );
        assert_eq!(
            at("2027-10-31T02:30:00Z").trim_end(),
            "DTSTART;TZID=Europe/Berlin:20271031T033000"
        );
    }

    #[test]
    fn texts_keep_their_signs() {
        assert_eq!(escaped("a, b; c\\d\ne"), "a\\, b\\; c\\\\d\\ne");
    }
}
