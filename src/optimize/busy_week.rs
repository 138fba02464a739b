//! Deferred work of a busy week: what a promise that has to hold in most weeks starts from.
//!
//! Weeks differ. With a day factor of mean 1, coefficient of variation `c` and correlation `r` from day to day, the mean
//! of the seven days of a week has the variance `c² / 49 Σ r^|i-j|` over all pairs of days; of `k` streams that
//! correlate by `a` on a day a part `a + (1 - a) / k` is left when they are summed up. A promise on deferred work that
//! has to hold in 90 % of weeks must hold in the week at the 90 % quantile (gamma). Live work of that week is larger,
//! too, and goes first, so the whole pool's surplus falls on its deferred work. It is a start: the simulation of plans
//! corrects the factors up and down.

use super::demand::Pool;
use super::problem::Problem;
use crate::random::Law;
use crate::scenario::model::Busyness;

/// Days of a week.
const DAYS: i32 = 7;
/// Factors on deferred work begin at most here.
const MOST: f64 = 1.4;

/// Coefficient of variation of a week's mean day factor over some streams.
fn weekly_cv(busyness: &Busyness, streams: usize) -> f64 {
    let days = (0..DAYS).flat_map(|i| (0..DAYS).map(move |j| (i - j).unsigned_abs()));
    let pairs: f64 = days
        .map(|apart| libm::pow(busyness.day_to_day, f64::from(apart)))
        .sum();
    let common =
        busyness.across_streams + (1.0 - busyness.across_streams) / (streams.max(1) as f64);
    busyness.cv * (common * pairs).sqrt() / f64::from(DAYS)
}

/// Per pool and flow: factor on its work so that a week as busy as its promise has to bear is done.
#[must_use]
pub fn factors(problem: &Problem) -> Vec<Vec<f64>> {
    let pools = problem.demand.pools.iter();
    pools.map(|pool| of_pool(problem, pool)).collect()
}

fn of_pool(problem: &Problem, pool: &Pool) -> Vec<f64> {
    let busyness = &problem.scenario.busyness;
    let deferred: f64 = pool.flows.iter().flat_map(|f| &f.arriving).sum();
    let all = deferred + pool.load.iter().sum::<f64>();
    let streams = pool.flows.iter().map(|f| f.streams.len()).sum::<usize>();
    let streams = streams + pool.queues.iter().map(|q| q.parts.len()).sum::<usize>();
    let of_flow = |flow: &super::flows::Flow| {
        let holds = flow.promised.iter();
        let hold = holds.filter_map(|p| problem.scenario.promises[p.0].hold);
        let Some(hold) = hold.reduce(f64::max) else {
            return 1.0;
        };
        if !pool.busy || busyness.cv <= 0.0 || deferred <= 0.0 {
            return 1.0;
        }
        let law = Law::Gamma {
            mean: 1.0,
            cv: weekly_cv(busyness, streams),
        };
        let busier = (law.quantile(hold.min(0.99)) - 1.0).max(0.0);
        (1.0 + busier * all / deferred).min(MOST)
    };
    pool.flows.iter().map(of_flow).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_varies_less_than_its_days_unless_they_are_alike() {
        let days = |day_to_day: f64, across_streams: f64| Busyness {
            cv: 0.12,
            day_to_day,
            across_streams,
        };
        let cv = |r, a, k| weekly_cv(&days(r, a), k);
        assert!((cv(0.0, 1.0, 5) - 0.12 / 7.0_f64.sqrt()).abs() < 1e-12);
        assert!((cv(1.0, 1.0, 5) - 0.12).abs() < 1e-12);
        // Four streams of their own halve it; one alone is what it is, whatever others do.
        assert!((cv(1.0, 0.0, 4) - 0.06).abs() < 1e-12);
        assert!((cv(0.3, 0.0, 1) - cv(0.3, 1.0, 9)).abs() < 1e-12);
    }
}
