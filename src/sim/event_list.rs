//! The list of pending events: a calendar of the next minutes and a heap of what lies beyond (after R. Brown, *Calendar
//! queues*, Communications of the ACM 31, 1988).
//!
//! Most events come soon after they are scheduled (an arrival, the end of a call, the end of somebody's patience), and
//! a bucket about a second wide seldom holds more than a few of them: scheduling writes one entry, playing looks up the
//! next bucket that is not empty. Later ones (a shift's end, a customer's answer tomorrow) wait in the heap until the
//! calendar reaches them. What comes out is the same whatever lies where: events are totally ordered.
//!
//! Events are never taken out: their owner remembers the sequence number of the event it still waits for, and others
//! are dropped when they come up.

use super::event::{Event, Kind};
use super::event_heap::EventHeap;
use crate::time::Tick;

/// Width of a bucket: 2^20 ticks, about a second.
const WIDTH_BITS: u32 = 20;
/// Buckets of the calendar: the next 18 minutes.
const BUCKETS: usize = 1 << 10;
const WORDS: usize = BUCKETS / 64;
/// End of a bucket's list.
const END: u32 = u32::MAX;

/// An event in a bucket's list, or a free entry.
#[derive(Clone, Copy)]
struct Entry {
    event: Event,
    next: u32,
}

/// The list of pending events.
pub struct Events {
    /// Events of the present bucket.
    near: EventHeap,
    /// Number of the present bucket, counted from tick 0.
    bucket: u64,
    /// First entry of each bucket after the present one, by its number modulo [`BUCKETS`].
    heads: Vec<u32>,
    /// Which buckets are not empty.
    filled: [u64; WORDS],
    entries: Vec<Entry>,
    free: u32,
    /// Events beyond the calendar, and the bucket of the first of them; [`u64::MAX`]: none.
    far: EventHeap,
    far_from: u64,
    next_sequence: u64,
}

#[inline]
fn bucket_of(event: Event) -> u64 {
    event.tick() >> WIDTH_BITS
}

impl Events {
    /// An empty list.
    pub fn new() -> Self {
        Self {
            near: EventHeap::new(),
            bucket: 0,
            heads: vec![END; BUCKETS],
            filled: [0; WORDS],
            entries: Vec::with_capacity(256),
            free: END,
            far: EventHeap::new(),
            far_from: u64::MAX,
            next_sequence: 1,
        }
    }

    /// Schedules an event and returns its sequence number (never 0).
    #[inline]
    pub fn push(&mut self, tick: Tick, kind: Kind, slot: u32) -> u64 {
        let sequence = self.next_sequence;
        self.next_sequence += 1;
        let event = Event::new(tick, sequence, kind, slot);
        let bucket = bucket_of(event);
        if bucket <= self.bucket {
            self.near.push(event);
        } else if bucket < self.bucket + BUCKETS as u64 {
            self.note(bucket, event);
        } else {
            self.far.push(event);
            self.far_from = self.far_from.min(bucket);
        }
        sequence
    }

    /// Takes the earliest event.
    #[inline]
    pub fn pop(&mut self) -> Option<Event> {
        let event = if self.near.is_empty() {
            self.next_bucket()
        } else {
            self.near.pop()
        };
        (event != Event::NONE).then_some(event)
    }

    /// Writes an event into the calendar.
    #[inline]
    fn note(&mut self, bucket: u64, event: Event) {
        let place = bucket as usize % BUCKETS;
        let entry = Entry {
            event,
            next: self.heads[place],
        };
        if self.free == END {
            self.heads[place] = self.entries.len() as u32;
            self.entries.push(entry);
        } else {
            let free = self.free as usize;
            self.heads[place] = self.free;
            self.free = self.entries[free].next;
            self.entries[free] = entry;
        }
        self.filled[place / 64] |= 1 << (place % 64);
    }

    /// Turns to the next bucket that holds events and takes the earliest of them; the others become the near ones.
    #[inline]
    fn next_bucket(&mut self) -> Event {
        self.bucket = match self.steps_to_filled() {
            Some(steps) => self.bucket + steps,
            None if self.far_from == u64::MAX => return Event::NONE,
            None => self.far_from,
        };
        let mut least = Event::NONE;
        if self.far_from < self.bucket + BUCKETS as u64 {
            least = self.take_from_far();
        }
        let place = self.bucket as usize % BUCKETS;
        self.filled[place / 64] &= !(1 << (place % 64));
        let mut at = std::mem::replace(&mut self.heads[place], END);
        while at != END {
            let entry = &mut self.entries[at as usize];
            let event = entry.event;
            let next = std::mem::replace(&mut entry.next, self.free);
            self.free = at;
            at = next;
            least = self.earlier(least, event);
        }
        least
    }

    /// The earlier of two events; the other one, if it is one, is near.
    #[inline]
    fn earlier(&mut self, a: Event, b: Event) -> Event {
        let (first, second) = if a < b { (a, b) } else { (b, a) };
        if second != Event::NONE {
            self.near.push(second);
        }
        first
    }

    /// Moves into the calendar what has come within its reach; returns the earliest event of the present bucket.
    #[cold]
    fn take_from_far(&mut self) -> Event {
        let mut least = Event::NONE;
        while self.far_from < self.bucket + BUCKETS as u64 {
            let event = self.far.pop();
            if self.far_from == self.bucket {
                least = self.earlier(least, event);
            } else {
                self.note(self.far_from, event);
            }
            self.far_from = self.far.first().map_or(u64::MAX, bucket_of);
        }
        least
    }

    /// How many buckets ahead the next filled one lies.
    #[inline]
    fn steps_to_filled(&self) -> Option<u64> {
        let present = self.bucket as usize % BUCKETS;
        let start = (present + 1) % BUCKETS;
        let mut word = start / 64;
        let mut bits = self.filled[word] & (u64::MAX << (start % 64));
        for _ in 0..=WORDS {
            if bits != 0 {
                let place = 64 * word + bits.trailing_zeros() as usize;
                return Some((place.wrapping_sub(present) % BUCKETS) as u64);
            }
            word = (word + 1) % WORDS;
            bits = self.filled[word];
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Ticks of one bucket, of neighbours, around the calendar's reach, and far beyond.
    fn tick() -> impl Strategy<Value = Tick> {
        prop_oneof![
            0u64..50,
            0u64..5 << WIDTH_BITS,
            (0u64..3 * BUCKETS as u64).prop_map(|b| b << WIDTH_BITS),
            (BUCKETS as u64 - 3..BUCKETS as u64 + 3, 0u64..3)
                .prop_map(|(b, t)| (b << WIDTH_BITS) + t),
            0u64..1 << 50,
            Just(Tick::MAX),
        ]
    }

    proptest! {
        #[test]
        fn comes_out_in_order_of_tick_then_schedule(
            script in prop::collection::vec(prop::option::weighted(0.6, tick()), 0..600),
            from_now in any::<bool>(),
        ) {
            let mut events = Events::new();
            let mut model: Vec<(u64, u64)> = Vec::new();
            let mut now = 0;
            for step in script {
                if let Some(tick) = step {
                    let at = if from_now { tick.saturating_add(now) } else { tick };
                    let sequence = events.push(at, Kind::Work, 7);
                    model.push((at.min((1 << 56) - 1), sequence));
                } else {
                    let least = model.iter().copied().min();
                    model.retain(|&e| Some(e) != least);
                    let event = events.pop();
                    now = event.map_or(now, Event::tick);
                    prop_assert_eq!(event.map(|e| (e.tick(), e.sequence())), least);
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
