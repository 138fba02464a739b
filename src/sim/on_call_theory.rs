//! On call against cases computed by hand, and against the queue with a server that must be set up first.
#![allow(clippy::unwrap_used)]

use super::testing::{agrees, from_the_start, scenario, team};
use super::{Ledger, play};
use crate::random::Seed;
use crate::roster::{self, Roster};
use crate::time::{DAY, HOUR, MINUTE, Tick, seconds};
use crate::world::{self, ArrivalPlan, BatchPlan, World};
use rayon::prelude::*;

const NIGHT: &str = "start = \"20:00\"\nlength = \"12h\"";
const ALWAYS: &str = "start = \"00:00\"\nlength = \"24h\"";

/// A team on call in a shift, with a handle time that is always the same; nobody calls but whom `contacts` adds.
fn case(shift: &str, handle: &str, agents: &str, on_call: &str) -> (World, Roster) {
    let text = format!(
        "{}[topic.help]\nper_week = 10\nchannels = {{ phone = \"100%\" }}\nhandle = {{ mean = \"{handle}\", family = \"fixed\" }}\nends = {{ resolved = \"100%\" }}\n[shift.on]\n{shift}\nstandby = \"EUR 2/h\"\nresponds = \"15m\"\ncall_out = \"EUR 40/h\"\nat_least = \"1h\"\n{}",
        from_the_start(),
        team("all", 1, &format!("on_call = [{on_call}]")).replace("1.csv", agents),
    );
    let scenario = scenario(&text);
    let mut world = world::compile(&scenario).unwrap();
    world.streams[0].arrivals = ArrivalPlan::Exact(vec![]);
    let roster = roster::place(&scenario).unwrap();
    (world, roster)
}

fn add(world: &mut World, contacts: &[(Tick, u32)]) {
    add_to(world, 0, contacts);
}

fn add_to(world: &mut World, stream: usize, contacts: &[(Tick, u32)]) {
    for &(at, contacts) in contacts {
        world.batches.push(BatchPlan {
            stream,
            key: at,
            from: at,
            until: at,
            contacts,
        });
    }
}

fn once(world: &World, roster: &Roster) -> Ledger {
    play(
        world,
        roster,
        Seed {
            seed: 1,
            replication: 0,
        },
    )
}

#[test]
fn nights_on_call_as_computed_by_hand() {
    let (mut world, roster) = case(NIGHT, "10m", "none", "{ shift = \"on\" }");
    let at = |day: Tick, hour: Tick, minute: Tick| day * DAY + hour * HOUR + minute * MINUTE;
    add(
        &mut world,
        &[
            (at(1, 22, 0), 1),
            // Inside the hour that is paid for the first.
            (at(1, 22, 40), 1),
            // Two at once are one call.
            (at(2, 2, 0), 2),
            // Too late to be there before the turn ends: the next one is called when it begins.
            (at(2, 7, 50), 1),
            // There a minute before the end; what is in hand is finished.
            (at(3, 7, 44), 1),
        ],
    );
    let ledger = once(&world, &roster);
    let team = &ledger.teams[0];
    assert_eq!(team.calls, 5);
    assert_eq!(team.called, 4 * HOUR + 40 * MINUTE);
    assert_eq!(team.paid, team.called);
    assert_eq!(team.on_queue, HOUR);
    assert_eq!(team.handling, HOUR);
    // The horizon begins and ends inside a night.
    assert_eq!(team.standby, 28 * 12 * HOUR);
    let waits = 4 * 15 + 25 + (12 * 60 + 25);
    assert_eq!(ledger.streams[0].wait, waits * MINUTE);
    let money = |millionths: u64| millionths as f64 / 1e6;
    assert!((money(team.standby_pay) - 2.0 * 336.0).abs() < 1e-6);
    assert!((money(team.call_pay) - 40.0 * (4.0 + 40.0 / 60.0)).abs() < 1e-4);
}

