//! Why these numbers: from work to heads a row per team, what a promise and one more head are worth, what binds.

use super::grid::Grid;
use super::number::plain;
use super::page::Page;
use crate::measure::Unit;
use crate::optimize::{Plan, WhyPromise, WhyTeam};

/// Rises below this many points of a hundred are not worth a word.
const POINTS: f64 = 0.05;

/// The whole explanation, as text.
#[must_use]
pub fn text(plan: &Plan, page: &Page) -> String {
    if plan.why.teams.is_empty() {
        return String::new();
    }
    let mut out = String::from("why: hours of an average week, from work to heads\n");
    out.push_str(&chain(&plan.why.teams, page));
    for team in &plan.why.teams {
        out.push_str(&page.wrap(&one_more(team), 2));
    }
    for promise in &plan.why.promises {
        out.push_str(&page.wrap(&worth(promise, plan), 2));
    }
    out.push_str(&page.wrap(&above_bound(plan), 2));
    if !plan.why.binding.is_empty() {
        let binds = format!("what holds the plan up: {}", plan.why.binding.join("; "));
        out.push_str(&page.wrap(&binds, 2));
    }
    for note in &plan.why.notes {
        out.push_str(&page.wrap(note, 2));
    }
    out
}

/// Load, Erlang, simulation, shrinkage, roster: a column each.
fn chain(teams: &[WhyTeam], page: &Page) -> String {
    let head = [
        "team",
        "work",
        "on queue by formula",
        "load as simulated",
        "on queue planned",
        "of a duty on queue",
        "shifts",
        "at work",
        "heads",
    ];
    let mut grid = Grid::new(head.map(str::to_owned).to_vec());
    let hours = |h: f64| format!("{h:.0} h");
    let share = |s: f64| format!("{:.0}%", 100.0 * s);
    for team in teams {
        grid.plain(vec![
            team.name.clone(),
            hours(team.load_h),
            hours(team.erlang_h),
            format!("x {:.2}", team.simulation_factor),
            hours(team.on_queue_h),
            share(team.on_queue_share),
            hours(team.scheduled_h),
            share(team.at_work_share),
            team.heads.to_string(),
        ]);
    }
    grid.render(page)
}

/// What one more head would buy.
fn one_more(team: &WhyTeam) -> String {
    let beside = if team.beside.is_empty() {
        String::new()
    } else {
        format!(
            " (work, formula and factor are those of its pool with {})",
            team.beside.join(", ")
        )
    };
    let rises: Vec<String> = team
        .one_more
        .iter()
        .filter(|(_, rise)| 100.0 * rise >= POINTS)
        .map(|(promise, rise)| format!("{promise} +{:.1} points", 100.0 * rise))
        .collect();
    if rises.is_empty() {
        format!(
            "one more head in {} would move no promise that customers wait for{beside}",
            team.name
        )
    } else {
        format!(
            "one more head in {} would buy {}{beside}",
            team.name,
            rises.join(", ")
        )
    }
}

/// What a promise aims at and what a point of it costs.
fn worth(promise: &WhyPromise, plan: &Plan) -> String {
    let proof = plan.proof.promises.iter().find(|p| p.name == promise.name);
    let why = match proof.and_then(|p| Some((p.share, p.hold?))) {
        Some((share, hold)) => format!(
            ", so that {:.0}% is kept in {:.0}% of periods",
            100.0 * share,
            100.0 * hold
        ),
        None => String::new(),
    };
    let cost = match promise.per_point {
        Some(money) if money >= 1.0 => format!(
            "; a point more costs about {} over the horizon",
            plain(Unit::Money, money, &plan.currency)
        ),
        Some(_) => "; a point more costs nothing: other rules ask for more people".to_owned(),
        None => String::new(),
    };
    format!(
        "{}: the plan aims at {:.1}% in the mean{why}{cost}",
        promise.name,
        100.0 * promise.aim
    )
}

/// What the plan costs beyond its bound.
fn above_bound(plan: &Plan) -> String {
    format!(
        "beyond the bound the plan costs {} ({:.1}%): whole people on whole shifts, where the bound takes parts of \
         either",
        plain(Unit::Money, plan.cost - plan.bound, &plan.currency),
        100.0 * plan.gap
    )
}
