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
mod instant;
mod open_hours;
mod periods;
mod week_hours;

pub use holidays::Holidays;
pub use horizon::{Horizon, HorizonError, Length};
pub use instant::{instant, start_of_day};
pub use open_hours::OpenHours;
pub use periods::{Periods, days, intervals, months, weeks};
pub use week_hours::{WeekHours, WeekSpan};

/// An instant or a duration in microseconds; instants count from the horizon's start.
pub type Tick = u64;

/// Ticks in a second.
pub const SECOND: Tick = 1_000_000;
/// Ticks in a minute.
pub const MINUTE: Tick = 60 * SECOND;
/// Ticks in an hour.
pub const HOUR: Tick = 60 * MINUTE;
/// Ticks in a day of 24 hours.
pub const DAY: Tick = 24 * HOUR;
/// Seconds of a month: a twelfth of 365.25 days.
pub const MONTH_S: f64 = 365.25 * 86_400.0 / 12.0;
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
    whole(seconds * SECOND as f64)
}

/// Rounded half to even. Saturates; negative and NaN give 0.
///
/// ```
/// use staffwright::time::whole;
/// assert_eq!([whole(0.5), whole(1.5), whole(2.4)], [0, 2, 2]);
/// ```
#[inline]
pub fn whole(exact: f64) -> u64 {
    // Adding and taking away 2^52 rounds half to even in two additions; without it the baseline of x86-64 calls a
    // function. Larger numbers are whole already. `as` saturates at both ends and maps NaN to 0.
    const WHOLE: f64 = (1u64 << 52) as f64;
    if exact < WHOLE {
        (exact.max(0.0) + WHOLE - WHOLE) as u64
    } else {
        exact as u64
    }
}

/// Ticks to seconds; exact below 2^53 microseconds (285 years) up to the division's rounding.
#[inline]
pub fn seconds(t: Tick) -> f64 {
    t as f64 / SECOND as f64
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
}
