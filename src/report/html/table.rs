//! Tables whose figures know their place in the JSON.

use crate::measure::Unit;
use crate::report::figure::{optional, plain};
use crate::report::words::Words;
use crate::stats::Estimate;
use serde::Serialize;

/// What a colour means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// Nothing.
    #[default]
    Plain,
    /// As promised.
    Good,
    /// Not as promised.
    Bad,
    /// Not decided.
    Doubt,
}

/// A table.
#[derive(Debug, Clone, Serialize)]
pub struct Table {
    /// What it says.
    pub caption: Words,
    /// Headings of its columns.
    pub head: Vec<Words>,
    /// Rows; the first cell of each names it.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Cell {
    /// What is shown.
    pub text: Words,
    /// What stands before it: a verdict.
    pub mark: Option<Words>,
    /// Whether it is a figure.
    pub figure: bool,
    /// Its colour.
    pub tone: Tone,
    /// Where the figure stands in the JSON: a pointer to an estimate or a number.
    pub json: Option<String>,
    /// Its unit, as JSON names units.
    pub unit: Option<Unit>,
    /// The currency, of money.
    pub currency: Option<String>,
    /// Whether it is a figure that is nought or undefined.
    #[serde(skip)]
    pub idle: bool,
}

impl Table {
    /// Takes out the rows in which every figure is nought or undefined, what is switched off; gives their names.
    pub fn take_idle(&mut self) -> Vec<Words> {
        let idle = |row: &Vec<Cell>| row.len() > 1 && row[1..].iter().all(|c| c.idle);
        let (out, rows): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.rows).into_iter().partition(idle);
        self.rows = rows;
        let names = out.into_iter().filter_map(|row| row.into_iter().next());
        names.map(|cell| cell.text).collect()
    }
}

impl Cell {
    /// A text.
    #[must_use]
    pub fn text(words: impl Into<Words>) -> Self {
        Self {
            text: words.into(),
            ..Self::default()
        }
    }

    /// A figure that stands in no JSON as it is shown.
    #[must_use]
    pub fn figure(text: impl Into<Words>) -> Self {
        Self {
            figure: true,
            ..Self::text(text)
        }
    }

    /// An estimate with its interval, at a place in the JSON.
    #[must_use]
    pub fn estimate(unit: Unit, estimate: Option<&Estimate>, currency: &str, json: String) -> Self {
        let idle = estimate.is_none_or(|e| e.value == 0.0 && e.low == 0.0 && e.high == 0.0);
        Self {
            idle,
            ..Self::placed(unit, optional(unit, estimate, currency), currency, json)
        }
    }

    /// A number without an interval, at a place in the JSON.
    #[must_use]
    pub fn number(unit: Unit, value: f64, currency: &str, json: String) -> Self {
        Self {
            idle: value == 0.0,
            ..Self::placed(unit, plain(unit, value, currency), currency, json)
        }
    }

    /// A count, at a place in the JSON.
    #[must_use]
    pub fn count(value: u32, json: String) -> Self {
        Self::number(Unit::Count, f64::from(value), "", json)
    }

    fn placed(unit: Unit, text: Words, currency: &str, json: String) -> Self {
        Self {
            json: Some(json),
            unit: Some(unit),
            currency: (unit == Unit::Money).then(|| currency.to_owned()),
            ..Self::figure(text)
        }
    }

    /// With a word before it.
    #[must_use]
    pub fn marked(mut self, mark: Words) -> Self {
        self.mark = Some(mark);
        self
    }

    /// With a colour.
    #[must_use]
    pub fn toned(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }
}
