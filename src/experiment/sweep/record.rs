//! A finished run as one line of a log: a checksum, a blank, and JSON.
//!
//! A line proves itself, so that a torn or corrupted one is told from a whole one wherever it stands; the line after it
//! is not affected.

use super::identity::Identity;
use super::row::{Row, read_numbers, write_numbers};
use serde::{Deserialize, Serialize};

/// What came of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Which run.
    pub id: Identity,
    /// Why it could not be played, e.g. because its people cannot be placed under the rules of work; that is a result
    /// too.
    pub infeasible: Option<String>,
    /// Replications played.
    pub replications: u64,
    /// Values of every replication, where the sweep compares runs in pairs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub series: Vec<Series>,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// One figure, replication by replication: values whose mean it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// Key of the figure.
    pub metric: String,
    /// A value per replication; empty where the figure is undefined.
    #[serde(serialize_with = "write_numbers", deserialize_with = "read_numbers")]
    pub values: Vec<Option<f64>>,
}

/// Hexadecimal digits of the checksum: 64 bits of blake3.
const CHECK: usize = 16;

/// The first digits of the checksum of some bytes.
fn checksum(bytes: &[u8]) -> String {
    let mut hex = blake3::hash(bytes).to_hex().to_string();
    hex.truncate(CHECK);
    hex
}

/// A JSON text as a line with its checksum, newline included.
#[must_use]
pub fn seal(json: &str) -> String {
    format!("{} {json}\n", checksum(json.as_bytes()))
}

/// The JSON text of a line (without its newline), if it is whole.
#[must_use]
pub fn unseal(line: &[u8]) -> Option<&[u8]> {
    let (check, rest) = line.split_at_checked(CHECK)?;
    let json = rest.strip_prefix(b" ")?;
    (checksum(json).as_bytes() == check).then_some(json)
}

impl Record {
    /// As a line.
    ///
    /// # Errors
    /// None in practice: every part has a JSON form.
    pub fn to_line(&self) -> serde_json::Result<String> {
        serde_json::to_string(self).map(|json| seal(&json))
    }

    /// A figure's values by replication, where they were kept.
    #[must_use]
    pub fn series(&self, metric: &str) -> Option<Vec<f64>> {
        let found = self.series.iter().find(|s| s.metric == metric)?;
        let values: Vec<f64> = found.values.iter().copied().flatten().collect();
        (!values.is_empty()).then_some(values)
    }

    /// From a line without its newline; `None` where it is torn or corrupted.
    #[must_use]
    pub fn from_line(line: &[u8]) -> Option<Self> {
        serde_json::from_slice(unseal(line)?).ok()
    }

    /// The identity on a whole line, without reading the rest.
    #[must_use]
    pub fn id_of(line: &[u8]) -> Option<Identity> {
        #[derive(Deserialize)]
        struct Only {
            id: Identity,
        }
        serde_json::from_slice::<Only>(unseal(line)?)
            .ok()
            .map(|only| only.id)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn any_changed_byte_is_noticed() {
        let id = "00112233445566778899aabbccddeeff".parse().unwrap();
        let record = Record {
            id,
            infeasible: Some("no".into()),
            replications: 3,
            series: vec![Series {
                metric: "cost_total".into(),
                values: vec![Some(0.1 + 0.2), Some(1e-300)],
            }],
            rows: Vec::new(),
        };
        let line = record.to_line().unwrap();
        let bytes = line.trim_end().as_bytes();
        assert_eq!(Record::from_line(bytes), Some(record));
        assert_eq!(Record::id_of(bytes), Some(id));
        for i in 0..bytes.len() {
            let mut torn = bytes.to_vec();
            torn[i] ^= 1;
            assert_eq!(Record::id_of(&torn), None, "byte {i}");
            assert_eq!(Record::from_line(&bytes[..i]), None, "cut at {i}");
        }
    }
}
