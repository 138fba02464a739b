//! Seats of the sites: how many people a plan may put to work at once.
//!
//! Most people are there just when somebody comes, so it is enough to count them at the starts of shifts.

use super::columns::Column;
use super::grid::Grid;
use super::levers::Staffing;
use crate::experiment::Case;
use crate::scenario::model::Scenario;
use crate::time::{DAY, Tick};
use std::collections::BTreeSet;

/// A week in ticks.
const WEEK: i64 = 7 * DAY as i64;

/// One instant at a site in the weeks of a pattern.
#[derive(Debug, Clone, PartialEq)]
pub struct SeatRow {
    /// Columns (indexes, ascending) whose people are there.
    pub columns: Vec<usize>,
    /// Seats for them.
    pub free: f64,
}

/// Duties of teams that are not planned, by site.
#[must_use]
pub fn others(case: &Case, staffing: &Staffing) -> Vec<Vec<(Tick, Tick)>> {
    let scenario = &case.scenario;
    let mut out = vec![Vec::new(); scenario.sites.len()];
    for (t, team) in scenario.teams.iter().enumerate() {
        if !staffing.planned[t] {
            let positions = case.roster.teams[t].positions.iter();
            let duties = positions.flat_map(|p| &p.duties);
            out[team.site].extend(duties.map(|d| (d.start, d.end)));
        }
    }
    out
}

/// A row for every instant at which somebody comes to a site with a bound on seats; weeks repeat.
#[must_use]
pub fn seat_rows(
    scenario: &Scenario,
    grid: &Grid,
    columns: &[Column],
    others: &[Vec<(Tick, Tick)>],
) -> Vec<SeatRow> {
    let mut rows = Vec::new();
    for (s, site) in scenario.sites.iter().enumerate() {
        let Some(seats) = site.seats else { continue };
        for (p, pattern) in grid.patterns.iter().enumerate() {
            let here: Vec<usize> = (0..columns.len())
                .filter(|&c| columns[c].pattern == p && scenario.teams[columns[c].team].site == s)
                .collect();
            let starts = pattern.weeks.iter().map(|&w| grid.starts[w] as i64);
            let inside = |&&(from, _): &&(Tick, Tick)| {
                let mut weeks = starts.clone();
                weeks.any(|w| (w..w + WEEK).contains(&(from as i64)))
            };
            let come = others[s].iter().filter(inside);
            let mut instants: BTreeSet<i64> = come
                .filter_map(|&(from, _)| {
                    let week = starts.clone().filter(|&w| w <= from as i64).max()?;
                    Some(from as i64 - week)
                })
                .collect();
            instants.extend(here.iter().map(|&c| columns[c].start.rem_euclid(WEEK)));
            for at in instants {
                let there = |&&c: &&usize| {
                    let column = &columns[c];
                    (at - column.start).rem_euclid(WEEK) < column.end() - column.start
                };
                let columns: Vec<usize> = here.iter().filter(there).copied().collect();
                let taken = |w: i64| {
                    let now = (w + at) as Tick;
                    let on = others[s].iter().filter(|d| d.0 <= now && now < d.1);
                    on.count()
                };
                let taken = starts.clone().map(taken).max().unwrap_or(0);
                if !columns.is_empty() {
                    rows.push(SeatRow {
                        columns,
                        free: (f64::from(seats) - taken as f64).max(0.0),
                    });
                }
            }
        }
    }
    rows
}
