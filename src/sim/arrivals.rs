//! When first contacts arrive: one source per stream, each with a sequence of draws of its own.

use crate::random::{self, Seed};
use crate::time::{NEVER, Tick};
use crate::world::{ArrivalPlan, World};
use rand::RngExt;
use rand::rngs::ChaCha8Rng;
use rand_distr::Exp1;

/// Purpose of the sequence that makes arrival times.
const ARRIVALS: u64 = 1;

/// One stream's source of first contacts.
pub struct Source {
    draws: ChaCha8Rng,
    /// Customers so far.
    pub ordinal: u64,
    /// Planning interval after the one the clock is in, the next stretch of counts, or the next time stamp.
    index: usize,
    /// The arrival clock in ticks, finer than a tick so that rates are not biased.
    clock: f64,
    /// End of the planning interval the clock is in.
    end: f64,
    /// Contacts expected per tick in it, and ticks per contact.
    rate: f64,
    pace: f64,
    /// Busyness by day; empty: none.
    busy: Vec<f64>,
    /// Arrivals of the present stretch of exact counts, latest first.
    stretch: Vec<Tick>,
}

/// The sources of all streams for one replication.
pub fn sources(world: &World, seed: Seed) -> Vec<Source> {
    let days = 1 + world
        .day_tables
        .iter()
        .flatten()
        .copied()
        .max()
        .unwrap_or(0) as usize;
    let busyness = world.busyness.as_ref().map(|law| {
        let keys: Vec<u64> = world.streams.iter().map(|s| s.key).collect();
        law.factors(seed, &keys, days)
    });
    let source = |(i, stream): (usize, &crate::world::StreamPlan)| Source {
        draws: random::sequence(seed, stream.key, ARRIVALS),
        ordinal: 0,
        index: 0,
        clock: 0.0,
        end: 0.0,
        rate: 0.0,
        pace: 0.0,
        busy: match stream.arrivals {
            ArrivalPlan::Poisson { busy: true, .. } => busyness
                .as_ref()
                .map_or_else(Vec::new, |all| all[i].clone()),
            _ => Vec::new(),
        },
        stretch: Vec::new(),
    };
    world.streams.iter().enumerate().map(source).collect()
}

impl Source {
    /// Time of the next first contact, [`NEVER`] when there are no more.
    #[inline]
    pub fn next(&mut self, world: &World, stream: usize) -> Tick {
        let plan = &world.streams[stream];
        match &plan.arrivals {
            ArrivalPlan::Poisson { expected, .. } => {
                self.next_poisson(world, expected, &world.day_tables[plan.days])
            }
            ArrivalPlan::Exact(counts) => self.next_counted(counts),
            ArrivalPlan::Times(times) => {
                let next = times.get(self.index).copied().unwrap_or(NEVER);
                self.index += 1;
                next
            }
        }
    }

    /// Time change: a unit-exponential amount of expected contacts is used up along the intervals' rates.
    #[inline]
    fn next_poisson(&mut self, world: &World, expected: &[f64], days: &[u32]) -> Tick {
        let mut need: f64 = self.draws.sample(Exp1);
        loop {
            let at = self.clock + need * self.pace;
            if at < self.end {
                self.clock = at;
                return at as Tick;
            }
            need -= (self.end - self.clock) * self.rate;
            self.clock = self.end;
            if self.index == expected.len() {
                return NEVER;
            }
            let factor = if self.busy.is_empty() {
                1.0
            } else {
                self.busy[days[self.index] as usize]
            };
            let step = world.interval as f64;
            let from = self.index as f64 * step;
            self.end = (from + step).min(world.length as f64);
            self.rate = expected[self.index] * factor / (self.end - from);
            self.pace = (self.end - from) / (expected[self.index] * factor);
            self.index += 1;
        }
    }

    /// Exact counts: each uniform inside its stretch, in order.
    fn next_counted(&mut self, counts: &[(Tick, Tick, u32)]) -> Tick {
        while self.stretch.is_empty() {
            let Some(&(from, to, count)) = counts.get(self.index) else {
                return NEVER;
            };
            self.index += 1;
            self.fill(from, to, count);
        }
        self.stretch.pop().unwrap_or(NEVER)
    }

    fn fill(&mut self, from: Tick, to: Tick, count: u32) {
        let width = (to - from) as f64;
        for _ in 0..count {
            let u: f64 = self.draws.random();
            self.stretch.push(from + (u * width) as Tick);
        }
        self.stretch.sort_unstable_by(|a, b| b.cmp(a));
    }
}
