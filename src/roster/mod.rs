//! s
mod types;
pub use types::*;
