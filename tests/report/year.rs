//! A year of twenty teams: how large its report is, and how long it takes to open.

use crate::browser::Browser;
use crate::harness::{SMALL, written};
use crate::seen::holds;
use std::fs;
use std::time::Duration;
use tempfile::TempDir;

/// Most bytes.
const SIZE: u64 = 5_000_000;
/// Longest time until it is loaded and painted.
const TIME: Duration = Duration::from_secs(2);

#[test]
fn a_large_report_stays_small_and_opens_quickly() {
    let dir = TempDir::new().unwrap();
    let mut text = fs::read_to_string(SMALL)
        .unwrap()
        .replace("length = \"2 weeks\"", "length = \"52 weeks\"")
        .replace("per_week  = 1_300", "per_week  = 9_000");
    for team in 2..=20 {
        text.push_str(&format!(
            "\n[team.desk-{team}]\nsite = \"berlin\"\nheads = {{ full = 2 }}\nskills = {{ channels = \"all\", topics = \"all\", languages = \"all\" }}\nshifts = [\"day\"]\nroster = \"even\"\nshrinkage = {{ leave = \"0%\", sick = \"0%\" }}\n"
        ));
    }
    let scenario = dir.path().join("year.toml");
    fs::write(&scenario, text).unwrap();
    let scenario = scenario.to_str().unwrap();
    let out = dir.path().join("out");
    let json = written(&["run", scenario, "--replications", "2"], &out);
    let report = out.join("report.html");
    let size = fs::metadata(&report).unwrap().len();
    assert!(size < SIZE, "{size} bytes");
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let names = holds(&mut browser, &report, &json, 300);
    assert!(names.len() >= 45, "{names:?}");
    // The quickest of a few: the machine may be busy with other tests.
    browser.look(1280, "light");
    let mut quickest = Duration::MAX;
    for _ in 0..5 {
        quickest = quickest.min(browser.open(&report));
    }
    eprintln!("{size} bytes, opens in {} ms", quickest.as_millis());
    assert!(quickest < TIME, "it takes {quickest:?} to open");
}
