//! Leave slots, week by week.

use crate::optimize::Plan;
use crate::report::html::page::{Block, Section};
use crate::report::html::table::{Cell, Table};
use crate::report::words::Words;

/// How many people can be on leave in each week.
pub fn leave(plan: &Plan) -> Section {
    let rows = plan.leave.iter().enumerate().flat_map(|(t, team)| {
        team.weeks.iter().enumerate().map(move |(w, week)| {
            let number =
                |value: u32, key: &str| Cell::count(value, format!("/leave/{t}/weeks/{w}/{key}"));
            vec![
                Cell::text(team.team.clone()),
                Cell::text(week.from.clone()),
                number(week.heads, "heads"),
                number(week.needed, "needed"),
                number(week.slots, "slots"),
            ]
        })
    });
    let table = Table {
        caption: Words::of(
            "People who can be on leave in a week while every shift of the plan is worked",
            "Köpfe, die in einer Woche Urlaub haben können, während jede Schicht des Plans besetzt bleibt",
        ),
        head: vec![
            Words::of("team", "Team"),
            Words::of("week from", "Woche ab"),
            Words::of("heads", "Köpfe"),
            Words::of("needed", "gebraucht"),
            Words::of("leave slots", "Urlaubsplätze"),
        ],
        rows: rows.collect(),
    };
    Section::new(
        "leave",
        Words::of("Leave slots", "Urlaubsplätze"),
        vec![Block::Table(table)],
    )
}
