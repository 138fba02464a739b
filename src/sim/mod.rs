//! One replication, event by event.
//!
//! [`play`] takes a compiled [`World`], a [`Roster`] and a [`Seed`] and gives a [`Ledger`]: sums, never a log. It is
//! a pure function; replications run side by side on threads, one replication never does.
//!
//! # Life of a contact
//! 1. `arrivals`: a source makes the arrival times of each stream, `batch` those that events add; `engine` lets the contact in or, when its channel
//!    is closed, sends it elsewhere or away; `outside` is what customers do without people,
//!    `habits` what they do beside waiting, `call_back` how they are called.
//! 2. `routing`: the contact's class names the teams that may take it. An idle agent takes it at once; else an agent
//!    with room for one more conversation; else one who may put down other work. Otherwise it waits in its class's
//!    `queue` until an agent is free, more teams may take it, or its patience ends.
//! 3. `work`: the agent works on it; conversations side by side share the agent's speed (`chats`).
//! 4. `outcome`: it is resolved, handed to another tier or team (`hand_off`), answered by the customer after a while, or
//!    comes back unresolved.
//!    Its customer may come with another matter later (`life_cycle`).
//! 5. `availability`: the agent turns round, perhaps pauses, and takes the next.
//! 6. `duty` brings agents on queue and off as the roster says, `on_call` those who are called; and `booking` writes the [`Ledger`].
//!
//! Every random draw is a pure function of seed, replication, stream, customer, contact and purpose (`draws`), so two
//! organisations played on one seed meet the same people.

mod absence;
mod agent;
mod arrivals;
mod automation;
mod availability;
mod batch;
mod booking;
mod call_back;
mod carry_over;
mod chats;
mod contact;
mod daily;
mod draws;
mod duty;
mod engine;
mod estimate;
mod event;
mod event_heap;
mod event_list;
mod further_training;
mod habits;
mod hand_off;
mod handover;
mod headcount;
mod hiring;
mod kept_slot;
mod leads;
mod ledger;
mod life_cycle;
mod mentoring;
mod moves;
mod on_call;
mod outage;
mod outcome;
mod outside;
mod people;
mod promise;
mod promotion;
mod queue;
mod route_hours;
mod routing;
mod satisfaction;
mod second;
mod sums;
mod swarm;
mod team_service;
mod work;

#[cfg(test)]
mod career_tests;
#[cfg(test)]
mod hand_off_theory;
#[cfg(test)]
mod kept_slot_theory;
#[cfg(test)]
mod on_call_theory;
#[cfg(test)]
mod people_tests;
#[cfg(test)]
mod routing_theory;
#[cfg(test)]
mod second_theory;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod theory;
#[cfg(test)]
mod ticket_theory;

pub use agent::MAX_SLOTS;
pub use daily::{Daily, GRAIN};
pub use ledger::{FLOW_ENDS, Kept, Ledger, PART};
pub use sums::{ContactSums, DaySums, HeadSums, IntervalSums, StaffSums, TeamSums};

use crate::random::Seed;
use crate::roster::Roster;
use crate::world::World;

/// Plays one replication.
///
/// The result depends on the arguments alone, to the byte.
#[must_use]
pub fn play(world: &World, roster: &Roster, seed: Seed) -> Ledger {
    engine::Engine::new(world, roster, seed).run()
}
