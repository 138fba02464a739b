//! Unit and title of a figure that a sweep is about.

use crate::experiment::sweep::{COST_PER_RESOLVED, COST_TOTAL};
use crate::measure::{METRICS, Unit};

/// Unit and title of a metric by its key in the results of a sweep.
#[must_use]
pub fn described(metric: &str) -> (Unit, String) {
    match metric {
        COST_TOTAL => (Unit::Money, "cost".into()),
        COST_PER_RESOLVED => (Unit::Money, "cost per resolved contact".into()),
        _ => METRICS
            .iter()
            .find(|m| m.key == metric)
            .map_or((Unit::Count, metric.into()), |m| (m.unit, m.title.into())),
    }
}
