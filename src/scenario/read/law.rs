//! Distributions of durations, as they are written.
//!
//! A duration alone takes the family that is usual in its place. A table says more: `{ mean = "4m", family = "weibull",
//! shape = 1.4 }`, where the family is one of `exponential`, `lognormal` and `gamma` (with `cv`), `erlang` (with
//! `phases`), `weibull` (with `shape`), `fixed`, `uniform` (`from`, `to` instead of `mean`). `{ table = "file.csv" }`
//! takes measured quantiles from columns `p` and `seconds`, with `tail = "never"` or the tail's mean. Patience may be
//! written as `{ hazard = "file.csv" }`, too: columns `seconds` and `per_minute`, of those who still wait the rate at which
//! they leave, from that time of waiting to the next; the last holds for ever, and 0 is a time in which nobody leaves.
//!
//! ```
//! # let base = std::env::current_dir()?.join("scenarios/startup/scenario.toml");
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("variant.toml");
//! // Nobody leaves during the announcement; most who leave do so when it ends.
//! let leaving = "seconds,per_minute\n0,0\n8,0.9\n15,0.12\n";
//! // Measured quantiles of a specialist's work, and patience that is shorter at noon.
//! let expert = "p,seconds\n0,120\n0.5,700\n0.9,2400\n";
//! let noon = "start,factor\n00:00,1\n12:00,0.8\n14:00,1\n";
//! let text = r#"
//! [channel.phone]
//! patience = { hazard = "leaving.csv", by_time = "noon.csv" }
//! balk     = "3%"                            # of those who would wait hang up at once
//! [channel.chat]
//! patience = { family = "weibull", mean = "8m", shape = 1.4 }
//! [tier.2]
//! handle = { table = "expert.csv", tail = "30m" }      # beyond the table: on average so much longer
//! "#;
//! # for (name, rows) in [("leaving.csv", leaving), ("expert.csv", expert), ("noon.csv", noon)] {
//! #     std::fs::write(folder.path().join(name), rows)?;
//! # }
//! # std::fs::write(&path, format!("base = {base:?}\n{text}"))?;
//! // A variant of the bundled startup.
//! let scenario = staffwright::scenario::load(&path).map_err(|mistakes| mistakes.render(false))?;
//! let phone = scenario.channels.iter().find(|c| c.name == "phone").ok_or("no phone")?;
//! let patience = phone.patience.as_ref().ok_or("everybody waits")?;
//! assert_eq!((patience.survival(8.0), phone.balk), (1.0, 0.03));
//! assert!((patience.survival(15.0) - (-0.9_f64 * 7.0 / 60.0).exp()).abs() < 1e-12);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::cursor::{Cursor, Item};
use super::notes::Notes;
use super::ramp::meaningless;
use super::{course, data};
use crate::random::{Hazard, Law, Table, Tail};

/// Standard deviation of the logarithm of handle times, measured in call centres (Brown et al. 2005).
pub const HANDLE_SIGMA: f64 = 0.9;

const FAMILIES: [&str; 7] = [
    "exponential",
    "lognormal",
    "gamma",
    "erlang",
    "weibull",
    "fixed",
    "uniform",
];

/// What says a distribution otherwise than by its hazard.
const KEYS_OF_OTHERS: [&str; 9] = [
    "mean", "family", "cv", "phases", "shape", "from", "to", "table", "tail",
];

/// The family taken where only a mean is written; each that is used is an assumption.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usual {
    /// Handle times: lognormal with the cv of [`HANDLE_SIGMA`].
    Handle,
    /// Patience: memoryless.
    Patience,
    /// Delays until customers answer or come back: memoryless.
    Delay,
    /// Always the same.
    Fixed,
}

impl Usual {
    /// Place of the family in [`FAMILIES`].
    fn word(self) -> usize {
        match self {
            Usual::Patience | Usual::Delay => 0,
            Usual::Handle => 1,
            Usual::Fixed => 5,
        }
    }

    fn assume(self, notes: &Notes) {
        let brown = "calls of a bank's call centre, 1999 (Brown et al. 2005, JASA 100)";
        let (path, value, range, source) = match self {
            Usual::Handle => (
                "topic.*.handle.family",
                "lognormal, sigma 0.9",
                Some("0.6 to 1.2"),
                brown,
            ),
            Usual::Patience => (
                "channel.*.patience.family",
                "exponential",
                None,
                "judgement; measured hazards have peaks at 10 s and 60 s",
            ),
            Usual::Delay => (
                "*.after.family",
                "exponential",
                None,
                "judgement; of delays until customers answer or come back",
            ),
            Usual::Fixed => return,
        };
        notes.assume_value(path, value, range, source);
    }
}

