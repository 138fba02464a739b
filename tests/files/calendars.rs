//! Calendars of shifts.

use crate::harness::{SMALL, written};
use crate::tables::rows;
use std::collections::BTreeSet;
use std::fs;

/// A calendar's content lines, unfolded.
fn lines(text: &str) -> Vec<String> {
    assert!(text.ends_with("\r\n") && text.matches('\n').count() == text.matches("\r\n").count());
    assert!(
        text.split("\r\n").all(|line| line.len() <= 75),
        "a line is longer than 75 bytes"
    );
    text.replace("\r\n ", "")
        .split("\r\n")
        .map(str::to_owned)
        .collect()
}

#[test]
fn calendars_hold_every_duty_and_break_in_the_sites_time() {
    let dir = tempfile::tempdir().unwrap();
    // Two weeks across the change to summer time.
    written(
        &[
            "run",
            SMALL,
            "--replications",
            "1",
            "--set",
            "start=2027-03-22",
        ],
        dir.path(),
    );
    let text = fs::read_to_string(dir.path().join("schedule-desk.ics")).unwrap();
    let lines = lines(&text);
    let count = |wanted: &str| lines.iter().filter(|line| *line == wanted).count();
    let table = rows(dir.path(), "schedule.csv", b',');
    assert_eq!(count("BEGIN:VEVENT"), table.len());
    assert_eq!(count("BEGIN:VTIMEZONE"), 1);
    assert_eq!((count("BEGIN:STANDARD"), count("BEGIN:DAYLIGHT")), (1, 1));
    let of = |name: &str| -> Vec<&str> {
        lines
            .iter()
            .filter_map(|line| line.strip_prefix(name))
            .collect()
    };
    let ids: BTreeSet<&str> = of("UID:").into_iter().collect();
    assert_eq!(ids.len(), table.len(), "identifiers are unique");
    // RFC 5545, 3.6.1: what every event has to say, once.
    for event in text.replace("\r\n ", "").split("BEGIN:VEVENT").skip(1) {
        let event = event.split("END:VEVENT").next().unwrap();
        for name in ["UID:", "DTSTAMP:", "DTSTART;", "DTEND;"] {
            let said = event.split("\r\n").filter(|l| l.starts_with(name));
            assert_eq!(said.count(), 1, "{name} in {event}");
        }
    }
    // The same duties under another seed keep their identifiers: calendars are updated, not doubled.
    let again = tempfile::tempdir().unwrap();
    let other = [
        "run",
        SMALL,
        "--replications",
        "1",
        "--seed",
        "7",
        "--set",
        "start=2027-03-22",
    ];
    written(&other, again.path());
    let second = fs::read_to_string(again.path().join("schedule-desk.ics")).unwrap();
    let mut others = self::lines(&second);
    others.retain(|line| line.starts_with("UID:"));
    assert_eq!(
        others,
        lines
            .iter()
            .filter(|l| l.starts_with("UID:"))
            .cloned()
            .collect::<Vec<_>>()
    );
    // Start by start what the table says: the local time, in a zone the file explains.
    let local = |text: &str| text[..19].replace(['-', ':'], "");
    let starts: Vec<String> = of("DTSTART;TZID=Europe/Berlin:")
        .iter()
        .map(|s| (*s).to_owned())
        .collect();
    let expected: Vec<String> = table.iter().map(|row| local(&row["start"])).collect();
    assert_eq!(starts, expected);
    assert!(table.iter().any(|row| row["start"].ends_with("+01:00")));
    assert!(table.iter().any(|row| row["start"].ends_with("+02:00")));
    // The library's own reader takes it, and nesting is right.
    let calendar: icalendar::Calendar = text.parse().unwrap();
    assert_eq!(calendar.events().count(), table.len());
    for required in [
        "VERSION:2.0",
        "CALSCALE:GREGORIAN",
        "BEGIN:VCALENDAR",
        "END:VCALENDAR",
    ] {
        assert_eq!(count(required), 1, "{required}");
    }
}
