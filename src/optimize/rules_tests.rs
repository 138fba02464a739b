//! Plans under the rules of contracts and sites: what is recommended can be worked by people, and both solvers agree.
#![allow(clippy::unwrap_used)]

use super::testing::{self, calls, quick, team};
use super::{Goal, Recommendation};
use crate::experiment::Case;
use crate::roster::{Rule, Violation, check};
use crate::scenario::testing::{load, replaced};
use crate::solve::Solver;

/// Calls from seven to ten at night on every day of the week, two shifts a day, four weeks.
const REST: &str = r#"
days_in_a_row = 6
days_per_week = 5
[shift.early]
start  = "07:00"
length = "8h"
[shift.late]
start  = "14:00"
length = "8h"
"#;

fn planned(changes: &[(&str, &str)], solver: Solver) -> Recommendation {
    let text = calls("4 weeks", "Mon-Sun 07:00-22:00", "2_500")
        + REST
        + &team(12, "\"early\", \"late\"", (1, 60));
    let scenario = load(&replaced(&text, changes), &[]);
    let goal = Goal {
        solver,
        ..quick(6, 4, 10)
    };
    testing::planned(scenario, &goal)
}

fn broken(found: &Recommendation) -> Vec<Violation> {
    let case = Case::new(found.scenario.clone()).unwrap();
    let mut broken = check(&case.scenario, &case.roster);
    broken.retain(|v| v.rule != Rule::Idle);
    broken
}

const TOURS: (&str, &str) = (
    "days_per_week = 5",
    "days_per_week = 5\nstart_band = \"2h\"\nweekend_share = \"50%\"",
);

#[test]
fn tours_of_a_plan_keep_starts_and_weekends_at_the_price_of_people() {
    let free = planned(&[], Solver::default());
    let tours = planned(&[TOURS], Solver::default());
    assert!(free.plan.proved && tours.plan.proved);
    let found = broken(&tours);
    assert!(found.is_empty(), "{found:#?}");
    // The weekend asks for as many as other days, and only half of the people are there: more people than for the hours.
    let heads = |r: &Recommendation| r.plan.plan.teams[0].heads;
    assert!(
        heads(&tours) > heads(&free),
        "{} {}",
        heads(&tours),
        heads(&free)
    );
    // And the report says what holds the plan up.
    let says = |r: &Recommendation| {
        r.plan
            .why
            .binding
            .iter()
            .any(|b| b == "full: 50 % of weekends")
    };
    assert!(says(&tours) && !says(&free), "{:?}", tours.plan.why.binding);
    // A rule more makes no requirement cheaper.
    assert!(tours.plan.rounds[0].bound >= free.plan.rounds[0].bound * (1.0 - 1e-9));
}

#[cfg(feature = "highs")]
#[test]
fn both_solvers_agree_on_plans_with_tours_and_seats() {
    let seats = ("\"Europe/Berlin\" }", "\"Europe/Berlin\", seats = 12 }");
    let plans = [Solver::Highs, Solver::Microlp].map(|solver| planned(&[TOURS, seats], solver));
    let bounds = plans.each_ref().map(|p| p.plan.rounds[0].bound);
    assert!((bounds[0] / bounds[1] - 1.0).abs() < 1e-6, "{bounds:?}");
    for plan in &plans {
        let found = broken(plan);
        assert!(found.is_empty(), "{found:#?}");
    }
}

#[test]
fn seats_and_company_are_kept() {
    // Two are enough for the calls of the weekend's evenings; three have to be there.
    let keep = (
        "to = 60 }",
        "to = 60 }\nkeep = [\"at least 3 at work in all\"]",
    );
    let few = ("per_week = 2_500", "per_week = 300");
    let alone = planned(&[few], Solver::default());
    let kept = planned(&[few, keep], Solver::default());
    let fewest = |r: &Recommendation| {
        let shifts = &r.plan.plan.teams[0].shifts;
        shifts.iter().map(|s| s.staff).min().unwrap()
    };
    assert!(fewest(&alone) < 3);
    assert!(fewest(&kept) >= 3);
    assert!(kept.plan.proved && kept.plan.keep[0].met);
    assert_eq!(kept.plan.keep[0].value, Some(3.0));

    // With a seat for everybody on a shift but not for two shifts at once, the hour in which they overlap decides.
    let most = |r: &Recommendation| {
        let case = Case::new(r.scenario.clone()).unwrap();
        let duties: Vec<(u64, u64)> = case.roster.teams[0]
            .positions
            .iter()
            .flat_map(|p| &p.duties)
            .map(|d| (d.start, d.end))
            .collect();
        let there = |at: u64| duties.iter().filter(|d| d.0 <= at && at < d.1).count();
        duties.iter().map(|d| there(d.0)).max().unwrap()
    };
    let free = planned(&[], Solver::default());
    let seats = most(&free) - 1;
    let text = format!("\"Europe/Berlin\", seats = {seats} }}");
    let seated = planned(&[("\"Europe/Berlin\" }", &text)], Solver::default());
    assert!(most(&seated) <= seats, "{} of {seats}", most(&seated));
    let said = format!("{seats} seats in berlin");
    let binding = &seated.plan.why.binding;
    assert!(binding.contains(&said), "{binding:?}");
}
