//! Reports as a reader's browser shows them: headless Chromium opens each, and what it shows is held against the JSON.
//!
//! A script that is put into a copy of the page says what the browser saw: errors, requests, sizes of charts, figures.
//! Where Chromium is absent the tests say so and check nothing (`apt-get install chromium`), unless
//! `STAFFWRIGHT_NEEDS_CHROMIUM` is set.
#![allow(clippy::unwrap_used)]

use assert_cmd::Command;
use serde_json::Value;
use staffwright::measure::Unit;
use staffwright::report::number::{optional, plain};
use staffwright::stats::Estimate;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const SMALL: &str = "tests/cli/small.toml";
const MORE: &str = "tests/cli/more.toml";
const FEWER: &str = "tests/cli/fewer.toml";
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

/// Runs before everything else of the page.
const BEFORE: &str = r#"<script>
window.seen = [];
addEventListener("error", (e) => seen.push("error: " + e.message));
addEventListener("securitypolicyviolation", (e) => seen.push("request: " + e.blockedURI));
for (const level of ["error", "warn"]) console[level] = (...a) => seen.push(level + ": " + a.join(" "));
</script>"#;

/// Runs when the page is there.
const AFTER: &str = r##"<script>
addEventListener("load", () => setTimeout(() => {
  const charts = [...document.querySelectorAll("svg.picture")].map((svg) => {
    const box = svg.getBoundingClientRect();
    const inside = svg.getBBox();
    return { name: svg.id, width: box.width, height: box.height, drawn: inside.width * inside.height,
      marks: svg.children.length, tips: svg.querySelectorAll("[data-en]").length, label: svg.getAttribute("aria-label") };
  });
  const figures = [...document.querySelectorAll("[data-json]")].map((e) =>
    ({ json: e.dataset.json, unit: e.dataset.unit, currency: e.dataset.currency || "", text: e.textContent }));
  // Keys: the first chart is walked through with an arrow, and its first value is said.
  const first = document.querySelector("svg.picture");
  let said = null;
  if (first) {
    first.focus();
    first.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
    const tip = document.getElementById("tip");
    said = tip.hidden ? null : tip.textContent;
    first.blur();
  }
  const paper = () => getComputedStyle(document.body).backgroundColor;
  const papers = [paper()];
  document.getElementById("theme").click();
  papers.push(paper());
  document.getElementById("language").click();
  const german = document.documentElement.lang;
  const heading = document.querySelector("h2").innerText;
  const entry = performance.getEntriesByType("navigation")[0];
  const report = { seen, charts, figures, said, papers, german, heading,
    requests: performance.getEntriesByType("resource").map((r) => r.name).filter((n) => !n.startsWith("data:")),
    headings: [...document.querySelectorAll("h1,h2,h3")].map((h) => h.tagName),
    captions: document.querySelectorAll("table > caption").length, tables: document.querySelectorAll("table").length,
    wide: document.documentElement.scrollWidth - innerWidth, load: entry.loadEventStart - entry.startTime };
  const pre = document.createElement("pre");
  pre.id = "seen";
  pre.textContent = encodeURIComponent(JSON.stringify(report));
  document.body.append(pre);
}, 50));
</script>"##;

