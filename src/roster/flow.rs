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

/// Matters of a stream's customers that follow later, with the streams they come on.
pub struct Following {
    /// `(stream, planning intervals until then, per contact met)`.
    later: Vec<(usize, usize, f64)>,
}

/// Rounds of further matters about one topic that are followed.
const MATTERS: i32 = 20;

/// What contacts of a stream lead to once they are resolved.
pub fn following(scenario: &Scenario, stream: usize) -> Following {
    let of = &scenario.streams[stream];
    let returns = if of.comes_back {
        visits(scenario, stream).returns
    } else {
        0.0
    };
    let mut later = Vec::new();
    for next in &scenario.topics[of.topic].leads_to {
        let channels = &scenario.topics[next.topic].channels;
        let same =
            |s: &crate::scenario::model::Stream| s.topic == next.topic && s.same_customers(of);
        let streams = scenario.streams.iter().enumerate();
        let to: Vec<(usize, f64)> = streams
            .filter(|(_, s)| same(s))
            .map(|(i, s)| (i, channels[s.channel]))
            .collect();
        let total: f64 = to.iter().map(|t| t.1).sum();
        let step = scenario.horizon.interval();
        let again = 1.0 - 1.0 / next.contacts;
        for round in 0..MATTERS {
            let more = again.powi(round);
            if more < 1e-6 {
                break;
            }
            let apart = (ticks(next.apart.mean()) / step) as usize * round as usize;
            for (after, share) in atoms(scenario, &next.after, (1.0 - returns) * next.share * more)
            {
                for &(s, channel) in to.iter().filter(|t| t.1 > 0.0) {
                    later.push((s, after + apart, share * channel / total));
                }
            }
        }
    }
    Following { later }
}

impl Following {
    /// The contacts met in interval `i` lead to others in later ones.
    pub fn lead(&self, i: usize, met: f64, offered: &mut [Vec<f64>]) {
        for &(stream, after, share) in &self.later {
            // What follows at once comes in the next interval: this one's are counted already.
            if let Some(slot) = offered[stream].get_mut(i + after.max(1)) {
                *slot += met * share;
            }
        }
    }
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
