//! What people would break when a plan's shifts are handed out to them.

use super::problem::Problem;
use crate::roster::{Roster, Rule, Violation, check, check_people, hand_out};
use crate::scenario::model::{RosterSource, Scenario};

/// The rules that people of planned teams break under a roster. Paid hours without a shift are for the plan to weigh, not
/// a breach.
#[must_use]
pub fn breaches(problem: &Problem, scenario: &Scenario, roster: &Roster) -> Vec<Violation> {
    let mut found = check(scenario, roster);
    found.retain(|v| problem.staffing.planned[v.team] && v.rule != Rule::Idle);
    found
}

/// How many rules a team's people break when their duties are handed out, seats apart; as many as can be where there are too
/// few people. `scenario` has the plan's duties; no other team is placed, nor is planned work off queue.
#[must_use]
pub fn broken_by(scenario: &Scenario, team: usize) -> usize {
    let RosterSource::Duties(rows) = &scenario.teams[team].roster else {
        return 0;
    };
    hand_out(scenario, &scenario.teams[team], rows).map_or(usize::MAX, |people| {
        check_people(scenario, team, &people).len()
    })
}
