//! Small organisations written in a test and played: ten weeks of phone calls for twelve people of our own, or four weeks
//! for a vendor's ten.

use staffwright::experiment::Case;
use staffwright::measure::{self, CostKind};
use staffwright::random::Seed;
use staffwright::{scenario, sim};

const DEMAND: &str = r#"
start  = 2027-02-01
length = "10 weeks"
zone   = "Europe/Berlin"
[demand]
counted = "first contacts"
busyness = "none"
[channel.phone]
kind = "live"
open = "Mon-Fri 08:00-18:00"
patience = "10m"
redial = "none"
[topic.help]
per_week = 1_500
handle = "5m"
ends = { resolved = "80%", returns = "20%" }
[promise.phone]
target = "80% of phone within 20s"
"#;

const CONTRACT: &str = r#"
[contract.full]
hours = "40h/week"
pay = "EUR 20/h"
"#;

const SHIFT: &str = r#"
[shift.day]
start = { from = "08:00", to = "10:00", step = "1h" }
length = "8h"
"#;

const OWN: &str = r#"
[team.all]
heads = 12
shifts = ["day"]
roster = "fit"
shrinkage = { leave = "10%", sick = "5%" }
"#;

const FAR: &str = r#"
[site]
manila = { zone = "Europe/Berlin", holidays = "none" }
[team.far]
vendor = "bpo"
heads = 10
shifts = ["day"]
[vendor.bpo]
"#;

/// Pieces of a text replaced by others.
pub type Changes<'a> = &'a [(&'a str, &'a str)];

fn read(text: String, changes: Changes<'_>) -> Case {
    let text = changes.iter().fold(text, |text, (from, to)| {
        assert!(text.contains(from), "{from} is not in\n{text}");
        text.replace(from, to)
    });
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("organisation.toml");
    std::fs::write(&path, &text).unwrap();
    std::fs::write(folder.path().join("always.csv"), always()).unwrap();
    let scenario = scenario::load(&path).unwrap_or_else(|d| panic!("{text}\n{}", d.render(false)));
    Case::new(scenario).unwrap()
}

/// A profile by which customers try at every hour of the week alike: two rows a day.
fn always() -> String {
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let rows = days.map(|day| format!("{day},00:00,1\n{day},12:00,1\n"));
    format!("weekday,start,weight\n{}", rows.concat())
}

/// Our own people, with changes.
pub fn own(changes: Changes<'_>) -> Case {
    read(format!("{DEMAND}{CONTRACT}{SHIFT}{OWN}"), changes)
}

/// Our own people, whose team has more keys.
pub fn with(more: &str) -> Case {
    own(&[("heads = 12", &format!("heads = 12\n{more}"))])
}

/// A vendor's people in February 2027, a whole month of exactly four weeks: its contract, and changes.
pub fn vendor(contract: &str, changes: Changes<'_>) -> Case {
    let month = DEMAND
        .replace("10 weeks", "4 weeks")
        .replace("10m", "3m")
        .replace("within 20s\"", "within 20s\"\nevery = \"day\"");
    read(format!("{month}{SHIFT}{FAR}{contract}\n"), changes)
}

/// Plays one replication.
pub fn play(case: &Case, replication: u64) -> sim::Ledger {
    let seed = Seed {
        seed: SEED,
        replication,
    };
    sim::play(&case.world, &case.roster, seed)
}

/// Seed of all of them.
pub const SEED: u64 = 3;

/// What a replication cost of one kind.
pub fn line(case: &Case, ledger: &sim::Ledger, kind: CostKind) -> f64 {
    let vendors = 0..case.scenario.vendors.len();
    let bills: Vec<_> = vendors
        .map(|v| measure::bill(&case.scenario, &case.roster, ledger, v))
        .collect();
    let lines = measure::cost(&case.scenario, &case.roster, ledger, &bills);
    lines.iter().find(|l| l.kind == kind).unwrap().amount
}

/// Equal but for rounding, as a part of the second.
pub fn close(a: f64, b: f64, relative: f64) {
    assert!(
        (a - b).abs() <= relative * b.abs().max(1.0),
        "{a} is not {b}"
    );
}
