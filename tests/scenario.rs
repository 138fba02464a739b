//! Loading whole scenarios.
#![allow(clippy::unwrap_used)]

use rayon::prelude::*;
use staffwright::random::Law;
use staffwright::scenario::diagnostic::Severity;
use staffwright::scenario::model::*;
use staffwright::scenario::{load, load_checked, load_with};
use std::path::Path;

const EXAMPLE: &str = "tests/data/example.toml";

fn example() -> Scenario {
    load(Path::new(EXAMPLE)).unwrap_or_else(|d| panic!("{:#?}", d.items))
}

fn at(scenario: &Scenario, name: &str) -> usize {
    let mut streams = scenario.streams.iter();
    streams.position(|s| s.name == name).unwrap()
}

fn first_per_week(stream: &Stream) -> f64 {
    match stream.volume {
        Volume::Weekly { first_per_week, .. } => first_per_week,
        _ => panic!("{} is replayed", stream.name),
    }
}

#[test]
fn the_example_has_its_streams_and_volumes() {
    let scenario = example();
    let written = scenario.streams_as_written().into_iter();
    let names: Vec<&str> = written.map(|s| &*scenario.streams[s].name).collect();
    assert_eq!(names.len(), 18);
    assert_eq!(
        &names[..4],
        [
            "shop/phone/en",
            "shop/phone/de",
            "shop/chat/en",
            "shop/chat/de"
        ]
    );
    assert!(scenario.streams.is_sorted_by_key(|s| &s.name));
    // 5 300 x 46 % x 62 % counted; of these 1 - 0.06 x 0.35 - 0.94 x 0.17 are first contacts.
    let phone = &scenario.streams[at(&scenario, "shop/phone/en")];
    assert!((first_per_week(phone) - 5_300.0 * 0.46 * 0.62 * 0.8192).abs() < 1e-9);
    // Nobody abandons mail: 1 - 0.17.
    let mail = &scenario.streams[at(&scenario, "shop/mail/de")];
    assert!((first_per_week(mail) - 5_300.0 * 0.28 * 0.38 * 0.83).abs() < 1e-9);
    assert_eq!(phone.zone.iana_name(), Some("Europe/London"));
    assert!(phone.comes_back);
    assert_eq!(
        phone.work[0].handle,
        Law::Lognormal {
            mean: 360.0,
            cv: Law::cv_of_sigma(0.9)
        }
    );
    assert_eq!(
        phone.work[0].ends,
        [
            (0.79, End::Resolved),
            (0.04, End::Tier(1)),
            (0.17, End::Returns)
        ]
    );
    let hub = &scenario.streams[at(&scenario, "hub/phone/de")];
    assert_eq!(hub.work[1].handle.mean(), 1_320.0);
    assert_eq!(phone.work[1].handle.mean(), 960.0);
    let Volume::Weekly { profile, .. } = &phone.volume else {
        panic!("a weekly mean")
    };
    assert_eq!(profile.interval_min, 30);
    assert!((profile.weights.iter().sum::<f64>() - 1.0).abs() < 1e-12);
}

#[test]
fn the_example_has_its_people_and_prices() {
    let scenario = example();
    assert_eq!(scenario.currency, "EUR");
    // 42 000 x 1.22 over 52.1775 weeks of 40 h; the part-timers' copied salary scales with their hours.
    let hour = 42_000.0 * 1.22 / (52.1775 * 40.0);
    for contract in &scenario.contracts {
        assert!(
            (contract.pay.per_paid_hour - hour).abs() < 1e-9,
            "{contract:?}"
        );
        assert_eq!(contract.rules.name, "de-arbzg");
        assert_eq!(contract.premiums.len(), 2);
    }
    assert_eq!(scenario.contracts[1].hours_per_week, 25.0);
    let experts = &scenario.teams[1];
    assert_eq!(
        (experts.tier, experts.heads.as_slice()),
        (
            1,
            &[Heads {
                contract: Some(0),
                count: 10
            }][..]
        )
    );
    assert!((experts.shrinkage.on_queue_share() - 0.76).abs() < 1e-12);
    let manila = &scenario.teams[2];
    assert_eq!(manila.clock.iana_name(), Some("Europe/Berlin"));
    assert_eq!(manila.vendor, Some(0));
    let skill = manila.skills[at(&scenario, "shop/phone/en")].unwrap();
    assert!(
        (skill.handle_factor - 1.12).abs() < 1e-12 && (skill.resolved_delta + 0.04).abs() < 1e-12
    );
    // English shop and pay only: three channels each.
    assert_eq!(manila.skills.iter().flatten().count(), 6);
    assert_eq!(scenario.routes[0].streams.len(), 6);
    assert_eq!(scenario.decide.levers.len(), 3);
    assert_eq!(scenario.decide.levers[2].target, LeverTarget::Share(0, 0));
    assert_eq!(scenario.promises[0].streams.len(), 6);
}

