//! What each pool of teams has to do, per planning cell.
//!
//! A *pool* is a set of teams that take contacts side by side (no delay between them), so their agents are counted
//! together and never once per skill. What customers wait for is a [`Queue`] per promise; what may lie is a [`Flow`]
//! with due dates.

use super::flows::{Flow, Part, flow, promises_of};
use super::grid::Grid;
use crate::queueing::{Start, effective_abandonment_rate, offered_load};
use crate::roster::load::{Load, per_contact};
use crate::roster::{shares, takers};
use crate::scenario::model::{ChannelKind, Population, PromiseEvent, Scenario, Team, Volume};
use crate::time::{HOUR, OpenHours};
use crate::world::World;

/// All pools.
#[derive(Debug, Clone)]
pub struct Demand {
    /// Pools in order of their first team.
    pub pools: Vec<Pool>,
    /// The pool of every team.
    pub pool_of: Vec<usize>,
}

/// Shares of streams' deferred work at the first tier, `[stream][team]`; empty for what routes say.
pub type Split = Vec<Vec<f64>>;

/// Teams that work side by side.
#[derive(Debug, Clone, Default)]
pub struct Pool {
    /// Teams (indexes), ascending.
    pub teams: Vec<usize>,
    /// Promises on work that customers wait for.
    pub queues: Vec<Queue>,
    /// Work that may lie.
    pub flows: Vec<Flow>,
    /// Erlangs of live work per cell: the modified offered load, turn-round and recalled pauses included.
    pub load: Vec<f64>,
    /// Mean agent-seconds per piece of live work.
    pub handle_s: f64,
    /// Live load that only some of the teams can take: `(teams, erlangs per cell)`.
    pub confined: Vec<(Vec<usize>, Vec<f64>)>,
    /// Whether the days' busyness moves it.
    pub busy: bool,
}

/// One promise's contacts in a pool.
#[derive(Debug, Clone)]
pub struct Queue {
    /// Promise (index).
    pub promise: usize,
    /// Contacts per cell of a week.
    pub offered: Vec<f64>,
    /// Streams it stems from and this pool's contacts of each per week.
    pub parts: Vec<(usize, f64)>,
    /// Abandonment rate per second that stands for their patience.
    pub abandons: f64,
    /// Limit in seconds.
    pub within_s: f64,
    /// Who counts.
    pub of: Population,
}

impl Demand {
    /// Reads the demand of a scenario on a grid.
    #[must_use]
    pub fn new(scenario: &Scenario, world: &World, load: &Load, grid: &Grid) -> Self {
        let (groups, pool_of) = pools(world);
        Self::read(scenario, load, grid, (groups, pool_of), &Split::new())
    }

    /// The same, with deferred work split over pools as said.
    #[must_use]
    pub fn with_split(&self, scenario: &Scenario, load: &Load, grid: &Grid, split: &Split) -> Self {
        let bare = |pool: &Pool| Pool {
            teams: pool.teams.clone(),
            ..Pool::default()
        };
        let groups = self.pools.iter().map(bare).collect();
        Self::read(scenario, load, grid, (groups, self.pool_of.clone()), split)
    }

    fn read(
        scenario: &Scenario,
        load: &Load,
        grid: &Grid,
        (groups, pool_of): (Vec<Pool>, Vec<usize>),
        split: &Split,
    ) -> Self {
        let mut reader = Reader::new(scenario, load, grid, &pool_of, groups);
        for stream in 0..scenario.streams.len() {
            reader.stream(stream, split.get(stream).map_or(&[], Vec::as_slice));
        }
        Self {
            pools: reader.finish(),
            pool_of,
        }
    }
}

/// Teams that may take some class at once without delay are one pool.
fn pools(world: &World) -> (Vec<Pool>, Vec<usize>) {
    let n = world.teams.len();
    let mut root: Vec<usize> = (0..n).collect();
    for class in &world.classes {
        let direct: Vec<usize> = class
            .choices
            .iter()
            .filter(|c| c.after == 0)
            .map(|c| usize::from(c.team))
            .collect();
        for pair in direct.windows(2) {
            let (a, b) = (root[pair[0]], root[pair[1]]);
            let (keep, drop) = (a.min(b), a.max(b));
            root.iter_mut()
                .filter(|r| **r == drop)
                .for_each(|r| *r = keep);
        }
    }
    let mut pools: Vec<Pool> = Vec::new();
    let mut pool_of = vec![0; n];
    for team in 0..n {
        if root[team] == team {
            pools.push(Pool::default());
            pool_of[team] = pools.len() - 1;
        } else {
            pool_of[team] = pool_of[root[team]];
        }
        pools[pool_of[team]].teams.push(team);
    }
    (pools, pool_of)
}

