//! Each kind of page, opened and held against its JSON.

use crate::browser::Browser;
use crate::harness::{FEWER, MORE, SMALL, printed, written};
use crate::seen::{files, holds, look};
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const PLANNED: &str = "tests/report/planned.toml";

const SWEEP: &str = r#"
scenarios    = ["SMALL", "MORE"]
replications = 6
[design]
kind = "grid"
[dimension.volume]
scale = ["80%", "100%"]
paths = ["topic.*.per_week"]
[dimension.patience]
values = ["2m", "5m"]
path   = "channel.phone.patience.mean"
[map]
across = "volume"
up     = "patience"
"#;

/// Whether every wanted name begins one of the names.
fn among(names: &[String], wanted: &[&str]) {
    for wanted in wanted {
        assert!(
            names.iter().any(|n| n.starts_with(wanted)),
            "{wanted} is not among {names:?}"
        );
    }
}

#[test]
fn a_run_is_shown_as_its_json_says() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let dir = TempDir::new().unwrap();
    let actuals = "tests/cli/actuals.csv";
    let json = written(&["run", SMALL, "--against", actuals], dir.path());
    let names = holds(&mut browser, &dir.path().join("report.html"), &json, 40);
    let wanted = [
        "service-level-phone",
        "waits-phone",
        "tier-flow",
        "staffing-desk",
        "shifts-desk-",
        "headcount",
        "organisation-small",
        "cost-small",
        "against-",
    ];
    among(&names, &wanted);
    files(dir.path(), &names);
}

/// A German page opens in German, with German figures in tables, charts and their files.
#[test]
fn a_german_report_has_german_figures() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let dir = TempDir::new().unwrap();
    written(&["run", SMALL, "--locale", "de"], dir.path());
    let seen = look(&mut browser, &dir.path().join("report.html"), 1280, "light");
    assert_eq!(seen["language"], "de");
    assert_eq!(seen["heading"], "Zusagen");
    // Whatever is seen: a point stands between thousands only, per cent after a space, money after its amount.
    let text = browser.evaluate(
        "[...document.querySelectorAll('main h3, dd, td.figure, svg.picture text:not([font-family=en])')].map((e) => e.innerText || e.textContent).join('\\n')",
    );
    let text = text.as_str().unwrap();
    assert!(
        text.contains(',') && text.contains(" %") && text.contains(" EUR"),
        "{text}"
    );
    for line in text.lines() {
        assert!(!english(line), "{line}");
    }
    let svg = fs::read_to_string(dir.path().join("charts/cost-small.svg")).unwrap();
    assert!(svg.contains("über den Zeitraum"), "{svg}");
}

/// Whether a figure in a text is written the English way: `1,234.5`, `84.6%`, `EUR 5`.
fn english(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let digit = |i: usize| letters.get(i).is_some_and(char::is_ascii_digit);
    let mark = |i: usize| {
        let group = digit(i + 1) && digit(i + 2) && digit(i + 3) && !digit(i + 4);
        let date =
            (i >= 2 && letters[..i].iter().rev().take(2).all(char::is_ascii_digit)) && digit(i + 2);
        match letters[i] {
            '.' => digit(i + 1) && !group && !date,
            '%' => i > 0 && digit(i - 1),
            _ => false,
        }
    };
    text.contains("EUR ")
        && text
            .split("EUR ")
            .skip(1)
            .any(|r| r.starts_with(|c: char| c.is_ascii_digit()))
        || (1..letters.len()).any(|i| digit(i - 1) && mark(i))
}

#[test]
fn the_english_way_is_told_from_the_german() {
    for text in ["1,234.5 h", "84.6%", "EUR 5", "0.25"] {
        assert!(english(text), "{text}");
    }
    for text in [
        "1.234,5 h",
        "84,6 %",
        "5 EUR",
        "19.01.2027",
        "12.346 ±80",
        "0,25",
        "09:30",
    ] {
        assert!(!english(text), "{text}");
    }
}

