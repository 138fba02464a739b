//! Reads values out of a parsed TOML table, noting every mistake with its place and remedy.

use crate::scenario::diagnostic::Diagnostics;
use crate::scenario::forms::{self, FormError};
use crate::scenario::node::{Node, Span, Table, Value};
use crate::scenario::suggest::did_you_mean;

/// A table being read.
#[derive(Clone, Copy)]
pub(super) struct Sheet<'a> {
    pub table: &'a Table,
    /// Where the table was written.
    pub span: Span,
    /// What it is called in messages.
    pub name: &'a str,
}

impl<'a> Sheet<'a> {
    /// Notes every key that means nothing here.
    pub fn only(&self, known: &[&str], notes: &mut Diagnostics) {
        for entry in &self.table.entries {
            if !known.contains(&entry.key.as_str()) {
                notes.error(
                    "unknown-key",
                    entry.key_span,
                    format!("unknown key `{}` in {}", entry.key, self.name),
                    "not known here",
                    did_you_mean(&entry.key, known),
                );
            }
        }
    }

    /// The value of a key, if written.
    pub fn get(&self, key: &str) -> Option<&'a Node> {
        self.table.get(key).map(|entry| &entry.node)
    }

    /// The value of a key that must be written.
    pub fn need(&self, key: &str, example: &str, notes: &mut Diagnostics) -> Option<&'a Node> {
        let node = self.get(key);
        if node.is_none() {
            notes.error(
                "missing-key",
                self.span,
                format!("`{key}` is missing in {}", self.name),
                "here",
                format!("add {key} = {example}"),
            );
        }
        node
    }
}

/// Notes that a value is of the wrong kind.
pub(super) fn wrong_kind<T>(
    node: &Node,
    wanted: &str,
    help: &str,
    notes: &mut Diagnostics,
) -> Option<T> {
    let message = format!("expected {wanted}, found {}", node.value.kind());
    notes.error("wrong-type", node.span, message, "this value", help);
    None
}

/// Notes what is wrong with a value.
pub(super) fn refuse<T>(
    node: &Node,
    why: impl Into<String>,
    help: impl Into<String>,
    notes: &mut Diagnostics,
) -> Option<T> {
    notes.error("wrong-value", node.span, why, "this value", help);
    None
}

fn form<T>(node: &Node, read: Result<T, FormError>, notes: &mut Diagnostics) -> Option<T> {
    read.map_err(|error| notes.error("wrong-form", node.span, error.why, "this value", error.help))
        .ok()
}

/// A price: a number from 0 up.
pub(super) fn price(node: &Node, notes: &mut Diagnostics) -> Option<f64> {
    #[allow(clippy::cast_precision_loss)] // a price of 2^53 or more is absurd
    let number = match node.value {
        Value::Integer(number) => number as f64,
        Value::Float(number) => number,
        _ => {
            return wrong_kind(
                node,
                "a number",
                "write a number from 0 up, like 1.5",
                notes,
            );
        }
    };
    if number.is_finite() && (0.0..=1e12).contains(&number) {
        Some(number)
    } else {
        refuse(
            node,
            "a price is a number from 0 to 1e12",
            "write a number from 0 up, like 1.5",
            notes,
        )
    }
}

/// True or false.
pub(super) fn truth(node: &Node, notes: &mut Diagnostics) -> Option<bool> {
    match node.value {
        Value::Bool(truth) => Some(truth),
        _ => wrong_kind(
            node,
            "true or false",
            "write true or false, without quotation marks",
            notes,
        ),
    }
}

/// Text.
pub(super) fn text<'a>(node: &'a Node, example: &str, notes: &mut Diagnostics) -> Option<&'a str> {
    match &node.value {
        Value::String(text) => Some(text),
        _ => wrong_kind(
            node,
            "text in quotation marks",
            &format!("write {example}"),
            notes,
        ),
    }
}

/// A table.
pub(super) fn table<'a>(
    node: &'a Node,
    name: &'a str,
    example: &str,
    notes: &mut Diagnostics,
) -> Option<Sheet<'a>> {
    match &node.value {
        Value::Table(table) => Some(Sheet {
            table,
            span: node.span,
            name,
        }),
        _ => wrong_kind(node, "a table", &format!("write {example}"), notes),
    }
}

/// A time of day in minutes, or a duration in whole minutes.
pub(super) fn minutes(node: &Node, time_of_day: bool, notes: &mut Diagnostics) -> Option<u32> {
    let example = if time_of_day {
        "\"07:30\""
    } else {
        "\"8h\" or \"30m\""
    };
    let text = text(node, example, notes)?;
    if time_of_day {
        return form(node, forms::time_of_day(text), notes);
    }
    let seconds = form(node, forms::duration(text), notes)?;
    if seconds % 60.0 != 0.0 || seconds > 60.0 * 1440.0 * 366.0 {
        return refuse(
            node,
            format!("\"{text}\" is not a whole number of minutes within a year"),
            "write hours and minutes, like \"8h30m\"",
            notes,
        );
    }
    // Checked to be whole and small.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let minutes = (seconds / 60.0) as u32;
    Some(minutes)
}

/// `interval`-sized steps in a number of minutes; notes what is off the grid.
pub(super) fn on_grid(
    node: &Node,
    minutes: u32,
    interval: u32,
    notes: &mut Diagnostics,
) -> Option<usize> {
    if minutes.is_multiple_of(interval) {
        return Some((minutes / interval) as usize);
    }
    refuse(
        node,
        format!("{minutes} minutes are not a whole number of intervals of {interval} minutes"),
        format!("write a multiple of {interval} minutes, or a smaller `interval`"),
        notes,
    )
}
