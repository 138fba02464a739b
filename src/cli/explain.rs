//! `staffwright explain`: the paragraph behind a code that `check` prints, or what a key of the language takes.

use super::Failure;
use crate::scenario::codes::{CODES, explain};
use crate::scenario::keys::describe;
use crate::scenario::suggest::did_you_mean;
use clap::Args;
use std::io::Write;

/// Explain a code that `check` prints, or a key of the scenario language
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// A code like unknown-key, or a path like channel.phone.patience; all codes if left out
    pub what: Option<String>,
}

/// Prints the explanation of one code or path, or of all codes.
///
/// # Errors
/// An unknown code or path.
pub fn run(args: &ExplainArgs, out: &mut dyn Write) -> Result<(), Failure> {
    let Some(what) = &args.what else {
        for code in CODES {
            writeln!(out, "{}\n  {}\n", code.code, code.explanation)?;
        }
        return Ok(());
    };
    let explanation = explain(what).map(|text| format!("{text}\n"));
    match explanation.or_else(|| describe(what)) {
        Some(explanation) => Ok(write!(out, "{explanation}")?),
        None => {
            let codes: Vec<&str> = CODES.iter().map(|c| c.code).collect();
            Err(Failure::BadInput(format!(
                "there is no code or key `{what}`; {}",
                did_you_mean(what, &codes)
            )))
        }
    }
}
