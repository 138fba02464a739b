//! The escalation matrix and the shares of contacts, as a run prints them.

use super::grid::Grid;
use super::number::optional;
use super::page::Page;
use crate::experiment::{Escalations, Outcome, ShareOf};
use crate::measure::Unit;

/// Where work goes, where there is more than one place to go; with everything shown also who passes to whom, and the
/// shares of contacts.
#[must_use]
pub fn text(outcome: &Outcome, page: &Page) -> String {
    let matrix = &outcome.escalation_matrix;
    let mut out = String::new();
    if matrix.tiers.len() > 1 {
        out.push_str(&table("work that ends at", &matrix.tiers, page));
    }
    if page.verbose {
        if !matrix.teams.is_empty() {
            out.push_str(&table("passed on by", &matrix.teams, page));
        }
        out.push_str(&shares(outcome, page));
    }
    out
}

/// Columns of a matrix: every place that something goes to, in order of first mention.
#[must_use]
pub fn columns(rows: &[Escalations]) -> Vec<&str> {
    let mut columns: Vec<&str> = Vec::new();
    for to in rows.iter().flat_map(|r| &r.to) {
        if !columns.contains(&to.name.as_str()) {
            columns.push(&to.name);
        }
    }
    columns
}

fn table(title: &str, rows: &[Escalations], page: &Page) -> String {
    let columns = columns(rows);
    let head = std::iter::once(title).chain(columns.iter().copied());
    let mut grid = Grid::new(head.map(str::to_owned).collect());
    for row in rows {
        let cell = |name: &&str| {
            let to = row.to.iter().find(|t| t.name == *name);
            to.map_or_else(String::new, |t| optional(Unit::Share, t.share.as_ref(), ""))
        };
        let cells = columns.iter().map(cell);
        grid.plain(std::iter::once(row.from.clone()).chain(cells).collect());
    }
    grid.render(page)
}

fn shares(outcome: &Outcome, page: &Page) -> String {
    let shares = &outcome.shares;
    let kinds: [(&str, &[ShareOf]); 3] = [
        ("resolved by", &shares.tiers),
        ("answered by", &shares.vendors),
        ("offered in", &shares.languages),
    ];
    let mut grid = Grid::new(["contacts", "", "share"].map(str::to_owned).to_vec());
    for (kind, of) in kinds.iter().filter(|(_, of)| of.len() > 1) {
        for share in *of {
            let value = optional(Unit::Share, share.share.as_ref(), "");
            grid.plain(vec![(*kind).to_owned(), share.name.clone(), value]);
        }
    }
    if kinds.iter().all(|(_, of)| of.len() < 2) {
        return String::new();
    }
    grid.render(page)
}
