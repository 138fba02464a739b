//! `staffwright schema`: the scenario language for editors, and the results for programs.

use super::{Failure, scenario_file};
use crate::report;
use crate::scenario::schema::schema;
use clap::{Args, ValueEnum};
use std::io::Write;

/// Arguments of `staffwright schema`.
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// Of what
    #[arg(value_enum, default_value_t = Of::Scenario)]
    pub of: Of,
}

/// What there is a schema of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Of {
    /// The scenario language
    Scenario,
    /// The JSON object of `run`
    Run,
    /// The JSON object of `compare`
    Compare,
}

/// Prints a JSON Schema.
///
/// # Errors
/// The output could not be written.
pub fn run(args: &SchemaArgs, out: &mut dyn Write) -> Result<(), Failure> {
    let schema = match args.of {
        Of::Scenario => schema(),
        Of::Run => report::schema::run(),
        Of::Compare => report::schema::compare(),
    };
    writeln!(out, "{}", scenario_file::pretty(&schema))?;
    Ok(())
}
