//! The report of a plan.

mod beside;
mod bounds;
mod choice;
mod leave;
mod people;
mod published;
mod why;

use super::assumptions::{assumptions, provenance};
use super::page::{Block, Report, Section};
use super::run::{details, promises, title};
use super::table::{Cell, Table};
use crate::measure::Unit;
use crate::optimize::{Decided, Plan, TeamPlan, Understaffed};
use crate::report::bounds::freely;
use crate::report::chart::{self, Picture};
use crate::report::figure::plain;
use crate::report::plan::stay;
use crate::report::target;
use crate::report::words::Words;

/// Where the proof stands in the plan's JSON.
const PROOF: &str = "/proof";

/// Lays a plan out.
#[must_use]
pub fn optimize(plan: &Plan) -> Report {
    let proof = &plan.proof;
    let mut sections = vec![
        promises(proof, PROOF),
        staff(plan),
        choice::choice(plan),
        why::why(plan),
        forecast(plan),
    ];
    if !plan.published.is_empty() {
        sections.insert(2, published::published(plan));
    }
    if !plan.leave.is_empty() {
        sections.insert(2, leave::leave(plan));
    }
    if !plan.people.is_empty() {
        sections.insert(2, people::people(plan));
    }
    if let Some(mix) = &plan.mix {
        sections.insert(2, super::mix::mix(mix, &plan.currency));
    }
    if let Some(short) = &plan.understaffed {
        sections.insert(1, understaffed(short));
    }
    sections.extend(details(proof, PROOF));
    let assumed = [plan.assumptions.as_slice(), &proof.assumptions].concat();
    sections.push(assumptions(&assumed));
    sections.push(provenance(&[(&plan.scenario, &proof.provenance)]));
    Report::new(
        title(proof),
        Words::of("plan", "Plan"),
        lead(plan),
        sections,
    )
}

fn lead(plan: &Plan) -> Words {
    let proved = if plan.proved {
        Words::of(
            "Proved: every promise is met on random numbers the search never saw. ",
            "Bewiesen: Alle Zusagen sind mit Zufallszahlen gehalten, die die Suche nie sah. ",
        )
    } else {
        Words::of(
            "Not proved: see the promises. ",
            "Nicht bewiesen: siehe Zusagen. ",
        )
    };
    let (cost, over) = (
        plain(Unit::Money, plan.cost, &plan.currency),
        plain(Unit::Share, plan.gap, ""),
    );
    proved.then(&Words::of(
        format!(
            "The planned people cost {}, {} above what no roster can beat.",
            cost.en, over.en
        ),
        format!(
            "Die geplanten Menschen kosten {}, {} über dem, was kein Dienstplan unterbieten kann.",
            cost.de, over.de
        ),
    ))
}

/// What an understaffed plan leaves undone: the rules that clash and the hours that pay for it.
fn understaffed(short: &Understaffed) -> Section {
    let rule = |rule: &crate::optimize::Rule| {
        vec![
            Cell::text(rule.path.clone()),
            Cell::text(target::words(&rule.text)),
            Cell::text(rule.relaxation.clone()),
        ]
    };
    let rules = Table {
        caption: Words::of(
            "Rules that cannot all hold; to relax any one of them is enough",
            "Regeln, die nicht alle gelten können; eine zu lockern genügt",
        ),
        head: vec![
            Words::of("rule", "Regel"),
            Words::of("it says", "sie sagt"),
            Words::of("smallest relaxation", "kleinste Lockerung"),
        ],
        rows: short.rules.iter().map(rule).collect(),
    };
    let hour = |(i, hour): (usize, &crate::optimize::ShortHour)| {
        let place = |key: &str| format!("/understaffed/hours/{i}/{key}");
        let number = |value, key: &str| Cell::number(Unit::Count, value, "", place(key));
        let in_time = match hour.in_time {
            Some(share) => Cell::number(Unit::Share, share, "", place("in_time")),
            None => Cell::estimate(Unit::Share, None, "", place("in_time")),
        };
        vec![
            Cell::text(format!("{} {}", hour.day, hour.from)),
            Cell::text(hour.teams.join(", ")),
            number(hour.agents, "agents"),
            number(hour.missing, "missing"),
            number(hour.offered, "offered"),
            in_time,
        ]
    };
    let hours = Table {
        caption: Words::of(
            "Hours of the week with most agents missing",
            "Stunden der Woche, in denen am meisten fehlen",
        ),
        head: vec![
            Words::of("hour", "Stunde"),
            Words::of("teams", "Teams"),
            Words::of("on queue", "in der Leitung"),
            Words::of("missing", "fehlen"),
            Words::of("contacts", "Kontakte"),
            Words::of("in time", "rechtzeitig"),
        ],
        rows: short.hours.iter().enumerate().map(hour).collect(),
    };
    Section::new(
        "understaffed",
        Words::of("Understaffed, as asked", "Unterbesetzt, wie verlangt"),
        vec![Block::Table(rules), Block::Table(hours)],
    )
}

