//! Schema of a plan.

use super::{
    beside, boolean, count, definitions, estimate, format_version, list, nullable, number, object,
    or_null, publish, run_object, said, share, text, verdict,
};
use serde_json::{Value, json};

/// Schema of the object `optimize` prints.
#[must_use]
pub fn optimize() -> Value {
    let mut definitions = definitions();
    definitions["run"] = run_object();
    let staffed = object(vec![
        ("teams", list(team())),
        ("vendors", list(team())),
        (
            "shares",
            list(object(vec![
                ("path", text("dotted path of what was decided or assumed")),
                ("share", share("share decided")),
                ("today", share("share today")),
            ])),
        ),
    ]);
    let keep = object(vec![
        ("text", text("as written")),
        (
            "value",
            nullable(
                "number",
                "value in the proof; of an occupancy, that of its busiest period",
            ),
        ),
        (
            "judged",
            nullable("number", "end of its interval that has to keep the bound"),
        ),
        ("met", boolean("whether the bound is kept in the proof")),
    ]);
    let mut schema = object(vec![
        ("format_version", format_version()),
        ("scenario", text("name of the scenario")),
        (
            "proved",
            boolean(
                "whether every promise and bound was met on random numbers the search never saw",
            ),
        ),
        (
            "decided",
            json!({ "enum": ["decide", "heads_of_in_house_teams"], "description": "what the search could move: what [decide] lists, or the heads of in-house teams" }),
        ),
        (
            "level",
            number(
                "level of demand that is planned for, of the forecast; above 1 where promises are to hold with a stated chance",
            ),
        ),
        ("plan", staffed),
        (
            "cost",
            number("money over the horizon for the people that were planned"),
        ),
        (
            "bound",
            number("no roster that meets the same requirement costs less"),
        ),
        (
            "gap",
            number("what cost lies above its bound, as a share of cost"),
        ),
        ("currency", text("ISO 4217 code of all amounts")),
        ("distinct_shifts", distinct_shifts()),
        ("rounds", list(round())),
        ("why", why()),
        (
            "assumptions",
            said(
                list(super::assumption()),
                "what the plan assumes of demand and patience, beside what its proof assumes",
            ),
        ),
        ("keep", list(keep.clone())),
        (
            "understaffed",
            said(
                or_null(understaffed()),
                "what is left undone where the rules cannot all hold and a plan was asked for all the same; null for any other plan",
            ),
        ),
        (
            "mix",
            said(
                or_null(super::mix::mix()),
                "own people and vendors, decided over cases of demand; null where no vendor's part may move",
            ),
        ),
        (
            "delta",
            said(
                or_null(beside::delta()),
                "the plan against today; null where today cannot be played",
            ),
        ),
        ("published", published()),
        ("leave", leave()),
        ("people", super::people::people()),
        (
            "by_name",
            said(
                or_null(beside::by_name(keep)),
                "what the roster by name keeps as it would be worked, with shifts open; null where every shift is handed out",
            ),
        ),
        ("proof", json!({ "$ref": "#/$defs/run" })),
    ]);
    schema["properties"]["baseline"] = beside::baseline();
    publish(schema, "optimize", Some(definitions))
}

fn distinct_shifts() -> Value {
    let fees = object(vec![
        (
            "count",
            count("starts and lengths of shift in use, counted team by team"),
        ),
        ("fee", number("money for each")),
        (
            "cost",
            number("money for all of them, a part of the plan's cost"),
        ),
    ]);
    said(
        or_null(fees),
        "distinct shifts and their fees; null without decide.distinct_shift",
    )
}

