//! Promotion: a vacancy goes to somebody of our own who has been there long enough, before anybody is hired.
//!
//! At a local midnight of the team's site the longest-serving eligible person of the teams it promotes from takes the
//! vacant position, without training class; of what they have learnt a share helps in the new work. Their own position
//! becomes vacant and is filled like any other.
//!
//! `promotes = { from_tier, after, keeps, attrition }` of the team above: the tier they come from, the tenure after which
//! they may, the share of what they have learnt that helps (50 % unless stated, judgement), and the factor on the hazard of
//! leaving the teams below (90 % unless stated, judgement).
//!
//! ```
//! let text = r#"
//! [team.pool]
//! attrition = { rate = "30%" }
//! [team.founders]
//! attrition = { rate = "10%" }
//! promotes  = { from_tier = 1, after = "730 days" }
//! "#;
//! # let base = std::env::current_dir()?.join("scenarios/startup/scenario.toml");
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("variant.toml");
//! # std::fs::write(&path, format!("base = {base:?}\n{text}"))?;
//! // A variant of the bundled startup.
//! let scenario = staffwright::scenario::load(&path).map_err(|mistakes| mistakes.render(false))?;
//! let team = |name: &str| scenario.teams.iter().find(|t| t.name == name);
//! let promotes = team("founders").and_then(|t| t.workforce.promotes.clone()).ok_or("nobody rises")?;
//! // Unless stated, half of what they have learnt helps, and prospects keep one leaver in ten (judgement).
//! assert_eq!((promotes.keeps, promotes.attrition), (0.5, 0.9));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::engine::Engine;
use super::people::{Person, Status};
use crate::roster::TeamPeople;
use crate::time::whole;

impl Engine<'_> {
    /// Fills vacancies of a team by promotion.
    pub(super) fn promote(&mut self, team: usize, people: &TeamPeople) {
        let Some(promotion) = &people.promotes else {
            return;
        };
        let first = self.people.first[team];
        for agent in first..first + people.places.len() as u32 {
            let vacant = matches!(
                self.people.persons[agent as usize].status,
                Status::Vacant(_)
            );
            if !vacant {
                continue;
            }
            let best = self.longest_serving(&promotion.from, promotion.after);
            let Some((from, who, tenure)) = best else {
                return;
            };
            let knows = promotion.keeps * self.learnt_from(who);
            self.rises(from, who, tenure);
            let day = f64::from(self.people.days[team].0);
            self.people.persons[agent as usize] = Person {
                status: Status::Works(tenure - day),
                before: knows - f64::from(self.agents[agent].finished),
                seen: self.agents[agent].finished,
                mentored: false,
                nesting: 0,
                risen: true,
                pace: self.people.persons[agent as usize].pace,
            };
        }
    }

    /// Team, agent and tenure in days of who may be promoted first of some teams, with so many days of tenure.
    pub(super) fn longest_serving(&self, teams: &[usize], after: f64) -> Option<(usize, u32, f64)> {
        let mut best: Option<(usize, u32, f64)> = None;
        for &from in teams {
            let people = self.roster.teams[from].people.as_ref();
            let Some(people) = people.filter(|_| self.team_moves(from)) else {
                continue;
            };
            let (first, day) = (self.people.first[from], f64::from(self.people.days[from].0));
            for who in first..first + people.places.len() as u32 {
                let Status::Works(tenure) = self.people.persons[who as usize].status else {
                    continue;
                };
                let tenure = tenure + day;
                // Who never leaves has no tenure to speak of.
                let may = tenure >= after && tenure.is_finite();
                let first = |(_, other, longest): (usize, u32, f64)| {
                    tenure > longest || tenure == longest && who < other
                };
                if may && best.is_none_or(first) {
                    best = Some((from, who, tenure));
                }
            }
        }
        best
    }

    /// Somebody leaves a position for a post above; whoever follows comes like any newcomer.
    pub(super) fn rises(&mut self, from: usize, who: u32, tenure: f64) {
        let people = self.roster.teams[from].people.as_ref();
        let lead = people.map_or(0, |p| p.lead_days);
        // Whoever follows comes at a later midnight, in whatever order teams are looked at.
        let left = Status::Vacant(self.people.days[from].0 + lead.max(1));
        let person = &mut self.people.persons[who as usize];
        let first = !person.risen;
        person.status = left;
        let sums = &mut self.book.teams[from];
        sums.promoted += 1;
        if first {
            sums.promoted_first += 1;
            sums.promoted_after += whole(tenure * 1e3);
        }
    }
}
