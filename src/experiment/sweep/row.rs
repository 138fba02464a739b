//! What is kept of a run: tidy rows, one per set of metrics.

use crate::experiment::{Metrics, Outcome};
use crate::measure::{METRICS, TEAM_METRICS, Verdict};
use crate::stats::Estimate;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A kind of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MetricSet {
    /// One row over all contacts, with the cost.
    Overall,
    /// A row per channel.
    Channels,
    /// A row per stream: many.
    Streams,
    /// A row per team.
    Teams,
    /// A row per promise.
    Promises,
    /// A row per kind of cost.
    Cost,
}

impl MetricSet {
    /// Those kept unless a sweep says otherwise.
    pub const USUAL: [Self; 5] = [
        Self::Overall,
        Self::Channels,
        Self::Teams,
        Self::Promises,
        Self::Cost,
    ];

    /// What the column `set` calls a row of it.
    #[must_use]
    pub fn row_name(self) -> &'static str {
        match self {
            Self::Overall => "overall",
            Self::Channels => "channel",
            Self::Streams => "stream",
            Self::Teams => "team",
            Self::Promises => "promise",
            Self::Cost => "cost",
        }
    }
}

/// Key of the cost over the horizon.
pub const COST_TOTAL: &str = "cost_total";
/// Key of the cost per resolved contact.
pub const COST_PER_RESOLVED: &str = "cost_per_resolved";
/// Key of the share kept of a promise.
pub const PROMISE_KEPT: &str = "promise_kept";
/// Key of the share of judging periods in which a promise was kept.
pub const MET_PROBABILITY: &str = "met_probability";

/// Keys of the figures that have an interval: three columns each.
#[must_use]
pub fn estimate_keys() -> Vec<&'static str> {
    let mut keys: Vec<&str> = METRICS.iter().map(|m| m.key).collect();
    let teams = TEAM_METRICS.iter().map(|m| m.key);
    let others = [COST_TOTAL, COST_PER_RESOLVED, PROMISE_KEPT, MET_PROBABILITY];
    for key in teams.chain(others) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// The columns before those of dimensions and numbers.
pub const FIRST_COLUMNS: [&str; 3] = ["run", "id", "scenario"];
/// The columns between those of dimensions and numbers.
pub const MIDDLE_COLUMNS: [&str; 6] = [
    "seed",
    "replications",
    "infeasible",
    "set",
    "name",
    "verdict",
];

/// Key of the probability that a promise is kept.
pub const KEPT_CHANCE: &str = "kept_chance";

/// Keys of the figures without one: a team's people and size, a promise's promised share and how probable it is that it
/// is kept.
pub const PLAIN_KEYS: [&str; 4] = ["heads", "fte", "promised_share", KEPT_CHANCE];

/// All columns of numbers: `key`, `key_low`, `key_high` of every figure with an interval, then the plain ones.
#[must_use]
pub fn number_columns() -> Vec<String> {
    let estimates = estimate_keys()
        .into_iter()
        .flat_map(|key| [key.to_string(), format!("{key}_low"), format!("{key}_high")]);
    estimates.chain(PLAIN_KEYS.map(str::to_string)).collect()
}

/// One row of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// `overall`, `channel`, `team`, ...
    pub set: String,
    /// Which one of them; empty overall.
    pub name: String,
    /// Of a promise: `met`, `missed` or `undecided`.
    pub verdict: Option<String>,
    /// A number per [`number_columns`]; `None` where it is undefined or not of this set.
    #[serde(serialize_with = "write_numbers", deserialize_with = "read_numbers")]
    pub numbers: Vec<Option<f64>>,
}

impl Row {
    /// A figure without an interval.
    #[must_use]
    pub fn plain(&self, key: &str) -> Option<f64> {
        let at = PLAIN_KEYS.iter().position(|k| *k == key)?;
        let first = self.numbers.len().checked_sub(PLAIN_KEYS.len())?;
        self.numbers.get(first + at).copied().flatten()
    }

    /// The figure with a key, as value, low, high.
    #[must_use]
    pub fn estimate(&self, key: &str) -> Option<[f64; 3]> {
        let at = 3 * estimate_keys().iter().position(|k| *k == key)?;
        let number = |i: usize| self.numbers.get(at + i).copied().flatten();
        Some([
            number(0)?,
            number(1).unwrap_or(f64::NEG_INFINITY),
            number(2).unwrap_or(f64::INFINITY),
        ])
    }
}

/// Fills rows: one lookup of keys for all of them.
struct Filler {
    keys: Vec<&'static str>,
    rows: Vec<Row>,
}

impl Filler {
    fn row(&mut self, set: MetricSet, name: &str) {
        self.rows.push(Row {
            set: set.row_name().to_string(),
            name: name.to_string(),
            verdict: None,
            numbers: vec![None; 3 * self.keys.len() + PLAIN_KEYS.len()],
        });
    }

