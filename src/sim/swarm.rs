//! Swarming: a specialist joins the owner of a contact instead of the contact being handed on.
//!
//! `[tier.2] swarm = { share, helper, helper_time, finds_after, owner, waits }` takes that `share` of the contacts that
//! would be handed into the tier. After `finds_after` (a duration, 20 minutes unless stated) the owner has the contact in
//! hand again (a caller stays on the line meanwhile, a chat keeps its slot, a ticket comes back to its owner) and waits for
//! one free agent of the `helper` team, at most `waits` (10 minutes); after that the contact is handed on as if there were
//! no swarm. When the helper joins, the tier's own work begins: with `owner = "keeps"`, the default, the owner does all of it
//! and the helper takes part for `helper_time` (35 %) of it; with `"passes"` the helper does it all, and the owner takes part.
//! What comes of it is the tier's outcome. Only `"passes"` is a hand-off. Defaults are judgement. Chats go on side by side
//! meanwhile ([`kept_slot`](super::kept_slot)).
//!
//! ```
//! let text = r#"
//! [tier.2]
//! swarm = { share = "22%", helper = "1 of founders", finds_after = "20m", owner = "passes" }
//! "#;
//! # let base = std::env::current_dir()?.join("scenarios/startup/scenario.toml");
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("variant.toml");
//! # std::fs::write(&path, format!("base = {base:?}\n{text}"))?;
//! // A variant of the bundled startup.
//! let scenario = staffwright::scenario::load(&path).map_err(|mistakes| mistakes.render(false))?;
//! let swarm = scenario.tiers[1].swarm.as_ref().ok_or("no swarm")?;
//! assert_eq!(scenario.teams[swarm.helper].name, "founders");
//! assert_eq!((swarm.helper_time, swarm.waits_s, swarm.owner_keeps), (0.35, 600.0, false));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::agent::State;
use super::automation::is_automation;
use super::contact::{Contact, NONE, Side, Standing};
use super::draws;
use super::engine::Engine;
use super::event::Kind;
use crate::scenario::model::ChannelKind;
use crate::time::ticks;
use crate::world::SwarmPlan;

