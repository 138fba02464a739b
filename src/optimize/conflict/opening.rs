//! Opening hours that no shift reaches: customers come, and nobody can be there.

use crate::optimize::problem::Problem;
use crate::scenario::model::ChannelKind;
use crate::time::{MINUTE, WeekHours, WeekSpan};

/// Minutes of a step.
const STEP: u16 = 30;

/// What of a channel's week no shift reaches, per span of its opening hours.
pub struct Unreached {
    /// `(span, half-hours unreached from its opening on, half-hours unreached up to its close)`.
    spans: Vec<(WeekSpan, u32, u32)>,
}

impl Unreached {
    /// Most half-hours at one end.
    #[must_use]
    pub fn most(&self) -> u32 {
        let ends = self.spans.iter().flat_map(|s| [s.1, s.2]);
        ends.max().unwrap_or(0)
    }

    /// The opening hours with as many half-hours less at either end, as far as they are unreached.
    #[must_use]
    pub fn without(&self, steps: u32) -> WeekHours {
        let trimmed = |&(span, early, late): &(WeekSpan, u32, u32)| {
            let cut = |n: u32| u16::try_from(n.min(steps)).unwrap_or(u16::MAX) * STEP;
            let (from, to) = (span.from + cut(early), span.to.saturating_sub(cut(late)));
            (from < to).then_some(WeekSpan { from, to, ..span })
        };
        WeekHours {
            spans: self.spans.iter().filter_map(trimmed).collect(),
        }
    }
}

/// The hours of a live channel that no shift of the teams that may serve it reaches; none where its hours change on a
/// date, as one shortening would not hold for both.
#[must_use]
pub fn unreached(problem: &Problem, channel: usize) -> Unreached {
    let channel_of = &problem.scenario.channels[channel];
    let mut spans = Vec::new();
    if channel_of.kind != ChannelKind::Deferred && problem.scenario.keeps_hours(channel) {
        let reached = reached(problem, channel);
        for span in &channel_of.open.spans {
            let open: Vec<bool> = (span.from..span.to)
                .step_by(usize::from(STEP))
                .map(|minute| {
                    let cells = cells_of(problem, span, minute);
                    cells.iter().all(|&cell| reached[cell])
                })
                .collect();
            let early = open.iter().take_while(|r| !**r).count() as u32;
            let late = open.iter().rev().take_while(|r| !**r).count() as u32;
            spans.push((*span, early, late));
        }
    }
    Unreached { spans }
}

/// Per cell: whether a shift can cover it, or somebody is there anyway, in every pool that takes the channel's contacts.
fn reached(problem: &Problem, channel: usize) -> Vec<bool> {
    let mut reached = vec![true; problem.grid.cells()];
    for (p, pool) in problem.demand.pools.iter().enumerate() {
        let ours = |s: usize| problem.scenario.streams[s].channel == channel;
        if !pool
            .queues
            .iter()
            .any(|q| q.parts.iter().any(|x| ours(x.0)))
        {
            continue;
        }
        let mut there = vec![false; problem.grid.cells()];
        for &team in &pool.teams {
            for (cell, n) in problem.fixed[team].iter().enumerate() {
                there[cell] |= *n > 0.0;
            }
        }
        for column in &problem.columns {
            if problem.demand.pool_of[column.team] == p {
                for &(cell, share) in &column.covers {
                    there[cell] |= share > 0.0;
                }
            }
        }
        reached.iter_mut().zip(there).for_each(|(r, t)| *r &= t);
    }
    reached
}

/// The cells of every pattern in which a minute of a span of the scenario's week lies.
fn cells_of(problem: &Problem, span: &WeekSpan, minute: u16) -> Vec<usize> {
    let horizon = &problem.scenario.horizon;
    let cell = |pattern: &crate::optimize::grid::Pattern| {
        let start = problem.grid.starts[pattern.example()];
        let first = horizon.zoned(start);
        let into = i64::from(first.hour()) * 60 + i64::from(first.minute());
        let days = span.weekday.since(first.weekday());
        let after = (i64::from(days) * 1440 + i64::from(minute) - into).rem_euclid(7 * 1440);
        let inside = after.unsigned_abs() * MINUTE / problem.grid.step;
        ((inside as usize) < pattern.cells).then_some(pattern.first + inside as usize)
    };
    problem.grid.patterns.iter().filter_map(cell).collect()
}

/// Closes a channel for the half-hours that no shift reaches, at most `steps` at either end of a span: nobody comes then.
///
/// `whole` has the shifts as they are; a queue that several channels share keeps the others' contacts.
pub fn close(problem: &mut Problem, whole: &Problem, channel: usize, steps: u32) {
    let unreached = unreached(whole, channel);
    let mut closed = vec![false; problem.grid.cells()];
    for (span, early, late) in &unreached.spans {
        let minutes: Vec<u16> = (span.from..span.to).step_by(usize::from(STEP)).collect();
        let first = minutes.iter().take(early.min(&steps).to_owned() as usize);
        let last = minutes
            .iter()
            .rev()
            .take(late.min(&steps).to_owned() as usize);
        for &minute in first.chain(last) {
            for cell in cells_of(whole, span, minute) {
                closed[cell] = true;
            }
        }
    }
    let ours = |s: usize| whole.scenario.streams[s].channel == channel;
    for pool in &mut problem.demand.pools {
        let before = total(pool);
        for queue in &mut pool.queues {
            let all: f64 = queue.parts.iter().map(|x| x.1).sum();
            let mine: f64 = queue.parts.iter().filter(|x| ours(x.0)).map(|x| x.1).sum();
            let rest = 1.0 - mine / all.max(f64::MIN_POSITIVE);
            for (cell, offered) in queue.offered.iter_mut().enumerate() {
                if closed[cell] {
                    let gone = *offered * (1.0 - rest);
                    *offered -= gone;
                    let group = problem.group_of[queue.promise][cell];
                    problem.groups[group].offered -= gone * problem.grid.weight(cell);
                }
            }
        }
        let after = total(pool);
        for (cell, load) in pool.load.iter_mut().enumerate() {
            if closed[cell] && before[cell] > 0.0 {
                *load *= after[cell] / before[cell];
            }
        }
    }
}

/// Contacts of all queues of a pool per cell.
fn total(pool: &crate::optimize::demand::Pool) -> Vec<f64> {
    let mut sum = vec![0.0; pool.load.len()];
    for queue in &pool.queues {
        sum.iter_mut()
            .zip(&queue.offered)
            .for_each(|(s, o)| *s += o);
    }
    sum
}
