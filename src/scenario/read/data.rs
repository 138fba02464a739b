//! Typed access to the rows of a data file, with every mistake noted at its cell.

use super::cursor::Item;
use super::notes::Notes;
use crate::scenario::csv_table::CsvTable;
use crate::scenario::forms::{self, FormError};
use jiff::civil::{DateTime, Weekday};
use jiff::tz::TimeZone;
use std::rc::Rc;

/// A data file in which the needed columns exist.
pub struct CsvFile<'n> {
    notes: &'n Notes,
    table: Rc<CsvTable>,
}

/// One row of a data file.
pub struct Row<'f> {
    file: &'f CsvFile<'f>,
    index: usize,
}

/// Opens the data file that a value names; a missing file or column is an error.
pub fn open<'n>(item: &Item<'n>, needed: &[&str], optional: &[&str]) -> Option<CsvFile<'n>> {
    let table = item.notes.table(item.text()?, item.node.span)?;
    let file = CsvFile { notes: item.notes, table };
    let missing: Vec<&str> = needed.iter().copied().filter(|c| !file.has(c)).collect();
    if !missing.is_empty() {
        let columns: Vec<&str> = needed.iter().chain(optional).copied().collect();
        item.error(
            "missing-column",
            format!("the file of `{}` has no column `{}`", item.path, missing.join("`, `")),
            "this file lacks a column",
            format!("its first line names the columns; known are {}", columns.join(", ")),
        );
        return None;
    }
    Some(file)
}

impl CsvFile<'_> {
    /// Whether the file has a column.
    pub fn has(&self, column: &str) -> bool {
        self.table.column(column).is_some()
    }

    /// The rows, in order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.table.rows()).map(|index| Row { file: self, index })
    }
}

impl Row<'_> {
    /// The text of a cell; `None` where the file has no such column.
    pub fn text(&self, column: &str) -> Option<&str> {
        Some(self.file.table.cell(self.index, self.file.table.column(column)?))
    }

    /// Notes a mistake at a cell unless a condition holds; gives the condition back.
    pub fn must(&self, column: &str, holds: bool, expected: &str) -> bool {
        if !holds {
            let text = self.text(column).unwrap_or_default();
            self.wrong(column, format!("\"{text}\" is not {expected}"), &format!("write {expected}"));
        }
        holds
    }

    fn wrong(&self, column: &str, why: String, help: &str) {
        let table = &self.file.table;
        let span = table.column(column).map_or_else(Default::default, |c| table.span(self.index, c));
        self.file.notes.error("bad-cell", span, format!("column `{column}`: {why}"), "in this row", help);
    }

    fn read<T>(&self, column: &str, read: impl Fn(&str) -> Result<T, FormError>) -> Option<T> {
        match read(self.text(column)?.trim()) {
            Ok(value) => Some(value),
            Err(error) => {
                self.wrong(column, error.why, &error.help);
                None
            }
        }
    }

    /// A cell that may be empty or missing: `Some(None)` then, `None` where it cannot be read.
    pub fn optional<T>(&self, column: &str, read: impl Fn(&Self, &str) -> Option<T>) -> Option<Option<T>> {
        match self.text(column) {
            Some(text) if !text.trim().is_empty() => read(self, column).map(Some),
            _ => Some(None),
        }
    }

    /// A number.
    pub fn number(&self, column: &str) -> Option<f64> {
        let number = self.file.table.number(self.text(column)?);
        self.must(column, number.is_some(), "a number");
        number
    }

    /// A whole count.
    pub fn count(&self, column: &str) -> Option<u32> {
        let number = self.number(column)?;
        let whole = number >= 0.0 && number.fract() == 0.0 && number < 1e9;
        self.must(column, whole, "a whole number from 0 on").then_some(number as u32)
    }

    /// A duration in whole minutes.
    pub fn minutes(&self, column: &str) -> Option<u32> {
        self.read(column, forms::duration).map(|seconds| (seconds / 60.0).round() as u32)
    }

    /// A time of day in minutes after midnight.
    pub fn time(&self, column: &str) -> Option<u32> {
        self.read(column, forms::time_of_day)
    }

    /// A day of the week: `Mon`, `Monday`, or 1 for Monday to 7.
    pub fn weekday(&self, column: &str) -> Option<Weekday> {
        let text = self.text(column)?.trim();
        let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        let lower = text.to_lowercase();
        let by_name = names.iter().position(|n| *n == lower || n[..3] == lower);
        let number = text.parse::<usize>().ok().filter(|n| (1..=7).contains(n)).map(|n| n - 1);
        let day = by_name.or(number);
        self.must(column, day.is_some(), "a day of the week (Mon, Monday or 1)");
        Some(Weekday::Monday.wrapping_add(day? as i64))
    }

    /// A local date and time as seconds since 1970; the repeated hour of a clock change is taken the first time.
    pub fn instant(&self, column: &str, zone: &TimeZone) -> Option<i64> {
        let local = self.file.table.date_time(self.text(column)?.trim());
        self.must(column, local.is_some(), "a date and time such as 2027-01-11 08:30");
        let local: DateTime = local?;
        zone.to_timestamp(local).ok().map(|t| t.as_second())
    }
}
