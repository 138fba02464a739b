//! Schema of who works what.

use super::{boolean, count, list, nullable, number, object, said, text};
use serde_json::{Value, json};

/// The hand-outs of a plan, one for each team whose people are named.
pub(super) fn people() -> Value {
    let spread = object(vec![
        ("contract", nullable("string", "contract")),
        ("account_h", number("hours on the account at the end")),
        ("late", number("late shifts, for full presence")),
        ("weekend", number("weekend shifts, for full presence")),
        ("holiday", number("holiday shifts, for full presence")),
    ]);
    let person = object(vec![
        ("name", text("name; a number for those to be hired")),
        ("contract", nullable("string", "contract")),
        (
            "named",
            boolean("whether the scenario names them; else they are to be hired"),
        ),
        ("hours", number("paid hours worked over the horizon")),
        (
            "account_start_h",
            number("hours on the account at the start"),
        ),
        ("account_end_h", number("hours on the account at the end")),
        ("absent_days", count("working days of absence")),
        ("late", count("late shifts")),
        ("weekend", count("weekend shifts")),
        ("holiday", count("holiday shifts")),
        ("wishes", number("weight of wishes that could be granted")),
        ("granted", number("weight of wishes that are granted")),
        ("tours", list(object(tour()))),
    ]);
    let reason = object(vec![
        (
            "reason",
            json!({ "enum": ["absent", "skills", "at_work", "rest", "days_in_a_row", "days_per_week", "starts", "weekends", "hours"], "description": "what keeps people from the shift" }),
        ),
        ("people", count("people it keeps")),
    ]);
    let mut open = tour();
    open.extend([
        ("contract", nullable("string", "contract")),
        ("people", count("people missing")),
        ("reasons", list(reason)),
    ]);
    let hand_out = object(vec![
        ("team", text("team")),
        (
            "best",
            boolean("whether the models were solved to their end, all weeks at once"),
        ),
        ("by_time", boolean("whether a clock ended the search")),
        ("shifts", count("shifts of the plan")),
        ("open", list(object(open))),
        ("wishes", number("weight of wishes that could be granted")),
        ("granted", number("weight of wishes that are granted")),
        (
            "spread",
            said(
                list(spread),
                "by contract: between the most and the least burdened",
            ),
        ),
        ("people", list(person)),
        ("broken", list(text("what our own check found broken"))),
    ]);
    said(
        list(hand_out),
        "who works what, in teams whose people are named",
    )
}

fn tour() -> Vec<(&'static str, Value)> {
    vec![
        ("date", text("day, YYYY-MM-DD")),
        ("day", text("day of the week, Mon to Sun")),
        ("team", text("team or skill group")),
        ("shift", nullable("string", "shift template")),
        ("start", text("start, HH:MM by the team's clock")),
        ("end", text("end, YYYY-MM-DD HH:MM by the team's clock")),
        ("length_min", count("length in minutes, breaks included")),
    ]
}
