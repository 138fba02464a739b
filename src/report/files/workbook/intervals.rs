//! The sheet of intervals: what arrived, what became of it.

use super::super::Part;
use super::super::moment::serial;
use super::super::tidy::{counted, word};
use super::sheet::{Shape, Sheet, Styles, numbers, words};
use crate::experiment::ChannelPoint;
use crate::scenario::model::ChannelKind;
use rust_xlsxwriter::{Worksheet, XlsxError};

/// Columns that other sheets sum.
pub mod column {
    /// Name of the scenario.
    pub const SCENARIO: u16 = 0;
    /// `live`, `concurrent` or `deferred`.
    pub const KIND: u16 = 3;
    /// Contacts offered.
    pub const OFFERED: u16 = 4;
    /// Answered.
    pub const ANSWERED: u16 = 5;
    /// Left before an answer.
    pub const ABANDONED: u16 = 6;
    /// Whose own promise was decided.
    pub const PROMISED: u16 = 7;
    /// Of these, kept.
    pub const KEPT: u16 = 8;
    /// Seconds waited in all.
    pub const WAIT: u16 = 10;
    /// Answered within 20 s.
    pub const WITHIN_20S: u16 = 12;
}

/// Name of the sheet.
pub const NAME: &str = "Intervals";

/// A row of the sheet.
pub struct Row<'a> {
    scenario: &'a str,
    start: f64,
    channel: &'a str,
    kind: ChannelKind,
    point: &'a ChannelPoint,
}

/// The rows: every interval and channel in which anything happened.
pub fn rows<'a>(parts: &[Part<'a>]) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    for Part { outcome, .. } in parts {
        for (i, start) in counted(outcome) {
            let start = serial(start, &outcome.intervals.zone);
            let channels = outcome.intervals.channels.iter();
            let busy = channels.filter(|c| c.points[i] != ChannelPoint::default());
            rows.extend(busy.map(|channel| Row {
                scenario: &outcome.scenario,
                start,
                channel: &channel.name,
                kind: channel.kind,
                point: &channel.points[i],
            }));
        }
    }
    rows
}

/// Writes the sheet.
pub fn write(inner: &mut Worksheet, styles: &Styles, rows: &[Row<'_>]) -> Result<(), XlsxError> {
    let mut sheet = Sheet::new(inner, styles, NAME)?;
    sheet.heads(
        0,
        &[
            words("scenario", 16.0),
            words("start (local time)", 17.0),
            words("channel", 12.0),
            words("kind", 11.0),
            numbers("offered", 10.0),
            numbers("answered", 10.0),
            numbers("abandoned", 10.0),
            numbers("promised", 10.0),
            numbers("promise kept", 10.0),
            numbers("service level", 10.0),
            numbers("waited, s in all", 12.0),
            numbers("mean wait, s", 10.0),
            numbers("answered within 20 s", 12.0),
            numbers("waiting at the end", 10.0),
        ],
    )?;
    for (row, r) in (1..).zip(rows) {
        let p = r.point;
        sheet.words(row, 0, r.scenario)?;
        sheet.number((row, 1), r.start, Shape::Moment)?;
        sheet.words(row, 2, r.channel)?;
        sheet.words(row, 3, &word(r.kind))?;
        for (column, value) in (4..).zip([
            p.offered,
            p.answered,
            p.abandoned,
            p.promised,
            p.promise_kept,
        ]) {
            sheet.number((row, column), value, Shape::Count)?;
        }
        let n = row + 1;
        sheet.formula(
            (row, 9),
            &format!("=IF(H{n}>0,I{n}/H{n},\"\")"),
            p.promise_kept / p.promised,
            Shape::Share,
        )?;
        sheet.number((row, 10), p.wait_s, Shape::Seconds)?;
        sheet.formula(
            (row, 11),
            &format!("=IF(F{n}+G{n}>0,K{n}/(F{n}+G{n}),\"\")"),
            p.wait_s / (p.answered + p.abandoned),
            Shape::Seconds,
        )?;
        sheet.number((row, 12), p.within_20s, Shape::Count)?;
        sheet.number((row, 13), p.waiting, Shape::Count)?;
    }
    let last = rows.len() as u32;
    sheet.scale(9, 1, last)?;
    sheet.inner.autofilter(0, 0, last, 13)?;
    Ok(())
}
