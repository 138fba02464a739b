//! When the scenario plays: `start`, `length`, `zone`, `interval`, `warm_up`.

use super::cursor::{Cursor, Item};
use crate::scenario::forms;
use crate::scenario::node::Value;
use crate::scenario::suggest::nearest;
use crate::time::{Horizon, Length, ticks};
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Reads a zone by its IANA name; an unknown one is an error with a suggestion.
pub fn zone(item: &Item<'_>) -> Option<TimeZone> {
    let name = item.text()?;
    // "UTC" and names of places only: bare abbreviations such as CET do not say which rules they follow.
    if let Ok(zone) = TimeZone::get(name) {
        return Some(zone);
    }
    let known: Vec<String> = jiff::tz::db().available().map(|z| z.to_string()).collect();
    let lower = name.to_lowercase();
    let same_place = known.iter().find(|k| {
        k.rsplit('/')
            .next()
            .is_some_and(|place| place.to_lowercase() == lower)
    });
    let near = same_place
        .map(String::as_str)
        .or_else(|| nearest(name, known.iter().map(String::as_str)));
    let help = near.map_or_else(
        || "write an IANA zone such as \"Europe/Berlin\" or \"UTC\"".to_string(),
        |near| format!("did you mean \"{near}\"?"),
    );
    item.error(
        "unknown-zone",
        format!("there is no time zone \"{name}\""),
        "no such zone",
        help,
    );
    None
}

/// The scenario's zone and horizon, with the warm-up in seconds.
pub fn read(document: &Cursor<'_>) -> Option<(Horizon, f64)> {
    let zone = document
        .need("zone", "\"Europe/Berlin\"")
        .and_then(|item| zone(&item));
    let start = document
        .need("start", "2027-01-11")
        .and_then(|item| date(&item));
    let length = document
        .need("length", "\"12 weeks\"")
        .and_then(|item| length(&item));
    let interval = document
        .get("interval")
        .map_or(Some(Horizon::INTERVAL), |item| interval(&item));
    let warm_up = document
        .get("warm_up")
        .map_or(Some(0.0), |item| item.duration());
    let horizon = match Horizon::new(start?, length?, zone?, interval?) {
        Ok(horizon) => horizon,
        Err(why) => {
            document.notes.error(
                "bad-horizon",
                document.key_span("length"),
                format!("`start` and `length`: {why}"),
                "no such horizon",
                "write for example `length = \"12 weeks\"`",
            );
            return None;
        }
    };
    let warm_up = warm_up?;
    if ticks(warm_up) >= horizon.length() {
        let item = document.get("warm_up")?;
        item.out_of_range(
            item.as_text().unwrap_or_default(),
            "shorter than the whole length",
        );
        return None;
    }
    Some((horizon, warm_up))
}

/// A date, written without quotation marks.
pub fn date(item: &Item<'_>) -> Option<Date> {
    let (Value::Date(text) | Value::String(text)) = &item.node.value else {
        return item.wrong_kind("a date", "2027-01-11");
    };
    match text.parse::<Date>() {
        Ok(date) if text.len() == 10 => Some(date),
        _ => {
            item.error(
                "bad-date",
                format!("`{}` must be a date, not {text}", item.path),
                "expected a day of the calendar",
                "write for example 2027-01-11, without quotation marks",
            );
            None
        }
    }
}

fn length(item: &Item<'_>) -> Option<Length> {
    item.form(
        "a length of days, weeks or months",
        "\"12 weeks\"",
        forms::length,
    )
}

/// A planning interval: whole minutes that divide a day.
fn interval(item: &Item<'_>) -> Option<u64> {
    let minutes = item.minutes()?;
    if minutes == 0 || 1440 % minutes != 0 {
        item.out_of_range(
            item.as_text().unwrap_or_default(),
            "a number of minutes that divides the day, such as 15m",
        );
        return None;
    }
    Some(u64::from(minutes) * crate::time::MINUTE)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, good, only, read};

    #[test]
    fn a_misspelt_zone_gets_a_suggestion() {
        let (_, items) = read(&changed(&[("Europe/Berlin", "Europe/Belrin")]));
        assert_eq!(
            items[0].help.as_deref(),
            Some("did you mean \"Europe/Berlin\"?")
        );
        let (_, items) = read(&changed(&[("Europe/Berlin", "Berlin")]));
        assert_eq!(
            items[0].help.as_deref(),
            Some("did you mean \"Europe/Berlin\"?")
        );
    }

    #[test]
    fn interval_and_warm_up_are_held_against_the_day_and_the_length() {
        let scenario = good(&changed(&[(
            "length = \"4 weeks\"",
            "length = \"4 weeks\"\ninterval = \"30m\"\nwarm_up = \"2 days\"",
        )]));
        assert_eq!(scenario.horizon.intervals(), 28 * 48);
        assert_eq!(scenario.warm_up_s, 172_800.0);
        assert!(
            only(&changed(&[(
                "length = \"4 weeks\"",
                "length = \"4 weeks\"\ninterval = \"7m\""
            )]))
            .contains("divides the day")
        );
        assert!(
            only(&changed(&[(
                "length = \"4 weeks\"",
                "length = \"4 weeks\"\nwarm_up = \"28 days\""
            )]))
            .contains("shorter than the whole length")
        );
    }
}