/// Opens a report in Chromium at a width and gives what it saw; `None` where there is no Chromium.
fn seen(report: &Path, width: u32) -> Option<Value> {
    let found = ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find(|name| {
            std::process::Command::new(name)
                .arg("--version")
                .output()
                .is_ok()
        });
    let Some(chromium) = found else {
        assert!(
            std::env::var_os("STAFFWRIGHT_NEEDS_CHROMIUM").is_none(),
            "chromium is needed and not there"
        );
        eprintln!("SKIPPED: there is no chromium; apt-get install chromium");
        return None;
    };
    let page = fs::read_to_string(report).unwrap();
    let dir = TempDir::new().unwrap();
    let copy = dir.path().join("report.html");
    let page = page
        .replacen("<head>", &format!("<head>{BEFORE}"), 1)
        .replacen("</body>", &format!("{AFTER}</body>"), 1);
    fs::write(&copy, page).unwrap();
    let log = dir.path().join("net.json");
    let output = std::process::Command::new(chromium)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
        ])
        .args([
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ])
        .args([
            "--enable-logging=stderr",
            "--lang=en-US",
            "--virtual-time-budget=4000",
            "--dump-dom",
        ])
        .arg(format!("--window-size={width},1000"))
        .arg(format!(
            "--user-data-dir={}",
            dir.path().join("profile").display()
        ))
        .arg(format!("--log-net-log={}", log.display()))
        .arg(format!("file://{}", copy.display()))
        .output()
        .unwrap();
    let dom = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    let console: Vec<&str> = errors.lines().filter(|l| l.contains("CONSOLE")).collect();
    assert!(console.is_empty(), "the console says {console:?}");
    let (_, rest) = dom
        .split_once("<pre id=\"seen\">")
        .expect("the page's own check has run");
    let (text, _) = rest.split_once("</pre>").unwrap();
    let mut seen: Value = serde_json::from_str(&decoded(text)).unwrap();
    // What the browser asked the network for, on behalf of the page.
    let net = fs::read_to_string(&log).unwrap_or_default();
    let asked = net.matches("\"initiator\":\"file://").count();
    seen["asked"] = asked.into();
    Some(seen)
}

/// Undoes `encodeURIComponent`.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        if *first == b'%' {
            let hex = std::str::from_utf8(&tail[..2]).unwrap();
            bytes.push(u8::from_str_radix(hex, 16).unwrap());
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// Runs the program with results in a directory; gives the report and the JSON.
fn written(args: &[&str], dir: &Path) -> (PathBuf, Value) {
    let mut command = Command::cargo_bin("staffwright").unwrap();
    let output = command
        .args(args)
        .args(["--quiet", "--out"])
        .arg(dir)
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{args:?}: {errors}");
    let json = fs::read_to_string(dir.join("result.json")).unwrap();
    (
        dir.join("report.html"),
        serde_json::from_str(&json).unwrap(),
    )
}

/// A figure of the JSON as a report has to show it.
fn shown(json: &Value, place: &str, unit: &str, currency: &str) -> String {
    let unit: Unit = match unit {
        "count" => Unit::Count,
        "share" => Unit::Share,
        "seconds" => Unit::Seconds,
        "hours" => Unit::Hours,
        "points" => Unit::Points,
        "money" => Unit::Money,
        other => panic!("{other} is no unit"),
    };
    let found = json
        .pointer(place)
        .unwrap_or_else(|| panic!("{place} is not in the JSON"));
    let limit = |key: &str, without: f64| found[key].as_f64().unwrap_or(without);
    match found {
        Value::Null => optional(unit, None, currency),
        Value::Number(n) => plain(unit, n.as_f64().unwrap(), currency),
        _ => {
            let estimate = Estimate {
                value: found["value"].as_f64().unwrap(),
                low: limit("low", f64::NEG_INFINITY),
                high: limit("high", f64::INFINITY),
                periods: None,
            };
            optional(unit, Some(&estimate), currency)
        }
    }
}

