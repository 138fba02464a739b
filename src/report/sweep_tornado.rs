//! A tornado chart as text: what one change at a time does to a figure.

use super::figure;
use super::grid::Grid;
use super::number::plain;
use super::page::{Page, Tone};
use super::sweep_metric::described;
use super::words::Words;
use crate::experiment::sweep::{Bar, Tornado};
use crate::measure::Unit;

/// One chart as a table: the figure as written, and a row per change, the widest dimension first.
#[must_use]
pub fn text(tornado: &Tornado, page: &Page) -> String {
    let (unit, title) = described(&tornado.metric);
    let mut grid = Grid::new(vec![
        "dimension".into(),
        "level".into(),
        "change".into(),
        "from".into(),
        "to".into(),
        "real".into(),
    ])
    .words(1);
    for bar in tornado.dimensions.iter().flatten() {
        let row = match &bar.change {
            Err(why) => unplayed(bar, why),
            Ok(e) => {
                let real = e.excludes(0.0);
                let cell = |v: f64| change(unit, v, &tornado.currency);
                let tone = if real { Tone::Plain } else { Tone::Faint };
                let said = if real { "yes" } else { "no" };
                vec![
                    (bar.dimension.clone(), tone),
                    (bar.level.clone(), tone),
                    (cell(e.value), tone),
                    (cell(e.low), tone),
                    (cell(e.high), tone),
                    (said.into(), tone),
                ]
            }
        };
        grid.row(row);
    }
    let written = plain(unit, tornado.written[0], &tornado.currency);
    let said = format!(
        "{}: {title} is {written} as written; one change at a time, on the same customers",
        tornado.scenario
    );
    let heading = page.paint(Tone::Strong, &tornado.title);
    format!(
        "{heading}\n{}{}\n{}",
        page.wrap(&finding(tornado).en, 0),
        page.wrap(&said, 0),
        grid.render(page)
    )
}

/// A change that could not be played, and why.
fn unplayed(bar: &Bar, why: &str) -> Vec<(String, Tone)> {
    let empty = || (String::new(), Tone::Plain);
    vec![
        (bar.dimension.clone(), Tone::Bad),
        (bar.level.clone(), Tone::Bad),
        (why.to_string(), Tone::Bad),
        empty(),
        empty(),
        empty(),
    ]
}

/// A change with its sign; shares in points.
#[must_use]
pub fn change(unit: Unit, value: f64, currency: &str) -> String {
    let sign = if value < 0.0 { "-" } else { "+" };
    format!("{sign}{}", super::number::difference(unit, value, currency))
}

/// Which dimension moves the figure most: what a chart says in one sentence.
#[must_use]
pub fn finding(tornado: &Tornado) -> Words {
    let (unit, title) = described(&tornado.metric);
    let widest = tornado.dimensions.first().and_then(|bars| {
        let changes = bars
            .iter()
            .filter_map(|b| Some((b, b.change.as_ref().ok()?.value)));
        changes.max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()))
    });
    let written = figure::plain(unit, tornado.written[0], &tornado.currency);
    let Some((bar, value)) = widest else {
        return Words::term(&title).then(&Words::same(": ")).then(&written);
    };
    let (name, level) = (&bar.dimension, &bar.level);
    let by = change(unit, value, &tornado.currency);
    let german = figure::change(unit, value, &tornado.currency).de;
    let term = Words::term(&title);
    Words::of(
        format!(
            "{name} moves {title} most: {by} at {level}, from {}",
            written.en
        ),
        format!(
            "{name} bewegt {} am meisten: {german} bei {level}, von {} aus",
            term.de, written.de
        ),
    )
}
