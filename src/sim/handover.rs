//! Tickets whose owner goes off duty: the one in hand, and those that come back to it.
//!
//! Without `[handover]` an agent finishes the ticket in hand (overtime), and the team takes what comes back. With it, by
//! priority class (`at_shift_end = { p1 = "next site", else = "stays" }`):
//! - `stays`: the ticket in hand is put down when the shift ends and waits, like what comes back, for the owner's next
//!   duty; without another duty it goes to the pool;
//! - `pool`: anybody with the skill takes it, as when it came;
//! - `next site`: the teams of other sites with the skill take it (follow-the-sun); whoever does works `costs` on it
//!   first (8 minutes unless stated, judgement), beside re-reading.
//!
//! Work done so far is kept; `resume_cost` is paid as after any interruption.
//!
//! ```
//! use staffwright::scenario::model::AtShiftEnd;
//! let text = r#"
//! [priority]
//! p1 = { share = "10%" }
//! p2 = { share = "90%" }
//! [handover]
//! at_shift_end = { p1 = "next site", else = "stays" }
//! costs        = "6m"
//! [pending]
//! customer = { share = "45%", takes = "11h" }    # our clock stops meanwhile
//! [channel.mail]
//! owner       = "team"
//! reread      = "2m"                             # by whoever did not write the last reply
//! resume_cost = "30s"                            # each time it is taken up again
//! backlog     = { tickets = 310, oldest = "14h" }
//! "#;
//! # let base = std::env::current_dir()?.join("scenarios/enterprise/scenario.toml");
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("variant.toml");
//! # std::fs::write(&path, format!("base = {base:?}\n{text}"))?;
//! // A variant of the bundled enterprise.
//! let scenario = staffwright::scenario::load(&path).map_err(|mistakes| mistakes.render(false))?;
//! let handover = scenario.handover.as_ref().ok_or("no handover")?;
//! assert_eq!(handover.at_shift_end, [AtShiftEnd::NextSite, AtShiftEnd::Stays]);
//! assert_eq!((handover.costs_s, scenario.pending[0].share), (360.0, 0.45));
//! let mail = scenario.channels.iter().find(|c| c.name == "mail").ok_or("no mail")?;
//! assert_eq!((mail.reread_s, mail.resume_cost_s), (120.0, 30.0));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::agent::State;
use super::contact::{NONE, Side};
use super::engine::Engine;
use crate::scenario::model::AtShiftEnd;
use crate::world::NO_CLASS;

impl Engine<'_> {
    fn rule(&self, slot: u32) -> Option<AtShiftEnd> {
        self.world.streams[usize::from(self.contacts[slot].stream)].at_shift_end
    }

    /// Whether an agent on one contact puts it down because its shift ends; then it has no work in hand any more.
    pub(super) fn puts_aside(&mut self, agent: u32) -> bool {
        let a = &self.agents[agent];
        let slot = a.contact;
        let idle = a.state != State::Single || slot == NONE;
        if idle || self.rule(slot).is_none() || !self.contacts[slot].is_own() {
            return false;
        }
        self.leave_unfinished(agent);
        self.wait_for_owner(slot, agent);
        true
    }

    /// A ticket waits for its owner.
    pub(super) fn wait_for_owner(&mut self, slot: u32, agent: u32) {
        let contact = &mut self.contacts[slot];
        contact.next = NONE;
        contact.event = 0;
        self.joins_queue(slot);
        let (first, last) = self.agents[agent].inbox;
        if first == NONE {
            self.agents[agent].inbox = (slot, slot);
        } else {
            self.contacts[last].next = slot;
            self.agents[agent].inbox.1 = slot;
        }
        if self.habits {
            self.listen_to_silence(slot);
        }
    }

    /// An agent has gone home: what waits for it goes where the rule of its priority says.
    pub(super) fn empty_inbox(&mut self, agent: u32) {
        let mut slot = self.agents[agent].inbox.0;
        self.agents[agent].inbox = (NONE, NONE);
        while slot != NONE {
            let next = self.contacts[slot].next;
            self.leaves_queue(slot);
            self.pass_on(slot, agent);
            slot = next;
        }
    }

    /// A ticket of an owner who is off duty.
    pub(super) fn pass_on(&mut self, slot: u32, agent: u32) {
        let contact = &self.contacts[slot];
        let (stream, tier) = (usize::from(contact.stream), usize::from(contact.tier));
        match self.rule(slot) {
            None => self.offer(slot, self.class_now(slot)),
            Some(AtShiftEnd::Stays) if self.has_duty(agent) => self.wait_for_owner(slot, agent),
            Some(AtShiftEnd::Stays | AtShiftEnd::Pool) => self.enter(slot),
            Some(AtShiftEnd::NextSite) => {
                let team = usize::from(self.agents[agent].team);
                let next = &self.world.streams[stream].tiers[tier].next_site;
                match next.get(team).copied().filter(|&c| c != NO_CLASS) {
                    None => self.enter(slot),
                    Some(class) => {
                        self.contacts[slot].side = Side::HandedOver;
                        self.book_handed_over(slot);
                        self.offer(slot, class);
                    }
                }
            }
        }
    }
}
