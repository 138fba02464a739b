//! Erlang B, C and A against figures computed elsewhere, and the calculator that prints them.
#![allow(clippy::unwrap_used)]

use assert_cmd::Command;
use proptest::prelude::*;
use serde_json::Value;
use staffwright::queueing::{ServiceLevel, Station, Steady, erlang_b};

/// Relative agreement asked of every figure.
const WITHIN: f64 = 1e-9;

struct Row {
    fields: Vec<String>,
    line: u64,
}

impl Row {
    fn number(&self, column: usize) -> Option<f64> {
        let text = &self.fields[column];
        (!text.is_empty()).then(|| text.parse().unwrap())
    }

    /// Compares a figure with a column; says whether there was anything to compare.
    fn check(&self, column: usize, name: &str, value: Option<f64>) -> usize {
        let Some(expected) = self.number(column) else {
            return 0;
        };
        let value = value.unwrap();
        let good = if expected == 0.0 {
            value == 0.0
        } else {
            (value / expected - 1.0).abs() <= WITHIN
        };
        assert!(
            good,
            "line {}: {name} is {value:e}, not {expected:e}",
            self.line
        );
        1
    }
}

fn rows() -> Vec<Row> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/erlang.csv");
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_path(path)
        .unwrap();
    reader
        .records()
        .map(|record| {
            let record = record.unwrap();
            Row {
                line: record.position().unwrap().line(),
                fields: record.iter().map(str::to_owned).collect(),
            }
        })
        .collect()
}

#[test]
fn every_row_is_reproduced_to_nine_digits() {
    let mut figures = 0;
    let rows = rows();
    for row in &rows {
        let agents = row.fields[1].parse().unwrap();
        let (rate, service) = (row.number(2).unwrap(), row.number(3).unwrap());
        if row.fields[0] == "B" {
            figures += row.check(6, "blocking", Some(erlang_b(agents, rate / service)));
            continue;
        }
        let theta = row.number(4).unwrap_or(0.0);
        let within = row.number(5).unwrap();
        let steady = Station::new(agents, rate, 1.0 / service, theta)
            .unwrap()
            .steady();
        let level = |definition| steady.service_level(within, definition);
        figures += row.check(6, "wait share", Some(steady.wait_share));
        figures += row.check(7, "abandoned share", Some(steady.abandoned_share));
        figures += row.check(8, "queue", Some(steady.queue));
        figures += row.check(9, "mean wait", Some(steady.mean_wait));
        figures += row.check(10, "offered", level(ServiceLevel::Offered));
        let less_short = ServiceLevel::LessShort { short: None };
        figures += row.check(11, "less short", level(less_short));
        figures += row.check(12, "answered", level(ServiceLevel::Answered));
        figures += row.check(13, "occupancy", steady.occupancy);
        let credited = level(ServiceLevel::Credited).unwrap();
        let parts = steady.answered_within(within) + steady.abandoned_within(within);
        assert!((credited - parts).abs() < 1e-15);
    }
    assert_eq!(rows.len(), 247);
    assert_eq!(figures, 63 + 44 * 6 + 140 * 8);
}

#[test]
fn planners_example_by_each_definition() {
    // 100 calls in 30 min, AHT 3 min, mean patience 5 min, 14 agents, 20 s; in seconds.
    let station = Station::new(14, 100.0 / 1800.0, 180.0, 1.0 / 300.0).unwrap();
    let steady = station.steady();
    let level = |definition| format!("{:.4}", steady.service_level(20.0, definition).unwrap());
    assert_eq!(level(ServiceLevel::Offered), "0.9168");
    assert_eq!(level(ServiceLevel::Answered), "0.9298");
    assert_eq!(level(ServiceLevel::LessShort { short: None }), "0.9234");
}

fn calculator(arguments: &str) -> Command {
    let mut command = Command::cargo_bin("staffwright").unwrap();
    command.arg("erlang").args(arguments.split_whitespace());
    command
}

fn json(arguments: &str) -> Value {
    let output = calculator(arguments).arg("--json").assert().success();
    serde_json::from_slice(&output.get_output().stdout).unwrap()
}

/// Standard error of a call that must end with exit code 2.
fn refusal(arguments: &str) -> String {
    let output = calculator(arguments).assert().code(2).stdout("");
    String::from_utf8(output.get_output().stderr.clone()).unwrap()
}

#[test]
fn calculator_prints_the_planners_example() {
    let queue = "--calls 100 --per 30m --aht 3m --agents 14 --within 20s";
    let a = json(&format!("a {queue} --patience 5m"));
    let rounded = |value: &Value| format!("{:.4}", value.as_f64().unwrap());
    assert_eq!(rounded(&a["service_level"]), "0.9168");
    assert_eq!(rounded(&a["service_levels"]["answered"]), "0.9298");
    assert_eq!(rounded(&a["service_levels"]["less_short"]), "0.9234");
    let b = json("b --calls 100 --aht 3m --lines 14");
    assert!((b["blocked_share"].as_f64().unwrap() - erlang_b(14, 10.0)).abs() < 1e-15);
    let output = calculator(&format!("a {queue} --patience 5m --definition less-short"))
        .assert()
        .success();
    let text = String::from_utf8(output.get_output().stdout.clone()).unwrap();
    assert!(
        text.contains("service level       92.34% in 20 s (less_short)"),
        "{text}"
    );
}

