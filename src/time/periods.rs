//! Judging periods: days, weeks, months or planning intervals laid on a horizon.

use jiff::{Span, Timestamp, civil, tz::TimeZone};

use super::{Horizon, Tick, start_of_day};

/// A horizon cut into consecutive periods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Periods {
    /// First tick of every period, ascending; the first is 0.
    pub starts: Vec<Tick>,
    /// The tick after the last period: the horizon's length.
    pub end: Tick,
    /// Whether the horizon holds the whole period. Only the first (in another zone than the
    /// horizon's, or a month begun midway) and the last can be partial.
    pub complete: Vec<bool>,
    /// A name for every period: its local date, month, or date and time.
    pub labels: Vec<String>,
}

impl Periods {
    /// Number of periods; never 0.
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// The period a tick falls in; ticks beyond the end count to the last.
    #[inline]
    pub fn period_of(&self, tick: Tick) -> u32 {
        // The first start is 0, so at least one start is not after the tick.
        (self.starts.partition_point(|&s| s <= tick) - 1) as u32
    }

    /// First tick of period `i` and the tick after its last.
    pub fn span(&self, i: usize) -> (Tick, Tick) {
        (
            self.starts[i],
            self.starts.get(i + 1).copied().unwrap_or(self.end),
        )
    }

    /// Cuts a horizon at the first instants of the dates that `next` steps through. `first` is
    /// the date the horizon's first period begins on.
    fn by_date(
        horizon: &Horizon,
        zone: &TimeZone,
        first: civil::Date,
        label: &str,
        next: impl Fn(u32) -> Option<civil::Date>,
    ) -> Periods {
        let mut periods = Periods {
            starts: vec![0],
            end: horizon.length(),
            complete: vec![start_of_day(first, zone) == Some(horizon.start())],
            labels: vec![first.strftime(label).to_string()],
        };
        let mut last_whole = false;
        for n in 1.. {
            let Some((date, start)) = next(n).and_then(|d| Some((d, start_of_day(d, zone)?)))
            else {
                break;
            };
            if start >= horizon.end() {
                last_whole = start == horizon.end();
                break;
            }
            periods.push(horizon, start, date, label);
        }
        if let Some(last) = periods.complete.last_mut() {
            *last &= last_whole;
        }
        periods
    }

    fn push(&mut self, horizon: &Horizon, start: Timestamp, date: civil::Date, label: &str) {
        let tick = horizon.tick_of_clamped(start);
        // A date that a zone skipped altogether begins where the next one does.
        if self.starts.last() == Some(&tick) {
            if let Some(last) = self.labels.last_mut() {
                *last = date.strftime(label).to_string();
            }
            return;
        }
        self.starts.push(tick);
        self.complete.push(true);
        self.labels.push(date.strftime(label).to_string());
    }
}

/// Civil days of `zone`, labelled `2027-01-11`.
pub fn days(horizon: &Horizon, zone: &TimeZone) -> Periods {
    let first = horizon.zoned_in(0, zone).date();
    Periods::by_date(horizon, zone, first, "%Y-%m-%d", |n| {
        first.checked_add(Span::new().days(i64::from(n))).ok()
    })
}

/// Blocks of seven civil days of `zone` from the horizon's first day, labelled by that day.
pub fn weeks(horizon: &Horizon, zone: &TimeZone) -> Periods {
    let first = horizon.zoned_in(0, zone).date();
    Periods::by_date(horizon, zone, first, "%Y-%m-%d", |n| {
        first.checked_add(Span::new().weeks(i64::from(n))).ok()
    })
}

/// Calendar months of `zone`, labelled `2027-01`.
pub fn months(horizon: &Horizon, zone: &TimeZone) -> Periods {
    let first = horizon.zoned_in(0, zone).date().first_of_month();
    Periods::by_date(horizon, zone, first, "%Y-%m", |n| {
        first.checked_add(Span::new().months(i64::from(n))).ok()
    })
}

/// The horizon's planning intervals, labelled by local date and time in its own zone with the
/// offset, so that a repeated hour has two names.
pub fn intervals(horizon: &Horizon) -> Periods {
    let end = horizon.length();
    let starts: Vec<Tick> = (0..horizon.intervals() as Tick)
        .map(|i| i * horizon.interval())
        .collect();
    let labels = starts
        .iter()
        .map(|&t| horizon.zoned(t).strftime("%Y-%m-%d %H:%M%:z").to_string())
        .collect();
    let mut complete = vec![true; starts.len()];
    if let Some(last) = complete.last_mut() {
        *last = end % horizon.interval() == 0;
    }
    Periods {
        starts,
        end,
        complete,
        labels,
    }
}
