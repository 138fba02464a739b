//! staffwright: workforce simulator and staffing optimizer for customer support.
#![forbid(unsafe_code)]

pub mod cli;
pub mod experiment;
pub mod measure;
pub mod optimize;
pub mod queueing;
pub mod random;
pub mod roster;
pub mod scenario;
pub mod sim;
pub mod solve;
pub mod stats;
pub mod time;
pub mod world;
