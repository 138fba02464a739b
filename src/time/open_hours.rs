//! Opening hours as spans of ticks.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Holidays, Horizon, NEVER, Tick, WeekHours, instant};

/// Opening hours laid on a horizon: disjoint open spans in ticks, ascending, never touching.
///
/// Laid beyond the horizon's end where asked, so that deadlines counted in open time run on.
/// Questions are answered in O(log spans).
///
/// ```
/// use jiff::{civil::date, tz::TimeZone};
/// use staffwright::time::{HOUR, Holidays, Horizon, Length, OpenHours, WeekHours};
/// let zone = TimeZone::get("Europe/Berlin")?;
/// let monday = date(2027, 1, 11);
/// let horizon = Horizon::new(monday, Length::Weeks(1), zone.clone(), Horizon::INTERVAL)?;
/// let hours = WeekHours::parse("Mon-Fri 08:00-18:00")?;
/// let open = OpenHours::lay(&hours, &zone, &Holidays::none(), &horizon, 2 * horizon.length());
/// assert_eq!(open.next_open(0), 8 * HOUR);
/// // Four open hours from Monday 16:00 end on Tuesday at 10:00.
/// assert_eq!(open.add(16 * HOUR, 4 * HOUR), 34 * HOUR);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenHours {
    /// `(open, close)`, close exclusive.
    spans: Vec<(Tick, Tick)>,
    /// Open ticks before each span.
    before: Vec<Tick>,
}

impl OpenHours {
    /// Lays weekly hours of a zone on a horizon, from its start to `until` ticks. A holiday closes
    /// the spans that begin on its date; a span past midnight belongs to the day it begins on.
    pub fn lay(
        hours: &WeekHours,
        zone: &TimeZone,
        holidays: &Holidays,
        horizon: &Horizon,
        until: Tick,
    ) -> OpenHours {
        Self::lay_dated(|_| hours, zone, holidays, horizon, until)
    }

