//! Reviews, approvals, work done twice, changes of channel and skill groups, against their formulas.
#![allow(clippy::unwrap_used)]

use super::Ledger;
use super::testing::{agrees, from_the_start, played, scenario, team};
use crate::time::{SECOND, Tick};

fn seconds(ticks: Tick) -> f64 {
    ticks as f64 / SECOND as f64
}

/// Twelve contacts an hour, five minutes each, always.
fn topic(channels: &str, handle: &str) -> String {
    format!(
        "[topic.help]\nper_week = {}\nchannels = {{ {channels} }}\nhandle = {handle}\nends = {{ resolved = \"100%\" }}\n",
        12 * 168
    )
}

const PHONE: &str = "phone = \"100%\"";
const FIVE: &str = "{ mean = \"5m\", family = \"fixed\" }";

fn with(rule: &str) -> Vec<Ledger> {
    let text = format!(
        "{}{}{rule}{}{}",
        from_the_start(),
        topic(PHONE, FIVE),
        team("front", 40, "skills = { topics = [\"help\"] }"),
        team("leads", 40, "skills = []"),
    );
    played(&scenario(&text), 16)
}

fn per_resolved(count: impl Fn(&Ledger) -> f64) -> impl Fn(&Ledger) -> (f64, f64) {
    move |l| (count(l), l.streams[0].resolved as f64)
}

#[test]
fn reviews_are_work_and_customers_do_not_notice() {
    let ledgers = with("[review.quality]\nshare = \"10%\"\ntakes = \"8m\"\nby = \"leads\"\n");
    agrees(
        "work",
        &ledgers,
        per_resolved(|l| seconds(l.teams[1].handling)),
        0.1 * 480.0,
        2.0,
    );
    agrees(
        "resolution",
        &ledgers,
        per_resolved(|l| seconds(l.streams[0].resolution)),
        300.0,
        0.1,
    );
    agrees(
        "shown",
        &ledgers,
        per_resolved(|l| l.streams[0].seconded as f64),
        0.1,
        0.004,
    );
}

#[test]
fn an_approval_holds_the_resolution_up_and_an_overlap_does_the_work_twice() {
    let ledgers = with("[approval.refunds]\nshare = \"20%\"\ntakes = \"30m\"\nby = \"leads\"\n");
    agrees(
        "work",
        &ledgers,
        per_resolved(|l| seconds(l.teams[1].handling)),
        0.2 * 1800.0,
        10.0,
    );
    agrees(
        "resolution",
        &ledgers,
        per_resolved(|l| seconds(l.streams[0].resolution)),
        300.0 + 0.2 * 1800.0,
        10.0,
    );
    let ledgers = with("[overlap.unclear]\nshare = \"5%\"\nby = \"leads\"\n");
    agrees(
        "twice",
        &ledgers,
        per_resolved(|l| seconds(l.teams[1].handling)),
        0.05 * 300.0,
        1.5,
    );
}

#[test]
fn who_changes_channel_pays_for_it() {
    // One agent, first in, first out: of two kinds in equal parts every other contact is of the other kind.
    let text = format!(
        "{}{}{}",
        from_the_start(),
        topic("phone = \"50%\", mail = \"50%\"", "{ phone = { mean = \"2m\", family = \"fixed\" }, mail = { mean = \"2m\", family = \"fixed\" } }"),
        team("front", 1, "switch = \"40s\"")
    )
    .replace("kind = \"live\"", "kind = \"live\"\nrank = 1")
    .replace("kind = \"deferred\"", "kind = \"deferred\"\nrank = 1");
    let ledgers = played(&scenario(&text), 24);
    let handle = |l: &Ledger| (seconds(l.teams[0].handling), l.teams[0].items as f64);
    agrees("handle time", &ledgers, handle, 120.0 + 0.5 * 40.0, 0.4);
}

#[test]
fn speakers_of_one_language_each_are_two_queues_in_one_team() {
    let text = |languages: &str| {
        format!(
            "{}[topic.help]\nper_week = {}\nchannels = {{ {PHONE} }}\nhandle = {{ mean = \"5m\", family = \"exponential\" }}\nends = {{ resolved = \"100%\" }}\n{}",
            super::testing::HEAD,
            38.4 * 168.0,
            team("all", 4, languages)
        )
        .replace("languages = { en = \"100%\" }", "languages = { en = \"50%\", de = \"50%\" }")
    };
    let apart = scenario(&text("languages = { en = 2, de = 2 }"));
    assert_eq!(apart.members(0).count(), 2);
    let ledgers = played(&apart, 96);
    let wait =
        |s: usize| move |l: &Ledger| (seconds(l.streams[s].wait), l.streams[s].answered as f64);
    // M/M/2 with 1.6 erlangs: C = 0.7111, W = C x 300 / (2 - 1.6).
    let erlang_c = 0.711_111 * 750.0;
    agrees("english", &ledgers, wait(0), erlang_c, 25.0);
    agrees("german", &ledgers, wait(1), erlang_c, 25.0);
    // Everybody speaks both: one queue for four, as if nothing were said.
    let (all, plain) = (text("languages = { en = 4, de = 4 }"), text(""));
    assert_eq!(played(&scenario(&all), 1), played(&scenario(&plain), 1));
}
