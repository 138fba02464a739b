//! People's time and money: they add up.

use crate::mechanisms::{mechanisms, organisation};
use crate::organisation::{Shape, case, played, shapes, tables, text};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use staffwright::experiment::{Settings, replicate};
use staffwright::measure::CostKind;

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, max_shrink_iters: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// Agents' time adds up: what they handle, turn round and pause fits into their time on queue, interval by interval,
    /// and what contacts took is what agents gave.
    #[test]
    fn time_adds_up(shape in shapes(), replication in 0u64..50) {
        let ledger = played(&text(&tables(&shape)), replication);
        let n = ledger.interval_count;
        for (t, team) in ledger.teams.iter().enumerate() {
            prop_assert!(team.handling + team.turn_round + team.pause <= team.on_queue, "{:?}", team);
            prop_assert!(team.handling <= team.session);
            let cells = &ledger.staff[t * n..(t + 1) * n];
            prop_assert_eq!(cells.iter().map(|c| c.on_queue).sum::<u64>(), team.on_queue);
            prop_assert_eq!(cells.iter().map(|c| c.handling).sum::<u64>(), team.handling);
            prop_assert!(team.overtime <= team.on_queue);
            prop_assert_eq!(
                team.scheduled + team.overtime,
                team.on_queue + team.sick + team.late + team.paid_break + team.unpaid_break + team.planned_off,
                "{:?}", team
            );
        }
        let given: u64 = ledger.teams.iter().map(|t| t.session).sum();
        let taken: u64 = ledger.streams.iter().map(|s| s.handled).sum();
        prop_assert_eq!(given, taken);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, max_shrink_iters: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// So it does with leave and other shrinkage, turnover, on-call, outages and all that people do together.
    #[test]
    fn time_of_a_larger_organisation_adds_up(shape in shapes(), more in mechanisms(), replication in 0u64..50) {
        let ledger = played(&text(&organisation(&shape, &more)), replication);
        let n = ledger.interval_count;
        for (t, team) in ledger.teams.iter().enumerate() {
            prop_assert!(team.handling + team.turn_round + team.pause <= team.on_queue, "{:?}", team);
            prop_assert!(team.handling <= team.session);
            let cells = &ledger.staff[t * n..(t + 1) * n];
            prop_assert_eq!(cells.iter().map(|c| c.on_queue).sum::<u64>(), team.on_queue);
            prop_assert_eq!(cells.iter().map(|c| c.handling).sum::<u64>(), team.handling);
        }
    }
}

/// Costs are what the paid hours say: every kind adds up to the total, and wages are hours times the wage.
#[test]
fn costs_add_up() {
    let shape = shapes()
        .new_tree(&mut TestRunner::deterministic())
        .unwrap()
        .current();
    let shape = Shape {
        generalists: 12,
        experts: 3,
        specialists: 5,
        late: 0,
        ..shape
    };
    let outcome = replicate(
        &case(&text(&tables(&shape))),
        &Settings {
            replications: 10,
            ..Settings::default()
        },
        &(),
    );
    let total = outcome.cost.total.unwrap();
    let kinds: f64 = outcome
        .cost
        .by_kind
        .iter()
        .filter_map(|k| k.amount)
        .map(|e| e.value)
        .sum();
    assert!(
        (kinds / total.value - 1.0).abs() < 1e-12,
        "{kinds} {total:?}"
    );
    // 15 people at EUR 40,000 a year, two weeks of them.
    let wages = outcome
        .cost
        .by_kind
        .iter()
        .find(|k| k.kind == CostKind::Wages)
        .unwrap()
        .amount
        .unwrap();
    let hours: f64 = outcome
        .teams
        .iter()
        .filter(|t| t.name != shape.names[1])
        .map(|t| t.metrics.get("paid_h").unwrap().value)
        .sum();
    assert!((hours - 15.0 * 80.0).abs() < 1e-6, "{hours}");
    let year_weeks = 365.25 / 7.0;
    assert!(
        (wages.value - 15.0 * 40_000.0 * 2.0 / year_weeks).abs() < 0.002 * wages.value,
        "{wages:?}"
    );
    let resolved = outcome.overall.get("resolved").unwrap().value;
    assert!((outcome.cost.per_resolved.unwrap().value * resolved / total.value - 1.0).abs() < 1e-9);
}
