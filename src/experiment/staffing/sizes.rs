//! Sizes of teams: counting them, splitting them over contracts, letting seats follow, and what an hour costs.

use crate::roster;
use crate::scenario::model::{Scenario, Team};

/// People of a team.
pub(super) fn size(team: &Team) -> u32 {
    team.heads.iter().map(|h| h.count).sum()
}

/// What an hour on queue of a team costs, about.
pub(super) fn hour_on_queue(scenario: &Scenario, t: usize) -> f64 {
    let team = &scenario.teams[t];
    let heads = f64::from(size(team));
    let hours = roster::weekly_hours(scenario, team);
    let share = team.shrinkage.on_queue_share().max(0.05);
    let weeks_a_month = 365.25 / 7.0 / 12.0;
    let per_head = scenario.cost_per_head_month(t) / weeks_a_month * heads;
    let pay = match team.vendor {
        Some(v) => scenario.mean_price(v) * hours,
        None => scenario.team_pay(t).0.mean(0, scenario.horizon.length()) * hours,
    };
    (pay + per_head) / (hours * share).max(1e-9)
}

/// A number of people split like `written`, by largest remainders.
pub(super) fn apportion(total: u32, written: &[u32]) -> Vec<u32> {
    let sum: u64 = written.iter().map(|&n| u64::from(n)).sum();
    if sum == 0 {
        return written.to_vec();
    }
    let exact = |n: u32| u64::from(n) * u64::from(total);
    let mut shares: Vec<u32> = written.iter().map(|&n| (exact(n) / sum) as u32).collect();
    let mut order: Vec<usize> = (0..written.len()).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(exact(written[i]) % sum), i));
    let left = total - shares.iter().sum::<u32>();
    for &i in order.iter().take(left as usize) {
        shares[i] += 1;
    }
    shares
}

/// Gives the teams their sizes, split over contracts as written, and every site seats in the proportion written.
pub(super) fn arrange(scenario: &mut Scenario, written: &Scenario, teams: &[usize], sizes: &[u32]) {
    for (&t, &size) in teams.iter().zip(sizes) {
        let as_written: Vec<u32> = written.teams[t].heads.iter().map(|h| h.count).collect();
        let shares = apportion(size, &as_written);
        for (heads, count) in scenario.teams[t].heads.iter_mut().zip(shares) {
            heads.count = count;
        }
    }
    let there = |teams: &[Team], site: usize| -> u32 {
        teams.iter().filter(|t| t.site == site).map(size).sum()
    };
    for s in 0..scenario.sites.len() {
        let (before, now) = (there(&written.teams, s), there(&scenario.teams, s));
        if let (Some(seats), true) = (written.sites[s].seats, before > 0) {
            let scaled = u64::from(seats) * u64::from(now);
            scenario.sites[s].seats = Some(scaled.div_ceil(u64::from(before)) as u32);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_split_as_written() {
        assert_eq!(apportion(10, &[60, 12]), [8, 2]);
        assert_eq!(apportion(1, &[60, 12]), [1, 0]);
        assert_eq!(apportion(7, &[1, 1]), [4, 3]);
        assert_eq!(apportion(0, &[4, 3]), [0, 0]);
    }
}
