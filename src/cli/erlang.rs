//! `staffwright erlang`: one queue by formula.

use super::Failure;
use super::args::{parse_amount, parse_duration_s, parse_share};
use crate::queueing::{ServiceLevel, Station, Steady, erlang_b, least_agents, least_lines};
use clap::{Args, Subcommand, ValueEnum};
use serde_json::{Map, Value, json};
use std::io::Write;

/// Arguments of `staffwright erlang`.
#[derive(Debug, Args)]
pub struct ErlangArgs {
    /// Which formula.
    #[command(subcommand)]
    pub model: Model,
}

/// The three formulas.
#[derive(Debug, Subcommand)]
pub enum Model {
    /// Erlang B: whoever finds every line busy is lost
    B(LossArgs),
    /// Erlang C: callers wait however long it takes
    C(PatientArgs),
    /// Erlang A: callers wait until their patience ends
    A(ImpatientArgs),
}

/// What arrives.
#[derive(Debug, Args)]
pub struct LoadArgs {
    /// Calls offered in each period
    #[arg(long, value_parser = parse_amount)]
    pub calls: f64,
    /// Length of the period the calls arrive in
    #[arg(long, default_value = "30m", value_name = "DURATION", value_parser = parse_duration_s)]
    pub per: f64,
    /// Average handle time, after-call work included
    #[arg(long, value_name = "DURATION", value_parser = parse_duration_s)]
    pub aht: f64,
    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `erlang b`.
#[derive(Debug, Args)]
pub struct LossArgs {
    /// What arrives.
    #[command(flatten)]
    pub load: LoadArgs,
    /// Number of lines (or agents without a queue)
    #[arg(long, visible_alias = "agents", required_unless_present = "target")]
    pub lines: Option<u32>,
    /// Largest share that may be lost: asks for the fewest lines
    #[arg(long, value_name = "SHARE", value_parser = parse_share)]
    pub target: Option<f64>,
}

/// Arguments of `erlang c`.
#[derive(Debug, Args)]
pub struct PatientArgs {
    /// What arrives.
    #[command(flatten)]
    pub load: LoadArgs,
    /// Number of agents
    #[arg(long, required_unless_present = "target")]
    pub agents: Option<u32>,
    /// Threshold of the service level
    #[arg(long, default_value = "20s", value_name = "DURATION", value_parser = parse_duration_s)]
    pub within: f64,
    /// Service level to reach: asks for the fewest agents
    #[arg(long, value_name = "SHARE", value_parser = parse_share)]
    pub target: Option<f64>,
}

/// Arguments of `erlang a`.
#[derive(Debug, Args)]
pub struct ImpatientArgs {
    /// The same queue.
    #[command(flatten)]
    pub queue: PatientArgs,
    /// Mean time callers are willing to wait
    #[arg(long, value_name = "DURATION", value_parser = parse_duration_s)]
    pub patience: f64,
    /// How the service level is counted
    #[arg(long, value_enum, default_value_t = Definition::Offered)]
    pub definition: Definition,
    /// Longest wait of a short abandon, for less-short [default: the threshold]
    #[arg(long, value_name = "DURATION", value_parser = parse_duration_s)]
    pub short: Option<f64>,
}

/// How a service level is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Definition {
    /// Answered in time, of all offered
    Offered,
    /// Answered in time, of those answered
    Answered,
    /// Answered in time, of offered less short abandons
    LessShort,
    /// Answered or abandoned in time, of all offered
    Credited,
}

impl Definition {
    const ALL: [Self; 4] = [
        Self::Offered,
        Self::Answered,
        Self::LessShort,
        Self::Credited,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Offered => "offered",
            Self::Answered => "answered",
            Self::LessShort => "less_short",
            Self::Credited => "credited",
        }
    }

    fn of(self, short: Option<f64>) -> ServiceLevel {
        match self {
            Self::Offered => ServiceLevel::Offered,
            Self::Answered => ServiceLevel::Answered,
            Self::LessShort => ServiceLevel::LessShort { short },
            Self::Credited => ServiceLevel::Credited,
        }
    }
}

/// Works out the queue and prints it.
///
/// # Errors
/// [`Failure::BadInput`] when the figures describe no queue or no number of agents reaches the
/// target, [`Failure::Output`] when `out` cannot be written.
pub fn run(args: &ErlangArgs, out: &mut dyn Write) -> Result<(), Failure> {
    match &args.model {
        Model::B(args) => loss(args, out),
        Model::C(args) => waiting(&Waiting::patient(args), out),
        Model::A(args) => waiting(&Waiting::impatient(args)?, out),
    }
}

fn loss(args: &LossArgs, out: &mut dyn Write) -> Result<(), Failure> {
    let load = station(&args.load, 0.0)?.load();
    let needed = match args.target {
        None => None,
        Some(target) => Some(least_lines(load, target).ok_or_else(|| {
            Failure::BadInput(format!(
                "no number of lines loses at most {}; ask for a share above 0%",
                percent(target)
            ))
        })?),
    };
    let lines = args.lines.or(needed).unwrap_or_default();
    let lost = erlang_b(lines, load);
    let occupancy = (lines > 0).then(|| load * (1.0 - lost) / f64::from(lines));
    if args.load.json {
        let object = json!({
            "model": "b", "load_erlangs": load, "lines": lines, "needed": needed,
            "blocked_share": lost, "occupancy": occupancy,
        });
        return Ok(writeln!(out, "{object}")?);
    }
    let mut table = vec![("load", format!("{load:.2} erlangs"))];
    table.extend(needed.map(|needed| ("lines needed", needed.to_string())));
    table.push(("lines", lines.to_string()));
    table.push(("blocked", percent(lost)));
    table.push(("occupancy", optional(occupancy, percent)));
    print(out, &table)
}

