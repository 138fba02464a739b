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
//!
//! # Against the best known values
//!
//! `cargo bench --bench shift_design` on two cores, HiGHS; limits 30 s, 120 s from 3-1 on (the week: 60 s). Problems 1-1 to 3-6 are
//! the public minimum-shift-design collection, the other two are described beside the bench. Times depend on the
//! machine; values and bounds are what is claimed.
//!
//! | problem | best known | found | bound | seconds |
//! |---|---|---|---|---|
//! | 1-1 | 480 | 480 | 480 | 0.1 |
//! | 1-2 | 300 | 300 | 300 | 9.6 |
//! | 1-3 | 600 | 600 | 600 | 0.2 |
//! | 1-4 | 450 | 450 | 450 | 2.1 |
//! | 1-5 | 480 | 480 | 480 | 0.2 |
//! | 1-6 | 420 | 420 | 420 | 0.1 |
//! | 1-7 | 270 | 270 | 270 | 1.0 |
//! | 1-8 | 150 | 150 | 150 | 5.0 |
//! | 1-9 | 150 | 150 | 150 | 1.1 |
//! | 1-10 | 330 | 330 | 330 | 0.8 |
//! | 1-11 | 30 | 30 | 30 | 0.2 |
//! | 1-12 | 90 | 90 | 90 | 0.6 |
//! | 1-13 | 105 | 105 | 105 | 0.7 |
//! | 1-14 | 195 | 195 | 165 | 28.6 |
//! | 1-15 | 180 | 180 | 180 | 0.0 |
//! | 1-16 | 225 | 225 | 225 | 11.3 |
//! | 1-17 | 540 | 540 | 540 | 15.4 |
//! | 1-18 | 720 | 720 | 720 | 0.8 |
//! | 1-19 | 180 | 180 | 180 | 2.9 |
//! | 1-20 | 540 | 540 | 540 | 0.1 |
//! | 3-1 | 2,385 | 2,385 | 2,385 | 12.5 |
//! | 3-2 | 7,590 | 7,590 | 7,590 | 9.7 |
//! | 3-3 | 9,540 | 9,540 | 9,540 | 19.9 |
//! | 3-4 | 6,540 | 6,540 | 6,540 | 70.1 |
//! | 3-6 | 2,070 | 2,070 | 2,070 | 3.1 |
//! | a week, 2,275 patterns a day | 15,884 | 15,884 | 15,884 | 5.0 |
//! | three sites, three profiles | 7,115.4 | 7,079.6 | 6,999 | 115.3 |

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
