//! The tidy tables.

use super::moment::iso;
use super::schedule::{duties, off_words};
use super::table::{Cell, Locale, Table, estimate};
use super::{File, Part};
use crate::experiment::{DayWaits, Days, Difference, Metrics, Outcome};
use crate::measure::{CostKind, KINDS, METRICS, TEAM_METRICS, Unit};
use crate::report::flips::overturns;
use serde::Serialize;

/// All tables of the parts.
pub fn tables(parts: &[Part<'_>], differences: &[Difference], locale: Locale) -> Vec<File> {
    let mut files = vec![
        promises(parts, locale),
        metrics(parts, locale),
        costs(parts, locale),
        vendors(parts, locale),
        assumptions(parts, locale),
        intervals(parts, locale),
        staffing(parts, locale),
        days(parts, locale),
        schedule(parts, locale),
    ];
    if !differences.is_empty() {
        files.push(self::differences(differences, locale));
    }
    files
}

/// A word as the JSON object writes it.
pub fn word(value: impl Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

fn promises(parts: &[Part<'_>], locale: Locale) -> File {
    let head = [
        "scenario",
        "promise",
        "target",
        "share",
        "every",
        "hold",
        "value",
        "value_low",
        "value_high",
        "period_p10",
        "period_p50",
        "period_p90",
        "met_probability",
        "met_probability_low",
        "met_probability_high",
        "verdict",
    ];
    let mut table = Table::new("promises.csv", locale, &head);
    for Part { outcome, .. } in parts {
        for promise in &outcome.promises {
            let periods = promise.value.and_then(|e| e.periods);
            let mut row: Vec<Cell> = vec![
                outcome.scenario.as_str().into(),
                promise.name.as_str().into(),
                promise.target.as_str().into(),
                promise.share.into(),
                word(promise.every).into(),
                promise.hold.into(),
            ];
            row.extend(estimate(promise.value.as_ref()));
            row.extend([
                periods.map(|p| p.p10).into(),
                periods.map(|p| p.p50).into(),
                periods.map(|p| p.p90).into(),
            ]);
            row.extend(estimate(promise.met_probability.as_ref()));
            row.push(word(promise.verdict).into());
            table.row(row);
        }
    }
    table.file()
}

fn metrics(parts: &[Part<'_>], locale: Locale) -> File {
    let head = [
        "scenario", "scope", "name", "metric", "unit", "value", "low", "high",
    ];
    let mut table = Table::new("metrics.csv", locale, &head);
    let contacts: Vec<Figure> = METRICS.iter().map(|m| (m.key, m.unit)).collect();
    let teams: Vec<Figure> = TEAM_METRICS.iter().map(|m| (m.key, m.unit)).collect();
    for Part { outcome, .. } in parts {
        let mut scope = |scope: &str, name: &str, metrics: &Metrics, figures: &[Figure]| {
            for (key, unit) in figures {
                let mut row: Vec<Cell> = vec![
                    outcome.scenario.as_str().into(),
                    scope.into(),
                    name.into(),
                    (*key).into(),
                    word(unit).into(),
                ];
                row.extend(estimate(metrics.get(key)));
                table.row(row);
            }
        };
        scope("overall", "", &outcome.overall, &contacts);
        for channel in &outcome.channels {
            scope("channel", &channel.name, &channel.metrics, &contacts);
        }
        for stream in &outcome.streams {
            scope("stream", &stream.name, &stream.metrics, &contacts);
        }
        scope("staff", "", &outcome.staff, &teams);
        for team in &outcome.teams {
            scope("team", &team.name, &team.metrics, &teams);
        }
    }
    table.file()
}

/// Key and unit of a figure.
type Figure = (&'static str, Unit);

fn costs(parts: &[Part<'_>], locale: Locale) -> File {
    let head = ["scenario", "kind", "currency", "value", "low", "high"];
    let mut table = Table::new("costs.csv", locale, &head);
    for Part { outcome, .. } in parts {
        let cost = &outcome.cost;
        let kinds = cost.by_kind.iter().map(|l| (word(l.kind), l.amount));
        let others = [
            ("total", cost.total),
            ("per_resolved", cost.per_resolved),
            ("per_paid_hour", cost.per_paid_hour),
            ("per_on_queue_hour", cost.per_on_queue_hour),
            ("per_handled_hour", cost.per_handled_hour),
        ];
        for (kind, amount) in kinds.chain(others.map(|(k, e)| (k.to_owned(), e))) {
            let mut row: Vec<Cell> = vec![
                outcome.scenario.as_str().into(),
                kind.into(),
                cost.currency.as_str().into(),
            ];
            row.extend(estimate(amount.as_ref()));
            table.row(row);
        }
    }
    table.file()
}

fn vendors(parts: &[Part<'_>], locale: Locale) -> File {
    let head = [
        "scenario",
        "vendor",
        "currency",
        "price",
        "per",
        "units",
        "billed_units",
        "amount",
        "amount_low",
        "amount_high",
        "paid_back",
    ];
    let mut table = Table::new("vendors.csv", locale, &head);
    for Part { outcome, .. } in parts {
        for vendor in &outcome.cost.vendors {
            let mut row: Vec<Cell> = vec![
                outcome.scenario.as_str().into(),
                vendor.name.as_str().into(),
                outcome.cost.currency.as_str().into(),
                vendor.price.into(),
                word(vendor.per).into(),
                vendor.units.map(|e| e.value).into(),
                vendor.billed_units.map(|e| e.value).into(),
            ];
            row.extend(estimate(vendor.amount.as_ref()));
            row.push(vendor.paid_back.map(|e| e.value).into());
            table.row(row);
        }
    }
    table.file()
}

fn assumptions(parts: &[Part<'_>], locale: Locale) -> File {
    let head = ["scenario", "key", "value", "range", "source", "overturns"];
    let mut table = Table::new("assumptions.csv", locale, &head);
    for Part { outcome, .. } in parts {
        for assumption in &outcome.assumptions {
            table.row(vec![
                outcome.scenario.as_str().into(),
                assumption.path.as_str().into(),
                assumption.value.as_str().into(),
                assumption.range.as_deref().unwrap_or_default().into(),
                assumption.source.as_str().into(),
                overturns(outcome, &assumption.path).into(),
            ]);
        }
    }
    table.file()
}

/// The intervals that count, with their number.
pub fn counted(outcome: &Outcome) -> impl Iterator<Item = (usize, jiff::Timestamp)> {
    let intervals = &outcome.intervals;
    let starts = intervals.starts.iter().copied().enumerate();
    starts.skip(intervals.warm_up)
}

fn intervals(parts: &[Part<'_>], locale: Locale) -> File {
    let head = [
        "scenario",
        "start",
        "channel",
        "offered",
        "answered",
        "abandoned",
        "promised",
        "promise_kept",
        "answered_within_20s",
        "wait_s",
        "waiting_at_end",
        "oldest_at_end_s",
    ];
    let mut table = Table::new("intervals.csv", locale, &head);
    for Part { outcome, .. } in parts {
        for (i, start) in counted(outcome) {
            let start = iso(start, &outcome.intervals.zone);
            for channel in &outcome.intervals.channels {
                let point = &channel.points[i];
                table.row(vec![
                    outcome.scenario.as_str().into(),
                    start.as_str().into(),
                    channel.name.as_str().into(),
                    point.offered.into(),
                    point.answered.into(),
                    point.abandoned.into(),
                    point.promised.into(),
                    point.promise_kept.into(),
                    point.within_20s.into(),
                    point.wait_s.into(),
                    point.waiting.into(),
                    point.oldest_s.into(),
                ]);
            }
        }
    }
    table.file()
}

fn staffing(parts: &[Part<'_>], locale: Locale) -> File {
    let head = ["scenario", "start", "team", "rostered", "on_queue", "busy"];
    let mut table = Table::new("staffing.csv", locale, &head);
    for Part { outcome, .. } in parts {
        for (i, start) in counted(outcome) {
            let start = iso(start, &outcome.intervals.zone);
            for team in &outcome.intervals.teams {
                let point = &team.points[i];
                table.row(vec![
                    outcome.scenario.as_str().into(),
                    start.as_str().into(),
                    team.name.as_str().into(),
                    point.rostered.into(),
                    point.on_queue.into(),
                    point.busy.into(),
                ]);
            }
        }
    }
    table.file()
}

fn days(parts: &[Part<'_>], locale: Locale) -> File {
    let head = [
        "scenario", "day", "scope", "name", "metric", "unit", "value",
    ];
    let mut table = Table::new("days.csv", locale, &head);
    for Part { outcome, .. } in parts {
        let days = Days::of(&outcome.intervals);
        for (d, date) in days.dates.iter().enumerate() {
            let mut rows = |scope: &str, name: &str, figures: &[(&str, Unit, Option<f64>)]| {
                for &(key, unit, value) in figures {
                    table.row(vec![
                        outcome.scenario.as_str().into(),
                        date.to_string().as_str().into(),
                        scope.into(),
                        name.into(),
                        key.into(),
                        word(unit).into(),
                        value.into(),
                    ]);
                }
            };
            let daily = &days.daily;
            let waits = |rows: &[Vec<DayWaits>], row: usize| {
                let day = rows.get(row).and_then(|days| days.get(d)).copied();
                wait_figures(day.unwrap_or_default())
            };
            if let Some(day) = daily.overall.get(d) {
                rows("overall", "", &wait_figures(*day));
            }
            if let Some(day) = daily.cost.get(d) {
                let spent = |k: &CostKind| outcome.cost.by_kind.iter().any(|l| l.kind == *k);
                let kinds = KINDS.iter().zip(day).filter(|(k, _)| spent(k));
                let named: Vec<(String, f64)> = kinds.map(|(k, v)| (word(k), *v)).collect();
                let total = day.iter().sum();
                rows("cost", "total", &[("amount", Unit::Money, Some(total))]);
                for (kind, amount) in &named {
                    rows("cost", kind, &[("amount", Unit::Money, Some(*amount))]);
                }
            }
            for (c, (name, channel)) in days.channels.iter().enumerate() {
                let day = &channel[d];
                let sums = &day.0;
                let figures = [
                    ("offered", Unit::Count, Some(sums.offered)),
                    ("answered", Unit::Count, Some(sums.answered)),
                    ("abandoned", Unit::Count, Some(sums.abandoned)),
                    ("abandoned_share", Unit::Share, day.abandoned_share()),
                    ("service_level", Unit::Share, day.service_level()),
                    ("mean_wait_s", Unit::Seconds, day.mean_wait_s()),
                    ("waiting_at_end", Unit::Count, Some(sums.waiting)),
                    ("oldest_at_end_s", Unit::Seconds, Some(sums.oldest_s)),
                ];
                rows("channel", name, &figures);
                rows("channel", name, &waits(&daily.channels, c));
            }
            for (s, (name, stream)) in days.streams.iter().enumerate() {
                let day = &stream[d];
                let figures = [
                    ("offered", Unit::Count, Some(day.offered)),
                    ("first_contacts", Unit::Count, Some(day.first_contacts)),
                    ("answered", Unit::Count, Some(day.answered)),
                    ("abandoned", Unit::Count, Some(day.abandoned)),
                    ("resolved", Unit::Count, Some(day.resolved)),
                    ("abandoned_share", Unit::Share, day.abandoned_share()),
                    ("service_level", Unit::Share, day.service_level()),
                    ("mean_wait_s", Unit::Seconds, day.mean_wait_s()),
                    ("fcr", Unit::Share, day.fcr()),
                    ("satisfaction", Unit::Points, day.mean_satisfaction()),
                ];
                rows("stream", name, &figures);
                // On long horizons days have waits by channel.
                if !daily.streams.is_empty() {
                    rows("stream", name, &waits(&daily.streams, s));
                }
            }
            for (t, (name, team)) in days.teams.iter().enumerate() {
                let day = &team[d];
                let figures = [
                    ("rostered_h", Unit::Hours, Some(day.rostered_h)),
                    ("on_queue_h", Unit::Hours, Some(day.on_queue_h)),
                    ("handling_h", Unit::Hours, Some(day.handling_h)),
                    ("occupancy", Unit::Share, day.occupancy()),
                ];
                rows("team", name, &figures);
                rows("team", name, &waits(&daily.teams, t));
            }
        }
    }
    table.file()
}

/// Percentiles of a day's waits as figures.
fn wait_figures(waits: DayWaits) -> [(&'static str, Unit, Option<f64>); 4] {
    [
        ("wait_p50_s", Unit::Seconds, waits.p50),
        ("wait_p90_s", Unit::Seconds, waits.p90),
        ("wait_p95_s", Unit::Seconds, waits.p95),
        ("wait_p99_s", Unit::Seconds, waits.p99),
    ]
}

fn schedule(parts: &[Part<'_>], locale: Locale) -> File {
    let head = [
        "scenario", "team", "position", "contract", "kind", "start", "end",
    ];
    let mut table = Table::new("schedule.csv", locale, &head);
    for Part { case, outcome } in parts {
        for team in 0..case.scenario.teams.len() {
            for planned in duties(case, team) {
                let duty = planned.duty;
                let offs = duty.offs.iter();
                let offs = offs.map(|off| (off_words(off.kind).0, off.start, off.end));
                for (kind, start, end) in [("duty", duty.start, duty.end)].into_iter().chain(offs) {
                    table.row(vec![
                        outcome.scenario.as_str().into(),
                        planned.team.into(),
                        planned.name().into(),
                        planned.contract.into(),
                        kind.into(),
                        iso(planned.at(start), planned.zone).into(),
                        iso(planned.at(end), planned.zone).into(),
                    ]);
                }
            }
        }
    }
    table.file()
}

fn differences(differences: &[Difference], locale: Locale) -> File {
    let head = [
        "metric", "unit", "a", "b", "value", "low", "high", "real", "matters", "better",
    ];
    let mut table = Table::new("differences.csv", locale, &head);
    for difference in differences {
        table.row(vec![
            difference.metric.as_str().into(),
            word(difference.unit).into(),
            difference.a.as_str().into(),
            difference.b.as_str().into(),
            difference.value.into(),
            difference.low.into(),
            difference.high.into(),
            difference.real.to_string().into(),
            difference.matters.to_string().into(),
            difference.better.as_deref().unwrap_or_default().into(),
        ]);
    }
    table.file()
}
