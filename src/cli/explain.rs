//! `staffwright explain`: what a figure means, what a key of the language takes, and the paragraph behind a code.

use super::Failure;
use super::options::page;
use crate::measure::{CostKind, KINDS, METRICS, TEAM_METRICS};
use crate::report::{Tone, schema};
use crate::scenario::codes::CODES;
use crate::scenario::keys::describe;
use crate::scenario::suggest::did_you_mean;
use clap::{Args, ColorChoice};
use serde_json::Value;
use std::io::Write;

/// Explain a figure, a key of the scenario language, or a code that `check` prints
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// A figure like service_level, a path like channel.phone.patience, a code like unknown-key; all figures and codes
    /// if left out
    #[arg(value_name = "METRIC|KEY|CODE")]
    pub what: Option<String>,
}

/// A name and what is to be said about it.
type Entry = (String, String);

/// Prints what is known of one name, or all figures and codes.
///
/// # Errors
/// An unknown name.
pub fn run(args: &ExplainArgs, color: ColorChoice, out: &mut dyn Write) -> Result<(), Failure> {
    let page = page(color, false);
    let entries = entries();
    let Some(what) = &args.what else {
        for (name, text) in &entries {
            let name = page.paint(Tone::Strong, name);
            writeln!(out, "{name}\n{}", page.wrap(text, 2))?;
        }
        return Ok(());
    };
    let wanted = what.trim();
    let mut found = entries.iter().filter(|e| e.0 == wanted).peekable();
    if found.peek().is_some() {
        for (_, text) in found {
            write!(out, "{}", page.wrap(text, 0))?;
        }
        return Ok(());
    }
    match describe(wanted) {
        Some(text) => Ok(write!(out, "{text}")?),
        None => {
            let names: Vec<&str> = entries.iter().map(|e| e.0.as_str()).collect();
            Err(Failure::BadInput(format!(
                "there is no figure, key or code `{what}`; {}",
                did_you_mean(wanted, &names)
            )))
        }
    }
}

/// Figures of contacts and of teams, kinds of cost, fields of the JSON objects, codes.
fn entries() -> Vec<Entry> {
    let figure = |title: &str, of: &str, definition: &str| format!("{title} ({of}): {definition}");
    let contacts = METRICS
        .iter()
        .map(|m| (m.key.to_owned(), figure(m.title, "contacts", m.definition)));
    let teams = TEAM_METRICS
        .iter()
        .map(|m| (m.key.to_owned(), figure(m.title, "teams", m.definition)));
    let kinds = KINDS.iter().map(|&kind| {
        let name = word(kind);
        let text = figure(&name.replace('_', " "), "kind of cost", kind.definition());
        (name, text)
    });
    let mut all: Vec<Entry> = contacts.chain(teams).chain(kinds).collect();
    // Figures are fields too, and are explained better already.
    let figures: Vec<String> = all.iter().map(|e| e.0.clone()).collect();
    all.extend(fields().into_iter().filter(|f| !figures.contains(&f.0)));
    let codes = CODES.iter();
    all.extend(codes.map(|c| (c.code.to_owned(), c.explanation.to_owned())));
    all
}

