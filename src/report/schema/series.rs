//! JSON Schema of the series of a run.

use super::{list, nullable, number, object, or_null, text};
use serde_json::{Value, json};

/// What pictures are drawn from; only where results are written into a directory.
pub(super) fn series() -> Value {
    object(vec![
        ("interval_min", number("length of a planning interval")),
        ("zone", text("zone of weekdays and times of day")),
        ("week", week()),
        ("course", course()),
        (
            "waits",
            list(object(vec![
                ("name", text("channel")),
                ("kind", kind()),
                (
                    "percentiles_s",
                    numbers(
                        "seconds that 0, 1, ... 99 of a hundred contacts stay under: waits, or times to first reply of deferred channels",
                    ),
                ),
            ])),
        ),
        (
            "flow",
            object(vec![
                ("tiers", list(json!({ "type": "string" }))),
                (
                    "moves",
                    list(numbers(
                        "pieces of work that ended at this tier and went to each tier, were resolved, came back",
                    )),
                ),
            ]),
        ),
        ("duties", or_null(duties())),
        (
            "organisation",
            list(object(vec![
                ("name", text("team")),
                ("tier", number("from 1")),
                ("site", text("site")),
                ("vendor", nullable("string", "vendor")),
                ("heads", number("people on the payroll")),
                ("fte", number("full-time equivalents")),
                ("cost", number("over the horizon")),
            ])),
        ),
    ])
}

fn kind() -> Value {
    json!({ "enum": ["live", "concurrent", "deferred"], "description": "how a channel queues: one at a time, several at once, or as a backlog" })
}

fn numbers(doc: &str) -> Value {
    json!({ "type": "array", "items": { "type": "number" }, "description": doc })
}

fn shares(doc: &str) -> Value {
    json!({ "type": "array", "items": { "type": ["number", "null"] }, "description": doc })
}

fn week() -> Value {
    let band = || {
        object(vec![
            ("mean", numbers("mean")),
            ("p10", numbers("one week in ten lies below")),
            ("p90", numbers("one week in ten lies above")),
        ])
    };
    object(vec![
        (
            "per_day",
            number("cells in a day; all vectors run from Monday 00:00"),
        ),
        (
            "channels",
            list(object(vec![
                ("name", text("channel")),
                ("kind", kind()),
                ("promised", nullable("number", "share of its first promise")),
                ("offered", numbers("contacts per interval")),
                ("service_level", shares("share inside their own promise")),
                ("abandoned_share", shares("share that abandoned")),
                ("waiting", numbers("contacts waiting at the interval's end")),
                ("oldest_s", numbers("age of the oldest of them")),
            ])),
        ),
        (
            "teams",
            list(object(vec![
                ("name", text("team")),
                ("required", numbers("agents needed by formula")),
                ("on_queue", band()),
                ("busy", band()),
            ])),
        ),
    ])
}

fn course() -> Value {
    object(vec![
        ("weeks", list(json!({ "type": "string" }))),
        (
            "teams",
            list(object(vec![
                ("name", text("team")),
                (
                    "on_duty_fte",
                    numbers("paid hours of duties per week over 40"),
                ),
                ("on_queue_fte", numbers("hours on queue per week over 40")),
            ])),
        ),
        (
            "waiting",
            list(numbers("per channel: contacts waiting on average")),
        ),
        (
            "offered",
            list(numbers("per channel: contacts of the week")),
        ),
    ])
}

fn duties() -> Value {
    let off = object(vec![
        ("from_min", number("minutes after the day's midnight")),
        ("to_min", number("minutes after the day's midnight")),
        (
            "is_break",
            json!({ "type": "boolean", "description": "whether time off queue is a break; else other work" }),
        ),
    ]);
    let line = object(vec![
        ("start_min", number("minutes after the day's midnight")),
        ("end_min", number("minutes after the day's midnight")),
        ("offs", list(off)),
        ("staff", number("people on it")),
    ]);
    object(vec![
        ("date", text("the day")),
        ("weekday", number("from 0 for Monday")),
        (
            "teams",
            list(object(vec![("name", text("team")), ("lines", list(line))])),
        ),
    ])
}
