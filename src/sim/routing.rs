//! Who takes a contact, and whom a free agent takes.
//!
//! # Rules
//! Between teams a route says who may take a contact and from when on: at once, `after` a time in queue (seconds), while
//! more than `queue_over` contacts wait on the route, or while the expected wait there is above `wait_over`: contacts
//! waiting x mean handle time / agents on queue in the teams without such a limit. A limit holds for the contact that
//! arrives (itself counted) and for the agent who looks for work; it takes nobody out of an agent's hands.
//!
//! Of the free teams that may, the route's `pick` chooses: as written (the default), the longest idle agent, the fewest
//! skills, the lowest cost of the contact, the best proficiency. Equals stand together, and their longest idle agent is
//! taken.
//!
//! Among those who wait a free agent takes, as its team's `takes` says: the lowest priority class, then the longest wait
//! (the default), where `credit` counts as waited already and a class that `ages` rises by one class for each such time;
//! the largest `weight` x wait whatever the class (delay-dependent priority, Kleinrock 1964); or deferred work by the
//! date its own promise falls due, after customers on the line.
//!
//! ```
//! use staffwright::scenario::model::{Limit, Takes};
//! let text = r#"
//! [priority]
//! p1 = { share = "10%", weight = 3 }
//! p2 = { share = "90%", ages = "30m", credit = "5m" }
//! [team.pool]
//! takes = "weight x wait"
//! [route.live]
//! to = ["pool", { team = "polyglots", queue_over = 10 }]
//! [route.mail]
//! to = ["pool", { team = "polyglots", wait_over = "2h" }]
//! "#;
//! # let base = std::env::current_dir()?.join("scenarios/startup/scenario.toml");
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("variant.toml");
//! # std::fs::write(&path, format!("base = {base:?}\n{text}"))?;
//! // A variant of the bundled startup.
//! let scenario = staffwright::scenario::load(&path).map_err(|mistakes| mistakes.render(false))?;
//! let route = |name: &str| scenario.routes.iter().find(|r| r.name == name).ok_or("no route");
//! assert_eq!(route("live")?.to[1].limit, Limit::Waiting(10));
//! assert_eq!(route("mail")?.to[1].limit, Limit::Expected(7200.0));
//! assert!(scenario.teams.iter().any(|t| t.name == "pool" && t.takes == Takes::WeightedWait));
//! assert_eq!((scenario.priorities[0].weight, scenario.priorities[1].ages_s), (3.0, Some(1800.0)));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::agent::{DEFERRED, IDLE, MAX_SLOTS, State, Then};
use super::contact::{NONE, Role, Standing};
use super::draws;
use super::engine::Engine;
use super::event::Kind;
use super::queue::Taker;
use crate::scenario::model::ChannelKind;
use crate::time::{NEVER, Tick, ticks};
use crate::world::{Choice, ClassPlan, LimitPlan, NO_CLASS, NO_COURSE};

