//! What comes of a finished piece of work: the customer's turn, resolved, handed on, or back again unresolved.

use super::automation::AUTOMATION;
use super::contact::{NONE, Standing};
use super::draws;
use super::engine::Engine;
use super::event::Kind;
use crate::scenario::model::{ChannelKind, Owner};
use crate::time::ticks;
use crate::world::{EndPlan, NO_CLASS};

impl Engine<'_> {
    /// A piece of work on a contact is finished by somebody of a team.
    pub(super) fn finish(&mut self, slot: u32, team: usize) {
        self.book_item(slot, team);
        let contact = &self.contacts[slot];
        let plan = &self.world.streams[usize::from(contact.stream)];
        if plan.kind == ChannelKind::Deferred {
            if contact.touches == 0 && contact.hand_offs == 0 {
                self.book_first_reply(slot);
            }
            if self.customers_turn(slot) {
                return;
            }
        }
        let end = self.outcome(slot, team);
        self.contacts[slot].items += 1;
        self.book_outcome(slot, team, end);
        match end {
            EndPlan::Resolved => self.contacts.remove(slot),
            EndPlan::Returns => self.returns_later(slot),
            EndPlan::Tier(tier) => {
                self.hand_on(slot, tier);
                self.enter(slot);
            }
            EndPlan::Team(to) => {
                let (stream, tier) = (
                    usize::from(self.contacts[slot].stream),
                    self.world.teams[usize::from(to)].tier,
                );
                self.hand_on(slot, tier);
                let class = self.world.streams[stream].tiers[0]
                    .handed_to
                    .get(usize::from(to))
                    .copied()
                    .unwrap_or(NO_CLASS);
                self.offer(slot, class);
            }
        }
    }

    /// Whether one more touch follows; then the ticket waits for the customer.
    fn customers_turn(&mut self, slot: u32) -> bool {
        let contact = &mut self.contacts[slot];
        let plan = &self.world.streams[usize::from(contact.stream)];
        let touch = u32::from(contact.touches);
        if plan.touches.again <= 0.0
            || contact.key.uniform(draws::AGAIN + touch) >= plan.touches.again
        {
            return false;
        }
        contact.touches += 1;
        contact.standing = Standing::Pending;
        let takes = ticks(self.world.draw(
            plan.touches.customer_takes,
            contact.key.uniform(draws::CUSTOMER + touch),
        ));
        contact.pending += takes;
        self.events.push(self.now + takes, Kind::Comeback, slot);
        true
    }

    /// The customer has written back: the ticket goes to its owner.
    pub(super) fn customer_replied(&mut self, slot: u32) {
        let contact = &mut self.contacts[slot];
        contact.standing = Standing::Waiting;
        contact.since = self.now;
        contact.order = self.now;
        let plan = &self.world.streams[usize::from(contact.stream)];
        let (agent, tier) = (contact.agent, usize::from(contact.tier));
        if agent == AUTOMATION {
            return self.enter(slot);
        }
        let team = usize::from(self.agents[agent].team);
        match plan.tiers[tier]
            .team_classes
            .get(team)
            .copied()
            .filter(|&class| class != NO_CLASS)
        {
            None => self.enter(slot),
            Some(class) if plan.touches.owner == Owner::Agent => {
                self.hand_to_owner(slot, agent, class)
            }
            Some(class) => self.offer(slot, class),
        }
    }

    /// A follow-up goes to the agent who wrote last, into an inbox when busy, to the team when off duty.
    fn hand_to_owner(&mut self, slot: u32, agent: u32, class: u16) {
        use super::agent::State;
        match self.agents[agent].state {
            State::Away => self.offer(slot, class),
            State::Idle if self.now < self.world.length => {
                self.contacts[slot].class = class;
                self.start(agent, slot);
            }
            _ => {
                let contact = &mut self.contacts[slot];
                contact.class = class;
                contact.next = NONE;
                let channel = self.world.streams[usize::from(contact.stream)].channel;
                self.waiting[channel] += 1;
                let (first, last) = self.agents[agent].inbox;
                if first == NONE {
                    self.agents[agent].inbox = (slot, slot);
                } else {
                    self.contacts[last].next = slot;
                    self.agents[agent].inbox.1 = slot;
                }
            }
        }
    }

    /// An agent goes home: follow-ups waiting for it go to the team.
    pub(super) fn empty_inbox(&mut self, agent: u32) {
        let mut slot = self.agents[agent].inbox.0;
        self.agents[agent].inbox = (NONE, NONE);
        while slot != NONE {
            let contact = &self.contacts[slot];
            let (next, class) = (contact.next, contact.class);
            self.waiting[self.world.streams[usize::from(contact.stream)].channel] -= 1;
            self.offer(slot, class);
            slot = next;
        }
    }

    /// Draws the end of a piece of work, the team's quality moving probability between `resolved` and `returns`.
    fn outcome(&self, slot: u32, team: usize) -> EndPlan {
        let contact = &self.contacts[slot];
        let stream = usize::from(contact.stream);
        let ends = self.world.streams[stream].ends_at(usize::from(contact.tier), contact.interval);
        let u = contact
            .key
            .uniform(draws::OUTCOME + u32::from(contact.items));
        let drawn = ends
            .iter()
            .position(|&(sum, _)| u < sum)
            .unwrap_or(ends.len().saturating_sub(1));
        let Some(&(sum, end)) = ends.get(drawn) else {
            return EndPlan::Resolved;
        };
        let mut delta = self.world.teams[team].resolved_delta[stream];
        if self.people.learns {
            delta += self.learning_delta(slot);
        }
        if delta == 0.0 {
            return end;
        }
        let below = if drawn == 0 { 0.0 } else { ends[drawn - 1].0 };
        // The part of the drawn end's own stretch that changes sides.
        let moved = delta.abs() / (sum - below);
        let inside = (u - below) / (sum - below);
        match end {
            EndPlan::Returns if delta > 0.0 && inside < moved => EndPlan::Resolved,
            EndPlan::Resolved if delta < 0.0 && inside < moved => EndPlan::Returns,
            end => end,
        }
    }

    fn hand_on(&mut self, slot: u32, tier: u8) {
        let contact = &mut self.contacts[slot];
        contact.tier = tier;
        contact.hand_offs = contact.hand_offs.saturating_add(1);
    }

    fn returns_later(&mut self, slot: u32) {
        let contact = &self.contacts[slot];
        let plan = &self.world.streams[usize::from(contact.stream)];
        let u = contact.key.uniform(draws::RETURN_AFTER);
        let after = self.world.draw(plan.returns_after, u);
        if plan.comes_back {
            self.comes_back_in(slot, after, Standing::Returning);
        } else {
            self.contacts.remove(slot);
        }
    }

    /// After giving up: perhaps a redial.
    pub(super) fn after_giving_up(&mut self, slot: u32) {
        let contact = &self.contacts[slot];
        let plan = &self.world.streams[usize::from(contact.stream)];
        let redial = plan.redial_at(contact.interval).filter(|_| plan.comes_back);
        match redial.filter(|r| contact.key.uniform(draws::REDIAL) < r.share) {
            Some(redial) => {
                let after = self
                    .world
                    .draw(redial.after, contact.key.uniform(draws::REDIAL_AFTER));
                self.comes_back_in(slot, after, Standing::Redialing);
            }
            None => {
                let contact = &self.contacts[slot];
                self.book.streams[usize::from(contact.stream)].lost += u64::from(contact.counted);
                self.contacts.remove(slot);
            }
        }
    }

    fn comes_back_in(&mut self, slot: u32, after: f64, standing: Standing) {
        let after = ticks(after);
        let contact = &mut self.contacts[slot];
        contact.standing = standing;
        // The customer's time away is not ours.
        contact.pending += after;
        self.events
            .push(self.now.saturating_add(after), Kind::Comeback, slot);
    }
}
