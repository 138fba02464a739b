//! Cuts: what the simulation of a plan says about every plan near it.
//!
//! Where a promise is broken at a plan with `ybar` agents per team and cell and its share is `g(ybar)` with slopes `q`
//! ([`gradient`](super::gradient)), every plan `y` that keeps it has `q . y >= q . ybar + target - g(ybar)`, as far as `g` is
//! concave there. Cuts are corrected by what is seen later: a plan that does better than a cut allows lifts the
//! cut to itself. One that has not been near binding for some rounds is dropped.

use super::gradient::{Base, shares, slopes, step};
use super::problem::{Problem, Tuning};
use std::collections::{BTreeMap, BTreeSet};

/// Rounds with much slack after which a cut is dropped.
const IDLE: u32 = 3;
/// Slack of a cut, in points of its group's share, from which it is not near binding.
const SLACK: f64 = 0.03;

/// A cut on one group of contacts.
#[derive(Debug, Clone, PartialEq)]
pub struct Cut {
    /// Group (index).
    pub group: usize,
    /// Share gained per agent on queue in a cell (of all the pattern's weeks), `[team][cell]`.
    pub slopes: Vec<Vec<f64>>,
    /// `q . ybar`.
    pub at: f64,
    /// Share of the group's contacts that kept the promise there.
    pub share: f64,
    /// Rounds in a row with much slack.
    idle: u32,
}

impl Cut {
    /// A cut through a plan (numbers of every column) with the share seen there; `None` where no agent would help, so
    /// that it could say nothing.
    #[must_use]
    pub fn new(
        problem: &Problem,
        group: usize,
        slopes: Vec<Vec<f64>>,
        x: &[f64],
        share: f64,
    ) -> Option<Self> {
        let mut cut = Self {
            group,
            slopes,
            at: 0.0,
            share,
            idle: 0,
        };
        cut.at = cut.reach(problem, x);
        cut.slopes.iter().flatten().any(|q| *q > 0.0).then_some(cut)
    }

    /// What one more of a column adds to `q . y`.
    #[must_use]
    pub fn of_column(&self, problem: &Problem, c: usize) -> f64 {
        let column = &problem.columns[c];
        let slopes = &self.slopes[column.team];
        let sum: f64 = column
            .covers
            .iter()
            .map(|&(cell, share)| share * slopes[cell])
            .sum();
        sum * problem.on_queue[column.team]
    }

    /// `q . y` of a plan, agents apart that are not planned.
    #[must_use]
    pub fn reach(&self, problem: &Problem, x: &[f64]) -> f64 {
        let used = x.iter().enumerate().filter(|(_, n)| **n > 0.0);
        used.map(|(c, n)| n * self.of_column(problem, c)).sum()
    }

    /// What `q . y` has to be for the promise's aim.
    #[must_use]
    pub fn need(&self, problem: &Problem, tuning: &Tuning) -> f64 {
        let aim = tuning.aim[problem.groups[self.group].promise];
        self.at + aim - self.share
    }
}

/// Adds cuts through a plan for every promise that curves do not tell and that is not kept beyond its doubt; how many.
///
/// `short` are these promises, `base` the plan's plays.
pub fn add(problem: &Problem, tuning: &mut Tuning, x: &[f64], base: &Base, short: &[usize]) -> u32 {
    let shares = shares(problem, base.seen);
    let groups_of = |promise: usize| {
        let of = move |g: &usize| {
            let group = &problem.groups[*g];
            group.promise == promise && group.offered > 0.0
        };
        (0..problem.groups.len()).filter(of)
    };
    // Promises that are tried with as many agents more share their plays.
    let mut alike: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for &promise in short.iter().filter(|&&p| !problem.crossed[p].is_empty()) {
        let level = groups_of(promise).map(|g| shares[g]).fold(1.0, f64::min);
        alike.entry(step(level)).or_default().push(promise);
    }
    let mut added = 0;
    for (step, promises) in alike {
        let groups: Vec<usize> = promises.iter().flat_map(|&p| groups_of(p)).collect();
        let teams: BTreeSet<usize> = promises
            .iter()
            .flat_map(|&p| problem.crossed[p].iter().copied())
            .collect();
        let slopes = slopes(problem, base, &groups, &teams, step);
        for (&group, mut slopes) in groups.iter().zip(slopes) {
            let promise = problem.groups[group].promise;
            for team in teams
                .iter()
                .filter(|t| !problem.crossed[promise].contains(t))
            {
                slopes[*team].fill(0.0);
            }
            if shares[group] < tuning.aim[promise] {
                let cut = Cut::new(problem, group, slopes, x, shares[group]);
                added += u32::from(cut.is_some());
                tuning.cuts.extend(cut);
            }
        }
    }
    added
}

/// Holds the cuts against a plan that was simulated: lifts those it does better than, drops those idle for long.
pub fn review(problem: &Problem, tuning: &mut Tuning, x: &[f64], shares: &[f64]) {
    let mut cuts = std::mem::take(&mut tuning.cuts);
    for cut in &mut cuts {
        let reach = cut.reach(problem, x);
        let said = cut.share + reach - cut.at;
        cut.share += (shares[cut.group] - said).max(0.0);
        let slack = reach - cut.need(problem, tuning);
        cut.idle = if slack > SLACK { cut.idle + 1 } else { 0 };
    }
    cuts.retain(|c| c.idle < IDLE);
    tuning.cuts = cuts;
}
