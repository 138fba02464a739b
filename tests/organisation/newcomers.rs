//! Newcomers on queue under supervision.

use super::case::own;
use staffwright::time::{DAY, SECOND, Tick};

/// Everybody leaves at the first midnight, is followed at once, and then nobody leaves for months; calls take five minutes.
fn all_new(class: &str) -> staffwright::experiment::Case {
    own(&[
        ("[demand]", "people = \"change\"\n[demand]"),
        (
            "handle = \"5m\"",
            "handle = { mean = \"5m\", family = \"fixed\" }",
        ),
        (
            "resolved = \"80%\", returns = \"20%\"",
            "resolved = \"100%\"",
        ),
        (
            "heads = 12",
            &format!(
                "heads = 12\ntenure = \"400 days\"\nattrition = {{ rate = \"486.67%\", early = {{ factor = 0.0000001, until = \"75 days\" }} }}\nhiring = {{ lead = \"0 days\" }}\n{class}"
            ),
        ),
    ])
}

/// Ticks in hand per contact answered, by day of the horizon; `None` on days without any.
fn each_day(case: &staffwright::experiment::Case) -> Vec<Option<Tick>> {
    let ledger = super::case::play(case, 0);
    assert_eq!((ledger.teams[0].leavers, ledger.teams[0].hires), (12, 12));
    let mut handling = vec![0; ledger.day_count];
    for (i, cell) in ledger.staff.iter().enumerate() {
        let day = case.world.report_days[i] as usize;
        handling[day] += cell.handling;
    }
    let answered = ledger.days.iter().map(|d| d.answered);
    let days = handling.iter().zip(answered);
    days.map(|(time, n)| {
        // Nothing is in hand over midnight.
        assert_eq!(time % n.max(1), 0);
        time.checked_div(n)
    })
    .collect()
}

#[test]
fn who_nests_takes_longer_by_the_stated_factor_and_for_the_stated_days() {
    let nesting = all_new(
        "class = { length = \"0 days\", nesting = { length = \"14 days\", handle = \"131%\" } }\n",
    );
    for (day, each) in each_day(&nesting).into_iter().enumerate() {
        let expected = if (1..15).contains(&day) { 393 } else { 300 };
        assert!(
            each.is_none_or(|t| t == expected * SECOND),
            "day {day}: {each:?}"
        );
    }
    // Beside the learning curve, whose newcomers are at 80 % and learn nothing.
    let learning = all_new(
        "class = { length = \"0 days\", nesting = { length = \"14 days\", handle = \"131%\" } }\nlearning = { start = \"80%\", contacts = 1_000_000_000 }\n",
    );
    let ledger = super::case::play(&learning, 0);
    let nested: Tick = ledger
        .staff
        .iter()
        .enumerate()
        .filter(|(i, _)| *i as Tick * ledger.interval / DAY == 8)
        .map(|(_, c)| c.handling)
        .sum();
    let answered = ledger.days[8].answered;
    let each = nested as f64 / answered as f64 / SECOND as f64;
    assert!((each / (300.0 * 1.31 / 0.8) - 1.0).abs() < 1e-4, "{each}");
    // A course alone changes no piece of work.
    let plain = all_new("class = { length = \"0 days\" }\n");
    assert!(
        each_day(&plain)
            .into_iter()
            .flatten()
            .all(|t| t == 300 * SECOND)
    );
}
