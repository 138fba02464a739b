//! Deferred work as a flow with due dates.
//!
//! Deferred contacts of one rank stand in one line, first come first served, whatever they were promised: a reply due
//! in two hours waits behind every letter that came before it. So a line is on time as long as what is left of it never
//! exceeds what arrived within the shortest promise's time. Where a promise may be missed by some, the contacts due at
//! an instant can be let *slip*: the line may then hold what arrived before it until the next longer promise is due.

use super::grid::Grid;
use crate::scenario::model::{PromiseEvent, Scenario};
use crate::time::{self, HOUR, OpenHours, Tick, ticks};

/// Deferred work without a promise is due within this much open time.
const UNPROMISED: Tick = 8 * HOUR;

/// A line of deferred work in a pool.
#[derive(Debug, Clone)]
pub struct Flow {
    /// Rank among the pool's queues.
    pub rank: u32,
    /// Agents-for-a-cell of work that arrive per cell.
    pub arriving: Vec<f64>,
    /// Cells that the work of each cell may lie without anything being late.
    pub lies: Vec<usize>,
    /// Most work that may be left at the end of each cell without anything being late.
    pub room: Vec<f64>,
    /// What room more there is where some are let slip.
    pub slips: Vec<Slip>,
    /// `(promise, work of a week it covers)`.
    pub promised: Vec<(usize, f64)>,
    /// Streams it stems from.
    pub streams: Vec<usize>,
}

/// Contacts of one promise that fall due in one cell.
#[derive(Debug, Clone)]
pub struct Slip {
    /// Promise (index).
    pub promise: usize,
    /// Their work.
    pub work: f64,
    /// Room gained per cell when all of them are late.
    pub gains: Vec<(usize, f64)>,
}

/// One stream's deferred work at a tier.
pub struct Part {
    /// Stream (index).
    pub stream: usize,
    /// Promises on its first reply.
    pub promises: Vec<usize>,
    /// Work per cell, agents-for-a-cell.
    pub work: Vec<f64>,
}

/// The promises that time a stream's deferred work at a tier.
#[must_use]
pub fn promises_of(scenario: &Scenario, stream: usize, tier: usize) -> Vec<usize> {
    let promises = scenario.promises.iter().enumerate();
    let of = promises.filter(|(_, p)| {
        tier == 0 && p.event != PromiseEvent::Resolution && p.streams.contains(&stream)
    });
    of.map(|p| p.0).collect()
}

/// Puts the parts of one rank into one line.
#[must_use]
pub fn flow(
    scenario: &Scenario,
    grid: &Grid,
    open: &[OpenHours],
    rank: u32,
    parts: &[Part],
) -> Flow {
    let cells = grid.cells();
    let mut arriving = vec![0.0; cells];
    let mut promised: Vec<(usize, f64)> = Vec::new();
    let some = |part: &&Part| part.work.iter().any(|w| *w > 0.0);
    let parts: Vec<&Part> = parts.iter().filter(some).collect();
    for part in &parts {
        arriving
            .iter_mut()
            .zip(&part.work)
            .for_each(|(a, w)| *a += w);
        let total: f64 = part.work.iter().sum();
        for &p in &part.promises {
            match promised.iter_mut().find(|x| x.0 == p) {
                Some(known) => known.1 += total,
                None => promised.push((p, total)),
            }
        }
    }
    // All parts share their channels' opening hours closely enough: the first part's are the line's.
    let hours = parts
        .first()
        .map(|p| &open[scenario.streams[p.stream].channel]);
    let mut limits: Vec<(Tick, bool, Option<usize>)> = promised
        .iter()
        .map(|&(p, _)| {
            let promise = &scenario.promises[p];
            (ticks(promise.within_s), promise.business_hours, Some(p))
        })
        .collect();
    limits.sort_unstable();
    if limits.is_empty() {
        limits.push((UNPROMISED, true, None));
    }
    let mut flow = Flow {
        rank,
        arriving,
        lies: vec![0; cells],
        room: vec![0.0; cells],
        slips: Vec::new(),
        promised,
        streams: parts.iter().map(|p| p.stream).collect(),
    };
    if let Some(hours) = hours {
        lay_due(grid, hours, &limits, &parts, &mut flow);
    }
    flow
}

/// Fills room and slips; weeks repeat.
fn lay_due(
    grid: &Grid,
    hours: &OpenHours,
    limits: &[(Tick, bool, Option<usize>)],
    parts: &[&Part],
    flow: &mut Flow,
) {
    for pattern in &grid.patterns {
        let start = grid.starts[pattern.example()];
        for inside in 0..pattern.cells {
            let cell = pattern.first + inside;
            let amount = flow.arriving[cell];
            if amount <= 0.0 {
                continue;
            }
            let arrives = start + inside as Tick * grid.step;
            let stays = |limit: &(Tick, bool, Option<usize>), times: u64| {
                let within = limit.0 * times;
                let due = if limit.1 {
                    let from = hours.next_open(arrives).min(time::NEVER - within);
                    hours.add(from, within)
                } else {
                    arrives + within
                };
                let cells = due.saturating_sub(arrives) / grid.step;
                (cells as usize).min(pattern.cells - 1)
            };
            let at = |later: usize| pattern.first + (inside + later) % pattern.cells;
            let first = stays(&limits[0], 1);
            flow.lies[cell] = first;
            (0..first).for_each(|later| flow.room[at(later)] += amount);
            for (k, limit) in limits.iter().enumerate() {
                let Some(promise) = limit.2 else { continue };
                let own: f64 = parts
                    .iter()
                    .filter(|p| p.promises.contains(&promise))
                    .map(|p| p.work[cell])
                    .sum();
                if own <= 0.0 {
                    continue;
                }
                let due = stays(limit, 1);
                let until = limits
                    .get(k + 1)
                    .map_or_else(|| stays(limit, 2), |l| stays(l, 1));
                let gains = (due..until.max(due)).map(|later| (at(later), amount));
                slip(&mut flow.slips, promise, at(due), own, gains);
            }
        }
    }
}

/// Adds contacts to those of the same promise that fall due in the same cell.
fn slip(
    slips: &mut Vec<Slip>,
    promise: usize,
    due: usize,
    work: f64,
    gains: impl Iterator<Item = (usize, f64)>,
) {
    let known = slips
        .iter()
        .position(|s| s.promise == promise && s.gains.first().is_some_and(|g| g.0 == due));
    let at = known.unwrap_or_else(|| {
        slips.push(Slip {
            promise,
            work: 0.0,
            gains: vec![(due, 0.0)],
        });
        slips.len() - 1
    });
    slips[at].work += work;
    for (cell, gain) in gains {
        match slips[at].gains.iter_mut().find(|g| g.0 == cell) {
            Some(known) => known.1 += gain,
            None => slips[at].gains.push((cell, gain)),
        }
    }
}
