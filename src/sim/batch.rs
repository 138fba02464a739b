//! Contacts that an event adds as an exact number: each at an even chance over the event's stretch of time.

use super::engine::Engine;
use super::event::Kind;
use crate::random::{self, Key, Seed};
use crate::time::Tick;
use crate::world::World;
use rand::RngExt;

/// Purpose of the sequence that makes arrival times; apart from the streams' own by its key.
const BATCHES: u64 = 2;

/// One added contact.
pub struct Added {
    /// When it arrives.
    pub at: Tick,
    stream: u32,
    customer: Key,
}

/// All added contacts of a replication in the order of their arrival.
pub fn added(world: &World, seed: Seed) -> Vec<Added> {
    let mut all: Vec<Added> = Vec::new();
    for batch in &world.batches {
        let key = Key::stream(seed, batch.key);
        let mut draws = random::sequence(seed, batch.key, BATCHES);
        let width = (batch.until - batch.from) as f64;
        all.extend((0..batch.contacts).map(|i| {
            let u: f64 = draws.random();
            Added {
                at: batch.from + (u * width) as Tick,
                stream: batch.stream as u32,
                customer: key.ordinal(u64::from(i)),
            }
        }));
    }
    // Stable: those of one instant stay in the order of streams.
    all.sort_by_key(|a| a.at);
    all
}

impl Engine<'_> {
    /// Schedules the added contact with this number, if there is one.
    pub(super) fn schedule_added(&mut self, index: usize) {
        if let Some(added) = self.added.get(index) {
            self.events.push(added.at, Kind::Added, index as u32);
        }
    }

    /// An added contact arrives.
    pub(super) fn added_contact(&mut self, index: usize) {
        self.schedule_added(index + 1);
        let (stream, customer) = (
            self.added[index].stream as usize,
            self.added[index].customer,
        );
        self.customer_comes(stream, customer);
    }
}
