//! The spreadsheet, opened in LibreOffice.

use crate::harness::{SMALL, written};
use crate::{ENTERPRISE, close};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

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
