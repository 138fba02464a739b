//! What a browser shows of a report, held against what has to be there.

use crate::browser::Browser;
use serde_json::Value;
use staffwright::measure::Unit;
use staffwright::report::figure::{optional, plain};
use staffwright::report::words::Words;
use staffwright::stats::Estimate;
use std::fs;
use std::path::Path;

const LOOK: &str = include_str!("look.js");
/// Text in charts is drawn at least this high, in pixels.
const SMALLEST: f64 = 9.0;
/// Contrast that WCAG 2.1 asks of text (level AA).
const CONTRAST: f64 = 4.5;

/// Opens a report at a width and in a theme, and says what is seen.
pub fn look(browser: &mut Browser, report: &Path, width: u32, theme: &str) -> Value {
    browser.look(width, theme);
    browser.open(report);
    let seen = browser.evaluate(LOOK);
    assert_eq!(
        browser.complaints(),
        Vec::<String>::new(),
        "the page complains"
    );
    let asked = browser.requests();
    assert_eq!(
        asked.len(),
        1,
        "the page asks for more than itself: {asked:?}"
    );
    seen
}

/// A figure of the JSON as a report has to show it.
fn shown(json: &Value, place: &str, unit: &str, currency: &str) -> Words {
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

/// Every figure of the tables, in both languages.
fn figures(seen: &Value, json: &Value, least: usize) {
    let figures = seen["figures"].as_array().unwrap();
    assert!(figures.len() >= least, "only {} figures", figures.len());
    for figure in figures {
        let text = |key: &str| figure[key].as_str().unwrap();
        let expected = shown(json, text("json"), text("unit"), text("currency"));
        assert_eq!(text("en"), expected.en, "{}", text("json"));
        assert_eq!(text("de"), expected.de, "{}", text("json"));
    }
}

/// Every chart is there, can be read, and has values for the pointer.
fn charts(seen: &Value) {
    for chart in seen["charts"].as_array().unwrap() {
        let size = |key: &str| chart[key].as_f64().unwrap();
        assert!(size("width") > 250.0 && size("height") > 50.0, "{chart}");
        assert!(size("drawn") > 1000.0 && size("marks") >= 4.0, "{chart}");
        assert!(size("tips") >= 1.0, "{chart}");
        assert!(chart["label"].as_str().unwrap().len() > 20, "{chart}");
        assert!(
            size("smallest") >= SMALLEST,
            "text too small to read: {chart}"
        );
        let none = Value::Array(Vec::new());
        assert_eq!(
            chart["overlaps"], none,
            "texts run into each other: {chart}"
        );
        assert_eq!(chart["outside"], none, "texts leave the window: {chart}");
    }
}

/// What holds for every report, at every width and in both themes and languages.
pub fn holds(
    browser: &mut Browser,
    report: &Path,
    json: &Value,
    least_figures: usize,
) -> Vec<String> {
    let mut papers = Vec::new();
    let mut names = Vec::new();
    for (width, theme) in [(1280, "light"), (400, "dark")] {
        let seen = look(browser, report, width, theme);
        figures(&seen, json, least_figures);
        charts(&seen);
        assert!(
            seen["wide"].as_f64().unwrap() <= 0.0,
            "wider than a window of {width}"
        );
        let faint = seen["faint"].as_f64().unwrap();
        assert!(faint >= CONTRAST, "{theme}: text of contrast {faint}");
        assert_eq!(seen["captions"], seen["tables"]);
        let headings = seen["headings"].as_array().unwrap();
        assert_eq!(headings[0], "H1");
        assert_eq!(headings[1], "H2");
        let mut ids: Vec<&str> = seen["ids"]
            .as_array()
            .unwrap()
            .iter()
            .map(|i| i.as_str().unwrap())
            .collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "an anchor is there twice");
        papers.push(seen["paper"].clone());
        names = self::names(&seen);
    }
    assert_ne!(papers[0], papers[1], "the reader's theme is not followed");
    keys(browser, report);
    german(browser);
    names
}

/// Names of the charts.
pub fn names(seen: &Value) -> Vec<String> {
    let charts = seen["charts"].as_array().unwrap().iter();
    let name = |c: &Value| {
        c["name"]
            .as_str()
            .unwrap()
            .trim_start_matches("svg-")
            .to_owned()
    };
    charts.map(name).collect()
}

/// The Tab key reaches every chart and shows where it is; arrows say its values; Escape ends that.
fn keys(browser: &mut Browser, report: &Path) {
    browser.look(1280, "light");
    browser.open(report);
    let charts = browser.evaluate(
        "[...document.querySelectorAll('svg.picture')].filter((s) => !s.closest('details')).length",
    );
    let charts = charts.as_u64().unwrap();
    let mut reached = 0;
    for _ in 0..400 {
        browser.press("Tab", 9);
        let at = browser.evaluate(
            "(() => { const e = document.activeElement; return [e.tagName, getComputedStyle(e).outlineStyle, e.matches('svg.picture')]; })()",
        );
        if at[0] == "BODY" {
            break;
        }
        assert_ne!(at[1], "none", "the focus is not seen on {at}");
        if at[2] == true {
            reached += 1;
            if reached == 1 {
                browser.press("ArrowRight", 39);
                let tip = "(() => { const t = document.getElementById('tip'); return t.hidden ? '' : t.textContent; })()";
                assert_ne!(browser.evaluate(tip), "", "arrow keys say nothing");
                browser.press("Escape", 27);
                assert_eq!(browser.evaluate(tip), "", "Escape leaves the value there");
            }
        }
    }
    assert_eq!(reached, charts, "charts the Tab key reaches");
}

/// The buttons change theme and language.
fn german(browser: &mut Browser) {
    let paper = "getComputedStyle(document.body).backgroundColor";
    let before = browser.evaluate(paper);
    browser.evaluate("document.getElementById('theme').click()");
    assert_ne!(browser.evaluate(paper), before, "the theme does not change");
    browser.evaluate("document.getElementById('language').click()");
    assert_eq!(browser.evaluate("document.documentElement.lang"), "de");
    let seen = browser.evaluate(LOOK);
    charts(&seen);
    // The choice is kept; the next page begins anew.
    browser.evaluate("localStorage.clear()");
}

/// Every chart of a report is a file as well, and well-formed as far as its first and last lines go.
pub fn files(dir: &Path, names: &[String]) {
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
