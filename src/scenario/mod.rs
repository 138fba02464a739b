//! s
pub mod arrivals;
pub mod model;
pub use model::Scenario;
