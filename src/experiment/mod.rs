//! Replications in parallel, when to stop, and what they say together.
//!
//! [`replicate`] plays a [`Case`] (a scenario, its world and a roster) until the asked number of replications or
//! precision is reached and gives an [`Outcome`]: every figure with its interval, verdicts, cost. Replications run
//! side by side on the threads of the caller's pool and are folded in order, so the outcome does not depend on their
//! number. [`Collected`] keeps what later comparisons need: per-replication sums, not events.

mod case;
mod collected;
mod outcome;
mod replicate;
pub mod sweep;

pub use case::Case;
pub use collected::{Collected, ScopeSamples};
pub use outcome::{
    ChannelOutcome, CostOutcome, FORMAT_VERSION, Metrics, Outcome, PromiseOutcome, Provenance,
    StreamOutcome, TeamOutcome,
};
pub use replicate::{Progress, Settings, StoppedBy, collect, replicate};
