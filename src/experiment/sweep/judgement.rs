//! Judgements that every crossover hangs on: coordination, and how many topics an agent can know.
//!
//! Nobody has measured them well, and without them a flat pool wins for nothing. Where a scenario states them they are
//! halved and doubled; where none does, they are added: coordination as its defaults say, and a cap at half of the topics.

use crate::scenario::forms::duration;
use crate::scenario::keys::default_of;
use crate::scenario::node::{Table, Value};
use crate::scenario::path::{Path, get};
use serde::Serialize;

/// A judgement, moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Judgement {
    /// What is moved.
    pub what: Judged,
    /// How.
    pub moved: Move,
}

/// What is judged rather than measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Judged {
    /// Hours of meetings and alignment: `[coordination]`.
    Coordination,
    /// Topics that an agent can know: `breadth.holds`.
    KnowledgeCap,
}

/// How a judgement is moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Move {
    /// To half of what is stated.
    Halved,
    /// To twice what is stated.
    Doubled,
    /// It is stated nowhere, and added.
    Added,
}

const MEETINGS: [&str; 2] = ["coordination.colleague", "coordination.topic"];

/// The judgements to move over some scenarios.
pub fn over<'t>(documents: impl Iterator<Item = &'t Table> + Clone) -> Vec<Judgement> {
    let stated = |path: &str| documents.clone().any(|d| node(d, path).is_some());
    let moves = |stated: bool| match stated {
        true => &[Move::Halved, Move::Doubled][..],
        false => &[Move::Added],
    };
    let of = |what, stated| {
        let moves = moves(stated).iter();
        moves.map(move |&moved| Judgement { what, moved })
    };
    let coordination = of(Judged::Coordination, stated("coordination"));
    let cap = of(Judged::KnowledgeCap, stated("breadth.holds"));
    coordination.chain(cap).collect()
}

impl Judgement {
    /// Values at paths that move it in a scenario; none where the scenario has nothing to move.
    pub fn settings(self, document: &Table) -> Vec<(String, String)> {
        let factor = match self.moved {
            Move::Halved => Some(0.5),
            Move::Doubled => Some(2.0),
            Move::Added => None,
        };
        match (self.what, factor) {
            (Judged::Coordination, Some(factor)) => {
                if node(document, "coordination").is_none() {
                    return Vec::new();
                }
                let moved = MEETINGS.iter().map(|path| {
                    let stated = match node(document, path) {
                        Some(Value::String(text)) => text,
                        _ => default_of(path).value,
                    };
                    let seconds = duration(stated).unwrap_or(0.0) * factor;
                    ((*path).to_string(), format!("\"{seconds}s\""))
                });
                moved.collect()
            }
            (Judged::Coordination, None) => {
                let usual = |path: &&str| format!("\"{}\"", default_of(path).value);
                let added = MEETINGS.iter().map(|p| ((*p).to_string(), usual(p)));
                added.collect()
            }
            (Judged::KnowledgeCap, Some(factor)) => {
                let stated = match node(document, "breadth.holds") {
                    Some(Value::Integer(n)) => *n as f64,
                    Some(Value::Float(n)) => *n,
                    _ => return Vec::new(),
                };
                // Nobody knows less than one topic.
                let holds = (stated * factor).max(1.0);
                vec![("breadth.holds".into(), holds.to_string())]
            }
            (Judged::KnowledgeCap, None) => {
                let topics = match node(document, "topic") {
                    Some(Value::Table(topics)) => topics.entries.len(),
                    _ => 1,
                };
                let mut added = vec![("breadth.holds".into(), topics.div_ceil(2).to_string())];
                if node(document, "breadth").is_none() {
                    // Nothing but the cap.
                    let free = ["breadth.channel", "breadth.topic"];
                    added.extend(free.map(|path| (path.to_string(), "\"0%\"".into())));
                }
                added
            }
        }
    }
}

fn node<'t>(document: &'t Table, path: &str) -> Option<&'t Value> {
    let path = Path::parse(path).ok()?;
    get(document, &path).ok().map(|node| &node.value)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::scenario::diagnostic::Diagnostics;
    use crate::scenario::parse::parse;

    fn moved(text: &str) -> Vec<Vec<(String, String)>> {
        let mut diagnostics = Diagnostics::default();
        let document = parse(text, 0, &mut diagnostics);
        assert!(!diagnostics.has_errors());
        let all = over(std::iter::once(&document));
        all.iter().map(|j| j.settings(&document)).collect()
    }

    fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
        let own = of.iter().map(|(a, b)| ((*a).to_string(), (*b).to_string()));
        own.collect()
    }

    #[test]
    fn what_is_stated_is_halved_and_doubled() {
        let text = "[coordination]\ncolleague = \"2m\"\n[breadth]\nholds = 3";
        let meetings = |a, b| pairs(&[("coordination.colleague", a), ("coordination.topic", b)]);
        assert_eq!(
            moved(text),
            [
                meetings("\"60s\"", "\"300s\""),
                meetings("\"240s\"", "\"1200s\""),
                pairs(&[("breadth.holds", "1.5")]),
                pairs(&[("breadth.holds", "6")]),
            ]
        );
    }

    #[test]
    fn what_is_stated_nowhere_is_added() {
        let text = "[topic.a]\n[topic.b]\n[topic.c]\n";
        assert_eq!(
            moved(text),
            [
                pairs(&[
                    ("coordination.colleague", "\"1m\""),
                    ("coordination.topic", "\"10m\"")
                ]),
                pairs(&[
                    ("breadth.holds", "2"),
                    ("breadth.channel", "\"0%\""),
                    ("breadth.topic", "\"0%\"")
                ]),
            ]
        );
        assert_eq!(
            moved("[breadth]\n[topic.a]")[1],
            pairs(&[("breadth.holds", "1")])
        );
    }

    #[test]
    fn who_states_nothing_is_not_moved_where_another_does() {
        let mut diagnostics = Diagnostics::default();
        let with = parse("[coordination]", 0, &mut diagnostics);
        let without = parse("[topic.a]", 0, &mut diagnostics);
        let all = over([&with, &without].into_iter());
        assert_eq!(all.len(), 3);
        assert_eq!(all[0].settings(&with).len(), 2);
        assert_eq!(all[0].settings(&without), []);
    }
}
