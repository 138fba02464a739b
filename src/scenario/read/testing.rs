//! Scenarios to test readers with.
#![allow(clippy::unwrap_used)]

use super::notes::Notes;
use crate::scenario::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::scenario::model::{Origin, Scenario};
use crate::scenario::parse;
use crate::scenario::source::Sources;
use crate::scenario::testing::replaced;
use std::path::Path;

/// Phone only, one team: the least a scenario must say.
pub const MINIMAL: &str = r#"
start  = 2027-01-11
length = "4 weeks"
zone   = "Europe/Berlin"
[demand]
counted = "first contacts"
busyness = "none"
[channel.phone]
kind = "live"
open = "Mon-Fri 08:00-18:00"
[topic.help]
per_week = 1_000
handle = "5m"
ends = { resolved = "80%", returns = "20%" }
[promise.phone]
target = "80% of phone within 20s"
[contract.full]
hours = "40h/week"
pay = { salary = "EUR 41_742/year" }
[shift.day]
start = { from = "08:00", to = "10:00", step = "1h" }
length = "8h"
[team.all]
heads = 12
shifts = ["day"]
roster = "fit"
shrinkage = { leave = "10%", sick = "5%" }
"#;

/// The minimal scenario with pieces of its text replaced.
pub fn changed(changes: &[(&str, &str)]) -> String {
    replaced(MINIMAL, changes)
}

/// The minimal scenario with tools, and the parts of handle times that they change.
pub fn with_tools(tools: &str) -> String {
    let parts = "parts = { conversation = \"50%\", search = \"25%\", system = \"15%\", repeated = \"10%\" }\nhandle = \"5m\"";
    let tools = format!("{tools}\n[shift.day]");
    changed(&[("handle = \"5m\"", parts), ("[shift.day]", &tools)])
}

/// Reads a text as if it lay in `folder`.
pub fn read_in(folder: &Path, text: &str) -> (Scenario, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let file = sources.add(folder.join("test.toml").display().to_string(), text);
    let table = parse::parse(text, file, &mut diagnostics);
    assert!(diagnostics.items.is_empty(), "{:?}", diagnostics.items);
    let notes = Notes::new(diagnostics, sources, Default::default());
    let origin = Origin {
        path: "test.toml".into(),
        name: "test".into(),
        hash: String::new(),
        resolved: String::new(),
    };
    let scenario = super::scenario(&table, origin, &notes);
    (scenario, notes.finish().0.items)
}

/// Reads a text that names no data files.
pub fn read(text: &str) -> (Scenario, Vec<Diagnostic>) {
    read_in(Path::new("."), text)
}

/// Reads a text that must be free of errors.
pub fn good(text: &str) -> Scenario {
    let (scenario, items) = read(text);
    assert!(
        items.iter().all(|d| d.severity != Severity::Error),
        "{items:#?}"
    );
    scenario
}

/// The codes of everything noted, and the first message.
pub fn codes(text: &str) -> Vec<&'static str> {
    read(text).1.iter().map(|d| d.code).collect()
}

/// The message of the only thing noted.
pub fn only(text: &str) -> String {
    let items = read(text).1;
    assert_eq!(items.len(), 1, "{items:#?}");
    items[0].message.clone()
}
