//! The escalation matrix and the shares of contacts in a report.

use super::page::{Block, Section};
use super::table::{Cell, Table};
use crate::experiment::{Escalations, Outcome, ShareOf};
use crate::measure::Unit;
use crate::report::escalation::columns;
use crate::report::words::Words;

/// Where work goes when it ends, and who does it.
pub(super) fn escalation(outcome: &Outcome, root: &str) -> Section {
    let matrix = &outcome.escalation_matrix;
    let place = format!("{root}/escalation_matrix");
    let mut blocks = Vec::new();
    let tiers = (
        Words::of("work that ends at", "Vorgänge, die enden auf"),
        Words::of(
            "Where work goes when it ends at a tier, as a share of that tier's work",
            "Wohin Vorgänge einer Stufe gehen, als Anteil an ihren Vorgängen",
        ),
    );
    blocks.extend(table(tiers, &matrix.tiers, &format!("{place}/tiers")));
    let teams = (
        Words::of("passed on by", "weitergegeben von"),
        Words::of(
            "Contacts that somebody of another team took on next, per piece of work of a team",
            "Anliegen, die als Nächstes ein anderes Team übernahm, je Vorgang eines Teams",
        ),
    );
    blocks.extend(table(teams, &matrix.teams, &format!("{place}/teams")));
    blocks.push(Block::Table(shares(outcome, root)));
    Section::new(
        "escalation",
        Words::of("Who does the work", "Wer die Arbeit macht"),
        blocks,
    )
}

fn table((corner, caption): (Words, Words), rows: &[Escalations], place: &str) -> Option<Block> {
    if rows.is_empty() {
        return None;
    }
    let columns = columns(rows);
    let mut head = vec![corner];
    head.extend(columns.iter().map(|c| name(c)));
    let row = |(i, row): (usize, &Escalations)| {
        let mut cells = vec![Cell::text(name(&row.from))];
        cells.extend(columns.iter().map(|column| {
            let at = row.to.iter().position(|t| t.name == *column);
            at.map_or_else(
                || Cell::text(String::new()),
                |j| {
                    let json = format!("{place}/{i}/to/{j}/share");
                    Cell::estimate(Unit::Share, row.to[j].share.as_ref(), "", json)
                },
            )
        }));
        cells
    };
    Some(Block::Table(Table {
        caption,
        head,
        rows: rows.iter().enumerate().map(row).collect(),
    }))
}

fn shares(outcome: &Outcome, root: &str) -> Table {
    let shares = &outcome.shares;
    let kinds: [(Words, &str, &[ShareOf]); 3] = [
        (
            Words::of("resolved by", "gelöst von"),
            "tiers",
            &shares.tiers,
        ),
        (
            Words::of("answered by", "angenommen von"),
            "vendors",
            &shares.vendors,
        ),
        (
            Words::of("offered in", "eingegangen auf"),
            "languages",
            &shares.languages,
        ),
    ];
    let rows = kinds.iter().flat_map(|(kind, key, of)| {
        of.iter().enumerate().map(move |(i, share)| {
            let json = format!("{root}/shares/{key}/{i}/share");
            vec![
                Cell::text(kind.clone()),
                Cell::text(name(&share.name)),
                Cell::estimate(Unit::Share, share.share.as_ref(), "", json),
            ]
        })
    });
    Table {
        caption: Words::of(
            "Contacts by the tier that resolved them, by whose people answered them, and by language",
            "Anliegen nach lösender Stufe, nach annehmenden Leuten und nach Sprache",
        ),
        head: vec![
            Words::of("contacts", "Anliegen"),
            Words::of("by", "nach"),
            Words::of("share", "Anteil"),
        ],
        rows: rows.collect(),
    }
}

/// A name in both languages: tiers and ends are ours, others the planner's.
fn name(name: &str) -> Words {
    match name {
        "resolved" => Words::of("resolved", "gelöst"),
        "returns" => Words::of("comes back", "kommt wieder"),
        "engineering" => Words::of("to engineering", "an die Entwicklung"),
        "own" => Words::of("our own people", "eigene Leute"),
        _ => match name.strip_prefix("tier ") {
            Some(number) => Words::of(name, format!("Stufe {number}")),
            None => Words::same(name),
        },
    }
}
