//! What people would break when a plan's shifts are handed out to them.

use super::problem::Problem;
use crate::roster::{Roster, Rule, Violation, check, check_people, hand_out};
use crate::scenario::model::{RosterSource, Scenario};
use std::collections::BTreeMap;

/// How often each rule is broken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Breaches(BTreeMap<Rule, usize>);

impl Breaches {
    /// Counts what was found.
    #[must_use]
    pub fn of(found: &[Violation]) -> Self {
        let mut counts = BTreeMap::new();
        for violation in found {
            *counts.entry(violation.rule).or_insert(0) += 1;
        }
        Self(counts)
    }

    /// Whether some rule is broken more often than in another hand-out: less of one does not make up for more of another.
    #[must_use]
    pub fn worse_than(&self, other: &Self) -> bool {
        let before = |rule| other.0.get(rule).copied().unwrap_or(0);
        self.0.iter().any(|(rule, &times)| times > before(rule))
    }
}

/// The rules that people of planned teams break under a roster. Paid hours without a shift are for the plan to weigh, not
/// a breach.
#[must_use]
pub fn breaches(problem: &Problem, scenario: &Scenario, roster: &Roster) -> Vec<Violation> {
    let mut found = check(scenario, roster);
    found.retain(|v| problem.staffing.planned[v.team] && v.rule != Rule::Idle);
    found
}

/// What a team's people break when their duties are handed out, seats apart; `None` where there are too few people for
/// them. `scenario` has the plan's duties; no other team is placed, nor is planned work off queue.
#[must_use]
pub fn broken_by(scenario: &Scenario, team: usize) -> Option<Breaches> {
    let RosterSource::Duties(rows) = &scenario.teams[team].roster else {
        return Some(Breaches::default());
    };
    let people = hand_out(scenario, &scenario.teams[team], rows).ok()?;
    Some(Breaches::of(&check_people(scenario, team, &people)))
}
