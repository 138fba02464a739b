//! The two files of a shift-design problem: REQUIREMENT.csv and PATTERNS.toml.

use super::instance::Instance;
use super::patterns::{self, Patterns};
use super::sheet::Sheet;
use crate::scenario::csv_table;
use crate::scenario::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::scenario::forms::FormError;
use crate::scenario::node::Span;
use crate::scenario::parse::parse;
use crate::scenario::source::Sources;
use std::collections::BTreeMap;
use std::path::Path;

/// Most days of a requirement.
const DAY_LIMIT: u32 = 366;

/// Reads both files.
///
/// REQUIREMENT.csv has the columns `day` (1 is the first), `start` (HH:MM) and `required` (agents);
/// an interval without a row requires nobody. For PATTERNS.toml see the command's help.
///
/// # Errors
/// All mistakes of both files at once.
pub fn load(requirement: &Path, patterns: &Path) -> Result<(Instance, Diagnostics), Diagnostics> {
    let mut sources = Sources::default();
    let mut notes = Diagnostics::default();
    let instance = read(requirement, patterns, &mut sources, &mut notes);
    let notes = notes.finish(sources);
    match instance {
        Some(instance) if !notes.has_errors() => Ok((instance, notes)),
        _ => Err(notes),
    }
}

fn read(
    requirement: &Path,
    patterns: &Path,
    sources: &mut Sources,
    notes: &mut Diagnostics,
) -> Option<Instance> {
    let curve = read_curve(requirement, sources, notes);
    let (interval, patterns) = read_patterns(patterns, sources, notes);
    // Starts off the grid are mistakes, too, whatever else is wrong.
    let required = match (&curve, interval) {
        (Some(curve), Some(interval)) => curve.spread(interval, notes),
        _ => None,
    };
    let (curve, (patterns, whole)) = (curve?, patterns?);
    let days = curve.days;
    let shifts = patterns::shifts(&patterns, days, notes);
    if notes.has_errors() {
        return None;
    }
    let Some(shifts) = shifts else {
        notes.error(
            "too-many-shifts",
            whole,
            "these patterns make more than two million combinations of shift, break and day",
            "this file",
            "use a larger `step`, or fewer patterns",
        );
        return None;
    };
    let per_day = (1440 / patterns.interval_min) as usize;
    if patterns.cyclic
        && patterns
            .patterns
            .iter()
            .any(|pattern| pattern.longest() > days * per_day)
    {
        notes.error(
            "too-long",
            whole,
            "a shift is longer than the whole cycle",
            "this file",
            "shorten `length`, or set cyclic = false",
        );
        return None;
    }
    Some(Instance {
        interval_min: patterns.interval_min,
        per_day,
        days,
        cyclic: patterns.cyclic,
        required: required?,
        prices: patterns.prices,
        shifts,
    })
}

fn read_patterns(
    path: &Path,
    sources: &mut Sources,
    notes: &mut Diagnostics,
) -> (Option<u32>, Option<(Patterns, Span)>) {
    let file = sources.read_document(path, None, notes);
    let Some((file, source)) = file.and_then(|file| Some((file, sources.get(file)?))) else {
        return (None, None);
    };
    let text = source.text.clone();
    let document = parse(&text, file, notes);
    let whole = Span {
        file,
        start: 0,
        end: u32::from(!text.is_empty()),
    };
    let sheet = Sheet {
        table: &document,
        span: whole,
        name: "the pattern file",
    };
    let (interval, patterns) = patterns::read(sheet, notes);
    (interval, patterns.map(|patterns| (patterns, whole)))
}

/// The requirement as written: agents by (day, minute), with the place of each start.
struct Curve {
    days: usize,
    rows: BTreeMap<(usize, u32), (u32, Span)>,
    file: Span,
    /// Whether every row could be read.
    complete: bool,
}

fn read_curve(path: &Path, sources: &mut Sources, notes: &mut Diagnostics) -> Option<Curve> {
    let table = csv_table::read(
        path,
        None,
        &["day", "start", "required"],
        &[],
        sources,
        notes,
    )?;
    let file = Span {
        file: table.file,
        start: 0,
        end: 1,
    };
    let mut rows: BTreeMap<(usize, u32), (u32, Span)> = BTreeMap::new();
    let mut complete = true;
    for row in table.rows() {
        let mut place = |column: &str, error: FormError| {
            complete = false;
            notes.error(
                "bad-cell",
                row.span(column, sources),
                error.why,
                "this cell",
                error.help,
            );
        };
        let day = day(&row).map_err(|error| place("day", error));
        let start = start(&row).map_err(|error| place("start", error));
        let required = row
            .count("required")
            .map_err(|error| place("required", error));
        let (Ok(day), Ok(start), Ok(required)) = (day, start, required) else {
            continue;
        };
        let span = row.span("start", sources);
        if let Some((_, first)) = rows.insert((day, start), (required, span)) {
            complete = false;
            notes.push(Diagnostic {
                code: "duplicate-row",
                severity: Severity::Error,
                message: format!("day {} has this interval twice", day + 1),
                places: vec![(span, "again here".into()), (first, "first here".into())],
                help: Some("keep one of the rows".into()),
            });
        }
    }
    if complete && rows.is_empty() {
        notes.error(
            "empty-file",
            file,
            "the requirement has no rows",
            "this file",
            "write one row per day and interval",
        );
        return None;
    }
    let days = rows.keys().next_back().map_or(0, |(day, _)| day + 1);
    Some(Curve {
        days,
        rows,
        file,
        complete,
    })
}

fn day(row: &csv_table::Row<'_>) -> Result<usize, FormError> {
    match row.count("day")? {
        day @ 1..=DAY_LIMIT => Ok(day as usize - 1),
        other => Err(FormError {
            why: format!("there is no day {other}"),
            help: format!("number the days from 1 to at most {DAY_LIMIT}"),
        }),
    }
}

fn start(row: &csv_table::Row<'_>) -> Result<u32, FormError> {
    match row.time("start")? {
        1440 => Err(FormError {
            why: "no interval starts at the end of the day".into(),
            help: "write 00:00 of the next day".into(),
        }),
        start => Ok(start),
    }
}

impl Curve {
    /// One number per interval of the horizon.
    fn spread(&self, interval: u32, notes: &mut Diagnostics) -> Option<Vec<u32>> {
        let per_day = (1440 / interval) as usize;
        let mut required = vec![0; self.days * per_day];
        let mut on_grid = true;
        for (&(day, minute), &(agents, span)) in &self.rows {
            if minute.is_multiple_of(interval) {
                required[day * per_day + (minute / interval) as usize] = agents;
            } else {
                on_grid = false;
                notes.error(
                    "off-grid",
                    span,
                    format!("no interval of {interval} minutes starts at this time"),
                    "this cell",
                    format!("write a multiple of {interval} minutes after midnight, or correct `interval`"),
                );
            }
        }
        let missing = required.len().saturating_sub(self.rows.len());
        if on_grid && self.complete && missing > 0 {
            notes.note(
                "missing-rows",
                self.file,
                format!(
                    "{missing} of {} intervals have no row: nobody is required there",
                    required.len()
                ),
                "this file",
                "",
            );
        }
        (on_grid && self.complete).then_some(required)
    }
}
