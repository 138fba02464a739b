//! Rosters as a whole: rules kept, hours that add up, load followed.
#![allow(clippy::unwrap_used)]

use super::testing::Sketch;
use super::*;
use crate::time::{HOUR, Tick, seconds};
use jiff::civil::{Weekday, date};
use proptest::prelude::*;

const WEEK: Tick = 7 * 24 * HOUR;

fn placed(sketch: &Sketch) -> (Scenario, Roster) {
    let scenario = sketch.scenario();
    let roster = place(&scenario).unwrap();
    (scenario, roster)
}

fn duties(roster: &Roster) -> impl Iterator<Item = &Duty> {
    roster
        .teams
        .iter()
        .flat_map(|t| &t.positions)
        .flat_map(|p| &p.duties)
}

/// People planned to be on queue per planning interval.
fn on_queue(scenario: &Scenario, roster: &Roster) -> Vec<f64> {
    let step = scenario.horizon.interval();
    let mut cover = cover::Cover::new(step, scenario.horizon.intervals());
    for duty in duties(roster) {
        cover.add(duty.start, duty.end, 1.0);
        duty.offs
            .iter()
            .for_each(|o| cover.add(o.start, o.end, -1.0));
    }
    cover.people
}

prop_compose! {
    fn sketches()(
        open in prop::sample::select(vec![
            ("Mon-Fri 08:00-20:00, Sat 09:00-17:00", "{ from = \"07:30\", to = \"11:30\", step = \"30m\" }"),
            ("Mon-Fri 08:00-18:00", "[\"08:00\", \"09:00\"]"),
            ("24/7", "[\"06:00\", \"14:00\", \"22:00\"]"),
            ("24/7", "{ from = \"00:00\", to = \"23:00\", step = \"1h\" }"),
        ]),
        shift_min in prop::sample::select(vec![300u32, 390, 510, 570]),
        contracts in prop::collection::vec(
            (prop::sample::select(vec![40.0, 38.5, 30.0, 25.0, 20.0]), 1u32..9), 1..4),
        rules in prop::sample::select(vec!["de-arbzg", "eu-wtd", "us-none", "none"]),
        // Weeks with Easter, with both changes of the clocks, and plain ones.
        start in prop::sample::select(vec!["2027-01-11", "2027-03-20", "2027-10-24"]),
        length in prop::sample::select(vec!["1 week", "3 weeks", "17 days"]),
        holidays in prop::sample::select(vec!["none", "DE-BE"]),
        seats in prop::option::weighted(0.3, 2u32..8),
        roster in prop::sample::select(vec!["fit", "even"]),
        shrinkage in prop::sample::select(vec![
            "leave = \"0%\", sick = \"0%\"",
            "leave = \"10%\", sick = \"6%\", training = \"3%\", meetings = \"4%\", late = \"1%\"",
        ]),
        other_work in prop::sample::select(vec!["0%", "25%"]),
    ) -> Sketch {
        Sketch {
            open: open.0, starts: open.1, shift_min, contracts, rules, start, length, holidays, seats, roster,
            shrinkage, other_work, ..Sketch::default()
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn nobody_breaks_a_rule(sketch in sketches()) {
        let Some(scenario) = sketch.try_scenario() else { return Ok(()) };
        let roster = place(&scenario).unwrap();
        prop_assert!(duties(&roster).next().is_some() || sketch.seats.is_some());
        // Few seats, or short shifts for long contracts, leave hours without a shift, but no rule is broken.
        let mut found = check(&scenario, &roster);
        found.retain(|v| v.rule != Rule::Idle);
        prop_assert!(found.is_empty(), "{found:#?}");
        prop_assert_eq!(&roster, &place(&scenario).unwrap());
    }
}

#[test]
fn hours_add_up_over_a_year() {
    let sketch = Sketch {
        length: "52 weeks",
        contracts: vec![(40.0, 15), (38.5, 5), (25.0, 6)],
        shrinkage: "leave = \"10%\", sick = \"6%\", training = \"3%\", meetings = \"4%\", late = \"1%\"",
        other_work: "10%",
        ..Sketch::default()
    };
    let (scenario, roster) = placed(&sketch);
    let team = &roster.teams[0];
    let paid = 52.0 * (15.0 * 40.0 + 5.0 * 38.5 + 6.0 * 25.0);
    assert_eq!(team.heads, 26.0);
    assert!((team.paid_s / 3600.0 - paid).abs() < 1e-6);
    // Leave is out of the roster: a tenth of the paid hours, to the rounding of half a shift per head.
    let scheduled = duties(&roster).map(Duty::paid_s).sum::<f64>() / 3600.0;
    assert!(
        (scheduled / paid - 0.9).abs() < 0.002,
        "{}",
        scheduled / paid
    );
    for position in &team.positions {
        let worked: f64 = position.duties.iter().map(Duty::paid_s).sum::<f64>() / 3600.0;
        let owed = 0.9 * 52.0 * scenario.contracts[position.contract.unwrap()].hours_per_week;
        assert!((worked - owed).abs() <= 8.0 + 1e-6, "{worked} of {owed}");
    }
    // Sickness and lateness take their shares of paid time from what is scheduled.
    assert!((team.sick * scheduled / paid - 0.06).abs() < 0.001);
    let elapsed = duties(&roster)
        .map(|d| seconds(d.end - d.start))
        .sum::<f64>()
        / 3600.0;
    assert!((team.late * (1.0 - team.sick) * elapsed / paid - 0.01).abs() < 1e-4);
    // Meetings, training and other work that take place (nobody is ill) are 17 % of paid time.
    let planned = duties(&roster).map(|d| seconds(d.planned())).sum::<f64>() / 3600.0;
    let held = planned * (1.0 - team.sick) / paid;
    assert!((held - 0.17).abs() < 0.002, "{held}");
    // What is left is the share on queue, less the paid break in every shift.
    let breaks = duties(&roster)
        .flat_map(|d| &d.offs)
        .filter(|o| o.kind == OffKind::PaidBreak);
    let breaks = breaks.map(|o| seconds(o.end - o.start)).sum::<f64>() / 3600.0 * (1.0 - team.sick);
    let left = scenario.teams[0].shrinkage.on_queue_share() * paid - breaks;
    let hours = hours(&scenario, &roster)[0];
    assert!(
        (hours.on_queue_h / left - 1.0).abs() < 0.003,
        "{} {left}",
        hours.on_queue_h
    );
    assert!((hours.paid_per_scheduled.unwrap() - 1.0 / 0.9).abs() < 0.003);
    assert!(check(&scenario, &roster).is_empty());
}

#[test]
fn leave_is_spread_evenly_over_the_weeks() {
    let sketch = Sketch {
        length: "20 weeks",
        contracts: vec![(40.0, 30)],
        ..Sketch::default()
    };
    let (scenario, roster) = placed(&sketch);
    let mut shifts = vec![0; 20];
    for duty in duties(&roster) {
        shifts[(duty.start / WEEK) as usize] += 1;
    }
    // 30 heads of 40 hours less a tenth are 135 shifts of 8 hours.
    assert!(shifts.iter().all(|n| (132..=138).contains(n)), "{shifts:?}");
    assert_eq!(scenario.teams[0].shrinkage.leave, 0.1);
}

#[test]
fn people_follow_the_load() {
    // Flat load over days of twelve hours and Saturdays of eight: shifts of 8.5 hours must lie early and late.
    let short = |roster: &'static str| {
        let (scenario, roster) = placed(&Sketch {
            roster,
            contracts: vec![(40.0, 40)],
            per_week: 12_000,
            ..Sketch::default()
        });
        let people = on_queue(&scenario, &roster);
        let load = &team_load(&scenario, &load::load(&scenario))[0];
        let missing = people
            .iter()
            .zip(load)
            .map(|(p, m)| (m - p).max(0.0))
            .sum::<f64>();
        let outside = people
            .iter()
            .zip(load)
            .filter(|(_, m)| **m == 0.0)
            .map(|(p, _)| p)
            .sum::<f64>();
        (
            missing / load.iter().sum::<f64>(),
            outside / people.iter().sum::<f64>(),
        )
    };
    let ((missing, outside), (missing_even, outside_even)) = (short("fit"), short("even"));
    assert!(
        missing < 0.04 && missing < 0.4 * missing_even,
        "{missing} {missing_even}"
    );
    assert!(
        outside < 0.04 && outside < 0.7 * outside_even,
        "{outside} {outside_even}"
    );
}

#[test]
fn every_open_hour_has_somebody() {
    let (scenario, roster) = placed(&Sketch {
        open: "24/7",
        starts: "[\"06:00\", \"14:00\", \"22:00\"]",
        contracts: vec![(40.0, 9)],
        shrinkage: "leave = \"0%\", sick = \"0%\"",
        per_week: 600,
        ..Sketch::default()
    });
    let step = scenario.horizon.interval();
    let mut there = cover::Cover::new(step, scenario.horizon.intervals());
    duties(&roster).for_each(|d| there.add(d.start, d.end, 1.0));
    let empty = there.people.iter().filter(|n| **n < 0.5).count();
    assert_eq!(
        empty, 0,
        "45 shifts a week hold two people round the clock, the first night included"
    );
    assert!(
        duties(&roster).any(|d| d.start == 0),
        "a night shift reaches into the horizon"
    );
}

#[test]
fn even_spreads_heads_over_starts_and_days() {
    let (scenario, roster) = placed(&Sketch {
        roster: "even",
        length: "1 week",
        open: "Mon-Fri 08:00-18:00",
        starts: "[\"08:00\", \"08:30\", \"09:00\", \"09:30\"]",
        contracts: vec![(24.0, 20)],
        rules: "none",
        shrinkage: "leave = \"0%\", sick = \"0%\"",
        ..Sketch::default()
    });
    // 20 heads work 3 shifts each: 60 over 5 days and 4 starts are 3 of each.
    let mut count = [[0; 4]; 5];
    for duty in duties(&roster) {
        let local = scenario.horizon.zoned(duty.start);
        let minute = i32::from(local.hour()) * 60 + i32::from(local.minute());
        count[local.weekday().to_monday_zero_offset() as usize][((minute - 480) / 30) as usize] +=
            1;
    }
    assert_eq!(count.iter().flatten().sum::<i32>(), 60);
    assert!(
        count.iter().all(|day| day.iter().sum::<i32>() == 12),
        "{count:?}"
    );
    assert!(
        count.iter().flatten().all(|n| (2..=4).contains(n)),
        "{count:?}"
    );
}

#[test]
fn nobody_works_on_the_sites_holidays() {
    // Good Friday and Easter Monday.
    let (scenario, roster) = placed(&Sketch {
        start: "2027-03-22",
        length: "2 weeks",
        holidays: "DE-BE",
        ..Sketch::default()
    });
    let dates: Vec<_> = duties(&roster)
        .map(|d| scenario.horizon.zoned(d.start).date())
        .collect();
    assert!(dates.contains(&date(2027, 3, 25)) && dates.contains(&date(2027, 3, 30)));
    assert!(!dates.contains(&date(2027, 3, 26)) && !dates.contains(&date(2027, 3, 29)));
}

#[test]
fn seats_bound_who_is_there_at_once() {
    let sketch = Sketch {
        seats: Some(7),
        contracts: vec![(40.0, 20)],
        ..Sketch::default()
    };
    let (scenario, roster) = placed(&sketch);
    let found = check(&scenario, &roster);
    assert!(found.iter().all(|v| v.rule == Rule::Idle), "{found:#?}");
    assert!(
        found[0].message.contains("paid hours have no shift"),
        "{}",
        found[0].message
    );
    let without = Sketch {
        seats: None,
        ..sketch
    };
    let crowded = place(&without.scenario()).unwrap();
    let found = check(&scenario, &crowded);
    assert!(
        found.iter().any(|v| v.rule == Rule::Seats),
        "seven seats do bind"
    );
    assert!(
        found[0].message.contains("it has 7 seats"),
        "{}",
        found[0].message
    );
}

#[test]
fn levels_and_spells_are_played_as_written() {
    let levels = Sketch {
        contracts: vec![(40.0, 1)],
        roster: "agents.csv",
        length: "1 week",
        ..Sketch::default()
    };
    let text = "start,agents\n2027-01-11 08:00,5\n2027-01-11 08:30,7\n2027-01-11 12:00,2\n2027-01-11 18:00,0\n";
    let scenario = levels.with(&[("agents.csv", text)]);
    let people = on_queue(&scenario, &place(&scenario).unwrap());
    let at = |h: f64| people[(h * 4.0) as usize];
    assert_eq!(
        [7.75, 8.0, 8.5, 12.0, 17.75, 18.0].map(at),
        [0.0, 5.0, 7.0, 2.0, 2.0, 0.0]
    );

    let text = "agent,start,end\na,2027-01-11 08:00,2027-01-11 12:00\nb,2027-01-11 09:00,2027-01-11 10:30\na,2027-01-11 13:00,2027-01-11 14:00\n";
    let scenario = levels.with(&[("agents.csv", text)]);
    let roster = place(&scenario).unwrap();
    let spans = |p: usize| -> Vec<(Tick, Tick)> {
        let duties = roster.teams[0].positions[p].duties.iter();
        duties.map(|d| (d.start, d.end)).collect()
    };
    assert_eq!(spans(0), [(8 * HOUR, 12 * HOUR), (13 * HOUR, 14 * HOUR)]);
    assert_eq!(spans(1), [(9 * HOUR, 10 * HOUR + HOUR / 2)]);
}

/// A roster file for a sketch with shifts that start at 06:00, 14:00 or 22:00.
fn with_duties(sketch: Sketch, csv: &str) -> Scenario {
    Sketch {
        roster: "duties.csv",
        open: "24/7",
        starts: "[\"06:00\", \"14:00\", \"22:00\"]",
        ..sketch
    }
    .with(&[("duties.csv", csv)])
}

#[test]
fn a_night_shift_is_an_hour_shorter_or_longer_when_the_clocks_change() {
    let csv = "week,day,shift,heads,start\n,Sat,day,1,22:00\n";
    let night = |start: &'static str| {
        let sketch = Sketch {
            start,
            length: "1 week",
            ..Sketch::default()
        };
        let scenario = with_duties(sketch, csv);
        let roster = place(&scenario).unwrap();
        let duty = duties(&roster).next().unwrap().clone();
        let ends = scenario.horizon.zoned(duty.end);
        assert_eq!(
            (ends.weekday(), ends.hour(), ends.minute()),
            (Weekday::Sunday, 6, 30)
        );
        assert_eq!(duty.offs.len(), 2);
        (duty.end - duty.start, duty.paid_s() / 3600.0)
    };
    assert_eq!(night("2027-01-11"), (17 * HOUR / 2, 8.0));
    assert_eq!(night("2027-03-22"), (15 * HOUR / 2, 7.0));
    assert_eq!(night("2027-10-25"), (19 * HOUR / 2, 9.0));
}

