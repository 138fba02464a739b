//! What `optimize` prints: heads, shifts, cost against the bound and against today, why, and the proof.

use super::grid::Grid;
use super::number::plain;
use super::page::{Page, Tone};
use super::run::{how, promises};
use crate::measure::Unit;
use crate::optimize::{Plan, ShiftPlan, TeamPlan};
use std::fmt::Write as _;

/// Everything a plan says, as text.
#[must_use]
pub fn text(plan: &Plan, page: &Page) -> String {
    let (word, tone) = if plan.proved {
        (
            "proved: every promise is met on random numbers the search never saw",
            Tone::Good,
        )
    } else {
        ("not proved: see the promises below", Tone::Bad)
    };
    let sections = [
        page.paint(tone, word) + "\n",
        promises(&plan.proof, page),
        mix(plan, page),
        heads(plan, page),
        shifts(plan, page),
        money(plan, page),
        why(plan, page),
        page.wrap(&format!("proof: {}", how(&plan.proof.provenance)), 0),
    ];
    let filled: Vec<String> = sections.into_iter().filter(|s| !s.is_empty()).collect();
    filled.join("\n")
}

fn all_teams(plan: &Plan) -> impl Iterator<Item = &TeamPlan> {
    plan.plan.teams.iter().chain(&plan.plan.vendors)
}

fn mix(plan: &Plan, page: &Page) -> String {
    let mix = plan.mix.as_ref();
    mix.map_or_else(String::new, |mix| {
        super::mix::text(mix, &plan.currency, page)
    })
}

fn heads(plan: &Plan, page: &Page) -> String {
    let mut grid = Grid::new(words(&["team", "heads", "today", "shift hours a week"]));
    for team in all_teams(plan) {
        grid.plain(vec![
            team.name.clone(),
            team.heads.to_string(),
            team.heads_today.to_string(),
            format!("{:.0}", team.shift_hours_per_week),
        ]);
    }
    let mut out = grid.render(page);
    for share in &plan.plan.shares {
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "{} = {:.0}% (today {:.0}%)",
            share.path,
            100.0 * share.share,
            100.0 * share.today
        );
    }
    out
}

/// The shifts of each team; all days with `--verbose`, else those of the first week planned.
fn shifts(plan: &Plan, page: &Page) -> String {
    let mut grid = Grid::new(words(&[
        "team",
        "week",
        "day",
        "shift",
        "length",
        "breaks after",
        "staff",
    ]));
    for team in all_teams(plan) {
        let first = team.shifts.iter().map(|s| s.week).min();
        for shift in team
            .shifts
            .iter()
            .filter(|s| page.verbose || Some(s.week) == first)
        {
            grid.plain(shift_row(&team.name, shift));
        }
    }
    if grid.is_empty() {
        String::new()
    } else {
        grid.render(page)
    }
}

fn shift_row(team: &str, shift: &ShiftPlan) -> Vec<String> {
    let clock = |minutes: u32| format!("{}:{:02}", minutes / 60, minutes % 60);
    let breaks: Vec<String> = shift.breaks.iter().map(|b| clock(b.offset_min)).collect();
    vec![
        team.to_owned(),
        shift
            .week
            .map_or_else(|| "all".to_owned(), |w| w.to_string()),
        shift.day.to_owned(),
        format!("{} {}", shift.shift, shift.start),
        clock(shift.length_min),
        breaks.join(" "),
        shift.staff.to_string(),
    ]
}

fn money(plan: &Plan, page: &Page) -> String {
    let amount = |value: f64| plain(Unit::Money, value, &plan.currency);
    let mut text = format!(
        "cost {} over the horizon; no roster can cost less than {} ({:.1}% above the bound)",
        amount(plan.cost),
        amount(plan.bound),
        100.0 * plan.gap
    );
    if let Some(delta) = &plan.delta {
        let _ = write!(
            text,
            "; today {} heads cost {}, the plan's {} heads {}",
            delta.heads_today,
            amount(delta.cost_today),
            delta.heads,
            amount(delta.cost)
        );
    }
    page.wrap(&text, 0)
}

/// From load to heads, a line per team; what binds; notes.
fn why(plan: &Plan, page: &Page) -> String {
    let mut out = String::new();
    for team in &plan.why.teams {
        let line = format!(
            "{}: {:.0} h of work a week need {:.0} h on queue by formula, {:.0} h as simulated (x {:.2}); of a duty's time \
             {:.0}% is on queue: {:.0} h of shifts; {:.0}% of the payroll is at work: {} heads",
            team.name,
            team.load_h,
            team.erlang_h,
            team.on_queue_h,
            team.simulation_factor,
            100.0 * team.on_queue_share,
            team.scheduled_h,
            100.0 * team.at_work_share,
            team.heads
        );
        out.push_str(&page.wrap(&line, 2));
    }
    for note in plan.why.binding.iter().chain(&plan.why.notes) {
        out.push_str(&page.wrap(note, 2));
    }
    if out.is_empty() {
        out
    } else {
        format!("why\n{out}")
    }
}

fn words(titles: &[&str]) -> Vec<String> {
    titles.iter().map(|t| (*t).to_owned()).collect()
}
