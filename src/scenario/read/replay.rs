//! `history`: measured counts per interval, replayed.
//!
//! `history = { file = "counts.csv", zone = "Europe/Berlin", replay = "exact", interval = "30m" }`, or the file's name
//! alone. The file has the columns `start` (local date and time) and `contacts`, and may split by `channel`, `topic`,
//! `language`, `priority` and `segment`; a row whose field is empty counts for all. Redials and returns are in the counts, so a
//! replayed stream generates none of its own.
//!
//! ```
//! use staffwright::scenario::arrivals;
//! # let base = std::env::current_dir()?.join("scenarios/startup/scenario.toml");
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("variant.toml");
//! let counts = "start,contacts\n2027-01-11T10:00,14\n2027-01-11T10:15,9\n";
//! let tickets = "time\n2027-01-11T09:58:20\n2027-01-11T10:31:05\n";
//! let text = r#"
//! [topic.calls]
//! history   = { file = "counts.csv", replay = "exact" }     # counts per interval
//! channels  = { phone = "100%" }
//! languages = { en = "100%" }
//! handle    = "5m"
//! ends      = { resolved = "100%" }
//! [topic.tickets]
//! trace     = "tickets.csv"                                # time stamps
//! channels  = { mail = "100%" }
//! languages = { en = "100%" }
//! handle    = "5m"
//! ends      = { resolved = "100%" }
//! "#;
//! # std::fs::write(folder.path().join("counts.csv"), counts)?;
//! # std::fs::write(folder.path().join("tickets.csv"), tickets)?;
//! # std::fs::write(&path, format!("base = {base:?}\n{text}"))?;
//! // A variant of the bundled startup, on whose first morning so many came.
//! let scenario = staffwright::scenario::load(&path).map_err(|mistakes| mistakes.render(false))?;
//! let expected = |topic: &str| -> f64 {
//!     let streams = scenario.streams.iter().enumerate().filter(|(_, s)| s.name.starts_with(topic));
//!     streams.flat_map(|(s, _)| arrivals::expected(&scenario, s)).sum()
//! };
//! assert_eq!((expected("calls"), expected("tickets")), (23.0, 2.0));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::cursor::{Cursor, Item};
use super::data::{self, CsvFile, Row};
use super::horizon;
use crate::scenario::model::Replay;
use crate::time::{Horizon, Tick};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// The columns a file may split by, in the order of [`Part::names`].
pub const SPLITS: [&str; 5] = ["channel", "topic", "language", "priority", "segment"];

/// The part of the counts that belongs to one stream.
pub struct Part<'n> {
    /// Names of its channel, topic, language, priority class and segment.
    pub names: [&'n str; 5],
    /// Its share of what the file does not split by channel, language, priority and segment (topics are never split by shares).
    pub shares: [f64; 5],
}

impl Part<'_> {
    /// The share of a row that is the stream's: all of it where the file splits as the demand does, none of another's.
    pub fn of_row(&self, row: &Row<'_>) -> Option<f64> {
        let mut share = 1.0;
        for (column, (name, part)) in SPLITS.iter().zip(self.names.iter().zip(self.shares)) {
            match row.text(column) {
                None | Some("") => share *= part,
                Some(text) if text == *name => {}
                Some(_) => return None,
            }
        }
        Some(share)
    }
}

