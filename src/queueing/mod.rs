//! Closed forms of one queue: Erlang B, C and A, and the load a queue sees when arrivals vary.
//!
//! A planner's first question is "how many agents for this many calls". For one group of equal
//! agents, Poisson arrivals and exponential handle times it has an exact answer, and this room
//! computes it: [`erlang_b`] when a caller who finds nobody free is lost, [`Station`] when callers
//! wait, patiently (Erlang C) or until they abandon (Erlang A).
//!
//! 1. Describe the queue with [`Station::new`]; [`Station::steady`] gives its long-run figures.
//! 2. Ask [`Steady::service_level`] for the share within a threshold, by a named
//!    [`ServiceLevel`] definition.
//! 3. Ask [`least_agents`] the other way round: the fewest agents that reach a share.
//! 4. When the rate moves during the day, [`offered_load`] turns arrival rates into the load that
//!    the agents actually feel, interval by interval.
//!
//! Any unit of time will do as long as rates and durations agree.

mod abandonment;
mod agents;
mod loss;
mod offered_load;
mod offered_wait;
mod patience;
mod quadrature;
mod service_level;

pub use abandonment::{Station, StationError, Steady};
pub use agents::{least_agents, least_agents_where, least_lines};
pub use loss::erlang_b;
pub use offered_load::{IntervalLoad, Start, offered_load};
pub use patience::effective_abandonment_rate;
pub use service_level::ServiceLevel;
