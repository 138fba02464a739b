//! The report of a sweep: where each structure wins, what moves the figures, every run.

use super::page::{Block, Report, Section};
use super::table::{Cell, Table};
use crate::experiment::sweep::{CrossoverMap, Merged, Run, Tornado};
use crate::measure::Unit;
use crate::report::chart;
use crate::report::described;
use crate::report::number::plain;
use crate::report::sweep_map::border_sentences;
use crate::report::words::Words;
use std::io;

/// Figures in the table of runs.
const SHOWN: [&str; 5] = [
    "service_level",
    "abandoned_share",
    "mean_wait_s",
    "first_reply_s",
    "cost_per_resolved",
];
/// More runs than these are not for reading; they are in the CSV.
const MOST_ROWS: usize = 400;

/// Lays the results of a sweep out, with the map and the tornados that were drawn of it.
///
/// # Errors
/// When results cannot be read.
pub fn sweep(
    merged: &Merged,
    map: Option<&CrossoverMap>,
    tornados: &[Tornado],
) -> io::Result<Report> {
    let header = &merged.manifest.header;
    let mut sections = Vec::new();
    if let Some(map) = map {
        let mut blocks = vec![Block::Pictures(vec![chart::crossover(map)])];
        let said = border_sentences(map).into_iter();
        blocks.extend(said.map(|s| Block::Text(Words::same(s))));
        sections.push(Section::new(
            "map",
            Words::of("Which structure wins where", "Welche Struktur wo gewinnt"),
            blocks,
        ));
    }
    sections.push(Section::new(
        "tornado",
        Words::of("What moves the figures", "Was die Kennzahlen bewegt"),
        vec![Block::Pictures(
            tornados.iter().map(chart::tornado).collect(),
        )],
    ));
    sections.push(runs(merged)?);
    sections.push(provenance(merged));
    let (scenarios, dimensions) = (header.scenarios.len(), header.dimensions.len());
    Ok(Report::new(
        header.title.clone(),
        Words::of("sweep", "Versuchsreihe"),
        Words::of(
            format!(
                "{} runs of {scenarios} scenarios over {dimensions} dimensions.",
                merged.manifest.runs.len()
            ),
            format!(
                "{} Läufe von {scenarios} Szenarien über {dimensions} Dimensionen.",
                merged.manifest.runs.len()
            ),
        ),
        sections,
    ))
}

/// Every run with its levels and main figures; several currencies stand side by side, each with its sign.
fn runs(merged: &Merged) -> io::Result<Section> {
    let header = &merged.manifest.header;
    let mut head = vec![Words::of("scenario", "Szenario")];
    let names = header.dimensions.iter().map(|d| d.name.clone());
    head.extend(names.map(Words::same));
    head.extend(SHOWN.iter().map(|key| Words::term(&described(key).1)));
    let mut rows = Vec::new();
    for pair in merged.records().take(MOST_ROWS) {
        let (run, record) = pair?;
        let mut cells = levels(merged, run);
        let currency = &header.scenarios[run.scenario].currency;
        let overall = record.rows.iter().find(|r| r.set == "overall");
        for key in SHOWN {
            let value = overall.and_then(|row| row.estimate(key)).map(|e| e[0]);
            let unit: Unit = described(key).0;
            let text = match (&record.infeasible, value) {
                (Some(_), _) => Words::of("no roster", "kein Dienstplan"),
                (None, Some(value)) => plain(unit, value, currency).into(),
                (None, None) => Words::same("-"),
            };
            cells.push(Cell::figure(text));
        }
        rows.push(cells);
    }
    let left = merged.manifest.runs.len().saturating_sub(MOST_ROWS);
    let note = if left == 0 {
        Words::default()
    } else {
        Words::of(
            format!("{left} further runs are in merged.csv."),
            format!("{left} weitere Läufe stehen in merged.csv."),
        )
    };
    let table = Table {
        caption: Words::of("Every run", "Jeder Lauf"),
        head,
        rows,
    };
    Ok(Section::new(
        "runs",
        Words::of("Runs", "Läufe"),
        vec![Block::Table(table), Block::Text(note)],
    ))
}

fn levels(merged: &Merged, run: &Run) -> Vec<Cell> {
    let header = &merged.manifest.header;
    let mut cells = vec![Cell::text(header.scenarios[run.scenario].name.clone())];
    let pairs = header.dimensions.iter().zip(&run.levels);
    cells.extend(pairs.map(|(dimension, level)| match level {
        Some(level) => Cell::text(dimension.levels[*level as usize].label.clone()),
        None => Cell::text(Words::of("as written", "wie geschrieben")),
    }));
    cells
}

/// How the runs were played.
fn provenance(merged: &Merged) -> Section {
    let header = &merged.manifest.header;
    let protocol = &header.protocol;
    let row = |name: Words, value: String| vec![Cell::text(name), Cell::text(value)];
    let table = Table {
        caption: Words::of(
            "The same sweep file and version give the same figures to the last digit",
            "Gleiche Datei und gleiche Version geben dieselben Zahlen bis zur letzten Stelle",
        ),
        head: vec![Words::of("what", "was"), Words::of("value", "Wert")],
        rows: vec![
            row(Words::of("version", "Version"), header.version.clone()),
            row(Words::of("seed", "Startwert"), protocol.seed.to_string()),
            row(
                Words::of("replications, at most", "Wiederholungen, höchstens"),
                protocol.replications.to_string(),
            ),
            row(
                Words::of("confidence of intervals", "Sicherheit der Intervalle"),
                plain(Unit::Share, protocol.confidence, ""),
            ),
        ],
    };
    Section::new(
        "provenance",
        Words::of("Where it comes from", "Woher es kommt"),
        vec![Block::Table(table)],
    )
}
