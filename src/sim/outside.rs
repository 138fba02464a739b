//! What customers do without people: self-service takes them, or what they want is not offered and they go elsewhere.
//!
//! - **Prevented** ([`Problem`](crate::scenario::model::Problem)): hours spent on causes; a first contact whose cause is gone
//!   does not come.
//! - **Deflection**: a first contact is taken with the share in force when it arrives; of those taken a share comes to
//!   people after a delay, as a first contact then.
//! - **Not offered** (a channel that is dropped, a language that nobody speaks): the contact moves to an alternative of
//!   the same customer, or is lost. By translation it stays where it is, and agents work on it at the tool's terms.
//! - **Later**: a contact outside opening hours may come again after the next opening.

use super::contact::{Standing, Tongue};
use super::draws;
use super::engine::Engine;
use super::event::Kind;
use crate::random::Key;
use crate::time::{NEVER, ticks};

impl Engine<'_> {
    /// A first contact is made: taken by self-service, or on its way to people.
    #[inline]
    pub(super) fn come(&mut self, slot: u32) {
        let stream = usize::from(self.contacts[slot].stream);
        if self.world.streams[stream].deflections.is_empty() || !self.deflected(slot) {
            self.arrive(slot);
        }
    }

    /// Whether a first contact does not come because its cause is gone.
    #[inline]
    pub(super) fn is_prevented(&mut self, stream: usize, customer: Key) -> bool {
        let prevented = &self.world.streams[stream].prevented;
        let Some(&share) = prevented.get(self.interval) else {
            return false;
        };
        let gone = customer.contact(0).uniform(draws::PREVENT) < share;
        if gone && self.now >= self.world.warm_up {
            self.book.streams[stream].prevented += 1;
        }
        gone
    }

    /// Whether self-service takes a first contact; it may come to people later.
    fn deflected(&mut self, slot: u32) -> bool {
        let world = self.world;
        let contact = self.contacts[slot];
        let stream = usize::from(contact.stream);
        for (i, &index) in world.streams[stream].deflections.iter().enumerate() {
            let plan = &world.deflections[usize::from(index)];
            let u = contact.key.uniform(draws::DEFLECT + i as u32);
            if u >= plan.taken[contact.interval as usize] {
                continue;
            }
            self.book.streams[stream].deflected += u64::from(contact.counted);
            self.book.deflected[usize::from(index)] += u64::from(contact.counted);
            // The share that comes back is decided by another draw, so that a larger `taken` adds to both alike.
            let back = contact.key.uniform(draws::DEFLECT_BACK + i as u32);
            if back < plan.returns {
                let u = contact.key.uniform(draws::DEFLECT_AFTER + i as u32);
                self.later(slot, world.draw(plan.after, u), Standing::Deflected);
            } else {
                self.gone(slot);
            }
            return true;
        }
        false
    }

    /// A contact will come to people after so many seconds.
    fn later(&mut self, slot: u32, seconds: f64, standing: Standing) {
        let after = ticks(seconds);
        let contact = &mut self.contacts[slot];
        contact.standing = standing;
        contact.pending += after;
        self.events
            .push(self.now.saturating_add(after), Kind::Comeback, slot);
    }

    /// Moves a contact whose channel is not offered or whose language nobody speaks; whether it still comes.
    pub(super) fn moved(&mut self, slot: u32) -> bool {
        let contact = &self.contacts[slot];
        let stream = usize::from(contact.stream);
        let Some(moves) = &self.world.streams[stream].moves else {
            return true;
        };
        let u = contact.customer.uniform(draws::MOVE);
        let (counted, second) = (u64::from(contact.counted), contact.role.is_second());
        let target = moves.iter().find(|(sum, _)| u < *sum).map(|m| m.1);
        let sums = &mut self.book.streams[stream];
        match target {
            Some(to) if to as usize == stream => {
                sums.translated += counted;
                self.contacts[slot].tongue = Tongue::Translated;
            }
            Some(to) => {
                sums.moved += counted;
                let streams = &self.world.streams;
                if streams[to as usize].language != streams[stream].language {
                    sums.other_language += counted;
                    self.contacts[slot].tongue = Tongue::Other;
                }
                self.contacts[slot].stream = to as u16;
            }
            None => {
                sums.unserved += counted;
                sums.lost += if second { 0 } else { counted };
                self.gone(slot);
            }
        }
        target.is_some()
    }

    /// A contact that found its channel closed comes again after the next opening; whether it ever opens.
    pub(super) fn after_opening(&mut self, slot: u32) -> bool {
        let contact = &self.contacts[slot];
        let plan = &self.world.streams[usize::from(contact.stream)];
        let opens = self.world.open[plan.open].next_open(self.now);
        if opens == NEVER || opens >= self.world.length {
            return false;
        }
        // Each try has a delay of its own.
        let hour = (self.now / crate::time::HOUR) as u32 & 0xffff;
        let u = contact.key.uniform(draws::LATER + hour);
        let after = self.world.draw(plan.closed_later, u);
        let wait = crate::time::seconds(opens - self.now) + after;
        self.later(slot, wait, Standing::Later);
        true
    }

    /// A contact that had not come to people yet comes now, as a first contact.
    pub(super) fn comes_first(&mut self, slot: u32, standing: Standing) {
        let old = self.contacts[slot];
        let mut contact = self.new_contact(usize::from(old.stream), old.customer);
        contact.key = old.key;
        contact.number = old.number;
        contact.role = old.role;
        contact.effort = old.effort;
        contact.life = old.life;
        contact.tongue = old.tongue;
        contact.journey = old.journey;
        contact.pending = old.pending;
        self.contacts[slot] = contact;
        if standing == Standing::Deflected {
            self.book.streams[usize::from(old.stream)].deflected_back += u64::from(contact.counted);
        }
        self.arrive(slot);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{from_the_start, played, scenario, team};

    #[test]
    fn satisfaction_falls_by_the_weights_of_translation_and_of_another_language() {
        let text = from_the_start()
            + "[satisfaction]\nbase = 90\ntranslated = 8\nother_language = 12\n[language.fr]\nunserved = { en = \"50%\", tool = \"30%\", lost = \"20%\" }\ntranslation = { resolved = \"0 points\" }\n"
            + "[topic.help]\nper_week = 4_000\nhandle = \"5m\"\nchannels = { mail = \"100%\" }\nlanguages = { en = \"60%\", fr = \"40%\" }\nends = { resolved = \"100%\" }\n"
            + &team("all", 40, "skills = { languages = [\"en\"] }");
        for ledger in &played(&scenario(&text), 2) {
            let sum = |of: fn(&super::super::ContactSums) -> u64| -> u64 {
                ledger.streams.iter().map(of).sum()
            };
            let (translated, other) = (sum(|s| s.translated), sum(|s| s.other_language));
            assert_eq!((sum(|s| s.backlog), other), (0, sum(|s| s.moved)));
            assert!(translated > 1500 && other > 2500);
            let points = 90 * sum(|s| s.scored) - 8 * translated - 12 * other;
            assert_eq!(sum(|s| s.satisfaction), 1000 * points);
        }
    }
}
