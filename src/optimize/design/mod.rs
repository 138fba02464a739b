//! Shift design: which shifts to have, and how many agents on each per day, from a requirement.

mod breaks;
mod by_day;
mod clock;
mod improve;
pub mod input;
pub mod instance;
mod layout;
mod limit;
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
use instance::{Instance, Problem};
use plan::Plan;

pub use search::Limits;

/// Designs the shifts of an instance within the limits.
///
/// # Errors
/// When the solver fails; every instance has a plan.
pub fn design(instance: Instance, limits: &Limits) -> Result<Plan, Fault> {
    let clock = clock::Clock::start(limits.time);
    let problem = Problem::new(instance);
    if by_day::separable(&problem) {
        by_day::search_days(&problem, limits, &clock)
    } else {
        search::search(&problem, limits, &clock)
    }
}
