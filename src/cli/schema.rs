//! `staffwright schema`: the scenario language for editors.

use super::{Failure, scenario_file};
use crate::scenario::schema::schema;
use std::io::Write;

/// Prints the JSON Schema of the scenario language.
///
/// # Errors
/// The output could not be written.
pub fn run(out: &mut dyn Write) -> Result<(), Failure> {
    writeln!(out, "{}", scenario_file::pretty(&schema()))?;
    Ok(())
}
