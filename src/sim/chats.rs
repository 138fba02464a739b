//! Conversations side by side: processor sharing with stated speeds.
//!
//! With `n` conversations open each progresses at speed `s(n)` of one alone. An agent's conversation clock counts the
//! seconds of work each open conversation has got since the first of them began; a conversation that needs `w`
//! seconds and joins at clock `v` is done at clock `v + w`. Every change of `n` moves the clock up to now and
//! schedules the next completion again; only that instant is rounded to a tick. A slot that is kept for another agent
//! ([`kept_slot`](super::kept_slot)) counts among the `n` and is never done by itself.

use super::agent::{State, Then};
use super::contact::{NONE, Side};
use super::engine::Engine;
use super::event::Kind;
use crate::time::{seconds, ticks};

impl Engine<'_> {
    /// Channel of the conversations an agent has open.
    pub(super) fn chat_channel(&self, agent: u32) -> usize {
        self.world.streams[self.chat_stream(agent)].channel
    }

    /// Most conversations an agent may have open, as the channel says.
    pub(super) fn chat_slots(&self, agent: u32) -> usize {
        self.world.streams[self.chat_stream(agent)].speeds.len()
    }

    fn chat_stream(&self, agent: u32) -> usize {
        usize::from(self.contacts[self.agents[agent].chats[0]].stream)
    }

    /// A conversation of `work` seconds begins.
    pub(super) fn open_chat(&mut self, agent: u32, slot: u32, work: f64) {
        if self.agents[agent].state == State::Chatting {
            self.move_clock(agent);
        } else {
            let a = &mut self.agents[agent];
            a.state = State::Chatting;
            a.began = self.now;
            a.updated = self.now;
            a.clock = 0.0;
        }
        let channel = self.world.streams[usize::from(self.contacts[slot].stream)].channel;
        let a = &mut self.agents[agent];
        a.channel = channel as u8;
        a.chats[usize::from(a.open)] = slot;
        a.open += 1;
        let contact = &mut self.contacts[slot];
        contact.left = match contact.side {
            // Its own work begins later.
            Side::Joint => work,
            _ => a.clock + work,
        };
        contact.gives_up = self.now;
        self.schedule_chats(agent);
    }

    pub(super) fn move_clock(&mut self, agent: u32) {
        let speed = self.speed_of_chats(agent);
        let a = &mut self.agents[agent];
        a.clock += seconds(self.now - a.updated) * speed;
        a.updated = self.now;
    }

    /// Speed of each conversation an agent has open: by their number, and by the tools that are down.
    fn speed_of_chats(&self, agent: u32) -> f64 {
        let stream = self.chat_stream(agent);
        let a = &self.agents[agent];
        let plan = &self.world.streams[stream];
        let speed = plan.speeds[usize::from(a.open) - 1];
        if self.tools.is_empty() {
            speed
        } else {
            speed * self.chat_speed(a.team, plan.channel)
        }
    }

    /// Schedules the next completion and notes how much room there is.
    pub(super) fn schedule_chats(&mut self, agent: u32) {
        let stream = self.chat_stream(agent);
        let speed = self.speed_of_chats(agent);
        let a = &self.agents[agent];
        let speeds = &self.world.streams[stream].speeds;
        let first = a.chats[..usize::from(a.open)]
            .iter()
            .map(|&c| self.contacts[c].ends_at())
            .fold(f64::INFINITY, f64::min);
        let left = (first - a.clock).max(0.0) / speed;
        let event = if speed > 0.0 && first < f64::INFINITY {
            self.events.push(self.now + ticks(left), Kind::Work, agent)
        } else {
            // The repair, or what the kept slots wait for, schedules it again.
            0
        };
        // Who is about to go off or home takes no more.
        let (open, room) = (
            a.open,
            a.then == Then::Stay && !a.on_call && usize::from(a.open) < speeds.len(),
        );
        self.agents[agent].event = event;
        if room {
            self.agents.enlist(agent, open);
        } else {
            self.agents.delist(agent);
        }
    }

    /// The conversation that needed least is done.
    pub(super) fn chat_done(&mut self, agent: u32) {
        self.move_clock(agent);
        let a = &self.agents[agent];
        let open = &a.chats[..usize::from(a.open)];
        let done = (0..open.len()).min_by(|&i, &j| {
            self.contacts[open[i]]
                .ends_at()
                .total_cmp(&self.contacts[open[j]].ends_at())
        });
        let Some(done) = done else { return };
        let (team, slot) = (usize::from(a.team), a.chats[done]);
        let last = self.close_chat(agent, done);
        let held = if self.contacts[slot].side == Side::Kept {
            self.contacts.remove(slot);
            false
        } else {
            self.agents[agent].finished += 1;
            self.finish(slot, team)
        };
        if last && !held {
            self.release(agent);
        } else {
            self.fill(agent);
        }
    }

    /// A conversation's slot closes and its session is booked. Gives whether it was the last one open.
    pub(super) fn close_chat(&mut self, agent: u32, index: usize) -> bool {
        let a = &mut self.agents[agent];
        let slot = a.chats[index];
        a.open -= 1;
        a.chats.copy_within(index + 1..=usize::from(a.open), index);
        a.chats[usize::from(a.open)] = NONE;
        let (team, began, open) = (usize::from(a.team), a.began, a.open);
        let session = self.contacts[slot].gives_up;
        self.contacts[slot].left = 0.0;
        self.book_piece(slot, team, session);
        if open == 0 {
            let a = &mut self.agents[agent];
            a.state = State::Idle;
            a.event = 0;
            self.agents.delist(agent);
            self.book_handling(team, began);
        } else {
            self.schedule_chats(agent);
        }
        open == 0
    }
}
