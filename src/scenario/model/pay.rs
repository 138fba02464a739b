//! Who belongs to a team, and what an hour of its people costs.

use super::{Contract, Scenario, Team};

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

    /// Mean pay per hour of a team's payroll, and per hour of anybody's overtime, weighted by the paid hours of its
    /// contracts. Who is paid by the duty is not part of the first.
    #[must_use]
    pub fn hourly_pay(&self, team: usize) -> (f64, f64) {
        let contracts = || {
            self.teams[team]
                .heads
                .iter()
                .filter_map(|h| Some((h.count, &self.contracts[h.contract?])))
        };
        // Nobody on the payroll, agents from a roster: paid like the contracts in equal parts.
        let heads = contracts().any(|(n, c)| f64::from(n) * c.hours_per_week > 0.0);
        let mean = |which: fn(&Contract) -> bool, rate: fn(&Contract) -> f64| {
            let (mut sum, mut weights) = (0.0, 0.0);
            for (n, c) in contracts().filter(|(_, c)| which(c)) {
                let weight = if heads {
                    f64::from(n) * c.hours_per_week
                } else {
                    1.0
                };
                weights += weight;
                sum += weight * rate(c);
            }
            if weights == 0.0 { 0.0 } else { sum / weights }
        };
        (
            mean(|c| c.freelance.is_none(), |c| c.pay.per_paid_hour),
            mean(|_| true, |c| c.pay.per_paid_hour * c.pay.overtime_factor),
        )
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