/// What `c` and `a` have in common.
struct Waiting<'a> {
    model: &'static str,
    queue: &'a PatientArgs,
    abandonment_rate: f64,
    definition: Definition,
    short: Option<f64>,
}

impl<'a> Waiting<'a> {
    fn patient(queue: &'a PatientArgs) -> Self {
        Self {
            model: "c",
            queue,
            abandonment_rate: 0.0,
            definition: Definition::Offered,
            short: None,
        }
    }

    fn impatient(args: &'a ImpatientArgs) -> Result<Self, Failure> {
        if args.patience <= 0.0 {
            let message = "--patience must be above 0s; with no patience at all use `erlang b`";
            return Err(Failure::BadInput(message.to_owned()));
        }
        if args.short.is_some() && args.definition != Definition::LessShort {
            let message = "--short only applies to `--definition less-short`";
            return Err(Failure::BadInput(message.to_owned()));
        }
        Ok(Self {
            model: "a",
            queue: &args.queue,
            abandonment_rate: 1.0 / args.patience,
            definition: args.definition,
            short: args.short,
        })
    }

    fn needed(&self, station: Station) -> Result<Option<u32>, Failure> {
        let Some(target) = self.queue.target else {
            return Ok(None);
        };
        let service_level = self.definition.of(self.short);
        let needed = least_agents(station, target, self.queue.within, service_level);
        needed.map(Some).ok_or_else(|| {
            let target = percent(target);
            Failure::BadInput(format!(
                "no number of agents reaches {target}; ask for less than 100%"
            ))
        })
    }
}

fn waiting(args: &Waiting<'_>, out: &mut dyn Write) -> Result<(), Failure> {
    let station = station(&args.queue.load, args.abandonment_rate)?;
    let needed = args.needed(station)?;
    let agents = args.queue.agents.or(needed).unwrap_or_default();
    let steady = station.with_agents(agents).steady();
    if args.queue.load.json {
        return Ok(writeln!(
            out,
            "{}",
            as_json(args, station, needed, agents, &steady)
        )?);
    }
    let within = args.queue.within;
    let level = |definition: Definition| {
        let share = steady.service_level(within, definition.of(args.short));
        format!(
            "{} in {within} s ({})",
            optional(share, percent),
            definition.name()
        )
    };
    let mut table = vec![("load", format!("{:.2} erlangs", station.load()))];
    table.extend(needed.map(|needed| ("agents needed", needed.to_string())));
    table.push(("agents", agents.to_string()));
    table.push(("service level", level(args.definition)));
    if args.model == "a" {
        let others = Definition::ALL.into_iter();
        let others = others.filter(|&definition| definition != args.definition);
        table.extend(others.map(|definition| ("  counted otherwise", level(definition))));
        table.push(("abandoned", percent(steady.abandoned_share)));
    }
    table.push(("have to wait", percent(steady.wait_share)));
    table.push(("mean wait", seconds(steady.mean_wait)));
    table.push(("speed of answer", optional(steady.asa(), seconds)));
    table.push(("mean queue", plain(steady.queue)));
    table.push(("occupancy", optional(steady.occupancy, percent)));
    print(out, &table)?;
    if steady.queue.is_infinite() {
        writeln!(
            out,
            "the queue grows without bound: more agents than erlangs of load are needed"
        )?;
    }
    Ok(())
}

fn as_json(
    args: &Waiting<'_>,
    station: Station,
    needed: Option<u32>,
    agents: u32,
    steady: &Steady,
) -> Value {
    let within = args.queue.within;
    let level = |definition: Definition| {
        let share = steady.service_level(within, definition.of(args.short));
        (definition.name().to_owned(), json!(share))
    };
    let levels: Map<String, Value> = Definition::ALL.into_iter().map(level).collect();
    json!({
        "model": args.model,
        "load_erlangs": station.load(),
        "agents": agents,
        "needed": needed,
        "definition": args.definition.name(),
        "within_s": within,
        "service_level": levels[args.definition.name()],
        "service_levels": levels,
        "wait_share": steady.wait_share,
        "abandoned_share": steady.abandoned_share,
        "mean_wait_s": steady.mean_wait,
        "asa_s": steady.asa(),
        "queue": steady.queue,
        "occupancy": steady.occupancy,
    })
}

fn station(load: &LoadArgs, abandonment_rate: f64) -> Result<Station, Failure> {
    if load.per <= 0.0 {
        return Err(Failure::BadInput("--per must be above 0s".to_owned()));
    }
    if load.aht <= 0.0 {
        return Err(Failure::BadInput("--aht must be above 0s".to_owned()));
    }
    Station::new(0, load.calls / load.per, load.aht, abandonment_rate)
        .map_err(|error| Failure::BadInput(error.to_string()))
}

fn print(out: &mut dyn Write, table: &[(&str, String)]) -> Result<(), Failure> {
    for (name, figure) in table {
        writeln!(out, "{name:<20}{figure}")?;
    }
    Ok(())
}

fn percent(share: f64) -> String {
    format!("{:.2}%", 100.0 * share)
}

fn seconds(time: f64) -> String {
    if time.is_infinite() {
        "endless".to_owned()
    } else {
        format!("{time:.2} s")
    }
}

fn plain(number: f64) -> String {
    if number.is_infinite() {
        "endless".to_owned()
    } else {
        format!("{number:.2}")
    }
}

fn optional(figure: Option<f64>, form: fn(f64) -> String) -> String {
    figure.map_or_else(|| "-".to_owned(), form)
}
