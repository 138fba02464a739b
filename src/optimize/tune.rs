//! What the simulation of a plan teaches the formulas.
//!
//! *Live work*: in each pool the load is scaled until the formula gives the service that was simulated with the agents
//! that were there; turn-round, pauses, overflow, absence and uneven days all end up in that factor. Hour by hour, what
//! formulas do not know of is set right beside it ([`refine`](super::refine)). Where a pool's curve draws the wrong picture
//! (`Problem::crossed`), the curve stays the upper view that it is: its factor never rises above 1, and what the service
//! lacks is said by cuts. *Aims*: a promise that has to hold in nine weeks of ten needs more than its share on average; how
//! much more is read off the simulated weeks. *Deferred work* is scaled up while its promise is missed, and down again as
//! far as it is kept.

use super::coverage::coverage;
use super::flows::{Flow, promises_of};
use super::gradient::Observed;
use super::plan::Kept;
use super::problem::{Problem, Tuning};
use super::refine::refine;
use super::taken::Taken;
use crate::experiment::{Case, Collected};
use crate::measure::Verdict;
use crate::scenario::model::Promise;
use crate::stats::quantile;

/// Factors on load lie between these.
const FACTORS: (f64, f64) = (0.2, 4.0);
/// Greatest factor where little live work stands beside much deferred work: calls wait for those who are busy with letters,
/// of which the formula knows nothing.
const BLOCKED: f64 = 32.0;
/// Service shares beyond which a factor cannot be told.
const TELLING: (f64, f64) = (0.02, 0.995);
/// Standard errors of the proof that a plan stays clear of its bar.
const CLEAR: f64 = 2.2;
/// Correlation of weeks inside a replication, as a factor on the standard error.
const CLUSTERED: f64 = 1.3;
/// Steps of a factor on deferred work: down, and the first up at least.
const DOWN: f64 = 0.93;
const UP: f64 = 1.04;
/// Aims at deferred work up to this: beyond it only more people help.
const STRICT: f64 = 0.995;
/// What a bound on occupancy asks for beyond what its agents were seen to need.
const BEYOND: f64 = 1.01;
/// Brackets narrower than this are left alone.
const NARROW: f64 = 0.02;

/// How far a promise is from what it needs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// Share kept over the horizon.
    pub mean: f64,
    /// What counts: the share kept in the period that just has to be kept, or the mean less the proof's doubt.
    pub telling: f64,
    /// The promised share.
    pub share: f64,
    /// What has to be seen beyond it: plans that were seen with less have failed their proofs.
    pub margin: f64,
}

impl Standing {
    /// What is missing until it should be proved; negative where it is more than enough.
    fn short(&self) -> f64 {
        self.share + self.margin - self.telling
    }

    /// The mean share with which it should be proved.
    #[must_use]
    pub fn needed(&self) -> f64 {
        self.mean + self.short()
    }

    /// Whether it should be proved.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.short() <= 0.0
    }
}

/// Factors and what is known of each.
#[derive(Debug, Clone)]
pub struct Tuner {
    /// As they stand.
    pub tuning: Tuning,
    /// `[pool][flow]`: largest factor known to fail, smallest known to do.
    brackets: Vec<Vec<(f64, f64)>>,
    /// `[pool][flow]`: rounds in a row that failed with no factor known to do.
    failed: Vec<Vec<i32>>,
    /// Per promise: rounds in a row that it was short.
    missed: Vec<u32>,
    /// Per promise: what has to be seen beyond its share, by the proofs that failed.
    margin: Vec<f64>,
    rounds: u32,
}

impl Tuner {
    /// Knows nothing yet.
    #[must_use]
    pub fn new(problem: &Problem) -> Self {
        let tuning = Tuning {
            work: super::busy_week::factors(problem),
            ..problem.untuned()
        };
        Self {
            failed: tuning.work.iter().map(|w| vec![0; w.len()]).collect(),
            brackets: tuning
                .work
                .iter()
                .map(|w| vec![(0.0, f64::INFINITY); w.len()])
                .collect(),
            missed: vec![0; tuning.aim.len()],
            margin: vec![0.0; tuning.aim.len()],
            tuning,
            rounds: 0,
        }
    }

    /// Where every promise stands after the search's replications; `proof` is the number of replications of a proof.
    #[must_use]
    pub fn standings(&self, case: &Case, seen: &Collected, proof: u64) -> Vec<Option<Standing>> {
        let promises = case.scenario.promises.iter().zip(&self.margin).enumerate();
        promises
            .map(|(p, (promise, &margin))| {
                let standing = standing(promise, p, seen, proof)?;
                Some(Standing { margin, ..standing })
            })
            .collect()
    }

