//! `staffwright explain`: the paragraph behind a code that `check` prints.

use super::Failure;
use crate::scenario::codes::{CODES, explain};
use crate::scenario::suggest::did_you_mean;
use clap::Args;
use std::io::Write;

/// Explain a code that `check` prints
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// The code, like unknown-key; all codes if left out
    pub code: Option<String>,
}

/// Prints the explanation of one code, or all of them.
///
/// # Errors
/// An unknown code.
pub fn run(args: &ExplainArgs, out: &mut dyn Write) -> Result<(), Failure> {
    let Some(code) = &args.code else {
        for code in CODES {
            writeln!(out, "{}\n  {}\n", code.code, code.explanation)?;
        }
        return Ok(());
    };
    match explain(code) {
        Some(explanation) => Ok(writeln!(out, "{explanation}")?),
        None => {
            let codes: Vec<&str> = CODES.iter().map(|c| c.code).collect();
            Err(Failure::BadInput(format!(
                "there is no code `{code}`; {}",
                did_you_mean(code, &codes)
            )))
        }
    }
}
