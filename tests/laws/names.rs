//! Names, order and files: they change nothing.

use crate::organisation::{
    Shape, case, case_of, mechanisms, organisation, played, round_the_clock, shapes, tables, text,
};
use proptest::prelude::*;
use staffwright::experiment::Case;
use staffwright::random::Seed;
use staffwright::sim::{ContactSums, play};
use staffwright::stats::ratio_estimate;
use std::collections::BTreeMap;

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, max_shrink_iters: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// Names of teams, sites and vendors, the order of all tables and what is split over included files change no figure.
    #[test]
    fn names_order_and_files_change_nothing(shape in shapes(), more in mechanisms(), turn in 1usize..30, at in 1usize..30, swap in any::<bool>()) {
        let one = organisation(&shape, &more);
        let first = accounts(&case(&text(&one)), &[]);
        // Other names, whose alphabet runs the other way.
        let names = [("zulu", shape.names[0]), ("alpha", shape.names[1]), ("mike", shape.names[2]), ("kilo", shape.names[3]), ("delta", shape.names[4])];
        let renamed = Shape { names: names.map(|n| n.0), ..shape.clone() };
        let mut other = organisation(&renamed, &more);
        for table in &mut other {
            *table = table.replace("there", "far").replace("here", "yonder");
        }
        let n = other.len();
        let (channels, topics) = (of_customers(&other, "[channel."), of_customers(&other, "[topic."));
        if swap {
            other.reverse();
        }
        other.rotate_left(turn % n);
        keep_order(&mut other, "[channel.", channels);
        keep_order(&mut other, "[topic.", topics);
        let (part, rest) = other.split_at(at % n);
        let second = accounts(&case_of(&text(rest), &part.concat()), &names);
        prop_assert_eq!(first.len(), second.len());
        for (name, account) in &second {
            prop_assert_eq!(Some(account), first.get(name), "{}", name);
        }
    }

    /// A team without heads behaves as if it were not there.
    #[test]
    fn a_team_without_heads_is_absent(shape in shapes()) {
        let empty = Shape { specialists: 0, ..shape };
        let with = tables(&empty);
        let [pool, partners, _, vendor, _] = empty.names;
        let gone = [format!("[team.{partners}]"), format!("[vendor.{vendor}]")];
        let mut without: Vec<String> = with.iter().filter(|t| gone.iter().all(|g| !t.starts_with(g))).cloned().collect();
        prop_assert_eq!(without.len() + 2, with.len());
        for route in without.iter_mut().filter(|t| t.starts_with("[route.")) {
            *route = format!("[route.english]\nwhen = {{ languages = [\"en\"] }}\nto = [\"{pool}\"]\n");
        }
        let (with, without) = (played(&text(&with), 1), played(&text(&without), 1));
        for (w, o) in with.streams.iter().zip(&without.streams) {
            prop_assert_eq!(w, o);
        }
    }
}

/// Tables of one kind, in order.
fn of_customers(tables: &[String], kind: &str) -> Vec<String> {
    tables
        .iter()
        .filter(|t| t.starts_with(kind))
        .cloned()
        .collect()
}

/// Puts the tables of one kind into an order of their own, where some of them stand: streams are numbered by channels and
/// topics, and what waits since the same instant is taken by number.
fn keep_order(tables: &mut [String], kind: &str, order: Vec<String>) {
    let places = tables.iter_mut().filter(|t| t.starts_with(kind));
    places.zip(order).for_each(|(place, table)| *place = table);
}

