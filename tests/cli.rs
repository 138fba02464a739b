//! The whole program, as typed: the same bytes whatever the threads, exit codes, pipes, colours, interrupts, files.
#![allow(clippy::unwrap_used)]

mod harness;
#[path = "cli/terminal.rs"]
mod terminal;

use harness::{FEWER, MORE, SMALL, json, printed, staffwright};
use serde_json::Value;
use std::fs;
use std::path::Path;

#[test]
fn threads_change_no_byte() {
    for args in [
        vec!["run", SMALL, "--json"],
        vec![
            "run",
            SMALL,
            "--json",
            "--precision",
            "1%",
            "--replications",
            "80",
        ],
        vec!["compare", SMALL, MORE, FEWER, "--json"],
        vec!["compare", SMALL, MORE, "--json", "--replications", "80"],
    ] {
        let with = |threads: &str| printed(&[args.as_slice(), &["--threads", threads]].concat());
        let one = with("1");
        assert_eq!(one, with("2"), "{args:?}");
        assert_eq!(one, with("5"), "{args:?}");
        assert_ne!(
            one,
            printed(&[args.as_slice(), &["--seed", "2"]].concat()),
            "{args:?}"
        );
    }
}

/// Two days of a small shop, as its telephone system might report them.
const ACTUALS: &str = "tests/cli/actuals.csv";

/// A scenario whose rules cannot all hold.
const TOO_FEW: &str = "tests/optimize/too-few.toml";

/// The objects of all commands on something small, each with the name of its schema.
fn objects() -> Vec<(&'static str, Value)> {
    let dir = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = dir.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let optimize = [
        "optimize",
        SMALL,
        "--json",
        "--quiet",
        "--set",
        "team.desk.roster=fit",
        "--replications",
        "2",
        "--rounds",
        "1",
    ];
    let mut rows = String::from("day,start,required\n");
    (0..24).for_each(|h| rows.push_str(&format!("1,{h:02}:00,{}\n", if h > 7 { 3 } else { 0 })));
    let requirement = file("requirement.csv", &rows);
    let patterns = file("patterns.toml", PATTERNS);
    let wrong = file("wrong.toml", "lenght = \"2 weeks\"\n");
    let checked = staffwright(&["check", SMALL, &wrong, "--json"]);
    assert_eq!(checked.status.code(), Some(2));
    let sweep = file(
        "sweep.toml",
        &SWEEP.replace(
            "SMALL",
            &fs::canonicalize(SMALL).unwrap().display().to_string(),
        ),
    );
    let swept = dir.path().join("swept");
    printed(&[
        "sweep",
        "all",
        &sweep,
        "--out",
        swept.to_str().unwrap(),
        "--quiet",
    ]);
    let clash = staffwright(&["optimize", TOO_FEW, "--json", "--quiet"]);
    assert_eq!(clash.status.code(), Some(4));
    vec![
        ("clash", serde_json::from_slice(&clash.stdout).unwrap()),
        (
            "run",
            json(&["run", SMALL, "--json", "--replications", "2", "--flips"]),
        ),
        ("compare", json(&["compare", SMALL, MORE, "--json"])),
        ("optimize", json(&optimize)),
        (
            "shifts",
            json(&[
                "shifts",
                &requirement,
                &patterns,
                "--json",
                "--time-limit",
                "2s",
            ]),
        ),
        ("check", serde_json::from_slice(&checked.stdout).unwrap()),
        ("sweep", record(&swept)),
    ]
}

const PATTERNS: &str = r#"
interval = "1h"
cyclic = false
[objective]
understaffing = 1.0
overstaffing = 1.0
distinct_shift = 15.0
paid_minute = 0.0
[[pattern]]
name = "day"
start = { from = "06:00", to = "16:00", step = "1h" }
length = { from = "8h", to = "8h", step = "1h" }
break = { length = "1h", from = "3h", to = "5h", step = "1h", paid = true }
"#;

