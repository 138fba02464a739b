//! Why there is no mix: the smallest set of bounds that clash, and how far each would have to give.
//!
//! Heads that are too few never clash, as contacts may be late at a price; what clashes are caps on vendors, the
//! quality floor and the budget, with each other and with the heads that must be.

use super::answer::NoAnswer;
use super::instance::Instance;
use super::model::build;
use crate::optimize::infeasible::{Infeasible, Rule};
use crate::scenario::model::{KeepMeasure, Scenario};
use crate::solve::{self, Options, Status};

/// Halvings of the range in which the smallest relaxation lies.
const HALVINGS: usize = 16;

/// A bound that may be let go of.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Bound {
    Cap(usize),
    Resolved,
    Budget,
}

/// The clash in the planner's words.
#[must_use]
pub fn explain(
    scenario: &Scenario,
    instance: &Instance,
    why: NoAnswer,
    options: &Options,
) -> Infeasible {
    match why {
        NoAnswer::Fault(fault) => Infeasible::fault(&fault),
        NoAnswer::Infeasible => {
            let rules = clash(instance, options)
                .into_iter()
                .map(|(bound, others)| rule(scenario, instance, bound, &others, options))
                .collect();
            Infeasible {
                rules,
                ..Infeasible::no_mix()
            }
        }
    }
}

/// A smallest set of bounds that cannot hold together: each, with the rest of the set.
fn clash(instance: &Instance, options: &Options) -> Vec<(Bound, Vec<Bound>)> {
    let mut set: Vec<Bound> = (0..instance.caps.len()).map(Bound::Cap).collect();
    set.extend(instance.resolved.map(|_| Bound::Resolved));
    set.extend(instance.budget.map(|_| Bound::Budget));
    let mut at = 0;
    while at < set.len() {
        let mut fewer = set.clone();
        fewer.remove(at);
        if possible(&with(instance, &fewer), options) {
            at += 1;
        } else {
            set = fewer;
        }
    }
    set.iter()
        .map(|&b| (b, set.iter().copied().filter(|&o| o != b).collect()))
        .collect()
}

/// The instance with only some of its bounds.
fn with(instance: &Instance, bounds: &[Bound]) -> Instance {
    let mut out = instance.clone();
    let kept = |i: usize| bounds.contains(&Bound::Cap(i));
    out.caps = (0..instance.caps.len())
        .filter(|&i| kept(i))
        .map(|i| instance.caps[i])
        .collect();
    if !bounds.contains(&Bound::Resolved) {
        out.resolved = None;
    }
    if !bounds.contains(&Bound::Budget) {
        out.budget = None;
    }
    out
}

fn possible(instance: &Instance, options: &Options) -> bool {
    solve::solve(&build(instance).model, options).is_ok_and(|s| s.status != Status::Infeasible)
}

/// A bound in words, and what it would have to become for the others to hold.
fn rule(
    scenario: &Scenario,
    instance: &Instance,
    bound: Bound,
    others: &[Bound],
    options: &Options,
) -> Rule {
    let base = with(instance, others);
    let at = |value: f64| {
        let mut tried = base.clone();
        match bound {
            Bound::Cap(i) => tried.caps.push((instance.caps[i].0, value)),
            Bound::Resolved => tried.resolved = Some(value),
            Bound::Budget => tried.budget = Some(value),
        }
        possible(&tried, options)
    };
    let keep = |of: &dyn Fn(&KeepMeasure) -> bool| {
        let found = scenario.decide.keep.iter().filter(|k| of(&k.measure));
        found.map(|k| (k.place, k.text.clone())).collect::<Vec<_>>()
    };
    let share = |v: f64| format!("{:.1} %", 100.0 * v);
    let (text, relaxation) = match bound {
        Bound::Cap(i) => {
            let (vendor, cap) = instance.caps[i];
            let texts = keep(&|m| *m == KeepMeasure::VendorShare(vendor));
            let needs = bisect(cap, 1.0, at);
            (
                texts,
                format!("{} would have to become about {}", share(cap), share(needs)),
            )
        }
        Bound::Resolved => {
            let floor = instance.resolved.unwrap_or(0.0);
            let needs = bisect(floor, 0.0, at);
            let texts = scenario.decide.floors.iter();
            let texts = texts.map(|f| (f.place, f.text.clone()));
            (
                texts.collect(),
                format!(
                    "{} would have to become about {}",
                    share(floor),
                    share(needs)
                ),
            )
        }
        Bound::Budget => {
            let budget = instance.budget.unwrap_or(0.0);
            let mut most = budget.abs().max(1.0);
            while !at(most) && most < 1e15 {
                most *= 2.0;
            }
            let more = bisect(budget, most, at) - budget;
            let texts = keep(&|m| *m == KeepMeasure::Budget);
            (
                texts,
                format!(
                    "{} {more:.0} more a month would be needed",
                    scenario.currency
                ),
            )
        }
    };
    let (place, text) = text.into_iter().next().unwrap_or((1, String::new()));
    Rule {
        path: format!("decide.keep.{place}"),
        text,
        relaxation,
    }
}

/// The value nearest to `fails` that does, on the way to `works`.
fn bisect(fails: f64, works: f64, does: impl Fn(f64) -> bool) -> f64 {
    let (mut fails, mut works) = (fails, works);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(fails, works);
        if does(middle) {
            works = middle;
        } else {
            fails = middle;
        }
    }
    works
}
