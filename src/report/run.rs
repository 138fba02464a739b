//! What `run` prints: verdicts first, then figures, teams, cost, what was assumed, where it came from.

use super::grid::Grid;
use super::number::{optional, plain, with_interval};
use super::page::{Page, Tone};
use crate::experiment::{Metrics, Outcome, PromiseOutcome, Provenance, StoppedBy};
use crate::measure::{METRICS, TEAM_METRICS, Unit, Verdict};
use crate::scenario::model::{Assumption, Every};
use std::fmt::Write;

/// Metrics of contacts that are shown without being asked for everything.
const SHOWN: [&str; 15] = [
    "offered",
    "answered",
    "abandoned_share",
    "service_level",
    "mean_wait_s",
    "asa_s",
    "wait_p50_s",
    "wait_p90_s",
    "first_reply_s",
    "resolution_s",
    "handle_time_s",
    "fcr",
    "satisfaction",
    "backlog",
    "backlog_oldest_s",
];

/// Metrics of teams that are shown without being asked for everything.
const TEAM_SHOWN: [&str; 9] = [
    "occupancy",
    "utilisation",
    "paid_h",
    "on_queue_h",
    "handling_h",
    "handle_time_s",
    "asa_s",
    "wait_p90_s",
    "service_level",
];

/// Columns for a verdict.
const WORD: usize = 11;

/// Assumptions that are shown without being asked for everything.
const FEW_ASSUMPTIONS: usize = 5;

/// Everything a run says, as text.
#[must_use]
pub fn text(outcome: &Outcome, page: &Page) -> String {
    let mut out = String::new();
    let title = if outcome.title.is_empty() {
        &outcome.scenario
    } else {
        &outcome.title
    };
    let title = page.wrap(title, 0);
    line(&mut out, &page.paint(Tone::Strong, title.trim_end()));
    section(&mut out, &promises(outcome, page));
    if let Some(against) = &outcome.against {
        section(&mut out, &super::against::text(against, page));
    }
    section(&mut out, &figures(outcome, page));
    section(&mut out, &teams(outcome, page));
    section(&mut out, &super::escalation::text(outcome, page));
    section(&mut out, &cost(outcome, page));
    section(
        &mut out,
        &super::resilience::text(&outcome.resilience, page),
    );
    section(&mut out, &assumptions(outcome, page));
    section(&mut out, &super::flips::text(outcome.flips.as_ref(), page));
    section(&mut out, &page.wrap(&provenance(&outcome.provenance), 0));
    out
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

fn section(out: &mut String, text: &str) {
    if !text.is_empty() {
        out.push('\n');
        out.push_str(text);
    }
}

/// The verdict on each promise.
pub(super) fn promises(outcome: &Outcome, page: &Page) -> String {
    if outcome.promises.is_empty() {
        return "no promises were made, so nothing is judged\n".to_owned();
    }
    let mut out = String::new();
    for promise in &outcome.promises {
        let (word, tone) = verdict(promise.verdict);
        let text = page.wrap(&format!("{}: {}", promise.name, promise.target), WORD);
        let word = page.paint(tone, &format!("{word:WORD$}"));
        out.push_str(&text.replacen(&" ".repeat(WORD), &word, 1));
        let details = format!("{}; {}", kept(promise), periods(promise));
        out.push_str(&page.wrap(&details, WORD));
    }
    out
}

/// A verdict's word and colour.
#[must_use]
pub fn verdict(verdict: Verdict) -> (&'static str, Tone) {
    match verdict {
        Verdict::Met => ("met", Tone::Good),
        Verdict::Missed => ("missed", Tone::Bad),
        Verdict::Undecided => ("undecided", Tone::Doubt),
    }
}

/// The word for a judging period.
#[must_use]
pub fn period(every: Every) -> &'static str {
    match every {
        Every::Interval => "interval",
        Every::Day => "day",
        Every::Week => "week",
        Every::Month => "month",
    }
}

/// `84.6% ±0.3, bad week 78.9%`.
fn kept(promise: &PromiseOutcome) -> String {
    let Some(value) = &promise.value else {
        return super::number::UNDEFINED.to_owned();
    };
    let mut text = with_interval(Unit::Share, value, "");
    if let Some(spread) = &value.periods {
        let bad = plain(Unit::Share, spread.p10, "");
        let _ = write!(text, ", bad {} {bad}", period(promise.every));
    }
    text
}

/// `kept in 93% ±4 of weeks, 90% asked`.
fn periods(promise: &PromiseOutcome) -> String {
    let Some(met) = &promise.met_probability else {
        return super::number::UNDEFINED.to_owned();
    };
    let every = period(promise.every);
    let text = format!(
        "kept in {} of {every}s",
        with_interval(Unit::Share, met, "")
    );
    match promise.hold {
        Some(hold) => format!(
            "{text}, {} asked",
            plain(Unit::Share, hold, "").replace(".0%", "%")
        ),
        None => text,
    }
}

