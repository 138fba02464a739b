//! Learning and turnover in whole scenarios, each against its formula.

#![allow(clippy::unwrap_used)]

use staffwright::experiment::{Case, Settings, replicate};
use staffwright::measure::{self, CostKind};
use staffwright::random::Seed;
use staffwright::scenario;
use staffwright::sim;

const TEXT: &str = r#"
start  = 2027-02-01
length = "10 weeks"
zone   = "Europe/Berlin"
[demand]
counted = "first contacts"
busyness = "none"
[channel.phone]
kind = "live"
open = "Mon-Fri 08:00-18:00"
patience = "10m"
redial = "none"
[topic.help]
per_week = 1_500
handle = "5m"
ends = { resolved = "80%", returns = "20%" }
[promise.phone]
target = "80% of phone within 20s"
[contract.full]
hours = "40h/week"
pay = "EUR 20/h"
[shift.day]
start = { from = "08:00", to = "10:00", step = "1h" }
length = "8h"
[team.all]
heads = 12
shifts = ["day"]
roster = "fit"
shrinkage = { leave = "10%", sick = "5%" }
"#;

fn case(changes: &[(&str, &str)]) -> Case {
    let text = changes.iter().fold(TEXT.to_string(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    });
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("people.toml");
    std::fs::write(&path, &text).unwrap();
    let scenario = scenario::load(&path).unwrap_or_else(|d| panic!("{text}\n{}", d.render(false)));
    Case::new(scenario).unwrap()
}

fn play(case: &Case, replication: u64) -> sim::Ledger {
    sim::play(
        &case.world,
        &case.roster,
        Seed {
            seed: 3,
            replication,
        },
    )
}

fn line(case: &Case, ledger: &sim::Ledger, kind: CostKind) -> f64 {
    let lines = measure::cost(&case.scenario, &case.roster, ledger, &[]);
    lines.iter().find(|l| l.kind == kind).unwrap().amount
}

fn with(more: &str) -> Case {
    case(&[("heads = 12", &format!("heads = 12\n{more}"))])
}

#[test]
fn newcomers_work_slower_by_what_the_curve_says() {
    let scale = 600.0;
    let start = 0.5;
    let team = with("learning = { start = \"50%\", contacts = 600 }\ntenure = \"0 days\"");
    let plain = with("");
    // Everybody begins at nothing and works about as many contacts as the others.
    let (mut efficiency, mut slower, mut theory) = ((0.0, 0.0), (0.0, 0.0), (0.0, 0.0));
    for replication in 0..4 {
        let (new, old) = (play(&team, replication), play(&plain, replication));
        let sums = &new.teams[0];
        efficiency.0 += sums.efficiency as f64 / 1e6;
        efficiency.1 += sums.begun as f64;
        let mean = |l: &sim::Ledger| l.teams[0].session as f64 / l.teams[0].items as f64;
        slower.0 += mean(&new) / mean(&old);
        slower.1 += 1.0;
        let each = (sums.begun / 12) as usize;
        for n in 0..each {
            let e = 1.0 - (1.0 - start) * (-(n as f64) / scale).exp();
            theory.0 += e / each as f64;
            theory.1 += 1.0 / e / each as f64;
        }
    }
    let (efficiency, slower) = (efficiency.0 / efficiency.1, slower.0 / slower.1);
    let theory = (theory.0 / 4.0, theory.1 / 4.0);
    assert!(
        (efficiency - theory.0).abs() < 0.005,
        "{efficiency} is not {}",
        theory.0
    );
    // The harmonic mean: what handle times are multiplied by; 15,000 contacts tell it to about one per cent.
    assert!(
        (slower / theory.1 - 1.0).abs() < 0.015,
        "{slower} is not {}",
        theory.1
    );
}

#[test]
fn half_the_hours_learn_half_as_fast() {
    let mixed = case(&[
        (
            "heads = 12",
            "heads = { full = 6, student = 6 }\nlearning = { start = \"50%\" }\ntenure = \"90 days\"",
        ),
        (
            "[shift.day]",
            "[contract.student]\nhours = \"20h/week\"\npay = \"EUR 15/h\"\n[shift.day]",
        ),
    ]);
    let people = mixed.roster.teams[0].people.as_ref().unwrap();
    let curve = people.curve.unwrap();
    let after = |place: usize, days: f64| {
        curve.efficiency(curve.to_learn(days * people.places[place].contacts_per_day))
    };
    assert!((after(0, 100.0) - after(6, 200.0)).abs() < 1e-12);
    // 9.2 months of a full-timer's contacts are the scale.
    let months = curve.scale / people.places[0].contacts_per_day / (365.25 / 12.0);
    assert!((months - 9.2).abs() < 1e-9);
}

