//! Systems without a queue: Erlang's loss formula, and the load under arrivals that vary.

use super::{LENGTH, agrees, always_on, ledgers, pairs, single_queue};
use crate::queueing::erlang_b;
use crate::time::HOUR;
use crate::world::ArrivalPlan;

/// Who would have to wait leaves at once: M/M/n/n.
#[test]
fn customers_who_never_wait_are_erlang_b() {
    let mut world = single_queue(200.0, 180.0, None);
    world.streams[0].balk = 1.0;
    let all = ledgers(&world, &always_on(10), 48);
    let blocked = erlang_b(10, 10.0);
    let stream = |l: &crate::sim::Ledger| l.streams[0];
    agrees(
        "blocked",
        &pairs(&all, |l| (stream(l).balked, stream(l).offered)),
        blocked,
    );
    agrees(
        "occupancy",
        &pairs(&all, |l| (l.teams[0].handling, l.teams[0].on_queue)),
        1.0 - blocked,
    );
    assert!(all.iter().all(|l| stream(l).wait == 0));
}

/// With more agents than can ever be busy, those who are follow `m' = lambda(t) - mu m`: for arrivals
/// `a + b sin(w t)` a wave of height `b / sqrt(mu^2 + w^2)` that lags by `atan(w / mu)` (Eick, Massey & Whitt 1993).
#[test]
fn busy_agents_follow_the_modified_offered_load() {
    let (mean, swing, handle_h) = (20.0, 12.0, 2.0);
    let w = std::f64::consts::TAU / 24.0;
    let hour = |interval: usize| interval as f64 / 4.0;
    // Means of a wave over a quarter of an hour, exactly.
    let wave = |from: f64, lag: f64| {
        ((w * from - lag).cos() - (w * (from + 0.25) - lag).cos()) / (0.25 * w)
    };
    let mut world = single_queue(mean, handle_h * 3600.0, None);
    let ArrivalPlan::Poisson { expected, .. } = &mut world.streams[0].arrivals else {
        unreachable!("a single queue has Poisson arrivals")
    };
    for (i, contacts) in expected.iter_mut().enumerate() {
        *contacts = 0.25 * (mean + swing * wave(hour(i), 0.0));
    }
    let all = ledgers(&world, &always_on(110), 48);
    let mu = 1.0 / handle_h;
    for quarter in [0, 24, 35, 55, 72, 90] {
        // The same quarter of every whole day from the second on, when the start is forgotten.
        let days = (LENGTH / HOUR) as usize / 24;
        let cells = || (1..days).map(move |day| day * 96 + quarter);
        let seen: Vec<(f64, f64)> = all
            .iter()
            .map(|l| {
                let busy: u64 = cells().map(|c| l.staff[c].handling).sum();
                (busy as f64, (cells().count() as u64 * l.interval) as f64)
            })
            .collect();
        let exact =
            mean / mu + swing / (mu * mu + w * w).sqrt() * wave(hour(quarter), libm::atan(w / mu));
        agrees(&format!("busy at quarter {quarter}"), &seen, exact);
        assert!(
            all.iter().all(|l| l.streams[0].wait == 0),
            "somebody waited"
        );
    }
}
