//! What `compare` prints: the best, the options side by side, and the differences in sentences.

use super::grid::Grid;
use super::number::{at_least, optional, plain};
use super::page::{Page, Tone};
use super::run::{how, verdict};
use super::sentence::sentence;
use crate::experiment::{Best, COST, COST_PER_RESOLVED, Comparison, Difference, Outcome, Standing};
use crate::measure::{METRICS, TEAM_METRICS, Unit};
use crate::stats::Estimate;

/// Metrics of contacts that are shown without being asked for everything.
const SHOWN: [&str; 9] = [
    "service_level",
    "abandoned_share",
    "mean_wait_s",
    "asa_s",
    "wait_p90_s",
    "first_reply_s",
    "resolution_s",
    "fcr",
    "satisfaction",
];

/// Figures whose differences are put into sentences without being asked for everything.
const SAID: [&str; 6] = [
    "service_level",
    "abandoned_share",
    "resolution_s",
    "fcr",
    "satisfaction",
    COST_PER_RESOLVED,
];

/// Everything a comparison says, as text.
#[must_use]
pub fn text(comparison: &Comparison, page: &Page) -> String {
    let note = |note: &String| page.wrap(&format!("note: {note}"), 0);
    let mut parts = vec![
        best(comparison, page),
        table(comparison, page),
        sentences(comparison, page),
        others(comparison, page),
        comparison.notes.iter().map(note).collect(),
        method(comparison, page),
    ];
    parts.retain(|part| !part.is_empty());
    parts.join("\n")
}

fn currency(comparison: &Comparison) -> &str {
    comparison.options.first().map_or("", |o| &o.cost.currency)
}

/// Which option to choose, in two sentences at most.
fn best(comparison: &Comparison, page: &Page) -> String {
    let Some(best) = &comparison.best else {
        return "no option stands out: the figure to choose by is undefined\n".to_owned();
    };
    let mut text = format!("best: {} {}", best.name, reason(comparison, best));
    text.push_str(&format!("; at least {} sure", at_least(best.probability)));
    if !best.separated {
        text.push_str("; not decided yet: more replications may change it");
    }
    let dominated = comparison
        .standings
        .iter()
        .filter_map(|s| Some((&s.name, s.dominated_by.as_ref()?)));
    let mut out = page.paint(Tone::Strong, page.wrap(&text, 0).trim_end()) + "\n";
    for (name, by) in dominated {
        let text = format!("{name} is beaten by {by} in cost, service level and every promise");
        out.push_str(&page.wrap(&text, 0));
    }
    out
}

fn reason(comparison: &Comparison, best: &Best) -> String {
    let keeps = match best.standing {
        Standing::Keeps => "keeps every promise",
        Standing::Open => "may keep every promise (no option certainly does)",
        Standing::Misses => {
            return "misses its promises by least; no option keeps all of them".to_owned();
        }
    };
    let option = comparison.options.iter().find(|o| o.scenario == best.name);
    let figure = option.and_then(|o| figure(o, &best.objective));
    let (unit, title) = described(comparison, &best.objective);
    match figure {
        Some(e) if best.objective == COST_PER_RESOLVED => format!(
            "{keeps} at the lowest cost, {} per resolved contact",
            plain(unit, e.value, currency(comparison))
        ),
        Some(e) => format!(
            "{keeps} with the best {title}, {}",
            plain(unit, e.value, currency(comparison))
        ),
        None => keeps.to_owned(),
    }
}

/// Unit and title of a figure that is compared.
fn described(comparison: &Comparison, key: &str) -> (Unit, String) {
    let found = comparison.differences.iter().find(|d| d.metric == key);
    found.map_or((Unit::Count, key.to_owned()), |d| (d.unit, d.title.clone()))
}

/// An option's figure by key.
fn figure<'a>(option: &'a Outcome, key: &str) -> Option<&'a Estimate> {
    match key {
        COST => option.cost.total.as_ref(),
        COST_PER_RESOLVED => option.cost.per_resolved.as_ref(),
        "occupancy" => option.staff.get(key),
        _ => match key.strip_prefix("promise.") {
            Some(name) => {
                let (name, met) = name
                    .strip_suffix(".met")
                    .map_or((name, false), |n| (n, true));
                let promise = option.promises.iter().find(|p| p.name == name)?;
                if met {
                    promise.met_probability.as_ref()
                } else {
                    promise.value.as_ref()
                }
            }
            None => option.overall.get(key),
        },
    }
}

/// The options side by side, and how many of the differences in each figure are real.
fn table(comparison: &Comparison, page: &Page) -> String {
    let mut head = vec!["figure".to_owned(), "real".to_owned()];
    head.extend(comparison.options.iter().map(|o| o.scenario.clone()));
    let mut grid = Grid::new(head).words(1);
    for promise in promise_names(comparison) {
        let verdicts = comparison.options.iter().map(|o| {
            let found = o.promises.iter().find(|p| p.name == promise);
            found.map_or(("-".to_owned(), Tone::Faint), |p| {
                let (word, tone) = verdict(p.verdict);
                (word.to_owned(), tone)
            })
        });
        let mut row = vec![(format!("promise {promise}"), Tone::Plain)];
        row.push((String::new(), Tone::Plain));
        row.extend(verdicts);
        grid.row(row);
        figures(
            &mut grid,
            comparison,
            &format!("promise.{promise}"),
            "  kept",
            Unit::Share,
        );
        figures(
            &mut grid,
            comparison,
            &format!("promise.{promise}.met"),
            "  P(met)",
            Unit::Share,
        );
    }
    for metric in METRICS {
        let shown =
            SHOWN.contains(&metric.key) || (page.verbose && metric.better.direction().is_some());
        if shown {
            figures(&mut grid, comparison, metric.key, metric.title, metric.unit);
        }
    }
    for metric in TEAM_METRICS.iter().filter(|m| m.key == "occupancy") {
        figures(&mut grid, comparison, metric.key, metric.title, metric.unit);
    }
    figures(
        &mut grid,
        comparison,
        COST_PER_RESOLVED,
        "cost per resolved",
        Unit::Money,
    );
    figures(&mut grid, comparison, COST, "cost in all", Unit::Money);
    grid.render(page)
}

