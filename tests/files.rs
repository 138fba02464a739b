//! What the program writes into folders: scenarios to start from, completions, tables, calendars, the spreadsheet.
#![allow(clippy::unwrap_used)]

use assert_cmd::Command;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Output;

const SMALL: &str = "tests/cli/small.toml";
const MORE: &str = "tests/cli/more.toml";
const ENTERPRISE: &str = "scenarios/enterprise/scenario.toml";

fn staffwright(args: &[&str]) -> Output {
    Command::cargo_bin("staffwright")
        .unwrap()
        .args(args)
        .output()
        .unwrap()
}

fn printed(args: &[&str]) -> String {
    let output = staffwright(args);
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{args:?}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

/// Writes files into a folder and gives the JSON object that was printed.
fn written(args: &[&str], folder: &Path) -> Value {
    let out = ["--json", "--out", folder.to_str().unwrap()];
    serde_json::from_str(&printed(&[args, &out].concat())).unwrap()
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * b.abs().max(1.0)
}

// -- scenarios to start from ---------------------------------------------------------------------------------------

#[test]
fn what_init_writes_passes_check_and_runs() {
    let dir = tempfile::tempdir().unwrap();
    for structure in ["startup", "scale-up", "enterprise"] {
        let folder = dir.path().join(structure);
        let said = printed(&["init", structure, folder.to_str().unwrap()]);
        let scenario = folder.join("scenario.toml");
        let scenario = scenario.to_str().unwrap();
        for next in ["check", "run", "optimize"] {
            assert!(
                said.contains(&format!("staffwright {next} {scenario}")),
                "{said}"
            );
        }
        assert_eq!(printed(&["check", scenario]), format!("{scenario}: ok\n"));
        let bundled = format!("scenarios/{structure}/scenario.toml");
        let run = |file: &str| -> Value {
            serde_json::from_str(&printed(&["run", file, "--json", "--replications", "1"])).unwrap()
        };
        let (own, bundled) = (run(scenario), run(&bundled));
        assert_eq!(own["overall"], bundled["overall"], "{structure}");
    }
}

#[test]
fn init_overwrites_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let mine = dir.path().join("demand.toml");
    fs::write(&mine, "mine").unwrap();
    let output = staffwright(&["init", "startup", dir.path().to_str().unwrap()]);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{errors}");
    assert!(
        errors.contains("demand.toml") && errors.contains("another folder"),
        "{errors}"
    );
    assert_eq!(fs::read_to_string(&mine).unwrap(), "mine");
    assert_eq!(
        fs::read_dir(dir.path()).unwrap().count(),
        1,
        "nothing else was written"
    );
}

#[test]
fn what_init_writes_is_valid_by_the_schema_beside_it() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("mine");
    printed(&["init", "enterprise", folder.to_str().unwrap()]);
    let text = fs::read_to_string(folder.join("scenario.toml")).unwrap();
    let directive = text.lines().next().unwrap();
    let schema = directive.strip_prefix("#:schema ").unwrap();
    let schema = fs::read_to_string(folder.join(schema)).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for name in ["scenario.toml", "demand.toml"] {
        let text = fs::read_to_string(folder.join(name)).unwrap();
        // Language servers hand dates to a schema as text.
        let value: toml::Table =
            toml::from_str(&text.replace("2027-01-11", "\"2027-01-11\"")).unwrap();
        let value = serde_json::to_value(value).unwrap();
        let wrong: Vec<String> = validator
            .iter_errors(&value)
            .map(|e| e.to_string())
            .collect();
        assert!(wrong.is_empty(), "{name}: {wrong:?}");
    }
    let misspelt: toml::Table = toml::from_str("[channel.phone]\nopne = \"24/7\"").unwrap();
    assert!(!validator.is_valid(&serde_json::to_value(misspelt).unwrap()));
}

#[test]
fn every_shell_and_the_manual_know_every_command() {
    let commands = [
        "init", "check", "run", "compare", "optimize", "sweep", "shifts", "explain", "schema",
        "man",
    ];
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = printed(&["completions", shell]);
        for command in commands {
            assert!(script.contains(command), "{shell} does not know {command}");
        }
    }
    let dir = tempfile::tempdir().unwrap();
    let script = dir.path().join("script");
    fs::write(&script, printed(&["completions", "bash"])).unwrap();
    // The program itself is asked to complete: `staffwright opt` becomes `optimize`.
    let complete = "source \"$1\"; COMP_WORDS=(staffwright opt); COMP_CWORD=1; _staffwright staffwright opt staffwright; echo \"${COMPREPLY[*]}\"";
    let reply = Command::new("bash")
        .args(["-c", complete, "bash", script.to_str().unwrap()])
        .output()
        .unwrap();
    assert_eq!(
        String::from_utf8_lossy(&reply.stdout).trim(),
        "optimize",
        "{reply:?}"
    );

    let page = printed(&["man"]);
    assert!(page.contains(".TH staffwright 1"), "{}", &page[..200]);
    let pages = dir.path().join("man");
    printed(&["man", "--out", pages.to_str().unwrap()]);
    for command in commands {
        assert!(page.contains(command), "the manual does not name {command}");
        assert!(
            pages.join(format!("staffwright-{command}.1")).exists(),
            "{command}"
        );
    }
}

