//! What comes of a finished piece of work: the customer's turn, resolved, handed on, or back again unresolved.

use super::automation::is_automation;
use super::contact::{Side, Standing};
use super::draws;
use super::engine::Engine;
use super::event::Kind;
use crate::scenario::model::{ChannelKind, Owner};
use crate::time::ticks;
use crate::world::{EndPlan, NO_CLASS};

impl Engine<'_> {
    /// A piece of work on a contact is finished by somebody of a team. Gives whether the agent stays with the contact.
    pub(super) fn finish(&mut self, slot: u32, team: usize) -> bool {
        if self.habits && self.not_reached(slot) {
            return false;
        }
        self.book_item(slot, team);
        let contact = &self.contacts[slot];
        match contact.side {
            Side::Astray => {
                self.sent_on(slot);
                return false;
            }
            Side::Request => {
                self.contacts.remove(slot);
                return false;
            }
            Side::Second => {
                self.seconded(slot);
                return false;
            }
            _ => {}
        }
        if self.life_cycle {
            self.served_by(slot, team);
        }
        let contact = &self.contacts[slot];
        let second = contact.role.is_second();
        let plan = &self.world.streams[usize::from(contact.stream)];
        if plan.kind == ChannelKind::Deferred {
            if !contact.replied {
                self.book_first_reply(slot);
            }
            if !second
                && self.contacts[slot].side != Side::Swarmed
                && (self.waits_for(slot) || self.customers_turn(slot))
            {
                return false;
            }
        }
        let end = if second {
            EndPlan::Resolved
        } else {
            self.outcome(slot, team)
        };
        if let EndPlan::Tier(tier) = end
            && let Some(held) = self.swarm(slot, tier)
        {
            return held;
        }
        if self.contacts[slot].side == Side::Swarmed {
            self.contacts[slot].side = Side::None;
        }
        self.contacts[slot].items += 1;
        if end == EndPlan::Resolved
            && !self.world.streams[usize::from(self.contacts[slot].stream)]
                .seconds
                .is_empty()
            && self.seconds(slot, team)
        {
            return false;
        }
        self.book_outcome(slot, team, end);
        match end {
            EndPlan::Resolved => self.settled(slot),
            EndPlan::Returns => self.returns_later(slot),
            EndPlan::Engineering => self.pass_to_engineering(slot),
            EndPlan::Tier(tier) => {
                self.hand_on(slot, tier);
                let held = self.hold(slot);
                self.come_in(slot);
                return held;
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
                let held = self.hold(slot);
                self.offer(slot, class);
                return held;
            }
        }
        false
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

    /// Whether a ticket waits for somebody else after its first reply, once.
    fn waits_for(&mut self, slot: u32) -> bool {
        let contact = &mut self.contacts[slot];
        let plan = &self.world.streams[usize::from(contact.stream)];
        if plan.pending.is_empty() || contact.waited_for {
            return false;
        }
        contact.waited_for = true;
        let u = contact.key.uniform(draws::PENDING);
        let Some(&(_, law)) = plan.pending.iter().find(|(sum, _)| u < *sum) else {
            return false;
        };
        let takes = ticks(
            self.world
                .draw(law, contact.key.uniform(draws::PENDING_TAKES)),
        );
        contact.touches += 1;
        contact.standing = Standing::Pending;
        contact.pending += takes;
        self.book_waits_for(slot, takes);
        self.events.push(self.now + takes, Kind::Comeback, slot);
        true
    }

    /// The customer has written back, or whom it waited for is done: the ticket goes to its owner.
    pub(super) fn customer_replied(&mut self, slot: u32) {
        let contact = &mut self.contacts[slot];
        contact.standing = Standing::Waiting;
        contact.since = self.now;
        contact.order = self.now;
        let plan = &self.world.streams[usize::from(contact.stream)];
        let (agent, tier) = (contact.agent, usize::from(contact.tier));
        if is_automation(agent) {
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

    /// A follow-up goes to the agent who wrote last, into an inbox when busy, to the team (or as `handover` says) when off
    /// duty.
    fn hand_to_owner(&mut self, slot: u32, agent: u32, class: u16) {
        use super::agent::State;
        match self.agents[agent].state {
            State::Away => {
                self.contacts[slot].class = class;
                self.pass_on(slot, agent);
            }
            State::Idle if self.now < self.world.length => {
                self.contacts[slot].class = class;
                self.start(agent, slot);
            }
            _ => {
                self.contacts[slot].class = class;
                self.wait_for_owner(slot, agent);
            }
        }
    }

    /// Draws the end of a piece of work, the team's quality moving probability between `resolved` and `returns`.
    fn outcome(&self, slot: u32, team: usize) -> EndPlan {
        let contact = &self.contacts[slot];
        let stream = usize::from(contact.stream);
        let tier = if contact.side == Side::Swarmed {
            contact.swarm
        } else {
            contact.tier
        };
        let ends = self.world.streams[stream].ends_at(usize::from(tier), contact.interval);
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

    pub(super) fn hand_on(&mut self, slot: u32, tier: u8) {
        let contact = &mut self.contacts[slot];
        contact.tier = tier;
        contact.hand_offs = contact.hand_offs.saturating_add(1);
        if self.life_cycle {
            self.handed_on_in_life(slot);
        }
    }

    fn returns_later(&mut self, slot: u32) {
        let contact = &self.contacts[slot];
        let plan = &self.world.streams[usize::from(contact.stream)];
        let u = contact.key.uniform(draws::RETURN_AFTER);
        let after = self.world.draw(plan.returns_after, u);
        if plan.comes_back {
            self.comes_back_in(slot, after, Standing::Returning);
        } else {
            self.gone(slot);
        }
    }

    /// After giving up: perhaps a redial, perhaps another channel.
    pub(super) fn after_giving_up(&mut self, slot: u32) {
        if self.contacts[slot].side == Side::Held {
            self.let_go(slot);
        }
        let contact = &self.contacts[slot];
        if contact.role.is_second() {
            self.gone(slot);
            return;
        }
        let plan = &self.world.streams[usize::from(contact.stream)];
        let redial = plan.redial_at(contact.interval).filter(|_| plan.comes_back);
        let redials = redial.map_or(0.0, |r| r.share);
        match redial.filter(|r| contact.key.uniform(draws::REDIAL) < r.share) {
            Some(redial) => {
                let after = self
                    .world
                    .draw(redial.after, contact.key.uniform(draws::REDIAL_AFTER));
                self.comes_back_in(slot, after, Standing::Redialing);
            }
            None if self.habits && self.leaves_for_another(slot, redials) => {}
            None => {
                let contact = &self.contacts[slot];
                self.book.streams[usize::from(contact.stream)].lost += u64::from(contact.counted);
                self.gone(slot);
            }
        }
    }

    pub(super) fn comes_back_in(&mut self, slot: u32, after: f64, standing: Standing) {
        let after = ticks(after);
        let contact = &mut self.contacts[slot];
        contact.standing = standing;
        // The customer's time away is not ours.
        contact.pending += after;
        self.events
            .push(self.now.saturating_add(after), Kind::Comeback, slot);
    }
}