    fn estimate(&mut self, key: &str, estimate: Option<&Estimate>) {
        let place = self.keys.iter().position(|k| *k == key);
        let (Some(at), Some(row), Some(e)) = (place, self.rows.last_mut(), estimate) else {
            return;
        };
        for (i, x) in [e.value, e.low, e.high].into_iter().enumerate() {
            row.numbers[3 * at + i] = Some(x).filter(|x| x.is_finite());
        }
    }

    fn plain(&mut self, index: usize, value: f64) {
        if let Some(row) = self.rows.last_mut() {
            row.numbers[3 * self.keys.len() + index] = Some(value).filter(|x| x.is_finite());
        }
    }

    fn metrics(&mut self, set: MetricSet, name: &str, metrics: &Metrics) {
        self.row(set, name);
        for (key, estimate) in &metrics.0 {
            self.estimate(key, estimate.as_ref());
        }
    }
}

/// The rows of an outcome, in the order of [`MetricSet`]; `chances` says how probable it is that each promise is kept.
#[must_use]
pub fn rows(outcome: &Outcome, chances: &[f64], sets: &[MetricSet]) -> Vec<Row> {
    let mut filler = Filler {
        keys: estimate_keys(),
        rows: Vec::new(),
    };
    if sets.contains(&MetricSet::Overall) {
        filler.metrics(MetricSet::Overall, "", &outcome.overall);
        filler.estimate(COST_TOTAL, outcome.cost.total.as_ref());
        filler.estimate(COST_PER_RESOLVED, outcome.cost.per_resolved.as_ref());
    }
    if sets.contains(&MetricSet::Channels) {
        for channel in &outcome.channels {
            filler.metrics(MetricSet::Channels, &channel.name, &channel.metrics);
        }
    }
    if sets.contains(&MetricSet::Streams) {
        for stream in &outcome.streams {
            filler.metrics(MetricSet::Streams, &stream.name, &stream.metrics);
        }
    }
    if sets.contains(&MetricSet::Teams) {
        for team in &outcome.teams {
            filler.metrics(MetricSet::Teams, &team.name, &team.metrics);
            filler.plain(0, team.heads);
            filler.plain(1, team.fte);
        }
    }
    if sets.contains(&MetricSet::Promises) {
        promises(outcome, chances, &mut filler);
    }
    if sets.contains(&MetricSet::Cost) {
        for line in &outcome.cost.by_kind {
            let name = serde_json::to_value(line.kind).unwrap_or_default();
            filler.row(MetricSet::Cost, name.as_str().unwrap_or_default());
            filler.estimate(COST_TOTAL, line.amount.as_ref());
        }
    }
    filler.rows
}

fn promises(outcome: &Outcome, chances: &[f64], filler: &mut Filler) {
    for (promise, chance) in outcome.promises.iter().zip(chances) {
        filler.row(MetricSet::Promises, &promise.name);
        filler.estimate(PROMISE_KEPT, promise.value.as_ref());
        filler.estimate(MET_PROBABILITY, promise.met_probability.as_ref());
        filler.plain(2, promise.share);
        filler.plain(3, *chance);
        let verdict = match promise.verdict {
            Verdict::Met => "met",
            Verdict::Missed => "missed",
            Verdict::Undecided => "undecided",
        };
        if let Some(row) = filler.rows.last_mut() {
            row.verdict = Some(verdict.to_string());
        }
    }
}

/// Numbers as one text, which the standard library reads back to the last bit; `-` where there is none.
pub(super) fn write_numbers<S: Serializer>(
    numbers: &[Option<f64>],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let texts: Vec<String> = numbers
        .iter()
        .map(|n| n.map_or_else(|| "-".to_string(), |x| x.to_string()))
        .collect();
    serializer.serialize_str(&texts.join(" "))
}

pub(super) fn read_numbers<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<Option<f64>>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let read = |t: &str| match t {
        "-" => Ok(None),
        t => t.parse().map(Some).map_err(serde::de::Error::custom),
    };
    text.split(' ').map(read).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_names_of_their_own() {
        let mut columns = number_columns();
        let count = columns.len();
        columns.sort();
        columns.dedup();
        assert_eq!(columns.len(), count);
        assert_eq!(count, 3 * estimate_keys().len() + PLAIN_KEYS.len());
    }

    #[test]
    fn numbers_come_back_to_the_last_bit() {
        let row = Row {
            set: "overall".into(),
            name: String::new(),
            verdict: None,
            numbers: vec![Some(0.1 + 0.2), None, Some(1e-300), Some(-1.0 / 3.0)],
        };
        let text = serde_json::to_string(&row).unwrap();
        assert_eq!(serde_json::from_str::<Row>(&text).unwrap(), row);
    }
}
