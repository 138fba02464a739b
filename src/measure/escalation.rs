//! The escalation matrix: where work goes when it ends, tier to tier and team to team; and who answers and resolves.

use super::metric::Ratio;
use crate::scenario::model::Scenario;
use crate::sim::{FLOW_ENDS, TeamSums};

/// What [`tier_share`] and [`team_share`] are, for `explain`.
pub const ESCALATION_MATRIX: &str = "Where work goes when it ends. By tier: of the pieces of work that ended at a tier, the share that went to each tier (to itself: sent on by a wrong team of the tier), was resolved, returns later, or went to engineering. By team: per piece of work of a team, the contacts that somebody of each other team took on next, whatever the reason: a tier up or down, a hand-over at the end of a shift, a follow-up that another team answers. Teams of automation pass on and take on like any other.";

/// What the shares of contacts are, for `explain`.
pub const SHARES: &str = "Shares of contacts: by the tier that resolved them, of all resolved by support; by vendor (and our own teams) whose people began to work on them, of all answered by people; by language, of all offered.";

/// Names of a tier's ends beside the tiers.
pub const ENDS: [&str; FLOW_ENDS] = ["resolved", "returns", "engineering"];

/// Pieces of work of a replication that ended at a tier in a column (a tier, or one of [`ENDS`]), of all that ended there.
#[must_use]
pub fn tier_share(flow: &[u64], tiers: usize, from: usize, to: usize) -> Ratio {
    let row = &flow[from * (tiers + FLOW_ENDS)..(from + 1) * (tiers + FLOW_ENDS)];
    (row[to] as f64, row.iter().sum::<u64>() as f64)
}

/// Contacts of a replication that passed from one team to another, skill groups together, per piece of work of the first.
#[must_use]
pub fn team_share(
    scenario: &Scenario,
    passes: &[u64],
    teams: &[TeamSums],
    from: usize,
    to: usize,
) -> Ratio {
    let n = scenario.teams.len();
    let passed: u64 = scenario
        .members(from)
        .flat_map(|a| scenario.members(to).map(move |b| passes[a * n + b]))
        .sum();
    let items: u64 = scenario.members(from).map(|a| teams[a].items).sum();
    (passed as f64, items as f64)
}

/// Contacts of a replication resolved at a tier, of all that support resolved.
#[must_use]
pub fn resolved_share(flow: &[u64], tiers: usize, tier: usize) -> Ratio {
    let resolved = |t: usize| flow[t * (tiers + FLOW_ENDS) + tiers];
    let all: u64 = (0..tiers).map(resolved).sum();
    (resolved(tier) as f64, all as f64)
}

/// Contacts of a replication first worked on by people of a vendor (`None`: our own), of all answered by people.
#[must_use]
pub fn answered_share(scenario: &Scenario, teams: &[TeamSums], vendor: Option<usize>) -> Ratio {
    let all: u64 = teams.iter().map(|t| t.answered).sum();
    let own = scenario.teams.iter().zip(teams);
    let own = own.filter(|(team, _)| team.vendor == vendor);
    (own.map(|(_, t)| t.answered).sum::<u64>() as f64, all as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_tiers_sums_to_one() {
        // Two tiers: 100 pieces end at the first, 25 at the second.
        let flow = [0, 20, 70, 10, 0, 5, 0, 12, 5, 3];
        for from in 0..2 {
            let row = (0..5).map(|to| tier_share(&flow, 2, from, to));
            let sum: f64 = row.map(|(n, of)| n / of).sum();
            assert!((sum - 1.0).abs() < 1e-12);
        }
        assert_eq!(tier_share(&flow, 2, 1, 0), (5.0, 25.0));
        assert_eq!(resolved_share(&flow, 2, 0), (70.0, 82.0));
    }
}
