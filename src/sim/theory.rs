//! The engine against closed forms, on worlds built by hand.

#![allow(clippy::unwrap_used)]

use crate::queueing::Station;
use crate::random::{Law, Sampler, Seed, stream_key};
use crate::roster::{Duty, Position, Roster, TeamRoster};
use crate::scenario::model::{AtClose, ChannelKind, Owner, Satisfaction, Takes};
use crate::sim::{Ledger, play};
use crate::stats::ratio_estimate;
use crate::time::{HOUR, MINUTE, NEVER, OpenHours, SECOND, Tick};
use crate::world::{
    ArrivalPlan, Choice, ClassPlan, ClassSet, DrawPlan, EndPlan, EquipmentPlan, HabitsPlan,
    HandOffPlan, LimitPlan, NO_COURSE, NO_GAUGE, SatisfactionPlan, StreamPlan, TeamPlan, TierPlan,
    TouchPlan, World,
};
use rayon::prelude::*;

mod load;

const LENGTH: Tick = 2000 * HOUR;

/// One stream of Poisson arrivals at `rate` an hour to one team, exponential handle time and patience (seconds).
pub fn single_queue(rate: f64, handle: f64, patience: Option<f64>) -> World {
    let interval = 15 * MINUTE;
    let intervals = (LENGTH / interval) as usize;
    let exponential = |scale: f64| DrawPlan { sampler: 0, scale };
    let tier = TierPlan {
        handle: exponential(handle),
        handle_course: NO_COURSE,
        ends: vec![(1.0, EndPlan::Resolved)],
        classes: vec![(1.0, 0)],
        timed: vec![],
        team_classes: vec![],
        handed_to: vec![],
        triage: 0.0,
        hand_off: HandOffPlan::default(),
        next_site: vec![],
    };
    let stream = StreamPlan {
        key: stream_key("phone"),
        channel: 0,
        language: 0,
        kind: ChannelKind::Live,
        arrivals: ArrivalPlan::Poisson {
            expected: vec![rate / 4.0; intervals],
            busy: false,
        },
        days: 0,
        open: 0,
        closed: vec![],
        later_below: 0.0,
        closed_later: exponential(1.0),
        moves: None,
        deflections: vec![],
        patience: patience.map(exponential),
        patience_course: NO_COURSE,
        balk: 0.0,
        redial: None,
        returns_after: exponential(HOUR as f64),
        comes_back: false,
        touches: TouchPlan {
            again: 0.0,
            customer_takes: exponential(1.0),
            owner: Owner::Anyone,
        },
        tiers: vec![tier],
        promises: vec![],
        promises_resolution: false,
        forecasts: 0,
        speeds: vec![1.0],
        resume_cost: 0.0,
        reread: 0.0,
        pending: vec![],
        seconds: vec![],
        at_shift_end: None,
        backlog: (0, 0),
        habits: HabitsPlan::default(),
        prevented: vec![],
        leads_to: vec![],
        eras: vec![],
    };
    let class = ClassPlan {
        rank: 0,
        credit: 0,
        kind: ChannelKind::Live,
        channel: 0,
        choices: vec![Choice {
            team: 0,
            after: 0,
            pick_up: 0,
            tie: 0,
            limit: LimitPlan::None,
        }],
        longest_idle: false,
        automation: None,
        calls: 0,
        calls_later: 0,
        calls_long: 0,
        stages: vec![],
        ages: 0,
        weight: 1.0,
        due: None,
        gauge: NO_GAUGE,
        per_contact: 0.0,
        by_hours: false,
    };
    let mut classes = ClassSet::default();
    classes.insert(0);
    let team = TeamPlan {
        key: stream_key("team"),
        tier: 0,
        vendor: false,
        promise: None,
        classes,
        calls: ClassSet::default(),
        mates: 1,
        pick_up: vec![0],
        limits: vec![],
        takes: Takes::Priority,
        handle_factor: vec![1.0],
        lag: vec![0.0],
        equipment: EquipmentPlan::default(),
        resolved_delta: vec![0.0],
        satisfaction: vec![0],
        fee: vec![0.0],
        switch: 0.0,
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
        at_close: vec![AtClose::Serve],
        streams: vec![stream],
        batches: vec![],
        outages: vec![],
        deflections: vec![],
        classes: vec![class],
        teams: vec![team],
        channels_by_name: vec![0],
        standing: vec![0],
        tiers: 1,
        open: vec![OpenHours::always(NEVER)],
        route_hours: vec![],
        courses: vec![],
        engineering: None,
        handover_costs: 0.0,
        gauges: 0,
        promises: vec![],
        vendor_promises: vec![],
        month_ends: vec![],
        day_tables: vec![vec![0; intervals]],
        report_days: vec![0; intervals],
        busyness: None,
        satisfaction: SatisfactionPlan::of(&Satisfaction {
            base: 100.0,
            late: 0.0,
            hand_off: 0.0,
            unresolved: 0.0,
            abandoned: 0.0,
            translated: 0.0,
            other_language: 0.0,
        }),
        samplers: vec![Sampler::new(&Law::Exponential { mean: 1.0 })],
    }
}

