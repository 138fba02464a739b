//! Which streams a table speaks of: by channel, topic, language, priority and segment.

use super::cursor::Cursor;
use super::names::{NameList, Names};
use crate::scenario::model::Stream;

/// A choice of streams; what is not said is not restricted.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Selector {
    /// Channels (indexes).
    pub channels: Option<Vec<usize>>,
    /// Topics (indexes).
    pub topics: Option<Vec<usize>>,
    /// Languages (indexes).
    pub languages: Option<Vec<usize>>,
    /// Priority classes (indexes).
    pub priorities: Option<Vec<usize>>,
    /// Segments (indexes).
    pub segments: Option<Vec<usize>>,
}

/// The streams that a table's `when` chooses, all where it says nothing; none is a mistake.
pub fn chosen(table: &Cursor<'_>, names: &Names, streams: &[Stream]) -> Vec<usize> {
    let when = table.sub("when");
    let selector = when
        .as_ref()
        .map_or_else(Selector::default, |w| Selector::read(w, names));
    let picked = selector.pick(streams);
    if picked.is_empty() && !streams.is_empty() && !table.notes.has_errors() {
        table.notes.error(
            "no-streams",
            when.map_or(table.span, |w| w.span),
            format!("`{}` touches no contacts", table.path),
            "no stream of demand matches all of this",
            "widen `when`",
        );
    }
    picked
}

impl Selector {
    /// Reads the keys `channels`, `topics`, `languages`, `priorities`, `segments`: each a name, a list of names or `"all"`.
    pub fn read(table: &Cursor<'_>, names: &Names) -> Selector {
        let side = |key: &str, list: &NameList| {
            let item = table.get(key)?;
            let written = item.list().len();
            let found = list.resolve_all(&item);
            // A misspelt name must not narrow the choice: it would raise mistakes that are none.
            (item.is("all") || found.len() == written).then_some(found)
        };
        Selector {
            channels: side("channels", &names.channels),
            topics: side("topics", &names.topics),
            languages: side("languages", &names.languages),
            priorities: side("priorities", &names.priorities),
            segments: side("segments", &names.segments),
        }
    }

    /// The choice with the sides that another one states in place of its own.
    pub fn overridden(self, over: &Selector) -> Selector {
        Selector {
            channels: over.channels.clone().or(self.channels),
            topics: over.topics.clone().or(self.topics),
            languages: over.languages.clone().or(self.languages),
            priorities: over.priorities.clone().or(self.priorities),
            segments: over.segments.clone().or(self.segments),
        }
    }

    /// Whether a stream is chosen.
    pub fn matches(&self, stream: &Stream) -> bool {
        let has = |side: &Option<Vec<usize>>, index: usize| {
            side.as_ref().is_none_or(|s| s.contains(&index))
        };
        has(&self.channels, stream.channel)
            && has(&self.topics, stream.topic)
            && has(&self.languages, stream.language)
            && has(&self.priorities, stream.priority)
            && has(&self.segments, stream.segment)
    }

    /// Narrows the choice by a bare name: a channel, topic, language, priority class or segment.
    ///
    /// Names of one kind widen each other, names of different kinds narrow: `en phone chat` is English on either.
    /// Gives `false` for a name that is none of them.
    pub fn narrow(&mut self, name: &str, names: &Names) -> bool {
        let sides = [
            (&mut self.channels, &names.channels),
            (&mut self.topics, &names.topics),
            (&mut self.languages, &names.languages),
            (&mut self.priorities, &names.priorities),
            (&mut self.segments, &names.segments),
        ];
        for (side, list) in sides {
            if let Some(index) = list.find(name) {
                side.get_or_insert_default().push(index);
                return true;
            }
        }
        false
    }

    /// Positions of the chosen streams.
    pub fn pick(&self, streams: &[Stream]) -> Vec<usize> {
        streams
            .iter()
            .enumerate()
            .filter(|(_, s)| self.matches(s))
            .map(|(i, _)| i)
            .collect()
    }
}
