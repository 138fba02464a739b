//! Random draws by key, and the distributions they feed.
//!
//! A draw belongs to an entity, not to a moment of a run: it is a pure function of seed,
//! replication, stream, ordinal of the customer, contact number and purpose ([`Key`]), so that two
//! organisations compared on one seed meet the same people, and adding an agent or a thread moves
//! no other draw. Attributes come from *inverse* distribution functions ([`Law`], compiled to a
//! [`Sampler`]), so a customer keeps one quantile in every tier and team. Long sequences (arrivals,
//! absence, [`Busyness`]) come from ChaCha8 streams, keyed alike ([`sequence`]).
//!
//! Everything that reaches a result is computed with `libm`, so the bytes are the same on every
//! machine.

mod busyness;
mod gamma;
mod hazard;
mod key;
mod law;
mod normal;
mod sampler;
mod table;

pub use busyness::Busyness;
pub use hazard::Hazard;
pub use key::{Key, Seed, sequence, stream_key};
pub use law::Law;
pub use sampler::Sampler;
pub use table::{Table, Tail};
