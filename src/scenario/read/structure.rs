//! `[breadth]` and `[coordination]`: what the shape of a team costs, so that structure is a trade-off.
//!
//! With `c` channels and `t` topics a team's handle times grow by `1 + channel (c - 1) + topic (t - 1)`. Where an agent
//! can know only `holds` topics, the share `x = 1 - holds / t` of work is about something not known: it takes `1 + search
//! x` times as long and is resolved less by `lost x`. Meetings take `colleague (heads - 1) + topic (t - 1)` of every
//! head's week, as a part of shrinkage; where heads change on a date, from then on by their new number.
//!
//! Unless stated a channel costs 3 %, a topic 2 %, a topic not known 40 % more time and 15 points, a colleague a minute and
//! a topic ten minutes a week (all judgement); nothing of it is there without the tables.
//!
//! ```
//! let text = r#"
//! [breadth]
//! channel = "3%"
//! topic   = "2%"
//! [coordination]
//! "#;
//! # let base = std::env::current_dir()?.join("scenarios/startup/scenario.toml");
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("variant.toml");
//! # std::fs::write(&path, format!("base = {base:?}\n{text}"))?;
//! // A variant of the bundled startup.
//! let scenario = staffwright::scenario::load(&path).map_err(|mistakes| mistakes.render(false))?;
//! let team = |name: &str| scenario.teams.iter().find(|t| t.name == name);
//! let pool = team("pool").ok_or("no pool")?;
//! // Four channels and four topics: 1 + 3 x 3 % + 3 x 2 %, beside the 112 % that the file states.
//! let factor = pool.skills.iter().flatten().map(|s| s.handle_factor).fold(f64::INFINITY, f64::min);
//! assert!((factor - 1.12 * 1.15).abs() < 1e-9);
//! // A minute for each of 59 colleagues and ten for each of three more topics, of forty hours; 3 % were there before.
//! assert!((pool.shrinkage.meetings - 0.03 - 89.0 / 2400.0).abs() < 1e-9);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::cursor::Cursor;
use super::workforce::weekly_hours;
use crate::scenario::model::{Contract, Proficiency, Stream, Team};
use std::collections::BTreeSet;

/// What shapes cost.
pub struct Structure {
    breadth: Option<Breadth>,
    coordination: Option<Coordination>,
}

struct Breadth {
    channel: f64,
    topic: f64,
    holds: f64,
    search: f64,
    lost: f64,
}

/// Seconds a week and head.
struct Coordination {
    colleague_s: f64,
    topic_s: f64,
}

/// Reads both tables.
pub fn read(document: &Cursor<'_>) -> Structure {
    Structure {
        breadth: document.sub("breadth").and_then(|t| breadth(&t)),
        coordination: document.sub("coordination").and_then(|t| coordination(&t)),
    }
}

fn breadth(table: &Cursor<'_>) -> Option<Breadth> {
    let channel = table.or_default("channel", |i| i.percent());
    let topic = table.or_default("topic", |i| i.percent());
    let plain = Breadth {
        channel: channel?,
        topic: topic?,
        holds: f64::INFINITY,
        search: 0.0,
        lost: 0.0,
    };
    let Some(item) = table.get("holds") else {
        for key in ["search", "lost"] {
            super::ramp::meaningless(table, key, "without `holds` every topic is known");
        }
        return Some(plain);
    };
    let holds = item.number()?;
    let search = table.or_default("search", |i| i.percent());
    let lost = table.or_default("lost", |i| i.points());
    item.within(holds, 1.0, 1e6, "at least one topic")
        .then_some(())?;
    Some(Breadth {
        holds,
        search: search?,
        lost: lost?,
        ..plain
    })
}

fn coordination(table: &Cursor<'_>) -> Option<Coordination> {
    let colleague = table.or_default("colleague", |i| i.duration());
    let topic = table.or_default("topic", |i| i.duration());
    Some(Coordination {
        colleague_s: colleague?,
        topic_s: topic?,
    })
}

/// Channels and topics of people with some skills.
fn breadth_of(skills: &[Option<Proficiency>], streams: &[Stream]) -> (f64, f64) {
    let count = |of: fn(&Stream) -> usize| {
        let skilled = streams.iter().zip(skills).filter(|(_, s)| s.is_some());
        skilled.map(|(s, _)| of(s)).collect::<BTreeSet<_>>().len() as f64
    };
    (count(|s| s.channel), count(|s| s.topic))
}