#[test]
fn a_long_queue_calls_one_after_another() {
    let calls = |contacts: u32| {
        let on_call = "{ shift = \"on\", heads = 2, queue = 2 }";
        let (mut world, roster) = case(ALWAYS, "1h", "1.csv", on_call);
        add(&mut world, &[(9 * HOUR, contacts)]);
        once(&world, &roster).teams[0].calls
    };
    // One is at work and takes the first: two may wait for each who is there.
    assert_eq!([3, 4, 5, 6, 8, 20].map(calls), [0, 1, 1, 2, 2, 2]);
}

#[test]
fn who_leaves_the_last_one_waiting_is_followed_by_a_call() {
    let (mut world, roster) = case(ALWAYS, "1h", "day.csv", "{ shift = \"on\" }");
    // Twelve at work until noon; the thirteenth waits.
    add(&mut world, &[(11 * HOUR + 50 * MINUTE, 13)]);
    let ledger = once(&world, &roster);
    assert_eq!(ledger.teams[0].calls, 1);
    assert_eq!(ledger.streams[0].wait, 75 * MINUTE);
}

#[test]
fn who_was_called_rests_before_the_next_duty() {
    // Twelve agents work from midnight to noon; one of them is on call from noon on.
    let case = |rest: &str| {
        let shift = format!("start = \"12:00\"\nlength = \"12h\"\n{rest}");
        let (mut world, roster) = case(&shift, "10m", "day.csv", "{ shift = \"on\" }");
        let at = |day: Tick, hour: Tick, minute: Tick| day * DAY + hour * HOUR + minute * MINUTE;
        add(
            &mut world,
            &[
                // The last call ends at 21:05.
                (at(1, 20, 0), 1),
                (at(1, 20, 40), 1),
                // Still on the call when the duty should begin.
                (at(3, 23, 44), 1),
            ],
        );
        once(&world, &roster).teams[0]
    };
    let shifts = 28 * 12 * 12 * HOUR;
    let without = case("");
    assert_eq!(
        (without.call_rest, without.on_queue),
        (0, shifts + 30 * MINUTE)
    );
    let six = case("rest = \"6h\"");
    assert_eq!(six.call_rest, 3 * HOUR + 5 * MINUTE + 6 * HOUR + 9 * MINUTE);
    assert_eq!(six.on_queue, shifts + 30 * MINUTE - six.call_rest);
    assert_eq!(
        (six.called, six.scheduled),
        (without.called, without.scheduled)
    );
    // The second duty would end before its rest does.
    let twelve = case("rest = \"12h\"");
    assert_eq!(twelve.call_rest, 9 * HOUR + 5 * MINUTE + 12 * HOUR);
    assert_eq!(twelve.on_queue, shifts + 30 * MINUTE - twelve.call_rest);
}

#[test]
fn calls_earn_premiums_by_the_hour() {
    let shift = format!("{NIGHT}\npremium = {{ \"22:00-24:00\" = \"50%\", \"Sun\" = \"100%\" }}");
    let (mut world, roster) = case(&shift, "10m", "none", "{ shift = \"on\" }");
    let evening = 21 * HOUR + 30 * MINUTE;
    // On a Tuesday and on a Sunday; half of the hour that is paid lies after ten.
    add(&mut world, &[(DAY + evening, 1), (6 * DAY + evening, 1)]);
    let team = once(&world, &roster).teams[0];
    assert_eq!(team.called, 2 * HOUR);
    let premium = team.call_premium as f64 / 1e6;
    assert!(
        (premium - 40.0 * (0.5 * 0.5 + 0.5 * 0.5 + 1.0)).abs() < 1e-6,
        "{premium}"
    );
}

