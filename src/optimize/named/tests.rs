//! Hand-outs of small instances, against hand computation, enumeration and the other solver.
#![allow(clippy::unwrap_used)]

use super::slot::Slot;
use super::{Goal, HandOut, Why, check, hand_out, team};
use crate::optimize::testing::calls;
use crate::roster::{Roster, place};
use crate::scenario::model::{DutyRow, RosterSource, Scenario};
use crate::scenario::testing::{load, replaced};
use crate::solve::Solver;

/// Rules, shifts, people and what is decided.
const REST: &str = r#"
days_in_a_row = 6
days_per_week = 5
[shift.early]
start  = "07:00"
length = "8h"
[shift.late]
start  = "14:00"
length = "8h"
[team.all]
site      = "berlin"
heads     = { full = HEADS }
people    = { file = "people.csv" }
shifts    = ["early", "late"]
roster    = "roster.csv"
shrinkage = "none"
"#;

struct Given {
    scenario: Scenario,
    roster: Roster,
    rows: Vec<Option<Vec<DutyRow>>>,
}

fn given(people: &str, roster: &str, changes: &[(&str, &str)]) -> Given {
    let heads = (people.lines().count() - 1).to_string();
    let languages = "languages = { en = \"60%\", de = \"40%\" }\nbusyness = \"none\"";
    let text = calls("1 week", "Mon-Sun 07:00-22:00", "500") + REST;
    let text = replaced(
        &text,
        &[("busyness = \"none\"", languages), ("HEADS", &heads)],
    );
    let files = [("people.csv", people), ("roster.csv", roster)];
    let scenario = load(&replaced(&text, changes), &files);
    let rows = scenario.teams.iter().map(|t| match &t.roster {
        RosterSource::Duties(rows) => Some(rows.clone()),
        _ => None,
    });
    Given {
        rows: rows.collect(),
        roster: place(&scenario).unwrap(),
        scenario,
    }
}

fn handed(given: &Given) -> HandOut {
    let found = hand_out(
        &given.scenario,
        &given.roster,
        &given.rows,
        &Goal::default(),
    )
    .unwrap();
    let names = &found.roster.unwrap().teams[0].names;
    assert_eq!(names.len(), found.teams[0].people.len());
    found.teams.into_iter().next().unwrap()
}

fn days(who: &HandOut, name: &str) -> Vec<&'static str> {
    let person = who.people.iter().find(|p| p.name == name).unwrap();
    person.tours.iter().map(|t| t.day).collect()
}

#[test]
fn an_absence_leaves_a_shift_open_and_counts_its_hours() {
    let roster =
        "day,shift,heads\nMon,early,1\nTue,early,1\nWed,early,1\nThu,early,1\nFri,early,1\n";
    let found = handed(&given(
        "name,account,absent\nAda,3,2027-01-13\n",
        roster,
        &[],
    ));
    assert_eq!(days(&found, "Ada"), ["Mon", "Tue", "Thu", "Fri"]);
    assert_eq!((found.open.len(), found.open[0].tour.day), (1, "Wed"));
    assert_eq!(found.open[0].reasons[0].reason, Why::Absent);
    // Three hours before, 32 worked, 8 for the day of absence, 40 owed.
    let ada = &found.people[0];
    assert_eq!(
        (ada.hours, ada.absent_days, ada.account_end_h),
        (32.0, 1, 3.0)
    );
    assert!(found.best && found.broken.is_empty(), "{:?}", found.broken);
}

#[test]
fn who_owes_hours_works_more_and_nobody_works_what_they_cannot() {
    let roster = "day,shift,heads\nMon,early,1\nTue,early,1\nWed,early,1\n";
    let found = handed(&given("name,account\nAda,-8\nBen,0\n", roster, &[]));
    assert_eq!(
        (days(&found, "Ada").len(), days(&found, "Ben").len()),
        (2, 1)
    );
    assert_eq!(found.spread[0].account_h, 0.0);
    // Half of the calls are in a language that Ben does not speak.
    let found = handed(&given("name,languages\nAda,en de\nBen,en\n", roster, &[]));
    assert_eq!(
        (days(&found, "Ada").len(), days(&found, "Ben").len()),
        (3, 0)
    );
}

