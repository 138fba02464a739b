//! The report of a run.

use super::against::against;
use super::assumptions::{assumptions, provenance, said};
use super::escalation::escalation;
use super::page::{Block, Report, Section, VerdictCard};
use super::table::{Cell, Table, Tone};
use crate::experiment::{Metrics, Outcome, PromiseOutcome, TeamOutcome};
use crate::measure::{METRICS, TEAM_METRICS, Unit, Verdict};
use crate::report::chart::{self, Picture};
use crate::report::figure;
use crate::report::run::{kind_name, period, verdict};
use crate::report::target;
use crate::report::words::Words;
use crate::stats::Estimate;

/// Lays a run out.
#[must_use]
pub fn run(outcome: &Outcome) -> Report {
    let mut sections = vec![promises(outcome, ""), against(outcome)];
    sections.extend(details(outcome, ""));
    sections.push(overturned(outcome));
    sections.push(assumptions(&outcome.assumptions));
    sections.push(provenance(&[(&outcome.scenario, &outcome.provenance)]));
    Report::new(
        title(outcome),
        Words::of("simulation", "Simulation"),
        lead(outcome),
        sections,
    )
}

/// Defaults that would overturn a verdict somewhere in their range, where that was asked for.
fn overturned(outcome: &Outcome) -> Section {
    let flips = outcome.flips.iter().flat_map(|f| &f.flips);
    let rows = flips.map(|flip| {
        vec![
            Cell::text(crate::report::flips::words(flip)),
            Cell::text(flip.value.clone()),
            Cell::text(flip.range.clone()),
        ]
    });
    let table = Table {
        caption: Words::of(
            "Defaults that overturn a verdict somewhere in their range",
            "Vorgaben, die irgendwo in ihrem Bereich ein Urteil umstoßen",
        ),
        head: vec![
            Words::of("what would happen", "was geschähe"),
            Words::of("value taken", "angenommen"),
            Words::of("may be", "möglich"),
        ],
        rows: rows.collect(),
    };
    Section::new(
        "overturned",
        Words::of("What would overturn it", "Was es umstieße"),
        vec![Block::Table(table)],
    )
}

/// A scenario's title, or its name where it has none.
pub(super) fn title(outcome: &Outcome) -> String {
    if outcome.title.is_empty() {
        outcome.scenario.clone()
    } else {
        outcome.title.clone()
    }
}

/// Service, people and cost of one outcome, whose JSON stands at `root`.
pub(super) fn details(outcome: &Outcome, root: &str) -> Vec<Section> {
    vec![
        service(outcome, root),
        people(outcome, root),
        escalation(outcome, root),
        cost(outcome, root),
    ]
}

/// Which promises are met and which are not, in a sentence.
pub(super) fn lead(outcome: &Outcome) -> Words {
    let all = outcome.promises.len();
    if all == 0 {
        return Words::of(
            "No promises were made, so nothing is judged.",
            "Nichts ist zugesagt, also wird nichts beurteilt.",
        );
    }
    let named = |v: Verdict, en: &str, de: &str| {
        let of = outcome.promises.iter().filter(|p| p.verdict == v);
        let names: Vec<&str> = of.map(|p| p.name.as_str()).collect();
        let list = names.join(", ");
        match names.len() {
            0 => Words::default(),
            n if n == all && n > 1 => Words::of(
                format!("All {all} promises are {en}. "),
                format!("Alle {all} Zusagen sind {de}. "),
            ),
            1 => Words::of(
                format!("The promise {list} is {en}. "),
                format!("Die Zusage {list} ist {de}. "),
            ),
            n => Words::of(
                format!("{n} promises are {en}: {list}. "),
                format!("{n} Zusagen sind {de}: {list}. "),
            ),
        }
    };
    named(Verdict::Missed, "missed", "verfehlt")
        .then(&named(Verdict::Undecided, "undecided", "unentschieden"))
        .then(&named(Verdict::Met, "met", "gehalten"))
}

/// The verdict on every promise.
pub(super) fn promises(outcome: &Outcome, root: &str) -> Section {
    let cards = outcome.promises.iter().enumerate();
    let cards = cards.map(|(i, p)| card(p, &format!("{root}/promises/{i}")));
    Section::new(
        "promises",
        Words::of("Promises", "Zusagen"),
        vec![
            Block::Verdicts(cards.collect()),
            Block::Note(said(&outcome.provenance)),
        ],
    )
}

/// The colour of a verdict.
pub(super) fn tone(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Met => Tone::Good,
        Verdict::Missed => Tone::Bad,
        Verdict::Undecided => Tone::Doubt,
    }
}

