//! Plans with kinds of employment: working students, freelancers, premiums. Each is held against what must be true by hand.
#![allow(clippy::unwrap_used)]

use super::testing::{self, calls, quick};
use super::{Recommendation, ShiftPlan};
use crate::experiment::{Case, Outcome};
use crate::measure::CostKind;
use crate::roster::{Rule, check};
use crate::scenario::testing::{load, replaced};

/// Contracts beside the full-timers', and two shifts.
const STAFF: &str = r#"
days_per_week = 5
[contract.student]
hours    = "20h/week"
student  = true
pay      = "EUR 12/h"
rest     = "11h"
hours_in = [{ from = 2027-01-25, to = 2027-02-07, hours = "40h/week" }]
[contract.free]
hours     = "40h/week"
pay       = { wage = "EUR 30/h" }
freelance = { shows_up = "50%", call_out = "6h" }
rest      = "11h"
[shift.day]
start  = { from = "09:00", to = "13:00", step = "4h" }
length = LENGTH
[team.all]
site      = "berlin"
heads     = { HEADS }
shifts    = ["day"]
roster    = "fit"
shrinkage = "none"
[decide]
LEVERS
"#;

/// Calls on working days from nine to five over four weeks, answered by people of these contracts.
fn text(contracts: &[&str]) -> String {
    lengths(contracts, "\"4h\"")
}

/// The same with other lengths of shifts.
pub fn lengths(contracts: &[&str], length: &str) -> String {
    let heads: Vec<String> = contracts.iter().map(|c| format!("{c} = 5")).collect();
    let lever = |c: &&str| format!("\"team.all.heads.{c}\" = {{ from = 0, to = 60 }}\n");
    let staff = STAFF.replace("HEADS", &heads.join(", "));
    let staff = staff.replace("LENGTH", length);
    let staff = staff.replace("LEVERS", &contracts.iter().map(lever).collect::<String>());
    calls("4 weeks", "Mon-Fri 09:00-17:00", "900") + &staff
}

fn planned(text: &str) -> Recommendation {
    testing::planned(load(text, &[]), &quick(5, 6, 20))
}

/// Heads of a contract in a plan.
fn heads(plan: &Recommendation, contract: &str) -> f64 {
    let mut all = plan.plan.plan.teams[0].contracts.iter();
    let found = all.find(|c| c.contract.as_deref() == Some(contract));
    found.map_or(0.0, |c| f64::from(c.heads))
}

/// Hours of a plan's shifts of a contract in a week of the horizon, from 1; the shifts have no breaks.
fn hours(plan: &Recommendation, contract: &str, week: u32) -> f64 {
    let shifts = plan.plan.plan.teams[0].shifts.iter();
    let mine = shifts.filter(|s| s.contract.as_deref() == Some(contract));
    let now = mine.filter(|s| s.week.is_none_or(|w| w == week));
    now.map(|s: &ShiftPlan| f64::from(s.staff * s.length_min) / 60.0)
        .sum()
}

fn spent(proof: &Outcome, kind: CostKind) -> f64 {
    let line = proof.cost.by_kind.iter().find(|l| l.kind == kind);
    line.and_then(|l| l.amount).map_or(0.0, |e| e.value)
}

fn breaches(plan: &Recommendation) -> Vec<crate::roster::Violation> {
    let case = Case::new(plan.scenario.clone()).unwrap();
    let mut found = check(&case.scenario, &case.roster);
    found.retain(|v| v.rule != Rule::Idle);
    found
}