#[test]
fn erlang_c_asks_for_more_agents_than_erlang_a() {
    // 33.3 erlangs, 80 % of offered within 20 s.
    let queue = "--calls 111 --per 1000s --aht 300s --target 80%";
    assert_eq!(json(&format!("c {queue}"))["needed"], 39);
    assert_eq!(json(&format!("a {queue} --patience 120s"))["needed"], 35);
    let lines = json("b --calls 10 --per 1h --aht 1h --target 1%");
    assert_eq!(lines["needed"], 18);
}

#[test]
fn endless_queue_is_said_and_not_a_number_in_json() {
    let queue = "c --calls 100 --aht 3m --agents 10";
    let output = calculator(queue).assert().success();
    let text = String::from_utf8(output.get_output().stdout.clone()).unwrap();
    assert!(text.contains("grows without bound"), "{text}");
    assert!(json(queue)["mean_wait_s"].is_null());
}

#[test]
fn bad_input_is_explained_with_exit_code_2() {
    for (arguments, part) in [
        (
            "a --calls 100 --aht 3m --agents 14 --patience 0s",
            "--patience",
        ),
        (
            "a --calls 100 --aht 3 --agents 14 --patience 5m",
            "write 3s or 3m",
        ),
        ("a --calls -5 --aht 3m --agents 14 --patience 5m", "-5"),
        (
            "c --calls 100 --aht 0s --agents 14",
            "--aht must be above 0s",
        ),
        (
            "c --calls 100 --per 0s --aht 3m --agents 14",
            "--per must be above 0s",
        ),
        ("c --calls 100 --aht 3m --target 80", "write 80%"),
        ("c --calls 100 --aht 3m --target 100%", "less than 100%"),
        ("b --calls 100 --aht 3m --target 0%", "above 0%"),
        ("c --calls 100 --aht 3m", "--agents"),
        ("d --calls 100", "unrecognized subcommand"),
        (
            "a --calls 9 --aht 3m --agents 1 --patience 5m --short 5s",
            "less-short",
        ),
    ] {
        let message = refusal(arguments);
        assert!(message.contains(part), "{arguments}: {message}");
    }
}

/// Waiting and abandoning shares by the plain sum over states, which is fine for small queues.
fn by_states(agents: u32, load: f64, theta: f64) -> (f64, f64) {
    let (mut weight, mut idle, mut busy, mut queue) = (1.0, 0.0, 0.0, 0.0);
    for j in 0..agents {
        idle += weight;
        weight *= load / f64::from(j + 1);
    }
    for waiting in 0..100_000 {
        busy += weight;
        queue += weight * f64::from(waiting);
        weight *= load / (f64::from(agents) + f64::from(waiting + 1) * theta);
        if weight > 1e200 {
            (weight, idle, busy, queue) =
                (weight / 1e200, idle / 1e200, busy / 1e200, queue / 1e200);
        }
        if weight < 1e-18 * busy && weight * f64::from(waiting) < 1e-18 * queue {
            break;
        }
    }
    let total = idle + busy;
    (busy / total, theta * queue / (total * load))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_small_queue_agrees_with_its_sum_over_states(
        agents in 1_u32..60,
        pressure in 0.05..3.0_f64,
        theta_exponent in -2.5..5.0_f64,
    ) {
        let (load, theta) = (pressure * f64::from(agents), 10_f64.powf(theta_exponent));
        let steady = Station::new(agents, load, 1.0, theta).unwrap().steady();
        let (wait, abandoned) = by_states(agents, load, theta);
        prop_assert!((steady.wait_share / wait - 1.0).abs() < 1e-10);
        prop_assert!((steady.abandoned_share / abandoned - 1.0).abs() < 1e-10);
    }

    /// The search for the fewest agents halves an interval, which is right only for such queues.
    #[test]
    fn one_more_agent_never_lowers_a_service_level(
        agents in 0_u32..80,
        pressure in 0.05..3.0_f64,
        theta_exponent in -3.0..3.0_f64,
        within in 0.0..2.0_f64,
        short in 0.0..2.0_f64,
    ) {
        let load = pressure * f64::from(agents.max(1));
        let fewer = Station::new(agents, load, 1.0, 10_f64.powf(theta_exponent)).unwrap();
        let (fewer, more) = (fewer.steady(), fewer.with_agents(agents + 1).steady());
        for definition in [
            ServiceLevel::Offered,
            ServiceLevel::Answered,
            ServiceLevel::LessShort { short: None },
            ServiceLevel::LessShort { short: Some(short) },
            ServiceLevel::Credited,
        ] {
            let level = |steady: &Steady| steady.service_level(within, definition);
            let (before, after) = (level(&fewer).unwrap_or(0.0), level(&more).unwrap_or(0.0));
            prop_assert!((0.0..=1.0).contains(&after));
            prop_assert!(after >= before - 1e-12, "{definition:?}: {before} then {after}");
        }
    }
}
