//! The average week: every planning interval of the horizon under its weekday and time of day.

use super::requirement::requirement;
use super::rounded;
use crate::experiment::case::Case;
use crate::experiment::collected::Collected;
use crate::roster::Roster;
use crate::scenario::model::{ChannelKind, Scenario};
use crate::sim::{IntervalSums, Ledger};
use crate::time::{MINUTE, SECOND, Tick, seconds};
use serde::Serialize;

/// Most steps that the number of a team's agents is counted in.
const STEPS: u32 = 200;

/// The average week. All vectors run from Monday 00:00 in steps of the planning interval; a cell no interval of the
/// horizon falls into, or without contacts, is `null` or 0.
#[derive(Debug, Clone, Serialize)]
pub struct Week {
    /// Cells in a day.
    pub per_day: usize,
    /// Per channel.
    pub channels: Vec<ChannelWeek>,
    /// Per team.
    pub teams: Vec<TeamWeek>,
}

/// A channel's average week.
#[derive(Debug, Clone, Serialize)]
pub struct ChannelWeek {
    /// Name.
    pub name: String,
    /// How it queues.
    pub kind: ChannelKind,
    /// The share its own promise asks for, where it has one.
    pub promised: Option<f64>,
    /// Contacts offered per interval.
    pub offered: Vec<f64>,
    /// Share inside their own promise.
    pub service_level: Vec<Option<f64>>,
    /// Share that abandoned.
    pub abandoned_share: Vec<Option<f64>>,
    /// Contacts waiting at the end of the interval.
    pub waiting: Vec<f64>,
    /// Age of the oldest of them in seconds, on average over intervals (0 where none waits).
    pub oldest_s: Vec<f64>,
}

/// A team's average week, in agents.
#[derive(Debug, Clone, Serialize)]
pub struct TeamWeek {
    /// Name.
    pub name: String,
    /// Agents needed by formula: Erlang A for live work at the strictest promise, and no fewer than all work keeps busy.
    pub required: Vec<f64>,
    /// Agents on queue, over weeks and replications.
    pub on_queue: Band,
    /// Agents with work in hand.
    pub busy: Band,
}

/// A mean and the band that eight weeks in ten lie in.
#[derive(Debug, Clone, Serialize)]
pub struct Band {
    /// Mean.
    pub mean: Vec<f64>,
    /// One week in ten lies below.
    pub p10: Vec<f64>,
    /// One week in ten lies above.
    pub p90: Vec<f64>,
}

/// Which cell of the week every planning interval falls into.
#[derive(Debug, Clone)]
struct Cells {
    of: Vec<Option<u32>>,
    count: Vec<u32>,
    per_day: usize,
}

impl Cells {
    fn new(scenario: &Scenario) -> Self {
        let horizon = &scenario.horizon;
        let per_day = (24 * 60 * MINUTE).div_ceil(horizon.interval()) as usize;
        let warm_up = crate::time::ticks(scenario.warm_up_s);
        let mut count = vec![0; 7 * per_day];
        let cell = |i: usize| {
            let tick = i as Tick * horizon.interval();
            if tick < warm_up {
                return None;
            }
            let local = horizon.zoned(tick);
            let day = local.weekday().to_monday_zero_offset() as usize;
            let minute = Tick::from(local.hour() as u8) * 60 + Tick::from(local.minute() as u8);
            let inside = (minute * MINUTE / horizon.interval()) as usize;
            Some((day * per_day + inside.min(per_day - 1)) as u32)
        };
        let of: Vec<Option<u32>> = (0..horizon.intervals()).map(cell).collect();
        for cell in of.iter().flatten() {
            count[*cell as usize] += 1;
        }
        Self { of, count, per_day }
    }

    /// Sums per interval as sums per cell.
    fn fold(&self, values: impl Iterator<Item = f64>) -> Vec<f64> {
        let mut out = vec![0.0; self.count.len()];
        for (cell, value) in self.of.iter().zip(values) {
            if let Some(cell) = cell {
                out[*cell as usize] += value;
            }
        }
        out
    }

    /// Amounts per interval as means per cell.
    fn mean(&self, values: impl Iterator<Item = f64>) -> Vec<f64> {
        let sums = self.fold(values);
        let mean = |(s, n): (f64, &u32)| rounded(s / f64::from((*n).max(1)));
        sums.into_iter().zip(&self.count).map(mean).collect()
    }
}

/// How often a team had how many agents, per cell: counts in steps, so that any number of replications fits.
#[derive(Debug, Clone)]
struct Counts {
    step: f64,
    steps: usize,
    /// `[cell * steps + step]`.
    counts: Vec<u32>,
}

impl Counts {
    fn new(cells: usize, positions: usize) -> Self {
        // Agents beyond the positions cannot be.
        let step = (positions as f64 / f64::from(STEPS)).max(0.25);
        let steps = (positions as f64 / step).ceil() as usize + 2;
        Self {
            step,
            steps,
            counts: vec![0; cells * steps],
        }
    }

    fn record(&mut self, cell: usize, agents: f64) {
        let at = ((agents / self.step).round() as usize).min(self.steps - 1);
        self.counts[cell * self.steps + at] += 1;
    }

    /// The number of agents that a share of the observations of a cell do not exceed.
    fn quantile(&self, cell: usize, share: f64) -> f64 {
        let counts = &self.counts[cell * self.steps..(cell + 1) * self.steps];
        let total: u32 = counts.iter().sum();
        let rank = share * f64::from(total);
        let mut below = 0.0;
        for (i, &n) in counts.iter().enumerate() {
            below += f64::from(n);
            if n > 0 && below >= rank {
                return rounded(i as f64 * self.step);
            }
        }
        0.0
    }
}

