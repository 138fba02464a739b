//! How much hangs on few: work that only one team or one person can do, and how concentrated capacity is.

use crate::roster::{Roster, flow};
use crate::scenario::arrivals;
use crate::scenario::model::Scenario;
use crate::sim::TeamSums;
use crate::stats::unordered_sum;

/// Shares of the expected work (pieces of work, weighted by volume and by how many come to each tier) that hang on few.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Exposure {
    /// Work that only one team has the skill for.
    pub one_team_share: f64,
    /// Work that only one person has the skill for.
    pub one_person_share: f64,
}

/// Key-person and key-team exposure of a scenario; `None` where no work is expected.
#[must_use]
pub fn exposure(scenario: &Scenario, roster: &Roster) -> Option<Exposure> {
    let (mut all, mut team, mut person) = (0.0, 0.0, 0.0);
    for (s, stream) in scenario.streams.iter().enumerate() {
        let volume: f64 = arrivals::expected(scenario, s).iter().sum();
        let visits = flow::visits(scenario, s).visits;
        for (tier, pieces) in visits.iter().enumerate() {
            let work = volume * pieces;
            let skilled = |t: &usize| {
                let own = &scenario.teams[*t];
                own.tier == tier && own.skills[s].is_some() && people(scenario, roster, *t) > 0
            };
            let able: Vec<usize> = (0..scenario.teams.len()).filter(skilled).collect();
            if stream.work[tier].ends.is_empty() || able.is_empty() {
                continue;
            }
            let heads: usize = able.iter().map(|&t| people(scenario, roster, t)).sum();
            all += work;
            let unit = scenario.teams[able[0]].unit;
            let one = able.iter().all(|&t| scenario.teams[t].unit == unit);
            team += if one { work } else { 0.0 };
            person += if heads == 1 { work } else { 0.0 };
        }
    }
    (all > 0.0).then(|| Exposure {
        one_team_share: team / all,
        one_person_share: person / all,
    })
}

/// People of a team: positions on its roster; automation stands for any number.
fn people(scenario: &Scenario, roster: &Roster, team: usize) -> usize {
    let vendor = scenario.teams[team].vendor;
    if vendor.is_some_and(|v| scenario.vendors[v].unlimited) {
        usize::MAX / 64
    } else {
        roster.teams[team].positions.len()
    }
}

/// Herfindahl index of capacity in one replication: the sum of the squares of the teams' shares of time in hand. One team
/// alone gives 1, `n` alike give `1 / n`.
#[must_use]
pub fn concentration(teams: &[TeamSums]) -> Option<f64> {
    let total: f64 = teams.iter().map(|t| t.handling as f64).sum();
    let share = |t: &TeamSums| t.handling as f64 / total;
    (total > 0.0).then(|| unordered_sum(teams.iter().map(|t| share(t).powi(2))))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn concentration_is_one_over_the_number_of_equal_teams() {
        let team = |handling| TeamSums {
            handling,
            ..TeamSums::default()
        };
        assert_eq!(concentration(&[team(5)]).unwrap(), 1.0);
        assert!(
            (concentration(&[team(7), team(7), team(7), team(7)]).unwrap() - 0.25).abs() < 1e-12
        );
        assert!((concentration(&[team(3), team(1)]).unwrap() - 0.625).abs() < 1e-12);
        assert_eq!(concentration(&[team(0)]), None);
    }
}
