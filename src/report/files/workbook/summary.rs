//! The first sheet: verdicts, and totals as formulas over the sheets they come from; a column per scenario.

use super::super::Part;
use super::super::tidy::{counted, word};
use super::sheet::{Shape, Sheet, Styles, letters, range};
use super::{details, intervals, requirement};
use crate::experiment::{ChannelPoint, Metrics};
use crate::report::run::how;
use crate::scenario::model::ChannelKind;
use rust_xlsxwriter::{Worksheet, XlsxError};

/// Rows of the other sheets.
pub struct Sizes {
    /// Of the intervals.
    pub intervals: usize,
    /// First row and number of rows of the requirement.
    pub requirement: (u32, usize),
    /// Of the costs.
    pub costs: usize,
    /// Of the vendors.
    pub vendors: usize,
    /// Of the shifts.
    pub schedule: usize,
}

/// Row of the column heads.
const HEADS: u32 = 4;

/// Writes the sheet.
pub fn write(
    inner: &mut Worksheet,
    styles: &Styles,
    parts: &[Part<'_>],
    sizes: &Sizes,
) -> Result<(), XlsxError> {
    let mut sheet = Sheet::new(inner, styles, "Summary")?;
    let Some(first) = parts.first().map(|p| p.outcome) else {
        return Ok(());
    };
    let title = match parts {
        [_] if !first.title.is_empty() => first.title.as_str(),
        [_] => first.scenario.as_str(),
        _ => "Comparison on the same customers",
    };
    sheet.title(0, title)?;
    sheet.remark(1, &how(&first.provenance))?;
    sheet.remark(
        2,
        "Means over replications; sums and ratios are formulas over the other sheets, where times without contacts are left out.",
    )?;
    sheet.head(HEADS, 0, "figure", false)?;
    sheet.inner.set_portrait();
    sheet.inner.set_column_width(0, first_width(parts))?;
    for (column, Part { outcome, .. }) in (1..).zip(parts) {
        sheet.head(HEADS, column, &outcome.scenario, true)?;
        sheet.inner.set_column_width(column, 22)?;
    }
    sheet.inner.set_freeze_panes(HEADS + 1, 1)?;
    let next = promises(&mut sheet, parts, HEADS + 1)?;
    for (column, part) in (1..).zip(parts) {
        let lines = lines(part, sizes, column, next);
        for (row, line) in (next..).zip(&lines.all) {
            sheet.words(row, 0, line.title)?;
            match &line.formula {
                Some(formula) => sheet.formula((row, column), formula, line.value, line.shape)?,
                None => sheet.number((row, column), line.value, line.shape)?,
            }
        }
    }
    Ok(())
}

/// Characters of the first column, in which every promise is to be read whole.
fn first_width(parts: &[Part<'_>]) -> f64 {
    let promises = parts.iter().flat_map(|p| &p.outcome.promises);
    let length = |text: &str| text.chars().count();
    let longest = promises.map(|p| length(&p.name) + 2 + length(&p.target));
    longest.max().unwrap_or(0).clamp(44, 90) as f64
}

/// Three rows per promise, in the order they are met in; the first row after them.
fn promises(sheet: &mut Sheet<'_>, parts: &[Part<'_>], mut row: u32) -> Result<u32, XlsxError> {
    let mut names: Vec<&str> = Vec::new();
    for promise in parts.iter().flat_map(|p| &p.outcome.promises) {
        if !names.contains(&promise.name.as_str()) {
            names.push(&promise.name);
        }
    }
    for name in names {
        for (column, Part { outcome, .. }) in (1..).zip(parts) {
            let Some(promise) = outcome.promises.iter().find(|p| p.name == name) else {
                continue;
            };
            sheet.words(row, 0, &format!("{name}: {}", promise.target))?;
            sheet.words(row + 1, 0, "  kept")?;
            sheet.words(
                row + 2,
                0,
                &format!("  share of {}s in which it was", word(promise.every)),
            )?;
            sheet.word(row, column, &word(promise.verdict))?;
            let value = promise.value.map(|e| e.value);
            sheet.number((row + 1, column), value, Shape::Share)?;
            let met = promise.met_probability.map(|e| e.value);
            sheet.number((row + 2, column), met, Shape::Share)?;
        }
        sheet.verdicts(row, 1, parts.len() as u16)?;
        row += 3;
    }
    Ok(row + 1)
}

/// A figure of one scenario.
struct Line {
    title: &'static str,
    shape: Shape,
    /// The formula; none where the value stands by itself.
    formula: Option<String>,
    value: f64,
}

/// A scenario's figures while they are written down.
struct Lines {
    all: Vec<Line>,
    column: String,
    first: u32,
}

impl Lines {
    fn value(&mut self, title: &'static str, shape: Shape, value: Option<f64>) {
        self.all.push(Line {
            title,
            shape,
            formula: None,
            value: value.unwrap_or(f64::NAN),
        });
    }

    fn formula(&mut self, title: &'static str, shape: Shape, formula: String, value: f64) {
        self.all.push(Line {
            title,
            shape,
            formula: Some(formula),
            value,
        });
    }

    /// The cell of a figure further up.
    fn cell(&self, title: &str) -> Option<String> {
        let i = self.all.iter().position(|l| l.title == title)?;
        Some(format!("{}{}", self.column, self.first + i as u32 + 1))
    }

    /// One figure over another, both further up.
    fn ratio(&mut self, title: &'static str, shape: Shape, above: &str, below: &str) {
        let at = |title: &str| self.all.iter().position(|l| l.title == title);
        let (Some(a), Some(b)) = (at(above), at(below)) else {
            return;
        };
        let cell = |i: usize| format!("{}{}", self.column, self.first + i as u32 + 1);
        let formula = format!("=IF({1}>0,{0}/{1},\"\")", cell(a), cell(b));
        let value = self.all[a].value / self.all[b].value;
        self.formula(title, shape, formula, value);
    }
}

fn lines(part: &Part<'_>, sizes: &Sizes, column: u16, first: u32) -> Lines {
    let outcome = part.outcome;
    let intervals = &outcome.intervals;
    let name = format!("{}${}", letters(column), HEADS + 1);
    let mut lines = Lines {
        all: Vec::new(),
        column: letters(column),
        first,
    };
    // Waits are of those who wait on the line, where anybody does.
    let deferred = |kind: ChannelKind| kind == ChannelKind::Deferred;
    let some_on_line = intervals.channels.iter().any(|c| !deferred(c.kind));
    let sum = |of: fn(&ChannelPoint) -> f64, on_line: bool| -> f64 {
        let channels = intervals.channels.iter();
        let these = channels.filter(|c| !on_line || !some_on_line || !deferred(c.kind));
        let points = these.flat_map(|c| counted(outcome).map(|(i, _)| of(&c.points[i])));
        points.sum()
    };
    let over_intervals = |column: u16, on_line: bool| {
        let of = |column| range(intervals::NAME, column, 1, sizes.intervals);
        let only = if on_line && some_on_line {
            format!(",{},\"<>deferred\"", of(intervals::column::KIND))
        } else {
            String::new()
        };
        let scenario = of(intervals::column::SCENARIO);
        format!("=SUMIFS({},{scenario},{name}{only})", of(column))
    };
    use intervals::column as of;
    let mut contacts = |title, column, on_line, point: fn(&ChannelPoint) -> f64| {
        let formula = over_intervals(column, on_line);
        lines.formula(title, Shape::Count, formula, sum(point, on_line));
    };
    contacts("contacts offered", of::OFFERED, false, |p| p.offered);
    contacts("contacts answered", of::ANSWERED, false, |p| p.answered);
    contacts("contacts abandoned", of::ABANDONED, false, |p| p.abandoned);
    contacts("contacts with a promise", of::PROMISED, false, |p| {
        p.promised
    });
    contacts("promises kept", of::KEPT, false, |p| p.promise_kept);
    contacts("on the line: offered", of::OFFERED, true, |p| p.offered);
    contacts("on the line: answered", of::ANSWERED, true, |p| p.answered);
    contacts("on the line: abandoned", of::ABANDONED, true, |p| {
        p.abandoned
    });
    contacts(
        "on the line: answered within 20 s",
        of::WITHIN_20S,
        true,
        |p| p.within_20s,
    );
    contacts("on the line: seconds waited", of::WAIT, true, |p| p.wait_s);
    lines.ratio(
        "service level",
        Shape::Share,
        "promises kept",
        "contacts with a promise",
    );
    lines.ratio(
        "abandonment",
        Shape::Share,
        "on the line: abandoned",
        "on the line: offered",
    );
    lines.ratio(
        "answered within 20 s",
        Shape::Share,
        "on the line: answered within 20 s",
        "on the line: offered",
    );
    let cell = |title: &str| lines.cell(title);
    let [waited, answered, abandoned] = ["seconds waited", "answered", "abandoned"]
        .map(|what| cell(&format!("on the line: {what}")).unwrap_or_default());
    let formula = format!("=IF({answered}+{abandoned}>0,{waited}/({answered}+{abandoned}),\"\")");
    let ended = sum(|p| p.answered, true) + sum(|p| p.abandoned, true);
    let wait = sum(|p| p.wait_s, true) / ended;
    lines.formula("mean wait on the line, s", Shape::Seconds, formula, wait);
    let figure = |metrics: &Metrics, key: &str| metrics.get(key).map(|e| e.value);
    lines.value(
        "contacts resolved",
        Shape::Count,
        figure(&outcome.overall, "resolved"),
    );

    let over = |sheet: &str, column: u16, (first, rows): (u32, usize)| {
        format!(
            "=SUMIFS({},{},{name})",
            range(sheet, column, first, rows),
            range(sheet, 0, first, rows)
        )
    };
    let cost = &outcome.cost;
    let total = cost
        .by_kind
        .iter()
        .filter_map(|l| l.amount)
        .map(|e| e.value);
    let formula = over(details::name::COSTS, details::COST_AMOUNT, (1, sizes.costs));
    lines.formula("cost in all", Shape::Money, formula, total.sum());
    let bills = cost
        .vendors
        .iter()
        .filter_map(|v| v.amount)
        .map(|e| e.value);
    let formula = over(
        details::name::VENDORS,
        details::VENDOR_AMOUNT,
        (1, sizes.vendors),
    );
    lines.formula(
        "of which vendors' bills",
        Shape::Money,
        formula,
        bills.sum(),
    );
    lines.ratio(
        "cost per resolved contact",
        Shape::Money,
        "cost in all",
        "contacts resolved",
    );

    let heads = outcome.teams.iter().map(|t| t.heads).sum();
    lines.value("heads", Shape::Whole, Some(heads));
    lines.value(
        "FTE",
        Shape::Hours,
        Some(outcome.teams.iter().map(|t| t.fte).sum()),
    );
    lines.value("paid hours", Shape::Hours, figure(&outcome.staff, "paid_h"));
    let shifts = details::schedule_rows(std::slice::from_ref(part));
    let shifts = shifts.iter().map(|(_, p)| p.duty.paid_s() / 3600.0).sum();
    let formula = over(
        details::name::SCHEDULE,
        details::SHIFT_HOURS,
        (1, sizes.schedule),
    );
    lines.formula("paid hours of shifts", Shape::Hours, formula, shifts);
    lines.value(
        "hours on queue",
        Shape::Hours,
        figure(&outcome.staff, "on_queue_h"),
    );
    lines.value(
        "hours with a contact in hand",
        Shape::Hours,
        figure(&outcome.staff, "handling_h"),
    );
    lines.ratio(
        "occupancy",
        Shape::Share,
        "hours with a contact in hand",
        "hours on queue",
    );
    lines.ratio(
        "cost per paid hour",
        Shape::Money,
        "cost in all",
        "paid hours",
    );
    lines.ratio(
        "cost per hour on queue",
        Shape::Money,
        "cost in all",
        "hours on queue",
    );
    lines.ratio(
        "cost per handled hour",
        Shape::Money,
        "cost in all",
        "hours with a contact in hand",
    );
    let hours = intervals.interval_s / 3600.0;
    let asked = requirement::rows(std::slice::from_ref(part));
    let asked: f64 = asked.rows.iter().map(|r| f64::from(r.agents)).sum();
    let formula = over(requirement::NAME, requirement::AGENTS, sizes.requirement);
    let formula = format!("{formula}*{hours}");
    lines.formula(
        "agent-hours by Erlang C, each channel alone",
        Shape::Hours,
        formula,
        asked * hours,
    );
    lines
}
