//! What couples the parts, as money: read off the duals of the whole model.

use super::super::problem::Problem;
use super::heads::{people, use_of};
use super::parts::{Built, Prices, dearest};
use crate::solve::Solution;

/// Price of an hour worked by people who are paid anyway, in dearest hours.
const TRIFLE: f64 = 0.01;

impl Built {
    /// What couples the parts, by the solution's duals (zero where the solver gives none).
    #[must_use]
    pub fn prices(&self, problem: &Problem, solution: &Solution, duals: &[f64]) -> Prices {
        let (there, head) = people(problem, &self.heads, solution);
        let mut prices = Prices {
            column: problem
                .columns
                .iter()
                .map(|c| c.cost * problem.times(c))
                .collect(),
            served: self
                .promised
                .iter()
                .map(|row| row.map_or(0.0, |r| duals[r.index()]))
                .collect(),
            cuts: self.cuts.iter().map(|row| duals[row.index()]).collect(),
            there,
            x: self.x(problem, solution),
            head,
        };
        for &(key, row) in &self.coupling {
            let dual = duals[row.index()];
            if dual != 0.0 {
                for (c, price) in prices.column.iter_mut().enumerate() {
                    *price -= dual * use_of(problem, key, c);
                }
            }
        }
        // Where heads are there anyway an hour costs nothing; it is still not worked for nothing.
        for (price, column) in prices.column.iter_mut().zip(&problem.columns) {
            let weeks = problem.times(column);
            *price += TRIFLE * column.paid_h * weeks * dearest(problem);
        }
        prices
    }
}