/// Twelve agents who work until noon, in groups, with people on call after that; English and French callers.
fn groups(groups: &str, heads: u32) -> (World, Roster) {
    let head = from_the_start().replace("{ en = \"100%\" }", "{ en = \"50%\", fr = \"50%\" }");
    let keys = format!("groups = [{groups}]\non_call = [{{ shift = \"on\", heads = {heads} }}]");
    let text = format!(
        "{head}[topic.help]\nper_week = 10\nchannels = {{ phone = \"100%\" }}\nhandle = {{ mean = \"10m\", family = \"fixed\" }}\nends = {{ resolved = \"100%\" }}\n[shift.on]\nstart = \"12:00\"\nlength = \"12h\"\nstandby = \"EUR 2/h\"\nresponds = \"15m\"\n{}",
        team("all", 1, &keys).replace("1.csv", "day.csv"),
    );
    let scenario = scenario(&text);
    let mut world = world::compile(&scenario).unwrap();
    for stream in &mut world.streams {
        stream.arrivals = ArrivalPlan::Exact(vec![]);
    }
    (world, roster::place(&scenario).unwrap())
}

#[test]
fn turns_go_round_among_groups_and_answer_what_they_know() {
    let two = "{ heads = 6, languages = [\"en\"] }, { heads = 6, languages = [\"fr\"] }";
    let (mut world, roster) = groups(two, 1);
    // Six evenings of English speakers, then six of French ones.
    let turns = |t: usize| -> usize { roster.teams[t].on_call.iter().map(|p| p.turns.len()).sum() };
    assert_eq!([turns(0), turns(1)], [16, 12]);
    let evening = 20 * HOUR;
    add_to(&mut world, 0, &[(DAY + evening, 1), (7 * DAY + evening, 1)]);
    add_to(
        &mut world,
        1,
        &[(2 * DAY + evening, 1), (8 * DAY + evening, 1)],
    );
    let ledger = once(&world, &roster);
    assert_eq!([ledger.teams[0].calls, ledger.teams[1].calls], [1, 1]);
    // Those whom nobody on call understands wait for midnight.
    let waits = ledger.streams.iter().map(|s| s.wait).collect::<Vec<_>>();
    assert_eq!(waits, [4 * HOUR + 15 * MINUTE; 2]);
    let standby: Tick = ledger.teams.iter().map(|t| t.standby).sum();
    assert_eq!(standby, 28 * 12 * HOUR);
}

#[test]
fn one_group_on_its_way_is_enough_for_a_contact_both_know() {
    let (mut world, roster) = groups("{ heads = 1 }, { heads = 11, handle = \"90%\" }", 2);
    add(&mut world, &[(20 * HOUR, 1)]);
    let ledger = once(&world, &roster);
    // On the first evening one of each group is on call.
    let turn = |t: &roster::TeamRoster| {
        let mut turns = t.on_call.iter().flat_map(|p| &p.turns);
        turns.any(|&(from, to)| from <= 20 * HOUR && 20 * HOUR < to)
    };
    assert!(roster.teams.iter().all(turn));
    assert_eq!(ledger.teams.iter().map(|t| t.calls).sum::<u64>(), 1);
    assert_eq!(ledger.streams[0].wait, 15 * MINUTE);
}

#[test]
fn a_team_that_a_route_reaches_later_is_called_later() {
    let play = |handle: &str| {
        let text = format!(
            "{}[topic.help]\nper_week = 10\nchannels = {{ phone = \"100%\" }}\nhandle = {{ mean = \"{handle}\", family = \"fixed\" }}\nends = {{ resolved = \"100%\" }}\n[shift.on]\n{ALWAYS}\nstandby = \"EUR 2/h\"\nresponds = \"15m\"\n{}{}[route.all]\nto = [\"all\", {{ team = \"extra\", after = \"10m\" }}]\n",
            from_the_start(),
            team("all", 1, ""),
            team("extra", 1, "on_call = [{ shift = \"on\" }]").replace("1.csv", "none"),
        );
        let scenario = scenario(&text);
        let mut world = world::compile(&scenario).unwrap();
        world.streams[0].arrivals = ArrivalPlan::Exact(vec![]);
        add(&mut world, &[(9 * HOUR, 1), (9 * HOUR + MINUTE, 1)]);
        let ledger = once(&world, &roster::place(&scenario).unwrap());
        (ledger.teams[1].calls, ledger.streams[0].wait)
    };
    // The second waits ten minutes, then a quarter of an hour for who is called.
    assert_eq!(play("1h"), (1, 25 * MINUTE));
    assert_eq!(play("5m"), (0, 4 * MINUTE));
}

