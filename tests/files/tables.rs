//! Tidy CSV tables, in both locales.

use crate::close;
use crate::harness::{MORE, SMALL, written};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

pub type Rows = Vec<BTreeMap<String, String>>;

pub fn rows(folder: &Path, name: &str, delimiter: u8) -> Rows {
    let text = fs::read_to_string(folder.join(name)).unwrap();
    let text = text.trim_start_matches('\u{feff}').to_owned();
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.unwrap()).collect()
}

fn sum(rows: &Rows, column: &str) -> f64 {
    rows.iter()
        .map(|row| row[column].parse::<f64>().unwrap())
        .sum()
}

#[test]
fn tables_hold_what_the_json_says() {
    let dir = tempfile::tempdir().unwrap();
    let run = written(&["run", SMALL], dir.path());
    let value = |pointer: &str| run.pointer(pointer).unwrap().as_f64().unwrap();

    for row in rows(dir.path(), "metrics.csv", b',') {
        let scope = match row["scope"].as_str() {
            "overall" | "staff" => run[row["scope"].as_str()].clone(),
            scope => {
                let of = run[format!("{scope}s")].as_array().unwrap();
                of.iter()
                    .find(|x| x["name"] == row["name"].as_str())
                    .unwrap()
                    .clone()
            }
        };
        let expected = &scope[row["metric"].as_str()];
        for (column, key) in [("value", "value"), ("low", "low"), ("high", "high")] {
            let shown = row[column].parse::<f64>().ok();
            assert_eq!(shown, expected[key].as_f64(), "{row:?}");
        }
    }
    let intervals = rows(dir.path(), "intervals.csv", b',');
    assert_eq!(intervals.len(), 14 * 96);
    for key in ["offered", "answered", "abandoned"] {
        assert!(
            close(
                sum(&intervals, key),
                value(&format!("/overall/{key}/value"))
            ),
            "{key}"
        );
    }
    let level = sum(&intervals, "promise_kept") / sum(&intervals, "promised");
    assert!(close(level, value("/overall/service_level/value")));
    let days = rows(dir.path(), "days.csv", b',');
    let daily = |figure: &str| -> f64 {
        let own = days.iter();
        let own = own.filter(|r| r["metric"] == figure && r["scope"] != "stream");
        own.filter_map(|r| r["value"].parse::<f64>().ok()).sum()
    };
    for key in ["offered", "answered", "abandoned"] {
        assert!(
            close(daily(key), value(&format!("/overall/{key}/value"))),
            "{key}"
        );
    }
    assert!(close(daily("on_queue_h"), value("/staff/on_queue_h/value")));
    assert!(close(daily("rostered_h"), 375.0));
    // The streams' days add up to the whole, too.
    for key in [
        "offered",
        "first_contacts",
        "answered",
        "abandoned",
        "resolved",
    ] {
        let own = days.iter();
        let own = own.filter(|r| r["metric"] == key && r["scope"] == "stream");
        let sum: f64 = own.filter_map(|r| r["value"].parse::<f64>().ok()).sum();
        assert!(close(sum, value(&format!("/overall/{key}/value"))), "{key}");
    }
    // Two weeks, four figures of a channel that sum and four that do not, four of the team, ten of each stream, and for each
    // of them and for all together four percentiles of waits.
    let streams = days.iter().filter(|r| r["scope"] == "stream").count();
    let money = days.iter().filter(|r| r["scope"] == "cost").count();
    assert_eq!(days.len() - streams - money, 14 * (8 + 4 + 3 * 4));
    assert_eq!(streams % (14 * (10 + 4)), 0);
    // What the days cost adds up to the whole, by kind and in all.
    assert_eq!(money % 14, 0);
    let costs = rows(dir.path(), "costs.csv", b',');
    let mut kinds = 0;
    for cost in costs.iter().filter(|r| !r["kind"].starts_with("per_")) {
        let own = days.iter().filter(|r| r["scope"] == "cost");
        let own = own.filter(|r| r["name"] == cost["kind"]);
        let sum: f64 = own.filter_map(|r| r["value"].parse::<f64>().ok()).sum();
        let whole: f64 = cost["value"].parse().unwrap();
        assert!(
            (sum - whole).abs() < 1e-6 * whole.abs().max(1.0),
            "{cost:?}"
        );
        kinds += 1;
    }
    assert_eq!(money, 14 * kinds);
    // What is solved at the first contact is a share of the day's first contacts.
    let of_days = |metric: &str| -> Vec<Option<f64>> {
        let own = days.iter();
        let own = own.filter(|r| r["metric"] == metric && r["scope"] == "stream");
        own.map(|r| r["value"].parse().ok()).collect()
    };
    let first = of_days("first_contacts");
    let solved = of_days("fcr").into_iter().zip(&first);
    let solved: f64 = solved.filter_map(|(share, n)| Some(share? * (*n)?)).sum();
    let all: f64 = first.iter().flatten().sum();
    assert!(close(solved / all, value("/overall/fcr/value")));
    let score = |r: &Option<f64>| r.is_none_or(|points| (0.0..=100.0).contains(&points));
    assert!(of_days("satisfaction").iter().all(score));
    // Somebody who is the oldest waits.
    let number = |r: &BTreeMap<String, String>, key: &str| r[key].parse::<f64>().unwrap();
    let old = intervals
        .iter()
        .filter(|r| number(r, "oldest_at_end_s") > 0.0);
    assert!(old.clone().count() > 0 && old.into_iter().all(|r| number(r, "waiting_at_end") > 0.0));
    let staffing = rows(dir.path(), "staffing.csv", b',');
    let on_queue = sum(&staffing, "on_queue") / 4.0;
    assert!(
        close(on_queue, value("/staff/on_queue_h/value")),
        "{on_queue}"
    );
    // Work in hand at closing time is overtime, which the roster does not know: 5 people, 10 days, 7.5 hours.
    assert!(close(sum(&staffing, "rostered") / 4.0, 375.0));

    let costs = rows(dir.path(), "costs.csv", b',');
    let cost = |kind: &str| {
        costs.iter().find(|r| r["kind"] == kind).unwrap()["value"]
            .parse::<f64>()
            .unwrap()
    };
    assert!(close(cost("wages") + cost("overtime"), cost("total")));
    assert!(close(cost("total"), value("/cost/total/value")));
    let promise = &rows(dir.path(), "promises.csv", b',')[0];
    assert_eq!(promise["verdict"], run["promises"][0]["verdict"]);
    let duties = rows(dir.path(), "schedule.csv", b',');
    assert_eq!(duties.iter().filter(|r| r["kind"] == "duty").count(), 50);
    assert_eq!(duties[0]["start"], "2027-01-11T09:00:00+01:00");
    assert_eq!(
        rows(dir.path(), "assumptions.csv", b',').len(),
        run["assumptions"].as_array().unwrap().len()
    );
}

