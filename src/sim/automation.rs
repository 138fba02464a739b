//! Automation: teams without agents that are always free and take any number of contacts at once.
//!
//! A contact goes to it when no agent of a team named before it is free, at once or after the delay the route says. Its
//! work takes the drawn handle time and ends like any other; what it hands on is triaged by the agent who takes it.

use super::contact::Standing;
use super::engine::Engine;
use super::event::Kind;
use crate::scenario::model::ChannelKind;
use crate::time::{Tick, ticks};
use crate::world::LimitPlan;

/// In place of the agent who touched a contact last: automation did.
pub const AUTOMATION: u32 = u32::MAX - 1;

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
        let until = self.now + ticks(self.handle_time(slot, usize::from(team)));
        let event = self.events.push(until, Kind::Waiting, slot);
        let contact = &mut self.contacts[slot];
        contact.standing = Standing::Automated(team);
        contact.agent = AUTOMATION;
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
