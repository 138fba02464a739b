//! Who works what, in teams whose people are named.

use super::bounds;
use crate::measure::Unit;
use crate::optimize::named::HandOut;
use crate::optimize::{ByName, Plan, TodayPromise};
use crate::report::html::page::{Block, Section};
use crate::report::html::run::tone;
use crate::report::html::table::{Cell, Table};
use crate::report::people::open;
use crate::report::run::verdict;
use crate::report::words::Words;

/// The people of every hand-out, and what stays open.
pub fn people(plan: &Plan) -> Section {
    let hand_outs = plan.people.iter().enumerate();
    let blocks = hand_outs.flat_map(|(i, hand_out)| {
        let mut blocks = vec![Block::Table(burdens(i, hand_out))];
        if !hand_out.open.is_empty() {
            blocks.push(Block::Table(open_shifts(hand_out)));
        }
        blocks
    });
    let by_name = plan.by_name.iter().flat_map(|b| {
        let bounds = bounds::bounds(&b.keep, "/by_name/keep", &plan.currency);
        [promises(b)]
            .into_iter()
            .chain((!b.keep.is_empty()).then_some(bounds))
    });
    let blocks = blocks.chain(by_name.map(Block::Table));
    Section::new(
        "people",
        Words::of("Who works what", "Wer was arbeitet"),
        blocks.collect(),
    )
}

/// What the roster keeps as it would be worked.
fn promises(by_name: &ByName) -> Table {
    let promise = |(i, promise): (usize, &TodayPromise)| {
        let place = format!("/by_name/promises/{i}/value");
        let value = promise
            .value
            .map(|v| Cell::number(Unit::Share, v, "", place));
        vec![
            Cell::text(promise.name.clone()),
            value.unwrap_or_else(|| Cell::figure("-")),
            Cell::text(Words::term(verdict(promise.verdict).0)).toned(tone(promise.verdict)),
        ]
    };
    let open = by_name.open;
    Table {
        caption: Words::of(
            format!("As it would be worked, with {open} shifts open"),
            format!("So gearbeitet, mit {open} offenen Schichten"),
        ),
        head: vec![
            Words::of("promise", "Zusage"),
            Words::of("kept", "gehalten"),
            Words::of("verdict", "Urteil"),
        ],
        rows: by_name.promises.iter().enumerate().map(promise).collect(),
    }
}

fn burdens(i: usize, hand_out: &HandOut) -> Table {
    let row = |(p, person): (usize, &crate::optimize::named::Person)| {
        let place = |key: &str| format!("/people/{i}/people/{p}/{key}");
        let number = |unit, value: f64, key: &str| Cell::number(unit, value, "", place(key));
        let count = |value: u32, key: &str| Cell::count(value, place(key));
        vec![
            Cell::text(person.name.clone()),
            Cell::text(person.contract.clone().unwrap_or_default()),
            Cell::figure(person.tours.len().to_string()),
            number(Unit::Hours, person.hours, "hours"),
            number(Unit::Hours, person.account_start_h, "account_start_h"),
            number(Unit::Hours, person.account_end_h, "account_end_h"),
            count(person.late, "late"),
            count(person.weekend, "weekend"),
            count(person.holiday, "holiday"),
            number(Unit::Count, person.granted, "granted"),
            number(Unit::Count, person.wishes, "wishes"),
        ]
    };
    Table {
        caption: Words::of(
            format!("{}: shifts, hours and duties of each", hand_out.team),
            format!(
                "{}: Schichten, Stunden und Dienste der Einzelnen",
                hand_out.team
            ),
        ),
        head: vec![
            Words::of("person", "Person"),
            Words::of("contract", "Vertrag"),
            Words::of("shifts", "Schichten"),
            Words::of("hours", "Stunden"),
            Words::of("account at the start", "Konto zu Beginn"),
            Words::of("account at the end", "Konto am Ende"),
            Words::of("late", "spät"),
            Words::of("weekend", "Wochenende"),
            Words::of("holiday", "Feiertag"),
            Words::of("wishes granted", "Wünsche erfüllt"),
            Words::of("of", "von"),
        ],
        rows: hand_out.people.iter().enumerate().map(row).collect(),
    }
}

fn open_shifts(hand_out: &HandOut) -> Table {
    let row = |shift| vec![Cell::text(open(shift))];
    Table {
        caption: Words::of(
            format!("{}: shifts that stay open, and why", hand_out.team),
            format!("{}: offene Schichten, und warum", hand_out.team),
        ),
        head: vec![Words::of("shift", "Schicht")],
        rows: hand_out.open.iter().map(row).collect(),
    }
}
