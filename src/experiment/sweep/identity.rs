//! What makes a run the run it is.

use crate::experiment::Staffing;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// The name of a run: a 128-bit blake3 hash of all that its result depends on.
///
/// Two runs with one identity have one result, wherever and whenever they are played; a changed scenario, seed,
/// number of replications or program version gives another identity, and nothing else does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Identity([u8; 16]);

/// How every run of a sweep is played.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Protocol {
    /// Seed; the same for all runs, so that they meet the same customers.
    pub seed: u64,
    /// Replications; with a precision, the most.
    pub replications: u64,
    /// Where to stop earlier, as `--precision`.
    pub precision: Option<f64>,
    /// Confidence of intervals.
    pub confidence: f64,
    /// Which rows are kept of a run.
    pub sets: Vec<super::row::MetricSet>,
    /// The promised quality: promises that count, by name; all where none is named.
    pub promises: Vec<String>,
    /// How heads are found; as written where it is not said.
    pub staff: Option<Staffing>,
    /// Figures of which every replication's value is kept, so that runs are compared in pairs.
    pub series: Vec<String>,
}

impl Identity {
    /// The identity of a run of the scenario with a given hash.
    #[must_use]
    pub fn of(scenario_hash: &str, protocol: &Protocol, version: &str) -> Self {
        let mut hasher = blake3::Hasher::new();
        let Protocol {
            seed,
            replications,
            precision,
            confidence,
            sets,
            promises,
            staff,
            series,
        } = protocol;
        // Every part is followed by a byte that occurs in none of them, so that parts cannot run into each other.
        for part in [
            "staffwright run 1".to_string(),
            version.to_string(),
            scenario_hash.to_string(),
            seed.to_string(),
            replications.to_string(),
            format!("{precision:?}"),
            confidence.to_string(),
            format!("{sets:?}"),
            format!("{promises:?}"),
            format!("{staff:?}"),
            format!("{series:?}"),
        ] {
            hasher.update(part.as_bytes());
            hasher.update(&[0]);
        }
        let mut id = [0; 16];
        id.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        Self(id)
    }
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for Identity {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut id = [0; 16];
        if text.len() != 32 || !text.is_ascii() {
            return Err(());
        }
        for (i, byte) in id.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * i..2 * i + 2], 16).map_err(|_| ())?;
        }
        Ok(Self(id))
    }
}

impl Serialize for Identity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Identity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse()
            .map_err(|()| serde::de::Error::custom("an identity is 32 hexadecimal digits"))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::experiment::sweep::row::MetricSet;

    fn protocol() -> Protocol {
        Protocol {
            seed: 1,
            replications: 20,
            precision: None,
            confidence: 0.95,
            sets: vec![MetricSet::Overall],
            promises: Vec::new(),
            staff: None,
            series: Vec::new(),
        }
    }

    #[test]
    fn every_part_of_a_run_is_in_its_identity() {
        let base = Identity::of("abc", &protocol(), "1.0");
        assert_eq!(base, Identity::of("abc", &protocol(), "1.0"));
        let mut others = vec![
            Identity::of("abd", &protocol(), "1.0"),
            Identity::of("abc", &protocol(), "1.1"),
        ];
        for change in [
            |p: &mut Protocol| p.seed = 2,
            |p: &mut Protocol| p.replications = 21,
            |p: &mut Protocol| p.precision = Some(0.01),
            |p: &mut Protocol| p.confidence = 0.9,
            |p: &mut Protocol| p.sets.push(MetricSet::Teams),
            |p: &mut Protocol| p.promises.push("phone".into()),
            |p: &mut Protocol| p.staff = Some(Staffing::default()),
            |p: &mut Protocol| p.series.push("cost_total".into()),
        ] {
            let mut changed = protocol();
            change(&mut changed);
            others.push(Identity::of("abc", &changed, "1.0"));
        }
        others.push(base);
        others.sort();
        others.dedup();
        assert_eq!(others.len(), 11);
    }

    #[test]
    fn it_is_written_and_read_as_hexadecimal() {
        let id = Identity::of("abc", &protocol(), "1.0");
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!("xyz".parse::<Identity>(), Err(()));
    }
}