const SWEEP: &str = r#"
scenarios = ["SMALL"]
replications = 1
[design]
kind = "grid"
[dimension.people]
path = "team.desk.heads.full"
values = [5, 6]
"#;

/// The first finished run of a sweep's folder: what stands behind the checksum of a line.
fn record(folder: &Path) -> Value {
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = fs::read(&path).unwrap();
            let Ok(text) = std::str::from_utf8(&bytes) else {
                continue;
            };
            let sealed = text.lines().filter_map(|line| line.split_at_checked(17));
            let read = sealed.filter_map(|(_, json)| serde_json::from_str::<Value>(json).ok());
            if let Some(found) = read.into_iter().find(|v| v.get("rows").is_some()) {
                return found;
            }
        }
    }
    panic!("no finished run");
}

#[test]
fn results_are_what_their_schemas_say() {
    let explained = printed(&["explain"]);
    for (of, result) in objects() {
        let validator = jsonschema::validator_for(&json(&["schema", of])).unwrap();
        let wrong: Vec<String> = validator
            .iter_errors(&result)
            .map(|e| format!("{e} at {}", e.instance_path()))
            .collect();
        assert!(wrong.is_empty(), "{of}: {wrong:?}");
        // And it says something: every field is asked for, and of its kind.
        for key in result.as_object().unwrap().keys() {
            let mut other = result.clone();
            other[key] = Value::Object(serde_json::Map::new());
            assert!(
                !validator.is_valid(&other),
                "{of} is valid with nothing in {key}"
            );
            if key == "flips" {
                continue;
            }
            let mut less = result.clone();
            less.as_object_mut().unwrap().remove(key);
            assert!(!validator.is_valid(&less), "{of} is valid without {key}");
        }
        // Every figure and word in it can be explained.
        let mut names = Vec::new();
        leaves(&result, &mut names);
        assert!(names.len() > 5, "{of}: {names:?}");
        for name in names {
            let told = explained.contains(&format!("\n{name}\n"))
                || explained.starts_with(&format!("{name}\n"));
            assert!(told, "{of}: {name} is not explained");
        }
    }
}

/// Names of all fields that hold a figure, an estimate, a word or nothing.
fn leaves(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                let estimate = field.get("value").is_some() && field.get("low").is_some();
                if estimate || !(field.is_object() || field.is_array()) {
                    names.push(name.clone());
                }
                leaves(field, names);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| leaves(item, names)),
        _ => {}
    }
    names.sort();
    names.dedup();
}

#[test]
fn a_run_is_held_against_what_happened() {
    let args = ["run", SMALL, "--against", ACTUALS, "--json"];
    let result = json(&args);
    let validator = jsonschema::validator_for(&json(&["schema", "run"])).unwrap();
    assert!(validator.is_valid(&result));
    let mut less = result.clone();
    less["against"]["scopes"][0]["figures"][0]
        .as_object_mut()
        .unwrap()
        .remove("band");
    assert!(!validator.is_valid(&less));
    let figures = result["against"]["scopes"][0]["figures"]
        .as_array()
        .unwrap();
    let figure = |key: &str| figures.iter().find(|f| f["metric"] == key).unwrap();
    assert_eq!(figure("offered")["happened"], 520.0);
    assert_eq!(figure("abandoned_share")["happened"], 26.0 / 520.0);
    assert_eq!(figure("answered_within_share")["happened"], 410.0 / 520.0);
    assert_eq!(figure("mean_wait_s")["happened"], 12.0);
    assert_eq!(figure("offered")["periods"].as_array().unwrap().len(), 2);
    // What happened changes nothing of what is simulated.
    let mut plain = result;
    plain.as_object_mut().unwrap().remove("against");
    assert_eq!(plain, json(&["run", SMALL, "--json"]));
    let text = printed(&args[..4]);
    assert!(
        text.contains("days inside") && text.contains("2027-01-12"),
        "{text}"
    );
    let threads = |n: &str| printed(&[args.as_slice(), &["--threads", n]].concat());
    assert_eq!(threads("1"), threads("2"));
}

