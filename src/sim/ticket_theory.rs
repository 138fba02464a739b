//! Swarming, waits for others and hand-over at the end of a shift, against their formulas.
#![allow(clippy::unwrap_used)]

use super::testing::{agrees, from_the_start, played, scenario, team};
use super::{ContactSums, Ledger};
use crate::time::{SECOND, Tick};

/// One topic on one channel, 12 contacts an hour, five minutes each, always.
fn topic(channel: &str, handle: &str, ends: &str) -> String {
    format!(
        "[topic.help]\nper_week = {}\nchannels = {{ {channel} = \"100%\" }}\nhandle = {{ {channel} = {{ mean = \"{handle}\", family = \"fixed\" }} }}\nends = {{ {ends} }}\nreturns_after = \"1h\"\n",
        12 * 168
    )
}

fn seconds(ticks: Tick) -> f64 {
    ticks as f64 / SECOND as f64
}

fn per_answered(count: impl Fn(&Ledger) -> f64) -> impl Fn(&Ledger) -> (f64, f64) {
    move |l| (count(l), l.streams[0].answered as f64)
}

fn handling(team: usize) -> impl Fn(&Ledger) -> (f64, f64) {
    per_answered(move |l| seconds(l.teams[team].handling))
}

/// A quarter goes to tier 2, where work takes ten minutes after one of triage; 40 % of it is swarmed.
fn swarmed(channel: &str, rule: &str, experts: usize) -> Vec<Ledger> {
    let topic = topic(channel, "5m", "resolved = \"75%\", tier2 = \"25%\"");
    played(&scenario(&with_swarm(&topic, rule, experts)), 24)
}

fn with_swarm(topic: &str, rule: &str, experts: usize) -> String {
    format!(
        "{}{topic}[tier.2]\nhandle = {{ mean = \"10m\", family = \"fixed\" }}\ntriage = \"1m\"\nends = {{ resolved = \"100%\" }}\nswarm = {{ share = \"40%\", helper = \"1 of experts\", helper_time = \"35%\", finds_after = \"2m\", {rule} }}\n{}{}",
        from_the_start(),
        team("front", 40, ""),
        team("experts", experts, "tier = 2")
    )
}

const SWARMED: f64 = 0.25 * 0.4;
const HANDED_ON: f64 = 0.25 * 0.6;

#[test]
fn a_helper_joins_the_owner_for_its_part_of_the_work() {
    let keeps = swarmed("phone", "owner = \"keeps\"", 40);
    agrees(
        "owner",
        &keeps,
        handling(0),
        300.0 + SWARMED * (120.0 + 600.0),
        2.0,
    );
    agrees(
        "experts",
        &keeps,
        handling(1),
        SWARMED * 0.35 * 600.0 + HANDED_ON * 660.0,
        2.0,
    );
    let of = |count: fn(&Ledger) -> u64| per_answered(move |l| count(l) as f64);
    agrees(
        "swarmed",
        &keeps,
        of(|l| l.streams[0].swarmed),
        SWARMED,
        0.004,
    );
    agrees(
        "handed on",
        &keeps,
        of(|l| l.streams[0].hand_offs),
        HANDED_ON,
        0.004,
    );
    let passes = swarmed("phone", "owner = \"passes\"", 40);
    agrees(
        "owner who passes",
        &passes,
        handling(0),
        300.0 + SWARMED * (120.0 + 210.0),
        2.0,
    );
    agrees(
        "experts who take over",
        &passes,
        handling(1),
        SWARMED * 600.0 + HANDED_ON * 660.0,
        2.0,
    );
    agrees(
        "handed on in all",
        &passes,
        of(|l| l.streams[0].hand_offs),
        0.25,
        0.005,
    );
}

