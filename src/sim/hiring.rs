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
//! rent_per_seat  = "EUR 260/month"
//! [team.pool]
//! attrition = { rate = "30%", early = { factor = 2, until = "90 days" }, occupancy = { above = "85%", per_point = "5%" }, replacement = "EUR 4_000" }
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
            pace: self.people.persons[agent as usize].pace,
        };
    }

    /// Newcomers for vacant positions, the longest vacant first, within the ceilings and when a class begins. The skill
    /// groups of a team hire together, once the last of them has promoted whom it could.
    pub(super) fn hire(&mut self, team: usize, people: &TeamPeople) {
        let day = self.people.days[team].0;
        self.count_tokens(people, day);
        if people.unit.last().is_some_and(|&last| last != team) {
            return;
        }
        let every = people.class.map_or(1, |c| c.every);
        let mut seats = people.class.map_or(u32::MAX, |c| c.size);
        if !day.is_multiple_of(every) {
            return;
        }
        while seats > 0 {
            let Some((_, agent)) = self.may_be_filled(people, day) else {
                return self.book_held_back(people, day);
            };
            seats -= 1;
            let team = usize::from(self.agents[agent].team);
            let tokens = &mut self.people.tokens;
            tokens.0[people.unit[0]] -= 1.0;
            tokens.1[people.site] -= 1.0;
            let own = self.roster.teams[team].people.as_ref();
            for &(ceiling, _) in own.iter().flat_map(|p| &p.speaking) {
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

    /// The position of a team, its groups as one, that has been vacant longest of those that every ceiling lets be filled.
    fn may_be_filled(&self, people: &TeamPeople, day: u32) -> Option<(u32, u32)> {
        let groups = people.unit.iter().filter(|&&t| self.may_hire(t));
        let vacant = groups.flat_map(|&t| self.vacant_since(t, day));
        vacant.min()
    }

    /// Positions of a team that somebody may follow in: since when, and the agent.
    fn vacant_since(&self, team: usize, day: u32) -> impl Iterator<Item = (u32, u32)> + '_ {
        let first = self.people.first[team];
        let places = self.roster.teams[team].positions.len() as u32;
        (first..first + places).filter_map(move |agent| {
            match self.people.persons[agent as usize].status {
                Status::Vacant(from) if from <= day => Some((from, agent)),
                _ => None,
            }
        })
    }

    /// Whether every ceiling lets somebody be hired into a team now.
    fn may_hire(&self, team: usize) -> bool {
        let (tokens, speaking) = (&self.people.tokens, &self.people.speaking);
        let people = self.roster.teams[team].people.as_ref();
        people.is_some_and(|p| {
            let mut ceilings = p.speaking.iter();
            tokens.0[p.unit[0]] >= 1.0
                && tokens.1[p.site] >= 1.0
                && ceilings.all(|&(ceiling, _)| speaking[ceiling].0 >= 1.0)
        })
    }

    /// Books the time until hiring is looked at again of the places that somebody might have filled now.
    fn book_held_back(&mut self, people: &TeamPeople, day: u32) {
        let next = people.class.map_or(1, |c| c.every);
        let until = people.midnights.get((day + next - 1) as usize);
        let until = until.copied().unwrap_or(self.world.length);
        let took = until.saturating_sub(self.now);
        for &team in &people.unit {
            let held = self.vacant_since(team, day).count() as Tick;
            self.book.teams[team].held_back += held * took;
        }
    }

    fn count_tokens(&mut self, people: &TeamPeople, day: u32) {
        let add = |tokens: &mut f64, per_day: f64, days: f64| {
            *tokens = (*tokens + per_day * days).min((per_day * CARRIED).max(1.0));
        };
        let (unit, per_day) = (people.unit[0], people.most_per_day);
        let days = day.saturating_sub(self.people.counted.0[unit]);
        self.people.counted.0[unit] += days;
        add(&mut self.people.tokens.0[unit], per_day, f64::from(days));
        let (site, per_day) = (people.site, people.site_most_per_day);
        let days = day.saturating_sub(self.people.counted.1[site]);
        self.people.counted.1[site] += days;
        add(&mut self.people.tokens.1[site], per_day, f64::from(days));
        for &(ceiling, per_day) in &people.speaking {
            let (tokens, counted) = &mut self.people.speaking[ceiling];
            let days = day.saturating_sub(*counted);
            *counted += days;
            add(tokens, per_day, f64::from(days));
        }
    }
}