#[test]
fn german_tables_say_the_same_with_commas() {
    let dir = tempfile::tempdir().unwrap();
    let (en, de) = (dir.path().join("en"), dir.path().join("de"));
    let args = ["compare", SMALL, MORE, "--fixed", "--replications", "2"];
    let compared = written(&args, &en);
    written(&[args.as_slice(), &["--locale", "de"]].concat(), &de);
    let mut tables = 0;
    for entry in fs::read_dir(&en).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if !name.ends_with(".csv") {
            continue;
        }
        tables += 1;
        let (english, german) = (rows(&en, &name, b','), rows(&de, &name, b';'));
        assert_eq!(english.len(), german.len(), "{name}");
        for (a, b) in english.iter().zip(&german) {
            for (key, text) in a {
                let expected = match text.parse::<f64>() {
                    Ok(_) => text.replace('.', ","),
                    Err(_) => text.clone(),
                };
                assert_eq!(b[key], expected, "{name}: {key}");
            }
        }
    }
    assert_eq!(tables, 10);
    let differences = rows(&en, "differences.csv", b',');
    assert_eq!(
        differences.len(),
        compared["differences"].as_array().unwrap().len()
    );
    let scenarios: BTreeSet<String> = rows(&en, "intervals.csv", b',')
        .iter()
        .map(|r| r["scenario"].clone())
        .collect();
    assert_eq!(scenarios.into_iter().collect::<Vec<_>>(), ["more", "small"]);
}

#[test]
fn the_same_results_are_the_same_files() {
    let dir = tempfile::tempdir().unwrap();
    let (one, two) = (dir.path().join("one"), dir.path().join("two"));
    let args = ["run", SMALL, "--replications", "2"];
    written(&args, &one);
    written(&[args.as_slice(), &["--threads", "1"]].concat(), &two);
    let mut compared = 0;
    for entry in fs::read_dir(&one).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name();
        if entry.path().is_dir() {
            continue;
        }
        assert!(
            fs::read(one.join(&name)).unwrap() == fs::read(two.join(&name)).unwrap(),
            "{name:?}"
        );
        compared += 1;
    }
    assert!(compared >= 11, "only {compared} files");
}