/// Calls take the only expert from tickets, and from helping with them; what is left is done afterwards, once.
#[test]
fn a_helper_who_is_called_away_goes_on_with_its_part() {
    let both = |rule: &str| {
        let topic = topic("phone", "5m", "resolved = \"75%\", tier2 = \"25%\"")
            .replace(
                "{ phone = \"100%\" }",
                "{ phone = \"50%\", mail = \"50%\" }",
            )
            .replace(
                "handle = { phone = {",
                "handle = { mail = { mean = \"5m\", family = \"fixed\" }, phone = {",
            );
        let text = with_swarm(&topic, rule, 1);
        let yields = "[channel.mail]\nyields_to = [\"phone\"]\n";
        let text = text.replace("[channel.mail]\n", yields);
        played(&scenario(&text), 24)
    };
    // Where the owner passes it on, a swarm is a hand-off, too.
    for (rule, swarm_s, passes) in [("keeps", 210.0, 0.0), ("passes", 600.0, 1.0)] {
        let played = both(&format!("owner = \"{rule}\", waits = \"2h\""));
        let sum =
            |l: &Ledger, f: fn(&ContactSums) -> u64| l.streams.iter().map(f).sum::<u64>() as f64;
        let work = |l: &Ledger| {
            let swarmed = sum(l, |s| s.swarmed);
            let handed_on = sum(l, |s| s.hand_offs) - passes * swarmed;
            (
                seconds(l.teams[1].handling),
                swarm_s * swarmed + 660.0 * handed_on,
            )
        };
        agrees(rule, &played, work, 1.0, 0.005);
    }
}

#[test]
fn a_ticket_waits_for_its_helper_without_anybody_at_work() {
    let keeps = swarmed("mail", "owner = \"keeps\"", 40);
    agrees("owner", &keeps, handling(0), 300.0 + SWARMED * 600.0, 2.0);
    let resolution = |l: &Ledger| {
        (
            seconds(l.streams[0].resolution),
            l.streams[0].resolved as f64,
        )
    };
    agrees(
        "resolution",
        &keeps,
        resolution,
        300.0 + SWARMED * (120.0 + 600.0) + HANDED_ON * 660.0,
        4.0,
    );
}

#[test]
fn where_no_helper_comes_the_contact_is_handed_on() {
    let hasty = swarmed("phone", "waits = \"0s\"", 1);
    let both = |l: &Ledger| {
        let s = &l.streams[0];
        ((s.swarmed + s.hand_offs) as f64, s.answered as f64)
    };
    agrees("swarmed or handed on", &hasty, both, 0.25, 0.005);
    let busy = |l: &Ledger| (seconds(l.teams[1].handling), seconds(l.teams[1].on_queue));
    assert!(hasty.iter().all(|l| busy(l).0 > 0.2 * busy(l).1));
    for ledger in &hasty {
        let s = &ledger.streams[0];
        assert!(s.answered - s.resolved <= s.backlog, "{s:?}");
        assert!(s.swarmed * 5 < s.answered * 2);
    }
}

#[test]
fn a_ticket_that_waits_for_others_is_worked_once_more_and_its_clock_stops() {
    let text = format!(
        "{}{}[pending]\ncustomer = {{ share = \"30%\", takes = {{ mean = \"3h\", family = \"fixed\" }} }}\nsupplier = {{ share = \"10%\", takes = {{ mean = \"10h\", family = \"fixed\" }} }}\n{}",
        from_the_start(),
        topic("mail", "5m", "resolved = \"100%\""),
        team("front", 40, "")
    );
    // Whoever of the team is free goes on with it, so that nothing waits for a busy owner.
    let text = text.replace("owner = \"agent\"", "owner = \"team\"");
    let ledgers = played(&scenario(&text), 24);
    // Those who still wait when the four weeks end.
    let lost = (0.3 * 3.0 + 0.1 * 10.0) / 672.0;
    let of = |count: fn(&Ledger) -> u64| per_answered(move |l| count(l) as f64);
    agrees(
        "waited",
        &ledgers,
        of(|l| l.streams[0].waited_for),
        0.4,
        0.01,
    );
    agrees(
        "pieces",
        &ledgers,
        of(|l| l.streams[0].items),
        1.4 - lost,
        0.02,
    );
    let wait = |l: &Ledger| {
        (
            seconds(l.streams[0].waited_for_time),
            l.streams[0].waited_for as f64,
        )
    };
    agrees(
        "wait",
        &ledgers,
        wait,
        (0.3 * 10_800.0 + 0.1 * 36_000.0) / 0.4,
        300.0,
    );
    let resolution = |l: &Ledger| {
        (
            seconds(l.streams[0].resolution),
            l.streams[0].resolved as f64,
        )
    };
    agrees(
        "resolution",
        &ledgers,
        resolution,
        300.0 * (1.0 + (0.4 - lost) / (1.0 - lost)),
        6.0,
    );
    let first = |l: &Ledger| {
        (
            seconds(l.streams[0].first_reply),
            l.streams[0].replied as f64,
        )
    };
    agrees("first reply", &ledgers, first, 300.0, 1.0);
}

