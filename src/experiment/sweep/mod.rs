//! Sweeps: any value of a scenario as a dimension, a design over them, and runs that fill servers.
//!
//! A sweep's life has four steps. [`plan`](plan::plan) reads the [`Spec`], lays the design's points over every scenario
//! and writes the [`Manifest`]: a list of runs, each with an [`Identity`] (a hash of the resolved scenario, the seed, the
//! replications and the version). [`run_share`] plays a [`Shard`] of it on this machine and adds every finished run to a
//! log of its own; whatever is finished anywhere is skipped. [`Status`] compares manifest and logs; [`Merged`] gives all
//! records in the manifest's order once none is missing. Of these, [`CrossoverMap`] says which contender wins where,
//! [`Sensitivity`] how far its crossovers hang on judgements nobody has measured, and [`Tornado`] what moves a figure most.
//!
//! Nothing that happens to a process can spoil the others' work: logs are only added to, by one process each, every
//! line carries its checksum, and a record is named by what it is the result of. So a share may be killed at any moment,
//! started twice, or moved to another machine; it is enough to start it again.
//!
//! # Faults
//!
//! | what happens | what becomes of it |
//! |---|---|
//! | a process is killed, at any moment | its finished runs count; a torn last line does not; start it again |
//! | the disk is full | the half line is taken back, finished runs count, the message says so; make room, start it again |
//! | a log is torn or corrupted | lines that do not prove themselves do not count and are played again |
//! | a share is started twice | each process writes a log of its own; equal results count once |
//! | a share never runs | `status` and `merge` name it, its runs, and what to type |
//! | a scenario was edited after `plan` | `run` refuses its runs; `plan` again keeps all that are not affected |
//! | the manifest is another version's | refused, with both ways on |
//! | Ctrl-C, SIGTERM | runs in hand are given up, finished ones are kept, the exit code is 0 |
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
//! Then `staffwright sweep merge out`, which says what is missing, if anything is, and what to type. The tests hold Slurm
//! (with a failed and a requeued task) and GNU parallel; the others rest on the variables their manuals name.
//!
//! **Slurm.** The printed script submits an array with `--requeue` and a merge that depends on it with `afterany`: a dependency
//! on success would wait for ever after one failure. Submit the script again as often as need be.
//!
//! **GNU parallel** over machines: `parallel --sshloginfile nodes --wd $PWD -j 1 staffwright sweep run out --shard {}/40 ::: $(seq
//! 40)`. It needs no `--resume`: what is finished is skipped.
//!
//! **HyperQueue.** Tasks know their number but not their count, hence `auto/40`. With the server and a worker running
//! (`hq server start`, `hq worker start`): `hq submit --array 1-40 --cpus 4 -- staffwright sweep run out --threads 4 --shard auto/40
//! --quiet`, then `hq job wait last && staffwright sweep merge out`.
//!
//! **Kubernetes.** The folder is a volume that all pods may write to (`ReadWriteMany`); indexes count from 0, which `auto/40`
//! knows. `kubectl apply -f` this, `kubectl wait --for=condition=complete job/sweep`, then `sweep merge` wherever the
//! volume is seen; pods that die are started again and lose nothing.
//!
//! ```yaml
//! apiVersion: batch/v1
//! kind: Job
//! metadata: { name: sweep }
//! spec:
//!   completions: 40
//!   parallelism: 40
//!   completionMode: Indexed
//!   backoffLimitPerIndex: 3
//!   template:
//!     spec:
//!       restartPolicy: Never
//!       containers:
//!         - name: sweep
//!           image: registry.example/staffwright:0.1.0
//!           command: [staffwright, sweep, run, /sweeps/out, --shard, auto/40, --threads, "4", --quiet]
//!           resources: { requests: { cpu: "4" } }
//!           volumeMounts: [{ name: sweeps, mountPath: /sweeps }]
//!       volumes:
//!         - name: sweeps
//!           persistentVolumeClaim: { claimName: sweeps }
//! ```

pub mod design;
pub mod dimension;
mod expand;
#[cfg(test)]
pub(crate) mod fixtures;
mod identity;
mod judgement;
mod layout;
mod manifest;
mod map;
mod merge;
mod plan;
mod play;
pub mod quantity;
mod read_dimension;
mod record;
mod row;
mod run;
mod sensitivity;
mod shard;
mod spec;
mod status;
mod store;
mod tornado;
mod views;

pub use identity::{Identity, Protocol};
pub use judgement::{Judged, Judgement, Move};
pub use manifest::{
    Header, Manifest, ManifestError, PlannedDimension, PlannedLevel, Run, ScenarioFile,
    manifest_path,
};
pub use map::{Axis, AxisLevel, Border, Cell, CrossoverMap, Entry, Victory};
pub use merge::{MergeError, Merged};
pub use plan::{PlanError, Planned, plan};
pub use play::{Changed, Played, Player};
pub use record::{Record, Series};
pub use row::{
    COST_PER_RESOLVED, COST_TOTAL, FIRST_COLUMNS, KEPT_CHANCE, MET_PROBABILITY, MIDDLE_COLUMNS,
    MetricSet, PLAIN_KEYS, PROMISE_KEPT, Row, estimate_keys, number_columns,
};
pub use run::{RunError, Share, Tally, Watch, run_share};
pub use sensitivity::{Sensitivity, Shift};
pub use shard::{Shard, ShardError};
pub use spec::Spec;
pub use status::Status;
pub use store::{Store, write_whole};
pub use tornado::{Bar, Tornado};
pub use views::{MapView, TornadoView, Views, view_metrics};
