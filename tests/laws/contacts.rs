//! Contacts: every one is accounted for.

use crate::organisation::{played, round_the_clock, shapes, tables, text};
use proptest::prelude::*;
use staffwright::stats::ratio_estimate;

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, max_shrink_iters: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// Every contact let in is abandoned, resolved, unresolved, lost between tiers, or still open.
    #[test]
    fn every_contact_is_accounted_for(shape in shapes(), replication in 0u64..50) {
        let ledger = played(&text(&tables(&shape)), replication);
        for (i, s) in ledger.streams.iter().enumerate() {
            prop_assert_eq!(s.offered, s.abandoned + s.resolved + s.unresolved + s.lost_later + s.backlog, "stream {}: {:?}", i, s);
            prop_assert!(s.answered + s.abandoned <= s.offered);
            prop_assert!(s.offered <= s.answered + s.abandoned + s.backlog);
        }
        // Who comes again is offered again, or finds the channel closed.
        let sum = |of: fn(&staffwright::sim::ContactSums) -> u64| ledger.streams.iter().map(of).sum::<u64>();
        let (again, came) = (sum(|s| s.offered - s.first_contacts), sum(|s| s.redials + s.returns));
        prop_assert!(again <= came && came <= again + sum(|s| s.turned_away), "{} came again, {} were let in", came, again);
        let cells: u64 = ledger.intervals.iter().map(|c| c.offered).sum();
        prop_assert_eq!(cells, ledger.streams.iter().map(|s| s.offered).sum::<u64>());
    }
}

/// Little's law: customers waiting on average = arrivals per second x mean wait; seen at the ends of planning intervals,
/// which a stationary queue passes at random.
#[test]
fn waiting_customers_follow_littles_law() {
    let scenario = round_the_clock(9, "4 weeks");
    let pairs: Vec<(f64, f64)> = (0..60)
        .map(|replication| {
            let ledger = played(&scenario, replication);
            // The queue begins empty; nothing else about the first day differs.
            let seen = ledger.waiting.iter().map(|&w| f64::from(w)).sum::<f64>();
            let waited = ledger.streams.iter().map(|s| s.wait).sum::<u64>();
            (seen * ledger.interval as f64, waited as f64)
        })
        .collect();
    let ratio = ratio_estimate(&pairs, 0.99).unwrap();
    assert!(!ratio.excludes(1.0), "{ratio:?}");
    assert!(ratio.half_width() < 0.03, "too wide to tell: {ratio:?}");
}
