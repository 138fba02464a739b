//! Sweeps: any value of a scenario as a dimension, a design over them, and runs that fill servers.
//!
//! A sweep's life has four steps. [`plan`](plan::plan) reads the [`Spec`], lays the design's points over every scenario
//! and writes the [`Manifest`]: a list of runs, each with an [`Identity`] (a hash of the resolved scenario, the seed, the
//! replications and the version). [`run_share`] plays a [`Shard`] of it on this machine and adds every finished run to a
//! log of its own; whatever is finished anywhere is skipped. [`Status`] compares manifest and logs; [`Merged`] gives all
//! records in the manifest's order once none is missing.
//!
//! Nothing that happens to a process can spoil the others' work: logs are only added to, by one process each, every
//! line carries its checksum, and a record is named by what it is the result of. So a share may be killed at any moment,
//! started twice, or moved to another machine; it is enough to start it again.
//!
//! # Many machines
//! Shares need nothing but one folder that all machines see. `--shard auto` takes the share from the engine:
//!
//! | engine | to start 40 shares of the sweep in `out` |
//! |---|---|
//! | Slurm | `staffwright sweep slurm out --shards 40 \| bash` |
//! | HyperQueue | `hq submit --array 1-40 -- staffwright sweep run out --shard auto/40` |
//! | GNU parallel | `parallel staffwright sweep run out --threads 1 --shard {}/40 ::: $(seq 40)` |
//! | Kubernetes | an indexed Job with `completions: 40`, running `staffwright sweep run out --shard auto/40` |
//! | AWS Batch | an array job of size 40, running `staffwright sweep run out --shard auto/40` |
//! | Grid Engine, LSF | an array job 1-40, running `staffwright sweep run out --shard auto` |
//!
//! An engine that starts a few tasks a second wants few, long shares: a million runs are a thousand shares of a thousand.
//! Then `staffwright sweep merge out`, which says what is missing, if anything is, and what to type.

pub mod design;
pub mod dimension;
mod expand;
#[cfg(test)]
pub(crate) mod fixtures;
mod identity;
mod manifest;
mod merge;
mod plan;
mod play;
pub mod quantity;
mod record;
mod row;
mod run;
mod shard;
mod spec;
mod status;
mod store;
mod views;

pub use identity::{Identity, Protocol};
pub use manifest::{
    Header, Manifest, ManifestError, PlannedDimension, PlannedLevel, Run, ScenarioFile,
    manifest_path,
};
pub use merge::{MergeError, Merged};
pub use plan::{PlanError, Planned, plan};
pub use play::{Changed, Played, Player};
pub use record::Record;
pub use row::{
    COST_PER_RESOLVED, COST_TOTAL, FIRST_COLUMNS, MET_PROBABILITY, MIDDLE_COLUMNS, MetricSet,
    PLAIN_KEYS, PROMISE_KEPT, Row, estimate_keys, number_columns,
};
pub use run::{RunError, Share, Tally, Watch, run_share};
pub use shard::{Shard, ShardError};
pub use spec::Spec;
pub use status::Status;
pub use store::{Store, write_whole};
pub use views::{MapView, TornadoView, Views};