#[test]
fn newcomers_resolve_less_by_what_is_still_to_be_learnt() {
    // So slow a curve that nobody learns anything: 10 points fewer are resolved, at unchanged handle times.
    let team = with(
        "learning = { start = \"100%\", contacts = 1e9, resolved = \"-10 points\" }\ntenure = \"0 days\"",
    );
    let (mut resolved, mut items) = (0, 0);
    for replication in 0..4 {
        let sums = play(&team, replication).teams[0];
        resolved += sums.resolved;
        items += sums.items;
    }
    let share = resolved as f64 / items as f64;
    // 60,000 draws have a standard error of 0.2 points.
    assert!((share - 0.70).abs() < 0.006, "{share}");
}

#[test]
fn learning_that_is_complete_changes_no_byte() {
    let (plain, learnt) = (
        with(""),
        with("learning = { start = \"100%\", contacts = 10 }\ntenure = \"0 days\""),
    );
    let (a, b) = (play(&plain, 0), play(&learnt, 0));
    assert_eq!(
        (a.streams, a.staff, a.promises),
        (b.streams, b.staff, b.promises)
    );
}

#[test]
fn frozen_people_stay_and_cost_what_they_did() {
    let frozen = case(&[
        ("[demand]", "people = \"frozen\"\n[demand]"),
        ("heads = 12", "heads = 12\nattrition = { rate = \"90%\" }"),
    ]);
    let (a, b) = (play(&with(""), 0), play(&frozen, 0));
    assert_eq!((&a.streams, &a.staff), (&b.streams, &b.staff));
    assert_eq!(a.teams[0].paid, b.teams[0].paid);
    assert_eq!((b.teams[0].leavers, b.teams[0].vacant), (0, 0));
}

#[test]
fn leavers_leave_shifts_unworked_and_newcomers_cost_money_before_they_work() {
    let more = "attrition = { rate = \"300%\", replacement = \"EUR 1_000\" }\nhiring = { lead = \"10 days\", cost = \"EUR 2_000\" }\nclass = { length = \"14 days\", cost = \"EUR 500\" }";
    let case = with(more);
    let steady = with("");
    let ledger = play(&case, 1);
    let team = &ledger.teams[0];
    assert!(team.leavers >= 3, "{}", team.leavers);
    // Nobody's shifts are worked by nobody: duties fall out in proportion to the time nobody works.
    let there = team.working as f64 / (team.working + team.vacant + team.in_class) as f64;
    let scheduled = team.scheduled as f64 / play(&steady, 1).teams[0].scheduled as f64;
    assert!(
        (scheduled - there).abs() < 0.03,
        "{scheduled} is not {there}"
    );
    assert_eq!(
        line(&case, &ledger, CostKind::Hiring),
        2_000.0 * team.hires as f64 + 1_000.0 * team.leavers as f64
    );
    let class_hours = team.in_class as f64 / 3.6e9 * 40.0 / 168.0;
    let training = line(&case, &ledger, CostKind::Training) - 500.0 * team.hires as f64;
    assert!(
        (training / (20.0 * class_hours) - 1.0).abs() < 0.01,
        "{training}"
    );
    let wages = line(&case, &ledger, CostKind::Wages);
    let hours = team.working as f64 / 3.6e9 * 40.0 / 168.0;
    assert!((wages / (20.0 * hours) - 1.0).abs() < 0.01, "{wages}");
}

#[test]
fn the_outcome_tells_people_by_week() {
    let case = with("attrition = { rate = \"100%\" }\nhiring = { lead = \"10 days\" }");
    let settings = Settings {
        replications: 3,
        ..Settings::default()
    };
    let outcome = replicate(&case, &settings, &());
    let weeks = &outcome.teams[0].people;
    assert_eq!(weeks.len(), 10);
    assert_eq!(weeks[0].week, "2027-02-01");
    for week in weeks {
        let all =
            week.working.unwrap().value + week.vacant.unwrap().value + week.in_class.unwrap().value;
        assert!((all - 12.0).abs() < 1e-9);
    }
    assert!(outcome.teams[0].metrics.get("leavers").unwrap().value > 0.0);
    // The default for so long a horizon is said.
    assert!(
        outcome
            .assumptions
            .iter()
            .any(|a| a.path == "people" && a.value == "change")
    );
}
