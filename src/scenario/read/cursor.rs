//! Values and tables of the document with their dotted paths: readers ask them for typed values, and every mistake is
//! noted with its place, so that a reader goes on with a stand-in and all mistakes come out at once.

use super::notes::Notes;
use crate::scenario::forms::{self, FormError};
use crate::scenario::node::{Node, Span, Table, Value};
use crate::time::WeekHours;

/// A value of the document.
#[derive(Clone)]
pub struct Item<'a> {
    /// Where mistakes go.
    pub notes: &'a Notes,
    /// What was written.
    pub node: &'a Node,
    /// Where its key was written; the value itself where it has none.
    pub key_span: Span,
    /// Its dotted path.
    pub path: String,
}

/// A table of the document.
#[derive(Clone)]
pub struct Cursor<'a> {
    /// Where mistakes go.
    pub notes: &'a Notes,
    /// The table.
    pub table: &'a Table,
    /// Its dotted path; empty for the document itself.
    pub path: String,
    /// Where it was written.
    pub span: Span,
}

impl<'a> Cursor<'a> {
    /// The value of a key, if it was written.
    pub fn get(&self, key: &str) -> Option<Item<'a>> {
        let entry = self.table.get(key)?;
        Some(Item {
            notes: self.notes,
            node: &entry.node,
            key_span: entry.key_span,
            path: join(&self.path, key),
        })
    }

    /// The value of a key that has no default; its absence is an error that says what to write.
    pub fn need(&self, key: &str, example: &str) -> Option<Item<'a>> {
        let item = self.get(key);
        if item.is_none() {
            self.missing(key, example);
        }
        item
    }

    /// Notes that a key without default is missing.
    pub fn missing(&self, key: &str, example: &str) {
        let path = join(&self.path, key);
        self.notes.error(
            "missing-key",
            self.span,
            format!("`{path}` is missing, and it has no default"),
            format!("`{key}` belongs here"),
            format!("write for example `{key} = {example}`"),
        );
    }

    /// Notes that a kind of table is missing altogether.
    pub fn no_tables(&self, kind: &str, example: &str, keys: &str) {
        self.notes.error(
            "missing-key",
            self.span,
            format!("there is no {kind}: a scenario has at least one `[{kind}.NAME]`"),
            format!("no `[{kind}.NAME]` in this file"),
            format!("add for example `[{example}]` with {keys}"),
        );
    }

    /// The value of a key, or the named default, which is then listed among the assumptions.
    ///
    /// A value that was written but cannot be read gives `None`; its mistake is noted.
    pub fn or_default<T>(&self, key: &str, read: impl Fn(&Item<'_>) -> Option<T>) -> Option<T> {
        if let Some(item) = self.get(key) {
            return read(&item);
        }
        let path = join(&self.path, key);
        let default = self.notes.assume(&path);
        let node = Node {
            value: Value::String(default.to_string()),
            span: self.span,
        };
        read(&Item {
            notes: self.notes,
            node: &node,
            key_span: self.span,
            path,
        })
    }

    /// The table under a key, if it was written.
    pub fn sub(&self, key: &str) -> Option<Cursor<'a>> {
        self.get(key)?.table()
    }

    /// A table under a key that was not written: all its keys take their defaults.
    pub fn nothing_at(&self, key: &str) -> Cursor<'a> {
        static NOTHING: Table = Table {
            entries: Vec::new(),
        };
        Cursor {
            table: &NOTHING,
            path: join(&self.path, key),
            ..self.clone()
        }
    }

    /// All entries in written order.
    pub fn items(&self) -> impl Iterator<Item = (&'a str, Item<'a>)> + '_ {
        self.table.entries.iter().map(|entry| {
            let path = join(&self.path, &entry.key);
            (
                entry.key.as_str(),
                Item {
                    notes: self.notes,
                    node: &entry.node,
                    key_span: entry.key_span,
                    path,
                },
            )
        })
    }

    /// Where a key was written; the table itself where it was not.
    pub fn key_span(&self, key: &str) -> Span {
        self.table.get(key).map_or(self.span, |e| e.key_span)
    }

    /// The named tables under a key, e.g. every `[team.*]`.
    pub fn named(&self, key: &str) -> Vec<(&'a str, Cursor<'a>)> {
        let Some(all) = self.sub(key) else {
            return Vec::new();
        };
        all.items()
            .filter_map(|(name, item)| Some((name, item.table()?)))
            .collect()
    }

    /// As [`Cursor::named`], in the order of the names: for tables that act together, so that the order in which they are
    /// written changes nothing.
    pub fn by_name(&self, key: &str) -> Vec<(&'a str, Cursor<'a>)> {
        let mut all = self.named(key);
        all.sort_by_key(|(name, _)| *name);
        all
    }
}

/// A dotted path one key longer; keys that hold dots or blanks are quoted.
pub fn join(path: &str, key: &str) -> String {
    let plain = !key.is_empty()
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    let key = if plain {
        key.to_string()
    } else {
        format!("\"{key}\"")
    };
    if path.is_empty() {
        key
    } else {
        format!("{path}.{key}")
    }
}

