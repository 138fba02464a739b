//! `staffwright schema`: the scenario language for editors, and the results for programs.

use super::{Failure, scenario_file};
use crate::report;
use crate::scenario::schema::schema;
use clap::{Args, ValueEnum};
use std::io::Write;

/// Arguments of `staffwright schema`.
#[derive(Debug, Args)]
#[command(after_help = "\
Completion and checks while typing: write the schema beside your scenario,
  staffwright schema > staffwright.schema.json
name it in the scenario's first line,
  #:schema ./staffwright.schema.json
and let your editor's TOML language server (taplo; in VS Code the extension Even Better TOML) do the rest.")]
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
    /// The JSON object of `optimize`
    Optimize,
    /// The JSON object of `optimize` where the rules cannot all hold
    Clash,
    /// The JSON object of `shifts`
    Shifts,
    /// What a sweep keeps of every run
    Sweep,
    /// The crossovers that `sweep merge` writes
    Crossovers,
    /// The JSON object of `check`
    Check,
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
        Of::Optimize => report::schema::optimize(),
        Of::Clash => report::schema::clash(),
        Of::Shifts => report::schema::shifts(),
        Of::Sweep => report::schema::sweep(),
        Of::Crossovers => report::schema::crossovers(),
        Of::Check => report::schema::check(),
    };
    writeln!(out, "{}", scenario_file::pretty(&schema))?;
    Ok(())
}
