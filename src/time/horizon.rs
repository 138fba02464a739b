//! The stretch of time a scenario plays in.

use std::fmt;

use jiff::{Span, Timestamp, ZonedDateTime, civil, tz::TimeZone};

use super::{HOUR, MINUTE, Tick, start_of_day};

/// How long a horizon lasts; days, weeks and months are civil ones in the horizon's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// Civil days: ends at a local midnight.
    Days(u32),
    /// Civil weeks of seven days: ends at a local midnight.
    Weeks(u32),
    /// Calendar months: ends at the local midnight of the same day of the month, or of the
    /// month's last day where that day does not exist.
    Months(u32),
    /// An exact duration.
    Ticks(Tick),
}

/// Why a horizon could not be laid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HorizonError {
    /// The length is zero.
    Empty,
    /// The planning interval is zero or longer than a day.
    Interval,
    /// The start or the end lies outside the years -9999 to 9999.
    OutOfRange,
}

impl fmt::Display for HorizonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the horizon is empty: give it a length of at least one day",
            Self::Interval => "the planning interval must be longer than nothing and at most a day",
            Self::OutOfRange => "the horizon must lie between the years -9999 and 9999",
        })
    }
}

impl std::error::Error for HorizonError {}

/// The stretch of time a scenario plays in: from a local midnight, in ticks.
///
/// ```
/// use jiff::{civil::date, tz::TimeZone};
/// use staffwright::time::{HOUR, Horizon, Length};
/// let berlin = TimeZone::get("Europe/Berlin")?;
/// // Sunday 28 March 2027 has 23 hours.
/// let day = Horizon::new(date(2027, 3, 28), Length::Days(1), berlin, Horizon::INTERVAL)?;
/// assert_eq!(day.length(), 23 * HOUR);
/// assert_eq!(day.intervals(), 92);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Horizon {
    start: Timestamp,
    end: Timestamp,
    zone: TimeZone,
    interval: Tick,
}

impl Horizon {
    /// The usual planning interval: 15 minutes.
    pub const INTERVAL: Tick = 15 * MINUTE;

    /// A horizon from the first instant of `start` in `zone` (the reporting zone).
    pub fn new(
        start: civil::Date,
        length: Length,
        zone: TimeZone,
        interval: Tick,
    ) -> Result<Horizon, HorizonError> {
        if interval == 0 || interval > 24 * HOUR {
            return Err(HorizonError::Interval);
        }
        let first = start_of_day(start, &zone).ok_or(HorizonError::OutOfRange)?;
        let end = end_of(start, first, length, &zone).ok_or(HorizonError::OutOfRange)?;
        if end <= first {
            return Err(HorizonError::Empty);
        }
        Ok(Horizon {
            start: first,
            end,
            zone,
            interval,
        })
    }

    /// The first instant.
    pub fn start(&self) -> Timestamp {
        self.start
    }

    /// The instant after the last.
    pub fn end(&self) -> Timestamp {
        self.end
    }

    /// The zone that results are reported in.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// Length of a planning interval, in ticks.
    pub fn interval(&self) -> Tick {
        self.interval
    }

    /// Length in ticks.
    pub fn length(&self) -> Tick {
        since(self.start, self.end)
    }

    /// Length in weeks as contracts count them: seven civil days of the horizon's zone, whether the clocks change in
    /// between or not.
    pub fn weeks(&self) -> f64 {
        let civil = |instant: Timestamp| instant.to_zoned_datetime(self.zone.clone()).datetime();
        let length = civil(self.end).duration_since(civil(self.start));
        length.as_secs_f64() / (7.0 * 86_400.0)
    }

    /// Number of planning intervals that cover the horizon; the last may be cut short.
    pub fn intervals(&self) -> usize {
        self.length().div_ceil(self.interval) as usize
    }

    /// The tick of an instant, or None outside the horizon. The end itself is outside.
    pub fn tick_of(&self, instant: Timestamp) -> Option<Tick> {
        (self.start <= instant && instant < self.end).then(|| since(self.start, instant))
    }

    /// The tick of an instant, moved to the nearer edge (0 or `length()`) when outside.
    pub fn tick_of_clamped(&self, instant: Timestamp) -> Tick {
        since(self.start, instant.clamp(self.start, self.end))
    }

    /// The instant of a tick, which may lie beyond the horizon's end; saturates at the last
    /// instant of the year 9999.
    pub fn timestamp_of(&self, tick: Tick) -> Timestamp {
        i64::try_from(tick)
            .ok()
            .and_then(|t| self.start.as_microsecond().checked_add(t))
            .and_then(|t| Timestamp::from_microsecond(t).ok())
            .unwrap_or(Timestamp::MAX)
    }

    /// The civil time of a tick in the reporting zone.
    pub fn zoned(&self, tick: Tick) -> ZonedDateTime {
        self.zoned_in(tick, &self.zone)
    }

    /// The civil time of a tick in another zone.
    pub fn zoned_in(&self, tick: Tick, zone: &TimeZone) -> ZonedDateTime {
        self.timestamp_of(tick).to_zoned_datetime(zone.clone())
    }

    /// The tick of an instant at or after the start, however far beyond the end; 0 before it.
    pub(super) fn tick_unbounded(&self, instant: Timestamp) -> Tick {
        since(self.start, instant.max(self.start))
    }
}

/// Microseconds from one instant to a later or equal one.
fn since(from: Timestamp, to: Timestamp) -> Tick {
    (to.as_microsecond() - from.as_microsecond()).unsigned_abs()
}

