//! Results as files beside the JSON object: tidy tables, calendars of shifts, a spreadsheet.
//!
//! | file | what |
//! |---|---|
//! | `promises.csv`, `metrics.csv`, `costs.csv`, `vendors.csv`, `assumptions.csv` | figures with their intervals, one row each |
//! | `intervals.csv`, `staffing.csv` | what arrived, what became of it and who was there, interval by interval |
//! | `days.csv` | day by day, one figure a row: of a channel, stream or team, percentiles of waits, and money by kind |
//! | `schedule.csv` | every duty and break on the roster |
//! | `differences.csv` | of a comparison: all paired differences |
//! | `schedule-TEAM.ics` | a team's shifts and breaks for calendars |
//! | `schedule-TEAM-NAME.ics` | the same of each whom a plan names |
//! | `results.xlsx` | all of it with live formulas |
//!
//! Every table names the scenario in its first column, so that tables of several runs can be put one below the other.
//! The same results give the same bytes.

mod calendar;
mod moment;
mod schedule;
mod table;
mod tidy;
mod workbook;
mod zone;

pub use table::Locale;

use crate::experiment::{Case, Difference, Outcome};

/// One organisation that was played, and what came out.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    /// What was played.
    pub case: &'a Case,
    /// What came out; its name tells the parts apart.
    pub outcome: &'a Outcome,
}

/// A file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Name, without a folder.
    pub name: String,
    /// Contents.
    pub bytes: Vec<u8>,
}

/// All files of a run, of a plan's proof (one part), or of a comparison (several, and their differences); and why there
/// is no spreadsheet among them, where it would be larger than spreadsheets can be.
#[must_use]
pub fn files(
    parts: &[Part<'_>],
    differences: &[Difference],
    locale: Locale,
) -> (Vec<File>, Option<String>) {
    let mut files = tidy::tables(parts, differences, locale);
    files.extend(calendar::calendars(parts));
    match workbook::workbook(parts) {
        Ok(bytes) => {
            let name = "results.xlsx".to_owned();
            files.push(File { name, bytes });
            (files, None)
        }
        Err(why) => (files, Some(why)),
    }
}

/// A name as part of a file's name: letters, digits, `-` and `_`.
fn file_word(name: &str) -> String {
    let plain = |c: char| {
        if c.is_alphanumeric() || "-_".contains(c) {
            c
        } else {
            '-'
        }
    };
    name.chars().map(plain).collect()
}
