//! JSON Schemas of the results, made from the tables of metrics so that they cannot fall behind.

mod beside;
mod check;
mod clash;
mod compare;
mod crossovers;
mod escalation;
mod flips;
mod mix;
mod people;
mod plan;
mod series;
mod shifts;
mod sweep;
mod value;

pub use check::check;
pub use clash::clash;
pub use compare::compare;
pub use crossovers::crossovers;
pub use plan::optimize;
pub use shifts::shifts;
pub use sweep::sweep;

use crate::measure::{KINDS, METRICS, TEAM_METRICS};
use serde_json::{Value, json};
use value::{
    boolean, count, estimate, format_version, list, nullable, number, object, or_null, said, share,
    stopped_by, text,
};

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Schema of the object `run` prints.
#[must_use]
pub fn run() -> Value {
    let mut schema = run_object();
    schema["properties"]["flips"] = flips::flips();
    publish(schema, "run", Some(definitions()))
}

/// The schema of a command's object, with its names.
fn publish(mut schema: Value, command: &str, definitions: Option<Value>) -> Value {
    schema["$schema"] = json!(DRAFT);
    schema["title"] = json!(format!("staffwright {command}"));
    if let Some(definitions) = definitions {
        schema["$defs"] = definitions;
    }
    schema
}

fn run_object() -> Value {
    let contacts = metrics(METRICS.iter().map(|m| (m.key, m.definition)));
    let staff = metrics(TEAM_METRICS.iter().map(|m| (m.key, m.definition)));
    let named = |mut fields: Vec<(&'static str, Value)>, metrics: &[(&'static str, Value)]| {
        fields.extend(metrics.iter().cloned());
        list(object(fields))
    };
    let name = || ("name", text("name in the scenario"));
    let kind = json!({ "enum": ["live", "concurrent", "deferred"], "description": "how a channel queues: one at a time, several at once, or as a backlog" });
    let mut run = object(vec![
        ("format_version", format_version()),
        ("scenario", text("name of the scenario")),
        ("title", text("its title")),
        ("provenance", provenance()),
        ("overall", object(contacts.clone())),
        ("channels", named(vec![name(), ("kind", kind)], &contacts)),
        ("streams", named(vec![name()], &contacts)),
        (
            "teams",
            named(
                vec![
                    name(),
                    ("heads", number("people on the payroll")),
                    ("fte", number("full-time equivalents")),
                    ("people", list(week_of_people())),
                ],
                &staff,
            ),
        ),
        ("staff", object(staff)),
        ("promises", list(promise())),
        ("cost", cost()),
        ("resilience", resilience()),
        ("escalation_matrix", escalation::matrix()),
        ("shares", escalation::shares()),
        ("assumptions", list(assumption())),
    ]);
    run["properties"]["against"] = against();
    run["properties"]["series"] = series::series();
    run
}

fn assumption() -> Value {
    object(vec![
        ("path", text("dotted path of the key that was not said")),
        ("value", text("the value taken")),
        (
            "range",
            nullable("string", "the range it may honestly lie in"),
        ),
        ("source", text("where it comes from")),
    ])
}

/// Beside what happened; only where that was given.
fn against() -> Value {
    let inside = || nullable("boolean", "whether what happened lies in the band");
    let happened = || nullable("number", "what happened");
    let band = || or_null(spread());
    let period = object(vec![
        ("label", text("the day it begins")),
        ("happened", happened()),
        ("band", band()),
        ("inside", inside()),
    ]);
    let figure = object(vec![
        (
            "metric",
            json!({ "enum": ["offered", "abandoned_share", "answered_within_share", "mean_wait_s"], "description": "key of the figure" }),
        ),
        (
            "unit",
            json!({ "enum": ["count", "share", "seconds"], "description": "unit of a figure; shares are fractions" }),
        ),
        ("happened", happened()),
        ("simulated", estimate("the same of the run")),
        ("band", band()),
        ("inside", inside()),
        (
            "periods_inside",
            count("periods in which what happened lies in their own band"),
        ),
        (
            "periods_compared",
            count("periods in which the figure is defined on both sides"),
        ),
        ("periods", list(period)),
    ]);
    let scope = object(vec![
        (
            "name",
            text("channel; overall: all on which customers wait"),
        ),
        ("figures", list(figure)),
    ]);
    object(vec![
        (
            "every",
            json!({ "enum": ["day", "week"], "description": "period that what happened is compared by" }),
        ),
        (
            "within_s",
            nullable("number", "seconds within which answers are counted"),
        ),
        (
            "rows_outside",
            count("rows of the file that lie outside the time simulated"),
        ),
        ("scopes", list(scope)),
    ])
}

/// The spread of periods, or of replications.
fn spread() -> Value {
    object(vec![
        ("p10", number("one in ten lies below")),
        ("p50", number("the median")),
        ("p90", number("one in ten lies above")),
    ])
}

