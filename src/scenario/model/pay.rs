//! Who belongs to a team.

use super::{Scenario, Team};

impl Scenario {
    /// A team and the other skill groups of its unit, in order.
    pub fn members(&self, team: usize) -> impl Iterator<Item = usize> + use<'_> {
        let unit = self.teams[team].unit;
        (0..self.teams.len()).filter(move |&t| self.teams[t].unit == unit)
    }

    /// The teams as the scenario names them, each once: of those with skill groups the first group.
    pub fn units(&self) -> impl Iterator<Item = usize> + use<'_> {
        (0..self.teams.len()).filter(|&t| self.teams[t].unit == t)
    }

    /// Name of the team that a team belongs to: its own, unless it is a skill group.
    #[must_use]
    pub fn unit_name(&self, team: usize) -> &str {
        let team = &self.teams[team];
        team.whole.as_deref().unwrap_or(&team.name)
    }

    /// The contracts of a team, each with its part of the team's paid hours; equal parts where nobody is on the payroll.
    #[must_use]
    pub fn parts_by_contract(&self, team: usize) -> Vec<(usize, f64)> {
        let heads = self.teams[team].heads.iter();
        let mut parts: Vec<(usize, f64)> = heads
            .filter_map(|h| {
                let c = h.contract?;
                Some((c, f64::from(h.count) * self.contracts[c].hours_per_week))
            })
            .collect();
        if parts.iter().all(|p| p.1 <= 0.0) {
            parts.iter_mut().for_each(|p| p.1 = 1.0);
        }
        let all: f64 = parts.iter().map(|p| p.1).sum();
        parts.iter_mut().for_each(|p| p.1 /= all);
        parts
    }

    /// Whether a team works on contacts in a language.
    #[must_use]
    pub fn works_in(&self, team: &Team, language: usize) -> bool {
        let streams = team.skills.iter().zip(&self.streams);
        streams
            .filter(|(skill, _)| skill.is_some())
            .any(|(_, s)| s.language == language)
    }
}
