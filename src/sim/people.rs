//! People over time: who occupies a position, what they have learnt, when they leave and who follows.
//!
//! # A position's life
//! 1. Somebody *works*: every contact worked adds to what they know, and their efficiency is read when work begins.
//! 2. At a local midnight of the site they may leave: with probability `1 - exp(-hazard)` of that day, by tenure and by
//!    the team's occupancy over the last 28 days.
//! 3. The position is *vacant* for the hiring lead time (less the notice), longer where the ceiling on hires is reached
//!    or the next training class begins later.
//! 4. A newcomer is *in class*, paid but not at work, and may drop out; then works, at first while nesting.
//!
//! `hiring` says who follows, `promotion` and `leads` who rises, `mentoring` who helps; `headcount` books who is there.
//! A duty that has begun is finished. Draws are keyed by team, position and day, so that one position's fate moves no
//! other's.

use super::absence::Absence;
use super::agent::Step;
use super::automation::is_automation;
use super::contact::NONE;
use super::draws;
use super::engine::Engine;
use super::event::Kind;
use super::leads::Post;
use crate::random::{Key, Seed};
use crate::roster::{Place, Roster, TeamPeople, TeamRoster};
use crate::time::{DAY, Tick, whole};
use crate::world::World;

/// Days over which occupancy is looked back on.
const LOOK_BACK: Tick = 28 * DAY;
/// Days of it that must have passed before it counts.
const LEAST: Tick = 7 * DAY;
/// Ordinals of people's draws, apart from those of duties and of contacts.
pub(super) const DAYS: u64 = 1 << 33;

/// Marks the second event of a midnight, which comes after the first of every team.
const FOLLOWERS: u32 = 1 << 20;

/// How a position stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Status {
    /// Somebody works, with this tenure in days when the horizon began (negative: came later).
    Works(f64),
    /// Nobody; a newcomer may come from this day on.
    Vacant(u32),
    /// Somebody is trained until this day; whether they then leave.
    Class(u32, bool),
}

/// One position's person.
#[derive(Debug, Clone, Copy)]
pub(super) struct Person {
    pub(super) status: Status,
    /// Whether somebody experienced helps until they have the tenure themselves.
    pub(super) mentored: bool,
    /// Contacts worked before the agent's own count began, less what they taught less under a longer span.
    pub(super) before: f64,
    /// Contacts of the agent that `before` takes account of.
    pub(super) seen: u32,
    /// Nesting ends.
    pub(super) nesting: Tick,
    /// Whether they were promoted before.
    pub(super) risen: bool,
    /// Factor on handle times when they last came on queue.
    pub(super) pace: f64,
}

/// Everybody.
pub struct People {
    /// Whether anybody learns, or works otherwise than the team does.
    pub learns: bool,
    /// Whether anybody comes or goes.
    pub moves: bool,
    pub(super) persons: Vec<Person>,
    /// First agent of each team.
    pub(super) first: Vec<u32>,
    /// Per team: midnights so far, and when the last was.
    pub(super) days: Vec<(u32, Tick)>,
    /// Per team: its leads' posts.
    pub(super) leads: Vec<Vec<Post>>,
    /// Per team: what a contact teaches now, against the span that the team's leads are meant to have.
    pub(super) pace: Vec<f64>,
    /// Per team: mentors, and seconds per second each of them gives.
    pub(super) mentors: Vec<u32>,
    /// See `mentors`.
    pub(super) gives: Vec<f64>,
    /// Whether anybody is mentored.
    pub(super) mentored: bool,
    /// Per team, its skill groups as one, and per site: hires that may be made.
    pub(super) tokens: (Vec<f64>, Vec<f64>),
    /// Per team and per site: day up to which its tokens were counted.
    pub(super) counted: (Vec<u32>, Vec<u32>),
    /// Per ceiling on hires by language: hires that may be made, and the day up to which they were counted.
    pub(super) speaking: Vec<(f64, u32)>,
}

