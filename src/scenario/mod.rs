//! From files to a checked scenario.

pub mod arrivals;
pub mod codes;
pub mod csv_cell;
pub mod csv_table;
pub mod diagnostic;
pub mod forms;
pub mod keys;
pub mod model;
pub mod node;
pub mod parse;
pub mod path;
pub mod read;
pub mod source;
pub mod suggest;

pub use model::{ChannelKind, Scenario};
pub use read::{Counted, Measured};
