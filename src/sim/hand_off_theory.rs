//! Hand-offs against their formulas.
#![allow(clippy::unwrap_used)]

use super::Ledger;
use super::testing::{agrees, from_the_start, played, scenario, team};
use crate::time::{SECOND, Tick};

/// One topic by phone, 12 contacts an hour, five minutes each, always.
fn phone(ends: &str) -> String {
    format!(
        "[topic.help]\nper_week = {}\nchannels = {{ phone = \"100%\" }}\nhandle = {{ phone = {{ mean = \"5m\", family = \"fixed\" }} }}\nends = {{ {ends} }}\n",
        12 * 168
    )
}

const TIER_2: &str = "[tier.2]\nhandle = { mean = \"10m\", family = \"fixed\" }\n";

fn seconds(ticks: Tick) -> f64 {
    ticks as f64 / SECOND as f64
}

fn handling(team: usize) -> impl Fn(&Ledger) -> (f64, f64) {
    move |l| (seconds(l.teams[team].handling), l.teams[team].items as f64)
}

fn per_answered(count: impl Fn(&Ledger) -> u64) -> impl Fn(&Ledger) -> (f64, f64) {
    move |l| (count(l) as f64, l.streams[0].answered as f64)
}

fn two_tiers(rules: &str, experts: usize) -> Vec<Ledger> {
    let text = format!(
        "{}{}{TIER_2}triage = \"1m\"\nends = {{ resolved = \"100%\" }}\n{rules}\n{}{}",
        from_the_start(),
        phone("resolved = \"75%\", tier2 = \"25%\""),
        team("front", 40, ""),
        team("experts", experts, "tier = 2")
    );
    played(&scenario(&text), if experts == 1 { 96 } else { 24 })
}

#[test]
fn a_warm_hand_off_keeps_both_agents_busy_together() {
    let cold = two_tiers("", 40);
    agrees("cold, front", &cold, handling(0), 300.0, 1.0);
    agrees("cold, experts", &cold, handling(1), 660.0, 1.0);
    let warm = two_tiers("hand_off = { together = \"2m\", waits = \"1h\" }", 40);
    agrees("front", &warm, handling(0), 300.0 + 0.25 * 120.0, 1.0);
    agrees("experts", &warm, handling(1), 600.0 + 60.0 + 120.0, 1.0);
    let share = per_answered(|l| l.streams[0].warm_hand_offs);
    agrees("warm", &warm, share, 0.25, 0.005);
}

#[test]
fn the_first_agent_waits_for_the_second_as_pollaczek_and_khinchine_say() {
    // Three an hour for one expert who takes 780 s each: load 0.65, and who is held waits rho s / (2 (1 - rho)).
    let warm = two_tiers("hand_off = { together = \"2m\", waits = \"10h\" }", 1);
    let wait = 0.65 * 780.0 / (2.0 * 0.35);
    agrees(
        "front",
        &warm,
        handling(0),
        300.0 + 0.25 * (wait + 120.0),
        9.0,
    );
    // Who does not wait at all hands on cold, as soon as the expert is busy.
    let hasty = two_tiers("hand_off = { together = \"2m\", waits = \"0s\" }", 1);
    let share = per_answered(|l| l.streams[0].warm_hand_offs);
    let busy: f64 = hasty
        .iter()
        .map(|l| seconds(l.teams[1].handling))
        .sum::<f64>()
        / hasty
            .iter()
            .map(|l| seconds(l.teams[1].on_queue))
            .sum::<f64>();
    agrees("warm while free", &hasty, share, 0.25 * (1.0 - busy), 0.006);
}

#[test]
fn a_misroute_costs_the_wrong_team_its_look_and_the_right_one_triage() {
    let text = format!(
        "{}{}[tier.1]\ntriage = \"1m\"\nmisrouted = {{ share = \"20%\", costs = \"90s\" }}\n{}{}",
        from_the_start(),
        phone("resolved = \"100%\""),
        team("right", 40, "skills = { topics = [\"help\"] }"),
        team("wrong", 40, "skills = []")
    );
    let ledgers = played(&scenario(&text), 24);
    agrees(
        "astray",
        &ledgers,
        per_answered(|l| l.streams[0].misrouted),
        0.2,
        0.005,
    );
    agrees(
        "looks",
        &ledgers,
        per_answered(|l| l.teams[1].items),
        0.2,
        0.005,
    );
    agrees("a look", &ledgers, handling(1), 90.0, 0.5);
    agrees("right team", &ledgers, handling(0), 300.0 + 0.2 * 60.0, 0.5);
}

#[test]
fn ping_pong_is_a_geometric_series() {
    let text = format!(
        "{}{}{TIER_2}ends = {{ resolved = \"60%\", tier1 = \"40%\" }}\n{}{}",
        from_the_start(),
        phone("resolved = \"50%\", tier2 = \"50%\""),
        team("front", 40, ""),
        team("experts", 40, "tier = 2")
    );
    let ledgers = played(&scenario(&text), 24);
    let visits = 1.0 / (1.0 - 0.5 * 0.4);
    agrees(
        "front",
        &ledgers,
        per_answered(|l| l.teams[0].items),
        visits,
        0.015,
    );
    agrees(
        "sent back",
        &ledgers,
        per_answered(|l| l.streams[0].sent_back),
        0.5 * 0.4 * visits,
        0.01,
    );
}

#[test]
fn engineering_is_a_delay_that_may_send_work_back() {
    let text = format!(
        "{}{}[engineering]\ntakes = {{ mean = \"2h\", family = \"fixed\" }}\nends = {{ resolved = \"70%\", back = \"30%\" }}\n{}",
        from_the_start(),
        phone("resolved = \"80%\", engineering = \"20%\""),
        team("front", 40, "")
    );
    let ledgers = played(&scenario(&text), 24);
    let visits = 1.0 / (1.0 - 0.2 * 0.3);
    agrees(
        "pieces",
        &ledgers,
        per_answered(|l| l.teams[0].items),
        visits,
        0.01,
    );
    agrees(
        "to engineering",
        &ledgers,
        per_answered(|l| l.streams[0].engineering),
        0.2 * visits,
        0.006,
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
        visits * (300.0 + 0.2 * 7200.0),
        40.0,
    );
}
