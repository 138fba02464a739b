//! Why there is no mix: the smallest set of bounds that clash, and how far each would have to give.
//!
//! Contacts may be late at a price, so no share, cap or floor asks for what cannot be: what it forbids is late. What clashes
//! are the heads that must be and the budget, and the heads that may be with the agents who have to wait for contacts
//! before the first is in time. Caps and the floor are asked for all the same, as they may sharpen either.
//! Whatever is asked here is whether some mix is possible, not which is best: the first one found answers.

use super::answer::NoAnswer;
use super::instance::Instance;
use super::model::build;
use crate::optimize::infeasible::{Infeasible, Rule};
use crate::scenario::model::{KeepMeasure, LeverTarget, Scenario};
use crate::solve::{self, Options, Status};

/// A value that bounds nothing.
const FREE: f64 = 1e6;
/// Halvings of the range in which the smallest relaxation lies.
const HALVINGS: usize = 16;

/// A bound that may be let go of.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Bound {
    /// Fewest heads of a party's entry.
    Fewest(usize, usize),
    /// Most heads of a party's entry.
    Most(usize, usize),
    /// A cap on vendors.
    Cap(usize),
    /// The quality floor.
    Resolved,
    /// Money a month.
    Budget,
}

/// What is explained.
struct Clash<'a> {
    scenario: &'a Scenario,
    instance: &'a Instance,
    options: Options,
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
            let clash = Clash {
                scenario,
                instance,
                options: Options {
                    gap_limit: 1.0,
                    ..options.clone()
                },
            };
            let set = clash.smallest();
            let rules = set.iter().map(|&bound| {
                let others: Vec<Bound> = set.iter().copied().filter(|o| *o != bound).collect();
                clash.rule(bound, &others)
            });
            Infeasible {
                rules: rules.collect(),
                ..Infeasible::no_mix()
            }
        }
    }
}

