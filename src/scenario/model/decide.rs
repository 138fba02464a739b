//! What an optimizer may move.

use super::Every;

/// What an optimizer may move.
#[derive(Debug, Clone, Default)]
pub struct Decide {
    /// Levers with their ranges.
    pub levers: Vec<Lever>,
    /// Hard bounds, as written and parsed.
    pub keep: Vec<Keep>,
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
