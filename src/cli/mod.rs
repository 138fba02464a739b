//! What the user types: one file per command, each of which parses, calls and prints.
//!
//! A command is a set of arguments and a `run` that writes its data to the output it is given;
//! progress and messages go to standard error. What goes wrong is a [`Failure`], which knows its exit
//! code. No command decides anything about the domain.

pub mod args;
pub mod check;
pub mod erlang;
pub mod explain;
pub mod scenario_file;
pub mod schema;
pub mod shifts;
pub mod sweep;

use clap::{Parser, Subcommand};
use std::fmt;
use std::io::{self, IsTerminal, Write};

/// Workforce simulator and staffing optimizer for customer support.
#[derive(Debug, Parser)]
#[command(name = "staffwright", version, arg_required_else_help = true)]
pub struct Cli {
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: clap::ColorChoice,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check scenarios: every mistake with its place and what to write instead
    Check(check::CheckArgs),
    /// Explain a code that `check` prints
    Explain(explain::ExplainArgs),
    /// Print the JSON Schema of the scenario language, for editors
    Schema,
    /// Vary any values of scenarios: plan, play shares anywhere, put the results together
    Sweep(sweep::SweepArgs),
    /// Work out one queue by formula: Erlang B, C or A
    Erlang(erlang::ErlangArgs),
    /// Design shifts from a requirement: which to have, and how many agents on each
    Shifts(shifts::ShiftsArgs),
}

/// Why a command could not do what it was asked.
#[derive(Debug)]
pub enum Failure {
    /// The user's input is wrong; the message says how and what to write instead.
    BadInput(String),
    /// The user's input is wrong, and everything about it was already printed.
    Reported,
    /// The program itself failed: nothing the user's input explains.
    Internal(String),
    /// Output could not be written.
    Output(io::Error),
}

impl Failure {
    /// Exit code of the program: 0 done, 1 internal fault, 2 bad input.
    ///
    /// A reader that closed the pipe has what it wanted: that is no failure.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::BadInput(_) | Self::Reported => 2,
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => 0,
            Self::Internal(_) | Self::Output(_) => 1,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadInput(message) | Self::Internal(message) => f.write_str(message),
            Self::Reported => Ok(()),
            Self::Output(error) => write!(f, "cannot write the output: {error}"),
        }
    }
}

impl std::error::Error for Failure {}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// Runs a parsed command line, writing its data to `out`.
///
/// # Errors
/// The command's own [`Failure`].
pub fn run(cli: &Cli, out: &mut dyn Write) -> Result<(), Failure> {
    let color = wants_color(cli.color);
    match &cli.command {
        Command::Check(args) => check::run(args, color, out),
        Command::Explain(args) => explain::run(args, out),
        Command::Schema => schema::run(out),
        Command::Sweep(args) => sweep::run(args, color, out),
        Command::Erlang(args) => erlang::run(args, out),
        Command::Shifts(args) => shifts::run(args, color, out),
    }
}

/// Whether messages on standard error are coloured: by choice, or on a terminal unless `NO_COLOR` is set.
fn wants_color(choice: clap::ColorChoice) -> bool {
    match choice {
        clap::ColorChoice::Always => true,
        clap::ColorChoice::Never => false,
        clap::ColorChoice::Auto => {
            io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
        }
    }
}
