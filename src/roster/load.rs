//! Expected work per stream, tier and planning interval, and what of it falls to each team.
//!
//! This is a fluid view, for placing people and for first requirements: contacts that find their channel closed go
//! where the channel says; returns and hand-offs multiply work as their shares say, at the time of the first contact;
//! redials are left out (a staffed organisation has few); conversations count at the middle of the concurrency the
//! channel allows; deferred work is spread over the open hours in which its promise falls due.

use crate::scenario::arrivals;
use crate::scenario::model::{ChannelKind, End, PromiseEvent, Scenario};
use crate::time::{HOUR, OpenHours, Tick, ticks};

/// Deferred work without a promise is spread over this much open time.
const UNPROMISED: Tick = 8 * HOUR;

/// Expected agent-seconds of work.
#[derive(Debug, Clone, PartialEq)]
pub struct Load {
    /// `[stream][tier][interval]`: agent-seconds at a team of ordinary proficiency.
    pub work: Vec<Vec<Vec<f64>>>,
    /// `[stream][interval]`: contacts let in, returns included.
    pub contacts: Vec<Vec<f64>>,
}

/// The expected load of a scenario's demand.
#[must_use]
pub fn load(scenario: &Scenario) -> Load {
    let horizon = &scenario.horizon;
    let until = horizon.length() + 14 * 24 * HOUR;
    let open: Vec<OpenHours> = scenario
        .channels
        .iter()
        .map(|c| OpenHours::lay(&c.open, horizon.zone(), &c.holidays, horizon, until))
        .collect();
    let contacts = let_in(scenario, &open);
    let mut all = Vec::with_capacity(contacts.len());
    let mut offered = Vec::with_capacity(contacts.len());
    for (s, first) in contacts.iter().enumerate() {
        let stream = &scenario.streams[s];
        let channel = &scenario.channels[stream.channel];
        let (visits, returns) = visits(scenario, s);
        let again = if stream.comes_back {
            1.0 / (1.0 - returns.min(0.95))
        } else {
            1.0
        };
        let per_item = channel.effort_per_logged_second() * channel.touches.mean.max(1.0)
            / channel.throughput(f64::midpoint(1.0, channel.speeds.len() as f64));
        let tiers = visits.iter().zip(&stream.work).map(|(visit, work)| {
            let seconds = visit * again * work.handle.mean() * per_item;
            let arriving: Vec<f64> = first.iter().map(|n| n * seconds).collect();
            if channel.kind == ChannelKind::Deferred {
                spread(scenario, s, &open[stream.channel], &arriving)
            } else {
                arriving
            }
        });
        all.push(tiers.collect());
        offered.push(first.iter().map(|n| n * again).collect());
    }
    Load {
        work: all,
        contacts: offered,
    }
}

/// Contacts per stream and interval after those that find their channel closed have gone where it says.
fn let_in(scenario: &Scenario, open: &[OpenHours]) -> Vec<Vec<f64>> {
    let step = scenario.horizon.interval();
    let first: Vec<Vec<f64>> = scenario
        .streams
        .iter()
        .map(|s| arrivals::expected(scenario, s))
        .collect();
    let mut out = first.clone();
    for (s, stream) in scenario.streams.iter().enumerate() {
        let channel = &scenario.channels[stream.channel];
        if channel.kind == ChannelKind::Deferred {
            continue;
        }
        for (i, &n) in first[s].iter().enumerate() {
            let from = i as Tick * step;
            let closed = n
                * (1.0 - open[stream.channel].open_between(from, from + step) as f64 / step as f64);
            out[s][i] -= closed;
            for &(share, to) in &channel.closed {
                let same = |o: &crate::scenario::model::Stream| {
                    o.channel == to
                        && o.topic == stream.topic
                        && o.language == stream.language
                        && o.priority == stream.priority
                };
                if let Some(target) = scenario.streams.iter().position(same) {
                    out[target][i] += share * closed;
                }
            }
        }
    }
    out
}

/// Pieces of work at each tier per contact, and the share of contacts that return unresolved.
fn visits(scenario: &Scenario, stream: usize) -> (Vec<f64>, f64) {
    let work = &scenario.streams[stream].work;
    let mut visits = vec![0.0; work.len()];
    let mut arriving = vec![0.0; work.len()];
    arriving[0] = 1.0;
    let mut returns = 0.0;
    // Ping-pong dies out geometrically; fifty rounds leave nothing that matters.
    for _ in 0..50 {
        let mut next = vec![0.0; work.len()];
        for (tier, &n) in arriving.iter().enumerate() {
            visits[tier] += n;
            for &(share, end) in &work[tier].ends {
                match end {
                    End::Resolved => {}
                    End::Returns => returns += n * share,
                    End::Tier(to) => next[to] += n * share,
                    End::Team(to) => next[scenario.teams[to].tier] += n * share,
                }
            }
        }
        arriving = next;
    }
    (visits, returns)
}