#[test]
fn students_work_their_hours_of_term_and_of_the_holidays() {
    let text = lengths(
        &["student"],
        "{ from = \"4h\", to = \"8h\", step = \"4h\" }",
    );
    let plan = planned(&text);
    assert!(plan.plan.proved);
    let people = heads(&plan, "student");
    // Two weeks of 20 hours, two of 40, each on its own.
    for (week, most) in [(1, 20.0), (2, 20.0), (3, 40.0), (4, 40.0)] {
        let worked = hours(&plan, "student", week);
        assert!(worked <= most * people + 1e-9, "{worked} h in week {week}");
    }
    assert!(
        hours(&plan, "student", 3) > 20.0 * people,
        "the holidays go unused"
    );
    let found = breaches(&plan);
    assert!(found.is_empty(), "{found:#?}");
    // 30 hours in the mean of four weeks at EUR 12, in the plan and in what is simulated.
    assert!((plan.plan.cost - people * 30.0 * 4.0 * 12.0).abs() < 1e-6);
    let wages = spent(&plan.plan.proof, CostKind::Wages);
    assert!((wages - plan.plan.cost).abs() < 1e-6, "{wages}");
    // More hours in half of the weeks ask for no more people than the hours of term alone.
    let holidays = "hours_in = [{ from = 2027-01-25, to = 2027-02-07, hours = \"40h/week\" }]\n";
    let term = replaced(&text, &[(holidays, "")]);
    assert!(heads(&planned(&term), "student") >= people);
}

