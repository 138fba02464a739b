//! The engine against closed forms, on worlds built by hand.

use crate::queueing;
use crate::random::{Law, Sampler, Seed, stream_key};
use crate::roster::{Duty, Position, Roster, TeamRoster};
use crate::scenario::model::{ChannelKind, Owner, Satisfaction};
use crate::sim::{Ledger, play};
use crate::time::{HOUR, MINUTE, NEVER, OpenHours, Tick, seconds};
use crate::world::{
    ArrivalPlan, Choice, ClassPlan, ClassSet, DrawPlan, EndPlan, StreamPlan, TeamPlan, TierPlan, TouchPlan, World,
};

const LENGTH: Tick = 2000 * HOUR;

/// One stream of Poisson arrivals at `rate` an hour to one team, exponential handle time and patience (seconds).
pub fn single_queue(rate: f64, handle: f64, patience: Option<f64>) -> World {
    let interval = 15 * MINUTE;
    let intervals = (LENGTH / interval) as usize;
    let exponential = |scale: f64| DrawPlan { sampler: 0, scale };
    let tier = TierPlan {
        handle: exponential(handle),
        ends: vec![(1.0, EndPlan::Resolved)],
        classes: vec![(1.0, 0)],
        team_classes: vec![],
        handed_to: vec![],
        triage: 0.0,
    };
    let stream = StreamPlan {
        key: stream_key("phone"),
        channel: 0,
        kind: ChannelKind::Live,
        arrivals: ArrivalPlan::Poisson { expected: vec![rate / 4.0; intervals], busy: false },
        days: 0,
        open: 0,
        closed: vec![],
        patience: patience.map(exponential),
        balk: 0.0,
        redial: None,
        returns_after: exponential(HOUR as f64),
        comes_back: false,
        touches: TouchPlan { again: 0.0, customer_takes: exponential(1.0), owner: Owner::Anyone },
        tiers: vec![tier],
        promises: vec![],
        speeds: vec![1.0],
        resume_cost: 0.0,
        reread: 0.0,
        backlog: (0, 0),
    };
    let class = ClassPlan {
        rank: 0,
        credit: 0,
        kind: ChannelKind::Live,
        channel: 0,
        choices: vec![Choice { team: 0, after: 0, pick_up: 0 }],
        longest_idle: false,
        stages: vec![],
    };
    let mut classes = ClassSet::default();
    classes.insert(0);
    let team = TeamPlan {
        key: stream_key("team"),
        tier: 0,
        vendor: false,
        classes,
        pick_up: vec![0],
        handle_factor: vec![1.0],
        resolved_delta: vec![0.0],
        fee: vec![0.0],
        turn_round: None,
        pause: None,
        yields: vec![0],
        drains: true,
    };
    World {
        length: LENGTH,
        warm_up: 10 * HOUR,
        interval,
        intervals,
        channels: vec![ChannelKind::Live],
        drains: vec![true],
        streams: vec![stream],
        classes: vec![class],
        teams: vec![team],
        tiers: 1,
        open: vec![OpenHours::always(NEVER)],
        promises: vec![],
        day_tables: vec![vec![0; intervals]],
        busyness: None,
        satisfaction: Satisfaction { base: 100.0, late: 0.0, hand_off: 0.0, unresolved: 0.0, abandoned: 0.0 },
        samplers: vec![Sampler::new(&Law::Exponential { mean: 1.0 })],
    }
}

/// `n` agents on queue all the time.
pub fn always_on(n: usize) -> Roster {
    let duty = Duty { start: 0, end: LENGTH, offs: vec![] };
    let position = Position { contract: None, duties: vec![duty] };
    Roster { teams: vec![TeamRoster { positions: vec![position; n], ..TeamRoster::default() }] }
}

fn ledgers(world: &World, roster: &Roster) -> Vec<Ledger> {
    (0..8).map(|replication| play(world, roster, Seed { seed: 7, replication })).collect()
}

#[test]
fn smoke_erlang_a() {
    let world = single_queue(200.0, 180.0, Some(300.0));
    let all = ledgers(&world, &always_on(10));
    let sum = |f: fn(&Ledger) -> u64| all.iter().map(f).sum::<u64>() as f64;
    let offered = sum(|l| l.streams[0].offered);
    println!("events {} ab {} wait {} delayed {} occ {}", sum(|l| l.events), sum(|l| l.streams[0].abandoned) / offered,
        seconds(sum(|l| l.streams[0].wait) as u64) / offered, sum(|l| l.streams[0].delayed) / offered,
        sum(|l| l.teams[0].handling) / sum(|l| l.teams[0].on_queue));
}
