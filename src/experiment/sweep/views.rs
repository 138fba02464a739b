//! What a sweep file asks to be drawn from its results.

use super::design::Design;
use super::dimension::Dimension;
use super::row::{COST_PER_RESOLVED, COST_TOTAL, MetricSet};
use crate::measure::METRICS;
use serde::{Deserialize, Serialize};

/// The pictures of a sweep.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Views {
    /// Which contender wins each cell of two dimensions.
    pub map: Option<MapView>,
    /// How far each dimension alone moves a metric.
    pub tornado: Option<TornadoView>,
}

/// A crossover map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MapView {
    /// The dimension along the bottom.
    pub across: String,
    /// The dimension up the side.
    pub up: String,
    /// A dimension whose levels contend with each other, each in every scenario; without it scenarios contend.
    pub between: Option<String>,
    /// Dimensions in which every contender takes its own cheapest level that keeps the promises.
    #[serde(default)]
    pub choose: Vec<String>,
    /// The metric to be least.
    #[serde(default = "cost_per_resolved")]
    pub least: String,
}

fn cost_per_resolved() -> String {
    COST_PER_RESOLVED.to_string()
}

/// A tornado chart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TornadoView {
    /// The metrics, one chart each.
    pub metrics: Vec<String>,
}

/// Metrics over all contacts that views may be of.
#[must_use]
pub fn view_metrics() -> Vec<&'static str> {
    let overall = METRICS.iter().map(|m| m.key);
    overall.chain([COST_TOTAL, COST_PER_RESOLVED]).collect()
}

impl Views {
    /// Metrics of which views need every replication's value.
    #[must_use]
    pub fn metrics(&self) -> Vec<String> {
        let mut all: Vec<String> = self.map.iter().map(|m| m.least.clone()).collect();
        for metric in self.tornado.iter().flat_map(|t| &t.metrics) {
            if !all.contains(metric) {
                all.push(metric.clone());
            }
        }
        all
    }

    /// Whether every dimension and metric is there, and the design and the kept rows suit.
    ///
    /// # Errors
    /// What does not, and what would.
    pub fn check(
        &self,
        dimensions: &[Dimension],
        design: Design,
        sets: &[MetricSet],
    ) -> Result<(), String> {
        let names: Vec<&str> = dimensions.iter().map(|d| d.name.as_str()).collect();
        if let Some(map) = &self.map {
            map.check(&names, design, sets)?;
        }
        if let Some(tornado) = &self.tornado {
            let metrics: Vec<&str> = tornado.metrics.iter().map(String::as_str).collect();
            known("tornado", "metric", &metrics, &view_metrics())?;
            if design != Design::OneAtATime {
                return Err(
                    "tornado: it shows one thing at a time; write design.kind = \"one-at-a-time\""
                        .into(),
                );
            }
        }
        Ok(())
    }
}

impl MapView {
    fn check(&self, names: &[&str], design: Design, sets: &[MetricSet]) -> Result<(), String> {
        let mut used: Vec<&str> = [&self.across, &self.up]
            .into_iter()
            .chain(&self.between)
            .chain(&self.choose)
            .map(String::as_str)
            .collect();
        let count = used.len();
        known("map", "dimension", &used, names)?;
        known("map", "metric", &[&self.least], &view_metrics())?;
        used.sort_unstable();
        used.dedup();
        if used.len() < count {
            return Err("map: a dimension is there twice; name each once".into());
        }
        if let Some(other) = names.iter().find(|n| !used.contains(n)) {
            return Err(format!(
                "map: dimension `{other}` is neither across, up, between nor in choose; add it to one"
            ));
        }
        if design != Design::Grid {
            return Err("map: it has a cell for every pair; write design.kind = \"grid\"".into());
        }
        if [MetricSet::Overall, MetricSet::Promises]
            .iter()
            .any(|s| !sets.contains(s))
        {
            return Err("map: add \"overall\" and \"promises\" to `sets`".into());
        }
        Ok(())
    }
}

fn known(view: &str, what: &str, used: &[&str], there: &[&str]) -> Result<(), String> {
    match used.iter().find(|u| !there.contains(u)) {
        Some(unknown) => Err(format!(
            "{view}: there is no {what} `{unknown}`; there are {}",
            there.join(", ")
        )),
        None => Ok(()),
    }
}
