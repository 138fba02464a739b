//! Conflicts planted one kind at a time: what is named is infeasible, feasible without any one of it, and feasible with
//! each relaxation, but not with one step less.
#![allow(clippy::unwrap_used)]

use super::limit::{Limit, limits};
use super::trial::{People, Scales};
use super::{least, relaxed, search, words};
use crate::experiment::Case;
use crate::optimize::generate::Known;
use crate::optimize::problem::Problem;
use crate::optimize::testing::{calls, quick, team};
use crate::optimize::{Infeasible, recommend};
use crate::scenario::model::Scenario;
use crate::scenario::testing::{load, replaced};
use crate::solve::Options;

/// 3 erlangs of calls on five days of ten hours for people on shifts of 8 hours.
const REST: &str = r#"
days_in_a_row = 6
days_per_week = 5
[shift.day]
start  = ["08:00"]
length = "8h"
"#;

fn scenario(changes: &[(&str, &str)]) -> Scenario {
    let text =
        calls("2 weeks", "Mon-Fri 08:00-16:00", "1_440") + REST + &team(6, "\"day\"", (2, 12));
    load(&replaced(&text, changes), &[])
}

/// What is named: `path: text: relaxation`. Everything that makes it a smallest conflict is asserted on the way.
fn named(scenario: Scenario, budget: Option<f64>) -> Vec<String> {
    let case = Case::new(scenario).unwrap();
    let mut problem = Problem::new(&case);
    let tuning = problem.untuned();
    problem.tune(&tuning);
    problem.budget = budget;
    let options = Options::default();
    let all = limits(&problem);
    let scales = Scales {
        problem: &problem,
        tuning: &tuning,
        options: &options,
        people: People::Parts,
        known: &Known::default(),
    };
    let mut can = |held: &[Limit]| scales.holds(&all, held);
    let Some(set) = search::smallest(&all, &mut can).unwrap() else {
        return Vec::new();
    };
    assert!(!can(&set).unwrap(), "{set:?} is no conflict");
    for &limit in &set {
        let others: Vec<Limit> = set.iter().copied().filter(|o| *o != limit).collect();
        assert!(can(&others).unwrap(), "{set:?} is one without {limit:?}");
    }
    let said = |&limit: &Limit| {
        // Beside all other rules; where others clash, too, beside those of the set.
        let mut gone: Vec<Limit> = Vec::new();
        let mut steps = least(&scales, limit, &gone).unwrap();
        if steps.is_none() {
            gone.extend(all.iter().filter(|l| !set.contains(l)));
            steps = least(&scales, limit, &gone).unwrap();
        }
        let steps = steps.unwrap_or_else(|| panic!("{limit:?} of {set:?} is not enough"));
        let does = |steps: u32| {
            let trial = relaxed(&scales, limit, steps, &gone);
            scales.possible(&trial).unwrap()
        };
        assert!(does(steps), "{limit:?} by {steps}");
        assert!(
            steps == 1 || !does(steps - 1),
            "{limit:?} by {steps} less one"
        );
        let rule = words::rule(&problem, limit, steps);
        format!("{}: {}: {}", rule.path, rule.text, rule.relaxation)
    };
    set.iter().map(said).collect()
}

/// Whether what is said is what was expected, where `*` stands for anything.
fn like(said: &[String], expected: &[&str]) -> bool {
    let one = |said: &String, expected: &&str| {
        let parts: Vec<&str> = expected.split('*').collect();
        let mut rest = said.as_str();
        parts.iter().enumerate().all(|(i, part)| {
            let at = if i == 0 {
                rest.starts_with(part).then_some(0)
            } else {
                rest.find(part)
            };
            at.is_some_and(|at| {
                rest = &rest[at + part.len()..];
                true
            })
        })
    };
    said.len() == expected.len() && said.iter().zip(expected).all(|(s, e)| one(s, e))
}

macro_rules! assert_named {
    ($scenario:expr, $budget:expr, $($expected:expr),* $(,)?) => {
        let said = named($scenario, $budget);
        assert!(like(&said, &[$($expected),*]), "{said:#?}");
    };
}

const PROMISE: &str =
    "promise.phone.target: 80% of phone within 20s: 80 % would have to become about *%";
const FEW: (&str, &str) = ("to = 12", "to = 6");
const MOST: &str = "decide.\"team.all.heads.full\".to: team.all.heads.full at most *: * would have to become about *";

#[test]
fn rules_that_can_hold_are_no_conflict() {
    assert_eq!(named(scenario(&[]), None), Vec::<String>::new());
}