impl Structure {
    /// Lets the breadth of what people know cost what it does.
    pub fn broaden(&self, skills: &mut [Option<Proficiency>], streams: &[Stream]) {
        let (channels, topics) = breadth_of(skills, streams);
        let Some(b) = self.breadth.as_ref().filter(|_| topics > 0.0) else {
            return;
        };
        let unknown = (1.0 - b.holds / topics).max(0.0);
        let breadth = 1.0 + b.channel * (channels - 1.0) + b.topic * (topics - 1.0);
        for skill in skills.iter_mut().flatten() {
            skill.handle_factor *= breadth * (1.0 + b.search * unknown);
            skill.resolved_delta += b.lost * unknown;
        }
    }

    /// Lets a team's shape cost what it does.
    pub fn apply(
        &self,
        team: &mut Team,
        streams: &[Stream],
        contracts: &[Contract],
        table: &Cursor<'_>,
    ) {
        self.broaden(&mut team.skills, streams);
        if let Some(share) = self.meetings(team, streams, contracts) {
            team.shrinkage.meetings += share;
            check_left(team.shrinkage.on_queue_share(), table);
        }
    }

    /// Share of paid hours that coordination takes from a team; `None` where it takes nothing.
    fn meetings(&self, team: &Team, streams: &[Stream], contracts: &[Contract]) -> Option<f64> {
        let c = self
            .coordination
            .as_ref()
            .filter(|_| team.vendor.is_none())?;
        let weekly = weekly_hours(&team.heads, contracts)?;
        let (_, topics) = breadth_of(&team.skills, streams);
        let heads: f64 = team.heads.iter().map(|h| f64::from(h.count)).sum();
        let each = c.colleague_s * (heads - 1.0) + c.topic_s * (topics - 1.0).max(0.0);
        Some(each / (weekly * 3600.0))
    }
}

fn check_left(on_queue: f64, table: &Cursor<'_>) {
    if on_queue <= 1e-9 {
        table.notes.error(
            "nothing-left",
            table.span,
            format!("`{}`: coordination leaves no time on queue", table.path),
            "too many colleagues and topics",
            "split the team, or lower `coordination`",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{changed, codes, good};
    use crate::scenario::model::Scenario;

    /// Three topics on two channels, for a team that serves all.
    fn text(more: &str) -> String {
        let topic = |name: &str| {
            format!(
                "[topic.{name}]\nper_week = 100\nchannels = {{ phone = \"50%\", mail = \"50%\" }}\nhandle = \"5m\"\nends = {{ resolved = \"80%\", returns = \"20%\" }}\n"
            )
        };
        changed(&[(
            "[topic.help]",
            &format!(
                "{more}\n[channel.mail]\nkind = \"deferred\"\nopen = \"Mon-Fri 08:00-18:00\"\n{}{}[topic.help]\nchannels = {{ phone = \"100%\" }}",
                topic("a"),
                topic("b")
            ),
        )])
    }

    fn first(scenario: &Scenario) -> (f64, f64) {
        let skill = scenario.teams[0].skills.iter().flatten().next();
        skill.map_or((0.0, 0.0), |s| (s.handle_factor, s.resolved_delta))
    }

    #[test]
    fn breadth_lengthens_every_contact_by_its_formula() {
        let plain = good(&text("[breadth]\nchannel = \"3%\"\ntopic = \"2%\""));
        assert!((first(&plain).0 - (1.0 + 0.03 + 2.0 * 0.02)).abs() < 1e-12);
        assert_eq!(first(&good(&text(""))), (1.0, 0.0));
        let capped = good(&text(
            "[breadth]\nchannel = \"0%\"\ntopic = \"0%\"\nholds = 2\nsearch = \"60%\"\nlost = \"-30 points\"",
        ));
        assert!((first(&capped).0 - 1.2).abs() < 1e-12);
        assert!((first(&capped).1 + 0.1).abs() < 1e-12);
    }

    #[test]
    fn coordination_takes_its_hours_from_every_head() {
        let plain = good(&text(""));
        let busy = good(&text("[coordination]\ncolleague = \"6m\"\ntopic = \"12m\""));
        let taken = busy.teams[0].shrinkage.meetings - plain.teams[0].shrinkage.meetings;
        // 11 colleagues and 2 more topics: 90 minutes of 40 hours.
        assert!((taken - 1.5 / 40.0).abs() < 1e-12);
        assert!(codes(&text("[coordination]\ncolleague = \"4h\"")).contains(&"nothing-left"));
    }

    #[test]
    fn knowledge_without_a_limit_loses_nothing() {
        assert_eq!(
            codes(&text("[breadth]\nsearch = \"30%\""))[..1],
            ["meaningless-key"]
        );
    }
}
