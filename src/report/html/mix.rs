//! A mix of own people and vendors over the months and cases it was decided for.

use super::page::{Block, Section};
use super::table::{Cell, Table};
use crate::measure::Unit;
use crate::optimize::mix::{CaseMix, Mix, PartyMix, Step, VendorMix};
use crate::report::figure::plain;
use crate::report::words::{Words, counted};

/// Lays a mix out.
#[must_use]
pub fn mix(mix: &Mix, currency: &str) -> Section {
    let assumed = mix.assumptions.join("; ");
    Section::new(
        "mix",
        Words::of("Own people and vendors", "Eigene und Dienstleister"),
        vec![
            Block::Text(lead(mix, currency)),
            Block::Table(parties(&mix.parties)),
            Block::Table(vendors(&mix.vendors, currency)),
            Block::Table(cases(&mix.cases, currency)),
            Block::Table(path(&mix.path, currency)),
            Block::Text(change(mix, currency)),
            Block::Note(if assumed.is_empty() {
                Words::default()
            } else {
                Words::of(
                    format!("Assumed: {assumed}."),
                    format!("Angenommen: {assumed}."),
                )
            }),
        ],
    )
}

fn lead(mix: &Mix, currency: &str) -> Words {
    let money = |v: f64| plain(Unit::Money, v, currency);
    let (rate, once) = (money(mix.run_rate), money(mix.one_off));
    let today = mix.run_rate_today.map_or_else(Words::default, |v| {
        let v = money(v);
        Words::of(format!(" (today {})", v.en), format!(" (heute {})", v.de))
    });
    Words::of(
        format!(
            "Over {} and {}: {} a month once settled",
            counted(mix.months as usize, "month", "months"),
            counted(mix.cases.len(), "case of demand", "cases of demand"),
            rate.en
        ),
        format!(
            "Über {} und {}: {} im Monat, wenn sich alles eingespielt hat",
            counted(mix.months as usize, "Monat", "Monate"),
            counted(mix.cases.len(), "Fall der Nachfrage", "Fälle der Nachfrage"),
            rate.de
        ),
    )
    .then(&today)
    .then(&Words::of(
        format!(", {} once.", once.en),
        format!(", einmalig {}.", once.de),
    ))
}

fn parties(parties: &[PartyMix]) -> Table {
    let rows = parties.iter().enumerate().map(|(i, party)| {
        let number = |unit, value, key: &str| {
            Cell::number(unit, value, "", format!("/mix/parties/{i}/{key}"))
        };
        let name = match &party.vendor {
            Some(vendor) => format!("{} ({vendor})", party.name),
            None => party.name.clone(),
        };
        vec![
            Cell::text(name),
            number(Unit::Count, party.heads_today, "heads_today"),
            number(Unit::Count, party.heads, "heads"),
            number(Unit::Share, party.share, "share"),
            party.occupancy.map_or_else(
                || Cell::figure("-"),
                |o| number(Unit::Share, o, "occupancy"),
            ),
            number(Unit::Hours, party.overtime_h, "overtime_h"),
        ]
    });
    Table {
        caption: Words::of(
            "Who does how much, in the mean of all cases",
            "Wer wie viel tut, im Mittel aller Fälle",
        ),
        head: vec![
            Words::of("team", "Team"),
            Words::of("heads today", "Köpfe heute"),
            Words::of("heads planned", "Köpfe geplant"),
            Words::of("of the contacts", "der Kontakte"),
            Words::term("occupancy"),
            Words::of("overtime a month", "Überstunden im Monat"),
        ],
        rows: rows.collect(),
    }
}

fn vendors(vendors: &[VendorMix], currency: &str) -> Table {
    let rows = vendors.iter().enumerate().map(|(i, vendor)| {
        let number = |unit, value, key: &str| {
            Cell::number(unit, value, currency, format!("/mix/vendors/{i}/{key}"))
        };
        vec![
            Cell::text(vendor.name.clone()),
            number(Unit::Count, vendor.heads, "heads"),
            number(Unit::Count, vendor.contacts, "contacts"),
            number(Unit::Count, vendor.contacts_low, "contacts_low"),
            number(Unit::Count, vendor.contacts_high, "contacts_high"),
            number(Unit::Money, vendor.billed, "billed"),
            number(Unit::Money, vendor.stranded, "stranded"),
            number(Unit::Money, vendor.price, "price"),
            vendor.break_even.map_or_else(
                || Cell::figure("-"),
                |v| number(Unit::Money, v, "break_even"),
            ),
        ]
    });
    Table {
        caption: Words::of(
            "What is committed to vendors; contacts may move between the two without a new commitment",
            "Was Dienstleistern zugesagt ist; Kontakte können ohne neue Zusage zwischen den beiden Werten schwanken",
        ),
        head: vec![
            Words::of("vendor", "Dienstleister"),
            Words::of("heads committed", "Köpfe zugesagt"),
            Words::of("contacts a month", "Kontakte im Monat"),
            Words::of("at least", "mindestens"),
            Words::of("at most", "höchstens"),
            Words::of("billed a month", "Rechnung im Monat"),
            Words::of("of it without work", "davon ohne Arbeit"),
            Words::of("price a unit", "Preis je Einheit"),
            Words::of("break-even price", "Preis des Gleichstands"),
        ],
        rows: rows.collect(),
    }
}

