//! What happened: measured counts by interval, to hold a run against.
//!
//! A CSV file with the columns `start` (local date and time in the scenario's zone, or a date alone) and `offered`; and
//! as many as are known of `answered`, `abandoned` (else offered less answered), `answered_20s` (answered within 20
//! seconds; any limit that a promise of the scenario names works as well) and `sum_wait_s` (seconds waited by all
//! offered, those who gave up up to leaving). With a column `channel` each channel has rows of its own; without it the
//! rows count all channels on which customers wait.
//!
//! ```text
//! start,offered,answered,abandoned,answered_20s,sum_wait_s
//! 1999-01-01T07:00,13,13,0,12,78
//! 1999-01-01T07:30,26,26,0,23,125
//! ```

use super::csv_table::{self, CsvTable, Row};
use super::diagnostic::Diagnostics;
use super::forms::FormError;
use super::model::{ChannelKind, PromiseEvent, Scenario};
use super::source::Sources;
use super::suggest::did_you_mean;
use crate::time::{HOUR, Tick, ticks};
use std::path::Path;

/// The limit most telephone systems count answers within, seconds.
pub const USUAL_WITHIN_S: f64 = 20.0;

/// Columns that are read; the limit's is built from its seconds. Handle times are known here but compared nowhere:
/// where they are measured they belong into the scenario.
const OPTIONAL: [&str; 5] = [
    "channel",
    "answered",
    "abandoned",
    "sum_wait_s",
    "sum_handle_s",
];

/// What happened over a scenario's horizon, or a part of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Actuals {
    /// Rows inside the horizon, after the warm-up, as written.
    pub rows: Vec<Actual>,
    /// Ticks one row stands for: the shortest step between two starts, a day where there is one start only.
    pub row_length: Tick,
    /// Rows that lie outside.
    pub outside: usize,
    /// Whether abandonment is known.
    pub abandoned: bool,
    /// Seconds within which answers were counted, where they were.
    pub within_s: Option<f64>,
    /// Whether waits are known.
    pub waits: bool,
}

/// One row: what came in one interval, and what became of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Actual {
    /// When it begins.
    pub start: Tick,
    /// Channel (index); `None`: all channels on which customers wait.
    pub channel: Option<usize>,
    /// Contacts offered.
    pub offered: f64,
    /// Contacts that gave up; 0 where not known.
    pub abandoned: f64,
    /// Contacts answered within the limit; 0 where not known.
    pub within: f64,
    /// Seconds waited by all offered; 0 where not known.
    pub wait_s: f64,
}

/// Reads what happened; warnings and notes come with it.
///
/// # Errors
/// All mistakes of the file, at once.
pub fn read(path: &Path, scenario: &Scenario) -> Result<(Actuals, Diagnostics), Diagnostics> {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let limits = limits(scenario);
    let columns: Vec<String> = limits.iter().map(|s| limit_column(*s)).collect();
    let optional: Vec<&str> = OPTIONAL
        .into_iter()
        .chain(columns.iter().map(String::as_str))
        .collect();
    let table = csv_table::read(
        path,
        None,
        &["start", "offered"],
        &optional,
        &mut sources,
        &mut diagnostics,
    );
    let actuals = table.map(|table| {
        let limit = limits.iter().zip(&columns).find(|(_, c)| table.has(c));
        let mut reader = Reader {
            scenario,
            table: &table,
            within: limit.map(|(_, column)| column.as_str()),
            sources: &sources,
            diagnostics: &mut diagnostics,
        };
        let rows: Vec<(i64, Actual)> = table.rows().filter_map(|row| reader.row(&row)).collect();
        let mut actuals = Actuals {
            row_length: row_length(&rows),
            outside: rows.iter().filter(|(_, row)| row.start == OUTSIDE).count(),
            rows: rows.into_iter().map(|(_, row)| row).collect(),
            abandoned: table.has("abandoned") || table.has("answered"),
            within_s: limit.map(|(seconds, _)| *seconds),
            waits: table.has("sum_wait_s"),
        };
        actuals.rows.retain(|row| row.start != OUTSIDE);
        if actuals.rows.is_empty() && !diagnostics.has_errors() {
            none_inside(scenario, &table, &sources, &mut diagnostics);
        }
        actuals
    });
    let diagnostics = diagnostics.finish(sources);
    match actuals {
        Some(actuals) if !diagnostics.has_errors() => Ok((actuals, diagnostics)),
        _ => Err(diagnostics),
    }
}

