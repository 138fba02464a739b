//! Shrinkage and attrition that change on a date.

use super::case::{Changes, close, own, play};
use staffwright::experiment::Case;
use staffwright::roster::Duty;
use staffwright::sim::{Ledger, TeamSums};

const DATE: &str = "2027-03-01";
/// Days before it.
const BEFORE: usize = 28;
const TODAY: &str = "leave = \"10%\", sick = \"5%\"";
const LATER: &str = "leave = \"25%\", sick = \"20%\", meetings = \"10%\"";

fn team(shrinkage: &str, from: Option<&str>, changes: Changes<'_>) -> Case {
    let later = from.map_or(String::new(), |set| {
        format!("[[from]]\ndate = {DATE}\nset = {{ {set} }}\n")
    });
    let tables = format!("{later}[shift.day]");
    let mut all = vec![
        ("10 weeks", "8 weeks"),
        (TODAY, shrinkage),
        ("[shift.day]", tables.as_str()),
    ];
    all.extend(changes);
    own(&all)
}

/// Duties that begin inside a span.
fn duties(case: &Case, from: u64, to: u64) -> Vec<&Duty> {
    let positions = case.roster.teams[0].positions.iter();
    let all = positions.flat_map(|p| &p.duties);
    all.filter(|d| (from..to).contains(&d.start)).collect()
}

/// What was booked of the first team by the end of a day.
fn by(ledger: &Ledger, day: usize) -> TeamSums {
    let teams = ledger.teams.len();
    ledger
        .daily
        .teams
        .get(day * teams)
        .copied()
        .unwrap_or(ledger.teams[0])
}

#[test]
fn leave_and_meetings_are_those_of_the_date() {
    let set = format!("team.all.shrinkage = {{ {LATER} }}");
    let dated = team(TODAY, Some(&set), &[]);
    let (before, after) = (team(TODAY, None, &[]), team(LATER, None, &[]));
    let (from, end) = (dated.scenario.eras[0].from, dated.scenario.horizon.length());
    assert_eq!(duties(&dated, 0, from), duties(&before, 0, from));
    assert_eq!(duties(&dated, from, end), duties(&after, from, end));
    // Of 480 paid hours a week a tenth is leave, then a quarter; a tenth of them is met in.
    let hours =
        |all: &[&Duty], of: fn(&Duty) -> f64| all.iter().map(|d| of(d)).sum::<f64>() / 3600.0;
    let week = |all: &[&Duty]| hours(all, Duty::paid_s) / 4.0;
    close(week(&duties(&dated, 0, from)), 480.0 * 0.9, 0.02);
    close(week(&duties(&dated, from, end)), 480.0 * 0.75, 0.02);
    let met = hours(&duties(&dated, from, end), |d| d.planned() as f64 / 1e6);
    let there = 1.0 - 0.2 / 0.75;
    close(met * there, 480.0 * 4.0 * 0.1, 0.05);
}

#[test]
fn sickness_is_that_of_the_date() {
    let dated = team(
        TODAY,
        Some(&format!("team.all.shrinkage = {{ {LATER} }}")),
        &[],
    );
    let (mut early, mut late) = ((0, 0), (0, 0));
    for replication in 0..40 {
        let ledger = play(&dated, replication);
        // A duty is noted when it is its agent's next, at the latest on the last day of work before it.
        let (first, then) = (by(&ledger, BEFORE - 8), by(&ledger, BEFORE));
        early = (early.0 + first.sick, early.1 + first.scheduled);
        let all = ledger.teams[0];
        late = (
            late.0 + all.sick - then.sick,
            late.1 + all.scheduled - then.scheduled,
        );
    }
    // Those on leave are not at risk.
    for ((sick, scheduled), share) in [(early, 0.05 / 0.9), (late, 0.2 / 0.75)] {
        let duties = scheduled as f64 / (8.0 * 3.6e9);
        let error = (share * (1.0 - share) / duties).sqrt();
        let found = sick as f64 / scheduled as f64;
        assert!(
            (found - share).abs() < 4.0 * error,
            "{found} is not {share} +- {error}"
        );
        assert!(4.0 * error < 0.2 * share);
    }
}

#[test]
fn shrinkage_that_is_repeated_on_a_date_changes_nothing() {
    let set = format!("team.all.shrinkage = {{ {TODAY} }}");
    let (plain, repeated) = (team(TODAY, None, &[]), team(TODAY, Some(&set), &[]));
    let told = |case: &Case| format!("{:?} {:?}", case.roster, play(case, 0));
    assert_eq!(told(&plain), told(&repeated));
}

#[test]
fn people_leave_at_the_rate_of_the_date() {
    let people: Changes<'_> = &[
        ("zone   = ", "people = \"change\"\nzone   = "),
        (
            "heads = 12",
            "heads = 12\nattrition = { rate = \"40%\" }\nhiring = { lead = \"3 days\" }",
        ),
    ];
    let dated = team(TODAY, Some("team.all.attrition.rate = \"300%\""), people);
    let (mut early, mut late) = ((0, 0.0), (0, 0.0));
    let days = |working: u64| working as f64 / 8.64e10;
    for replication in 0..60 {
        let ledger = play(&dated, replication);
        // The midnight of the date itself is left out.
        let (first, then) = (by(&ledger, BEFORE - 2), by(&ledger, BEFORE));
        early = (early.0 + first.leavers, early.1 + days(first.working));
        let all = ledger.teams[0];
        let leavers = all.leavers - then.leavers;
        late = (late.0 + leavers, late.1 + days(all.working - then.working));
    }
    for ((leavers, days), rate) in [(early, 0.4f64), (late, 3.0)] {
        let mean = days * -(-rate / 365.25).exp_m1();
        assert!(
            (leavers as f64 - mean).abs() < 4.0 * mean.sqrt(),
            "{leavers} are not {mean}"
        );
        assert!(mean > 20.0);
    }
    // What is the same from the date on changes nothing.
    let told = |set: Option<&str>| format!("{:?}", play(&team(TODAY, set, people), 0));
    assert_eq!(told(None), told(Some("team.all.attrition.rate = \"40%\"")));
}
