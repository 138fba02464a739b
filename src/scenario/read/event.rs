//! `[event.*]`: launches, outages, campaigns.
//!
//! ```
//! let text = r#"
//! [event.launch]
//! when   = { topics = "how-to", channels = ["phone", "chat"] }
//! date   = 2027-02-01
//! time   = "09:00"          # in the scenario's zone; midnight unless stated
//! lasts  = "2 days"
//! factor = "180%"           # while it lasts
//! decay  = "3 days"         # what it added then fades exponentially
//! [topic.how-to]
//! growth = "3%/month"       # of its volume, compounding
//! [event.mailing]
//! date     = 2027-02-10
//! lasts    = "30m"
//! contacts = 400            # so many more, instead of a factor
//! planned  = false          # nobody is placed for it
//! "#;
//! # let base = std::env::current_dir()?.join("scenarios/startup/scenario.toml");
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("variant.toml");
//! # std::fs::write(&path, format!("base = {base:?}\n{text}"))?;
//! // A variant of the bundled startup.
//! let scenario = staffwright::scenario::load(&path).map_err(|mistakes| mistakes.render(false))?;
//! let [launch, mailing] = &scenario.events[..] else { return Err("two events".into()) };
//! assert_eq!((launch.factor, launch.contacts), (1.8, None));
//! assert!((mailing.added.iter().sum::<f64>() - 400.0).abs() < 1e-9);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::cursor::{Cursor, Item};
use super::horizon;
use super::names::Names;
use super::selector;
use crate::scenario::forms;
use crate::scenario::model::{Event, Stream, Volume};
use crate::time::{Horizon, SECOND, instant};

/// Reads all events.
pub fn read_all(
    document: &Cursor<'_>,
    names: &Names,
    streams: &[Stream],
    horizon: &Horizon,
) -> Vec<Event> {
    document
        .by_name("event")
        .iter()
        .filter_map(|(name, table)| {
            let touched = touched(table, names, streams);
            read(name, table, touched, horizon)
        })
        .collect()
}

fn touched(table: &Cursor<'_>, names: &Names, streams: &[Stream]) -> Vec<usize> {
    let picked = selector::chosen(table, names, streams);
    // Exact replays are what they were; a factor moves none of their contacts.
    let is_random = |s: &usize| {
        !matches!(&streams[*s].volume, Volume::Counts(r) if r.exact)
            && !matches!(streams[*s].volume, Volume::Times(_))
    };
    if table.get("factor").is_none() {
        return picked;
    }
    let moved: Vec<usize> = picked.iter().copied().filter(is_random).collect();
    if moved.is_empty() && !picked.is_empty() {
        table.notes.error(
            "event-on-replay",
            table.key_span("factor"),
            format!(
                "`{}` would multiply contacts that are replayed exactly as they were",
                table.path
            ),
            "nothing here is random",
            "write `contacts = 400` for so many more, or `replay = \"poisson\"` in the history",
        );
    }
    moved
}

fn read(name: &str, table: &Cursor<'_>, streams: Vec<usize>, horizon: &Horizon) -> Option<Event> {
    let date = table
        .need("date", "2027-03-01")
        .and_then(|i| horizon::date(&i));
    let minute = table.get("time").map_or(Some(0), |i| {
        i.form("a time of day", "\"09:00\"", forms::time_of_day)
    });
    let lasts = table
        .need("lasts", "\"2 days\"")
        .and_then(|i| i.duration().filter(|s| longer_than_nothing(&i, *s)));
    let factor = table.get("factor").map(|i| i.percent());
    let contacts = table.get("contacts").map(|i| i.number());
    let decay = table.get("decay").map_or(Some(0.0), |i| i.duration());
    one_effect(table);
    let start = instant(date?, minute?, horizon.zone())?;
    let from = start.as_microsecond() - horizon.start().as_microsecond();
    Some(Event {
        name: name.to_string(),
        streams,
        from,
        until: from.saturating_add((lasts? * SECOND as f64) as i64),
        factor: factor.map_or(Some(1.0), |f| f)?,
        decay: decay? * SECOND as f64,
        added: Vec::new(),
        contacts: match contacts {
            Some(written) => Some(written?),
            None => None,
        },
        planned: table.get("planned").map_or(Some(true), |i| i.flag())?,
    })
}

fn longer_than_nothing(item: &Item<'_>, seconds: f64) -> bool {
    if seconds <= 0.0 {
        item.out_of_range("0", "a duration longer than nothing");
    }
    seconds > 0.0
}

/// A factor, or so many contacts; a decay belongs to the factor.
fn one_effect(table: &Cursor<'_>) {
    match (table.get("factor"), table.get("contacts")) {
        (None, None) => table.missing("factor", "\"180%\""),
        (Some(_), Some(contacts)) => contacts.error_at_key(
            "two-effects",
            format!("`{}` has both a factor and contacts", table.path),
            "which of the two?",
            "remove one; an event of each kind may overlap",
        ),
        (None, Some(_)) => {
            if let Some(decay) = table.get("decay") {
                decay.error_at_key(
                    "meaningless-key",
                    format!(
                        "`{}` is of an event's factor, and this one has none",
                        decay.path
                    ),
                    "so many contacts come while it lasts",
                    "remove it, or write a `factor` instead of `contacts`",
                );
            }
        }
        (Some(_), None) => {}
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, codes, good};
    use crate::scenario::arrivals;
    use crate::time::HOUR;

    fn with(event: &str) -> String {
        changed(&[("[shift.day]", &format!("[event.x]\n{event}\n[shift.day]"))])
    }

    #[test]
    fn an_event_begins_at_its_local_time() {
        let text = with(
            "date = 2027-01-12\ntime = \"09:00\"\nlasts = \"2h\"\nfactor = \"180%\"\ndecay = \"1h\"",
        );
        let scenario = good(&text);
        let event = &scenario.events[0];
        assert_eq!(
            (event.from, event.until),
            (33 * HOUR as i64, 35 * HOUR as i64)
        );
        assert_eq!((event.factor, event.decay), (1.8, HOUR as f64));
        let quiet = arrivals::expected(&good(&changed(&[])), 0);
        let loud = arrivals::expected(&scenario, 0);
        assert!((loud[33 * 4] / quiet[33 * 4] - 1.8).abs() < 1e-12);
    }

    #[test]
    fn contacts_come_on_top_and_unplanned_ones_are_not_forecast() {
        let text = with(
            "date = 2027-01-12\ntime = \"09:00\"\nlasts = \"1h\"\ncontacts = 400\nplanned = false",
        );
        let scenario = good(&text);
        let sum = |v: Vec<f64>| v.iter().sum::<f64>();
        let expected = sum(arrivals::expected(&scenario, 0));
        assert!((expected - sum(arrivals::forecast(&scenario, 0)) - 400.0).abs() < 1e-6);
        assert!((expected - sum(arrivals::means(&scenario, 0)) - 400.0).abs() < 1e-6);
    }

    #[test]
    fn an_event_has_one_effect() {
        let when = "date = 2027-01-12\nlasts = \"1h\"\n";
        assert_eq!(codes(&with(when)), ["missing-key"]);
        assert_eq!(
            codes(&with(&format!("{when}factor = \"50%\"\ncontacts = 4"))),
            ["two-effects"]
        );
        assert_eq!(
            codes(&with(&format!("{when}contacts = 4\ndecay = \"1h\""))),
            ["meaningless-key"]
        );
    }
}
