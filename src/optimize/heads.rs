//! From shifts to heads: hours, days and rest of people who work them.

use super::columns::Column;
use super::employment::weekly_hours;
use super::model::{there_of, weeks_apart};
use super::problem::Problem;
use super::tours::{Shift, tours};
use crate::scenario::model::{DutyRow, RosterSource, Scenario};

/// A choice of shifts as people and rosters.
#[derive(Debug, Clone, PartialEq)]
pub struct Staff {
    /// Per team and entry of heads: people on the payroll; today's where nothing was planned.
    pub heads: Vec<Vec<u32>>,
    /// Per team: its duties; `None` where it keeps the roster it has.
    pub rows: Vec<Option<Vec<DutyRow>>>,
}

impl Staff {
    /// Counts the people that whole numbers of columns need.
    #[must_use]
    pub fn new(problem: &Problem, x: &[f64]) -> Self {
        let scenario = problem.scenario;
        let teams = scenario.teams.iter().enumerate();
        let heads = teams.clone().map(|(t, team)| {
            let entries = team.heads.iter().enumerate();
            entries
                .map(|(h, heads)| {
                    if problem.staffing.planned[t] {
                        let least = problem.staffing.bounds[t][h].0.ceil() as u32;
                        needed(problem, x, t, h).max(least)
                    } else {
                        heads.count
                    }
                })
                .collect()
        });
        let heads = heads.collect();
        let rows = teams.map(|(t, _)| problem.staffing.planned[t].then(|| rows(problem, x, t)));
        Self {
            rows: rows.collect(),
            heads,
        }
    }

    /// The scenario with these people and rosters.
    #[must_use]
    pub fn apply(&self, scenario: &Scenario) -> Scenario {
        let mut planned = scenario.clone();
        for (t, team) in planned.teams.iter_mut().enumerate() {
            if let Some(rows) = &self.rows[t] {
                team.roster = RosterSource::Duties(rows.clone());
                for (heads, &count) in team.heads.iter_mut().zip(&self.heads[t]) {
                    heads.count = count;
                }
            }
        }
        planned
    }
}

/// The number of the week before the horizon, of which only what reaches into it is worked.
pub const EVE: u32 = 0;

/// Duty rows of a team, one per distinct shift; weeks are named only where they differ.
fn rows(problem: &Problem, x: &[f64], team: usize) -> Vec<DutyRow> {
    let one_pattern = problem.grid.patterns.len() == 1;
    let mut rows: Vec<DutyRow> = Vec::new();
    for (column, &n) in problem.columns.iter().zip(x) {
        if column.team != team || n < 0.5 {
            continue;
        }
        let weeks: Vec<Option<u32>> = if one_pattern {
            vec![None]
        } else {
            let pattern = &problem.grid.patterns[column.pattern];
            let weeks = pattern.weeks.iter().map(|w| Some(*w as u32 + 1));
            // The week before the first is as the first: what begins on its last evening reaches into the horizon.
            let ends = problem.grid.week_length(pattern.example()) as i64;
            let eve = pattern.weeks.contains(&0) && column.end() > ends;
            weeks.chain(eve.then_some(Some(EVE))).collect()
        };
        for week in weeks {
            rows.push(DutyRow {
                week,
                heads: n.round() as u32,
                ..column.row.clone()
            });
        }
    }
    rows.sort_by_key(|r| {
        let day = r.day.to_monday_zero_offset();
        (r.week, day, r.start_min, r.length_min, r.shift, r.contract)
    });
    rows
}

/// People of one entry of a team's heads: by hours over the horizon, by tours of each week, by weekends.
#[must_use]
pub fn needed(problem: &Problem, x: &[f64], team: usize, entry: usize) -> u32 {
    let scenario = problem.scenario;
    let contract = scenario.teams[team].heads[entry]
        .contract
        .map(|c| &scenario.contracts[c]);
    let there = there_of(problem, team, entry);
    let of = scenario.teams[team].heads[entry].contract;
    let hours = weekly_hours(scenario, of);
    let apart = weeks_apart(problem, of);
    let rules = contract.map(|c| &c.rules);
    let mine = |c: &Column| c.team == team && c.heads == entry;
    let mut total = 0.0;
    let mut people = 0;
    let mut weekends = 0;
    let mut by_week: f64 = 0.0;
    for (p, pattern) in problem.grid.patterns.iter().enumerate() {
        let mut shifts: Vec<Shift> = Vec::new();
        let mut paid = 0.0;
        for (column, &n) in problem.columns.iter().zip(x) {
            if mine(column) && column.pattern == p && n > 0.5 {
                paid += n * column.paid_h;
                let shift = Shift::of(column);
                shifts.extend(std::iter::repeat_n(shift, n.round() as usize));
            }
        }
        total += paid * pattern.weeks.len() as f64;
        if let Some((_, hours)) = apart.get(p) {
            by_week = by_week.max(paid / hours.max(1e-9));
        }
        let tours = tours(shifts, rules);
        people = people.max(tours.people);
        weekends += tours.on_weekend * pattern.weeks.len();
    }
    let may = rules.map_or(u32::MAX, |r| r.weekends(problem.grid.starts.len() as u32));
    let by_weekends = weekends as f64 / f64::from(may.max(1));
    let by_hours = total / (hours * problem.grid.weeks).max(1e-9);
    let most = by_hours.max(people as f64).max(by_weekends).max(by_week);
    (most / there - 1e-6).ceil().max(0.0) as u32
}
