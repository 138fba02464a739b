//! Schema of a mix of own people and vendors, as `optimize` says it.

use super::{boolean, count, list, nullable, number, object, share, text};
use serde_json::{Value, json};

/// The object `mix` of a plan.
pub fn mix() -> Value {
    object(vec![
        ("months", count("months planned for")),
        ("parties", list(party())),
        ("vendors", list(vendor())),
        (
            "run_rate",
            number("mean money a month in the last month, when everything has settled"),
        ),
        (
            "run_rate_today",
            nullable(
                "number",
                "the same for today's heads in the same cases; null where these cannot be played",
            ),
        ),
        (
            "one_off",
            number(
                "set-up, training, hiring, severance, leaving a vendor, pay of people who are not needed any more",
            ),
        ),
        (
            "mean_cost",
            number("mean money over all months, late contacts at their price"),
        ),
        (
            "cvar",
            nullable(
                "number",
                "mean money of the worst cases; null without decide.risk",
            ),
        ),
        (
            "objective",
            number("what was made least: the mean, and the worst cases by their weight"),
        ),
        ("bound", number("no mix has a lower objective")),
        (
            "hedging",
            nullable(
                "number",
                "what a plan for the forecast alone costs more over these cases; null where it breaks a bound",
            ),
        ),
        ("path", list(step())),
        (
            "trough",
            json!({ "anyOf": [
                { "type": "array", "prefixItems": [{ "type": "integer" }, { "type": "number" }], "minItems": 2, "maxItems": 2 },
                { "type": "null" },
            ], "description": "month and money of the deepest loss against today; null where there is none" }),
        ),
        (
            "payback",
            nullable(
                "integer",
                "first month at whose end the change has paid for itself for good",
            ),
        ),
        ("cases", list(case())),
        ("assumptions", list(json!({ "type": "string" }))),
    ])
}

fn party() -> Value {
    object(vec![
        ("name", text("team")),
        (
            "vendor",
            nullable("string", "its vendor; null for own people"),
        ),
        ("heads", number("heads decided")),
        ("heads_today", number("heads today")),
        ("share", share("mean share of the customers' own contacts")),
        (
            "occupancy",
            nullable("number", "work per on-queue hour; null without hours"),
        ),
        ("overtime_h", number("mean overtime, hours a month")),
    ])
}

fn vendor() -> Value {
    object(vec![
        ("name", text("vendor")),
        ("used", boolean("whether it is used")),
        ("heads", number("heads committed")),
        ("share", share("mean share of the customers' own contacts")),
        (
            "contacts",
            number("contacts a month committed: the mean once ramps are over"),
        ),
        (
            "contacts_low",
            number("contacts a month below which its promise is void"),
        ),
        (
            "contacts_high",
            number("contacts a month beyond which its promise is void"),
        ),
        ("billed", number("mean bill a month")),
        (
            "stranded",
            number("of it, for time and minima that no work stands behind"),
        ),
        (
            "paid_back",
            number("mean money a month that it pays back for missing its own promise"),
        ),
        ("price", number("price per unit, before bands of volume")),
        (
            "break_even",
            nullable(
                "number",
                "price at which doing without it costs the same; null where there is none",
            ),
        ),
    ])
}

fn step() -> Value {
    object(vec![
        ("month", count("month from 1")),
        ("own_heads", number("own heads on the payroll")),
        ("vendor_heads", number("vendors' heads, in the mean")),
        (
            "cost",
            number("money of the month, late contacts at their price"),
        ),
        (
            "saved",
            nullable("number", "money saved against today since the start"),
        ),
    ])
}

fn case() -> Value {
    object(vec![
        ("name", text("name of the case")),
        ("chance", share("its probability")),
        ("cost", number("money over all months")),
        (
            "regret",
            number("money above the best mix for this case alone"),
        ),
        ("late_share", share("share of contacts that are late")),
        (
            "vendor_share",
            share("vendors' share of the customers' own contacts"),
        ),
        ("overtime_h", number("overtime, hours a month")),
        (
            "stranded",
            number("money billed a month without work behind it"),
        ),
    ])
}
