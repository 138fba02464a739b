//! Demand that is not served: languages nobody speaks, channels that are not offered, and demand that would come if they
//! were.
//!
//! ```
//! let text = r#"
//! [language.fr]
//! unserved    = { en = "55%", tool = "25%", lost = "20%" }   # where no team has the skill
//! translation = { handle = "130%", resolved = "-6 points", fee = "EUR 0.30/contact" }
//! latent      = "+180%"            # more French contacts where a team has the skill
//! [channel.chat]
//! offered  = false
//! latent   = "+15%"                # more contacts on it where it is offered
//! unserved = { phone = "60%", mail = "25%", lost = "15%" }
//! [channel.phone]
//! closed      = { mail = "30%", later = "40%", lost = "30%" }   # of those who find it closed
//! later_after = "45m"              # after the next opening
//! [topic.how-to]
//! lost_value    = "EUR 40/contact" # lost with each contact that is never served
//! returns_after = "2 days"         # when an unresolved one comes back
//! "#;
//! # let base = std::env::current_dir()?.join("scenarios/startup/scenario.toml");
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("variant.toml");
//! # std::fs::write(&path, format!("base = {base:?}\n{text}"))?;
//! // A variant of the bundled startup.
//! let scenario = staffwright::scenario::load(&path).map_err(|mistakes| mistakes.render(false))?;
//! let channel = |c: usize| &scenario.channels[c];
//! let chats = scenario.streams.iter().filter(|s| channel(s.channel).name == "chat");
//! for moves in chats.filter_map(|s| s.moves.as_ref()) {
//!     // The rest is lost.
//!     let to: Vec<_> = moves.iter().map(|&(share, to)| (share, &*channel(scenario.streams[to].channel).name)).collect();
//!     assert_eq!(to, [(0.6, "phone"), (0.25, "mail")]);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A stream's language is served if some team that has people (or may get some by `[decide]`) has the skill at tier 1.
//! Where it is not, each customer's lot says once for all what they do: ask in another language, write through the
//! translation tool, or go. No tool translates live voice: its share is lost there.

use super::cursor::{Cursor, Item};
use super::names::{NameList, Names};
use super::shares;
use crate::scenario::model::{
    Channel, ChannelKind, LeverTarget, Proficiency, RosterSource, Scenario, Stream, Team, Volume,
};

/// Key of the translation tool among the alternatives.
const TOOL: &str = "tool";
/// Key of those who go.
const LOST: &str = "lost";
/// A contact moves at most so often: from a channel, from a language, and once more.
const MOST_MOVES: usize = 4;

/// What customers do, each with its share; the rest is lost.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Alternatives {
    /// Other languages or channels (indexes).
    pub others: Vec<(f64, usize)>,
    /// By the translation tool.
    pub tool: f64,
}

/// Reads `unserved`: shares by name, `lost` and (for languages) `tool`.
pub fn alternatives(item: &Item<'_>, list: &NameList, own: usize, tool: bool) -> Alternatives {
    let mut read = Alternatives::default();
    let Some(table) = item.table() else {
        return read;
    };
    for (key, share, entry) in shares::whole(&table) {
        if key == LOST {
            continue;
        }
        if key == TOOL && tool {
            read.tool = share;
        } else if let Some(other) = list.resolve_name(key, &entry) {
            if other == own {
                entry.error_at_key(
                    "names-itself",
                    format!("`{}` sends contacts to itself", item.path),
                    "the one that is not served",
                    "name another one, or `lost`",
                );
            } else if share > 0.0 {
                read.others.push((share, other));
            }
        }
    }
    read
}

/// Alternatives by language (index), of languages that say so.
pub fn languages(document: &Cursor<'_>, names: &Names) -> Vec<Option<Alternatives>> {
    let table = document.sub("language");
    let of = |(index, (name, _)): (usize, &(String, _))| {
        let item = table.as_ref()?.sub(name)?.get("unserved")?;
        Some(alternatives(&item, &names.languages, index, true))
    };
    names.languages.names.iter().enumerate().map(of).collect()
}

/// Widens a choice of languages by those their speakers would ask in.
pub fn widen(shares: &mut [f64], alternatives: &[Option<Alternatives>]) {
    for (language, all) in alternatives.iter().enumerate() {
        if shares[language] > 0.0 {
            for (_, other) in all.iter().flat_map(|a| &a.others) {
                // Present, without demand of its own.
                shares[*other] = shares[*other].max(f64::MIN_POSITIVE);
            }
        }
    }
}

