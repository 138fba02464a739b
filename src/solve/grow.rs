//! Linear models with columns let in by price (column generation).

use super::{Fault, Model, Options, Solution, Solver, solve};
#[cfg(feature = "highs")]
use super::{Status, Var, confirm, highs, working};

/// Solves a linear model with the columns that are `inside`, and again with those beside them that `more` asks for, until it
/// asks for no other. Columns outside are 0, which their bounds have to allow.
///
/// `more` is given each answer and its [`duals`](Solution::duals). A solver without prices, and a model without an answer as
/// far as it goes, are given all columns. What is inside at the end is left in `inside`.
///
/// # Errors
/// Those of [`solve`].
///
/// ```
/// use staffwright::solve::{Model, Options, Sense, grow};
///
/// let mut model = Model::new();
/// let full = model.continuous(15.0, 0.0, 10.0);
/// let half = model.continuous(7.0, 0.0, 10.0);
/// model.row([(full, 2.0), (half, 1.0)], Sense::AtLeast, 4.0);
///
/// // A half shift covers one unit: worth taking in as long as that costs more.
/// let mut inside = [true, false];
/// let more = |answer: &staffwright::solve::Solution| match &answer.duals {
///     Some(duals) if duals[0] > 7.0 => vec![half],
///     _ => vec![],
/// };
/// let answer = grow(&model, &mut inside, &Options::default(), more)?;
/// assert_eq!(answer.objective, 28.0);
/// assert_eq!(inside, [true, true]);
/// # Ok::<(), staffwright::solve::Fault>(())
/// ```
pub fn grow(
    model: &Model,
    inside: &mut [bool],
    options: &Options,
    more: impl FnMut(&Solution) -> Vec<super::Var>,
) -> Result<Solution, Fault> {
    match options.solver {
        #[cfg(feature = "highs")]
        Solver::Highs => by_price(model, inside, options, more),
        Solver::Microlp => {
            let _ = more;
            all(model, inside, options)
        }
    }
}

fn all(model: &Model, inside: &mut [bool], options: &Options) -> Result<Solution, Fault> {
    inside.fill(true);
    solve(model, options)
}

#[cfg(feature = "highs")]
fn by_price(
    model: &Model,
    inside: &mut [bool],
    options: &Options,
    mut more: impl FnMut(&Solution) -> Vec<Var>,
) -> Result<Solution, Fault> {
    // What an answer is checked against.
    let mut restricted = model.clone();
    let (first, others): (Vec<usize>, Vec<usize>) = (0..inside.len()).partition(|&at| inside[at]);
    for &at in &others {
        restricted.set_bounds(Var(at), 0.0, 0.0);
    }
    let mut growing = highs::Growing::new(model, first, options)?;
    loop {
        let (next, answer) = working(|| growing.solve())?;
        growing = next;
        let answer = match answer.status {
            Status::Optimal | Status::Feasible => confirm(&restricted, options, answer)?,
            _ => return all(model, inside, options),
        };
        if answer.duals.is_none() {
            return all(model, inside, options);
        }
        let asked = more(&answer).into_iter().map(Var::index);
        let asked: Vec<usize> = asked.filter(|&at| !inside[at]).collect();
        if asked.is_empty() {
            return Ok(answer);
        }
        for &at in &asked {
            let column = &model.columns()[at];
            restricted.set_bounds(Var(at), column.lower, column.upper);
            inside[at] = true;
        }
        growing.let_in(&asked)?;
    }
}

#[cfg(all(test, feature = "highs"))]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::{RowId, Sense};
    use super::*;

    /// Shifts of six to nine hours at every hour of a day cover what is needed by the hour; what is not covered costs most.
    fn day() -> (Model, Vec<Var>) {
        let mut model = Model::new();
        let mut shifts = Vec::new();
        for start in 0..24 {
            for length in 6..10 {
                let cost = f64::from(length) + f64::from((7 * start + length) % 5) / 10.0;
                shifts.push(((start, length), model.continuous(cost, 0.0, 40.0)));
            }
        }
        for hour in 0..24 {
            let short = model.continuous(50.0, 0.0, f64::INFINITY);
            let covers = |start: i32, length: i32| (hour - start).rem_euclid(24) < length;
            let covering = shifts.iter().filter(|((s, l), _)| covers(*s, *l));
            let terms = covering.map(|&(_, var)| (var, 1.0)).chain([(short, 1.0)]);
            model.row(terms, Sense::AtLeast, f64::from(5 + (hour * 11) % 17));
        }
        let vars = shifts.into_iter().map(|(_, var)| var).collect();
        (model, vars)
    }

    /// Columns that a unit of would save money.
    fn saving(model: &Model, duals: &[f64]) -> Vec<Var> {
        let mut reduced: Vec<f64> = model.columns().iter().map(|c| c.cost).collect();
        for (row, dual) in model.rows().iter().zip(duals) {
            for &(var, coefficient) in &row.terms {
                reduced[var.index()] -= dual * coefficient;
            }
        }
        let saving = (0..reduced.len()).filter(|&at| reduced[at] < -1e-9);
        saving.map(Var::at).collect()
    }

    #[test]
    fn what_grows_is_as_good_as_the_whole() {
        let (model, shifts) = day();
        let whole = solve(&model, &Options::default()).unwrap();
        let mut inside = vec![true; model.columns().len()];
        shifts.iter().for_each(|var| inside[var.index()] = false);
        let mut answers = Vec::new();
        let answer = grow(&model, &mut inside, &Options::default(), |answer| {
            answers.push(answer.objective);
            // A few at a time.
            let saving = saving(&model, answer.duals.as_ref().unwrap());
            saving.into_iter().take(5).collect()
        });
        let answer = answer.unwrap();
        assert!((answer.objective - whole.objective).abs() < 1e-6);
        assert_eq!(answer.gap, 0.0);
        assert!(answers.len() > 4 && answers.is_sorted_by(|a, b| a >= b));
        assert!(answers[0] > 2.0 * whole.objective, "{answers:?}");
        // Not all of them were asked for.
        assert!(inside.contains(&false));
    }

    #[test]
    fn without_an_answer_all_columns_come_in() {
        let mut model = Model::new();
        let a = model.continuous(1.0, 0.0, 1.0);
        let b = model.continuous(2.0, 0.0, 5.0);
        let row = model.row([(a, 1.0), (b, 1.0)], Sense::AtLeast, 3.0);
        assert_eq!(row, RowId(0));
        let mut inside = [true, false];
        let answer = grow(&model, &mut inside, &Options::default(), |_| Vec::new()).unwrap();
        assert_eq!((answer.objective, inside), (5.0, [true, true]));
    }
}
