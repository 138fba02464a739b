//! How far each dimension alone moves a metric.
//!
//! A one-at-a-time sweep plays every scenario as written and then with one dimension changed at a time. A bar is the
//! paired difference between both on the same customers, with its interval; dimensions are sorted by how far their bars
//! reach.

use super::manifest::Run;
use super::merge::Merged;
use crate::stats::{Estimate, paired_difference};
use std::collections::HashMap;
use std::io;

/// One level of a dimension, and what it changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// The dimension.
    pub dimension: String,
    /// The level, as the sweep file says it.
    pub level: String,
    /// The metric there less the metric as written; `None` where the run could not be played, with the reason.
    pub change: Result<Estimate, String>,
}

/// A tornado chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Tornado {
    /// Title of the sweep.
    pub title: String,
    /// The scenario.
    pub scenario: String,
    /// Key of the metric.
    pub metric: String,
    /// Currency of amounts.
    pub currency: String,
    /// The metric as the scenario is written: value, lower and upper limit.
    pub written: [f64; 3],
    /// Bars of each dimension, the one that reaches farthest first.
    pub dimensions: Vec<Vec<Bar>>,
}

impl Tornado {
    /// Reads the charts off the results of a sweep, one per scenario and metric; none where its file asks for none.
    ///
    /// # Errors
    /// When results cannot be read.
    pub fn all(merged: &Merged) -> io::Result<Vec<Self>> {
        let header = &merged.manifest.header;
        let metrics = header
            .views
            .tornado
            .as_ref()
            .map_or(&[][..], |t| &t.metrics);
        let mut charts: Vec<Self> = Vec::new();
        // Where the values of the scenarios as written are: runs of a point come before those of the next.
        let mut written: HashMap<(usize, &str), Vec<f64>> = HashMap::new();
        for pair in merged.records() {
            let (run, record) = pair?;
            let scenario = &header.scenarios[run.scenario];
            let overall = record.rows.iter().find(|r| r.set == "overall");
            for metric in metrics {
                let key = (run.scenario, metric.as_str());
                let series = record.series(metric);
                let Some(d) = changed(run) else {
                    let value = overall.and_then(|row| row.estimate(metric));
                    if let (Some(series), Some(value)) = (series, value) {
                        written.insert(key, series);
                        charts.push(Self {
                            title: header.title.clone(),
                            scenario: scenario.name.clone(),
                            metric: metric.clone(),
                            currency: scenario.currency.clone(),
                            written: value,
                            dimensions: vec![Vec::new(); header.dimensions.len()],
                        });
                    }
                    continue;
                };
                let of = |c: &&mut Self| c.scenario == scenario.name && c.metric == *metric;
                let (Some(chart), Some(base)) = (charts.iter_mut().find(of), written.get(&key))
                else {
                    continue;
                };
                let level = merged.manifest.level(run, d);
                let why = || {
                    record
                        .infeasible
                        .clone()
                        .unwrap_or_else(|| "undefined".into())
                };
                chart.dimensions[d].push(Bar {
                    dimension: header.dimensions[d].name.clone(),
                    level: level.map_or_else(String::new, |l| l.label.clone()),
                    change: series
                        .and_then(|s| against(&s, base, header.protocol.confidence))
                        .ok_or_else(why),
                });
            }
        }
        charts.iter_mut().for_each(Self::sort);
        Ok(charts)
    }

    fn sort(&mut self) {
        let reach = |bars: &Vec<Bar>| {
            let changes = bars.iter().filter_map(|b| b.change.as_ref().ok());
            changes.map(|e| e.value.abs()).fold(0.0, f64::max)
        };
        self.dimensions.retain(|bars| !bars.is_empty());
        self.dimensions
            .sort_by(|a, b| reach(b).total_cmp(&reach(a)));
    }
}

/// The dimension that a run changes; `None` where it is the scenario as written.
fn changed(run: &Run) -> Option<usize> {
    run.levels.iter().position(Option::is_some)
}

/// The paired difference, as far as both were played.
fn against(values: &[f64], base: &[f64], confidence: f64) -> Option<Estimate> {
    let both = values.len().min(base.len());
    paired_difference(&values[..both], &base[..both], confidence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_bar_comes_first() {
        let bar = |dimension: &str, value: f64| Bar {
            dimension: dimension.into(),
            level: "x".into(),
            change: Ok(Estimate::around(value, 0.1)),
        };
        let mut chart = Tornado {
            title: String::new(),
            scenario: String::new(),
            metric: "cost_total".into(),
            currency: "EUR".into(),
            written: [1.0, 0.9, 1.1],
            dimensions: vec![
                vec![bar("small", 0.2), bar("small", -0.1)],
                Vec::new(),
                vec![bar("large", 0.1), bar("large", -3.0)],
            ],
        };
        chart.sort();
        let names: Vec<&str> = chart
            .dimensions
            .iter()
            .map(|b| b[0].dimension.as_str())
            .collect();
        assert_eq!(names, ["large", "small"]);
    }

    #[test]
    fn what_moves_both_alike_is_no_change() {
        let base = [1.0, 5.0, 3.0];
        let more = [1.5, 5.5, 3.5, 100.0];
        let change = against(&more, &base, 0.95);
        assert!(change.is_some_and(|e| (e.value - 0.5).abs() < 1e-12 && e.half_width() < 1e-9));
    }
}
