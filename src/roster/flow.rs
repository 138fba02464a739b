//! Where contacts go: between tiers and teams, and out and back again.

use crate::random::Law;
use crate::scenario::model::{End, Scenario};
use crate::time::ticks;

/// Equally likely delays that stand for the law of returns.
const ATOMS: usize = 64;
/// Rounds of hand-offs followed; ping-pong dies out geometrically and leaves nothing after these.
const ROUNDS: usize = 50;
/// Shares of returns above this would make demand explode; the reader refuses 100 %.
const MOST_RETURNS: f64 = 0.95;

/// What one contact of a stream causes on its way through the tiers.
#[derive(Debug, Clone, PartialEq)]
pub struct Visits {
    /// Pieces of work at each tier.
    pub visits: Vec<f64>,
    /// Of these, the pieces handed straight to a team.
    pub to_team: Vec<f64>,
    /// Share of contacts that end unresolved and come back.
    pub returns: f64,
}

/// Follows one contact of a stream through its hand-offs.
#[must_use]
pub fn visits(scenario: &Scenario, stream: usize) -> Visits {
    let work = &scenario.streams[stream].work;
    let mut out = Visits {
        visits: vec![0.0; work.len()],
        to_team: vec![0.0; scenario.teams.len()],
        returns: 0.0,
    };
    let mut arriving = vec![0.0; work.len()];
    arriving[0] = 1.0;
    for _ in 0..ROUNDS {
        let mut next = vec![0.0; work.len()];
        for (tier, &n) in arriving.iter().enumerate() {
            out.visits[tier] += n;
            for &(share, end) in &work[tier].ends {
                match end {
                    End::Resolved => {}
                    End::Returns => out.returns += n * share,
                    End::Engineering => {
                        let back = scenario.engineering.as_ref().map_or(0.0, |e| e.back);
                        next[tier] += n * share * back;
                    }
                    End::Tier(to) => next[to] += n * share,
                    End::Team(to) => {
                        out.to_team[to] += n * share;
                        next[scenario.teams[to].tier] += n * share;
                    }
                }
            }
        }
        arriving = next;
    }
    out.returns = out.returns.min(MOST_RETURNS);
    out
}

/// Contacts that come back later: how many, and after how many planning intervals.
pub struct Delay {
    /// `(intervals, share of contacts)`, no delay first.
    atoms: Vec<(usize, f64)>,
}

/// The returns of a stream; nobody where measured counts contain them already.
pub fn returns(scenario: &Scenario, stream: usize) -> Delay {
    let s = &scenario.streams[stream];
    let share = visits(scenario, stream).returns;
    if !s.comes_back || share <= 0.0 {
        return Delay { atoms: Vec::new() };
    }
    Delay {
        atoms: atoms(scenario, &scenario.topics[s.topic].returns_after, share),
    }
}

/// Equally likely delays of a law as `(intervals, share)`, ascending; the shares sum to `share`.
pub fn atoms(scenario: &Scenario, after: &Law, share: f64) -> Vec<(usize, f64)> {
    let step = scenario.horizon.interval();
    let mut atoms: Vec<(usize, f64)> = Vec::new();
    for i in 0..ATOMS {
        let delay = after.quantile((i as f64 + 0.5) / ATOMS as f64);
        let intervals = (ticks(delay) / step) as usize;
        let part = share / ATOMS as f64;
        // Quantiles ascend, so equal delays are neighbours.
        match atoms.last_mut() {
            Some(last) if last.0 == intervals => last.1 += part,
            _ => atoms.push((intervals, part)),
        }
    }
    atoms
}

impl Delay {
    /// Closes interval `i`: contacts that come back within it are met at once, later ones are offered again in theirs.
    pub fn pass_on(&mut self, i: usize, met: &mut [f64], offered: &mut [f64]) {
        let mut later = self.atoms.as_slice();
        if let Some((&(0, at_once), rest)) = later.split_first() {
            met[i] /= 1.0 - at_once;
            later = rest;
        }
        let n = met[i];
        for &(after, share) in later {
            if let Some(slot) = offered.get_mut(i + after) {
                *slot += n * share;
            }
        }
    }
}
