//! Between two contacts: turn-round, and pauses that end sooner when customers wait.
//!
//! A pause is a unit-exponential amount of hazard, used up at rate `1 / calm` while nobody has waited long and at
//! `1 / recalled` once the head customer of any class the team serves has waited `recall_after`. Whenever that
//! changes, every pause under way is scheduled again; by the exponential's lack of memory this is exact.
//!
//! ```
//! let text = r#"
//! [team.pool.availability]
//! turn_round = "5s"                    # after every contact; none unless stated
//! pick_up    = "4.5s"                  # who waits is not put through before; at once unless stated
//! pause      = { share = "70%", calm = "180s", recalled = "25s", recall_after = "15s" }    # none unless stated
//! "#;
//! # let base = std::env::current_dir()?.join("scenarios/startup/scenario.toml");
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("variant.toml");
//! # std::fs::write(&path, format!("base = {base:?}\n{text}"))?;
//! // A variant of the bundled startup.
//! let scenario = staffwright::scenario::load(&path).map_err(|mistakes| mistakes.render(false))?;
//! let pool = scenario.teams.iter().find(|t| t.name == "pool").ok_or("no pool")?;
//! let pause = pool.availability.pause.ok_or("no pauses")?;
//! assert_eq!((pause.share, pause.calm_s, pause.recalled_s), (0.7, 180.0, 25.0));
//! assert_eq!(pool.availability.pick_up_s, 4.5);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::agent::{PAUSED, State, Then};
use super::draws;
use super::engine::Engine;
use super::event::Kind;
use crate::random::Key;
use crate::time::{NEVER, ticks, whole};

impl Engine<'_> {
    /// An agent has finished what it had in hand.
    pub(super) fn release(&mut self, agent: u32) {
        let (then, team) = (
            self.agents[agent].then,
            usize::from(self.agents[agent].team),
        );
        match then {
            Then::Leave if !self.must_drain(team) => return self.go_home(agent),
            Then::GoOff => return self.go_off(agent),
            Then::Leave => return self.look_for_work(agent),
            Then::Stay => {}
        }
        match self.world.teams[team].turn_round {
            Some(law) => {
                let takes = ticks(
                    self.world
                        .draw(law, self.agent_key(agent).uniform(draws::TURN_ROUND)),
                );
                let a = &mut self.agents[agent];
                a.state = State::TurnRound;
                a.began = self.now;
                a.event = self.events.push(self.now + takes, Kind::Work, agent);
            }
            None => self.perhaps_pause(agent),
        }
    }

    /// Draws of an agent after its latest contact.
    fn agent_key(&self, agent: u32) -> Key {
        let a = &self.agents[agent];
        // The upper half of the ordinals is apart from the days that duties draw by.
        Key::agent(
            self.seed,
            self.world.teams[usize::from(a.team)].key,
            u64::from(a.number),
            1 << 32 | u64::from(a.finished),
        )
    }

    /// A turn-round is over.
    pub(super) fn turned_round(&mut self, agent: u32) {
        self.book_between(agent);
        self.perhaps_pause(agent);
    }

    fn perhaps_pause(&mut self, agent: u32) {
        let team = usize::from(self.agents[agent].team);
        let pause = self.world.teams[team].pause;
        let key = pause
            .map(|p| (p, self.agent_key(agent)))
            .filter(|(p, key)| !self.agents[agent].on_call && key.uniform(draws::PAUSE) < p.share);
        let Some((_, key)) = key else {
            return self.look_for_work(agent);
        };
        let hazard = -libm::log(key.uniform(draws::PAUSE_LENGTH));
        let a = &mut self.agents[agent];
        a.state = State::Pause;
        a.began = self.now;
        a.updated = self.now;
        a.clock = hazard;
        self.agents.enlist(agent, PAUSED);
        self.schedule_pause(agent);
    }

    /// A pause is over.
    pub(super) fn pause_over(&mut self, agent: u32) {
        self.agents.delist(agent);
        self.book_between(agent);
        self.look_for_work(agent);
    }

    fn pause_mean(&self, team: usize) -> f64 {
        let recalled = self.recall[team].0;
        self.world.teams[team]
            .pause
            .map_or(1.0, |p| if recalled { p.recalled } else { p.calm })
    }

    fn schedule_pause(&mut self, agent: u32) {
        let a = &self.agents[agent];
        let left = a.clock.max(0.0) * self.pause_mean(usize::from(a.team));
        let event = self.events.push(self.now + whole(left), Kind::Work, agent);
        self.agents[agent].event = event;
    }

    /// Somebody joined or left a queue: the teams that serve it look whether to recall.
    pub(super) fn queue_changed(&mut self, slot: u32) {
        if !self.pauses {
            return;
        }
        let class = usize::from(self.contacts[slot].class);
        for choice in 0..self.world.classes[class].choices.len() {
            let team = usize::from(self.world.classes[class].choices[choice].team);
            if self.world.teams[team].pause.is_some() {
                self.look_at_head(team);
            }
        }
    }

    /// The scheduled look at the head customer.
    pub(super) fn recall_due(&mut self, team: usize) {
        if self.recall[team].1 == self.now {
            self.recall[team].1 = NEVER;
            self.look_at_head(team);
        }
    }

    fn look_at_head(&mut self, team: usize) {
        let Some(pause) = self.world.teams[team].pause else {
            return;
        };
        let due = self
            .queues
            .head_since(self.world, &self.contacts, team, self.now)
            .map(|since| since + pause.recall_after);
        let recalled = due.is_some_and(|at| self.now >= at);
        if let Some(at) = due.filter(|&at| at > self.now)
            && self.recall[team].1 != at
        {
            self.recall[team].1 = at;
            self.events.push(at, Kind::Recall, team as u32);
        }
        if recalled != self.recall[team].0 {
            self.switch_recall(team, recalled);
        }
    }

    fn switch_recall(&mut self, team: usize, recalled: bool) {
        let before = self.pause_mean(team);
        self.recall[team].0 = recalled;
        let mut next = self.agents.first(team, PAUSED);
        while let Some(agent) = next {
            let a = &mut self.agents[agent];
            a.clock -= (self.now - a.updated) as f64 / before;
            a.updated = self.now;
            self.schedule_pause(agent);
            next = self.agents.after(agent);
        }
    }
}
