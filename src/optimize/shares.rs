//! Shares of routes: a walk over their steps by the linear model's cost, before anything is simulated.

use super::goal::Progress;
use super::infeasible::Infeasible;
use super::levers::share_levers;
use super::model::Scope;
use super::problem::Problem;
use crate::experiment::Case;
use crate::roster::load;
use crate::scenario::model::{KeepMeasure, Scenario};
use crate::solve::Options;

/// The case with the cheapest shares found.
///
/// Each lever in turn walks from where it stands to the neighbouring steps as long as that saves; cost is the linear
/// model's by formula, vendors' hours included.
///
/// # Errors
/// When a case cannot be made or a solver fails.
pub fn choose(case: &Case, options: &Options, progress: &dyn Progress) -> Result<Case, Infeasible> {
    let levers = share_levers(&case.scenario);
    let mut best = case.scenario.clone();
    let mut least = cost(&best, options)?;
    for ((route, entry), values) in &levers {
        let now = best.routes[*route].to[*entry].share.unwrap_or(0.0);
        let mut at = nearest(values, now);
        for step in [1_isize, -1] {
            while let Some(next) = at.checked_add_signed(step).filter(|n| *n < values.len()) {
                let mut scenario = best.clone();
                scenario.routes[*route].to[*entry].share = Some(values[next]);
                if !vendor_shares_kept(&scenario) {
                    break;
                }
                let money = cost(&scenario, options)?;
                progress.stage(&format!(
                    "share {:.0} %: cost by formula {money:.0}, before {least:.0}",
                    values[next] * 100.0
                ));
                if money >= least * (1.0 - 1e-6) {
                    break;
                }
                (least, best, at) = (money, scenario, next);
            }
        }
    }
    Case::new(best).map_err(|e| Infeasible::no_case(&e))
}

fn nearest(values: &[f64], to: f64) -> usize {
    let apart = |i: &usize| (values[*i] - to).abs();
    (0..values.len())
        .min_by(|a, b| apart(a).total_cmp(&apart(b)))
        .unwrap_or(0)
}

/// Cost by formula over the horizon, with what is short at its price.
fn cost(scenario: &Scenario, options: &Options) -> Result<f64, Infeasible> {
    let case = Case::new(scenario.clone()).map_err(|e| Infeasible::no_case(&e))?;
    let mut problem = Problem::new(&case);
    let tuning = problem.untuned();
    problem.tune(&tuning);
    let built = super::model::build(&problem, &tuning, &Scope::all(&problem));
    let solution =
        super::generate::solve(&problem, &built, options).map_err(|f| Infeasible::fault(&f))?;
    Ok(solution.objective)
}

/// Whether bounds on vendors' share of contacts hold by the routes' own shares.
fn vendor_shares_kept(scenario: &Scenario) -> bool {
    let load = load::load(scenario);
    let totals: Vec<f64> = load.contacts.iter().map(|c| c.iter().sum()).collect();
    let total: f64 = totals.iter().sum();
    let of = |vendor: Option<usize>| -> f64 {
        let mine = |team: usize| {
            let v = scenario.teams[team].vendor;
            v.is_some() && (vendor.is_none() || v == vendor)
        };
        let stream = |(s, n): (usize, &f64)| -> f64 {
            let shares = crate::roster::shares(scenario, s, 0);
            n * shares
                .iter()
                .filter(|x| mine(x.0))
                .map(|x| x.1)
                .sum::<f64>()
        };
        totals.iter().enumerate().map(stream).sum::<f64>() / total.max(1e-9)
    };
    scenario.decide.keep.iter().all(|keep| match keep.measure {
        KeepMeasure::VendorShare(vendor) => of(vendor) <= keep.at_most,
        _ => true,
    })
}