/// `n` agents on queue all the time.
pub fn always_on(n: usize) -> Roster {
    let duty = Duty {
        start: 0,
        end: LENGTH,
        cut: 0,
        offs: vec![],
    };
    let position = Position {
        contract: None,
        duties: vec![duty],
    };
    Roster {
        teams: vec![TeamRoster {
            positions: vec![position; n],
            ..TeamRoster::default()
        }],
    }
}

/// An estimate must hold the theoretical value inside its own interval, and be precise to one per cent of it.
fn agrees(name: &str, pairs: &[(f64, f64)], theory: f64) {
    let estimate = ratio_estimate(pairs, 0.99).unwrap();
    assert!(
        !estimate.excludes(theory),
        "{name}: {estimate:?} against {theory}"
    );
    assert!(
        estimate.half_width() <= 0.01 * theory,
        "{name}: {estimate:?} is too wide to tell"
    );
}

/// Plays enough replications, in parallel, for [`agrees`].
fn ledgers(world: &World, roster: &Roster, replications: u64) -> Vec<Ledger> {
    (0..replications)
        .into_par_iter()
        .map(|replication| {
            play(
                world,
                roster,
                Seed {
                    seed: 7,
                    replication,
                },
            )
        })
        .collect()
}

fn pairs(ledgers: &[Ledger], ratio: impl Fn(&Ledger) -> (u64, u64)) -> Vec<(f64, f64)> {
    ledgers
        .iter()
        .map(ratio)
        .map(|(a, b)| (a as f64, b as f64))
        .collect()
}

fn seconds_pairs(ledgers: &[Ledger], ratio: impl Fn(&Ledger) -> (u64, u64)) -> Vec<(f64, f64)> {
    pairs(ledgers, ratio)
        .into_iter()
        .map(|(a, b)| (a / SECOND as f64, b))
        .collect()
}

fn against_erlang(rate: f64, handle: f64, patience: Option<f64>, agents: u32) {
    let theory = Station::new(
        agents,
        rate / 3600.0,
        handle,
        patience.map_or(0.0, |p| 1.0 / p),
    )
    .unwrap()
    .steady();
    let all = ledgers(
        &single_queue(rate, handle, patience),
        &always_on(agents as usize),
        80,
    );
    let stream = |l: &Ledger| l.streams[0];
    agrees(
        "waits",
        &pairs(&all, |l| (stream(l).delayed, stream(l).offered)),
        theory.wait_share,
    );
    agrees(
        "mean wait",
        &seconds_pairs(&all, |l| (stream(l).wait, stream(l).offered)),
        theory.mean_wait,
    );
    agrees(
        "occupancy",
        &pairs(&all, |l| (l.teams[0].handling, l.teams[0].on_queue)),
        theory.occupancy.unwrap(),
    );
    if patience.is_some() {
        agrees(
            "abandons",
            &pairs(&all, |l| (stream(l).abandoned, stream(l).offered)),
            theory.abandoned_share,
        );
    }
    for l in &all {
        let s = stream(l);
        let open = s.offered - s.answered - s.abandoned;
        assert!(open <= 1, "contacts unaccounted for: {s:?}");
    }
}

#[test]
fn one_queue_with_impatience_is_erlang_a() {
    against_erlang(200.0, 180.0, Some(300.0), 10);
    against_erlang(500.0, 180.0, Some(120.0), 24);
}

#[test]
fn one_queue_without_impatience_is_erlang_c() {
    against_erlang(150.0, 180.0, None, 10);
}

#[test]
fn one_agent_with_lognormal_work_is_pollaczek_khinchine() {
    let mut world = single_queue(10.0, 180.0, None);
    let cv = 1.2;
    world
        .samplers
        .push(Sampler::new(&Law::Lognormal { mean: 1.0, cv }));
    world.streams[0].tiers[0].handle = DrawPlan {
        sampler: 1,
        scale: 180.0,
    };
    let all = ledgers(&world, &always_on(1), 224);
    let rho = 0.5;
    let wait = rho / (1.0 - rho) * 180.0 * (1.0 + cv * cv) / 2.0;
    agrees(
        "mean wait",
        &seconds_pairs(&all, |l| (l.streams[0].wait, l.streams[0].offered)),
        wait,
    );
}