impl Clash<'_> {
    /// Every bound, those last that a planner would name first.
    fn bounds(&self) -> Vec<Bound> {
        let mut all: Vec<Bound> = Vec::new();
        for (p, party) in self.instance.parties.iter().enumerate() {
            for (e, entry) in party.entries.iter().enumerate() {
                let must = entry.from > 0.0 && !entry.or_none;
                all.extend(must.then_some(Bound::Fewest(p, e)));
                all.push(Bound::Most(p, e));
            }
        }
        all.extend((0..self.instance.caps.len()).map(Bound::Cap));
        all.extend(self.instance.resolved.map(|_| Bound::Resolved));
        all.extend(self.instance.budget.map(|_| Bound::Budget));
        all
    }

    /// A smallest set of bounds that cannot hold together.
    fn smallest(&self) -> Vec<Bound> {
        let mut set = self.bounds();
        let mut at = 0;
        while at < set.len() {
            let mut fewer = set.clone();
            fewer.remove(at);
            if self.possible(&self.with(&fewer)) {
                at += 1;
            } else {
                set = fewer;
            }
        }
        set
    }

    /// Whether some mix keeps an instance's bounds.
    fn possible(&self, instance: &Instance) -> bool {
        solve::solve(&build(instance).model, &self.options)
            .is_ok_and(|s| s.status != Status::Infeasible)
    }

    /// The instance with only some of its bounds.
    fn with(&self, bounds: &[Bound]) -> Instance {
        let mut out = self.instance.clone();
        let kept = |i: &usize| bounds.contains(&Bound::Cap(*i));
        let caps = (0..out.caps.len()).filter(kept);
        out.caps = caps.map(|i| self.instance.caps[i]).collect();
        out.resolved = out.resolved.filter(|_| bounds.contains(&Bound::Resolved));
        out.budget = out.budget.filter(|_| bounds.contains(&Bound::Budget));
        for bound in self.bounds() {
            match bound {
                Bound::Fewest(..) if !bounds.contains(&bound) => self.set(&mut out, bound, 0.0),
                Bound::Most(..) if !bounds.contains(&bound) => self.set(&mut out, bound, FREE),
                _ => {}
            }
        }
        out
    }

    /// Gives a bound another value.
    fn set(&self, instance: &mut Instance, bound: Bound, value: f64) {
        match bound {
            Bound::Fewest(p, e) => {
                let entry = &mut instance.parties[p].entries[e];
                (entry.from, entry.or_none) = (value, value <= 0.0);
            }
            Bound::Most(p, e) => instance.parties[p].entries[e].to = value,
            Bound::Cap(i) => instance.caps.push((self.instance.caps[i].0, value)),
            Bound::Resolved => instance.resolved = Some(value),
            Bound::Budget => instance.budget = Some(value),
        }
    }

    /// A bound in words, and what it would have to become for the others to hold.
    fn rule(&self, bound: Bound, others: &[Bound]) -> Rule {
        let base = self.with(others);
        let at = |value: f64| {
            let mut tried = base.clone();
            self.set(&mut tried, bound, value);
            self.possible(&tried)
        };
        let keep = |of: &dyn Fn(&KeepMeasure) -> bool| {
            let mut found = self.scenario.decide.keep.iter().filter(|k| of(&k.measure));
            found.next().map(|k| (k.place, k.text.clone()))
        };
        let kept = |found: Option<(usize, String)>| {
            let (place, text) = found.unwrap_or((1, String::new()));
            (format!("decide.keep.{place}"), text)
        };
        let ((path, text), relaxation) = match bound {
            Bound::Fewest(p, e) => {
                let from = self.instance.parties[p].entries[e].from;
                let needs = bisect(from, 0.0, at).round();
                (
                    self.heads((p, e), "from", "at least", from),
                    would_be(&format!("{from:.0}"), &format!("{needs:.0}")),
                )
            }
            Bound::Most(p, e) => {
                let to = self.instance.parties[p].entries[e].to;
                let mut most = to.max(1.0);
                while !at(most) && most < FREE {
                    most *= 2.0;
                }
                let needs = bisect(to, most, at);
                (
                    self.heads((p, e), "to", "at most", to),
                    would_be(
                        &format!("{to:.0}"),
                        &format!("{:.0}", (needs - 1e-3).ceil()),
                    ),
                )
            }
            Bound::Cap(i) => {
                let (vendor, cap) = self.instance.caps[i];
                let needs = bisect(cap, 1.0, at);
                (
                    kept(keep(&|m| *m == KeepMeasure::VendorShare(vendor))),
                    would_be(&percent(cap), &percent(needs)),
                )
            }
            Bound::Resolved => {
                let floor = self.instance.resolved.unwrap_or(0.0);
                let needs = bisect(floor, 0.0, at);
                let floors = self.scenario.decide.floors.iter();
                (
                    kept(floors.map(|f| (f.place, f.text.clone())).next()),
                    would_be(&percent(floor), &percent(needs)),
                )
            }
            Bound::Budget => {
                let budget = self.instance.budget.unwrap_or(0.0);
                let mut most = budget.abs().max(1.0);
                while !at(most) && most < 1e15 {
                    most *= 2.0;
                }
                let more = bisect(budget, most, at) - budget;
                let currency = &self.scenario.currency;
                (
                    kept(keep(&|m| *m == KeepMeasure::Budget)),
                    format!("{currency} {more:.0} more a month would be needed"),
                )
            }
        };
        Rule {
            path,
            text,
            relaxation,
        }
    }

    /// Path and words of an end of a lever, or of heads that are fixed.
    fn heads(&self, (p, e): (usize, usize), end: &str, side: &str, n: f64) -> (String, String) {
        let levers = &self.scenario.decide.levers;
        let lever = levers.iter().find(|l| l.target == LeverTarget::Heads(p, e));
        if let Some(lever) = lever {
            let path = format!("decide.\"{}\".{end}", lever.path);
            return (path, format!("{} {side} {n:.0}", lever.path));
        }
        let team = &self.scenario.teams[p].name;
        (
            format!("team.{team}.heads"),
            format!("{n:.0} heads in {team}"),
        )
    }
}

fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

fn would_be(from: &str, to: &str) -> String {
    format!("{from} would have to become about {to}")
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
