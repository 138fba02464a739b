//! The scenario language as one table: every kind of table, its keys, what each takes, and the named set of defaults.
//!
//! Unknown keys, the JSON Schema, the documentation and the readers' defaults all come from here, so they cannot
//! disagree.

// One key a line: these are tables.
#[rustfmt::skip]
mod customers;
#[rustfmt::skip]
mod demand;
#[rustfmt::skip]
mod partners;
#[rustfmt::skip]
mod people;
#[rustfmt::skip]
mod plan;
#[rustfmt::skip]
mod workforce;
mod describe;
mod unknown;
mod walk;

pub use describe::describe;
pub use unknown::check;
pub use walk::{visit, visit_files};

use super::path::Path;

/// Name of the set of defaults below.
pub const DEFAULTS: &str = "staffwright-2026";

/// What a value must be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// Any text.
    Text,
    /// A whole number from 0 on.
    Count,
    /// A number from 0 on.
    Number,
    /// True or false.
    Flag,
    /// A date.
    Date,
    /// `20s`, `5m30s`, `4 days`.
    Duration,
    /// `12 weeks`.
    Length,
    /// `80%`, at most 100 %.
    Share,
    /// `112%`.
    Percent,
    /// `-4 points`.
    Points,
    /// `+180%`.
    Change,
    /// `3%/month`.
    Growth,
    /// `0.4/month`.
    TimesPer,
    /// `EUR 14/h`, per one of these units; none: a single amount.
    Money(&'static [&'static str]),
    /// `40h/week`.
    HoursPerWeek,
    /// `6 heads/week`.
    HeadsPer,
    /// `Mon-Fri 08:00-20:00`.
    WeekHours,
    /// `07:30`.
    TimeOfDay,
    /// `Mon-Fri`.
    Weekdays,
    /// An IANA time zone.
    Zone,
    /// A calendar of holidays.
    Holidays,
    /// `80% of phone within 20s`.
    Target,
    /// `offered less abandoned within 5s`.
    Population,
    /// `90% of weeks`.
    Hold,
    /// `vendor share of contacts at most 50%`.
    Bound,
    /// The path of a data file, relative to the file it is written in.
    File,
    /// One of these words.
    Word(&'static [&'static str]),
    /// The name of one of the tables of this kind.
    Name(&'static str),
    /// A list; a single value counts as a list of one.
    List(&'static Kind),
    /// A table whose keys are names of this kind of thing.
    By(&'static str, &'static Kind),
    /// A table with the keys of this table kind.
    Table(&'static str),
    /// Any of these.
    Either(&'static [Kind]),
}

/// Whether a key must be written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Need {
    /// It must: it is never defaulted.
    Required,
    /// It may be left out; then it holds for nothing, or the documentation says what holds.
    Optional,
    /// It may be left out; then this value is taken, and listed in every report.
    Default(Default),
}

/// A value of the set of defaults.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Default {
    /// As it would be written.
    pub value: &'static str,
    /// The range it may honestly lie in, where known.
    pub range: Option<&'static str>,
    /// Where it comes from, or `judgement`.
    pub source: &'static str,
}

/// One key of a kind of table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Key {
    /// As it is written.
    pub name: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// Whether it must be written.
    pub need: Need,
    /// One line for planners.
    pub doc: &'static str,
}

/// A kind of table and its keys.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TableKeys {
    /// Its kind, e.g. `team`.
    pub kind: &'static str,
    /// One line for planners.
    pub doc: &'static str,
    /// Its keys, in the order people write them.
    pub keys: &'static [Key],
    /// What other keys are names of, and what they take; `None` where there are no others.
    pub others: Option<(&'static str, Kind)>,
}

impl TableKeys {
    /// A key by its name.
    #[must_use]
    pub fn key(&self, name: &str) -> Option<&Key> {
        self.keys.iter().find(|k| k.name == name)
    }

    /// What a key takes, also one that is a name.
    #[must_use]
    pub fn kind_of(&self, name: &str) -> Option<Kind> {
        self.key(name)
            .map(|k| k.kind)
            .or(self.others.map(|(_, kind)| kind))
    }
}

/// Every kind of table.
pub fn tables() -> impl Iterator<Item = &'static TableKeys> {
    [
        customers::TABLES,
        demand::TABLES,
        people::TABLES,
        partners::TABLES,
        plan::TABLES,
        workforce::TABLES,
    ]
    .into_iter()
    .flatten()
}

/// The keys of a kind of table.
///
/// # Panics
/// Never for a kind that some key names: a test goes through all of them.
#[must_use]
pub fn table(kind: &str) -> &'static TableKeys {
    static NONE: TableKeys = TableKeys {
        kind: "",
        doc: "",
        keys: &[],
        others: None,
    };
    tables().find(|t| t.kind == kind).unwrap_or(&NONE)
}

