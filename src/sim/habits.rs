//! What customers do beside waiting: they leave for another channel, write on two at once, chase after a silence; and a
//! channel that nobody owns is looked at only every so often.
//!
//! The additional contacts belong to the same customer and matter. They are worked, at a share of the handle time, and
//! end with that: nothing more comes of them.

use super::contact::{Contact, Role, Side, Standing};
use super::draws;
use super::engine::Engine;
use super::event::Kind;
use crate::random::Key;
use crate::scenario::model::ChannelKind;
use crate::time::{NEVER, Tick, ticks};
use crate::world::ElsewherePlan;

impl Engine<'_> {
    /// After giving up: the customer leaves for another channel, by what redials leave of the lot; whether it does.
    pub(super) fn leaves_for_another(&mut self, slot: u32, redials: f64) -> bool {
        let contact = &self.contacts[slot];
        let plan = &self.world.streams[usize::from(contact.stream)];
        let leaves_for = &plan.habits_at(contact.interval).leaves_for;
        if leaves_for.is_empty() {
            return false;
        }
        let u = contact.key.uniform(draws::REDIAL) - redials;
        let Some(&to) = leaves_for.iter().find(|e| u < e.share) else {
            return false;
        };
        let after = self
            .world
            .draw(to.after, contact.key.uniform(draws::REDIAL_AFTER));
        self.contacts[slot].stream = to.stream as u16;
        self.comes_back_in(slot, after, Standing::Switching);
        true
    }

    /// A customer writes on other channels as well, about the same matter.
    pub(super) fn also_writes(&mut self, stream: usize, customer: Key) {
        let world = self.world;
        let habits = world.streams[stream].habits_at(self.interval as u32);
        for (i, plan) in habits.also.iter().enumerate() {
            let key = customer.contact(0);
            if key.uniform(draws::ALSO + i as u32) < plan.share {
                let after = world.draw(plan.after, key.uniform(draws::ALSO_AFTER + i as u32));
                let own = key.contact(draws::ALSO + i as u32);
                let slot = self.one_more(plan, customer, own, Role::Twin);
                self.contacts[slot].standing = Standing::Extra;
                self.events
                    .push(self.now.saturating_add(ticks(after)), Kind::Comeback, slot);
            }
        }
    }

    fn one_more(&mut self, plan: &ElsewherePlan, customer: Key, key: Key, role: Role) -> u32 {
        let contact = Contact {
            key,
            role,
            effort: plan.handle as f32,
            number: 1,
            ..self.new_contact(plan.stream as usize, customer)
        };
        self.contacts.insert(contact)
    }

    /// A contact on a second channel arrives.
    pub(super) fn second_arrives(&mut self, slot: u32) {
        let old = self.contacts[slot];
        self.contacts[slot] = Contact {
            key: old.key,
            role: old.role,
            effort: old.effort,
            number: old.number,
            tongue: old.tongue,
            ..self.new_contact(usize::from(old.stream), old.customer)
        };
        let one = u64::from(self.contacts[slot].counted);
        self.book.streams[usize::from(old.stream)].duplicates += one;
        self.arrive(slot);
    }

    /// What waits otherwise than by patience: a call-back for ever, a ticket until its silence is long.
    pub(super) fn wait_by_habit(&mut self, slot: u32) {
        let contact = &self.contacts[slot];
        let kind = self.world.streams[usize::from(contact.stream)].kind;
        if contact.role == Role::CalledBack && !contact.answered {
            self.contacts[slot].gives_up = NEVER;
        } else if kind == ChannelKind::Deferred {
            self.contacts[slot].gives_up = self.silent_until(slot);
        }
    }

    /// A ticket waits for its owner, or goes on waiting after work on it was put down.
    pub(super) fn listen_to_silence(&mut self, slot: u32) {
        let contact = &mut self.contacts[slot];
        // No further agents are asked for it: what is scheduled is the end of its silence alone.
        contact.stage = u8::MAX;
        contact.gives_up = NEVER;
        self.wait_by_habit(slot);
        self.schedule_waiting(slot);
    }

    /// When a ticket that begins to wait will have been silent for long.
    fn silent_until(&self, slot: u32) -> Tick {
        let contact = &self.contacts[slot];
        let plan = &self.world.streams[usize::from(contact.stream)];
        let own = contact.role == Role::Own && contact.is_own();
        let habits = plan.habits_at(contact.interval);
        let Some(chaser) = habits.chaser.filter(|_| own) else {
            return NEVER;
        };
        // From arrival on, also where it was looked at later.
        let from = if contact.touches == 0 && contact.tries == 0 {
            contact.arrival
        } else {
            self.now
        };
        let n = u32::from(contact.tries);
        let after = self
            .world
            .draw(chaser.after, contact.key.uniform(draws::CHASE_AFTER + n));
        from.saturating_add(ticks(after)).max(self.now + 1)
    }

    /// A ticket has waited in silence: its customer may chase, and again after another silence.
    pub(super) fn silence(&mut self, slot: u32) {
        let world = self.world;
        let contact = self.contacts[slot];
        let plan = &world.streams[usize::from(contact.stream)];
        let n = u32::from(contact.tries);
        let chaser = plan
            .habits_at(contact.interval)
            .chaser
            .filter(|c| self.now < world.length && contact.key.uniform(draws::CHASE + n) < c.share);
        let Some(chaser) = chaser else {
            self.contacts[slot].gives_up = NEVER;
            self.schedule_waiting(slot);
            return;
        };
        self.contacts[slot].tries = contact.tries.saturating_add(1);
        self.contacts[slot].gives_up = self.silent_until(slot);
        self.schedule_waiting(slot);
        let key = contact.key.contact(draws::CHASE + n);
        let other = self.one_more(&chaser, contact.customer, key, Role::Chaser);
        let one = u64::from(self.contacts[other].counted);
        self.book.streams[chaser.stream as usize].chasers += one;
        self.arrive(other);
    }

    /// A contact on a channel that nobody owns waits until somebody looks; whether it must.
    pub(super) fn unseen(&mut self, slot: u32) -> bool {
        let contact = &self.contacts[slot];
        let plan = &self.world.streams[usize::from(contact.stream)];
        let every = plan.habits_at(contact.interval).looked_at;
        if every == 0 || contact.side == Side::Swarming {
            return false;
        }
        let look = self.now.div_ceil(every) * every;
        let look = self.world.open[plan.open].next_open(look);
        if look <= self.now {
            return false;
        }
        self.contacts[slot].standing = Standing::Unseen;
        if look != NEVER {
            self.events.push(look, Kind::Comeback, slot);
        }
        true
    }

    /// Somebody looks at a channel and sees a contact.
    pub(super) fn seen(&mut self, slot: u32) {
        if self.now >= self.world.length {
            return;
        }
        self.contacts[slot].standing = Standing::Waiting;
        if self.contacts[slot].touches > 0 {
            self.customer_replied(slot);
        } else {
            self.come_in(slot);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{agrees, from_the_start, played, scenario, team};
    use super::super::{DaySums, Ledger};

    /// Sums of a stream over the days before the third week, and from then on.
    fn halves(ledger: &Ledger, stream: usize, of: fn(&DaySums) -> u64) -> [u64; 2] {
        let days = &ledger.days[stream * ledger.day_count..(stream + 1) * ledger.day_count];
        let sum = |days: &[DaySums]| days.iter().map(of).sum();
        [sum(&days[..14]), sum(&days[14..])]
    }

    #[test]
    fn habits_change_on_their_date() {
        // Nobody writes as well at first, then half of the callers.
        let text = from_the_start()
            + "[topic.help]\nper_week = 4_000\nhandle = \"1m\"\nchannels = { phone = \"100%\" }\nends = { resolved = \"100%\" }\n"
            + &team("all", 40, "")
            + "[[from]]\ndate = 2027-01-18\nset = { \"channel.phone.also\" = { mail = { share = \"50%\", after = \"1m\" } } }\n";
        let scenario = scenario(&text);
        let at = |name: &str| scenario.streams.iter().position(|s| s.name == name);
        let (phone, mail) = (at("help/phone/en"), at("help/mail/en"));
        let (Some(phone), Some(mail)) = (phone, mail) else {
            unreachable!("the mail is there from the start: {:?}", scenario.streams)
        };
        let ledgers = played(&scenario, 10);
        for ledger in &ledgers {
            assert_eq!(halves(ledger, mail, |d| d.offered)[0], 0);
        }
        agrees(
            "callers who write as well",
            &ledgers,
            |l| {
                let written = halves(l, mail, |d| d.offered)[1];
                (written as f64, halves(l, phone, |d| d.offered)[1] as f64)
            },
            0.5,
            0.01,
        );
    }

    #[test]
    fn what_a_topic_leads_to_changes_on_its_date() {
        // From the third week on everybody comes with the second topic, and nobody before.
        let topic = |name: &str, volume: usize, more: &str| {
            format!(
                "[topic.{name}]\nper_week = {volume}\nhandle = \"1m\"\nchannels = {{ phone = \"100%\" }}\nends = {{ resolved = \"100%\" }}\n{more}"
            )
        };
        let text = from_the_start()
            + &topic(
                "setup",
                4_000,
                "leads_to = { support = { share = \"0%\", after = \"1m\" } }\n",
            )
            + &topic("support", 0, "")
            + &team("all", 40, "")
            + "[[from]]\ndate = 2027-01-18\nset = { topic.setup.leads_to.support.share = \"100%\" }\n";
        let scenario = scenario(&text);
        let at = |name: &str| scenario.streams.iter().position(|s| s.name == name);
        let (Some(setup), Some(support)) = (at("setup/phone/en"), at("support/phone/en")) else {
            unreachable!("{:?}", scenario.streams)
        };
        for ledger in &played(&scenario, 4) {
            let [before, after] = halves(ledger, support, |d| d.offered);
            let first = halves(ledger, setup, |d| d.offered)[1];
            assert_eq!(before, 0);
            // A minute after the call: the last callers of the horizon are not back yet.
            assert!(first - after < 20 && first > 7_000, "{first} {after}");
        }
    }
}
