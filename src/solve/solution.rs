//! What a solver answered.

use super::model::{RowId, Var};
use std::fmt;

/// What is known about the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Proven optimal within the gap limit asked for.
    Optimal,
    /// Feasible; a limit stopped the proof.
    Feasible,
    /// No values satisfy the model.
    Infeasible,
    /// The objective has no lower bound.
    Unbounded,
    /// A limit stopped the search before anything feasible was found.
    NothingFound,
}

/// Why a solve ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoppedBy {
    /// The answer is proven.
    Proof,
    /// The gap limit.
    Gap,
    /// The node (or iteration) limit.
    Nodes,
    /// The clock; only then may a repeated solve differ.
    Time,
}

impl StoppedBy {
    /// The word used in results: `proof`, `gap`, `nodes` or `time`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Proof => "proof",
            Self::Gap => "gap",
            Self::Nodes => "nodes",
            Self::Time => "time",
        }
    }
}

/// The answer to one solve. Objective and feasibility are recomputed by own arithmetic.
#[derive(Clone, Debug, PartialEq)]
pub struct Solution {
    /// What is known.
    pub status: Status,
    /// Objective at [`values`](Self::values); infinity without values.
    pub objective: f64,
    /// Proven lower bound on every objective; minus infinity when none is known.
    pub bound: f64,
    /// (objective - bound) / |objective|; 0 when proven, infinity without values or bound.
    pub gap: f64,
    /// One value per variable, whole where whole is due; empty without a feasible answer.
    pub values: Vec<f64>,
    /// One price per row: change of the objective per unit of right side. Only for linear models
    /// and solvers that give them.
    pub duals: Option<Vec<f64>>,
    /// Why the solve ended.
    pub stopped_by: StoppedBy,
}

impl Solution {
    /// An answer without values.
    pub(super) fn without_values(status: Status, stopped_by: StoppedBy, bound: f64) -> Self {
        Self {
            status,
            objective: f64::INFINITY,
            bound,
            gap: f64::INFINITY,
            values: Vec::new(),
            duals: None,
            stopped_by,
        }
    }

    /// Whether there are values to read.
    #[must_use]
    pub fn found(&self) -> bool {
        matches!(self.status, Status::Optimal | Status::Feasible)
    }

    /// Value of a variable. Only after [`found`](Self::found).
    #[must_use]
    pub fn value(&self, var: Var) -> f64 {
        self.values[var.0]
    }

    /// Price of a row, where the solver gave prices.
    #[must_use]
    pub fn dual(&self, row: RowId) -> Option<f64> {
        self.duals.as_ref().map(|duals| duals[row.0])
    }
}

/// Relative distance between an objective and its lower bound.
pub(super) fn relative_gap(objective: f64, bound: f64) -> f64 {
    let distance = (objective - bound).max(0.0);
    if distance <= 1e-9 {
        0.0
    } else {
        distance / objective.abs().max(1e-9)
    }
}

/// A solver failed in itself: nothing a user's input explains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault(pub String);

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the solver failed: {}", self.0)
    }
}

impl std::error::Error for Fault {}
