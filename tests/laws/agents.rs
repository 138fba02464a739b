//! One agent more.

use crate::organisation::played;
use crate::station::stations;
use proptest::prelude::*;
use staffwright::stats::{linearised, paired_difference};

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, max_shrink_iters: 20, failure_persistence: None, ..ProptestConfig::default() })]

    /// Without abandonment one more agent delays nobody, path by path: customer by customer the wait is the same or less.
    ///
    /// This is a theorem for one pool of agents who are there all the time and alike, who take customers in the order of
    /// their arrival and finish each, where the work belongs to the customer: whoever is next starts when fewer than all
    /// agents hold earlier customers, who by induction have started, and so ended, no later (Kiefer & Wolfowitz 1955). It
    /// holds for any arrivals and any laws of work. It is none where customers leave or come back (those behind them
    /// differ), where work is ranked, put down or handed on, where times belong to agents, or where shifts end. Seen in the
    /// sums over five minutes' arrivals, which the ledger keeps, and in those of days and streams.
    #[test]
    fn without_abandonment_it_delays_nobody(station in stations(0.6..1.02, false), helpers in 1u32..3, replication in 0u64..50) {
        let before = played(&station.text(0, "1 week"), replication);
        let after = played(&station.text(helpers, "1 week"), replication);
        for (b, a) in before.intervals.iter().zip(&after.intervals) {
            prop_assert_eq!(a.offered, b.offered);
            prop_assert!(a.wait <= b.wait, "five minutes wait longer: {:?} after {:?}", a, b);
        }
        for (b, a) in before.days.iter().zip(&after.days) {
            prop_assert!(a.offered == b.offered && a.wait <= b.wait, "a day waits longer: {:?} after {:?}", a, b);
        }
        let wait = |l: &staffwright::sim::Ledger| l.streams.iter().map(|s| s.wait).sum::<u64>();
        prop_assert!(wait(&after) < wait(&before), "nobody waits");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, max_shrink_iters: 4, failure_persistence: None, ..ProptestConfig::default() })]

    /// With abandonment somebody who stays may now stand before somebody else, so single customers may wait longer; in
    /// expectation nobody does, and fewer leave.
    #[test]
    fn with_abandonment_it_delays_nobody_on_average(station in stations(0.85..1.3, true)) {
        let seen = |helpers: u32| {
            let text = station.text(helpers, "1 week");
            let pairs: Vec<[f64; 3]> = (0..12).map(|replication| {
                let ledger = played(&text, replication);
                let sum = |of: fn(&staffwright::sim::ContactSums) -> u64| ledger.streams.iter().map(of).sum::<u64>() as f64;
                [sum(|s| s.wait), sum(|s| s.abandoned), sum(|s| s.offered)]
            }).collect();
            [0, 1].map(|above| linearised(&pairs.iter().map(|p| (p[above], p[2])).collect::<Vec<_>>()).unwrap())
        };
        let (one, more) = (seen(0), seen(1));
        for (a, b) in more.iter().zip(&one) {
            let less = paired_difference(a, b, 0.999).unwrap();
            prop_assert!(less.high < 0.0, "{:?}", less);
        }
    }
}
