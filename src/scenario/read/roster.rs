//! A team's `roster`: `"fit"`, `"even"`, `"none"`, or a data file that says who works when.
//!
//! A file is told by its columns: `day, shift, heads` (with `week`, `start`, `length`, `breaks`, `contract` where needed)
//! are duties; `start, agents` is a number of agents from an instant until the next row's, or until `end`; `agent, start, end` are spells of single agents.
//! Local times are in `zone`, the team's clock unless said: `roster = { file = "agents.csv", zone = "Asia/Jerusalem" }`.

use super::cursor::Item;
use super::data::{self, CsvFile, Row};
use super::horizon;
use super::team::{Company, MOST_HEADS};
use crate::scenario::forms;
use crate::scenario::model::{DutyRow, RosterSource, ShiftTemplate};
use crate::time::{Horizon, Tick};
use jiff::tz::TimeZone;

/// Reads the roster of a team that may use `shifts`, in the zone of its clock.
pub fn read(
    item: &Item<'_>,
    shifts: &[usize],
    clock: &TimeZone,
    company: &Company<'_>,
) -> RosterSource {
    match item.as_text() {
        Some("fit") => return RosterSource::Fit,
        Some("even") => return RosterSource::Even,
        Some("none") => return RosterSource::None,
        Some(text) if !text.contains('.') => {
            item.error(
                "unknown-word",
                format!("`{}` cannot be \"{text}\"", item.path),
                "not one of the words that stand here",
                "write \"fit\", \"even\", \"none\" or the name of a CSV file",
            );
            return RosterSource::None;
        }
        _ => {}
    }
    from_file(item, shifts, clock, company).unwrap_or(RosterSource::None)
}

fn from_file(
    item: &Item<'_>,
    shifts: &[usize],
    clock: &TimeZone,
    company: &Company<'_>,
) -> Option<RosterSource> {
    let table = if item.as_text().is_some() {
        None
    } else {
        Some(item.table()?)
    };
    let file = table
        .as_ref()
        .map_or_else(|| Some(item.clone()), |t| t.need("file", "\"agents.csv\""))?;
    let zone = table
        .as_ref()
        .and_then(|t| t.get("zone"))
        .map_or_else(|| Some(clock.clone()), |i| horizon::zone(&i))?;
    let csv = data::open(
        &file,
        &[],
        &[
            "week", "day", "shift", "heads", "start", "length", "breaks", "contract", "agents",
            "agent", "end",
        ],
    )?;
    let has = |columns: &[&str]| columns.iter().all(|c| csv.has(c));
    if has(&["day", "shift", "heads"]) {
        duties(&csv, shifts, company).map(RosterSource::Duties)
    } else if has(&["agent", "start", "end"]) {
        spells(&csv, &zone, company.horizon).map(RosterSource::Spells)
    } else if has(&["start", "agents"]) {
        levels(&csv, &zone, company.horizon).map(RosterSource::Levels)
    } else {
        file.error(
            "unknown-roster",
            format!(
                "`{}`: the columns of this file do not make a roster",
                file.path
            ),
            "neither duties, levels nor spells",
            "use the columns `week, day, shift, heads`, or `start, agents`, or `agent, start, end`",
        );
        None
    }
}

fn duties(csv: &CsvFile<'_>, shifts: &[usize], company: &Company<'_>) -> Option<Vec<DutyRow>> {
    // Every row is read, so that every mistake is noted.
    let rows: Vec<Option<DutyRow>> = csv.rows().map(|row| duty(&row, shifts, company)).collect();
    rows.into_iter().collect()
}

fn duty(row: &Row<'_>, shifts: &[usize], company: &Company<'_>) -> Option<DutyRow> {
    let day = row.weekday("day");
    let heads = row.count("heads");
    let week = row.optional("week", Row::count);
    let start = row.optional("start", Row::time);
    let length = row.optional("length", Row::minutes);
    let name = row.text("shift").unwrap_or_default();
    let shift = company
        .names
        .shifts
        .find(name)
        .filter(|s| shifts.contains(s));
    row.must("shift", shift.is_some(), "one of the team's shifts");
    let contract = match row.text("contract") {
        Some(name) if !name.is_empty() => {
            let found = company.names.contracts.find(name);
            row.must("contract", found.is_some(), "a contract of the scenario")
                .then_some(found)?
        }
        _ => None,
    };
    let template = &company.shifts[shift?];
    Some(DutyRow {
        week: week?,
        day: day?,
        shift: shift?,
        start_min: start?.unwrap_or(template.starts_min[0]),
        length_min: length?.unwrap_or(template.lengths_min[0]),
        breaks_min: breaks(row, template)?,
        heads: heads?,
        contract,
    })
}

/// `breaks` holds one start after the shift's start for each break, apart by blanks: `3h 6h15m`; the earliest else.
fn breaks(row: &Row<'_>, template: &ShiftTemplate) -> Option<Vec<u32>> {
    let text = row.text("breaks").unwrap_or_default();
    if text.is_empty() {
        return Some(template.breaks.iter().map(|b| b.from_min).collect());
    }
    let minutes = |t: &str| Some((forms::duration(t).ok()? / 60.0).round() as u32);
    let read: Option<Vec<u32>> = text.split_whitespace().map(minutes).collect();
    let complete = read.filter(|r| r.len() == template.breaks.len());
    row.must(
        "breaks",
        complete.is_some(),
        "one start for each break of the shift, such as `3h 6h15m`",
    );
    complete
}

