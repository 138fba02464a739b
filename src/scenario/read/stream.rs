//! Streams of demand: topics crossed with channels, languages, priority classes and segments.
//!
//! The crossing is by independent shares. A stream's name, `topic/channel/language` (and `/priority`, `/segment` where
//! there are several), is the key of its customers' draws: it depends on the demand alone, so that every organisation
//! compared on the same demand meets the same customers.

use super::channel;
use super::course;
use super::cursor::{Cursor, Item};
use super::demand::{self, TopicTable};
use super::language::Speakers;
use super::law::{self, Usual};
use super::life_cycle;
use super::names::{ANY_LANGUAGE, Names};
use super::profile;
use super::replay::Part;
use super::volume::{self, Replayed};
use super::{shares, tool, unserved, work};
use crate::random::Law;
use crate::scenario::model::{
    Channel, ChannelKind, Course, Profile, Segment, Stream, Topic, Volume, Work,
};
use crate::time::Horizon;

/// What streams are crossed from, beside the topics.
pub struct Crossing<'a> {
    /// The document.
    pub document: &'a Cursor<'a>,
    /// All versions of the document over time, this one included: a stream is one of the demand if any has it.
    pub versions: &'a [Cursor<'a>],
    /// Names of everything.
    pub names: &'a Names,
    /// The channels, read.
    pub channels: &'a [Channel],
    /// Per channel, those its contacts may go to or bring contacts to at any time.
    pub leads: &'a [Vec<usize>],
    /// The languages and their zones.
    pub speakers: &'a Speakers,
    /// Share of each priority class.
    pub priorities: &'a [f64],
    /// The segments, read.
    pub segments: &'a [Segment],
    /// Share of each.
    pub segment_shares: &'a [f64],
    /// The horizon.
    pub horizon: &'a Horizon,
}

/// Reads all topics and crosses their streams.
pub fn read_all(crossing: &Crossing<'_>) -> (Vec<Topic>, Vec<Stream>) {
    let document = crossing.document;
    let demand = document.sub("demand");
    let tables = document.named("topic");
    if tables.is_empty() {
        document.no_tables("topic", "topic.support", "`per_week`, `handle` and `ends`");
    }
    let crossed: Vec<Crossed<'_, '_>> = tables
        .into_iter()
        .enumerate()
        .map(|(topic, (_, own))| Crossed {
            crossing,
            table: TopicTable {
                own,
                demand: demand.clone(),
            },
            topic,
        })
        .collect();
    let topics: Vec<Topic> = crossed.iter().map(Crossed::read_topic).collect();
    life_cycle::check(&crossed, &topics);
    let ever: Vec<Topic> = crossed
        .iter()
        .zip(&topics)
        .map(|(c, t)| c.ever_leads(t))
        .collect();
    let mut languages: Vec<Vec<f64>> = crossed.iter().map(Crossed::languages).collect();
    let mut priorities: Vec<Vec<f64>> = crossed.iter().map(Crossed::priorities).collect();
    life_cycle::widen(&ever, &mut languages);
    life_cycle::widen(&ever, &mut priorities);
    let mut segments: Vec<Vec<f64>> = crossed.iter().map(Crossed::segments).collect();
    life_cycle::widen(&ever, &mut segments);
    let customers = languages.iter().zip(&priorities).zip(&segments);
    let streams =
        crossed
            .iter()
            .zip(customers)
            .flat_map(|(topic, ((languages, priorities), segments))| {
                topic.streams(languages, priorities, segments)
            });
    let mut streams: Vec<Stream> = streams.collect();
    // Ties fall and sums run by stream, whatever the order of the tables.
    streams.sort_by(|a, b| a.name.cmp(&b.name));
    (topics, streams)
}

