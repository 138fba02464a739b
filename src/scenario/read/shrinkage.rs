//! `shrinkage` of a team: shares of paid hours not worked on queue. They add up.

use super::cursor::{Cursor, join};
use super::shares::percent;
use crate::scenario::model::Shrinkage;

/// Reads the shares of paid hours that are not worked. They are not asked for where a vendor bears them, or where a roster
/// gives agents on queue.
pub fn read(table: &Cursor<'_>, not_asked: bool) -> Shrinkage {
    let none = Shrinkage {
        sick_spell_days: 1.0,
        ..Shrinkage::default()
    };
    let other_work = table
        .get("other_work")
        .and_then(|i| i.share())
        .unwrap_or(0.0);
    let Some(item) = table.get("shrinkage") else {
        if not_asked {
            table.notes.assume(&join(&table.path, "shrinkage"));
        } else {
            table.missing(
                "shrinkage",
                "{ leave = \"10%\", sick = \"6%\", training = \"3%\", meetings = \"4%\" }",
            );
        }
        return Shrinkage { other_work, ..none };
    };
    if item.is("none") {
        return Shrinkage { other_work, ..none };
    }
    let Some(shares) = item.table() else {
        return none;
    };
    let share = |key: &str| shares.get(key).and_then(|i| i.share()).unwrap_or(0.0);
    let (sick, sick_spell_days) = sick(&shares);
    let all = Shrinkage {
        leave: share("leave"),
        training: share("training"),
        meetings: share("meetings") + share("coaching") + share("reviews"),
        sick,
        sick_spell_days,
        late: share("late"),
        other_work: share("other_work") + other_work,
    };
    if all.on_queue_share() <= 1e-9 {
        item.error(
            "nothing-left",
            format!(
                "`{}` leaves no time on queue: the shares sum to {}",
                item.path,
                percent(1.0 - all.on_queue_share())
            ),
            "these add up to 100% or more",
            "shares of paid hours must sum to less than 100%",
        );
        return none;
    }
    all
}

/// `sick = "6%"` or `sick = { share = "5%", spell = "4 days" }`.
fn sick(shares: &Cursor<'_>) -> (f64, f64) {
    let Some(item) = shares.get("sick") else {
        return (0.0, 1.0);
    };
    let Some(table) = item.as_table() else {
        return (item.share().unwrap_or(0.0), 1.0);
    };
    let share = table.need("share", "\"5%\"").and_then(|i| i.share());
    let spell = table.need("spell", "\"4 days\"").and_then(|i| i.duration());
    (
        share.unwrap_or(0.0),
        (spell.unwrap_or(86_400.0) / 86_400.0).max(1.0),
    )
}

#[cfg(test)]
mod tests {
    use super::super::testing::{changed, codes, good};

    #[test]
    fn shrinkage_adds_up_and_leaves_something() {
        let text = changed(&[(
            "sick = \"5%\" }",
            "sick = { share = \"5%\", spell = \"4 days\" }, meetings = \"4%\" }\nother_work = \"25%\"",
        )]);
        let shrinkage = good(&text).teams[0].shrinkage;
        assert!((shrinkage.on_queue_share() - 0.56).abs() < 1e-12);
        assert_eq!(shrinkage.sick_spell_days, 4.0);
        assert_eq!(
            codes(&changed(&[("leave = \"10%\"", "leave = \"95%\"")])),
            ["nothing-left"]
        );
    }
}