fn end_of(
    start: civil::Date,
    first: Timestamp,
    length: Length,
    zone: &TimeZone,
) -> Option<Timestamp> {
    let span = match length {
        Length::Days(n) => Span::new().try_days(n),
        Length::Weeks(n) => Span::new().try_weeks(n),
        Length::Months(n) => Span::new().try_months(n),
        Length::Ticks(t) => {
            let micros = first.as_microsecond().checked_add(i64::try_from(t).ok()?)?;
            return Timestamp::from_microsecond(micros).ok();
        }
    };
    start_of_day(start.checked_add(span.ok()?).ok()?, zone)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::time::{MINUTE, SECOND};
    use jiff::civil::date;

    fn horizon(zone: &str, start: civil::Date, length: Length) -> Horizon {
        let zone = TimeZone::get(zone).unwrap();
        Horizon::new(start, length, zone, Horizon::INTERVAL).unwrap()
    }

    #[test]
    fn days_have_the_hours_their_zone_says() {
        for (zone, day, hours) in [
            ("Europe/Berlin", date(2027, 3, 27), 24),
            ("Europe/Berlin", date(2027, 3, 28), 23),
            ("Europe/Berlin", date(2027, 10, 31), 25),
            ("America/New_York", date(2027, 3, 14), 23),
            ("America/New_York", date(2027, 11, 7), 25),
            ("Asia/Kolkata", date(2027, 3, 28), 24),
            ("Africa/Cairo", date(2024, 4, 26), 23),
            ("Africa/Cairo", date(2024, 10, 31), 25),
            ("America/Asuncion", date(2023, 10, 1), 23),
        ] {
            let h = horizon(zone, day, Length::Days(1));
            assert_eq!(h.length(), hours * HOUR, "{zone} {day}");
            assert_eq!(h.intervals() as u64, hours * 4);
        }
        // Lord Howe moves its clocks by half an hour.
        let h = horizon("Australia/Lord_Howe", date(2027, 10, 3), Length::Days(1));
        assert_eq!(h.length(), 23 * HOUR + 30 * MINUTE);
    }

    #[test]
    fn a_horizon_starts_at_the_first_instant_of_its_day() {
        let h = horizon("Africa/Cairo", date(2024, 4, 26), Length::Days(2));
        assert_eq!(h.zoned(0).datetime(), date(2024, 4, 26).at(1, 0, 0, 0));
        assert_eq!(h.start().to_string(), "2024-04-25T22:00:00Z");
        let h = horizon("Asia/Kolkata", date(2027, 1, 11), Length::Days(1));
        assert_eq!(h.start().to_string(), "2027-01-10T18:30:00Z");
    }

    #[test]
    fn lengths_are_civil() {
        let h = horizon("Europe/Berlin", date(2027, 3, 22), Length::Weeks(1));
        assert_eq!((h.length(), h.weeks()), (167 * HOUR, 1.0));
        let h = horizon("Europe/Berlin", date(2027, 1, 31), Length::Months(1));
        assert_eq!(h.zoned(h.length()).date(), date(2027, 2, 28));
        let h = horizon("Europe/Berlin", date(2027, 1, 1), Length::Months(12));
        assert_eq!(h.length(), 365 * 24 * HOUR);
        let h = horizon(
            "Europe/Berlin",
            date(2027, 1, 1),
            Length::Ticks(50 * MINUTE),
        );
        assert_eq!((h.length(), h.intervals()), (50 * MINUTE, 4));
    }

    #[test]
    fn ticks_and_instants_map_both_ways() {
        let h = horizon("Europe/Berlin", date(2027, 3, 28), Length::Days(1));
        for tick in [0, 1, SECOND, 2 * HOUR, h.length() - 1] {
            assert_eq!(h.tick_of(h.timestamp_of(tick)), Some(tick));
        }
        assert_eq!(h.tick_of(h.end()), None);
        assert_eq!(h.tick_of(h.timestamp_of(h.length() + 5)), None);
        assert_eq!(
            h.tick_of_clamped(h.timestamp_of(h.length() + 5)),
            h.length()
        );
        let before = h.start() - jiff::SignedDuration::from_secs(1);
        assert_eq!((h.tick_of(before), h.tick_of_clamped(before)), (None, 0));
        // Two hours after midnight the clock shows three.
        assert_eq!(h.zoned(2 * HOUR).hour(), 3);
        let kolkata = TimeZone::get("Asia/Kolkata").unwrap();
        assert_eq!(h.zoned_in(0, &kolkata).time(), civil::time(4, 30, 0, 0));
        assert_eq!(h.timestamp_of(Tick::MAX), Timestamp::MAX);
    }

    #[test]
    fn impossible_horizons_are_refused() {
        let new =
            |start, length, interval| Horizon::new(start, length, TimeZone::UTC, interval).err();
        let day = date(2027, 1, 1);
        assert_eq!(new(day, Length::Days(0), MINUTE), Some(HorizonError::Empty));
        assert_eq!(new(day, Length::Days(1), 0), Some(HorizonError::Interval));
        assert_eq!(
            new(day, Length::Days(1), 25 * HOUR),
            Some(HorizonError::Interval)
        );
        for length in [
            Length::Days(u32::MAX),
            Length::Months(u32::MAX),
            Length::Ticks(Tick::MAX),
        ] {
            assert_eq!(new(day, length, MINUTE), Some(HorizonError::OutOfRange));
        }
    }
}
