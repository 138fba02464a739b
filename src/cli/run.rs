//! `staffwright run`: plays a scenario and says what customers would feel and what it costs.

use super::options::{OutputArgs, SimulationArgs};
use super::progress::Bar;
use super::{Failure, output, scenario_file};
use crate::experiment::{
    Outcome, Settings, flips, replicate, replicate_against, without_each_team,
};
use crate::measure::Verdict;
use crate::report;
use crate::report::files::Part;
use clap::{Args, ColorChoice};
use std::io::Write;
use std::path::PathBuf;

/// Arguments of `staffwright run`.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// The scenario
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Hold the run against what happened: a CSV file with start, offered, and answered, abandoned, answered_20s,
    /// sum_wait_s as far as they are known
    #[arg(long, value_name = "ACTUALS.csv")]
    pub against: Option<PathBuf>,
    /// Also say which defaults would overturn a verdict somewhere in their range, and from where on; plays each of
    /// them at both ends of its range, so that it takes a few times as long
    #[arg(long)]
    pub flips: bool,
    /// Also say what is left of the promises without any one team: plays the scenario once more for each of them
    #[arg(long)]
    pub without_each_team: bool,
    /// How to simulate.
    #[command(flatten)]
    pub simulation: SimulationArgs,
    /// What to print.
    #[command(flatten)]
    pub output: OutputArgs,
}

/// Simulates and prints.
///
/// # Errors
/// Bad input, people that cannot be placed, output that cannot be written; [`Failure::Gate`] when asked for and a
/// promise is not met.
pub fn run(args: &RunArgs, color: ColorChoice, out: &mut dyn Write) -> Result<(), Failure> {
    let case = scenario_file::case(&args.file, &args.simulation.sets, color, args.output.quiet)?;
    let actuals = match &args.against {
        Some(path) => Some(scenario_file::actuals(
            path,
            &case.scenario,
            color,
            args.output.quiet,
        )?),
        None => None,
    };
    let settings = Settings {
        series: args.output.out.is_some(),
        ..args.simulation.settings()
    };
    let bar = Bar::new(args.output.quiet, settings.confidence);
    let mut outcome = args.simulation.on_threads(|| match &actuals {
        Some(actuals) => replicate_against(&case, &settings, actuals, &bar),
        None => replicate(&case, &settings, &bar),
    })?;
    bar.finish();
    if args.without_each_team {
        let bar = Bar::of("teams lost", args.output.quiet, settings.confidence);
        outcome.resilience.without_team = args
            .simulation
            .on_threads(|| without_each_team(&case, &settings, &bar))?;
        bar.finish();
    }
    if args.flips {
        let bar = Bar::of("ends of ranges", args.output.quiet, settings.confidence);
        let sets = &args.simulation.sets;
        outcome.flips = args
            .simulation
            .on_threads(|| flips(&case, sets, &settings, &bar))?;
        bar.finish();
    }
    if let Some(dir) = &args.output.out {
        output::write_json(dir, "result.json", &outcome)?;
        let part = Part {
            case: &case,
            outcome: &outcome,
        };
        output::write_files(dir, &[part], &[], &args.output)?;
        output::write_report(dir, &report::html::run(&outcome), &args.output)?;
    }
    if args.output.json {
        output::print_json(&outcome, out)?;
    } else {
        write!(
            out,
            "{}",
            report::run::text(&outcome, &args.output.page(color))
        )?;
    }
    if args.output.gate {
        gate(&outcome)
    } else {
        Ok(())
    }
}

/// Whether every promise is met.
fn gate(outcome: &Outcome) -> Result<(), Failure> {
    let open = outcome
        .promises
        .iter()
        .filter(|p| p.verdict != Verdict::Met);
    let open: Vec<String> = open
        .map(|p| format!("{} is {}", p.name, report::run::verdict(p.verdict).0))
        .collect();
    if open.is_empty() {
        Ok(())
    } else {
        Err(Failure::Gate(open.join(", ")))
    }
}
