//! Bounds of `[decide] keep`, as the proof found them.

use crate::optimize::Kept;
use crate::report::bounds::{Shown, shown};
use crate::report::html::table::{Cell, Table, Tone};
use crate::report::words::Words;

/// One row for every bound; `root` is where they stand in the JSON object.
pub(super) fn bounds(keep: &[Kept], root: &str, currency: &str) -> Table {
    let row = |(i, kept): (usize, &Kept)| {
        let Shown { limit, unit } = shown(kept, currency);
        let figure = |value: Option<f64>, key: &str| {
            let place = format!("{root}/{i}/{key}");
            match value {
                Some(value) => Cell::number(unit, value, currency, place),
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
            "Bounds that have to be kept, as the proof's replications say",
            "Grenzen, die einzuhalten sind, nach den Läufen der Probe",
        ),
        head: vec![
            Words::of("bound", "Grenze"),
            Words::of("value", "Wert"),
            Words::of("at worst", "schlimmstenfalls"),
            Words::of("asked for", "verlangt"),
            Words::of("verdict", "Urteil"),
        ],
        rows: keep.iter().enumerate().map(row).collect(),
    }
}