    /// Like [`OpenHours::lay`], with weekly hours that may be others from date to date: the spans that begin on a date
    /// are those of its own hours.
    pub fn lay_dated<'h>(
        hours: impl Fn(Date) -> &'h WeekHours,
        zone: &TimeZone,
        holidays: &Holidays,
        horizon: &Horizon,
        until: Tick,
    ) -> OpenHours {
        let mut spans = Vec::new();
        // Spans of the day before may reach past midnight into the horizon.
        let first = horizon.zoned_in(0, zone).date();
        let mut date = first.yesterday().unwrap_or(first);
        let end = horizon.timestamp_of(until);
        let last = end.to_zoned_datetime(zone.clone()).date();
        while date <= last {
            if holidays.on(date).is_none() {
                for span in hours(date).of(date.weekday()) {
                    let (Some(from), Some(to)) = (
                        instant(date, u32::from(span.from), zone),
                        instant(date, u32::from(span.to), zone),
                    ) else {
                        continue;
                    };
                    let from = horizon.tick_unbounded(from);
                    let to = horizon.tick_unbounded(to).min(until);
                    // Hours inside a clock gap come out empty or reversed: not open.
                    if from < to {
                        spans.push((from, to));
                    }
                }
            }
            match date.tomorrow() {
                Ok(next) => date = next,
                Err(_) => break,
            }
        }
        OpenHours::from_spans(spans)
    }

    /// Open all the time, from 0 to `until`.
    pub fn always(until: Tick) -> OpenHours {
        OpenHours::from_spans(vec![(0, until)])
    }

    /// From any spans `(open, close)`: sorted, overlapping and adjacent ones merged, empty ones
    /// dropped.
    pub fn from_spans(mut spans: Vec<(Tick, Tick)>) -> OpenHours {
        spans.retain(|(from, to)| from < to);
        spans.sort_unstable();
        let mut merged: Vec<(Tick, Tick)> = Vec::with_capacity(spans.len());
        for (from, to) in spans {
            match merged.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => merged.push((from, to)),
            }
        }
        let mut open = 0;
        let before = merged
            .iter()
            .map(|(from, to)| {
                let so_far = open;
                open += to - from;
                so_far
            })
            .collect();
        OpenHours {
            spans: merged,
            before,
        }
    }

    /// Those inside `from..to` only.
    #[must_use]
    pub fn inside(&self, from: Tick, to: Tick) -> OpenHours {
        let spans = self.spans.iter();
        OpenHours::from_spans(spans.map(|s| (s.0.max(from), s.1.min(to))).collect())
    }

    /// The open spans, `(open, close)` with close exclusive, ascending and apart.
    pub fn spans(&self) -> &[(Tick, Tick)] {
        &self.spans
    }

    /// Whether tick `t` is open.
    #[inline]
    pub fn is_open(&self, t: Tick) -> bool {
        self.begun(t).is_some_and(|i| t < self.spans[i].1)
    }

    /// The first open tick at or after `t`: `t` itself when open, [`NEVER`] when none comes.
    #[inline]
    pub fn next_open(&self, t: Tick) -> Tick {
        let i = self.spans.partition_point(|s| s.1 <= t);
        self.spans.get(i).map_or(NEVER, |s| s.0.max(t))
    }

    /// The tick at which the span that `t` is in closes; `t` itself when closed.
    #[inline]
    pub fn closes_at(&self, t: Tick) -> Tick {
        self.begun(t).map_or(t, |i| self.spans[i].1.max(t))
    }

    /// Open ticks in `a..b`; 0 when `b <= a`.
    #[inline]
    pub fn open_between(&self, a: Tick, b: Tick) -> Tick {
        self.open_before(b).saturating_sub(self.open_before(a))
    }

    /// The first tick at which `open` open ticks have passed since `t`: `t` itself for 0,
    /// [`NEVER`] when the hours laid do not hold that much.
    #[inline]
    pub fn add(&self, t: Tick, open: Tick) -> Tick {
        if open == 0 {
            return t;
        }
        let Some(target) = self.open_before(t).checked_add(open) else {
            return NEVER;
        };
        let Some(i) = self.before.partition_point(|&b| b < target).checked_sub(1) else {
            return NEVER;
        };
        let (from, to) = self.spans[i];
        let end = from + (target - self.before[i]);
        if end <= to { end } else { NEVER }
    }

    /// Open ticks before `t`.
    fn open_before(&self, t: Tick) -> Tick {
        self.begun(t).map_or(0, |i| {
            self.before[i] + t.min(self.spans[i].1) - self.spans[i].0
        })
    }

    /// Index of the last span that begins at or before `t`.
    #[inline]
    fn begun(&self, t: Tick) -> Option<usize> {
        self.spans.partition_point(|s| s.0 <= t).checked_sub(1)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::time::{HOUR, Length, MINUTE};
    use jiff::civil::{Date, date};
    use proptest::prelude::*;

    fn zone(name: &str) -> TimeZone {
        TimeZone::get(name).unwrap()
    }

    fn laid(hours: &str, at: &str, start: Date, days: u32) -> (OpenHours, Horizon) {
        let length = Length::Days(days);
        let horizon = Horizon::new(start, length, zone(at), Horizon::INTERVAL).unwrap();
        let hours = WeekHours::parse(hours).unwrap();
        let open = OpenHours::lay(
            &hours,
            &zone(at),
            &Holidays::none(),
            &horizon,
            horizon.length(),
        );
        (open, horizon)
    }

    #[test]
    fn every_minute_of_a_clock_change_agrees_with_the_wall_clock() {
        for (at, start) in [
            ("Europe/Berlin", date(2027, 3, 27)),
            ("Europe/Berlin", date(2027, 10, 30)),
            ("America/New_York", date(2027, 3, 13)),
            ("America/New_York", date(2027, 11, 6)),
            ("Africa/Cairo", date(2024, 4, 25)),
            ("America/Asuncion", date(2023, 9, 30)),
            ("Asia/Kolkata", date(2027, 3, 27)),
        ] {
            for hours in [
                "daily 07:30-19:15",
                "daily 22:00-06:00",
                "Sat 12:00-24:00, Sun 05:00-05:01",
            ] {
                let (open, horizon) = laid(hours, at, start, 3);
                let week = WeekHours::parse(hours).unwrap();
                for tick in (0..horizon.length()).step_by(MINUTE as usize) {
                    let civil = horizon.zoned(tick);
                    let minute = civil.hour() as u16 * 60 + civil.minute() as u16;
                    let expected = week.contains(civil.weekday(), minute);
                    assert_eq!(open.is_open(tick), expected, "{at} {hours} {civil}");
                }
            }
        }
    }

    #[test]
    fn a_night_over_a_clock_change_is_shorter_or_longer() {
        let (open, _) = laid("daily 22:00-06:00", "Europe/Berlin", date(2027, 3, 27), 3);
        assert_eq!(open.spans()[0], (0, 6 * HOUR));
        assert_eq!(open.spans()[1], (22 * HOUR, 29 * HOUR));
        let (open, _) = laid("daily 22:00-06:00", "Europe/Berlin", date(2027, 10, 30), 3);
        assert_eq!(open.spans()[1], (22 * HOUR, 31 * HOUR));
    }

    #[test]
    fn hours_inside_the_gap_or_the_fold() {
        // 02:00 to 03:00 does not exist on 28 March and happens twice on 31 October.
        let (open, _) = laid("Sun 02:00-03:00", "Europe/Berlin", date(2027, 3, 28), 1);
        assert_eq!(open.spans(), []);
        let (open, _) = laid("Sun 02:00-03:00", "Europe/Berlin", date(2027, 10, 31), 1);
        assert_eq!(open.spans(), [(2 * HOUR, 4 * HOUR)]);
        let (open, _) = laid("Sun 01:00-02:30", "Europe/Berlin", date(2027, 3, 28), 1);
        assert_eq!(open.spans(), [(HOUR, 2 * HOUR + 30 * MINUTE)]);
    }

    #[test]
    fn always_open_is_one_span_through_gaps_and_skipped_days() {
        for (at, start) in [
            ("Europe/Berlin", date(2027, 3, 27)),
            ("Africa/Cairo", date(2024, 4, 25)),
            ("America/Asuncion", date(2023, 9, 30)),
            ("Pacific/Apia", date(2011, 12, 29)),
        ] {
            let (open, horizon) = laid("24/7", at, start, 4);
            assert_eq!(open, OpenHours::always(horizon.length()), "{at}");
        }
    }

    #[test]
    fn holidays_close_the_spans_that_begin_on_them() {
        let berlin = zone("Europe/Berlin");
        let length = Length::Days(5);
        let horizon = Horizon::new(date(2027, 3, 25), length, berlin.clone(), HOUR).unwrap();
        let hours = WeekHours::parse("daily 20:00-04:00").unwrap();
        let holidays = Holidays::named("DE").unwrap(); // 26 and 29 March 2027
        let open = OpenHours::lay(&hours, &berlin, &holidays, &horizon, horizon.length());
        let spans = [(0, 4), (20, 28), (68, 75), (91, 99)].map(|(a, b)| (a * HOUR, b * HOUR));
        assert_eq!(open.spans(), spans);
    }

    #[test]
    fn another_zone_begins_on_its_own_day() {
        let horizon = Horizon::new(
            date(2027, 1, 11),
            Length::Days(1),
            zone("Europe/Berlin"),
            HOUR,
        )
        .unwrap();
        let hours = WeekHours::parse("Mon 00:00-10:00, Sun 18:00-19:00").unwrap();
        // Berlin's Monday midnight is Sunday 18:00 in New York and Monday 07:00 in Manila.
        let lay =
            |at: &str| OpenHours::lay(&hours, &zone(at), &Holidays::none(), &horizon, 12 * HOUR);
        assert_eq!(
            lay("America/New_York").spans(),
            [(0, HOUR), (6 * HOUR, 12 * HOUR)]
        );
        assert_eq!(lay("Asia/Manila").spans(), [(0, 3 * HOUR)]);
    }

    #[test]
    fn hours_run_on_beyond_the_horizon() {
        let horizon = Horizon::new(
            date(2027, 1, 15),
            Length::Days(1),
            zone("Europe/Berlin"),
            HOUR,
        )
        .unwrap();
        let hours = WeekHours::parse("Mon-Fri 08:00-18:00").unwrap();
        let lay =
            |until| OpenHours::lay(&hours, horizon.zone(), &Holidays::none(), &horizon, until);
        let open = lay(7 * 24 * HOUR);
        // Friday 16:00 and four open hours: Monday 10:00.
        assert_eq!(open.add(16 * HOUR, 4 * HOUR), (3 * 24 + 10) * HOUR);
        assert_eq!(lay(24 * HOUR).add(16 * HOUR, 4 * HOUR), NEVER);
        assert_eq!(lay(24 * HOUR).next_open(18 * HOUR), NEVER);
        assert_eq!(lay(0).spans(), []);
    }

    #[test]
    fn never_closing_hours_reach_never() {
        let open = OpenHours::always(NEVER);
        assert_eq!(open.add(5, 7), 12);
        assert_eq!(open.add(5, NEVER), NEVER);
        assert_eq!((open.next_open(9), open.closes_at(9)), (9, NEVER));
    }

    /// Open spans within 200 ticks, to be compared with a flag per tick.
    fn some_spans() -> impl Strategy<Value = Vec<(Tick, Tick)>> {
        prop::collection::vec((0..200u64, 0..30u64).prop_map(|(a, n)| (a, a + n)), 0..8)
    }

    proptest! {
        #[test]
        fn answers_agree_with_a_flag_per_tick(spans in some_spans(), a in 0..240u64, b in 0..240u64) {
            let open = OpenHours::from_spans(spans.clone());
            let flag = |t: Tick| spans.iter().any(|s| s.0 <= t && t < s.1);
            prop_assert!(open.spans().windows(2).all(|w| w[0].1 < w[1].0));
            prop_assert_eq!(open.is_open(a), flag(a));
            prop_assert_eq!(open.next_open(a), (a..300).find(|&t| flag(t)).unwrap_or(NEVER));
            let closes = (a..300).find(|&t| !flag(t)).unwrap();
            prop_assert_eq!(open.closes_at(a), closes);
            let count = |from: Tick, to: Tick| (from..to).filter(|&t| flag(t)).count() as Tick;
            prop_assert_eq!(open.open_between(a, b), count(a, b));
            let end = (a..300).find(|&t| count(a, t) >= b).unwrap_or(NEVER);
            prop_assert_eq!(open.add(a, b), end);
        }
    }
}
