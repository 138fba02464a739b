//! What a sweep file asks to be drawn from its results.

use super::dimension::Dimension;
use super::row::{COST_PER_RESOLVED, estimate_keys};
use serde::{Deserialize, Serialize};

/// The pictures of a sweep.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Views {
    /// Which scenario wins each cell of two dimensions.
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
    /// Dimensions in which every scenario takes its own cheapest level that keeps all promises.
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

impl Views {
    /// Whether every dimension and metric is there.
    ///
    /// # Errors
    /// What is not, and what is.
    pub fn check(&self, dimensions: &[Dimension]) -> Result<(), String> {
        let names: Vec<&str> = dimensions.iter().map(|d| d.name.as_str()).collect();
        if let Some(map) = &self.map {
            let mut used: Vec<&str> = [&map.across, &map.up]
                .into_iter()
                .chain(&map.choose)
                .map(String::as_str)
                .collect();
            known("map", "dimension", &used, &names)?;
            known("map", "metric", &[&map.least], &estimate_keys())?;
            used.sort_unstable();
            used.dedup();
            if used.len() < 2 + map.choose.len() {
                return Err("map: a dimension is there twice; name each once".into());
            }
            if let Some(other) = names.iter().find(|n| !used.contains(n)) {
                return Err(format!(
                    "map: dimension `{other}` is neither across, up nor in choose; add it to one"
                ));
            }
        }
        if let Some(tornado) = &self.tornado {
            let metrics: Vec<&str> = tornado.metrics.iter().map(String::as_str).collect();
            known("tornado", "metric", &metrics, &estimate_keys())?;
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