/// Everything that a replication's ledger holds, by the name of the stream, channel, promise or team it is about; teams by
/// their first names, `(new, first)`.
fn accounts(case: &Case, names: &[(&str, &str)]) -> BTreeMap<String, String> {
    let l = play(
        &case.world,
        &case.roster,
        Seed {
            seed: 3,
            replication: 0,
        },
    );
    let s = &case.scenario;
    let team = |t: usize| {
        let name = s.teams[t].name.as_str();
        names
            .iter()
            .find(|n| n.0 == name)
            .map_or(name, |n| n.1)
            .to_owned()
    };
    let n = l.interval_count;
    let mut out = BTreeMap::new();
    let mut say = |name: String, what: String| {
        assert!(out.insert(name.clone(), what).is_none(), "{name} twice")
    };
    for (i, stream) in s.streams.iter().enumerate() {
        let name = &stream.name;
        say(format!("stream {name}"), format!("{:?}", l.streams[i]));
        say(
            format!("waits of {name}"),
            format!("{:?} {:?}", l.waits[i], l.replies[i]),
        );
        say(
            format!("days of {name}"),
            format!("{:?}", &l.days[i * l.day_count..(i + 1) * l.day_count]),
        );
    }
    for (i, channel) in s.channels.iter().enumerate() {
        let cells = i * n..(i + 1) * n;
        say(
            format!("channel {}", channel.name),
            format!(
                "{:?} {:?} {:?}",
                &l.intervals[cells.clone()],
                &l.waiting[cells.clone()],
                &l.oldest[cells]
            ),
        );
    }
    for (i, promise) in s.promises.iter().enumerate() {
        say(
            format!("promise {}", promise.name),
            format!("{:?}", &l.promises[i * n..(i + 1) * n]),
        );
    }
    for t in 0..s.teams.len() {
        say(format!("team {}", team(t)), format!("{:?}", l.teams[t]));
        say(
            format!("staff of {}", team(t)),
            format!("{:?}", &l.staff[t * n..(t + 1) * n]),
        );
        say(
            format!("waits for {}", team(t)),
            format!("{:?}", l.team_waits[t]),
        );
        say(
            format!("people of {}", team(t)),
            format!("{:?}", l.heads.get(t * l.weeks..(t + 1) * l.weeks)),
        );
        for to in 0..s.teams.len() {
            say(
                format!("{} to {}", team(t), team(to)),
                format!("{:?}", l.passes[t * s.teams.len() + to]),
            );
        }
    }
    say("flow".into(), format!("{:?}", l.flow));
    say("events".into(), format!("{}", l.events));
    out
}

/// Renaming a stream changes its customers' draws, not what is to be expected of them.
#[test]
fn a_streams_name_changes_no_expectation() {
    let levels = |topic: &str| {
        let renamed = round_the_clock(8, "2 weeks").replace("topic.all", &format!("topic.{topic}"));
        let played: Vec<_> = (0..40)
            .map(|replication| played(&renamed, replication).streams[0])
            .collect();
        let of = |above: fn(&ContactSums) -> u64| {
            let pairs: Vec<(f64, f64)> = played
                .iter()
                .map(|s| (above(s) as f64, s.offered as f64))
                .collect();
            ratio_estimate(&pairs, 0.99).unwrap()
        };
        [of(|s| s.wait), of(|s| s.abandoned), of(|s| s.handled)]
    };
    for (one, other) in levels("all").iter().zip(&levels("zebra")) {
        let apart = (one.value - other.value).abs();
        assert!(one.value != other.value, "the draws are the same");
        assert!(
            apart < one.half_width().hypot(other.half_width()),
            "{one:?} {other:?}"
        );
        assert!(
            one.half_width() < 0.05 * one.value,
            "too wide to tell: {one:?}"
        );
    }
}

/// One topic, for the order of ties.
const DEMAND: &str = r#"
start = 2027-01-04
length = "1 week"
zone = "UTC"
[demand]
counted = "first contacts"
busyness = "none"
[channel.phone]
kind = "live"
open = "24/7"
[channel.mail]
kind = "deferred"
open = "24/7"
[topic.help]
per_week = 100
channels = { phone = "50%", mail = "50%" }
handle = "10m"
ends = { resolved = "100%" }
[contract.full]
hours = "40h/week"
pay = { wage = "EUR 15/h" }
"#;

fn team(name: &str, more: &str) -> String {
    format!(
        "[team.{name}]\nheads = {{ full = 1 }}\nroster = \"none\"\nshrinkage = \"none\"\n{more}\n"
    )
}

fn standing(tables: &[String]) -> Vec<String> {
    let case = case(&(DEMAND.to_owned() + &tables.concat()));
    let scenario = &case.scenario;
    let order = scenario.by_standing();
    order
        .iter()
        .map(|&t| scenario.teams[t].name.clone())
        .collect()
}

#[test]
fn ties_fall_as_routes_name_then_by_what_teams_can_do() {
    let mut tables = vec![
        team("slow", "factor = { handle = \"120%\" }"),
        team("plain", ""),
        team("mailers", "skills = { channels = [\"mail\"] }"),
        team("second", ""),
        team("first", ""),
        "[route.mail]\nwhen = { channels = [\"mail\"] }\nto = [\"first\"]\n[route.phone]\nwhen = { channels = [\"phone\"] }\nto = [\"second\", \"first\"]\n".to_owned(),
    ];
    let expected = ["first", "second", "mailers", "plain", "slow"];
    for _ in 0..tables.len() {
        assert_eq!(standing(&tables), expected);
        tables.rotate_left(1);
    }
}

#[test]
fn teams_alike_keep_the_files_order() {
    assert_eq!(standing(&[team("b", ""), team("a", "")]), ["b", "a"]);
}
