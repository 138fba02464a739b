//! Schema of what `compare` prints.

use super::{
    boolean, count, definitions, format_version, list, nullable, number, object, or_null, publish,
    run_object, share, stopped_by, text,
};
use serde_json::{Value, json};

/// Schema of the object `compare` prints.
#[must_use]
pub fn compare() -> Value {
    let mut definitions = definitions();
    definitions["run"] = run_object();
    let standing = json!({ "enum": ["keeps", "open", "misses"], "description": "keeps every promise, may keep them, misses at least one" });
    let advantage = object(vec![
        ("low", number("lower limit")),
        (
            "high",
            number("upper limit; nought says that it is not the best"),
        ),
    ]);
    let schema = object(vec![
        ("format_version", format_version()),
        (
            "options",
            json!({ "type": "array", "minItems": 2, "items": { "$ref": "#/$defs/run" } }),
        ),
        ("differences", list(difference())),
        (
            "best",
            or_null(object(vec![
                ("name", text("the option to choose")),
                (
                    "probability",
                    share("at least how probable it is that it truly is the best"),
                ),
                (
                    "objective",
                    text("key of the figure it was chosen by, or shortfall"),
                ),
                ("standing", standing.clone()),
                (
                    "separated",
                    boolean(
                        "whether every other option is ruled out or not better by enough to matter",
                    ),
                ),
            ])),
        ),
        (
            "standings",
            list(object(vec![
                ("name", text("option")),
                ("standing", standing),
                ("advantage", or_null(advantage)),
                (
                    "dominated_by",
                    nullable(
                        "string",
                        "an option at least as good in cost, service level and every promise, and really better in one",
                    ),
                ),
            ])),
        ),
        (
            "winners",
            list(object(vec![
                ("metric", text("key of the figure")),
                ("title", text("its title")),
                ("name", text("the option that is best by it")),
                (
                    "probability",
                    share("at least how probable it is that it truly is"),
                ),
                ("agrees", boolean("whether it is the option chosen as best")),
            ])),
        ),
        (
            "method",
            object(vec![
                ("confidence", share("confidence asked for")),
                (
                    "interval_confidence",
                    share(
                        "confidence of each option's intervals, after the correction for several looks",
                    ),
                ),
                ("replications", count("replications of every option")),
                ("stopped_by", stopped_by()),
                (
                    "practical",
                    number(
                        "from which size on a difference matters: points for shares, relative otherwise",
                    ),
                ),
                ("intervals", text("what the intervals of differences are")),
                ("real", text("what real says")),
                ("best", text("how the best was judged")),
                (
                    "looks",
                    nullable("string", "how looking more than once was corrected for"),
                ),
            ]),
        ),
        ("notes", list(json!({ "type": "string" }))),
    ]);
    publish(schema, "compare", Some(definitions))
}

fn difference() -> Value {
    object(vec![
        (
            "metric",
            text(
                "key of the figure: a metric, cost, cost_per_resolved, promise.NAME or promise.NAME.met",
            ),
        ),
        ("title", text("its title")),
        (
            "unit",
            json!({ "enum": ["count", "share", "seconds", "hours", "points", "money"], "description": "unit of a figure; shares are fractions" }),
        ),
        ("a", text("one option")),
        ("b", text("the other")),
        ("value", number("figure of a less figure of b")),
        ("low", nullable("number", "lower limit")),
        ("high", nullable("number", "upper limit")),
        (
            "real",
            boolean("whether it is there beyond the doubt of the simulation"),
        ),
        ("matters", boolean("whether it is large enough to act on")),
        (
            "better",
            nullable("string", "the better option; null where neither is"),
        ),
    ])
}
