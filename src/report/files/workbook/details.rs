//! The sheets of shifts, costs, vendors and assumptions.

use super::super::Part;
use super::super::moment::{self, serial};
use super::super::schedule::{Planned, duties};
use super::super::tidy::word;
use super::sheet::{Shape, Sheet, Styles, numbers, words};
use crate::report::flips::overturns;
use crate::roster::OffKind;
use crate::time::seconds;
use rust_xlsxwriter::{Worksheet, XlsxError};

/// Names of the sheets.
pub mod name {
    /// Shifts.
    pub const SCHEDULE: &str = "Schedule";
    /// Costs by kind.
    pub const COSTS: &str = "Costs";
    /// Vendors' bills.
    pub const VENDORS: &str = "Vendors";
}

/// Most duties a workbook lists; a table beside it has all.
const MOST_DUTIES: usize = 200_000;

/// The column of paid hours of shifts.
pub const SHIFT_HOURS: u16 = 7;
/// The column of amounts by kind.
pub const COST_AMOUNT: u16 = 2;
/// The column of vendors' bills.
pub const VENDOR_AMOUNT: u16 = 8;

/// The duties that are listed, with the name of their scenario.
pub fn schedule_rows<'a>(parts: &[Part<'a>]) -> Vec<(&'a str, Planned<'a>)> {
    let of = |part: &Part<'a>| {
        let Part { case, outcome } = *part;
        let teams = 0..case.scenario.teams.len();
        let planned = teams.flat_map(|team| duties(case, team));
        planned.map(|p| (outcome.scenario.as_str(), p))
    };
    parts.iter().flat_map(of).take(MOST_DUTIES).collect()
}

