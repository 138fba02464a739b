//! What happens and when, packed so that one comparison orders it.
//!
//! An event is one `u128`: tick (56 bits), sequence number (40 bits), kind (4 bits), slot (28 bits). Comparing two
//! events compares ticks, then the order in which they were scheduled, so ties are defined and runs are exact.
//! Events are never taken out: their owner remembers the sequence number of the event it still waits for, and others
//! are dropped when they come up.

use crate::time::Tick;

/// What happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// A stream's next first contact; slot = stream.
    Arrival = 0,
    /// A waiting contact reaches its next stage or the end of its patience; slot = contact.
    Waiting = 1,
    /// A contact comes (back) from outside: redial, return, the customer's reply; slot = contact.
    Comeback = 2,
    /// An agent's work (or turn-round, or pause) is done; slot = agent.
    Work = 3,
    /// An agent's roster says something; slot = position.
    Roster = 4,
    /// A team looks at its head customer to recall pausing agents; slot = team.
    Recall = 5,
    /// A channel closes; slot = channel.
    Close = 6,
    /// A contact that an event adds arrives; slot = its number.
    Added = 7,
    /// A local midnight at which a team's people change; slot = team.
    Midnight = 8,
    /// A tool fails, or is repaired; slot = tool.
    Tool = 9,
    /// Routes change with the hour; slot = their hours.
    Route = 10,
}

const KINDS: [Kind; 11] = [
    Kind::Arrival,
    Kind::Waiting,
    Kind::Comeback,
    Kind::Work,
    Kind::Roster,
    Kind::Recall,
    Kind::Close,
    Kind::Added,
    Kind::Midnight,
    Kind::Tool,
    Kind::Route,
];
const SLOT_BITS: u32 = 28;
const KIND_BITS: u32 = 4;
const SEQUENCE_BITS: u32 = 40;
/// The last tick an event can have.
const LAST: Tick = (1 << 56) - 1;

/// A scheduled event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Event(u128);

impl Event {
    /// No event: comes after every one.
    pub const NONE: Self = Self(u128::MAX);

    /// Something that happens to a slot; `sequence` is its place in the order of scheduling.
    #[inline]
    pub fn new(tick: Tick, sequence: u64, kind: Kind, slot: u32) -> Self {
        let tick = tick.min(LAST);
        let low = (sequence << (KIND_BITS + SLOT_BITS)) as u128
            | u128::from((kind as u32) << SLOT_BITS | slot);
        Self(u128::from(tick) << (SEQUENCE_BITS + KIND_BITS + SLOT_BITS) | low)
    }

    /// When.
    #[inline]
    pub fn tick(self) -> Tick {
        (self.0 >> (SEQUENCE_BITS + KIND_BITS + SLOT_BITS)) as Tick
    }

    /// Its place in the order of scheduling.
    #[inline]
    pub fn sequence(self) -> u64 {
        (self.0 >> (KIND_BITS + SLOT_BITS)) as u64 & ((1 << SEQUENCE_BITS) - 1)
    }

    /// What.
    #[inline]
    pub fn kind(self) -> Kind {
        // Only `new` makes events, from a `Kind`; the remainder keeps the index inside the table.
        KINDS[((self.0 >> SLOT_BITS) as usize & 15) % KINDS.len()]
    }

    /// Whose.
    #[inline]
    pub fn slot(self) -> u32 {
        self.0 as u32 & ((1 << SLOT_BITS) - 1)
    }
}
