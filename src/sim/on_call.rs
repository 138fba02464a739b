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
//! premium  = { "20:00-06:00" = "25%", "Sun" = "50%" }    # or "contract"; none unless stated
//! rest     = "contract"        # or "11h": from a call to the next duty; none unless stated
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
//! let terms = scenario.shifts[on_call.shift].on_call.as_ref().ok_or("a shift of work")?;
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
//! `premium` is paid on the time of calls inside its hours, by the pay of a call; `"contract"` takes the premiums of the
//! team's contracts, each at its part of the team's paid hours.
//!
//! # Rest
//! With `rest`, turns go round among the people, and who was called in the night begins the next duty only `rest` after
//! the last call ended: as long as stated, or as the contract has it between two shifts. The time lost is paid, and shown
//! as hours of rest after calls; a duty whose end comes first is lost whole. Being reachable is rest itself.
//!
//! # Whom contacts call
//! - **Skill groups**: a turn is taken by somebody who knows some of what calls; they are called for the contacts that
//!   their group knows, unless somebody of another group who knows them too is at work or on the way.
//! - **A vendor's people** are billed by the unit of the vendor's price: contacts, handled minutes and logged-in hours as
//!   they come; scheduled hours and FTE months by the time of calls, the minimum of each included. `standby` costs what
//!   it says, and `call_out` and `premium` have no place in such a shift.
//! - **Overflow**: a team that a route reaches `after` a time is called by a contact that has waited so long. A team
//!   that waits for a long queue (`queue_over`, `wait_over`) is called by the contact that makes it long enough, and takes
//!   from it while it is; `queue` then counts all who wait in it.

use super::agent::{Step, Then};
use super::contact::NONE;
use super::engine::Engine;
use super::event::Kind;
use crate::roster::{OnCallPlace, Roster};
use crate::time::{NEVER, Tick, seconds, whole};

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
    /// Whether calls delay duties.
    pub rests: bool,
    /// Per agent with a position: its rest; empty where calls delay nobody.
    rest: Vec<Rest>,
    /// Per team: its first agent with a position.
    positions: Vec<u32>,
}

/// The rest of somebody with a position.
#[derive(Clone, Copy)]
struct Rest {
    /// When it ends; [`NEVER`] during a call.
    until: Tick,
    /// Since when a duty that should have begun waits for a call to end; [`NEVER`]: none does.
    held: Tick,
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
    /// The turn of the latest call.
    in_turn: usize,
}

