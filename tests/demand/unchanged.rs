//! Scenarios that say nothing of later mechanisms: their figures are, to the last digit, those of the version before them.
//!
//! Those of `small` were written anew when the rules it states for hand-offs came to hold for chats too (without chats, or
//! without these rules, not a digit of it moved), and when streams came to stand by their names (with one language written
//! before the other in this order, not a digit of it moves).

use assert_cmd::Command;
use serde_json::Value;

/// Every field of the older object is in the newer one, with the same value.
fn holds(path: &str, old: &Value, new: &Value) {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            // How wide an interval is, is a matter of statistics.
            let figures = old
                .iter()
                .filter(|f| !["low", "high"].contains(&f.0.as_str()));
            for (key, value) in figures {
                let other = new
                    .get(key)
                    .unwrap_or_else(|| panic!("{path}.{key} is gone"));
                holds(&format!("{path}.{key}"), value, other);
            }
        }
        (Value::Array(old), Value::Array(new)) if path != "cost.by_kind" => {
            assert_eq!(old.len(), new.len(), "{path}");
            for (i, (old, new)) in old.iter().zip(new).enumerate() {
                holds(&format!("{path}[{i}]"), old, new);
            }
        }
        (Value::Array(old), Value::Array(new)) => {
            for kind in old {
                let same = new.iter().find(|k| k["kind"] == kind["kind"]);
                holds(
                    path,
                    kind,
                    same.unwrap_or_else(|| panic!("{path}: {kind} is gone")),
                );
            }
        }
        _ => assert_eq!(old, new, "{path}"),
    }
}

#[test]
fn a_scenario_without_new_keys_gives_the_same_figures_as_before() {
    for (scenario, figures) in [
        (
            "tests/demand/before/small.toml",
            "tests/demand/before/small.json",
        ),
        (
            "scenarios/bank/scenario.toml",
            "tests/demand/before/bank.json",
        ),
    ] {
        let run = [
            "run",
            scenario,
            "--json",
            "--quiet",
            "--seed",
            "3",
            "--replications",
            "2",
        ];
        let output = Command::cargo_bin("staffwright")
            .unwrap()
            .args(run)
            .output()
            .unwrap();
        let new: Value = serde_json::from_slice(&output.stdout).unwrap();
        let old: Value = serde_json::from_str(&std::fs::read_to_string(figures).unwrap()).unwrap();
        for part in ["overall", "channels", "teams", "promises", "cost"] {
            holds(part, &old[part], &new[part]);
        }
    }
}
