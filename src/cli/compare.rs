//! `staffwright compare`: several organisations before the same customers.

use super::args::parse_share;
use super::options::{OutputArgs, SimulationArgs};
use super::progress::Bar;
use super::{Failure, output, scenario_file};
use crate::experiment::{COST_PER_RESOLVED, Case, Comparing, Settings, Standing, compare};
use crate::report;
use crate::report::files::Part;
use clap::{Args, ColorChoice};
use std::io::Write;
use std::path::PathBuf;

/// Most replications unless said otherwise: a promise that has to hold in nine weeks of ten can be proved with them.
const BUDGET: u64 = 80;

/// Arguments of `staffwright compare`.
#[derive(Debug, Args)]
pub struct CompareArgs {
    /// The scenarios
    #[arg(required = true, num_args = 2.., value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Play exactly --replications; otherwise they are the most, and it ends once the best is separated from the others
    #[arg(long)]
    pub fixed: bool,
    /// From which size on a difference matters: points for shares, relative otherwise
    #[arg(long, default_value = "1%", value_name = "SHARE", value_parser = parse_share)]
    pub practical: f64,
    /// Figure to choose by among those that keep their promises
    #[arg(long, default_value = COST_PER_RESOLVED, value_name = "METRIC")]
    pub objective: String,
    /// How to simulate.
    #[command(flatten)]
    pub simulation: SimulationArgs,
    /// What to print.
    #[command(flatten)]
    pub output: OutputArgs,
}

/// Simulates every scenario on the same seeds and prints how they differ.
///
/// # Errors
/// Bad input in any of the files, scenarios that cannot be compared, output that cannot be written;
/// [`Failure::Gate`] when asked for and no option keeps every promise.
pub fn run(args: &CompareArgs, color: ColorChoice, out: &mut dyn Write) -> Result<(), Failure> {
    let cases = cases(args, color)?;
    let comparing = Comparing {
        settings: Settings {
            series: args.output.out.is_some(),
            replications: args.simulation.replications.unwrap_or(BUDGET),
            ..args.simulation.settings()
        },
        separate: !args.fixed,
        practical: args.practical,
        objective: args.objective.clone(),
    };
    let bar = Bar::new(args.output.quiet, comparing.settings.confidence);
    let compared = args
        .simulation
        .on_threads(|| compare(&cases, &comparing, &bar))?;
    bar.finish();
    let comparison = compared.map_err(|e| Failure::BadInput(e.to_string()))?;
    if let Some(dir) = &args.output.out {
        output::write_json(dir, "result.json", &comparison)?;
        let both = cases.iter().zip(&comparison.options);
        let parts: Vec<Part<'_>> = both.map(|(case, outcome)| Part { case, outcome }).collect();
        output::write_files(dir, &parts, &comparison.differences, &args.output)?;
        output::write_report(dir, &report::html::compare(&comparison), &args.output)?;
    }
    if args.output.json {
        output::print_json(&comparison, out)?;
    } else {
        write!(
            out,
            "{}",
            report::compare::text(&comparison, &args.output.page(color))
        )?;
    }
    let keeps = comparison
        .best
        .is_some_and(|b| b.standing == Standing::Keeps);
    if args.output.gate && !keeps {
        return Err(Failure::Gate(
            "no option certainly keeps every promise".to_owned(),
        ));
    }
    Ok(())
}

/// Loads every scenario, so that the mistakes of all are shown at once.
fn cases(args: &CompareArgs, color: ColorChoice) -> Result<Vec<Case>, Failure> {
    let load =
        |file: &PathBuf| scenario_file::case(file, &args.simulation.sets, color, args.output.quiet);
    let loaded: Vec<Result<Case, Failure>> = args.files.iter().map(load).collect();
    loaded.into_iter().collect()
}
