//! Call-backs: a caller who has waited is asked, hangs up, and is called in turn, in idle time, or at a promised time.
//!
//! In turn they keep their place in the queue; in idle time they come behind everything else, deferred work included; at a
//! promised time before everything else. Whoever accepts does not lose patience any more. An agent calls; who does not answer is called again later, so many
//! times at most, and is then lost as one who gave up. Nobody is called while the channel is closed: whoever has not been
//! called by then is called after the next opening. The wait of a call-back runs until the customer is spoken to.
//!
//! On an `outbound` channel we make all calls: each of its contacts is a call-back from the start, released into idle time
//! because the channel is deferred work.

use super::contact::{NONE, Role, Standing};
use super::draws;
use super::engine::Engine;
use super::event::Kind;
use crate::time::{NEVER, Tick, ticks};
use crate::world::NO_CLASS;

impl Engine<'_> {
    /// When a caller who begins to wait will be asked; [`NEVER`]: not at all, or not again.
    pub(super) fn asked_at(&self, slot: u32) -> Tick {
        let contact = &self.contacts[slot];
        if contact.asked || contact.answered || contact.role != Role::Own {
            return NEVER;
        }
        let plan = &self.world.streams[usize::from(contact.stream)];
        let back = plan.habits_at(contact.interval).call_back.as_ref();
        back.map_or(NEVER, |c| contact.since + c.after)
    }

    /// A waiting caller is asked; whether the caller now waits elsewhere.
    pub(super) fn ask(&mut self, slot: u32) -> bool {
        let world = self.world;
        let contact = &mut self.contacts[slot];
        contact.asked = true;
        let plan = &world.streams[usize::from(contact.stream)];
        let Some(back) = &plan.habits_at(contact.interval).call_back else {
            return false;
        };
        if contact.key.uniform(draws::CALL_BACK) >= back.share {
            return false;
        }
        contact.role = Role::CalledBack;
        contact.gives_up = NEVER;
        contact.accepted = self.now + back.promised;
        let (stream, counted, class) = (
            usize::from(contact.stream),
            u64::from(contact.counted),
            back.class(contact.class),
        );
        self.book.streams[stream].call_backs += counted;
        let open = self.open[plan.channel];
        if open && back.promised == 0 && class == self.contacts[slot].class {
            return false;
        }
        self.leave_queue(slot);
        self.contacts[slot].class = class;
        if back.promised == 0 {
            self.call_back(slot);
        } else {
            self.call_later(slot, back.promised);
        }
        true
    }

    /// A contact on a channel on which we make the calls; whether it waits for the channel to open.
    pub(super) fn awaits_call(&mut self, slot: u32) -> bool {
        let contact = &mut self.contacts[slot];
        let stream = usize::from(contact.stream);
        let outbound = self.world.streams[stream].habits.outbound;
        if !outbound || contact.role != Role::Own {
            return false;
        }
        contact.role = Role::CalledBack;
        contact.accepted = self.now;
        self.book.streams[stream].call_backs += u64::from(contact.counted);
        if self.open[self.world.streams[stream].channel] {
            return false;
        }
        // Its class is found when it is called.
        self.contacts[slot].class = NO_CLASS;
        self.call_back(slot);
        true
    }

    /// A channel has closed: whoever waits to be called is called after the next opening.
    pub(super) fn call_after_opening(&mut self, channel: usize) {
        for class in 0..self.world.classes.len() as u16 {
            if self.world.classes[usize::from(class)].channel != channel {
                continue;
            }
            let mut slot = self.queues.head(class);
            while slot != NONE {
                let next = self.contacts[slot].next;
                if self.is_to_be_called(slot) {
                    self.leave_queue(slot);
                    self.call_back(slot);
                }
                slot = next;
            }
        }
    }

    fn call_later(&mut self, slot: u32, after: Tick) {
        self.contacts[slot].standing = Standing::ToBeCalled;
        self.events
            .push(self.now.saturating_add(after), Kind::Comeback, slot);
    }

    /// Whether a contact waits to be called: its customer has hung up.
    fn is_to_be_called(&self, slot: u32) -> bool {
        let contact = &self.contacts[slot];
        contact.role == Role::CalledBack && !contact.answered
    }

    /// The time has come to call a customer; while the channel is closed, after the next opening.
    pub(super) fn call_back(&mut self, slot: u32) {
        if self.now >= self.world.length {
            return;
        }
        let contact = &self.contacts[slot];
        let plan = &self.world.streams[usize::from(contact.stream)];
        if self.open[plan.channel] {
            return match contact.class {
                NO_CLASS => self.come_in(slot),
                class => self.offer(slot, class),
            };
        }
        let at = self.world.open[plan.open].next_open(self.now);
        self.contacts[slot].standing = Standing::ToBeCalled;
        if at < self.world.length {
            // The channel opens at the same instant; whoever comes first, the other finds it open a tick later.
            self.events.push(at + 1, Kind::Comeback, slot);
        }
    }

    /// An agent calls: seconds of a call that nobody answers, or `None` where the customer does.
    pub(super) fn unanswered_call(&mut self, slot: u32) -> Option<f64> {
        let contact = &self.contacts[slot];
        if contact.role != Role::CalledBack || contact.answered {
            return None;
        }
        let stream = usize::from(contact.stream);
        let habits = self.world.streams[stream].habits_at(contact.interval);
        let back = habits.call_back.as_ref()?;
        let u = contact
            .key
            .uniform(draws::CALL_BACK_REACHED + u32::from(contact.tries));
        let in_time = self.now <= contact.accepted.saturating_add(back.within);
        if contact.tries == 0 && in_time {
            self.book.streams[stream].call_backs_kept += u64::from(contact.counted);
        }
        (u >= back.reached).then_some(back.attempt)
    }

    /// A call that nobody answered is over; whether it was one.
    pub(super) fn not_reached(&mut self, slot: u32) -> bool {
        let world = self.world;
        let contact = &mut self.contacts[slot];
        if contact.role != Role::CalledBack || contact.answered {
            return false;
        }
        contact.tries += 1;
        // Whoever calls next knows as much as this agent: there is nothing to read again.
        contact.agent = NONE;
        let (stream, tries) = (usize::from(contact.stream), contact.tries);
        let habits = world.streams[stream].habits_at(contact.interval);
        let Some(back) = &habits.call_back else {
            return false;
        };
        if tries >= back.tries {
            let counted = u64::from(self.contacts[slot].counted);
            self.book.streams[stream].call_backs_unreached += counted;
            self.book_given_up(slot, false);
            self.book.streams[stream].lost += counted;
            self.gone(slot);
        } else {
            let u = contact
                .key
                .uniform(draws::CALL_BACK_AGAIN + u32::from(tries));
            let after = ticks(world.draw(back.again_after, u));
            self.call_later(slot, after);
        }
        true
    }
}
