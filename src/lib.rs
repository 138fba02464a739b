//! staffwright plays out a customer-support organisation event by event, says what customers will feel and what it
//! will cost, and recommends headcount and shifts that it has proved by simulation.
//!
//! This page is the map of the code. Data walks one way, down the list; a room imports only rooms above it, so any
//! room can be read without what comes after.
//!
//! | room | takes | gives |
//! |---|---|---|
//! | [`time`] | civil times, zones | ticks, intervals, opening hours, holidays; true to daylight saving |
//! | [`stats`] | samples | estimates with intervals, percentiles, comparisons |
//! | [`random`] | keys | draws and distributions |
//! | [`queueing`] | load, agents, patience | Erlang B, C, A; the load under varying arrivals |
//! | [`scenario`] | TOML and the data files it names | a checked [`Scenario`](scenario::Scenario), its defaults remembered as assumptions |
//! | [`solve`] | linear and integer models | solutions with bound, status, duals |
//! | [`roster`] | a scenario | a [`Roster`](roster::Roster): for every position, when it is on queue |
//! | [`world`] | a scenario | a [`World`](world::World): demand, routing and work compiled to indexes and ticks |
//! | [`sim`] | a world, a roster, a seed | a [`Ledger`](sim::Ledger): one replication's sums |
//! | [`measure`] | ledgers | metrics by their textbook definitions, costs, verdicts |
//! | [`experiment`] | worlds and rosters | replications, stopping rules, comparisons, sweeps |
//! | [`optimize`] | a scenario and a goal | a plan with its bound and its proof |
//! | [`report`] | results | tables, JSON, files |
//! | [`cli`] | arguments | one file per command: parse, call, print, exit code |
//!
//! # From a file to a figure
//!
//! ```
//! use staffwright::experiment::{Case, Settings, replicate};
//!
//! let scenario = staffwright::scenario::load("scenarios/bank/scenario.toml".as_ref()).map_err(|d| format!("{d:?}"))?;
//! // Compiled once, its people placed once; then played as often as precision asks.
//! let case = Case::new(scenario)?;
//! let outcome = replicate(&case, &Settings { replications: 2, ..Settings::default() }, &());
//! let abandoned = outcome.overall.get("abandoned_share").ok_or("nobody called")?;
//! assert!((0.08..0.13).contains(&abandoned.value));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Nothing here reads the clock or depends on the number of threads: the same scenario, seed and version give the
//! same bytes.
#![forbid(unsafe_code)]

pub mod cli;
pub mod experiment;
pub mod measure;
pub mod optimize;
pub mod queueing;
pub mod random;
pub mod report;
pub mod roster;
pub mod scenario;
pub mod sim;
pub mod solve;
pub mod stats;
pub mod time;
pub mod world;
