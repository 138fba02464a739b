//! One agent more.

use crate::organisation::{played, round_the_clock};
use staffwright::stats::{linearised, paired_difference};
use staffwright::time::SECOND;

/// Without abandonment one more agent delays nobody: customer by customer the wait is the same or less. Checked on
/// sums over small intervals, which the ledger keeps, on one team and one queue.
#[test]
fn without_abandonment_it_delays_nobody() {
    let patient = |agents: u32| {
        round_the_clock(agents, "4 weeks").replace(r#"{ mean = "5m" }"#, r#""never""#)
    };
    let mut before = played(&patient(8), 0);
    for agents in 9..14 {
        let after = played(&patient(agents), 0);
        for (b, a) in before.intervals.iter().zip(&after.intervals) {
            assert_eq!(a.offered, b.offered);
            assert!(
                a.wait <= b.wait,
                "an interval waits longer with {agents} agents: {a:?} after {b:?}"
            );
        }
        before = after;
    }
    let stream = &before.streams[0];
    assert!(stream.wait > 0 && stream.wait / stream.offered < 10 * SECOND);
}

/// With abandonment somebody who stays may now stand before somebody else, so single customers may wait longer; on
/// average nobody does.
#[test]
fn with_abandonment_it_delays_nobody_on_average() {
    let waits = |agents: u32| {
        let pairs: Vec<(f64, f64)> = (0..20)
            .map(|replication| {
                let stream = played(&round_the_clock(agents, "1 week"), replication).streams[0];
                (stream.wait as f64, stream.offered as f64)
            })
            .collect();
        linearised(&pairs).unwrap()
    };
    for agents in 7..11 {
        let less = paired_difference(&waits(agents + 1), &waits(agents), 0.99).unwrap();
        assert!(less.high < 0.0, "{agents} agents and one more: {less:?}");
    }
}
