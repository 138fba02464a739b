//! What happens to tickets beside the work on them: waiting for others, and shifts that end.

use crate::random::Law;

/// Tickets that wait once for somebody else after their first reply; our clock stops meanwhile.
#[derive(Debug, Clone, PartialEq)]
pub struct Pending {
    /// Whom they wait for, e.g. `customer`.
    pub name: String,
    /// Share of the tickets.
    pub share: f64,
    /// How long.
    pub takes: Law,
}

/// What happens to an agent's tickets when its shift ends: the one in hand and those that come back to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Handover {
    /// Per priority class.
    pub at_shift_end: Vec<AtShiftEnd>,
    /// Seconds of work a hand-over to another site costs whoever takes the ticket on.
    pub costs_s: f64,
}

/// Where a ticket is while its owner is off duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AtShiftEnd {
    /// With its owner, who goes on with it on the next duty.
    Stays,
    /// Back in the pool: anybody with the skill takes it.
    Pool,
    /// With the teams of other sites that have the skill: whoever is on duty next.
    NextSite,
}

/// Specialists pulled in instead of handing on.
#[derive(Debug, Clone, PartialEq)]
pub struct Swarm {
    /// Share of the contacts that would be handed into the tier.
    pub share: f64,
    /// The helper's team.
    pub helper: usize,
    /// Share of the tier's handle time that the helper takes part in.
    pub helper_time: f64,
    /// Until a helper is found.
    pub finds_after: Law,
    /// Whether the owner works on to the end (`true`), or the helper does and the owner only takes part.
    pub owner_keeps: bool,
    /// Longest the owner waits for a helper who is busy; then the contact is handed on.
    pub waits_s: f64,
}