impl Engine<'_> {
    /// Offers a contact to the agents of its class; if none can take it now, it waits.
    pub(super) fn offer(&mut self, slot: u32, class: u16) {
        let contact = &mut self.contacts[slot];
        contact.class = class;
        contact.since = self.now;
        contact.order = self.now;
        contact.stage = 0;
        contact.standing = Standing::Waiting;
        contact.event = 0;
        if class == NO_CLASS {
            self.nobody(slot);
        } else if let Some(agent) = self.find_agent(slot, None) {
            self.start(agent, slot);
        } else if let Some(team) = self.automation(class, 0) {
            self.automate(slot, team);
        } else {
            if self.world.classes[usize::from(class)].due.is_some() {
                self.contacts[slot].order = self.falls_due(slot, class);
            }
            self.wait(slot);
        }
    }

    /// When a contact's own promise falls due.
    pub(super) fn falls_due(&self, slot: u32, class: u16) -> Tick {
        let contact = &self.contacts[slot];
        let Some(due) = self.world.classes[usize::from(class)].due else {
            return NEVER;
        };
        let (from, within) = if due.resolution {
            (contact.journey, due.within + contact.pending)
        } else {
            (contact.arrival, due.within)
        };
        match due.open {
            Some(open) => self.world.open[open].add(from, within),
            None => from + within,
        }
    }

    /// Nobody may ever take it: a waiting customer leaves, a ticket stays in the backlog.
    pub(super) fn nobody(&mut self, slot: u32) {
        let kind = self.world.streams[usize::from(self.contacts[slot].stream)].kind;
        if kind != ChannelKind::Deferred {
            self.book_given_up(slot, false);
            self.after_giving_up(slot);
        }
    }

    fn wait(&mut self, slot: u32) {
        let contact = &self.contacts[slot];
        let plan = &self.world.streams[usize::from(contact.stream)];
        let balk = plan.balk_at(contact.interval);
        if balk > 0.0
            && contact.role == Role::Own
            && plan.kind != ChannelKind::Deferred
            && !contact.answered
            && contact.key.uniform(draws::BALK) < balk
        {
            self.book_given_up(slot, true);
            self.after_giving_up(slot);
            return;
        }
        let mut patience = plan.patience_at(contact.interval).map(|p| {
            self.world.draw(
                p,
                contact
                    .key
                    .uniform(draws::PATIENCE + u32::from(contact.hand_offs)),
            )
        });
        let course = plan.patience_course_at(contact.interval);
        if course != NO_COURSE {
            let course = &self.world.courses[usize::from(course)];
            patience = patience.map(|s| s * course[contact.interval as usize]);
        }
        if contact.away {
            patience = None;
        }
        self.contacts[slot].gives_up =
            patience.map_or(NEVER, |s| self.now.saturating_add(ticks(s)));
        if self.habits {
            self.wait_by_habit(slot);
        }
        self.queues.insert(self.world, &mut self.contacts, slot);
        self.joins_queue(slot);
        self.schedule_waiting(slot);
        self.queue_changed(slot);
        let plan = &self.world.classes[usize::from(self.contacts[slot].class)];
        let calls = plan.calls | plan.calls_long;
        if calls != 0 {
            self.contact_calls(calls);
        }
    }

    /// Schedules the end of a contact's patience or the next delay at which more agents may take it.
    pub(super) fn schedule_waiting(&mut self, slot: u32) {
        let contact = &self.contacts[slot];
        let stages = &self.world.classes[usize::from(contact.class)].stages;
        let stage = stages
            .get(usize::from(contact.stage))
            .map_or(NEVER, |d| contact.since + d);
        let mut at = stage.min(contact.gives_up);
        if self.habits {
            at = at.min(self.asked_at(slot));
        }
        self.contacts[slot].event = if at == NEVER {
            0
        } else {
            self.events.push(at, Kind::Waiting, slot)
        };
    }

    /// A waiting contact's time has come: it leaves, or looks at the agents that may take it from now on.
    pub(super) fn waited(&mut self, slot: u32) {
        let contact = &mut self.contacts[slot];
        match contact.standing {
            Standing::Automated(team) => return self.automation_done(slot, team),
            Standing::Working => return self.slot_due(slot),
            _ => {}
        }
        if self.now >= contact.gives_up {
            let stream = usize::from(contact.stream);
            if self.world.streams[stream].kind == ChannelKind::Deferred {
                self.silence(slot);
            } else {
                self.give_up(slot);
            }
            return;
        }
        if self.habits && self.now >= self.asked_at(slot) {
            if !self.ask(slot) {
                self.schedule_waiting(slot);
            }
            return;
        }
        self.contacts[slot].stage += 1;
        if !self.taken(slot) {
            self.schedule_waiting(slot);
            let class = usize::from(self.contacts[slot].class);
            let calls =
                self.world.classes[class].calls_later | self.world.classes[class].calls_long;
            if calls != 0 {
                self.contact_calls(calls);
            }
        }
    }

    /// Whether somebody takes a waiting contact now.
    pub(super) fn taken(&mut self, slot: u32) -> bool {
        let contact = &self.contacts[slot];
        let (class, waited) = (contact.class, self.now - contact.since);
        if self.queues.is_held(class) {
            return false;
        }
        if let Some(agent) = self.find_agent(slot, Some(waited)) {
            self.leave_queue(slot);
            self.start(agent, slot);
        } else if let Some(team) = self.automation(class, waited) {
            self.leave_queue(slot);
            self.automate(slot, team);
        } else {
            return false;
        }
        true
    }

    /// A waiting contact leaves for good, or redials later.
    pub(super) fn give_up(&mut self, slot: u32) {
        self.leave_queue(slot);
        self.book_given_up(slot, false);
        self.after_giving_up(slot);
    }

    /// Takes a contact out of its queue.
    pub(super) fn leave_queue(&mut self, slot: u32) {
        self.queues.remove(self.world, &mut self.contacts, slot);
        let contact = &mut self.contacts[slot];
        contact.event = 0;
        let (class, stream) = (usize::from(contact.class), usize::from(contact.stream));
        let plan = &self.world.streams[stream];
        self.leaves_queue(slot);
        self.queue_changed(slot);
        if plan.kind == ChannelKind::Live && self.converses {
            self.room_again(class);
        }
    }

    /// A customer on the line waits no longer: agents who kept room for nobody else but them take conversations again.
    fn room_again(&mut self, class: usize) {
        let world = self.world;
        for choice in &world.classes[class].choices {
            for open in 1..MAX_SLOTS as u8 {
                let mut next = self.agents.first(usize::from(choice.team), open);
                while let Some(agent) = next {
                    next = self.agents.after(agent);
                    self.fill(agent);
                }
            }
        }
    }

    /// An agent who can take a contact that has waited so long: idle, with room for one more conversation, or on work
    /// that is put down for it; in this order.
    ///
    /// `waited` is `None` for a contact that is not in the queue yet.
    fn find_agent(&self, slot: u32, waited: Option<Tick>) -> Option<u32> {
        let plan = &self.world.classes[usize::from(self.contacts[slot].class)];
        let may = |c: &&Choice| {
            let long_enough = match waited {
                None => c.after == 0,
                Some(waited) => c.pick_up <= waited,
            };
            long_enough
                && (c.limit == LimitPlan::None
                    || self
                        .queues
                        .exceeds(plan, c.limit, u32::from(waited.is_none())))
        };
        let idle = if plan.longest_idle {
            let first = plan
                .choices
                .iter()
                .filter(may)
                .filter_map(|c| Some((c.tie, self.agents.first(usize::from(c.team), IDLE)?)));
            first
                .min_by_key(|&(tie, a)| (tie, self.agents[a].began, a))
                .map(|(_, a)| a)
        } else {
            plan.choices
                .iter()
                .filter(may)
                .find_map(|c| self.agents.first(usize::from(c.team), IDLE))
        };
        if idle.is_some() || plan.kind == ChannelKind::Deferred {
            return idle
                .filter(|_| plan.kind != ChannelKind::Deferred || self.now < self.world.length);
        }
        if plan.kind == ChannelKind::Concurrent
            && let Some(agent) = plan
                .choices
                .iter()
                .filter(may)
                .find_map(|c| self.with_room(slot, plan, usize::from(c.team)))
        {
            return Some(agent);
        }
        plan.choices
            .iter()
            .filter(may)
            .find_map(|c| self.on_other_work(plan, usize::from(c.team)))
    }

    /// The agent of a team with the fewest conversations of this channel open and room for one more, unless somebody
    /// of better rank waits on the line for this team (its agents then let conversations run out). Nobody helps itself.
    fn with_room(&self, slot: u32, plan: &ClassPlan, team: usize) -> Option<u32> {
        if self.better_live_waiting(team, plan.rank) {
            return None;
        }
        (1..MAX_SLOTS as u8).find_map(|open| {
            let mut agent = self.agents.first(team, open);
            while let Some(a) = agent {
                if self.chat_channel(a) == plan.channel && !self.asks_itself(slot, a) {
                    return Some(a);
                }
                agent = self.agents.after(a);
            }
            None
        })
    }

    fn better_live_waiting(&self, team: usize, rank: u32) -> bool {
        let taker = self.of_team(team);
        let best = self
            .queues
            .best(self.world, &self.contacts, taker, self.now);
        best.is_some_and(|class| {
            let other = &self.world.classes[usize::from(class)];
            other.kind == ChannelKind::Live && other.rank < rank
        })
    }

    /// The agent of a team who began last with work that is put down for this class's channel.
    fn on_other_work(&self, plan: &ClassPlan, team: usize) -> Option<u32> {
        let agent = self.agents.last(team, DEFERRED)?;
        let stream = usize::from(self.contacts[self.agents[agent].contact].stream);
        let yields = self.world.teams[team].yields[self.world.streams[stream].channel];
        (yields >> plan.channel & 1 == 1).then_some(agent)
    }

    /// An agent is free: takes an own follow-up or the best waiting contact, or is idle.
    pub(super) fn look_for_work(&mut self, agent: u32) {
        let best = self.best_for_agent(agent);
        let own = self.agents[agent].inbox.0;
        if own != NONE && self.now < self.world.length {
            let rank = |class: u16| self.world.classes[usize::from(class)].rank;
            if best.is_none_or(|class| rank(class) >= rank(self.contacts[own].class)) {
                self.agents[agent].inbox.0 = self.contacts[own].next;
                self.contacts[own].event = 0;
                self.leaves_queue(own);
                self.start(agent, own);
                return;
            }
        }
        let Some(class) = best else {
            let a = &mut self.agents[agent];
            if a.on_call {
                return self.goes_back(agent);
            }
            a.state = State::Idle;
            a.began = self.now;
            self.agents.enlist(agent, IDLE);
            return;
        };
        let slot = self.queues.head(class);
        self.leave_queue(slot);
        self.start(agent, slot);
        if self.world.classes[usize::from(class)].kind == ChannelKind::Concurrent {
            self.fill(agent);
        }
    }

    /// The class an agent takes from when it is free; who was called takes what calls.
    fn best_for_agent(&self, agent: u32) -> Option<u16> {
        let a = &self.agents[agent];
        let taker = self.of_team(usize::from(a.team));
        if !a.on_call {
            return self.best_of(taker);
        }
        self.best_of(Taker {
            classes: &self.world.teams[taker.team].calls,
            called: true,
            ..taker
        })
    }

    /// The class a free agent of a team takes from; after the horizon's end only customers on the line are served.
    fn best_for(&self, team: usize) -> Option<u16> {
        self.best_of(self.of_team(team))
    }

    /// Somebody at work in a team.
    fn of_team(&self, team: usize) -> Taker<'_> {
        Taker {
            team,
            classes: &self.world.teams[team].classes,
            called: false,
        }
    }

    fn best_of(&self, taker: Taker<'_>) -> Option<u16> {
        let best = self
            .queues
            .best(self.world, &self.contacts, taker, self.now)?;
        let deferred = self.world.classes[usize::from(best)].kind == ChannelKind::Deferred;
        (!deferred || self.now < self.world.length).then_some(best)
    }

    /// Waiting conversations join an agent while there is room and nothing better waits.
    pub(super) fn fill(&mut self, agent: u32) {
        loop {
            let a = &self.agents[agent];
            if a.state != State::Chatting
                || a.then != Then::Stay
                || usize::from(a.open) >= self.chat_slots(agent)
            {
                return;
            }
            let channel = self.chat_channel(agent);
            let Some(class) = self.best_for_agent(agent) else {
                return;
            };
            let plan = &self.world.classes[usize::from(class)];
            if plan.kind != ChannelKind::Concurrent || plan.channel != channel {
                return;
            }
            let slot = self.queues.head(class);
            if self.asks_itself(slot, agent) {
                // It is for others; what waits behind it may be for this agent.
                self.queues.remove(self.world, &mut self.contacts, slot);
                self.fill(agent);
                self.queues.insert(self.world, &mut self.contacts, slot);
                return;
            }
            self.leave_queue(slot);
            self.start(agent, slot);
        }
    }

    /// Whether the team still has customers on the line to serve after closing time.
    pub(super) fn must_drain(&self, team: usize) -> bool {
        if !self.world.teams[team].drains {
            return false;
        }
        let best = self.best_for(team);
        best.is_some_and(|class| {
            let plan = &self.world.classes[usize::from(class)];
            plan.kind != ChannelKind::Deferred
                && (!self.open[plan.channel] || self.now >= self.world.length)
        })
    }
}
