//! Schema of what `run --flips` adds.

use super::{count, list, object, share, text, verdict};
use serde_json::{Value, json};

/// Defaults that overturn a verdict somewhere in their range; only where that was asked for.
pub fn flips() -> Value {
    let flip = object(vec![
        ("path", text("dotted path of the default")),
        ("value", text("the value taken")),
        ("range", text("the range it may honestly lie in")),
        ("promise", text("the promise that is overturned")),
        ("verdict", verdict()),
        ("becomes", verdict()),
        (
            "side",
            json!({ "enum": ["below", "above"], "description": "on which side of the threshold a default overturns a promise" }),
        ),
        (
            "threshold",
            text("value from which on a default overturns a promise"),
        ),
    ]);
    let not_tried = object(vec![
        ("path", text("dotted path of the default")),
        ("why", text("why it could not be tried")),
    ]);
    object(vec![
        ("tried", list(json!({ "type": "string" }))),
        ("not_tried", list(not_tried)),
        ("replications", count("replications at each end")),
        (
            "confidence",
            share("confidence over all ends and promises together"),
        ),
        ("flips", list(flip)),
    ])
}
