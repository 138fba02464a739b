//! Leave slots of a plan as text.

use super::grid::Grid;
use super::page::Page;
use crate::optimize::LeaveTeam;

/// How many people can be on leave, week by week; nothing where no team of own staff is planned.
#[must_use]
pub fn text(teams: &[LeaveTeam], page: &Page) -> String {
    if teams.is_empty() {
        return String::new();
    }
    let mut out = page.wrap(
        "leave slots: people who can be away in a week while every shift of the plan is worked",
        0,
    );
    let titles = ["team", "weeks", "heads", "needed", "slots"];
    let mut grid = Grid::new(titles.map(str::to_owned).to_vec());
    for team in teams {
        // Weeks that are alike one after the other are one row.
        let alike = team
            .weeks
            .chunk_by(|a, b| (a.heads, a.needed, a.slots) == (b.heads, b.needed, b.slots));
        for weeks in alike {
            let (first, last) = (&weeks[0], &weeks[weeks.len() - 1]);
            let span = if weeks.len() == 1 {
                first.week.to_string()
            } else {
                format!("{} to {}", first.week, last.week)
            };
            grid.plain(vec![
                team.team.clone(),
                span,
                first.heads.to_string(),
                first.needed.to_string(),
                first.slots.to_string(),
            ]);
        }
    }
    out.push_str(&grid.render(page));
    for team in teams.iter().filter(|t| t.wanted > f64::from(t.slots)) {
        let text = format!(
            "{}: its people take {:.1} weeks of leave over the horizon, and there are slots for {}; the rest is leave by the day",
            team.team, team.wanted, team.slots
        );
        out.push_str(&page.wrap(&text, 2));
    }
    out
}
