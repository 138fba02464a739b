//! A time zone's rules as calendars want them (RFC 5545 section 3.6.5): every change of the clock in a stretch of
//! time, written out.

use icalendar::parser::{Component, Property};
use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};

/// The VTIMEZONE of a zone for all local times between two instants; `None` for UTC and zones without a name, whose
/// times are written in UTC.
pub fn vtimezone(zone: &TimeZone, from: Timestamp, to: Timestamp) -> Option<Component<'static>> {
    let name = zone.iana_name().filter(|name| *name != "UTC")?;
    let mut components = Vec::new();
    let mut before = zone.to_offset_info(from).offset();
    // What holds at the start began before it.
    let start = zone.preceding(from).next();
    if let Some(change) = &start {
        before = zone
            .preceding(change.timestamp())
            .next()
            .map_or(change.offset(), |earlier| earlier.offset());
    }
    let first = zone.to_offset_info(from);
    let began = start.map_or(Timestamp::UNIX_EPOCH.min(from), |c| c.timestamp());
    components.push(observance(
        began,
        before,
        first.offset(),
        first.dst().is_dst(),
        first.abbreviation(),
    ));
    before = first.offset();
    for change in zone.following(from).take_while(|c| c.timestamp() <= to) {
        components.push(observance(
            change.timestamp(),
            before,
            change.offset(),
            change.dst().is_dst(),
            change.abbreviation(),
        ));
        before = change.offset();
    }
    Some(Component {
        name: "VTIMEZONE".into(),
        properties: vec![property("TZID", name.to_owned())],
        components,
    })
}

/// From an instant on one offset holds instead of another.
fn observance(
    at: Timestamp,
    from: Offset,
    to: Offset,
    summer: bool,
    name: &str,
) -> Component<'static> {
    // The clock that is put on or back shows this time.
    let local = from.to_datetime(at);
    Component {
        name: if summer { "DAYLIGHT" } else { "STANDARD" }.into(),
        properties: vec![
            property("DTSTART", local.strftime("%Y%m%dT%H%M%S").to_string()),
            property("TZOFFSETFROM", utc_offset(from)),
            property("TZOFFSETTO", utc_offset(to)),
            property("TZNAME", name.to_owned()),
        ],
        components: Vec::new(),
    }
}

/// `+0100`, with seconds where there are any.
fn utc_offset(offset: Offset) -> String {
    let seconds = offset.seconds();
    let sign = if seconds < 0 { '-' } else { '+' };
    let all = seconds.abs();
    let (h, m, s) = (all / 3600, all / 60 % 60, all % 60);
    if s == 0 {
        format!("{sign}{h:02}{m:02}")
    } else {
        format!("{sign}{h:02}{m:02}{s:02}")
    }
}

/// A property whose value stands as it is.
pub fn property(name: &'static str, value: String) -> Property<'static> {
    Property {
        name: name.into(),
        val: value.into(),
        params: Vec::new(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn lines(name: &str, from: &str, to: &str) -> Vec<String> {
        let zone = TimeZone::get(name).unwrap();
        let made = vtimezone(&zone, from.parse().unwrap(), to.parse().unwrap()).unwrap();
        let value = |c: &Component<'_>, key: &str| c.find_prop(key).unwrap().val.to_string();
        let one = |c: &Component<'_>| {
            let (at, from) = (value(c, "DTSTART"), value(c, "TZOFFSETFROM"));
            format!("{} {at} {from} {}", c.name, value(c, "TZOFFSETTO"))
        };
        made.components.iter().map(one).collect()
    }

    #[test]
    fn every_change_of_the_clock_is_written_out() {
        assert_eq!(
            lines(
                "Europe/Berlin",
                "2027-01-11T00:00:00Z",
                "2027-12-31T00:00:00Z"
            ),
            [
                "STANDARD 20261025T030000 +0200 +0100",
                "DAYLIGHT 20270328T020000 +0100 +0200",
                "STANDARD 20271031T030000 +0200 +0100",
            ]
        );
    }

    #[test]
    fn a_zone_without_summer_time_has_one_rule() {
        let manila = lines(
            "Asia/Manila",
            "2027-01-11T00:00:00Z",
            "2027-12-31T00:00:00Z",
        );
        assert_eq!(manila.len(), 1);
        assert!(manila[0].ends_with("+0800"), "{manila:?}");
    }
}
