//! `[overhead]` and `[satisfaction]`: costs that depend on nobody, and how a contact is scored.

use super::cursor::{Cursor, Item};
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
///
/// ```toml
/// [satisfaction]
/// base           = 90
/// late           = 15      # the promise was missed
/// hand_off       = 5       # each
/// unresolved     = 25
/// abandoned      = 60
/// translated     = 8       # answered through a translation tool; nothing unless stated
/// other_language = 12      # the customer had to ask in another language than theirs; nothing unless stated
/// ```
pub fn satisfaction(document: &Cursor<'_>) -> Satisfaction {
    let table = document
        .sub("satisfaction")
        .unwrap_or_else(|| document.nothing_at("satisfaction"));
    let number = |i: &Item<'_>| {
        i.number()
            .filter(|n| i.within(*n, 0.0, 100.0, "between 0 and 100 points"))
    };
    let points = |key: &str| table.or_default(key, number).unwrap_or(0.0);
    let stated = |key: &str| table.get(key).and_then(|i| number(&i)).unwrap_or(0.0);
    Satisfaction {
        base: points("base"),
        late: points("late"),
        hand_off: points("hand_off"),
        unresolved: points("unresolved"),
        abandoned: points("abandoned"),
        translated: stated("translated"),
        other_language: stated("other_language"),
    }
}
