//! People who have to be at work at least: nobody alone while customers may come.
//!
//! `keep = ["never alone in berlin"]` asks for two of the team at work, `"at least 3 at work in berlin"` for three, whenever
//! one of the team's channels is open. Somebody on a break is not at work; who is in a meeting is.

use super::grid::Grid;
use super::levers::Staffing;
use crate::experiment::Case;
use crate::roster::{OffKind, served};
use crate::scenario::model::Scenario;
use crate::time::{OpenHours, Tick};

/// A bound of `[decide] keep` on people at work, on the grid.
#[derive(Debug, Clone, PartialEq)]
pub struct Minimum {
    /// Index among the scenario's minimums.
    pub index: usize,
    /// Team (index).
    pub team: usize,
    /// People.
    pub people: f64,
    /// Per cell: whether it holds there.
    pub open: Vec<bool>,
}

/// The bounds on teams whose shifts are planned.
#[must_use]
pub fn minimums(scenario: &Scenario, grid: &Grid, staffing: &Staffing) -> Vec<Minimum> {
    let of = |(index, minimum): (usize, &crate::scenario::model::Minimum)| {
        let hours = hours(scenario, minimum.team);
        let open = |cell: usize| {
            let pattern = &grid.patterns[grid.pattern_of(cell)];
            let at = grid.starts[pattern.example()] + (cell - pattern.first) as Tick * grid.step;
            hours.open_between(at, at + grid.step) > 0
        };
        Minimum {
            index,
            team: minimum.team,
            people: f64::from(minimum.people),
            open: (0..grid.cells()).map(open).collect(),
        }
    };
    let all = scenario.decide.minimums.iter().enumerate();
    all.filter(|(_, m)| staffing.planned[m.team])
        .map(of)
        .collect()
}

/// When one of a team's channels is open.
fn hours(scenario: &Scenario, team: usize) -> OpenHours {
    let until = scenario.horizon.length();
    let channels = served(scenario, &scenario.teams[team]).map(|c| scenario.opening(c, until));
    OpenHours::from_spans(channels.flat_map(|h| h.spans().to_vec()).collect())
}

/// Fewest people of a team at work at once while one of its channels is open, as rostered; `None` where none ever is.
#[must_use]
pub fn fewest(case: &Case, team: usize) -> Option<u32> {
    let hours = hours(&case.scenario, team);
    let mut steps: Vec<(Tick, i32)> = Vec::new();
    for duty in case.roster.teams[team]
        .positions
        .iter()
        .flat_map(|p| &p.duties)
    {
        steps.extend([(duty.start, 1), (duty.end, -1)]);
        for off in duty.offs.iter().filter(|o| o.kind != OffKind::Planned) {
            steps.extend([(off.start, -1), (off.end, 1)]);
        }
    }
    // Whoever comes is there before another goes at the same instant.
    steps.sort_unstable_by_key(|&(at, change)| (at, -change));
    let mut steps = steps.into_iter().peekable();
    let (mut there, mut fewest) = (0i32, None);
    for &(from, to) in hours.spans() {
        let mut at = from;
        while at < to {
            while let Some((_, change)) = steps.next_if(|s| s.0 <= at) {
                there += change;
            }
            fewest = Some(fewest.map_or(there, |n: i32| n.min(there)));
            at = steps.peek().map_or(to, |s| s.0);
        }
    }
    fewest.map(|n| n.max(0).unsigned_abs())
}
