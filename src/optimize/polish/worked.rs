//! What people and seats there are leave of a column: days, hours and places already taken.

use crate::optimize::employment::weekly_hours;
use crate::optimize::model::{there_of, weeks_apart};
use crate::optimize::problem::Problem;
use std::collections::BTreeMap;

/// A team's people of one entry.
type Entry = (usize, usize);

/// What is taken by the columns in use.
pub struct Worked {
    /// Per row of seats: people there.
    seated: Vec<f64>,
    /// Per column: rows of seats it takes one of.
    seats_of: Vec<Vec<usize>>,
    /// Per entry, pattern and day: people on a shift.
    days: BTreeMap<(Entry, usize, usize), f64>,
    /// Per entry: paid hours over the horizon.
    hours: BTreeMap<Entry, f64>,
    /// Per entry and pattern: paid hours in one of its weeks.
    weeks: BTreeMap<(Entry, usize), f64>,
    /// The most of them that a head may work, where a contract's hours differ by dates.
    apart: BTreeMap<(Entry, usize), f64>,
}

impl Worked {
    /// Nothing is in use yet.
    #[must_use]
    pub fn none(problem: &Problem) -> Self {
        let mut seats_of = vec![Vec::new(); problem.columns.len()];
        for (index, row) in problem.seats.iter().enumerate() {
            for &c in &row.columns {
                seats_of[c].push(index);
            }
        }
        let teams = problem.scenario.teams.iter().enumerate();
        let entries = teams.flat_map(|(t, team)| {
            let heads = team.heads.iter().enumerate();
            heads.map(move |(h, heads)| ((t, h), heads.contract))
        });
        let apart = entries.flat_map(|(entry, contract)| {
            let weeks = weeks_apart(problem, contract).into_iter();
            weeks.map(move |(pattern, hours)| ((entry, pattern), hours))
        });
        Self {
            seated: vec![0.0; problem.seats.len()],
            seats_of,
            days: BTreeMap::new(),
            hours: BTreeMap::new(),
            weeks: BTreeMap::new(),
            apart: apart.collect(),
        }
    }

    /// Works a column so many times more.
    pub fn count(&mut self, problem: &Problem, column: usize, n: f64) {
        let c = &problem.columns[column];
        let entry = (c.team, c.heads);
        *self.hours.entry(entry).or_default() += n * c.paid_h * problem.times(c);
        *self.weeks.entry((entry, c.pattern)).or_default() += n * c.paid_h;
        *self.days.entry((entry, c.pattern, c.day)).or_default() += n;
        for &row in &self.seats_of[column] {
            self.seated[row] += n;
        }
    }

    /// People of a column's entry on a shift on its day.
    #[must_use]
    pub fn on_day(&self, problem: &Problem, column: usize) -> f64 {
        let c = &problem.columns[column];
        self.on((c.team, c.heads), c.pattern, c.day)
    }

    fn on(&self, entry: Entry, pattern: usize, day: usize) -> f64 {
        let key = (entry, pattern, day);
        self.days.get(&key).copied().unwrap_or(0.0)
    }

    /// Whether a column may be worked once more by the most heads there may be, on the seats there are.
    #[must_use]
    pub fn may(&self, problem: &Problem, column: usize) -> bool {
        let free = |&row: &usize| self.seated[row] + 1.0 <= problem.seats[row].free + 1e-6;
        if !self.seats_of[column].iter().all(free) {
            return false;
        }
        let c = &problem.columns[column];
        let entry = (c.team, c.heads);
        let there = there_of(problem, c.team, c.heads);
        let people = problem.staffing.bounds[c.team][c.heads].1 * there + 1e-6;
        if people.is_infinite() {
            return true;
        }
        let contract = c.row.contract.map(|k| &problem.scenario.contracts[k]);
        let hours = weekly_hours(problem.scenario, c.row.contract);
        let days = contract.map_or(5.0, |k| f64::from(k.rules.days_per_week));
        let on = |day: usize| self.on(entry, c.pattern, day);
        let worked = self.hours.get(&entry).copied().unwrap_or(0.0);
        let week = (entry, c.pattern);
        let in_week = self.weeks.get(&week).copied().unwrap_or(0.0);
        on(c.day) + 1.0 <= people.floor()
            && (0..7).map(on).sum::<f64>() + 1.0 <= days * people.floor()
            && worked + c.paid_h * problem.times(c) <= people * hours * problem.grid.weeks
            && self
                .apart
                .get(&week)
                .is_none_or(|most| in_week + c.paid_h <= people * most)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::experiment::Case;
    use crate::optimize::contract_tests::lengths;
    use crate::scenario::testing::{load, replaced};

    /// One student of 20 hours a week, 40 in the last two of four: 30 in their mean.
    #[test]
    fn one_more_shift_takes_hours_of_its_own_week() {
        let text = replaced(&lengths(&["student"], "\"8h\""), &[("to = 60", "to = 1")]);
        let case = Case::new(load(&text, &[])).unwrap();
        let problem = Problem::new(&case);
        let mut worked = Worked::none(&problem);
        let on = |week: usize, day: usize| {
            let mut columns = problem.columns.iter();
            let weeks = |pattern: usize| &problem.grid.patterns[pattern].weeks;
            columns.position(|c| weeks(c.pattern).contains(&week) && c.day == day)
        };
        for (week, shifts) in [(0, 2), (2, 5)] {
            for day in 0..shifts {
                let column = on(week, day).unwrap();
                assert!(worked.may(&problem, column), "week {week}, day {day}");
                worked.count(&problem, column, 1.0);
            }
        }
        // 16 of 20 hours are gone, 112 of all 120.
        assert!(!worked.may(&problem, on(0, 2).unwrap()));
        worked.count(&problem, on(0, 1).unwrap(), -1.0);
        assert!(worked.may(&problem, on(0, 2).unwrap()));
    }
}