    /// Learns from a plan as simulated; `proof` is the number of replications it will be proved with.
    pub fn learn(
        &mut self,
        problem: &Problem,
        case: &Case,
        seen: &Collected,
        (observed, taken): (&[Observed], &Taken),
        proof: u64,
    ) -> Vec<Option<Standing>> {
        let cover: Vec<Vec<f64>> = (0..case.scenario.teams.len())
            .map(|t| coverage(case, &problem.grid, t))
            .collect();
        let standings = self.standings(case, seen, proof);
        let pools = pool_cover(problem, &cover);
        refine(problem, &mut self.tuning, &pools, observed);
        self.tuning.split = taken.split(problem, &self.tuning.split);
        for pool in 0..problem.demand.pools.len() {
            self.learn_load(problem, pool, &cover, seen);
            self.learn_work(problem, pool, (seen, taken), &standings);
        }
        for (p, standing) in standings.iter().enumerate() {
            let Some(s) = standing else { continue };
            self.missed[p] = if s.holds() { 0 } else { self.missed[p] + 1 };
            self.tuning.aim[p] = match self.said(problem, p, &pools) {
                Some(said) => {
                    let curved = problem.crossed[p].is_empty();
                    let off = if curved {
                        (said - s.mean).clamp(-0.1, 0.1)
                    } else {
                        0.0
                    };
                    (s.needed() + off).clamp(0.3, 0.999)
                }
                // In a week as busy as it has to bear, the promised share is enough; how much work that is, factors say.
                None if by_weeks(problem, p) => self.tuning.aim[p],
                // Deferred work has no formula that could be set right: step by step, longer ones the longer it is short.
                None => {
                    let longer = f64::from(1 << self.missed[p].saturating_sub(1).min(3));
                    let step = (longer * s.short()).clamp(-0.05, 0.1);
                    (self.tuning.aim[p] + step).clamp(s.share, STRICT)
                }
            };
        }
        self.rounds += 1;
        standings
    }

    /// Whether it is still unknown how much of some deferred work has to be planned for: between what failed and what did
    /// lies more than a trifle.
    #[must_use]
    pub fn searching(&self) -> bool {
        let open =
            |&(low, high): &(f64, f64)| low > 0.0 && high.is_finite() && high - low >= NARROW;
        self.brackets.iter().flatten().any(open)
    }

    /// Sets right how many agents each bound on occupancy asks for: by how busy a simulated plan's agents are in the
    /// busiest period, against what the model says of the same agents.
    pub fn occupied(&mut self, problem: &Problem, x: &[f64], seen: &[Kept]) {
        let cover = problem.cover(x);
        let mut said = vec![0.0_f64; self.tuning.present.len()];
        for row in problem.present(&problem.untuned()) {
            let there: f64 = row.cells.clone().map(|cell| cover[row.pool][cell]).sum();
            let at_most = problem.scenario.decide.keep[row.bound].at_most;
            let busy = row.agents * at_most / there.max(f64::MIN_POSITIVE);
            said[row.bound] = said[row.bound].max(busy);
        }
        for ((factor, said), seen) in self.tuning.present.iter_mut().zip(said).zip(seen) {
            if let (true, Some(judged)) = (said > 0.0, seen.judged) {
                *factor = (judged / said).clamp(FACTORS.0, FACTORS.1) * BEYOND;
            }
        }
    }

    /// A proof did not go through: what was seen of the plan was not enough, so more has to be seen of the next.
    ///
    /// `asked` is the tuning that the plan was made with.
    pub fn missed(
        &mut self,
        problem: &Problem,
        verdicts: &[(usize, Verdict, f64)],
        standings: &[Option<Standing>],
        asked: &Tuning,
    ) {
        for &(promise, verdict, by) in verdicts {
            if verdict == Verdict::Met {
                continue;
            }
            let seen = standings[promise].map_or(0.0, |s| s.telling - s.share);
            let margin = &mut self.margin[promise];
            let step = seen.max(*margin) + by.clamp(0.003, 0.05) - *margin;
            *margin += step;
            let mut deferred = false;
            for (p, pool) in problem.demand.pools.iter().enumerate() {
                for (f, flow) in pool.flows.iter().enumerate() {
                    if by_weeks(problem, promise) && flow.promised.iter().any(|x| x.0 == promise) {
                        let failed = asked.work[p][f];
                        self.brackets[p][f] = (failed, f64::INFINITY);
                        self.tuning.work[p][f] = failed * (1.0 + (2.0 * by).clamp(UP - 1.0, 0.1));
                        deferred = true;
                    }
                }
            }
            if !deferred {
                self.tuning.aim[promise] = (self.tuning.aim[promise] + step).min(0.999);
            }
        }
    }

