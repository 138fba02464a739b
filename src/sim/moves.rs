//! What is written into the ledger when a contact moves on its way to an end.

use super::automation::automation_team;
use super::engine::Engine;
use super::ledger::FLOW_ENDS;
use crate::time::Tick;

impl Engine<'_> {
    /// A wrong team sends a contact on.
    pub(super) fn book_astray(&mut self, slot: u32) {
        let contact = &self.contacts[slot];
        if contact.counted {
            let sums = &mut self.book.streams[usize::from(contact.stream)];
            sums.hand_offs += 1;
            sums.misrouted += 1;
            let tier = usize::from(contact.tier);
            self.book.flow[tier * (self.world.tiers + FLOW_ENDS) + tier] += 1;
        }
    }

    /// A contact is handed into a tier.
    pub(super) fn book_hand_off(&mut self, slot: u32, tier: u8) {
        let contact = &self.contacts[slot];
        if contact.counted {
            let sums = &mut self.book.streams[usize::from(contact.stream)];
            sums.hand_offs += 1;
            sums.sent_back += u64::from(tier < contact.tier);
            sums.escalated += u64::from(contact.tier == 0 && tier > 0);
            let row = usize::from(contact.tier) * (self.world.tiers + FLOW_ENDS);
            self.book.flow[row + usize::from(tier)] += 1;
        }
    }

    /// Somebody of a team takes a contact that somebody else had before: perhaps it passes to another team.
    pub(super) fn book_pass(&mut self, slot: u32, to: u8) {
        let contact = &self.contacts[slot];
        let before = contact.agent;
        if !contact.is_own() || !contact.counted {
            return;
        }
        let from = automation_team(before).unwrap_or_else(|| self.agents[before].team);
        if from != to {
            let teams = self.world.teams.len();
            self.book.passes[usize::from(from) * teams + usize::from(to)] += 1;
        }
    }

    /// A second person is to work on a contact.
    pub(super) fn book_second(&mut self, slot: u32, approval: bool) {
        let contact = &self.contacts[slot];
        if contact.counted {
            let sums = &mut self.book.streams[usize::from(contact.stream)];
            sums.seconded += 1;
            sums.approvals += u64::from(approval);
        }
    }

    /// A specialist joins the owner.
    pub(super) fn book_swarmed(&mut self, slot: u32) {
        let contact = &self.contacts[slot];
        self.book.streams[usize::from(contact.stream)].swarmed += u64::from(contact.counted);
    }

    /// A ticket passes to another site.
    pub(super) fn book_handed_over(&mut self, slot: u32) {
        let contact = &self.contacts[slot];
        self.book.streams[usize::from(contact.stream)].handed_over += u64::from(contact.counted);
    }

    /// A ticket begins to wait for somebody else.
    pub(super) fn book_waits_for(&mut self, slot: u32, takes: Tick) {
        let contact = &self.contacts[slot];
        if contact.counted {
            let sums = &mut self.book.streams[usize::from(contact.stream)];
            sums.waited_for += 1;
            sums.waited_for_time += takes;
        }
    }

    /// A second agent takes over while the first is still there.
    pub(super) fn book_warm(&mut self, slot: u32) {
        let contact = &self.contacts[slot];
        self.book.streams[usize::from(contact.stream)].warm_hand_offs += u64::from(contact.counted);
    }
}