/// Writes the sheet of shifts.
pub fn schedule(
    inner: &mut Worksheet,
    styles: &Styles,
    parts: &[Part<'_>],
) -> Result<(), XlsxError> {
    let mut sheet = Sheet::new(inner, styles, name::SCHEDULE)?;
    sheet.heads(
        0,
        &[
            words("scenario", 16.0),
            words("team", 14.0),
            words("position", 16.0),
            words("contract", 14.0),
            words("day (site)", 15.0),
            words("start", 8.0),
            words("end", 8.0),
            numbers("paid hours", 10.0),
            numbers("on queue, hours", 10.0),
            words("breaks", 28.0),
            words("other work off queue", 28.0),
        ],
    )?;
    let rows = schedule_rows(parts);
    for (row, (scenario, planned)) in (1..).zip(&rows) {
        let duty = planned.duty;
        let day = serial(planned.at(duty.start), planned.zone).floor();
        let of_day = |tick| moment::clock(planned.at(tick), planned.zone);
        let clock = |tick| {
            let local = planned.zone.to_datetime(planned.at(tick));
            format!("{:02}:{:02}", local.hour(), local.minute())
        };
        let offs = |planned_work: bool| {
            let these = duty.offs.iter();
            let these = these.filter(|o| (o.kind == OffKind::Planned) == planned_work);
            let spans = these.map(|o| format!("{}-{}", clock(o.start), clock(o.end)));
            spans.collect::<Vec<_>>().join(", ")
        };
        sheet.words(row, 0, scenario)?;
        sheet.words(row, 1, planned.team)?;
        sheet.words(row, 2, &planned.name())?;
        sheet.words(row, 3, planned.contract)?;
        sheet.number((row, 4), day, Shape::Day)?;
        sheet.number((row, 5), of_day(duty.start), Shape::Clock)?;
        sheet.number((row, 6), of_day(duty.end), Shape::Clock)?;
        sheet.number((row, SHIFT_HOURS), duty.paid_s() / 3600.0, Shape::Hours)?;
        let on_queue = seconds(duty.on_queue()) / 3600.0;
        sheet.number((row, 8), on_queue, Shape::Hours)?;
        sheet.words(row, 9, &offs(false))?;
        sheet.words(row, 10, &offs(true))?;
    }
    let last = rows.len() as u32;
    if rows.len() == MOST_DUTIES {
        let text = "only the first shifts are listed; schedule.csv has all of them";
        sheet.words(last + 1, 0, text)?;
    }
    sheet.inner.autofilter(0, 0, last, 10)?;
    Ok(())
}

/// Rows of the sheet of costs.
pub fn cost_rows(parts: &[Part<'_>]) -> usize {
    parts.iter().map(|p| p.outcome.cost.by_kind.len()).sum()
}

/// Writes the sheet of costs.
pub fn costs(inner: &mut Worksheet, styles: &Styles, parts: &[Part<'_>]) -> Result<(), XlsxError> {
    let mut sheet = Sheet::new(inner, styles, name::COSTS)?;
    sheet.heads(
        0,
        &[
            words("scenario", 16.0),
            words("kind", 20.0),
            numbers("amount", 18.0),
            numbers("lower limit", 18.0),
            numbers("upper limit", 18.0),
            numbers("share of the total", 12.0),
        ],
    )?;
    let rows = cost_rows(parts);
    let all = |column: &str| format!("${column}$2:${column}${}", rows + 1);
    let mut row = 1;
    for Part { outcome, .. } in parts {
        let lines = &outcome.cost.by_kind;
        let value = |e: Option<crate::stats::Estimate>| e.map_or(0.0, |e| e.value);
        let total: f64 = lines.iter().map(|line| value(line.amount)).sum();
        for line in lines {
            sheet.words(row, 0, &outcome.scenario)?;
            sheet.words(row, 1, &word(line.kind).replace('_', " "))?;
            let amount = line.amount;
            sheet.number((row, 2), amount.map(|e| e.value), Shape::Money)?;
            sheet.number((row, 3), amount.map(|e| e.low), Shape::Money)?;
            sheet.number((row, 4), amount.map(|e| e.high), Shape::Money)?;
            let n = row + 1;
            let formula = format!("=C{n}/SUMIFS({},{},A{n})", all("C"), all("A"));
            sheet.formula((row, 5), &formula, value(amount) / total, Shape::Share)?;
            row += 1;
        }
    }
    sheet.bars(5, 1, row.max(2) - 1)?;
    Ok(())
}

/// Rows of the sheet of vendors.
pub fn vendor_rows(parts: &[Part<'_>]) -> usize {
    parts.iter().map(|p| p.outcome.cost.vendors.len()).sum()
}

/// Writes the sheet of vendors.
pub fn vendors(
    inner: &mut Worksheet,
    styles: &Styles,
    parts: &[Part<'_>],
) -> Result<(), XlsxError> {
    let mut sheet = Sheet::new(inner, styles, name::VENDORS)?;
    sheet.heads(
        0,
        &[
            words("scenario", 16.0),
            words("vendor", 14.0),
            numbers("price, before bands", 14.0),
            words("per", 16.0),
            numbers("units used", 14.0),
            numbers("minimum seats", 10.0),
            numbers("minimum hours a week and seat", 12.0),
            numbers("units billed", 14.0),
            numbers("billed", 18.0),
            numbers("paid back", 14.0),
            numbers("to pay", 18.0),
            numbers("mean price of a billed unit", 14.0),
            numbers("set-up, once", 16.0),
            numbers("management a month", 16.0),
            numbers("heads", 8.0),
            words("teams", 28.0),
        ],
    )?;
    let mut row = 1;
    if vendor_rows(parts) == 0 {
        sheet.remark(row, "no vendor sends a bill")?;
    }
    for Part { case, outcome } in parts {
        let scenario = &case.scenario;
        for bill in &outcome.cost.vendors {
            let Some(v) = scenario.vendors.iter().position(|v| v.name == bill.name) else {
                continue;
            };
            let vendor = &scenario.vendors[v];
            let teams = scenario.teams.iter().enumerate();
            let teams: Vec<_> = teams.filter(|(_, t)| t.vendor == Some(v)).collect();
            let heads: f64 = teams.iter().map(|(t, _)| case.roster.teams[*t].heads).sum();
            let names: Vec<&str> = teams.iter().map(|(_, t)| t.name.as_str()).collect();
            let billed = bill.billed_units.map_or(0.0, |e| e.value);
            sheet.words(row, 0, &outcome.scenario)?;
            sheet.words(row, 1, &bill.name)?;
            sheet.number((row, 2), bill.price, Shape::Money)?;
            sheet.words(row, 3, &word(bill.per).replace('_', " "))?;
            sheet.number((row, 4), bill.units.map(|e| e.value), Shape::Count)?;
            sheet.number((row, 5), vendor.minimum.map(|m| m.0), Shape::Count)?;
            sheet.number((row, 6), vendor.minimum.map(|m| m.1), Shape::Hours)?;
            sheet.number((row, 7), billed, Shape::Count)?;
            let (amount, back) = (bill.amount, bill.paid_back);
            let [amount, back] = [amount, back].map(|e| e.map_or(0.0, |e| e.value));
            let n = row + 1;
            sheet.number((row, VENDOR_AMOUNT), amount, Shape::Money)?;
            sheet.number((row, 9), back, Shape::Money)?;
            let to_pay = format!("=I{n}-J{n}");
            sheet.formula((row, 10), &to_pay, amount - back, Shape::Money)?;
            let mean = format!("=IF(H{n}>0,I{n}/H{n},\"\")");
            sheet.formula((row, 11), &mean, amount / billed, Shape::Money)?;
            sheet.number((row, 12), vendor.setup, Shape::Money)?;
            sheet.number((row, 13), vendor.manage_per_month, Shape::Money)?;
            sheet.number((row, 14), heads, Shape::Whole)?;
            sheet.words(row, 15, &names.join(", "))?;
            row += 1;
        }
    }
    Ok(())
}

/// Writes the sheet of assumptions.
pub fn assumptions(
    inner: &mut Worksheet,
    styles: &Styles,
    parts: &[Part<'_>],
) -> Result<(), XlsxError> {
    let mut sheet = Sheet::new(inner, styles, "Assumptions")?;
    sheet.heads(
        0,
        &[
            words("scenario", 16.0),
            words("key that was not said", 34.0),
            words("value taken", 22.0),
            words("may lie in", 18.0),
            words("source", 60.0),
            words("overturns (with --flips)", 40.0),
        ],
    )?;
    let mut row = 1;
    for Part { outcome, .. } in parts {
        for assumption in &outcome.assumptions {
            sheet.words(row, 0, &outcome.scenario)?;
            sheet.words(row, 1, &assumption.path)?;
            sheet.words(row, 2, &assumption.value)?;
            sheet.words(row, 3, assumption.range.as_deref().unwrap_or_default())?;
            sheet.words(row, 4, &assumption.source)?;
            sheet.words(row, 5, &overturns(outcome, &assumption.path))?;
            row += 1;
        }
    }
    sheet.inner.autofilter(0, 0, row.max(2) - 1, 5)?;
    Ok(())
}
