//! The plan beside today and, where it was asked for, beside what the usual spreadsheet would have asked for.

use crate::experiment::{PromiseOutcome, Undone};
use crate::measure::Unit;
use crate::optimize::{Delta, Plan, TodayPromise};
use crate::report::figure::plain;
use crate::report::html::table::{Cell, Table};
use crate::report::target;
use crate::report::words::Words;
use crate::stats::Estimate;

/// Heads, hours, money and promises of the plan, of today and of the spreadsheet.
pub(super) fn beside(plan: &Plan, delta: &Delta) -> Table {
    let mut head = vec![
        Words::of("figure", "Kennzahl"),
        Words::of(
            format!("today ({})", delta.scenario_today),
            format!("heute ({})", delta.scenario_today),
        ),
        Words::of("planned", "geplant"),
    ];
    if plan.baseline.is_some() {
        head.push(Words::of("spreadsheet", "Tabelle"));
    }
    let mut rows = figures(plan, delta);
    rows.extend(saving(plan, delta));
    rows.extend(promises(plan, delta));
    rows.extend(undone(plan, delta));
    Table {
        caption: Words::of(
            "On the same customers: today, the plan, and where it was asked for the usual spreadsheet (Erlang C for every skill alone)",
            "Bei denselben Kunden: heute, der Plan und, wo verlangt, die übliche Tabelle (Erlang C je Fertigkeit allein)",
        ),
        head,
        rows,
    }
}

/// Heads, hours and money.
fn figures(plan: &Plan, delta: &Delta) -> Vec<Vec<Cell>> {
    let currency = &plan.currency;
    let baseline = plan.baseline.as_ref();
    let row = |name: Words, unit, cells: [(f64, &str); 2], sheet: Option<Cell>| {
        let cells =
            cells.map(|(value, key)| Cell::number(unit, value, currency, format!("/delta/{key}")));
        let sheet = baseline.map(|_| sheet.unwrap_or_else(|| Cell::figure("-")));
        std::iter::once(Cell::text(name))
            .chain(cells)
            .chain(sheet)
            .collect::<Vec<Cell>>()
    };
    let heads = baseline.map(|b| {
        Cell::number(
            Unit::Count,
            f64::from(b.heads),
            "",
            "/baseline/heads".into(),
        )
    });
    let everything =
        spreadsheet_cost(plan).map(|cost| Cell::figure(plain(Unit::Money, cost.value, currency)));
    vec![
        row(
            Words::term("heads"),
            Unit::Count,
            [
                (f64::from(delta.heads_today), "heads_today"),
                (f64::from(delta.heads), "heads"),
            ],
            heads,
        ),
        row(
            Words::of(
                "hours on duty, unpaid breaks apart",
                "Stunden im Dienst, ohne unbezahlte Pausen",
            ),
            Unit::Hours,
            [(delta.hours_today, "hours_today"), (delta.hours, "hours")],
            None,
        ),
        row(
            Words::of("hours paid by contract", "nach Vertrag bezahlte Stunden"),
            Unit::Hours,
            [
                (delta.paid_hours_today, "paid_hours_today"),
                (delta.paid_hours, "paid_hours"),
            ],
            None,
        ),
        row(
            Words::of("cost of everything", "Kosten insgesamt"),
            Unit::Money,
            [(delta.cost_today, "cost_today"), (delta.cost, "cost")],
            everything,
        ),
    ]
}

/// How much less the plan costs than each of the others.
fn saving(plan: &Plan, delta: &Delta) -> Option<Vec<Cell>> {
    let saved = plan.baseline.as_ref()?.saving.as_ref()?;
    let cell = Cell::estimate(
        Unit::Money,
        Some(saved),
        &plan.currency,
        "/baseline/saving".into(),
    );
    Some(vec![
        Cell::text(Words::of(
            "the plan costs less by",
            "der Plan kostet weniger",
        )),
        Cell::figure(plain(
            Unit::Money,
            delta.cost_today - delta.cost,
            &plan.currency,
        )),
        Cell::figure(""),
        cell,
    ])
}

/// How each roster keeps every promise.
fn promises(plan: &Plan, delta: &Delta) -> Vec<Vec<Cell>> {
    let one = |(p, promise): (usize, &PromiseOutcome)| {
        let other = |list: &[TodayPromise], place: &str| {
            let found = list.iter().position(|t| t.name == promise.name)?;
            let value = list[found].value?;
            let json = format!("{place}/{found}/value");
            Some(Cell::number(Unit::Share, value, "", json))
        };
        let none = || Cell::figure("-");
        let mut cells = vec![
            Cell::text(target::named(&promise.name, &promise.target)),
            other(&delta.today, "/delta/today").unwrap_or_else(none),
            Cell::estimate(
                Unit::Share,
                promise.value.as_ref(),
                "",
                format!("/proof/promises/{p}/value"),
            ),
        ];
        cells.extend(
            plan.baseline
                .as_ref()
                .map(|b| other(&b.promises, "/baseline/promises").unwrap_or_else(none)),
        );
        cells
    };
    plan.proof.promises.iter().enumerate().map(one).collect()
}

/// Work without a promise that is left undone today.
fn undone(plan: &Plan, delta: &Delta) -> Option<Vec<Cell>> {
    let said = match delta.undone_today? {
        Undone::Backlog => Words::of(
            "more is left lying every week",
            "jede Woche bleibt mehr liegen",
        ),
        Undone::Tier(tier) => Words::of(
            format!("too few hours for what tier {tier} is handed"),
            format!("zu wenig Stunden für das, was Stufe {tier} übergeben wird"),
        ),
    };
    let name = Words::of("work without a promise", "Arbeit ohne Zusage");
    let done = Cell::text(Words::of("gets done", "wird getan"));
    let sheet = plan.baseline.as_ref().map(|_| Cell::figure("-"));
    let cells = [Cell::text(name), Cell::text(said), done];
    Some(cells.into_iter().chain(sheet).collect())
}

/// What everything would cost with the spreadsheet's roster.
pub(super) fn spreadsheet_cost(plan: &Plan) -> Option<Estimate> {
    let saving = plan.baseline.as_ref()?.saving?;
    let cost = plan.proof.cost.total?.value;
    Some(Estimate {
        value: cost + saving.value,
        low: cost + saving.low,
        high: cost + saving.high,
        periods: None,
    })
}
