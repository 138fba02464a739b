//! A rule and its relaxation in the planner's words.

use super::limit::{BUDGET, Limit, WEEKENDS, more_days, start_step};
use super::opening::unreached;
use crate::optimize::infeasible::Rule;
use crate::optimize::problem::Problem;
use crate::optimize::words::{clock, day};
use crate::roster::hm;
use crate::scenario::model::{KeepMeasure, ShiftTemplate};
use jiff::civil::Weekday;

/// What a rule says, and what it would have to become after some steps.
#[must_use]
pub fn rule(problem: &Problem, limit: Limit, steps: u32) -> Rule {
    let scenario = problem.scenario;
    let gone = steps >= limit.steps(problem);
    let n = f64::from(steps);
    let contract =
        |c: usize, key: &str| format!("contract.{}.{key}", quoted(&scenario.contracts[c].name));
    let shift = |s: usize, key: &str| format!("shift.{}.{key}", quoted(&scenario.shifts[s].name));
    let (path, text, relaxation) = match limit {
        Limit::Promise(p) => {
            let promise = &scenario.promises[p];
            let share = promise.share * 100.0;
            (
                format!("promise.{}.target", quoted(&promise.name)),
                promise.text.clone(),
                would_be(
                    percent(share),
                    &format!("about {}", percent((share - n).max(0.0))),
                ),
            )
        }
        Limit::Keep(k) => {
            let keep = &scenario.decide.keep[k];
            let relaxation = match (&keep.measure, gone) {
                (_, true) => "it would have to go".to_owned(),
                (KeepMeasure::Budget, false) => format!(
                    "{} {:.0} a month would have to become about {:.0}",
                    scenario.currency,
                    keep.at_most,
                    keep.at_most * (1.0 + BUDGET * n)
                ),
                (_, false) => would_be(
                    percent(keep.at_most * 100.0),
                    &format!("about {}", percent(keep.at_most * 100.0 + n)),
                ),
            };
            (
                format!("decide.keep.{}", keep.place),
                keep.text.clone(),
                relaxation,
            )
        }
        Limit::Minimum(m) => {
            let minimum = &scenario.decide.minimums[m];
            let relaxation = match minimum.people - steps.min(minimum.people) {
                0 => "it would have to go".to_owned(),
                left => would_be(people(minimum.people), &people(left)),
            };
            (
                format!("decide.keep.{}", minimum.place),
                minimum.text.clone(),
                relaxation,
            )
        }
        Limit::Most(l) => {
            let lever = &scenario.decide.levers[l];
            (
                format!("decide.\"{}\".to", lever.path),
                format!("{} at most {:.0}", lever.path, lever.to),
                would_be(
                    format!("{:.0}", lever.to),
                    &format!("about {:.0}", lever.to + n),
                ),
            )
        }
        Limit::Fewest(l) => {
            let lever = &scenario.decide.levers[l];
            (
                format!("decide.\"{}\".from", lever.path),
                format!("{} at least {:.0}", lever.path, lever.from),
                would_be(
                    format!("{:.0}", lever.from),
                    &format!("about {:.0}", lever.from - n),
                ),
            )
        }
        Limit::Seats(s) => {
            let site = &scenario.sites[s];
            let seats = site.seats.unwrap_or(0);
            (
                format!("site.{}.seats", quoted(&site.name)),
                format!("{seats} seats in {}", site.name),
                would_be(seats.to_string(), &(seats + steps).to_string()),
            )
        }
        Limit::Latest(s) => {
            let (_, last, step) = window(&scenario.shifts[s]);
            (
                shift(s, "start"),
                format!(
                    "latest start of {} {}",
                    scenario.shifts[s].name,
                    clock(last)
                ),
                would_be(
                    format!("latest start {}", clock(last)),
                    &clock((last + steps * step) % 1440),
                ),
            )
        }
        Limit::Earliest(s) => {
            let (first, _, step) = window(&scenario.shifts[s]);
            (
                shift(s, "start"),
                format!(
                    "earliest start of {} {}",
                    scenario.shifts[s].name,
                    clock(first)
                ),
                would_be(
                    format!("earliest start {}", clock(first)),
                    &clock(first - steps * step),
                ),
            )
        }
        Limit::Days(s) => {
            let template = &scenario.shifts[s];
            let sets = more_days(template);
            let more = (steps as usize).checked_sub(1).and_then(|i| sets.get(i));
            let names = |days: &[Weekday]| -> String {
                days.iter().map(|&d| day(d)).collect::<Vec<_>>().join(", ")
            };
            (
                shift(s, "days"),
                format!("{} on {}", template.name, names(&template.days)),
                format!(
                    "{} would have to be among its days",
                    names(more.map_or(&[], Vec::as_slice))
                ),
            )
        }
        Limit::Open(c) => {
            let channel = &scenario.channels[c];
            let fewer = unreached(problem, c).without(steps).to_string();
            let fewer = if fewer.is_empty() {
                "closed".to_owned()
            } else {
                fewer
            };
            (
                format!("channel.{}.open", quoted(&channel.name)),
                format!("{} open {}", channel.name, channel.open),
                would_be(channel.open.to_string(), &fewer),
            )
        }
        Limit::Hours(c) => {
            let hours = scenario.contracts[c].hours_per_week;
            (
                contract(c, "hours"),
                format!("{hours} h a week"),
                would_be(
                    format!("{hours} h"),
                    &format!("about {} h", hours + 0.5 * n),
                ),
            )
        }
        Limit::DaysPerWeek(c) => {
            let days = scenario.contracts[c].rules.days_per_week;
            (
                contract(c, "days_per_week"),
                format!("{days} working days a week"),
                would_be(days.to_string(), &(days + steps).to_string()),
            )
        }
        Limit::DaysInARow(c) => {
            let days = scenario.contracts[c].rules.days_in_a_row;
            (
                contract(c, "days_in_a_row"),
                format!("{days} working days in a row"),
                would_be(days.to_string(), &(days + steps).to_string()),
            )
        }
        Limit::Rest(c) => {
            let rest = scenario.contracts[c].rules.rest_s;
            (
                contract(c, "rest"),
                format!("{} of rest between two shifts", hm(rest)),
                would_be(hm(rest), &hm((rest - 1800.0 * n).max(0.0))),
            )
        }
        Limit::DayMax(c) => {
            let most = scenario.contracts[c].rules.day_max_s;
            (
                contract(c, "day_max"),
                format!("{} of work a day", hm(most)),
                would_be(hm(most), &hm((most + 1800.0 * n).min(86_400.0))),
            )
        }
        Limit::StartBand(c) => {
            let band = scenario.contracts[c].rules.start_band_s.unwrap_or(0.0);
            let relaxation = if gone {
                "it would have to go".to_owned()
            } else {
                would_be(hm(band), &hm(band + 1800.0 * n))
            };
            (
                contract(c, "start_band"),
                format!("starts of a week {} apart at most", hm(band)),
                relaxation,
            )
        }
        Limit::Weekends(c) => {
            let share = scenario.contracts[c].rules.weekend_share;
            let more = (share + WEEKENDS * n).min(1.0);
            (
                contract(c, "weekend_share"),
                format!("{} of weekends", percent(share * 100.0)),
                would_be(
                    percent(share * 100.0),
                    &format!("about {}", percent(more * 100.0)),
                ),
            )
        }
    };
    Rule {
        path,
        text,
        relaxation,
    }
}

fn would_be(from: String, to: &str) -> String {
    from + " would have to become " + to
}

fn percent(points: f64) -> String {
    format!("{points:.0} %")
}

fn people(n: u32) -> String {
    format!("{n} at work")
}

/// First and last start of a template and the minutes between two.
fn window(shift: &ShiftTemplate) -> (u32, u32, u32) {
    let starts = &shift.starts_min;
    let (first, last) = (starts.first().copied(), starts.last().copied());
    let step = start_step(shift);
    (first.unwrap_or(0), last.unwrap_or(0), step)
}

/// A name as a path's segment.
fn quoted(name: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_".contains(c);
    if name.chars().all(plain) {
        name.to_owned()
    } else {
        format!("\"{name}\"")
    }
}