/// What the organisation leaves unserved, once its teams are known: where contacts move, which teams work by the
/// translation tool, and the latent demand of languages that are served.
pub fn settle(document: &Cursor<'_>, names: &Names, scenario: &mut Scenario) {
    let all = languages(document, names);
    let served: Vec<bool> = (0..scenario.streams.len())
        .map(|s| is_served(scenario, s))
        .collect();
    spoken_only(document, names, &all, scenario);
    latent(document, names, &served, scenario);
    let mut moves: Vec<Option<Vec<(f64, usize)>>> = Vec::new();
    for (s, stream) in scenario.streams.iter().enumerate() {
        let channel = &scenario.channels[stream.channel];
        let step = if channel.offered {
            let alternatives = all[stream.language].as_ref().filter(|_| !served[s]);
            alternatives.map(|a| by_language(scenario, s, channel, a))
        } else {
            Some(to_streams(scenario, stream, &channel.unserved, |o, to| {
                o.channel == to && o.language == stream.language
            }))
        };
        moves.push(step);
    }
    translate(document, names, &all, &served, scenario);
    let resolved: Vec<Option<Vec<(f64, usize)>>> = (0..moves.len())
        .map(|s| {
            moves[s]
                .as_ref()
                .map(|_| follow(&moves, s, 1.0, MOST_MOVES))
        })
        .collect();
    for (stream, moves) in scenario.streams.iter_mut().zip(resolved) {
        stream.moves = moves;
    }
}

/// Complains of translation tools for languages that are only ever spoken.
fn spoken_only(
    document: &Cursor<'_>,
    names: &Names,
    all: &[Option<Alternatives>],
    scenario: &Scenario,
) {
    for (language, alternatives) in all.iter().enumerate() {
        let spoken = scenario.streams.iter().filter(|s| s.language == language);
        let mut spoken = spoken
            .map(|s| scenario.channels[s.channel].kind == ChannelKind::Live)
            .peekable();
        let tool = alternatives.as_ref().is_some_and(|a| a.tool > 0.0);
        if !tool || spoken.peek().is_none() || spoken.any(|live| !live) {
            continue;
        }
        let name = names.languages.name(language);
        let table = document.sub("language").and_then(|t| t.sub(name));
        let unserved = table.and_then(|t| t.sub("unserved"));
        if let Some(item) = unserved.and_then(|t| t.get(TOOL)) {
            item.error_at_key(
                "translation-on-voice",
                format!("no tool translates live voice, and nothing is written in `{name}`"),
                "this share would be lost",
                "give it to other languages or to `lost`, or let some of it be written",
            );
        }
    }
}

/// Where contacts of a stream end up, moving on from streams that are not served either.
fn follow(
    moves: &[Option<Vec<(f64, usize)>>],
    s: usize,
    share: f64,
    left: usize,
) -> Vec<(f64, usize)> {
    let Some(steps) = moves[s].as_ref().filter(|_| left > 0) else {
        return if left > 0 {
            vec![(share, s)]
        } else {
            Vec::new()
        };
    };
    let mut out = Vec::new();
    for &(part, to) in steps {
        if to == s {
            out.push((share * part, s));
        } else {
            out.extend(follow(moves, to, share * part, left - 1));
        }
    }
    out
}

fn by_language(
    scenario: &Scenario,
    s: usize,
    channel: &Channel,
    alternatives: &Alternatives,
) -> Vec<(f64, usize)> {
    let stream = &scenario.streams[s];
    let mut out = to_streams(scenario, stream, &alternatives.others, |o, to| {
        o.language == to && o.channel == stream.channel
    });
    if alternatives.tool > 0.0 && channel.kind != ChannelKind::Live {
        out.push((alternatives.tool, s));
    }
    out
}

/// The streams of the same topic, priority class and segment that alternatives mean.
fn to_streams(
    scenario: &Scenario,
    stream: &Stream,
    alternatives: &[(f64, usize)],
    means: impl Fn(&Stream, usize) -> bool,
) -> Vec<(f64, usize)> {
    let target = |to: usize| {
        scenario
            .streams
            .iter()
            .position(|o| o.topic == stream.topic && o.same_class(stream) && means(o, to))
    };
    let all = alternatives.iter();
    all.filter_map(|&(share, to)| Some((share, target(to)?)))
        .collect()
}

/// Whether a team that has people, or may get some, has the skill for a stream at tier 1.
fn is_served(scenario: &Scenario, stream: usize) -> bool {
    let people = |index: usize, team: &Team| {
        let lever = |t: &LeverTarget| matches!(t, LeverTarget::Heads(t, _) if *t == index);
        let eras = scenario.eras.iter();
        let later = eras.filter_map(|e| e.heads.get(index)?.as_ref());
        let mut heads = std::iter::once(&team.heads).chain(later).flatten();
        heads.any(|h| h.count > 0)
            || matches!(
                team.roster,
                RosterSource::Levels(_)
                    | RosterSource::Spells(_)
                    | RosterSource::Leads(_)
                    | RosterSource::Duties(_)
            )
            || scenario.decide.levers.iter().any(|l| lever(&l.target))
    };
    let teams = scenario.teams.iter().enumerate();
    teams
        .filter(|(_, team)| team.tier == 0 && team.skills[stream].is_some())
        .any(|(index, team)| people(index, team))
}