/// Per channel, those that its contacts may go to or bring contacts to in some version of the document.
pub fn leads(versions: &[Cursor<'_>], names: &Names) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new(); names.channels.len()];
    for version in versions {
        for (leads, channel) in all.iter_mut().zip(channel::read_all(version, names)) {
            leads.extend(channel.leads_to());
        }
    }
    all
}

fn lost_value(topic: &TopicTable<'_>) -> f64 {
    let value = topic.get("lost_value");
    value
        .and_then(|i| i.money_per(&["contact"]))
        .map_or(0.0, |(money, _)| money)
}

fn returns_after(topic: &TopicTable<'_>) -> Law {
    let read = |i: &Item<'_>| law::read(i, Usual::Delay);
    let law = match topic.get("returns_after") {
        Some(item) => read(&item),
        // Returns are among the counts of a history.
        None if Replayed::of(topic).is_some() => None,
        None => topic.own.or_default("returns_after", read),
    };
    law.unwrap_or(Law::Exponential { mean: 86_400.0 })
}

/// One topic on one channel.
struct Line {
    channel: usize,
    work: Vec<Work>,
    patience: Option<Law>,
    patience_course: Option<Course>,
    /// First contacts per contact counted.
    first_share: f64,
    profile: Profile,
    /// Whether the profile was measured, rather than flat.
    measured_profile: bool,
    /// Growth per month.
    growth: f64,
}

/// One topic on its way to streams.
pub struct Crossed<'c, 'a> {
    crossing: &'c Crossing<'c>,
    /// Its table.
    pub table: TopicTable<'a>,
    topic: usize,
}

impl Crossed<'_, '_> {
    fn read_topic(&self) -> Topic {
        let names = self.crossing.names;
        Topic {
            name: names.topics.name(self.topic).to_string(),
            returns_after: returns_after(&self.table),
            lost_value: lost_value(&self.table),
            channels: self.channel_shares(),
            parts: tool::parts(&self.table),
            leads_to: life_cycle::read(&self.table, self.topic, names),
        }
    }

    /// The topic with all that it leads to in some version of the document.
    fn ever_leads(&self, topic: &Topic) -> Topic {
        let mut all = topic.clone();
        for version in self.crossing.versions {
            let Some((_, own)) = version.named("topic").into_iter().nth(self.topic) else {
                continue;
            };
            let table = TopicTable {
                own,
                demand: version.sub("demand"),
            };
            all.leads_to
                .extend(life_cycle::read(&table, self.topic, self.crossing.names));
        }
        all
    }

    /// Languages of its customers at any time, and those that they would ask in where nobody speaks theirs.
    fn languages(&self) -> Vec<f64> {
        let mut all = self.ever(&self.language_shares(), |c| c.language_shares());
        unserved::widen(
            &mut all,
            &unserved::languages(self.crossing.document, self.crossing.names),
        );
        all
    }

    /// Priority classes of its customers at any time.
    fn priorities(&self) -> Vec<f64> {
        self.ever(&self.priority_shares(), |c| c.priority_shares())
    }

    /// Segments of its customers at any time.
    fn segments(&self) -> Vec<f64> {
        self.ever(&self.segment_shares(), |c| c.segment_shares())
    }

    /// Its streams, crossed with the languages, priority classes and segments that are there.
    fn streams(&self, languages: &[f64], priorities: &[f64], segments: &[f64]) -> Vec<Stream> {
        let by_channel = self.channel_shares();
        let by_language = self.language_shares();
        let by_priority = self.priority_shares();
        let by_segment = self.segment_shares();
        self.check_handle_keys();
        volume::check(&self.table);
        let volume = volume::per_week(&self.table);
        let mut streams = Vec::new();
        for channel in self.reached(&self.ever(&by_channel, |c| c.channel_shares())) {
            let line = self.line(channel);
            for (language, _) in present(languages) {
                for (priority, segment) in self.classes(priorities, segments) {
                    let own = self.crossing.segments[segment].priority;
                    let shares = [
                        by_channel[channel],
                        1.0,
                        by_language[language],
                        own.map_or(by_priority[priority], |_| 1.0),
                        by_segment[segment],
                    ];
                    let of = [language, priority, segment];
                    streams.extend(self.stream(&line, of, shares, volume));
                }
            }
        }
        if streams.is_empty() {
            self.check_counts();
        }
        streams
    }

    /// Priority classes and segments that occur together, by class.
    fn classes(&self, priorities: &[f64], segments: &[f64]) -> Vec<(usize, usize)> {
        let own = |segment: usize| self.crossing.segments[segment].priority;
        let mut pairs = Vec::new();
        for (segment, _) in present(segments) {
            match own(segment) {
                Some(priority) => pairs.push((priority, segment)),
                None => pairs.extend(present(priorities).map(|(p, _)| (p, segment))),
            }
        }
        pairs.sort_unstable();
        pairs
    }

    /// The greatest share of each name over all versions of the document.
    fn ever(&self, now: &[f64], shares: impl Fn(&Crossed<'_, '_>) -> Vec<f64>) -> Vec<f64> {
        let mut most = now.to_vec();
        for version in self.crossing.versions {
            let Some((_, own)) = version.named("topic").into_iter().nth(self.topic) else {
                continue;
            };
            let other = Crossed {
                crossing: self.crossing,
                table: TopicTable {
                    own,
                    demand: version.sub("demand"),
                },
                topic: self.topic,
            };
            for (most, share) in most.iter_mut().zip(shares(&other)) {
                *most = most.max(share);
            }
        }
        most
    }

    /// A replay without a single contact inside the horizon is a mistake in one of the two.
    fn check_counts(&self) {
        let replayed = Replayed::of(&self.table);
        let written = replayed.as_ref().map(Replayed::item);
        if let Some(item) = written.filter(|i| !i.notes.has_errors()) {
            item.error(
                "no-counts",
                format!(
                    "no counts of `{}` lie inside the scenario's horizon",
                    self.table.own.path
                ),
                "nothing to replay",
                "correct `start` and `length`, or the file",
            );
        }
    }

    /// Channels with demand, and those that take it over when one of them is closed.
    fn reached(&self, shares: &[f64]) -> Vec<usize> {
        let mut reached: Vec<bool> = shares.iter().map(|share| *share > 0.0).collect();
        let mut open: Vec<usize> = present(shares).map(|(channel, _)| channel).collect();
        while let Some(channel) = open.pop() {
            for &to in &self.crossing.leads[channel] {
                if !reached[to] {
                    reached[to] = true;
                    open.push(to);
                }
            }
        }
        (0..reached.len()).filter(|c| reached[*c]).collect()
    }

    /// What holds for all streams of the topic on one channel.
    fn line(&self, channel: usize) -> Line {
        let of = &self.crossing.channels[channel];
        let written = self.table.get("profile");
        let profile = written
            .as_ref()
            .and_then(|item| profile::read(item, &of.name));
        let weekly = Replayed::of(&self.table).is_none();
        if weekly && written.is_none() {
            self.crossing.document.notes.assume("demand.profile");
        }
        let (patience, patience_course) = self.patience(of);
        Line {
            channel,
            work: work::read(
                self.crossing.document,
                &self.table,
                channel,
                self.crossing.names,
            ),
            patience,
            patience_course,
            first_share: if weekly {
                demand::counted(&self.table).first_share(of.kind)
            } else {
                1.0
            },
            growth: volume::growth(&self.table),
            measured_profile: profile.is_some(),
            profile: profile.unwrap_or_else(|| profile::flat(of)),
        }
    }

    fn stream(
        &self,
        line: &Line,
        [language, priority, segment]: [usize; 3],
        shares: [f64; 5],
        volume: f64,
    ) -> Option<Stream> {
        let names = self.crossing.names;
        let parts = [
            names.channels.name(line.channel),
            names.topics.name(self.topic),
            names.languages.name(language),
            names.priorities.name(priority),
            names.segments.name(segment),
        ];
        let replayed = Replayed::of(&self.table);
        let counted = volume * shares.iter().product::<f64>();
        let weekly = Volume::Weekly {
            first_per_week: counted * line.first_share,
            as_counted_per_week: counted,
            profile: line.profile.clone(),
            growth: line.growth,
            since: 0,
        };
        let volume = match &replayed {
            // A channel that only takes over from a closed one has no counts of its own.
            Some(replayed) if shares[0] > 0.0 => {
                let part = Part {
                    names: parts,
                    shares,
                };
                replayed.read(&part, self.crossing.horizon)?
            }
            _ => weekly,
        };
        let zone = if line.measured_profile || replayed.is_some() {
            self.crossing.speakers.zone(&self.table, language)
        } else {
            // Flat over the opening hours, which are in the scenario's zone.
            self.crossing.horizon.zone().clone()
        };
        Some(Stream {
            name: stream_name(&parts, names.priorities.len() > 1, names.segments.len() > 1),
            channel: line.channel,
            topic: self.topic,
            language,
            priority,
            segment,
            zone,
            volume,
            comes_back: replayed.is_none(),
            patience: line.patience.clone(),
            patience_course: line.patience_course.clone(),
            moves: None,
            work: line.work.clone(),
        })
    }

    /// Patience of this topic's customers, where it differs from the channel's: one law, or by channel.
    fn patience(&self, channel: &Channel) -> (Option<Law>, Option<Course>) {
        let written = self
            .table
            .get("patience")
            .filter(|_| channel.kind != ChannelKind::Deferred)
            .and_then(|item| work::by_channel(item, &channel.name));
        written.map_or((None, None), |item| {
            (law::read(&item, Usual::Patience), course::read(&item))
        })
    }

    fn channel_shares(&self) -> Vec<f64> {
        let list = &self.crossing.names.channels;
        match self.table.get("channels") {
            Some(item) => by_name(&item, list),
            None if list.len() <= 1 => vec![1.0; list.len()],
            None => {
                self.table
                    .own
                    .missing("channels", "{ phone = \"60%\", mail = \"40%\" }");
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
                self.table
                    .own
                    .missing("languages", "{ en = \"62%\", de = \"38%\" }");
                vec![0.0; list.len()]
            }
        }
    }

    fn priority_shares(&self) -> Vec<f64> {
        let all = self.crossing.priorities.to_vec();
        self.table
            .get("priorities")
            .map_or(all, |item| by_name(&item, &self.crossing.names.priorities))
    }

    fn segment_shares(&self) -> Vec<f64> {
        let all = self.crossing.segment_shares.to_vec();
        self.table
            .get("segments")
            .map_or(all, |item| by_name(&item, &self.crossing.names.segments))
    }

    /// Handle times are by channel or tier: a misspelt one would silently hold for nothing.
    fn check_handle_keys(&self) {
        let Some(table) = self.table.get("handle").and_then(|i| i.as_table()) else {
            return;
        };
        let names = self.crossing.names;
        if work::is_law(&table) {
            return;
        }
        for (key, item) in table.items() {
            let tier = key
                .strip_prefix("tier")
                .and_then(|n| n.parse::<usize>().ok());
            if !tier.is_some_and(|n| (2..=names.tiers).contains(&n)) {
                names.channels.resolve_name(key, &item);
            }
        }
    }
}

fn by_name(item: &Item<'_>, list: &super::names::NameList) -> Vec<f64> {
    item.table().map_or_else(
        || vec![0.0; list.len()],
        |table| shares::by_name(&table, list),
    )
}

/// `topic/channel`, and `/language`, `/priority`, `/segment` where the demand names them.
fn stream_name(
    [channel, topic, language, priority, segment]: &[&str; 5],
    classes: bool,
    segments: bool,
) -> String {
    let mut name = format!("{topic}/{channel}");
    if *language != ANY_LANGUAGE {
        name = format!("{name}/{language}");
    }
    if classes {
        name = format!("{name}/{priority}");
    }
    if segments {
        name = format!("{name}/{segment}");
    }
    name
}

/// Positions and shares that are not zero.
fn present(shares: &[f64]) -> impl Iterator<Item = (usize, f64)> + '_ {
    shares
        .iter()
        .copied()
        .enumerate()
        .filter(|(_, share)| *share > 0.0)
}
