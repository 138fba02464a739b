//! What a contact costs: the engine with all its statistics against the fastest loop one can write for the same model.
//!
//! The yardstick is M/M/n+M by hand: xoshiro256++, ziggurat exponentials, a binary heap of arrival, completion and
//! abandonment, three sums, no allocation on the way. Yardstick and engine play in turn, seven times each; the table
//! shows contacts per second and the median of the ratios of neighbouring runs, so that a machine whose speed drifts
//! does not matter. Other cases are held against the same yardstick runs.
//!
//! `cargo bench --bench engine [-- WORD...]`; with words, only cases whose name contains one of them.

use rand::rngs::Xoshiro256PlusPlus;
use rand::{RngExt, SeedableRng};
use rand_distr::Exp1;
use staffwright::experiment::Case;
use staffwright::random::Seed;
use staffwright::{scenario, sim};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::path::Path;
use std::time::Instant;

const RUNS: usize = 7;
/// Contacts a stretch of the ring can tell apart; many more than ever wait at once.
const RING: usize = 1 << 16;

/// The yardstick's model: rates per second.
struct Model {
    arrivals: f64,
    service: f64,
    abandonment: f64,
    agents: usize,
}

#[derive(PartialEq, Eq, PartialOrd, Ord, Clone, Copy)]
enum What {
    Arrival,
    Completion,
    Abandonment(u64),
}

/// M/M/n+M by hand: contacts played and the mean wait of all in seconds, on which both sides must agree.
fn yardstick(model: &Model, contacts: u64, seed: u64) -> (u64, f64) {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
    let mut draw = |rate: f64| (rng.sample::<f64, _>(Exp1) / rate * 1e6) as u64;
    let mut events: BinaryHeap<Reverse<(u64, What)>> = BinaryHeap::with_capacity(4096);
    let mut queue: VecDeque<u64> = VecDeque::with_capacity(RING);
    // When each waiting contact began to wait; 0: it does not wait.
    let mut since = vec![0u64; RING];
    let (mut arrived, mut busy) = (0u64, 0usize);
    let (mut waits, mut answered, mut abandoned) = (0.0, 0.0, 0.0);
    events.push(Reverse((1 + draw(model.arrivals), What::Arrival)));
    while let Some(Reverse((now, what))) = events.pop() {
        match what {
            What::Arrival => {
                arrived += 1;
                if arrived < contacts {
                    events.push(Reverse((now + draw(model.arrivals), What::Arrival)));
                }
                if busy < model.agents {
                    busy += 1;
                    answered += 1.0;
                    events.push(Reverse((now + draw(model.service), What::Completion)));
                } else {
                    queue.push_back(arrived);
                    since[arrived as usize % RING] = now;
                    events.push(Reverse((
                        now + draw(model.abandonment),
                        What::Abandonment(arrived),
                    )));
                }
            }
            What::Completion => {
                busy -= 1;
                while let Some(id) = queue.pop_front() {
                    let began = std::mem::take(&mut since[id as usize % RING]);
                    if began != 0 {
                        busy += 1;
                        answered += 1.0;
                        waits += (now - began) as f64;
                        events.push(Reverse((now + draw(model.service), What::Completion)));
                        break;
                    }
                }
            }
            What::Abandonment(id) => {
                let began = std::mem::take(&mut since[id as usize % RING]);
                if began != 0 {
                    abandoned += 1.0;
                    waits += (now - began) as f64;
                }
            }
        }
    }
    assert_eq!(answered + abandoned, arrived as f64);
    (arrived, waits / 1e6 / arrived as f64)
}

fn case(path: &str) -> Case {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let scenario =
        scenario::load(&path).unwrap_or_else(|d| panic!("{}: {:?}", path.display(), d.items));
    Case::new(scenario).unwrap_or_else(|e| panic!("{e}"))
}

/// One replication: contacts offered and their mean wait in seconds.
fn engine(case: &Case, seed: u64) -> (u64, f64) {
    let ledger = sim::play(
        &case.world,
        &case.roster,
        Seed {
            seed,
            replication: 0,
        },
    );
    let sum = |f: fn(&sim::ContactSums) -> u64| ledger.streams.iter().map(f).sum::<u64>();
    (
        sum(|s| s.offered),
        sum(|s| s.wait) as f64 / 1e6 / sum(|s| s.offered) as f64,
    )
}

fn timed(f: impl FnOnce() -> (u64, f64)) -> (f64, f64) {
    let start = Instant::now();
    let (contacts, wait) = f();
    (contacts as f64 / start.elapsed().as_secs_f64(), wait)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Highest resident memory of this process so far in MB, where the system tells.
fn peak_memory_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    line.split_whitespace()
        .nth(1)?
        .parse::<f64>()
        .ok()
        .map(|kb| kb / 1024.0)
}

fn main() {
    // 25 agents, 480 calls an hour of three minutes: 24 erlangs, mean patience five minutes.
    let model = Model {
        arrivals: 480.0 / 3600.0,
        service: 1.0 / 180.0,
        abandonment: 1.0 / 300.0,
        agents: 25,
    };
    let cases = [
        (
            "yardstick's model, all statistics",
            "benches/data/one-queue.toml",
        ),
        (
            "20 streams, 12 teams, 600 agents, overflow",
            "benches/data/many-teams.toml",
        ),
        ("scenarios/startup", "scenarios/startup/scenario.toml"),
        ("scenarios/scale-up", "scenarios/scale-up/scenario.toml"),
        ("scenarios/enterprise", "scenarios/enterprise/scenario.toml"),
        ("scenarios/bank", "scenarios/bank/scenario.toml"),
    ];
    println!(
        "{:<46} {:>14} {:>10} {:>12}",
        "case", "contacts/s", "ratio", "mean wait s"
    );
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| !a.starts_with('-'))
        .collect();
    let asked = |name: &str| words.is_empty() || words.iter().any(|w| name.contains(w.as_str()));
    for (name, path) in cases.into_iter().filter(|(name, _)| asked(name)) {
        let case = case(path);
        let (mut speeds, mut ratios, mut wait, mut theirs) = (Vec::new(), Vec::new(), 0.0, 0.0);
        for run in 0..RUNS as u64 {
            let (yard, w) = timed(|| yardstick(&model, 2_000_000, run));
            theirs = w;
            let (speed, w) = timed(|| engine(&case, run));
            wait = w;
            speeds.push(speed);
            ratios.push(speed / yard);
        }
        println!(
            "{name:<46} {:>14.0} {:>10.2} {wait:>12.2}",
            median(speeds),
            median(ratios)
        );
        if path.ends_with("one-queue.toml") {
            println!(
                "{:<46} {:>14} {:>10} {theirs:>12.2}",
                "  (yardstick)", "", "1.00"
            );
        }
    }
    if asked("a year of the enterprise") {
        year();
    }
}

/// A year of an enterprise at ten million contacts: what it takes, and that memory does not grow with contacts.
fn year() {
    let case = case("benches/data/enterprise-year.toml");
    let before = peak_memory_mb();
    let start = Instant::now();
    let (contacts, _) = engine(&case, 0);
    let took = start.elapsed().as_secs_f64();
    println!("a year of the enterprise: {contacts} contacts in {took:.1} s");
    if let (Some(before), Some(mb)) = (before, peak_memory_mb()) {
        println!("peak memory {mb:.0} MB, {before:.0} MB of it before the first contact");
        assert!(mb < 300.0, "ten million contacts are to fit into 300 MB");
    }
}
