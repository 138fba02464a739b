//! The names of all tables, gathered before any table is read, so that references resolve in any order.

use super::cursor::{Cursor, Item};
use crate::scenario::node::{Span, Value};
use crate::scenario::suggest::nearest;

/// Names of one kind of table, in file order; the position is the index of the later vector.
#[derive(Debug, Default)]
pub struct NameList {
    /// What they name, for messages, e.g. `team`.
    pub what: &'static str,
    /// The names and where each is written.
    pub names: Vec<(String, Span)>,
}

impl NameList {
    /// Position of a name.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|(n, _)| n == name)
    }

    /// The name at a position.
    pub fn name(&self, index: usize) -> &str {
        &self.names[index].0
    }

    /// Number of names.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Position of the name that a value holds; an unknown name is an error with a suggestion.
    pub fn resolve(&self, item: &Item<'_>) -> Option<usize> {
        self.resolve_name(item.text()?, item)
    }

    /// As [`NameList::resolve`], for a name that stands inside a value.
    pub fn resolve_name(&self, name: &str, item: &Item<'_>) -> Option<usize> {
        let found = self.find(name);
        if found.is_none() {
            let message = format!("there is no {} named `{name}`", self.what);
            let label = format!("no such {}", self.what);
            if item.as_text() == Some(name) {
                item.error("unknown-name", message, label, self.remedy(name));
            } else {
                item.error_at_key("unknown-name", message, label, self.remedy(name));
            }
        }
        found
    }

    /// Positions of the names in a list, or of all names for `"all"`.
    pub fn resolve_all(&self, item: &Item<'_>) -> Vec<usize> {
        if item.is("all") {
            return (0..self.len()).collect();
        }
        item.list()
            .iter()
            .filter_map(|entry| self.resolve(entry))
            .collect()
    }

    fn remedy(&self, name: &str) -> String {
        match nearest(name, self.names.iter().map(|(n, _)| n.as_str())) {
            Some(near) => format!("did you mean `{near}`?"),
            None if self.find(ANY_LANGUAGE).is_some() && self.what == "language" => {
                "the demand speaks no languages: add `languages` to `[demand]` or a topic"
                    .to_string()
            }
            None if self.names.is_empty() => format!("add a table `[{}.{name}]`", self.what),
            None => {
                let known: Vec<&str> = self
                    .names
                    .iter()
                    .take(12)
                    .map(|(n, _)| n.as_str())
                    .collect();
                format!("known are: {}", known.join(", "))
            }
        }
    }

    fn add(&mut self, name: &str, span: Span) {
        if self.find(name).is_none() {
            self.names.push((name.to_string(), span));
        }
    }
}

/// The names of everything a scenario names.
#[derive(Debug)]
pub struct Names {
    /// `[channel.*]`.
    pub channels: NameList,
    /// `[topic.*]`.
    pub topics: NameList,
    /// From `[language.*]` and the shares of demand by language.
    pub languages: NameList,
    /// `[priority]`; one class without a name where there is no such table.
    pub priorities: NameList,
    /// `[segment]`; one without a name where there is no such table.
    pub segments: NameList,
    /// `[site]`.
    pub sites: NameList,
    /// `[contract.*]`.
    pub contracts: NameList,
    /// `[shift.*]`.
    pub shifts: NameList,
    /// `[team.*]`.
    pub teams: NameList,
    /// `[vendor.*]`.
    pub vendors: NameList,
    /// `[route.*]`.
    pub routes: NameList,
    /// Tier of each team, 0-based.
    pub team_tiers: Vec<usize>,
    /// Number of tiers.
    pub tiers: usize,
}

/// Name of the only language where the file names none.
pub const ANY_LANGUAGE: &str = "any";
/// Name of the only priority class where the file names none.
pub const NORMAL_PRIORITY: &str = "normal";
/// Name of the only segment where the file names none.
pub const EVERYBODY: &str = "everybody";

impl Names {
    /// Gathers the names of a document.
    pub fn gather(document: &Cursor<'_>) -> Names {
        let team_tiers: Vec<usize> = document
            .named("team")
            .iter()
            .map(|(_, team)| tier_of(team))
            .collect();
        let listed = document.sub("tier").map_or(0, |tiers| {
            tiers
                .items()
                .filter_map(|(key, item)| tier_number(key, &item))
                .max()
                .unwrap_or(0)
        });
        Names {
            channels: tables(document, "channel"),
            topics: tables(document, "topic"),
            languages: languages(document),
            priorities: or_single(tables(document, "priority"), NORMAL_PRIORITY),
            segments: or_single(tables(document, "segment"), EVERYBODY),
            sites: tables(document, "site"),
            contracts: tables(document, "contract"),
            shifts: tables(document, "shift"),
            tiers: team_tiers
                .iter()
                .map(|t| t + 1)
                .chain([listed, 1])
                .max()
                .unwrap_or(1),
            team_tiers,
            teams: tables(document, "team"),
            vendors: tables(document, "vendor"),
            routes: tables(document, "route"),
        }
    }
}

/// Most tiers a scenario may have.
pub const MOST_TIERS: u32 = 9;

fn tables(document: &Cursor<'_>, what: &'static str) -> NameList {
    let mut list = NameList {
        what,
        names: Vec::new(),
    };
    if let Some(all) = document.sub(what) {
        for entry in &all.table.entries {
            if matches!(entry.node.value, Value::Table(_)) {
                list.add(&entry.key, entry.key_span);
            }
        }
    }
    list
}

fn or_single(mut list: NameList, name: &str) -> NameList {
    if list.names.is_empty() {
        list.add(name, Span::default());
    }
    list
}

/// Languages in the order the demand first speaks of them.
fn languages(document: &Cursor<'_>) -> NameList {
    let mut list = tables(document, "language");
    let demand = document.sub("demand");
    let topics = document.named("topic");
    for table in demand.iter().chain(topics.iter().map(|(_, t)| t)) {
        if let Some(shares) = table.get("languages").and_then(|item| item.as_table()) {
            for entry in &shares.table.entries {
                list.add(&entry.key, entry.key_span);
            }
        }
    }
    or_single(list, ANY_LANGUAGE)
}

/// A team's tier, 0-based.
fn tier_of(team: &Cursor<'_>) -> usize {
    let Some(item) = team.get("tier") else {
        return 0;
    };
    match item.count() {
        Some(n) if (1..=MOST_TIERS).contains(&n) => n as usize - 1,
        Some(n) => {
            item.out_of_range(&n.to_string(), "a tier from 1 to 9");
            0
        }
        None => 0,
    }
}

/// The number of a `[tier.N]` table.
fn tier_number(key: &str, item: &Item<'_>) -> Option<usize> {
    let number = key
        .parse::<u32>()
        .ok()
        .filter(|n| (1..=MOST_TIERS).contains(n));
    if number.is_none() {
        item.error(
            "unknown-tier",
            format!("`tier.{key}` is not a tier: tiers are numbered from 1 to {MOST_TIERS}"),
            "not a tier",
            "write for example `[tier.2]`",
        );
    }
    number.map(|n| n as usize)
}