/// A hundred letters a week beside the calls, with more tables behind them.
fn with_letters(more: &str) -> Vec<(&'static str, String)> {
    let tables = r#"redial = "none"
[channel.mail]
kind = "deferred"
open = "24/7"
[topic.letters]
per_week = 100
handle   = "5m"
channels = { mail = "100%" }
ends     = { resolved = "100%" }
"#;
    let calls = "channels = { phone = \"100%\" }\nends     = {".to_owned();
    vec![
        ("ends     = {", calls),
        ("redial = \"none\"", tables.to_owned() + more),
    ]
}

fn changed(changes: &[(&str, String)]) -> Scenario {
    let changes: Vec<(&str, &str)> = changes.iter().map(|c| (c.0, c.1.as_str())).collect();
    scenario(&changes)
}

/// Letters that nobody is promised an answer to come on days without shifts, too: they wait, and break nothing.
#[test]
fn work_without_a_promise_waits_for_those_who_do_it() {
    let mut changes = with_letters("");
    let weekdays = "length = \"8h\"\ndays = \"Mon-Fri\"".to_owned();
    changes.push(("length = \"8h\"", weekdays));
    assert_eq!(named(changed(&changes), None), Vec::<String>::new());
}

/// Letters are promised an answer in two hours, day and night, by people who are there by day.
#[test]
fn letters_of_the_night_are_no_conflict_where_others_take_them_over() {
    let promise = "[promise.mail]\ntarget = \"90% of mail first reply within 2h\"";
    let mut changes = with_letters(promise);
    assert_ne!(named(changed(&changes), None), Vec::<String>::new());
    let far = r#"[shift.round]
start  = ["00:00", "08:00", "16:00"]
length = "8h"
[team.far]
site      = "berlin"
heads     = { full = 9 }
shifts    = ["round"]
roster    = "fit"
shrinkage = "none"
skills    = { channels = ["mail"] }
[route.mail]
when = { channels = ["mail"] }
to   = [{ team = "all" }, { team = "far", after = "30m" }]
[decide]"#;
    changes.push(("[decide]", far.to_owned()));
    assert_eq!(named(changed(&changes), None), Vec::<String>::new());
}

#[test]
fn too_few_heads() {
    assert_named!(scenario(&[("to = 12", "to = 3")]), None, PROMISE, MOST);
}

#[test]
fn too_few_seats() {
    assert_named!(
        scenario(&[("\"Europe/Berlin\" }", "\"Europe/Berlin\", seats = 3 }")]),
        None,
        PROMISE,
        "site.berlin.seats: 3 seats in berlin: 3 would have to become *",
    );
}

#[test]
fn shifts_that_begin_too_early_or_too_late() {
    // What shifts do not reach is a matter of the opening hours as well.
    assert_named!(
        scenario(&[("08:00-16:00", "08:00-18:00")]),
        None,
        PROMISE,
        "shift.day.start: latest start of day 08:00: latest start 08:00 would have to become *",
        "channel.phone.open: phone open Mon-Fri 08:00-18:00: Mon-Fri 08:00-18:00 would have to become Mon-Fri 08:00-1*",
    );
    assert_named!(
        scenario(&[("08:00-16:00", "06:00-16:00")]),
        None,
        PROMISE,
        "shift.day.start: earliest start of day 08:00: earliest start 08:00 would have to become *",
        "channel.phone.open: phone open Mon-Fri 06:00-16:00: Mon-Fri 06:00-16:00 would have to become Mon-Fri 0*",
    );
}

#[test]
fn days_without_shifts() {
    assert_named!(
        scenario(&[
            ("Mon-Fri", "Mon-Sat"),
            ("80% of phone", "90% of phone"),
            ("length = \"8h\"", "length = \"8h\"\ndays = \"Mon-Fri\""),
        ]),
        None,
        "promise.phone.target: 90% of phone within 20s: 90 % would have to become about 8*",
        "shift.day.days: day on Mon, Tue, Wed, Thu, Fri: Sat would have to be among its days",
        "channel.phone.open: *would have to become Mon-*",
    );
}

#[test]
fn hours_of_a_contract() {
    assert_named!(
        scenario(&[FEW, ("40h/week", "16h/week")]),
        None,
        PROMISE,
        MOST,
        "contract.full.hours: 16 h a week: 16 h would have to become about *",
    );
}

