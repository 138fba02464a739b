//! Comparisons and sweeps as a whole: what they claim, and what may happen to them.
//!
//! | file | holds |
//! |---|---|
//! | `known.rs` | intervals and choices against organisations whose true differences are known |
//! | `designs.rs` | every design, scenarios as a dimension, what an edit invalidates |
//! | `views.rs` | crossover maps and tornado charts from a sweep file |
//! | `faults.rs` | kills, full disks, damaged files, shares started twice or never, other versions, interrupts |
//! | `parallel.rs` | shares started by GNU parallel |
//! | `slurm.rs` | shares started by a real Slurm, with a failed and a requeued task |
#![allow(clippy::unwrap_used)]

mod designs;
mod faults;
mod known;
mod parallel;
mod slurm;
mod support;
mod views;
