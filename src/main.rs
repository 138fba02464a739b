//! The `staffwright` program.
fn main() {}