/// Metrics as rows, the scopes as columns.
fn figures(outcome: &Outcome, page: &Page) -> String {
    let mut head = vec!["figure".to_owned(), "overall".to_owned()];
    let mut scopes: Vec<&Metrics> = vec![&outcome.overall];
    if outcome.channels.len() > 1 {
        head.extend(outcome.channels.iter().map(|c| c.name.clone()));
        scopes.extend(outcome.channels.iter().map(|c| &c.metrics));
    }
    if page.verbose {
        head.extend(outcome.streams.iter().map(|s| s.name.clone()));
        scopes.extend(outcome.streams.iter().map(|s| &s.metrics));
    }
    let mut grid = Grid::new(head);
    for metric in METRICS
        .iter()
        .filter(|m| page.verbose || SHOWN.contains(&m.key))
    {
        let cells = scopes
            .iter()
            .map(|s| optional(metric.unit, s.get(metric.key), ""));
        let title = metric.title.to_owned();
        grid.plain(std::iter::once(title).chain(cells).collect());
    }
    grid.render(page)
}

/// One row per team.
fn teams(outcome: &Outcome, page: &Page) -> String {
    let shown: Vec<_> = TEAM_METRICS
        .iter()
        .filter(|m| page.verbose || TEAM_SHOWN.contains(&m.key))
        .collect();
    let fixed = ["team", "heads", "FTE"].map(str::to_owned);
    let titles = shown.iter().map(|m| m.title.to_owned());
    let mut grid = Grid::new(fixed.into_iter().chain(titles).collect());
    for team in &outcome.teams {
        let mut cells = vec![
            team.name.clone(),
            plain(Unit::Count, team.heads, "").replace(".00", ""),
            format!("{:.1}", team.fte),
        ];
        cells.extend(
            shown
                .iter()
                .map(|m| optional(m.unit, team.metrics.get(m.key), "")),
        );
        grid.plain(cells);
    }
    grid.render(page)
}

/// Cost by kind, in all and per resolved contact.
fn cost(outcome: &Outcome, page: &Page) -> String {
    let cost = &outcome.cost;
    let money = |e| optional(Unit::Money, e, &cost.currency);
    let mut grid = Grid::new(["cost", "amount", "share"].map(str::to_owned).to_vec());
    let total = cost.total.map_or(0.0, |e| e.value);
    for by_kind in &cost.by_kind {
        let part = by_kind
            .amount
            .map(|e| plain(Unit::Share, e.value / total, ""));
        grid.plain(vec![
            kind_name(by_kind.kind),
            money(by_kind.amount.as_ref()),
            part.unwrap_or_default(),
        ]);
    }
    grid.plain(vec![
        "in all".to_owned(),
        money(cost.total.as_ref()),
        String::new(),
    ]);
    let each = [
        ("per resolved contact", &cost.per_resolved),
        ("per paid hour", &cost.per_paid_hour),
        ("per hour on queue", &cost.per_on_queue_hour),
        ("per hour handled", &cost.per_handled_hour),
    ];
    for (name, amount) in each {
        grid.plain(vec![name.to_owned(), money(amount.as_ref()), String::new()]);
    }
    grid.render(page)
}

/// A kind of cost as JSON names it, in words.
#[must_use]
pub fn kind_name(kind: crate::measure::CostKind) -> String {
    let name = serde_json::to_value(kind).unwrap_or_default();
    name.as_str().unwrap_or_default().replace('_', " ")
}

/// What was not said and therefore assumed.
fn assumptions(outcome: &Outcome, page: &Page) -> String {
    let assumptions: &[Assumption] = &outcome.assumptions;
    if assumptions.is_empty() {
        return String::new();
    }
    let few = !page.verbose && assumptions.len() > FEW_ASSUMPTIONS;
    let count = assumptions.len();
    let mut head = match count {
        1 => "1 default was used".to_owned(),
        _ => format!("{count} defaults were used"),
    };
    head.push_str(if few {
        "; --verbose lists all, among them:"
    } else {
        ":"
    });
    let mut out = page.wrap(&head, 0);
    // Those with a range are the ones that could be otherwise.
    let (open, fixed): (Vec<_>, Vec<_>) = assumptions.iter().partition(|a| a.range.is_some());
    let most = if few { FEW_ASSUMPTIONS } else { count };
    for a in open.into_iter().chain(fixed).take(most) {
        let range = a
            .range
            .as_ref()
            .map_or(String::new(), |r| format!(", may be {r}"));
        let text = format!("{} = {}{range} ({})", a.path, a.value, a.source);
        out.push_str(&page.wrap(&text, 2));
    }
    if outcome.flips.is_none() && assumptions.iter().any(|a| a.range.is_some()) {
        let text = "--flips says which of them would overturn a verdict, and from where on";
        out.push_str(&page.wrap(text, 0));
    }
    page.paint(Tone::Faint, out.trim_end()) + "\n"
}

/// One line that lets somebody else get the same figures.
fn provenance(p: &Provenance) -> String {
    let hash = p.input_hash.get(..12).unwrap_or(&p.input_hash);
    format!("{}, input {hash}", how(p))
}

/// Replications, seed, confidence and version, without the input.
#[must_use]
pub fn how(p: &Provenance) -> String {
    let why = match p.stopped_by {
        StoppedBy::Replications => "",
        StoppedBy::Precision => " (precise enough)",
        StoppedBy::Separated => " (best separated)",
        StoppedBy::Interrupt => " (interrupted)",
    };
    let first = match p.first_replication {
        0 => String::new(),
        first => format!(" from number {first} on"),
    };
    let looks = if p.interval_confidence == p.confidence {
        ""
    } else {
        " over all looks"
    };
    let many = if p.replications == 1 { "" } else { "s" };
    format!(
        "{} replication{many}{why}{first}, seed {}, {}% intervals{looks}; staffwright {}",
        p.replications,
        p.seed,
        (1000.0 * p.confidence).round() / 10.0,
        p.version,
    )
}
