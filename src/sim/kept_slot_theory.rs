//! Warm hand-offs and swarms of conversations side by side, against cases worked out by hand and laws.
#![allow(clippy::unwrap_used)]

use super::Ledger;
use super::testing::{from_the_start, played, scenario, team};
use crate::time::{SECOND, Tick};

fn seconds(ticks: Tick) -> f64 {
    ticks as f64 / SECOND as f64
}

/// Chats of five minutes in tier 1 and ten in tier 2, under rules of the tier, with so many slots' speeds.
fn chats(volume: &str, channel: &str, tier: &str) -> String {
    format!(
        "{}[channel.chat]\n{channel}\n[topic.help]\n{volume}\nchannels = {{ chat = \"100%\" }}\nhandle = {{ mean = \"5m\", family = \"fixed\" }}\n[tier.2]\nhandle = {{ mean = \"10m\", family = \"fixed\" }}\n{tier}\n",
        from_the_start()
    )
}

/// Two chats, the second 100 s after the first, for one agent at speeds 100 % and 60 %; all go on to tier 2.
fn two_chats(patience: &str, tier: &str, experts: &str) -> Ledger {
    let folder = tempfile::tempdir().unwrap();
    let times = folder.path().join("times.csv");
    std::fs::write(&times, "time\n2027-01-04T10:00:00\n2027-01-04T10:01:40\n").unwrap();
    let volume = format!("trace = {times:?}\nends = {{ tier2 = \"100%\" }}");
    let channel = format!(
        "kind = \"concurrent\"\nopen = \"24/7\"\npatience = {patience}\nspeed = [\"100%\", \"60%\"]"
    );
    let tier = format!("ends = {{ resolved = \"100%\" }}\n{tier}");
    let text = chats(&volume, &channel, &tier)
        + &team("front", 1, "")
        + &team("experts", 1, "tier = 2").replace("1.csv", experts);
    let text = text.replace("\"none.csv\"", "\"none\"");
    played(&scenario(&text), 1).remove(0)
}

/// Seconds as worked out: time with a conversation open and sessions per team, sessions of the chats, resolution.
fn is(name: &str, l: &Ledger, worked_out: [f64; 6]) {
    let (front, experts, chat) = (&l.teams[0], &l.teams[1], &l.streams[0]);
    let figures = [
        front.handling,
        front.session,
        experts.handling,
        experts.session,
        chat.handled,
        chat.resolution,
    ]
    .map(seconds);
    // Each completion is rounded to a tick.
    let near = |(a, b): (&f64, &f64)| (a - b).abs() < 1e-3;
    assert!(
        figures.iter().zip(&worked_out).all(near),
        "{name}: {figures:?} against {worked_out:?}"
    );
}

const THIRD: f64 = 1.0 / 3.0;
const NINTH: f64 = 1.0 / 9.0;

#[test]
fn a_slot_is_kept_until_both_agents_have_been_busy_together() {
    let warm = "hand_off = { together = \"2m\", waits = \"3m\" }";
    let l = two_chats("\"never\"", warm, "1.csv");
    // The first chat is done at 100 + 200 / 0.6 and explained until 553 1/3; the second, slowed until then, is done at
    // 581 1/3 and explained until 701 1/3. The expert has done 28 s of the first by then and 72 s more until it begins
    // with the second; both run at 60 % for 500 s of work, and 100 s of the second are left.
    is(
        "warm",
        &l,
        [
            701.0 + THIRD,
            553.0 + THIRD + 601.0 + THIRD,
            1201.0 + THIRD,
            1101.0 + THIRD + 1053.0 + THIRD,
            1154.0 + 2154.0 + 4.0 * THIRD,
            2.0 * (1534.0 + 2.0 * THIRD),
        ],
    );
    assert_eq!((l.streams[0].warm_hand_offs, l.streams[0].resolved), (2, 2));
    // Nobody comes for three minutes: from 433 1/3 on and, for the second chat, from 600 on.
    let l = two_chats("\"never\"", warm, "none.csv");
    is(
        "nobody",
        &l,
        [780.0, 1293.0 + THIRD, 0.0, 0.0, 1293.0 + THIRD, 0.0],
    );
    assert_eq!((l.streams[0].warm_hand_offs, l.streams[0].backlog), (0, 2));
    // Customers leave after a minute, and the slot is free: the second chat's last 64 s run alone.
    let l = two_chats("{ mean = \"1m\", family = \"fixed\" }", warm, "none.csv");
    is(
        "left",
        &l,
        [
            617.0 + THIRD,
            1010.0 + 2.0 * THIRD,
            0.0,
            0.0,
            1010.0 + 2.0 * THIRD,
            0.0,
        ],
    );
    assert_eq!((l.streams[0].lost_later, l.streams[0].backlog), (2, 0));
}