impl<'a> Item<'a> {
    /// Notes a mistake at this value.
    pub fn error(
        &self,
        code: &'static str,
        message: impl Into<String>,
        label: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.notes.error(code, self.node.span, message, label, help);
    }

    /// Notes a mistake at this value's key, where the key is what is wrong.
    pub fn error_at_key(
        &self,
        code: &'static str,
        message: impl Into<String>,
        label: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.notes.error(code, self.key_span, message, label, help);
    }

    /// Notes that the value is of another kind than expected.
    pub fn wrong_kind<T>(&self, expected: &str, example: &str) -> Option<T> {
        let kind = self.node.value.kind();
        self.error(
            "wrong-type",
            format!("`{}` must be {expected}, not {kind}", self.path),
            format!("expected {expected}"),
            format!("write for example {example}"),
        );
        None
    }

    /// A string.
    pub fn text(&self) -> Option<&'a str> {
        match &self.node.value {
            Value::String(text) => Some(text),
            _ => self.wrong_kind("a string", "\"...\""),
        }
    }

    /// A string that stands for a quantity, read by one of the forms.
    pub fn form<T>(
        &self,
        expected: &str,
        example: &str,
        read: impl Fn(&str) -> Result<T, FormError>,
    ) -> Option<T> {
        let Value::String(text) = &self.node.value else {
            return self.wrong_kind(expected, &self.with_unit(example));
        };
        match read(text) {
            Ok(value) => Some(value),
            Err(error) => {
                let message = format!("`{}`: {}", self.path, error.why);
                self.error(
                    "wrong-form",
                    message,
                    format!("expected {expected}"),
                    error.help,
                );
                None
            }
        }
    }

    /// A bare number with the unit of an example: `25` for `"35%"` was probably meant as `"25%"`.
    fn with_unit(&self, example: &str) -> String {
        let number = match self.node.value {
            Value::Integer(n) if n >= 0 => n as f64,
            Value::Float(x) if x >= 0.0 => x,
            _ => return example.to_string(),
        };
        match example {
            "\"35%\"" if number < 1.0 => format!("\"{}\"", super::shares::percent(number)),
            "\"35%\"" => format!("\"{number}%\""),
            DURATIONS => format!("\"{number}s\", \"{number}m\" or \"{number}h\""),
            _ => example.to_string(),
        }
    }

    /// A duration, in seconds.
    pub fn duration(&self) -> Option<f64> {
        self.form("a duration", DURATIONS, forms::duration)
    }

    /// A duration of whole minutes.
    pub fn minutes(&self) -> Option<u32> {
        let seconds = self.duration()?;
        let minutes = (seconds / 60.0).round();
        if (minutes * 60.0 - seconds).abs() > 1e-6 || minutes > 1e6 {
            self.error(
                "wrong-value",
                format!("`{}` must be a whole number of minutes", self.path),
                "not whole minutes",
                "round it to the minute",
            );
            return None;
        }
        Some(minutes as u32)
    }

    /// A share of a whole, as a fraction from 0 to 1.
    pub fn share(&self) -> Option<f64> {
        let share = self.percent()?;
        self.within(share, 0.0, 1.0, "a share between 0% and 100%")
            .then_some(share)
    }

    /// A percentage that may exceed 100 %, as a factor.
    pub fn percent(&self) -> Option<f64> {
        self.form("a percentage", "\"35%\"", forms::percent)
    }

    /// A difference in points, as a fraction (`-4 points` is -0.04).
    pub fn points(&self) -> Option<f64> {
        self.form("a number of points", "\"-4 points\"", forms::points)
    }

    /// Growth, as a fraction per month.
    pub fn growth(&self) -> Option<f64> {
        self.form("growth", "\"3%/month\"", forms::growth)
    }

    /// How often something happens, per week.
    pub fn times(&self) -> Option<f64> {
        self.form("how often it happens", "\"0.4/month\"", forms::times)
    }

    /// A whole count from 0 on.
    pub fn count(&self) -> Option<u32> {
        match self.node.value {
            Value::Integer(n) if (0..=1_000_000_000).contains(&n) => Some(n as u32),
            Value::Integer(n) => {
                self.out_of_range(&n.to_string(), "a whole number from 0 on");
                None
            }
            _ => self.wrong_kind("a whole number", "12"),
        }
    }

    /// A bare number from 0 on.
    pub fn number(&self) -> Option<f64> {
        let number = match self.node.value {
            Value::Integer(n) => n as f64,
            Value::Float(x) => x,
            // Defaults are kept as text.
            Value::String(ref text) if self.notes.is_default(&self.path) => text.parse().ok()?,
            _ => return self.wrong_kind("a number", "1.6"),
        };
        self.within(number, 0.0, 1e12, "a number from 0 on")
            .then_some(number)
    }

    /// True or false.
    pub fn flag(&self) -> Option<bool> {
        match self.node.value {
            Value::Bool(flag) => Some(flag),
            _ => self.wrong_kind("true or false", "true"),
        }
    }

    /// An amount of money in the scenario's currency, without "per".
    pub fn money(&self) -> Option<f64> {
        let money = self.form("an amount of money", "\"EUR 45_000\"", forms::money)?;
        self.notes.currency(&money.currency, self.node.span)?;
        if let Some(per) = money.per {
            self.error(
                "wrong-unit",
                format!("`{}` is paid once, but says per {per}", self.path),
                "a single amount is expected",
                "write the amount alone, for example `\"EUR 45_000\"`",
            );
            return None;
        }
        Some(money.amount)
    }

    /// An amount of money per one of several units; gives the amount and the unit's place in `units`.
    pub fn money_per(&self, units: &[&str]) -> Option<(f64, usize)> {
        let usual = |unit: &&str| AMOUNTS.iter().find(|(name, _)| name == unit);
        let amount = units
            .first()
            .and_then(usual)
            .map_or("14/h", |(_, text)| text);
        let example = format!("\"EUR {amount}\"");
        let money = self.form("an amount of money per unit", &example, forms::money)?;
        self.notes.currency(&money.currency, self.node.span)?;
        let unit = money
            .per
            .as_deref()
            .and_then(|per| units.iter().position(|u| *u == per));
        if unit.is_none() {
            self.error(
                "wrong-unit",
                format!(
                    "`{}` must be an amount per {}",
                    self.path,
                    units.join(" or per ")
                ),
                "the unit is missing or another one",
                format!("write for example {example}"),
            );
        }
        Some((money.amount, unit?))
    }

    /// An amount of money per month.
    pub fn per_month(&self) -> Option<f64> {
        let (amount, unit) = self.money_per(&["month", "year", "week"])?;
        Some(amount * [1.0, 1.0 / 12.0, WEEKS_PER_YEAR / 12.0][unit])
    }

    /// Weekly hours.
    pub fn week_hours(&self) -> Option<WeekHours> {
        self.form(
            "opening hours",
            "\"Mon-Fri 08:00-20:00, Sat 09:00-17:00\"",
            forms::week_hours,
        )
    }

    /// A table.
    pub fn table(&self) -> Option<Cursor<'a>> {
        match &self.node.value {
            Value::Table(table) => Some(Cursor {
                notes: self.notes,
                table,
                path: self.path.clone(),
                span: self.node.span,
            }),
            _ => self.wrong_kind("a table", "{ ... }"),
        }
    }

    /// A table, if it is one; no mistake otherwise.
    pub fn as_table(&self) -> Option<Cursor<'a>> {
        matches!(self.node.value, Value::Table(_))
            .then(|| self.table())
            .flatten()
    }

    /// A string, if it is one; no mistake otherwise.
    pub fn as_text(&self) -> Option<&'a str> {
        match &self.node.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it is exactly this word.
    pub fn is(&self, word: &str) -> bool {
        self.as_text() == Some(word)
    }

    /// The entries of a list; a single value counts as a list of one.
    pub fn list(&self) -> Vec<Item<'a>> {
        match &self.node.value {
            Value::Array(nodes) => nodes
                .iter()
                .map(|node| Item {
                    notes: self.notes,
                    node,
                    key_span: node.span,
                    path: self.path.clone(),
                })
                .collect(),
            _ => vec![self.clone()],
        }
    }

    /// One of a closed set of words; gives its place in `words`.
    pub fn word(&self, words: &[&str]) -> Option<usize> {
        let text = self.text()?;
        let found = words.iter().position(|w| *w == text);
        if found.is_none() {
            let all = words
                .iter()
                .map(|w| format!("\"{w}\""))
                .collect::<Vec<_>>()
                .join(", ");
            self.error(
                "unknown-word",
                format!("`{}` cannot be \"{text}\"", self.path),
                "not one of the words that stand here",
                format!("write one of {all}"),
            );
        }
        found
    }

    /// Whether a number lies in a range; notes the mistake where it does not.
    pub fn within(&self, value: f64, from: f64, to: f64, expected: &str) -> bool {
        let inside = (from..=to).contains(&value);
        if !inside {
            let written = self
                .as_text()
                .map_or_else(|| value.to_string(), str::to_string);
            self.out_of_range(&written, expected);
        }
        inside
    }

    /// Notes a value outside its range.
    pub fn out_of_range(&self, written: &str, expected: &str) {
        self.error(
            "out-of-range",
            format!("`{}` is {written}, but must be {expected}", self.path),
            "out of range",
            format!("write {expected}"),
        );
    }
}

/// An example amount per unit.
const AMOUNTS: [(&str, &str); 7] = [
    ("year", "42_000/year"),
    ("month", "3_500/month"),
    ("week", "800/week"),
    ("night", "25/night"),
    ("h", "14/h"),
    ("minute", "0.35/minute"),
    ("contact", "2.50/contact"),
];

const DURATIONS: &str = "\"20s\", \"4m\", \"5m30s\", \"9h\" or \"2 days\"";

/// Weeks in a year, 365.2425 / 7.
pub const WEEKS_PER_YEAR: f64 = 52.1775;
