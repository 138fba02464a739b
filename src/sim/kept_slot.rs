//! A conversation's slot that stays open for another agent: warm hand-offs and swarms in writing.
//!
//! The agent keeps the slot, which goes on taking its share of the agent's attention: with it open, the agent's other
//! conversations run at the speed `s(n)` of all `n` open ones, and no other customer gets it. Every slot that begins or
//! stops to be kept re-times the agent's conversations.
//!
//! - **Warm hand-off**: the first agent keeps the slot until another takes over, and for `together` beyond. That time passes by
//!   the clock, as long for both; the next agent's own work on the conversation begins when it is over. After `waits` without
//!   anybody the slot closes and the conversation waits alone.
//! - **Swarm**: the owner keeps the slot while a helper is found and until it joins. Anybody of the helper's team with room
//!   for one more conversation can, the owner itself apart. From then on each does its part at the speed of its own
//!   conversations: the owner the tier's work and the helper `helper_time` of it, or the other way round where the owner
//!   passes the conversation on.
//!
//! With a second conversation beside it at speeds 100 % and 60 %, a slot kept for five minutes costs the other two minutes.
//! A part done beside somebody else may outlast the customer's journey, and is not in the journey's work.
//!
//! The keys are those of calls, defaults and sources included: `hand_off` of [`hand_off`](super::hand_off) (`together`, no
//! default; `waits`, 3 minutes) and `swarm` of [`swarm`](super::swarm); the speeds are the channel's `speed`.
//!
//! ```
//! use staffwright::experiment::{Case, Settings, replicate};
//! let text = r#"
//! length  = "1 week"
//! warm_up = "1 day"                                  # played, and left out of the results
//! [channel.chat]
//! speed       = ["100%", "86%", "70%"]               # two kept slots leave a third chat 70 %
//! measured_at = 1.7                                  # chats open on average when their handle times were logged
//! [tier.2]
//! hand_off = { together = "90s", waits = "3m" }
//! "#;
//! # let base = std::env::current_dir()?.join("scenarios/scale-up/scenario.toml");
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("variant.toml");
//! # std::fs::write(&path, format!("base = {base:?}\n{text}"))?;
//! // A variant of the bundled scale-up: most chats for specialists are explained to them.
//! let scenario = staffwright::scenario::load(&path).map_err(|mistakes| mistakes.render(false))?;
//! let settings = Settings { replications: 1, ..Settings::default() };
//! let outcome = replicate(&Case::new(scenario)?, &settings, &());
//! let chat = outcome.channels.iter().find(|c| c.name == "chat").ok_or("no chat")?;
//! let warm = chat.metrics.get("warm_share").ok_or("none handed on")?;
//! assert!(warm.value > 0.5);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::contact::{Contact, NONE, Side, Standing};
use super::engine::Engine;
use super::event::Kind;
use crate::scenario::model::ChannelKind;
use crate::time::{Tick, ticks};

impl Engine<'_> {
    /// Whether a contact is a conversation in writing.
    pub(super) fn is_written(&self, slot: u32) -> bool {
        self.world.streams[usize::from(self.contacts[slot].stream)].kind == ChannelKind::Concurrent
    }

    /// The agent who had a conversation keeps its slot, at most so long, until another takes over.
    pub(super) fn keep_slot(&mut self, slot: u32, waits: Tick) {
        let contact = self.contacts[slot];
        let kept = self.contacts.insert(Contact {
            side: Side::Kept,
            link: slot,
            standing: Standing::Working,
            ..contact
        });
        self.contacts[kept].event = self.events.push(self.now + waits, Kind::Waiting, kept);
        self.contacts[slot].side = Side::Held;
        self.contacts[slot].link = kept;
        self.open_chat(contact.agent, kept, f64::INFINITY);
    }

    /// The next agent takes a conversation over, both busy together for so many seconds.
    pub(super) fn talk_over(&mut self, slot: u32, agent: u32, together: f64) {
        let kept = self.contacts[slot].link;
        let first = self.contacts[kept].agent;
        if first == agent {
            // Nobody to explain it to.
            self.contacts[slot].side = Side::None;
            self.put_out(first, kept);
            self.contacts.remove(kept);
            return;
        }
        self.contacts[slot].side = Side::Joint;
        self.book_warm(slot);
        let until = self.now + ticks(together);
        self.contacts[kept].event = self.events.push(until, Kind::Waiting, kept);
    }

    /// An open conversation has waited for another agent, or both agents have been busy together.
    #[cold]
    pub(super) fn slot_due(&mut self, slot: u32) {
        let contact = &mut self.contacts[slot];
        contact.event = 0;
        if contact.side == Side::Swarming {
            let agent = contact.agent;
            self.swarm_step(slot, agent);
            return;
        }
        let held = contact.link;
        let contact = &mut self.contacts[held];
        if contact.link == slot {
            let joint = contact.side == Side::Joint;
            if joint || contact.side == Side::Held {
                contact.side = Side::None;
            }
            if joint {
                let work = contact.left;
                self.begin_part(held, work);
            }
        }
        self.let_slot_go(slot);
    }

    /// A kept slot closes.
    pub(super) fn let_slot_go(&mut self, kept: u32) {
        let agent = self.contacts[kept].agent;
        self.put_out(agent, kept);
        self.contacts.remove(kept);
        self.go_on(agent);
    }

    /// So many seconds of work begin in a conversation that is open already.
    pub(super) fn begin_part(&mut self, slot: u32, work: f64) {
        let agent = self.contacts[slot].agent;
        self.move_clock(agent);
        self.contacts[slot].left = self.agents[agent].clock + work;
        self.schedule_chats(agent);
    }

    /// The owner of a conversation passes it on and does its part of the work in the slot.
    pub(super) fn pass_on_with_part(&mut self, slot: u32, part: f64) {
        let contact = self.contacts[slot];
        let team = usize::from(self.agents[contact.agent].team);
        self.book_piece(slot, team, contact.gives_up);
        let kept = self.contacts.insert(Contact {
            side: Side::Kept,
            link: NONE,
            life: NONE,
            event: 0,
            gives_up: self.now,
            ..contact
        });
        for open in &mut self.agents[contact.agent].chats {
            if *open == slot {
                *open = kept;
            }
        }
        self.begin_part(kept, part);
        self.contacts[slot].left = 0.0;
        self.contacts[slot].event = 0;
    }

    /// An agent's conversation leaves it unfinished.
    pub(super) fn put_out(&mut self, agent: u32, slot: u32) {
        self.move_clock(agent);
        let open = usize::from(self.agents[agent].open);
        let chats = &self.agents[agent].chats[..open];
        if let Some(index) = chats.iter().position(|&c| c == slot) {
            self.close_chat(agent, index);
        }
    }

    /// After a conversation has left: the agent takes another, or is free.
    pub(super) fn go_on(&mut self, agent: u32) {
        if self.agents[agent].open == 0 {
            self.release(agent);
        } else {
            self.fill(agent);
        }
    }
}