    /// The mean share of a promise that the tuned formulas give for these agents.
    fn said(&self, problem: &Problem, promise: usize, cover: &[Vec<f64>]) -> Option<f64> {
        let (mut served, mut offered) = (0.0, 0.0);
        for (p, pool) in problem.demand.pools.iter().enumerate() {
            for (q, queue) in pool.queues.iter().enumerate() {
                if queue.promise == promise {
                    let factor = self.tuning.load[p][q];
                    let (s, o) = self.level(problem, p, q, &cover[p], factor);
                    served += s;
                    offered += o;
                }
            }
        }
        (offered > 0.0).then(|| served / offered)
    }

    fn level(
        &self,
        problem: &Problem,
        pool: usize,
        queue: usize,
        cover: &[f64],
        factor: f64,
    ) -> (f64, f64) {
        let demand = &problem.demand.pools[pool];
        let curve = &problem.curves[pool][queue];
        let local = &self.tuning.local[pool][queue];
        let mut sum = (0.0, 0.0);
        for (cell, &offered) in demand.queues[queue].offered.iter().enumerate() {
            if offered > 0.0 {
                let weight = offered * problem.grid.weight(cell);
                sum.0 +=
                    weight * curve.level(demand.load[cell] * factor * local[cell], cover[cell]);
                sum.1 += weight;
            }
        }
        sum
    }

