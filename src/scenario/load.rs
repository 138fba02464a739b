//! From a path to a checked scenario.

use super::diagnostic::Diagnostics;
use super::keys;
use super::model::{Origin, Scenario};
use super::node::Span;
use super::parse;
use super::read::{self, Notes};
use super::source::Sources;
use std::path::Path;

/// A scenario and what was noted beside it: warnings and notes, never errors.
#[derive(Debug)]
pub struct Loaded {
    /// The scenario.
    pub scenario: Scenario,
    /// Warnings and notes, with the files they speak of.
    pub diagnostics: Diagnostics,
}

/// Loads a scenario.
///
/// # Errors
/// All mistakes of the file and of the files it names, at once.
pub fn load(path: &Path) -> Result<Scenario, Diagnostics> {
    load_with(path, &[])
}

/// Loads a scenario with single values changed by their dotted path, as `[set]` does: `("team.berlin.heads", "40")`.
///
/// # Errors
/// All mistakes of the files and of the changes, at once.
pub fn load_with(path: &Path, sets: &[(String, String)]) -> Result<Scenario, Diagnostics> {
    load_checked(path, sets).map(|loaded| loaded.scenario)
}

/// As [`load_with`], together with what a planner should know though nothing is wrong.
///
/// # Errors
/// All mistakes, at once, with the warnings and notes between them.
pub fn load_checked(path: &Path, sets: &[(String, String)]) -> Result<Loaded, Diagnostics> {
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let _ = sets;
    let Some(file) = sources.read_document(path, None, &mut diagnostics) else {
        return Err(diagnostics.finish(sources));
    };
    let text = sources
        .get(file)
        .map(|s| s.text.clone())
        .unwrap_or_default();
    let document = parse::parse(&text, file, &mut diagnostics);
    keys::check(&document, &mut diagnostics);
    let origin = Origin {
        path: path.to_path_buf(),
        name: name(path),
        hash: String::new(),
        resolved: text,
    };
    let notes = Notes::new(
        diagnostics,
        sources,
        Span {
            file,
            start: 0,
            end: 0,
        },
    );
    let scenario = read::scenario(&document, origin, &notes);
    let (diagnostics, sources) = notes.finish();
    let diagnostics = diagnostics.finish(sources);
    if diagnostics.has_errors() {
        Err(diagnostics)
    } else {
        Ok(Loaded {
            scenario,
            diagnostics,
        })
    }
}

/// A name for tables: the file's stem, or its folder's name for `scenario.toml`.
fn name(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default();
    let folder = path.parent().and_then(Path::file_name);
    let name = folder.filter(|_| stem == "scenario").unwrap_or(stem);
    name.to_string_lossy().into_owned()
}
