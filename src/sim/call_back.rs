//! Call-backs: a caller who has waited is asked, hangs up, and is called in turn, in idle time, or at a promised time.
//!
//! In turn they keep their place in the queue; in idle time they come behind everything else, deferred work included; at a
//! promised time before everything else. Whoever accepts does not lose patience any more. An agent calls; who does not answer is called again later, so many
//! times at most, and is then lost as one who gave up. Nobody is called while the channel is closed: whoever has not been
//! called by then is called after the next opening. The wait of a call-back runs until the customer is spoken to.
//!
//! On an `outbound` channel we make all calls: each of its contacts is a call-back from the start. `when` says when it is
//! released: in `"turn"` as other deferred work of the channel's rank (unless stated), in `"idle"` time behind everything, or
//! at a `"promised"` time, `promised` (a duration) after its cause, before everything else that waits. Nobody puts work down
//! for it: the channel is deferred work. `within` counts from the promised time; the wait counts from the cause.
//!
//! ```
//! use staffwright::scenario::model::CallTime;
//! let text = r#"
//! [channel.mail]
//! kind     = "deferred"
//! open     = "Mon-Fri 16:00-19:00"
//! touches  = { mean = 1, customer_takes = "1h" }
//! outbound = { when = "promised", promised = "2 days", within = "1h", reached = "60%" }
//! "#;
//! # let base = std::env::current_dir()?.join("scenarios/startup/scenario.toml");
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("variant.toml");
//! # std::fs::write(&path, format!("base = {base:?}\n{text}"))?;
//! // A variant of the bundled startup: after-sales calls two days later, in the evening.
//! let scenario = staffwright::scenario::load(&path).map_err(|mistakes| mistakes.render(false))?;
//! let calls = scenario.channels.iter().filter_map(|c| c.habits.call_back.as_ref().filter(|_| c.habits.outbound));
//! let calls: Vec<_> = calls.map(|c| (c.when, c.within_s, c.reached)).collect();
//! assert_eq!(calls, [(CallTime::Promised(172_800.0), 3600.0, 0.6)]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

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

    /// A contact on a channel on which we make the calls; whether it waits for its time or for the channel to open.
    pub(super) fn awaits_call(&mut self, slot: u32) -> bool {
        let contact = &mut self.contacts[slot];
        let stream = usize::from(contact.stream);
        let outbound = self.world.streams[stream].habits.outbound;
        if !outbound || contact.role != Role::Own {
            return false;
        }
        contact.role = Role::CalledBack;
        let habits = self.world.streams[stream].habits_at(contact.interval);
        let promised = habits.call_back.as_ref().map_or(0, |c| c.promised);
        contact.accepted = self.now + promised;
        self.book.streams[stream].call_backs += u64::from(contact.counted);
        if promised > 0 {
            contact.class = NO_CLASS;
            self.call_later(slot, promised);
            return true;
        }
        if self.open[self.world.streams[stream].channel] {
            return false;
        }
        // Its class is found when it is called.
        self.contacts[slot].class = NO_CLASS;
        self.call_back(slot);
        true
    }

    /// The class a customer who is to be called waits in, of those who would else wait in `class`.
    pub(super) fn class_of_call(&self, slot: u32, class: u16) -> u16 {
        if !self.is_to_be_called(slot) {
            return class;
        }
        let contact = &self.contacts[slot];
        let habits = self.world.streams[usize::from(contact.stream)].habits_at(contact.interval);
        let back = habits.call_back.as_ref();
        back.map_or(class, |b| b.class(class))
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
                _ => self.offer(slot, self.class_now(slot)),
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{from_the_start, played, scenario, team};
    use super::super::{ContactSums, Ledger};
    use crate::time::HOUR;

    /// Calls that we make, around the clock, beside forms that fill `agents` to the brim and beyond.
    fn calls(when: &str, agents: usize) -> Vec<ContactSums> {
        let head = from_the_start().replace(
            "[site.here]",
            "[channel.form]\nkind = \"deferred\"\nopen = \"24/7\"\ntouches = { mean = 1, customer_takes = \"1h\" }\nowner = \"agent\"\n[site.here]",
        );
        let head = head.replace(
            "[channel.mail]\n",
            &format!(
                "[channel.mail]\noutbound = {{ {when}, reached = \"100%\", within = \"30m\" }}\n"
            ),
        );
        let topic = |name: &str, channel: &str, per_week: u32| {
            format!(
                "[topic.{name}]\nper_week = {per_week}\nchannels = {{ {channel} = \"100%\" }}\nhandle = {{ {channel} = {{ mean = \"10m\", family = \"fixed\" }} }}\nends = {{ resolved = \"100%\" }}\n"
            )
        };
        let text = head
            + &topic("care", "mail", 40)
            + &topic("work", "form", 1_200)
            + &team("own", agents, "");
        let calls = |l: Ledger| l.streams[0];
        played(&scenario(&text), 4).into_iter().map(calls).collect()
    }

    const PROMISED: &str = "when = \"promised\", promised = \"5h\"";

    #[test]
    fn who_was_promised_a_time_is_called_at_it() {
        for s in calls(PROMISED, 40) {
            assert!(s.answered > 100);
            assert_eq!(s.wait, 5 * HOUR * s.answered);
            assert_eq!(s.call_backs_kept, s.answered);
        }
    }

    #[test]
    fn a_promised_time_comes_first_and_idle_time_last() {
        // Forms take two hundred hours a week of one agent: there is no idle time once they have piled up.
        let kept = |when: &str| -> (u64, u64) {
            let all = calls(when, 1);
            let sum = |of: fn(&ContactSums) -> u64| all.iter().map(of).sum::<u64>();
            (sum(|s| s.call_backs_kept), sum(|s| s.call_backs))
        };
        let (promised, all) = kept(PROMISED);
        assert!(
            all > 500 && 100 * promised > 96 * all,
            "{promised} of {all}"
        );
        let (idle, all) = kept("when = \"idle\"");
        assert!(20 * idle < all, "{idle} of {all}");
        // In turn they wait as long as the forms before them.
        let (turn, all) = kept("when = \"turn\"");
        assert!(turn >= idle && 4 * turn < all, "{turn} of {all}");
    }
}
