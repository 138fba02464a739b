//! From civil time in a zone to instants.

use jiff::{Timestamp, civil, tz::TimeZone};

/// The instant a civil minute of a date happens in a zone. `minute` counts from midnight and may
/// exceed 1440. Minutes skipped by the zone move on by the gap, repeated ones are taken the first
/// time (RFC 5545); midnight is the first instant of its day. None beyond the years jiff knows.
///
/// ```
/// use jiff::{civil::date, tz::TimeZone};
/// use staffwright::time::instant;
/// let berlin = TimeZone::get("Europe/Berlin")?;
/// // 02:30 does not exist on this day: the clock shows 03:30 instead.
/// let half_past_two = instant(date(2027, 3, 28), 150, &berlin);
/// assert_eq!(half_past_two, Some("2027-03-28T01:30:00Z".parse()?));
/// # Ok::<(), jiff::Error>(())
/// ```
pub fn instant(date: civil::Date, minute: u32, zone: &TimeZone) -> Option<Timestamp> {
    let date = date
        .checked_add(jiff::Span::new().days(i64::from(minute / 1440)))
        .ok()?;
    let minute = minute % 1440;
    if minute == 0 {
        return start_of_day(date, zone);
    }
    // hour < 24 and minute < 60, so both fit i8 and are valid.
    let civil = date.at((minute / 60) as i8, (minute % 60) as i8, 0, 0);
    zone.to_timestamp(civil).ok()
}

/// First instant of a date in a zone: local midnight, or the end of the gap that swallowed it. None beyond the years
/// jiff knows.
pub fn start_of_day(date: civil::Date, zone: &TimeZone) -> Option<Timestamp> {
    let ambiguous = zone.to_ambiguous_timestamp(date.at(0, 0, 0, 0));
    if matches!(ambiguous.offset(), jiff::tz::AmbiguousOffset::Gap { .. }) {
        // The jump lies between the two readings of the missing midnight.
        let after = ambiguous.later().ok()?;
        let just_after = after
            .checked_add(jiff::SignedDuration::from_nanos(1))
            .ok()?;
        return zone.preceding(just_after).next().map(|t| t.timestamp());
    }
    ambiguous.compatible().ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_midnight_is_the_end_of_the_gap() {
        let cairo = TimeZone::get("Africa/Cairo").unwrap();
        let day = civil::date(2024, 4, 26); // clocks jump 00:00 -> 01:00
        let first = start_of_day(day, &cairo).unwrap();
        assert_eq!(first.to_string(), "2024-04-25T22:00:00Z");
        // Toronto 1919-03-30: 23:30 -> 00:30, so midnight is inside the gap, not at its edge.
        let toronto = TimeZone::get("America/Toronto").unwrap();
        let first = start_of_day(civil::date(1919, 3, 31), &toronto).unwrap();
        assert_eq!(
            toronto.to_datetime(first),
            civil::date(1919, 3, 31).at(0, 30, 0, 0)
        );
    }

    #[test]
    fn minutes_run_past_midnight_and_through_gaps_and_folds() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        let at = |month, day, minute| {
            instant(civil::date(2027, month, day), minute, &berlin)
                .unwrap()
                .to_string()
        };
        assert_eq!(at(1, 11, 8 * 60), "2027-01-11T07:00:00Z");
        assert_eq!(at(1, 11, 24 * 60), at(1, 12, 0));
        assert_eq!(at(3, 27, 30 * 60), "2027-03-28T04:00:00Z");
        assert_eq!(at(10, 31, 150), "2027-10-31T00:30:00Z"); // the first of two
        assert_eq!(instant(civil::Date::MAX, 3 * 1440, &berlin), None);
    }
}
