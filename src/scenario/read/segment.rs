//! `[segment]`: kinds of customers, as a dimension of demand: contract class, region, product, marketing channel.
//!
//! ```
//! use staffwright::scenario::model::{Stream, Volume};
//! let text = r#"
//! [priority]
//! p1 = { share = "10%" }
//! p2 = { share = "90%" }
//! [segment.gold]                     # a contract class, a region, a product, a campaign: what tells these customers apart
//! share    = "12%"                   # of every topic's demand; a topic may say otherwise. The segments sum to 100%
//! priority = "p1"                    # its contacts' class of urgency; by the classes' own shares unless stated
//! promise  = "90% first reply within 30m"
//! [segment.basic]
//! share = "88%"
//! [topic.account]
//! segments = { gold = "30%", basic = "70%" }
//! [route.gold]
//! when = { segments = "gold" }       # promises, routes, events and all that has a `when` choose by segment
//! to   = ["polyglots"]
//! [promise.gold-phone]
//! target = "95% of gold phone within 10s"
//! "#;
//! # let base = std::env::current_dir()?.join("scenarios/startup/scenario.toml");
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("variant.toml");
//! # std::fs::write(&path, format!("base = {base:?}\n{text}"))?;
//! // A variant of the bundled startup.
//! let scenario = staffwright::scenario::load(&path).map_err(|mistakes| mistakes.render(false))?;
//! let gold = |s: &&Stream| scenario.segments[s.segment].name == "gold";
//! let p1 = |s: &&Stream| scenario.priorities[s.priority].name == "p1";
//! assert!(scenario.streams.iter().filter(gold).all(|s| p1(&s)));
//! let account = || scenario.streams.iter().filter(|s| scenario.topics[s.topic].name == "account");
//! let volume = |s: &Stream| match s.volume {
//!     Volume::Weekly { first_per_week, .. } => first_per_week,
//!     _ => 0.0,
//! };
//! let share = account().filter(gold).map(volume).sum::<f64>() / account().map(volume).sum::<f64>();
//! assert!((share - 0.3).abs() < 1e-9);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A stream is channel x topic x language x priority x segment, crossed as independent shares; where a segment has its
//! priority, its contacts are of that class alone. Two things that tell customers apart are written as segments of both
//! (`gold-north`, `gold-south`), which is also how shares that depend on each other are said. A segment goes with the
//! customer to other channels, languages and topics. Counts and time stamps may split by a column `segment`. Where there
//! is no such table, streams have the names, and customers the draws, that they have without.

use super::cursor::Cursor;
use super::names::Names;
use super::shares;
use crate::scenario::model::Segment;

/// Reads the segments and their shares of demand; one with everybody where none is written.
pub fn read_all(document: &Cursor<'_>, names: &Names) -> (Vec<Segment>, Vec<f64>) {
    let tables = document.named("segment");
    if tables.is_empty() {
        let only = Segment {
            name: names.segments.name(0).to_string(),
            priority: None,
        };
        return (vec![only], vec![1.0]);
    }
    let one = |(name, table): &(&str, Cursor<'_>)| Segment {
        name: (*name).to_string(),
        priority: table
            .get("priority")
            .and_then(|i| names.priorities.resolve(&i)),
    };
    let segments = tables.iter().map(one).collect();
    let shares = shares::of_classes(document, "segment", "segments", false);
    (segments, shares)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, codes, good};
    use crate::scenario::arrivals;
    use crate::scenario::model::Scenario;

    const SEGMENTS: &str = "[priority]\np1 = { rank = 1, share = \"10%\" }\np2 = { rank = 2, share = \"90%\" }\n[segment]\ngold = { share = \"20%\", priority = \"p1\", promise = \"95% of phone within 10s\" }\nbasic = { share = \"80%\" }\n";

    fn with(more: &str) -> String {
        changed(&[("[shift.day]", &format!("{SEGMENTS}{more}[shift.day]"))])
    }

    fn volume(scenario: &Scenario, name: &str) -> f64 {
        let at = scenario.streams.iter().position(|s| s.name == name);
        arrivals::expected(scenario, at.unwrap()).iter().sum()
    }

    #[test]
    fn streams_are_crossed_with_segments_which_may_decide_the_priority() {
        let scenario = good(&with(""));
        let names: Vec<&str> = scenario.streams.iter().map(|s| s.name.as_str()).collect();
        assert_eq!(
            names,
            [
                "help/phone/p1/basic",
                "help/phone/p1/gold",
                "help/phone/p2/basic"
            ]
        );
        let parts = names.iter().map(|n| volume(&scenario, n) / 4000.0);
        for (part, theory) in parts.zip([0.08, 0.2, 0.72]) {
            assert!((part - theory).abs() < 1e-12, "{part} {theory}");
        }
        let promised = |name: &str| {
            let promise = scenario.promises.iter().find(|p| p.name == name);
            promise.map(|p| p.streams.clone()).unwrap_or_default()
        };
        assert_eq!(promised("gold"), [1]);
        assert_eq!(promised("phone"), [0, 1, 2]);
    }

    #[test]
    fn a_topic_has_shares_of_its_own_and_promises_routes_and_events_choose_by_segment() {
        let more = "[promise.basic]\ntarget = \"80% of basic phone within 60s\"\n[event.mailing]\nwhen = { segments = [\"gold\"] }\ndate = 2027-01-12\nlasts = \"1h\"\ncontacts = 400\n[route.gold]\nwhen = { segments = \"gold\" }\nto = [\"all\"]\n";
        let text = with(more).replace(
            "per_week = 1_000",
            "per_week = 1_000\nsegments = { gold = \"50%\", basic = \"50%\" }",
        );
        let scenario = good(&text);
        // Four weeks of a thousand, and the event's contacts.
        assert!((volume(&scenario, "help/phone/p1/gold") - 2400.0).abs() < 1e-6);
        assert!((volume(&scenario, "help/phone/p2/basic") - 1800.0).abs() < 1e-6);
        let basic = scenario.promises.iter().find(|p| p.name == "basic");
        assert_eq!(basic.map(|p| p.streams.as_slice()), Some(&[0, 2][..]));
        assert_eq!(scenario.events[0].streams, [1]);
        assert_eq!(scenario.routes[0].streams, [1]);
    }

    #[test]
    fn one_segment_or_none_changes_no_name() {
        let one = "[segment]\nall-of-them = { share = \"100%\" }\n[shift.day]";
        let scenario = good(&changed(&[("[shift.day]", one)]));
        assert_eq!(scenario.streams[0].name, "help/phone");
    }

    #[test]
    fn classes_need_no_share_where_each_segment_has_its_own() {
        let text = "[priority]\np1 = { rank = 1 }\np2 = { rank = 2 }\n[segment]\ngold = { share = \"20%\", priority = \"p1\" }\nbasic = { share = \"80%\", priority = \"p2\" }\n[shift.day]";
        let scenario = good(&changed(&[("[shift.day]", text)]));
        assert_eq!(scenario.streams.len(), 2);
        let short = text.replace("\"80%\"", "\"70%\"");
        assert_eq!(codes(&changed(&[("[shift.day]", &short)])), ["not-a-whole"]);
    }
}