fn published() -> Value {
    let times = |doc: &str| {
        let times = object(vec![
            ("shift", text("shift template")),
            ("start", text("start, HH:MM by the team's clock")),
            ("length_min", count("length in minutes, breaks included")),
        ]);
        said(or_null(times), doc)
    };
    let change = object(vec![
        ("date", text("day, YYYY-MM-DD")),
        ("day", text("day of the week, Mon to Sun")),
        ("contract", nullable("string", "contract")),
        ("from", times("as published; null for a shift added")),
        ("to", times("as planned; null for a shift dropped")),
        ("shifts", count("alike shifts changed")),
    ]);
    let team = object(vec![
        ("team", text("team")),
        ("price", number("money for a change")),
        ("published", count("shifts published")),
        ("kept", count("shifts that stay as published")),
        ("moved", count("shifts moved within their day")),
        ("added", count("shifts added")),
        ("dropped", count("shifts dropped")),
        (
            "cost",
            number("money for all changes, a part of the plan's cost"),
        ),
        ("changes", list(change)),
    ]);
    said(list(team), "what a plan changes of published rosters")
}

fn leave() -> Value {
    let week = object(vec![
        ("week", count("week of the horizon, from 1")),
        ("from", text("its first day, YYYY-MM-DD")),
        ("heads", count("people on the payroll")),
        ("needed", count("people whom the week's shifts need")),
        (
            "slots",
            count("people who can be on leave while every shift of the plan is worked"),
        ),
        ("absent", count("people absent by name on most of its days")),
    ]);
    let team = object(vec![
        ("team", text("team")),
        (
            "wanted",
            number("weeks of leave that its people take over the horizon, by its shrinkage"),
        ),
        ("slots", count("slots of all weeks")),
        ("weeks", list(week)),
    ]);
    said(list(team), "leave slots of planned teams of own staff")
}

fn understaffed() -> Value {
    let rule = object(vec![
        ("path", text("dotted path of the value that says it")),
        ("text", text("what it says")),
        (
            "relaxation",
            text("what it would have to become, the others unchanged"),
        ),
    ]);
    let promise = object(vec![
        ("name", text("promise")),
        ("promised", share("share promised")),
        (
            "value",
            estimate("share kept over the horizon, as simulated"),
        ),
        (
            "met_probability",
            estimate("share of periods kept, as simulated"),
        ),
        ("verdict", verdict()),
    ]);
    let hour = object(vec![
        (
            "teams",
            list(text("team, beside the others that take the same work")),
        ),
        (
            "day",
            json!({ "enum": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], "description": "day of the week in the scenario's zone" }),
        ),
        ("from", text("start of the hour, HH:MM")),
        ("agents", number("agents on queue in the plan")),
        ("missing", number("agents missing")),
        (
            "offered",
            number("contacts of the hour that wait, in a mean week"),
        ),
        (
            "in_time",
            nullable(
                "number",
                "share of them in time; null where only deferred work is short",
            ),
        ),
    ]);
    object(vec![
        ("reason", text("why the rules cannot all hold")),
        ("rules", list(rule)),
        ("promises", list(promise)),
        ("hours", list(hour)),
        (
            "missing_h",
            number("agent-hours missing in an average week"),
        ),
    ])
}

fn team() -> Value {
    let contract = object(vec![
        (
            "contract",
            nullable("string", "contract; null for a vendor's people"),
        ),
        ("heads", count("people on the payroll")),
    ]);
    object(vec![
        ("name", text("name in the scenario")),
        ("heads", count("people on the payroll")),
        ("contracts", list(contract)),
        ("heads_today", count("people on the payroll today")),
        (
            "shift_hours_per_week",
            number("paid hours of shifts in an average week"),
        ),
        ("shifts", list(shift())),
    ])
}

fn shift() -> Value {
    let pause = object(vec![
        ("offset_min", count("minutes after the shift's start")),
        ("length_min", count("minutes, breaks included")),
    ]);
    object(vec![
        (
            "week",
            nullable("integer", "week of the horizon from 1; null for every week"),
        ),
        (
            "day",
            json!({ "enum": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], "description": "day of the week in the team's clock" }),
        ),
        ("shift", text("shift template")),
        (
            "contract",
            nullable("string", "contract; null for a vendor's people"),
        ),
        ("start", text("time of day, HH:MM, in the team's clock")),
        ("length_min", count("minutes, breaks included")),
        ("breaks", list(pause)),
        ("staff", count("people on it")),
    ])
}

