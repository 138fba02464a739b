//! Schema of a shift design.

use super::{count, format_version, list, number, object, publish, text};
use serde_json::{Value, json};

/// Schema of the object `shifts` prints.
#[must_use]
pub fn shifts() -> Value {
    let staff = || json!({ "type": "array", "items": { "type": "integer", "minimum": 0 }, "description": "agents per day" });
    let pause = object(vec![
        ("offset_min", count("minutes after the shift's start")),
        ("length_min", count("minutes, breaks included")),
        ("staff", staff()),
    ]);
    let shift = object(vec![
        ("start", text("time of day, HH:MM, in the team's clock")),
        ("length_min", count("minutes, breaks included")),
        ("staff", staff()),
        ("breaks", list(pause)),
    ]);
    let schema = object(vec![
        ("format_version", format_version()),
        (
            "objective",
            number("cost in the prices of the patterns file"),
        ),
        ("lower_bound", number("no design costs less")),
        (
            "gap",
            number("what cost lies above its bound, as a share of cost"),
        ),
        (
            "stopped_by",
            json!({ "enum": ["proof", "gap", "nodes", "time"], "description": "why the search ended" }),
        ),
        ("understaffed_minutes", count("agent-minutes missing")),
        ("overstaffed_minutes", count("agent-minutes too many")),
        ("paid_minutes", count("agent-minutes paid")),
        (
            "distinct_shifts",
            count("distinct shifts (start and length) in use"),
        ),
        ("shifts", list(shift)),
    ]);
    publish(schema, "shifts", None)
}
