//! `[[from]]`: values that change from a date on.
//!
//! ```
//! use staffwright::scenario::model::{Stream, Volume};
//! let text = r#"
//! remove = ["decide"]
//! [[from]]
//! date = 2027-02-08
//! set  = { topic.how-to.per_week = 6_300, team.pool.heads.full-time = 64 }
//! "#;
//! # let base = std::env::current_dir()?.join("scenarios/startup/scenario.toml");
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("variant.toml");
//! # std::fs::write(&path, format!("base = {base:?}\n{text}"))?;
//! // A variant of the bundled startup.
//! let scenario = staffwright::scenario::load(&path).map_err(|mistakes| mistakes.render(false))?;
//! let how_to = |streams: &[Stream]| -> f64 {
//!     let of = streams.iter().filter(|s| scenario.topics[s.topic].name == "how-to");
//!     let counted = |s: &Stream| match s.volume {
//!         Volume::Weekly { as_counted_per_week, .. } => as_counted_per_week,
//!         _ => 0.0,
//!     };
//!     of.map(counted).sum()
//! };
//! assert!((how_to(&scenario.eras[0].streams) / how_to(&scenario.streams) - 6_300.0 / 4_200.0).abs() < 1e-9);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Each entry changes the document as `[set]` does, and all later ones change what it has left. An entry whose date is
//! not after the scenario's start holds from the start. From its date on, the new values hold for what arrives; a volume
//! that is stated anew grows from there, one that is not goes on growing from where it was.
//!
//! What may change: volumes and growth, shares by channel, language, priority and segment, handle times, outcomes, opening
//! hours, patience, balking, redials and customers' other habits, what topics lead to, heads and what single
//! heads know, [pay](crate::scenario::model::Rate), shrinkage and other work, the rate of attrition, vendors' prices, where
//! routes lead and how they pick, tools (how they scale, their lag, price, teams, contacts and outages) and hours spent on
//! causes. Anything else is refused rather than ignored.
//!
//! Opening hours change on the day: what is open past midnight belongs to the day it begins on. A written volume does not
//! grow with them (a `profile` that is not written spreads it over the new hours), but the latent demand of hours that
//! join, [`latent_hours`](crate::scenario::arrivals), comes with them. Shifts whose days are not written follow them.
//!
//! Shrinkage holds for the shifts that begin from the date on: leave and meetings are planned by it, sickness and lateness
//! fall by it. The rate of attrition holds from the date's midnight for everybody who is there; who is there at the start,
//! and how months of learning are turned into contacts, goes by the team as it starts.
//!
//! A route holds for those who come from the date on, and those who still wait on its midnight go over to the teams that it
//! names now. Teams are picked by what they cost and how well they work on the date, and waits are estimated by it.
//!
//! A tool holds for work that begins, and a problem's hours are spent, from the date on, whenever the contact arrived.

use super::cursor::Cursor;
use super::horizon;
use super::names::Names;
use crate::scenario::model::{Era, Heads, LeverTarget, Scenario, Stream, Volume};
use crate::scenario::node::Table;
use crate::scenario::path::Path;
use crate::time::{Horizon, Tick, start_of_day};

/// What may change over time: a pattern holds for everything under it, `*` for any name.
const MAY_CHANGE: [&str; 49] = [
    "demand.per_week",
    "demand.customers",
    "demand.growth",
    "demand.channels",
    "demand.languages",
    "demand.priorities",
    "demand.segments",
    "demand.handle",
    "demand.ends",
    "demand.patience",
    "topic.*.per_week",
    "topic.*.customers",
    "topic.*.growth",
    "topic.*.channels",
    "topic.*.languages",
    "topic.*.priorities",
    "topic.*.segments",
    "topic.*.handle",
    "topic.*.ends",
    "topic.*.patience",
    "topic.*.leads_to",
    "tier.*.handle",
    "tier.*.ends",
    "channel.*.open",
    "channel.*.patience",
    "channel.*.balk",
    "channel.*.redial",
    "channel.*.leaves_for",
    "channel.*.also",
    "channel.*.chaser",
    "channel.*.callback",
    "channel.*.looked_at",
    "contract.*.pay",
    "team.*.heads",
    "team.*.shrinkage",
    "team.*.other_work",
    "team.*.attrition.rate",
    "vendor.*.price",
    "route.*.to",
    "route.*.pick",
    "team.*.languages",
    "team.*.groups",
    "tool.*.scales",
    "tool.*.lag",
    "tool.*.price",
    "tool.*.teams",
    "tool.*.when",
    "tool.*.outages",
    "problem.*.hours",
];

