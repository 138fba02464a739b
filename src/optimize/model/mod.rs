//! The linear model: shifts cover cells, cells serve contacts, contacts keep promises.
//!
//! Rows, for every pool and cell: agents on queue are at least the floor plus the service increments taken (these are
//! concave, so a linear model fills them in order); agents are at least live load plus deferred work done; what is
//! left of deferred work never exceeds what is not yet due. Over cells: contacts served in time reach each promise's
//! aim, and each cut that the simulation taught holds; hours and shifts fit the heads and the rules of their weeks; occupancy
//! stays within its bound; vendors' minimum is paid.
//!
//! A [`Scope`] is the whole model, or a part of it in which what couples the parts is replaced by [`Prices`].

mod bounds;
mod build;
mod cuts;
mod deferred;
mod distinct;
mod heads;
mod parts;
mod prices;
mod published;
mod service;
mod short;
mod tours;

pub use bounds::THERE;
pub use build::build;
pub use deferred::plain_room;
pub use distinct::{Terms, fee_rows, kind_rows};
pub use heads::{head_cost, people, there_of, weeks_apart};
pub use parts::{Backlogs, Built, Coupling, PerFlow, Prices, Scope};
pub use published::published_rows;
pub use short::negligible;