fn week_of_people() -> Value {
    object(vec![
        ("week", text("first day of the week at the team's site")),
        ("working", estimate("people at work or on leave")),
        ("vacant", estimate("positions with nobody")),
        ("in_class", estimate("newcomers in training classes")),
    ])
}

fn resilience() -> Value {
    let part = |doc: &str| nullable("number", doc);
    let lost = object(vec![
        ("team", text("the team that is lost")),
        ("met", count("promises still met")),
        (
            "service_level",
            estimate("share of contacts inside their own promise"),
        ),
        ("abandoned_share", estimate("abandoned / offered")),
        ("promises", list(promise())),
    ]);
    object(vec![
        (
            "one_team_share",
            part("share of the expected work that only one team has the skill for"),
        ),
        (
            "one_person_share",
            part("share of the expected work that only one person has the skill for"),
        ),
        (
            "concentration",
            estimate(
                "sum of the squares of the teams' shares of time in hand; 1: one team does everything",
            ),
        ),
        ("without_team", list(lost)),
    ])
}

fn provenance() -> Value {
    object(vec![
        ("version", text("version of the program")),
        (
            "input_hash",
            text("hash of the resolved scenario and its data files"),
        ),
        (
            "seed",
            count("number all draws are made from: the same seed gives the same figures"),
        ),
        (
            "first_replication",
            count("number of the first replication"),
        ),
        ("replications", count("replications played")),
        ("confidence", share("confidence asked for")),
        (
            "interval_confidence",
            share("confidence of each interval, after the correction for several looks"),
        ),
        ("stopped_by", stopped_by()),
    ])
}

fn promise() -> Value {
    let less_short = object(vec![(
        "short_s",
        number("abandonments up to this many seconds are left out"),
    )]);
    let of = json!({ "anyOf": [
        { "enum": ["offered", "answered", "credited"] },
        object(vec![("less_short", less_short)]),
    ], "description": "who counts for a promise: answered in time of those offered, of those answered, of those offered less short abandons, or with those who left in time credited" });
    object(vec![
        ("name", text("name in the scenario")),
        ("target", text("as written")),
        ("share", share("promised share")),
        ("of", of),
        (
            "every",
            json!({ "enum": ["interval", "day", "week", "month"], "description": "period that a promise is judged over" }),
        ),
        (
            "hold",
            nullable("number", "share of periods in which it must be kept"),
        ),
        (
            "value",
            estimate("share kept over the horizon; periods: over judging periods"),
        ),
        (
            "met_probability",
            estimate("share of periods in which it was kept"),
        ),
        ("verdict", verdict()),
    ])
}

fn verdict() -> Value {
    json!({ "enum": ["met", "missed", "undecided"], "description": "kept, broken, or not decided beyond the doubt of the simulation" })
}

fn cost() -> Value {
    let kinds: Vec<Value> = KINDS.iter().map(|kind| json!(kind)).collect();
    let line = object(vec![
        (
            "kind",
            json!({ "enum": kinds, "description": "what money is spent on" }),
        ),
        ("amount", estimate("over the horizon")),
    ]);
    object(vec![
        ("currency", text("ISO 4217 code of all amounts")),
        ("total", estimate("over the horizon")),
        ("per_resolved", estimate("per resolved contact")),
        ("per_paid_hour", estimate("per hour paid")),
        ("per_on_queue_hour", estimate("per hour on queue")),
        (
            "per_handled_hour",
            estimate("per hour with a contact in hand"),
        ),
        ("by_kind", list(line)),
        ("vendors", list(vendor())),
    ])
}

fn vendor() -> Value {
    object(vec![
        ("name", text("name in the scenario")),
        (
            "price",
            number("money per unit of a vendor's price, before price bands"),
        ),
        (
            "per",
            json!({ "enum": ["logged_in_hour", "scheduled_hour", "handled_minute", "contact", "resolved_contact", "fte_month"], "description": "what a vendor's price is for" }),
        ),
        (
            "units",
            estimate("units of the vendor's price that were used over the horizon"),
        ),
        (
            "billed_units",
            estimate("units that are billed: no fewer than the minimum of every month"),
        ),
        ("amount", estimate("billed over the horizon")),
        ("paid_back", estimate("paid back for missed promises")),
    ])
}

fn metrics(
    table: impl Iterator<Item = (&'static str, &'static str)>,
) -> Vec<(&'static str, Value)> {
    table
        .map(|(key, definition)| (key, estimate(definition)))
        .collect()
}

fn definitions() -> Value {
    let limit = |doc: &str| nullable("number", doc);
    let mut estimate = object(vec![
        ("value", number("the estimate")),
        ("low", limit("lower limit; null: unbounded")),
        ("high", limit("upper limit; null: unbounded")),
    ]);
    estimate["properties"]["periods"] = spread();
    json!({ "estimate": estimate })
}
