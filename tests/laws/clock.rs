//! The clock: days are as long as their zone says.

use crate::organisation::{case, played};
use crate::station::Station;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use proptest::prelude::*;
use staffwright::roster::Duty;
use staffwright::time::{HOUR, MINUTE};

/// Zones whose clocks change by an hour, at midnight or later, north and south; and one that changes by half an hour.
const ZONES: [&str; 8] = [
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "America/Santiago",
    "Australia/Sydney",
    "Africa/Cairo",
    "Asia/Beirut",
    "Australia/Lord_Howe",
];

/// Minutes of a day in a zone.
fn minutes(zone: &str, day: Date) -> i64 {
    let zone = TimeZone::get(zone).unwrap();
    let midnight = |d: Date| {
        staffwright::time::start_of_day(d, &zone)
            .unwrap()
            .as_second()
    };
    (midnight(day.tomorrow().unwrap()) - midnight(day)) / 60
}

/// The days of a year on which a zone's clock changes.
fn changes(zone: &str, year: i16) -> Vec<Date> {
    let days = std::iter::successors(Some(date(year, 1, 1)), |d| d.tomorrow().ok());
    let days = days.take_while(|d| d.year() == year);
    days.filter(|&d| minutes(zone, d) != 1440).collect()
}

fn local(zone: &str, day: Date, length: &str) -> String {
    let text = Station::plain(1).text(0, length);
    let text = text.replace("\"UTC\"", &format!("\"{zone}\""));
    text.replace("start = 2027-01-04", &format!("start = {day}"))
}

proptest! {
    #![proptest_config(crate::law(40, 10))]

    /// An agent who is there all day works 23 hours when summer time begins and 25 when it ends (23.5 and 24.5 on Lord Howe),
    /// intervals are as many, and a shift through the night in which the clocks change is an hour shorter or longer.
    #[test]
    fn days_of_changing_clocks_have_23_and_25_hours(zone in prop::sample::select(&ZONES[..]), year in 2025i16..2032, which in 0usize..2) {
        let days = changes(zone, year);
        prop_assert_eq!(days.len(), 2, "{} {}", zone, year);
        let (day, length) = (days[which], minutes(zone, days[which]));
        let off = (length - 1440).abs();
        prop_assert_eq!(off, if zone == "Australia/Lord_Howe" { 30 } else { 60 });
        let ledger = played(&local(zone, day, "1 day"), 0);
        prop_assert_eq!(ledger.teams[0].scheduled, length as u64 * MINUTE);
        prop_assert_eq!(ledger.interval_count as i64, length / 5);
        // The day before and the day after are ordinary ones.
        for ordinary in [day.yesterday().unwrap(), day.tomorrow().unwrap()] {
            prop_assert_eq!(played(&local(zone, ordinary, "1 day"), 0).teams[0].scheduled, 24 * HOUR);
        }
        // Every night from 22:00 to 06:00.
        let shift = "[shift.night]\nstart = \"22:00\"\nlength = \"8h\"\ndays = \"Mon-Sun\"\n[contract.night]\nhours = \"56h/week\"\npay = { wage = \"EUR 20/h\" }\nrules = \"none\"\ndays_per_week = 7\ndays_in_a_row = 7\n[team.night]\nsite = \"here\"\nheads = { night = 1 }\nskills = \"all\"\nshifts = [\"night\"]\nroster = \"even\"\nshrinkage = \"none\"\n";
        let text = local(zone, day.checked_sub(jiff::Span::new().days(3)).unwrap(), "7 days") + shift;
        let case = case(&text);
        let team = case.scenario.teams.iter().position(|t| t.name == "night").unwrap();
        let duties = case.roster.teams[team].positions.iter().flat_map(|p| &p.duties);
        let whole = |d: &&Duty| d.cut == 0 && d.end < case.scenario.horizon.length();
        let mut lengths: Vec<u64> = duties.filter(whole).map(|d| (d.end - d.start) / MINUTE).collect();
        lengths.sort_unstable();
        lengths.dedup();
        // The night of the change, whichever of the two dates it begins on.
        let odd = (480 + length - 1440) as u64;
        let mut expected = vec![480, odd];
        expected.sort_unstable();
        prop_assert_eq!(lengths, expected);
    }

    /// A flat hourly rate brings contacts by the hours of the day.
    #[test]
    fn contacts_follow_the_hours_of_the_day(zone in prop::sample::select(&ZONES[..]), which in 0usize..2) {
        let day = changes(zone, 2027)[which];
        let expected = |day: Date| {
            let scenario = case(&local(zone, day, "1 day")).scenario;
            staffwright::scenario::arrivals::expected(&scenario, 0).iter().sum::<f64>()
        };
        let hours = minutes(zone, day) as f64 / 60.0;
        prop_assert!((expected(day) - 25_000.0 / 168.0 * hours).abs() < 1e-6);
        // As many come: 3,500 a day, within five standard errors over eight days played.
        let text = local(zone, day, "1 day");
        let offered: u64 = (0..8).map(|r| played(&text, r).streams[0].offered).sum();
        let mean = 8.0 * expected(day);
        prop_assert!((offered as f64 - mean).abs() < 5.0 * mean.sqrt(), "{} {}", offered, mean);
    }
}
