//! What happened day by day: the intervals of each day of the reporting zone, summed.
//!
//! Contacts count on the day they arrived; shares and means of a day are of its sums over all replications.

use super::daily::{DailyFigures, DayWaits};
use super::intervals::{ChannelPoint, Intervals, StreamDay};
use jiff::civil::Date;

/// Every day of the horizon, the warm-up left out.
#[derive(Debug, Clone, PartialEq)]
pub struct Days {
    /// Dates in the reporting zone.
    pub dates: Vec<Date>,
    /// Per channel, one per day.
    pub channels: Vec<(String, Vec<ChannelDay>)>,
    /// Per team, one per day.
    pub teams: Vec<(String, Vec<TeamDay>)>,
    /// Per stream, one per day.
    pub streams: Vec<(String, Vec<StreamDay>)>,
    /// Waits and money of these days.
    pub daily: DailyFigures,
}

/// A channel on one day: sums over its intervals, and the contacts waiting when it ends with the age of the oldest.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct ChannelDay(pub ChannelPoint);

/// A team on one day; hours of all its people.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct TeamDay {
    /// On queue by the roster.
    pub rostered_h: f64,
    /// On queue when it was played.
    pub on_queue_h: f64,
    /// Of these, with a contact in hand.
    pub handling_h: f64,
}

impl ChannelDay {
    fn add(&mut self, point: &ChannelPoint) {
        let sum = &mut self.0;
        sum.offered += point.offered;
        sum.answered += point.answered;
        sum.abandoned += point.abandoned;
        sum.promised += point.promised;
        sum.promise_kept += point.promise_kept;
        sum.within_20s += point.within_20s;
        sum.wait_s += point.wait_s;
        sum.waiting = point.waiting;
        sum.oldest_s = point.oldest_s;
    }

    /// Abandoned / offered.
    #[must_use]
    pub fn abandoned_share(&self) -> Option<f64> {
        ratio(self.0.abandoned, self.0.offered)
    }

    /// Share of contacts inside their own promise.
    #[must_use]
    pub fn service_level(&self) -> Option<f64> {
        ratio(self.0.promise_kept, self.0.promised)
    }

    /// Mean wait of all answered and abandoned, in seconds.
    #[must_use]
    pub fn mean_wait_s(&self) -> Option<f64> {
        ratio(self.0.wait_s, self.0.answered + self.0.abandoned)
    }
}

impl StreamDay {
    /// Abandoned / offered.
    #[must_use]
    pub fn abandoned_share(&self) -> Option<f64> {
        ratio(self.abandoned, self.offered)
    }

    /// Share of contacts inside their own promise.
    #[must_use]
    pub fn service_level(&self) -> Option<f64> {
        ratio(self.promise_kept, self.promised)
    }

    /// Mean wait of all answered and abandoned, in seconds.
    #[must_use]
    pub fn mean_wait_s(&self) -> Option<f64> {
        ratio(self.wait_s, self.answered + self.abandoned)
    }

    /// First-contact resolution: first contacts resolved without a redial or return / first contacts.
    #[must_use]
    pub fn fcr(&self) -> Option<f64> {
        ratio(self.resolved_first, self.first_contacts)
    }

    /// Mean satisfaction score, points of 100.
    #[must_use]
    pub fn mean_satisfaction(&self) -> Option<f64> {
        ratio(self.satisfaction, self.scored)
    }
}

impl TeamDay {
    /// Time with a contact in hand / time on queue.
    #[must_use]
    pub fn occupancy(&self) -> Option<f64> {
        ratio(self.handling_h, self.on_queue_h)
    }
}

fn ratio(part: f64, of: f64) -> Option<f64> {
    (of > 0.0).then(|| part / of)
}

impl Days {
    /// The days of some intervals.
    #[must_use]
    pub fn of(intervals: &Intervals) -> Self {
        let date = |i: usize| intervals.zone.to_datetime(intervals.starts[i]).date();
        let counted = || intervals.warm_up..intervals.starts.len();
        let mut dates: Vec<Date> = counted().map(date).collect();
        dates.dedup();
        // Dates ascend, so an interval's day is found by halving.
        let day = |i: usize| dates.binary_search(&date(i)).unwrap_or(0);
        let days: Vec<(usize, usize)> = counted().map(|i| (i, day(i))).collect();
        let channels = intervals.channels.iter().map(|channel| {
            let mut sums = vec![ChannelDay::default(); dates.len()];
            for &(i, day) in &days {
                sums[day].add(&channel.points[i]);
            }
            (channel.name.clone(), sums)
        });
        let hours = intervals.interval_s / 3600.0;
        let teams = intervals.teams.iter().map(|team| {
            let mut sums = vec![TeamDay::default(); dates.len()];
            for &(i, day) in &days {
                let point = &team.points[i];
                sums[day].rostered_h += point.rostered * hours;
                sums[day].on_queue_h += point.on_queue * hours;
                sums[day].handling_h += point.busy * hours;
            }
            (team.name.clone(), sums)
        });
        // The warm-up's days come before; a day that it ends within has only what counts.
        let before = |stream: &[StreamDay]| stream.len().saturating_sub(dates.len());
        let streams = intervals.streams.iter().map(|stream| {
            let days = stream.days[before(&stream.days)..].to_vec();
            (stream.name.clone(), days)
        });
        let counted = |days: &mut Vec<DayWaits>| {
            days.drain(..days.len().saturating_sub(dates.len()));
        };
        let mut daily = intervals.daily.clone();
        let rows = [&mut daily.channels, &mut daily.streams, &mut daily.teams];
        rows.into_iter().flatten().for_each(counted);
        counted(&mut daily.overall);
        let before = daily.cost.len().saturating_sub(dates.len());
        daily.cost.drain(..before);
        Self {
            daily,
            streams: streams.collect(),
            channels: channels.collect(),
            teams: teams.collect(),
            dates,
        }
    }
}
