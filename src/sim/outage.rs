//! Tools that break down: work that needs them slows or stops until they are repaired.
//!
//! A tool fails `every` so long after its last repair and is down as long as it `lasts`, whether people work or not (both
//! exponential unless stated; every tool works at the start). Meanwhile the work of the teams that have it, on the contacts
//! it is used for, goes on at `1 / work` of its speed (`work = "160%"`) or stops. What was done is kept: a piece of work of
//! `x` seconds that stops `n` times is through after `x` and `n` repairs, so with failures at rate `f` and repairs of mean
//! `r` it takes `x (1 + f r)` on average if the tool works when it begins (preemptive resume; Gaver 1962). Several tools that
//! are down slow by their product. Automation stops and slows as people do. Conversations side by side are slowed together; what two agents do together is not.
//!
//! ```toml
//! [tool.crm]
//! outages = { every = "20 days", lasts = "45m", work = "160%" }
//! ```

use super::agent::State;
use super::contact::{NONE, Side};
use super::engine::Engine;
use super::event::Kind;
use crate::random::Key;
use crate::time::{NEVER, Tick, seconds, ticks};

/// Purpose of a tool's draws: when it fails.
const FAILS: u32 = 0;
/// How long it is down.
const DOWN: u32 = 1;

/// A tool while it is played.
#[derive(Debug, Clone, Copy, Default)]
pub struct ToolState {
    /// Whether it is down.
    down: bool,
    /// Since when.
    since: Tick,
    /// Failures so far.
    failures: u64,
}

