//! Automation: teams without agents that are always free and take any number of contacts at once.
//!
//! A contact goes to it when no agent of a team named before it is free, at once or after the delay the route says. Its
//! work takes the drawn handle time and ends like any other; what it hands on is triaged by the agent who takes it.

use super::contact::{NONE, Standing};
use super::engine::Engine;
use super::event::Kind;
use crate::scenario::model::ChannelKind;
use crate::time::{Tick, ticks};
use crate::world::{LimitPlan, MAX_TEAMS};

/// In place of the agent who touched a contact last: the least number that stands for a team of automation.
const AUTOMATION: u32 = NONE - MAX_TEAMS as u32;

/// The number that stands for a team of automation where agents have theirs.
pub fn automated_by(team: u8) -> u32 {
    AUTOMATION + u32::from(team)
}

/// The team of automation that an agent's number stands for.
pub fn automation_team(agent: u32) -> Option<u8> {
    (AUTOMATION..NONE)
        .contains(&agent)
        .then(|| (agent - AUTOMATION) as u8)
}

/// Whether a number stands for a team of automation.
pub fn is_automation(agent: u32) -> bool {
    automation_team(agent).is_some()
}

impl Engine<'_> {
    /// The team of automation that takes a contact of this class once it has waited so long.
    pub(super) fn automation(&self, class: u16, waited: Tick) -> Option<u8> {
        let plan = &self.world.classes[usize::from(class)];
        let choice = plan.automation?;
        let may = if waited == 0 {
            choice.after == 0
        } else {
            choice.pick_up <= waited
        };
        let may = may
            && (choice.limit == LimitPlan::None
                || self
                    .queues
                    .exceeds(plan, choice.limit, u32::from(waited == 0)));
        let over = plan.kind == ChannelKind::Deferred && self.now >= self.world.length;
        (may && !over).then_some(choice.team)
    }

    /// Automation begins to work on a contact.
    pub(super) fn automate(&mut self, slot: u32, team: u8) {
        if !self.contacts[slot].answered {
            self.book_answered(slot, usize::from(team));
        }
        if self.contacts[slot].agent != NONE {
            self.book_pass(slot, team);
        }
        let until = self.now + ticks(self.handle_time(slot, usize::from(team)));
        let event = self.events.push(until, Kind::Waiting, slot);
        let contact = &mut self.contacts[slot];
        contact.standing = Standing::Automated(team);
        contact.agent = automated_by(team);
        contact.gives_up = self.now;
        contact.event = event;
    }

    /// Automation has finished its work on a contact.
    pub(super) fn automation_done(&mut self, slot: u32, team: u8) {
        let team = usize::from(team);
        let contact = &mut self.contacts[slot];
        contact.event = 0;
        let began = contact.gives_up;
        self.book_handling(team, began);
        self.book_piece(slot, team, began);
        self.finish(slot, team);
    }
}
