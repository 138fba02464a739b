//! `[tier.N]`: support levels.

use super::cursor::Cursor;
use super::names::Names;
use crate::scenario::model::Tier;

/// Reads the tiers; those that only a team names take no triage time.
pub fn read_all(document: &Cursor<'_>, names: &Names) -> Vec<Tier> {
    let tables = document.sub("tier");
    (1..=names.tiers)
        .map(|number| {
            let table = tables.as_ref().and_then(|t| t.sub(&number.to_string()));
            let triage = table
                .and_then(|t| t.get("triage"))
                .and_then(|i| i.duration());
            Tier {
                number: number as u32,
                triage_s: triage.unwrap_or(0.0),
            }
        })
        .collect()
}
