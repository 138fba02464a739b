//! A roster that people know already, and what changing it costs.
//!
//! `[team.*] published = { roster = "july.csv", price = "EUR 15/shift" }`: the plan pays the price for every shift of that
//! roster that it moves, drops or adds. A shift is told by contract, day, template, start and length; a break that moves is
//! no change. Of a day's shifts `K = sum_s min(planned_s, published_s)` stay as they are; of the others, each one dropped and
//! one added on the same day under the same contract are one shift moved:
//!
//! ```text
//! changes(day) = max(planned, published) - K
//! ```
//!
//! In the linear model `z >= planned - sum k`, `z >= published - sum k`, `k_s <= planned_s`, `k_s <= published_s` with the price
//! on `z` says the same. Nobody who is paid anyway is given shifts that are not published. The price is a part of the plan's
//! cost and bound, not of what the simulation bills.

use super::columns::Column;
use super::grid::Grid;
use super::words::{clock, day as day_word};
use crate::roster::dates;
use crate::scenario::model::{DutyRow, Scenario};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// Template, start and length in minutes.
type Kind = (usize, u32, u32);

/// All days on which shifts are published or could be planned beside.
#[derive(Debug, Clone, Default)]
pub struct Published {
    /// Days of teams and contracts.
    pub days: Vec<Day>,
    /// Per column: the days it is worked on.
    of_column: Vec<Vec<usize>>,
}

/// One day of a team's people of one contract.
#[derive(Debug, Clone)]
pub struct Day {
    /// Team (index).
    team: usize,
    /// Index into its heads.
    heads: usize,
    /// Week from 0.
    week: usize,
    date: Date,
    /// Money for a change.
    pub price: f64,
    /// Published shifts: how many of each kind, and the columns that are the same.
    pub shifts: Vec<(Kind, f64, Vec<usize>)>,
    /// All columns of the day.
    pub columns: Vec<usize>,
}

impl Day {
    /// Shifts published.
    #[must_use]
    pub fn published(&self) -> f64 {
        self.shifts.iter().map(|s| s.1).sum()
    }

    /// Shifts planned, and those of them that are published.
    fn kept(&self, x: &[f64]) -> (f64, f64) {
        let sum = |columns: &[usize]| columns.iter().map(|&c| x[c]).sum::<f64>();
        let kept = self.shifts.iter().map(|s| sum(&s.2).min(s.1));
        (sum(&self.columns), kept.sum())
    }

    /// Shifts moved, added or dropped.
    #[must_use]
    pub fn changes(&self, x: &[f64]) -> f64 {
        let (planned, kept) = self.kept(x);
        planned.max(self.published()) - kept
    }
}

impl Published {
    /// What is published of a scenario's planned teams.
    #[must_use]
    pub fn new(scenario: &Scenario, grid: &Grid, planned: &[bool], columns: &[Column]) -> Self {
        let mut days = Vec::new();
        for (t, team) in scenario.teams.iter().enumerate() {
            let Some(published) = team.published.as_ref().filter(|_| planned[t]) else {
                continue;
            };
            for (date, week) in dates(scenario, &team.clock) {
                for h in 0..team.heads.len() {
                    let mine = |r: &&DutyRow| {
                        let entry = team.heads.iter().position(|e| e.contract == r.contract);
                        r.day == date.weekday()
                            && r.week.is_none_or(|w| w == week)
                            && entry.unwrap_or(0) == h
                    };
                    days.push(Day {
                        team: t,
                        heads: h,
                        week: week as usize - 1,
                        date,
                        price: published.price,
                        shifts: kinds(published.rows.iter().filter(mine)),
                        columns: Vec::new(),
                    });
                }
            }
        }
        let mut of_column = vec![Vec::new(); columns.len()];
        for (d, day) in days.iter_mut().enumerate() {
            let pattern = grid.pattern_of_week(day.week);
            for (c, column) in columns.iter().enumerate() {
                let same = (column.team, column.heads) == (day.team, day.heads)
                    && Some(column.pattern) == pattern
                    && column.row.day == day.date.weekday();
                if !same {
                    continue;
                }
                of_column[c].push(d);
                day.columns.push(c);
                let kind = kind(&column.row);
                if let Some(shift) = day.shifts.iter_mut().find(|s| s.0 == kind) {
                    shift.2.push(c);
                }
            }
        }
        Self { days, of_column }
    }

