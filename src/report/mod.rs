//! Results for people and programs: terminal tables, files, JSON Schemas.
//!
//! This room computes nothing; it reads what `experiment` says and lays it out. [`number`] is the one place that
//! says how figures look, [`Grid`] the one that knows how wide the page is.
//!
//! | what | where |
//! |---|---|
//! | figures as text | [`number`], in both languages [`figure`] |
//! | tables that fit the page | [`Grid`], [`Page`] |
//! | what `run` prints | [`run`] |
//! | what happened beside a run | [`against`] |
//! | what `compare` prints | [`compare`] |
//! | what is said about defaults that could overturn a verdict | [`flips`] |
//! | what `optimize` prints | [`plan`], where there is no plan [`clash`] |
//! | one HTML file with everything | [`html`] |
//! | charts as SVG, with one look | [`chart`] |
//! | texts in English and German | [`words`], of a promise [`target`] |
//! | the results of a sweep, as CSV and Parquet | [`sweep_table`] |
//! | CSV tables, calendars of shifts, a spreadsheet | [`files`] |
//! | who wins where, and what moves a figure most | [`sweep_map`], [`sweep_tornado`] |
//! | JSON Schemas of the results | [`schema`] |

pub mod against;
mod bounds;
pub mod chart;
pub mod clash;
pub mod compare;
pub mod crossovers;
mod escalation;
pub mod figure;
pub mod files;
pub mod flips;
mod grid;
pub mod html;
pub mod leave;
pub mod mix;
pub mod number;
mod page;
pub mod people;
pub mod plan;
pub mod published;
mod resilience;
mod rounds;
pub mod run;
pub mod schema;
mod sentence;
pub mod sweep_map;
mod sweep_metric;
pub mod sweep_table;
pub mod sweep_tornado;
pub mod target;
mod terms;
mod why;
pub mod words;

pub use grid::Grid;
pub use page::{Page, Tone};
pub use sentence::sentence;
pub use sweep_metric::described;
