//! What one more head would buy: the rise of each promise's mean share, team by team.
//!
//! Where a pool's curves tell how its promises are kept, they tell this, too. Where skills overlap, work overflows or tiers hand on
//! ([`crossed`](super::crossed)), the plan is played again with one more of a team, on the same random numbers: every
//! replication has one of the team's positions twice, so that over all of them the hours lie as the team's do. A rise smaller
//! than its own standard error says nothing and counts as none.

use super::employment::{there, weekly_hours};
use super::formula::weekly;
use super::goal::Goal;
use super::gradient::add_position;
use super::problem::Problem;
use super::proof::Tried;
use crate::random::Seed;
use crate::roster::Roster;
use crate::sim::{self, Ledger};
use crate::time::seconds;
use rayon::prelude::*;

/// Contacts of one replication that kept each promise, and those that counted.
type Counts = Vec<(f64, f64)>;

/// What there is to say of a plan's teams.
pub struct OneMore<'a> {
    problem: &'a Problem<'a>,
    tried: &'a Tried,
    goal: &'a Goal,
    /// Agents on queue per pool and cell.
    cover: Vec<Vec<f64>>,
    /// The plan as it is, where some promise is not told by curves.
    base: Vec<Counts>,
}

impl<'a> OneMore<'a> {
    /// Of a plan.
    #[must_use]
    pub fn of(problem: &'a Problem<'a>, tried: &'a Tried, goal: &'a Goal) -> Self {
        let mut this = Self {
            problem,
            tried,
            goal,
            cover: problem.cover(&tried.candidate.x),
            base: Vec::new(),
        };
        if problem.crossed.iter().any(|teams| !teams.is_empty()) {
            this.base = this.played(|_| tried.case.roster.clone());
        }
        this
    }

    /// Rise of promises' mean shares with one more head of a team that is on queue at `own` agents per cell.
    #[must_use]
    pub fn rises(&self, t: usize, own: &[f64]) -> Vec<(String, f64)> {
        let helps = |teams: &Vec<usize>| teams.contains(&t);
        let rises = if self.problem.crossed.iter().any(helps) {
            self.simulated(t)
        } else {
            self.by_curves(t, own)
        };
        let promises = &self.problem.scenario.promises;
        let named = rises.into_iter();
        named
            .map(|(p, rise)| (promises[p].name.clone(), rise))
            .collect()
    }

    /// Hours a week of one head of a team that is not on leave.
    fn week_h(&self, t: usize) -> f64 {
        let team = &self.problem.scenario.teams[t];
        let contract = team.heads.first().and_then(|h| h.contract);
        let scenario = self.problem.scenario;
        weekly_hours(scenario, contract) * there(scenario, team, contract)
    }

    /// By the tuned curves, the head's hours spread as the team's are.
    fn by_curves(&self, t: usize, own: &[f64]) -> Vec<(usize, f64)> {
        let problem = self.problem;
        let p = problem.demand.pool_of[t];
        let extra = self.week_h(t) * problem.on_queue[t] / (problem.grid.step_s() / 3600.0);
        let there = weekly(problem, own).max(1e-9);
        let mut more = self.cover.clone();
        more[p]
            .iter_mut()
            .zip(own)
            .for_each(|(c, o)| *c += extra * o / there);
        let (before, after) = (problem.predict(&self.cover), problem.predict(&more));
        let rise = |promise: usize| {
            let mut sum = (0.0, 0.0);
            for (g, group) in problem.groups.iter().enumerate() {
                if group.promise == promise {
                    sum.0 += after[g] - before[g];
                    sum.1 += group.offered;
                }
            }
            sum.0 / f64::max(sum.1, f64::MIN_POSITIVE)
        };
        let queues = problem.demand.pools[p].queues.iter();
        queues.map(|q| (q.promise, rise(q.promise))).collect()
    }

    /// By playing the plan with a position of the team twice.
    fn simulated(&self, t: usize) -> Vec<(usize, f64)> {
        let roster = &self.tried.case.roster;
        let positions = &roster.teams[t].positions;
        let duty = |p: &crate::roster::Position| -> f64 {
            p.duties.iter().map(|d| seconds(d.end - d.start)).sum()
        };
        let mean_h =
            positions.iter().map(duty).sum::<f64>() / 3600.0 / positions.len().max(1) as f64;
        if mean_h <= 0.0 {
            return Vec::new();
        }
        // Positions are people at work; a head is on leave for some of the time.
        let scale = self.week_h(t) * self.problem.grid.weeks / mean_h;
        let after = self.played(|replication| {
            let mut more = roster.clone();
            let at = (replication as usize * positions.len()) / self.goal.search.max(1) as usize;
            add_position(&mut more.teams[t], positions[at % positions.len()].clone());
            more
        });
        let promises = 0..self.problem.scenario.promises.len();
        promises
            .map(|p| (p, scale.min(1.0) * self.rise(p, &after)))
            .filter(|rise| rise.1 > 0.0)
            .collect()
    }

