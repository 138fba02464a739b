//! What the user types: one file per command, each of which parses, calls and prints.
//!
//! A command is a set of arguments and a `run` that writes its data to the output it is given;
//! progress and messages go to standard error. What goes wrong is a [`Failure`], which knows its exit
//! code. No command decides anything about the domain.

pub mod args;
pub mod check;
pub mod compare;
pub mod completions;
pub mod erlang;
pub mod explain;
pub mod init;
pub mod optimize;
pub mod options;
mod output;
mod progress;
pub mod run;
pub mod scenario_file;
pub mod schema;
pub mod shifts;
mod stages;
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
    /// Write a commented scenario to start from, with its data files
    Init(init::InitArgs),
    /// Check scenarios: every mistake with its place and what to write instead
    Check(check::CheckArgs),
    /// Simulate a scenario: the verdict on every promise, what customers feel, what it costs
    Run(run::RunArgs),
    /// Compare scenarios on the same customers: every difference with its interval, and which is best
    Compare(compare::CompareArgs),
    /// Explain a figure, a key of the scenario language, or a code
    Explain(explain::ExplainArgs),
    /// Print a JSON Schema: of the scenario language for editors, of results for programs
    Schema(schema::SchemaArgs),
    /// Vary any values of scenarios: plan, play shares anywhere, put the results together
    Sweep(sweep::SweepArgs),
    /// Recommend heads, shifts and vendor shares at least cost, proved by simulation
    Optimize(optimize::OptimizeArgs),
    /// Work out one queue by formula: Erlang B, C or A
    Erlang(erlang::ErlangArgs),
    /// Design shifts from a requirement: which to have, and how many agents on each
    Shifts(shifts::ShiftsArgs),
    /// Print a script that completes commands and options in your shell
    Completions(completions::CompletionsArgs),
    /// Print the manual page
    Man(completions::ManArgs),
}

/// Why a command could not do what it was asked.
#[derive(Debug)]
pub enum Failure {
    /// The user's input is wrong; the message says how and what to write instead.
    BadInput(String),
    /// The user's input is wrong, and everything about it was already printed.
    Reported,
    /// A promise is missed or undecided, and the user asked to be told.
    Gate(String),
    /// What was asked for cannot be done under the rules.
    Infeasible(String),
    /// A fault of the program or the machine.
    Internal(String),
    /// Output could not be written.
    Output(io::Error),
}

impl Failure {
    /// Exit code of the program: 0 done, 1 internal fault, 2 bad input, 3 a promise is not met, 4 infeasible.
    ///
    /// A reader that closed the pipe has what it wanted: that is no failure.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::BadInput(_) | Self::Reported => 2,
            Self::Gate(_) => 3,
            Self::Infeasible(_) => 4,
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => 0,
            Self::Internal(_) | Self::Output(_) => 1,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadInput(message) | Self::Infeasible(message) | Self::Internal(message) => {
                f.write_str(message)
            }
            Self::Gate(promises) => write!(f, "not every promise is met: {promises}"),
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
    let color = cli.color;
    match &cli.command {
        Command::Init(args) => init::run(args, out),
        Command::Check(args) => check::run(args, messages_in_color(color), out),
        Command::Run(args) => run::run(args, color, out),
        Command::Compare(args) => compare::run(args, color, out),
        Command::Explain(args) => explain::run(args, color, out),
        Command::Schema(args) => schema::run(args, out),
        Command::Sweep(args) => sweep::run(args, color, out),
        Command::Optimize(args) => optimize::run(args, color, out),
        Command::Erlang(args) => erlang::run(args, out),
        Command::Shifts(args) => shifts::run(args, messages_in_color(color), out),
        Command::Completions(args) => completions::run(args, out),
        Command::Man(args) => completions::man(args, out),
    }
}

/// Whether messages on standard error are coloured.
fn messages_in_color(choice: clap::ColorChoice) -> bool {
    in_color(choice, io::stderr().is_terminal())
}

/// Whether data on standard output is coloured.
fn data_in_color(choice: clap::ColorChoice) -> bool {
    in_color(choice, io::stdout().is_terminal())
}

/// By choice, or on a terminal unless `NO_COLOR` is set.
fn in_color(choice: clap::ColorChoice, terminal: bool) -> bool {
    match choice {
        clap::ColorChoice::Always => true,
        clap::ColorChoice::Never => false,
        clap::ColorChoice::Auto => {
            terminal && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
        }
    }
}
