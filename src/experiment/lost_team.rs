//! What is left of the promises when any one team is lost.
//!
//! For every team the same customers meet the organisation without that team's people: nobody of it works a duty, and
//! automation is out of order. Nobody else is moved in its place.

use super::case::Case;
use super::outcome::{Outcome, PromiseOutcome};
use super::replicate::{Progress, Settings, replicate};
use crate::measure::Verdict;
use crate::stats::Estimate;
use serde::Serialize;

/// What is left without one team.
#[derive(Debug, Clone, Serialize)]
pub struct LostTeam {
    /// The team that is lost.
    pub team: String,
    /// Promises that are still met, of all.
    pub met: usize,
    /// Share of contacts inside their own promise.
    pub service_level: Option<Estimate>,
    /// Share of contacts abandoned.
    pub abandoned_share: Option<Estimate>,
    /// Every promise.
    pub promises: Vec<PromiseOutcome>,
}

/// Plays a case once for every team, without it.
#[must_use]
pub fn without_each_team(
    case: &Case,
    settings: &Settings,
    progress: &dyn Progress,
) -> Vec<LostTeam> {
    let scenario = &case.scenario;
    scenario
        .units()
        .map(|unit| {
            let outcome = replicate(&without(case, unit), settings, progress);
            lost(scenario.unit_name(unit), outcome)
        })
        .collect()
}

/// The case with nobody of a team on duty, whatever its skill group.
fn without(case: &Case, unit: usize) -> Case {
    let mut left = case.clone();
    for team in case.scenario.members(unit) {
        for position in &mut left.roster.teams[team].positions {
            position.duties.clear();
        }
        for class in &mut left.world.classes {
            class.automation = class.automation.filter(|c| usize::from(c.team) != team);
        }
    }
    left
}

fn lost(team: &str, outcome: Outcome) -> LostTeam {
    let met = |p: &&PromiseOutcome| p.verdict == Verdict::Met;
    LostTeam {
        team: team.to_string(),
        met: outcome.promises.iter().filter(met).count(),
        service_level: outcome.overall.get("service_level").copied(),
        abandoned_share: outcome.overall.get("abandoned_share").copied(),
        promises: outcome.promises,
    }
}