/// Sums of the week that cannot be had from sums over replications.
#[derive(Debug, Clone)]
pub struct WeekSums {
    cells: Cells,
    on_queue: Vec<Counts>,
    busy: Vec<Counts>,
    oldest: Vec<Tick>,
}

impl WeekSums {
    /// Nothing yet.
    #[must_use]
    pub fn new(scenario: &Scenario, roster: &Roster) -> Self {
        let cells = Cells::new(scenario);
        let counts = || {
            let teams = roster.teams.iter();
            teams
                .map(|t| Counts::new(cells.count.len(), t.positions.len()))
                .collect()
        };
        Self {
            on_queue: counts(),
            busy: counts(),
            oldest: Vec::new(),
            cells,
        }
    }

    /// Folds a replication in.
    pub fn push(&mut self, ledger: &Ledger) {
        let n = ledger.interval_count;
        let per_agent = ledger.interval as f64;
        for (team, row) in ledger.staff.chunks(n).enumerate() {
            for (sums, cell) in row.iter().zip(&self.cells.of) {
                let Some(cell) = cell else { continue };
                let cell = *cell as usize;
                self.on_queue[team].record(cell, sums.on_queue as f64 / per_agent);
                self.busy[team].record(cell, sums.handling as f64 / per_agent);
            }
        }
        self.oldest.resize(ledger.oldest.len(), 0);
        let pairs = self.oldest.iter_mut().zip(&ledger.oldest);
        pairs.for_each(|(sum, age)| *sum += age);
    }

    fn band(&self, counts: &Counts, mean: Vec<f64>) -> Band {
        let at = |share: f64| {
            let cells = 0..self.cells.count.len();
            cells.map(|c| counts.quantile(c, share)).collect()
        };
        Band {
            mean,
            p10: at(0.1),
            p90: at(0.9),
        }
    }
}

impl Week {
    /// Reads the collected replications of a case.
    pub(super) fn new(case: &Case, collected: &Collected, sums: &WeekSums) -> Self {
        let scenario = &case.scenario;
        let n = scenario.horizon.intervals();
        let replications = collected.replications().max(1) as f64;
        let cells = &sums.cells;
        let channels = scenario.channels.iter().enumerate().map(|(c, channel)| {
            let row = &collected.intervals[c * n..(c + 1) * n];
            let fold =
                |field: fn(&IntervalSums) -> u64| cells.fold(row.iter().map(|s| field(s) as f64));
            let share = |good: Vec<f64>, of: &[f64]| -> Vec<Option<f64>> {
                let share = |(g, n): (f64, &f64)| (*n > 0.0).then(|| rounded(g / n));
                good.into_iter().zip(of).map(share).collect()
            };
            let offered = fold(|s| s.offered);
            let mean = |values: &[u64], unit: f64| {
                let values = values[c * n..(c + 1) * n].iter();
                cells.mean(values.map(|v| *v as f64 / replications / unit))
            };
            ChannelWeek {
                name: channel.name.clone(),
                kind: channel.kind,
                promised: promised(scenario, c),
                service_level: share(fold(|s| s.promise_kept), &fold(|s| s.promised)),
                abandoned_share: share(fold(|s| s.abandoned), &offered),
                offered: cells.mean(row.iter().map(|s| s.offered as f64 / replications)),
                waiting: mean(&collected.waiting, 1.0),
                oldest_s: mean(&sums.oldest, SECOND as f64),
            }
        });
        let required = requirement(scenario);
        let interval_s = seconds(scenario.horizon.interval());
        let teams = scenario.teams.iter().enumerate().map(|(t, team)| {
            let row = &collected.staff[t * n..(t + 1) * n];
            let agents = |ticks: u64| seconds(ticks) / interval_s / replications;
            TeamWeek {
                name: team.name.clone(),
                required: cells.mean(required[t].iter().copied()),
                on_queue: sums.band(
                    &sums.on_queue[t],
                    cells.mean(row.iter().map(|s| agents(s.on_queue))),
                ),
                busy: sums.band(
                    &sums.busy[t],
                    cells.mean(row.iter().map(|s| agents(s.handling))),
                ),
            }
        });
        Self {
            per_day: cells.per_day,
            channels: channels.collect(),
            teams: teams.collect(),
        }
    }
}

/// The share that the first promise on a channel's streams asks for.
fn promised(scenario: &Scenario, channel: usize) -> Option<f64> {
    let covers = |p: &&crate::scenario::model::Promise| {
        let mut streams = p.streams.iter();
        streams.any(|&s| scenario.streams[s].channel == channel)
    };
    scenario.promises.iter().find(covers).map(|p| p.share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_give_quantiles_to_a_quarter_of_an_agent() {
        let mut counts = Counts::new(2, 10);
        for agents in [4.0, 5.0, 6.0, 7.0, 8.0] {
            counts.record(1, agents);
        }
        assert_eq!(counts.quantile(1, 0.1), 4.0);
        assert_eq!(counts.quantile(1, 0.5), 6.0);
        assert_eq!(counts.quantile(1, 0.9), 8.0);
        assert_eq!(counts.quantile(0, 0.9), 0.0);
        // Overtime may put a few more on queue than there are positions: the last step holds them.
        counts.record(0, 25.0);
        assert!(counts.quantile(0, 0.9) >= 10.0);
    }
}
