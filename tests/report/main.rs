//! Reports as a reader's browser shows them: headless Chromium opens each, and what it shows is held against the JSON.
//!
//! Where Chromium is absent the tests say so and check nothing (`apt-get install chromium`), unless
//! `STAFFWRIGHT_NEEDS_CHROMIUM` is set.
#![allow(clippy::unwrap_used)]

mod browser;
#[path = "../harness/mod.rs"]
mod harness;
mod pages;
mod seen;
mod series;
mod year;