/// Reads a distribution; the mean must be positive unless the family is fixed.
pub fn read(item: &Item<'_>, usual: Usual) -> Option<Law> {
    let Some(table) = item.as_table() else {
        usual.assume(item.notes);
        return checked(item, family(item, usual.word(), item.duration()?, None)?);
    };
    if !matches!(usual, Usual::Handle | Usual::Patience) {
        course::refuse(&table);
    }
    if let Some(file) = table.get("hazard") {
        if usual != Usual::Patience {
            meaningless(&table, "hazard", "only those who wait lose patience");
        }
        for key in KEYS_OF_OTHERS {
            meaningless(&table, key, "a hazard says all of a distribution");
        }
        return hazard(&file);
    }
    if let Some(file) = table.get("table") {
        return measured(&table, &file);
    }
    let word = match table.get("family") {
        Some(family) => family.word(&FAMILIES),
        None => {
            usual.assume(item.notes);
            Some(usual.word())
        }
    };
    if word == Some(6) {
        let from = table.need("from", "\"1m\"").and_then(|i| i.duration());
        let to = table.need("to", "\"3m\"").and_then(|i| i.duration());
        return checked(
            item,
            Law::Uniform {
                from: from?,
                to: to?,
            },
        );
    }
    let mean = table.need("mean", "\"4m\"").and_then(|i| i.duration());
    checked(item, family(item, word?, mean?, Some(&table))?)
}

fn family(item: &Item<'_>, word: usize, mean: f64, table: Option<&Cursor<'_>>) -> Option<Law> {
    if mean <= 0.0 && word != 5 {
        item.out_of_range("0", "a duration longer than nothing");
        return None;
    }
    let get = |key: &str| table.and_then(|t| t.get(key));
    let cv = || get("cv").map_or_else(|| Some(Law::cv_of_sigma(HANDLE_SIGMA)), |i| cv_of(&i));
    Some(match word {
        0 => Law::Exponential { mean },
        1 => Law::Lognormal { mean, cv: cv()? },
        2 => Law::Gamma { mean, cv: cv()? },
        3 => Law::Erlang {
            mean,
            k: get("phases").map_or(Some(2), |i| i.count())?,
        },
        4 => Law::Weibull {
            mean,
            shape: get("shape").map_or(Some(1.0), |i| i.number())?,
        },
        _ => Law::Deterministic { mean },
    })
}

/// A coefficient of variation: `"90%"` or `0.9`.
fn cv_of(item: &Item<'_>) -> Option<f64> {
    if item.as_text().is_some() {
        item.percent()
    } else {
        item.number()
    }
}

fn checked(item: &Item<'_>, law: Law) -> Option<Law> {
    match law.check() {
        Ok(()) => Some(law),
        Err(why) => {
            item.error(
                "out-of-range",
                format!("`{}`: {why}", item.path),
                "no such distribution",
                "correct the parameter",
            );
            None
        }
    }
}

/// Measured quantiles from a data file.
fn measured(table: &Cursor<'_>, file: &Item<'_>) -> Option<Law> {
    let tail = match table.get("tail") {
        Some(item) if item.is("never") => Tail::Never,
        Some(item) => Tail::Exponential {
            mean: item.duration()?,
        },
        None => Tail::Never,
    };
    let csv = data::open(file, &["p", "seconds"], &[])?;
    let points: Option<Vec<(f64, f64)>> = csv
        .rows()
        .map(|row| Some((row.amount("p")?, row.amount("seconds")?)))
        .collect();
    match Table::new(points?, tail) {
        Ok(table) => Some(Law::Table(table)),
        Err(why) => {
            file.error(
                "bad-table",
                format!("`{}`: {why}", file.path),
                "this table is no distribution",
                "give ascending points `p,seconds` that begin at p = 0",
            );
            None
        }
    }
}

/// Measured rates of leaving from a data file.
fn hazard(file: &Item<'_>) -> Option<Law> {
    let csv = data::open(file, &["seconds", "per_minute"], &[])?;
    let steps: Option<Vec<(f64, f64)>> = csv
        .rows()
        .map(|row| Some((row.amount("seconds")?, row.amount("per_minute")? / 60.0)))
        .collect();
    match Hazard::new(steps?) {
        Ok(hazard) => Some(Law::Hazard(hazard)),
        Err(why) => {
            file.error(
                "bad-table",
                format!("`{}`: {why}", file.path),
                "this table is no hazard",
                "give rows `seconds,per_minute` that begin at 0 seconds and ascend",
            );
            None
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, good, only};
    use super::HANDLE_SIGMA;
    use crate::random::Law;

    fn handle(text: &str) -> Law {
        good(&changed(&[(
            "handle = \"5m\"",
            &format!("handle = {text}"),
        )]))
        .streams[0]
            .work[0]
            .handle
            .clone()
    }

    #[test]
    fn families_take_their_parameters() {
        assert_eq!(
            handle("\"5m\""),
            Law::Lognormal {
                mean: 300.0,
                cv: Law::cv_of_sigma(HANDLE_SIGMA)
            }
        );
        assert_eq!(
            handle("{ mean = \"5m\", family = \"exponential\" }"),
            Law::Exponential { mean: 300.0 }
        );
        assert_eq!(
            handle("{ mean = \"5m\", family = \"gamma\", cv = \"50%\" }"),
            Law::Gamma {
                mean: 300.0,
                cv: 0.5
            }
        );
        assert_eq!(
            handle("{ family = \"uniform\", from = \"1m\", to = \"3m\" }"),
            Law::Uniform {
                from: 60.0,
                to: 180.0
            }
        );
        assert_eq!(
            handle("{ phone = { mean = \"5m\", family = \"fixed\" } }"),
            Law::Deterministic { mean: 300.0 }
        );
    }

    #[test]
    fn nothing_is_no_handle_time() {
        assert_eq!(
            only(&changed(&[("\"5m\"", "\"0s\"")])),
            "`topic.help.handle` is 0, but must be a duration longer than nothing"
        );
    }
}
