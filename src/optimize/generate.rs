//! The linear model of a roster with columns taken in by price.
//!
//! A shift with two breaks has dozens of placements of them, and hardly any is used. So the model is solved with a few placements
//! of every shift; its duals price all others, those that would save money are taken in, and so on until none would (column
//! generation, Gilmore & Gomory 1961). The answer is the whole model's: its duals leave no column that could better it.

use super::model::Built;
use super::problem::Problem;
use crate::solve::{self, Fault, Options, Solution, Solver};
use std::collections::{BTreeMap, BTreeSet};

/// Models with fewer columns are solved at once.
const SMALL: usize = 1500;
/// Reduced cost, as a share of the model's dearest column, below which a column would save money.
const SAVES: f64 = 1e-9;

/// Solves the linear model of all columns.
///
/// # Errors
/// When the solver fails.
pub fn solve(problem: &Problem, built: &Built, options: &Options) -> Result<Solution, Fault> {
    seek(problem, built, options, &Known::default(), |_| false)
}

/// Columns that a model was solved with, by what they are: another model of the same work does well to start with them.
#[derive(Debug, Default)]
pub struct Known(BTreeSet<Placed>);

/// Team and entry, pattern and day, start and end, breaks.
type Placed = (usize, usize, usize, usize, i64, i64, Vec<u32>);

/// The columns that a linear model takes in; none where it is solved at once.
///
/// # Errors
/// When the solver fails.
pub fn known(problem: &Problem, built: &Built, options: &Options) -> Result<Known, Fault> {
    if at_once(built, options) {
        return Ok(Known::default());
    }
    let mut inside = first(problem, built);
    grown(problem, built, &mut inside, options, |_| false)?;
    let taken = built.columns.iter().filter(|(_, var)| inside[var.index()]);
    Ok(Known(taken.map(|&(c, _)| placed(problem, c)).collect()))
}

/// Solves the linear model of all columns, or as much of it as gives an answer that is `enough`, whatever it costs.
///
/// # Errors
/// When the solver fails.
pub fn seek(
    problem: &Problem,
    built: &Built,
    options: &Options,
    known: &Known,
    enough: impl Fn(&Solution) -> bool,
) -> Result<Solution, Fault> {
    if at_once(built, options) {
        return solve::solve(&built.model, options);
    }
    let mut inside = first(problem, built);
    if !known.0.is_empty() {
        for &(c, var) in &built.columns {
            inside[var.index()] |= known.0.contains(&placed(problem, c));
        }
    }
    grown(problem, built, &mut inside, options, enough)
}

fn at_once(built: &Built, options: &Options) -> bool {
    built.columns.len() < SMALL || options.solver == Solver::Microlp
}

fn placed(problem: &Problem, column: usize) -> Placed {
    let c = &problem.columns[column];
    let breaks = c.row.breaks_min.clone();
    (c.team, c.heads, c.pattern, c.day, c.start, c.end(), breaks)
}

/// Solves with the model's columns that are inside and whatever their duals ask for beside them, which are inside then.
fn grown(
    problem: &Problem,
    built: &Built,
    inside: &mut [bool],
    options: &Options,
    enough: impl Fn(&Solution) -> bool,
) -> Result<Solution, Fault> {
    let dearest = built.model.columns().iter().map(|c| c.cost.abs());
    let saves = SAVES * dearest.fold(1.0, f64::max);
    solve::grow(&built.model, inside, options, |solution| {
        let Some(duals) = solution.duals.as_ref().filter(|_| !enough(solution)) else {
            return Vec::new();
        };
        let reduced = built.reduced(problem, duals);
        let columns = built.columns.iter();
        let saving = columns.filter(|&&(c, _)| reduced[c] < -saves);
        saving.map(|&(_, var)| var).collect()
    })
}

/// Of every shift (team, contract, week, day, start and length) the first, the middle and the last placement of breaks, and all that
/// is no shift: which of the model's columns are in at first.
fn first(problem: &Problem, built: &Built) -> Vec<bool> {
    let mut shifts: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    let mut inside = vec![true; built.model.columns().len()];
    for &(c, var) in &built.columns {
        let o = &problem.columns[c];
        let key = (o.team, o.heads, o.pattern, o.day, o.start, o.end());
        shifts.entry(key).or_default().push(var.index());
        inside[var.index()] = false;
    }
    for placed in shifts.values() {
        for at in [0, placed.len() / 2, placed.len() - 1] {
            inside[placed[at]] = true;
        }
    }
    inside
}

#[cfg(all(test, feature = "highs"))]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::model::{Scope, build};
    use super::*;
    use crate::experiment::Case;

    #[test]
    fn what_is_generated_costs_what_all_columns_cost() {
        let scenario = crate::scenario::load("scenarios/startup/by-office-hours.toml".as_ref());
        let case = Case::new(scenario.unwrap()).unwrap();
        let mut problem = Problem::new(&case);
        let tuning = problem.untuned();
        problem.tune(&tuning);
        let built = build(&problem, &tuning, &Scope::all(&problem));
        assert!(built.columns.len() > SMALL, "{}", built.columns.len());
        let options = Options::default();
        let all = solve::solve(&built.model, &options).unwrap();
        // Without any column that the answer uses, as far as a shift has another placement of its breaks.
        let mut inside = vec![true; built.model.columns().len()];
        let first = first(&problem, &built);
        for &(c, var) in built.columns.iter().filter(|(_, v)| all.value(*v) > 1e-9) {
            inside[var.index()] = first[var.index()] && c % 2 == 0;
        }
        assert!(inside.iter().any(|inside| !inside));
        let found = grown(&problem, &built, &mut inside, &options, |_| false).unwrap();
        assert!((found.objective / all.objective - 1.0).abs() < 1e-7);
        assert!((found.bound / all.bound - 1.0).abs() < 1e-7);

        // Half as much again to do: what is known of the one model is where the other starts, to the same answer.
        let known = known(&problem, &built, &options).unwrap();
        assert!(known.0.len() < built.columns.len() / 2, "{}", known.0.len());
        let mut more = problem.untuned();
        more.load.iter_mut().flatten().for_each(|f| *f *= 1.5);
        problem.tune(&more);
        let built = build(&problem, &more, &Scope::all(&problem));
        let all = solve::solve(&built.model, &options).unwrap();
        let found = seek(&problem, &built, &options, &known, |_| false).unwrap();
        assert!((found.objective / all.objective - 1.0).abs() < 1e-7);
        // Any answer will do: the first one is dearer.
        let any = seek(&problem, &built, &options, &Known::default(), |_| true).unwrap();
        assert!(any.found() && any.objective > all.objective * (1.0 + 1e-6));
    }
}
