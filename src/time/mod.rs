//! The clock: ticks since a horizon's start, civil calendars laid on it, and opening hours.
//!
//! A simulation counts [`Tick`]s (1 tick = 1 microsecond) from the start of its [`Horizon`].
//! Everything people write down in civil time belongs to a time zone and is laid on the ticks
//! once, at compile time: judging [`Periods`] (days, weeks, months), [`WeekHours`] less
//! [`Holidays`] as [`OpenHours`]. Days have 23, 24 or 25 hours when the zone says so.

mod easter;
mod hebrew;
mod holiday_rules;
mod holidays;
mod horizon;
mod open_hours;
mod periods;
mod week_hours;

pub use holidays::Holidays;
pub use horizon::{Horizon, HorizonError, Length};
pub use open_hours::OpenHours;
pub use periods::{Periods, days, intervals, months, weeks};
pub use week_hours::{WeekHours, WeekSpan};

use jiff::{Timestamp, civil, tz::TimeZone};

/// An instant or a duration in microseconds; instants count from the horizon's start.
pub type Tick = u64;

/// Ticks in a second.
pub const SECOND: Tick = 1_000_000;
/// Ticks in a minute.
pub const MINUTE: Tick = 60 * SECOND;
/// Ticks in an hour.
pub const HOUR: Tick = 60 * MINUTE;
/// The instant that never comes.
pub const NEVER: Tick = Tick::MAX;

/// Seconds to ticks, rounded half to even. Saturates at [`NEVER`]; negative and NaN give 0.
///
/// ```
/// use staffwright::time::{NEVER, ticks};
/// assert_eq!(ticks(1.5), 1_500_000);
/// assert_eq!(ticks(0.0000025), 2);
/// assert_eq!(ticks(-1.0), 0);
/// assert_eq!(ticks(f64::INFINITY), NEVER);
/// ```
#[inline]
pub fn ticks(seconds: f64) -> Tick {
    // `as` saturates at both ends and maps NaN to 0.
    (seconds * SECOND as f64).round_ties_even() as Tick
}

/// Ticks to seconds; exact below 2^53 microseconds (285 years) up to the division's rounding.
#[inline]
pub fn seconds(t: Tick) -> f64 {
    t as f64 / SECOND as f64
}

/// The instant a civil minute of a date happens in a zone. `minute` counts from midnight and may
/// exceed 1440. Minutes skipped by the zone move on by the gap, repeated ones are taken the first
/// time (RFC 5545); midnight is the first instant of its day. None beyond the years jiff knows.
fn instant(date: civil::Date, minute: u32, zone: &TimeZone) -> Option<Timestamp> {
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

/// First instant of a date in a zone: local midnight, or the end of the gap that swallowed it.
fn start_of_day(date: civil::Date, zone: &TimeZone) -> Option<Timestamp> {
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
mod tests {
    use super::*;

    #[test]
    fn seconds_round_half_to_even_and_saturate() {
        assert_eq!(ticks(0.000_000_5), 0);
        assert_eq!(ticks(0.000_001_5), 2);
        assert_eq!(ticks(0.000_002_5), 2);
        assert_eq!(ticks(-3.0), 0);
        assert_eq!(ticks(f64::NAN), 0);
        assert_eq!(ticks(f64::INFINITY), NEVER);
        assert_eq!(ticks(seconds(123_456_789_012)), 123_456_789_012);
    }

    #[test]
    #[allow(clippy::unwrap_used)]
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
}