/// What holds for every report.
fn holds(seen: &Value, json: &Value, least_figures: usize) {
    assert_eq!(seen["seen"], Value::Array(Vec::new()), "the page complains");
    assert_eq!(
        seen["requests"],
        Value::Array(Vec::new()),
        "the page loads something"
    );
    assert_eq!(seen["asked"], 0, "the page asks the network");
    let charts = seen["charts"].as_array().unwrap();
    for chart in charts {
        let size = |key: &str| chart[key].as_f64().unwrap();
        assert!(size("width") > 250.0 && size("height") > 50.0, "{chart}");
        assert!(size("drawn") > 1000.0 && size("marks") >= 4.0, "{chart}");
        assert!(size("tips") >= 1.0, "{chart}");
        assert!(chart["label"].as_str().unwrap().len() > 20, "{chart}");
    }
    let figures = seen["figures"].as_array().unwrap();
    assert!(
        figures.len() >= least_figures,
        "only {} figures",
        figures.len()
    );
    for figure in figures {
        let text = |key: &str| figure[key].as_str().unwrap();
        let expected = shown(json, text("json"), text("unit"), text("currency"));
        assert_eq!(text("text"), expected, "{}", text("json"));
    }
    assert!(
        seen["said"].as_str().is_some_and(|s| !s.is_empty()),
        "arrow keys say nothing"
    );
    assert_ne!(
        seen["papers"][0], seen["papers"][1],
        "the theme does not change"
    );
    assert_eq!(seen["german"], "de");
    assert_eq!(seen["captions"], seen["tables"]);
    let headings = seen["headings"].as_array().unwrap();
    assert_eq!(headings[0], "H1");
    assert_eq!(headings[1], "H2");
    assert!(
        seen["wide"].as_f64().unwrap() <= 0.0,
        "the page is wider than the window"
    );
}

fn names(seen: &Value) -> Vec<String> {
    let charts = seen["charts"].as_array().unwrap().iter();
    charts
        .map(|c| {
            c["name"]
                .as_str()
                .unwrap()
                .trim_start_matches("svg-")
                .to_owned()
        })
        .collect()
}

/// Every chart of a report is a file as well, and well-formed as far as its first and last lines go.
fn files(dir: &Path, names: &[String]) {
    for name in names {
        let path = dir.join("charts").join(format!("{name}.svg"));
        let svg = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        assert!(
            svg.starts_with("<svg xmlns=") && svg.trim_end().ends_with("</svg>"),
            "{name}"
        );
        assert!(!svg.contains("var(--") && svg.contains("<title>"), "{name}");
    }
}

#[test]
fn a_run_is_shown_as_its_json_says() {
    let dir = TempDir::new().unwrap();
    let (report, json) = written(&["run", SMALL], dir.path());
    for width in [1280, 500] {
        let Some(seen) = seen(&report, width) else {
            return;
        };
        holds(&seen, &json, 40);
        let names = names(&seen);
        for wanted in [
            "service-level-phone",
            "waits-phone",
            "tier-flow",
            "staffing-desk",
            "headcount",
            "organisation-small",
            "cost-small",
        ] {
            assert!(
                names.iter().any(|n| n == wanted),
                "{wanted} is not among {names:?}"
            );
        }
        assert!(
            names.iter().any(|n| n.starts_with("shifts-desk-")),
            "{names:?}"
        );
        files(dir.path(), &names);
        assert_eq!(seen["heading"], "Zusagen");
    }
}

#[test]
fn a_comparison_is_shown_as_its_json_says() {
    let dir = TempDir::new().unwrap();
    let (report, json) = written(&["compare", SMALL, MORE, FEWER], dir.path());
    let Some(seen) = seen(&report, 1280) else {
        return;
    };
    holds(&seen, &json, 60);
    let names = names(&seen);
    for wanted in [
        "cost-and-service",
        "difference-service_level",
        "difference-cost_per_resolved",
        "difference-promise-phone",
        "organisation-small",
        "organisation-more",
        "cost-fewer",
    ] {
        let wanted = wanted.replace('_', "-");
        assert!(names.contains(&wanted), "{wanted} is not among {names:?}");
    }
    files(dir.path(), &names);
}

/// A sweep: its map and tornado, opened like the others; it has no JSON object of its own.
#[test]
fn a_sweep_is_shown() {
    let dir = TempDir::new().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let scenario = |name: &str| root.join(name).display().to_string();
    let sweep = dir.path().join("sweep.toml");
    let text = format!(
        "title = \"How many heads\"\n{}",
        SWEEP
            .replace("SMALL", &scenario(SMALL))
            .replace("MORE", &scenario(MORE))
    );
    fs::write(&sweep, text).unwrap();
    let out = dir.path().join("out");
    let output = Command::cargo_bin("staffwright")
        .unwrap()
        .args(["sweep", "all", "--quiet", "--out"])
        .arg(&out)
        .arg(&sweep)
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{errors}");
    let Some(seen) = seen(&out.join("report.html"), 1280) else {
        return;
    };
    assert!(!names(&seen).is_empty());
    holds(&seen, &Value::Null, 0);
}

