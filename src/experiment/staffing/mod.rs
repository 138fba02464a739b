//! How few people a structure needs: the least heads that keep its promises, found by simulation.
//!
//! Structures can only be compared at the same quality, and at a volume for which they were not written none of them has
//! the right heads. [`least_heads`] keeps a structure's shape (its teams, contracts in the proportion written, shifts,
//! routes, overheads, rent per seat) and changes the number of people:
//!
//! 1. **All together.** The heads as written times one factor, raised until every promise is kept, then lowered as far as
//!    that lasts (within 5 %).
//! 2. **Team by team**, the dearest hour on queue first: none at all, else in shrinking steps as few as keep the promises,
//!    until no team can give anybody up.
//! 3. **Exchanges.** From a dearer team to a cheaper one that shares work with it, as long as the simulated cost falls.
//!
//! Every question is answered by playing the same few replications (common random numbers); a question is dropped as
//! soon as its answer is certain. Seats follow the heads of their site in the proportion written, as rent does. A promise
//! with `hold` counts as kept when at most a third of the periods fail that may fail; one without when its value
//! is a standard error above its share. And nobody saves the people whose work no promise is about, such as a second tier:
//! what still waits at the quietest moment of a week must not grow from the first week to the last by more than 1 % of a
//! week's contacts, and a tier must have hours on queue for all that is handed to it, whatever part of it got away
//! (`carried`). So that the search does not flatter itself, what is said of the heads it found rests on other replications, from
//! number [`FRESH`] on.
//!
//! This is a local optimum in heads, not a plan: shifts are placed by `fit` as ever, and a cheaper mix of teams may exist. The
//! optimizer's plans know better and take longer.

mod carried;
mod judge;
mod search;
mod seen;
mod sizes;

pub use carried::Undone;
pub use judge::left_undone;

use super::case::{Case, CaseError};
use super::replicate::Settings;
use crate::scenario::model::Scenario;
use search::Search;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::atomic::AtomicBool;

/// First replication of what is said of the heads found; the search uses those from 0 on.
pub const FRESH: u64 = 1_000_000;

/// How to look for the least heads.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Staffing {
    /// Replications of every question.
    #[serde(default = "usual_replications")]
    pub replications: u64,
    /// At most so many times the heads as written.
    #[serde(default = "usual_most")]
    pub most: f64,
}

fn usual_replications() -> u64 {
    8
}

fn usual_most() -> f64 {
    16.0
}

impl Default for Staffing {
    fn default() -> Self {
        Self {
            replications: usual_replications(),
            most: usual_most(),
        }
    }
}

/// Why no heads were found.
#[derive(Debug)]
pub enum StaffingError {
    /// It cannot be played at all.
    Case(CaseError),
    /// Even so many times the heads as written do not keep this.
    OutOfReach(String, f64),
    /// It was told to stop.
    Interrupted,
}

impl fmt::Display for StaffingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Case(why) => why.fmt(f),
            Self::OutOfReach(what, most) => {
                write!(f, "{most} times the heads as written do not keep {what}")
            }
            Self::Interrupted => f.write_str("interrupted"),
        }
    }
}

impl std::error::Error for StaffingError {}

/// The scenario with the least heads that keep its promises, ready to be played.
///
/// `promises` names those that count; all where it is empty. Teams whose roster is given stay as they are. `settings`
/// gives the seed and the first replication of the search.
///
/// # Errors
/// When no heads keep the promises, nobody can be placed, or `stop` was set.
pub fn least_heads(
    scenario: Scenario,
    staffing: &Staffing,
    promises: &[String],
    settings: &Settings,
    stop: &AtomicBool,
) -> Result<Case, StaffingError> {
    let mut search = Search::new(scenario, staffing, promises, settings, stop)?;
    let sizes = search.least()?;
    search.case(&sizes)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::sizes::size;
    use super::*;

    const SMALL: &str = "tests/cli/small.toml";

    fn found(changes: &[(&str, &str)], promises: &[&str]) -> Result<Case, StaffingError> {
        let changes: Vec<(String, String)> = changes
            .iter()
            .map(|(p, v)| ((*p).to_string(), (*v).to_string()))
            .collect();
        let scenario = crate::scenario::load_with(SMALL.as_ref(), &changes).unwrap();
        let promises: Vec<String> = promises.iter().map(|p| (*p).to_string()).collect();
        let settings = Settings::default();
        let stop = AtomicBool::new(false);
        least_heads(scenario, &Staffing::default(), &promises, &settings, &stop)
    }

    fn heads(case: &Case) -> u32 {
        case.scenario.teams.iter().map(size).sum()
    }

    #[test]
    fn one_person_fewer_would_break_the_promise() {
        let least = heads(&found(&[], &[]).unwrap());
        // Wherever it starts from, it ends with as many.
        for start in ["1", "30"] {
            let other = found(&[("team.desk.heads.full", start)], &["phone"]).unwrap();
            assert_eq!(heads(&other), least, "from {start}");
        }
        let missed = |count: u32| {
            let count = count.to_string();
            let changes = [("team.desk.heads.full".to_string(), count)];
            let scenario = crate::scenario::load_with(SMALL.as_ref(), &changes).unwrap();
            let case = Case::new(scenario).unwrap();
            let settings = Settings {
                replications: 40,
                first: FRESH,
                ..Settings::default()
            };
            let outcome = crate::experiment::replicate(&case, &settings, &());
            outcome.promises[0].met_probability.unwrap().value
        };
        assert!(missed(least) >= 0.9 && missed(least - 1) < 0.97);
    }

    #[test]
    fn twice_the_callers_need_fewer_than_twice_the_people() {
        let once = heads(&found(&[], &[]).unwrap());
        let twice = heads(&found(&[("topic.orders.per_week", "2600")], &[]).unwrap());
        assert!(twice > once && twice < 2 * once, "{once} and {twice}");
    }

    /// Three in ten callers go on to a second tier that no promise is about.
    fn with_second_tier() -> Case {
        let base = std::fs::canonicalize(SMALL).unwrap();
        let text = format!(
            r#"base = "{}"
            [tier.2]
            handle = "20m"
            ends   = {{ resolved = "100%" }}
            [team.second]
            like = "desk"
            tier = 2
            [set]
            length = "4 weeks"
            "topic.orders.ends" = {{ resolved = "70%", tier2 = "30%" }}
            "#,
            base.display()
        );
        let scenario = crate::scenario::testing::load(&text, &[]);
        let (staffing, stop) = (Staffing::default(), AtomicBool::new(false));
        least_heads(scenario, &staffing, &[], &Settings::default(), &stop).unwrap()
    }

    #[test]
    fn a_tier_that_no_promise_is_about_has_hours_for_all_that_is_handed_to_it() {
        // 390 callers a week of 20 minutes are 130 hours, 3.5 people of 37.5 hours: 3 do not do, however many give up.
        let heads = size(&with_second_tier().scenario.teams[1]);
        assert!((4..=5).contains(&heads), "{heads}");
    }

    #[test]
    fn what_nobody_can_keep_is_said() {
        let within = "\"80% of phone within 20s\"";
        let never = within.replace("80%", "99.99%").replace("20s", "1s");
        let error = found(
            &[
                ("promise.phone.target", &never),
                ("channel.phone.open", "\"24/7\""),
            ],
            &[],
        );
        let text = error.err().unwrap().to_string();
        assert!(text.contains("do not keep promise phone"), "{text}");
    }
}