#[test]
fn wishes_are_granted_by_weight() {
    let roster = "day,shift,heads\nMon,early,1\nMon,late,1\nFri,early,1\n";
    let people = "name,wants,avoids\nAda,late*3,Fri*2\nBen,Mon:late,Fri*5\n";
    let found = handed(&given(people, roster, &[]));
    // Ben's Friday weighs more than Ada's, and Ada's late Monday more than his.
    assert_eq!(days(&found, "Ada"), ["Mon", "Fri"]);
    assert_eq!(found.people[0].tours[0].shift.as_deref(), Some("late"));
    // Ada: a late shift of two worked (3 of 6), the Friday not (0 of 2). Ben: the Friday (5 of 5), the late Monday not.
    let weights: Vec<(f64, f64)> = found.people.iter().map(|p| (p.wishes, p.granted)).collect();
    assert_eq!(weights, [(8.0, 3.0), (6.0, 5.0)]);
}

/// Every hand-out of a week in which two of three people work each day, one early and one late.
#[test]
fn the_model_finds_what_enumeration_finds_with_both_solvers() {
    let mut roster = String::from("day,shift,heads\n");
    for day in ["Mon", "Tue", "Wed", "Thu", "Sat"] {
        roster.push_str(&format!("{day},early,1\n{day},late,1\n"));
    }
    let people = "name,account,wants,avoids,absent\nAda,-6,late,Sat*2,\nBen,5,Mon*3,late*1.5,2027-01-14\nCem,0,,Wed*4 Sat,\n";
    let given = given(people, &roster, &[]);
    let mut found = Vec::new();
    for solver in Solver::ALL.iter().copied() {
        let goal = Goal {
            solver,
            ..Goal::default()
        };
        let team = team(&given.scenario, &given.roster, &given.rows, 0, &goal)
            .unwrap()
            .unwrap();
        assert!(team.best && check::check(&team, &given.roster).is_empty());
        assert!(team.open().iter().all(|n| *n == 0));
        let work: Vec<Vec<&Slot>> = (0..3).map(|m| team.work(m)).collect();
        found.push(team.tally(&team.days).objective(&team.crew, &work));
    }
    let team = team(
        &given.scenario,
        &given.roster,
        &given.rows,
        0,
        &Goal::default(),
    )
    .unwrap()
    .unwrap();
    let tally = team.tally(&team.days);
    let pairs = [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)];
    let mut best = f64::INFINITY;
    for code in 0..6usize.pow(5) {
        let mut work: Vec<Vec<&Slot>> = vec![Vec::new(); 3];
        let mut rest = code;
        let fits = team.slots.chunks(2).all(|day| {
            let (early, late) = pairs[rest % 6];
            rest /= 6;
            [(early, &day[0]), (late, &day[1])]
                .into_iter()
                .all(|(m, slot)| {
                    let may = team.crew[m]
                        .why_not(&given.scenario, slot, &work[m], 1)
                        .is_none();
                    work[m].push(slot);
                    may
                })
        });
        if fits {
            best = best.min(tally.objective(&team.crew, &work));
        }
    }
    assert!(best.is_finite());
    for objective in found {
        assert!((objective - best).abs() < 1e-6, "{objective} {best}");
    }
}

#[test]
fn weeks_one_after_the_other_keep_rest_days_and_weekends() {
    let rows = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].map(|day| {
        let few = if day.starts_with('S') { 1 } else { 2 };
        format!("{day},early,{few}\n{day},late,{few}\n")
    });
    let names: Vec<String> = (1..=8).map(|n| format!("P{n}")).collect();
    let people = format!("name\n{}\n", names.join("\n"));
    let changes = [
        ("length = \"1 week\"", "length = \"12 weeks\""),
        (
            "days_per_week = 5",
            "days_per_week = 5\nweekend_share = \"50%\"\nstart_band = \"2h\"",
        ),
    ];
    let given = given(
        &people,
        &format!("day,shift,heads\n{}", rows.concat()),
        &changes,
    );
    let found = handed(&given);
    assert!(found.broken.is_empty(), "{:?}", found.broken);
    assert!(!found.best);
    let worked: usize = found.people.iter().map(|p| p.tours.len()).sum();
    let open: u32 = found.open.iter().map(|o| o.people).sum();
    assert_eq!(worked as u32 + open, found.shifts);
    assert_eq!((found.shifts, open), (12 * 24, 0));
    // 144 late shifts and 48 on weekends over eight people.
    assert!(found.spread[0].late <= 2.0, "{:?}", found.spread);
    assert!(
        found.spread[0].weekend <= 2.0 && found.spread[0].account_h <= 8.0,
        "{:?}",
        found.spread
    );
}