/// A plan: two channels, so that every step from the spreadsheet to the plan has something to do.
#[test]
fn a_plan_is_shown_as_its_json_says() {
    let dir = TempDir::new().unwrap();
    let (report, json) = written(
        &["optimize", PLANNED, "--rounds", "3", "--replications", "20"],
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
    let Some(seen) = seen(&report, 1280) else {
        return;
    };
    holds(&seen, &json, 60);
    let names = names(&seen);
    for wanted in [
        "bridge",
        "plan-agents-desk",
        "plan-service-phone",
        "staffing-desk",
    ] {
        assert!(
            names.iter().any(|n| n == wanted),
            "{wanted} is not among {names:?}"
        );
    }
    assert!(
        names.iter().any(|n| n.starts_with("shifts-desk-")),
        "{names:?}"
    );
    files(dir.path(), &names);
}

/// The series add up to the figures of the horizon.
#[test]
fn series_add_up() {
    let dir = TempDir::new().unwrap();
    let (_, json) = written(&["run", SMALL], dir.path());
    let sum = |values: &Value| -> f64 {
        let values = values.as_array().unwrap().iter();
        values.map(|v| v.as_f64().unwrap()).sum()
    };
    let series = &json["series"];
    let offered = json["overall"]["offered"]["value"].as_f64().unwrap();
    // Two weeks of equal length: the average week is half of the horizon.
    let week = sum(&series["week"]["channels"][0]["offered"]);
    assert!(
        (2.0 * week / offered - 1.0).abs() < 1e-4,
        "{week} {offered}"
    );
    assert!((sum(&series["course"]["offered"][0]) / offered - 1.0).abs() < 1e-4);
    let on_queue = json["teams"][0]["on_queue_h"]["value"].as_f64().unwrap();
    let agents = sum(&series["week"]["teams"][0]["on_queue"]["mean"]);
    let hours = 2.0 * agents * series["interval_min"].as_f64().unwrap() / 60.0;
    assert!((hours / on_queue - 1.0).abs() < 1e-3, "{hours} {on_queue}");
    let p90 = series["waits"][0]["percentiles_s"][90].as_f64().unwrap();
    let same = json["channels"][0]["wait_p90_s"]["value"].as_f64().unwrap();
    assert!((p90 - same).abs() < 1e-3 * same, "{p90} {same}");
    let cost = series["organisation"][0]["cost"].as_f64().unwrap();
    let total = json["cost"]["total"]["value"].as_f64().unwrap();
    assert!(
        (cost / total - 1.0).abs() < 1e-4,
        "one team is the whole cost here"
    );
}

/// A year of twenty teams: under 5 MB, open in under 2 s.
#[test]
fn a_large_report_stays_small_and_quick() {
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
    let (report, json) = written(
        &["run", scenario, "--replications", "2"],
        &dir.path().join("out"),
    );
    let size = fs::metadata(&report).unwrap().len();
    assert!(size < 5_000_000, "{size} bytes");
    let mut quickest = f64::INFINITY;
    for _ in 0..3 {
        let Some(seen) = seen(&report, 1280) else {
            return;
        };
        holds(&seen, &json, 300);
        assert!(names(&seen).len() >= 45, "{:?}", names(&seen));
        quickest = quickest.min(seen["load"].as_f64().unwrap());
        if quickest < 2000.0 {
            break;
        }
    }
    assert!(quickest < 2000.0, "it takes {quickest} ms to open");
    eprintln!("{size} bytes, opens in {quickest:.0} ms");
}
