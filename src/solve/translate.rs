//! Writes a [`Model`] in good_lp's terms, once for every solver.

use super::model::{Model, Sense};
use good_lp::variable::UnsolvedProblem;
use good_lp::{Constraint, Expression, ProblemVariables, Variable, variable};

/// The model's variables and objective, its rows, and the handles of the variables.
pub(super) struct Translated {
    pub problem: UnsolvedProblem,
    pub rows: Vec<Constraint>,
    pub handles: Vec<Variable>,
}

pub(super) fn translate(model: &Model, start: Option<&[f64]>) -> Translated {
    let mut variables = ProblemVariables::new();
    let mut cost = Expression::with_capacity(model.columns().len());
    let mut handles = Vec::with_capacity(model.columns().len());
    for (index, column) in model.columns().iter().enumerate() {
        let mut definition = variable().min(column.lower).max(column.upper);
        if column.integer {
            definition = definition.integer();
        }
        if let Some(values) = start {
            definition = definition.initial(values[index]);
        }
        let handle = variables.add(definition);
        cost.add_mul(column.cost, handle);
        handles.push(handle);
    }
    let rows = model
        .rows()
        .iter()
        .map(|row| {
            let mut left = Expression::with_capacity(row.terms.len());
            for &(var, coefficient) in &row.terms {
                left.add_mul(coefficient, handles[var.0]);
            }
            match row.sense {
                Sense::AtMost => left.leq(row.right_side),
                Sense::AtLeast => left.geq(row.right_side),
                Sense::Equal => left.eq(row.right_side),
            }
        })
        .collect();
    Translated {
        problem: variables.minimise(cost),
        rows,
        handles,
    }
}
