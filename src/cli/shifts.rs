//! `staffwright shifts`: shift design from a bare requirement.

use super::args::parse_duration_s;
use super::{Failure, scenario_file};
use crate::optimize::design::instance::Problem;
use crate::optimize::design::listing::{Listed, listing};
use crate::optimize::design::plan::Plan;
use crate::optimize::design::{Limits, design, input};
use crate::solve::Solver;
use clap::Args;
use comfy_table::{CellAlignment, Table, presets};
use serde_json::{Value, json};
use std::io::{IsTerminal, Write, stderr};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The layout of PATTERNS.toml, for the help.
const PATTERNS_HELP: &str = r#"REQUIREMENT.csv has the columns day (1, 2, ...), start (HH:MM) and required (agents).

PATTERNS.toml says which shifts are allowed and what things cost:

  interval = "15m"
  cyclic = true                 # the last day is followed by the first; else shifts are cut
  [objective]
  understaffing = 1.0           # per agent-minute missing
  overstaffing = 1.0            # per agent-minute too many
  distinct_shift = 15.0         # per start and length in use
  paid_minute = 0.0             # per scheduled agent-minute, unpaid breaks not counted
  [[pattern]]
  name = "early"
  start = { from = "05:00", to = "08:00", step = "15m" }
  length = { from = "7h", to = "9h", step = "15m" }
  days = "Mon-Fri"              # optional: days of the week (day 1 is a Monday), or [1, 2, 5]
  break = { length = "30m", from = "3h", to = "5h", step = "15m", paid = true }   # optional

Starts may wrap midnight. Equal start and length from two patterns are one distinct shift."#;

