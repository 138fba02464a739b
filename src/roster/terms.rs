//! What each position is paid by: the contract's hours, or the duties somebody turns up for.

use super::types::TeamRoster;
use crate::scenario::model::{Rate, Scenario};
use crate::time::{Tick, ticks};

/// How the duties of a freelancer's position are paid.
#[derive(Debug, Clone, PartialEq)]
pub struct Terms {
    /// Share of duties somebody turns up for.
    pub shows_up: f64,
    /// Ticks paid at least for each.
    pub call_out: Tick,
    /// Money per hour.
    pub per_hour: Rate,
}

/// The terms of every position; empty where nobody is paid by the duty.
pub fn terms(scenario: &Scenario, roster: &TeamRoster) -> Vec<Option<Terms>> {
    let of = |contract: Option<usize>| {
        let contract = contract?;
        let freelance = scenario.contracts[contract].freelance?;
        Some(Terms {
            shows_up: freelance.shows_up,
            call_out: ticks(freelance.call_out_s),
            per_hour: scenario.pay(contract),
        })
    };
    let terms: Vec<Option<Terms>> = roster.positions.iter().map(|p| of(p.contract)).collect();
    if terms.iter().all(Option::is_none) {
        Vec::new()
    } else {
        terms
    }
}