#[test]
fn one_who_must_come_first_is_a_server_that_is_set_up() {
    // Two contacts an hour of ten minutes each, a quarter of an hour to come: M/D/1 with set-up times (Welch 1964).
    let (mut world, mut roster) = case(ALWAYS, "10m", "none", "{ shift = \"on\" }");
    let (rate, handle, sets_up) = (2.0 / 60.0, 10.0, 15.0);
    let n = world.intervals;
    world.streams[0].arrivals = ArrivalPlan::Poisson {
        expected: vec![rate * 15.0; n],
        busy: false,
    };
    // One turn for the whole time: nobody is sent home at midnight.
    roster.teams[0].on_call[0].turns = vec![(0, world.length)];
    let seeds = 0..48;
    let ledgers: Vec<Ledger> = seeds
        .into_par_iter()
        .map(|replication| {
            play(
                &world,
                &roster,
                Seed {
                    seed: 3,
                    replication,
                },
            )
        })
        .collect();
    let rho = rate * handle;
    let queue = rate * handle * handle / (2.0 * (1.0 - rho));
    let first = (2.0 * sets_up + rate * sets_up * sets_up) / (2.0 * (1.0 + rate * sets_up));
    let wait = |l: &Ledger| {
        (
            seconds(l.streams[0].wait) / 60.0,
            l.streams[0].answered as f64,
        )
    };
    agrees("wait", &ledgers, wait, queue + first, 0.15);
    let hours = seconds(world.length) / 3600.0;
    let calls = |l: &Ledger| (l.teams[0].calls as f64, hours);
    let per_hour = 60.0 * rate * (1.0 - rho) / (1.0 + rate * sets_up);
    agrees("calls", &ledgers, calls, per_hour, 0.01);
}

#[test]
fn a_queue_that_is_long_enough_for_the_route_calls() {
    let calls = |limit: &str, contacts: u32| {
        let text = format!(
            "{}[topic.help]\nper_week = 10\nchannels = {{ phone = \"100%\" }}\nhandle = {{ mean = \"1h\", family = \"fixed\" }}\nends = {{ resolved = \"100%\" }}\n[shift.on]\n{ALWAYS}\nstandby = \"EUR 2/h\"\nresponds = \"15m\"\ncall_out = \"EUR 40/h\"\n{}{}[route.all]\nto = [\"own\", {{ team = \"relief\", {limit} }}]\n",
            from_the_start(),
            team("own", 1, ""),
            team("relief", 1, "on_call = [{ shift = \"on\" }]").replace("1.csv", "none"),
        );
        let scenario = scenario(&text);
        let mut world = world::compile(&scenario).unwrap();
        world.streams[0].arrivals = ArrivalPlan::Exact(vec![]);
        add(&mut world, &[(9 * HOUR, contacts)]);
        let ledger = once(&world, &roster::place(&scenario).unwrap());
        (ledger.teams[1].calls, ledger.streams[0].wait / MINUTE)
    };
    // One is in hand, two wait an hour and two: nobody is called.
    assert_eq!(calls("queue_over = 2", 3), (0, 60 + 120));
    // The third who waits calls; the first of them is taken after a quarter of an hour, and then the queue is short.
    assert_eq!(calls("queue_over = 2", 4), (1, 15 + 60 + 120));
    // Four who wait: taken at 9:15 the first, at 10:00 the next by the own agent, at 10:15 two are left.
    assert_eq!(calls("queue_over = 2", 5), (1, 15 + 60 + 120 + 180));
    // Each who waits takes one agent an hour: three are more than two hours and a half.
    assert_eq!(calls("wait_over = \"2h30m\"", 3), (0, 60 + 120));
    assert_eq!(calls("wait_over = \"2h30m\"", 4), (1, 15 + 60 + 120));
}