fn promise_names(comparison: &Comparison) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for promise in comparison.options.iter().flat_map(|o| &o.promises) {
        if !names.contains(&promise.name.as_str()) {
            names.push(&promise.name);
        }
    }
    names
}

fn figures(grid: &mut Grid, comparison: &Comparison, key: &str, title: &str, unit: Unit) {
    let mut row = vec![(title.to_owned(), Tone::Plain)];
    row.push((real(comparison, key), Tone::Plain));
    for option in &comparison.options {
        let tone = if leads(comparison, key, &option.scenario) {
            Tone::Good
        } else {
            Tone::Plain
        };
        row.push((
            optional(unit, figure(option, key), currency(comparison)),
            tone,
        ));
    }
    grid.row(row);
}

/// Whether an option is really better than every other in a figure.
fn leads(comparison: &Comparison, key: &str, name: &str) -> bool {
    let mut own = comparison
        .differences
        .iter()
        .filter(|d| d.metric == key && (d.a == name || d.b == name))
        .peekable();
    own.peek().is_some() && own.all(|d| d.real && d.better.as_deref() == Some(name))
}

/// How many differences in a figure are real.
fn real(comparison: &Comparison, key: &str) -> String {
    let of: Vec<&Difference> = comparison
        .differences
        .iter()
        .filter(|d| d.metric == key)
        .collect();
    let real = of.iter().filter(|d| d.real).count();
    match (real, of.len()) {
        (_, 0) => String::new(),
        (0, 1) => "no".to_owned(),
        (1, 1) => "yes".to_owned(),
        (0, _) => "none".to_owned(),
        (r, n) if r == n => "all".to_owned(),
        (r, n) => format!("{r} of {n}"),
    }
}

/// The differences in sentences: the best against each other option, or everything; the price of a better service
/// level with it.
fn sentences(comparison: &Comparison, page: &Page) -> String {
    let best = comparison.best.as_ref().map(|b| b.name.as_str());
    let mut blocks: Vec<String> = Vec::new();
    for (a, b) in pairs(comparison) {
        if !page.verbose && best != Some(a) && best != Some(b) {
            continue;
        }
        let between = |d: &&Difference| d.a == a && d.b == b;
        let all: Vec<&Difference> = comparison.differences.iter().filter(between).collect();
        let cost = all.iter().find(|d| d.metric == COST_PER_RESOLVED).copied();
        let wanted = |d: &&&Difference| page.verbose || SAID.contains(&d.metric.as_str());
        let mut block = String::new();
        for difference in all.iter().filter(wanted) {
            let price = cost.filter(|_| difference.metric == "service_level");
            let text = sentence(difference, price, currency(comparison));
            block.push_str(&page.wrap(&text, 2).replacen("  ", "- ", 1));
        }
        blocks.push(block);
    }
    blocks.join("\n")
}

/// Names of all pairs of options, in the order of their differences.
fn pairs(comparison: &Comparison) -> Vec<(&str, &str)> {
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    for d in &comparison.differences {
        if !pairs.contains(&(&d.a, &d.b)) {
            pairs.push((&d.a, &d.b));
        }
    }
    pairs
}

/// Figures that would have chosen another option.
fn others(comparison: &Comparison, page: &Page) -> String {
    let mut out = String::new();
    let Some(best) = &comparison.best else {
        return out;
    };
    for option in comparison
        .options
        .iter()
        .filter(|o| o.scenario != best.name)
    {
        let by: Vec<String> = comparison
            .winners
            .iter()
            .filter(|w| w.name == option.scenario && w.probability >= comparison.method.confidence)
            .map(|w| w.title.clone())
            .collect();
        if !by.is_empty() {
            let text = format!(
                "{} would have been chosen by: {}",
                option.scenario,
                by.join(", ")
            );
            out.push_str(&page.wrap(&text, 0));
        }
    }
    out
}

/// How it was done.
fn method(comparison: &Comparison, page: &Page) -> String {
    let method = &comparison.method;
    let looks = method.looks.map_or(String::new(), |looks| {
        format!("; looked several times: {looks}")
    });
    let text = format!(
        "differences are {}; real: {}; a difference matters from {} on; best: {}{looks}",
        method.intervals,
        method.real,
        plain(Unit::Share, method.practical, ""),
        method.best,
    );
    let mut out = page.wrap(&text, 0);
    if let Some(first) = comparison.options.first() {
        out.push_str(&page.wrap(&how(&first.provenance), 0));
    }
    let input = |o: &Outcome| {
        let hash = &o.provenance.input_hash;
        format!("{} {}", o.scenario, hash.get(..12).unwrap_or(hash))
    };
    let inputs: Vec<String> = comparison.options.iter().map(input).collect();
    out.push_str(&page.wrap(&format!("input: {}", inputs.join(", ")), 0));
    page.paint(Tone::Faint, out.trim_end()) + "\n"
}
