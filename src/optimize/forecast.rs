//! What the plan expects, hour by hour of the average week, to be held against its simulation.

use super::problem::Problem;
use super::proof::Tried;
use crate::scenario::model::Scenario;
use crate::time::HOUR;
use serde::Serialize;

/// Expectations of a plan. Vectors run over the average week from Monday 00:00 in the reporting zone.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Forecast {
    /// Length of a step in minutes.
    pub step_min: f64,
    /// Per planned team.
    pub teams: Vec<TeamForecast>,
    /// Per promise on work that customers wait for.
    pub promises: Vec<PromiseForecast>,
}

/// What is expected of a team.
#[derive(Debug, Clone, Serialize)]
pub struct TeamForecast {
    /// Name.
    pub name: String,
    /// Agents on queue.
    pub agents: Vec<f64>,
}

/// What is expected of a promise.
#[derive(Debug, Clone, Serialize)]
pub struct PromiseForecast {
    /// Name.
    pub name: String,
    /// The channel it is about, where it is about one alone and this channel's first promise.
    pub channel: Option<String>,
    /// Share kept by the formulas, as the simulation has corrected them.
    pub planned: Option<f64>,
    /// Share kept in the proof.
    pub simulated: Option<f64>,
    /// Share kept by the formulas per step; `null` without contacts.
    pub level: Vec<Option<f64>>,
}

/// Reads a plan that was proved; the problem's tables are those it was planned with.
#[must_use]
pub fn forecast(problem: &Problem, tried: &Tried) -> Forecast {
    let scenario = problem.scenario;
    let week = Week::new(problem);
    let cover = problem.cover(&tried.candidate.x);
    let planned = (0..scenario.teams.len()).filter(|&t| problem.staffing.planned[t]);
    let teams = planned.map(|t| {
        let mut agents = vec![0.0; week.steps];
        for (column, n) in problem.columns.iter().zip(&tried.candidate.x) {
            if column.team == t {
                for &(cell, share) in &column.covers {
                    agents[week.step_of(problem, cell)] +=
                        n * share * problem.on_queue[t] * problem.grid.weight(cell);
                }
            }
        }
        let mean = |a: f64| crate::experiment::series::rounded(a / problem.grid.weeks);
        TeamForecast {
            name: scenario.teams[t].name.clone(),
            agents: agents.into_iter().map(mean).collect(),
        }
    });
    let teams = teams.collect();
    let promises = scenario.promises.iter().enumerate();
    let promises = promises.filter_map(|(p, promise)| {
        let (mut good, mut all) = (vec![0.0; week.steps], vec![0.0; week.steps]);
        for (index, pool) in problem.demand.pools.iter().enumerate() {
            for (q, queue) in pool
                .queues
                .iter()
                .enumerate()
                .filter(|(_, q)| q.promise == p)
            {
                for (cell, &agents) in cover[index].iter().enumerate() {
                    let (weight, at) = (problem.grid.weight(cell), week.step_of(problem, cell));
                    if queue.offered[cell] > 0.0 {
                        good[at] += weight * problem.served(index, q, cell, agents);
                        all[at] += weight * queue.offered[cell];
                    }
                }
            }
        }
        let total: f64 = all.iter().sum();
        let share =
            |(g, n): (&f64, &f64)| (*n > 0.0).then(|| crate::experiment::series::rounded(g / n));
        (total > 0.0).then(|| PromiseForecast {
            name: promise.name.clone(),
            channel: alone(scenario, p),
            planned: Some(good.iter().sum::<f64>() / total),
            simulated: tried.proof.promises[p].value.map(|e| e.value),
            level: good.iter().zip(&all).map(share).collect(),
        })
    });
    Forecast {
        step_min: problem.grid.step_s() / 60.0,
        teams,
        promises: promises.collect(),
    }
}

/// The channel that a promise covers alone, as the first to do so.
fn alone(scenario: &Scenario, promise: usize) -> Option<String> {
    let channel_of = |s: &usize| scenario.streams[*s].channel;
    let streams = &scenario.promises[promise].streams;
    let channel = channel_of(streams.first()?);
    let of_channel = |s: &usize| channel_of(s) == channel;
    let first = scenario
        .promises
        .iter()
        .position(|p| p.streams.iter().any(of_channel));
    let whole = (0..scenario.streams.len())
        .filter(of_channel)
        .all(|s| streams.contains(&s));
    let only = streams.iter().all(of_channel) && whole && first == Some(promise);
    only.then(|| scenario.channels[channel].name.clone())
}

/// The average week from Monday, in the grid's steps.
struct Week {
    steps: usize,
    /// Step of the week at which the horizon begins.
    begins: usize,
}

impl Week {
    fn new(problem: &Problem) -> Self {
        let per_day = (24 * HOUR / problem.grid.step) as usize;
        let first = problem.scenario.horizon.zoned(0).weekday();
        Self {
            steps: 7 * per_day,
            begins: first.to_monday_zero_offset() as usize * per_day,
        }
    }

    fn step_of(&self, problem: &Problem, cell: usize) -> usize {
        let pattern = &problem.grid.patterns[problem.grid.pattern_of(cell)];
        (self.begins + cell - pattern.first) % self.steps
    }
}
