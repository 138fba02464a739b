//! What happened beside what was simulated, where a run was held against measured figures.

use super::page::{Block, Section};
use super::table::{Cell, Table, Tone};
use crate::experiment::{FigureAgainst, Outcome, ScopeAgainst};
use crate::report::against::name;
use crate::report::chart;
use crate::report::figure;
use crate::report::words::Words;

/// A table of the whole time per channel, and a picture of the periods per figure; empty where nothing was measured.
#[must_use]
pub fn against(outcome: &Outcome) -> Section {
    let mut blocks = Vec::new();
    if let Some(against) = &outcome.against {
        for (s, scope) in against.scopes.iter().enumerate() {
            blocks.push(Block::Table(whole(scope, s, against.within_s)));
        }
        let figures = against
            .scopes
            .iter()
            .flat_map(|s| s.figures.iter().map(move |f| (s.name.as_str(), f)));
        let pictures = figures.filter_map(|(scope, f)| chart::against(scope, f, against.within_s));
        blocks.push(Block::Pictures(pictures.collect()));
    }
    Section::new("against", Words::of("What happened", "Was geschah"), blocks)
}

fn whole(scope: &ScopeAgainst, s: usize, within_s: Option<f64>) -> Table {
    let rows = scope.figures.iter().enumerate();
    Table {
        caption: Words::of(
            format!("{}: the whole time that was measured", scope.name),
            format!("{}: die ganze gemessene Zeit", Words::term(&scope.name).de),
        ),
        head: vec![
            Words::of("figure", "Kennzahl"),
            Words::of("happened", "geschehen"),
            Words::of("simulated", "simuliert"),
            Words::of("eight in ten from", "acht von zehn ab"),
            Words::of("to", "bis"),
            Words::of("periods inside", "Zeiträume darin"),
        ],
        rows: rows
            .map(|(f, figure)| {
                row(
                    figure,
                    &format!("/against/scopes/{s}/figures/{f}"),
                    within_s,
                )
            })
            .collect(),
    }
}

fn row(figure: &FigureAgainst, place: &str, within_s: Option<f64>) -> Vec<Cell> {
    let number = |value: Option<f64>, key: &str| {
        let json = format!("{place}/{key}");
        match value {
            Some(value) => Cell::number(figure.unit, value, "", json),
            None => Cell::figure(figure::plain(figure.unit, f64::NAN, "")),
        }
    };
    let tone = match figure.inside {
        Some(false) => Tone::Bad,
        _ => Tone::Plain,
    };
    vec![
        Cell::text(name(figure, within_s)),
        number(figure.happened, "happened").toned(tone),
        Cell::estimate(
            figure.unit,
            figure.simulated.as_ref(),
            "",
            format!("{place}/simulated"),
        ),
        number(figure.band.map(|b| b.p10), "band/p10"),
        number(figure.band.map(|b| b.p90), "band/p90"),
        Cell::figure(Words::of(
            format!("{} of {}", figure.periods_inside, figure.periods_compared),
            format!("{} von {}", figure.periods_inside, figure.periods_compared),
        )),
    ]
}
