//! People by week: who works, which positions are vacant, who is in class.

use super::case::Case;
use super::collected::Collected;
use crate::sim::HeadSums;
use crate::stats::{Estimate, mean_estimate};
use crate::time::{self, DAY, Tick};
use serde::Serialize;

/// A team's people in one week of the horizon.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WeekOfPeople {
    /// First day of the week at the team's site.
    pub week: String,
    /// Mean number of people at work or on leave.
    pub working: Option<Estimate>,
    /// Mean number of positions with nobody.
    pub vacant: Option<Estimate>,
    /// Mean number of newcomers in training classes.
    pub in_class: Option<Estimate>,
}

/// The weeks of a team; empty where nothing about its people is stated.
pub fn weeks(
    case: &Case,
    collected: &Collected,
    team: usize,
    confidence: f64,
) -> Vec<WeekOfPeople> {
    if case.roster.teams[team].people.is_none() {
        return Vec::new();
    }
    let scenario = &case.scenario;
    let zone = &scenario.sites[scenario.teams[team].site].zone;
    let labels = time::weeks(&scenario.horizon, zone).labels;
    let weeks = scenario.horizon.length().div_ceil(7 * DAY) as usize;
    let groups: Vec<usize> = scenario.members(team).collect();
    // The week's length is what all positions together were counted for.
    let positions = |&g: &usize| case.roster.teams[g].positions.len();
    let positions = groups.iter().map(positions).sum::<usize>().max(1) as f64;
    let estimate = |week: usize, field: fn(&HeadSums) -> Tick| {
        let mean = |heads: &Vec<HeadSums>| {
            let mut cell = HeadSums::default();
            let rows = groups.iter().filter_map(|g| heads.get(g * weeks + week));
            rows.for_each(|row| cell += row);
            let all = cell.working + cell.vacant + cell.in_class;
            field(&cell) as f64 / (all as f64 / positions).max(1.0)
        };
        let samples: Vec<f64> = collected.heads.iter().map(mean).collect();
        mean_estimate(&samples, confidence)
    };
    labels
        .into_iter()
        .take(weeks)
        .enumerate()
        .map(|(w, week)| WeekOfPeople {
            week,
            working: estimate(w, |c| c.working),
            vacant: estimate(w, |c| c.vacant),
            in_class: estimate(w, |c| c.in_class),
        })
        .collect()
}
