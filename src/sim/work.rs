//! Work on a contact: begun, put down, done.

use super::agent::{DEFERRED, NO_CHANNEL, State};
use super::contact::{NONE, Side, Standing};
use super::draws;
use super::engine::Engine;
use crate::scenario::model::ChannelKind;
use crate::world::NO_COURSE;

impl Engine<'_> {
    /// An agent begins (or resumes) work on a contact. Work in hand that yields is put down first.
    pub(super) fn start(&mut self, agent: u32, slot: u32) {
        if self.agents[agent].state == State::Single {
            self.put_down(agent);
        }
        let unanswered = if self.habits {
            self.unanswered_call(slot)
        } else {
            None
        };
        let mut work = unanswered.unwrap_or_else(|| self.work_ahead(agent, slot));
        if self.life_cycle && unanswered.is_none() {
            work += self.taken_on(slot, agent);
        }
        if self.people.learns && !self.agents[agent].on_call {
            self.book_efficiency(agent);
        }
        if !self.contacts[slot].answered && unanswered.is_none() {
            self.book_answered(slot, usize::from(self.agents[agent].team));
        }
        let work = match self.contacts[slot].side {
            Side::None | Side::Astray | Side::Swarmed | Side::Second | Side::Joint | Side::Kept => {
                work
            }
            Side::Held => work + self.join(slot, agent),
            Side::HandedOver => {
                self.contacts[slot].side = Side::None;
                work
            }
            Side::Swarming => return self.ask_helper(slot, agent),
            // Put down and taken up again: its helper had joined.
            Side::Request if self.contacts[slot].link == NONE => work,
            Side::Request => match self.help(slot, agent) {
                Some(work) => work,
                None => return,
            },
        };
        let before = self.contacts[slot].agent;
        if before != NONE && before != agent {
            self.book_pass(slot, self.agents[agent].team);
        }
        let contact = &mut self.contacts[slot];
        contact.standing = Standing::Working;
        contact.agent = agent;
        let plan = &self.world.streams[usize::from(contact.stream)];
        if plan.kind == ChannelKind::Concurrent && contact.side != Side::Second {
            self.open_chat(agent, slot, work);
            return;
        }
        contact.left = 0.0;
        let a = &mut self.agents[agent];
        // Who was called does what it came for.
        let yields = self.world.teams[usize::from(a.team)].yields[plan.channel] != 0 && !a.on_call;
        a.channel = plan.channel as u8;
        a.state = State::Single;
        a.contact = slot;
        a.began = self.now;
        self.work_on(agent, work);
        if yields {
            self.agents.enlist(agent, DEFERRED);
        } else {
            self.agents.delist(agent);
        }
    }

    /// Seconds of undivided effort ahead: what is left of put-down work and the cost of resuming it, or a draw at the
    /// customer's own quantile, with triage after a hand-off and re-reading when the agent is new to the ticket.
    fn work_ahead(&self, agent: u32, slot: u32) -> f64 {
        let contact = &self.contacts[slot];
        let stream = usize::from(contact.stream);
        let plan = &self.world.streams[stream];
        if contact.side == Side::Second {
            return contact.left;
        }
        // Another site takes the ticket on.
        let taken_on = if contact.side == Side::HandedOver {
            self.world.handover_costs
        } else {
            0.0
        };
        if contact.left > 0.0 {
            return contact.left + plan.resume_cost + taken_on;
        }
        if contact.side == Side::Request {
            return self.helper_work(slot);
        }
        if contact.side == Side::Astray {
            return self.handle_time(slot, usize::from(self.agents[agent].team));
        }
        let tier = &plan.tiers[usize::from(contact.tier)];
        let mut work = self.handle_time(slot, usize::from(self.agents[agent].team));
        if self.people.learns && !self.agents[agent].on_call {
            work *= self.learning_factor(agent);
        }
        work += taken_on;
        let switch = self.world.teams[usize::from(self.agents[agent].team)].switch;
        if switch > 0.0 {
            let before = self.agents[agent].channel;
            work += if before == NO_CHANNEL || usize::from(before) == plan.channel {
                0.0
            } else {
                switch
            };
        }
        if contact.agent != NONE && contact.agent != agent {
            work += if contact.touches > 0 {
                plan.reread
            } else {
                tier.triage
            };
        }
        work
    }

    /// Handle time of a team for a contact's next piece of work, in seconds: a draw at the customer's own quantile, moved
    /// by the time of arrival where the mean moves.
    #[inline]
    pub(super) fn handle_time(&self, slot: u32, team: usize) -> f64 {
        let contact = &self.contacts[slot];
        if contact.side == Side::Astray {
            let tiers = &self.world.streams[usize::from(contact.stream)].tiers;
            return tiers[usize::from(contact.tier)].hand_off.astray_costs;
        }
        self.tier_time(slot, team, contact.tier)
    }

    /// Handle time of a team for a contact at a tier, in seconds.
    #[inline]
    pub(super) fn tier_time(&self, slot: u32, team: usize, tier: u8) -> f64 {
        let contact = &self.contacts[slot];
        let stream = usize::from(contact.stream);
        let plan = &self.world.streams[stream];
        let (tier, arrived) = (usize::from(tier), contact.interval);
        let u = contact
            .key
            .uniform(draws::HANDLE + u32::from(contact.touches));
        let (pace, lag) = self.world.teams[team].pace_at(self.now, stream);
        let mut work = self.world.draw(plan.handle_at(tier, arrived), u) * pace;
        if contact.role.is_second() {
            work *= f64::from(contact.effort);
        }
        let course = plan.handle_course_at(tier, arrived);
        if course == NO_COURSE {
            return work + lag;
        }
        work * self.world.courses[usize::from(course)][arrived as usize] + lag
    }

    /// Work in hand goes back to the head of its queue with what is left of it.
    fn put_down(&mut self, agent: u32) {
        let slot = self.leave_unfinished(agent);
        self.contacts[slot].class = self.class_now(slot);
        self.queues.insert(self.world, &mut self.contacts, slot);
        self.joins_queue(slot);
        if self.habits {
            self.listen_to_silence(slot);
        }
    }

    /// An agent leaves the contact in hand with what is left of the work on it, and has nothing in hand any more.
    pub(super) fn leave_unfinished(&mut self, agent: u32) -> u32 {
        let left = self.left_in_hand(agent);
        let slot = self.agents[agent].contact;
        self.agents.delist(agent);
        self.drop_in_hand(agent);
        let contact = &mut self.contacts[slot];
        contact.standing = Standing::Waiting;
        // Even work put down in its last instant has something left, so that it counts as begun.
        contact.left = left.max(1e-6);
        slot
    }

    /// An agent's work event: a contact is done, a turn-round or a pause is over.
    pub(super) fn work_done(&mut self, agent: u32) {
        let a = &mut self.agents[agent];
        a.event = 0;
        match a.state {
            State::Single => {
                let (slot, team) = (a.contact, usize::from(a.team));
                a.finished += 1;
                self.agents.delist(agent);
                self.drop_in_hand(agent);
                if !self.finish(slot, team) {
                    self.release(agent);
                }
            }
            State::Holding => self.handed_over(agent),
            State::Chatting => self.chat_done(agent),
            State::TurnRound => self.turned_round(agent),
            State::Pause => self.pause_over(agent),
            State::Away | State::Off | State::Idle => {}
        }
    }
}