/// Two sites that work twelve hours each, tickets of ten minutes whose customers answer once on average.
fn two_sites(rule: &str) -> Vec<Ledger> {
    let head = from_the_start()
        .replace(
            "mean = 1, customer_takes = \"1h\"",
            "mean = 2, customer_takes = \"9h\"",
        )
        .replace("owner = \"agent\"", "owner = \"agent\"\nreread = \"10m\"");
    let text = format!(
        "{head}[site.there]\nzone = \"UTC\"\n{}{rule}\n{}{}",
        topic("mail", "10m", "resolved = \"100%\""),
        team("day", 1, "").replace("1.csv", "day.csv"),
        team("night", 1, "")
            .replace("1.csv", "night.csv")
            .replace("site = \"here\"", "site = \"there\"")
    );
    played(&scenario(&text), 8)
}

#[test]
fn at_the_end_of_a_shift_tickets_stay_or_pass_to_the_next_site_at_a_cost() {
    let handle = |l: &Ledger| (seconds(l.streams[0].handled), l.streams[0].items as f64);
    let overtime =
        |all: &[Ledger]| -> u64 { all.iter().flat_map(|l| &l.teams).map(|t| t.overtime).sum() };
    let plain = two_sites("");
    assert!(overtime(&plain) > 0);
    // Who comes back finds the owner off duty half of the time, and another agent reads again.
    let mean = |all: &[Ledger]| {
        all.iter().map(|l| handle(l).0).sum::<f64>() / all.iter().map(|l| handle(l).1).sum::<f64>()
    };
    assert!(mean(&plain) > 600.0 + 60.0, "{}", mean(&plain));
    let stays = two_sites("[handover]\nat_shift_end = { else = \"stays\" }");
    assert_eq!(overtime(&stays), 0);
    // Only in the horizon's last twelve hours of four weeks does an owner not come again, and another reads: at most every
    // second piece of work of that time is a follow-up.
    let last = 0.5 * 600.0 * 0.5 / 28.0;
    assert!(
        (600.0..600.0 + last).contains(&mean(&stays)),
        "{}",
        mean(&stays)
    );
    let next = two_sites("[handover]\nat_shift_end = { else = \"next site\" }\ncosts = \"8m\"")
        .into_iter();
    let free = two_sites("[handover]\nat_shift_end = { else = \"next site\" }\ncosts = \"0s\"");
    let next: Vec<Ledger> = next.collect();
    assert_eq!(overtime(&next), 0);
    // What the hand-over costs is the whole difference, eight minutes for each.
    let passed = |all: &[Ledger]| {
        all.iter()
            .map(|l| l.streams[0].handed_over as f64)
            .sum::<f64>()
            / all.iter().map(|l| handle(l).1).sum::<f64>()
    };
    assert!(passed(&next) > 0.1);
    let extra = mean(&next) - mean(&free);
    let expected = 480.0 * passed(&next);
    assert!(
        (extra - expected).abs() < 0.1 * expected,
        "{extra} against {expected}"
    );
}
