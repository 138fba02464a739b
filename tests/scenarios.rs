//! The bundled scenarios: that they load, serve the same customers, and that the bank's month comes out as it went.
#![allow(clippy::unwrap_used)]

use staffwright::experiment::{Case, Outcome, Settings, replicate};
use staffwright::scenario::diagnostic::Severity;
use staffwright::scenario::model::{Scenario, Volume};
use staffwright::scenario::{arrivals, load, load_checked, load_with};
use std::path::{Path, PathBuf};

const STRUCTURES: [&str; 3] = [
    "startup/scenario.toml",
    "scale-up/scenario.toml",
    "enterprise/scenario.toml",
];

fn bundled(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("scenarios")
        .join(name)
}

fn scenario(name: &str) -> Scenario {
    load(&bundled(name)).unwrap_or_else(|d| panic!("{name}: {:#?}", d.items))
}

fn played(name: &str, replications: u64) -> Outcome {
    let case = Case::new(scenario(name)).unwrap();
    let settings = Settings {
        seed: 1,
        replications,
        ..Settings::default()
    };
    replicate(&case, &settings, &())
}

/// A metric over everything.
fn overall(outcome: &Outcome, key: &str) -> f64 {
    outcome.overall.get(key).unwrap().value
}

/// How a promise was kept over the horizon.
fn kept(outcome: &Outcome, name: &str) -> f64 {
    let promise = outcome.promises.iter().find(|p| p.name == name).unwrap();
    promise.value.as_ref().unwrap().value
}

#[test]
fn every_bundled_file_loads_without_mistake_or_warning() {
    let mut files = Vec::new();
    for folder in std::fs::read_dir(bundled("")).unwrap() {
        let folder = folder.unwrap().path();
        // Sweeps are no scenarios; `tests/experiments` plans them.
        if folder.is_dir() && !folder.ends_with("sweeps") {
            let inside = std::fs::read_dir(folder)
                .unwrap()
                .map(|f| f.unwrap().path());
            files.extend(inside.filter(|f| f.extension().is_some_and(|e| e == "toml")));
        }
    }
    assert!(files.len() >= 10, "only {files:?}");
    for file in files {
        let loaded =
            load_checked(&file, &[]).unwrap_or_else(|d| panic!("{file:?}: {:#?}", d.items));
        let warnings = loaded.diagnostics.count(Severity::Warning);
        assert_eq!(warnings, 0, "{file:?}: {:#?}", loaded.diagnostics.items);
    }
}

#[test]
fn the_three_structures_meet_the_same_customers() {
    let [first, others @ ..] = STRUCTURES.map(scenario);
    assert_eq!(
        first.streams.len(),
        80,
        "4 topics x 4 channels x 5 languages"
    );
    for other in others {
        assert_eq!(other.horizon.length(), first.horizon.length());
        assert_eq!(other.busyness, first.busyness);
        assert_eq!(other.satisfaction, first.satisfaction);
        assert_eq!(other.streams.len(), first.streams.len());
        for (i, (a, b)) in first.streams.iter().zip(&other.streams).enumerate() {
            assert_eq!(a.name, b.name);
            assert_eq!(a.zone, b.zone);
            assert_eq!(
                arrivals::expected(&first, i),
                arrivals::expected(&other, i),
                "{}",
                a.name
            );
            assert_eq!(a.work[0].handle, b.work[0].handle, "{}", a.name);
        }
        for (a, b) in first.channels.iter().zip(&other.channels) {
            assert_eq!(a.patience, b.patience);
            assert_eq!(a.redial, b.redial);
            assert_eq!(a.touches, b.touches);
        }
        for (a, b) in first.promises.iter().zip(&other.promises) {
            assert_eq!((&a.name, &a.text), (&b.name, &b.text));
        }
    }
}

#[test]
fn the_shared_demand_is_what_its_heading_says() {
    let scenario = scenario(STRUCTURES[0]);
    let counted = |volume: &Volume| match volume {
        Volume::Weekly {
            as_counted_per_week,
            ..
        } => *as_counted_per_week,
        _ => 0.0,
    };
    let week: f64 = scenario.streams.iter().map(|s| counted(&s.volume)).sum();
    assert!((week - 12_900.0).abs() < 1e-6, "{week}");
}

