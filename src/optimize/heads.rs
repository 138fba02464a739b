//! From shifts to heads: hours, days and rest of people who work them.

use super::columns::Column;
use super::problem::Problem;
use crate::scenario::model::{DutyRow, RosterSource, Scenario};
use crate::time::{self, HOUR};

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
            pattern.weeks.iter().map(|w| Some(*w as u32 + 1)).collect()
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

/// People of one entry of a team's heads: by hours over the horizon, days of each week, and a tour for everybody.
fn needed(problem: &Problem, x: &[f64], team: usize, entry: usize) -> u32 {
    let scenario = problem.scenario;
    let contract = scenario.teams[team].heads[entry]
        .contract
        .map(|c| &scenario.contracts[c]);
    let there = (1.0 - scenario.teams[team].shrinkage.leave).max(1e-9);
    let hours = contract.map_or(crate::roster::FTE_HOURS, |c| c.hours_per_week);
    let days = contract.map_or(5, |c| c.rules.days_per_week);
    let rest = contract.map_or(0, |c| time::ticks(c.rules.rest_s)) as i64;
    let mine = |c: &Column| c.team == team && c.heads == entry;
    let mut total = 0.0;
    let mut people: f64 = 0.0;
    for (p, pattern) in problem.grid.patterns.iter().enumerate() {
        let mut shifts: Vec<(i64, i64, usize)> = Vec::new();
        for (column, &n) in problem.columns.iter().zip(x) {
            if mine(column) && column.pattern == p && n > 0.5 {
                total += n * column.paid_h * pattern.weeks.len() as f64;
                let end = column.start + i64::from(column.row.length_min) * time::MINUTE as i64;
                let shift = (column.start, end, column.day);
                shifts.extend(std::iter::repeat_n(shift, n.round() as usize));
            }
        }
        shifts.sort_unstable();
        people = people.max(f64::from(tours(&shifts, days, rest)));
    }
    let by_hours = total / (hours * problem.grid.weeks).max(1e-9);
    (by_hours.max(people) / there - 1e-6).ceil().max(0.0) as u32
}

/// Fewest people found that can work a week's shifts, each at most `days` of them, one a day, with `rest` between,
/// also over the week's end, where weeks repeat.
///
/// Shifts go in order of time to whoever worked at a similar time of day before; more people are tried until all fit.
fn tours(shifts: &[(i64, i64, usize)], days: u32, rest: i64) -> u32 {
    let per_day = (0..7).map(|d| shifts.iter().filter(|s| s.2 == d).count());
    let least = per_day
        .max()
        .unwrap_or(0)
        .max(shifts.len().div_ceil(days.max(1) as usize));
    (least..=shifts.len())
        .find(|&n| fits(shifts, n, days, rest))
        .unwrap_or(shifts.len()) as u32
}

fn fits(shifts: &[(i64, i64, usize)], people: usize, days: u32, rest: i64) -> bool {
    let day = 24 * HOUR as i64;
    let mut work: Vec<Vec<(i64, i64)>> = vec![Vec::new(); people];
    for &(start, end, _) in shifts {
        let free = |w: &Vec<(i64, i64)>| {
            w.len() < days as usize
                && w.last()
                    .is_none_or(|l| l.1 + rest <= start && l.0 + day / 2 < start)
                && w.first().is_none_or(|f| end + rest <= f.0 + 7 * day)
        };
        let key = |w: &Vec<(i64, i64)>| {
            let apart = w.last().map_or(0, |l| {
                let d = (start - l.0).rem_euclid(day);
                d.min(day - d) / (2 * HOUR as i64)
            });
            (w.len(), apart)
        };
        let Some(chosen) = (0..people)
            .filter(|&i| free(&work[i]))
            .min_by_key(|&i| (key(&work[i]), i))
        else {
            return false;
        };
        work[chosen].push((start, end));
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_people_work_a_week_of_five_shifts_a_day() {
        let day = 24 * HOUR as i64;
        let shift = |d: usize, from: i64| {
            let start = d as i64 * day + from * HOUR as i64;
            (start, start + 8 * HOUR as i64, d)
        };
        let week: Vec<_> = (0..5).flat_map(|d| vec![shift(d, 8); 5]).collect();
        assert_eq!(tours(&week, 5, 11 * HOUR as i64), 5);
        // Seven days of one shift need two people who work five days each.
        let daily: Vec<_> = (0..7).map(|d| shift(d, 8)).collect();
        assert_eq!(tours(&daily, 5, 11 * HOUR as i64), 2);
        // A late shift and an early one the next morning are not for one person.
        let clash = [shift(0, 16), shift(1, 6)];
        assert_eq!(tours(&clash, 5, 11 * HOUR as i64), 2);
        assert_eq!(tours(&[], 5, 0), 0);
    }
}