fn swarm(rule: &str) -> String {
    format!(
        "swarm = {{ share = \"100%\", helper = \"1 of experts\", helper_time = \"35%\", finds_after = \"1m\", waits = \"2m\", {rule} }}"
    )
}

#[test]
fn a_specialist_joins_a_conversation_in_its_slot() {
    // Helpers join at 493 1/3 and at 660; the owner has both slots open all the time, and 100 s of the second are left when
    // the first is done. The helper's two parts of 210 s overlap from 660 to 732 2/9.
    let l = two_chats("\"never\"", &swarm("owner = \"keeps\""), "1.csv");
    let (owner, helper) = (1493.0 + THIRD, 238.0 + 8.0 * NINTH);
    is(
        "keeps",
        &l,
        [
            owner + 100.0,
            2.0 * owner,
            405.0 + 5.0 * NINTH,
            2.0 * helper,
            2.0 * owner,
            2.0 * owner,
        ],
    );
    let chat = &l.streams[0];
    assert_eq!((chat.swarmed, chat.hand_offs, chat.resolved), (2, 0, 2));
    // The other way round: the owner's parts of 210 s end at 843 1/3 and 943 1/3, the helper's work at 1382 2/9 and 1548 8/9.
    let l = two_chats("\"never\"", &swarm("owner = \"passes\""), "1.csv");
    let (owner, helper) = (843.0 + THIRD, 888.0 + 8.0 * NINTH);
    is(
        "passes",
        &l,
        [
            owner + 100.0,
            2.0 * owner,
            1055.0 + 5.0 * NINTH,
            2.0 * helper,
            2.0 * (owner + helper),
            1382.0 + 1448.0 + 10.0 * NINTH,
        ],
    );
    let chat = &l.streams[0];
    assert_eq!((chat.swarmed, chat.hand_offs, chat.resolved), (2, 2, 2));
    // Nobody comes: handed on two minutes after asking, at 613 1/3 and 780.
    let l = two_chats("\"never\"", &swarm("owner = \"keeps\""), "none.csv");
    is(
        "nobody",
        &l,
        [780.0, 1293.0 + THIRD, 0.0, 0.0, 1293.0 + THIRD, 0.0],
    );
    let chat = &l.streams[0];
    assert_eq!((chat.swarmed, chat.hand_offs, chat.backlog), (0, 2, 2));
}

/// Nobody helps itself, and an agent's own request keeps no customer behind it waiting.
#[test]
fn an_own_request_holds_up_no_other_chat() {
    let folder = tempfile::tempdir().unwrap();
    let times = folder.path().join("times.csv");
    let text = "time\n2027-01-04T10:00:00\n2027-01-04T10:00:10\n2027-01-04T10:09:40\n";
    std::fs::write(&times, text).unwrap();
    let volume = format!("trace = {times:?}\nends = {{ tier2 = \"100%\" }}");
    let channel =
        "kind = \"concurrent\"\nopen = \"24/7\"\npatience = \"never\"\nspeed = [\"100%\", \"60%\"]";
    let rule = swarm("owner = \"keeps\"").replace("of experts", "of front");
    let tier = format!("ends = {{ resolved = \"100%\" }}\n{rule}");
    let text = chats(&volume, channel, &tier)
        + &team("front", 1, "")
        + &team("experts", 1, "tier = 2").replace("1.csv", "none");
    let l = played(&scenario(&text), 1).remove(0);
    // Done at 493 1/3 and 510; asked for help at 553 1/3 and 570. The third comes at 580 and is answered when the first
    // request is given up, at 673 1/3, not the second, at 690.
    let chat = &l.streams[0];
    assert_eq!((chat.swarmed, chat.answered), (0, 3));
    let waited = seconds(chat.wait_answered);
    assert!((waited - (673.0 + THIRD - 580.0)).abs() < 1e-3, "{waited}");
}

