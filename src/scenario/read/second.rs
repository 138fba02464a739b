//! `[review.*]`, `[approval.*]` and `[overlap.*]`: work that second persons do.

use super::cursor::Cursor;
use super::law::{self, Usual};
use super::names::Names;
use super::selector::Selector;
use crate::scenario::model::{Scenario, Second, SecondKind, Stream};

const KINDS: [(&str, SecondKind); 3] = [
    ("review", SecondKind::Review),
    ("approval", SecondKind::Approval),
    ("overlap", SecondKind::Overlap),
];

/// Reads all of them.
pub fn read_all(document: &Cursor<'_>, names: &Names, streams: &[Stream]) -> Vec<Second> {
    let of_kind = |(key, kind): (&str, SecondKind)| -> Vec<Second> {
        document
            .by_name(key)
            .into_iter()
            .filter_map(|(name, table)| read(name, &table, kind, names, streams))
            .collect()
    };
    KINDS.into_iter().flat_map(of_kind).collect()
}

fn read(
    name: &str,
    table: &Cursor<'_>,
    kind: SecondKind,
    names: &Names,
    streams: &[Stream],
) -> Option<Second> {
    let share = table.need("share", "\"3%\"").and_then(|i| i.share());
    let takes = match kind {
        SecondKind::Overlap => None,
        _ => Some(
            table
                .need("takes", "\"8m\"")
                .and_then(|i| law::read(&i, Usual::Fixed))?,
        ),
    };
    let by = table
        .need("by", "\"quality\"")
        .and_then(|i| names.teams.resolve(&i));
    let when = table
        .sub("when")
        .map_or_else(Selector::default, |w| Selector::read(&w, names));
    Some(Second {
        name: name.to_string(),
        kind,
        streams: when.pick(streams),
        share: share?,
        takes,
        by: by?,
    })
}

/// Notes approvals by those who do the work themselves.
pub fn check(document: &Cursor<'_>, scenario: &Scenario) {
    for second in &scenario.seconds {
        if second.kind == SecondKind::Review {
            continue;
        }
        let (key, what) = match second.kind {
            SecondKind::Approval => ("approval", "approves"),
            _ => ("overlap", "does twice"),
        };
        let team = &scenario.teams[second.by];
        let Some(stream) = second.streams.iter().find(|s| team.skills[**s].is_some()) else {
            continue;
        };
        document.notes.error(
            "second-is-first",
            document
                .sub(key)
                .map_or(document.span, |t| t.key_span(&second.name)),
            format!(
                "`{}` {what} `{}`, which it works on itself",
                team.name, scenario.streams[*stream].name
            ),
            "the second person may be the first",
            "name a team that does not do this work, or narrow `when`",
        );
    }
}