/// Multiplies the volume of served languages by what is latent, from the start and in every era.
fn latent(document: &Cursor<'_>, names: &Names, served: &[bool], scenario: &mut Scenario) {
    let table = document.sub("language");
    let factor = |language: usize| {
        let name = names.languages.name(language);
        let item = table.as_ref()?.sub(name)?.get("latent")?;
        Some(1.0 + item.form("a change", "\"+180%\"", crate::scenario::forms::change)?)
    };
    let factors: Vec<Option<f64>> = (0..names.languages.len()).map(factor).collect();
    let on_channel: Vec<f64> = scenario
        .channels
        .iter()
        .map(|c| if c.offered { 1.0 + c.latent } else { 1.0 })
        .collect();
    let grow = |streams: &mut [Stream]| {
        for (stream, served) in streams.iter_mut().zip(served) {
            let language = factors[stream.language].filter(|_| *served);
            let factor = language.unwrap_or(1.0) * on_channel[stream.channel];
            if let Volume::Weekly {
                first_per_week,
                as_counted_per_week,
                ..
            } = &mut stream.volume
            {
                *first_per_week *= factor;
                *as_counted_per_week *= factor;
            }
        }
    };
    grow(&mut scenario.streams);
    for era in &mut scenario.eras {
        grow(&mut era.streams);
    }
}

/// Gives teams the skill for languages that the translation tool brings them, at its terms on their best own language.
fn translate(
    document: &Cursor<'_>,
    names: &Names,
    all: &[Option<Alternatives>],
    served: &[bool],
    scenario: &mut Scenario,
) {
    let tools: Vec<Option<Proficiency>> = (0..all.len())
        .map(|language| {
            let wanted = all[language].as_ref().is_some_and(|a| a.tool > 0.0);
            let name = names.languages.name(language);
            let table = document.sub("language")?.sub(name)?;
            // Its mistakes are mistakes also where nobody needs it today.
            let written = table.get("translation").is_some();
            (wanted || written).then(|| tool(&table))
        })
        .collect();
    let (streams, channels) = (&scenario.streams, &scenario.channels);
    let teach = |skills: &mut [Option<Proficiency>]| {
        let own = skills.to_vec();
        for (s, stream) in streams.iter().enumerate() {
            let Some(tool) = tools[stream.language] else {
                continue;
            };
            let wanted = all[stream.language].as_ref().is_some_and(|a| a.tool > 0.0);
            let live = channels[stream.channel].kind == ChannelKind::Live;
            if !wanted || served[s] || live || own[s].is_some() {
                continue;
            }
            let siblings = streams.iter().zip(&own).filter(|(o, _)| {
                o.topic == stream.topic && o.channel == stream.channel && o.same_class(stream)
            });
            let best = siblings
                .filter_map(|(_, skill)| *skill)
                .min_by(|a, b| a.handle_factor.total_cmp(&b.handle_factor));
            skills[s] = best.map(|skill| Proficiency {
                handle_factor: skill.handle_factor * tool.handle_factor,
                resolved_delta: skill.resolved_delta + tool.resolved_delta,
                satisfaction_delta: skill.satisfaction_delta,
                lag_s: skill.lag_s,
                fee_per_contact: skill.fee_per_contact + tool.fee_per_contact,
            });
        }
    };
    for team in &mut scenario.teams {
        teach(&mut team.skills);
    }
    for equipment in scenario.eras.iter_mut().flat_map(|e| &mut e.equipment) {
        teach(&mut equipment.skills);
    }
}

