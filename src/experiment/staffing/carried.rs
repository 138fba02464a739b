//! Whether work is kept up with, where no promise asks: nobody saves the people behind the first answer.
//!
//! Two things can go wrong for ever without any promise being broken. Tickets that may lie lie longer week by week; that
//! shows in what waits at the quietest moment of a week ([`left_lying`]). And where customers wait on the line for the
//! next tier, nothing grows: they give up. There the workload decides, as it would if they did not: a queue is stable when
//! less work comes than there is time for (Little's traffic intensity below 1; Kleinrock 1975, 2.1), so a tier must have hours
//! on queue for everything that is handed to it, whatever part of it got away ([`short_tier`]).

use super::seen::Seen;
use crate::scenario::model::Scenario;
use crate::sim::FLOW_ENDS;
use crate::time;
use serde::{Serialize, Serializer};
use std::fmt;

/// Share of a week's contacts by which what is left lying may grow over the horizon.
const LEFT: f64 = 0.01;

/// Work that is not kept up with though no promise is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undone {
    /// Of what may wait more is left lying every week.
    Backlog,
    /// A tier, by its number, is handed more work than its people have hours for.
    Tier(u32),
}

impl fmt::Display for Undone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Backlog => write!(f, "of what may wait more is left lying every week"),
            Self::Tier(tier) => write!(
                f,
                "tier {tier} is handed more work than its people have hours for"
            ),
        }
    }
}

/// As it reads.
impl Serialize for Undone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The first work that is not kept up with.
pub(super) fn undone(scenario: &Scenario, seen: &Seen) -> Option<Undone> {
    let backlog = (left_lying(scenario, seen) > LEFT).then_some(Undone::Backlog);
    let tier = || short_tier(scenario, seen).map(|t| Undone::Tier(scenario.tiers[t].number));
    backlog.or_else(tier)
}

/// By how much what waits at the quietest moment of a week grows from the first whole week after the warm-up to the last, as
/// a share of a week's contacts.
fn left_lying(scenario: &Scenario, seen: &Seen) -> f64 {
    let all = scenario.horizon.intervals();
    let week = (7 * 24 * time::HOUR / scenario.horizon.interval()) as usize;
    let warm = (time::ticks(scenario.warm_up_s) / scenario.horizon.interval()) as usize;
    let weeks = all.saturating_sub(warm) / week.max(1);
    if weeks < 2 {
        return 0.0;
    }
    let least = |w: usize| {
        (warm + w * week..warm + (w + 1) * week)
            .filter_map(|i| seen.waiting.get(i).copied())
            .min()
            .unwrap_or(0)
    };
    let grown = least(weeks - 1) as f64 - least(0) as f64;
    grown / (seen.offered as f64 / weeks as f64).max(1.0)
}

/// The first tier that is handed more work than its people have hours on queue for; `None` where all have enough.
fn short_tier(scenario: &Scenario, seen: &Seen) -> Option<usize> {
    let tiers = scenario.tiers.len();
    (1..tiers).find(|&tier| {
        let (handed, left) = through(&seen.flow, tiers, tier);
        let mut time = (0, 0);
        let here = scenario.teams.iter().zip(&seen.teams);
        for (_, sums) in here.filter(|(team, _)| team.tier == tier) {
            time.0 += sums.handling + sums.turn_round;
            time.1 += sums.on_queue;
        }
        !has_hours(handed, left, time)
    })
}

/// Contacts handed to a tier, and those that left it again with their work done. What passes through engineering counts by
/// what becomes of it in the end.
fn through(flow: &[u64], tiers: usize, tier: usize) -> (u64, u64) {
    let columns = tiers + FLOW_ENDS;
    let handed = (0..tiers).map(|from| flow[from * columns + tier]).sum();
    // The last column is with engineering: it comes back, or is booked as resolved.
    let left = flow[tier * columns..][..columns - 1].iter().sum();
    (handed, left)
}

/// Whether time on queue covers all that was handed on, if it takes as long as what was worked. `time` is busy time and
/// time on queue.
fn has_hours(handed: u64, left: u64, (busy, on_queue): (u64, u64)) -> bool {
    handed == 0 || left > 0 && busy as f64 * handed as f64 <= on_queue as f64 * left as f64
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_lies_at_the_quietest_moment_tells_a_backlog_that_grows() {
        let scenario = crate::scenario::load("tests/cli/small.toml".as_ref()).unwrap();
        let all = scenario.horizon.intervals();
        // Two weeks of 1,000 contacts in which up to 300 wait by day; 5 are never got at in the first week, 25 in the second.
        let lying = |least: u64| (0..all / 2).map(move |i| least + 300 * u64::from(i % 96 > 40));
        let seen = Seen {
            waiting: lying(5).chain(lying(25)).collect(),
            offered: 2_000,
            ..Seen::default()
        };
        assert!((left_lying(&scenario, &seen) - 0.02).abs() < 1e-12);
    }

    #[test]
    fn what_got_away_counts_as_if_it_had_been_worked() {
        // 60 of 100 calls of an hour were worked.
        assert!(has_hours(100, 60, (60, 100)));
        assert!(!has_hours(100, 60, (60, 99)));
        assert!(!has_hours(1, 0, (0, 0)), "nobody is there");
        assert!(has_hours(0, 0, (0, 0)), "nothing comes");
    }

    #[test]
    fn contacts_are_counted_by_the_way_they_take() {
        // Two tiers; 30 go up, 2 of them to the wrong team first, 4 come back down, 5 pass through engineering and 3 of these
        // are resolved there.
        let flow = [[0, 30, 60, 10, 0], [4, 2, 18, 5, 5]].concat();
        assert_eq!(through(&flow, 2, 1), (32, 29));
    }
}
