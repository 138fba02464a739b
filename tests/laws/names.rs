//! Names, order and files: they change nothing.

use crate::mechanisms::{mechanisms, organisation};
use crate::organisation::{Shape, case, case_of, played, played_case, shapes, tables, text};
use crate::station::{Station, stations};
use proptest::prelude::*;
use serde_json::Value;
use staffwright::experiment::{Case, Settings, replicate};
use staffwright::random::Seed;
use staffwright::scenario::arrivals;
use staffwright::sim::{ContactSums, play};
use staffwright::stats::{Estimate, mean_estimate, ratio_estimate};
use std::collections::BTreeMap;

proptest! {
    #![proptest_config(crate::law(60, 60))]

    /// Names of teams, sites and vendors, the order of all tables and what is split over included files change no figure.
    ///
    /// Routes and promises alone stand as they did, being lists: of several that cover a contact the first route in the
    /// file holds, and the first promise is its own, as `[route.*]` and `[promise.*]` say.
    #[test]
    fn names_order_and_files_change_nothing(shape in shapes(), on in mechanisms(), order in any::<u64>(), at in 1usize..40) {
        let first = Figures::of(&case(&text(&organisation(&shape, &on))), &[]);
        // Other names, whose alphabet runs the other way.
        let names = [("zulu", shape.names[0]), ("alpha", shape.names[1]), ("mike", shape.names[2]), ("kilo", shape.names[3]), ("delta", shape.names[4]), ("bureau", "agency"), ("quorum", "helpers")];
        let renamed = Shape { names: [0, 1, 2, 3, 4].map(|n| names[n].0), ..shape.clone() };
        let mut other = singly(&organisation(&renamed, &on));
        for table in &mut other {
            *table = table.replace("there", "far").replace("here", "yonder").replace("agency", "bureau").replace("helpers", "quorum");
        }
        let lists = ["[route.", "[promise."].map(|kind| (kind, of_kind(&other, kind)));
        other = shuffled(other, order);
        for (kind, list) in lists {
            keep_order(&mut other, kind, list);
        }
        let (part, rest) = other.split_at(at % other.len());
        let second = Figures::of(&case_of(&text(rest), &part.concat()), &names);
        first.must_be(&second)?;
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

/// The tables one by one.
fn singly(tables: &[String]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for line in tables.concat().split_inclusive('\n') {
        if line.starts_with('[') {
            all.push(String::new());
        }
        if let Some(last) = all.last_mut() {
            last.push_str(line);
        }
    }
    all
}

/// An order of the tables by a number: that of their hashes, so that any two may change places.
fn shuffled(mut tables: Vec<String>, order: u64) -> Vec<String> {
    tables.sort_by_key(|table| staffwright::random::stream_key(&format!("{order}{table}")));
    tables
}

/// Tables of one kind, in order.
fn of_kind(tables: &[String], kind: &str) -> Vec<String> {
    let these = tables.iter().filter(|t| t.starts_with(kind));
    these.cloned().collect()
}

/// Puts the tables of one kind into an order of their own, where some of them stand.
fn keep_order(tables: &mut [String], kind: &str, list: Vec<String>) {
    let places = tables.iter_mut().filter(|t| t.starts_with(kind));
    places.zip(list).for_each(|(place, table)| *place = table);
}

/// All that is to be known of a case: a replication's ledger and what reports say, by the names of what it is about.
struct Figures {
    ledger: BTreeMap<String, String>,
    outcome: BTreeMap<String, Value>,
}

impl Figures {
    /// Teams, sites and vendors by their first names, `(new, first)`.
    fn of(case: &Case, names: &[(&str, &str)]) -> Self {
        let settings = Settings {
            replications: 2,
            ..Settings::default()
        };
        let outcome = serde_json::to_value(replicate(case, &settings, &())).unwrap();
        let Value::Object(all) = outcome else {
            panic!("an outcome is an object");
        };
        // The file's own name and hash, and the defaults it uses, by path, are no figures.
        let about = ["scenario", "provenance", "assumptions"];
        let figures = all
            .into_iter()
            .filter(|(key, _)| !about.contains(&key.as_str()));
        Self {
            ledger: accounts(case, names),
            outcome: figures.map(|(key, v)| (key, by_name(v, names))).collect(),
        }
    }

    fn must_be(&self, other: &Self) -> Result<(), TestCaseError> {
        prop_assert_eq!(self.ledger.len(), other.ledger.len());
        for (name, account) in &other.ledger {
            prop_assert_eq!(Some(account), self.ledger.get(name), "{}", name);
        }
        for (name, figures) in &other.outcome {
            prop_assert_eq!(Some(figures), self.outcome.get(name), "{}", name);
        }
        Ok(())
    }
}

/// A value with names as they were, and lists of things in an order that does not depend on where they stood.
fn by_name(value: Value, names: &[(&str, &str)]) -> Value {
    let first = |name: String| {
        let found = names.iter().find(|n| n.0 == name);
        found.map_or(name, |n| n.1.to_owned())
    };
    match value {
        Value::String(text) => Value::String(first(text)),
        Value::Array(list) => {
            let mut list: Vec<Value> = list.into_iter().map(|v| by_name(v, names)).collect();
            if list.iter().all(Value::is_object) {
                list.sort_by_cached_key(Value::to_string);
            }
            Value::Array(list)
        }
        Value::Object(map) => {
            let entries = map.into_iter();
            Value::Object(
                entries
                    .map(|(k, v)| (first(k), by_name(v, names)))
                    .collect(),
            )
        }
        other => other,
    }
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

proptest! {
    #![proptest_config(crate::law(6, 4))]

    /// Renaming streams changes their customers' draws, not what is to be expected of them; in a station, to some per cent,
    /// and in any organisation.
    #[test]
    fn a_streams_name_changes_no_expectation(station in stations(1.0..1.3, true), shape in shapes(), on in mechanisms()) {
        let text_of = |text: String| {
            let other = ["t0", "t1", "t2"].iter().fold(text.clone(), |t, topic| t.replace(&format!("topic.{topic}]"), &format!("topic.zebra-{topic}]")));
            [text, other]
        };
        // Days alike: how busy they are makes intervals wide.
        let station = Station { busy: 0, ..station };
        let texts = text_of(station.text(0, "2 weeks"));
        let alike = levels(&texts, 24)?;
        for level in &alike {
            prop_assert!(level.half_width() < 0.1 * level.value, "too wide to tell: {:?}", level);
        }
        // Every topic's customers are as many as it says, whatever it is called.
        for text in &texts {
            as_many_as_stated(&case(text), 24)?;
        }
        let first = text(&organisation(&shape, &on));
        let other = channels_renamed(&first);
        prop_assert_ne!(&first, &other);
        levels(&[first, other], 24)?;
    }

    /// So it is with how many come in any organisation; days are alike here, too.
    #[test]
    fn a_streams_name_changes_no_number(shape in shapes(), on in mechanisms()) {
        let busyness = "busyness = { cv = \"15%\", day_to_day = \"40%\", across_streams = \"60%\" }";
        let first = text(&organisation(&shape, &on)).replace(busyness, "busyness = \"none\"");
        // A hundred thousand customers are told to a per cent.
        let replications = 50_000 / u64::from(shape.per_week) + 12;
        let [one, other] = [first.clone(), channels_renamed(&first)].map(|text| {
            let case = case(&text);
            let came = (0..replications).map(|r| {
                let streams = played_case(&case, r).streams;
                let came = |s: &ContactSums| s.first_contacts + s.prevented + s.deflected + s.moved + s.unserved;
                streams.iter().map(came).sum::<u64>() as f64
            });
            mean_estimate(&came.collect::<Vec<f64>>(), 0.9999).unwrap()
        });
        let apart = (one.value - other.value).abs();
        prop_assert!(apart <= one.half_width().hypot(other.half_width()), "{:?} {:?}", one, other);
        prop_assert!(one.half_width() < 0.02 * one.value, "too wide to tell: {:?}", one);
    }
}

/// Every channel by another name, which stands in another order.
fn channels_renamed(text: &str) -> String {
    let names = [
        ("phone", "zone-phone"),
        ("mail", "a-mail"),
        ("chat", "q-chat"),
    ];
    names.iter().fold(text.to_owned(), |text, (from, to)| {
        let text = text.replace(&format!("channel.{from}]"), &format!("channel.{to}]"));
        let text = text.replace(&format!("{from} = "), &format!("{to} = "));
        let text = text.replace(&format!("\"{from}\""), &format!("\"{to}\""));
        text.replace(&format!("of {from} "), &format!("of {to} "))
    })
}

/// First contacts of every stream are Poisson with the mean that the scenario states: four and a half deviations of it.
fn as_many_as_stated(case: &Case, replications: u64) -> Result<(), TestCaseError> {
    let mut came = vec![0u64; case.scenario.streams.len()];
    for replication in 0..replications {
        let streams = played_case(case, replication).streams;
        let add = |(sum, s): (&mut u64, &ContactSums)| *sum += s.first_contacts;
        came.iter_mut().zip(&streams).for_each(add);
    }
    for (s, &came) in came.iter().enumerate() {
        let mean = replications as f64 * arrivals::expected(&case.scenario, s).iter().sum::<f64>();
        let off = (came as f64 - mean) / mean.sqrt();
        prop_assert!(
            off.abs() < 4.5,
            "{}: {} where {} are stated",
            case.scenario.streams[s].name,
            came,
            mean
        );
    }
    Ok(())
}

/// Shares and means of all contacts of two scenarios, which must agree within their intervals and differ in their draws; the
/// first one's.
fn levels(pair: &[String; 2], replications: u64) -> Result<Vec<Estimate>, TestCaseError> {
    type Above = fn(&ContactSums) -> u64;
    let above: [Above; 4] = [|s| s.wait, |s| s.abandoned, |s| s.handled, |s| s.resolved];
    let [one, other] = pair.each_ref().map(|text| {
        let case = case(text);
        let all: Vec<_> = (0..replications)
            .map(|r| played_case(&case, r).streams)
            .collect();
        let sum =
            |streams: &Vec<ContactSums>, of: Above| streams.iter().map(of).sum::<u64>() as f64;
        above.map(|of| {
            let pairs: Vec<(f64, f64)> = all
                .iter()
                .map(|s| (sum(s, of), sum(s, |s| s.offered)))
                .collect();
            ratio_estimate(&pairs, 0.9999).unwrap()
        })
    });
    prop_assert!(one != other, "the draws are the same");
    for (one, other) in one.iter().zip(&other) {
        let apart = (one.value - other.value).abs();
        prop_assert!(
            apart <= one.half_width().hypot(other.half_width()),
            "{:?} {:?}",
            one,
            other
        );
    }
    Ok(one.to_vec())
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