/// A word as the JSON objects write it.
fn word(kind: CostKind) -> String {
    let value = serde_json::to_value(kind).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

/// The fields of the JSON objects that hold a figure or a word, by name: what their schemas say of them.
fn fields() -> Vec<Entry> {
    let objects = [
        ("run", schema::run()),
        ("compare", schema::compare()),
        ("optimize", schema::optimize()),
        ("optimize without a plan", schema::clash()),
        ("shifts", schema::shifts()),
        ("sweep", schema::sweep()),
        ("crossovers of a sweep", schema::crossovers()),
        ("check", schema::check()),
    ];
    let mut found: Vec<(String, String, Vec<&str>)> = Vec::new();
    for (command, object) in &objects {
        let mut described = Vec::new();
        collect(object, &mut described);
        for (name, text) in described {
            match found.iter_mut().find(|f| f.0 == name && f.1 == text) {
                Some(known) if known.2.contains(command) => {}
                Some(known) => known.2.push(command),
                None => found.push((name, text, vec![command])),
            }
        }
    }
    let said = |(name, text, commands): (String, String, Vec<&str>)| {
        let title = name.replace('_', " ");
        (
            name,
            format!("{title} (JSON of {}): {text}", commands.join(", ")),
        )
    };
    found.into_iter().map(said).collect()
}

/// Names and descriptions of all properties below a schema that have one.
fn collect(schema: &Value, found: &mut Vec<(String, String)>) {
    match schema {
        Value::Object(fields) => {
            if let Some(Value::Object(properties)) = fields.get("properties") {
                for (name, property) in properties {
                    if let Some(text) = property["description"].as_str() {
                        found.push((name.clone(), text.to_owned()));
                    }
                }
            }
            fields.values().for_each(|value| collect(value, found));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the model says is measured, and the name it goes by.
    const MEASURED: &[(&str, &str)] = &[
        ("offered", "offered"),
        ("first contacts", "first_contacts"),
        ("answered", "answered"),
        ("abandoned", "abandoned"),
        ("short abandons apart", "abandoned_short"),
        ("service level", "service_level"),
        ("average speed of answer", "asa_s"),
        ("wait P50", "wait_p50_s"),
        ("wait P90", "wait_p90_s"),
        ("wait P95", "wait_p95_s"),
        ("wait P99", "wait_p99_s"),
        ("first reply", "first_reply_s"),
        ("time to resolution", "resolution_s"),
        ("handle time", "handle_time_s"),
        ("backlog", "backlog"),
        ("age of oldest", "backlog_oldest_s"),
        ("occupancy", "occupancy"),
        ("utilisation", "utilisation"),
        ("hours paid", "paid_h"),
        ("hours scheduled", "scheduled_h"),
        ("hours on queue", "on_queue_h"),
        ("hours shrunk", "shrunk_h"),
        ("overtime", "overtime_h"),
        ("hand-offs per contact", "hand_offs"),
        ("hand-offs per journey", "hand_offs_per_journey"),
        ("escalated", "escalated_share"),
        ("FCR", "fcr"),
        ("repeat rate", "repeat_share"),
        ("share by vendor", "vendor_share"),
        ("escalation matrix", "escalation_matrix"),
        ("share by tier, vendor, language", "shares"),
        ("transfers", "hand_offs"),
        ("attrition", "attrition"),
        ("headcount over time", "working"),
        ("hiring", "hiring"),
        ("standby", "standby"),
        ("call-outs", "call_outs"),
        ("posts per 100 heads", "posts_per_100_heads"),
        ("months to first promotion", "first_promotion_months"),
        ("odds of promotion", "promotion_odds"),
        ("one team's share", "one_team_share"),
        ("concentration", "concentration"),
        ("satisfaction", "satisfaction"),
        ("wages", "wages"),
        ("premiums", "premiums"),
        ("overhead", "overhead"),
        ("leads", "leads"),
        ("training", "training"),
        ("tools", "tools"),
        ("vendor", "vendor"),
        ("penalties", "penalties"),
        ("value lost with customers", "value_lost"),
        ("cost per resolved contact", "per_resolved"),
        ("cost per paid hour", "per_paid_hour"),
        ("cost per on-queue hour", "per_on_queue_hour"),
        ("cost per handled hour", "per_handled_hour"),
        ("P(met)", "met_probability"),
        ("spread of periods", "p10"),
        ("verdict", "verdict"),
    ];

    #[test]
    fn everything_the_model_measures_has_its_definition() {
        let entries = entries();
        for (measured, name) in MEASURED {
            let found = entries.iter().find(|e| e.0 == *name);
            assert!(found.is_some_and(|e| e.1.len() > 20), "{measured}: {name}");
        }
    }

    #[test]
    fn every_figure_and_word_of_every_object_is_explained() {
        let mut fields = 0;
        for object in [
            schema::run(),
            schema::compare(),
            schema::optimize(),
            schema::shifts(),
            schema::sweep(),
            schema::crossovers(),
            schema::check(),
        ] {
            check(&object, &mut fields);
        }
        assert!(fields > 300, "only {fields} fields");
    }

    /// Fields that hold others or lists of them need no words of their own.
    fn check(schema: &Value, fields: &mut usize) {
        match schema {
            Value::Object(object) => {
                if let Some(Value::Object(properties)) = object.get("properties") {
                    for (name, property) in properties {
                        let one = property.get("anyOf").map_or(property, |any| &any[0]);
                        let holds = one.get("properties").is_some() || one.get("items").is_some();
                        let refers = one["$ref"] == "#/$defs/run";
                        let said = property["description"]
                            .as_str()
                            .is_some_and(|d| d.len() > 3);
                        assert!(said || holds || refers, "{name}: {property}");
                        *fields += 1;
                    }
                }
                object.values().for_each(|value| check(value, fields));
            }
            Value::Array(items) => items.iter().for_each(|item| check(item, fields)),
            _ => {}
        }
    }

    #[test]
    fn a_name_with_two_meanings_gets_both() {
        let both = entries();
        let both = both.iter().filter(|e| e.0 == "handle_time_s");
        assert_eq!(both.count(), 2);
    }
}