fn card(promise: &PromiseOutcome, root: &str) -> VerdictCard {
    let every = Words::term(period(promise.every));
    let share =
        |estimate, key: &str| Cell::estimate(Unit::Share, estimate, "", format!("{root}/{key}"));
    let asked = promise.hold.map_or_else(Words::default, |hold| {
        let hold = figure::asked(hold);
        Words::of(
            format!(", {} asked", hold.en),
            format!(", {} verlangt", hold.de),
        )
    });
    let mut figures = vec![
        (
            Words::of("kept over the horizon", "gehalten im Zeitraum"),
            share(promise.value.as_ref(), "value"),
        ),
        (
            Words::of(
                format!("P(met), share of {}s kept", every.en),
                format!("P(gehalten), je {}", every.de),
            )
            .then(&asked),
            share(promise.met_probability.as_ref(), "met_probability"),
        ),
    ];
    if let Some(spread) = promise.value.as_ref().and_then(|v| v.periods) {
        let place = format!("{root}/value/periods/p10");
        figures.push((
            Words::of(
                format!("a bad {} (P10)", every.en),
                format!("schlecht (P10, {})", every.de),
            ),
            Cell::number(Unit::Share, spread.p10, "", place),
        ));
    }
    VerdictCard {
        verdict: Words::term(verdict(promise.verdict).0),
        tone: tone(promise.verdict),
        name: promise.name.clone(),
        target: target::words(&promise.target),
        figures,
    }
}

/// What customers feel: charts, and figures by channel.
fn service(outcome: &Outcome, root: &str) -> Section {
    let mut scopes: Vec<(Words, String, &Metrics)> = vec![(
        Words::of("overall", "insgesamt"),
        format!("{root}/overall"),
        &outcome.overall,
    )];
    if outcome.channels.len() > 1 {
        for (i, channel) in outcome.channels.iter().enumerate() {
            let place = format!("{root}/channels/{i}");
            scopes.push((channel.name.clone().into(), place, &channel.metrics));
        }
    }
    let rows = METRICS.iter().map(|metric| {
        let cells = scopes.iter().map(|(_, place, metrics)| {
            let json = format!("{place}/{}", metric.key);
            Cell::estimate(metric.unit, metrics.get(metric.key), "", json)
        });
        std::iter::once(Cell::text(Words::term(metric.title)))
            .chain(cells)
            .collect()
    });
    let mut head = vec![Words::of("figure", "Kennzahl")];
    head.extend(scopes.iter().map(|s| s.0.clone()));
    let table = Table {
        caption: Words::of(
            "What customers feel, each figure with the interval of its mean",
            "Was Kunden spüren, jede Kennzahl mit dem Intervall ihres Mittels",
        ),
        head,
        rows: rows.collect(),
    };
    let [table, note] = Block::sparse(table);
    Section::new(
        "service",
        Words::of("What customers feel", "Was Kunden spüren"),
        vec![Block::Pictures(service_pictures(outcome)), table, note],
    )
}

fn service_pictures(outcome: &Outcome) -> Vec<Picture> {
    let Some(series) = &outcome.series else {
        return Vec::new();
    };
    let week = &series.week;
    let heat = week
        .channels
        .iter()
        .filter_map(|c| chart::heat_map(c, week.per_day, series.interval_min));
    let waits = series.waits.iter().filter_map(chart::waits);
    let backlog = week
        .channels
        .iter()
        .filter_map(|c| chart::backlog(c, week.per_day));
    let flow = chart::flow(&series.flow);
    heat.chain(waits).chain(backlog).chain(flow).collect()
}

/// Teams: requirement and staffing, shifts, people over time; figures down the side, for there are more than teams.
fn people(outcome: &Outcome, root: &str) -> Section {
    let teams = || outcome.teams.iter().enumerate();
    let mut head = vec![Words::of("figure", "Kennzahl")];
    head.extend(teams().map(|(_, t)| Words::same(t.name.clone())));
    let row = |name: Words, cell: &dyn Fn(usize, &TeamOutcome) -> Cell| {
        let cells = teams().map(|(i, team)| cell(i, team));
        std::iter::once(Cell::text(name)).chain(cells).collect()
    };
    let place = |i: usize, key: &str| format!("{root}/teams/{i}/{key}");
    let mut rows: Vec<Vec<Cell>> = vec![
        row(Words::term("heads"), &|i, t| {
            Cell::number(Unit::Count, t.heads, "", place(i, "heads"))
        }),
        row(Words::of("FTE", "VZÄ"), &|i, t| {
            Cell::number(Unit::Count, t.fte, "", place(i, "fte"))
        }),
    ];
    rows.extend(TEAM_METRICS.iter().map(|m| {
        row(Words::term(m.title), &|i, t| {
            Cell::estimate(m.unit, t.metrics.get(m.key), "", place(i, m.key))
        })
    }));
    let [table, note] = Block::sparse(Table {
        caption: Words::of("Teams over the horizon", "Teams über den Zeitraum"),
        head,
        rows,
    });
    Section::new(
        "people",
        Words::of("People", "Personal"),
        vec![
            Block::Pictures(people_pictures(outcome)),
            table,
            note,
            Block::Table(without_team(outcome, root)),
        ],
    )
}

