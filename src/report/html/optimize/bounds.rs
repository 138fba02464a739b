//! Bounds of `[decide] keep`, as the proof found them.

use crate::optimize::{Kept, Plan};
use crate::report::bounds::{Shown, shown};
use crate::report::html::table::{Cell, Table, Tone};
use crate::report::words::Words;

/// One row for every bound.
pub(super) fn bounds(plan: &Plan) -> Table {
    let row = |(i, kept): (usize, &Kept)| {
        let Shown { limit, unit } = shown(kept, &plan.currency);
        let figure = |value: Option<f64>, key: &str| {
            let place = format!("/keep/{i}/{key}");
            match value {
                Some(value) => Cell::number(unit, value, &plan.currency, place),
                None => Cell::estimate(unit, None, "", place),
            }
        };
        let (word, tone) = if kept.met {
            (Words::of("kept", "gehalten"), Tone::Good)
        } else {
            (Words::of("broken", "verletzt"), Tone::Bad)
        };
        vec![
            Cell::text(kept.text.clone()),
            figure(kept.value, "value"),
            figure(kept.judged, "judged"),
            Cell::figure(limit),
            Cell::text(word).toned(tone),
        ]
    };
    Table {
        caption: Words::of(
            "Bounds that the plan has to keep, as the proof found them",
            "Grenzen, die der Plan einhalten muss, wie die Probe sie fand",
        ),
        head: vec![
            Words::of("bound", "Grenze"),
            Words::of("value", "Wert"),
            Words::of("at worst", "schlimmstenfalls"),
            Words::of("asked for", "verlangt"),
            Words::of("verdict", "Urteil"),
        ],
        rows: plan.keep.iter().enumerate().map(row).collect(),
    }
}