/// Start of rows that are not compared.
const OUTSIDE: Tick = Tick::MAX;

/// Limits in seconds that answers may have been counted within: the first promise's before the usual one.
fn limits(scenario: &Scenario) -> Vec<f64> {
    let waits = |s: &usize| {
        let channel = scenario.streams[*s].channel;
        scenario.channels[channel].kind != ChannelKind::Deferred
    };
    let promised = scenario.promises.iter().filter(|p| {
        p.event != PromiseEvent::Resolution && !p.business_hours && p.streams.iter().all(waits)
    });
    let mut limits: Vec<f64> = Vec::new();
    for within_s in promised.map(|p| p.within_s).chain([USUAL_WITHIN_S]) {
        if !limits.contains(&within_s) {
            limits.push(within_s);
        }
    }
    limits
}

/// `answered_20s`.
fn limit_column(seconds: f64) -> String {
    format!("answered_{seconds}s")
}

/// The shortest step between two starts.
fn row_length(rows: &[(i64, Actual)]) -> Tick {
    let mut starts: Vec<i64> = rows.iter().map(|r| r.0).collect();
    starts.sort_unstable();
    let steps = starts.windows(2).map(|w| w[1] - w[0]).filter(|s| *s > 0);
    steps.min().map_or(24 * HOUR, |s| ticks(s as f64))
}

/// No row can be compared: says what the horizon is.
fn none_inside(
    scenario: &Scenario,
    table: &CsvTable,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) {
    let day = |tick: Tick| {
        scenario
            .horizon
            .zoned(tick)
            .strftime("%Y-%m-%d")
            .to_string()
    };
    let (first, last) = (
        day(ticks(scenario.warm_up_s)),
        day(scenario.horizon.length() - 1),
    );
    let Some(row) = table.rows().next() else {
        let span = super::node::Span {
            file: table.file,
            start: 0,
            end: 0,
        };
        let help = "give it one row per interval";
        diagnostics.error(
            "no-actuals",
            span,
            "nothing happened: there are no rows",
            "no rows",
            help,
        );
        return;
    };
    diagnostics.error(
        "no-actuals",
        row.span("start", sources),
        format!("none of these rows lies in the time that is simulated, {first} to {last}"),
        "the first row",
        "change `start` and `length` of the scenario, or take the rows of that time",
    );
}

/// Rows of the file, every mistake noted at its cell.
struct Reader<'a> {
    scenario: &'a Scenario,
    table: &'a CsvTable,
    within: Option<&'a str>,
    sources: &'a Sources,
    diagnostics: &'a mut Diagnostics,
}

