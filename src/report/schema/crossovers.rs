//! Schema of the crossovers that a sweep's map has.

use super::{format_version, list, nullable, object, publish, text};
use serde_json::{Value, json};

/// Schema of `crossovers.json`, which `sweep merge` writes where the sweep asks for a map.
#[must_use]
pub fn crossovers() -> Value {
    let what = || json!({ "enum": ["coordination", "knowledge_cap"], "description": "judgement that was moved: hours of coordination, or topics that an agent can know" });
    let moved = || json!({ "enum": ["halved", "doubled", "added"], "description": "how a judgement was moved: from what is stated, or added where no scenario states it" });
    let crossing = || {
        nullable(
            "number",
            "number of the dimension at which both contenders are as good, where it can be told",
        )
    };
    let shift = object(vec![
        ("what", what()),
        ("moved", moved()),
        (
            "lies",
            json!({ "enum": ["between", "before", "behind", "reversed", "untold"], "description": "where a crossover lies once a judgement is moved, against the two levels it lay between" }),
        ),
        ("crossing", crossing()),
    ]);
    let winner = |doc: &str| nullable("string", doc);
    let at = object(vec![
        ("dimension", text("dimension that stays the same")),
        ("level", text("its level")),
    ]);
    let crossover = object(vec![
        ("along", text("dimension along which a crossover lies")),
        ("from", text("level before a crossover")),
        ("to", text("level behind a crossover")),
        ("at", at),
        (
            "before",
            winner("contender that wins before a crossover; null: nobody keeps the promises"),
        ),
        (
            "behind",
            winner("contender that wins behind a crossover; null: nobody keeps the promises"),
        ),
        ("crossing", crossing()),
        ("shifts", list(shift)),
    ]);
    let judgement = object(vec![("what", what()), ("moved", moved())]);
    let schema = object(vec![
        ("format_version", format_version()),
        ("title", text("title of the sweep")),
        ("least", text("key of the metric that is least")),
        ("contenders", list(json!({ "type": "string" }))),
        ("judgements", list(judgement)),
        ("crossovers", list(crossover)),
    ]);
    publish(schema, "crossovers", None)
}
