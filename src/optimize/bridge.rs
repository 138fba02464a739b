//! From the planner's spreadsheet to the plan, in full-time equivalents, one effect after the other.
//!
//! Each step is a requirement worked out anew with one more effect in it:
//! 1. *Erlang C*: every channel and language is a queue of its own, one contact at a time, nobody hangs up, each
//!    interval by its own mean; deferred work is done when it arrives at 85 % occupancy; shrinkage on top.
//! 2. *Abandonment*: the same queues by Erlang A.
//! 3. *Concurrency*: conversations side by side.
//! 4. *Deferred work in valleys*: it fills what live work leaves idle.
//! 5. *Pooling*: teams that work side by side are one queue; the load carries over from interval to interval.
//! 6. *Busyness*: days differ, and promises have to hold on the busy ones too.
//! 7. *Shift fit*: whole people on whole shifts for that requirement, promises short where it is cheapest.
//! 8. *Proof*: what the simulation asked for beyond the formula.

use super::curve::Curve;
use super::demand::{Pool, overhead_s};
use super::problem::{Problem, UNPROMISED_OCCUPANCY};
use super::round::Candidate;
use crate::queueing::effective_abandonment_rate;
use crate::roster::load::{load, per_contact};
use crate::roster::{FTE_HOURS, shares};
use crate::scenario::model::{ChannelKind, PromiseEvent, Scenario};
use serde::Serialize;

/// More agents than this for one queue are not tried.
const MOST: usize = 400;
/// Contacts per cell below which a queue is not staffed in it.
const HARDLY_ANY: f64 = 1e-3;

/// One step from the spreadsheet to the plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BridgeStep {
    /// What comes in: `erlang_c`, `abandonment`, `concurrency`, `deferred_in_valleys`, `pooling`, `busyness`,
    /// `shift_fit`, `proof`.
    pub step: &'static str,
    /// Full-time equivalents needed with everything so far.
    pub fte: f64,
}

/// A channel and language at a tier in a pool: a queue of the planner's spreadsheet.
struct Queue {
    pool: usize,
    channel: usize,
    language: usize,
    tier: usize,
    /// Contacts per cell.
    offered: Vec<f64>,
    /// Agent-seconds per cell, conversations side by side, and one at a time.
    seconds: Vec<f64>,
    alone: Vec<f64>,
    pieces: f64,
    promise: Option<usize>,
    abandons: f64,
}

