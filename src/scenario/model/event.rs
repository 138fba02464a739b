//! What moves demand for a while.

use crate::time::{Horizon, Tick};

/// A launch, an outage, a campaign.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Its name.
    pub name: String,
    /// The streams it touches (indexes).
    pub streams: Vec<usize>,
    /// Its beginning, ticks from the horizon's start; it may lie before it.
    pub from: i64,
    /// Its end, ticks from the horizon's start.
    pub until: i64,
    /// Factor on the volume while it lasts; 1 where it adds `contacts` instead.
    pub factor: f64,
    /// Mean of the exponential in which the factor fades after the end, ticks; 0: at once.
    pub decay: f64,
    /// Contacts it adds over all its streams, at even chances while it lasts.
    pub contacts: Option<f64>,
    /// Of these, how many each of `streams` has, in proportion to the streams' volumes; empty where it adds none.
    pub added: Vec<f64>,
    /// Whether people are placed for it.
    pub planned: bool,
}

impl Event {
    /// The stretch of its duration inside the horizon, in ticks, and which share of it that is.
    #[must_use]
    pub fn inside(&self, horizon: &Horizon) -> Option<(Tick, Tick, f64)> {
        let from = self.from.max(0);
        let until = self.until.min(horizon.length() as i64);
        let share = (until - from) as f64 / (self.until - self.from).max(1) as f64;
        (until > from).then_some((from.unsigned_abs(), until.unsigned_abs(), share))
    }
}
