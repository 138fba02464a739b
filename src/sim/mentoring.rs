//! Mentoring: newcomers take hours from the experienced, learn from fewer contacts and leave less often.
//!
//! Everybody of a team, of whatever skill group, with enough tenure is a mentor; what all newcomers take is shared evenly
//! among them, as a part of each of their duties. Whoever begins while there is a mentor is mentored until they have the tenure themselves. A
//! mentored newcomer's contacts count as `1 / ramp` contacts of others'.
//!
//! `mentoring = { hours, until, ramp, attrition }`: hours a week that a newcomer takes; the tenure up to which somebody is
//! mentored and from which on they may be a mentor; the factor on the contacts that learning takes (64 % unless stated: 36 %
//! shorter with experienced teammates, as measured); the factor on the hazard of leaving meanwhile (80 % unless stated,
//! judgement).
//!
//! ```
//! let text = r#"
//! [team.pool]
//! learning  = {}
//! mentoring = { hours = "4h/week", until = "90 days" }
//! "#;
//! # let base = std::env::current_dir()?.join("scenarios/startup/scenario.toml");
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("variant.toml");
//! # std::fs::write(&path, format!("base = {base:?}\n{text}"))?;
//! // A variant of the bundled startup.
//! let scenario = staffwright::scenario::load(&path).map_err(|mistakes| mistakes.render(false))?;
//! let team = |name: &str| scenario.teams.iter().find(|t| t.name == name);
//! let mentoring = team("pool").and_then(|t| t.workforce.mentoring).ok_or("nobody helps")?;
//! assert_eq!((mentoring.weekly_s, mentoring.ramp, mentoring.attrition), (4.0 * 3600.0, 0.64, 0.8));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::agent::Agent;
use super::engine::Engine;
use super::people::Status;
use crate::roster::TeamPeople;
use crate::time::{Tick, seconds, ticks};

impl Engine<'_> {
    /// Counts newcomers and mentors of a team, and what each mentor gives a second.
    pub(super) fn share_mentoring(&mut self, team: usize, people: &TeamPeople) {
        let Some(mentors) = people.mentors else {
            return;
        };
        let (mut old, mut new) = (0u32, 0u32);
        // The groups of a team help each other.
        for &t in &people.unit {
            let day = f64::from(self.people.days[t].0);
            let first = self.people.first[t] as usize;
            let places = self.roster.teams[t].positions.len();
            for person in &self.people.persons[first..first + places] {
                if let Status::Works(tenure) = person.status {
                    if tenure + day >= mentors.until {
                        old += 1;
                    } else if person.mentored {
                        new += 1;
                    }
                }
            }
        }
        self.people.mentors[team] = old;
        self.people.gives[team] = if old == 0 {
            0.0
        } else {
            mentors.takes * f64::from(new) / f64::from(old)
        };
    }

    /// Newcomers of a team without anybody experienced learn by themselves.
    pub(super) fn nobody_mentors(&mut self, team: usize, people: &TeamPeople) {
        let first = self.people.first[team] as usize;
        for person in &mut self.people.persons[first..first + people.places.len()] {
            person.mentored = false;
        }
    }

    /// Time of a duty that an agent gives to newcomers, booked as planned work off queue.
    pub(super) fn mentors(&mut self, a: &Agent, length: Tick) -> Tick {
        let team = usize::from(a.team);
        let gives = self.people.gives[team];
        let people = self.roster.teams[team].people.as_ref();
        let Some((mentors, place)) = people
            .filter(|_| gives > 0.0)
            .and_then(|p| Some((p.mentors?, &p.places[a.number as usize])))
        else {
            return 0;
        };
        let person = &self.people.persons[self.people.first[team] as usize + a.number as usize];
        let day = f64::from(self.people.days[team].0);
        let is_mentor =
            matches!(person.status, Status::Works(tenure) if tenure + day >= mentors.until);
        if !is_mentor || place.paid <= 0.0 {
            return 0;
        }
        // A week's share of the week's paid time, taken from every duty alike.
        let taken = ticks(seconds(length) * (gives / place.paid).min(1.0));
        if self.now >= self.world.warm_up {
            self.book.teams[team].mentoring += taken;
            self.book.teams[team].planned_off += taken;
        }
        taken
    }
}
