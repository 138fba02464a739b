//! What is written into the ledger, and when. Contacts are booked under the interval of their arrival.

use super::absence::Absence;
use super::agent::State;
use super::contact::Standing;
use super::engine::Engine;
use super::ledger::FLOW_ENDS;
use super::promise::Decided;
use crate::roster::OffKind;
use crate::scenario::model::{ChannelKind, PromiseEvent};
use crate::time::{SECOND, Tick, seconds, ticks, whole};
use crate::world::{EndPlan, NO_CLASS};

/// The field's usual yardstick for an answer.
const YARDSTICK: Tick = 20 * SECOND;
/// Who leaves within this is a short abandon.
const SHORT: Tick = 5 * crate::time::SECOND;

impl Engine<'_> {
    pub(super) fn cell(&self, stream: usize, interval: u32) -> usize {
        self.world.streams[stream].channel * self.world.intervals + interval as usize
    }

    pub(super) fn day_cell(&self, stream: usize, interval: u32) -> usize {
        let day = self.world.report_days[interval as usize];
        stream * self.book.day_count + day as usize
    }

    pub(super) fn book_offered(&mut self, slot: u32) {
        if self.life_cycle
            && let Some(life) = self.lives.of(&self.contacts[slot])
        {
            life.contacts = life.contacts.saturating_add(1);
        }
        let contact = &self.contacts[slot];
        if !contact.counted {
            return;
        }
        let (stream, interval) = (usize::from(contact.stream), contact.interval);
        let sums = &mut self.book.streams[stream];
        sums.offered += 1;
        sums.first_contacts += u64::from(contact.number == 0);
        let cell = self.cell(stream, interval);
        self.book.intervals[cell].offered += 1;
        let first = u64::from(contact.number == 0);
        let day = self.day_cell(stream, interval);
        self.book.days[day].offered += 1;
        self.book.days[day].first_contacts += first;
    }

    pub(super) fn book_comeback(&mut self, slot: u32, standing: Standing) {
        let contact = &self.contacts[slot];
        let sums = &mut self.book.streams[usize::from(contact.stream)];
        let one = u64::from(contact.counted);
        match standing {
            Standing::Redialing => sums.redials += one,
            Standing::Switching => sums.switched += one,
            _ => sums.returns += one,
        }
    }

    /// The first piece of work begins.
    pub(super) fn book_answered(&mut self, slot: u32, team: usize) {
        self.contacts[slot].answered = true;
        self.contacts[slot].answered_by = team as u8;
        let contact = &self.contacts[slot];
        if !contact.counted {
            return;
        }
        let stream = usize::from(contact.stream);
        let wait = self.now - contact.arrival;
        let day = self.day_cell(stream, contact.interval);
        let cell = self.cell(stream, contact.interval);
        let sums = &mut self.book.streams[stream];
        sums.answered += 1;
        sums.delayed += u64::from(wait > 0);
        sums.wait += wait;
        sums.wait_answered += wait;
        sums.by_vendor += u64::from(self.world.teams[team].vendor);
        let sums = &mut self.book.days[day];
        sums.answered += 1;
        sums.wait += wait;
        let interval = contact.interval;
        self.book_day_wait(stream, interval, Some(team), wait);
        // Who did not wait is counted at the end.
        if wait > 0 {
            self.book.waits[stream].record(wait);
            self.book.team_waits[team].record(wait);
        }
        let interval = &mut self.book.intervals[cell];
        interval.answered += 1;
        interval.wait += wait;
        interval.within_20s += u64::from(wait <= YARDSTICK);
        let sums = &mut self.book.teams[team];
        sums.answered += 1;
        sums.wait_answered += wait;
        if let Some(promise) = self.world.teams[team].promise {
            self.book_vendor_promise(slot, usize::from(promise), wait);
        }
        self.decide(slot, Decided::Happened(PromiseEvent::Answer));
        if self.world.streams[stream].kind != ChannelKind::Deferred {
            self.book_first_reply(slot);
        }
    }

    /// A first contact counts for the volume that vendors were told to expect.
    pub(super) fn book_forecast(&mut self, vendors: u64) {
        let mut left = vendors;
        while left != 0 {
            let promise = left.trailing_zeros() as usize;
            self.book.forecasts[promise * self.world.intervals + self.interval] += 1;
            left &= left - 1;
        }
    }

    /// A calendar month has ended: what teams have done so far is kept for the vendors' bills.
    pub(super) fn book_month(&mut self) {
        self.book.months.extend_from_slice(&self.book.teams);
    }

    pub(super) fn book_first_reply(&mut self, slot: u32) {
        self.contacts[slot].replied = true;
        let contact = &self.contacts[slot];
        if !contact.counted {
            return;
        }
        let stream = usize::from(contact.stream);
        let after = self.now - contact.arrival;
        let sums = &mut self.book.streams[stream];
        sums.replied += 1;
        sums.first_reply += after;
        self.book.replies[stream].record(after);
        // On the line the first reply is the answer, and decided with it.
        if self.world.streams[stream].kind == ChannelKind::Deferred {
            self.decide(slot, Decided::Happened(PromiseEvent::FirstReply));
        }
    }

    /// A customer leaves while waiting, or at once instead of waiting (`balked`).
    pub(super) fn book_given_up(&mut self, slot: u32, balked: bool) {
        let contact = self.contacts[slot];
        if !contact.counted {
            return;
        }
        let stream = usize::from(contact.stream);
        let wait = self.now - contact.arrival;
        let cell = self.cell(stream, contact.interval);
        let sums = &mut self.book.streams[stream];
        if contact.answered {
            sums.lost_later += 1;
        } else {
            sums.abandoned += 1;
            sums.balked += u64::from(balked);
            sums.abandoned_short += u64::from(wait <= SHORT);
            sums.delayed += 1;
            sums.wait += wait;
            if wait > 0 {
                self.book.waits[stream].record(wait);
            }
            self.book.intervals[cell].abandoned += 1;
            self.book.intervals[cell].wait += wait;
            let day = self.day_cell(stream, contact.interval);
            self.book.days[day].abandoned += 1;
            self.book.days[day].wait += wait;
            self.book_day_wait(stream, contact.interval, None, wait);
            self.contacts[slot].in_promise = false;
            self.decide(slot, Decided::Left(wait));
        }
        self.book_satisfaction(slot, self.world.satisfaction.abandoned);
    }

    /// A piece of work on a contact, begun at `from`, ends now (or is put down).
    pub(super) fn book_piece(&mut self, slot: u32, team: usize, from: Tick) {
        let took = self.now - from;
        if self.life_cycle
            && let Some(life) = self.lives.of(&self.contacts[slot])
        {
            life.work += took;
        }
        let contact = &self.contacts[slot];
        if contact.counted {
            self.book.streams[usize::from(contact.stream)].handled += took;
        }
        if self.now >= self.world.warm_up {
            self.book.teams[team].session += self.now - from.max(self.world.warm_up);
        }
    }

    /// A piece of work is finished.
    pub(super) fn book_item(&mut self, slot: u32, team: usize) {
        let contact = &self.contacts[slot];
        self.book.streams[usize::from(contact.stream)].items += u64::from(contact.counted);
        self.book.teams[team].items += u64::from(self.now >= self.world.warm_up);
    }

    /// What came of a finished piece of work.
    pub(super) fn book_outcome(&mut self, slot: u32, team: usize, end: EndPlan) {
        let contact = self.contacts[slot];
        let stream = usize::from(contact.stream);
        let tiers = self.world.tiers;
        let column = match end {
            EndPlan::Tier(tier) => usize::from(tier),
            EndPlan::Team(to) => usize::from(self.world.teams[usize::from(to)].tier),
            EndPlan::Resolved => tiers,
            EndPlan::Returns => tiers + 1,
            EndPlan::Engineering => tiers + 2,
        };
        let on_time = self.now >= self.world.warm_up;
        let sums = &mut self.book.teams[team];
        sums.resolved += u64::from(on_time && end == EndPlan::Resolved);
        let fee = self.world.teams[team].fee[stream];
        if on_time && fee > 0.0 {
            sums.fees += whole(fee * 1e6);
        }
        if !contact.counted {
            return;
        }
        self.book.flow[usize::from(contact.tier) * (tiers + FLOW_ENDS) + column] += 1;
        match end {
            EndPlan::Tier(_) | EndPlan::Team(_) => {
                let sums = &mut self.book.streams[stream];
                sums.hand_offs += 1;
                sums.sent_back += u64::from(column < usize::from(contact.tier));
                sums.escalated += u64::from(contact.tier == 0 && column > 0);
            }
            end => self.book_end(slot, end, self.world.teams[team].satisfaction[stream]),
        }
    }

    /// A contact stands in a queue from now on.
    #[inline]
    pub(super) fn joins_queue(&mut self, slot: u32) {
        let contact = &self.contacts[slot];
        let stream = usize::from(contact.stream);
        self.waiting[self.world.streams[stream].channel] += 1;
        if contact.counted && !contact.answered {
            let sums = &mut self.book.streams[stream];
            // Below nought while it waits: whoever joins leaves later.
            sums.queued = sums.queued.wrapping_sub(self.now);
        }
    }

    /// A contact stands in a queue no longer.
    #[inline]
    pub(super) fn leaves_queue(&mut self, slot: u32) {
        let contact = &self.contacts[slot];
        let stream = usize::from(contact.stream);
        self.waiting[self.world.streams[stream].channel] -= 1;
        if contact.counted && !contact.answered {
            let sums = &mut self.book.streams[stream];
            sums.queued = sums.queued.wrapping_add(self.now);
        }
    }

    /// A contact ends, or leaves support for a while; `manner` is what the score of a solution gains by who found it.
    pub(super) fn book_end(&mut self, slot: u32, end: EndPlan, manner: i64) {
        let contact = &self.contacts[slot];
        if !contact.counted {
            return;
        }
        let sums = &mut self.book.streams[usize::from(contact.stream)];
        let unresolved = self.world.satisfaction.unresolved;
        match end {
            EndPlan::Resolved => {
                sums.resolved += 1;
                sums.resolved_first += u64::from(contact.number == 0);
                sums.resolution += (self.now - contact.journey).saturating_sub(contact.pending);
                let day = self.day_cell(usize::from(contact.stream), contact.interval);
                self.book.days[day].resolved += 1;
                self.book.days[day].resolved_first += u64::from(contact.number == 0);
                if self.world.streams[usize::from(contact.stream)].promises_resolution {
                    self.decide(slot, Decided::Happened(PromiseEvent::Resolution));
                }
                self.book_satisfaction(slot, -manner);
            }
            EndPlan::Returns => {
                sums.unresolved += 1;
                self.book_satisfaction(slot, unresolved);
            }
            EndPlan::Engineering => sums.engineering += 1,
            EndPlan::Tier(_) | EndPlan::Team(_) => {}
        }
    }

    /// An agent had work in hand from `from` until now.
    pub(super) fn book_handling(&mut self, team: usize, from: Tick) {
        let from = from.max(self.world.warm_up);
        if from < self.now {
            self.book.teams[team].handling += self.now - from;
            self.spread(team, from, |cell| &mut cell.handling);
        }
    }

    /// An agent was on queue until now.
    pub(super) fn book_on_queue(&mut self, agent: u32) {
        let a = &self.agents[agent];
        let (team, from) = (usize::from(a.team), a.on_queue.max(self.world.warm_up));
        if from < self.now {
            self.book.teams[team].on_queue += self.now - from;
            self.spread(team, from, |cell| &mut cell.on_queue);
        }
    }

    /// Spreads the time from `from` until now over a team's planning intervals; what lies beyond the horizon's end
    /// belongs to the last.
    fn spread(&mut self, team: usize, from: Tick, field: fn(&mut super::StaffSums) -> &mut u64) {
        let row = team * self.world.intervals;
        let mut end = self.now;
        for interval in (0..=self.interval).rev() {
            let start = (interval as Tick * self.world.interval).max(from);
            if start < end {
                *field(&mut self.book.staff[row + interval]) += end - start;
                end = start;
            }
            if start == from {
                return;
            }
        }
    }

    /// A turn-round or a pause ends now.
    pub(super) fn book_between(&mut self, agent: u32) {
        let a = &self.agents[agent];
        let took = self.now.saturating_sub(a.began.max(self.world.warm_up));
        let sums = &mut self.book.teams[usize::from(a.team)];
        match a.state {
            State::Pause => sums.pause += took,
            _ => sums.turn_round += took,
        }
    }

    /// Time off queue ends now.
    pub(super) fn book_off(&mut self, agent: u32) {
        let a = self.agents[agent];
        let took = self.now.saturating_sub(a.began.max(self.world.warm_up));
        let kind = self.present_off(agent).map(|o| o.kind);
        self.agents[agent].off += 1;
        let sums = &mut self.book.teams[usize::from(a.team)];
        match kind {
            Some(OffKind::PaidBreak) => sums.paid_break += took,
            Some(OffKind::UnpaidBreak) => sums.unpaid_break += took,
            Some(OffKind::Planned) | None => sums.planned_off += took,
        }
    }

    /// A duty as planned, why it is not worked, and what it is paid where pay is by the duty.
    pub(super) fn book_scheduled(&mut self, agent: u32, start: Tick, end: Tick, absence: Absence) {
        let length = end.saturating_sub(start.max(self.world.warm_up));
        let a = &self.agents[agent];
        let team = usize::from(a.team);
        let by_the_duty = self.roster.teams[team]
            .terms
            .get(a.number as usize)
            .and_then(Option::as_ref);
        let whole_s = self.duty(a).map_or(0.0, |d| d.paid_s());
        let sums = &mut self.book.teams[team];
        sums.scheduled += length;
        match absence {
            Absence::Sick => sums.sick += length,
            Absence::NoShow => sums.no_show += length,
            Absence::None => {
                if let Some(terms) = by_the_duty.filter(|_| length > 0) {
                    let paid = ticks(whole_s).max(terms.call_out);
                    sums.paid += paid;
                    sums.by_the_duty += paid;
                    sums.duty_pay += whole(seconds(paid) / 3600.0 * terms.per_hour.at(start) * 1e6);
                }
            }
        }
    }

    pub(super) fn book_late(&mut self, team: usize, delay: Tick) {
        self.book.teams[team].late += delay;
    }

    pub(super) fn book_overtime(&mut self, agent: u32, time: Tick) {
        let team = usize::from(self.agents[agent].team);
        let sums = &mut self.book.teams[team];
        sums.overtime += time;
        let rate = &self.roster.teams[team].overtime;
        if let Some(rate) = rate.as_ref().filter(|_| time > 0) {
            let from = self.now.saturating_sub(time);
            sums.overtime_pay += whole(seconds(time) / 3600.0 * rate.mean(from, self.now) * 1e6);
        }
    }

    /// Contacts still open at the horizon's end are backlog; a promise they have already broken is counted.
    pub(super) fn close_book(&mut self) {
        let end = self.world.length;
        // Play ran on past the end for work in hand; what is not due at the end must not be called late.
        self.now = end;
        self.close_outages();
        if self.people.learns || self.people.moves || self.people.mentored {
            self.close_heads();
        }
        self.close_escalations();
        for slot in 0..self.contacts.slots().len() as u32 {
            let contact = self.contacts[slot];
            let open = matches!(
                contact.standing,
                Standing::Waiting
                    | Standing::Working
                    | Standing::Automated(_)
                    | Standing::Pending
                    | Standing::Approving
                    | Standing::Engineering
                    | Standing::Reopening
                    | Standing::ToBeCalled
                    | Standing::Unseen
            );
            if !open || !contact.is_own() {
                continue;
            }
            let sums = &mut self.book.streams[usize::from(contact.stream)];
            sums.backlog += 1;
            sums.backlog_oldest = sums.backlog_oldest.max(end.saturating_sub(contact.journey));
            let queues = contact.standing == Standing::Waiting && contact.class != NO_CLASS;
            if queues && contact.counted && !contact.answered {
                sums.queued = sums.queued.wrapping_add(end);
            }
            if contact.counted {
                self.decide(slot, Decided::Open);
            }
        }
        self.close_waits();
    }
}