impl Engine<'_> {
    /// Schedules every tool's first failure.
    pub(super) fn begin_outages(&mut self) {
        for tool in 0..self.tools.len() {
            self.schedule_failure(tool);
        }
    }

    fn tool_key(&self, tool: usize) -> Key {
        Key::stream(self.seed, self.world.outages[tool].key).ordinal(self.tools[tool].failures)
    }

    fn schedule_failure(&mut self, tool: usize) {
        let every = self.world.outages[tool].every;
        let after = self.world.draw(every, self.tool_key(tool).uniform(FAILS));
        let at = self.now.saturating_add(ticks(after));
        if at < self.world.length {
            self.events.push(at, Kind::Tool, tool as u32);
        }
    }

    /// A tool fails, or is repaired.
    pub(super) fn tool_changes(&mut self, tool: usize) {
        let world = self.world;
        let plan = &world.outages[tool];
        let team_of = |set: u64, team: u8| set >> team & 1 == 1;
        // What is left of all work that it touches, at the speed so far.
        let mut touched = Vec::new();
        for agent in 0..self.agents.len() as u32 {
            let a = &self.agents[agent];
            if !team_of(plan.teams, a.team) {
                continue;
            }
            match a.state {
                State::Single if self.uses(tool, a.contact) => {
                    touched.push((agent, self.left_in_hand(agent)));
                }
                State::Chatting if plan.channels[self.chat_channel(agent)] => {
                    self.move_clock(agent);
                    touched.push((agent, 0.0));
                }
                _ => {}
            }
        }
        let automated = self.automated_with(tool, plan.teams & !self.manned);
        let state = &mut self.tools[tool];
        state.down = !state.down;
        if state.down {
            state.since = self.now;
            let key = self.tool_key(tool);
            let lasts = ticks(world.draw(plan.lasts, key.uniform(DOWN)));
            let at = self.now.saturating_add(lasts);
            self.events.push(at, Kind::Tool, tool as u32);
            self.tools[tool].failures += 1;
        } else {
            self.book_outage(tool);
            self.schedule_failure(tool);
        }
        for (agent, left) in touched {
            if self.agents[agent].state == State::Chatting {
                self.schedule_chats(agent);
            } else {
                self.work_on(agent, left);
            }
        }
        self.automate_again(automated);
    }

    /// Whether work on a contact needs a tool.
    pub(super) fn uses(&self, tool: usize, slot: u32) -> bool {
        if slot == NONE {
            return false;
        }
        let contact = &self.contacts[slot];
        contact.side != Side::Request
            && self.world.outages[tool].streams[usize::from(contact.stream)]
    }

    /// Speed of an agent's work on a contact.
    fn speed_on(&self, agent: u32, slot: u32) -> f64 {
        self.speed_of(self.agents[agent].team, slot)
    }

    /// Speed of a team's work on a contact.
    pub(super) fn speed_of(&self, team: u8, slot: u32) -> f64 {
        let slows = |tool: &usize| {
            self.tools[*tool].down
                && self.world.outages[*tool].teams >> team & 1 == 1
                && self.uses(*tool, slot)
        };
        let down = (0..self.tools.len()).filter(slows);
        down.map(|tool| self.world.outages[tool].speed).product()
    }

    /// Speed of an agent's conversations on a channel, beside that of their number.
    pub(super) fn chat_speed(&self, team: u8, channel: usize) -> f64 {
        let slows = |tool: &usize| {
            let plan = &self.world.outages[*tool];
            self.tools[*tool].down && plan.teams >> team & 1 == 1 && plan.channels[channel]
        };
        let down = (0..self.tools.len()).filter(slows);
        down.map(|tool| self.world.outages[tool].speed).product()
    }

    /// Seconds of work left on the contact in hand.
    pub(super) fn left_in_hand(&self, agent: u32) -> f64 {
        let a = &self.agents[agent];
        if self.tools.is_empty() {
            return seconds(a.updated.saturating_sub(self.now));
        }
        if a.updated == NEVER {
            return a.clock;
        }
        seconds(a.updated.saturating_sub(self.now)) * self.speed_on(agent, a.contact)
    }

    /// An agent has so many seconds of work left on the contact in hand: schedules when it is done.
    pub(super) fn work_on(&mut self, agent: u32, left: f64) {
        let speed = if self.tools.is_empty() {
            1.0
        } else {
            self.speed_on(agent, self.agents[agent].contact)
        };
        if speed <= 0.0 {
            let a = &mut self.agents[agent];
            (a.clock, a.updated, a.event) = (left, NEVER, 0);
            return;
        }
        let until = self.now + ticks(left / speed);
        let event = self.events.push(until, Kind::Work, agent);
        let a = &mut self.agents[agent];
        (a.updated, a.event) = (until, event);
    }

    /// A tool's time down is over, or the horizon is.
    fn book_outage(&mut self, tool: usize) {
        let from = self.tools[tool].since.max(self.world.warm_up);
        let took = self.now.min(self.world.length).saturating_sub(from);
        for (team, sums) in self.book.teams.iter_mut().enumerate() {
            if self.world.outages[tool].teams >> team & 1 == 1 {
                sums.tool_down += took;
            }
        }
    }

    /// Outages under way at the horizon's end are counted up to it.
    pub(super) fn close_outages(&mut self) {
        for tool in 0..self.tools.len() {
            if self.tools[tool].down {
                self.book_outage(tool);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{from_the_start, played, scenario, team};

    #[test]
    fn a_tool_that_changes_on_a_date_paces_the_work_from_then_on() {
        // Calls of 10 minutes, half of them in the system: 600 s at first; then 0.5 x 600 + 0.4 x 300 + 30 = 450 s.
        let text = from_the_start()
            + "[topic.help]\nper_week = 2_000\nhandle = { mean = \"10m\", family = \"fixed\" }\nchannels = { phone = \"100%\" }\nends = { resolved = \"100%\" }\nparts = { conversation = \"50%\", system = \"50%\" }\n"
            + &team("all", 40, "")
            + "[tool.crm]\npart = \"system\"\nscales = \"100%\"\n"
            + "[[from]]\ndate = 2027-01-18\nset = { tool.crm.scales = \"40%\", tool.crm.lag = \"30s\" }\n";
        for ledger in &played(&scenario(&text), 4) {
            let calls =
                |days: &[super::super::DaySums]| days.iter().map(|d| d.offered).sum::<u64>();
            let (before, after) = (calls(&ledger.days[..14]), calls(&ledger.days[14..]));
            let theory = 600.0 * before as f64 + 450.0 * after as f64;
            let worked = ledger.teams[0].session as f64 / 1e6;
            // Some calls are under way at the end.
            assert!(
                worked <= theory && theory - worked < 20.0 * 450.0,
                "{worked} {theory}"
            );
            assert!(before > 3_500 && after > 3_500);
        }
    }
}
