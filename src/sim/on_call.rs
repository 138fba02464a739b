//! On call: people who are not at work and can be called.
//!
//! # Language
//! ```
//! let text = r#"
//! [shift.night]
//! start    = "20:00"
//! length   = "12h"
//! standby  = "EUR 25/night"    # for being reachable
//! responds = "15m"             # from the call until work begins
//! call_out = "EUR 40/h"        # for the time of a call; the team's mean pay unless stated
//! at_least = "1h"              # paid at least for each call; nothing unless stated
//! [team.pool]
//! on_call = [{ shift = "night", heads = 1, queue = 5 }]
//! "#;
//! # let base = std::env::current_dir()?.join("scenarios/startup/scenario.toml");
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("variant.toml");
//! # std::fs::write(&path, format!("base = {base:?}\n{text}"))?;
//! // A variant of the bundled startup.
//! let scenario = staffwright::scenario::load(&path).map_err(|mistakes| mistakes.render(false))?;
//! let team = |name: &str| scenario.teams.iter().find(|t| t.name == name);
//! let on_call = &team("pool").ok_or("no pool")?.on_call[0];
//! let terms = scenario.shifts[on_call.shift].on_call.ok_or("a shift of work")?;
//! assert_eq!((on_call.heads, on_call.queue, terms.responds_s), (1, Some(5), 900.0));
//! assert!((terms.standby_per_s * 12.0 * 3600.0 - 25.0).abs() < 1e-9);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//! `heads` is 1 unless stated. Customers on the line whom the team may take at once call, or the contacts that `when`
//! chooses (`when = { priorities = ["p1"] }`: tickets call too). Turns come on the shift's `days`, every day unless
//! stated, holidays included. None of this has a default but those.
//!
//! # A call
//! 1. A contact begins to wait, or the last of the team's people at work leaves while some wait. Nobody of the team is
//!    on queue and nobody on the way: one is called. Where `queue` is stated, one more is called whenever more than
//!    `queue` contacts wait for each who is there already: those called, and those at work as one.
//! 2. `responds` later the one who was called comes on queue, takes the contacts that call and nothing else, and goes
//!    back when none waits any more, or with the contact in hand when the turn ends. Who could not be there before the
//!    turn ends is not called.
//! 3. Paid is the time from the call until then, at least `at_least`; of another call within that time only what goes
//!    beyond it. Being reachable is paid by the time, calls or none.
//!
//! A call takes no rest from the next day's duty, and no premium is paid on it: say so in `call_out`.

use super::agent::{Step, Then};
use super::engine::Engine;
use super::event::Kind;
use crate::roster::{OnCallPlace, Roster};
use crate::time::{Tick, seconds, whole};

/// Who is on call, and who was called.
pub struct OnCall {
    /// Whether anybody is.
    pub any: bool,
    /// First agent on call; those before it have positions.
    first: u32,
    /// Per team: its agents on call, first and one past the last.
    agents: Vec<(u32, u32)>,
    /// Per team: called and not back yet.
    called: Vec<u32>,
    /// Per team: of these, on queue.
    joined: Vec<u32>,
    calls: Vec<Call>,
}

/// The turn and the latest call of a place.
#[derive(Clone, Copy, Default)]
struct Call {
    /// The present turn, or the next.
    turn: usize,
    /// When the latest call came.
    since: Tick,
    /// Up to when calls are paid.
    paid_until: Tick,
}

impl OnCall {
    /// Nobody called yet. Agents on call come after all those with positions.
    pub fn new(roster: &Roster) -> Self {
        let first = roster.teams.iter().map(|t| t.positions.len() as u32).sum();
        let mut next = first;
        let agents = roster.teams.iter().map(|t| {
            let from = next;
            next += t.on_call.len() as u32;
            (from, next)
        });
        let agents = agents.collect();
        Self {
            any: next > first,
            first,
            agents,
            called: vec![0; roster.teams.len()],
            joined: vec![0; roster.teams.len()],
            calls: vec![Call::default(); (next - first) as usize],
        }
    }
}

