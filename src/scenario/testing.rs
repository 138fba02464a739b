//! Scenarios that tests of every room write and load.
#![allow(clippy::unwrap_used)]

use super::Scenario;
use super::diagnostic::Diagnostics;

/// A text with pieces of it replaced; each must be there.
pub fn replaced(text: &str, changes: &[(&str, &str)]) -> String {
    changes.iter().fold(text.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "`{from}` is not in the text");
        text.replace(from, to)
    })
}

/// Loads a text that must be free of mistakes, with data files beside it.
pub fn load(text: &str, files: &[(&str, &str)]) -> Scenario {
    try_load(text, files).unwrap_or_else(|d| panic!("{text}\n{}", d.render(false)))
}

/// Loads a text, with data files beside it.
pub fn try_load(text: &str, files: &[(&str, &str)]) -> Result<Scenario, Diagnostics> {
    let folder = written(text, files);
    super::load(&folder.path().join(MAIN))
}

/// A folder with a text as [`MAIN`] and data files beside it: for what reads the scenario again.
pub fn written(text: &str, files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files.iter().chain([&(MAIN, text)]) {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    folder
}

/// The name of a scenario's own file.
pub const MAIN: &str = "scenario.toml";
