//! What options are compared by: one series of values per option, one value per replication.

use super::case::Case;
use super::collected::Collected;
use crate::measure::{self, METRICS, TEAM_METRICS, Unit};
use crate::sim::TeamSums;
use crate::stats::{Better, linearised};

/// Key of cost in all.
pub const COST: &str = "cost";
/// Key of cost per resolved contact.
pub const COST_PER_RESOLVED: &str = "cost_per_resolved";

/// One thing to compare options by.
#[derive(Debug, Clone)]
pub struct Criterion {
    /// Key: a metric's, [`COST`], [`COST_PER_RESOLVED`], `promise.<name>` or `promise.<name>.met`.
    pub key: String,
    /// Title in tables.
    pub title: String,
    /// Unit.
    pub unit: Unit,
    /// Which way is better; `None` where neither is.
    pub better: Option<Better>,
    /// Per option: linearised values per replication, whose mean is the figure itself; `None` where it is undefined.
    /// A percentile is the mean of the replications' own.
    pub series: Vec<Option<Vec<f64>>>,
}

/// Everything that options are compared by: cost, promises by name, the metrics of all contacts that have a better
/// side, and occupancy.
#[must_use]
pub fn criteria(cases: &[Case], collected: &[Collected]) -> Vec<Criterion> {
    let mut out = vec![
        criterion(
            COST_PER_RESOLVED,
            "cost per resolved",
            Unit::Money,
            Some(Better::Lower),
            collected
                .iter()
                .map(|c| linearised(&c.cost_per_resolved()))
                .collect(),
        ),
        criterion(
            COST,
            "cost",
            Unit::Money,
            Some(Better::Lower),
            collected.iter().map(|c| Some(c.total_cost())).collect(),
        ),
    ];
    for name in promise_names(cases) {
        let of = |met: bool| -> Vec<Option<Vec<f64>>> {
            let both = cases.iter().zip(collected);
            both.map(|(case, c)| promise_series(case, c, &name, met))
                .collect()
        };
        out.push(criterion(
            &format!("promise.{name}"),
            &format!("promise {name}"),
            Unit::Share,
            Some(Better::Higher),
            of(false),
        ));
        out.push(criterion(
            &format!("promise.{name}.met"),
            &format!("P({name} met)"),
            Unit::Share,
            Some(Better::Higher),
            of(true),
        ));
    }
    for (m, metric) in METRICS.iter().enumerate() {
        if let Some(better) = metric.better.direction() {
            let series = collected.iter().map(|c| linearised(&c.overall.pairs(m)));
            out.push(criterion(
                metric.key,
                metric.title,
                metric.unit,
                Some(better),
                series.collect(),
            ));
        }
    }
    for metric in TEAM_METRICS.iter().filter(|m| m.key == "occupancy") {
        let all = |c: &Collected| {
            let pairs: Vec<_> = c
                .all_teams()
                .iter()
                .filter_map(|t| metric.ratio(t))
                .collect();
            linearised(&pairs)
        };
        let series = collected.iter().map(all).collect();
        out.push(criterion(
            metric.key,
            metric.title,
            metric.unit,
            None,
            series,
        ));
    }
    out
}

/// A figure over all contacts, or a cost, replication by replication: linearised, so that its mean is the figure. `None`
/// where it is undefined or there is none of that key.
#[must_use]
pub fn values(collected: &Collected, key: &str) -> Option<Vec<f64>> {
    match key {
        COST => Some(collected.total_cost()),
        COST_PER_RESOLVED => linearised(&collected.cost_per_resolved()),
        _ => {
            let metric = METRICS.iter().position(|m| m.key == key)?;
            linearised(&collected.overall.pairs(metric))
        }
    }
}

fn criterion(
    key: &str,
    title: &str,
    unit: Unit,
    better: Option<Better>,
    series: Vec<Option<Vec<f64>>>,
) -> Criterion {
    Criterion {
        key: key.to_owned(),
        title: title.to_owned(),
        unit,
        better,
        series,
    }
}

/// Names of all promises, in the order they first appear.
fn promise_names(cases: &[Case]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for promise in cases.iter().flat_map(|c| &c.scenario.promises) {
        if !names.contains(&promise.name) {
            names.push(promise.name.clone());
        }
    }
    names
}

fn promise_series(case: &Case, collected: &Collected, name: &str, met: bool) -> Option<Vec<f64>> {
    let promises = &case.scenario.promises;
    let p = promises.iter().position(|promise| promise.name == name)?;
    linearised(&collected.promise_pairs(case, p, met))
}

impl Collected {
    /// Per replication: contacts that kept promise `p` and contacts that count (`met`: periods kept, periods judged).
    #[must_use]
    pub fn promise_pairs(&self, case: &Case, p: usize, met: bool) -> Vec<(f64, f64)> {
        let samples: Vec<&[(u64, u64)]> = self.promises.iter().map(|r| r[p].as_slice()).collect();
        if !met {
            return measure::totals(&samples);
        }
        let kept = measure::kept_periods(&case.scenario.promises[p], &samples);
        kept.iter().map(|&(k, n)| (k as f64, n as f64)).collect()
    }

    /// Per replication: cost in all, contacts resolved.
    #[must_use]
    pub fn cost_per_resolved(&self) -> Vec<(f64, f64)> {
        let resolved = self.overall.sums.iter().map(|s| s.sums.resolved as f64);
        self.total_cost().into_iter().zip(resolved).collect()
    }

    /// Per replication: all teams together.
    #[must_use]
    pub fn all_teams(&self) -> Vec<TeamSums> {
        let sum = |teams: &Vec<TeamSums>| {
            let mut all = TeamSums::default();
            teams.iter().for_each(|team| all += team);
            all
        };
        self.teams.iter().map(sum).collect()
    }
}
