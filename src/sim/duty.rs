//! Agents on queue and off, as the roster says.
//!
//! One roster event per agent is pending: the start of its next duty, its next time off queue, its return, or the end
//! of the duty. Time off and the end of a duty wait for the contact in hand; time off then keeps its length.

use super::absence::Absence;
use super::agent::{Agent, State, Step, Then};
use super::draws;
use super::engine::Engine;
use super::event::Kind;
use crate::random::Key;
use crate::roster::{Duty, Off};
use crate::time::{Tick, ticks};

impl Engine<'_> {
    /// Whether an agent comes on duty again.
    pub(super) fn has_duty(&self, agent: u32) -> bool {
        self.duty(&self.agents[agent]).is_some()
    }

    pub(super) fn duty(&self, a: &Agent) -> Option<&Duty> {
        let positions = &self.roster.teams[usize::from(a.team)].positions;
        positions
            .get(a.number as usize)?
            .duties
            .get(a.duty as usize)
    }

    /// Schedules an agent's next duty, passing over those lost to sickness and the lateness of the one that is not.
    pub(super) fn schedule_duty(&mut self, agent: u32) {
        if self.agents[agent].on_call {
            return self.await_turn(agent);
        }
        let team = usize::from(self.agents[agent].team);
        if self.team_moves(team) || !self.roster.teams[team].leads.is_empty() {
            return self.await_duty(agent);
        }
        loop {
            let a = self.agents[agent];
            let Some(duty) = self.duty(&a) else { return };
            let (start, end) = (duty.start, duty.end);
            let key = Key::agent(
                self.seed,
                self.world.teams[usize::from(a.team)].key,
                u64::from(a.number),
                u64::from(a.duty),
            );
            let absence = self.absence(&a, key, start);
            self.agents[agent].sick = absence == Absence::Sick;
            self.book_scheduled(agent, start, end, absence);
            if absence != Absence::None || end <= self.now {
                self.agents[agent].duty += 1;
                continue;
            }
            let mut away = self.lateness(&a, key, start, end - start);
            if self.people.mentored {
                away = (away + self.mentors(&a, end - start)).min(end - start);
            }
            let from = (start + away).max(self.now);
            self.agents[agent].step = Step::Start;
            self.events.push(from, Kind::Roster, agent);
            return;
        }
    }

    pub(super) fn lateness(&mut self, a: &Agent, key: Key, start: Tick, length: Tick) -> Tick {
        let late = self.roster.teams[usize::from(a.team)].absences(start).late;
        if late <= 0.0 {
            return 0;
        }
        let mean = late * crate::time::seconds(length);
        let delay = ticks(-mean * libm::log(key.uniform(draws::LATE))).min(length);
        self.book_late(usize::from(a.team), delay);
        delay
    }

    /// An agent's roster event.
    pub(super) fn roster_step(&mut self, agent: u32) {
        if self.agents[agent].on_call {
            return self.on_call_step(agent);
        }
        match self.agents[agent].step {
            Step::Called => {}
            Step::Due => self.duty_due(agent),
            Step::Start => {
                if self.on_call.rests && self.rests_first(agent) {
                    return;
                }
                let now = self.now;
                let a = &self.agents[agent];
                // Time off that is over already when somebody comes late is not taken.
                let over = self
                    .duty(a)
                    .map_or(0, |d| d.offs.iter().take_while(|o| o.end <= now).count());
                self.agents[agent].off = over as u32;
                self.come_on_queue(agent);
            }
            Step::Back => {
                self.book_off(agent);
                self.come_on_queue(agent);
            }
            Step::Off => self.when_free(agent, Then::GoOff),
            Step::End if self.agents[agent].state == State::Off => {
                self.book_off(agent);
                self.leave(agent);
            }
            Step::End => self.when_free(agent, Then::Leave),
        }
    }

    fn come_on_queue(&mut self, agent: u32) {
        self.schedule_step(agent);
        self.come_on(agent);
    }

    /// An agent comes on queue.
    pub(super) fn come_on(&mut self, agent: u32) {
        let a = &mut self.agents[agent];
        a.on_queue = self.now;
        a.then = Then::Stay;
        self.joins_pace(agent);
        self.look_for_work(agent);
    }

    /// Schedules the next time off queue of the duty, or its end.
    fn schedule_step(&mut self, agent: u32) {
        let a = &self.agents[agent];
        let Some(duty) = self.duty(a) else { return };
        let off = duty
            .offs
            .get(a.off as usize)
            .map(|o| o.start)
            .filter(|&at| at < duty.end);
        let (step, at) = off.map_or((Step::End, duty.end), |at| (Step::Off, at));
        self.agents[agent].step = step;
        self.events.push(at.max(self.now), Kind::Roster, agent);
    }

    /// Does now what an agent between contacts can do at once, or notes it for when the work in hand is done.
    pub(super) fn when_free(&mut self, agent: u32, then: Then) {
        self.agents[agent].then = then;
        let state = self.agents[agent].state;
        match state {
            State::Chatting => return self.agents.delist(agent),
            State::Single if then == Then::Leave => {
                if !self.puts_aside(agent) {
                    return;
                }
            }
            State::Single | State::Holding | State::Away | State::Off => return,
            State::TurnRound | State::Pause => {
                self.agents[agent].event = 0;
                self.book_between(agent);
            }
            State::Idle => {}
        }
        self.agents.delist(agent);
        match then {
            Then::GoOff => self.go_off(agent),
            Then::Leave if self.must_drain(usize::from(self.agents[agent].team)) => {
                self.look_for_work(agent)
            }
            _ => self.go_home(agent),
        }
    }

    /// Off queue for a break or a meeting of the planned length, at most to the end of the duty.
    pub(super) fn go_off(&mut self, agent: u32) {
        let a = &self.agents[agent];
        let Some((off, end)) = self
            .duty(a)
            .and_then(|d| d.offs.get(a.off as usize).map(|&o| (o, d.end)))
        else {
            return self.go_home(agent);
        };
        if self.now >= end {
            return self.go_home(agent);
        }
        self.leave_post(agent);
        let back = self.now + (off.end - off.start);
        let a = &mut self.agents[agent];
        a.state = State::Off;
        a.began = self.now;
        a.step = if back < end { Step::Back } else { Step::End };
        self.events.push(back.min(end), Kind::Roster, agent);
    }

    /// An agent goes off queue.
    fn leave_post(&mut self, agent: u32) {
        self.book_on_queue(agent);
        let a = &self.agents[agent];
        let (team, on_call) = (usize::from(a.team), a.on_call);
        self.leaves_pace(agent);
        if self.on_call.any && !on_call {
            self.contact_calls(self.world.teams[team].mates);
        }
    }

    /// The time off an agent is on, as planned.
    pub(super) fn present_off(&self, agent: u32) -> Option<Off> {
        let a = &self.agents[agent];
        self.duty(a)
            .and_then(|d| d.offs.get(a.off as usize).copied())
    }

    /// End of the duty, from the queue; what was worked beyond its end is overtime.
    pub(super) fn go_home(&mut self, agent: u32) {
        self.leave_post(agent);
        let end = self.duty(&self.agents[agent]).map_or(self.now, |d| d.end);
        self.book_overtime(agent, self.now.saturating_sub(end));
        self.leave(agent);
    }

    fn leave(&mut self, agent: u32) {
        let a = &mut self.agents[agent];
        a.state = State::Away;
        a.then = Then::Stay;
        if a.on_call {
            self.stands_by(agent);
            return self.empty_inbox(agent);
        }
        a.duty += 1;
        self.empty_inbox(agent);
        self.schedule_duty(agent);
    }
}
