//! Schema of what a sweep keeps.

use super::{count, list, nullable, object, publish, text, verdict};
use serde_json::{Value, json};

/// Schema of what a sweep keeps of a run: the JSON behind the checksum of every line of its results.
#[must_use]
pub fn sweep() -> Value {
    let numbers = text(
        "numbers of the merged table's columns, in their order, a blank between two; - where undefined",
    );
    let row = object(vec![
        (
            "set",
            json!({ "enum": ["overall", "channel", "stream", "team", "promise", "cost"], "description": "what a row of a sweep is about" }),
        ),
        ("name", text("name in the scenario; empty overall")),
        (
            "verdict",
            json!({ "anyOf": [verdict(), { "type": "null" }], "description": "of a promise: met, missed or undecided" }),
        ),
        ("numbers", numbers),
    ]);
    let schema = object(vec![
        (
            "id",
            text("identity of a run: hash of scenario, protocol and version"),
        ),
        (
            "infeasible",
            nullable("string", "why a run could not be played"),
        ),
        ("replications", count("replications played")),
        ("rows", list(row)),
    ]);
    publish(schema, "sweep", None)
}
