//! `[shift.*]`: shift templates in site-local time.

use super::cursor::{Cursor, Item};
use super::on_call;
use crate::scenario::forms;
use crate::scenario::model::{BreakTemplate, ShiftTemplate};

/// Reads all shift templates.
pub fn read_all(document: &Cursor<'_>) -> Vec<ShiftTemplate> {
    document
        .named("shift")
        .iter()
        .map(|(name, table)| read(name, table))
        .collect()
}

fn read(name: &str, table: &Cursor<'_>) -> ShiftTemplate {
    let starts = table
        .need(
            "start",
            "{ from = \"07:30\", to = \"11:30\", step = \"30m\" }",
        )
        .and_then(|i| starts(&i));
    let lengths = table.need("length", "\"8h30m\"").and_then(|i| lengths(&i));
    let lengths = lengths.unwrap_or_else(|| vec![480]);
    let starts = starts.unwrap_or_else(|| vec![480]);
    let breaks = table.get("breaks").map_or_else(Vec::new, |i| {
        i.list()
            .iter()
            .filter_map(|b| a_break(b, &lengths))
            .collect()
    });
    ShiftTemplate {
        name: name.to_string(),
        on_call: on_call::terms(table, &starts, &lengths),
        starts_min: starts,
        lengths_min: lengths,
        breaks,
        days: table
            .get("days")
            .and_then(|i| i.form("weekdays", "\"Mon-Fri\"", forms::weekdays))
            .unwrap_or_default(),
    }
}

/// One start or several: `"08:00"`, `["08:00", "12:00"]`, or `{ from, to, step }` with the last included.
fn starts(item: &Item<'_>) -> Option<Vec<u32>> {
    let time = |i: &Item<'_>| i.form("a time of day", "\"08:00\"", forms::time_of_day);
    choices(item, time, "\"08:00\"").map(|mut all| {
        all.iter_mut().for_each(|m| *m %= 1440);
        all.sort_unstable();
        all.dedup();
        all
    })
}

fn lengths(item: &Item<'_>) -> Option<Vec<u32>> {
    let read = |i: &Item<'_>| {
        let minutes = i.minutes()?;
        i.within(
            f64::from(minutes),
            15.0,
            1440.0,
            "between 15 minutes and 24 hours",
        )
        .then_some(minutes)
    };
    choices(item, read, "\"8h\"")
}

/// A value, a list of values or a range with a step; minutes, ascending.
fn choices(
    item: &Item<'_>,
    read: impl Fn(&Item<'_>) -> Option<u32>,
    example: &str,
) -> Option<Vec<u32>> {
    let Some(range) = item.as_table() else {
        let mut all: Vec<u32> = item.list().iter().map(&read).collect::<Option<_>>()?;
        if all.is_empty() {
            return item.wrong_kind("at least one value", example);
        }
        all.sort_unstable();
        return Some(all);
    };
    let from = range.need("from", example).and_then(|i| read(&i));
    let to = range.need("to", example).and_then(|i| read(&i));
    let step = range.need("step", "\"30m\"").and_then(|i| i.minutes());
    let (from, mut to, step) = (from?, to?, step?);
    if step == 0 {
        range.get("step")?.out_of_range("0", "at least one minute");
        return None;
    }
    // Starts may run past midnight: 22:00 to 02:00.
    if to < from
        && read(&range.get("to")?).is_some_and(|t| t < 1440)
        && from < 1440
        && !example.contains('h')
    {
        to += 1440;
    }
    if to < from {
        range.get("to")?.error(
            "empty-range",
            format!("`{}` ends before it begins", item.path),
            "before `from`",
            "let `to` be at least `from`",
        );
        return None;
    }
    Some((from..=to).step_by(step as usize).collect())
}

fn a_break(item: &Item<'_>, lengths: &[u32]) -> Option<BreakTemplate> {
    let table = item.table()?;
    let length = table.need("length", "\"30m\"").and_then(|i| i.minutes());
    let from = table.need("from", "\"3h\"").and_then(|i| i.minutes());
    let to = table.get("to").map_or(from, |i| i.minutes());
    let paid = table.get("paid").map_or(Some(true), |i| i.flag());
    let rest = BreakTemplate {
        length_min: length?,
        from_min: from?,
        to_min: to?,
        paid: paid?,
    };
    if rest.to_min < rest.from_min {
        table.get("to")?.error(
            "empty-range",
            format!(
                "the window of this break in `{}` ends before it begins",
                table.path
            ),
            "before `from`",
            "let `to` be at least `from`",
        );
        return None;
    }
    let shortest = lengths.iter().min().copied().unwrap_or(0);
    if rest.to_min + rest.length_min > shortest {
        item.error(
            "break-outside-shift",
            format!(
                "a break of `{}` may end {} after the start of a shift of {}",
                table.path,
                hours(rest.to_min + rest.length_min),
                hours(shortest)
            ),
            "reaches beyond the end of the shift",
            "move the latest start `to` forward, or lengthen the shift",
        );
        return None;
    }
    Some(rest)
}

/// Minutes as people write them: `8h30m`.
fn hours(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, rest) => format!("{rest}m"),
        (whole, 0) => format!("{whole}h"),
        (whole, rest) => format!("{whole}h{rest}m"),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, codes, good};

    #[test]
    fn the_last_start_is_included_and_may_be_past_midnight() {
        let scenario = good(&changed(&[]));
        assert_eq!(scenario.shifts[0].starts_min, [480, 540, 600]);
        let night = changed(&[
            ("open = \"Mon-Fri 08:00-18:00\"", "open = \"24/7\""),
            (
                "from = \"08:00\", to = \"10:00\"",
                "from = \"23:00\", to = \"01:00\"",
            ),
        ]);
        assert_eq!(good(&night).shifts[0].starts_min, [0, 60, 1380]);
    }

    #[test]
    fn one_start_several_lengths_and_days() {
        let text = changed(&[
            (
                "{ from = \"08:00\", to = \"10:00\", step = \"1h\" }",
                "\"09:00\"",
            ),
            (
                "length = \"8h\"",
                "length = { from = \"4h\", to = \"8h\", step = \"2h\" }\ndays = \"Mon-Wed\"",
            ),
        ]);
        let shift = &good(&text).shifts[0];
        assert_eq!(
            (shift.starts_min.as_slice(), shift.lengths_min.as_slice()),
            (&[540][..], &[240, 360, 480][..])
        );
        assert_eq!(shift.days.len(), 3);
    }

    #[test]
    fn an_empty_list_is_no_start() {
        let text = changed(&[("{ from = \"08:00\", to = \"10:00\", step = \"1h\" }", "[]")]);
        assert_eq!(codes(&text), ["wrong-type"]);
        let none = changed(&[("shifts = [\"day\"]", "shifts = []")]);
        assert!(codes(&none).contains(&"missing-key"));
    }

    #[test]
    fn a_range_that_ends_before_it_begins_and_a_break_beyond_the_shift_are_refused() {
        let text = changed(&[(
            "length = \"8h\"",
            "length = { from = \"9h\", to = \"8h\", step = \"1h\" }",
        )]);
        assert_eq!(codes(&text), ["empty-range"]);
        let text = changed(&[(
            "length = \"8h\"",
            "length = \"8h\"\nbreaks = [{ length = \"30m\", from = \"3h\", to = \"7h45m\" }]",
        )]);
        assert_eq!(codes(&text), ["break-outside-shift"]);
    }
}
