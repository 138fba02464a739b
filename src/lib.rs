//! staffwright: workforce simulator and staffing optimizer for customer support.
#![forbid(unsafe_code)]

pub mod queueing;
pub mod random;
pub mod solve;
pub mod stats;
pub mod time;
