//! Contacts on their way between tiers: astray, warm, out to engineering and back.
//!
//! - **Cold** (the default): the contact queues again at the next tier, the agent who had it is free. The next agent
//!   spends the tier's `triage` first.
//! - **Warm** (`[tier.2] hand_off = { together, waits }`, durations): a customer on the line or in a chat waits for the next
//!   agent together with the first one. When the next agent takes over, both are busy `together`; then the first is free and
//!   the next goes on with triage and its own work. If nobody has come after `waits` (3 minutes unless stated, judgement)
//!   the first agent leaves and the hand-off goes on cold. In a chat the first agent keeps the conversation's slot until
//!   then ([`kept_slot`](super::kept_slot)). Tickets are always handed on cold.
//! - **Astray** (`[tier.2] misrouted = { share, to, costs }`): that share of the contacts that come into the tier, warm
//!   hand-offs apart, goes to a wrong team: `to`, else any team of the tier without the skill. Its agent works `costs` on
//!   it (the tier's triage unless stated) and sends it on, which counts as one more hand-off. `[automation.*]` leaves a
//!   part of the share and of the triage time, at a price.
//! - **Ping-pong** needs no rule of its own: tier 2 ends a share of its work in `tier1`.
//! - **Engineering** (`ends = { engineering = "3%" }`, `[engineering] takes, ends`) is a delay outside support: afterwards
//!   the matter is resolved, or comes back to the tier for one more piece of work. The clock of a promise runs on.
//!
//! ```
//! use staffwright::scenario::model::HandOff;
//! let text = r#"
//! [tier.2]
//! triage    = "2m"
//! hand_off  = { together = "90s", waits = "3m" }
//! misrouted = { share = "12%", to = "polyglots", costs = "2m" }
//! ends      = { resolved = "85%", tier1 = "10%", engineering = "5%" }
//! [engineering]
//! takes = "5 days"
//! ends  = { resolved = "70%", back = "30%" }
//! [automation.router]
//! misrouted = "40%"            # of the share is left
//! price     = "EUR 4_000/month"
//! "#;
//! # let base = std::env::current_dir()?.join("scenarios/startup/scenario.toml");
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("variant.toml");
//! # std::fs::write(&path, format!("base = {base:?}\n{text}"))?;
//! // A variant of the bundled startup.
//! let scenario = staffwright::scenario::load(&path).map_err(|mistakes| mistakes.render(false))?;
//! let tier = &scenario.tiers[1];
//! assert_eq!(tier.hand_off, HandOff::Warm { together_s: 90.0, waits_s: 180.0 });
//! let astray = tier.misrouted.ok_or("nothing goes astray")?;
//! assert!((astray.share - 0.12 * 0.4).abs() < 1e-12);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::agent::State;
use super::automation::is_automation;
use super::contact::{Side, Standing};
use super::draws;
use super::engine::Engine;
use super::event::Kind;
use crate::scenario::model::ChannelKind;
use crate::time::ticks;
use crate::world::EndPlan;

