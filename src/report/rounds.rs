//! How a search went, round by round: cuts, bound, cost, what was broken.

use super::grid::Grid;
use super::number::plain;
use super::page::Page;
use crate::measure::Unit;
use crate::optimize::{Plan, Round};

/// The rounds as a table.
#[must_use]
pub fn text(plan: &Plan, page: &Page) -> String {
    let headings = ["round", "cuts", "bound", "cost", "heads", "what came out"];
    let mut grid = Grid::new(headings.map(str::to_owned).to_vec());
    let amount = |value: f64| plain(Unit::Money, value, &plan.currency);
    for round in &plan.rounds {
        let added = match round.cuts_added {
            0 => String::new(),
            n => format!(" +{n}"),
        };
        grid.plain(vec![
            round.round.to_string(),
            format!("{}{added}", round.cuts),
            amount(round.bound),
            amount(round.cost),
            round.heads.to_string(),
            came_out(round),
        ]);
    }
    grid.render(page)
}

/// What a round ended with, in words.
fn came_out(round: &Round) -> String {
    match (round.proof, round.broken.is_empty()) {
        (Some(true), _) => "proved".to_owned(),
        (_, true) => "kept, not cheaper".to_owned(),
        (Some(false), _) => format!("proof fails: {}", round.broken.join(", ")),
        (None, _) => format!("broken: {}", round.broken.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_says_what_it_broke() {
        let mut round = Round {
            round: 1,
            bound: 1.0,
            cost: 2.0,
            heads: 3,
            fte: 3.0,
            promises: Vec::new(),
            cuts: 0,
            cuts_added: 1,
            proof: None,
            broken: vec!["english".to_owned()],
        };
        assert_eq!(came_out(&round), "broken: english");
        round.proof = Some(false);
        assert_eq!(came_out(&round), "proof fails: english");
        round.broken.clear();
        round.proof = Some(true);
        assert_eq!(came_out(&round), "proved");
    }
}
