//! Rows of a data file for readers: every mistake is noted at its cell.

use super::cursor::Item;
use super::notes::Notes;
use crate::scenario::csv_table::{self, CsvTable};
use crate::scenario::forms::FormError;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use std::rc::Rc;

/// A data file in which the needed columns exist.
pub struct CsvFile<'n> {
    notes: &'n Notes,
    table: Rc<CsvTable>,
}

/// One row of a data file.
pub struct Row<'f> {
    notes: &'f Notes,
    row: csv_table::Row<'f>,
}

/// Opens the data file that a value names, relative to the file the value is written in.
pub fn open<'n>(item: &Item<'n>, needed: &[&str], optional: &[&str]) -> Option<CsvFile<'n>> {
    let table = item
        .notes
        .csv(item.text()?, item.node.span, needed, optional)?;
    Some(CsvFile {
        notes: item.notes,
        table,
    })
}

impl CsvFile<'_> {
    /// Whether the file has a column.
    pub fn has(&self, column: &str) -> bool {
        self.table.has(column)
    }

    /// The rows, in order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.table.rows().map(|row| Row {
            notes: self.notes,
            row,
        })
    }
}

impl Row<'_> {
    /// The text of a cell; `None` where the file has no such column.
    pub fn text(&self, column: &str) -> Option<&str> {
        self.row.text(column)
    }

    /// Notes a mistake at a cell unless a condition holds; gives the condition back.
    pub fn must(&self, column: &str, holds: bool, expected: &str) -> bool {
        if !holds {
            let text = self.text(column).unwrap_or_default();
            self.wrong(
                column,
                format!("`{text}` is not {expected}"),
                &format!("write {expected}"),
            );
        }
        holds
    }

    fn wrong(&self, column: &str, why: String, help: &str) {
        let span = self.notes.cell(&self.row, column);
        self.notes
            .error("bad-cell", span, why, format!("in column `{column}`"), help);
    }

    fn noted<T>(&self, column: &str, read: Result<T, FormError>) -> Option<T> {
        read.map_err(|error| self.wrong(column, error.why, &error.help))
            .ok()
    }

    /// A cell that may be empty or missing: `Some(None)` then, `None` where it cannot be read.
    pub fn optional<T>(
        &self,
        column: &str,
        read: impl Fn(&Self, &str) -> Option<T>,
    ) -> Option<Option<T>> {
        match self.text(column) {
            Some(text) if !text.is_empty() => read(self, column).map(Some),
            _ => Some(None),
        }
    }

    /// A number from 0 on.
    pub fn amount(&self, column: &str) -> Option<f64> {
        let number = self.noted(column, self.row.number(column))?;
        self.must(column, number >= 0.0, "a number from 0 on")
            .then_some(number)
    }

    /// A number, below zero too.
    pub fn signed(&self, column: &str) -> Option<f64> {
        self.noted(column, self.row.number(column))
    }

    /// A whole count.
    pub fn count(&self, column: &str) -> Option<u32> {
        self.noted(column, self.row.count(column))
    }

    /// A duration in whole minutes.
    pub fn minutes(&self, column: &str) -> Option<u32> {
        self.noted(column, self.row.duration(column))
            .map(|seconds| (seconds / 60.0).round() as u32)
    }

    /// A time of day in minutes after midnight.
    pub fn time(&self, column: &str) -> Option<u32> {
        self.noted(column, self.row.time(column))
    }

    /// A day of the week.
    pub fn weekday(&self, column: &str) -> Option<Weekday> {
        self.noted(column, self.row.weekday(column))
    }

    /// A local date and time as seconds since 1970.
    pub fn instant(&self, column: &str, zone: &TimeZone) -> Option<i64> {
        self.noted(column, self.row.instant(column, zone))
    }
}