    fn learn_load(&mut self, problem: &Problem, pool: usize, cover: &[Vec<f64>], seen: &Collected) {
        let agents = &pool_cover(problem, cover)[pool];
        for q in 0..problem.demand.pools[pool].queues.len() {
            let parts = &problem.demand.pools[pool].queues[q].parts;
            let Some(kept) = kept_share(parts, seen) else {
                continue;
            };
            let kept = kept.clamp(TELLING.0, TELLING.1);
            let level = |factor: f64| {
                let (served, offered) = self.level(problem, pool, q, agents, factor);
                served / offered.max(f64::MIN_POSITIVE)
            };
            let promise = problem.demand.pools[pool].queues[q].promise;
            let (mut low, mut high) = if !problem.crossed[promise].is_empty() {
                (FACTORS.0, 1.0)
            } else if level(FACTORS.1) > kept {
                (FACTORS.1, BLOCKED)
            } else {
                FACTORS
            };
            for _ in 0..20 {
                let middle = (low * high).sqrt();
                if level(middle) > kept {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            let found = (low * high).sqrt();
            let known = self.tuning.load[pool][q];
            // Later rounds correct what is nearly right already: half the way, so that they settle.
            self.tuning.load[pool][q] = if self.rounds == 0 {
                found
            } else {
                (known * found).sqrt()
            };
        }
    }

    /// Share of a flow's contacts that kept a promise, of those that its pool takes.
    fn kept_by(
        &self,
        problem: &Problem,
        (pool, flow): (usize, &Flow),
        promise: usize,
        (seen, taken): (&Collected, &Taken),
    ) -> f64 {
        let teams = &problem.demand.pools[pool].teams;
        let (mut kept, mut weight) = (0.0, 0.0);
        for &stream in &flow.streams {
            let split = &self.tuning.split[stream];
            let part = if split.is_empty() {
                1.0
            } else {
                teams.iter().map(|&t| split[t]).sum()
            };
            // Streams of one pool count with those of their own promise that nobody got to.
            let own = promises_of(problem.scenario, stream, 0).first() == Some(&promise);
            let share = if own && split.is_empty() {
                kept_share(&[(stream, 1.0)], seen)
            } else {
                taken.kept(problem, promise, teams, stream)
            };
            if let Some(share) = share {
                kept += part * share;
                weight += part;
            }
        }
        if weight > 0.0 { kept / weight } else { 1.0 }
    }

    fn learn_work(
        &mut self,
        problem: &Problem,
        pool: usize,
        (seen, taken): (&Collected, &Taken),
        standings: &[Option<Standing>],
    ) {
        for (f, flow) in problem.demand.pools[pool].flows.iter().enumerate() {
            let standing = flow
                .promised
                .iter()
                .filter_map(|&(p, _)| Some((p, standings[p]?)));
            let worst = standing.min_by(|a, b| b.1.short().total_cmp(&a.1.short()));
            let Some((promise, standing)) = worst else {
                continue;
            };
            let own = self.kept_by(problem, (pool, flow), promise, (seen, taken));
            let short = standing.short();
            let fails = short > 0.0 && own < standing.mean.max(standing.share) + 0.01;
            let factor = self.tuning.work[pool][f];
            let (low, high) = &mut self.brackets[pool][f];
            if fails {
                *low = low.max(factor);
                if *high <= *low {
                    *high = f64::INFINITY;
                }
            } else {
                *high = high.min(factor);
                if *low >= *high {
                    *low = 0.0;
                }
            }
            // Where no share of weeks is asked for, first the aim moves, then the work.
            let aim = |p: usize| self.tuning.aim[p];
            let mut aims = flow.promised.iter().filter(|p| !by_weeks(problem, p.0));
            if (fails && aims.clone().any(|p| aim(p.0) < STRICT - 0.01))
                || (!fails
                    && aims.any(|p| standings[p.0].is_some_and(|s| aim(p.0) > s.share + 1e-9)))
            {
                continue;
            }
            let (low, high) = &mut self.brackets[pool][f];
            let failed = &mut self.failed[pool][f];
            *failed = if fails && high.is_infinite() {
                *failed + 1
            } else {
                0
            };
            let next = if high.is_finite() && *low > 0.0 {
                if *high - *low < NARROW {
                    *high
                } else {
                    f64::midpoint(*low, *high)
                }
            } else if fails {
                // The longer it fails, the longer the steps: what is too much is halved afterwards.
                let up = (UP - 1.0) * f64::from(1 << (*failed - 1).clamp(0, 3));
                factor * (1.0 + up.max((2.0 * short).min(0.3)))
            } else {
                factor * DOWN
            };
            self.tuning.work[pool][f] = next.clamp(0.3, 5.0);
        }
    }
}

/// Whether a promise has to hold in a share of its periods.
fn by_weeks(problem: &Problem, promise: usize) -> bool {
    problem.scenario.promises[promise].hold.is_some()
}

fn pool_cover(problem: &Problem, teams: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let sum = |pool: &super::demand::Pool| {
        (0..problem.grid.cells())
            .map(|c| pool.teams.iter().map(|&t| teams[t][c]).sum())
            .collect()
    };
    problem.demand.pools.iter().map(sum).collect()
}

/// Share of contacts inside their promise over some streams, each with a weight.
fn kept_share(parts: &[(usize, f64)], seen: &Collected) -> Option<f64> {
    let (mut kept, mut weight) = (0.0, 0.0);
    for &(stream, contacts) in parts {
        let sums = &seen.streams[stream].sums;
        let promised: u64 = sums.iter().map(|s| s.sums.promised).sum();
        let good: u64 = sums.iter().map(|s| s.sums.promise_kept).sum();
        if promised > 0 {
            kept += contacts * good as f64 / promised as f64;
            weight += contacts;
        }
    }
    (weight > 0.0).then(|| kept / weight)
}

/// Where a promise stands after the search's replications.
fn standing(promise: &Promise, index: usize, seen: &Collected, proof: u64) -> Option<Standing> {
    let mut shares = Vec::new();
    let mut whole = Vec::new();
    for replication in &seen.promises {
        let periods = &replication[index];
        let judged = periods.iter().filter(|p| p.1 > 0);
        shares.extend(judged.map(|p| p.0 as f64 / p.1 as f64));
        let sum = periods.iter().fold((0, 0), |a, p| (a.0 + p.0, a.1 + p.1));
        if sum.1 > 0 {
            whole.push(sum.0 as f64 / sum.1 as f64);
        }
    }
    if whole.is_empty() {
        return None;
    }
    let mean = whole.iter().sum::<f64>() / whole.len() as f64;
    let telling = match promise.hold {
        Some(hold) => {
            let periods = proof as f64 * shares.len() as f64 / whole.len() as f64;
            let doubt = CLEAR * CLUSTERED * (hold * (1.0 - hold) / periods).sqrt();
            let share = (hold + doubt).min(f64::midpoint(1.0, hold));
            shares.sort_by(f64::total_cmp);
            quantile(&shares, 1.0 - share)?
        }
        None => {
            let n = whole.len() as f64;
            let squares: f64 = whole.iter().map(|v| (v - mean) * (v - mean)).sum();
            let deviation = (squares / (n - 1.0).max(1.0)).sqrt();
            mean - CLEAR * deviation / (proof as f64).sqrt()
        }
    };
    Some(Standing {
        mean,
        telling,
        share: promise.share,
        margin: 0.0,
    })
}