/// Spreads deferred work evenly over the open time from its arrival to its deadline.
fn spread(scenario: &Scenario, stream: usize, open: &OpenHours, arriving: &[f64]) -> Vec<f64> {
    let step = scenario.horizon.interval();
    let promise = scenario
        .promises
        .iter()
        .find(|p| p.event != PromiseEvent::Resolution && p.streams.contains(&stream));
    let window = promise.map_or(UNPROMISED, |p| ticks(p.within_s)).max(step);
    let mut out = vec![0.0; arriving.len()];
    for (i, &work) in arriving.iter().enumerate().filter(|(_, w)| **w > 0.0) {
        let from = open.next_open(i as Tick * step);
        if from == crate::time::NEVER {
            continue;
        }
        let to = open.add(from, window);
        let total = open.open_between(from, to).max(1) as f64;
        let mut at = from;
        while at < to {
            let interval = (at / step) as usize;
            let next = ((interval as Tick + 1) * step).min(to);
            if let Some(slot) = out.get_mut(interval) {
                *slot += work * open.open_between(at, next) as f64 / total;
            }
            at = next;
        }
    }
    out
}

/// `[team][interval]`: erlangs (busy agents) that fall to each team.
///
/// The first route that covers a stream and tier says who takes it: shares first, the rest to the entries without
/// delay; without a route, teams with the skill take it in proportion to their people on queue.
#[must_use]
pub fn team_load(scenario: &Scenario, load: &Load) -> Vec<Vec<f64>> {
    let step = crate::time::seconds(scenario.horizon.interval());
    let mut out = vec![vec![0.0; scenario.horizon.intervals()]; scenario.teams.len()];
    for (s, tiers) in load.work.iter().enumerate() {
        for (tier, work) in tiers.iter().enumerate() {
            for (team, share) in shares(scenario, s, tier) {
                let factor = scenario.teams[team].skills[s].map_or(1.0, |p| p.handle_factor);
                for (slot, seconds) in out[team].iter_mut().zip(work) {
                    *slot += share * factor * seconds / step;
                }
            }
        }
    }
    out
}

/// Which teams take a stream's work at a tier, with shares that sum to 1 (or nothing where nobody can).
#[must_use]
pub fn shares(scenario: &Scenario, stream: usize, tier: usize) -> Vec<(usize, f64)> {
    let skilled =
        |t: usize| scenario.teams[t].tier == tier && scenario.teams[t].skills[stream].is_some();
    let route = scenario
        .routes
        .iter()
        .find(|r| r.tier == tier && r.streams.contains(&stream));
    let Some(route) = route else {
        return by_people(
            scenario,
            (0..scenario.teams.len()).filter(|&t| skilled(t)).collect(),
            1.0,
        );
    };
    let mut out = Vec::new();
    let mut rest = 1.0;
    for entry in route.to.iter().filter(|e| skilled(e.team)) {
        if let Some(share) = entry.share.filter(|s| *s > 0.0) {
            out.push((entry.team, share));
            rest -= share;
        }
    }
    let plain = |delayed: bool| {
        route
            .to
            .iter()
            .filter(|e| skilled(e.team) && e.share.is_none() && (e.after_s > 0.0) == delayed)
            .map(|e| e.team)
            .collect::<Vec<_>>()
    };
    let direct = plain(false);
    out.extend(by_people(
        scenario,
        if direct.is_empty() {
            plain(true)
        } else {
            direct
        },
        rest.max(0.0),
    ));
    out
}

/// Splits `rest` over teams in proportion to their people on queue, evenly where there are none.
fn by_people(scenario: &Scenario, teams: Vec<usize>, rest: f64) -> Vec<(usize, f64)> {
    let people = |t: usize| {
        let team = &scenario.teams[t];
        team.heads.iter().map(|h| f64::from(h.count)).sum::<f64>() * team.shrinkage.on_queue_share()
    };
    let total: f64 = teams.iter().map(|&t| people(t)).sum();
    let even = 1.0 / teams.len().max(1) as f64;
    teams
        .iter()
        .map(|&t| (t, rest * if total > 0.0 { people(t) / total } else { even }))
        .collect()
}
