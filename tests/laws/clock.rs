//! The clock: days are as long as their zone says.

use crate::organisation::{played, round_the_clock};
use staffwright::time::HOUR;

/// An agent who is there all day works 23 hours when summer time begins and 25 when it ends, and as many hours of customers
/// call.
#[test]
fn days_of_changing_clocks_have_23_and_25_hours() {
    let day = |date: &str| {
        let local = round_the_clock(1, "1 day").replace("\"UTC\"", "\"Europe/Berlin\"");
        let ledger = played(&local.replace("2027-01-04", date), 0);
        (ledger.teams[0].scheduled / HOUR, ledger.interval_count)
    };
    assert_eq!(day("2027-03-27"), (24, 96));
    assert_eq!(day("2027-03-28"), (23, 92));
    assert_eq!(day("2027-10-31"), (25, 100));
}

/// A flat hourly rate brings 23 and 25 hours' worth of contacts.
#[test]
fn contacts_follow_the_hours_of_the_day() {
    let offered = |date: &str| -> f64 {
        let local = round_the_clock(1, "1 day").replace("\"UTC\"", "\"Europe/Berlin\"");
        let sum = |replication| {
            played(&local.replace("2027-01-04", date), replication).streams[0].offered
        };
        (0..60).map(sum).sum::<u64>() as f64
    };
    // About 214,000 calls in sixty days: two of their standard errors are 0.4 %, an hour is 4 %.
    let ordinary = offered("2027-03-21");
    for (date, hours) in [("2027-03-28", 23.0), ("2027-10-31", 25.0)] {
        let ratio = offered(date) / ordinary;
        assert!((ratio - hours / 24.0).abs() < 0.01, "{date}: {ratio}");
    }
}
