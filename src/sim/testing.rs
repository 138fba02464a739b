//! Scenarios written in a test, played many times.
#![allow(clippy::unwrap_used)]

use super::{Ledger, play};
use crate::random::Seed;
use crate::roster::{self, Roster};
use crate::scenario::{self, Scenario};
use crate::stats::ratio_estimate;
use crate::world;
use rayon::prelude::*;
use std::path::PathBuf;

/// Four weeks around the clock in UTC, phone and mail, everybody patient; tests add topics, teams and rules.
pub const HEAD: &str = r#"
start = 2027-01-04
length = "4 weeks"
warm_up = "1 day"
zone = "UTC"
[demand]
counted = "first contacts"
busyness = "none"
languages = { en = "100%" }
[channel.phone]
kind = "live"
open = "24/7"
patience = "never"
[channel.mail]
kind = "deferred"
open = "24/7"
touches = { mean = 1, customer_takes = "1h" }
owner = "agent"
[site.here]
zone = "UTC"
[contract.full]
hours = "40h/week"
pay = { wage = "EUR 20/h" }
rules = "none"
"#;

/// [`HEAD`] without warm-up: no piece of work is counted in part.
pub fn from_the_start() -> String {
    HEAD.replace("warm_up = \"1 day\"\n", "")
}

/// A team of `agents` who are on queue all the time, with more keys.
pub fn team(name: &str, agents: usize, keys: &str) -> String {
    format!(
        "[team.{name}]\nsite = \"here\"\nheads = {{ full = 0 }}\nroster = \"{agents}.csv\"\nshrinkage = \"none\"\n{keys}\n"
    )
}

/// A scenario from text; rosters `N.csv` of N agents around the clock lie beside it.
pub fn scenario(text: &str) -> Scenario {
    let path = write(text);
    scenario::load(&path).unwrap_or_else(|d| panic!("{text}\n{}", d.render(false)))
}

fn write(text: &str) -> PathBuf {
    let name = blake3::hash(text.as_bytes()).to_hex();
    let dir = std::env::temp_dir().join(format!("staffwright-sim-{}", &name[..16]));
    std::fs::create_dir_all(&dir).unwrap();
    for agents in [1, 2, 3, 4, 8, 40, 400] {
        let row = |a| format!("{a},2027-01-04T00:00,2027-02-01T00:00\n");
        let rows: String = (1..=agents).map(row).collect();
        std::fs::write(
            dir.join(format!("{agents}.csv")),
            format!("agent,start,end\n{rows}"),
        )
        .unwrap();
    }
    // Twelve agents who work the first or the second half of every day.
    for (name, from, to) in [("day", "00:00", "12:00"), ("night", "12:00", "24:00")] {
        let duty = |(agent, day): (usize, usize)| {
            let date = |d: usize| {
                let (month, day) = if d > 31 { (2, d - 31) } else { (1, d) };
                format!("2027-{month:02}-{day:02}")
            };
            let end = if to == "24:00" {
                format!("{}T00:00", date(day + 1))
            } else {
                format!("{}T{to}", date(day))
            };
            format!("{agent},{}T{from},{end}\n", date(day))
        };
        let rows: String = (4..32)
            .flat_map(|day| (1..=12).map(move |a| (a, day)))
            .map(duty)
            .collect();
        std::fs::write(
            dir.join(format!("{name}.csv")),
            format!("agent,start,end\n{rows}"),
        )
        .unwrap();
    }
    let path = dir.join("scenario.toml");
    std::fs::write(&path, text).unwrap();
    path
}

/// Plays `replications` of a scenario, in parallel.
pub fn played(scenario: &Scenario, replications: u64) -> Vec<Ledger> {
    let world = world::compile(scenario).unwrap();
    let roster: Roster = roster::place(scenario).unwrap();
    (0..replications)
        .into_par_iter()
        .map(|replication| {
            let seed = Seed {
                seed: 11,
                replication,
            };
            play(&world, &roster, seed)
        })
        .collect()
}

/// The 99 % interval of a ratio over replications holds what theory says, and tells it from a value `off` beside it.
pub fn agrees(
    name: &str,
    ledgers: &[Ledger],
    ratio: impl Fn(&Ledger) -> (f64, f64),
    theory: f64,
    off: f64,
) {
    let pairs: Vec<(f64, f64)> = ledgers.iter().map(ratio).collect();
    let estimate = ratio_estimate(&pairs, 0.99).unwrap();
    assert!(
        !estimate.excludes(theory),
        "{name}: {estimate:?} against {theory}"
    );
    assert!(
        estimate.half_width() <= off,
        "{name}: {estimate:?} is too wide to tell {off}"
    );
}
