//! Results as a spreadsheet that can be worked on: totals, ratios and requirements are live formulas over the sheets
//! they come from. Every formula carries its result, for viewers that do not calculate.
//!
//! Intervals in which nothing happened are left out. The requirement is Erlang C per channel and interval; change the
//! handle time, the share or the seconds at its top and it follows.

mod details;
mod intervals;
mod requirement;
mod sheet;
mod summary;

use super::Part;
use super::moment::serial;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use sheet::Styles;

/// Rows a sheet can hold, heads and a margin apart.
const MOST_ROWS: usize = 1_048_000;

/// The workbook of one or more parts.
///
/// # Errors
/// A sentence, where a sheet would have more rows than the format allows.
pub fn workbook(parts: &[Part<'_>]) -> Result<Vec<u8>, String> {
    let mut workbook = Workbook::new();
    let built = build(&mut workbook, parts)?;
    built
        .and_then(|()| workbook.save_to_buffer())
        .map_err(|e| e.to_string())
}

fn build(workbook: &mut Workbook, parts: &[Part<'_>]) -> Result<Result<(), XlsxError>, String> {
    let intervals = intervals::rows(parts);
    let requirement = requirement::rows(parts);
    for (what, rows) in [
        ("Intervals", intervals.len()),
        ("Requirement", requirement.rows.len()),
    ] {
        if rows > MOST_ROWS {
            return Err(format!(
                "the sheet {what} would have {rows} rows, more than spreadsheets hold"
            ));
        }
    }
    let styles = Styles::new(parts);
    Ok((|| {
        // Same results, same bytes: the document's date is the horizon's start, not today.
        if let Some(Part { outcome, .. }) = parts.first() {
            let start = outcome
                .intervals
                .starts
                .first()
                .copied()
                .unwrap_or_default();
            let day = ExcelDateTime::from_serial_datetime(serial(start, &outcome.intervals.zone))?;
            workbook.set_properties(&DocProperties::new().set_creation_datetime(&day));
        }
        let sizes = summary::Sizes {
            intervals: intervals.len(),
            requirement: (requirement.first_row(), requirement.rows.len()),
            costs: details::cost_rows(parts),
            vendors: details::vendor_rows(parts),
            schedule: details::schedule_rows(parts).len(),
        };
        summary::write(workbook.add_worksheet(), &styles, parts, &sizes)?;
        intervals::write(workbook.add_worksheet(), &styles, &intervals)?;
        requirement::write(workbook.add_worksheet(), &styles, &requirement)?;
        details::schedule(workbook.add_worksheet(), &styles, parts)?;
        details::costs(workbook.add_worksheet(), &styles, parts)?;
        details::vendors(workbook.add_worksheet(), &styles, parts)?;
        details::assumptions(workbook.add_worksheet(), &styles, parts)
    })())
}
