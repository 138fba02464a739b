//! Iterative refinement of the requirement: the load of every hour set right by what was simulated in it.
//!
//! The modified offered load knows how work carries over from hour to hour when everybody is served at once. It does not know
//! of queues that carry over: what an understaffed hour leaves to the next, callers who wait at opening time, breaks
//! that begin late because a call goes on. As in iterative staffing (Feldman, Mandelbaum, Massey & Whitt 2008, "Staffing of
//! time-varying queues to achieve time-stable performance") the staffed system is simulated and the requirement corrected
//! cell by cell, until neither moves: the load of a cell gets the factor with which the formula gives the service
//! that was seen there with the agents who were there. With few contacts a factor is drawn towards 1.

use super::gradient::Observed;
use super::problem::{Problem, Tuning};

/// Contacts in a cell at which half of a factor is believed.
const HALF: f64 = 400.0;
/// A cell's factor lies between these.
const FACTORS: (f64, f64) = (0.5, 2.0);
/// Shares beyond which no factor can be told.
const TELLING: (f64, f64) = (0.02, 0.995);

/// Moves every cell's factor half of the way (on a log scale) to what was seen with these agents, `[pool][cell]`.
///
/// Only promises are read whose contacts all go to one pool and whose curve draws the right picture.
pub fn refine(problem: &Problem, tuning: &mut Tuning, cover: &[Vec<f64>], seen: &[Observed]) {
    let cells = problem.grid.cells();
    for (p, pool) in problem.demand.pools.iter().enumerate() {
        for (q, queue) in pool.queues.iter().enumerate() {
            let pools = problem.demand.pools.iter();
            let alike = pools.filter(|p| p.queues.iter().any(|o| o.promise == queue.promise));
            if alike.count() > 1 || !problem.crossed[queue.promise].is_empty() {
                continue;
            }
            for cell in (0..cells).filter(|&c| queue.offered[c] > 0.0) {
                let (good, all) = super::gradient::in_cell(seen, queue.promise * cells + cell);
                let load = pool.load[cell] * tuning.load[p][q];
                if all <= 0.0 || load <= 0.0 {
                    continue;
                }
                let share = (good / all).clamp(TELLING.0, TELLING.1);
                let level = |factor: f64| problem.curves[p][q].level(load * factor, cover[p][cell]);
                let found = solve(level, share);
                let factor = &mut tuning.local[p][q][cell];
                let believed = libm::pow(found, all / (all + HALF));
                *factor = (*factor * believed).sqrt();
            }
        }
    }
}

/// The factor at which a falling function takes a value, within bounds.
fn solve(level: impl Fn(f64) -> f64, value: f64) -> f64 {
    let (mut low, mut high) = FACTORS;
    for _ in 0..16 {
        let middle = (low * high).sqrt();
        if level(middle) > value {
            low = middle;
        } else {
            high = middle;
        }
    }
    (low * high).sqrt()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::coverage::coverage;
    use super::super::gradient::in_cell;
    use super::super::taken::Taken;
    use super::super::tune::Tuner;
    use super::*;
    use crate::experiment::{Case, Settings, collect_with};

    /// Root of the mean square, over contacts, of how far the formula's service in a cell lies from what is seen.
    fn off(problem: &Problem, tuning: &Tuning, cover: &[f64], seen: &[Observed]) -> f64 {
        let pool = &problem.demand.pools[0];
        let (mut squares, mut contacts) = (0.0, 0.0);
        for (cell, &agents) in cover.iter().enumerate() {
            let (good, all) = in_cell(seen, cell);
            if all > 0.0 {
                let load = pool.load[cell] * tuning.load[0][0] * tuning.local[0][0][cell];
                let said = problem.curves[0][0].level(load, agents);
                squares += all * (said - good / all) * (said - good / all);
                contacts += all;
            }
        }
        (squares / f64::max(contacts, 1.0)).sqrt()
    }

    #[test]
    fn hours_after_a_rush_are_seen_as_they_are() {
        // Half-hour calls that all want to begin in the morning: by formula every hour stands for itself and one factor
        // does for all; what the rush leaves behind is in the simulation alone.
        let scenario = crate::scenario::load("tests/optimize/rush.toml".as_ref()).unwrap();
        let case = Case::new(scenario).unwrap();
        let problem = Problem::new(&case);
        let play = |first: u64| {
            let settings = Settings {
                first,
                replications: 400,
                ..Settings::default()
            };
            let mut seen = Vec::new();
            let (collected, _) = collect_with(&case, &settings, &mut |ledger| {
                seen.push(Observed::new(&problem.grid, ledger));
            });
            (seen, collected)
        };
        let (seen, collected) = play(0);
        let cover = coverage(&case, &problem.grid, 0);
        let mut tuner = Tuner::new(&problem);
        for _ in 0..6 {
            tuner.learn(&problem, &case, &collected, (&seen, &Taken::default()), 400);
        }
        let mut one_factor = tuner.tuning.clone();
        one_factor.local[0][0].fill(1.0);
        // Held against replications that nothing was learnt from.
        let (fresh, _) = play(1_000);
        let plain = off(&problem, &one_factor, &cover, &fresh);
        let refined = off(&problem, &tuner.tuning, &cover, &fresh);
        assert!(refined < 0.6 * plain, "{refined} {plain}");
    }
}
