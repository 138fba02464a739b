//! Mechanisms that change the work of single contacts: switched on, each moves what it should by what its formula says.

use crate::support::{MAIL, PHONE, REPLICATIONS, case, case_of, changed, played, share_is};
use staffwright::sim::ContactSums;
use staffwright::time::{MINUTE, SECOND};

/// Calls of four minutes and mails of ten, each.
const FIXED: (&str, &str) = (
    "handle   = { phone = { mean = \"4m\", family = \"exponential\" }, mail = { mean = \"5m\", family = \"exponential\" } }",
    "handle   = { phone = { mean = \"4m\", family = \"fixed\" }, mail = { mean = \"10m\", family = \"fixed\" } }",
);

/// Mean seconds of a piece of work.
fn per_item(sums: &ContactSums) -> f64 {
    sums.handled as f64 / SECOND as f64 / sums.items as f64
}

fn near(seconds: f64, expected: f64) {
    // Ticks are rounded once per draw.
    assert!((seconds - expected).abs() < 1e-5, "{seconds} {expected}");
}

/// Chats logged with `c` open took as long as agents at the speed of `c` need; alone, a chat takes that part of it.
#[test]
fn chats_are_worked_at_the_speed_they_were_logged_at() {
    for (logged_at, speed) in [(1.0, 1.0), (1.5, 0.9), (2.0, 0.8), (2.4, 0.74), (3.0, 0.65)] {
        let chats = format!(
            "kind     = \"concurrent\"\nspeed = [\"100%\", \"80%\", \"65%\"]\nmeasured_at = {logged_at:.1}"
        );
        let case = case(&[FIXED, ("kind     = \"live\"", &chats)]);
        let ledger = played(&case, 0);
        // A hundred agents: every chat is alone with its agent.
        near(per_item(&ledger.streams[PHONE]), 240.0 * speed);
        near(per_item(&ledger.streams[MAIL]), 600.0);
    }
}

/// Work put down costs `resume_cost` each time it is taken up again.
#[test]
fn each_resumption_costs_what_is_stated() {
    // One mail at eight; calls put it down after one minute, and after two minutes more of it.
    let rows = "time,channel\n2027-01-05 08:00:00,mail\n2027-01-05 08:01:00,phone\n2027-01-05 08:08:00,phone\n";
    let mail = |keys: &str| {
        let kind = format!("kind = \"deferred\"\nyields_to = [\"phone\"]\n{keys}");
        let text = changed(&[
            FIXED,
            (
                "per_week = 4_000\nchannels = { phone = \"75%\", mail = \"25%\" }",
                "trace = \"tickets.csv\"\nchannels = { phone = \"75%\", mail = \"25%\" }",
            ),
            ("patience = \"5m\"", "patience = \"never\""),
            ("kind = \"deferred\"", &kind),
        ]);
        let ledger = played(&case_of(&text, 1, Some(("tickets.csv", rows))), 0);
        assert_eq!(ledger.streams[PHONE].wait, 0, "calls go before");
        assert_eq!(ledger.streams[MAIL].resolved, 1);
        (
            ledger.streams[MAIL].handled,
            ledger.streams[MAIL].resolution,
        )
    };
    let (free, costs) = (mail(""), mail("resume_cost = \"45s\""));
    // Ten minutes of its own, and two calls of four in between.
    assert_eq!(free, (10 * MINUTE, 18 * MINUTE));
    assert_eq!(
        costs,
        (10 * MINUTE + 90 * SECOND, 18 * MINUTE + 90 * SECOND)
    );
}

/// An agent turns round after every piece of work, and is not free meanwhile.
#[test]
fn turning_round_follows_every_piece_of_work() {
    let case = case(&[
        FIXED,
        (
            "shrinkage = \"none\"",
            "shrinkage = \"none\"\navailability = { turn_round = \"7s\" }",
        ),
    ]);
    let ledger = played(&case, 0);
    let team = &ledger.teams[0];
    let items: u64 = ledger.streams.iter().map(|s| s.items).sum();
    let each = team.turn_round as f64 / SECOND as f64 / items as f64;
    // The last ones turn round beyond the horizon's end.
    assert!((each - 7.0).abs() < 7.0 * 1e-3, "{each}");
}

const TOPICS: &str = "[topic.bills]\nper_week = 2_000\nchannels = { phone = \"100%\" }\nhandle = { mean = \"4m\", family = \"fixed\" }\nends = { resolved = \"100%\" }\n[topic.returns]\nper_week = 2_000\nchannels = { phone = \"100%\" }\nhandle = { mean = \"4m\", family = \"fixed\" }\nends = { resolved = \"100%\" }";

/// With `c` channels and `t` topics work takes `1 + channel (c - 1) + topic (t - 1)` times as long.
#[test]
fn breadth_makes_work_longer_by_channels_and_topics() {
    let breadth = "[breadth]\nchannel = \"3%\"\ntopic = \"2%\"";
    let case = case(&[FIXED, ("", TOPICS), ("", breadth)]);
    let ledger = played(&case, 0);
    let names = case.scenario.streams.iter().map(|s| s.name.as_str());
    for (name, sums) in names.zip(&ledger.streams) {
        let own = if name == "shop/mail" { 600.0 } else { 240.0 };
        near(per_item(sums), own * (1.0 + 0.03 + 2.0 * 0.02));
    }
}

/// Where agents know only `holds` topics of `t`, the share `x = 1 - holds / t` takes `1 + search x` times as long and is
/// resolved less by `lost x`.
#[test]
fn what_is_not_known_is_searched_and_resolved_less() {
    let cap = "[breadth]\nchannel = \"0%\"\ntopic = \"0%\"\nholds = 2\nsearch = \"60%\"\nlost = \"-30 points\"";
    let case = case(&[FIXED, ("", TOPICS), ("", cap)]);
    let (mut answered, mut resolved) = (0, 0);
    for replication in 0..REPLICATIONS {
        for sums in &played(&case, replication).streams {
            let own = if per_item(sums) > 400.0 { 600.0 } else { 240.0 };
            near(per_item(sums), own * (1.0 + 0.6 / 3.0));
            answered += sums.resolved + sums.unresolved;
            resolved += sums.resolved;
        }
    }
    share_is("resolved", resolved, answered, 1.0 - 0.3 / 3.0);
}