impl People {
    /// Everybody at the start: tenures as given, else from the stationary law of the hazard.
    pub fn new(world: &World, roster: &Roster, seed: Seed) -> Self {
        let some = || roster.teams.iter().filter_map(|t| t.people.as_ref());
        let differs = |p: &TeamPeople| {
            let own = |place: &Place| place.handle_factor != 1.0 || place.resolved_delta != 0.0;
            let nests = p.class.is_some_and(|c| c.nesting_days > 0);
            p.curve.is_some() || p.courses.is_some() || nests || p.places.iter().any(own)
        };
        let learns = some().any(differs);
        let moves = some().any(|p| !p.midnights.is_empty());
        let mentored = some().any(|p| p.mentors.is_some());
        let sites = some().map(|p| p.site + 1).max().unwrap_or(0);
        let speaking = some()
            .flat_map(|p| p.speaking.iter().map(|c| c.0 + 1))
            .max();
        let speaking = speaking.unwrap_or(0);
        let mut people = Self {
            learns,
            moves,
            mentors: vec![0; roster.teams.len()],
            pace: vec![1.0; roster.teams.len()],
            gives: vec![0.0; roster.teams.len()],
            mentored,
            leads: roster.teams.iter().map(posts).collect(),
            persons: Vec::new(),
            first: vec![0; roster.teams.len()],
            days: vec![(0, world.warm_up); roster.teams.len()],
            tokens: (vec![1.0; roster.teams.len()], vec![1.0; sites]),
            counted: (vec![0; roster.teams.len()], vec![0; sites]),
            speaking: vec![(1.0, 0); speaking],
        };
        if !learns && !moves && !mentored {
            return people;
        }
        // As the agents are numbered.
        for t in world.standing.iter().map(|&t| usize::from(t)) {
            let team = &roster.teams[t];
            people.first[t] = people.persons.len() as u32;
            let Some(own) = &team.people else {
                people
                    .persons
                    .extend(team.positions.iter().map(|_| Person::old()));
                continue;
            };
            for (number, place) in own.places.iter().enumerate() {
                let key = Key::agent(seed, world.teams[t].key, number as u64, DAYS - 1);
                let tenure = place
                    .tenure_days
                    .or_else(|| place.hazard.stationary(key.uniform(draws::TENURE)));
                people.persons.push(match tenure {
                    None => Person::old(),
                    Some(days) => Person {
                        mentored: own.mentors.is_some_and(|m| days < m.until),
                        status: Status::Works(days),
                        before: days * place.contacts_per_day,
                        seen: 0,
                        nesting: 0,
                        risen: false,
                        pace: 1.0,
                    },
                });
            }
        }
        people
    }
}

/// A team's posts of leads, filled.
fn posts(team: &TeamRoster) -> Vec<Post> {
    let leads = team.people.as_ref().and_then(|p| p.leads);
    vec![Post::Filled; leads.map_or(0, |l| l.posts as usize)]
}

impl Person {
    /// Somebody who has learnt everything and never leaves.
    fn old() -> Self {
        Self {
            mentored: false,
            status: Status::Works(f64::INFINITY),
            before: f64::INFINITY,
            seen: 0,
            nesting: 0,
            risen: false,
            pace: 1.0,
        }
    }
}