#[test]
fn freelancers_cost_the_duties_they_turn_up_for_and_count_as_often() {
    let free = planned(&text(&["free"]));
    assert!(free.plan.proved);
    let total: f64 = (1..=4).map(|w| hours(&free, "free", w)).sum();
    // Four hours each; who turns up is paid six.
    let paid = total / 4.0 * 6.0 * 30.0 * 0.5;
    assert!(
        (free.plan.cost / paid - 1.0).abs() < 1e-9,
        "{} {paid}",
        free.plan.cost
    );
    let wages = spent(&free.plan.proof, CostKind::Wages);
    assert!((wages / paid - 1.0).abs() < 0.03, "{wages} {paid}");
    // Half of them turn up, so about twice as many are planned as of people who always do.
    let full = planned(&text(&["full"]));
    let sure: f64 = (1..=4).map(|w| hours(&full, "full", w)).sum();
    assert!(
        full.plan.proved && total > 1.6 * sure,
        "{total} h, {sure} h"
    );
    assert!((full.plan.cost - heads(&full, "full") * 40.0 * 4.0 * 20.0).abs() < 1e-6);
    let found = breaches(&free);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn the_cheaper_of_two_contracts_does_what_it_may() {
    // An hour of a student costs EUR 12, one of a full-timer 20; there may be three students.
    let both = text(&["full", "student"]);
    let most = "\"team.all.heads.student\" = { from = 0, to = 60 }";
    let few = replaced(
        &both,
        &[(most, "\"team.all.heads.student\" = { from = 0, to = 3 }")],
    );
    let (free, bounded) = (planned(&both), planned(&few));
    assert!(free.plan.proved && bounded.plan.proved);
    assert_eq!(heads(&bounded, "student"), 3.0);
    assert!(heads(&bounded, "full") > 0.0);
    // A bound more makes nothing cheaper, and the bound's plan costs what its people are paid.
    assert!(bounded.plan.cost >= free.plan.cost * (1.0 - 1e-9));
    let pay = heads(&bounded, "full") * 40.0 * 20.0 * 4.0 + 3.0 * 30.0 * 12.0 * 4.0;
    assert!((bounded.plan.cost - pay).abs() < 1e-6);
    for (week, most) in [(1, 60.0), (2, 60.0), (3, 120.0), (4, 120.0)] {
        assert!(hours(&bounded, "student", week) <= most + 1e-9);
    }
}

/// Letters on every day of the week that may lie for three days, and shifts on every day.
const LETTERS: &str = r#"
days_per_week = 5
[channel.mail]
kind = "deferred"
open = "Mon-Sun 09:00-17:00"
[topic.letter]
per_week = 900
channels = { mail = "100%" }
handle   = { mail = "10m" }
ends     = { resolved = "100%" }
[promise.mail]
target = "90% of mail first reply within 72h"
[shift.day]
start  = "09:00"
length = "8h"
[team.all]
site      = "berlin"
heads     = { full = 5 }
shifts    = ["day"]
roster    = "fit"
shrinkage = "none"
[decide]
"team.all.heads.full" = { from = 1, to = 60 }
"#;

/// A plan of letters alone, with a premium or none.
fn letters(premium: &str) -> Recommendation {
    let text = calls("4 weeks", "Mon-Fri 09:00-17:00", "1") + LETTERS;
    let calls = [
        (
            "[topic.help]\nper_week = 1\nhandle   = \"5m\"\nends     = { resolved = \"100%\" }\n",
            "",
        ),
        (
            "[promise.phone]\ntarget = \"80% of phone within 20s\"\n",
            "",
        ),
        (
            "[channel.phone]\nkind   = \"live\"\nopen   = \"Mon-Fri 09:00-17:00\"\nredial = \"none\"\n",
            "",
        ),
        ("days_per_week = 5", premium),
    ];
    planned(&replaced(&text, &calls))
}

fn on(plan: &Recommendation, day: &str) -> u32 {
    let shifts = plan.plan.plan.teams[0].shifts.iter();
    shifts.filter(|s| s.day == day).map(|s| s.staff).sum()
}

#[test]
fn premiums_cost_what_they_say_and_move_work_that_may_lie() {
    let sunday = "days_per_week = 5\npremium = { \"Sun\" = \"50%\" }";
    let plan = letters(sunday);
    assert!(plan.plan.proved);
    // 900 letters of ten minutes are 150 hours: four people of 40 hours, who need not come on Sunday.
    assert_eq!((heads(&plan, "full"), on(&plan, "Sun")), (4.0, 0));
    assert!((plan.plan.cost - 4.0 * 40.0 * 4.0 * 20.0).abs() < 1e-6);
    assert_eq!(spent(&plan.plan.proof, CostKind::Premiums), 0.0);
    // The same at night from five on: the day's shift is not touched, and costs the same.
    let night = letters("days_per_week = 5\npremium = { \"17:00-06:00\" = \"25%\" }");
    assert_eq!(night.plan.cost, plan.plan.cost);
    // Every hour dearer by a half: nothing to move, so all of them pay it.
    let always = letters("days_per_week = 5\npremium = { \"Mon-Sun\" = \"50%\" }");
    let worked: f64 = (1..=4).map(|w| hours(&always, "full", w)).sum();
    let more = worked * 0.5 * 20.0;
    let pay = heads(&always, "full") * 40.0 * 4.0 * 20.0;
    assert!((always.plan.cost - pay - more).abs() < 1e-6);
    assert!((spent(&always.plan.proof, CostKind::Premiums) - more).abs() < 1e-6);
}

#[test]
fn calls_on_a_sunday_are_paid_for_with_its_premium() {
    let open = calls("4 weeks", "Mon-Sun 09:00-17:00", "900");
    let staff = STAFF.replace("HEADS", "full = 5");
    let staff = staff.replace("LENGTH", "\"4h\"");
    let staff = staff.replace("LEVERS", "\"team.all.heads.full\" = { from = 1, to = 60 }");
    let staff = staff.replacen(
        "days_per_week = 5",
        "days_per_week = 5\npremium = { \"Sun\" = \"50%\" }",
        1,
    );
    let plan = planned(&(open + &staff));
    assert!(plan.plan.proved);
    let sundays = f64::from(on(&plan, "Sun")) * 4.0;
    assert!(sundays > 0.0);
    let weeks = if plan.plan.plan.teams[0].shifts[0].week.is_none() {
        4.0
    } else {
        1.0
    };
    let more = weeks * sundays * 0.5 * 20.0;
    let pay = heads(&plan, "full") * 40.0 * 4.0 * 20.0;
    assert!(
        (plan.plan.cost - pay - more).abs() < 1e-6,
        "{} {pay} {more}",
        plan.plan.cost
    );
    assert!((spent(&plan.plan.proof, CostKind::Premiums) - more).abs() < 1e-6);
}
