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
        *last = end.is_multiple_of(horizon.interval());
    }
    Periods {
        starts,
        end,
        complete,
        labels,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::time::{HOUR, Length, MINUTE};
    use jiff::civil::date;

    fn zone(name: &str) -> TimeZone {
        TimeZone::get(name).unwrap()
    }

    fn horizon(start: civil::Date, length: Length) -> Horizon {
        Horizon::new(start, length, zone("Europe/Berlin"), Horizon::INTERVAL).unwrap()
    }

    fn lengths(p: &Periods) -> Vec<Tick> {
        (0..p.len()).map(|i| p.span(i).1 - p.span(i).0).collect()
    }

    #[test]
    fn days_across_a_clock_change() {
        let h = horizon(date(2027, 3, 27), Length::Days(3));
        let p = days(&h, h.zone());
        assert_eq!(lengths(&p), [24 * HOUR, 23 * HOUR, 24 * HOUR]);
        assert_eq!(p.labels, ["2027-03-27", "2027-03-28", "2027-03-29"]);
        assert_eq!(p.complete, [true; 3]);
        assert_eq!(
            (
                p.period_of(0),
                p.period_of(24 * HOUR - 1),
                p.period_of(24 * HOUR)
            ),
            (0, 0, 1)
        );
        assert_eq!(p.period_of(u64::MAX), 2);
    }

    #[test]
    fn days_of_another_zone_are_cut_at_both_ends() {
        let h = horizon(date(2027, 1, 11), Length::Days(2));
        let p = days(&h, &zone("Asia/Kolkata")); // 4:30 ahead of Berlin in winter
        assert_eq!(p.labels, ["2027-01-11", "2027-01-12", "2027-01-13"]);
        assert_eq!(p.complete, [false, true, false]);
        assert_eq!(
            p.starts,
            [0, 19 * HOUR + 30 * MINUTE, 43 * HOUR + 30 * MINUTE]
        );
    }

    #[test]
    fn a_day_a_zone_skipped_is_no_period() {
        // Samoa had no 30 December 2011.
        let apia = zone("Pacific/Apia");
        let h = Horizon::new(date(2011, 12, 29), Length::Days(3), apia.clone(), HOUR).unwrap();
        let p = days(&h, &apia);
        assert_eq!(p.labels, ["2011-12-29", "2011-12-31"]);
        assert_eq!(lengths(&p), [24 * HOUR, 24 * HOUR]);
        assert_eq!(p.complete, [true, true]);
    }

    #[test]
    fn weeks_end_on_the_weekday_they_began() {
        let h = horizon(date(2027, 3, 24), Length::Days(17));
        let p = weeks(&h, h.zone());
        assert_eq!(p.labels, ["2027-03-24", "2027-03-31", "2027-04-07"]);
        assert_eq!(p.complete, [true, true, false]);
        assert_eq!(lengths(&p), [167 * HOUR, 168 * HOUR, 72 * HOUR]);
    }

    #[test]
    fn months_begun_midway_are_partial() {
        let h = horizon(date(2027, 1, 11), Length::Months(2));
        let p = months(&h, h.zone());
        assert_eq!(p.labels, ["2027-01", "2027-02", "2027-03"]);
        assert_eq!(p.complete, [false, true, false]);
        assert_eq!(p.starts[1], 21 * 24 * HOUR);
        let whole = months(&horizon(date(2027, 1, 1), Length::Months(12)), h.zone());
        assert_eq!((whole.len(), whole.complete.iter().all(|c| *c)), (12, true));
    }

    #[test]
    fn intervals_of_a_repeated_hour_have_two_names() {
        let h = horizon(date(2027, 10, 31), Length::Days(1));
        let p = intervals(&h);
        assert_eq!((p.len(), p.end), (100, 25 * HOUR));
        assert_eq!(p.labels[8], "2027-10-31 02:00+02:00");
        assert_eq!(p.labels[12], "2027-10-31 02:00+01:00");
        assert_eq!(p.period_of(3 * HOUR), 12);
        assert!(p.complete.iter().all(|c| *c));
        let short = horizon(date(2027, 1, 1), Length::Ticks(50 * MINUTE));
        assert_eq!(intervals(&short).complete, [true, true, true, false]);
    }
}
