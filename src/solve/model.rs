//! A linear or integer model: variables with bounds and prices, rows that relate them.

/// A variable of a [`Model`]: its index in the order of creation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Var(pub(super) usize);

impl Var {
    /// The variable at a position of [`Model::columns`].
    #[must_use]
    pub fn at(index: usize) -> Self {
        Self(index)
    }

    /// Position of the variable's value in [`Solution::values`](super::Solution::values).
    #[must_use]
    pub fn index(self) -> usize {
        self.0
    }
}

/// A row of a [`Model`]: its index in the order of creation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId(pub(super) usize);

impl RowId {
    /// Position of the row's price in [`Solution::duals`](super::Solution::duals).
    #[must_use]
    pub fn index(self) -> usize {
        self.0
    }
}

/// How the left side of a row compares with its right side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// At most the right side.
    AtMost,
    /// At least the right side.
    AtLeast,
    /// Exactly the right side.
    Equal,
}

/// One variable.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Price per unit in the (minimised) objective.
    pub cost: f64,
    /// Least value, possibly minus infinity.
    pub lower: f64,
    /// Greatest value, possibly infinity.
    pub upper: f64,
    /// Whether only whole values are allowed.
    pub integer: bool,
}

/// One row: `sum(coefficient * variable)  sense  right_side`.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Variable and coefficient; each variable at most once, in ascending order.
    pub terms: Vec<(Var, f64)>,
    /// The comparison.
    pub sense: Sense,
    /// The right side.
    pub right_side: f64,
}

/// A model whose objective is minimised.
///
/// ```
/// use staffwright::solve::{Model, Sense};
/// let mut model = Model::new();
/// let day = model.integer(240.0, 0.0, 20.0);
/// let night = model.integer(280.0, 0.0, 20.0);
/// model.row([(day, 1.0), (night, 1.0)], Sense::AtLeast, 7.0);
/// assert_eq!((model.columns().len(), model.rows().len()), (2, 1));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    columns: Vec<Column>,
    rows: Vec<Row>,
}

impl Model {
    /// A model without variables.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a variable that may take any value within its bounds.
    pub fn continuous(&mut self, cost: f64, lower: f64, upper: f64) -> Var {
        self.column(Column {
            cost,
            lower,
            upper,
            integer: false,
        })
    }

    /// Adds a variable that may take whole values within its bounds.
    pub fn integer(&mut self, cost: f64, lower: f64, upper: f64) -> Var {
        self.column(Column {
            cost,
            lower,
            upper,
            integer: true,
        })
    }

    /// Adds a yes-or-no variable.
    pub fn binary(&mut self, cost: f64) -> Var {
        self.integer(cost, 0.0, 1.0)
    }

    fn column(&mut self, column: Column) -> Var {
        self.columns.push(column);
        Var(self.columns.len() - 1)
    }

    /// Adds a row. Repeated variables are summed; zero coefficients vanish.
    pub fn row(
        &mut self,
        terms: impl IntoIterator<Item = (Var, f64)>,
        sense: Sense,
        right_side: f64,
    ) -> RowId {
        let mut sorted: Vec<(Var, f64)> = terms.into_iter().collect();
        sorted.sort_by_key(|(var, _)| *var);
        let mut merged: Vec<(Var, f64)> = Vec::with_capacity(sorted.len());
        for (var, coefficient) in sorted {
            match merged.last_mut() {
                Some(last) if last.0 == var => last.1 += coefficient,
                _ => merged.push((var, coefficient)),
            }
        }
        merged.retain(|(_, coefficient)| *coefficient != 0.0);
        self.rows.push(Row {
            terms: merged,
            sense,
            right_side,
        });
        RowId(self.rows.len() - 1)
    }

    /// Changes the price of a variable.
    pub fn set_cost(&mut self, var: Var, cost: f64) {
        self.columns[var.0].cost = cost;
    }

    /// Changes the bounds of a variable.
    pub fn set_bounds(&mut self, var: Var, lower: f64, upper: f64) {
        let column = &mut self.columns[var.0];
        (column.lower, column.upper) = (lower, upper);
    }

    /// Changes the right side of a row.
    pub fn set_right_side(&mut self, row: RowId, right_side: f64) {
        self.rows[row.0].right_side = right_side;
    }

    /// The variables in the order of creation.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The rows in the order of creation.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Whether some variable must be whole.
    #[must_use]
    pub fn has_integers(&self) -> bool {
        self.columns.iter().any(|column| column.integer)
    }

    /// The same model with every variable free to take fractions.
    #[must_use]
    pub fn relaxed(&self) -> Self {
        let mut relaxed = self.clone();
        for column in &mut relaxed.columns {
            column.integer = false;
        }
        relaxed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_merged_and_ordered() {
        let mut model = Model::new();
        let (a, b) = (model.binary(1.0), model.binary(1.0));
        model.row([(b, 1.0), (a, 2.0), (b, -1.0), (a, 0.5)], Sense::Equal, 1.0);
        assert_eq!(model.rows()[0].terms, vec![(a, 2.5)]);
    }

    #[test]
    fn relaxing_keeps_bounds() {
        let mut model = Model::new();
        model.binary(3.0);
        let relaxed = model.relaxed();
        assert!(!relaxed.has_integers() && model.has_integers());
        assert_eq!(relaxed.columns()[0].upper, 1.0);
    }
}
