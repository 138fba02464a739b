//! Whether a linear answer keeps everything that is asked of it.

use super::super::flows::Flow;
use super::super::problem::{Group, Problem, Tuning};
use super::parts::{Built, Lack};
use crate::roster::takers;
use crate::solve::Solution;

/// Contacts short of a promise that count as none, as a share of those it covers, and their number.
const NEGLIGIBLE: (f64, f64) = (1e-4, 1.0);
/// What is lacking of deferred work and of people that counts as none, as a share of all there is.
const ROUNDING: f64 = 1e-4;

/// Contacts of a group short of its promise that count as none.
#[must_use]
pub fn negligible(group: &Group) -> f64 {
    (NEGLIGIBLE.0 * group.offered).max(NEGLIGIBLE.1)
}

impl Built {
    /// Whether no promise, due date, bound on occupancy or minimum of people is short.
    #[must_use]
    pub fn nothing_short(&self, problem: &Problem, tuning: &Tuning, solution: &Solution) -> bool {
        let broken = self.broken(problem, solution);
        let mut groups = broken.iter().zip(&problem.groups);
        let served = groups.all(|(broken, group)| *broken <= negligible(group));
        let flows = problem.demand.pools.iter().flat_map(|p| &p.flows);
        let work: f64 = flows.flat_map(|f| &f.arriving).sum();
        let (mut overdue, mut absent) = (0.0, 0.0);
        for &(lack, var) in &self.lacking {
            match lack {
                Lack::Overdue(..) => overdue += solution.value(var),
                Lack::Occupancy(_) | Lack::AtWork(_) => absent += solution.value(var),
                Lack::Beside(_) => {}
            }
        }
        served && overdue <= out_of_reach(problem, tuning) + ROUNDING * work && absent <= 1e-3
    }
}

/// Work that comes when nobody of its pool can be there in time, where that breaks no rule: nothing is promised, and it waits
/// for them; or others take it over, though it is planned for this pool.
fn out_of_reach(problem: &Problem, tuning: &Tuning) -> f64 {
    let mut sum = 0.0;
    for (p, pool) in problem.demand.pools.iter().enumerate() {
        let mut there = vec![false; problem.grid.cells()];
        for &team in &pool.teams {
            let may = problem.workable(team).into_iter();
            for ((there, may), fixed) in there.iter_mut().zip(may).zip(&problem.fixed[team]) {
                *there |= may || *fixed > 0.0;
            }
        }
        let flows = pool.flows.iter().enumerate();
        let elsewhere =
            |&s: &usize| takers(problem.scenario, s, 0).any(|t| problem.demand.pool_of[t] != p);
        let harmless = |flow: &Flow| flow.promised.is_empty() || flow.streams.iter().all(elsewhere);
        for (f, flow) in flows.filter(|(_, flow)| harmless(flow)) {
            for pattern in &problem.grid.patterns {
                for inside in 0..pattern.cells {
                    let cell = pattern.first + inside;
                    let at = |later: usize| pattern.first + (inside + later) % pattern.cells;
                    if !(0..=flow.lies[cell]).any(|later| there[at(later)]) {
                        sum += tuning.work[p][f] * flow.arriving[cell];
                    }
                }
            }
        }
    }
    sum
}