/// The named default of the key at a dotted path such as `channel.phone.patience`.
///
/// ```
/// let default = staffwright::scenario::keys::default_of("channel.phone.redial.share");
/// assert_eq!(default.value, "35%");
/// ```
///
/// A key without default gives an empty value, which no reader accepts.
#[must_use]
pub fn default_of(path: &str) -> Default {
    let none = Default {
        value: "",
        range: None,
        source: "",
    };
    let Ok(mut path) = Path::parse(path) else {
        return none;
    };
    let last = path.0.pop().unwrap_or_default();
    match kind_at(&path)
        .and_then(|kind| key_in(kind, &last))
        .map(|key| key.need)
    {
        Some(Need::Default(default)) => default,
        _ => none,
    }
}

/// What the value at a dotted path takes, by the language alone; `None` where no value can be.
#[must_use]
pub fn kind_at(path: &Path) -> Option<Kind> {
    path.0
        .iter()
        .try_fold(Kind::Table("scenario"), |at, segment| step(at, segment))
}

/// The keys that a table at a dotted path may have.
#[must_use]
pub fn known_at(path: &Path) -> Vec<&'static str> {
    fn names(kind: Kind) -> Vec<&'static str> {
        match kind {
            Kind::Table(kind) => table(kind).keys.iter().map(|k| k.name).collect(),
            Kind::Either(kinds) => kinds.iter().flat_map(|kind| names(*kind)).collect(),
            Kind::List(kind) => names(*kind),
            _ => Vec::new(),
        }
    }
    kind_at(path).map_or_else(Vec::new, names)
}

fn step(at: Kind, segment: &str) -> Option<Kind> {
    match at {
        Kind::Table(kind) => table(kind).kind_of(segment),
        Kind::By(_, kind) => Some(*kind),
        Kind::Either(kinds) => kinds.iter().find_map(|kind| step(*kind, segment)),
        // A list's entry is named by its team or its place; a single value counts as a list of one.
        Kind::List(kind) => step(*kind, segment).or(Some(*kind)),
        _ => None,
    }
}

fn key_in(at: Kind, name: &str) -> Option<&'static Key> {
    match at {
        Kind::Table(kind) => table(kind).key(name),
        Kind::Either(kinds) => kinds.iter().find_map(|kind| key_in(*kind, name)),
        Kind::List(kind) => key_in(*kind, name),
        _ => None,
    }
}

const fn required(name: &'static str, kind: Kind, doc: &'static str) -> Key {
    Key {
        name,
        kind,
        need: Need::Required,
        doc,
    }
}

const fn optional(name: &'static str, kind: Kind, doc: &'static str) -> Key {
    Key {
        name,
        kind,
        need: Need::Optional,
        doc,
    }
}

const fn default(
    name: &'static str,
    kind: Kind,
    value: &'static str,
    range: &'static str,
    source: &'static str,
    doc: &'static str,
) -> Key {
    let range = if range.is_empty() { None } else { Some(range) };
    Key {
        name,
        kind,
        need: Need::Default(Default {
            value,
            range,
            source,
        }),
        doc,
    }
}

const fn fixed(kind: &'static str, doc: &'static str, keys: &'static [Key]) -> TableKeys {
    TableKeys {
        kind,
        doc,
        keys,
        others: None,
    }
}

/// A duration, or a table that says more about its distribution.
const LAW: Kind = Kind::Either(&[Kind::Duration, Kind::Table("law")]);
/// A name, a list of names, or "all".
const CHANNELS: Kind = Kind::Either(&[Kind::Word(&["all"]), Kind::List(&Kind::Name("channel"))]);
const TOPICS: Kind = Kind::Either(&[Kind::Word(&["all"]), Kind::List(&Kind::Name("topic"))]);
const LANGUAGES: Kind = Kind::Either(&[Kind::Word(&["all"]), Kind::List(&Kind::Name("language"))]);
const SEGMENTS: Kind = Kind::Either(&[Kind::Word(&["all"]), Kind::List(&Kind::Name("segment"))]);
const PRIORITIES: Kind = Kind::Either(&[Kind::Word(&["all"]), Kind::List(&Kind::Name("priority"))]);
/// What becomes of those on the line who wait at closing time.
pub const AT_CLOSE: &[&str] = &["serve", "turn away", "carry over"];
/// What happens to tickets at the end of a shift.
pub const AT_SHIFT_END: &[&str] = &["next site", "stays", "pool"];
/// Whom a free agent takes first.
pub const TAKES: &[&str] = &["priority", "weight x wait", "earliest due"];
/// Which of several free teams gets a contact.
pub const PICKS: &[&str] = &[
    "in order",
    "longest idle",
    "fewest skills",
    "lowest cost",
    "best proficiency",
];
const PER_MONTH: Kind = Kind::Money(&["month", "year", "week"]);
const JUDGEMENT: &str = "judgement";

#[cfg(test)]
mod tests;