#[test]
fn days_off() {
    assert_named!(
        scenario(&[FEW, ("days_per_week = 5", "days_per_week = 2")]),
        None,
        PROMISE,
        MOST,
        "contract.full.days_per_week: 2 working days a week: 2 would have to become *",
    );
    assert_named!(
        scenario(&[FEW, ("days_in_a_row = 6", "days_in_a_row = 2")]),
        None,
        PROMISE,
        MOST,
        "contract.full.days_in_a_row: 2 working days in a row: 2 would have to become *",
    );
}

/// Calls late on Monday and early on Tuesday.
const TWO_DAYS: [(&str, &str); 3] = [
    ("per_week = 1_440", "per_week = 576"),
    ("Mon-Fri 08:00-16:00", "Mon 14:00-22:00, Tue 06:00-14:00"),
    ("[\"08:00\"]", "[\"06:00\", \"14:00\"]"),
];

#[test]
fn rest_between_shifts() {
    assert_named!(
        scenario(&[TWO_DAYS.as_slice(), &[FEW]].concat()),
        None,
        PROMISE,
        MOST,
        "contract.full.rest: 11h of rest between two shifts: 11h would have to become 8h",
    );
}

#[test]
fn starts_near_each_other() {
    let band = [
        FEW,
        ("rest  = \"11h\"", "rest = \"8h\"\nstart_band = \"2h\""),
    ];
    assert_named!(
        scenario(&[TWO_DAYS.as_slice(), &band].concat()),
        None,
        PROMISE,
        MOST,
        "contract.full.start_band: starts of a week 2h apart at most: 2h would have to become 8h",
    );
}

#[test]
fn working_time_of_a_day() {
    let mut held = scenario(&[
        FEW,
        ("08:00-16:00", "08:00-18:00"),
        ("per_week = 1_440", "per_week = 2_400"),
    ]);
    held.shifts[0].lengths_min = vec![300, 600];
    held.shifts[0].starts_min = vec![480, 780];
    held.contracts[0].hours_per_week = 50.0;
    held.contracts[0].rules.day_max_s = 5.0 * 3600.0;
    assert_named!(
        held,
        None,
        PROMISE,
        MOST,
        "contract.full.day_max: 5h of work a day: 5h would have to become 10h",
    );
}

#[test]
fn weekends() {
    assert_named!(
        scenario(&[
            FEW,
            ("Mon-Fri 08:00-16:00", "Mon-Sat 08:00-16:00"),
            ("per_week = 1_440", "per_week = 1_728"),
            (
                "days_per_week = 5",
                "days_per_week = 6\nweekend_share = \"50%\""
            ),
            ("40h/week", "48h/week"),
            ("80% of phone", "92% of phone"),
        ]),
        None,
        "promise.phone.target: *",
        MOST,
        "contract.full.weekend_share: 50 % of weekends: 50 % would have to become about *",
    );
}

#[test]
fn what_is_to_be_kept() {
    let keep = |sentence: &str| {
        format!("to = 4 }}\nkeep = [\"vendor share of contacts at most 50%\", \"{sentence}\"]")
    };
    let low = ("80% of phone", "40% of phone");
    assert_named!(
        scenario(&[
            low,
            ("to = 12 }", &keep("weekly occupancy of all at most 50%"))
        ]),
        None,
        "decide.keep.2: weekly occupancy of all at most 50%: 50 % would have to become about 7*",
        MOST,
    );
    assert_named!(
        scenario(&[low, ("to = 12 }", &keep("at least 5 at work in all"))]),
        None,
        "decide.keep.2: at least 5 at work in all: 5 at work would have to become 4 at work",
        MOST,
    );
}

#[test]
fn money() {
    // Four heads at EUR 800 a week.
    let held = || {
        scenario(&[(
            "to = 12 }",
            "to = 12 }\nkeep = [\"cost at most EUR 13_500/month\"]",
        )])
    };
    let said = named(held(), Some(4.0 * 1_600.0));
    let expected = [
        "decide.keep.1: cost at most EUR 13_500/month: EUR 13500 a month would have to become about *",
        PROMISE,
    ];
    assert!(like(&said, &expected), "{said:#?}");
    // Two heads must be, and cost twice as much as there is: the promise has no part in it.
    let said = named(held(), Some(1_600.0));
    let expected = [
        "decide.keep.1: *",
        "decide.\"team.all.heads.full\".from: team.all.heads.full at least 2: 2 would have to become about 1",
    ];
    assert!(like(&said, &expected), "{said:#?}");
}