fn round() -> Value {
    let promise = object(vec![
        ("name", text("name in the scenario")),
        ("aim", number("mean share that the requirement aims at")),
        ("value", number("mean share simulated")),
        (
            "telling",
            number("share in the period that decides, or the mean less the proof's doubt"),
        ),
    ]);
    object(vec![
        ("round", count("round of the search, from 1")),
        (
            "bound",
            number("no roster that meets the same requirement costs less"),
        ),
        ("cost", number("money of the round's plan")),
        ("heads", count("people of the round's plan")),
        ("fte", number("full-time equivalents of the round's plan")),
        ("promises", list(promise)),
        (
            "cuts",
            count("cuts by simulation that the round's plan had to keep"),
        ),
        (
            "cuts_added",
            count("cuts that the round's simulation added"),
        ),
        (
            "proof",
            nullable(
                "boolean",
                "how the proof ended; null where it was not put to one",
            ),
        ),
        ("broken", list(json!({ "type": "string" }))),
    ])
}

fn why() -> Value {
    let pair = json!({ "type": "array", "prefixItems": [{ "type": "string" }, { "type": "number" }], "minItems": 2, "maxItems": 2 });
    let team = object(vec![
        ("name", text("name in the scenario")),
        ("beside", list(json!({ "type": "string" }))),
        ("load_h", number("agent-hours of work in an average week")),
        (
            "erlang_h",
            number("agent-hours by formula in an average week, cell by cell"),
        ),
        (
            "simulation_factor",
            number("factor on the live load that the simulation asked for"),
        ),
        (
            "on_queue_h",
            number("agent-hours on queue in an average week of the plan"),
        ),
        (
            "on_queue_share",
            share("share of scheduled time, breaks apart, on queue"),
        ),
        (
            "scheduled_h",
            number("paid hours of shifts in an average week of the plan"),
        ),
        (
            "at_work_share",
            share("share of paid hours not taken as leave"),
        ),
        ("heads", count("people on the payroll")),
        ("one_more", list(pair)),
    ]);
    let promise = object(vec![
        ("name", text("name in the scenario")),
        ("aim", number("mean share that the requirement aims at")),
        (
            "per_point",
            nullable("number", "money that one more point costs at the margin"),
        ),
    ]);
    let words = || list(json!({ "type": "string" }));
    object(vec![
        ("teams", list(team)),
        ("promises", list(promise)),
        ("binding", words()),
        ("notes", words()),
        ("bridge", list(bridge_step())),
        ("forecast", forecast()),
    ])
}

fn bridge_step() -> Value {
    object(vec![
        (
            "step",
            json!({ "enum": ["erlang_c", "abandonment", "concurrency", "deferred_in_valleys", "pooling", "busyness", "shift_fit", "proof"], "description": "what comes in with this step" }),
        ),
        (
            "fte",
            number("full-time equivalents needed with everything so far"),
        ),
    ])
}

fn forecast() -> Value {
    let numbers =
        |doc: &str| json!({ "type": "array", "items": { "type": "number" }, "description": doc });
    let team = object(vec![
        ("name", text("name in the scenario")),
        (
            "agents",
            numbers("agents on queue per step of the average week from Monday 00:00"),
        ),
    ]);
    let promise = object(vec![
        ("name", text("name in the scenario")),
        (
            "channel",
            nullable("string", "the channel it is about, where it is one alone"),
        ),
        (
            "planned",
            nullable("number", "share kept by the corrected formulas"),
        ),
        ("simulated", nullable("number", "share kept in the proof")),
        (
            "level",
            json!({ "type": "array", "items": { "type": ["number", "null"] }, "description": "share kept by the formulas per step of the average week" }),
        ),
    ]);
    object(vec![
        ("step_min", number("length of a step in minutes")),
        ("teams", list(team)),
        ("promises", list(promise)),
    ])
}
