//! The scenario language as a JSON Schema (draft 2020-12), for completion and checks in editors.
//!
//! It is made from the table in [`super::keys`]. The patterns of the small strings are those of [`super::forms`], a
//! little wider where a regular expression cannot say it all; `check` has the last word.

use super::keys::{Key, Kind, Need, TableKeys, table, tables};
use serde_json::{Map, Value, json};

const NUMBER: &str = "[0-9][0-9_]*(\\.[0-9_]+)?";
const UNIT: &str = "(s|sec|seconds?|m|min|minutes?|h|hours?|d|days?|w|weeks?)";

/// The schema of a scenario document.
#[must_use]
pub fn schema() -> Value {
    let mut definitions = Map::new();
    for kind in tables().filter(|t| t.kind != "scenario") {
        definitions.insert(kind.kind.to_string(), object(kind, is_named(kind.kind)));
    }
    let mut root = object(table("scenario"), false);
    // A file may leave to its base what it does not say itself.
    if let Some(fields) = root.as_object_mut() {
        fields.remove("required");
        fields.insert(
            "$schema".into(),
            json!("https://json-schema.org/draft/2020-12/schema"),
        );
        fields.insert("title".into(), json!("staffwright scenario"));
        fields.insert("$defs".into(), Value::Object(definitions));
    }
    root
}

/// Whether tables of this kind have names and siblings.
fn is_named(kind: &str) -> bool {
    matches!(
        table("scenario").key(kind).map(|k| k.kind),
        Some(Kind::By(_, Kind::Table(_)))
    )
}

fn object(keys: &TableKeys, named: bool) -> Value {
    let mut properties: Map<String, Value> = keys
        .keys
        .iter()
        .map(|key| (key.name.to_string(), property(key)))
        .collect();
    let mut required: Vec<&str> = keys
        .keys
        .iter()
        .filter(|k| k.need == Need::Required)
        .map(|k| k.name)
        .collect();
    if named {
        properties.insert("like".into(), json!({ "type": "string", "description": format!("takes over the keys of another {}", keys.kind) }));
        // A sibling or a base may state them.
        required.clear();
    }
    let mut object = json!({ "type": "object", "description": keys.doc, "properties": properties });
    object["additionalProperties"] = keys.others.map_or(json!(false), |(_, kind)| value(kind));
    if !required.is_empty() {
        object["required"] = json!(required);
    }
    object
}

fn property(key: &Key) -> Value {
    let mut schema = value(key.kind);
    let mut doc = key.doc.to_string();
    if let Need::Default(default) = key.need {
        doc = format!("{doc} (default: {}; {})", default.value, default.source);
        schema["default"] = json!(default.value);
    }
    schema["description"] = json!(doc);
    schema
}

fn value(kind: Kind) -> Value {
    let text = |pattern: String, example: &str| json!({ "type": "string", "pattern": format!("^{pattern}$"), "examples": [example] });
    match kind {
        Kind::Text | Kind::Name(_) | Kind::Holidays => json!({ "type": "string" }),
        Kind::Count => json!({ "type": "integer", "minimum": 0 }),
        Kind::Number => json!({ "type": "number", "minimum": 0 }),
        Kind::Flag => json!({ "type": "boolean" }),
        // Editors show TOML dates to a schema as text.
        Kind::Date => text("[0-9]{4}-[0-9]{2}-[0-9]{2}".into(), "2027-01-11"),
        Kind::Duration => text(format!("({NUMBER} ?{UNIT} ?)+"), "5m30s"),
        Kind::Length => text(
            format!("{NUMBER} ?(d|days?|w|weeks?|months?|y|years?)"),
            "12 weeks",
        ),
        Kind::Share | Kind::Percent => text(format!("{NUMBER} ?%"), "80%"),
        Kind::Points => text(format!("[-+]? ?{NUMBER} points?"), "-4 points"),
        Kind::Change => text(format!("[-+] ?{NUMBER} ?%"), "+180%"),
        Kind::Growth => text(
            format!("[-+]? ?{NUMBER} ?% ?/ ?(week|month|year)"),
            "3%/month",
        ),
        Kind::TimesPer => text(format!("{NUMBER} ?/ ?(week|month|year)"), "0.4/month"),
        Kind::Money([]) => text(format!("[A-Z]{{3}} {NUMBER}"), "EUR 45_000"),
        Kind::Money(units) => {
            let example = format!("EUR 14/{}", units[0]);
            text(format!("[A-Z]{{3}} {NUMBER} ?(/ ?|per )[a-z]+"), &example)
        }
        Kind::HoursPerWeek => text(format!("{NUMBER} ?(h|hours?) ?/ ?week"), "40h/week"),
        Kind::HeadsPer => text(format!("{NUMBER} heads? ?/ ?(week|month)"), "6 heads/week"),
        Kind::WeekHours => {
            json!({ "type": "string", "examples": ["Mon-Fri 08:00-20:00, Sat 09:00-17:00", "24/7"] })
        }
        Kind::TimeOfDay => text("([0-9]|[01][0-9]|2[0-4]):[0-5]?[0-9]".into(), "07:30"),
        Kind::Weekdays => json!({ "type": "string", "examples": ["Mon-Fri", "Sat, Sun", "daily"] }),
        Kind::Zone => json!({ "type": "string", "examples": ["Europe/Berlin", "UTC"] }),
        Kind::Target => {
            json!({ "type": "string", "examples": ["80% of phone within 20s", "90% of mail first reply within 4 business hours"] })
        }
        Kind::Population => {
            json!({ "type": "string", "examples": ["offered", "answered", "credited", "offered less abandoned within 5s"] })
        }
        Kind::Hold => text(
            format!("{NUMBER} ?% of (intervals|days|weeks|months)"),
            "90% of weeks",
        ),
        Kind::Bound => {
            json!({ "type": "string", "examples": ["vendor share of contacts at most 50%", "monthly occupancy of berlin at most 86%"] })
        }
        Kind::File => json!({ "type": "string", "examples": ["profile.csv"] }),
        Kind::Word(words) => json!({ "enum": words }),
        Kind::List(inner) => {
            json!({ "anyOf": [value(*inner), { "type": "array", "items": value(*inner) }] })
        }
        Kind::By("path", _) => json!({ "type": "object" }),
        Kind::By(names, inner) => {
            json!({ "type": "object", "description": format!("by {names}"), "additionalProperties": value(*inner) })
        }
        Kind::Table(name) => json!({ "$ref": format!("#/$defs/{name}") }),
        Kind::Either(kinds) => {
            json!({ "anyOf": kinds.iter().map(|k| value(*k)).collect::<Vec<_>>() })
        }
    }
}