/// Heads and shifts, and what changes against today.
fn staff(plan: &Plan) -> Section {
    let group = |list: &'static str, teams: &[TeamPlan]| -> Vec<Vec<Cell>> {
        let one = |(i, team): (usize, &TeamPlan)| {
            let place = format!("/plan/{list}/{i}");
            let heads = |value: u32, key: &str| Cell::count(value, format!("{place}/{key}"));
            let hours = format!("{place}/shift_hours_per_week");
            vec![
                Cell::text(team.name.clone()),
                heads(team.heads_today, "heads_today"),
                heads(team.heads, "heads"),
                Cell::number(Unit::Hours, team.shift_hours_per_week, "", hours),
                Cell::figure(team.shifts.len().to_string()),
            ]
        };
        teams.iter().enumerate().map(one).collect()
    };
    let mut rows = group("teams", &plan.plan.teams);
    rows.extend(group("vendors", &plan.plan.vendors));
    let heads = Table {
        caption: Words::of(
            "The plan: people on the payroll and their shifts",
            "Der Plan: Köpfe und ihre Schichten",
        ),
        head: vec![
            Words::of("team", "Team"),
            Words::of("heads today", "Köpfe heute"),
            Words::of("heads planned", "Köpfe geplant"),
            Words::of("shift hours a week", "Schichtstunden je Woche"),
            Words::of("kinds of shift", "Arten von Schichten"),
        ],
        rows,
    };
    let mut blocks = vec![Block::Table(heads)];
    if plan.decided == Decided::HeadsOfInHouseTeams {
        blocks.insert(0, Block::Text(freely()));
    }
    if !plan.keep.is_empty() {
        blocks.push(Block::Table(bounds::bounds(
            &plan.keep,
            "/keep",
            &plan.currency,
        )));
    }
    if let Some(delta) = &plan.delta {
        blocks.push(Block::Table(beside::beside(plan, delta)));
        blocks.extend(stay(delta, &plan.currency).map(Block::Text));
    }
    Section::new("plan", Words::of("The plan", "Der Plan"), blocks)
}

/// Plan against simulation.
fn forecast(plan: &Plan) -> Section {
    let forecast = &plan.why.forecast;
    let mut pictures: Vec<Picture> = Vec::new();
    if let Some(series) = &plan.proof.series {
        let week = &series.week;
        let service = forecast.promises.iter();
        pictures.extend(service.filter_map(|p| chart::planned_service(p, week)));
        for team in &forecast.teams {
            let simulated = week.teams.iter().find(|t| t.name == team.name);
            pictures.extend(simulated.and_then(|s| chart::planned_agents(team, s, week.per_day)));
        }
    }
    let rows = forecast.promises.iter().enumerate().map(|(i, promise)| {
        let share = |value: Option<f64>, key: &str| {
            let place = format!("/why/forecast/promises/{i}/{key}");
            match value {
                Some(value) => Cell::number(Unit::Share, value, "", place),
                None => Cell::estimate(Unit::Share, None, "", place),
            }
        };
        vec![
            Cell::text(promise.name.clone()),
            share(promise.planned, "planned"),
            share(promise.simulated, "simulated"),
        ]
    });
    let table = Table {
        caption: Words::of(
            "Promises: expected by the corrected formulas, and simulated",
            "Zusagen: nach korrigierten Formeln erwartet, und simuliert",
        ),
        head: vec![
            Words::of("promise", "Zusage"),
            Words::of("expected", "erwartet"),
            Words::of("simulated", "simuliert"),
        ],
        rows: rows.collect(),
    };
    Section::new(
        "forecast",
        Words::of("Plan and simulation", "Plan und Simulation"),
        vec![Block::Pictures(pictures), Block::Table(table)],
    )
}
