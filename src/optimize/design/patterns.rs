//! PATTERNS.toml: the interval, the prices and the shift patterns allowed.

use super::instance::{Pause, Prices, Shift, Variant};
use super::sheet::{self, Sheet};
use crate::scenario::diagnostic::Diagnostics;
use crate::scenario::forms;
use crate::scenario::node::{Node, Value};
use std::collections::BTreeMap;

/// Most duties (shift, break, day) a problem may have.
const DUTY_LIMIT: usize = 2_000_000;

/// What a pattern file says; days are only known with the requirement.
#[derive(Clone, Debug)]
pub(super) struct Patterns {
    pub interval_min: u32,
    pub cyclic: bool,
    pub prices: Prices,
    pub patterns: Vec<Pattern>,
}

/// One `[[pattern]]`, in intervals.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    starts: Vec<usize>,
    lengths: Vec<usize>,
    pauses: Vec<Option<Pause>>,
    days: Option<Days>,
}

/// The days a pattern may start on, with the place they were written at.
#[derive(Clone, Debug)]
struct Days {
    node: Node,
    numbers: Vec<usize>,
    weekly: bool,
}

/// Reads the document: the interval, and everything; `None` after errors that leave nothing to go on with.
pub(super) fn read(
    document: Sheet<'_>,
    notes: &mut Diagnostics,
) -> (Option<u32>, Option<Patterns>) {
    document.only(&["interval", "cyclic", "objective", "pattern"], notes);
    let interval = document
        .need("interval", "\"15m\"", notes)
        .and_then(|node| interval(node, notes));
    let cyclic = match document.need(
        "cyclic",
        "true (the last day is followed by the first) or false",
        notes,
    ) {
        Some(node) => sheet::truth(node, notes),
        None => None,
    };
    let example = "{ understaffing = 1.0, overstaffing = 1.0, distinct_shift = 15.0 }";
    let prices = document
        .need("objective", example, notes)
        .and_then(|node| sheet::table(node, "[objective]", example, notes))
        .and_then(|objective| prices(objective, notes));
    // Without an interval the patterns are still checked, on a grid of minutes.
    let patterns = read_patterns(document, interval.unwrap_or(1), notes);
    let whole = || {
        Some(Patterns {
            interval_min: interval?,
            cyclic: cyclic?,
            prices: prices?,
            patterns: patterns?,
        })
    };
    (interval, whole())
}

fn interval(node: &Node, notes: &mut Diagnostics) -> Option<u32> {
    let minutes = sheet::minutes(node, false, notes)?;
    if minutes == 0 || !1440_u32.is_multiple_of(minutes) {
        let why = format!("a day is not a whole number of intervals of {minutes} minutes");
        return sheet::refuse(
            node,
            why,
            "write a part of a day, like \"15m\", \"30m\" or \"1h\"",
            notes,
        );
    }
    Some(minutes)
}

fn prices(objective: Sheet<'_>, notes: &mut Diagnostics) -> Option<Prices> {
    objective.only(
        &[
            "understaffing",
            "overstaffing",
            "distinct_shift",
            "paid_minute",
        ],
        notes,
    );
    let needed = objective.need("understaffing", "1.0", notes);
    let understaffing = needed.and_then(|node| sheet::price(node, notes));
    let mut optional = |key: &str| match objective.get(key) {
        Some(node) => sheet::price(node, notes),
        None => Some(0.0),
    };
    let (over, distinct, paid) = (
        optional("overstaffing"),
        optional("distinct_shift"),
        optional("paid_minute"),
    );
    Some(Prices {
        understaffing: understaffing?,
        overstaffing: over?,
        distinct_shift: distinct?,
        paid_minute: paid?,
    })
}

fn read_patterns(
    document: Sheet<'_>,
    interval: u32,
    notes: &mut Diagnostics,
) -> Option<Vec<Pattern>> {
    let example = "one [[pattern]] per kind of shift, with name, start and length";
    let node = document.need(
        "pattern",
        "...; write one [[pattern]] per kind of shift",
        notes,
    )?;
    let Value::Array(items) = &node.value else {
        return sheet::wrong_kind(node, "a list of tables", &format!("write {example}"), notes);
    };
    if items.is_empty() {
        return sheet::refuse(
            node,
            "there is no pattern",
            format!("write {example}"),
            notes,
        );
    }
    let read: Vec<Option<Pattern>> = items
        .iter()
        .map(|item| {
            pattern(
                sheet::table(item, "[[pattern]]", example, notes)?,
                interval,
                notes,
            )
        })
        .collect();
    read.into_iter().collect()
}

