//! From files to a checked scenario.

pub mod arrivals;
pub mod codes;
pub mod compose;
pub mod csv_cell;
pub mod csv_table;
pub mod diagnostic;
pub mod forms;
pub mod keys;
mod load;
pub mod model;
pub mod node;
pub mod parse;
pub mod path;
pub mod print;
mod read;
pub mod render;
pub mod schema;
pub mod source;
pub mod suggest;

pub use load::{Loaded, load, load_checked, load_with};
pub use model::{ChannelKind, Scenario};
pub use read::{Counted, Measured};
