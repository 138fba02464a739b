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
    for &(at, contacts) in contacts {
        world.batches.push(BatchPlan {
            stream: 0,
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
