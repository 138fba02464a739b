//! Why a plan asks for these numbers: the bridge from the spreadsheet, each team's way from load to heads, and what more
//! would buy.

use crate::measure::Unit;
use crate::optimize::Plan;
use crate::report::chart::{self, changed, step_name};
use crate::report::html::page::{Block, Section};
use crate::report::html::table::{Cell, Table};
use crate::report::target;
use crate::report::words::Words;

/// Why these numbers: the bridge, and each team's way from load to heads.
pub(super) fn why(plan: &Plan) -> Section {
    let steps = &plan.why.bridge;
    let rows = steps.iter().enumerate().map(|(i, step)| {
        let before = if i == 0 { step.fte } else { steps[i - 1].fte };
        let place = format!("/why/bridge/{i}/fte");
        vec![
            Cell::text(step_name(step.step)),
            Cell::figure(if i == 0 {
                Words::default()
            } else {
                changed(step.fte - before)
            }),
            Cell::number(Unit::Count, step.fte, "", place),
        ]
    });
    let table = Table {
        caption: Words::of(
            "From the planner's spreadsheet to the plan, each step with one more effect in it",
            "Von der Tabelle zum Plan, jeder Schritt mit einem Effekt mehr",
        ),
        head: vec![
            Words::of("step", "Schritt"),
            Words::of("change", "Änderung"),
            Words::of("FTE", "VZÄ"),
        ],
        rows: rows.collect(),
    };
    let mut blocks = vec![
        Block::Pictures(chart::bridge(steps).into_iter().collect()),
        Block::Table(table),
    ];
    blocks.push(Block::Table(teams(plan)));
    blocks.push(Block::Table(one_more(plan)));
    blocks.push(Block::Table(worth(plan)));
    if !plan.why.binding.is_empty() {
        blocks.push(Block::Text(binding(plan)));
    }
    for note in &plan.why.notes {
        blocks.push(Block::Text(Words::same(note.clone())));
    }
    Section::new(
        "why",
        Words::of("Why this number", "Warum diese Zahl"),
        blocks,
    )
}

/// What holds the plan up.
fn binding(plan: &Plan) -> Words {
    let word = |said: &String| {
        let promises = plan.proof.promises.iter();
        let promise = promises.map(|p| target::named(&p.name, &p.target));
        let mut promise = promise.filter(|words| words.en == *said);
        promise.next().unwrap_or_else(|| Words::same(said.clone()))
    };
    let words: Vec<Words> = plan.why.binding.iter().map(word).collect();
    let list = |of: fn(&Words) -> &str| words.iter().map(of).collect::<Vec<_>>().join("; ");
    Words::of(
        format!("What holds the plan up: {}.", list(|w| &w.en)),
        format!("Was den Plan hält: {}.", list(|w| &w.de)),
    )
}

/// Each team's way from load to heads.
fn teams(plan: &Plan) -> Table {
    let rows = plan.why.teams.iter().enumerate().map(|(i, team)| {
        let number =
            |unit, value, key: &str| Cell::number(unit, value, "", format!("/why/teams/{i}/{key}"));
        vec![
            Cell::text(team.name.clone()),
            number(Unit::Hours, team.load_h, "load_h"),
            number(Unit::Hours, team.erlang_h, "erlang_h"),
            number(Unit::Count, team.simulation_factor, "simulation_factor"),
            number(Unit::Hours, team.on_queue_h, "on_queue_h"),
            number(Unit::Share, team.on_queue_share, "on_queue_share"),
            number(Unit::Hours, team.scheduled_h, "scheduled_h"),
            number(Unit::Share, team.at_work_share, "at_work_share"),
            number(Unit::Count, f64::from(team.heads), "heads"),
        ]
    });
    Table {
        caption: Words::of(
            "From load to heads, in hours of an average week",
            "Von der Last zu den Köpfen, in Stunden einer Durchschnittswoche",
        ),
        head: vec![
            Words::of("team", "Team"),
            Words::of("work", "Arbeit"),
            Words::of("by formula", "nach Formel"),
            Words::of("factor learned", "gelernter Faktor"),
            Words::of("on queue", "in der Leitung"),
            Words::of("share on queue", "Anteil in der Leitung"),
            Words::of("shift hours", "Schichtstunden"),
            Words::of("share at work", "Anteil anwesend"),
            Words::of("heads", "Köpfe"),
        ],
        rows: rows.collect(),
    }
}

/// What one more head in a team would buy of each promise.
fn one_more(plan: &Plan) -> Table {
    let promises: Vec<&str> = plan
        .proof
        .promises
        .iter()
        .map(|p| p.name.as_str())
        .collect();
    let rows = plan.why.teams.iter().enumerate().map(|(i, team)| {
        let rises = promises.iter().map(|name| {
            let found = team.one_more.iter().position(|(n, _)| n == name);
            found.map_or_else(
                || Cell::figure("-"),
                |j| {
                    let place = format!("/why/teams/{i}/one_more/{j}/1");
                    Cell::number(Unit::Share, team.one_more[j].1, "", place)
                },
            )
        });
        std::iter::once(Cell::text(team.name.clone()))
            .chain(rises)
            .collect()
    });
    let mut head = vec![Words::of("one more head in", "ein Kopf mehr in")];
    head.extend(promises.iter().map(|name| Words::same(*name)));
    Table {
        caption: Words::of(
            "What one more head would add to each promise, by formula",
            "Was ein Kopf mehr zu jeder Zusage hinzufügte, nach Formel",
        ),
        head,
        rows: rows.collect(),
    }
}

/// What a promise aims at in the mean, and what a point of it costs.
fn worth(plan: &Plan) -> Table {
    let rows = plan.why.promises.iter().enumerate().map(|(i, promise)| {
        let place = |key: &str| format!("/why/promises/{i}/{key}");
        let point = promise.per_point.map_or_else(
            || Cell::figure("-"),
            |money| Cell::number(Unit::Money, money, &plan.currency, place("per_point")),
        );
        vec![
            Cell::text(promise.name.clone()),
            Cell::number(Unit::Share, promise.aim, "", place("aim")),
            point,
        ]
    });
    Table {
        caption: Words::of(
            "What the plan aims at so that promises hold in their periods, and what one more point would cost over the horizon",
            "Worauf der Plan zielt, damit Zusagen in ihren Zeiträumen halten, und was ein Punkt mehr im Zeitraum kostete",
        ),
        head: vec![
            Words::of("promise", "Zusage"),
            Words::of("aimed at", "angestrebt"),
            Words::of("a point more", "ein Punkt mehr"),
        ],
        rows: rows.collect(),
    }
}