/// Design shifts from a requirement: which to have, and how many agents on each
#[derive(Debug, Args)]
#[command(after_long_help = PATTERNS_HELP)]
pub struct ShiftsArgs {
    /// Agents required per day and interval
    #[arg(value_name = "REQUIREMENT.csv")]
    pub requirement: PathBuf,
    /// Interval, prices and the shift patterns allowed
    #[arg(value_name = "PATTERNS.toml")]
    pub patterns: PathBuf,
    /// Solver for the linear and integer models
    #[arg(long, default_value_t = Solver::default())]
    pub solver: Solver,
    /// Wall-clock limit
    #[arg(long, default_value = "30s", value_name = "DURATION", value_parser = parse_limit)]
    pub time_limit: f64,
    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
    /// Also write plan.json, shifts.csv and coverage.csv into this folder
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

fn parse_limit(text: &str) -> Result<f64, String> {
    let seconds = parse_duration_s(text)?;
    if (0.1..=31_536_000.0).contains(&seconds) {
        Ok(seconds)
    } else {
        Err(format!(
            "`{text}` is not a useful limit; write one from 100ms to a year, such as 30s"
        ))
    }
}

/// Designs the shifts and prints them.
///
/// # Errors
/// [`Failure::Reported`] after all mistakes of both files were printed to standard error.
pub fn run(args: &ShiftsArgs, color: bool, out: &mut dyn Write) -> Result<(), Failure> {
    let (instance, notes) = input::load(&args.requirement, &args.patterns).map_err(|mistakes| {
        eprint!("{}", mistakes.render(color));
        Failure::Reported
    })?;
    eprint!("{}", notes.render(color));
    if stderr().is_terminal() {
        eprintln!("searching for at most {} s ...", args.time_limit);
    }
    let limits = Limits {
        time: Duration::from_secs_f64(args.time_limit),
        ..Limits::with(args.solver)
    };
    let problem = Problem::new(instance);
    let plan = design(&problem, &limits).map_err(|fault| Failure::Internal(fault.to_string()))?;
    let shifts = listing(&problem, &plan.staff);
    let object = as_json(&plan, &shifts);
    if let Some(folder) = &args.out {
        write_files(folder, &problem, &plan, &shifts, &object)?;
    }
    if args.json {
        writeln!(out, "{}", scenario_file::pretty(&object))?;
    } else {
        print(&problem, &plan, &shifts, out)?;
    }
    Ok(())
}

fn as_json(plan: &Plan, shifts: &[Listed]) -> Value {
    let shifts: Vec<Value> = shifts
        .iter()
        .map(|shift| {
            let breaks: Vec<Value> = shift
                .breaks
                .iter()
                .map(|pause| json!({ "offset_min": pause.offset_min, "length_min": pause.length_min, "staff": pause.staff }))
                .collect();
            json!({
                "start": shift.start,
                "length_min": shift.length_min,
                "staff": shift.staff,
                "breaks": breaks,
            })
        })
        .collect();
    let evaluation = &plan.evaluation;
    json!({
        "format_version": 1,
        "objective": evaluation.objective,
        "lower_bound": plan.lower_bound,
        "gap": plan.gap(),
        "stopped_by": plan.stopped_by.name(),
        "understaffed_minutes": evaluation.understaffed_minutes,
        "overstaffed_minutes": evaluation.overstaffed_minutes,
        "paid_minutes": evaluation.paid_minutes,
        "distinct_shifts": evaluation.distinct_shifts,
        "shifts": shifts,
    })
}

fn print(
    problem: &Problem,
    plan: &Plan,
    shifts: &[Listed],
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    let days = (1..=problem.instance.days).map(|day| format!("day {day}"));
    table.set_header(
        ["shift", "hours", "break after"]
            .map(String::from)
            .into_iter()
            .chain(days),
    );
    for shift in shifts {
        let staff = shift.staff.iter().map(u32::to_string);
        table.add_row(
            [shift.start.clone(), hours(shift.length_min), String::new()]
                .into_iter()
                .chain(staff),
        );
        for pause in &shift.breaks {
            let staff = pause.staff.iter().map(u32::to_string);
            table.add_row(
                [String::new(), String::new(), hours(pause.offset_min)]
                    .into_iter()
                    .chain(staff),
            );
        }
    }
    for column in table.column_iter_mut() {
        column.set_cell_alignment(CellAlignment::Right);
    }
    if shifts.is_empty() {
        writeln!(out, "no shift is worth its price")?;
    } else {
        writeln!(out, "{table}")?;
    }
    let evaluation = &plan.evaluation;
    writeln!(out, "cost              {:.2}", evaluation.objective)?;
    let proof = match plan.gap() {
        gap if gap <= 1e-9 => "proven least cost".to_string(),
        gap => format!(
            "at most {:.1} % above the least cost; stopped by {}",
            100.0 * gap,
            plan.stopped_by.name()
        ),
    };
    writeln!(out, "least possible    {:.2} ({proof})", plan.lower_bound)?;
    writeln!(out, "distinct shifts   {}", evaluation.distinct_shifts)?;
    writeln!(
        out,
        "understaffed      {} agent-minutes",
        evaluation.understaffed_minutes
    )?;
    writeln!(
        out,
        "overstaffed       {} agent-minutes",
        evaluation.overstaffed_minutes
    )?;
    writeln!(
        out,
        "paid              {} agent-minutes",
        evaluation.paid_minutes
    )?;
    Ok(())
}

fn hours(minutes: usize) -> String {
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

fn write_files(
    folder: &Path,
    problem: &Problem,
    plan: &Plan,
    shifts: &[Listed],
    object: &Value,
) -> Result<(), Failure> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(
        folder.join("plan.json"),
        scenario_file::pretty(object) + "\n",
    )?;
    std::fs::write(folder.join("shifts.csv"), shifts_csv(problem, shifts))?;
    std::fs::write(folder.join("coverage.csv"), coverage_csv(problem, plan))?;
    Ok(())
}

/// One row per shift, break and day with staff; numbers and times only, so nothing needs quoting.
fn shifts_csv(problem: &Problem, shifts: &[Listed]) -> String {
    let mut text = String::from("start,length_min,break_offset_min,break_length_min,day,staff\n");
    for shift in shifts {
        let mut rows = |pause: String, staff: &[u32]| {
            for (day, staff) in (1..=problem.instance.days)
                .zip(staff)
                .filter(|(_, staff)| **staff > 0)
            {
                text += &format!(
                    "{},{},{pause},{day},{staff}\n",
                    shift.start, shift.length_min
                );
            }
        };
        for pause in &shift.breaks {
            rows(
                format!("{},{}", pause.offset_min, pause.length_min),
                &pause.staff,
            );
        }
        let unbroken: Vec<u32> = (0..problem.instance.days)
            .map(|day| {
                shift.staff[day]
                    - shift
                        .breaks
                        .iter()
                        .map(|pause| pause.staff[day])
                        .sum::<u32>()
            })
            .collect();
        rows(",".into(), &unbroken);
    }
    text
}

fn coverage_csv(problem: &Problem, plan: &Plan) -> String {
    let instance = &problem.instance;
    let mut text = String::from("day,start,required,present\n");
    for (position, present) in plan.evaluation.coverage.iter().enumerate() {
        let (day, slot) = (position / instance.per_day + 1, position % instance.per_day);
        text += &format!(
            "{day},{},{},{present}\n",
            instance.clock(slot),
            instance.required[position]
        );
    }
    text
}