/// What is recommended: heads of the plan if it is proved, and the money a month that it needs; else what clashes.
fn recommended(scenario: Scenario) -> Result<(u32, f64), Infeasible> {
    let case = Case::new(scenario).unwrap();
    let found = recommend(&case, None, &quick(5, 8, 30), &())?;
    assert!(found.plan.proved, "neither proved nor impossible");
    let money = found.plan.keep[0].judged.unwrap();
    Ok((found.plan.plan.teams[0].heads, money))
}

/// The first number after `about ` in what a rule would have to become.
fn about(clash: &Infeasible, path: &str) -> f64 {
    let rule = clash.rules.iter().find(|r| r.path == path);
    let rule = rule.unwrap_or_else(|| panic!("no {path} in {:#?}", clash.rules));
    let (_, number) = rule.relaxation.split_once("about ").unwrap();
    let number = number.split(' ').next().unwrap();
    number.parse().unwrap()
}

/// Between the money for parts of people and that for whole ones: the linear model finds a plan, and there is none.
#[test]
fn what_only_whole_people_make_impossible_is_a_clash_with_relaxations_that_are_enough() {
    let with = |money: f64, share: &str| {
        let keep = format!("to = 12 }}\nkeep = [\"cost at most EUR {money:.0}/month\"]");
        scenario(&[("to = 12 }", keep.as_str()), ("80% of phone", share)])
    };
    // A head costs EUR 800 a week, EUR 3,478 a month.
    let month = 800.0 * 365.2425 / 12.0 / 7.0;
    let (fewest, enough) = recommended(with(1e6, "80% of phone")).unwrap();
    assert!(enough > f64::from(fewest) * month);
    let (heads, _) = recommended(with(enough + 1.0, "80% of phone")).unwrap();
    assert_eq!(heads, fewest);
    for short in [0.05, 0.5, 1.2] {
        let clash = recommended(with(enough - short * month, "80% of phone")).unwrap_err();
        let paths: Vec<&str> = clash.rules.iter().map(|r| r.path.as_str()).collect();
        assert_eq!(paths, ["decide.keep.1", "promise.phone.target"], "{short}");
        let money = about(&clash, "decide.keep.1");
        assert!(
            (enough - 1.0..enough * 1.006).contains(&money),
            "{short}: {money} for {enough}"
        );
        let share = about(&clash, "promise.phone.target");
        // A point is within the doubt of a proof.
        let target = format!("{}% of phone", share - 1.0);
        let (heads, _) = recommended(with(enough - short * month, &target)).unwrap();
        assert!(heads < fewest, "{short}: {target}");
        let target = format!("{}% of phone", share + 2.0);
        assert!(
            recommended(with(enough - short * month, &target)).is_err(),
            "{short}: {target} would do"
        );
    }
}

/// The same where breaks may lie anywhere: too many columns for a model of whole people, so plans are made as in a round.
#[test]
fn what_only_whole_people_make_impossible_is_named_in_large_models_too() {
    let with = |money: f64, share: &str| {
        let keep = format!("to = 12 }}\nkeep = [\"cost at most EUR {money:.0}/month\"]");
        let shift = "start  = { from = \"08:00\", to = \"09:00\", step = \"15m\" }\nlength = { from = \"6h\", to = \"8h\", step = \"30m\" }\nbreaks = [{ length = \"30m\", from = \"2h\", to = \"4h\", paid = true }]";
        scenario(&[
            ("to = 12 }", keep.as_str()),
            ("80% of phone", share),
            ("start  = [\"08:00\"]\nlength = \"8h\"", shift),
        ])
    };
    let generous = with(1e6, "80% of phone");
    let columns = Problem::new(&Case::new(generous.clone()).unwrap())
        .columns
        .len();
    assert!(columns > 500, "{columns}");
    let (fewest, enough) = recommended(generous).unwrap();
    let month = 800.0 * 365.2425 / 12.0 / 7.0;
    let clash = recommended(with(enough - 0.4 * month, "80% of phone")).unwrap_err();
    let paths: Vec<&str> = clash.rules.iter().map(|r| r.path.as_str()).collect();
    assert!(
        paths.contains(&"decide.keep.1") && paths.contains(&"promise.phone.target"),
        "{paths:?}"
    );
    let money = about(&clash, "decide.keep.1");
    assert!(
        (enough - 1.0..enough * 1.006).contains(&money),
        "{money} for {enough}"
    );
    let target = format!("{}% of phone", about(&clash, "promise.phone.target") - 1.0);
    let (heads, _) = recommended(with(enough - 0.4 * month, &target)).unwrap();
    assert!(heads < fewest);
}
