//! Re-checks an answer by own arithmetic: feasibility, objective, and the bound its prices prove.

use super::model::{Model, Row, RowId, Sense, Var};

/// Largest violation taken for rounding, relative to the size of the terms involved.
pub const TOLERANCE: f64 = 1e-6;

/// A rule of the model that given values break.
#[derive(Clone, Debug, PartialEq)]
pub enum Violation {
    /// There are more or fewer values than variables.
    Length {
        /// Number of variables.
        expected: usize,
        /// Number of values given.
        found: usize,
    },
    /// A value outside its variable's bounds, or not a number.
    Bound {
        /// The variable.
        var: Var,
        /// Its value.
        value: f64,
    },
    /// A fraction where a whole number is due.
    Fraction {
        /// The variable.
        var: Var,
        /// Its value.
        value: f64,
    },
    /// A row that does not hold.
    Row {
        /// The row.
        row: RowId,
        /// Its left side at these values.
        activity: f64,
    },
}

/// Every bound, whole-number rule and row of `model` that `values` break; empty when feasible.
///
/// ```
/// use staffwright::solve::{Model, Sense, check};
/// let mut model = Model::new();
/// let x = model.integer(1.0, 0.0, 5.0);
/// model.row([(x, 2.0)], Sense::AtLeast, 3.0);
/// assert!(check(&model, &[2.0]).is_empty());
/// assert_eq!(check(&model, &[1.5]).len(), 1); // a fraction
/// assert_eq!(check(&model, &[1.0]).len(), 1); // the row
/// ```
#[must_use]
pub fn check(model: &Model, values: &[f64]) -> Vec<Violation> {
    let expected = model.columns().len();
    if values.len() != expected {
        return vec![Violation::Length {
            expected,
            found: values.len(),
        }];
    }
    let mut violations = Vec::new();
    for (index, (column, &value)) in model.columns().iter().zip(values).enumerate() {
        let slack = TOLERANCE * value.abs().max(1.0);
        if !(value >= column.lower - slack && value <= column.upper + slack) {
            violations.push(Violation::Bound {
                var: Var(index),
                value,
            });
        } else if column.integer && (value - value.round()).abs() > TOLERANCE {
            violations.push(Violation::Fraction {
                var: Var(index),
                value,
            });
        }
    }
    for (index, row) in model.rows().iter().enumerate() {
        let (activity, size) = activity(row, values);
        let slack = TOLERANCE * size.max(row.right_side.abs()).max(1.0);
        let excess = activity - row.right_side;
        let holds = match row.sense {
            Sense::AtMost => excess <= slack,
            Sense::AtLeast => excess >= -slack,
            Sense::Equal => excess.abs() <= slack,
        };
        if !holds {
            violations.push(Violation::Row {
                row: RowId(index),
                activity,
            });
        }
    }
    violations
}

/// Left side of a row, and the largest magnitude among its terms.
fn activity(row: &Row, values: &[f64]) -> (f64, f64) {
    row.terms
        .iter()
        .fold((0.0, 0.0), |(sum, size), &(var, coefficient)| {
            let term = coefficient * values[var.0];
            (sum + term, f64::max(size, term.abs()))
        })
}

/// The objective of `model` at `values`.
#[must_use]
pub fn objective(model: &Model, values: &[f64]) -> f64 {
    model
        .columns()
        .iter()
        .zip(values)
        .map(|(column, value)| column.cost * value)
        .sum()
}

/// A lower bound on the objective of the relaxed model, proved by row prices alone (weak duality).
///
/// Any prices give a valid bound: prices of the wrong sign are taken as zero, and a reduced cost
/// that would pull a variable towards an infinite bound gives minus infinity unless it is no more
/// than rounding.
#[must_use]
pub fn proved_bound(model: &Model, duals: &[f64]) -> f64 {
    let mut reduced: Vec<f64> = model.columns().iter().map(|column| column.cost).collect();
    let mut bound = 0.0;
    for (row, &dual) in model.rows().iter().zip(duals) {
        let price = match row.sense {
            Sense::AtMost => dual.min(0.0),
            Sense::AtLeast => dual.max(0.0),
            Sense::Equal => dual,
        };
        bound += price * row.right_side;
        for &(var, coefficient) in &row.terms {
            reduced[var.0] -= price * coefficient;
        }
    }
    for (column, &cost) in model.columns().iter().zip(&reduced) {
        let end = if cost > 0.0 {
            column.lower
        } else {
            column.upper
        };
        let rounding = TOLERANCE * column.cost.abs().max(1.0);
        if end.is_finite() {
            bound += cost * end;
        } else if cost.abs() > rounding {
            return f64::NEG_INFINITY;
        }
    }
    bound
}

#[cfg(test)]
mod tests {
    use super::*;

    /// min x + 2y, x + y >= 3, x <= 2: optimum 4 with price 2 on the row.
    fn example() -> Model {
        let mut model = Model::new();
        let x = model.continuous(1.0, 0.0, 2.0);
        let y = model.continuous(2.0, 0.0, f64::INFINITY);
        model.row([(x, 1.0), (y, 1.0)], Sense::AtLeast, 3.0);
        model
    }

    #[test]
    fn the_right_prices_prove_the_optimum() {
        let model = example();
        assert_eq!(objective(&model, &[2.0, 1.0]), 4.0);
        assert_eq!(proved_bound(&model, &[2.0]), 4.0);
        assert_eq!(proved_bound(&model, &[1.0]), 3.0);
        assert_eq!(
            proved_bound(&model, &[-1.0]),
            0.0,
            "a price of the wrong sign proves nothing"
        );
        assert_eq!(proved_bound(&model, &[3.0]), f64::NEG_INFINITY);
    }

    #[test]
    fn every_violation_is_named() {
        let model = example();
        assert!(check(&model, &[2.0, 1.0]).is_empty());
        assert_eq!(
            check(&model, &[2.5, 0.0]),
            vec![
                Violation::Bound {
                    var: Var(0),
                    value: 2.5
                },
                Violation::Row {
                    row: RowId(0),
                    activity: 2.5
                }
            ]
        );
        assert_eq!(
            check(&model, &[1.0]),
            vec![Violation::Length {
                expected: 2,
                found: 1
            }]
        );
        assert_eq!(
            check(&model, &[f64::NAN, 3.0]).len(),
            2,
            "not a number satisfies nothing"
        );
    }
}
