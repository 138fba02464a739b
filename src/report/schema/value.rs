//! The pieces that schemas are made of.

use serde_json::{Map, Value, json};

/// An object with these fields, all required; others may come within a major version.
pub(super) fn object(fields: Vec<(&str, Value)>) -> Value {
    let required: Vec<&str> = fields.iter().map(|(key, _)| *key).collect();
    let required = json!(required);
    let properties: Map<String, Value> =
        fields.into_iter().map(|(k, v)| (k.to_owned(), v)).collect();
    json!({ "type": "object", "required": required, "properties": properties })
}

pub(super) fn list(items: Value) -> Value {
    json!({ "type": "array", "items": items })
}

pub(super) fn or_null(value: Value) -> Value {
    json!({ "anyOf": [value, { "type": "null" }] })
}

/// What a value is, in words.
pub(super) fn said(mut value: Value, doc: &str) -> Value {
    value["description"] = json!(doc);
    value
}

pub(super) fn estimate(doc: &str) -> Value {
    json!({ "anyOf": [{ "$ref": "#/$defs/estimate" }, { "type": "null" }], "description": doc })
}

pub(super) fn text(doc: &str) -> Value {
    json!({ "type": "string", "description": doc })
}

pub(super) fn number(doc: &str) -> Value {
    json!({ "type": "number", "description": doc })
}

pub(super) fn share(doc: &str) -> Value {
    json!({ "type": "number", "minimum": 0, "maximum": 1, "description": doc })
}

pub(super) fn count(doc: &str) -> Value {
    json!({ "type": "integer", "minimum": 0, "description": doc })
}

pub(super) fn boolean(doc: &str) -> Value {
    json!({ "type": "boolean", "description": doc })
}

pub(super) fn nullable(kind: &str, doc: &str) -> Value {
    json!({ "type": [kind, "null"], "description": doc })
}

pub(super) fn format_version() -> Value {
    json!({ "const": crate::experiment::FORMAT_VERSION, "description": "version of the object: within it fields are only ever added" })
}

pub(super) fn stopped_by() -> Value {
    json!({ "enum": ["replications", "precision", "separated", "interrupt"], "description": "why replications ended: the number asked for, the precision, the best told apart, or the user" })
}
