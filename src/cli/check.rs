//! `staffwright check`: all mistakes of scenarios at once.

use super::{Failure, scenario_file};
use crate::scenario::diagnostic::{Diagnostics, Severity};
use crate::scenario::load_checked;
use clap::Args;
use serde_json::json;
use std::io::Write;
use std::path::PathBuf;

/// Check scenarios: every mistake with its place and what to write instead
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// The scenario files
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Print one JSON object instead of text
    #[arg(long)]
    pub json: bool,
}

/// Checks every file; messages go to standard error, JSON to `out`.
///
/// # Errors
/// [`Failure::Reported`] if any file has an error.
pub fn run(args: &CheckArgs, color: bool, out: &mut dyn Write) -> Result<(), Failure> {
    let mut objects = Vec::new();
    let mut wrong = 0;
    for path in &args.files {
        let diagnostics = match load_checked(path, &[]) {
            Ok(loaded) => loaded.diagnostics,
            Err(diagnostics) => diagnostics,
        };
        wrong += usize::from(diagnostics.has_errors());
        let name = path.display().to_string();
        if args.json {
            objects.push(json!({ "file": name, "ok": !diagnostics.has_errors(), "diagnostics": diagnostics.to_json() }));
        } else {
            eprint!("{}", diagnostics.render(color));
            writeln!(out, "{name}: {}", verdict(&diagnostics))?;
        }
    }
    if args.json {
        let object = json!({ "format_version": 1, "ok": wrong == 0, "files": objects });
        writeln!(out, "{}", scenario_file::pretty(&object))?;
    }
    if wrong > 0 {
        Err(Failure::Reported)
    } else {
        Ok(())
    }
}

fn verdict(diagnostics: &Diagnostics) -> String {
    match (
        diagnostics.count(Severity::Error),
        diagnostics.count(Severity::Warning),
    ) {
        (0, 0) => "ok".to_string(),
        (0, 1) => "ok, with 1 warning".to_string(),
        (0, n) => format!("ok, with {n} warnings"),
        (1, _) => "1 error".to_string(),
        (n, _) => format!("{n} errors"),
    }
}
