//! Laws that hold for every scenario, on scenarios made at random.

#![allow(clippy::unwrap_used)]

mod agents;
mod clock;
mod contacts;
mod costs;
mod mechanisms;
mod names;
mod organisation;
mod people;
mod station;
