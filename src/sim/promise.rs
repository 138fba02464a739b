//! Promises: when they are decided for a contact, and what is counted then.

use super::engine::Engine;
use super::team_service::Unanswered;
use crate::scenario::model::{ChannelKind, Population, PromiseEvent};
use crate::time::Tick;

/// How a promise is decided for a contact.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Decided {
    /// The promised event happened.
    Happened(PromiseEvent),
    /// The customer left before an answer, after this wait.
    Left(Tick),
    /// The horizon ended with the contact open.
    Open,
}

impl Engine<'_> {
    /// Counts a contact for every promise that is decided now.
    pub(super) fn decide(&mut self, slot: u32, what: Decided) {
        let world = self.world;
        let plan = &world.streams[usize::from(self.contacts[slot].stream)];
        for (rank, &index) in plan.promises.iter().enumerate() {
            let promise = &world.promises[index as usize];
            let contact = &self.contacts[slot];
            let event = if plan.kind != ChannelKind::Deferred
                && promise.event == PromiseEvent::FirstReply
            {
                PromiseEvent::Answer
            } else {
                promise.event
            };
            let own_time = if event == PromiseEvent::Resolution {
                contact.pending
            } else {
                0
            };
            let from = if event == PromiseEvent::Resolution {
                contact.journey
            } else {
                contact.arrival
            };
            let elapsed = || {
                let wall = if promise.business {
                    world.open[plan.open].open_between(from, self.now)
                } else {
                    self.now - from
                };
                wall.saturating_sub(own_time)
            };
            let (total, good) = match what {
                Decided::Happened(happened) if happened == event => {
                    (true, elapsed() <= promise.within)
                }
                Decided::Happened(_) => (false, false),
                Decided::Left(wait) => match promise.of {
                    Population::Offered => (true, false),
                    Population::Answered => (false, false),
                    Population::LessShort { short_s } => {
                        (wait > crate::time::ticks(short_s), false)
                    }
                    Population::Credited => (true, wait <= promise.within),
                },
                Decided::Open => {
                    let waits = match event {
                        PromiseEvent::Answer => !contact.answered,
                        PromiseEvent::FirstReply => !contact.replied,
                        PromiseEvent::Resolution => true,
                    };
                    (waits && elapsed() > promise.within, false)
                }
            };
            if total {
                let kept = &mut self.book.promises
                    [index as usize * world.intervals + contact.interval as usize];
                kept.total += 1;
                kept.good += u32::from(good);
                if contact.answered {
                    self.book_first_by(slot, index as usize, good);
                }
                if rank == 0 {
                    self.book_own_promise(slot, good);
                }
            }
            if rank == 0 {
                let (happened, left) = match what {
                    Decided::Happened(_) => (total, None),
                    Decided::Left(wait) => (false, Some(Unanswered::Left(wait))),
                    Decided::Open => (false, total.then_some(Unanswered::Open)),
                };
                if happened {
                    self.book_team_promise(slot, good);
                } else if let Some(left) = left {
                    self.book_unanswered(slot, promise, left);
                }
            }
        }
    }

    fn book_own_promise(&mut self, slot: u32, good: bool) {
        let contact = &mut self.contacts[slot];
        contact.in_promise = good;
        let (stream, interval) = (usize::from(contact.stream), contact.interval);
        let cell = self.cell(stream, interval);
        let sums = &mut self.book.streams[stream];
        sums.promised += 1;
        sums.promise_kept += u64::from(good);
        self.book.intervals[cell].promised += 1;
        self.book.intervals[cell].promise_kept += u64::from(good);
        let day = self.day_cell(stream, interval);
        self.book.days[day].promised += 1;
        self.book.days[day].promise_kept += u64::from(good);
    }

    /// An answer counts for the promise a vendor made us.
    pub(super) fn book_vendor_promise(&mut self, slot: u32, promise: usize, wait: Tick) {
        let interval = self.contacts[slot].interval as usize;
        let kept = &mut self.book.vendor_promises[promise * self.world.intervals + interval];
        kept.total += 1;
        kept.good += u32::from(wait <= self.world.vendor_promises[promise].within);
    }
}