// -- tables ------------------------------------------------------------------------------------------------------

type Rows = Vec<BTreeMap<String, String>>;

fn rows(folder: &Path, name: &str, delimiter: u8) -> Rows {
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
        let own = days.iter().filter(|r| r["metric"] == figure);
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
    // Two weeks, four figures that sum and three that do not, and four of the team.
    assert_eq!(days.len(), 14 * (7 + 4));
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

// -- calendars ---------------------------------------------------------------------------------------------------

/// A calendar's content lines, unfolded.
fn lines(text: &str) -> Vec<String> {
    assert!(text.ends_with("\r\n") && text.matches('\n').count() == text.matches("\r\n").count());
    assert!(
        text.split("\r\n").all(|line| line.len() <= 75),
        "a line is longer than 75 bytes"
    );
    text.replace("\r\n ", "")
        .split("\r\n")
        .map(str::to_owned)
        .collect()
}

#[test]
fn calendars_hold_every_duty_and_break_in_the_sites_time() {
    let dir = tempfile::tempdir().unwrap();
    // Two weeks across the change to summer time.
    written(
        &[
            "run",
            SMALL,
            "--replications",
            "1",
            "--set",
            "start=2027-03-22",
        ],
        dir.path(),
    );
    let text = fs::read_to_string(dir.path().join("schedule-desk.ics")).unwrap();
    let lines = lines(&text);
    let count = |wanted: &str| lines.iter().filter(|line| *line == wanted).count();
    let table = rows(dir.path(), "schedule.csv", b',');
    assert_eq!(count("BEGIN:VEVENT"), table.len());
    assert_eq!(count("BEGIN:VTIMEZONE"), 1);
    assert_eq!((count("BEGIN:STANDARD"), count("BEGIN:DAYLIGHT")), (1, 1));
    let of = |name: &str| -> Vec<&str> {
        lines
            .iter()
            .filter_map(|line| line.strip_prefix(name))
            .collect()
    };
    let ids: BTreeSet<&str> = of("UID:").into_iter().collect();
    assert_eq!(ids.len(), table.len(), "identifiers are unique");
    // Start by start what the table says: the local time, in a zone the file explains.
    let local = |text: &str| text[..19].replace(['-', ':'], "");
    let starts: Vec<String> = of("DTSTART;TZID=Europe/Berlin:")
        .iter()
        .map(|s| (*s).to_owned())
        .collect();
    let expected: Vec<String> = table.iter().map(|row| local(&row["start"])).collect();
    assert_eq!(starts, expected);
    assert!(table.iter().any(|row| row["start"].ends_with("+01:00")));
    assert!(table.iter().any(|row| row["start"].ends_with("+02:00")));
    // The library's own reader takes it, and nesting is right.
    let calendar: icalendar::Calendar = text.parse().unwrap();
    assert_eq!(calendar.events().count(), table.len());
    for required in [
        "VERSION:2.0",
        "CALSCALE:GREGORIAN",
        "BEGIN:VCALENDAR",
        "END:VCALENDAR",
    ] {
        assert_eq!(count(required), 1, "{required}");
    }
}

// -- the spreadsheet ---------------------------------------------------------------------------------------------

/// How LibreOffice takes formulas: always anew, or as they were stored.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Formulas {
    Recalculated = 0,
    Stored = 1,
}

/// Every sheet as rows of raw values; `None` without LibreOffice.
fn sheets(folder: &Path, formulas: Formulas) -> Option<BTreeMap<String, Vec<Vec<String>>>> {
    let installed = std::process::Command::new("soffice")
        .arg("--version")
        .output()
        .is_ok();
    if !installed {
        assert!(
            std::env::var_os("STAFFWRIGHT_NEEDS_LIBREOFFICE").is_none(),
            "LibreOffice is not installed: apt-get install libreoffice-calc-nogui"
        );
        eprintln!("SKIPPED: LibreOffice is not installed, so nobody has opened the spreadsheet");
        return None;
    }
    let work = folder.join(format!("office-{formulas:?}"));
    let profile = work.join("profile/user");
    fs::create_dir_all(&profile).unwrap();
    let mode = formulas as u8;
    let settings = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>{mode}</value></prop></item>
</oor:items>"#
    );
    fs::write(profile.join("registrymodifications.xcu"), settings).unwrap();
    let profile = work.join("profile").canonicalize().unwrap();
    let output = std::process::Command::new("soffice")
        .arg(format!(
            "-env:UserInstallation=file://{}",
            profile.display()
        ))
        // Comma, quotes, UTF-8, values to their last digit, every sheet.
        .args([
            "--headless",
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1",
        ])
        .arg("--outdir")
        .arg(&work)
        .arg(folder.join("results.xlsx"))
        .output()
        .unwrap();
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(&work).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        let Some(sheet) = stem.strip_prefix("results-") else {
            continue;
        };
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_path(&path)
            .unwrap();
        let rows = reader
            .records()
            .map(|r| r.unwrap().iter().map(str::to_owned).collect());
        all.insert(sheet.to_owned(), rows.collect());
    }
    assert_eq!(all.len(), 7, "{output:?}");
    Some(all)
}

