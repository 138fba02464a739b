//! What people would break when a plan's shifts are handed out to them.

use super::problem::Problem;
use crate::roster::{Roster, Rule, Violation, check};
use crate::scenario::model::Scenario;

/// The rules that people of planned teams break under a roster. Paid hours without a shift are for the plan to weigh, not
/// a breach.
#[must_use]
pub fn breaches(problem: &Problem, scenario: &Scenario, roster: &Roster) -> Vec<Violation> {
    let mut found = check(scenario, roster);
    found.retain(|v| problem.staffing.planned[v.team] && v.rule != Rule::Idle);
    found
}