#[test]
fn the_example_is_told_what_may_surprise_and_lists_its_defaults() {
    let loaded = load_checked(Path::new(EXAMPLE), &[]).unwrap();
    let noted: Vec<&str> = loaded.diagnostics.items.iter().map(|d| d.code).collect();
    // Each line is open on Berlin's holidays, and the experts' heads replace those they are copied from.
    assert_eq!(noted.iter().filter(|c| **c == "open-on-holiday").count(), 3);
    assert_eq!(noted.len(), 4, "{noted:?}");
    assert_eq!(loaded.diagnostics.count(Severity::Warning), 3);
    let assumed: Vec<&str> = loaded
        .scenario
        .assumptions
        .iter()
        .map(|a| a.path.as_str())
        .collect();
    for path in [
        "topic.shop.returns_after",
        "channel.chat.closed",
        "team.manila.roster",
        "satisfaction.base",
    ] {
        assert!(assumed.contains(&path), "{path} in {assumed:?}");
    }
    // What the file says is no assumption.
    assert!(!assumed.contains(&"channel.phone.patience"));
}

#[test]
fn given_values_change_leaves_and_the_hash() {
    let sets = [
        ("team.berlin.heads.full-time".to_string(), "55".to_string()),
        ("topic.shop.handle.phone".to_string(), "7m".to_string()),
    ];
    let changed = load_with(Path::new(EXAMPLE), &sets).unwrap_or_else(|d| panic!("{:#?}", d.items));
    assert_eq!(changed.teams[0].heads[0].count, 55);
    let phone = &changed.streams[at(&changed, "shop/phone/en")];
    assert_eq!(phone.work[0].handle.mean(), 420.0);
    let same = example();
    assert_ne!(changed.origin.hash, same.origin.hash);
    assert_eq!(same.origin.hash, example().origin.hash);
    assert_eq!(same.origin.name, "example");
    let wrong = load_with(
        Path::new(EXAMPLE),
        &[("team.berln.heads".to_string(), "5".to_string())],
    );
    assert!(wrong.is_err());
}

#[test]
fn the_resolved_document_says_the_same() {
    let original = example();
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy("tests/data/profile.csv", folder.path().join("profile.csv")).unwrap();
    let path = folder.path().join("example.toml");
    std::fs::write(&path, &original.origin.resolved).unwrap();
    let again = load(&path).unwrap_or_else(|d| panic!("{:#?}", d.items));
    assert_eq!(again.origin.hash, original.origin.hash);
    assert_eq!(again.contracts[1].pay, original.contracts[1].pay);
    assert_eq!(again.streams.len(), original.streams.len());
    assert_eq!(
        format!("{:?}", again.teams),
        format!("{:?}", original.teams)
    );
}

/// Every key of the example with its value replaced by something else: `(line, text)`.
fn broken_examples() -> Vec<(usize, String)> {
    let text = std::fs::read_to_string(EXAMPLE).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let others = ["-1", "\"x\"", "[]", "{}", "1e300"];
    let mut all = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let replaced = |new: &str| {
            let mut copy = lines.clone();
            copy[number] = new;
            copy.join("\n")
        };
        all.push((number, replaced("")));
        if let Some((key, _)) = line.split_once(" = ").filter(|_| !line.starts_with('#')) {
            for other in others {
                all.push((number, replaced(&format!("{key} = {other}"))));
            }
        }
    }
    all
}

#[test]
fn no_mistake_ends_the_program() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy("tests/data/profile.csv", folder.path().join("profile.csv")).unwrap();
    let broken = broken_examples();
    let is_refused = |(index, (number, text)): (usize, &(usize, String))| {
        let path = folder.path().join(format!("{index}.toml"));
        std::fs::write(&path, text).unwrap();
        match std::panic::catch_unwind(|| load(&path)) {
            Ok(loaded) => loaded.is_err(),
            Err(_) => panic!("line {}:\n{text}", number + 1),
        }
    };
    let refused = broken
        .par_iter()
        .enumerate()
        .map(is_refused)
        .filter(|r| *r)
        .count();
    // Most of these are mistakes; a scenario may do without the others.
    assert!(
        refused * 10 > broken.len() * 7,
        "{refused} of {}",
        broken.len()
    );
}