#[test]
fn exit_codes_tell_what_happened() {
    let code = |args: &[&str]| staffwright(args).status.code();
    assert_eq!(
        code(&["run", SMALL, "--gate", "--set", "team.desk.heads.full=9"]),
        Some(3),
        "undecided"
    );
    let sure = [
        "run",
        SMALL,
        "--gate",
        "--set",
        "team.desk.heads.full=9",
        "--replications",
        "60",
    ];
    assert_eq!(code(&sure), Some(0));
    let missed = staffwright(&["run", FEWER, "--gate"]);
    assert_eq!(missed.status.code(), Some(3));
    assert!(
        String::from_utf8(missed.stderr)
            .unwrap()
            .contains("phone is missed")
    );
    assert!(
        String::from_utf8(missed.stdout).unwrap().contains("missed"),
        "results come first"
    );
    assert_eq!(code(&["compare", FEWER, FEWER, "--gate"]), Some(3));

    for wrong in [
        vec!["run", "nowhere.toml"],
        vec!["run", "."],
        vec!["run"],
        vec!["run", SMALL, "--replications", "0"],
        vec!["run", SMALL, "--precision", "80"],
        vec!["run", SMALL, "--confidence", "100%"],
        vec!["run", SMALL, "--set", "team.desk.hats=3"],
        vec!["run", SMALL, "--out", "tests/cli/small.toml/inside"],
        vec!["compare", SMALL],
        vec!["compare", SMALL, "nowhere.toml"],
        vec!["compare", SMALL, MORE, "--objective", "beauty"],
        vec!["explain", "beauty"],
        vec!["dance"],
    ] {
        let output = staffwright(&wrong);
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{wrong:?}: {errors}");
        assert!(
            !errors.is_empty() && !errors.contains("panicked"),
            "{wrong:?}: {errors}"
        );
        assert!(output.stdout.is_empty(), "{wrong:?} printed data");
    }
}

#[test]
fn scenarios_that_cannot_be_set_side_by_side_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let variant = |name: &str, set: &str| {
        let base = fs::canonicalize(SMALL).unwrap();
        let path = dir.path().join(name);
        fs::write(&path, format!("base = {base:?}\n{set}\n")).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let longer = variant("longer.toml", "length = \"3 weeks\"");
    let output = staffwright(&["compare", SMALL, &longer]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("same time")
    );
}

#[test]
fn people_that_cannot_be_placed_are_infeasible() {
    let dir = tempfile::tempdir().unwrap();
    let base = fs::canonicalize(SMALL).unwrap();
    fs::write(
        dir.path().join("roster.csv"),
        "week,day,shift,heads\n1,Mon,day,9\n",
    )
    .unwrap();
    let path = dir.path().join("scenario.toml");
    fs::write(
        &path,
        format!("base = {base:?}\n[set]\n\"team.desk.roster\" = \"roster.csv\"\n"),
    )
    .unwrap();
    let output = staffwright(&["run", path.to_str().unwrap()]);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(4), "{errors}");
    assert!(errors.contains("desk"), "{errors}");
}

#[test]
fn files_hold_what_is_printed_and_nothing_else_is_left() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("deep/inside");
    let shown = printed(&["run", SMALL, "--json", "--out", out.to_str().unwrap()]);
    assert_eq!(fs::read_to_string(out.join("result.json")).unwrap(), shown);
    let left: Vec<String> = fs::read_dir(&out)
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(left.iter().all(|name| !name.starts_with('.')), "{left:?}");
}