/// Many chats under a rule of tier 2; a tenth of tier 2's work goes back.
fn many(kind: &str, rule: &str, keys: &str) -> Vec<Ledger> {
    let volume = format!(
        "per_week = {}\nends = {{ resolved = \"60%\", tier2 = \"30%\", returns = \"10%\" }}\nreturns_after = \"1h\"",
        30 * 168
    );
    let tier = format!("triage = \"1m\"\nends = {{ resolved = \"90%\", tier1 = \"10%\" }}\n{rule}");
    let text = chats(&volume, &format!("{kind}\n{keys}"), &tier)
        + &team("front", 4, "")
        + &team("experts", 2, "tier = 2");
    played(&scenario(&text), 4)
}

const WARM: &str = "hand_off = { together = \"2m\", waits = \"5m\" }";
const PATIENT: &str = "open = \"24/7\"\npatience = { mean = \"10m\" }";

/// A chat alone with its agent is a call: the same customers make the same figures.
#[test]
fn chats_one_at_a_time_are_handed_on_and_swarmed_like_calls() {
    for rule in [
        WARM.to_string(),
        swarm("owner = \"keeps\"").replace("100%", "40%"),
        swarm("owner = \"passes\"").replace("100%", "40%") + "\n" + WARM,
    ] {
        let calls = many("kind = \"live\"", &rule, PATIENT);
        let chats = many("kind = \"concurrent\"\nspeed = [\"100%\"]", &rule, PATIENT);
        for (call, chat) in calls.iter().zip(&chats) {
            let counts = |l: &Ledger| {
                let s = &l.streams[0];
                [
                    s.offered,
                    s.answered,
                    s.resolved,
                    s.hand_offs,
                    s.warm_hand_offs,
                    s.swarmed,
                    s.lost_later,
                ]
            };
            assert_eq!(counts(call), counts(chat), "{rule}");
            assert!(counts(call)[4] + counts(call)[5] > 500);
            for (a, b) in call.teams.iter().zip(&chat.teams) {
                for (a, b) in [(a.handling, b.handling), (a.session, b.session)] {
                    assert!((seconds(a) - seconds(b)).abs() < 0.1, "{rule}: {a} {b}");
                }
            }
        }
    }
}

#[test]
fn every_conversation_and_every_second_of_it_is_accounted_for() {
    let three = "kind = \"concurrent\"\nspeed = [\"100%\", \"80%\", \"65%\"]";
    let closes =
        "open = \"Mon-Sun 08:00-18:00\"\npatience = { mean = \"10m\" }\nat_close = \"turn away\"";
    let passes = swarm("owner = \"passes\"").replace("100%", "40%");
    let keeps = swarm("owner = \"keeps\"").replace("100%", "40%");
    for (rule, keys) in [
        (WARM.to_string(), PATIENT),
        (format!("{passes}\n{WARM}"), PATIENT),
        (format!("{passes}\n{WARM}"), closes),
        (keeps.clone(), closes),
        // Helpers are the owner's own colleagues.
        (passes.replace("of experts", "of front"), PATIENT),
        (keeps.replace("of experts", "of front"), closes),
    ] {
        for l in many(three, &rule, keys) {
            let s = &l.streams[0];
            let ends = s.abandoned + s.resolved + s.unresolved + s.lost_later + s.backlog;
            assert_eq!(s.offered, ends, "{rule} {s:?}");
            assert!(s.warm_hand_offs + s.swarmed > 300, "{rule} {s:?}");
            // Little's law, an identity of the ledger: what teams have open is what chats get. A helper who only takes part
            // works beside the chat.
            let open: u64 = l.teams.iter().map(|t| t.session).sum();
            if rule.contains("keeps") {
                assert!(open > s.handled);
            } else {
                assert_eq!(open, s.handled, "{rule}");
            }
            for t in &l.teams {
                assert!(t.handling <= t.session && t.session <= 3 * t.handling);
                assert!(t.handling <= t.on_queue);
            }
        }
    }
}