/// Reads the counts of one stream; `default_zone` is the scenario's. They may be none: not every topic has every class.
pub fn read(
    item: &Item<'_>,
    part: &Part<'_>,
    horizon: &Horizon,
    default_zone: &TimeZone,
) -> Option<Replay> {
    let table = item.as_table();
    let get = |key: &str| table.as_ref().and_then(|t: &Cursor<'_>| t.get(key));
    let file = match &table {
        Some(table) => table.need("file", "\"counts.csv\"")?,
        None => item.clone(),
    };
    let zone = get("zone").map_or_else(|| Some(default_zone.clone()), |i| horizon::zone(&i));
    let exact = get("replay")
        .map_or(Some(0), |i| i.word(&["exact", "poisson"]))
        .map(|w| w == 0);
    let stated = get("interval").map(|i| i.minutes());
    let csv = data::open(&file, &["start", "contacts"], &SPLITS)?;
    let rows = rows(&csv, part, &zone?)?;
    let length = match stated {
        Some(minutes) => i64::from(minutes?) * 60,
        None => shortest_gap(&csv, &rows, &file)?,
    };
    let exact = exact?;
    let counts = laid(&rows, length, horizon);
    if exact && counts.iter().any(|(_, _, n)| n.fract() != 0.0) {
        file.error(
            "split-counts",
            "exact counts cannot be split by shares: the parts are not whole",
            "the file does not split these counts itself",
            "add the missing column to the file, or write `replay = \"poisson\"`",
        );
        return None;
    }
    Some(Replay { counts, exact })
}

/// Counts of one stream by start, in seconds since 1970.
fn rows(csv: &CsvFile<'_>, part: &Part<'_>, zone: &TimeZone) -> Option<Vec<(i64, f64)>> {
    let mut out: Vec<(i64, f64)> = Vec::new();
    let mut readable = true;
    for row in csv.rows() {
        let Some(share) = part.of_row(&row) else {
            continue;
        };
        let contacts = row.amount("contacts");
        match (row.instant("start", zone), contacts) {
            (Some(start), Some(contacts)) => out.push((start, contacts * share)),
            _ => readable = false,
        }
    }
    readable.then_some(out)
}

/// The smallest step between two starts of the whole file.
fn shortest_gap(csv: &CsvFile<'_>, rows: &[(i64, f64)], file: &Item<'_>) -> Option<i64> {
    let mut starts: Vec<i64> = rows.iter().map(|r| r.0).collect();
    starts.sort_unstable();
    let gap = starts
        .windows(2)
        .map(|w| w[1] - w[0])
        .filter(|gap| *gap > 0)
        .min();
    if gap.is_none() && csv.rows().next().is_some() && !rows.is_empty() {
        file.error(
            "unknown-interval",
            "the length of the counted intervals cannot be seen from this file",
            "only one start",
            "write `history = { file = \"...\", interval = \"30m\" }`",
        );
        return None;
    }
    Some(gap.unwrap_or(1800))
}

/// Rows on the horizon's ticks; rows that do not lie inside it altogether are left out.
fn laid(rows: &[(i64, f64)], length_s: i64, horizon: &Horizon) -> Vec<(Tick, Tick, f64)> {
    let mut sums: BTreeMap<Tick, f64> = BTreeMap::new();
    let length = length_s.unsigned_abs() * crate::time::SECOND;
    for (start, contacts) in rows {
        let tick = jiff::Timestamp::from_second(*start)
            .ok()
            .and_then(|t| horizon.tick_of(t));
        if let Some(tick) = tick.filter(|t| t + length <= horizon.length()) {
            *sums.entry(tick).or_default() += contacts;
        }
    }
    sums.into_iter()
        .map(|(tick, contacts)| (tick, tick + length, contacts))
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, read_in};
    use crate::scenario::model::Volume;
    use crate::time::MINUTE;

    fn counts(csv: &str, history: &str) -> (Volume, Vec<&'static str>) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("counts.csv"), csv).unwrap();
        let text = changed(&[("per_week = 1_000", &format!("history = {history}"))]);
        let (scenario, items) = read_in(folder.path(), &text);
        let codes = items.iter().map(|d| d.code).collect();
        (
            scenario.streams.first().map_or_else(
                || {
                    Volume::Counts(super::Replay {
                        counts: vec![],
                        exact: false,
                    })
                },
                |s| s.volume.clone(),
            ),
            codes,
        )
    }

    #[test]
    fn counts_are_laid_on_the_horizon() {
        let csv = "start,contacts,topic\n2027-01-10 23:30,9,help\n2027-01-11 08:00,4,help\n2027-01-11 08:30,6,help\n2027-01-11 08:00,5,other\n";
        let (volume, codes) = counts(csv, "\"counts.csv\"");
        assert!(codes.is_empty(), "{codes:?}");
        let Volume::Counts(replay) = volume else {
            unreachable!("a history is replayed")
        };
        assert!(replay.exact);
        let at = |m: u64| (480 + m) * MINUTE;
        assert_eq!(replay.counts, [(at(0), at(30), 4.0), (at(30), at(60), 6.0)]);
    }

    #[test]
    fn a_history_outside_the_horizon_is_an_error() {
        let (_, codes) = counts(
            "start,contacts\n1999-01-11 08:00,4\n1999-01-11 08:30,4\n",
            "\"counts.csv\"",
        );
        assert_eq!(codes, ["no-counts"]);
    }

    #[test]
    fn a_bad_cell_is_shown_where_it_is() {
        let (_, codes) = counts(
            "start,contacts\n2027-01-11 08:00,four\n2027-01-11 8h30,4\n",
            "{ file = \"counts.csv\", interval = \"30m\" }",
        );
        assert_eq!(codes, ["bad-cell", "bad-cell"]);
    }
}