/// What is left of the service without any one team, where that was played.
fn without_team(outcome: &Outcome, root: &str) -> Table {
    let lost = outcome.resilience.without_team.iter().enumerate();
    let rows = lost.map(|(i, lost)| {
        let place = |key: &str| format!("{root}/resilience/without_team/{i}/{key}");
        let share = |e: &Option<Estimate>, key: &str| {
            Cell::estimate(Unit::Share, e.as_ref(), "", place(key))
        };
        let all = lost.promises.len();
        vec![
            Cell::text(lost.team.clone()),
            Cell::figure(Words::of(
                format!("{} of {all}", lost.met),
                format!("{} von {all}", lost.met),
            )),
            share(&lost.service_level, "service_level"),
            share(&lost.abandoned_share, "abandoned_share"),
        ]
    });
    Table {
        caption: Words::of(
            "What would be left without a team, all else as it is",
            "Was ohne ein Team bliebe, alles andere wie es ist",
        ),
        head: vec![
            Words::of("without team", "ohne Team"),
            Words::of("promises met", "Zusagen gehalten"),
            Words::term("service level"),
            Words::term("abandonment"),
        ],
        rows: rows.collect(),
    }
}

fn people_pictures(outcome: &Outcome) -> Vec<Picture> {
    let Some(series) = &outcome.series else {
        return Vec::new();
    };
    let week = &series.week;
    let staffing = week
        .teams
        .iter()
        .filter_map(|t| chart::staffing(t, week.per_day));
    let mut pictures: Vec<Picture> = staffing.collect();
    if let Some(day) = &series.duties {
        let shifts = day
            .teams
            .iter()
            .filter_map(|t| chart::gantt(t, day.weekday, &day.date));
        pictures.extend(shifts);
    }
    pictures.extend(chart::headcount(&series.course));
    pictures.extend(outcome.teams.iter().filter_map(chart::workforce));
    pictures.extend(organisation(outcome));
    pictures
}

/// The boxes of an outcome's organisation.
pub(super) fn organisation(outcome: &Outcome) -> Option<Picture> {
    let series = outcome.series.as_ref()?;
    chart::organisation(
        &outcome.scenario,
        &series.organisation,
        &outcome.cost.currency,
    )
}

/// What it costs.
fn cost(outcome: &Outcome, root: &str) -> Section {
    let cost = &outcome.cost;
    let money = |estimate: Option<&crate::stats::Estimate>, place: String| {
        let place = format!("{root}/cost/{place}");
        Cell::estimate(Unit::Money, estimate, &cost.currency, place)
    };
    let line = |(i, line): (usize, &crate::experiment::CostOutcomeLine)| {
        vec![
            Cell::text(Words::term(&kind_name(line.kind))),
            money(line.amount.as_ref(), format!("by_kind/{i}/amount")),
        ]
    };
    let mut rows: Vec<Vec<Cell>> = cost.by_kind.iter().enumerate().map(line).collect();
    rows.push(vec![
        Cell::text(Words::of("in all", "gesamt")),
        money(cost.total.as_ref(), "total".into()),
    ]);
    rows.push(vec![
        Cell::text(Words::of("per resolved contact", "je gelöstem Kontakt")),
        money(cost.per_resolved.as_ref(), "per_resolved".into()),
    ]);
    let table = Table {
        caption: Words::of("Cost over the horizon", "Kosten über den Zeitraum"),
        head: vec![Words::of("cost", "Kosten"), Words::of("amount", "Betrag")],
        rows,
    };
    let pictures = chart::waterfall(&outcome.scenario, cost)
        .into_iter()
        .collect();
    Section::new(
        "cost",
        Words::of("Cost", "Kosten"),
        vec![Block::Pictures(pictures), Block::Table(table)],
    )
}
