//! Opening hours as spans of ticks.

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
        let mut spans = Vec::new();
        // Spans of the day before may reach past midnight into the horizon.
        let first = horizon.zoned_in(0, zone).date();
        let mut date = first.yesterday().unwrap_or(first);
        let end = horizon.timestamp_of(until);
        let last = end.to_zoned_datetime(zone.clone()).date();
        while date <= last {
            if holidays.on(date).is_none() {
                for span in hours.of(date.weekday()) {
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
