//! From ledgers to metrics, by their textbook definitions; and verdicts on promises.
//!
//! A [`Sample`] is one replication seen through the scopes of a report: overall, per channel, stream and team. The
//! tables [`METRICS`] and [`TEAM_METRICS`] define every figure once: key, title, unit, definition and how it is
//! computed from the sums, so that JSON, tables, comparisons and `explain` cannot disagree. Metrics are ratios of
//! sums; over replications they are estimated as ratios of expectations.

pub mod against;
mod billing;
mod cost;
mod day_cost;
mod escalation;
mod exposure;
mod leads;
mod metric;
mod occupancy;
mod promise;
mod sample;
mod team_cost;
mod team_metric;
mod unit;
mod wages;
mod when;

pub use billing::{Bill, bill};
pub use cost::{CostKind, CostLine, KINDS, cost};
pub use day_cost::day_costs;
pub use escalation::{
    ENDS, ESCALATION_MATRIX, SHARES, answered_share, resolved_share, team_share, tier_share,
};
pub use exposure::{Exposure, concentration, exposure};
pub use metric::{Better, METRICS, Metric, Ratio, Unit, Value};
pub use occupancy::{JUDGED_FROM, busiest};
pub use promise::{Verdict, judging_periods, kept_periods, periods, totals, verdict};
pub use sample::{Sample, Scope, Spreads};
pub use team_cost::team_costs;
pub use team_metric::{TEAM_METRICS, TeamMetric, TeamValue};
pub use unit::{by_unit, of_unit};
