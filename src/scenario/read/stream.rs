//! Streams of demand: topics crossed with channels, languages and priority classes.
//!
//! The crossing is by independent shares. A stream's name, `topic/channel/language` (and `/priority` where there are
//! several classes), is the key of its customers' draws: it depends on the demand alone, so that every organisation
//! compared on the same demand meets the same customers.

use super::cursor::{Cursor, Item};
use super::demand::{self, TopicTable};
use super::language::Speakers;
use super::law::{self, Usual};
use super::names::{ANY_LANGUAGE, Names};
use super::profile;
use super::replay::{self, Part};
use super::{shares, work};
use crate::random::Law;
use crate::scenario::model::{Channel, Stream, Topic, Volume, Work};
use crate::time::Horizon;

/// What streams are crossed from, beside the topics.
pub struct Crossing<'a> {
    /// The document.
    pub document: &'a Cursor<'a>,
    /// Names of everything.
    pub names: &'a Names,
    /// The channels, read.
    pub channels: &'a [Channel],
    /// The languages and their zones.
    pub speakers: &'a Speakers,
    /// Share of each priority class.
    pub priorities: &'a [f64],
    /// The horizon.
    pub horizon: &'a Horizon,
}

/// Reads all topics and crosses their streams.
pub fn read_all(crossing: &Crossing<'_>) -> (Vec<Topic>, Vec<Stream>) {
    let document = crossing.document;
    let demand = document.sub("demand");
    let tables = document.named("topic");
    if tables.is_empty() {
        document.missing("topic.support", "{ per_week = 1_000, handle = \"6m\", ends = { resolved = \"80%\", returns = \"20%\" } }");
    }
    let mut topics = Vec::new();
    let mut streams = Vec::new();
    for (index, (name, own)) in tables.into_iter().enumerate() {
        let table = TopicTable { own, demand: demand.clone() };
        topics.push(Topic { name: name.to_string(), returns_after: returns_after(&table) });
        streams.extend(Crossed { crossing, table, topic: index }.streams());
    }
    (topics, streams)
}

fn returns_after(topic: &TopicTable<'_>) -> Law {
    let read = |i: &Item<'_>| law::read(i, Usual::Exponential);
    let law = match topic.get("returns_after") {
        Some(item) => read(&item),
        None => topic.own.or_default("returns_after", read),
    };
    law.unwrap_or(Law::Exponential { mean: 86_400.0 })
}

/// One topic on its way to streams.
struct Crossed<'c, 'a> {
    crossing: &'c Crossing<'c>,
    table: TopicTable<'a>,
    topic: usize,
}

impl Crossed<'_, '_> {
    fn streams(&self) -> Vec<Stream> {
        let names = self.crossing.names;
        let by_channel = self.channel_shares();
        let by_language = self.language_shares();
        let by_priority = self.priority_shares();
        self.check_handle_keys();
        let volume = self.volume();
        let mut streams = Vec::new();
        for (channel, channel_share) in present(&by_channel) {
            let work = work::read(self.crossing.document, &self.table, channel, names);
            for (language, language_share) in present(&by_language) {
                for (priority, priority_share) in present(&by_priority) {
                    let shares = [channel_share, 1.0, language_share, priority_share];
                    streams.extend(self.stream([channel, language, priority], shares, &work, volume));
                }
            }
        }
        streams
    }

    fn stream(&self, [channel, language, priority]: [usize; 3], shares: [f64; 4], work: &[Work], volume: f64) -> Option<Stream> {
        let names = self.crossing.names;
        let parts = [
            names.topics.name(self.topic),
            names.channels.name(channel),
            names.languages.name(language),
            names.priorities.name(priority),
        ];
        let mut name = format!("{}/{}", parts[0], parts[1]);
        if parts[2] != ANY_LANGUAGE {
            name = format!("{name}/{}", parts[2]);
        }
        if names.priorities.len() > 1 {
            name = format!("{name}/{}", parts[3]);
        }
        let mut stream = Stream {
            name,
            channel,
            topic: self.topic,
            language,
            priority,
            zone: self.crossing.speakers.zone(&self.table, language),
            volume: Volume::Weekly {
                first_per_week: 0.0,
                as_counted_per_week: volume * shares.iter().product::<f64>(),
                profile: profile::flat(&self.crossing.channels[channel]),
            },
            comes_back: true,
            patience: None,
            work: work.to_vec(),
        };
        match self.table.get("history") {
            Some(history) => {
                let part = Part { names: [parts[1], parts[0], parts[2], parts[3]], shares };
                stream.volume = Volume::Counts(self.replay(&history, &part)?);
                stream.comes_back = false;
            }
            None => self.weekly(&mut stream),
        }
        Some(stream)
    }

