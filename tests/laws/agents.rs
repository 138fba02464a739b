//! One agent more: whom it delays, and what it changes of the work.

use crate::organisation::played;
use crate::station::{FAMILIES, Station, stations};
use proptest::prelude::*;
use staffwright::sim::{ContactSums, Ledger};
use staffwright::stats::{linearised, paired_difference};

proptest! {
    #![proptest_config(crate::law(16, 20))]

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
        let wait = |l: &Ledger| l.streams.iter().map(|s| s.wait).sum::<u64>();
        prop_assert!(wait(&after) < wait(&before), "nobody waits");
    }
}

proptest! {
    #![proptest_config(crate::law(24, 20))]

    /// The same customers: how long the work on each takes does not depend on who does it or when.
    ///
    /// Where nothing ties times to agents (no proficiency, learning, tools, breaks in the work) a piece of work is the
    /// customer's own, so that with other agents, who take other customers at other times, it takes as long, to the tick.
    /// A day of calls is crowded by one topic; of the others a few come each, so that little is summed up.
    #[test]
    fn it_changes_nobodys_work(station in stations(0.6..1.1, false), helpers in 1u32..4, replication in 0u64..50) {
        let few = (0..40).map(|i| (1, 60 + 13 * i, i as usize % FAMILIES.len()));
        let topics = station.topics.iter().map(|t| (100 * t.0, t.1, t.2)).chain(few);
        let station = Station { topics: topics.collect(), ..station };
        let of = |helpers| played(&station.text(helpers, "1 day"), replication).streams;
        let (before, after) = (of(0), of(helpers));
        let waits = |streams: &[ContactSums]| streams.iter().map(|s| s.wait).sum::<u64>();
        prop_assert!(waits(&after) < waits(&before), "nobody is taken sooner, or by somebody else");
        for (b, a) in before.iter().zip(&after) {
            prop_assert_eq!((a.items, a.handled), (b.items, b.handled));
        }
    }
}

proptest! {
    #![proptest_config(crate::law(8, 4))]

    /// With abandonment somebody who stays may now stand before somebody else, so single customers may wait longer; in
    /// expectation nobody does, and fewer leave.
    ///
    /// Seen in paired replications, whose number doubles until the interval of the difference lies on one side of zero.
    #[test]
    fn with_abandonment_it_delays_nobody_on_average(station in stations(0.85..1.3, true)) {
        let texts = [0, 1].map(|helpers| station.text(helpers, "1 week"));
        let mut seen: [Vec<[f64; 3]>; 2] = Default::default();
        let less = loop {
            let from = seen[0].len() as u64;
            for (seen, text) in seen.iter_mut().zip(&texts) {
                let more = (from..(2 * from).max(12)).map(|replication| sums(&played(text, replication)));
                seen.extend(more);
            }
            let less = [0, 1].map(|above| {
                let of = |seen: &Vec<[f64; 3]>| linearised(&seen.iter().map(|sums| (sums[above], sums[2])).collect::<Vec<_>>()).unwrap();
                paired_difference(&of(&seen[1]), &of(&seen[0]), 0.999).unwrap()
            });
            if less.iter().all(|less| less.low > 0.0 || less.high < 0.0) || seen[0].len() > 300 {
                break less;
            }
        };
        for less in less {
            prop_assert!(less.high < 0.0, "{:?}", less);
        }
    }
}

/// Waits, those who gave up, and all who came.
fn sums(ledger: &Ledger) -> [f64; 3] {
    let of: [fn(&ContactSums) -> u64; 3] = [|s| s.wait, |s| s.abandoned, |s| s.offered];
    of.map(|of| ledger.streams.iter().map(of).sum::<u64>() as f64)
}
