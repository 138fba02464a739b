//! The event list: a 4-ary heap of packed events that leaves a hole at the root for the next push. Siblings share a line
//! of the cache.
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
}

const KINDS: [Kind; 10] = [
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
];
const SLOT_BITS: u32 = 28;
const KIND_BITS: u32 = 4;
const SEQUENCE_BITS: u32 = 40;

/// A scheduled event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Event(u128);

impl Event {
    #[inline]
    fn new(tick: Tick, sequence: u64, kind: Kind, slot: u32) -> Self {
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

/// Four siblings in one line of the cache; places that hold no event come after every event.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Siblings([Event; 4]);

/// A place that holds no event.
const VACANT: Event = Event(u128::MAX);

/// The list of pending events.
///
/// Node 0 is the root, the children of node `n` are `4 n + 1` to `4 n + 4`. Node `n` lies at place `n + 3`, so that the
/// children of a node are one group of siblings: group `n + 1`.
pub struct Events {
    groups: Vec<Siblings>,
    /// Nodes in use.
    len: usize,
    /// The root was taken and nothing was pushed since.
    hole: bool,
    next_sequence: u64,
}

impl Events {
    /// An empty list.
    pub fn new() -> Self {
        Self {
            groups: vec![Siblings([VACANT; 4]); 256],
            len: 0,
            hole: false,
            next_sequence: 1,
        }
    }

    /// Schedules an event and returns its sequence number (never 0).
    #[inline]
    pub fn push(&mut self, tick: Tick, kind: Kind, slot: u32) -> u64 {
        let sequence = self.next_sequence;
        self.next_sequence += 1;
        let event = Event::new(tick.min((1 << 56) - 1), sequence, kind, slot);
        if self.hole {
            self.hole = false;
            self.sift_down(event);
        } else {
            self.add(event);
        }
        sequence
    }

    /// Takes the earliest event.
    #[inline]
    pub fn pop(&mut self) -> Option<Event> {
        if self.hole {
            self.hole = false;
            self.len -= 1;
            let last = self.at(self.len);
            self.set(self.len, VACANT);
            if self.len > 0 {
                self.sift_down(last);
            }
        }
        self.hole = self.len > 0;
        self.hole.then(|| self.at(0))
    }

    #[inline]
    fn at(&self, node: usize) -> Event {
        self.groups[(node + 3) >> 2].0[(node + 3) & 3]
    }

    #[inline]
    fn set(&mut self, node: usize, event: Event) {
        self.groups[(node + 3) >> 2].0[(node + 3) & 3] = event;
    }

    /// Puts an event behind all others and lets it rise.
    #[inline]
    fn add(&mut self, event: Event) {
        let mut node = self.len;
        self.len += 1;
        if (node + 3) >> 2 == self.groups.len() {
            self.groups.push(Siblings([VACANT; 4]));
        }
        while node > 0 {
            let parent = (node - 1) / 4;
            let above = self.at(parent);
            if above <= event {
                break;
            }
            self.set(node, above);
            node = parent;
        }
        self.set(node, event);
    }

    /// Puts an event at the root and lets it sink.
    #[inline]
    fn sift_down(&mut self, event: Event) {
        let mut node = 0;
        while let Some(&Siblings([a, b, c, d])) = self.groups.get(node + 1) {
            let (i, left) = if b < a { (2, b) } else { (1, a) };
            let (j, right) = if d < c { (4, d) } else { (3, c) };
            let (k, least) = if right < left { (j, right) } else { (i, left) };
            if least >= event {
                break;
            }
            self.set(node, least);
            node = 4 * node + k;
        }
        self.set(node, event);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn comes_out_in_order_of_tick_then_schedule(script in prop::collection::vec(prop::option::of(0u64..50), 0..400)) {
            let mut events = Events::new();
            let mut model: Vec<(u64, u64)> = Vec::new();
            for step in script {
                if let Some(tick) = step {
                    let sequence = events.push(tick, Kind::Work, 7);
                    model.push((tick, sequence));
                } else {
                    let least = model.iter().copied().min();
                    model.retain(|&e| Some(e) != least);
                    prop_assert_eq!(events.pop().map(|e| (e.tick(), e.sequence())), least);
                }
            }
            model.sort_unstable();
            for expected in model {
                let event = events.pop();
                prop_assert_eq!(event.map(|e| (e.tick(), e.sequence(), e.kind(), e.slot())), Some((expected.0, expected.1, Kind::Work, 7)));
            }
            prop_assert!(events.pop().is_none());
        }
    }
}