impl Engine<'_> {
    fn swarm_plan(&self, slot: u32) -> Option<SwarmPlan> {
        let contact = &self.contacts[slot];
        let plan = &self.world.streams[usize::from(contact.stream)];
        plan.tiers[usize::from(contact.swarm)].hand_off.swarm
    }

    /// Before a hand-off into a tier: perhaps a specialist joins instead. Gives whether the agent stays with the contact;
    /// `None` where it is handed on.
    pub(super) fn swarm(&mut self, slot: u32, tier: u8) -> Option<bool> {
        let contact = &mut self.contacts[slot];
        let plan = &self.world.streams[usize::from(contact.stream)];
        let swarm = plan.tiers[usize::from(tier)].hand_off.swarm?;
        let ordinal = u32::from(contact.items);
        let agent = contact.agent;
        if is_automation(agent)
            || contact.side != Side::None
            || contact.away && plan.kind != ChannelKind::Deferred
            || contact.key.uniform(draws::SWARM + ordinal) >= swarm.share
        {
            return None;
        }
        let u = contact.key.uniform(draws::SWARM_FINDS + ordinal);
        let at = self.now + ticks(self.world.draw(swarm.finds_after, u));
        contact.side = Side::Swarming;
        contact.swarm = tier;
        contact.link = NONE;
        if plan.kind == ChannelKind::Deferred {
            contact.standing = Standing::Pending;
            self.events.push(at, Kind::Comeback, slot);
            return Some(false);
        }
        if plan.kind == ChannelKind::Concurrent {
            contact.event = self.events.push(at, Kind::Waiting, slot);
            self.open_chat(agent, slot, f64::INFINITY);
            return Some(true);
        }
        // The caller stays on the line with the owner.
        self.take_in_hand(slot, agent);
        self.agents[agent].event = self.events.push(at, Kind::Work, agent);
        Some(true)
    }

    fn take_in_hand(&mut self, slot: u32, agent: u32) {
        let a = &mut self.agents[agent];
        a.state = State::Holding;
        a.contact = slot;
        a.began = self.now;
        self.agents.delist(agent);
        self.contacts[slot].standing = Standing::Working;
        self.contacts[slot].agent = agent;
    }

    /// The owner has the contact in hand and asks for a helper.
    pub(super) fn ask_helper(&mut self, slot: u32, agent: u32) {
        let Some(plan) = self.swarm_plan(slot) else {
            return;
        };
        let until = self.now + plan.waits;
        if self.is_written(slot) {
            self.contacts[slot].event = self.events.push(until, Kind::Waiting, slot);
        } else {
            if self.agents[agent].state != State::Holding {
                self.take_in_hand(slot, agent);
            }
            self.agents[agent].event = self.events.push(until, Kind::Work, agent);
        }
        let contact = self.contacts[slot];
        let request = self.contacts.insert(Contact {
            side: Side::Request,
            link: slot,
            counted: false,
            answered: true,
            replied: true,
            away: true,
            agent: NONE,
            left: 0.0,
            ..contact
        });
        self.contacts[slot].link = request;
        self.offer(request, plan.class);
    }

    /// Whether a contact is a request that an agent made itself.
    pub(super) fn asks_itself(&self, slot: u32, agent: u32) -> bool {
        let contact = &self.contacts[slot];
        contact.side == Side::Request
            && contact.link != NONE
            && self.contacts[contact.link].agent == agent
    }

    /// Seconds of the helper's part.
    pub(super) fn helper_work(&self, request: u32) -> f64 {
        let slot = self.contacts[request].link;
        let share = self.swarm_plan(slot).map_or(0.0, |p| p.helper_time);
        share * self.joint_work(slot)
    }

    /// Seconds of the tier's own work at the owner's pace.
    fn joint_work(&self, slot: u32) -> f64 {
        let contact = &self.contacts[slot];
        let team = usize::from(self.agents[contact.agent].team);
        self.tier_time(slot, team, contact.swarm)
    }

    /// A helper joins: gives the seconds of its part; `None` where it takes the contact itself.
    pub(super) fn help(&mut self, request: u32, helper: u32) -> Option<f64> {
        let slot = self.contacts[request].link;
        let plan = self.swarm_plan(slot)?;
        let owner = self.contacts[slot].agent;
        let (whole, part) = (self.joint_work(slot), self.helper_work(request));
        self.book_swarmed(slot);
        self.contacts[slot].link = NONE;
        if plan.owner_keeps {
            self.contacts[slot].side = Side::Swarmed;
            self.contacts[request].link = NONE;
            if self.is_written(slot) {
                self.contacts[request].life = NONE;
                self.contacts[slot].event = 0;
                self.begin_part(slot, whole);
                return Some(part);
            }
            self.agents[owner].state = State::Single;
            self.work_on(owner, whole);
            return Some(part);
        }
        self.contacts.remove(request);
        if self.is_written(slot) {
            self.pass_on_with_part(slot, part);
        } else {
            self.agents[owner].event = self.events.push(self.now + ticks(part), Kind::Work, owner);
        }
        let contact = &mut self.contacts[slot];
        let tier = contact.swarm;
        contact.side = Side::None;
        contact.items += 1;
        self.book_hand_off(slot, tier);
        self.hand_on(slot, tier);
        // Whoever was there when it was explained needs no triage; put down, it waits for the helper's team.
        self.contacts[slot].agent = helper;
        self.contacts[slot].class = plan.class;
        self.start(helper, slot);
        None
    }

    /// The owner's event while it holds a swarmed contact. Gives `false` where the contact is none.
    pub(super) fn swarm_step(&mut self, slot: u32, agent: u32) -> bool {
        if self.contacts[slot].side != Side::Swarming || self.contacts[slot].agent != agent {
            return false;
        }
        let request = self.contacts[slot].link;
        if request == NONE {
            self.ask_helper(slot, agent);
            return true;
        }
        // Nobody came: handed on as if there were no swarm.
        if self.contacts[request].standing == Standing::Waiting {
            self.leave_queue(request);
        }
        self.contacts.remove(request);
        let contact = &mut self.contacts[slot];
        let tier = contact.swarm;
        contact.side = Side::None;
        contact.link = NONE;
        contact.items += 1;
        self.book_hand_off(slot, tier);
        self.hand_on(slot, tier);
        if self.is_written(slot) {
            self.put_out(agent, slot);
            self.come_in(slot);
            self.go_on(agent);
        } else {
            self.drop_in_hand(agent);
            self.come_in(slot);
            self.release(agent);
        }
        true
    }
}