#[test]
fn the_three_structures_are_rivals() {
    let outcomes = STRUCTURES.map(|name| played(name, 2));
    // Similar budgets, so that what differs is the shape of the organisation.
    let costs = outcomes
        .iter()
        .map(|o| o.cost.total.as_ref().unwrap().value);
    let (least, most) = costs.fold((f64::MAX, 0.0_f64), |(a, b), c| (a.min(c), b.max(c)));
    assert!(most < 1.2 * least, "from {least} to {most}");
    for outcome in &outcomes {
        assert!(kept(outcome, "phone") > 0.75, "{}", outcome.scenario);
        assert!(kept(outcome, "mail") > 0.75, "{}", outcome.scenario);
    }
    // What each shape is known for.
    let [startup, scale_up, enterprise] = outcomes;
    let turned_away = [&startup, &scale_up, &enterprise].map(|o| overall(o, "turned_away"));
    assert!(
        turned_away[0] > turned_away[1] && turned_away[1] > turned_away[2],
        "{turned_away:?}"
    );
    assert_eq!(turned_away[2], 0.0, "the enterprise never closes");
    let hand_offs = [&startup, &scale_up, &enterprise].map(|o| overall(o, "hand_offs"));
    assert!(
        hand_offs[0] < hand_offs[1] && hand_offs[1] < hand_offs[2],
        "{hand_offs:?}"
    );
}

/// What happened at the bank: share abandoned, mean wait, share answered within 20 s, all of offered.
fn happened() -> (f64, f64, f64) {
    let mut file = csv::Reader::from_path(bundled("bank/actuals.csv")).unwrap();
    let mut sums = [0.0; 4];
    for row in file.records() {
        let row = row.unwrap();
        for (sum, column) in sums.iter_mut().zip([1, 3, 5, 4]) {
            *sum += row[column].parse::<f64>().unwrap();
        }
    }
    (sums[1] / sums[0], sums[2] / sums[0], sums[3] / sums[0])
}

#[test]
fn the_banks_month_comes_out_as_it_went() {
    let (abandoned, wait, in_time) = happened();
    let run = played("bank/scenario.toml", 10);
    // Nothing is fitted to these three; the width is what the unknown rest of a month may explain.
    let offered = overall(&run, "offered");
    assert!(
        (offered - 29_875.0).abs() < 0.5,
        "the counts are replayed exactly: {offered}"
    );
    assert!((overall(&run, "abandoned_share") - abandoned).abs() < 0.01);
    assert!((overall(&run, "mean_wait_s") - wait).abs() < 4.5);
    assert!((kept(&run, "phone") - in_time).abs() < 0.045);
}

#[test]
fn each_variant_of_the_bank_shows_what_its_mechanism_is_worth() {
    let base = played("bank/scenario.toml", 10);
    let variant = |name: &str| played(&format!("bank/{name}.toml"), 10);
    let wait = |outcome: &Outcome| overall(outcome, "mean_wait_s");

    let no_pauses = variant("no-pauses");
    assert!(
        wait(&no_pauses) < 0.75 * wait(&base),
        "pauses make a third of the wait"
    );
    let wrap = variant("static-wrap");
    assert!(
        kept(&wrap, "phone") > kept(&base, "phone") + 0.05,
        "a static wrap flatters the share in time"
    );
    let poisson = variant("poisson");
    assert!(
        wait(&poisson) > wait(&base),
        "chance in the counts lengthens waits"
    );
    let by_type = variant("by-type-patience");
    assert!(wait(&by_type) > wait(&base));

    // The credit moves waiting from priority customers to the others.
    let no_credit = variant("no-credit");
    let waits = |outcome: &Outcome| {
        ["PS/phone/priority", "PS/phone/regular"].map(|name| {
            let stream = outcome.streams.iter().find(|s| s.name == name).unwrap();
            stream.metrics.get("mean_wait_s").unwrap().value
        })
    };
    let ([priority, regular], [priority_without, regular_without]) =
        (waits(&base), waits(&no_credit));
    assert!(
        priority < 0.9 * priority_without,
        "{priority} with, {priority_without} without credit"
    );
    assert!(
        regular > 1.05 * regular_without,
        "{regular} with, {regular_without} without credit"
    );
}

#[test]
fn tickets_that_are_not_due_at_the_end_are_not_judged() {
    // The last weekend's mail waits for a Monday beyond the horizon. With people to spare every ticket that is judged
    // was in time, in the last week as in the others.
    let changes = [
        ("team.pool.heads.full-time", "150"),
        ("team.polyglots.heads.full-time", "40"),
    ];
    let changes = changes.map(|(path, value)| (path.to_string(), value.to_string()));
    let spacious =
        load_with(&bundled(STRUCTURES[0]), &changes).unwrap_or_else(|d| panic!("{:#?}", d.items));
    let case = Case::new(spacious).unwrap();
    let settings = Settings {
        seed: 1,
        replications: 1,
        ..Settings::default()
    };
    let outcome = replicate(&case, &settings, &());
    assert_eq!(kept(&outcome, "mail-by-business-hours"), 1.0);
    let mail = outcome.channels.iter().find(|c| c.name == "mail").unwrap();
    assert!(
        mail.metrics.get("backlog").unwrap().value > 500.0,
        "the weekend's tickets are backlog"
    );
}
