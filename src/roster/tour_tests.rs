//! Weeks of single people: starts that stay the same, weekends in turns.
#![allow(clippy::unwrap_used)]

use super::testing::Sketch;
use super::*;
use crate::time::{HOUR, Tick};
use jiff::civil::Weekday;

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

#[test]
fn starts_stay_much_the_same_within_a_week() {
    let (scenario, roster) = placed(&Sketch::default());
    let minute = |d: &Duty| {
        let local = scenario.horizon.zoned(d.start);
        i32::from(local.hour()) * 60 + i32::from(local.minute())
    };
    let (mut same, mut all) = (0, 0);
    for position in &roster.teams[0].positions {
        for week in position
            .duties
            .chunk_by(|a, b| a.start / WEEK == b.start / WEEK)
        {
            let starts: Vec<i32> = week.iter().map(minute).collect();
            let usual = starts
                .iter()
                .max_by_key(|s| starts.iter().filter(|t| t == s).count());
            assert!(
                starts.iter().all(|s| s.abs_diff(starts[0]) <= 240),
                "{starts:?}"
            );
            same += starts.iter().filter(|s| Some(*s) == usual).count();
            all += starts.len();
        }
    }
    assert!(same * 100 >= all * 80, "{same} of {all}");
}

#[test]
fn starts_stay_within_the_band_of_the_contract() {
    // Saturday begins at nine; who comes at half past eleven on other days may not take it.
    let placed = |rules: &'static str| {
        let text = Sketch {
            rules,
            ..Sketch::default()
        };
        let text = text
            .text()
            .replace(
                "[shift.day]\n",
                "[shift.sat]\ndays = \"Sat\"\nstart = \"09:00\"\nlength = \"6h\"\n[shift.day]\ndays = \"Mon-Fri\"\n",
            )
            .replace("shifts = [\"day\"]", "shifts = [\"day\", \"sat\"]");
        let mut scenario = crate::scenario::testing::load(&text, &[]);
        let roster = place(&scenario).unwrap();
        scenario.contracts[0].rules.start_band_s = Some(900.0);
        let on_saturday =
            |d: &&Duty| scenario.horizon.zoned(d.start).weekday() == Weekday::Saturday;
        let saturdays = duties(&roster).filter(on_saturday).count();
        (check(&scenario, &roster), saturdays)
    };
    let (found, saturdays) = placed("de-arbzg\"\nstart_band = \"15m");
    assert!(found.is_empty(), "{found:#?}");
    assert!(saturdays >= 4, "{saturdays}");
    let (found, _) = placed("de-arbzg");
    assert!(found.iter().any(|v| v.rule == Rule::Starts), "{found:#?}");
}

#[test]
fn weekends_stay_within_the_share_of_the_contract() {
    let free = Sketch {
        open: "Mon-Sun 08:00-20:00",
        length: "8 weeks",
        ..Sketch::default()
    };
    let bound = Sketch {
        rules: "de-arbzg\"\nweekend_share = \"50%",
        ..free.clone()
    };
    let (scenario, roster) = placed(&bound);
    let broken = |roster| {
        let found = check(&scenario, roster).into_iter();
        found.filter(|v| v.rule == Rule::Weekends)
    };
    assert_eq!(broken(&roster).next(), None);
    // Placed without the rule, the same people break it.
    let (_, free) = placed(&free);
    assert!(broken(&free).count() > 0);
    // They take turns: on every weekend somebody works, and nobody on all of them.
    let weekends = |r: &Roster| {
        let days = duties(r).map(|d| d.start / (24 * HOUR));
        let mut weeks: Vec<u64> = days.filter(|d| d % 7 >= 5).map(|d| d / 7).collect();
        weeks.sort_unstable();
        weeks.dedup();
        weeks.len()
    };
    assert_eq!(weekends(&roster), 8);
}