/// The steps to a plan; `first` is the full-time equivalents of the plan for the untouched formulas, `last` of the one
/// that was proved.
#[must_use]
pub fn bridge(problem: &Problem, first: f64, last: f64) -> Vec<BridgeStep> {
    let planned = |p: &usize| {
        let mut teams = problem.demand.pools[*p].teams.iter();
        teams.any(|&t| problem.staffing.planned[t])
    };
    let pools: Vec<usize> = (0..problem.demand.pools.len()).filter(planned).collect();
    let queues = queues(problem);
    let fte = |per_pool: &dyn Fn(usize) -> f64| -> f64 {
        pools
            .iter()
            .map(|&p| per_pool(p) * fte_per_hour(problem, p))
            .sum()
    };
    let live = |p: usize, alone: bool, leave: bool| {
        let of_pool = queues.iter().filter(|q| q.pool == p);
        of_pool
            .map(|q| weekly_hours(problem, &agents(problem, q, alone, leave)))
            .sum::<f64>()
    };
    let deferred = |p: usize| -> f64 {
        let flows = problem.demand.pools[p].flows.iter();
        flows.map(|f| weekly_hours(problem, &f.arriving)).sum()
    };
    let on_arrival = |p: usize| deferred(p) / UNPROMISED_OCCUPANCY;
    // What live work's agents leave idle takes deferred work off; the rest comes on top.
    let beside = |p: usize, live_h: f64, load_h: f64| {
        live_h + (deferred(p) - (live_h - load_h).max(0.0)).max(0.0)
    };
    let own_load = |p: usize| -> f64 {
        let of_pool = queues.iter().filter(|q| q.pool == p);
        let seconds = of_pool.map(|q| weekly_hours(problem, &q.seconds));
        seconds.sum::<f64>() / problem.grid.step_s()
    };
    let pooled = |p: usize, busy: bool| {
        let pool = &problem.demand.pools[p];
        let agents = one_queue(problem, pool, busy);
        let (live, load) = (
            weekly_hours(problem, &agents),
            weekly_hours(problem, &pool.load),
        );
        beside(p, live, load)
    };
    let planned_part = fixed(problem, &pools);
    let steps: [(&'static str, f64); 8] = [
        ("erlang_c", fte(&|p| live(p, true, false) + on_arrival(p))),
        ("abandonment", fte(&|p| live(p, true, true) + on_arrival(p))),
        (
            "concurrency",
            fte(&|p| live(p, false, true) + on_arrival(p)),
        ),
        (
            "deferred_in_valleys",
            fte(&|p| beside(p, live(p, false, true), own_load(p))),
        ),
        ("pooling", fte(&|p| pooled(p, false))),
        ("busyness", fte(&|p| pooled(p, true))),
        ("shift_fit", first + planned_part),
        ("proof", last + planned_part),
    ];
    let step = |(step, fte)| BridgeStep { step, fte };
    steps.into_iter().map(step).collect()
}

/// Full-time equivalents of a candidate's planned people: their paid weekly hours over 40.
#[must_use]
pub fn planned_fte(scenario: &Scenario, candidate: &Candidate) -> f64 {
    let staff = candidate.staff.rows.iter().zip(&candidate.staff.heads);
    let mut hours = 0.0;
    for ((rows, heads), team) in staff.zip(&scenario.teams) {
        if rows.is_none() {
            continue;
        }
        for (entry, &count) in team.heads.iter().zip(heads) {
            hours += f64::from(count) * super::employment::weekly_hours(scenario, entry.contract);
        }
    }
    hours / FTE_HOURS
}

/// Agents in the cells as agent-hours of an average week.
fn weekly_hours(problem: &Problem, agents: &[f64]) -> f64 {
    let weighed = |(c, n): (usize, &f64)| n * problem.grid.weight(c);
    let sum: f64 = agents.iter().enumerate().map(weighed).sum();
    sum / problem.grid.weeks * problem.grid.step_s() / 3600.0
}

/// Full-time equivalents that an on-queue hour a week takes: shrinkage of the pool's planned teams.
fn fte_per_hour(problem: &Problem, pool: usize) -> f64 {
    let teams = problem.demand.pools[pool].teams.iter().copied();
    let planned: Vec<usize> = teams.filter(|&t| problem.staffing.planned[t]).collect();
    let one = |t: &usize| {
        let there = 1.0 - problem.scenario.teams[*t].shrinkage.leave;
        1.0 / (problem.on_queue[*t] * there).max(1e-9)
    };
    let mean = planned.iter().map(one).sum::<f64>() / planned.len().max(1) as f64;
    mean / FTE_HOURS
}

/// Full-time equivalents of teams in these pools that are there and not planned.
fn fixed(problem: &Problem, pools: &[usize]) -> f64 {
    let mut sum = 0.0;
    for &p in pools {
        let there = problem.demand.pools[p].teams.iter();
        let hours: f64 = there
            .map(|&t| weekly_hours(problem, &problem.fixed[t]))
            .sum();
        sum += hours * fte_per_hour(problem, p);
    }
    sum
}

/// The queues of a spreadsheet: channel by language, tier and pool.
fn queues(problem: &Problem) -> Vec<Queue> {
    let scenario = problem.scenario;
    let grid = &problem.grid;
    let load = load(scenario);
    let mut queues: Vec<Queue> = Vec::new();
    for (s, stream) in scenario.streams.iter().enumerate() {
        let channel = &scenario.channels[stream.channel];
        if channel.kind == ChannelKind::Deferred {
            continue;
        }
        let contacts = grid.mean(scenario.horizon.interval(), &load.contacts[s]);
        let (tiers, again) = per_contact(scenario, s);
        let open = f64::midpoint(1.0, channel.speeds.len() as f64);
        let side_by_side = channel.throughput(open) / channel.throughput(1.0);
        for (tier, &(pieces, seconds)) in tiers.iter().enumerate().filter(|(_, t)| t.0 > 0.0) {
            for (team, share) in shares(scenario, s, tier) {
                let pool = problem.demand.pool_of[team];
                let skill = scenario.mean_handle_factor(team, s);
                let between = pieces * overhead_s(&scenario.teams[team]);
                let work = seconds * skill;
                let (each, alone) = (
                    share * (work + between) / again,
                    share * (work * side_by_side + between) / again,
                );
                let key = (pool, stream.channel, stream.language, tier);
                let same = |q: &Queue| (q.pool, q.channel, q.language, q.tier) == key;
                let at = queues.iter().position(same).unwrap_or_else(|| {
                    queues.push(queue(problem, s, key));
                    queues.len() - 1
                });
                let queue = &mut queues[at];
                queue.pieces += share * pieces / again * contacts.iter().sum::<f64>();
                for (c, n) in contacts.iter().enumerate() {
                    queue.offered[c] += share * n;
                    queue.seconds[c] += n * each;
                    queue.alone[c] += n * alone;
                }
            }
        }
    }
    queues
}

/// An empty queue with the promise and patience of its first stream.
fn queue(
    problem: &Problem,
    stream: usize,
    (pool, channel, language, tier): (usize, usize, usize, usize),
) -> Queue {
    let scenario = problem.scenario;
    let cells = problem.grid.cells();
    let covers = |p: &crate::scenario::model::Promise| {
        tier == 0 && p.event != PromiseEvent::Resolution && p.streams.contains(&stream)
    };
    let promise = scenario.promises.iter().position(covers);
    let patience = scenario.streams[stream]
        .patience
        .as_ref()
        .or(scenario.channels[channel].patience.as_ref());
    let abandons = patience.zip(promise).map_or(0.0, |(law, p)| {
        let within = scenario.promises[p].within_s;
        effective_abandonment_rate(|t| law.survival(t), within).unwrap_or(1.0 / law.mean().max(1.0))
    });
    Queue {
        pool,
        channel,
        language,
        tier,
        offered: vec![0.0; cells],
        seconds: vec![0.0; cells],
        alone: vec![0.0; cells],
        pieces: 0.0,
        promise,
        abandons,
    }
}

/// Agents per cell of a queue on its own.
fn agents(problem: &Problem, queue: &Queue, alone: bool, leave: bool) -> Vec<f64> {
    let step = problem.grid.step_s();
    let work = if alone { &queue.alone } else { &queue.seconds };
    let handle_s = work.iter().sum::<f64>() / queue.pieces.max(1e-9);
    let Some(p) = queue.promise else {
        let busy = |w: &f64| w / step / UNPROMISED_OCCUPANCY;
        return work.iter().map(busy).collect();
    };
    let promise = &problem.scenario.promises[p];
    let abandons = if leave { queue.abandons } else { 0.0 };
    let curve = Curve::new(handle_s, abandons, promise.within_s, promise.of, 0.0);
    let cells = work.iter().zip(&queue.offered);
    cells
        .map(|(w, offered)| {
            if *offered < HARDLY_ANY {
                0.0
            } else {
                least(&curve, w / step, promise.share)
            }
        })
        .collect()
}

/// Agents per cell of a pool as one queue, each promise on its own.
fn one_queue(problem: &Problem, pool: &Pool, busy: bool) -> Vec<f64> {
    let cv = if busy && pool.busy {
        problem.scenario.busyness.cv
    } else {
        0.0
    };
    let curves: Vec<Curve> = pool
        .queues
        .iter()
        .map(|q| Curve::new(pool.handle_s, q.abandons, q.within_s, q.of, cv))
        .collect();
    let at = |cell: usize| {
        let load = pool.load[cell];
        let needs = pool.queues.iter().zip(&curves).filter_map(|(q, curve)| {
            let share = problem.scenario.promises[q.promise].share;
            (q.offered[cell] >= HARDLY_ANY).then(|| least(curve, load, share))
        });
        needs
            .reduce(f64::max)
            .unwrap_or(load / UNPROMISED_OCCUPANCY)
    };
    (0..problem.grid.cells()).map(at).collect()
}

/// Fewest agents with whom a share of the contacts is in time.
fn least(curve: &Curve, load: f64, share: f64) -> f64 {
    let enough = |n: &u32| curve.level(load, f64::from(*n)) >= share;
    let found = (load.floor() as u32..).take(MOST).find(enough);
    found.map_or(load.ceil(), f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::model::Population;

    #[test]
    fn patience_saves_agents_and_busy_days_cost_them() {
        // 33.3 erlangs, 300 s, 80% in 20 s: Erlang C asks for 39 agents; with a mean patience of 120 s 35 do.
        let of = Population::Offered;
        let c = Curve::new(300.0, 0.0, 20.0, of, 0.0);
        let a = Curve::new(300.0, 1.0 / 120.0, 20.0, of, 0.0);
        let moody = Curve::new(300.0, 1.0 / 120.0, 20.0, of, 0.15);
        let load = 100.0 / 3.0;
        assert_eq!(least(&c, load, 0.8), 39.0);
        assert_eq!(least(&a, load, 0.8), 35.0);
        assert!(least(&moody, load, 0.8) > 35.0);
        // Two queues of ten erlangs: 24 agents pooled, 14 each apart.
        let one = Curve::new(180.0, 0.0, 20.0, of, 0.0);
        assert_eq!(least(&one, 20.0, 0.8), 24.0);
        assert_eq!(2.0 * least(&one, 10.0, 0.8), 28.0);
    }
}
