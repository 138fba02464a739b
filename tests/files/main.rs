//! What the program writes into folders: scenarios to start from, completions, tables, calendars, the spreadsheet.
#![allow(clippy::unwrap_used)]

mod calendars;
#[path = "../harness/mod.rs"]
mod harness;
mod spreadsheet;
mod start;
mod tables;

const ENTERPRISE: &str = "scenarios/enterprise/scenario.toml";

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * b.abs().max(1.0)
}