fn pattern(table: Sheet<'_>, interval: u32, notes: &mut Diagnostics) -> Option<Pattern> {
    table.only(&["name", "start", "length", "days", "break"], notes);
    let name = table
        .need("name", "\"early\"", notes)
        .and_then(|node| sheet::text(node, "\"early\"", notes));
    let starts = table
        .need(
            "start",
            "{ from = \"05:00\", to = \"08:00\", step = \"15m\" }",
            notes,
        )
        .and_then(|node| range(node, Axis::Clock, interval, notes));
    let lengths = table
        .need(
            "length",
            "{ from = \"7h\", to = \"9h\", step = \"15m\" }",
            notes,
        )
        .and_then(|node| range(node, Axis::Length, interval, notes));
    let days = match table.get("days") {
        Some(node) => days(node, notes).map(Some),
        None => Some(None),
    };
    let pauses = match table.get("break") {
        Some(node) => pauses(node, interval, notes),
        None => Some(vec![None]),
    };
    let (lengths, pauses) = (lengths?, pauses?);
    check_fit(table, &lengths, &pauses, interval, notes)?;
    let (starts, days) = (starts?, days?);
    name?;
    Some(Pattern {
        starts,
        lengths,
        pauses,
        days,
    })
}

/// Every length must have room for one of the breaks.
fn check_fit(
    table: Sheet<'_>,
    lengths: &[usize],
    pauses: &[Option<Pause>],
    interval: u32,
    notes: &mut Diagnostics,
) -> Option<()> {
    let earliest_end = pauses
        .iter()
        .map(|pause| pause.map_or(0, |p| p.offset + p.length))
        .min()?;
    let shortest = lengths.iter().min()?;
    if earliest_end <= *shortest {
        return Some(());
    }
    let node = table.get("break").or_else(|| table.get("length"))?;
    let minutes = |intervals: usize| intervals * interval as usize;
    let why = format!(
        "the earliest break ends {} minutes after the start, but the shortest shift is {} minutes long",
        minutes(earliest_end),
        minutes(*shortest)
    );
    sheet::refuse(
        node,
        why,
        "let the break begin earlier, or give short shifts a pattern of their own",
        notes,
    )
}

/// What a range runs over.
#[derive(Clone, Copy, PartialEq)]
enum Axis {
    /// Times of day; a range may wrap midnight.
    Clock,
    /// Lengths of shifts, longer than nothing.
    Length,
    /// Times since the start of a shift.
    Since,
}

/// A range `{ from, to, step }`, or a single value, in intervals.
fn range(node: &Node, axis: Axis, interval: u32, notes: &mut Diagnostics) -> Option<Vec<usize>> {
    if matches!(node.value, Value::String(_)) {
        let only = bound(node, axis, interval, notes)?;
        return Some(vec![only]);
    }
    let example = match axis {
        Axis::Clock => "{ from = \"05:00\", to = \"08:00\", step = \"15m\" }",
        Axis::Length | Axis::Since => "{ from = \"7h\", to = \"9h\", step = \"15m\" }",
    };
    let table = sheet::table(node, "this range", example, notes)?;
    table.only(&["from", "to", "step"], notes);
    values(table, axis, interval, notes)
}

fn values(
    table: Sheet<'_>,
    axis: Axis,
    interval: u32,
    notes: &mut Diagnostics,
) -> Option<Vec<usize>> {
    let example = if axis == Axis::Clock {
        "\"05:00\""
    } else {
        "\"7h\""
    };
    let from = table
        .need("from", example, notes)
        .and_then(|node| bound(node, axis, interval, notes));
    let to = match table.get("to") {
        Some(node) => bound(node, axis, interval, notes),
        None => from,
    };
    let step = match table.get("step") {
        Some(node) => step(node, interval, notes),
        None => Some(1),
    };
    let (from, mut to, step) = (from?, to?, step?);
    let per_day = (1440 / interval) as usize;
    if from > to && axis == Axis::Clock {
        to += per_day;
    } else if from > to {
        let node = table.get("to")?;
        return sheet::refuse(
            node,
            "`to` is less than `from`",
            "write the shorter first",
            notes,
        );
    }
    let wrapped = |value: usize| {
        if axis == Axis::Clock {
            value % per_day
        } else {
            value
        }
    };
    Some((from..=to).step_by(step).map(wrapped).collect())
}

fn bound(node: &Node, axis: Axis, interval: u32, notes: &mut Diagnostics) -> Option<usize> {
    let minutes = sheet::minutes(node, axis == Axis::Clock, notes)?;
    let value = sheet::on_grid(node, minutes, interval, notes)?;
    if value == 0 && axis == Axis::Length {
        return sheet::refuse(
            node,
            "a shift must last",
            "write a length like \"8h\"",
            notes,
        );
    }
    if axis == Axis::Clock && minutes == 1440 {
        return sheet::refuse(
            node,
            "no shift starts at the end of the day",
            "write \"00:00\"",
            notes,
        );
    }
    Some(value)
}

