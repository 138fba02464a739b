//! Who follows those who left: newcomers within the ceilings on hires, and training classes.
//!
//! A newcomer may come `lead` after the resignation (less the notice), when a class begins (`every`) and has a seat
//! (`size`), and while the team's `most`, the site's `hires` and its `hires_speaking` of every language that the team works
//! in allow it: tokens of the ceilings gather evenly, 28 days of them at most. Time in which places are empty only for the
//! ceilings is shown. In class they are paid and do not work; a share `drop_out` leaves on any day of it.
//!
//! `hiring = { lead, cost, most }`: 34 days unless stated, as is usual. `class = { length, every, size, drop_out, cost,
//! nesting }`: 40 days unless stated, as is usual; one begins whenever somebody comes, has room for everybody, and nobody
//! drops out unless stated.
//!
//! ```
//! let text = r#"
//! [site.berlin]
//! hires_speaking = { de = "2 heads/month" }    # few who speak it can be found
//! [team.pool]
//! attrition = { rate = "30%", early = { factor = 2, until = "90 days" } }
//! hiring    = { cost = "EUR 3_000", most = "6 heads/month" }
//! class     = { size = 8, every = "28 days", drop_out = "10%", nesting = { length = "14 days", handle = "130%" } }
//! "#;
//! # let base = std::env::current_dir()?.join("scenarios/startup/scenario.toml");
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("variant.toml");
//! # std::fs::write(&path, format!("base = {base:?}\n{text}"))?;
//! // A variant of the bundled startup.
//! let scenario = staffwright::scenario::load(&path).map_err(|mistakes| mistakes.render(false))?;
//! let team = |name: &str| scenario.teams.iter().find(|t| t.name == name);
//! let workforce = team("pool").map(|t| &t.workforce).ok_or("no pool")?;
//! // Unless stated, hiring takes 34 days and a class 40 (both measured).
//! assert_eq!(workforce.hiring.lead_s, 34.0 * 86_400.0);
//! assert_eq!(workforce.class.map(|c| (c.length_s, c.size)), Some((40.0 * 86_400.0, 8)));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::draws;
use super::engine::Engine;
use super::people::{Person, Status};
use crate::roster::TeamPeople;
use crate::time::{NEVER, Tick};

/// Most unused hires that are carried over, in days of the ceiling.
const CARRIED: f64 = 28.0;

impl Engine<'_> {
    /// A training class ends.
    pub(super) fn class_ends(&mut self, agent: u32, drops: bool, people: &TeamPeople) {
        let team = usize::from(self.agents[agent].team);
        let day = self.people.days[team].0;
        if drops {
            self.book.teams[team].drop_outs += 1;
            self.people.persons[agent as usize].status = Status::Vacant(day + people.lead_days);
        } else {
            self.begins(agent, people);
        }
    }

    /// A newcomer begins to work.
    fn begins(&mut self, agent: u32, people: &TeamPeople) {
        let team = usize::from(self.agents[agent].team);
        let day = self.people.days[team].0;
        let nesting = people.class.map_or(0, |c| c.nesting_days) as usize;
        let last = (day as usize - 1 + nesting).min(people.midnights.len());
        self.people.persons[agent as usize] = Person {
            mentored: self.people.mentors[team] > 0,
            status: Status::Works(-f64::from(day)),
            before: -f64::from(self.agents[agent].finished),
            seen: self.agents[agent].finished,
            nesting: match nesting {
                0 => 0,
                _ => people.midnights.get(last).copied().unwrap_or(NEVER),
            },
            risen: false,
        };
    }

    /// Newcomers for vacant positions, the longest vacant first, within the ceilings and when a class begins.
    pub(super) fn hire(&mut self, team: usize, people: &TeamPeople) {
        let day = self.people.days[team].0;
        self.count_tokens(team, people, day);
        let every = people.class.map_or(1, |c| c.every);
        let mut seats = people.class.map_or(u32::MAX, |c| c.size);
        if !day.is_multiple_of(every) {
            return;
        }
        while seats > 0 {
            let first = self.people.first[team];
            let vacant =
                (first..first + people.places.len() as u32).filter_map(|agent| {
                    match self.people.persons[agent as usize].status {
                        Status::Vacant(from) if from <= day => Some((from, agent)),
                        _ => None,
                    }
                });
            let Some((_, agent)) = vacant.min() else {
                return;
            };
            if !self.may_hire(team, people) {
                return self.book_held_back(team, people, day);
            }
            seats -= 1;
            let tokens = &mut self.people.tokens;
            tokens.0[team] -= 1.0;
            tokens.1[people.site] -= 1.0;
            for &(ceiling, _) in &people.speaking {
                self.people.speaking[ceiling].0 -= 1.0;
            }
            self.book.teams[team].hires += 1;
            match people.class {
                None => self.begins(agent, people),
                Some(class) => {
                    let key = self.draw(agent, day);
                    let drops = key.uniform(draws::DROP_OUT) < class.drop_out;
                    // Who drops out does so at any day of the course.
                    let part = if drops {
                        key.uniform(draws::DROP_DAY)
                    } else {
                        1.0
                    };
                    let days = (part * f64::from(class.days)).ceil() as u32;
                    self.people.persons[agent as usize].status = Status::Class(day + days, drops);
                    if days == 0 {
                        self.class_ends(agent, drops, people);
                    }
                }
            }
        }
    }

    /// Whether every ceiling lets somebody be hired now.
    fn may_hire(&self, team: usize, people: &TeamPeople) -> bool {
        let tokens = &self.people.tokens;
        let speaking = &self.people.speaking;
        let mut ceilings = people.speaking.iter();
        tokens.0[team] >= 1.0
            && tokens.1[people.site] >= 1.0
            && ceilings.all(|&(ceiling, _)| speaking[ceiling].0 >= 1.0)
    }

    /// Books the time until hiring is looked at again of the places that somebody might have filled now.
    fn book_held_back(&mut self, team: usize, people: &TeamPeople, day: u32) {
        let first = self.people.first[team] as usize;
        let persons = &self.people.persons[first..first + people.places.len()];
        let held = persons
            .iter()
            .filter(|p| matches!(p.status, Status::Vacant(from) if from <= day));
        let next = people.class.map_or(1, |c| c.every);
        let until = people.midnights.get((day + next - 1) as usize);
        let took = until
            .copied()
            .unwrap_or(self.world.length)
            .saturating_sub(self.now);
        self.book.teams[team].held_back += held.count() as Tick * took;
    }

    fn count_tokens(&mut self, team: usize, people: &TeamPeople, day: u32) {
        let add = |tokens: &mut f64, per_day: f64, days: f64| {
            *tokens = (*tokens + per_day * days).min((per_day * CARRIED).max(1.0));
        };
        add(&mut self.people.tokens.0[team], people.most_per_day, 1.0);
        let (site, per_day) = (people.site, people.site_most_per_day);
        let days = day.saturating_sub(self.people.counted[site]);
        self.people.counted[site] += days;
        add(&mut self.people.tokens.1[site], per_day, f64::from(days));
        for &(ceiling, per_day) in &people.speaking {
            let (tokens, counted) = &mut self.people.speaking[ceiling];
            let days = day.saturating_sub(*counted);
            *counted += days;
            add(tokens, per_day, f64::from(days));
        }
    }
}
