//! What the rules of one person's week mean for all shifts of a team: rest, days in a row, starts near each other,
//! weekends.
//!
//! No person is named here; the rows say how many people it takes at the least. *Rest*: who works until late cannot begin
//! early on the next day, so both together are at most the people there (any two of these shifts exclude each other, so
//! the row holds for whole people, too). *Days in a row*: over `k + 1` days everybody works `k` at most. *Starts*: everybody
//! has a band of starts for the week, and works shifts inside it. *Weekends*: who works on Saturday or Sunday uses one.

use super::super::columns::Column;
use super::super::problem::Problem;
use super::heads::couple;
use super::parts::{Built, Coupling};
use crate::scenario::model::Rules;
use crate::solve::{Sense, Var};
use crate::time::{DAY, ticks};
use std::collections::{BTreeMap, BTreeSet};

/// Rows for one entry of a team's heads; `people` is the variable of its heads and the part of them that is there, `mine`
/// its columns.
pub fn tour_rows(
    problem: &Problem,
    built: &mut Built,
    (team, entry): (usize, usize),
    rules: &Rules,
    people: (Var, f64),
    mine: &[(usize, Var)],
) {
    let mut weekends = Vec::new();
    for (p, pattern) in problem.grid.patterns.iter().enumerate() {
        let of: Vec<(usize, Var)> = mine
            .iter()
            .copied()
            .filter(|(c, _)| problem.columns[*c].pattern == p)
            .collect();
        for key in rests(problem, (team, entry, p), ticks(rules.rest_s) as i64, &of) {
            couple(problem, built, key, &of, vec![people], 0.0);
        }
        let in_a_row = rules.days_in_a_row;
        if in_a_row < 7 && rules.days_per_week > in_a_row {
            let most = (people.0, people.1 * f64::from(in_a_row));
            for day in 0..7 {
                let key = Coupling::Row(team, entry, p, day, in_a_row as usize + 1);
                couple(problem, built, key, &of, vec![most], 0.0);
            }
        }
        band_rows(problem, built, (team, entry, p), rules, people, &of);
        if rules.weekend_share < 1.0 {
            let used = weekend(problem, built, (team, entry, p), &of);
            weekends.push((used, -(pattern.weeks.len() as f64)));
        }
    }
    if rules.weekend_share < 1.0 {
        let weeks = problem.grid.starts.len() as u32;
        weekends.push((people.0, people.1 * f64::from(rules.weekends(weeks))));
        let id = built.model.row(weekends, Sense::AtLeast, 0.0);
        built.coupling.push((Coupling::Weekends(team, entry), id));
    }
}

/// Ticks of rest that somebody on a column needs.
pub fn rest_of(problem: &Problem, column: &Column) -> i64 {
    let contract = column.row.contract;
    contract.map_or(0, |c| ticks(problem.scenario.contracts[c].rules.rest_s)) as i64
}

/// Start of a column of the day after `day`, in ticks of the week of `day`; weeks repeat.
pub fn start_after(column: &Column, day: usize) -> i64 {
    column.start + if day == 6 { 7 * DAY as i64 } else { 0 }
}

/// One row per set of early shifts that some late shift excludes, with all late shifts that exclude them.
fn rests(
    problem: &Problem,
    (team, entry, pattern): (usize, usize, usize),
    rest: i64,
    of: &[(usize, Var)],
) -> Vec<Coupling> {
    let mut keys = Vec::new();
    for day in 0..7 {
        let on = |d: usize| {
            let columns = of.iter().map(|&(c, _)| &problem.columns[c]);
            columns.filter(move |c| c.day == d)
        };
        let ends: BTreeSet<i64> = on(day).map(Column::end).collect();
        let mut excluded = 0;
        for end in ends {
            let early = on((day + 1) % 7).filter(|c| start_after(c, day) < end + rest);
            let count = early.count();
            if count > excluded {
                excluded = count;
                keys.push(Coupling::Rest(team, entry, pattern, day, end));
            }
        }
    }
    keys
}

/// Everybody has one band of starts in a week and works at most one shift a day, inside it.
fn band_rows(
    problem: &Problem,
    built: &mut Built,
    (team, entry, pattern): (usize, usize, usize),
    rules: &Rules,
    people: (Var, f64),
    of: &[(usize, Var)],
) {
    let mut on: BTreeMap<usize, BTreeSet<u32>> = BTreeMap::new();
    for &(c, _) in of {
        let column = &problem.columns[c];
        let clock = column.row.start_min % 1440;
        on.entry(column.day).or_default().insert(clock);
    }
    let all: BTreeSet<u32> = on.values().flatten().copied().collect();
    let bands = bands(rules, &all);
    if bands.iter().any(|b| b.len() == all.len()) {
        return;
    }
    let z: Vec<Var> = bands
        .iter()
        .map(|_| built.model.continuous(0.0, 0.0, f64::INFINITY))
        .collect();
    let days = f64::from(rules.days_per_week);
    let mut week: Vec<Vec<(Var, f64)>> = z.iter().map(|&z| vec![(z, days)]).collect();
    for (&day, starts) in &on {
        let mut today: Vec<Vec<(Var, f64)>> = z.iter().map(|&z| vec![(z, 1.0)]).collect();
        for &start in starts {
            let mut worked = Vec::new();
            for (b, _) in bands.iter().enumerate().filter(|(_, b)| b.contains(&start)) {
                let y = built.model.continuous(0.0, 0.0, f64::INFINITY);
                worked.push((y, 1.0));
                today[b].push((y, -1.0));
                week[b].push((y, -1.0));
            }
            let key = Coupling::Start(team, entry, pattern, day, start);
            couple(problem, built, key, of, worked, 0.0);
        }
        for row in today {
            built.model.row(row, Sense::AtLeast, 0.0);
        }
    }
    for row in week {
        built.model.row(row, Sense::AtLeast, 0.0);
    }
    let used = z.iter().map(|&z| (z, -1.0)).chain([people]);
    built.model.row(used, Sense::AtLeast, 0.0);
}

/// The largest sets of starts that are near each other, each from one start of the day on.
fn bands(rules: &Rules, all: &BTreeSet<u32>) -> Vec<BTreeSet<u32>> {
    let from = |&first: &u32| -> BTreeSet<u32> {
        let after = |s: &&u32| (**s + 1440 - first) % 1440 <= 720 && rules.near(first, **s);
        all.iter().filter(after).copied().collect()
    };
    let mut bands: Vec<BTreeSet<u32>> = all.iter().map(from).collect();
    bands.sort_by_key(|b| std::cmp::Reverse(b.len()));
    let mut largest: Vec<BTreeSet<u32>> = Vec::new();
    for band in bands {
        if !largest.iter().any(|l| band.is_subset(l)) {
            largest.push(band);
        }
    }
    largest
}

/// People who work on a weekend of a pattern: at least those of either day.
fn weekend(
    problem: &Problem,
    built: &mut Built,
    (team, entry, pattern): (usize, usize, usize),
    of: &[(usize, Var)],
) -> Var {
    let used = built.model.continuous(0.0, 0.0, f64::INFINITY);
    let weekend = of.iter().filter(|(c, _)| problem.columns[*c].weekend());
    let days: BTreeSet<usize> = weekend.map(|(c, _)| problem.columns[*c].day).collect();
    for day in days {
        let key = Coupling::Day(team, entry, pattern, day);
        couple(problem, built, key, of, vec![(used, 1.0)], 0.0);
    }
    used
}