    fn replay(&self, history: &Item<'_>, part: &Part<'_>) -> Option<crate::scenario::model::Replay> {
        if let Some(item) = self.table.own.get("per_week") {
            item.error(
                "two-volumes",
                format!("`{}` has both `per_week` and `history`", self.table.own.path),
                "a volume is either a weekly mean or replayed counts",
                "remove one of them",
            );
        }
        replay::read(history, part, self.crossing.horizon, self.crossing.horizon.zone())
    }

    /// Fills in first contacts and profile of a stream with a weekly mean.
    fn weekly(&self, stream: &mut Stream) {
        let Volume::Weekly { first_per_week, as_counted_per_week, profile } = &mut stream.volume else { return };
        let channel = &self.crossing.channels[stream.channel];
        *first_per_week = *as_counted_per_week * demand::counted(&self.table).first_share(channel.kind);
        match self.table.get("profile") {
            Some(item) => {
                if let Some(read) = profile::read(&item, &channel.name) {
                    *profile = read;
                }
            }
            None => {
                self.crossing.document.notes.assume("demand.profile");
                // Flat over the opening hours: these are in the scenario's zone.
                stream.zone = self.crossing.horizon.zone().clone();
            }
        }
    }

    fn volume(&self) -> f64 {
        if self.table.get("history").is_some() {
            return 0.0;
        }
        self.table.need("per_week", "5_300").and_then(|i| i.number()).unwrap_or(0.0)
    }

    fn channel_shares(&self) -> Vec<f64> {
        let list = &self.crossing.names.channels;
        match self.table.get("channels") {
            Some(item) => by_name(&item, list),
            None if list.len() <= 1 => vec![1.0; list.len()],
            None => {
                self.table.own.missing("channels", "{ phone = \"60%\", mail = \"40%\" }");
                vec![0.0; list.len()]
            }
        }
    }

    fn language_shares(&self) -> Vec<f64> {
        let list = &self.crossing.names.languages;
        match self.table.get("languages") {
            Some(item) => by_name(&item, list),
            None if list.len() == 1 => vec![1.0],
            None => {
                self.table.own.missing("languages", "{ en = \"62%\", de = \"38%\" }");
                vec![0.0; list.len()]
            }
        }
    }

    fn priority_shares(&self) -> Vec<f64> {
        let all = self.crossing.priorities.to_vec();
        self.table.get("priorities").map_or(all, |item| by_name(&item, &self.crossing.names.priorities))
    }

    /// Handle times are by channel or tier: a misspelt one would silently hold for nothing.
    fn check_handle_keys(&self) {
        let Some(table) = self.table.get("handle").and_then(|i| i.as_table()) else { return };
        let names = self.crossing.names;
        if ["mean", "table", "family"].iter().any(|key| table.get(key).is_some()) {
            return;
        }
        for (key, item) in table.items() {
            let tier = key.strip_prefix("tier").and_then(|n| n.parse::<usize>().ok());
            if !tier.is_some_and(|n| (2..=names.tiers).contains(&n)) {
                names.channels.resolve_name(key, &item);
            }
        }
    }
}

fn by_name(item: &Item<'_>, list: &super::names::NameList) -> Vec<f64> {
    item.table().map_or_else(|| vec![0.0; list.len()], |table| shares::by_name(&table, list))
}

/// Positions and shares that are not zero.
fn present(shares: &[f64]) -> impl Iterator<Item = (usize, f64)> + '_ {
    shares.iter().copied().enumerate().filter(|(_, share)| *share > 0.0)
}

