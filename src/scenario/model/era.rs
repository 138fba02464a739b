//! What holds from a date on.

use super::{Channel, Heads, Stream, Topic};
use crate::time::Tick;

/// From a date on: the values that `[[from]]` changed, and all others as they were.
///
/// A contact is treated by the era it arrives in, however long it stays.
#[derive(Debug, Clone)]
pub struct Era {
    /// First tick, the local midnight of the date.
    pub from: Tick,
    /// The channels, in the scenario's order; they may differ in patience, balking and habits.
    pub channels: Vec<Channel>,
    /// The streams, in the scenario's order; they may differ in volume, patience, handle times and outcomes.
    pub streams: Vec<Stream>,
    /// The topics, in the scenario's order; they may differ in what they lead to.
    pub topics: Vec<Topic>,
    /// Heads per team, in the scenario's order; `None`: as at the start.
    pub heads: Vec<Option<Vec<Heads>>>,
}
