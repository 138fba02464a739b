//! Schema of what `optimize` prints where there is no plan.

use super::{count, format_version, list, object, or_null, publish, said, text};
use serde_json::Value;

/// Schema of the object `optimize` prints where the rules cannot all hold.
#[must_use]
pub fn clash() -> Value {
    let place = object(vec![
        ("file", text("file in which a rule is written")),
        ("line", count("counted from 1")),
        ("column", count("counted from 1")),
    ]);
    let rule = object(vec![
        ("path", text("dotted path of the value that says it")),
        ("text", text("what it says")),
        (
            "relaxation",
            text("what it would have to become, the others unchanged"),
        ),
        (
            "place",
            said(
                or_null(place),
                "where it is written; null where a rule set or a default says it",
            ),
        ),
    ]);
    let infeasible = object(vec![
        ("reason", text("why the rules cannot all hold")),
        ("rules", list(rule)),
    ]);
    let schema = object(vec![
        ("format_version", format_version()),
        ("scenario", text("name of the scenario")),
        ("infeasible", infeasible),
    ]);
    publish(schema, "optimize, where there is no plan", None)
}