fn levels(csv: &CsvFile<'_>, zone: &TimeZone, horizon: &Horizon) -> Option<Vec<(Tick, u32)>> {
    let rows: Vec<Option<(i64, Option<i64>, u32)>> = csv
        .rows()
        .map(|row| {
            let start = row.instant("start", zone);
            let end = row.optional("end", |row, column| row.instant(column, zone));
            let agents = row.count("agents");
            row.must(
                "agents",
                agents.is_none_or(|n| n <= MOST_HEADS),
                "a number of agents",
            );
            Some((start?, end?, agents?))
        })
        .collect();
    let mut rows: Vec<(i64, Option<i64>, u32)> = rows.into_iter().collect::<Option<_>>()?;
    rows.sort_by_key(|r| r.0);
    let mut levels: Vec<(Tick, u32)> = Vec::new();
    let mut put = |at: i64, agents: u32| {
        let tick = clamped(at, horizon);
        match levels.last_mut() {
            // Rows before the horizon fall on its first tick; the last of them holds there.
            Some(last) if last.0 == tick => last.1 = agents,
            _ => levels.push((tick, agents)),
        }
    };
    for (index, &(start, end, agents)) in rows.iter().enumerate() {
        put(start, agents);
        let next = rows.get(index + 1).map_or(i64::MAX, |r| r.0);
        if let Some(end) = end.filter(|end| *end < next) {
            put(end, 0);
        }
    }
    Some(levels)
}

fn spells(csv: &CsvFile<'_>, zone: &TimeZone, horizon: &Horizon) -> Option<Vec<(u32, Tick, Tick)>> {
    let mut agents: Vec<String> = Vec::new();
    let mut spells = Vec::new();
    let mut readable = true;
    for row in csv.rows() {
        let (Some(name), Some(start), Some(end)) = (
            row.text("agent"),
            row.instant("start", zone),
            row.instant("end", zone),
        ) else {
            readable = false;
            continue;
        };
        readable &= row.must("end", start < end, "later than the start");
        let number = agents.iter().position(|a| a == name).unwrap_or_else(|| {
            agents.push(name.to_string());
            agents.len() - 1
        });
        let (from, to) = (clamped(start, horizon), clamped(end, horizon));
        if from < to {
            spells.push((number as u32, from, to));
        }
    }
    spells.sort_unstable();
    readable.then_some(spells)
}

fn clamped(second: i64, horizon: &Horizon) -> Tick {
    jiff::Timestamp::from_second(second).map_or(0, |t| horizon.tick_of_clamped(t))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, read_in};
    use crate::scenario::model::RosterSource;
    use crate::time::{HOUR, MINUTE};
    use jiff::civil::Weekday;

    fn roster(csv: &str) -> (RosterSource, Vec<&'static str>) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("agents.csv"), csv).unwrap();
        let (mut scenario, items) = read_in(
            folder.path(),
            &changed(&[("roster = \"fit\"", "roster = \"agents.csv\"")]),
        );
        (
            scenario.teams.remove(0).roster,
            items.iter().map(|d| d.code).collect(),
        )
    }

    #[test]
    fn the_columns_say_what_a_roster_is() {
        let (duties, codes) =
            roster("week,day,shift,heads,start\n,Mon,day,5,\n2,Tue,day,3,09:00\n");
        assert!(codes.is_empty(), "{codes:?}");
        let RosterSource::Duties(rows) = duties else {
            unreachable!("duties")
        };
        assert_eq!(
            (rows[0].week, rows[0].day, rows[0].start_min, rows[0].heads),
            (None, Weekday::Monday, 480, 5)
        );
        assert_eq!(
            (rows[1].week, rows[1].start_min, rows[1].length_min),
            (Some(2), 540, 480)
        );

        let (levels, _) = roster("start,agents\n2027-01-11 08:00,5\n2027-01-11 08:30,7\n");
        assert!(
            matches!(levels, RosterSource::Levels(rows) if rows == [(8 * HOUR, 5), (8 * HOUR + 30 * MINUTE, 7)])
        );

        let (gaps, _) = roster(
            "start,end,agents\n2027-01-11 08:00,2027-01-11 09:00,5\n2027-01-11 10:00,2027-01-11 11:00,7\n",
        );
        let expected = [(8, 5), (9, 0), (10, 7), (11, 0)].map(|(h, n)| (h * HOUR, n));
        assert!(matches!(gaps, RosterSource::Levels(rows) if rows == expected));

        let (spells, _) = roster(
            "agent,start,end\nanna,2027-01-11 08:00,2027-01-11 12:00\nbert,2027-01-10 08:00,2027-01-11 09:00\n",
        );
        assert!(
            matches!(spells, RosterSource::Spells(rows) if rows == [(0, 8 * HOUR, 12 * HOUR), (1, 0, 9 * HOUR)])
        );
    }

    #[test]
    fn mistakes_in_rows_are_all_noted() {
        let (_, codes) = roster("day,shift,heads\nMon,dya,5\nMoon,day,5\nTue,day,x\n");
        assert_eq!(codes, ["bad-cell", "bad-cell", "bad-cell"]);
        assert_eq!(roster("a,b\n1,2\n").1.last(), Some(&"unknown-roster"));
    }
}