#[test]
fn a_comparison_is_shown_as_its_json_says() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let dir = TempDir::new().unwrap();
    let json = written(&["compare", SMALL, MORE, FEWER], dir.path());
    let names = holds(&mut browser, &dir.path().join("report.html"), &json, 60);
    let wanted = [
        "cost-and-service",
        "difference-service-level",
        "difference-cost-per-resolved",
        "difference-promise-phone",
        "organisation-small",
        "organisation-more",
        "cost-fewer",
        "more-service-level-phone",
        "fewer-staffing-desk",
    ];
    among(&names, &wanted);
    files(dir.path(), &names);
}

/// A sweep: its map and its plane of cost and service, opened like the others; it has no JSON object of its own.
#[test]
fn a_sweep_is_shown() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let dir = TempDir::new().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let scenario = |name: &str| root.join(name).display().to_string();
    let sweep = dir.path().join("sweep.toml");
    let text = SWEEP
        .replace("SMALL", &scenario(SMALL))
        .replace("MORE", &scenario(MORE));
    fs::write(&sweep, format!("title = \"How many heads\"\n{text}")).unwrap();
    let out = dir.path().join("out");
    let (sweep, folder) = (sweep.to_str().unwrap(), out.to_str().unwrap());
    printed(&["sweep", "all", "--quiet", "--out", folder, sweep]);
    let names = holds(&mut browser, &out.join("report.html"), &Value::Null, 0);
    among(&names, &["map", "cost-and-service"]);
    for name in names {
        assert!(out.join(format!("{name}.svg")).is_file(), "{name}");
    }
}

/// A plan: two channels, so that every step from the spreadsheet to the plan has something to do.
#[test]
fn a_plan_is_shown_as_its_json_says() {
    let dir = TempDir::new().unwrap();
    let json = written(
        &[
            "optimize",
            PLANNED,
            "--rounds",
            "3",
            "--replications",
            "20",
            "--baseline",
        ],
        dir.path(),
    );
    let steps: Vec<(&str, f64)> = json["why"]["bridge"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| (s["step"].as_str().unwrap(), s["fte"].as_f64().unwrap()))
        .collect();
    let names_of: Vec<&str> = steps.iter().map(|s| s.0).collect();
    assert_eq!(
        names_of,
        [
            "erlang_c",
            "abandonment",
            "concurrency",
            "deferred_in_valleys",
            "pooling",
            "busyness",
            "shift_fit",
            "proof"
        ]
    );
    let fte = |name: &str| steps.iter().find(|s| s.0 == name).unwrap().1;
    // Those who hang up, conversations side by side, letters in valleys and sharing save people; busy days save none.
    assert!(fte("abandonment") < fte("erlang_c"), "{steps:?}");
    assert!(fte("concurrency") < fte("abandonment"), "{steps:?}");
    assert!(fte("deferred_in_valleys") < fte("concurrency"), "{steps:?}");
    assert!(fte("pooling") < fte("deferred_in_valleys"), "{steps:?}");
    assert!(fte("busyness") > fte("pooling"), "{steps:?}");
    let heads: f64 = json["plan"]["teams"]
        .as_array()
        .unwrap()
        .iter()
        .map(|t| t["heads"].as_f64().unwrap())
        .sum();
    assert!(
        (fte("proof") - heads).abs() < 1e-9,
        "all work 40 hours: {steps:?}"
    );
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let names = holds(&mut browser, &dir.path().join("report.html"), &json, 60);
    let wanted = [
        "bridge",
        "plan-agents-desk",
        "plan-service-phone",
        "staffing-desk",
        "cost-and-service",
        "shifts-desk-",
    ];
    among(&names, &wanted);
    files(dir.path(), &names);
}

/// The test's own eyes: a page that asks the network and complains is found out.
#[test]
fn a_page_that_asks_or_complains_is_found_out() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let dir = TempDir::new().unwrap();
    let page = dir.path().join("page.html");
    let text = "<img src=\"http://127.0.0.1:9/x.png\"><script>console.error(\"no\"); throw new Error(\"thrown\")</script>";
    fs::write(&page, text).unwrap();
    browser.open(&page);
    assert_eq!(browser.requests().len(), 2, "{:?}", browser.requests());
    let complaints = browser.complaints().join("\n");
    assert!(
        complaints.contains("no") && complaints.contains("thrown"),
        "{complaints}"
    );
}
