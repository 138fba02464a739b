//! From how it would run to what should be done: searches over rosters, with bounds and proofs.

pub mod design;
pub mod support;