/// What is summed up while the streams are read.
struct Reader<'a> {
    scenario: &'a Scenario,
    load: &'a Load,
    grid: &'a Grid,
    pool_of: &'a [usize],
    pools: Vec<Pool>,
    open: Vec<OpenHours>,
    /// Live agent-seconds per pool and cell, and by the teams that can take them.
    seconds: Vec<Vec<f64>>,
    by_teams: Vec<Vec<(Vec<usize>, Vec<f64>)>>,
    pieces: Vec<f64>,
    /// Deferred work per pool, by rank.
    deferred: Vec<Vec<(u32, Vec<Part>)>>,
}

impl<'a> Reader<'a> {
    fn new(
        scenario: &'a Scenario,
        load: &'a Load,
        grid: &'a Grid,
        pool_of: &'a [usize],
        pools: Vec<Pool>,
    ) -> Self {
        let horizon = &scenario.horizon;
        let until = horizon.length() + 30 * 24 * HOUR;
        let channels = 0..scenario.channels.len();
        let n = pools.len();
        Self {
            scenario,
            load,
            grid,
            pool_of,
            open: channels.map(|c| scenario.opening(c, until)).collect(),
            seconds: vec![vec![0.0; grid.cells()]; n],
            by_teams: vec![Vec::new(); n],
            pieces: vec![0.0; n],
            deferred: (0..n).map(|_| Vec::new()).collect(),
            pools,
        }
    }

    fn stream(&mut self, s: usize, split: &[f64]) {
        let stream = &self.scenario.streams[s];
        let interval = self.scenario.horizon.interval();
        let contacts = self.grid.mean(interval, &self.load.contacts[s]);
        let (tiers, again) = per_contact(self.scenario, s);
        for (tier, &(pieces, seconds)) in tiers.iter().enumerate() {
            if pieces <= 0.0 {
                continue;
            }
            let deferred = self.scenario.channels[stream.channel].kind == ChannelKind::Deferred;
            let mut takers = shares(self.scenario, s, tier);
            if deferred && tier == 0 {
                // Whoever may take it over has a line for it, if an empty one.
                takers = all_takers(self.scenario, s, takers, split);
            }
            for &(team, share) in &takers {
                let per_contact = share
                    * (seconds * self.scenario.mean_handle_factor(team, s)
                        + pieces * overhead_s(&self.scenario.teams[team]))
                    / again;
                let work: Vec<f64> = contacts.iter().map(|n| n * per_contact).collect();
                let pool = self.pool_of[team];
                self.pools[pool].busy |= matches!(stream.volume, Volume::Weekly { .. });
                if deferred {
                    self.deferred(s, tier, pool, &work);
                } else {
                    self.pieces[pool] += share * pieces / again * contacts.iter().sum::<f64>();
                    let side: Vec<usize> = takers
                        .iter()
                        .map(|t| t.0)
                        .filter(|&t| self.pool_of[t] == pool)
                        .collect();
                    self.live(pool, side, &work);
                    if tier == 0 {
                        self.queues(s, pool, share, &contacts);
                    }
                }
            }
        }
    }

    fn live(&mut self, pool: usize, side: Vec<usize>, work: &[f64]) {
        add(&mut self.seconds[pool], work);
        let groups = &mut self.by_teams[pool];
        match groups.iter_mut().find(|g| g.0 == side) {
            Some(group) => add(&mut group.1, work),
            None => groups.push((side, work.to_vec())),
        }
    }

    fn queues(&mut self, s: usize, pool: usize, share: f64, contacts: &[f64]) {
        let stream = &self.scenario.streams[s];
        for (p, promise) in self.scenario.promises.iter().enumerate() {
            if promise.event == PromiseEvent::Resolution || !promise.streams.contains(&s) {
                continue;
            }
            let patience = stream
                .patience
                .as_ref()
                .or(self.scenario.channels[stream.channel].patience.as_ref());
            let rate = patience.map_or(0.0, |law| {
                effective_abandonment_rate(|t| law.survival(t), promise.within_s)
                    .unwrap_or(1.0 / law.mean().max(1.0))
            });
            let offered: Vec<f64> = contacts.iter().map(|n| n * share).collect();
            let total: f64 = offered.iter().sum();
            let queues = &mut self.pools[pool].queues;
            match queues.iter_mut().find(|q| q.promise == p) {
                Some(queue) => {
                    let before: f64 = queue.parts.iter().map(|x| x.1).sum();
                    queue.abandons = (queue.abandons * before + rate * total)
                        / (before + total).max(f64::MIN_POSITIVE);
                    add(&mut queue.offered, &offered);
                    match queue.parts.iter_mut().find(|x| x.0 == s) {
                        Some(part) => part.1 += total,
                        None => queue.parts.push((s, total)),
                    }
                }
                None => queues.push(Queue {
                    promise: p,
                    offered,
                    parts: vec![(s, total)],
                    abandons: rate,
                    within_s: promise.within_s,
                    of: promise.of,
                }),
            }
        }
    }

