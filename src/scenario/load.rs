//! From a path to a checked scenario.

use super::compose::{apply, compose};
use super::diagnostic::Diagnostics;
use super::keys;
use super::model::{Origin, Scenario};
use super::node::{Span, Table};
use super::print::{relocate, to_toml};
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
    /// The resolved document; the spans of its values say in which file of `diagnostics.sources` each was written.
    pub document: Table,
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
    let Some(mut document) = compose(path, &mut sources, &mut diagnostics) else {
        return Err(diagnostics.finish(sources));
    };
    apply(&mut document, sets, &mut sources, &mut diagnostics);
    keys::check(&document, &mut diagnostics);
    read::state_hours(&mut document);
    let mut resolved = document.clone();
    relocate(
        &mut resolved,
        &sources,
        path.parent().unwrap_or(Path::new("")),
    );
    let origin = Origin {
        path: path.to_path_buf(),
        name: name(path),
        hash: String::new(),
        resolved: to_toml(&resolved),
    };
    // The file named by the user was read first.
    let notes = Notes::new(diagnostics, sources, Span::default());
    let mut scenario = read::scenario(&document, origin, &notes);
    let (diagnostics, sources) = notes.finish();
    scenario.origin.hash = hash(&document, &sources);
    let diagnostics = diagnostics.finish(sources);
    if diagnostics.has_errors() {
        return Err(diagnostics);
    }
    Ok(Loaded {
        scenario,
        diagnostics,
        document,
    })
}

/// What a scenario says, as a number: the resolved document with its data files by their contents, so that moving or
/// renaming files, comments and blanks change nothing.
fn hash(document: &Table, sources: &Sources) -> String {
    let mut document = document.clone();
    keys::visit_files(&mut document, &mut |node| {
        if let super::node::Value::String(text) = &mut node.value {
            let path = sources.resolve(node.span.file, text);
            if let Some(source) = sources.files().iter().find(|s| s.path == path) {
                *text = blake3::hash(source.text.as_bytes()).to_hex().to_string();
            }
        }
    });
    blake3::hash(to_toml(&document).as_bytes())
        .to_hex()
        .to_string()
}

/// A name for tables: the file's stem, or its folder's name for `scenario.toml`.
fn name(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default();
    let folder = path.parent().and_then(Path::file_name);
    let name = folder.filter(|_| stem == "scenario").unwrap_or(stem);
    name.to_string_lossy().into_owned()
}