/// `translation = { handle = "130%", resolved = "-6 points", fee = "EUR 0.30/contact" }`.
fn tool(language: &Cursor<'_>) -> Proficiency {
    let table = language
        .sub("translation")
        .unwrap_or_else(|| language.nothing_at("translation"));
    let handle = table.or_default("handle", |i| {
        i.percent()
            .filter(|f| i.within(*f, 0.5, 10.0, "between 50% and 1000%"))
    });
    let fee = table
        .get("fee")
        .and_then(|i| i.money_per(&["contact"]))
        .map_or(0.0, |(amount, _)| amount);
    Proficiency {
        handle_factor: handle.unwrap_or(1.0),
        resolved_delta: table.or_default("resolved", |i| i.points()).unwrap_or(0.0),
        satisfaction_delta: 0.0,
        lag_s: 0.0,
        fee_per_contact: fee,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, codes, good, only};
    use crate::scenario::arrivals;

    const SPEAKERS: (&str, &str) = (
        "handle = \"5m\"",
        "channels = { phone = \"50%\", mail = \"50%\" }\nlanguages = { en = \"90%\", fr = \"10%\" }\nhandle = \"5m\"",
    );
    const MAIL: (&str, &str) = (
        "[channel.phone]",
        "[channel.mail]\nkind = \"deferred\"\nopen = \"24/7\"\n[channel.phone]",
    );
    const ENGLISH: (&str, &str) = (
        "heads = 12",
        "heads = 12\nskills = { languages = [\"en\"] }",
    );
    const FRENCH: (&str, &str) = (
        "[shift.day]",
        "[language.fr]\nunserved = { en = \"55%\", tool = \"25%\", lost = \"20%\" }\nlatent = \"+180%\"\n[shift.day]",
    );

    #[test]
    fn a_language_nobody_speaks_moves_and_a_served_one_has_its_latent_demand() {
        let scenario = good(&changed(&[SPEAKERS, MAIL, ENGLISH, FRENCH]));
        let find = |name: &str| {
            scenario
                .streams
                .iter()
                .position(|s| s.name == name)
                .unwrap()
        };
        let moves = |name: &str| scenario.streams[find(name)].moves.clone();
        assert_eq!(
            moves("help/phone/fr"),
            Some(vec![(0.55, find("help/phone/en"))])
        );
        let mail = find("help/mail/fr");
        assert_eq!(
            moves("help/mail/fr"),
            Some(vec![(0.55, find("help/mail/en")), (0.25, mail)])
        );
        assert_eq!(moves("help/phone/en"), None);
        let skill = scenario.teams[0].skills[mail].unwrap();
        assert!((skill.handle_factor - 1.3).abs() < 1e-12);
        assert!(scenario.teams[0].skills[find("help/phone/fr")].is_none());
        let volume = |s| arrivals::expected(&scenario, s).iter().sum::<f64>();
        assert!((volume(mail) - 200.0).abs() < 1e-6);
        // Where French is served, 2.8 times as many ask.
        let served = good(&changed(&[SPEAKERS, MAIL, FRENCH]));
        let volume = arrivals::expected(&served, mail).iter().sum::<f64>();
        assert!((volume - 560.0).abs() < 1e-6);
        assert!(served.streams[mail].moves.is_none());
    }

    #[test]
    fn a_channel_that_is_offered_has_its_latent_demand() {
        let volume = |mail: &str| {
            let text = changed(&[
                SPEAKERS,
                MAIL,
                ("[channel.phone]", &format!("{mail}\n[channel.phone]")),
            ]);
            let scenario = good(&text);
            let all = arrivals::expected(&scenario, 0);
            (scenario.streams[0].name.clone(), all.iter().sum::<f64>())
        };
        let (name, more) = volume("latent = \"+15%\"");
        assert_eq!(name, "help/mail/en");
        assert!((more / volume("").1 - 1.15).abs() < 1e-12);
        let off = "latent = \"+15%\"\noffered = false\nunserved = { lost = \"100%\" }";
        assert_eq!(volume(off), volume(""));
    }

    #[test]
    fn a_channel_that_is_not_offered_sends_its_customers_elsewhere() {
        let scenario = good(&changed(&[
            SPEAKERS,
            (
                "[channel.phone]",
                "[channel.mail]\nkind = \"deferred\"\nopen = \"24/7\"\noffered = false\nunserved = { phone = \"70%\", lost = \"30%\" }\n[channel.phone]",
            ),
            ENGLISH,
            FRENCH,
        ]));
        let find = |name: &str| {
            scenario
                .streams
                .iter()
                .position(|s| s.name == name)
                .unwrap()
        };
        let moves = &scenario.streams[find("help/mail/fr")].moves;
        // To the phone, and there, as nobody speaks French, in part to English.
        let moves = moves.as_ref().unwrap();
        assert_eq!(moves.len(), 1);
        assert!((moves[0].0 - 0.7 * 0.55).abs() < 1e-12 && moves[0].1 == find("help/phone/en"));
    }

    #[test]
    fn mistakes_of_alternatives_are_named() {
        let text = changed(&[
            SPEAKERS,
            MAIL,
            ENGLISH,
            (
                "[shift.day]",
                "[language.fr]\nunserved = { en = \"55%\", lost = \"20%\" }\n[shift.day]",
            ),
        ]);
        assert!(only(&text).contains("sum to 75%"));
        let text = changed(&[
            SPEAKERS,
            ENGLISH,
            MAIL,
            (
                "[shift.day]",
                "[language.fr]\nunserved = { fr = \"80%\", lost = \"20%\" }\n[shift.day]",
            ),
        ]);
        assert_eq!(codes(&text), ["names-itself"]);
        let text = changed(&[(
            "kind = \"live\"",
            "kind = \"live\"\nunserved = { lost = \"100%\" }",
        )]);
        assert_eq!(codes(&text), ["meaningless-key"]);
    }
}
