//! `staffwright explain`: what a figure means, what a key of the language takes, and the paragraph behind a code.

use super::Failure;
use crate::measure::{METRICS, TEAM_METRICS};
use crate::scenario::codes::CODES;
use crate::scenario::keys::describe;
use crate::scenario::suggest::did_you_mean;
use clap::Args;
use std::io::Write;

/// Explain a figure, a key of the scenario language, or a code that `check` prints
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// A figure like service_level, a path like channel.phone.patience, a code like unknown-key; all figures and codes
    /// if left out
    #[arg(value_name = "METRIC|KEY|CODE")]
    pub what: Option<String>,
}

/// A name and what is to be said about it.
type Entry = (&'static str, String);

/// Prints what is known of one name, or all figures and codes.
///
/// # Errors
/// An unknown name.
pub fn run(args: &ExplainArgs, out: &mut dyn Write) -> Result<(), Failure> {
    let entries = entries();
    let Some(what) = &args.what else {
        for (name, text) in &entries {
            writeln!(out, "{name}\n  {text}\n")?;
        }
        return Ok(());
    };
    let wanted = what.trim();
    let mut found = entries.iter().filter(|e| e.0 == wanted).peekable();
    if found.peek().is_some() {
        for (_, text) in found {
            writeln!(out, "{text}")?;
        }
        return Ok(());
    }
    match describe(wanted) {
        Some(text) => Ok(write!(out, "{text}")?),
        None => {
            let names: Vec<&str> = entries.iter().map(|e| e.0).collect();
            Err(Failure::BadInput(format!(
                "there is no figure, key or code `{what}`; {}",
                did_you_mean(wanted, &names)
            )))
        }
    }
}

/// Figures of contacts, figures of teams, codes.
fn entries() -> Vec<Entry> {
    let figure = |title: &str, of: &str, definition: &str| format!("{title} ({of}): {definition}");
    let contacts = METRICS
        .iter()
        .map(|m| (m.key, figure(m.title, "contacts", m.definition)));
    let teams = TEAM_METRICS
        .iter()
        .map(|m| (m.key, figure(m.title, "teams", m.definition)));
    let codes = CODES.iter().map(|c| (c.code, c.explanation.to_owned()));
    contacts.chain(teams).chain(codes).collect()
}
