//! `[site]`: places of work.

use super::cursor::{Cursor, Item};
use super::names::Names;
use super::{horizon, workforce};
use crate::scenario::model::{Scenario, Site};
use crate::scenario::suggest::nearest;
use crate::time::Horizon;
use crate::time::{Holidays, start_of_day};
use jiff::tz::TimeZone;

/// Reads all sites; where none is written, there is one in the scenario's zone.
pub fn read_all(document: &Cursor<'_>, names: &Names, horizon: &Horizon) -> Vec<Site> {
    let zone = horizon.zone();
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
        .map(|(name, table)| read(name, table, names, horizon))
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
        lead_time_s: 0.0,
        closes: None,
        setup: 0.0,
        closing: 0.0,
        management_per_month: 0.0,
        hires_per_week: f64::INFINITY,
        hires_speaking: Vec::new(),
    }
}

/// `hires_speaking = { de = "2 heads/month" }`.
fn speaking(table: &Cursor<'_>, names: &Names) -> Vec<(usize, f64)> {
    let Some(own) = table.sub("hires_speaking") else {
        return Vec::new();
    };
    own.items()
        .filter_map(|(name, item)| {
            let language = names.languages.resolve_name(name, &item)?;
            Some((language, workforce::per_week(&item)?))
        })
        .collect()
}

/// Notes ceilings on hires that hold nobody back: nobody is hired for work in the language at the site.
pub fn check(document: &Cursor<'_>, scenario: &Scenario) {
    for (site, (_, table)) in document.named("site").iter().enumerate() {
        let Some(own) = table.sub("hires_speaking") else {
            continue;
        };
        for &(language, _) in &scenario.sites[site].hires_speaking {
            let hires = scenario.teams.iter().any(|t| {
                t.site == site && t.workforce.attrition.is_some() && scenario.works_in(t, language)
            });
            if let Some(item) = own
                .get(&scenario.languages[language].name)
                .filter(|_| !hires)
            {
                item.error_at_key(
                    "nobody-hired",
                    format!("`{}` holds nobody back", item.path),
                    "no team at this site that hires works in this language",
                    "remove it, or give a team of the site `attrition` and the language",
                );
            }
        }
    }
}

fn read(name: &str, table: &Cursor<'_>, names: &Names, horizon: &Horizon) -> Site {
    let own = horizon.zone();
    let zone = table
        .need("zone", "\"Europe/Berlin\"")
        .and_then(|i| horizon::zone(&i))
        .unwrap_or_else(|| own.clone());
    let money = |key: &str| table.get(key).and_then(|i| i.money()).unwrap_or(0.0);
    let lead_time = table.get("lead_time").and_then(|i| i.duration());
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
        lead_time_s: lead_time.unwrap_or(0.0),
        closes: table.get("closes").and_then(|i| closes(&i, horizon, &zone)),
        setup: money("setup"),
        closing: money("closing"),
        hires_per_week: table
            .get("hires")
            .and_then(|i| workforce::per_week(&i))
            .unwrap_or(f64::INFINITY),
        hires_speaking: speaking(table, names),
        management_per_month: table
            .get("management")
            .and_then(|i| i.per_month())
            .unwrap_or(0.0),
        ..plain(name, zone)
    }
}

/// The local midnight of the first day without shifts; `None` where that lies beyond the horizon.
fn closes(item: &Item<'_>, horizon: &Horizon, zone: &TimeZone) -> Option<u64> {
    let date = horizon::date(item)?;
    let tick = horizon.tick_of_clamped(start_of_day(date, zone)?);
    if tick == 0 {
        item.out_of_range(&date.to_string(), "a day after the scenario's start");
        return None;
    }
    (tick < horizon.length()).then_some(tick)
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
