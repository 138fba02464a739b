//! A bundled mix, decided alone over few cases and months: what is recommended keeps its bounds, and its break-even price
//! agrees with it. `cargo bench --bench savings` decides all of them as they are written.
#![allow(clippy::unwrap_used)]

use super::{Chosen, Lessons, choose};
use crate::experiment::Case;
use crate::optimize::Goal;
use crate::scenario::load_with;
use crate::scenario::model::LeverTarget;
use std::path::Path;

/// Cases of demand, and months.
const CASES: usize = 2;
const MONTHS: usize = 3;

fn chosen(file: &str) -> (Case, Chosen) {
    let demand = format!("{{ error = \"10%\", cases = {CASES}, months = {MONTHS} }}");
    let sets = [("decide.demand".to_owned(), demand)];
    let case = Case::new(load_with(Path::new(file), &sets).unwrap()).unwrap();
    let chosen = choose(&case, &Goal::default(), &Lessons::none(&case.scenario), &()).unwrap();
    (case, chosen)
}

/// What must be true of any mix.
fn holds(case: &Case, chosen: &Chosen) {
    let mix = &chosen.mix;
    assert_eq!((mix.cases.len(), mix.path.len()), (CASES, MONTHS));
    assert!(mix.bound <= mix.objective && mix.objective <= mix.bound * 1.002);
    // The worst tenth costs more than the mean; planning for all cases is never dearer than for the forecast alone.
    assert!(mix.cvar.unwrap() >= mix.mean_cost);
    assert!(mix.hedging.is_none_or(|h| h >= 0.0));
    assert!(mix.cases.iter().all(|c| c.regret >= 0.0));
    let chances: f64 = mix.cases.iter().map(|c| c.chance).sum();
    assert!((chances - 1.0).abs() < 1e-9);
    let mean: f64 = mix.cases.iter().map(|c| c.chance * c.cost).sum();
    assert!((mean / mix.mean_cost - 1.0).abs() < 1e-9);
    let shares: f64 = mix.parties.iter().map(|p| p.share).sum();
    assert!((shares - 1.0).abs() < 1e-6, "{shares}");
    for vendor in &mix.vendors {
        // A vendor is used when its price is below the break-even, and only then; within what solves are sure of.
        match vendor.break_even {
            Some(even) if vendor.used => assert!(vendor.price < even * 1.1, "{vendor:?}"),
            Some(even) => assert!(vendor.price > even / 1.1 && even > 0.0, "{vendor:?}"),
            None => assert!(!vendor.used, "{vendor:?}"),
        }
    }
    // Shares stand on the grid that the levers ask for, within their range.
    for (asked, fixed) in case
        .scenario
        .decide
        .levers
        .iter()
        .zip(&chosen.case.scenario.decide.levers)
    {
        if let LeverTarget::Share(..) = asked.target {
            assert_eq!(fixed.from, fixed.to);
            let steps = (fixed.from - asked.from) / asked.step.unwrap();
            assert!((steps - steps.round()).abs() < 1e-6, "{fixed:?}");
            assert!(
                fixed.from >= asked.from && fixed.to <= asked.to,
                "{fixed:?}"
            );
        }
    }
}

#[test]
fn the_scale_ups_mix_keeps_its_bounds() {
    let (case, chosen) = chosen("scenarios/scale-up/mix.toml");
    holds(&case, &chosen);
    let vendor = &chosen.mix.vendors[0];
    assert!(vendor.share <= 0.4 + 1e-6, "{vendor:?}");
    // It bills eight seats in any case.
    let minimum = 8.0 * 40.0 * 365.25 / 7.0 / 12.0 * vendor.price;
    assert!(
        !vendor.used || vendor.billed >= minimum * (1.0 - 1e-6),
        "{vendor:?}"
    );
}
