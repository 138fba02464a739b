//! What was assumed, and how the figures came about.

use super::page::{Block, Section};
use super::table::{Cell, Table};
use crate::experiment::{Provenance, StoppedBy};
use crate::report::run::how;
use crate::report::words::{Words, counted};
use crate::scenario::model::Assumption;

/// Every default of one scenario that was used.
#[must_use]
pub fn assumptions(list: &[Assumption]) -> Section {
    assumptions_of(&[("", list)])
}

/// Every default of several scenarios, those with a range first; what several have in common is one row.
#[must_use]
pub fn assumptions_of(lists: &[(&str, &[Assumption])]) -> Section {
    let mut rows: Vec<(&Assumption, Vec<&str>)> = Vec::new();
    for (name, list) in lists {
        for assumption in *list {
            match rows.iter_mut().find(|r| r.0 == assumption) {
                Some(row) => row.1.push(name),
                None => rows.push((assumption, vec![name])),
            }
        }
    }
    let (open, fixed): (Vec<_>, Vec<_>) = rows.iter().partition(|r| r.0.range.is_some());
    let several = lists.len() > 1;
    let row = |(a, names): &&(&Assumption, Vec<&str>)| {
        let mut cells = vec![
            Cell::text(a.path.clone()),
            Cell::text(a.value.clone()),
            Cell::text(a.range.clone().unwrap_or_default()),
            Cell::text(a.source.clone()),
        ];
        if several {
            cells.push(Cell::text(names.join(", ")));
        }
        cells
    };
    let mut head = vec![
        Words::of("key", "Schlüssel"),
        Words::of("value taken", "angenommen"),
        Words::of("may be", "möglich"),
        Words::of("source", "Quelle"),
    ];
    if several {
        head.push(Words::of("in", "in"));
    }
    let table = Table {
        caption: Words::of(
            "Defaults that were used because the scenario does not say, with the range each may honestly lie in",
            "Vorgaben, wo das Szenario nichts sagt, mit dem Bereich, in dem sie ehrlicherweise liegen können",
        ),
        head,
        rows: open.iter().chain(&fixed).map(row).collect(),
    };
    Section::new(
        "assumptions",
        Words::of("What was assumed", "Was angenommen wurde"),
        vec![Block::Table(table)],
    )
}

/// How the figures came about, in a sentence.
#[must_use]
pub fn said(p: &Provenance) -> Words {
    let why = match p.stopped_by {
        StoppedBy::Replications => "",
        StoppedBy::Precision => " (genau genug)",
        StoppedBy::Separated => " (das Beste steht fest)",
        StoppedBy::Interrupt => " (abgebrochen)",
    };
    let first = match p.first_replication {
        0 => String::new(),
        first => format!(" ab Nummer {first}"),
    };
    let looks = if p.interval_confidence == p.confidence {
        ""
    } else {
        " über alle Zwischenstände"
    };
    let confidence = (1000.0 * p.confidence).round() / 10.0;
    Words::of(
        how(p),
        format!(
            "{}{why}{first}, Startwert {}, Intervalle zu {} %{looks}; staffwright {}",
            counted(p.replications as usize, "Wiederholung", "Wiederholungen"),
            p.seed,
            confidence.to_string().replace('.', ","),
            p.version,
        ),
    )
}

/// What somebody else needs to get the same figures.
#[must_use]
pub fn provenance(inputs: &[(&str, &Provenance)]) -> Section {
    let rows = inputs.iter().map(|(name, p)| {
        vec![
            Cell::text((*name).to_owned()),
            Cell::text(p.seed.to_string()),
            Cell::text(p.replications.to_string()),
            Cell::text(p.version.to_owned()),
            Cell::text(p.input_hash.clone()),
        ]
    });
    let table = Table {
        caption: Words::of(
            "The same input, seed and version give the same figures to the last digit",
            "Gleiche Eingabe, gleicher Startwert und gleiche Version geben dieselben Zahlen bis zur letzten Stelle",
        ),
        head: vec![
            Words::of("scenario", "Szenario"),
            Words::of("seed", "Startwert"),
            Words::of("replications", "Wiederholungen"),
            Words::of("version", "Version"),
            Words::of("hash of the input", "Prüfsumme der Eingabe"),
        ],
        rows: rows.collect(),
    };
    let sentence = inputs.first().map(|(_, p)| said(p));
    Section::new(
        "provenance",
        Words::of("Where it comes from", "Woher es kommt"),
        vec![
            Block::Text(sentence.unwrap_or_default()),
            Block::Table(table),
        ],
    )
}