fn cases(cases: &[CaseMix], currency: &str) -> Table {
    let rows = cases.iter().enumerate().map(|(i, case)| {
        let number = |unit, value, key: &str| {
            Cell::number(unit, value, currency, format!("/mix/cases/{i}/{key}"))
        };
        vec![
            Cell::text(case.name.clone()),
            number(Unit::Share, case.chance, "chance"),
            number(Unit::Money, case.cost, "cost"),
            number(Unit::Money, case.regret, "regret"),
            number(Unit::Share, case.vendor_share, "vendor_share"),
            number(Unit::Share, case.late_share, "late_share"),
            number(Unit::Hours, case.overtime_h, "overtime_h"),
            number(Unit::Money, case.stranded, "stranded"),
        ]
    });
    Table {
        caption: Words::of(
            "Case by case; regret is what the best mix for this case alone would cost less",
            "Fall für Fall; bedauert wird, was die beste Mischung für diesen Fall allein weniger kostete",
        ),
        head: vec![
            Words::of("case", "Fall"),
            Words::of("chance", "Wahrscheinlichkeit"),
            Words::of("cost", "Kosten"),
            Words::of("regret", "bedauert"),
            Words::term("by vendors"),
            Words::of("late", "verspätet"),
            Words::of("overtime a month", "Überstunden im Monat"),
            Words::of("billed without work", "Rechnung ohne Arbeit"),
        ],
        rows: rows.collect(),
    }
}

fn path(path: &[Step], currency: &str) -> Table {
    let rows = path.iter().enumerate().map(|(i, step)| {
        let number = |unit, value, key: &str| {
            Cell::number(unit, value, currency, format!("/mix/path/{i}/{key}"))
        };
        vec![
            Cell::text(step.month.to_string()),
            number(Unit::Count, step.own_heads, "own_heads"),
            number(Unit::Count, step.vendor_heads, "vendor_heads"),
            number(Unit::Money, step.cost, "cost"),
            step.saved
                .map_or_else(|| Cell::figure("-"), |v| number(Unit::Money, v, "saved")),
        ]
    });
    Table {
        caption: Words::of(
            "The way there, month by month",
            "Der Weg dorthin, Monat für Monat",
        ),
        head: vec![
            Words::term("month"),
            Words::of("own heads", "eigene Köpfe"),
            Words::of("vendors' heads", "Köpfe der Dienstleister"),
            Words::of("cost", "Kosten"),
            Words::of("saved so far", "bisher gespart"),
        ],
        rows: rows.collect(),
    }
}

/// Whether the change pays for itself, and how deep it goes before.
fn change(mix: &Mix, currency: &str) -> Words {
    if mix.run_rate_today.is_none() {
        return Words::default();
    }
    let trough = mix.trough.map_or_else(
        || {
            Words::of(
                "The change never costs more than it has saved",
                "Die Änderung kostet nie mehr, als sie gespart hat",
            )
        },
        |(month, money)| {
            let money = plain(Unit::Money, money, currency);
            Words::of(
                format!("The change is deepest in month {month}, at {}", money.en),
                format!(
                    "Am tiefsten steht die Änderung im Monat {month}, bei {}",
                    money.de
                ),
            )
        },
    );
    let payback = mix.payback.map_or_else(
        || {
            Words::of(
                format!("; not paid back within {} months.", mix.months),
                format!("; in {} Monaten nicht eingespielt.", mix.months),
            )
        },
        |month| {
            Words::of(
                format!("; paid back by the end of month {month}."),
                format!("; eingespielt zum Ende des Monats {month}."),
            )
        },
    );
    trough.then(&payback)
}
