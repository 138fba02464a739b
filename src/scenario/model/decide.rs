//! What an optimizer may move.

use super::Every;

/// What an optimizer may move.
#[derive(Debug, Clone, Default)]
pub struct Decide {
    /// Levers with their ranges.
    pub levers: Vec<Lever>,
    /// Hard bounds, as written and parsed.
    pub keep: Vec<Keep>,
    /// Quality that must be reached, as written and parsed.
    pub floors: Vec<Floor>,
    /// People who have to be at work at least, as written and parsed.
    pub minimums: Vec<Minimum>,
    /// Money for each start and length of shift that a team's plan uses; 0: none.
    pub distinct_shift: f64,
    /// How far demand may turn out otherwise, and what is thought of it.
    pub outlook: Outlook,
}

/// What is planned against: how far demand may miss its forecast; for a mix of parties also its cases over some months, and
/// how bad ones are weighed.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    /// Whether the scenario says anything about it.
    pub stated: bool,
    /// Months planned for.
    pub months: u32,
    /// Coefficient of variation of the level of demand around its forecast, the same for all of the months.
    pub error: f64,
    /// Probability over that error with which heads and shifts must keep the promises; `None`: planned for the forecast.
    pub meet: Option<f64>,
    /// Number of cases drawn where none are stated.
    pub draws: u32,
    /// Cases stated one by one; their chances sum to 1. Empty: drawn.
    pub cases: Vec<DemandCase>,
    /// What is thought of bad cases; `None`: the mean alone counts.
    pub risk: Option<Risk>,
    /// Price of a contact that is not worked in time; `None`: five times its work at the dearest pay.
    pub late: Option<f64>,
    /// Most overtime, as a share of the hours of people at work.
    pub overtime: f64,
    /// How people leave who are not needed any more.
    pub release: Release,
}

impl Default for Outlook {
    fn default() -> Self {
        Self {
            stated: false,
            months: 12,
            error: 0.0,
            meet: None,
            draws: 24,
            cases: Vec::new(),
            risk: None,
            late: None,
            overtime: 0.0,
            release: Release {
                attrition: 0.3,
                notice_days: 0.0,
                severance: None,
            },
        }
    }
}

/// One stated case of demand.
#[derive(Debug, Clone, PartialEq)]
pub struct DemandCase {
    /// What the planner calls it.
    pub name: String,
    /// Its probability.
    pub chance: f64,
    /// Factor on all volume.
    pub volume: f64,
    /// Factors on topics of their own, instead: `(topic, factor)`.
    pub topics: Vec<(usize, f64)>,
}

/// Weight of the worst cases: the mean cost of the worst `1 - cvar` of them counts `weight`, the mean of all the rest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Risk {
    /// Level of the conditional value at risk.
    pub cvar: f64,
    /// Its weight.
    pub weight: f64,
}

/// How people leave who are not needed any more.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Release {
    /// Share of heads that leaves in a year by itself.
    pub attrition: f64,
    /// Days before somebody who is given notice goes.
    pub notice_days: f64,
    /// Money for each who is given notice; `None`: nobody is, attrition is waited for.
    pub severance: Option<f64>,
}

/// What becomes of a team's heads that a date takes away.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TeamRelease {
    /// How they leave.
    pub by: Release,
    /// The team (index) that takes as many of them as it gains on the date.
    pub to: Option<usize>,
    /// Seconds that these are retrained before they work there.
    pub retraining_s: f64,
}

/// Quality that must be reached.
#[derive(Debug, Clone, PartialEq)]
pub struct Floor {
    /// As written.
    pub text: String,
    /// Its number in the list, from 1.
    pub place: usize,
    /// Least share of first contacts resolved without a redial or return.
    pub resolved: f64,
}

/// People of a team who have to be at work whenever one of its channels is open.
#[derive(Debug, Clone, PartialEq)]
pub struct Minimum {
    /// As written.
    pub text: String,
    /// Its number in the list, from 1.
    pub place: usize,
    /// Team (index).
    pub team: usize,
    /// People at work, on no break.
    pub people: u32,
}

/// One thing an optimizer may move.
#[derive(Debug, Clone, PartialEq)]
pub struct Lever {
    /// Dotted path as written.
    pub path: String,
    /// What it is.
    pub target: LeverTarget,
    /// Least value (heads, or a share as a fraction).
    pub from: f64,
    /// Greatest value.
    pub to: f64,
    /// Step, if any.
    pub step: Option<f64>,
    /// One more value allowed outside the range (e.g. 0).
    pub or: Option<f64>,
}

/// What a lever moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeverTarget {
    /// Heads of a team: `(team, index into heads)`.
    Heads(usize, usize),
    /// Share of a route's entry: `(route, index into to)`.
    Share(usize, usize),
}

/// A hard bound of `[decide] keep`.
#[derive(Debug, Clone, PartialEq)]
pub struct Keep {
    /// As written.
    pub text: String,
    /// Its number in the list, from 1.
    pub place: usize,
    /// What is bounded.
    pub measure: KeepMeasure,
    /// Greatest value allowed (share, or money).
    pub at_most: f64,
}

/// What a `keep` bounds.
#[derive(Debug, Clone, PartialEq)]
pub enum KeepMeasure {
    /// Share of contacts worked by vendors (or by one, by index).
    VendorShare(Option<usize>),
    /// Occupancy of a team, judged over each period.
    Occupancy(usize, Every),
    /// Total cost per month.
    Budget,
}