fn step(node: &Node, interval: u32, notes: &mut Diagnostics) -> Option<usize> {
    let minutes = sheet::minutes(node, false, notes)?;
    if minutes == 0 {
        return sheet::refuse(
            node,
            "a step of nothing",
            "write a step like \"15m\"",
            notes,
        );
    }
    sheet::on_grid(node, minutes, interval, notes)
}

fn pauses(node: &Node, interval: u32, notes: &mut Diagnostics) -> Option<Vec<Option<Pause>>> {
    let example = "{ length = \"30m\", from = \"3h\", to = \"5h\", step = \"15m\", paid = true }";
    let table = sheet::table(node, "`break`", example, notes)?;
    table.only(&["length", "from", "to", "step", "paid"], notes);
    let length = table
        .need("length", "\"30m\"", notes)
        .and_then(|node| bound(node, Axis::Length, interval, notes));
    let offsets = values(table, Axis::Since, interval, notes);
    let paid = match table.get("paid") {
        Some(node) => sheet::truth(node, notes),
        None => Some(false),
    };
    let (length, paid) = (length?, paid?);
    Some(
        offsets?
            .into_iter()
            .map(|offset| {
                Some(Pause {
                    offset,
                    length,
                    paid,
                })
            })
            .collect(),
    )
}

/// `[1, 2, 3]` are days of the requirement, `"Mon-Fri"` days of every week, the first day a Monday.
fn days(node: &Node, notes: &mut Diagnostics) -> Option<Days> {
    let help = "write the numbers of days, like [1, 2, 3], or days of the week, like \"Mon-Fri\" (day 1 is a Monday)";
    let mut numbers = Vec::new();
    let weekly = matches!(node.value, Value::String(_));
    match &node.value {
        Value::String(text) => match forms::weekdays(text) {
            Ok(days) => numbers.extend(days.iter().map(|day| day.to_monday_zero_offset() as usize)),
            Err(error) => return sheet::refuse(node, error.why, help, notes),
        },
        Value::Array(items) => {
            for item in items {
                match item.value {
                    Value::Integer(day) if (1..=366).contains(&day) => {
                        numbers.push(day as usize - 1)
                    }
                    _ => {
                        return sheet::refuse(item, "this is not the number of a day", help, notes);
                    }
                }
            }
        }
        _ => return sheet::wrong_kind(node, "a list of days", help, notes),
    }
    if numbers.is_empty() {
        return sheet::refuse(node, "no day is named", help, notes);
    }
    Some(Days {
        node: node.clone(),
        numbers,
        weekly,
    })
}

/// All distinct shifts of the patterns over a horizon. Equal start and length from two patterns are
/// one shift, which may then be worked in either way.
pub(super) fn shifts(
    patterns: &Patterns,
    days: usize,
    notes: &mut Diagnostics,
) -> Option<Vec<Shift>> {
    let mut shifts: BTreeMap<(usize, usize), BTreeMap<Option<Pause>, Vec<bool>>> = BTreeMap::new();
    let mut duties = 0_usize;
    for pattern in &patterns.patterns {
        let allowed = pattern.allowed(days, notes)?;
        for (start, length) in pattern
            .starts
            .iter()
            .flat_map(|s| pattern.lengths.iter().map(move |l| (*s, *l)))
        {
            let ways = shifts.entry((start, length)).or_default();
            for pause in &pattern.pauses {
                if pause.is_some_and(|pause| pause.offset + pause.length > length) {
                    continue;
                }
                let known = ways.entry(*pause).or_insert_with(|| vec![false; days]);
                for (known, allowed) in known.iter_mut().zip(&allowed) {
                    duties += usize::from(*allowed && !*known);
                    *known |= allowed;
                }
            }
            if duties > DUTY_LIMIT {
                return None;
            }
        }
    }
    let shift =
        |((start, length), ways): ((usize, usize), BTreeMap<Option<Pause>, Vec<bool>>)| Shift {
            start,
            length,
            variants: ways
                .into_iter()
                .map(|(pause, days)| Variant { pause, days })
                .collect(),
        };
    Some(shifts.into_iter().map(shift).collect())
}

impl Pattern {
    /// On which days of the horizon it may start.
    fn allowed(&self, days: usize, notes: &mut Diagnostics) -> Option<Vec<bool>> {
        let Some(listed) = &self.days else {
            return Some(vec![true; days]);
        };
        if !listed.weekly && listed.numbers.iter().any(|day| *day >= days) {
            let why = format!("the requirement has {days} days");
            return sheet::refuse(
                &listed.node,
                why,
                format!("write days from 1 to {days}"),
                notes,
            );
        }
        let on = |day: usize| {
            listed
                .numbers
                .contains(&if listed.weekly { day % 7 } else { day })
        };
        Some((0..days).map(on).collect())
    }

    /// Longest shift in intervals.
    pub(super) fn longest(&self) -> usize {
        self.lengths.iter().copied().max().unwrap_or(0)
    }
}
