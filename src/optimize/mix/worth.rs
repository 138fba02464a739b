//! What a mix is worth: break-even prices, regret case by case, and what planning for all cases gains.

use super::answer::{Answer, NoAnswer, decide, weighed};
use super::instance::{Instance, VendorTerms};
use crate::solve::Options;

/// Rounds of the search for a break-even price; each solves one model.
const ROUNDS: usize = 8;
/// A price within this share of break-even is break-even.
const CLOSE: f64 = 1e-3;

/// The price at which a vendor is worth as much as doing without it; `None` where it is worth nothing even for nothing,
/// or cannot be done without.
///
/// With the vendor used, least cost is a concave function of its price (a minimum of linear ones), so Newton's steps
/// on its distance from the cost without the vendor arrive from below after the first one; a first step that falls below
/// nought begins again there. A vendor is worth something only where it saves, for nothing, more than the solves are sure of
/// (their gap): where nothing can be saved both costs are equal, and their rounding must not decide.
///
/// # Errors
/// When the solver fails.
pub fn break_even(
    instance: &Instance,
    vendor: usize,
    options: &Options,
) -> Result<Option<f64>, NoAnswer> {
    let Some(without) = possible(decide(&instance.without(vendor), options))? else {
        return Ok(None);
    };
    let without = without.objective;
    let terms = &instance.vendors[vendor];
    let mut with = used(instance, vendor);
    let doubt = options.gap_limit.max(CLOSE * CLOSE) * without.abs();
    with.vendors[vendor] = terms.priced(0.0);
    match possible(decide(&with, options))? {
        Some(free) if without - free.objective > doubt => {}
        _ => return Ok(None),
    }
    let mut factor = 1.0;
    for _ in 0..ROUNDS {
        with.vendors[vendor] = terms.priced(factor);
        let Some(answer) = possible(decide(&with, options))? else {
            return Ok(None);
        };
        let slope = slope(&with, &answer, (vendor, terms, factor));
        let next = if slope > 0.0 {
            (factor + (without - answer.objective) / slope).max(0.0)
        } else {
            // Nothing is bought at this price: the price at which something is lies below.
            0.0
        };
        let step = (next - factor).abs();
        factor = next;
        if step <= CLOSE * factor {
            break;
        }
    }
    Ok(Some(terms.tariff[0].price * factor))
}

/// An answer, `None` where there is none.
fn possible(answer: Result<Answer, NoAnswer>) -> Result<Option<Answer>, NoAnswer> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(NoAnswer::Infeasible) => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// The same with a vendor that must be used.
fn used(instance: &Instance, vendor: usize) -> Instance {
    let mut with = instance.clone();
    let mine = |p: &&mut super::instance::Party| p.vendor == Some(vendor);
    for party in with.parties.iter_mut().filter(mine) {
        for entry in &mut party.entries {
            entry.or_none = false;
            entry.from = entry.from.max(1.0);
        }
    }
    with
}

/// Change of an answer's objective with the factor on a vendor's prices, weighed as the objective weighs cases.
fn slope(
    instance: &Instance,
    answer: &Answer,
    (vendor, terms, factor): (usize, &VendorTerms, f64),
) -> f64 {
    let step = 1e-3;
    let mut dearer = instance.clone();
    dearer.vendors[vendor] = terms.priced(factor + step);
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
