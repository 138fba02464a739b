//! Schemas of what stands beside a plan: today, the roster by name, the usual spreadsheet.

use super::{boolean, count, estimate, list, nullable, number, object, text, verdict};
use serde_json::Value;

/// The plan against today.
pub(super) fn delta() -> Value {
    object(vec![
        (
            "scenario_today",
            text("name of the scenario that is today's"),
        ),
        ("heads_today", count("people on the payroll today")),
        ("heads", count("people of the plan")),
        ("hours_today", number("paid hours of shifts today")),
        ("hours", number("paid hours of shifts in the plan")),
        (
            "paid_hours_today",
            number("hours paid by contract over the horizon today"),
        ),
        (
            "paid_hours",
            number("hours paid by contract over the horizon with the plan"),
        ),
        ("cost_today", number("cost of everything today")),
        ("cost", number("cost of everything with the plan")),
        ("today", list(kept())),
        (
            "kept_today",
            boolean(
                "whether today's roster keeps every promise and bound and does all work; false where today is not held to the plan's bounds",
            ),
        ),
        (
            "undone_today",
            nullable(
                "string",
                "work without a promise that is not kept up with today, and with the plan is; null: all gets done",
            ),
        ),
    ])
}

pub(super) fn by_name(keep: Value) -> Value {
    object(vec![
        ("open", count("shifts that nobody works")),
        ("promises", list(kept())),
        ("keep", list(keep)),
    ])
}

/// How a roster beside the plan keeps a promise.
fn kept() -> Value {
    object(vec![
        ("name", text("name in the scenario")),
        ("value", nullable("number", "share kept")),
        ("verdict", verdict()),
    ])
}

/// What the usual spreadsheet would have asked for; only where that was wanted.
pub(super) fn baseline() -> Value {
    object(vec![
        (
            "uplift",
            number("factor that loads were raised by until promises held"),
        ),
        ("heads", count("people on the payroll")),
        (
            "cost",
            number("money over the horizon for the people that were planned"),
        ),
        (
            "saving",
            estimate("money over the horizon, of everything, that the plan costs less"),
        ),
        (
            "saving_share",
            estimate("the same as a share of what the spreadsheet's roster costs"),
        ),
        ("promises", list(kept())),
    ])
}
