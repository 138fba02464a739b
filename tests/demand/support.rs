//! One small scenario, its changes, and what counts should be.

use staffwright::experiment::Case;
use staffwright::random::Seed;
use staffwright::scenario;
use staffwright::sim::{ContactSums, Ledger, play};

/// Places of the two streams, by name.
pub const MAIL: usize = 0;
pub const PHONE: usize = 1;

/// Phone and mail around the clock and a hundred agents, so that nobody waits unless a test makes them.
pub const BASE: &str = r#"
start  = 2027-01-04
length = "4 weeks"
zone   = "Europe/Berlin"
[demand]
counted  = "first contacts"
busyness = "none"
[channel.phone]
kind     = "live"
open     = "24/7"
patience = "5m"
redial   = "none"
[channel.mail]
kind = "deferred"
open = "24/7"
[topic.shop]
per_week = 4_000
channels = { phone = "75%", mail = "25%" }
handle   = { phone = { mean = "4m", family = "exponential" }, mail = { mean = "5m", family = "exponential" } }
ends     = { resolved = "100%" }
[contract.full]
hours = "40h/week"
pay   = { salary = "EUR 41_742/year" }
[team.all]
contract  = "full"
roster    = { file = "agents.csv" }
shrinkage = "none"
"#;

/// The base with pieces of its text replaced; an empty piece is put at the end.
pub fn changed(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(BASE.to_string(), |text, (from, to)| {
        if from.is_empty() {
            return format!("{text}\n{to}\n");
        }
        assert!(text.contains(from), "`{from}` is not in\n{text}");
        text.replace(from, to)
    })
}

/// A case with so many agents on queue and perhaps a data file beside it.
pub fn case_of(text: &str, agents: u32, file: Option<(&str, &str)>) -> Case {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(
        dir.path().join("agents.csv"),
        format!("start,agents\n2027-01-04T00:00,{agents}\n"),
    )
    .unwrap();
    if let Some((name, content)) = file {
        std::fs::write(dir.path().join(name), content).unwrap();
    }
    let path = dir.path().join("scenario.toml");
    std::fs::write(&path, text).unwrap();
    let scenario = scenario::load(&path).unwrap_or_else(|d| panic!("{:#?}\n{text}", d.items));
    Case::new(scenario).unwrap()
}

pub fn case(changes: &[(&str, &str)]) -> Case {
    case_of(&changed(changes), 100, None)
}

pub fn played(case: &Case, replication: u64) -> Ledger {
    let seed = Seed {
        seed: 11,
        replication,
    };
    play(&case.world, &case.roster, seed)
}

/// Sums over some replications of the stream with this name.
pub fn stream(case: &Case, name: &str, replications: u64) -> ContactSums {
    let index = case.scenario.streams.iter().position(|s| s.name == name);
    let index = index.unwrap_or_else(|| panic!("no stream {name}"));
    let mut sums = ContactSums::default();
    for replication in 0..replications {
        sums += &played(case, replication).streams[index];
    }
    sums
}

/// A count whose mean is known and that varies like a Poisson count at most.
pub fn counts_to(name: &str, count: u64, mean: f64) {
    let off = (count as f64 - mean) / mean.sqrt();
    assert!(
        off.abs() < 4.0,
        "{name}: {count} where {mean} are expected, {off} deviations"
    );
}

/// A share of so many is what it should be, within four standard deviations.
pub fn share_is(name: &str, count: u64, of: u64, p: f64) {
    let (mean, sd) = (of as f64 * p, (of as f64 * p * (1.0 - p)).sqrt());
    let off = (count as f64 - mean) / sd.max(1e-9);
    assert!(
        off.abs() < 4.0,
        "{name}: {count} of {of} where {p} is expected, {off} deviations"
    );
}

/// A figure is what it should be, to a part of it.
pub fn near(what: &str, value: f64, expected: f64, within: f64) {
    assert!(
        (value / expected - 1.0).abs() < within,
        "{what}: {value} where {expected} is expected"
    );
}

pub const REPLICATIONS: u64 = 6;
