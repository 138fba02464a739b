//! `staffwright optimize`: heads, shifts and shares at least cost, proved by simulation.

use super::args::parse_share;
use super::options::OutputArgs;
use super::stages::Stages;
use super::{Failure, output, scenario_file};
use crate::experiment::{Case, CaseError};
use crate::optimize::{self, Goal, Infeasible};
use crate::report;
use crate::report::clash::Clash;
use crate::report::files::Part;
use crate::scenario::{Loaded, Scenario};
use crate::solve::Solver;
use clap::{Args, ColorChoice};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Arguments of `staffwright optimize`.
#[derive(Debug, Args)]
pub struct OptimizeArgs {
    /// The scenario
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Seed: the same seed gives the same plan to the last digit
    #[arg(long, default_value_t = 1, value_name = "NUMBER")]
    pub seed: u64,
    /// Replications of the proof, on random numbers the search never saw
    #[arg(long, default_value_t = 60, value_name = "NUMBER", value_parser = clap::value_parser!(u64).range(2..))]
    pub replications: u64,
    /// Confidence of the proof's intervals
    #[arg(long, default_value = "95%", value_name = "SHARE", value_parser = parse_share)]
    pub confidence: f64,
    /// Most rounds of solving, simulating and correcting
    #[arg(long, default_value_t = 8, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    pub rounds: u32,
    /// Solver of the models
    #[arg(long, value_name = "NAME", default_value_t = Solver::default())]
    pub solver: Solver,
    /// Threads to simulate on [default: all]; the plan does not depend on it
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..))]
    pub threads: Option<u16>,
    /// Change a value of the scenario by its path, such as team.berlin.heads=40
    #[arg(long = "set", value_name = "PATH=VALUE", value_parser = super::options::parse_set)]
    pub sets: Vec<(String, String)>,
    /// Scenario of the organisation at work today, to hold the plan against [default: FILE as it is]
    #[arg(long, value_name = "FILE")]
    pub today: Option<PathBuf>,
    /// Where the rules cannot all hold: plan all the same, short where it hurts least
    #[arg(long)]
    pub understaff: bool,
    /// Also say what Erlang C for every skill alone and shifts that cover the sum would ask for, simulated likewise
    #[arg(long)]
    pub baseline: bool,
    /// What to print; with --out also plan.toml and its rosters.
    #[command(flatten)]
    pub output: OutputArgs,
}

/// Searches, proves and prints; with `--out` writes `plan.toml`, a variant that `run` plays, and `result.json`.
///
/// # Errors
/// Bad input, [`Failure::Infeasible`] with the rules that clash, files that cannot be written; [`Failure::Gate`] when
/// asked for and the plan could not be proved.
pub fn run(args: &OptimizeArgs, color: ColorChoice, out: &mut dyn Write) -> Result<(), Failure> {
    let quiet = args.output.quiet;
    let loaded = scenario_file::load(&args.file, &args.sets, color, quiet)?;
    let case = Case::new(loaded.scenario.clone()).map_err(|e| match e {
        CaseError::TooLarge(_) => Failure::BadInput(format!("{}: {e}", args.file.display())),
        CaseError::NoRoster(_) => no_plan(&Infeasible::no_case(&e), &loaded, args, out),
    })?;
    let today = match &args.today {
        Some(file) => Some(todays(file, &case, color, quiet)?),
        None => None,
    };
    let goal = Goal {
        seed: args.seed,
        confidence: args.confidence,
        rounds: args.rounds,
        proof: args.replications,
        solver: args.solver,
        understaff: args.understaff,
        series: args.output.out.is_some(),
        ..Goal::default()
    };
    let stages = Stages::new(args.output.quiet);
    let found = super::options::on_threads(args.threads, || {
        optimize::recommend(&case, today.as_ref(), &goal, &stages)
    })?;
    stages.finish();
    let mut found = found.map_err(|e| no_plan(&e, &loaded, args, out))?;
    if args.baseline {
        let baseline =
            super::options::on_threads(args.threads, || optimize::baseline(&case, &found, &goal))?;
        found.plan.baseline = Some(baseline.map_err(|e| no_plan(&e, &loaded, args, out))?);
    }
    if let Some(dir) = &args.output.out {
        let written = optimize::write(dir, &found);
        written.map_err(|e| {
            Failure::BadInput(format!("cannot write the plan into {}: {e}", dir.display()))
        })?;
        output::write_json(dir, "result.json", &found.plan)?;
        let planned = Case::new(found.scenario.clone());
        let mut planned = planned.map_err(|e| Failure::Internal(e.to_string()))?;
        if let Some(named) = &found.named {
            planned.roster = named.clone();
        }
        // It was played for its proof.
        let case = &planned;
        let outcome = &found.plan.proof;
        output::write_files(dir, &[Part { case, outcome }], &[], &args.output)?;
        output::write_report(dir, &report::html::optimize(&found.plan), &args.output)?;
    }
    if args.output.json {
        output::print_json(&found.plan, out)?;
    } else {
        write!(
            out,
            "{}",
            report::plan::text(&found.plan, &args.output.page(color))
        )?;
    }
    if args.output.gate && !found.plan.proved {
        return Err(Failure::Gate("the plan could not be proved".to_owned()));
    }
    if args.output.gate
        && let Some(by_name) = &found.plan.by_name
        && !by_name.broken.is_empty()
    {
        return Err(Failure::Gate(format!(
            "with {} shifts open the roster by name breaks: {}",
            by_name.open,
            by_name.broken.join(", ")
        )));
    }
    Ok(())
}

/// The organisation at work today, ready to be played; it serves the same customers with teams of the same names.
fn todays(file: &Path, planned: &Case, color: ColorChoice, quiet: bool) -> Result<Case, Failure> {
    let today = scenario_file::case(file, &[], color, quiet)?;
    let same = |o: &Scenario, name: &str| o.teams.iter().any(|t| t.name == name);
    let (planned, other) = (&planned.scenario, &today.scenario);
    if planned.teams.iter().any(|t| same(other, &t.name)) {
        return Ok(today);
    }
    let names: Vec<&str> = planned.teams.iter().map(|t| t.name.as_str()).collect();
    Err(Failure::BadInput(format!(
        "{}: none of the planned scenario's teams ({}) is in it; teams are held against those of the same name",
        file.display(),
        names.join(", ")
    )))
}

/// Says why there is no plan: as an object where JSON is asked for, and as a message with the exit code of a clash.
fn no_plan(
    infeasible: &Infeasible,
    loaded: &Loaded,
    args: &OptimizeArgs,
    out: &mut dyn Write,
) -> Failure {
    if infeasible.internal {
        return Failure::Internal(infeasible.reason.clone());
    }
    let clash = Clash::new(&loaded.scenario.origin.name, infeasible, |path| {
        scenario_file::place(loaded, path)
    });
    if args.output.json
        && let Err(failure) = output::print_json(&clash, out)
    {
        return failure;
    }
    Failure::Infeasible(clash.text())
}
