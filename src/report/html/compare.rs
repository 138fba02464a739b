//! The report of a comparison.

use super::assumptions::{assumptions_of, provenance};
use super::page::{Block, Report, Section};
use super::run::{details, organisation, tone};
use super::table::{Cell, Table};
use crate::experiment::{Best, Comparison, Difference, Outcome, Standing};
use crate::measure::{METRICS, Unit};
use crate::report::chart::{self, Choice, Picture, Plane};
use crate::report::figure::at_least;
use crate::report::run::verdict;
use crate::report::target;
use crate::report::words::Words;

/// Figures that get a picture of their differences, promises apart.
const DRAWN: [&str; 8] = [
    "service_level",
    "abandoned_share",
    "mean_wait_s",
    "resolution_s",
    "fcr",
    "satisfaction",
    "occupancy",
    "cost_per_resolved",
];

/// Lays a comparison out.
#[must_use]
pub fn compare(comparison: &Comparison) -> Report {
    let options = &comparison.options;
    let names: Vec<&str> = options.iter().map(|o| o.scenario.as_str()).collect();
    let inputs: Vec<_> = options
        .iter()
        .map(|o| (o.scenario.as_str(), &o.provenance))
        .collect();
    let lists: Vec<_> = options
        .iter()
        .map(|o| (o.scenario.as_str(), o.assumptions.as_slice()))
        .collect();
    let mut sections = vec![
        promises(options),
        choice(comparison),
        differences(comparison),
        figures(options),
        structures(options),
    ];
    sections.extend(
        options
            .iter()
            .enumerate()
            .map(|(o, option)| alone(o, option)),
    );
    sections.push(assumptions_of(&lists));
    sections.push(provenance(&inputs));
    Report::new(
        names.join(", "),
        Words::of("comparison", "Vergleich"),
        lead(comparison),
        sections,
    )
}

/// Which option to choose.
fn lead(comparison: &Comparison) -> Words {
    match &comparison.best {
        None => Words::of(
            "No option stands out: the figure to choose by is undefined.",
            "Keine Option ragt heraus: Die Kennzahl zur Auswahl ist nicht bestimmt.",
        ),
        Some(best) => sentence(best),
    }
}

fn sentence(best: &Best) -> Words {
    let (name, sure) = (&best.name, at_least(best.probability));
    let reason = match best.standing {
        Standing::Keeps => Words::of("it keeps every promise", "hält alle Zusagen"),
        Standing::Open => Words::of(
            "it may keep every promise, no option certainly does",
            "hält vielleicht alle Zusagen, sicher tut es keine",
        ),
        Standing::Misses => Words::of(
            "no option keeps every promise, it misses them by least",
            "keine hält alle Zusagen, sie verfehlt sie am wenigsten",
        ),
    };
    let open = if best.separated {
        Words::default()
    } else {
        Words::of(
            " More replications may change this.",
            " Mehr Wiederholungen können das ändern.",
        )
    };
    Words::of(
        format!("Best is {name}: {}; at least {} sure.", reason.en, sure.en),
        format!(
            "Am besten ist {name}: {}; mindestens {} sicher.",
            reason.de, sure.de
        ),
    )
    .then(&open)
}

/// Every promise of every option: the options side by side, for a promise the verdict and below it how often it is kept.
fn promises(options: &[Outcome]) -> Section {
    let mut named: Vec<(&str, &str)> = Vec::new();
    for promise in options.iter().flat_map(|o| &o.promises) {
        let one = (promise.name.as_str(), promise.target.as_str());
        if !named.contains(&one) {
            named.push(one);
        }
    }
    let mut rows = Vec::new();
    for (name, target) in named {
        let mut kept = vec![Cell::text(target::named(name, target))];
        let mut often = vec![Cell::text(Words::of(
            "– in how many of its periods",
            "– in wie vielen ihrer Zeiträume",
        ))];
        for (o, option) in options.iter().enumerate() {
            let found = option.promises.iter().enumerate();
            let mut found = found.filter(|(_, p)| p.name == name && p.target == target);
            let Some((p, promise)) = found.next() else {
                kept.push(Cell::figure("-"));
                often.push(Cell::figure("-"));
                continue;
            };
            let share = |estimate, key: &str| {
                let place = format!("/options/{o}/promises/{p}/{key}");
                Cell::estimate(Unit::Share, estimate, "", place)
            };
            let word = Words::term(verdict(promise.verdict).0);
            let cell = share(promise.value.as_ref(), "value").marked(word);
            kept.push(cell.toned(tone(promise.verdict)));
            often.push(share(promise.met_probability.as_ref(), "met_probability"));
        }
        rows.push(kept);
        rows.push(often);
    }
    let mut head = vec![Words::of("promise", "Zusage")];
    head.extend(options.iter().map(|o| Words::same(o.scenario.clone())));
    let table = Table {
        caption: Words::of(
            "The verdict on every promise, and the share of contacts for which it is kept",
            "Das Urteil über jede Zusage und der Anteil der Kontakte, für die sie gehalten ist",
        ),
        head,
        rows,
    };
    Section::new(
        "promises",
        Words::of("Promises", "Zusagen"),
        vec![Block::Table(table)],
    )
}