impl OnCall {
    /// Nobody called yet. Agents on call come after all those with positions.
    /// Teams stand as the agents' do.
    pub fn new(standing: &[u8], roster: &Roster) -> Self {
        let first = roster.teams.iter().map(|t| t.positions.len() as u32).sum();
        let (mut before, mut next) = (0, first);
        let mut agents = vec![(first, first); roster.teams.len()];
        let mut positions = vec![0; roster.teams.len()];
        for team in standing.iter().map(|&t| usize::from(t)) {
            let placed = &roster.teams[team];
            agents[team] = (next, next + placed.on_call.len() as u32);
            next = agents[team].1;
            positions[team] = before;
            before += placed.positions.len() as u32;
        }
        let mut places = roster.teams.iter().flat_map(|t| &t.on_call);
        let rests = places.any(|p| !p.rests.is_empty());
        let none = Rest {
            until: 0,
            held: NEVER,
        };
        Self {
            any: next > first,
            first,
            agents,
            called: vec![0; roster.teams.len()],
            joined: vec![0; roster.teams.len()],
            calls: vec![Call::default(); (next - first) as usize],
            rests,
            rest: vec![none; if rests { first as usize } else { 0 }],
            positions,
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
        let world = self.world;
        for &team in world.standing.iter().filter(|&&t| teams >> t & 1 == 1) {
            self.call_for(usize::from(team));
        }
    }

    /// Calls whom a team needs and has on call.
    pub(super) fn call_for(&mut self, team: usize) {
        let (first, end) = self.on_call.agents[team];
        while (first..end).any(|a| self.callable(a)) {
            let (waiting, there) = self.needs(team);
            let needed = |a: u32| {
                let most = self.place(a).queue;
                there == 0 || most.is_some_and(|most| waiting > most * there)
            };
            let found = (first..end).find(|&a| self.callable(a) && needed(a));
            match found.filter(|_| waiting > 0) {
                Some(agent) => self.call(agent),
                None => return,
            }
        }
    }

    /// Whether somebody on call is free and could be there before the turn ends.
    fn callable(&self, agent: u32) -> bool {
        let responds = self.place(agent).responds;
        let free = self.agents[agent].step == Step::Due;
        let in_time = self.turn(agent).is_some_and(|(from, to)| {
            from <= self.now && self.now + responds < to && self.now < self.world.length
        });
        free && in_time
    }

    /// Contacts that call a team, and how many of it are there or on the way, those at work as one. Of skill groups those
    /// count who know the contact that has fewest.
    fn needs(&self, team: usize) -> (u32, u32) {
        let plan = &self.world.teams[team];
        let mut waiting = self.queues.calling[team];
        let mut fewest = u32::MAX;
        for (class, queue) in self.world.classes.iter().enumerate() {
            if !plan.calls.contains(class as u16) || self.queues.head(class as u16) == NONE {
                continue;
            }
            let long = queue.calls_long >> team & 1 == 1;
            if long && !self.queues.exceeds(queue, plan.limits[class], 0) {
                continue;
            }
            if long || queue.calls_later >> team & 1 == 1 {
                let least = plan.pick_up[class];
                let more = self
                    .queues
                    .waited(&self.contacts, class as u16, least, self.now);
                waiting += more;
                if more == 0 {
                    continue;
                }
            }
            let mates = queue.choices.iter().map(|c| c.team);
            let mates = mates.filter(|&m| plan.mates >> m & 1 == 1);
            let (mut called, mut at_work) = (0, false);
            for mate in mates.map(usize::from) {
                called += self.on_call.called[mate];
                at_work |= self.queues.staffed[mate] > self.on_call.joined[mate];
            }
            fewest = fewest.min(called + u32::from(at_work));
        }
        (waiting, fewest)
    }

    fn call(&mut self, agent: u32) {
        let (now, at) = (self.now, self.now + self.place(agent).responds);
        let a = &mut self.agents[agent];
        a.step = Step::Called;
        a.updated = at;
        let team = usize::from(a.team);
        self.on_call.called[team] += 1;
        let call = self.call_of(agent);
        call.since = now;
        call.in_turn = call.turn;
        if let Some((person, _)) = self.owed(agent) {
            self.on_call.rest[person as usize].until = NEVER;
        }
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
        let at_least = self.place(agent).at_least;
        let (now, warm_up) = (self.now, self.world.warm_up);
        let call = self.call_of(agent);
        let from = call.since.max(call.paid_until).max(warm_up);
        let until = now.max(call.since + at_least);
        call.paid_until = call.paid_until.max(until);
        let paid = until.saturating_sub(from);
        let per_hour = self.place(agent).per_hour.mean(from.min(until), until);
        let sums = &mut self.book.teams[team];
        sums.paid += paid;
        sums.called += paid;
        sums.call_pay += whole(seconds(paid) / 3600.0 * per_hour * 1e6);
        let premiums = self.place(agent).premiums.iter();
        let premium: f64 = premiums
            .map(|(share, hours)| {
                seconds(hours.open_between(from.min(until), until)) / 3600.0 * (share * per_hour)
            })
            .sum();
        self.book.teams[team].call_premium += whole(premium * 1e6);
        if let Some((person, rest)) = self.owed(agent) {
            let own = &mut self.on_call.rest[person as usize];
            own.until = now + rest;
            if own.held != NEVER {
                self.events.push(now, Kind::Roster, person);
            }
        }
        self.contact_calls(self.world.teams[team].mates);
    }

    /// Who has the turn of an agent's latest call, an agent with a position, and the rest owed after it.
    fn owed(&self, agent: u32) -> Option<(u32, Tick)> {
        let call = self.on_call.calls[(agent - self.on_call.first) as usize];
        let (number, rest) = (*self.place(agent).rests.get(call.in_turn)?)?;
        let team = usize::from(self.agents[agent].team);
        Some((self.on_call.positions[team] + number, rest))
    }

    /// Whether a duty that should begin now is put off, because its person is on a call or rests after one.
    pub(super) fn rests_first(&mut self, agent: u32) -> bool {
        let now = self.now;
        let rest = &mut self.on_call.rest[agent as usize];
        let since = rest.held.min(now);
        if rest.until == NEVER {
            rest.held = since;
            return true;
        }
        rest.held = NEVER;
        let until = rest.until;
        let Some(end) = self.duty(&self.agents[agent]).map(|d| d.end) else {
            return false;
        };
        let begins = until.clamp(now.min(end), end);
        let lost = begins
            .max(now.min(end))
            .saturating_sub(since.max(self.world.warm_up));
        let team = usize::from(self.agents[agent].team);
        self.book.teams[team].call_rest += lost;
        if begins >= end {
            self.agents[agent].duty += 1;
            self.schedule_duty(agent);
            return true;
        }
        if begins > now {
            self.events.push(begins, Kind::Roster, agent);
        }
        begins > now
    }
}
