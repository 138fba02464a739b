//! `[priority]`: classes of urgency, most urgent first, each with its share of demand and perhaps a promise.

use super::cursor::Cursor;
use super::names::Names;
use super::shares;
use crate::scenario::model::Priority;

/// Reads the classes and their shares of demand; one class with everything where none is written.
pub fn read_all(document: &Cursor<'_>, names: &Names) -> (Vec<Priority>, Vec<f64>) {
    let tables = document.named("priority");
    if tables.is_empty() {
        let only = Priority {
            name: names.priorities.name(0).to_string(),
            rank: 0,
            credit_s: 0.0,
            ages_s: None,
            weight: 1.0,
        };
        return (vec![only], vec![1.0]);
    }
    let classes = tables
        .iter()
        .enumerate()
        .map(|(rank, (name, table))| Priority {
            name: (*name).to_string(),
            rank: table
                .get("rank")
                .and_then(|i| i.count())
                .map_or(rank.min(255) as u8, |n| n.min(255) as u8),
            credit_s: table
                .get("credit")
                .and_then(|i| i.duration())
                .unwrap_or(0.0),
            ages_s: table.get("ages").and_then(|i| {
                i.duration()
                    .filter(|s| i.within(*s, 1.0, 1e9, "a duration of a second at least"))
            }),
            weight: table.get("weight").and_then(|i| i.number()).unwrap_or(1.0),
        });
    let classes = classes.collect();
    // Topics or `[demand]` may state shares of their own, or each segment its class; then the classes need none.
    let segments = document.named("segment");
    let by_segment =
        !segments.is_empty() && segments.iter().all(|(_, s)| s.get("priority").is_some());
    let shares = shares::of_classes(document, "priority", "priorities", by_segment);
    (classes, shares)
}
