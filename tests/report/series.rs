//! What pictures are drawn from, held against the figures.

use crate::harness::{SMALL, written};
use serde_json::Value;
use tempfile::TempDir;

/// The series add up to the figures of the horizon.
#[test]
fn series_add_up() {
    let dir = TempDir::new().unwrap();
    let json = written(&["run", SMALL], dir.path());
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
