//! What the plan changes of published rosters.

use crate::measure::Unit;
use crate::optimize::{Change, Plan};
use crate::report::html::page::{Block, Section};
use crate::report::html::table::{Cell, Table};
use crate::report::published::times;
use crate::report::words::Words;

/// Counts and costs by team, then every change.
pub fn published(plan: &Plan) -> Section {
    let team = |(t, team): (usize, &crate::optimize::Changed)| {
        let count = |value: u32, key: &str| Cell::count(value, format!("/published/{t}/{key}"));
        vec![
            Cell::text(team.team.clone()),
            count(team.published, "published"),
            count(team.kept, "kept"),
            count(team.moved, "moved"),
            count(team.dropped, "dropped"),
            count(team.added, "added"),
            Cell::number(
                Unit::Money,
                team.cost,
                &plan.currency,
                format!("/published/{t}/cost"),
            ),
        ]
    };
    let counts = Table {
        caption: Words::of(
            "Shifts of published rosters, and what changing them costs",
            "Schichten veröffentlichter Dienstpläne, und was ihre Änderung kostet",
        ),
        head: vec![
            Words::of("team", "Team"),
            Words::of("published", "veröffentlicht"),
            Words::of("stay", "bleiben"),
            Words::of("move", "verschoben"),
            Words::of("dropped", "entfallen"),
            Words::of("added", "neu"),
            Words::of("cost", "Kosten"),
        ],
        rows: plan.published.iter().enumerate().map(team).collect(),
    };
    let changes = plan.published.iter().flat_map(|team| {
        let row = |change: &Change| {
            vec![
                Cell::text(format!("{} {}", change.day, change.date)),
                Cell::text(team.team.clone()),
                Cell::text(change.contract.clone().unwrap_or_default()),
                Cell::text(times(change.from.as_ref())),
                Cell::text(times(change.to.as_ref())),
                Cell::figure(change.shifts.to_string()),
            ]
        };
        team.changes.iter().map(row).collect::<Vec<_>>()
    });
    let changes = Table {
        caption: Words::of("Changes, day by day", "Änderungen, Tag für Tag"),
        head: vec![
            Words::of("day", "Tag"),
            Words::of("team", "Team"),
            Words::of("contract", "Vertrag"),
            Words::of("published", "veröffentlicht"),
            Words::of("planned", "geplant"),
            Words::of("shifts", "Schichten"),
        ],
        rows: changes.collect(),
    };
    Section::new(
        "published",
        Words::of(
            "Changes of the published roster",
            "Änderungen am veröffentlichten Dienstplan",
        ),
        vec![Block::Table(counts), Block::Table(changes)],
    )
}