    fn deferred(&mut self, s: usize, tier: usize, pool: usize, seconds: &[f64]) {
        let stream = &self.scenario.streams[s];
        let rank = u32::from(self.scenario.priorities[stream.priority].rank) << 8
            | u32::from(self.scenario.channels[stream.channel].rank);
        let step = self.grid.step_s();
        let part = Part {
            stream: s,
            promises: promises_of(self.scenario, s, tier),
            work: seconds.iter().map(|w| w / step).collect(),
        };
        let lines = &mut self.deferred[pool];
        match lines.iter_mut().find(|l| l.0 == rank) {
            Some(line) => line.1.push(part),
            None => lines.push((rank, vec![part])),
        }
    }

    fn finish(mut self) -> Vec<Pool> {
        let step = self.grid.step_s();
        for (p, pool) in self.pools.iter_mut().enumerate() {
            let total: f64 = self.seconds[p].iter().sum();
            pool.handle_s = if self.pieces[p] > 0.0 {
                total / self.pieces[p]
            } else {
                1.0
            };
            pool.load = modified(self.grid, &self.seconds[p], step, pool.handle_s);
            for (rank, parts) in &self.deferred[p] {
                let line = flow(self.scenario, self.grid, &self.open, *rank, parts);
                pool.flows.push(line);
            }
            pool.flows.sort_by_key(|f| f.rank);
            if self.by_teams[p].len() > 1 {
                pool.confined = confined(&self.by_teams[p], step, pool.teams.len());
            }
        }
        self.pools
    }
}

/// Teams that may take a stream's first work, with their shares by routes or as said.
fn all_takers(
    scenario: &Scenario,
    stream: usize,
    by_routes: Vec<(usize, f64)>,
    split: &[f64],
) -> Vec<(usize, f64)> {
    let of = |team: usize| {
        let routed = by_routes.iter().find(|t| t.0 == team).map_or(0.0, |t| t.1);
        (team, split.get(team).copied().unwrap_or(routed))
    };
    takers(scenario, stream, 0).map(of).collect()
}

/// Seconds of turn-round and pause per piece of work when customers wait.
#[must_use]
pub fn overhead_s(team: &Team) -> f64 {
    let availability = &team.availability;
    let turn = availability
        .turn_round
        .as_ref()
        .map_or(0.0, crate::random::Law::mean);
    turn + availability.pause.map_or(0.0, |p| p.share * p.recalled_s)
}

/// Modified offered load per cell of agent-seconds that arrive per cell; weeks repeat.
fn modified(grid: &Grid, seconds: &[f64], step: f64, handle_s: f64) -> Vec<f64> {
    let mut out = Vec::with_capacity(seconds.len());
    for pattern in &grid.patterns {
        let cells = &seconds[pattern.first..pattern.first + pattern.cells];
        let rates: Vec<f64> = cells.iter().map(|w| w / (step * handle_s)).collect();
        let load = offered_load(&rates, step, handle_s, Start::Cyclic);
        out.extend(load.iter().map(|l| l.average));
    }
    out
}

/// Load that a proper subset of a pool's teams must take alone (Hall's condition, one row per subset in use).
fn confined(
    groups: &[(Vec<usize>, Vec<f64>)],
    step: f64,
    teams: usize,
) -> Vec<(Vec<usize>, Vec<f64>)> {
    let mut sets: Vec<Vec<usize>> = groups.iter().map(|g| g.0.clone()).collect();
    for (a, _) in groups {
        for (b, _) in groups {
            let mut union = [a.as_slice(), b.as_slice()].concat();
            union.sort_unstable();
            union.dedup();
            sets.push(union);
        }
    }
    sets.iter_mut().for_each(|s| s.sort_unstable());
    sets.sort();
    sets.dedup();
    sets.retain(|s| s.len() < teams);
    let load_of = |set: &Vec<usize>| {
        let mut load = vec![0.0; groups[0].1.len()];
        for (_, work) in groups
            .iter()
            .filter(|g| g.0.iter().all(|t| set.contains(t)))
        {
            load.iter_mut().zip(work).for_each(|(l, w)| *l += w / step);
        }
        load
    };
    sets.into_iter().map(|s| (s.clone(), load_of(&s))).collect()
}

fn add(to: &mut [f64], more: &[f64]) {
    to.iter_mut().zip(more).for_each(|(a, b)| *a += b);
}
