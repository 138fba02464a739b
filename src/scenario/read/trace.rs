//! `trace`: time stamps of contacts, replayed exactly.
//!
//! `trace = { file = "tickets.csv", zone = "Europe/Berlin" }`, or the file's name alone. The file has one row a contact
//! with its local date and `time`, and splits by `channel`, `topic`, `language`, `priority` and `segment` wherever the
//! demand has several: one time stamp cannot be divided by shares. Redials and returns are among the contacts, so a replayed stream
//! generates none of its own.

use super::cursor::{Cursor, Item};
use super::data;
use super::horizon;
use super::replay::{Part, SPLITS};
use crate::time::{Horizon, Tick};

/// Reads the time stamps of one stream inside the horizon, ascending. They may be none: not every topic has every class.
pub fn read(item: &Item<'_>, part: &Part<'_>, horizon: &Horizon) -> Option<Vec<Tick>> {
    let table = item.as_table();
    let get = |key: &str| table.as_ref().and_then(|t: &Cursor<'_>| t.get(key));
    let file = match &table {
        Some(table) => table.need("file", "\"tickets.csv\"")?,
        None => item.clone(),
    };
    let zone = get("zone").map_or_else(|| Some(horizon.zone().clone()), |i| horizon::zone(&i))?;
    let csv = data::open(&file, &["time"], &SPLITS)?;
    let mut times = Vec::new();
    let mut readable = true;
    for row in csv.rows() {
        let Some(share) = part.of_row(&row) else {
            continue;
        };
        if share > 0.0 && share < 1.0 {
            file.error(
                "split-counts",
                "time stamps cannot be split by shares: a contact is on one channel, in one language",
                "the file does not say which for each of its contacts",
                "add the missing column (channel, language, priority or segment) and fill it in every row",
            );
            return None;
        }
        match row.instant("time", &zone) {
            Some(second) => times.extend(
                jiff::Timestamp::from_second(second)
                    .ok()
                    .and_then(|t| horizon.tick_of(t)),
            ),
            None => readable = false,
        }
    }
    times.sort_unstable();
    readable.then_some(times)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, read_in};
    use crate::scenario::model::Volume;
    use crate::time::SECOND;

    fn trace(csv: &str, more: &[(&str, &str)]) -> (Vec<Volume>, Vec<&'static str>) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("tickets.csv"), csv).unwrap();
        let mut changes = vec![("per_week = 1_000", "trace = \"tickets.csv\"")];
        changes.extend_from_slice(more);
        let (scenario, items) = read_in(folder.path(), &changed(&changes));
        let volumes = scenario.streams.iter().map(|s| s.volume.clone());
        (volumes.collect(), items.iter().map(|d| d.code).collect())
    }

    #[test]
    fn time_stamps_are_laid_on_the_horizon_to_the_second() {
        let csv = "time,topic\n2027-01-11 08:00:07,help\n2027-01-11 08:00:05,help\n2027-01-10 23:59:59,help\n2027-01-11 09:00,other\n";
        let (volumes, codes) = trace(csv, &[]);
        assert_eq!(codes, Vec::<&str>::new());
        let Volume::Times(times) = &volumes[0] else {
            unreachable!("a trace is replayed")
        };
        let eight = 8 * 3600;
        assert_eq!(times, &[(eight + 5) * SECOND, (eight + 7) * SECOND]);
    }

    #[test]
    fn a_time_stamp_is_not_split_by_shares() {
        let languages = (
            "handle = \"5m\"",
            "languages = { en = \"60%\", de = \"40%\" }\nhandle = \"5m\"",
        );
        let (_, codes) = trace("time\n2027-01-11 08:00\n", &[languages]);
        assert!(codes.contains(&"split-counts"), "{codes:?}");
        let (volumes, codes) = trace(
            "time,language\n2027-01-11 08:00,en\n2027-01-11 08:01,de\n2027-01-11 08:01,de\n",
            &[languages],
        );
        assert_eq!(codes, Vec::<&str>::new());
        let counts: Vec<usize> = volumes
            .iter()
            .map(|v| match v {
                Volume::Times(times) => times.len(),
                _ => 0,
            })
            .collect();
        // German stands before English.
        assert_eq!(counts, [2, 1]);
    }

    #[test]
    fn a_trace_outside_the_horizon_is_an_error() {
        assert_eq!(trace("time\n1999-01-11 08:00\n", &[]).1, ["no-counts"]);
    }
}
