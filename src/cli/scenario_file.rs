//! What all commands that take a scenario have in common.

use super::Failure;
use crate::scenario::{Loaded, load_checked};
use std::path::Path;

/// Loads a scenario with values set from outside; warnings and notes go to standard error unless `quiet`.
///
/// # Errors
/// [`Failure::Reported`] after all mistakes were printed to standard error.
pub fn load(
    path: &Path,
    sets: &[(String, String)],
    color: bool,
    quiet: bool,
) -> Result<Loaded, Failure> {
    match load_checked(path, sets) {
        Ok(loaded) => {
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

/// A JSON value on several lines.
#[must_use]
pub fn pretty(value: &serde_json::Value) -> String {
    // The alternate form of a JSON value is its pretty one.
    format!("{value:#}")
}
