//! Skill groups of a team, counted together.

use crate::scenario::model::Scenario;
use crate::sim::TeamSums;
use crate::stats::Histogram;

/// The sums of a team, its other skill groups included.
#[must_use]
pub fn of_unit(scenario: &Scenario, teams: &[TeamSums], team: usize) -> TeamSums {
    let mut sum = TeamSums::default();
    scenario
        .members(team)
        .for_each(|group| sum += &teams[group]);
    sum
}

/// The sums of every team as the scenario names them, skill groups together.
#[must_use]
pub fn by_unit(scenario: &Scenario, teams: &[TeamSums]) -> Vec<TeamSums> {
    let units = scenario.units();
    units.map(|unit| of_unit(scenario, teams, unit)).collect()
}

/// Waits by team as the scenario names them, skill groups together.
#[must_use]
pub fn waits_by_unit(scenario: &Scenario, waits: &[Histogram]) -> Vec<Histogram> {
    let of_unit = |unit: usize| {
        let mut all = Histogram::default();
        scenario
            .members(unit)
            .for_each(|group| all.merge(&waits[group]));
        all
    };
    scenario.units().map(of_unit).collect()
}
