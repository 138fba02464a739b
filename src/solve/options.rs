//! Which solver is asked, and how long it may think.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// A solver compiled into the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Solver {
    /// HiGHS: fast, with bounds, prices and warm starts.
    #[cfg(feature = "highs")]
    Highs,
    /// microlp: pure Rust and slower; row prices are not available, and node limits and LP methods
    /// are ignored.
    Microlp,
}

impl Solver {
    /// The solvers this program was built with, the preferred one first.
    pub const ALL: &'static [Solver] = &[
        #[cfg(feature = "highs")]
        Solver::Highs,
        Solver::Microlp,
    ];

    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            #[cfg(feature = "highs")]
            Solver::Highs => "highs",
            Solver::Microlp => "microlp",
        }
    }
}

impl Default for Solver {
    fn default() -> Self {
        Self::ALL[0]
    }
}

impl fmt::Display for Solver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Solver {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Some(solver) = Self::ALL.iter().find(|solver| solver.name() == text) {
            return Ok(*solver);
        }
        if text == "highs" {
            return Err("this program was built without the feature `highs`; use `microlp`".into());
        }
        let names: Vec<&str> = Self::ALL.iter().map(|solver| solver.name()).collect();
        Err(format!("expected one of: {}", names.join(", ")))
    }
}

/// Algorithm for linear models.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LpMethod {
    /// The solver's own choice.
    #[default]
    Choose,
    /// Simplex.
    Simplex,
    /// Interior point with crossover.
    InteriorPoint,
}

/// Limits and settings of one solve. The default has no limit and asks for a proven optimum.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The solver asked.
    pub solver: Solver,
    /// Wall-clock limit. A solver looks at the clock between steps and may overshoot.
    pub time_limit: Option<Duration>,
    /// Stop once (objective - bound) / |objective| is at most this fraction.
    pub gap_limit: f64,
    /// Stop once objective - bound is at most this; below 1 where objectives are whole numbers.
    pub absolute_gap: f64,
    /// Stop after this many branch-and-bound nodes.
    pub node_limit: Option<u32>,
    /// Known values to start from, one per variable; ignored where they are infeasible.
    pub start: Option<Vec<f64>>,
    /// Algorithm for linear models (and for nothing else).
    pub lp_method: LpMethod,
    /// Whether a search for whole numbers goes without searches of its own (smaller models around what it has, starting over):
    /// they take most of the time of one that is kept to a few nodes.
    pub brief: bool,
}

impl Options {
    /// No limits, with the given solver.
    #[must_use]
    pub fn with(solver: Solver) -> Self {
        Self {
            solver,
            ..Self::default()
        }
    }

    /// The same with a wall-clock limit.
    #[must_use]
    pub fn time(mut self, limit: Duration) -> Self {
        self.time_limit = Some(limit);
        self
    }

    /// The same with a relative gap to stop at.
    #[must_use]
    pub fn gap(mut self, limit: f64) -> Self {
        self.gap_limit = limit;
        self
    }

    /// The same with known values to start from.
    #[must_use]
    pub fn start(mut self, values: Vec<f64>) -> Self {
        self.start = Some(values);
        self
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn names_round_trip() {
        for &solver in Solver::ALL {
            assert_eq!(solver.name().parse::<Solver>().unwrap(), solver);
        }
        assert!("glpk".parse::<Solver>().unwrap_err().contains("microlp"));
    }
}
