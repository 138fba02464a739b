//! `[overhead]` and `[satisfaction]`: costs that depend on nobody, and how a contact is scored.

use super::cursor::Cursor;
use crate::scenario::model::{Overhead, Satisfaction};

/// `[overhead] tools = "EUR 400/month"`: anything with a name, per month, year or week.
pub fn overheads(document: &Cursor<'_>) -> Vec<Overhead> {
    let Some(table) = document.sub("overhead") else {
        return Vec::new();
    };
    table
        .items()
        .filter_map(|(name, item)| {
            Some(Overhead {
                name: name.to_string(),
                per_month: item.per_month()?,
            })
        })
        .collect()
}

/// `[satisfaction]`: points of 100, `base` less what each mishap loses.
pub fn satisfaction(document: &Cursor<'_>) -> Satisfaction {
    let table = document
        .sub("satisfaction")
        .unwrap_or_else(|| document.nothing_at("satisfaction"));
    let points = |key: &str| {
        let read = table.or_default(key, |i| {
            i.number()
                .filter(|n| i.within(*n, 0.0, 100.0, "between 0 and 100 points"))
        });
        read.unwrap_or(0.0)
    };
    Satisfaction {
        base: points("base"),
        late: points("late"),
        hand_off: points("hand_off"),
        unresolved: points("unresolved"),
        abandoned: points("abandoned"),
    }
}
