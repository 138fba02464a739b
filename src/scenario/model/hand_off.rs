//! How contacts pass between tiers and teams, and out to engineering.

use super::{Swarm, Team};
use crate::random::Law;

/// A support level.
#[derive(Debug, Clone, PartialEq)]
pub struct Tier {
    /// Level, 1 is the first.
    pub number: u32,
    /// Extra seconds of triage work each hand-off into this tier costs.
    pub triage_s: f64,
    /// How calls and chats are handed into it.
    pub hand_off: HandOff,
    /// Contacts for it that go to the wrong team first.
    pub misrouted: Option<Misrouting>,
    /// Contacts for it in which a specialist joins their owner instead.
    pub swarm: Option<Swarm>,
}

/// How a customer on the line or in a chat is handed on. Tickets queue again.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum HandOff {
    /// The customer queues again; the first agent is free at once.
    Cold,
    /// The first agent stays until the second has taken over.
    Warm {
        /// Seconds in which both are busy together.
        together_s: f64,
        /// Longest the first agent waits for the second; then the customer queues alone.
        waits_s: f64,
    },
}

/// Contacts that go to the wrong team first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Misrouting {
    /// Share of the contacts that come into the tier, warm hand-offs apart.
    pub share: f64,
    /// The wrong team; `None`: each team of the tier without the skill alike.
    pub to: Option<usize>,
    /// Seconds of work there until the contact is sent on.
    pub costs_s: f64,
}

impl Misrouting {
    /// The teams a stream's contacts may go to by mistake on their way into a tier.
    #[must_use]
    pub fn wrong_teams(&self, tier: usize, stream: usize, teams: &[Team]) -> Vec<usize> {
        let right = |t: usize| teams[t].tier == tier && teams[t].skills[stream].is_some();
        match self.to {
            Some(team) if (0..teams.len()).any(|t| teams[t].unit == team && right(t)) => Vec::new(),
            Some(team) => vec![team],
            None => (0..teams.len())
                .filter(|&t| teams[t].tier == tier && !right(t))
                .collect(),
        }
    }
}

/// A delay station outside support: work handed there comes back after a while.
#[derive(Debug, Clone, PartialEq)]
pub struct Engineering {
    /// How long it takes.
    pub takes: Law,
    /// Share that comes back to the tier it came from; the rest is resolved with it.
    pub back: f64,
}