impl Engine<'_> {
    fn team_people(&self, team: usize) -> Option<&TeamPeople> {
        self.roster.teams[team].people.as_ref()
    }

    /// Schedules every team's first midnight.
    pub(super) fn begin_people(&mut self) {
        for team in 0..self.roster.teams.len() {
            if let Some(people) = self.roster.teams[team].people.as_ref() {
                self.share_mentoring(team, people);
                // Where nobody is experienced nobody is mentored.
                if self.people.mentors[team] == 0 {
                    self.nobody_mentors(team, people);
                }
            }
        }
        for &team in &self.world.standing {
            self.schedule_midnight(usize::from(team));
        }
    }

    fn schedule_midnight(&mut self, team: usize) {
        let day = self.people.days[team].0 as usize;
        let next = self.team_people(team).and_then(|p| p.midnights.get(day));
        if let Some(&at) = next {
            self.events.push(at, Kind::Midnight, team as u32);
        }
    }

    /// Whether the people of a team come and go.
    pub(super) fn team_moves(&self, team: usize) -> bool {
        self.people.moves
            && self
                .team_people(team)
                .is_some_and(|p| !p.midnights.is_empty())
    }

    /// Schedules an agent's next duty, for whoever has the position when it is due.
    pub(super) fn await_duty(&mut self, agent: u32) {
        let a = self.agents[agent];
        if let Some(start) = self.duty(&a).map(|d| d.start) {
            self.agents[agent].step = Step::Due;
            self.events.push(start.max(self.now), Kind::Roster, agent);
        }
    }

    /// A duty is due: worked by whoever has the position, unless nobody has, or sickness takes it.
    pub(super) fn duty_due(&mut self, agent: u32) {
        let a = self.agents[agent];
        let Some((start, end)) = self.duty(&a).map(|d| (d.start, d.end)) else {
            return;
        };
        let mut there = self.occupied(agent);
        if there {
            let team_key = self.world.teams[usize::from(a.team)].key;
            let key = Key::agent(self.seed, team_key, u64::from(a.number), u64::from(a.duty));
            let absence = self.absence(&a, key, start);
            self.agents[agent].sick = absence == Absence::Sick;
            self.book_scheduled(agent, start, end, absence);
            there = absence == Absence::None && end > self.now;
            if there {
                let away =
                    self.lateness(&a, key, start, end - start) + self.mentors(&a, end - start);
                let from = (start + away.min(end - start)).max(self.now);
                self.agents[agent].step = Step::Start;
                self.events.push(from, Kind::Roster, agent);
            }
        }
        if !there {
            self.agents[agent].duty += 1;
            self.await_duty(agent);
        }
    }

    /// Whether somebody works in an agent's position.
    fn occupied(&self, agent: u32) -> bool {
        let a = &self.agents[agent];
        let leads = &self.roster.teams[usize::from(a.team)].leads;
        if let Some(place) = leads.get(a.number as usize) {
            return self.lead_is_there(place);
        }
        matches!(self.people.persons[agent as usize].status, Status::Works(_))
    }

    /// What is still to be learnt by an agent, 1 for a newcomer.
    fn to_learn(&self, agent: u32) -> f64 {
        let a = &self.agents[agent];
        let curve = self.team_people(usize::from(a.team)).and_then(|p| p.curve);
        curve.map_or(0.0, |c| c.to_learn(self.learnt_from(agent)))
    }

    /// Contacts that an agent has learnt from: those while mentored count for more.
    pub(super) fn learnt_from(&self, agent: u32) -> f64 {
        let a = &self.agents[agent];
        let person = &self.people.persons[agent as usize];
        let slower = self.people.pace[usize::from(a.team)] - 1.0;
        let contacts = person.before
            + f64::from(a.finished)
            + slower * f64::from(a.finished.wrapping_sub(person.seen));
        if !person.mentored {
            return contacts;
        }
        let people = self.team_people(usize::from(a.team));
        let mentors = people.and_then(|p| Some((p.mentors?, &p.places[a.number as usize])));
        mentors.map_or(contacts, |(m, place)| {
            let with = contacts.min(m.until * place.contacts_per_day);
            contacts + with * (1.0 / m.ramp - 1.0)
        })
    }

    fn efficiency(&self, agent: u32, people: &TeamPeople) -> f64 {
        people
            .curve
            .map_or(1.0, |c| c.efficiency(self.to_learn(agent)))
    }

    /// Books the efficiency of an agent who begins work now.
    pub(super) fn book_efficiency(&mut self, agent: u32) {
        let team = usize::from(self.agents[agent].team);
        let people = self.roster.teams[team].people.as_ref();
        if let Some(people) = people.filter(|_| self.now >= self.world.warm_up) {
            let efficiency = self.efficiency(agent, people);
            let sums = &mut self.book.teams[team];
            sums.efficiency += whole(efficiency * 1e6);
            sums.begun += 1;
        }
    }

    /// Factor on the work of an agent who begins now.
    pub(super) fn learning_factor(&self, agent: u32) -> f64 {
        let team = usize::from(self.agents[agent].team);
        let Some(people) = self.roster.teams[team].people.as_ref() else {
            return 1.0;
        };
        let efficiency = self.efficiency(agent, people);
        let nesting = people
            .class
            .filter(|_| self.now < self.people.persons[agent as usize].nesting)
            .map_or(1.0, |c| c.nesting_handle);
        let number = self.agents[agent].number as usize;
        let courses = people.courses.map_or(1.0, |c| {
            1.0 - (1.0 - c.handle) * self.still_known(agent, people)
        });
        nesting / efficiency * people.places[number].handle_factor * courses
    }

    /// What the last agent's learning adds to the probability that a contact is resolved.
    pub(super) fn learning_delta(&self, slot: u32) -> f64 {
        let agent = self.contacts[slot].agent;
        if agent == NONE || is_automation(agent) {
            return 0.0;
        }
        let a = &self.agents[agent];
        let Some(people) = self.team_people(usize::from(a.team)).filter(|_| !a.on_call) else {
            return 0.0;
        };
        let curve = people.curve.filter(|c| c.resolved_delta != 0.0);
        let own = people.places[a.number as usize].resolved_delta;
        let courses = people.courses.filter(|c| c.resolved != 0.0);
        own + curve.map_or(0.0, |c| c.resolved_delta * self.to_learn(agent))
            + courses.map_or(0.0, |c| c.resolved * self.still_known(agent, people))
    }

    /// A local midnight of a team's site: classes end and people leave; once that is so in every team, others follow.
    pub(super) fn midnight(&mut self, slot: u32) {
        let team = (slot & !FOLLOWERS) as usize;
        if slot & FOLLOWERS != 0 {
            return self.followers(team);
        }
        self.book_heads(team);
        self.people.days[team].0 += 1;
        let Some(people) = self.roster.teams[team].people.as_ref() else {
            return;
        };
        let day = self.people.days[team].0;
        let strain = self.strain(people);
        for number in 0..people.places.len() as u32 {
            let agent = self.people.first[team] + number;
            match self.people.persons[agent as usize].status {
                Status::Class(until, drops) if until <= day => {
                    self.class_ends(agent, drops, people)
                }
                Status::Works(tenure) => self.perhaps_leaves(agent, tenure, strain, people),
                _ => {}
            }
        }
        self.leads_leave(team, people);
        self.events.push(self.now, Kind::Midnight, slot | FOLLOWERS);
    }

    /// Who follows at a midnight: the promoted first, then newcomers.
    fn followers(&mut self, team: usize) {
        let Some(people) = self.roster.teams[team].people.as_ref() else {
            return;
        };
        self.promote_to_lead(team, people);
        self.promote(team, people);
        self.hire(team, people);
        self.share_mentoring(team, people);
        self.lead_on(team, people);
        self.schedule_midnight(team);
    }

    pub(super) fn draw(&self, agent: u32, day: u32) -> Key {
        let a = &self.agents[agent];
        Key::agent(
            self.seed,
            self.world.teams[usize::from(a.team)].key,
            u64::from(a.number),
            DAYS + u64::from(day),
        )
    }

    fn perhaps_leaves(&mut self, agent: u32, tenure: f64, strain: f64, people: &TeamPeople) {
        let a = &self.agents[agent];
        let (team, place) = (usize::from(a.team), &people.places[a.number as usize]);
        let day = self.people.days[team].0;
        let tenure = tenure + f64::from(day);
        let person = &self.people.persons[agent as usize];
        let held = people
            .mentors
            .filter(|m| person.mentored && tenure < m.until);
        let strain = strain * people.prospects * held.map_or(1.0, |m| m.attrition);
        let p = place.hazard_at(self.now).leaves(tenure, strain);
        if self.draw(agent, day).uniform(draws::LEAVE) < p {
            self.book.teams[team].leavers += 1;
            let after = people.lead_days.saturating_sub(place.notice_days);
            self.people.persons[agent as usize].status = Status::Vacant(day + after);
        }
    }

    /// What the occupancy of the last 28 days multiplies the hazard by.
    fn strain(&self, people: &TeamPeople) -> f64 {
        let (above, per_point) = people.strain;
        if per_point <= 0.0 {
            return 1.0;
        }
        let occupancy = self.recent_occupancy(&people.unit);
        occupancy.map_or(1.0, |o| 1.0 + per_point * 100.0 * (o - above).max(0.0))
    }

    /// Occupancy of some teams over the last 28 days, once a week has passed.
    pub(super) fn recent_occupancy(&self, teams: &[usize]) -> Option<f64> {
        let from = self.now.saturating_sub(LOOK_BACK).max(self.world.warm_up);
        if self.now.saturating_sub(from) < LEAST {
            return None;
        }
        let cell = |t: Tick| (t / self.world.interval) as usize;
        let cells = teams.iter().flat_map(|t| {
            let row = t * self.world.intervals;
            &self.book.staff[row + cell(from)..row + cell(self.now)]
        });
        let sum = cells.fold((0, 0), |s, c| (s.0 + c.handling, s.1 + c.on_queue));
        Some(sum.0 as f64 / sum.1.max(1) as f64)
    }
}
