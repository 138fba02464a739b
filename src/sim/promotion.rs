//! Promotion: a vacancy goes to somebody of our own who has been there long enough, before anybody is hired.
//!
//! At a local midnight of the team's site the longest-serving eligible person of the teams it promotes from takes the
//! vacant position, without training class; of what they have learnt a share helps in the new work. Their own position
//! becomes vacant and is filled like any other.

use super::engine::Engine;
use super::people::{Person, Status};
use crate::roster::{Promotion, TeamPeople};

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
            let Some((from, who, tenure)) = self.longest_serving(promotion) else {
                return;
            };
            self.move_up(from, who, team, agent, tenure, promotion.keeps);
        }
    }

    /// Team, agent and tenure in days of who may be promoted first.
    fn longest_serving(&self, promotion: &Promotion) -> Option<(usize, u32, f64)> {
        let mut best: Option<(usize, u32, f64)> = None;
        for &from in &promotion.from {
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
                let may = tenure >= promotion.after && tenure.is_finite();
                if may && best.is_none_or(|(.., longest)| tenure > longest) {
                    best = Some((from, who, tenure));
                }
            }
        }
        best
    }

    fn move_up(&mut self, from: usize, who: u32, team: usize, agent: u32, tenure: f64, keeps: f64) {
        let knows = keeps * self.learnt_from(who);
        let lead = self.roster.teams[from]
            .people
            .as_ref()
            .map_or(0, |p| p.lead_days);
        // Whoever follows comes at a later midnight, in whatever order teams are looked at.
        let left = Status::Vacant(self.people.days[from].0 + lead.max(1));
        self.people.persons[who as usize].status = left;
        let sums = &mut self.book.teams[from];
        sums.promoted += 1;
        sums.promoted_after += (tenure * 1e3).round_ties_even() as u64;
        let day = f64::from(self.people.days[team].0);
        self.people.persons[agent as usize] = Person {
            status: Status::Works(tenure - day),
            before: knows - f64::from(self.agents[agent].finished),
            mentored: false,
            nesting: 0,
        };
    }
}
