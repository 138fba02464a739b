//! TOML text to a tree that remembers its places; every syntax error is reported.

use super::diagnostic::Diagnostics;
use super::node::{Entry, Node, Span, Table, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Parses a document, reporting every syntax error; what could be read is given in any case.
pub fn parse(text: &str, file: u32, diagnostics: &mut Diagnostics) -> Table {
    let (document, errors) = DeTable::parse_recoverable(text);
    diagnostics.incomplete |= !errors.is_empty();
    let mut lines_done = Vec::new();
    for error in &errors {
        let range = error.span().unwrap_or(0..0);
        // What follows the first error of a line is mostly its consequence.
        let line = text[..range.start.min(text.len())].matches('\n').count();
        if !lines_done.contains(&line) {
            lines_done.push(line);
            let span = visible(text, file, range);
            let (message, label, help) = remedy(error.message(), text, span);
            diagnostics.error("syntax", span, message, label, help);
        }
    }
    let mut reader = Reader { file, diagnostics };
    reader.table(document.get_ref())
}

/// Spans of missing things are empty or reach over the line's end: they are shown as one character.
fn visible(text: &str, file: u32, range: std::ops::Range<usize>) -> Span {
    let start = range.start.min(text.len());
    let line_end = text[start..].find('\n').map_or(text.len(), |i| start + i);
    let end = range.end.clamp(start, line_end.max(start));
    Span {
        file,
        start: start as u32,
        end: end as u32,
    }
}

/// What is wrong in plain words and the remedy, by what the parser found.
#[rustfmt::skip]
const REMEDIES: [(&str, &str, &str); 20] = [
    ("duplicate key", "this name is given twice", "keep one of the two; a table is opened only once, and a key stands in it only once"),
    ("string values must be quoted", "text without quotation marks", "put text, and quantities with a unit, into quotation marks: \"12 weeks\""),
    ("invalid basic string", "the closing quotation mark is missing", "close the text with \" on the same line"),
    ("invalid literal string", "the closing quotation mark is missing", "close the text with ' on the same line"),
    ("unclosed array", "a list is not closed", "close the list with ]"),
    ("unclosed inline table", "a table is not closed", "close the table with }"),
    ("unclosed table", "a header is not closed", "close the header with ], like [team.berlin]"),
    ("missing comma", "a comma is missing", "separate the entries with commas"),
    ("extra comma", "there is one comma too many", "remove this comma"),
    ("missing assignment", "a = is missing", "write key = value"),
    ("key with no value", "nothing is said about this key", "write key = value"),
    ("missing value", "a value is missing", "write a value behind the =, or remove the key"),
    ("missing key", "a key is missing", "write key = value"),
    ("invalid unquoted key", "this is not a plain name", "put names with other characters than letters, digits, - and _ into quotation marks"),
    ("unquoted keys cannot be empty", "a name is missing", "write a name, like [team.berlin]"),
    ("unexpected content", "this does not belong here", "begin a new line for the next key"),
    ("unexpected key or value", "this does not belong here", "begin a new line for the next key"),
    ("unexpected leading zero", "a number does not begin with 0", "write the number without leading zeros; a time of day is text: \"07:30\""),
    ("invalid date-time", "this is not a date", "write dates like 2027-01-11"),
    ("cannot extend value", "this was given a value before", "keep one of the two"),
];

/// Message, label and remedy for what the parser found at a place.
fn remedy(found: &str, text: &str, span: Span) -> (String, String, String) {
    let label = found.lines().next().unwrap_or("not TOML").to_string();
    let say = |message: &str, help: &str| (message.to_string(), label.clone(), help.to_string());
    let (before, after) = text.split_at(span.start as usize);
    let digit = |c: char| c.is_ascii_digit();
    if after.starts_with(',') && before.ends_with(digit) && after[1..].starts_with(digit) {
        return say(
            "a number has a comma",
            "write decimals with a point, and group digits with _: 5_300",
        );
    }
    if after.starts_with(['“', '”', '„', '‘', '’', '«']) {
        return say(
            "these quotation marks are a word processor's",
            "write plain quotation marks: \"...\"",
        );
    }
    let message = REMEDIES.iter().find(|(part, ..)| found.contains(part));
    match message {
        Some(("string values must be quoted", ..)) if span.start == span.end => say(
            "a value is missing",
            "write a value behind the =, or remove the key",
        ),
        Some(("missing comma", message, _)) if before.ends_with('\n') => say(
            message,
            "close the list with ] on the line above, or put a comma there",
        ),
        Some((_, message, help)) => say(message, help),
        None if ["number", "float", "mantissa", "digit", "exponent"]
            .iter()
            .any(|w| found.contains(w)) =>
        {
            say(
                "this is not a number",
                "write numbers like 42_000 or 1.8; a quantity with a unit is text: \"20s\"",
            )
        }
        None => say(
            "this is not TOML",
            "write key = value, a header like [team.berlin], or a comment after #",
        ),
    }
}

struct Reader<'d> {
    file: u32,
    diagnostics: &'d mut Diagnostics,
}

impl Reader<'_> {
    fn span(&self, range: std::ops::Range<usize>) -> Span {
        // Documents are smaller than 4 GB.
        Span {
            file: self.file,
            start: range.start as u32,
            end: range.end as u32,
        }
    }

    fn table(&mut self, table: &DeTable<'_>) -> Table {
        let mut entries: Vec<Entry> = table
            .iter()
            .map(|(key, value)| Entry {
                key: key.get_ref().to_string(),
                key_span: self.span(key.span()),
                node: self.node(value),
            })
            .collect();
        // The parser's map is sorted by name; people read from top to bottom.
        entries.sort_by_key(|e| e.key_span.start);
        Table { entries }
    }

    fn node(&mut self, value: &Spanned<DeValue<'_>>) -> Node {
        let span = self.span(value.span());
        let value = match value.get_ref() {
            DeValue::String(text) => Value::String(text.to_string()),
            DeValue::Integer(number) => {
                match i64::from_str_radix(number.as_str(), number.radix()) {
                    Ok(number) => Value::Integer(number),
                    Err(_) if number.as_str().len() > 18 => self.too_large(span),
                    // The parser has reported what is wrong with it.
                    Err(_) => Value::Integer(0),
                }
            }
            DeValue::Float(number) => Value::Float(number.as_str().parse().unwrap_or(f64::NAN)),
            DeValue::Boolean(flag) => Value::Bool(*flag),
            DeValue::Datetime(date) => Value::Date(date.to_string()),
            DeValue::Array(array) => Value::Array(array.iter().map(|v| self.node(v)).collect()),
            DeValue::Table(table) => Value::Table(self.table(table)),
        };
        Node { value, span }
    }

    fn too_large(&mut self, span: Span) -> Value {
        self.diagnostics.error(
            "syntax",
            span,
            "this number is too large",
            "more than 9_223_372_036_854_775_807",
            "write a number of sensible size",
        );
        Value::Integer(0)
    }
}
