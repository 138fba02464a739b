//! Who asks for what, how often, and what their work is.

use super::{Course, NextStage, Scenario};
use crate::random::Law;
use jiff::tz::TimeZone;

/// Day-level busyness: a factor of mean one on each stream's day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Busyness {
    /// Coefficient of variation of the day factor; 0 switches it off.
    pub cv: f64,
    /// Lag-one autocorrelation from day to day.
    pub day_to_day: f64,
    /// Correlation across streams on one day.
    pub across_streams: f64,
}

/// What customers ask about.
#[derive(Debug, Clone)]
pub struct Topic {
    /// Its name.
    pub name: String,
    /// Delay of a contact that returns because it was not resolved.
    pub returns_after: Law,
    /// Value of a contact that leaves for good, in money.
    pub lost_value: f64,
    /// Share of its contacts on each channel, in the order of the channels, as at the start.
    pub channels: Vec<f64>,
    /// Shares of its handle time by part, in the order of [`PARTS`](super::PARTS), where they are said.
    pub parts: Option<[f64; 4]>,
    /// What customers come with next; shares sum to at most 1.
    pub leads_to: Vec<NextStage>,
}

/// A language and the zone its customers live in.
#[derive(Debug, Clone)]
pub struct Language {
    /// Its name, usually the two-letter code.
    pub name: String,
    /// Zone of its customers.
    pub zone: TimeZone,
}

/// A priority class.
#[derive(Debug, Clone, PartialEq)]
pub struct Priority {
    /// Its name.
    pub name: String,
    /// Rank: lower is served first.
    pub rank: u8,
    /// Seconds a contact is treated as if it had waited already.
    pub credit_s: f64,
    /// After each of these seconds of waiting a contact counts as one class more urgent; `None`: it does not age.
    pub ages_s: Option<f64>,
    /// Weight of its waiting time, for teams that take the largest weight x wait.
    pub weight: f64,
}

/// A kind of customers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Its name.
    pub name: String,
    /// Priority class (index) of its contacts; `None`: by the classes' shares.
    pub priority: Option<usize>,
}

/// One stream of demand.
#[derive(Debug, Clone)]
pub struct Stream {
    /// `topic/channel/language` (and `/priority`, `/segment` where there are several): the key of its random draws.
    pub name: String,
    /// Index into [`Scenario::channels`](super::Scenario::channels).
    pub channel: usize,
    /// Index into [`Scenario::topics`](super::Scenario::topics).
    pub topic: usize,
    /// Index into [`Scenario::languages`](super::Scenario::languages).
    pub language: usize,
    /// Index into [`Scenario::priorities`](super::Scenario::priorities).
    pub priority: usize,
    /// Index into [`Scenario::segments`](super::Scenario::segments).
    pub segment: usize,
    /// Zone of its customers: profile and busyness follow it.
    pub zone: TimeZone,
    /// How many first contacts arrive when.
    pub volume: Volume,
    /// Whether redials and returns are generated (not where measured counts contain them already).
    pub comes_back: bool,
    /// Patience of its customers, if it differs from the channel's.
    pub patience: Option<Law>,
    /// How that patience moves over the week.
    pub patience_course: Option<Course>,
    /// Where its contacts go because its channel is not offered or nobody speaks its language: `(share, stream)`, its own
    /// index where agents work on it through a translation tool; the rest is lost. `None`: it is served.
    pub moves: Option<Vec<(f64, usize)>>,
    /// Per tier: handle time of one work item and what comes of it. Same length as [`Scenario::tiers`](super::Scenario::tiers).
    pub work: Vec<Work>,
}

impl Stream {
    /// Whether customers of the other stream may be the same as of this one: of its language, priority class and segment.
    #[must_use]
    pub fn same_customers(&self, other: &Stream) -> bool {
        self.language == other.language && self.same_class(other)
    }

    /// The stream on which the same customers come about the same topic on another channel.
    #[must_use]
    pub fn on_channel(&self, scenario: &Scenario, channel: usize) -> Option<usize> {
        let same =
            |s: &Stream| s.channel == channel && s.topic == self.topic && s.same_customers(self);
        scenario.streams.iter().position(same)
    }

    /// Whether both are of one priority class and segment.
    #[must_use]
    pub fn same_class(&self, other: &Stream) -> bool {
        self.priority == other.priority && self.segment == other.segment
    }
}

/// How many contacts arrive when.
#[derive(Debug, Clone)]
pub enum Volume {
    /// A weekly mean, spread by a profile in the customers' local time.
    Weekly {
        /// First contacts per week on average (redials and returns taken out where `counted` said "every contact").
        first_per_week: f64,
        /// The figure as the file counted it, for the reports.
        as_counted_per_week: f64,
        /// Local weekly profile: fractions of the week that sum to 1.
        profile: Profile,
        /// Growth as a fraction per month, compounding.
        growth: f64,
        /// The tick at which the volume is as stated; it grows from there.
        since: u64,
    },
    /// Measured counts, replayed.
    Counts(Replay),
    /// Time stamps, replayed: ticks of the horizon, ascending.
    Times(Vec<u64>),
}

/// Fractions of a week's volume per local interval.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// Length of an interval in minutes; divides 1440.
    pub interval_min: u32,
    /// `7 * 1440 / interval_min` fractions from Monday 00:00, summing to 1.
    pub weights: Vec<f64>,
}

/// Measured counts per interval.
#[derive(Debug, Clone)]
pub struct Replay {
    /// `(start, end, contacts)` in ticks of the horizon, ascending, without overlap.
    pub counts: Vec<(u64, u64, f64)>,
    /// `true`: exactly these counts, uniform inside the interval; `false`: Poisson with these means.
    pub exact: bool,
}

/// Work of one stream at one tier.
#[derive(Debug, Clone)]
pub struct Work {
    /// Handle time per work item in seconds of one agent's undivided effort, wrap included.
    pub handle: Law,
    /// How it moves over the week, by the contact's arrival.
    pub handle_course: Option<Course>,
    /// What comes of it; shares sum to 1. Empty where the stream never reaches this tier.
    pub ends: Vec<(f64, End)>,
}

/// What comes of a finished piece of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Done.
    Resolved,
    /// Not done, and nobody noticed: the customer comes back.
    Returns,
    /// Handed to a tier (0-based index), queues again.
    Tier(usize),
    /// Handed to a team, queues again at that team's tier.
    Team(usize),
    /// Handed to engineering, outside support.
    Engineering,
}