/// Conversations side by side with exponential work form a birth and death process with death rate `n s(n) / work`.
#[test]
fn conversations_side_by_side_are_a_birth_and_death_process() {
    let speeds = [1.0, 0.85, 0.68];
    let (rate, work) = (13.0, 300.0);
    let mut world = single_queue(rate, work, None);
    world.channels[0] = ChannelKind::Concurrent;
    world.streams[0].kind = ChannelKind::Concurrent;
    world.streams[0].speeds = speeds.to_vec();
    world.classes[0].kind = ChannelKind::Concurrent;
    let all = ledgers(&world, &always_on(1), 280);
    let lambda = rate / 3600.0;
    let death = |n: usize| n.min(3) as f64 * speeds[n.min(3) - 1] / work;
    let mut p = vec![1.0];
    for n in 1..2000 {
        p.push(p[n - 1] * lambda / death(n));
    }
    let total: f64 = p.iter().sum();
    let waiting: f64 = p
        .iter()
        .enumerate()
        .skip(4)
        .map(|(n, q)| (n - 3) as f64 * q)
        .sum::<f64>()
        / total;
    let open: f64 = p
        .iter()
        .enumerate()
        .map(|(n, q)| n.min(3) as f64 * q)
        .sum::<f64>()
        / total;
    agrees(
        "wait",
        &seconds_pairs(&all, |l| (l.streams[0].wait, l.streams[0].offered)),
        waiting / lambda,
    );
    agrees(
        "session",
        &seconds_pairs(&all, |l| (l.streams[0].handled, l.streams[0].items)),
        open / lambda,
    );
    agrees(
        "occupancy",
        &pairs(&all, |l| (l.teams[0].handling, l.teams[0].on_queue)),
        1.0 - p[0] / total,
    );
}

/// Cobham: with `n` agents and equal exponential work, the first class waits `C / (n mu - lambda_1)` on average.
#[test]
fn priorities_follow_cobham() {
    let mut world = single_queue(100.0, 180.0, None);
    let mut second = world.streams[0].clone();
    second.key = stream_key("second");
    second.tiers[0].classes = vec![(1.0, 1)];
    world.streams.push(second);
    let mut class = world.classes[0].clone();
    class.rank = 1;
    world.classes.push(class);
    world.teams[0].classes.insert(1);
    world.teams[0].pick_up = vec![0; 2];
    world.teams[0].handle_factor = vec![1.0; 2];
    world.teams[0].lag = vec![0.0; 2];
    world.teams[0].resolved_delta = vec![0.0; 2];
    world.teams[0].satisfaction = vec![0; 2];
    world.teams[0].fee = vec![0.0; 2];
    let all = ledgers(&world, &always_on(12), 112);
    let c = Station::new(12, 200.0 / 3600.0, 180.0, 0.0)
        .unwrap()
        .steady()
        .wait_share;
    let (capacity, rho1, rho) = (12.0 / 180.0, 5.0 / 12.0, 10.0 / 12.0);
    let first = c / (capacity * (1.0 - rho1));
    agrees(
        "first",
        &seconds_pairs(&all, |l| (l.streams[0].wait, l.streams[0].offered)),
        first,
    );
    agrees(
        "second",
        &seconds_pairs(&all, |l| (l.streams[1].wait, l.streams[1].offered)),
        first / (1.0 - rho),
    );
}

/// Two tiers in a row are a Jackson network: the second tier is an Erlang C queue of its own.
#[test]
fn tiers_in_a_row_are_a_jackson_network() {
    let mut world = single_queue(180.0, 180.0, None);
    world.tiers = 2;
    let mut up = world.streams[0].tiers[0].clone();
    up.classes = vec![(1.0, 1)];
    up.handle.scale = 600.0;
    world.streams[0].tiers[0].ends = vec![(0.75, EndPlan::Resolved), (1.0, EndPlan::Tier(1))];
    world.streams[0].tiers.push(up);
    let mut class = world.classes[0].clone();
    class.choices[0].team = 1;
    world.classes.push(class);
    let mut team = world.teams[0].clone();
    team.key = stream_key("upper");
    team.tier = 1;
    team.classes = ClassSet::default();
    team.classes.insert(1);
    team.pick_up = vec![NEVER, 0];
    world.teams[0].pick_up = vec![0, NEVER];
    world.teams.push(team);
    world.standing.push(1);
    let mut roster = always_on(10);
    roster.teams.push(always_on(9).teams[0].clone());
    let all = ledgers(&world, &roster, 48);
    let lower = Station::new(10, 180.0 / 3600.0, 180.0, 0.0)
        .unwrap()
        .steady();
    let upper = Station::new(9, 45.0 / 3600.0, 600.0, 0.0).unwrap().steady();
    let time = lower.mean_wait + 180.0 + 0.25 * (upper.mean_wait + 600.0);
    agrees(
        "upper occupancy",
        &pairs(&all, |l| (l.teams[1].handling, l.teams[1].on_queue)),
        upper.occupancy.unwrap(),
    );
    agrees(
        "resolution",
        &seconds_pairs(&all, |l| (l.streams[0].resolution, l.streams[0].resolved)),
        time,
    );
}
