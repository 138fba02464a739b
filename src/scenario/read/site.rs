//! `[site]`: places of work.

use super::cursor::{Cursor, Item};
use super::horizon;
use crate::scenario::model::Site;
use crate::scenario::suggest::nearest;
use crate::time::Holidays;
use jiff::tz::TimeZone;

/// Reads all sites; where none is written, there is one in the scenario's zone.
pub fn read_all(document: &Cursor<'_>, zone: &TimeZone) -> Vec<Site> {
    let tables = document.named("site");
    if tables.is_empty() {
        let name = zone.iana_name().unwrap_or("UTC").to_string();
        document.notes.assume_value(
            "site",
            &name,
            None,
            "one place of work in the scenario's zone, without holidays",
        );
        return vec![plain("here", zone.clone())];
    }
    tables
        .iter()
        .map(|(name, table)| read(name, table, zone))
        .collect()
}

fn plain(name: &str, zone: TimeZone) -> Site {
    Site {
        name: name.to_string(),
        zone,
        holidays: Holidays::none(),
        seats: None,
        rent_per_seat_month: 0.0,
        open: None,
    }
}

fn read(name: &str, table: &Cursor<'_>, own: &TimeZone) -> Site {
    let zone = table
        .need("zone", "\"Europe/Berlin\"")
        .and_then(|i| horizon::zone(&i));
    Site {
        holidays: table
            .or_default("holidays", holidays)
            .unwrap_or_else(Holidays::none),
        seats: table.get("seats").and_then(|i| i.count()),
        rent_per_seat_month: table
            .get("rent_per_seat")
            .and_then(|i| i.per_month())
            .unwrap_or(0.0),
        open: table.get("open").and_then(|i| i.week_hours()),
        ..plain(name, zone.unwrap_or_else(|| own.clone()))
    }
}

/// A calendar of holidays by name.
pub fn holidays(item: &Item<'_>) -> Option<Holidays> {
    let name = item.text()?;
    let found = Holidays::named(name);
    if found.is_none() {
        let near = nearest(name, Holidays::names());
        let known = || Holidays::names().collect::<Vec<_>>().join(", ");
        item.error(
            "unknown-holidays",
            format!("there is no calendar of holidays named \"{name}\""),
            "no such calendar",
            near.map_or_else(
                || format!("known are: {}", known()),
                |n| format!("did you mean \"{n}\"?"),
            ),
        );
    }
    found
}
