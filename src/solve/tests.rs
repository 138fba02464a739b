//! The solvers against each other and against known answers.
#![allow(clippy::unwrap_used)]

use super::*;
use proptest::prelude::*;
use std::time::Duration;

fn answers(model: &Model) -> Vec<Solution> {
    Solver::ALL
        .iter()
        .map(|&solver| solve(model, &Options::with(solver)).unwrap())
        .collect()
}

#[test]
fn infeasible_is_reported() {
    let mut model = Model::new();
    let x = model.integer(1.0, 0.0, 4.0);
    let y = model.integer(1.0, 0.0, 4.0);
    model.row([(x, 2.0), (y, 2.0)], Sense::Equal, 5.0);
    for answer in answers(&model) {
        assert_eq!(answer.status, Status::Infeasible);
        assert!(answer.values.is_empty());
    }
    for answer in answers(&model.relaxed()) {
        assert_eq!(answer.status, Status::Optimal);
    }
}

#[test]
fn unbounded_is_reported() {
    let mut model = Model::new();
    let x = model.continuous(-1.0, 0.0, f64::INFINITY);
    let y = model.continuous(0.0, 0.0, f64::INFINITY);
    model.row([(x, 1.0), (y, -1.0)], Sense::AtMost, 2.0);
    for answer in answers(&model) {
        assert_eq!(answer.status, Status::Unbounded);
    }
    model.row([(x, 1.0), (y, -1.0)], Sense::AtLeast, 3.0);
    for answer in answers(&model) {
        assert_eq!(answer.status, Status::Infeasible);
    }
}

#[test]
fn models_without_variables_or_rows_are_answered() {
    let mut model = Model::new();
    assert_eq!(answers(&model)[0].objective, 0.0);
    model.row([], Sense::AtLeast, 1.0);
    assert_eq!(answers(&model)[0].status, Status::Infeasible);
    let mut free = Model::new();
    free.integer(-2.0, 0.0, 3.0);
    for answer in answers(&free) {
        assert_eq!((answer.objective, answer.bound), (-6.0, -6.0));
    }
}

#[cfg(feature = "highs")]
#[test]
fn prices_of_a_linear_model_prove_its_optimum() {
    let mut model = Model::new();
    let x = model.continuous(3.0, 0.0, 10.0);
    let y = model.continuous(5.0, 0.0, 10.0);
    let need = model.row([(x, 1.0), (y, 1.0)], Sense::AtLeast, 12.0);
    let answer = solve(&model, &Options::default()).unwrap();
    assert_eq!(answer.objective, 40.0);
    assert!(
        (answer.dual(need).unwrap() - 5.0).abs() < 1e-9,
        "one more unit is made by y"
    );
}

/// Forty items, five knapsacks, weights by a fixed recurrence: too hard for a millisecond.
fn hard_knapsacks() -> Model {
    let mut state = 12_345_u64;
    let mut draw = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        f64::from(u32::try_from(state >> 33).unwrap() % 900 + 100)
    };
    let mut model = Model::new();
    let items: Vec<Var> = (0..40).map(|_| model.binary(-draw())).collect();
    for _ in 0..5 {
        let weights: Vec<f64> = items.iter().map(|_| draw()).collect();
        let room = (weights.iter().sum::<f64>() / 2.0).floor();
        model.row(items.iter().copied().zip(weights), Sense::AtMost, room);
    }
    model
}

#[test]
fn a_limit_leaves_the_incumbent_and_its_bound() {
    let model = hard_knapsacks();
    for &solver in Solver::ALL {
        let options = Options::with(solver).time(Duration::from_secs(2));
        let answer = solve(&model, &options).unwrap();
        assert!(
            answer.found(),
            "{solver}: a feasible answer takes no time here"
        );
        assert!(check(&model, &answer.values).is_empty());
        assert!(answer.bound <= answer.objective);
        let loose = solve(&model, &Options::with(solver).gap(0.2)).unwrap();
        assert!(
            loose.gap <= 0.2 && loose.status == Status::Optimal,
            "{solver}: {loose:?}"
        );
    }
}