    /// Mean rise of a promise's share over replications where it stands out of its own noise, else 0.
    fn rise(&self, promise: usize, after: &[Counts]) -> f64 {
        let share = |counts: &Counts| {
            let (good, all) = counts[promise];
            (all > 0.0).then(|| good / all)
        };
        let pairs = self.base.iter().zip(after);
        let rises: Vec<f64> = pairs
            .filter_map(|(before, after)| Some(share(after)? - share(before)?))
            .collect();
        match crate::stats::mean_estimate(&rises, ONE_ERROR) {
            Some(rise) if rise.low > 0.0 => rise.value,
            _ => 0.0,
        }
    }

    /// Plays the search's replications, each with a roster of its own.
    fn played(&self, roster: impl Fn(u64) -> Roster + Sync) -> Vec<Counts> {
        let one = |replication: u64| {
            let seed = Seed {
                seed: self.goal.seed,
                replication,
            };
            counts(&sim::play(
                &self.tried.case.world,
                &roster(replication),
                seed,
            ))
        };
        (0..self.goal.search).into_par_iter().map(one).collect()
    }
}

/// Confidence of an interval that is one standard error wide on either side.
const ONE_ERROR: f64 = 0.68;

fn counts(ledger: &Ledger) -> Counts {
    let promises = ledger.promises.chunks(ledger.interval_count.max(1));
    let sum = |kept: &[sim::Kept]| {
        let add = |(good, total): (f64, f64), k: &sim::Kept| {
            (good + f64::from(k.good), total + f64::from(k.total))
        };
        kept.iter().fold((0.0, 0.0), add)
    };
    promises.map(sum).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crate::optimize::testing::{planned, quick};
    use crate::scenario::testing::load;

    /// Two kinds of calls, people for either and people for both.
    const TEXT: &str = r#"
start  = 2027-01-11
length = "2 weeks"
zone   = "Europe/Berlin"
[demand]
counted  = "first contacts"
busyness = "none"
[channel.phone]
kind   = "live"
open   = "Mon-Fri 08:00-16:00"
redial = "none"
[topic.orders]
per_week = 1_440
handle   = "5m"
ends     = { resolved = "100%" }
[topic.bills]
per_week = 960
handle   = "5m"
ends     = { resolved = "100%" }
[promise.orders]
target = "80% of orders within 20s"
[promise.bills]
target = "80% of bills within 20s"
[contract.full]
hours = "40h/week"
pay   = "EUR 20/h"
[shift.day]
start  = ["08:00"]
length = "8h"
[team.orders]
heads     = { full = 4 }
skills    = { topics = ["orders"] }
shifts    = ["day"]
roster    = "fit"
shrinkage = "none"
[team.bills]
like   = "orders"
skills = { topics = ["bills"] }
[team.both]
like   = "orders"
heads  = { full = 2 }
skills = { topics = ["orders", "bills"] }
[decide]
"team.orders.heads.full" = { from = 1, to = 12 }
"team.bills.heads.full" = { from = 1, to = 12 }
"team.both.heads.full" = { from = 1, to = 2 }
"#;

    #[test]
    fn where_skills_overlap_a_head_helps_what_its_team_can_do() {
        let plan = planned(load(TEXT, &[]), &quick(6, 24, 24)).plan;
        assert!(plan.proved);
        let rise = |team: &str, promise: &str| {
            let of = plan.why.teams.iter().find(|t| t.name == team).unwrap();
            let found = of.one_more.iter().find(|(name, _)| name == promise);
            found.map_or(0.0, |(_, rise)| *rise)
        };
        // Who can do one kind helps it most, and the other only by leaving those for both to it.
        assert!(rise("orders", "orders") > 1.5 * rise("orders", "bills"));
        assert!(rise("bills", "bills") > 1.5 * rise("bills", "orders"));
        assert!(rise("both", "orders") > 0.01 && rise("both", "bills") > 0.01);
        // The plan is held up by both promises, and more of either has its price.
        for promise in &plan.why.promises {
            let price = promise.per_point.unwrap();
            assert!(price > 1.0, "{}: {price}", promise.name);
        }
    }
}
