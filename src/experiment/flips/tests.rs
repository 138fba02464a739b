#![allow(clippy::unwrap_used)]

use super::*;
use crate::scenario::testing::{self, load, written};

/// One team that answers mail by hand: how many replies a ticket takes was not said.
const MAIL: &str = r#"
start  = 2027-01-11
length = "2 weeks"
zone   = "Europe/Berlin"
[demand]
counted  = "first contacts"
busyness = "none"
[channel.mail]
kind = "deferred"
open = "Mon-Fri 08:00-18:00"
[topic.orders]
per_week  = 500
channels  = { mail = "100%" }
languages = { en = "100%" }
handle    = { mail = { mean = "10m", family = "exponential" } }
ends      = { resolved = "100%" }
[promise.mail]
target = "80% of mail first reply within 4 business hours"
every  = "week"
[site]
berlin = { zone = "Europe/Berlin", holidays = "none" }
[contract.full]
hours = "40h/week"
pay   = { salary = "EUR 40_000/year", on_cost = "20%" }
[shift.day]
start  = "09:00"
length = "8h"
[team.desk]
site      = "berlin"
heads     = { full = HEADS }
shifts    = ["day"]
roster    = "even"
shrinkage = "none"
"#;

fn played(heads: u32) -> (Case, Flips) {
    let folder = written(&MAIL.replace("HEADS", &heads.to_string()), &[]);
    let scenario = crate::scenario::load(&folder.path().join(testing::MAIN)).unwrap();
    let case = Case::new(scenario).unwrap();
    let settings = Settings {
        replications: 6,
        ..Settings::default()
    };
    let found = flips(&case, &[], &settings, &()).unwrap();
    (case, found)
}

#[test]
fn replies_per_ticket_overturn_a_promise_where_the_team_is_full() {
    // 500 tickets of 10 minutes are 83 hours of 160: at about 1.9 replies each the team is full.
    let (_, found) = played(4);
    assert!(
        found.tried.contains(&"channel.mail.touches".to_owned()),
        "{found:?}"
    );
    let flip = found
        .flips
        .iter()
        .find(|f| f.path == "channel.mail.touches")
        .unwrap();
    assert_eq!(
        (flip.verdict, flip.becomes, flip.side),
        (Verdict::Met, Verdict::Missed, Side::Above)
    );
    let threshold: f64 = flip.threshold.parse().unwrap();
    assert!((1.4..2.2).contains(&threshold), "{threshold}");
}

#[test]
fn a_team_with_room_is_overturned_by_nothing() {
    let (case, found) = played(12);
    assert_eq!(found.flips, [], "{found:?}");
    assert!(!found.tried.is_empty());
    // Where every default with a range is either tried or said not to be.
    let open = case
        .scenario
        .assumptions
        .iter()
        .filter(|a| a.range.is_some());
    for path in open
        .map(|a| &a.path)
        .filter(|p| !p.starts_with("satisfaction."))
    {
        let said = found.tried.contains(path) || found.not_tried.iter().any(|n| n.path == *path);
        assert!(said, "{path}");
    }
}

#[test]
fn only_the_usual_spread_of_handle_times_is_varied() {
    let usual = MAIL.replace("{ mean = \"10m\", family = \"exponential\" }", "\"10m\"");
    let scenario = load(&usual.replace("HEADS", "4"), &[]);
    let narrow = with_spread(&scenario, 0.6);
    let law = |s: &Scenario| s.streams[0].work[0].handle.clone();
    assert_eq!(
        law(&narrow),
        Law::Lognormal {
            mean: 600.0,
            cv: Law::cv_of_sigma(0.6)
        }
    );
    assert_eq!(
        law(&with_spread(&narrow, 1.2)),
        law(&narrow),
        "what was said stays"
    );
}
