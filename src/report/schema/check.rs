//! Schema of what `check` found.

use super::{boolean, count, format_version, list, nullable, object, publish, text};
use serde_json::{Value, json};

/// Schema of the object `check` prints.
#[must_use]
pub fn check() -> Value {
    let from_1 = || count("counted from 1");
    let place = object(vec![
        ("file", nullable("string", "file in which a mistake stands")),
        ("line", from_1()),
        ("column", from_1()),
        ("end_line", from_1()),
        ("end_column", from_1()),
        ("text", text("what is written there")),
        ("label", text("what is to be said about it")),
    ]);
    let diagnostic = object(vec![
        (
            "code",
            text("stable code of a mistake; explain says what is behind it"),
        ),
        (
            "severity",
            json!({ "enum": ["error", "warning", "note"], "description": "how bad a mistake is" }),
        ),
        ("message", text("what is wrong")),
        ("help", nullable("string", "what to write instead")),
        ("places", list(place)),
    ]);
    let file = object(vec![
        ("file", text("as it was named")),
        ("ok", boolean("whether there is no error")),
        ("diagnostics", list(diagnostic)),
    ]);
    let schema = object(vec![
        ("format_version", format_version()),
        ("ok", boolean("whether there is no error")),
        ("files", list(file)),
    ]);
    publish(schema, "check", None)
}