impl Engine<'_> {
    /// A contact comes into its tier, from outside or from another tier: perhaps to the wrong team first.
    #[inline]
    pub(super) fn come_in(&mut self, slot: u32) {
        let contact = &self.contacts[slot];
        let plan =
            &self.world.streams[usize::from(contact.stream)].tiers[usize::from(contact.tier)];
        if plan.hand_off.astray > 0.0 && contact.side == Side::None {
            let ordinal = u32::from(contact.hand_offs);
            if contact.key.uniform(draws::ASTRAY + ordinal) < plan.hand_off.astray {
                let wrong = &plan.hand_off.wrong;
                let u = contact.key.uniform(draws::ASTRAY_TO + ordinal);
                let class = wrong[((u * wrong.len() as f64) as usize).min(wrong.len() - 1)];
                self.contacts[slot].side = Side::Astray;
                return self.offer(slot, class);
            }
        }
        self.enter(slot);
    }

    /// The wrong team has looked at a contact and sends it to the right one.
    pub(super) fn sent_on(&mut self, slot: u32) {
        self.book_astray(slot);
        let contact = &mut self.contacts[slot];
        contact.side = Side::None;
        contact.hand_offs = contact.hand_offs.saturating_add(1);
        if self.life_cycle {
            self.handed_on_in_life(slot);
        }
        self.enter(slot);
    }

    /// Before a hand-off: where it is warm, the agent stays with the customer.
    pub(super) fn hold(&mut self, slot: u32) -> bool {
        let contact = &self.contacts[slot];
        let agent = contact.agent;
        let plan = &self.world.streams[usize::from(contact.stream)];
        let Some((_, waits)) = plan.tiers[usize::from(contact.tier)].hand_off.warm else {
            return false;
        };
        if contact.away || is_automation(agent) {
            return false;
        }
        if plan.kind == ChannelKind::Concurrent {
            self.keep_slot(slot, waits);
            return true;
        }
        let event = self.events.push(self.now + waits, Kind::Work, agent);
        let a = &mut self.agents[agent];
        a.state = State::Holding;
        a.contact = slot;
        a.began = self.now;
        a.event = event;
        let contact = &mut self.contacts[slot];
        contact.side = Side::Held;
        contact.link = agent;
        true
    }

    /// The next agent takes a held contact over: seconds that this adds to its work.
    pub(super) fn join(&mut self, slot: u32, agent: u32) -> f64 {
        let contact = &mut self.contacts[slot];
        let first = contact.link;
        let plan = &self.world.streams[usize::from(contact.stream)];
        let warm = plan.tiers[usize::from(contact.tier)].hand_off.warm;
        let together = warm.map_or(0.0, |(together, _)| together);
        if plan.kind == ChannelKind::Concurrent {
            self.talk_over(slot, agent, together);
            return 0.0;
        }
        contact.side = Side::None;
        self.book_warm(slot);
        self.agents[first].event = self
            .events
            .push(self.now + ticks(together), Kind::Work, first);
        together
    }

    /// The first agent of a warm hand-off has done its part, or has waited long enough.
    pub(super) fn handed_over(&mut self, agent: u32) {
        let slot = self.agents[agent].contact;
        if self.swarm_step(slot, agent) {
            return;
        }
        let contact = &mut self.contacts[slot];
        if contact.side == Side::Held && contact.link == agent {
            contact.side = Side::None;
        }
        self.end_hold(agent);
    }

    /// The customer of a held contact has left.
    pub(super) fn let_go(&mut self, slot: u32) {
        self.contacts[slot].side = Side::None;
        let link = self.contacts[slot].link;
        if self.is_written(slot) {
            return self.let_slot_go(link);
        }
        self.end_hold(link);
    }

    fn end_hold(&mut self, agent: u32) {
        self.drop_in_hand(agent);
        self.release(agent);
    }

    /// An agent has nothing in hand any more; its time with the contact is booked.
    pub(super) fn drop_in_hand(&mut self, agent: u32) {
        let a = &mut self.agents[agent];
        let (slot, team, began) = (a.contact, usize::from(a.team), a.began);
        a.contact = super::contact::NONE;
        a.state = State::Idle;
        a.event = 0;
        self.book_handling(team, began);
        self.book_piece(slot, team, began);
    }

    /// Work leaves support for a while.
    pub(super) fn pass_to_engineering(&mut self, slot: u32) {
        let Some(plan) = self.world.engineering else {
            // The reader refuses such an end without `[engineering]`.
            return self.gone(slot);
        };
        let contact = &mut self.contacts[slot];
        let u = contact
            .key
            .uniform(draws::ENGINEERING + u32::from(contact.items));
        contact.standing = Standing::Engineering;
        contact.away = true;
        let after = ticks(self.world.draw(plan.takes, u));
        self.events
            .push(self.now.saturating_add(after), Kind::Comeback, slot);
    }

    /// Engineering is done: the matter is resolved, or comes back. After the horizon's end it stays open.
    pub(super) fn engineered(&mut self, slot: u32) {
        if self.now >= self.world.length {
            return;
        }
        let contact = &self.contacts[slot];
        let u = contact
            .key
            .uniform(draws::SENT_BACK + u32::from(contact.items));
        if self.world.engineering.is_some_and(|e| u < e.back) {
            self.reopen(slot);
        } else {
            self.book_end(slot, EndPlan::Resolved, 0);
            self.settled(slot);
        }
    }

    /// A contact without a customer on the line queues at its tier as soon as its channel is open.
    pub(super) fn reopen(&mut self, slot: u32) {
        let contact = &self.contacts[slot];
        let plan = &self.world.streams[usize::from(contact.stream)];
        if plan.kind == ChannelKind::Deferred || self.open[plan.channel] {
            return self.enter(slot);
        }
        let at = self.world.open[plan.open].next_open(self.now);
        self.contacts[slot].standing = Standing::Reopening;
        if at < self.world.length {
            // The channel opens at the same instant; whoever comes first, the other finds it open a tick later.
            self.events.push(at + 1, Kind::Comeback, slot);
        }
    }
}
