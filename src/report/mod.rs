//! Results for people and programs.

pub mod sweep_table;
