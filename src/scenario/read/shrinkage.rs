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
    let sick = sick(&shares);
    let all = Shrinkage {
        leave: share("leave"),
        training: share("training"),
        meetings: share("meetings") + share("coaching") + share("reviews"),
        sick: sick.sick,
        sick_spell_days: sick.sick_spell_days,
        sick_swing: sick.sick_swing,
        sick_peak: sick.sick_peak,
        sick_waves: sick.sick_waves,
        late: share("late"),
        other_work: share("other_work") + other_work,
        for_now: 0.0,
        for_now_until: 0,
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

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// `sick = "6%"` or `sick = { share = "5%", spell = "4 days", season = { peak = "Feb", swing = "40%" }, waves = "30%" }`.
fn sick(shares: &Cursor<'_>) -> Shrinkage {
    let plain = |sick: f64| Shrinkage {
        sick,
        sick_spell_days: 1.0,
        ..Shrinkage::default()
    };
    let Some(item) = shares.get("sick") else {
        return plain(0.0);
    };
    let Some(table) = item.as_table() else {
        return plain(item.share().unwrap_or(0.0));
    };
    let share = table.need("share", "\"5%\"").and_then(|i| i.share());
    let spell = table.need("spell", "\"4 days\"").and_then(|i| i.duration());
    let season = table.sub("season").and_then(|s| {
        let peak = s.need("peak", "\"Feb\"").and_then(|i| i.word(&MONTHS));
        let swing = s.need("swing", "\"40%\"").and_then(|i| i.share());
        // The middle of the month.
        Some(((peak? as f64 + 0.5) * 365.25 / 12.0, swing?))
    });
    let waves = table.get("waves").and_then(|i| {
        let cv = i.percent()?;
        i.within(cv, 0.0, 2.0, "at most 200%").then_some(cv)
    });
    Shrinkage {
        sick_spell_days: (spell.unwrap_or(86_400.0) / 86_400.0).max(1.0),
        sick_peak: season.map_or(0.0, |s| s.0),
        sick_swing: season.map_or(0.0, |s| s.1),
        sick_waves: waves.unwrap_or(0.0),
        ..plain(share.unwrap_or(0.0))
    }
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