#[test]
fn days_with_shifts_of_their_own_are_worked_within_a_week_of_others() {
    // A shorter Saturday on a template of its own; too short to make up anybody's week.
    let text = Sketch::default()
        .text()
        .replace(
            "[shift.day]\n",
            "[shift.sat]\ndays = \"Sat\"\nstart = \"09:00\"\nlength = \"6h\"\n[shift.day]\ndays = \"Mon-Fri\"\n",
        )
        .replace("shifts = [\"day\"]", "shifts = [\"day\", \"sat\"]");
    let scenario = crate::scenario::testing::load(&text, &[]);
    let roster = place(&scenario).unwrap();
    let found = check(&scenario, &roster);
    assert!(found.is_empty(), "{found:#?}");
    let on_saturday = |d: &&Duty| scenario.horizon.zoned(d.start).weekday() == Weekday::Saturday;
    let saturdays = duties(&roster).filter(on_saturday).count();
    assert!(saturdays >= 4, "{saturdays} duties on four Saturdays");
    // Those who work it are off on another day: nobody works six.
    let weekdays = duties(&roster).count() - saturdays;
    assert!(weekdays + saturdays <= 12 * 5 * 4, "{weekdays} {saturdays}");
}

#[test]
fn duties_go_to_people_who_may_work_them() {
    // Early, late and night for ten people each day of the week, five days a head.
    let rows: String = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        .iter()
        .map(|d| format!("{d},day,4,06:00\n{d},day,4,14:00\n{d},day,2,22:00\n"))
        .collect();
    let sketch = Sketch {
        contracts: vec![(40.0, 18)],
        shrinkage: "leave = \"10%\", sick = \"6%\", meetings = \"4%\"",
        ..Sketch::default()
    };
    let scenario = with_duties(sketch.clone(), &format!("day,shift,heads,start\n{rows}"));
    let roster = place(&scenario).unwrap();
    assert_eq!(roster.teams[0].positions.len(), 18);
    // 10 duties on each of 28 days, and the two of the night before.
    assert_eq!(duties(&roster).count(), 282);
    let found = check(&scenario, &roster);
    assert!(found.is_empty(), "{found:#?}");
    let planned = duties(&roster).map(|d| seconds(d.planned())).sum::<f64>();
    let paid = duties(&roster).map(Duty::paid_s).sum::<f64>();
    let share = 0.04 / (1.0 - 0.16);
    assert!(
        (planned / paid - share).abs() < 0.004,
        "{} of {share}",
        planned / paid
    );

    let crowd = with_duties(sketch, "day,shift,heads,start\nTue,day,19,06:00\n");
    let no = place(&crowd).unwrap_err().to_string();
    assert!(
        no.contains("more than 18 people at work on Tue 12 Jan 2027 06:00"),
        "{no}"
    );
    let tired = Sketch {
        contracts: vec![(20.0, 10)],
        ..Sketch::default()
    };
    let no = place(&with_duties(
        tired,
        &format!("day,shift,heads,start\n{rows}"),
    ))
    .unwrap_err();
    assert!(
        no.reason
            .contains("560 paid hours a week, and its payroll only 200"),
        "{no}"
    );
}

#[test]
fn premiums_are_paid_for_their_hours() {
    // 14:00 to 22:30 on a Saturday, half an hour of unpaid break: 8 h at 15 %, 2.5 h at 10 %.
    let sketch = Sketch {
        length: "1 week",
        ..Sketch::default()
    };
    let scenario = with_duties(
        sketch,
        "day,shift,heads,start,breaks\nSat,day,1,14:00,3h 6h30m\n",
    );
    let roster = place(&scenario).unwrap();
    let inside = 8.0 * 0.15 + 2.25 * 0.10 + 0.25 * 0.10;
    let hours = hours(&scenario, &roster)[0];
    assert!(
        (hours.premium_h - inside).abs() < 1e-9,
        "{}",
        hours.premium_h
    );
    assert!((premiums(&scenario, 0, &roster.teams[0]) - 20.0 * inside).abs() < 1e-9);
}
