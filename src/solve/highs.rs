//! HiGHS, through good_lp's formulation and the `highs` crate.

use super::model::{Column, Model, Sense};
use super::options::{LpMethod, Options};
use super::solution::{Fault, Solution, Status, StoppedBy};
use super::translate::translate;
use good_lp::SolverModel;
use highs::{HighsModelStatus, HighsSolutionStatus, HighsStatus, SolvedModel, TrySetOptionError};

/// HiGHS's number of the primal simplex method.
const PRIMAL: i32 = 4;

/// One cold solve on one thread with a fixed seed.
pub(super) fn solve(model: &Model, options: &Options) -> Result<Solution, Fault> {
    let translated = translate(model, None);
    let mut problem = good_lp::highs(translated.problem);
    for row in translated.rows {
        problem.add_constraint(row);
    }
    let mut inner = problem
        .try_into_inner()
        .map_err(|error| Fault(error.to_string()))?;
    set_options(&mut inner, options)?;
    if let Some(start) = &options.start {
        inner
            .try_set_solution(Some(start), None, None, None)
            .map_err(|status| Fault(format!("the start was refused ({status:?})")))?;
    }
    read(model, &inner.try_solve().map_err(refused)?)
}

fn refused_option(_: TrySetOptionError) -> Fault {
    Fault("an option was refused".into())
}

fn refused(status: HighsStatus) -> Fault {
    Fault(format!("HiGHS answered {status:?}"))
}

/// A linear model with some of its columns. More can be let in, and the next solve goes on from where the last one ended.
pub(super) struct Growing<'a> {
    model: &'a Model,
    /// Rows and coefficients, column by column.
    terms: Vec<Vec<(highs::Row, f64)>>,
    /// Columns in the order in which they were let in.
    inside: Vec<usize>,
    inner: highs::Model,
}

impl<'a> Growing<'a> {
    /// The columns inside, on one thread with a fixed seed.
    pub(super) fn new(
        model: &'a Model,
        inside: Vec<usize>,
        options: &Options,
    ) -> Result<Self, Fault> {
        let mut problem = highs::ColProblem::new();
        let mut terms = vec![Vec::new(); model.columns().len()];
        for row in model.rows() {
            let side = row.right_side;
            let id = match row.sense {
                Sense::AtMost => problem.add_row(..=side),
                Sense::AtLeast => problem.add_row(side..),
                Sense::Equal => problem.add_row(side..=side),
            };
            for &(var, coefficient) in &row.terms {
                terms[var.0].push((id, coefficient));
            }
        }
        for &at in &inside {
            let Column {
                cost, lower, upper, ..
            } = model.columns()[at];
            problem.add_column(cost, lower..=upper, &terms[at]);
        }
        let mut inner = problem
            .try_optimise(highs::Sense::Minimise)
            .map_err(refused)?;
        set_options(&mut inner, options)?;
        Ok(Self {
            model,
            terms,
            inside,
            inner,
        })
    }

    /// The answer with the columns that are in, values of all.
    pub(super) fn solve(mut self) -> Result<(Self, Solution), Fault> {
        let solved = self.inner.try_solve().map_err(refused)?;
        let mut answer = read(self.model, &solved)?;
        if answer.found() {
            let mut values = vec![0.0; self.model.columns().len()];
            for (&at, &value) in self.inside.iter().zip(&answer.values) {
                values[at] = value;
            }
            answer.values = values;
        }
        self.inner = solved.into();
        Ok((self, answer))
    }

    /// Lets columns in. The last answer stays feasible with them, so the primal method goes on from there.
    pub(super) fn let_in(&mut self, more: &[usize]) -> Result<(), Fault> {
        for &at in more {
            let Column {
                cost, lower, upper, ..
            } = self.model.columns()[at];
            let terms = self.terms[at].iter().copied();
            self.inner
                .try_add_column(cost, lower..=upper, terms)
                .map_err(refused)?;
        }
        self.inside.extend(more);
        self.inner
            .try_set_option("simplex_strategy", PRIMAL)
            .map_err(refused_option)
    }
}

fn set_options(inner: &mut highs::Model, options: &Options) -> Result<(), Fault> {
    try_options(inner, options).map_err(refused_option)
}

fn try_options(inner: &mut highs::Model, options: &Options) -> Result<(), TrySetOptionError> {
    inner.try_set_option("output_flag", false)?;
    inner.try_set_option("threads", 1)?;
    inner.try_set_option("parallel", "off")?;
    inner.try_set_option("random_seed", 0)?;
    inner.try_set_option("mip_rel_gap", options.gap_limit)?;
    inner.try_set_option("mip_abs_gap", options.absolute_gap.max(1e-6))?;
    if let Some(limit) = options.time_limit {
        inner.try_set_option("time_limit", limit.as_secs_f64())?;
    }
    if let Some(limit) = options.node_limit {
        inner.try_set_option("mip_max_nodes", i32::try_from(limit).unwrap_or(i32::MAX))?;
    }
    if options.brief {
        inner.try_set_option("mip_allow_restart", false)?;
        inner.try_set_option("mip_heuristic_run_rens", false)?;
        inner.try_set_option("mip_heuristic_run_root_reduced_cost", false)?;
    }
    match options.lp_method {
        LpMethod::Choose => Ok(()),
        LpMethod::Simplex => inner.try_set_option("solver", "simplex"),
        LpMethod::InteriorPoint => inner.try_set_option("solver", "ipm"),
    }
}

fn read(model: &Model, solved: &SolvedModel) -> Result<Solution, Fault> {
    let stopped_by = match solved.status() {
        HighsModelStatus::Infeasible => return Ok(nothing(Status::Infeasible)),
        // Presolve may not tell the two apart; the caller does.
        HighsModelStatus::Unbounded | HighsModelStatus::UnboundedOrInfeasible => {
            return Ok(nothing(Status::Unbounded));
        }
        HighsModelStatus::Optimal => StoppedBy::Proof,
        HighsModelStatus::ReachedTimeLimit | HighsModelStatus::ReachedInterrupt => StoppedBy::Time,
        HighsModelStatus::ReachedSolutionLimit | HighsModelStatus::ReachedIterationLimit => {
            StoppedBy::Nodes
        }
        other => return Err(Fault(format!("HiGHS ended with status {other:?}"))),
    };
    let integer = model.has_integers();
    let bound = match (integer, stopped_by) {
        (true, _) => solved
            .double_info_value(c"mip_dual_bound")
            .unwrap_or(f64::NEG_INFINITY),
        (false, StoppedBy::Proof) => solved.objective_value(),
        (false, _) => f64::NEG_INFINITY,
    };
    // HiGHS writes a huge number where it has no bound.
    let bound = if bound.abs() >= 1e30 {
        f64::NEG_INFINITY
    } else {
        bound
    };
    if solved.primal_solution_status() != HighsSolutionStatus::Feasible {
        return Ok(Solution::without_values(
            Status::NothingFound,
            stopped_by,
            bound,
        ));
    }
    let answer = solved.get_solution();
    let proven = stopped_by == StoppedBy::Proof;
    Ok(Solution {
        status: if proven {
            Status::Optimal
        } else {
            Status::Feasible
        },
        bound,
        values: answer.columns().to_vec(),
        duals: (proven && !integer).then(|| answer.dual_rows().to_vec()),
        ..Solution::without_values(Status::Optimal, stopped_by, bound)
    })
}

fn nothing(status: Status) -> Solution {
    Solution::without_values(status, StoppedBy::Proof, f64::NEG_INFINITY)
}