/// Cost against service.
fn choice(comparison: &Comparison) -> Section {
    let choices: Vec<Choice> = comparison
        .options
        .iter()
        .filter_map(|o| {
            let standing = comparison.standings.iter().find(|s| s.name == o.scenario);
            Some(Choice {
                name: o.scenario.clone(),
                cost: o.cost.per_resolved?,
                service: *o.overall.get("service_level")?,
                dominated_by: standing.and_then(|s| s.dominated_by.clone()),
            })
        })
        .collect();
    let plane = Plane {
        name: "cost-and-service",
        currency: currency(comparison),
        paid_for: Words::of("per resolved contact", "je gelöstem Kontakt"),
        service: Words::of("% inside the promise", "% in der Zusage"),
        unit: Unit::Share,
        things: Words::of("options", "Optionen"),
    };
    let picture = chart::pareto(&choices, &plane);
    Section::new(
        "choice",
        Words::of("Cost and service", "Kosten und Service"),
        vec![Block::Pictures(picture.into_iter().collect())],
    )
}

fn currency(comparison: &Comparison) -> &str {
    comparison.options.first().map_or("", |o| &o.cost.currency)
}

/// Paired differences, one picture a figure.
fn differences(comparison: &Comparison) -> Section {
    let currency = currency(comparison);
    let drawn = |key: &str| -> Option<Picture> {
        let of: Vec<&Difference> = comparison
            .differences
            .iter()
            .filter(|d| d.metric == key)
            .collect();
        chart::forest(&of, currency)
    };
    let mut keys: Vec<&str> = DRAWN.to_vec();
    for d in &comparison.differences {
        let of_promise = d.metric.starts_with("promise.") && !d.metric.ends_with(".met");
        if of_promise && !keys.contains(&d.metric.as_str()) {
            keys.push(&d.metric);
        }
    }
    Section::new(
        "differences",
        Words::of(
            "Differences on the same customers",
            "Unterschiede bei denselben Kunden",
        ),
        vec![Block::Pictures(
            keys.into_iter().filter_map(drawn).collect(),
        )],
    )
}

/// All figures side by side.
fn figures(options: &[Outcome]) -> Section {
    let mut rows: Vec<Vec<Cell>> = METRICS
        .iter()
        .map(|metric| {
            let cells = options.iter().enumerate().map(|(o, option)| {
                let json = format!("/options/{o}/overall/{}", metric.key);
                Cell::estimate(metric.unit, option.overall.get(metric.key), "", json)
            });
            std::iter::once(Cell::text(Words::term(metric.title)))
                .chain(cells)
                .collect()
        })
        .collect();
    let money = |key: &'static str, title: Words| {
        let cells = options.iter().enumerate().map(move |(o, option)| {
            let cost = &option.cost;
            let estimate = match key {
                "total" => cost.total.as_ref(),
                _ => cost.per_resolved.as_ref(),
            };
            let json = format!("/options/{o}/cost/{key}");
            Cell::estimate(Unit::Money, estimate, &cost.currency, json)
        });
        std::iter::once(Cell::text(title)).chain(cells).collect()
    };
    rows.push(money("total", Words::term("cost")));
    rows.push(money(
        "per_resolved",
        Words::term("cost per resolved contact"),
    ));
    let mut head = vec![Words::of("figure", "Kennzahl")];
    head.extend(options.iter().map(|o| Words::same(o.scenario.clone())));
    let [table, note] = Block::sparse(Table {
        caption: Words::of(
            "The options side by side, each figure with the interval of its mean",
            "Die Optionen nebeneinander, jede Kennzahl mit dem Intervall ihres Mittels",
        ),
        head,
        rows,
    });
    Section::new(
        "figures",
        Words::of("All figures", "Alle Kennzahlen"),
        vec![table, note],
    )
}

/// What the organisations look like and what their money goes into.
fn structures(options: &[Outcome]) -> Section {
    let boxes = options.iter().filter_map(organisation);
    let costs = options
        .iter()
        .filter_map(|o| chart::waterfall(&o.scenario, &o.cost));
    Section::new(
        "structures",
        Words::of("Structures", "Strukturen"),
        vec![
            Block::Pictures(boxes.collect()),
            Block::Pictures(costs.collect()),
        ],
    )
}

/// What a report of one option alone would show; its structure and cost stand beside the others' already.
fn alone(o: usize, option: &Outcome) -> Section {
    let name = &option.scenario;
    let mut section = Section::fold(
        format!("option-{}", o + 1),
        Words::of(format!("{name} in detail"), format!("{name} im Einzelnen")),
        details(option, &format!("/options/{o}")),
    );
    for pictures in section.pictures_mut() {
        pictures.retain(|p| !p.name.starts_with("organisation-") && !p.name.starts_with("cost-"));
        for picture in pictures {
            picture.name = format!("{}-{}", chart::slug(name), picture.name);
        }
    }
    section
}
