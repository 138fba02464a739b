//! What scenarios that plans are tested with have in common.
#![allow(clippy::unwrap_used)]

use super::{Goal, Recommendation, recommend};
use crate::experiment::Case;
use crate::scenario::Scenario;

/// Calls of five minutes at one site; the test says for how long, when, and how many a week. It ends inside the
/// contract, so that tests add rules to it, then shifts, teams and what is to be decided.
pub fn calls(length: &str, open: &str, per_week: &str) -> String {
    format!(
        r#"
start  = 2027-01-11
length = "{length}"
zone   = "Europe/Berlin"
[demand]
counted  = "first contacts"
busyness = "none"
[channel.phone]
kind   = "live"
open   = "{open}"
redial = "none"
[topic.help]
per_week = {per_week}
handle   = "5m"
ends     = {{ resolved = "100%" }}
[promise.phone]
target = "80% of phone within 20s"
[site]
berlin = {{ zone = "Europe/Berlin" }}
[contract.full]
hours = "40h/week"
pay   = "EUR 20/h"
rest  = "11h"
"#
    )
}

/// One team of full-timers on some shifts, and that their number is decided.
pub fn team(heads: u32, shifts: &str, (least, most): (u32, u32)) -> String {
    format!(
        r#"
[team.all]
site      = "berlin"
heads     = {{ full = {heads} }}
shifts    = [{shifts}]
roster    = "fit"
shrinkage = "none"
[decide]
"team.all.heads.full" = {{ from = {least}, to = {most} }}
"#
    )
}

/// A goal that is reached quickly: so many rounds, and replications of search and proof.
pub fn quick(rounds: u32, search: u64, proof: u64) -> Goal {
    Goal {
        rounds,
        search,
        proof,
        ..Goal::default()
    }
}

/// What is recommended for a scenario that has a plan.
pub fn planned(scenario: Scenario, goal: &Goal) -> Recommendation {
    recommend(&Case::new(scenario).unwrap(), None, goal, &()).unwrap()
}
