//! Self-service that takes contacts away.

use crate::random::Law;

/// A portal, a bot, a knowledge base.
#[derive(Debug, Clone, PartialEq)]
pub struct Deflection {
    /// Its name.
    pub name: String,
    /// The streams it takes from (indexes).
    pub streams: Vec<usize>,
    /// Its first tick, from the horizon's start; it may lie before it.
    pub from: i64,
    /// Ticks until it takes its full share; the share rises evenly.
    pub ramp: f64,
    /// Share of first contacts it takes in the end.
    pub share: f64,
    /// Of those it took, the share that comes to people after all.
    pub returns: f64,
    /// After this delay, in seconds.
    pub after: Law,
    /// Factor on the handle time of what remains, once it takes its full share.
    pub harder: f64,
    /// Money per month, from its first day on.
    pub per_month: f64,
    /// Money for each contact it takes.
    pub per_contact: f64,
}

impl Deflection {
    /// How far it has risen to its full share at a tick, from 0 to 1.
    #[must_use]
    pub fn risen(&self, tick: f64) -> f64 {
        let since = tick - self.from as f64;
        if since < 0.0 {
            0.0
        } else if self.ramp <= 0.0 {
            1.0
        } else {
            (since / self.ramp).min(1.0)
        }
    }
}
