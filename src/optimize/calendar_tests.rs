//! Plans on calendars: holidays, days of 23 and 25 hours, teams in several time zones. The rosters are counted
//! independently, instant by instant.
#![allow(clippy::unwrap_used)]

use super::Recommendation;
use super::columns::columns;
use super::grid::Grid;
use super::levers::Staffing;
use super::testing::{self, calls, quick, team};
use crate::experiment::Case;
use crate::roster::load::load as expected;
use crate::roster::{OffKind, Rule, check};
use crate::scenario::Scenario;
use crate::scenario::testing::{load, replaced};
use crate::time::{HOUR, OpenHours, Tick};
use jiff::civil::date;

/// Three shifts around the clock.
const ROUND: &str = r#"
[shift.early]
start  = "06:00"
length = "8h"
[shift.late]
start  = "14:00"
length = "8h"
[shift.night]
start  = "22:00"
length = "8h"
"#;
const SHIFTS: &str = r#""early", "late", "night""#;

fn planned(text: &str) -> Recommendation {
    testing::planned(load(text, &[]), &quick(5, 6, 20))
}

/// Fewest people at work, over all teams, while the phone is open.
fn fewest(case: &Case) -> usize {
    let scenario = &case.scenario;
    let (horizon, channel) = (&scenario.horizon, &scenario.channels[0]);
    let open = OpenHours::lay(
        &channel.open,
        horizon.zone(),
        &channel.holidays,
        horizon,
        horizon.length(),
    );
    let duties: Vec<_> = case
        .roster
        .teams
        .iter()
        .flat_map(|t| &t.positions)
        .flat_map(|p| &p.duties)
        .collect();
    let there = |at: Tick| {
        let on = duties.iter().filter(|d| d.start <= at && at < d.end);
        on.filter(|d| {
            !d.offs
                .iter()
                .any(|o| o.kind != OffKind::Planned && o.start <= at && at < o.end)
        })
        .count()
    };
    let quarter = HOUR / 4;
    let instants = (0..horizon.length()).step_by(quarter as usize);
    instants
        .filter(|&t| open.is_open(t))
        .map(there)
        .min()
        .unwrap()
}

fn breaches(case: &Case) -> Vec<crate::roster::Violation> {
    let mut found = check(&case.scenario, &case.roster);
    found.retain(|v| v.rule != Rule::Idle);
    found
}

/// Elapsed hours that each night shift of a week covers, by its day.
fn nights(scenario: &Scenario, week: usize) -> Vec<f64> {
    let grid = Grid::new(scenario, &expected(scenario));
    let pattern = grid.pattern_of_week(week).unwrap();
    let all = columns(scenario, &grid, &Staffing::new(scenario));
    let night = |c: &&super::columns::Column| c.pattern == pattern && c.row.start_min == 22 * 60;
    let hours = |c: &super::columns::Column| {
        c.covers.iter().map(|x| x.1).sum::<f64>() * grid.step_s() / 3600.0
    };
    let mut out: Vec<(usize, f64)> = all
        .iter()
        .filter(night)
        .map(|c| (c.day, hours(c)))
        .collect();
    out.sort_by_key(|x| x.0);
    out.into_iter().map(|x| x.1).collect()
}

#[test]
fn the_night_of_a_clock_change_is_seven_or_nine_hours_long() {
    let text = calls("3 weeks", "Mon-Sun 00:00-24:00", "700") + ROUND + &team(8, SHIFTS, (1, 60));
    let change = |start: &str| load(&replaced(&text, &[("2027-01-11", start)]), &[]);
    // Summer time begins on 28 March and ends on 31 October 2027, each in the night from Saturday.
    let usual = [8.0; 7];
    let spring = change("2027-03-15");
    assert_eq!(nights(&spring, 0), usual);
    assert_eq!(nights(&spring, 1), [8.0, 8.0, 8.0, 8.0, 8.0, 7.0, 8.0]);
    assert_eq!(nights(&spring, 2), usual);
    let autumn = change("2027-10-18");
    assert_eq!(nights(&autumn, 1), [8.0, 8.0, 8.0, 8.0, 8.0, 9.0, 8.0]);
}

#[test]
fn somebody_is_there_at_every_hour_of_a_week_with_a_clock_change() {
    for start in ["2027-03-22", "2027-10-25"] {
        let text =
            calls("2 weeks", "Mon-Sun 00:00-24:00", "700") + ROUND + &team(8, SHIFTS, (1, 60));
        let plan = planned(&replaced(&text, &[("2027-01-11", start)]));
        assert!(plan.plan.proved, "{start}");
        let case = Case::new(plan.scenario.clone()).unwrap();
        assert!(fewest(&case) >= 1, "{start}");
        let found = breaches(&case);
        assert!(found.is_empty(), "{start}: {found:#?}");
        // Nobody is paid for another week than the contract's.
        let heads = f64::from(plan.plan.plan.teams[0].heads);
        assert!(
            (plan.plan.cost - heads * 40.0 * 20.0 * case.scenario.horizon.weeks()).abs() < 1e-6
        );
    }
}

