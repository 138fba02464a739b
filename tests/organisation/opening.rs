//! Opening hours that change on a date.

use super::case::{Changes, own, play};
use jiff::civil::{Date, Weekday, date};
use staffwright::experiment::Case;
use staffwright::time::HOUR;

/// Four weeks over which the clocks change, on 28 March; customers try at every hour of the week alike.
const LINE: Changes<'_> = &[
    ("2027-02-01", "2027-03-15"),
    ("10 weeks", "4 weeks"),
    (
        "busyness = \"none\"",
        "busyness = \"none\"\nprofile = \"always.csv\"",
    ),
    (
        "resolved = \"80%\", returns = \"20%\"",
        "resolved = \"100%\"",
    ),
    (
        "redial = \"none\"",
        "redial = \"none\"\nclosed = { lost = \"100%\" }",
    ),
    (
        "start = { from = \"08:00\", to = \"10:00\", step = \"1h\" }",
        "start = { from = \"07:00\", to = \"12:00\", step = \"1h\" }",
    ),
];

const CHANGE: Date = date(2027, 3, 22);

fn line(open: &str, from: Option<&str>) -> Case {
    let later = from.map_or(String::new(), |open| {
        format!("[[from]]\ndate = {CHANGE}\nset = {{ channel.phone.open = \"{open}\" }}\n")
    });
    let tables = format!("{later}[shift.day]");
    let open = format!("open = \"{open}\"");
    let mut changes = LINE.to_vec();
    changes.push(("open = \"Mon-Fri 08:00-18:00\"", &open));
    changes.push(("[shift.day]", &tables));
    own(&changes)
}

const TODAY: &str = "Mon-Fri 08:00-18:00";
const LONGER: &str = "Mon-Fri 07:00-20:00, Sat 09:00-13:00";

/// Whether a call may come in at a full hour, as one would read both lines of hours.
fn open(day: Date, hour: i8) -> bool {
    match (day < CHANGE, day.weekday()) {
        (_, Weekday::Sunday) | (true, Weekday::Saturday) => false,
        (true, _) => (8..18).contains(&hour),
        (false, Weekday::Saturday) => (9..13).contains(&hour),
        (false, _) => (7..20).contains(&hour),
    }
}

#[test]
fn calls_come_in_at_the_hours_of_the_date() {
    let case = line(TODAY, Some(LONGER));
    let horizon = &case.scenario.horizon;
    let mut hours = std::collections::BTreeSet::new();
    let (mut let_in, mut turned_away) = (0u64, 0u64);
    for replication in 0..4 {
        let ledger = play(&case, replication);
        turned_away += ledger.streams[0].turned_away;
        for (i, sums) in ledger.intervals.iter().enumerate() {
            let at = horizon.zoned(i as u64 * horizon.interval());
            if sums.offered > 0 {
                assert!(open(at.date(), at.hour()), "{} calls at {at}", sums.offered);
                hours.insert((
                    at.date() < CHANGE,
                    at.weekday().to_monday_zero_offset(),
                    at.hour(),
                ));
                let_in += sums.offered;
            }
        }
    }
    // Every hour of both lines was used, and no other.
    assert_eq!(hours.len(), 5 * 10 + 5 * 13 + 4);
    // 50 hours of one week and 69 of each of three; all others are turned away, of an hour less on 28 March.
    let per_hour = 4.0 * 1_500.0 / 168.0;
    for (count, hours) in [(let_in, 50 + 3 * 69), (turned_away, 118 + 3 * 99 - 1)] {
        let mean = per_hour * f64::from(hours);
        assert!(
            (count as f64 - mean).abs() < 4.0 * mean.sqrt(),
            "{count} are not {mean}"
        );
    }
}

#[test]
fn people_work_on_the_days_that_join() {
    let case = line(TODAY, Some(LONGER));
    let horizon = &case.scenario.horizon;
    let positions = case.roster.teams[0].positions.iter();
    let duties: Vec<_> = positions.flat_map(|p| &p.duties).collect();
    let saturdays = |after: bool| {
        let on = |start: u64| horizon.zoned(start);
        let these = duties.iter().map(|d| on(d.start));
        let these = these.filter(|at| at.weekday() == Weekday::Saturday);
        these.filter(|at| (at.date() >= CHANGE) == after).count()
    };
    assert_eq!(saturdays(false), 0);
    assert!(saturdays(true) >= 3);
    // Each opening is at its hour of our clock, the summer's too.
    let phone = case.scenario.opening(0, horizon.length());
    for &(from, to) in phone.spans() {
        let (from, length) = (horizon.zoned(from), (to - from) / HOUR);
        let as_written = match (from.date() < CHANGE, from.weekday()) {
            (true, _) => (8, 10),
            (false, Weekday::Saturday) => (9, 4),
            (false, _) => (7, 13),
        };
        assert_eq!((from.hour(), length), as_written);
    }
}

#[test]
fn hours_that_are_repeated_on_a_date_change_nothing() {
    let (plain, repeated) = (line(TODAY, None), line(TODAY, Some(TODAY)));
    assert!(plain.scenario.eras.is_empty() && repeated.scenario.eras.len() == 1);
    assert_eq!(
        format!("{:?}", plain.roster),
        format!("{:?}", repeated.roster)
    );
    let told = |case: &Case| format!("{:?}", play(case, 0));
    assert_eq!(told(&plain), told(&repeated));
}

#[test]
fn the_last_evening_ends_as_it_did() {
    let case = line("Mon-Sun 08:00-02:00", Some("Mon-Sun 10:00-20:00"));
    let horizon = &case.scenario.horizon;
    let open = case.scenario.opening(0, horizon.length());
    let night = case.scenario.eras[0].from;
    let last = open.spans().iter().rfind(|s| s.0 < night).unwrap();
    assert_eq!((night - last.0, last.1 - night), (16 * HOUR, 2 * HOUR));
    assert_eq!(open.next_open(last.1), night + 10 * HOUR);
}