    /// Money for the changes on the days of a column.
    #[must_use]
    pub fn price_around(&self, column: usize, x: &[f64]) -> f64 {
        let days = self.of_column.get(column).into_iter().flatten();
        days.map(|&d| self.days[d].price * self.days[d].changes(x))
            .sum()
    }

    /// Money for all changes.
    #[must_use]
    pub fn price(&self, x: &[f64]) -> f64 {
        self.days.iter().map(|d| d.price * d.changes(x)).sum()
    }

    /// Whether a column is of a team whose roster is published.
    #[must_use]
    pub fn binds(&self, column: usize) -> bool {
        self.of_column
            .get(column)
            .is_some_and(|days| !days.is_empty())
    }
}

fn kind(row: &DutyRow) -> Kind {
    (row.shift, row.start_min % 1440, row.length_min)
}

fn kinds<'a>(rows: impl Iterator<Item = &'a DutyRow>) -> Vec<(Kind, f64, Vec<usize>)> {
    let mut all: BTreeMap<Kind, f64> = BTreeMap::new();
    for row in rows.filter(|r| r.heads > 0) {
        *all.entry(kind(row)).or_default() += f64::from(row.heads);
    }
    all.into_iter().map(|(k, n)| (k, n, Vec::new())).collect()
}

/// What a plan changes of a team's published roster.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Changed {
    /// Team.
    pub team: String,
    /// Money for a change.
    pub price: f64,
    /// Shifts published.
    pub published: u32,
    /// Of these, shifts that stay.
    pub kept: u32,
    /// Shifts moved within their day.
    pub moved: u32,
    /// Shifts added.
    pub added: u32,
    /// Shifts dropped.
    pub dropped: u32,
    /// Money for all changes, a part of the plan's cost.
    pub cost: f64,
    /// The changes, in order of time.
    pub changes: Vec<Change>,
}

/// A change of one or more alike shifts of a day: moved where both `from` and `to` are there.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// Day, `2027-01-11`.
    pub date: String,
    /// `Mon` to `Sun`.
    pub day: &'static str,
    /// Contract.
    pub contract: Option<String>,
    /// As published.
    pub from: Option<Times>,
    /// As planned.
    pub to: Option<Times>,
    /// Shifts.
    pub shifts: u32,
}

/// When a shift is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Times {
    /// Template.
    pub shift: String,
    /// Start, `08:30`.
    pub start: String,
    /// Length in minutes.
    pub length_min: u32,
}

/// The changes of every published roster under a plan.
#[must_use]
pub fn changed(
    scenario: &Scenario,
    published: &Published,
    columns: &[Column],
    x: &[f64],
) -> Vec<Changed> {
    let teams = scenario.teams.iter().enumerate();
    let teams = teams.filter(|(t, _)| published.days.iter().any(|d| d.team == *t));
    teams
        .map(|(t, team)| {
            let mut out = Changed {
                team: team.name.clone(),
                price: team.published.as_ref().map_or(0.0, |p| p.price),
                published: 0,
                kept: 0,
                moved: 0,
                added: 0,
                dropped: 0,
                cost: 0.0,
                changes: Vec::new(),
            };
            for day in published.days.iter().filter(|d| d.team == t) {
                out.published += day.published().round() as u32;
                out.kept += day.kept(x).1.round() as u32;
                out.cost += day.price * day.changes(x);
                out.changes.extend(changes(scenario, day, columns, x));
            }
            for change in &out.changes {
                *match (&change.from, &change.to) {
                    (Some(_), Some(_)) => &mut out.moved,
                    (None, _) => &mut out.added,
                    (_, None) => &mut out.dropped,
                } += change.shifts;
            }
            out
        })
        .collect()
}