#[test]
fn nobody_works_on_a_holiday_on_which_the_phone_is_closed() {
    // 8 March, Women's Day, is a holiday in Berlin: the second Monday of the horizon.
    let text = calls("2 weeks", "Mon-Fri 09:00-17:00", "900");
    let text = replaced(
        &text,
        &[
            ("2027-01-11", "2027-03-01"),
            (
                "berlin = { zone = \"Europe/Berlin\" }",
                "berlin = { zone = \"Europe/Berlin\", holidays = \"DE-BE\" }",
            ),
            (
                "redial = \"none\"",
                "redial = \"none\"\nholidays = \"DE-BE\"",
            ),
        ],
    );
    let shifts = r#"
[shift.day]
start  = "09:00"
length = "8h"
[team.all]
site      = "berlin"
heads     = { full = 8 }
shifts    = ["day"]
roster    = "fit"
shrinkage = "none"
[decide]
"team.all.heads.full" = { from = 1, to = 60 }
"#;
    let plan = planned(&(text + shifts));
    assert!(plan.plan.proved);
    let days = |week: u32| -> Vec<&str> {
        let all = plan.plan.plan.teams[0].shifts.iter();
        let mut days: Vec<&str> = all
            .filter(|s| s.week.is_none_or(|w| w == week))
            .map(|s| s.day)
            .collect();
        days.dedup();
        days
    };
    assert_eq!(days(1), ["Mon", "Tue", "Wed", "Thu", "Fri"]);
    assert_eq!(days(2), ["Tue", "Wed", "Thu", "Fri"]);
    let case = Case::new(plan.scenario.clone()).unwrap();
    assert!(fewest(&case) >= 1);
    let zone = case.scenario.horizon.zone().clone();
    for duty in case.roster.teams[0]
        .positions
        .iter()
        .flat_map(|p| &p.duties)
    {
        let day = case.scenario.horizon.zoned_in(duty.start, &zone).date();
        assert_ne!(day, date(2027, 3, 8));
    }
}

#[test]
fn two_sites_follow_the_sun_through_each_others_clock_changes() {
    // The phone is open from nine in Berlin to eleven at night. New York begins at nine of its own, which is three in the
    // afternoon in Berlin, but two from 14 to 28 March, when only America has summer time.
    let text = calls("4 weeks", "Mon-Fri 09:00-23:00", "1_800");
    let text = replaced(
        &text,
        &[
            ("2027-01-11", "2027-03-08"),
            (
                "berlin = { zone = \"Europe/Berlin\" }",
                "berlin = { zone = \"Europe/Berlin\" }\nnew-york = { zone = \"America/New_York\" }",
            ),
        ],
    );
    let teams = r#"
[shift.day]
start  = "09:00"
length = "8h"
[shift.evening]
start  = "10:00"
length = "8h"
[team.berlin]
site      = "berlin"
heads     = { full = 8 }
shifts    = ["day"]
roster    = "fit"
shrinkage = "none"
[team.new-york]
like   = "berlin"
site   = "new-york"
shifts = ["day", "evening"]
[decide]
"team.berlin.heads.full" = { from = 1, to = 60 }
"team.new-york.heads.full" = { from = 1, to = 60 }
"#;
    let plan = planned(&(text + teams));
    assert!(plan.plan.proved);
    let case = Case::new(plan.scenario.clone()).unwrap();
    assert!(fewest(&case) >= 1);
    let found = breaches(&case);
    assert!(found.is_empty(), "{found:#?}");
    // Local starts, told in Berlin's time week by week: 15 or 16 o'clock, an hour earlier while the clocks are apart.
    let zone = case.scenario.horizon.zone().clone();
    let mut late = 0;
    for duty in case.roster.teams[1]
        .positions
        .iter()
        .flat_map(|p| &p.duties)
    {
        let start = case.scenario.horizon.zoned_in(duty.start, &zone);
        let apart = (date(2027, 3, 14)..date(2027, 3, 28)).contains(&start.date());
        let local = start.hour() - 6 + i8::from(apart);
        assert!([9, 10].contains(&local), "{start}");
        late += i32::from(apart && local == 10);
    }
    // Only who begins at ten of New York is there for Berlin's last hour while the clocks are apart.
    assert!(late > 0);
}
