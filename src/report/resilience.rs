//! How much hangs on few, as a run prints it.

use super::grid::Grid;
use super::number::{optional, plain};
use super::page::Page;
use crate::experiment::Resilience;
use crate::measure::Unit;

/// Exposure and concentration in a sentence each, then what is left without any one team.
#[must_use]
pub fn text(resilience: &Resilience, page: &Page) -> String {
    let mut out = String::new();
    let share = |s: f64| plain(Unit::Share, s, "");
    if page.verbose {
        let exposed = [
            (resilience.one_team_share, "one team"),
            (resilience.one_person_share, "one person"),
        ];
        for (of, who) in exposed {
            if let Some(of) = of {
                let text = format!("{} of the work can be done by {who} only", share(of));
                out.push_str(&page.wrap(&text, 0));
            }
        }
        if let Some(index) = &resilience.concentration {
            let text = format!(
                "concentration of capacity {:.2} (1: one team does everything)",
                index.value
            );
            out.push_str(&page.wrap(&text, 0));
        }
    }
    if resilience.without_team.is_empty() {
        return out;
    }
    let head = [
        "without team",
        "promises met",
        "service level",
        "abandonment",
    ];
    let mut grid = Grid::new(head.map(str::to_owned).to_vec());
    for lost in &resilience.without_team {
        grid.plain(vec![
            lost.team.clone(),
            format!("{} of {}", lost.met, lost.promises.len()),
            optional(Unit::Share, lost.service_level.as_ref(), ""),
            optional(Unit::Share, lost.abandoned_share.as_ref(), ""),
        ]);
    }
    out + &grid.render(page)
}