/// A cell's number; shares are exported with their sign.
fn number(text: &str) -> f64 {
    match text.strip_suffix('%') {
        Some(percent) => percent.parse::<f64>().unwrap() / 100.0,
        None => text
            .parse()
            .unwrap_or_else(|_| panic!("`{text}` is no number")),
    }
}

/// The figures of the first sheet that the JSON has too, each with its place there.
const FIGURES: [(&str, &str); 14] = [
    ("contacts offered", "/overall/offered/value"),
    ("contacts answered", "/overall/answered/value"),
    ("contacts abandoned", "/overall/abandoned/value"),
    ("contacts resolved", "/overall/resolved/value"),
    ("service level", "/overall/service_level/value"),
    ("abandonment", "/overall/abandoned_share/value"),
    ("mean wait on the line, s", "/overall/mean_wait_s/value"),
    ("cost in all", "/cost/total/value"),
    ("cost per resolved contact", "/cost/per_resolved/value"),
    ("cost per paid hour", "/cost/per_paid_hour/value"),
    ("cost per hour on queue", "/cost/per_on_queue_hour/value"),
    ("cost per handled hour", "/cost/per_handled_hour/value"),
    ("occupancy", "/staff/occupancy/value"),
    ("hours on queue", "/staff/on_queue_h/value"),
];

fn totals_are_those_of_the_json(folder: &Path, options: &[Value]) {
    let mut seen = Vec::new();
    for formulas in [Formulas::Recalculated, Formulas::Stored] {
        let Some(sheets) = sheets(folder, formulas) else {
            return;
        };
        let summary = &sheets["Summary"];
        let head = summary.iter().find(|row| row[0] == "figure").unwrap();
        for option in options {
            let name = option["scenario"].as_str().unwrap();
            let column = head.iter().position(|cell| cell == name).unwrap();
            let cell = |title: &str| {
                let row = summary.iter().find(|row| row[0] == title).unwrap();
                number(&row[column])
            };
            for (title, pointer) in FIGURES {
                let expected = option.pointer(pointer).unwrap().as_f64().unwrap();
                let found = cell(title);
                assert!(
                    close(found, expected),
                    "{formulas:?} {name}: {title} {found} {expected}"
                );
            }
            let vendors = option["cost"]["by_kind"].as_array().unwrap();
            let bills = vendors.iter().find(|line| line["kind"] == "vendor");
            let bills = bills.map_or(0.0, |line| line["amount"]["value"].as_f64().unwrap());
            assert!(close(cell("of which vendors' bills"), bills), "{name}");
        }
        for (name, sheet) in &sheets {
            let wrong = sheet
                .iter()
                .flatten()
                .find(|c| c.starts_with("Err:") || c.starts_with('#'));
            assert_eq!(wrong, None, "{name}");
        }
        seen.push(sheets);
    }
    // What was stored is what the formulas give, requirement by requirement.
    let agents = |i: usize| -> Vec<(String, f64)> {
        let rows = seen[i]["Requirement"]
            .iter()
            .skip_while(|row| row[1] != "start (local time)");
        rows.skip(1)
            .map(|row| (row[1].clone(), number(&row[5])))
            .collect()
    };
    assert_eq!(agents(0), agents(1));
    assert!(agents(0).len() > 100 && agents(0).iter().any(|(_, n)| *n > 1.0));
    for sheet in ["Summary", "Intervals", "Costs", "Vendors"] {
        for (a, b) in seen[0][sheet]
            .iter()
            .flatten()
            .zip(seen[1][sheet].iter().flatten())
        {
            let same = a == b || close(number(a), number(b));
            assert!(same, "{sheet}: {a} recalculated, {b} stored");
        }
    }
}

#[test]
fn spreadsheet_of_a_run_opens_and_its_formulas_give_the_totals() {
    let dir = tempfile::tempdir().unwrap();
    let run = written(&["run", SMALL, "--replications", "3"], dir.path());
    totals_are_those_of_the_json(dir.path(), &[run]);
}

#[test]
fn spreadsheet_of_a_comparison_opens_and_its_formulas_give_the_totals() {
    let dir = tempfile::tempdir().unwrap();
    let args = [
        "compare",
        ENTERPRISE,
        "scenarios/startup/scenario.toml",
        "--fixed",
        "--replications",
        "1",
        "--set",
        "length=1 week",
    ];
    let compared = written(&args, dir.path());
    totals_are_those_of_the_json(dir.path(), compared["options"].as_array().unwrap());
}