/// Shifts dropped against shifts added, earliest first.
fn changes(scenario: &Scenario, day: &Day, columns: &[Column], x: &[f64]) -> Vec<Change> {
    let mut left: BTreeMap<Kind, i64> = BTreeMap::new();
    for &c in &day.columns {
        *left.entry(kind(&columns[c].row)).or_default() += x[c].round() as i64;
    }
    for (kind, count, _) in &day.shifts {
        *left.entry(*kind).or_default() -= count.round() as i64;
    }
    let of = |sign: i64| -> Vec<Kind> {
        let mut all: Vec<Kind> = left
            .iter()
            .filter(|(_, n)| **n * sign > 0)
            .flat_map(|(k, n)| std::iter::repeat_n(*k, n.unsigned_abs() as usize))
            .collect();
        all.sort_by_key(|k| (k.1, k.2, k.0));
        all
    };
    let (added, dropped) = (of(1), of(-1));
    let pairs: Vec<(Option<Kind>, Option<Kind>)> = (0..added.len().max(dropped.len()))
        .map(|i| (dropped.get(i).copied(), added.get(i).copied()))
        .collect();
    let times = |k: Kind| Times {
        shift: scenario.shifts[k.0].name.clone(),
        start: clock(k.1),
        length_min: k.2,
    };
    let contract = scenario.teams[day.team].heads[day.heads].contract;
    pairs
        .chunk_by(|a, b| a == b)
        .map(|alike| Change {
            date: day.date.to_string(),
            day: day_word(day.date.weekday()),
            contract: contract.map(|c| scenario.contracts[c].name.clone()),
            from: alike[0].0.map(times),
            to: alike[0].1.map(times),
            shifts: alike.len() as u32,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimize::model::published_rows;
    use crate::solve::{Model, Options, Sense, solve};

    fn day(published: &[(u32, f64)], columns: &[u32]) -> Day {
        let same = |start: u32| {
            let of = columns.iter().enumerate();
            of.filter(|(_, s)| **s == start).map(|c| c.0).collect()
        };
        Day {
            team: 0,
            heads: 0,
            week: 0,
            date: jiff::civil::date(2027, 1, 11),
            price: 15.0,
            shifts: published
                .iter()
                .map(|&(start, n)| ((0, start, 480), n, same(start)))
                .collect(),
            columns: (0..columns.len()).collect(),
        }
    }

    /// Fewest changes by trying how many of the dropped are matched to the added.
    fn fewest(published: &[(u32, f64)], columns: &[u32], x: &[f64]) -> f64 {
        let mut before: Vec<u32> = published
            .iter()
            .flat_map(|&(s, n)| vec![s; n as usize])
            .collect();
        let mut added = 0;
        for (&start, &n) in columns.iter().zip(x) {
            for _ in 0..n as usize {
                match before.iter().position(|b| *b == start) {
                    Some(at) => {
                        before.swap_remove(at);
                    }
                    None => added += 1,
                }
            }
        }
        (0..=before.len().min(added))
            .map(|moved| (before.len() + added - moved) as f64)
            .fold(f64::INFINITY, f64::min)
    }

    #[test]
    fn the_model_counts_changes_as_they_are_counted_one_by_one() -> Result<(), crate::solve::Fault>
    {
        // Two alike columns that differ in their break, one at another time; a shift that no column has.
        let (published, columns) = ([(480, 2.0), (600, 1.0), (720, 1.0)], [480, 480, 600, 540]);
        let day = day(&published, &columns);
        for code in 0..3u32.pow(4) {
            let x: Vec<f64> = (0..4).map(|i| f64::from(code / 3u32.pow(i) % 3)).collect();
            let expected = fewest(&published, &columns, &x);
            assert_eq!(day.changes(&x), expected, "{x:?}");
            let mut model = Model::new();
            let vars: Vec<_> = x.iter().map(|_| model.continuous(0.0, 0.0, 9.0)).collect();
            for (var, n) in vars.iter().zip(&x) {
                model.row([(*var, 1.0)], Sense::Equal, *n);
            }
            let built: Vec<_> = vars.into_iter().enumerate().collect();
            published_rows(std::slice::from_ref(&day), &built, &mut model);
            let solved = solve(&model, &Options::default())?;
            assert!((solved.objective - 15.0 * expected).abs() < 1e-6, "{x:?}");
        }
        Ok(())
    }
}
