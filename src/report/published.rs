//! What a plan changes of published rosters, as text.

use super::grid::Grid;
use super::number::plain;
use super::page::Page;
use crate::measure::Unit;
use crate::optimize::{Change, Changed, Times};

/// The changes of every published roster; nothing where none is.
#[must_use]
pub fn text(published: &[Changed], currency: &str, page: &Page) -> String {
    published.iter().map(|c| one(c, currency, page)).collect()
}

fn one(changed: &Changed, currency: &str, page: &Page) -> String {
    let text = format!(
        "published roster of {}: {} of {} shifts stay, {} move, {} are dropped and {} added; changes cost {} of the plan's cost",
        changed.team,
        changed.kept,
        changed.published,
        changed.moved,
        changed.dropped,
        changed.added,
        plain(Unit::Money, changed.cost, currency)
    );
    let mut out = page.wrap(&text, 0);
    let titles = ["day", "contract", "published", "planned", "shifts"];
    let mut grid = Grid::new(titles.map(str::to_owned).to_vec());
    let shown = if page.verbose { usize::MAX } else { 15 };
    for change in changed.changes.iter().take(shown) {
        grid.plain(row(change));
    }
    if !grid.is_empty() {
        out.push_str(&grid.render(page));
    }
    out.push_str(&page.and_more(changed.changes.len().saturating_sub(shown)));
    out
}

fn row(change: &Change) -> Vec<String> {
    vec![
        format!("{} {}", change.day, change.date),
        change.contract.clone().unwrap_or_default(),
        times(change.from.as_ref()),
        times(change.to.as_ref()),
        change.shifts.to_string(),
    ]
}

/// `early 07:00 8:00`; nothing where there is no shift.
#[must_use]
pub fn times(times: Option<&Times>) -> String {
    times.map_or_else(String::new, |t| {
        let (hours, minutes) = (t.length_min / 60, t.length_min % 60);
        format!("{} {} {hours}:{minutes:02}", t.shift, t.start)
    })
}
