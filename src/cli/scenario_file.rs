//! What all commands that take a scenario have in common.

use super::{Failure, messages_in_color};
use crate::experiment::{Case, CaseError};
use crate::report::clash::RulePlace;
use crate::scenario::diagnostic::Severity;
use crate::scenario::{
    self,
    actuals::{self, Actuals},
};
use crate::scenario::{Loaded, Scenario, load_checked};
use clap::ColorChoice;
use std::path::Path;

/// Loads a scenario with values set from outside; warnings go to standard error unless `quiet`.
///
/// Notes say what a planner meant to do; they are for `check`.
///
/// # Errors
/// [`Failure::Reported`] after all mistakes were printed to standard error.
pub fn load(
    path: &Path,
    sets: &[(String, String)],
    color: ColorChoice,
    quiet: bool,
) -> Result<Loaded, Failure> {
    let color = messages_in_color(color);
    match load_checked(path, sets) {
        Ok(mut loaded) => {
            loaded
                .diagnostics
                .items
                .retain(|d| d.severity != Severity::Note);
            if !quiet {
                eprint!("{}", loaded.diagnostics.render(color));
            }
            Ok(loaded)
        }
        Err(diagnostics) => {
            eprint!("{}", diagnostics.render(color));
            Err(Failure::Reported)
        }
    }
}

/// Loads a scenario and makes it ready to be played.
///
/// # Errors
/// As [`load`]; [`Failure::Infeasible`] where its people cannot be placed, [`Failure::BadInput`] where it is larger
/// than the engine's tables.
pub fn case(
    path: &Path,
    sets: &[(String, String)],
    color: ColorChoice,
    quiet: bool,
) -> Result<Case, Failure> {
    ready(path, load(path, sets, color, quiet)?.scenario)
}

/// Makes a scenario ready to be played.
///
/// # Errors
/// [`Failure::Infeasible`] where its people cannot be placed, [`Failure::BadInput`] where it is larger than the engine's
/// tables.
pub fn ready(path: &Path, scenario: Scenario) -> Result<Case, Failure> {
    let said = |e: &CaseError| format!("{}: {e}", path.display());
    Case::new(scenario).map_err(|e| match e {
        CaseError::TooLarge(_) => Failure::BadInput(said(&e)),
        CaseError::NoRoster(_) => Failure::Infeasible(said(&e)),
    })
}

/// Where a rule was written: the value at its path, or what it stands in where a rule set or a default says it; `None`
/// where the files say nothing of it.
#[must_use]
pub fn place(loaded: &Loaded, path: &str) -> Option<RulePlace> {
    let mut path = path;
    loop {
        if let Some(place) = value_place(loaded, path) {
            return Some(place);
        }
        path = path.rsplit_once('.')?.0;
    }
}

fn value_place(loaded: &Loaded, path: &str) -> Option<RulePlace> {
    let path = scenario::path::Path::parse(path).ok()?;
    let span = scenario::path::get(&loaded.document, &path).ok()?.span;
    let sources = &loaded.diagnostics.sources;
    let (line, column) = sources.line_column(span);
    Some(RulePlace {
        file: sources.get(span.file)?.name.clone(),
        line,
        column,
    })
}

/// Loads what happened, to be held against a scenario's run; what is worth a note about the file goes to standard
/// error unless `quiet`.
///
/// # Errors
/// [`Failure::Reported`] after all mistakes were printed to standard error.
pub fn actuals(
    path: &Path,
    scenario: &Scenario,
    color: ColorChoice,
    quiet: bool,
) -> Result<Actuals, Failure> {
    let color = messages_in_color(color);
    match actuals::read(path, scenario) {
        Ok((actuals, notes)) => {
            if !quiet {
                eprint!("{}", notes.render(color));
            }
            Ok(actuals)
        }
        Err(diagnostics) => {
            eprint!("{}", diagnostics.render(color));
            Err(Failure::Reported)
        }
    }
}

/// A JSON value on several lines.
#[must_use]
pub fn pretty(value: &serde_json::Value) -> String {
    // The alternate form of a JSON value is its pretty one.
    format!("{value:#}")
}