#[test]
fn comparing_goes_on_until_the_best_is_separated() {
    let apart = json(&["compare", SMALL, MORE, "--json", "--replications", "2000"]);
    assert_eq!(apart["method"]["stopped_by"], "separated");
    assert!(apart["method"]["replications"].as_u64().unwrap() < 2000);
    assert!(
        apart["method"]["interval_confidence"].as_f64().unwrap() > 0.95,
        "several looks are paid for"
    );
    assert_eq!(apart["best"]["separated"], true);
    assert!(apart["best"]["probability"].as_f64().unwrap() > 0.9);
    // Once the budget is spent it says so, and that it is not decided.
    let spent = json(&["compare", SMALL, MORE, "--json", "--replications", "12"]);
    assert_eq!(spent["method"]["stopped_by"], "replications");
    assert_eq!(spent["method"]["replications"], 12);
    assert_eq!(spent["best"]["separated"], false);
    // Which figure would have chosen another: fewer people answer fewer and cost less.
    let winners = apart["winners"].as_array().unwrap();
    assert!(winners.iter().any(|w| w["agrees"] == false));
}

#[test]
fn names_of_options_are_told_apart_and_the_same_is_the_same() {
    let twins = json(&["compare", SMALL, SMALL, "--json"]);
    assert_eq!(twins["options"][0]["scenario"], "small");
    assert_eq!(twins["options"][1]["scenario"], "small (2)");
    for difference in twins["differences"].as_array().unwrap() {
        assert_eq!(difference["value"], 0.0, "{difference}");
        assert_eq!(difference["real"], false);
        assert_eq!(difference["better"], Value::Null);
    }
    assert!(twins["best"]["probability"].as_f64().unwrap() <= 0.5);
}

#[test]
fn an_option_s_figures_are_those_of_its_own_run() {
    let exactly = ["--json", "--fixed", "--replications", "20"];
    let both = json(&[&["compare", SMALL, MORE], &exactly[..]].concat());
    for (i, file) in [SMALL, MORE].into_iter().enumerate() {
        assert_eq!(both["options"][i], json(&["run", file, "--json"]));
    }
    let difference = |metric: &str| {
        let all = both["differences"].as_array().unwrap();
        all.iter().find(|d| d["metric"] == metric).unwrap().clone()
    };
    for metric in [
        "service_level",
        "abandoned_share",
        "mean_wait_s",
        "fcr",
        "satisfaction",
    ] {
        let value = |i: usize| {
            both["options"][i]["overall"][metric]["value"]
                .as_f64()
                .unwrap()
        };
        let apart = difference(metric)["value"].as_f64().unwrap();
        assert!(
            (apart - (value(0) - value(1))).abs() < 1e-9 * value(0).abs().max(1.0),
            "{metric}"
        );
    }
    let level = difference("service_level");
    assert_eq!(level["better"], "more");
    assert_eq!(level["real"], true);
}

#[test]
fn figures_and_codes_are_explained() {
    assert!(printed(&["explain", "occupancy"]).contains("time on queue"));
    assert!(printed(&["explain", "unknown-key"]).len() > 40);
    let all = printed(&["explain"]);
    assert!(all.contains("service_level\n") && all.contains("unknown-key\n"));
    let unknown = staffwright(&["explain", "ocupancy"]);
    assert!(
        String::from_utf8(unknown.stderr)
            .unwrap()
            .contains("did you mean `occupancy`?")
    );
}

#[test]
fn every_mistake_of_every_file_is_shown_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let wrong = |name: &str, key: &str| {
        let path = dir.path().join(name);
        let text = fs::read_to_string(SMALL).unwrap();
        fs::write(&path, text.replace("heads     =", &format!("{key} ="))).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (one, two) = (wrong("one.toml", "haeds"), wrong("two.toml", "hats"));
    let errors = String::from_utf8(staffwright(&["compare", &one, &two]).stderr).unwrap();
    assert!(
        errors.contains("haeds") && errors.contains("hats"),
        "{errors}"
    );
    assert!(
        Path::new(&one).exists() && errors.contains("one.toml"),
        "{errors}"
    );
}
