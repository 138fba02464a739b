//! Cuts by simulation as rows: over the whole week, or a part's share of them.

use super::super::problem::{Problem, Tuning};
use super::parts::{Built, Scope, dearest};
use super::service::BROKEN;
use crate::solve::Sense;

/// Price of what a part leaves of its share of a cut, in multiples of the cut's own price: half a shift short is worth a
/// shift.
const SHARE: f64 = 2.0;

/// Each cut over the columns of a scope; what is short is paid for like broken promises.
pub fn cut_rows(problem: &Problem, tuning: &Tuning, scope: &Scope, built: &mut Built) {
    for (k, cut) in tuning.cuts.iter().enumerate() {
        let terms: Vec<_> = built
            .columns
            .iter()
            .map(|&(c, var)| (c, var, cut.of_column(problem, c)))
            .filter(|t| t.2 > 0.0)
            .collect();
        let offered = problem.groups[cut.group].offered;
        let (need, price) = match scope.parted {
            Some((prices, _)) => {
                let share = terms.iter().map(|&(c, _, q)| q * prices.x[c]).sum();
                (share, SHARE * prices.cuts[k])
            }
            None => (
                cut.need(problem, tuning),
                BROKEN * dearest(problem) * offered,
            ),
        };
        if price <= 0.0 || (terms.is_empty() && scope.parted.is_some()) {
            continue;
        }
        let short = built.model.continuous(price, 0.0, f64::INFINITY);
        let row = terms
            .iter()
            .map(|&(_, var, q)| (var, q))
            .chain([(short, 1.0)]);
        let id = built.model.row(row, Sense::AtLeast, need);
        if scope.parted.is_none() {
            built.cuts.push(id);
            built.uncut.push((cut.group, short));
        }
    }
}