impl Engine<'_> {
    fn place(&self, agent: u32) -> &OnCallPlace {
        let a = &self.agents[agent];
        let (first, _) = self.on_call.agents[usize::from(a.team)];
        &self.roster.teams[usize::from(a.team)].on_call[(agent - first) as usize]
    }

    fn call_of(&mut self, agent: u32) -> &mut Call {
        &mut self.on_call.calls[(agent - self.on_call.first) as usize]
    }

    fn turn(&self, agent: u32) -> Option<(Tick, Tick)> {
        let call = self.on_call.calls[(agent - self.on_call.first) as usize];
        self.place(agent).turns.get(call.turn).copied()
    }

    /// Schedules an agent's first turn, or the one after the present.
    pub(super) fn await_turn(&mut self, agent: u32) {
        if let Some((from, _)) = self.turn(agent) {
            self.events.push(from.max(self.now), Kind::Roster, agent);
        }
    }

    /// A contact has begun to wait: the people on call of some teams (bit set) may be needed.
    #[cold]
    pub(super) fn contact_calls(&mut self, teams: u64) {
        let mut left = teams;
        while left != 0 {
            self.call_for(left.trailing_zeros() as usize);
            left &= left - 1;
        }
    }

    /// Calls whom a team needs and has on call.
    pub(super) fn call_for(&mut self, team: usize) {
        loop {
            let waiting = self.queues.calling[team];
            if waiting == 0 {
                return;
            }
            let at_work = self.queues.staffed[team] > self.on_call.joined[team];
            let there = self.on_call.called[team] + u32::from(at_work);
            let (first, end) = self.on_call.agents[team];
            let Some(agent) = (first..end).find(|&a| self.callable(a, waiting, there)) else {
                return;
            };
            self.call(agent);
        }
    }

    /// Whether somebody on call is free, could be there before the turn ends, and is needed.
    fn callable(&self, agent: u32, waiting: u32, there: u32) -> bool {
        let place = self.place(agent);
        let free = self.agents[agent].step == Step::Due;
        let in_time = self.turn(agent).is_some_and(|(from, to)| {
            from <= self.now && self.now + place.responds < to && self.now < self.world.length
        });
        let needed = there == 0 || place.queue.is_some_and(|most| waiting > most * there);
        free && in_time && needed
    }

    fn call(&mut self, agent: u32) {
        let (now, at) = (self.now, self.now + self.place(agent).responds);
        let a = &mut self.agents[agent];
        a.step = Step::Called;
        a.updated = at;
        let team = usize::from(a.team);
        self.on_call.called[team] += 1;
        self.call_of(agent).since = now;
        self.book.teams[team].calls += u64::from(now >= self.world.warm_up);
        self.events.push(at, Kind::Roster, agent);
    }

    /// An event of somebody on call: who was called is there, or a turn begins or ends.
    pub(super) fn on_call_step(&mut self, agent: u32) {
        let a = self.agents[agent];
        if a.step == Step::Called && self.now >= a.updated {
            self.on_call.joined[usize::from(a.team)] += 1;
            self.agents[agent].step = Step::End;
            self.come_on(agent);
            return;
        }
        let Some((_, to)) = self.turn(agent) else {
            return;
        };
        if self.now < to {
            self.events.push(to, Kind::Roster, agent);
            self.call_for(usize::from(a.team));
            return;
        }
        self.call_of(agent).turn += 1;
        self.await_turn(agent);
        if a.step == Step::End {
            self.when_free(agent, Then::Leave);
        }
    }

    /// Who was called is not needed any more.
    pub(super) fn goes_back(&mut self, agent: u32) {
        self.agents.delist(agent);
        self.go_home(agent);
    }

    /// Off queue after a call; it is paid, and others may be needed in turn.
    pub(super) fn stands_by(&mut self, agent: u32) {
        let team = usize::from(self.agents[agent].team);
        self.agents[agent].step = Step::Due;
        self.on_call.called[team] -= 1;
        self.on_call.joined[team] -= 1;
        let (at_least, per_hour) = (self.place(agent).at_least, self.place(agent).per_hour);
        let (now, warm_up) = (self.now, self.world.warm_up);
        let call = self.call_of(agent);
        let from = call.since.max(call.paid_until).max(warm_up);
        let until = now.max(call.since + at_least);
        call.paid_until = call.paid_until.max(until);
        let paid = until.saturating_sub(from);
        let sums = &mut self.book.teams[team];
        sums.paid += paid;
        sums.called += paid;
        sums.call_pay += whole(seconds(paid) / 3600.0 * per_hour * 1e6);
        self.call_for(team);
    }
}