/// Keys that state a volume anew.
const VOLUMES: [&str; 2] = ["per_week", "customers"];

/// One version of the document.
pub struct Version {
    /// From when on.
    pub from: Tick,
    /// The whole document as it is from then on.
    pub document: Table,
    /// What was set.
    paths: Vec<Path>,
}

/// The versions of a document over time: the first holds from the start, the others begin inside the horizon.
pub fn lay(document: &Cursor<'_>, horizon: &Horizon) -> Vec<Version> {
    let mut versions = vec![Version {
        from: 0,
        document: document.table.clone(),
        paths: Vec::new(),
    }];
    let Some(item) = document.get("from") else {
        return versions;
    };
    let mut entries: Vec<(i64, Cursor<'_>)> = item
        .list()
        .iter()
        .filter_map(|entry| {
            let table = entry.table()?;
            Some((start(&table, horizon)?, table))
        })
        .collect();
    // Written order decides where two begin on one day.
    entries.sort_by_key(|(from, _)| *from);
    for (from, entry) in entries {
        let from = Tick::try_from(from).unwrap_or(0);
        let Some(before) = versions.last() else { break };
        let mut next = Version {
            from,
            document: before.document.clone(),
            paths: Vec::new(),
        };
        change(&entry, &mut next);
        if from >= horizon.length() {
            // Read for its mistakes; the scenario ends before it holds.
            continue;
        }
        match versions.last_mut().filter(|last| last.from == from) {
            Some(last) => {
                last.document = next.document;
                last.paths.extend(next.paths);
            }
            None => versions.push(next),
        }
    }
    versions
}

fn start(entry: &Cursor<'_>, horizon: &Horizon) -> Option<i64> {
    let date = entry
        .need("date", "2027-04-01")
        .and_then(|i| horizon::date(&i))?;
    let midnight = start_of_day(date, horizon.zone())?;
    Some(midnight.as_microsecond() - horizon.start().as_microsecond())
}

/// Sets what an entry sets.
fn change(entry: &Cursor<'_>, version: &mut Version) {
    let Some(set) = entry
        .need("set", "{ topic.shop.per_week = 6_100 }")
        .and_then(|i| i.table())
    else {
        return;
    };
    for setting in entry.notes.settings(set.table) {
        if !may_change(&setting.path) {
            entry.notes.error(
                "not-over-time",
                setting.span,
                format!("`{}` cannot change from a date on", setting.path),
                "holds for the whole scenario",
                "what can: volumes, growth, shares, handle times, outcomes, opening hours, patience, balking, redials, \
                 habits, what topics lead to, heads, pay, shrinkage, other work, attrition's rate, vendors' prices, routes (to, pick), tools (scales, lag, price, teams, when, outages), and hours on problems; \
                 compare two scenarios for anything else",
            );
            continue;
        }
        match crate::scenario::compose::apply_one(&mut version.document, &setting) {
            Ok(()) => version.paths.push(setting.path),
            Err(error) => entry.notes.error(
                "unknown-path",
                setting.span,
                error.why,
                "leads nowhere",
                error.help,
            ),
        }
    }
}

fn may_change(path: &Path) -> bool {
    MAY_CHANGE.iter().any(|pattern| {
        let parts: Vec<&str> = pattern.split('.').collect();
        parts.len() <= path.0.len()
            && parts
                .iter()
                .zip(&path.0)
                .all(|(part, segment)| *part == "*" || part == segment)
    })
}

impl Version {
    /// Takes over from when on the volumes of the version before hold, for those that this one does not state anew.
    pub fn keep_since(&self, before: &[Stream], names: &Names, streams: &mut [Stream]) {
        for (stream, before) in streams.iter_mut().zip(before) {
            let topic = names.topics.name(stream.topic);
            let anew = self.paths.iter().any(|p| {
                let (table, rest) = match p.0[0].as_str() {
                    "topic" => (p.0[1].as_str(), &p.0[2..]),
                    "demand" => (topic, &p.0[1..]),
                    _ => return false,
                };
                table == topic && rest.first().is_some_and(|k| VOLUMES.contains(&k.as_str()))
            });
            if let (Volume::Weekly { since, .. }, Volume::Weekly { since: then, .. }) =
                (&mut stream.volume, &before.volume)
            {
                *since = if anew { self.from } else { *then };
            }
        }
    }
}

/// Where work goes in a later version to a tier that it does not reach before, the tier's work is known from the start.
pub fn reach_tiers(first: &mut [Stream], later: &[Stream]) {
    for (stream, later) in first.iter_mut().zip(later) {
        for (work, later) in stream.work.iter_mut().zip(&later.work) {
            if work.ends.is_empty() {
                *work = later.clone();
            }
        }
    }
}

/// The heads of a later version, where they differ; entries of nobody are no difference.
pub fn changed(later: Vec<Heads>, first: &[Heads]) -> Option<Vec<Heads>> {
    let counted =
        |heads: &[Heads]| -> Vec<Heads> { heads.iter().copied().filter(|h| h.count > 0).collect() };
    (counted(&later) != counted(first)).then_some(later)
}

/// Notes an error where heads change on a date and are to be decided as well.
pub fn check_levers(document: &Cursor<'_>, scenario: &Scenario, era: &Era) {
    for lever in &scenario.decide.levers {
        let team = match lever.target {
            LeverTarget::Heads(team, _) => team,
            LeverTarget::Share(route, _) => {
                share_of_dated_route(document, scenario, era, route, &lever.path);
                continue;
            }
        };
        let changes = |all: &[bool]| all.get(team).copied().unwrap_or(false);
        let heads: Vec<bool> = era.heads.iter().map(Option::is_some).collect();
        let shrinkage: Vec<bool> = era.shrinkage.iter().map(Option::is_some).collect();
        // Meetings of coordination change with heads.
        let (what, change) = if changes(&heads) {
            ("heads", "change")
        } else if changes(&shrinkage) {
            ("shrinkage", "changes")
        } else {
            continue;
        };
        document.notes.error(
            "decide-over-time",
            document.key_span("from"),
            format!(
                "{what} of `{}` {change} on a date, but `[decide]` is to find its heads",
                scenario.teams[team].name
            ),
            "one number of heads is decided for the whole scenario",
            format!(
                "remove `{}` from `[decide]`, or the {what} from `[[from]]`",
                lever.path
            ),
        );
    }
}

/// Notes an error where a route changes on a date and a share of it is to be decided as well.
fn share_of_dated_route(
    document: &Cursor<'_>,
    scenario: &Scenario,
    era: &Era,
    route: usize,
    path: &str,
) {
    if era.routes.get(route).is_none_or(Option::is_none) {
        return;
    }
    let name = &scenario.routes[route].name;
    document.notes.error(
        "decide-over-time",
        document.key_span("from"),
        format!("the route `{name}` changes on a date, but `[decide]` is to find a share of it"),
        "one share is decided for the whole scenario",
        format!("remove `{path}` from `[decide]`, or the route from `[[from]]`"),
    );
}

/// Notes an error where shares of replayed contacts would change: they are what they were.
pub fn check_replays(document: &Cursor<'_>, streams: &[Stream], later: &[Stream]) {
    if streams.len() != later.len() && !document.notes.has_errors() {
        document.notes.error(
            "not-over-time",
            document.key_span("from"),
            "shares of contacts that are replayed cannot change from a date on",
            "some streams would have contacts in one part of the scenario only",
            "let the replayed file say which contacts come when",
        );
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, codes, good, only, read};
    use crate::scenario::arrivals;
    use crate::time::HOUR;

    const WEEK: u64 = 7 * 24 * HOUR;

    fn from(entries: &str) -> String {
        changed(&[("[shift.day]", &format!("{entries}\n[shift.day]"))])
    }

    #[test]
    fn a_volume_changes_on_its_day() {
        let text = from(
            "[[from]]\ndate = 2027-01-25\nset = { topic.help.per_week = 2_000 }\n[[from]]\ndate = 2027-01-18\nset = { \"topic.help.handle\" = \"6m\" }",
        );
        let scenario = good(&text);
        let starts: Vec<u64> = scenario.eras.iter().map(|e| e.from).collect();
        assert_eq!(starts, [WEEK, 2 * WEEK]);
        let weeks: Vec<f64> = arrivals::expected(&scenario, 0)
            .chunks(672)
            .map(|w| w.iter().sum::<f64>().round())
            .collect();
        assert_eq!(weeks, [1000.0, 1000.0, 2000.0, 2000.0]);
        let handle = |era: usize| scenario.eras[era].streams[0].work[0].handle.mean();
        assert_eq!((handle(0), handle(1)), (360.0, 360.0));
        assert_eq!(scenario.streams[0].work[0].handle.mean(), 300.0);
    }

    #[test]
    fn a_volume_that_is_stated_anew_grows_from_there() {
        let text = changed(&[
            (
                "per_week = 1_000",
                "per_week = 1_000\ngrowth = \"10%/month\"",
            ),
            (
                "[shift.day]",
                "[[from]]\ndate = 2027-01-25\nset = { topic.help.per_week = 1_000 }\n[[from]]\ndate = 2027-02-01\nset = { topic.help.patience = \"2m\" }\n[shift.day]",
            ),
        ]);
        let expected = arrivals::expected(&good(&text), 0);
        let weeks: Vec<f64> = expected.chunks(672).map(|w| w.iter().sum()).collect();
        assert!((weeks[0] - weeks[2]).abs() < 1e-9);
        assert!((weeks[1] - weeks[3]).abs() < 1e-9);
        assert!(weeks[1] > weeks[0] * 1.02);
    }

    #[test]
    fn a_date_before_the_start_holds_from_the_start() {
        let scenario = good(&from(
            "[[from]]\ndate = 2026-06-01\nset = { topic.help.per_week = 500 }\n[[from]]\ndate = 2028-01-01\nset = { topic.help.per_week = 5 }",
        ));
        assert!(scenario.eras.is_empty());
        let total: f64 = arrivals::expected(&scenario, 0).iter().sum();
        assert!((total - 2000.0).abs() < 1e-6);
    }

    #[test]
    fn streams_that_come_later_are_there_from_the_start_without_volume() {
        let text = changed(&[
            (
                "handle = \"5m\"",
                "languages = { en = \"100%\" }\nhandle = \"5m\"",
            ),
            (
                "[shift.day]",
                "[[from]]\ndate = 2027-01-25\nset = { \"topic.help.languages\" = { en = \"75%\", de = \"25%\" } }\n[language.de]\nzone = \"Europe/Berlin\"\n[shift.day]",
            ),
        ]);
        let scenario = good(&text);
        let sum = |s: usize| arrivals::expected(&scenario, s).iter().sum::<f64>();
        let names: Vec<&str> = scenario.streams.iter().map(|s| s.name.as_str()).collect();
        let de = names.iter().position(|n| *n == "help/phone/de").unwrap();
        assert_eq!(names.len(), 2);
        assert!((sum(de) - 500.0).abs() < 1e-6 && (sum(1 - de) - 3500.0).abs() < 1e-6);
    }

    #[test]
    fn a_team_that_a_route_names_later_is_not_idle() {
        let teams = "[route.all]\nto = [\"all\"]\n[team.other]\nheads = 3\nshifts = [\"day\"]\nroster = \"fit\"\nshrinkage = \"none\"\n[[from]]\ndate = 2027-01-25\nset = { \"route.all.to\" = [\"other\"] }";
        let (scenario, items) = read(&from(teams));
        assert!(items.is_empty(), "{items:#?}");
        let later = &scenario.routes_in(&scenario.eras[0])[0];
        assert_ne!(later.to[0].team, scenario.routes[0].to[0].team);
    }

    #[test]
    fn what_cannot_change_is_refused_and_mistakes_are_found_in_every_version() {
        let text = from("[[from]]\ndate = 2027-01-25\nset = { team.all.shifts = [\"day\"] }");
        assert_eq!(
            only(&text),
            "`team.all.shifts` cannot change from a date on"
        );
        let text = from("[[from]]\ndate = 2027-01-25\nset = { topic.help.handle = \"0s\" }");
        assert_eq!(codes(&text), ["out-of-range"]);
        let text = from("[[from]]\ndate = 2027-01-25\nset = { topic.hlep.per_week = 3 }");
        assert_eq!(codes(&text), ["unknown-path"]);
    }
}
