#![allow(clippy::unwrap_used)]

use super::*;
use crate::scenario::diagnostic::Diagnostics;
use crate::scenario::forms;
use crate::scenario::parse::parse;

fn kinds_of(kind: Kind) -> Vec<Kind> {
    match kind {
        Kind::Either(kinds) => kinds.iter().flat_map(|k| kinds_of(*k)).collect(),
        Kind::List(kind) | Kind::By(_, kind) => kinds_of(*kind),
        other => vec![other],
    }
}

#[test]
fn every_table_that_a_key_names_exists_once() {
    let all: Vec<&str> = tables().map(|t| t.kind).collect();
    for table in tables() {
        assert_eq!(
            all.iter().filter(|k| **k == table.kind).count(),
            1,
            "{}",
            table.kind
        );
        for kind in table
            .keys
            .iter()
            .map(|k| k.kind)
            .chain(table.others.map(|(_, k)| k))
            .flat_map(kinds_of)
        {
            if let Kind::Table(name) = kind {
                assert!(all.contains(&name), "{name}");
            }
            if let Kind::Name(name) = kind {
                assert!(super::table("scenario").key(name).is_some(), "{name}");
            }
        }
    }
}

#[test]
fn defaults_are_written_in_the_form_of_their_key() {
    let mut seen = 0;
    for key in tables().flat_map(|t| t.keys) {
        let Need::Default(default) = key.need else {
            continue;
        };
        seen += 1;
        let fits = kinds_of(key.kind).iter().any(|kind| match kind {
            Kind::Duration => forms::duration(default.value).is_ok(),
            Kind::Share => forms::share(default.value).is_ok(),
            Kind::Percent => forms::percent(default.value).is_ok(),
            Kind::Points => forms::points(default.value).is_ok(),
            Kind::Number => default.value.parse::<f64>().is_ok(),
            Kind::TimeOfDay => forms::time_of_day(default.value).is_ok(),
            Kind::Word(words) => words.contains(&default.value),
            Kind::Holidays => crate::time::Holidays::named(default.value).is_some(),
            _ => false,
        });
        // These three stand for the absence of a table or a file.
        assert!(
            fits || ["profile", "closed", "touches"].contains(&key.name),
            "{} = {}",
            key.name,
            default.value
        );
        assert!(!default.source.is_empty(), "{}", key.name);
    }
    assert!(seen > 15);
}

#[test]
fn defaults_are_found_by_path() {
    assert_eq!(default_of("channel.phone.patience").value, "369s");
    assert_eq!(default_of("channel.phone.redial.after").value, "20m");
    assert_eq!(default_of("demand.busyness.cv").range, Some("6% to 25%"));
    assert_eq!(default_of("team.berlin.heads").value, "");
    assert_eq!(default_of("nothing.at.all").value, "");
}

fn unknown(text: &str) -> Vec<(String, String)> {
    let mut diagnostics = Diagnostics::default();
    let document = parse(text, 0, &mut diagnostics);
    check(&document, &mut diagnostics);
    diagnostics
        .items
        .into_iter()
        .map(|d| (d.message, d.help.unwrap()))
        .collect()
}

#[test]
fn unknown_keys_are_answered_with_what_was_meant() {
    let found =
        unknown("[team.berlin]\nshrinkge = \"none\"\nhandle = { phone = \"6m\" }\n[tem.x]\n");
    assert_eq!(found[0].1, "did you mean `shrinkage`?");
    assert!(
        found[1].1.starts_with("`handle` belongs into"),
        "{}",
        found[1].1
    );
    assert_eq!(found[2].1, "did you mean `team`?");
}

#[test]
fn names_are_not_keys() {
    let text = "[topic.shop]\nchannels = { anything = \"100%\" }\nhandle = { phone = { mean = \"4m\", cv = 1.1 }, tier2 = \"9m\" }\n[decide]\n\"team.x.heads\" = { from = 1, to = 2 }\n";
    assert_eq!(unknown(text), []);
    assert_eq!(
        unknown("[topic.shop]\nhandle = { mean = \"4m\", famly = \"gamma\" }\n").len(),
        1
    );
}

#[test]
fn data_files_are_found_wherever_they_stand() {
    let text = "base = \"a.toml\"\n[demand]\nprofile = \"p.csv\"\nhistory = { file = \"h.csv\" }\n[topic.x]\nhandle = { phone = { table = \"t.csv\" } }\n[team.a]\nroster = \"r.csv\"\n[team.b]\nroster = \"fit\"\n";
    let mut document = parse(text, 0, &mut Diagnostics::default());
    let mut files = Vec::new();
    visit_files(&mut document, &mut |node| files.push(node.clone().value));
    let names: Vec<String> = files.iter().map(|v| format!("{v:?}")).collect();
    assert_eq!(names.len(), 5, "{names:?}");
}