impl Reader<'_> {
    /// A row and its start in seconds since 1970; `None` where a cell cannot be read.
    fn row(&mut self, row: &Row<'_>) -> Option<(i64, Actual)> {
        let scenario = self.scenario;
        let zone = scenario.horizon.zone();
        let start = self.noted(row, "start", row.instant("start", zone));
        let channel = self.channel(row);
        let offered = self.amount(row, "offered");
        let parts = ["answered", "abandoned"].map(|column| self.part(row, column, offered));
        let within = match self.within {
            Some(column) => self.part(row, column, offered),
            None => Some(None),
        };
        let wait_s = if self.table.has("sum_wait_s") {
            self.amount(row, "sum_wait_s")
        } else {
            Some(0.0)
        };
        let (start, offered) = (start?, offered?);
        let [answered, abandoned] = parts;
        let left = answered?.map_or(0.0, |answered| offered - answered);
        let tick = jiff::Timestamp::from_second(start)
            .ok()
            .and_then(|t| scenario.horizon.tick_of(t))
            .filter(|t| *t >= ticks(scenario.warm_up_s));
        let actual = Actual {
            start: tick.unwrap_or(OUTSIDE),
            channel: channel?,
            offered,
            abandoned: abandoned?.unwrap_or(left),
            within: within?.unwrap_or(0.0),
            wait_s: wait_s?,
        };
        Some((start, actual))
    }

    /// The channel of a row: `Some(None)` where the file has no such column.
    fn channel(&mut self, row: &Row<'_>) -> Option<Option<usize>> {
        let Some(name) = row.text("channel") else {
            return Some(None);
        };
        let channels = &self.scenario.channels;
        let found = channels.iter().position(|c| c.name == name);
        if found.is_none() {
            let known: Vec<&str> = channels.iter().map(|c| c.name.as_str()).collect();
            let error = FormError {
                why: format!("the scenario has no channel `{name}`"),
                help: did_you_mean(name, &known),
            };
            self.wrong(row, "channel", error);
        }
        found.map(Some)
    }

    /// A part of the offered; `Some(None)` where the file has no such column.
    fn part(&mut self, row: &Row<'_>, column: &str, offered: Option<f64>) -> Option<Option<f64>> {
        if !self.table.has(column) {
            return Some(None);
        }
        let part = self.amount(row, column)?;
        if offered.is_some_and(|offered| part > offered) {
            let error = FormError {
                why: format!("more were {} than offered", column.replace('_', " in ")),
                help: "count both by the interval of the contact's arrival".to_owned(),
            };
            self.wrong(row, column, error);
            return None;
        }
        Some(Some(part))
    }

    fn amount(&mut self, row: &Row<'_>, column: &str) -> Option<f64> {
        let number = row.number(column).and_then(|n| {
            let negative = || FormError {
                why: format!("`{n}` is less than nought"),
                help: "write a number from 0 on".to_owned(),
            };
            (n >= 0.0).then_some(n).ok_or_else(negative)
        });
        self.noted(row, column, number)
    }

    fn noted<T>(&mut self, row: &Row<'_>, column: &str, read: Result<T, FormError>) -> Option<T> {
        read.map_err(|error| self.wrong(row, column, error)).ok()
    }

    fn wrong(&mut self, row: &Row<'_>, column: &str, error: FormError) {
        let span = row.span(column, self.sources);
        let label = format!("in column `{column}`");
        self.diagnostics
            .error("bad-cell", span, error.why, label, error.help);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::time::MINUTE;

    fn scenario() -> Scenario {
        super::super::load(Path::new("tests/check/_good.toml")).unwrap()
    }

    fn read_text(text: &str) -> Result<Actuals, Vec<String>> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("actuals.csv");
        std::fs::write(&path, text).unwrap();
        let messages = |d: Diagnostics| d.items.into_iter().map(|d| d.message).collect();
        read(&path, &scenario()).map(|r| r.0).map_err(messages)
    }

    #[test]
    fn rows_are_laid_on_the_horizon() {
        let scenario = scenario();
        let day = scenario.horizon.zoned(0).date();
        let text = format!(
            "start,offered,answered,answered_20s\n{day} 08:00,10,9,8\n{day} 08:30,4,4,4\n1999-01-01 08:00,1,1,1\n"
        );
        let actuals = read_text(&text).unwrap();
        assert_eq!((actuals.rows.len(), actuals.outside), (2, 1));
        assert_eq!(actuals.row_length, 30 * MINUTE);
        assert_eq!(actuals.within_s, Some(20.0));
        assert!(actuals.abandoned && !actuals.waits);
        let first = actuals.rows[0];
        assert_eq!((first.start, first.abandoned), (8 * HOUR, 1.0));
    }

    #[test]
    fn days_alone_are_understood() {
        let scenario = scenario();
        let day = scenario.horizon.zoned(0).date();
        let text = format!("start,offered\n{day},10\n{},12\n", day.tomorrow().unwrap());
        let actuals = read_text(&text).unwrap();
        assert_eq!(actuals.row_length, 24 * HOUR);
        assert!(!actuals.abandoned && actuals.within_s.is_none());
    }

    #[test]
    fn what_cannot_have_happened_is_refused() {
        let day = scenario().horizon.zoned(0).date();
        let mistakes = read_text(&format!(
            "start,channel,offered,answered_20s\n{day} 08:00,fone,4,5\n{day} 8h,phone,-1,0\n"
        ))
        .unwrap_err();
        assert_eq!(mistakes.len(), 4, "{mistakes:?}");
        assert!(read_text("start,offered\n1999-01-01 08:00,4\n").unwrap_err()[0].contains("none"));
        assert!(read_text("start,offered\n").unwrap_err()[0].contains("no rows"));
        assert!(read_text("begin,calls\n").unwrap_err().len() == 2);
    }
}
