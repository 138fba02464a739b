//! What a mix is worth: break-even prices, regret case by case, and what planning for all cases gains.

use super::answer::{Answer, NoAnswer, decide, weighed};
use super::instance::Instance;
use crate::solve::Options;

/// Rounds of the search for a break-even price; each solves one model.
const ROUNDS: usize = 6;
/// A price within this share of break-even is break-even.
const CLOSE: f64 = 1e-3;

/// The price at which a vendor is worth as much as doing without it; `None` where no price above nothing is low
/// enough, or the vendor cannot be done without.
///
/// With the vendor used, least cost is a concave function of its price (a minimum of linear ones), so Newton's steps
/// on its distance from the cost without the vendor arrive from below after the first one.
///
/// # Errors
/// When the solver fails.
pub fn break_even(
    instance: &Instance,
    vendor: usize,
    options: &Options,
) -> Result<Option<f64>, NoAnswer> {
    let without = match decide(&instance.without(vendor), options) {
        Ok(answer) => answer.objective,
        Err(NoAnswer::Infeasible) => return Ok(None),
        Err(fault) => return Err(fault),
    };
    let mut with = instance.clone();
    let mine = |p: &&mut super::instance::Party| p.vendor == Some(vendor);
    for party in with.parties.iter_mut().filter(mine) {
        for entry in &mut party.entries {
            entry.or_none = false;
            entry.from = entry.from.max(1.0);
        }
    }
    let terms = &instance.vendors[vendor];
    let mut factor = 1.0;
    for _ in 0..ROUNDS {
        with.vendors[vendor] = terms.priced(factor);
        let answer = match decide(&with, options) {
            Ok(answer) => answer,
            Err(NoAnswer::Infeasible) => return Ok(None),
            Err(fault) => return Err(fault),
        };
        let slope = slope(&with, &answer, vendor);
        if slope <= 0.0 {
            return Ok(None);
        }
        let next = factor * (1.0 + (without - answer.objective) / slope);
        if next <= 0.0 {
            return Ok(None);
        }
        let step = (next - factor).abs();
        factor = next;
        if step <= CLOSE {
            break;
        }
    }
    Ok(Some(terms.tariff[0].price * factor))
}

/// Change of an answer's objective with a factor on a vendor's prices, weighed as the objective weighs cases.
fn slope(instance: &Instance, answer: &Answer, vendor: usize) -> f64 {
    let step = 1e-3;
    let mut dearer = instance.clone();
    dearer.vendors[vendor] = instance.vendors[vendor].priced(1.0 + step);
    let cost = |i: &Instance| -> f64 {
        let of = |case: usize| -> f64 {
            (0..i.months)
                .map(|m| answer.money(i, case, m).total())
                .sum()
        };
        weighed(i, &(0..i.cases.len()).map(of).collect::<Vec<f64>>())
    };
    (cost(&dearer) - cost(instance)) / step
}

/// Per case: by how much the mix costs more than the best one for that case alone.
///
/// # Errors
/// When the solver fails.
pub fn regret(
    instance: &Instance,
    answer: &Answer,
    options: &Options,
) -> Result<Vec<f64>, NoAnswer> {
    (0..instance.cases.len())
        .map(|case| {
            let known = decide(&instance.only(case), options)?;
            Ok((answer.cost[case] - known.objective).max(0.0))
        })
        .collect()
}

/// The instance with heads as an answer commits them.
#[must_use]
pub fn committed(instance: &Instance, heads: &[Vec<f64>]) -> Instance {
    let mut fixed = instance.clone();
    for (party, heads) in fixed.parties.iter_mut().zip(heads) {
        for (entry, &count) in party.entries.iter_mut().zip(heads) {
            (entry.from, entry.to, entry.or_none) = (count, count, count == 0.0);
        }
    }
    fixed
}

/// What the plan for the forecast alone would cost more in all cases: the value of planning for them (VSS).
///
/// # Errors
/// When the solver fails.
pub fn hedging(
    instance: &Instance,
    answer: &Answer,
    options: &Options,
) -> Result<Option<f64>, NoAnswer> {
    let forecast = decide(&instance.mean(), options)?;
    match decide(&committed(instance, &forecast.heads), options) {
        Ok(plan) => Ok(Some((plan.objective - answer.objective).max(0.0))),
        // The forecast's plan breaks a bound in some case.
        Err(NoAnswer::Infeasible) => Ok(None),
        Err(fault) => Err(fault),
    }
}
