//! Shift design: which shifts to have, and how many agents on each per day, from a requirement.
//!
//! 1. [`input`] reads the requirement and the patterns into an [`Instance`](instance::Instance); a
//!    [`Problem`] spells out its duties.
//! 2. The model is written in difference rows with implicit breaks. Where days do not touch each
//!    other they are solved one by one.
//! 3. A first plan comes from linear models (reweighted, where distinct shifts cost something) and an
//!    integer model on the shifts they want; then one thread proves while another improves.
//! 4. [`plan::evaluate`] recounts whatever is given out; [`listing::listing`] names the shifts.
//!
//! ```
//! use staffwright::optimize::design::instance::{Instance, Prices, Problem, Shift, Variant};
//! use staffwright::optimize::design::{Limits, design};
//! use staffwright::solve::Solver;
//!
//! // Two days of six four-hour intervals, shifts of eight or twelve hours.
//! let shift = |start, length| Shift {
//!     start,
//!     length,
//!     variants: vec![Variant { pause: None, days: vec![true; 2] }],
//! };
//! let problem = Problem::new(Instance {
//!     interval_min: 240,
//!     per_day: 6,
//!     days: 2,
//!     cyclic: true,
//!     required: vec![0, 2, 2, 3, 1, 0, 0, 2, 2, 3, 1, 0],
//!     prices: Prices { understaffing: 1.0, overstaffing: 1.0, distinct_shift: 60.0, paid_minute: 0.0 },
//!     shifts: vec![shift(1, 2), shift(1, 3), shift(3, 2)],
//! });
//! let plan = design(&problem, &Limits::with(Solver::default()))?;
//! assert_eq!(plan.evaluation.objective, 120.0); // two distinct shifts and a perfect fit
//! assert_eq!(plan.lower_bound, 120.0);
//! # Ok::<(), staffwright::solve::Fault>(())
//! ```

mod breaks;
mod by_day;
mod clock;
mod improve;
pub mod input;
pub mod instance;
mod layout;
mod limit;
pub mod listing;
mod neighbourhood;
mod patterns;
pub mod plan;
mod polish;
mod prove;
mod reweight;
mod rows;
mod search;
mod sheet;
mod unit;

use crate::solve::Fault;
use instance::Problem;
use plan::Plan;
use std::sync::Arc;

pub use search::Limits;

/// Designs the shifts of a problem within the limits.
///
/// # Errors
/// When the solver fails; every problem has a plan.
pub fn design(problem: &Problem, limits: &Limits) -> Result<Plan, Fault> {
    let clock = clock::Clock::start(limits.time);
    if by_day::separable(problem) {
        by_day::search_days(problem, limits, &clock)
    } else {
        search::search(&Arc::new(problem.clone()), limits, &clock)
    }
}
