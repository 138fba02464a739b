//! The report of a sweep: where each structure wins, what moves the figures, every run.

use super::assumptions::assumptions_of;
use super::page::{Block, Report, Section};
use super::table::{Cell, Table};
use crate::experiment::sweep::{CrossoverMap, Merged, Run, Tornado};
use crate::measure::Unit;
use crate::report::chart::{self, Choice, Picture, Plane};
use crate::report::crossovers::sensitivity_sentences;
use crate::report::described;
use crate::report::figure::plain;
use crate::report::sweep_map::border_sentences;
use crate::report::words::{Words, counted};
use crate::scenario::model::Assumption;
use crate::stats::Estimate;
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
        let moved = sensitivity_sentences(map).into_iter();
        blocks.extend(said.chain(moved).map(Block::Text));
        sections.push(Section::new(
            "winners",
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
    let (choices, table) = runs(merged)?;
    sections.push(choice(merged, choices));
    sections.push(table);
    let lists: Vec<(&str, &[Assumption])> = header
        .scenarios
        .iter()
        .map(|s| (s.name.as_str(), s.assumptions.as_slice()))
        .collect();
    sections.push(assumptions_of(&lists));
    sections.push(provenance(merged));
    let findings: Vec<&Words> = sections
        .iter()
        .flat_map(Section::pictures)
        .map(|p| &p.title)
        .collect();
    let finding = findings.first().map_or_else(Words::default, |f| {
        Words::of(format!("{}. ", f.en), format!("{}. ", f.de))
    });
    let (scenarios, dimensions) = (header.scenarios.len(), header.dimensions.len());
    let runs = merged.manifest.runs.len();
    Ok(Report::new(
        header.title.clone(),
        Words::of("sweep", "Versuchsreihe"),
        finding.then(&Words::of(
            format!(
                "{} of {} over {}.",
                counted(runs, "run", "runs"),
                counted(scenarios, "scenario", "scenarios"),
                counted(dimensions, "dimension", "dimensions")
            ),
            format!(
                "{} von {} über {}.",
                counted(runs, "Lauf", "Läufe"),
                counted(scenarios, "Szenario", "Szenarien"),
                counted(dimensions, "Dimension", "Dimensionen")
            ),
        )),
        sections,
    ))
}

/// Every run as a point of cost and service, with the scenario's currency; and as a row with its levels and main figures,
/// where several currencies stand side by side, each with its sign.
fn runs(merged: &Merged) -> io::Result<(Vec<Choice>, Section)> {
    let header = &merged.manifest.header;
    // One change at a time leaves nearly every column as written: it is named instead.
    let few = merged
        .manifest
        .runs
        .iter()
        .any(|r| r.levels.iter().any(Option::is_none));
    let mut choices = Vec::new();
    let mut head = vec![Words::of("scenario", "Szenario")];
    if few {
        head.push(Words::of("changed", "geändert"));
    } else {
        head.extend(
            header
                .dimensions
                .iter()
                .map(|d| Words::same(d.name.clone())),
        );
    }
    head.extend(SHOWN.iter().map(|key| Words::term(&described(key).1)));
    let mut rows = Vec::new();
    for pair in merged.records().take(MOST_ROWS) {
        let (run, record) = pair?;
        let mut cells = levels(merged, run, few);
        let currency = &header.scenarios[run.scenario].currency;
        let overall = record.rows.iter().find(|r| r.set == "overall");
        let known = |key: &str| {
            let [value, low, high] = overall?.estimate(key)?;
            Some(Estimate {
                value,
                low,
                high,
                periods: None,
            })
        };
        if let Some((service, cost)) = known("service_level").zip(known("cost_per_resolved")) {
            let name = cells
                .iter()
                .map(|c| c.text.en.as_str())
                .collect::<Vec<_>>()
                .join(", ");
            choices.push(Choice {
                name,
                cost,
                service,
                dominated_by: None,
            });
        }
        for key in SHOWN {
            let value = overall.and_then(|row| row.estimate(key)).map(|e| e[0]);
            let unit: Unit = described(key).0;
            let text = match (&record.infeasible, value) {
                (Some(_), _) => Words::of("no roster", "kein Dienstplan"),
                (None, Some(value)) => plain(unit, value, currency),
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
    let section = Section::new(
        "runs",
        Words::of("Runs", "Läufe"),
        vec![Block::Table(table), Block::Text(note)],
    );
    Ok((choices, section))
}

/// Cost against service of all runs; prices in several currencies cannot be held against each other.
fn choice(merged: &Merged, mut choices: Vec<Choice>) -> Section {
    let scenarios = &merged.manifest.header.scenarios;
    let currency = &scenarios[0].currency;
    let mut picture: Option<Picture> = None;
    if scenarios.iter().all(|s| s.currency == *currency) {
        chart::judge(&mut choices);
        let plane = Plane {
            name: "cost-and-service",
            currency,
            paid_for: Words::of("per resolved contact", "je gelöstem Kontakt"),
            service: Words::of("% inside the promise", "% in der Zusage"),
            unit: Unit::Share,
            things: Words::of("runs", "Läufen"),
        };
        picture = chart::pareto(&choices, &plane);
    }
    Section::new(
        "choice",
        Words::of("Cost and service", "Kosten und Service"),
        vec![Block::Pictures(picture.into_iter().collect())],
    )
}

/// The scenario, then a level a dimension, or in `few` cells those that differ from what is written.
fn levels(merged: &Merged, run: &Run, few: bool) -> Vec<Cell> {
    let header = &merged.manifest.header;
    let mut cells = vec![Cell::text(header.scenarios[run.scenario].name.clone())];
    let pairs = header.dimensions.iter().zip(&run.levels);
    if few {
        let changed: Vec<String> = pairs
            .filter_map(|(d, level)| {
                let label = &d.levels[(*level)? as usize].label;
                Some(format!("{} {label}", d.name))
            })
            .collect();
        cells.push(if changed.is_empty() {
            Cell::text(Words::of("as written", "wie geschrieben"))
        } else {
            Cell::text(changed.join(", "))
        });
        return cells;
    }
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
    let row = |name: Words, value: Words| vec![Cell::text(name), Cell::text(value)];
    let table = Table {
        caption: Words::of(
            "The same sweep file and version give the same figures to the last digit",
            "Gleiche Datei und gleiche Version geben dieselben Zahlen bis zur letzten Stelle",
        ),
        head: vec![Words::of("what", "was"), Words::of("value", "Wert")],
        rows: vec![
            row(
                Words::of("version", "Version"),
                header.version.clone().into(),
            ),
            row(
                Words::of("seed", "Startwert"),
                protocol.seed.to_string().into(),
            ),
            row(
                Words::of("replications, at most", "Wiederholungen, höchstens"),
                protocol.replications.to_string().into(),
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