#[cfg(feature = "highs")]
#[test]
fn a_node_limit_is_named_and_repeats_exactly() {
    let model = hard_knapsacks();
    let options = Options {
        node_limit: Some(1),
        brief: true,
        ..Options::default()
    };
    let answer = solve(&model, &options).unwrap();
    assert_eq!(
        (answer.status, answer.stopped_by),
        (Status::Feasible, StoppedBy::Nodes)
    );
    assert!(answer.bound < answer.objective);
    assert_eq!(answer, solve(&model, &options).unwrap());
    let better = solve(&model, &options.start(answer.values.clone())).unwrap();
    assert!(
        better.objective <= answer.objective,
        "a start is never lost"
    );
}

#[test]
fn an_infeasible_start_is_ignored() {
    let mut model = Model::new();
    let x = model.integer(1.0, 0.0, 9.0);
    model.row([(x, 2.0)], Sense::AtLeast, 7.0);
    for &solver in Solver::ALL {
        let answer = solve(&model, &Options::with(solver).start(vec![1.0])).unwrap();
        assert_eq!(answer.objective, 4.0);
    }
}

/// A small random model; about a third of them are infeasible.
fn random_model() -> impl Strategy<Value = Model> {
    let column = (-6_i32..=9, 0_i32..=2, 3_i32..=7, any::<bool>());
    let row = (
        proptest::collection::vec(-4_i32..=6, 5),
        0_u8..3,
        -3_i32..=14,
    );
    (
        proptest::collection::vec(column, 2..=5),
        proptest::collection::vec(row, 1..=4),
    )
        .prop_map(|(columns, rows)| {
            let mut model = Model::new();
            let vars: Vec<Var> = columns
                .into_iter()
                .map(|(cost, lower, upper, integer)| {
                    let (cost, lower, upper) = (cost.into(), lower.into(), upper.into());
                    match integer {
                        true => model.integer(cost, lower, upper),
                        false => model.continuous(cost, lower, upper),
                    }
                })
                .collect();
            for (coefficients, sense, right_side) in rows {
                let sense = [Sense::AtMost, Sense::AtLeast, Sense::Equal][usize::from(sense)];
                let terms = vars
                    .iter()
                    .copied()
                    .zip(coefficients.into_iter().map(f64::from));
                model.row(terms, sense, right_side.into());
            }
            model
        })
}

/// The least objective over whole values, by trying them all; `None` when none is feasible.
fn by_enumeration(model: &Model) -> Option<f64> {
    let mut best: Option<f64> = None;
    let mut values: Vec<f64> = model.columns().iter().map(|column| column.lower).collect();
    loop {
        if check(model, &values).is_empty() {
            let cost = objective(model, &values);
            best = Some(best.map_or(cost, |known| known.min(cost)));
        }
        let mut position = 0;
        loop {
            let Some(column) = model.columns().get(position) else {
                return best;
            };
            if values[position] < column.upper {
                values[position] += 1.0;
                break;
            }
            values[position] = column.lower;
            position += 1;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_solvers_agree(model in random_model()) {
        for model in [model.relaxed(), model] {
            let answers = answers(&model);
            for answer in &answers {
                prop_assert_eq!(answer.status, answers[0].status);
                if answer.found() {
                    prop_assert!((answer.objective - answers[0].objective).abs() < 1e-5);
                    prop_assert!(check(&model, &answer.values).is_empty());
                    prop_assert!((answer.bound - answer.objective).abs() < 1e-5);
                    if let Some(duals) = &answer.duals {
                        prop_assert!((proved_bound(&model, duals) - answer.objective).abs() < 1e-5);
                    }
                }
            }
        }
    }

    #[test]
    fn whole_models_match_enumeration(model in random_model()) {
        let mut whole = Model::new();
        for column in model.columns() {
            whole.integer(column.cost, column.lower, column.upper);
        }
        for row in model.rows() {
            whole.row(row.terms.iter().copied(), row.sense, row.right_side);
        }
        let expected = by_enumeration(&whole);
        for answer in answers(&whole) {
            match expected {
                Some(least) => prop_assert!((answer.objective - least).abs() < 1e-6),
                None => prop_assert_eq!(answer.status, Status::Infeasible),
            }
        }
    }
}
