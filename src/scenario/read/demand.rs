//! `[demand]`: what was counted, how busy days vary, and the keys that hold for every topic.

use super::cursor::{Cursor, Item};
use crate::scenario::model::{Busyness, ChannelKind, Stream};

/// A topic with the keys of `[demand]` behind it.
#[derive(Clone)]
pub struct TopicTable<'a> {
    /// `[topic.x]`.
    pub own: Cursor<'a>,
    /// `[demand]`, if there is one.
    pub demand: Option<Cursor<'a>>,
}

impl<'a> TopicTable<'a> {
    /// The topic's own value, else that of `[demand]`.
    pub fn get(&self, key: &str) -> Option<Item<'a>> {
        self.own.get(key).or_else(|| self.demand.as_ref()?.get(key))
    }

    /// As [`TopicTable::get`], for a key without default.
    pub fn need(&self, key: &str, example: &str) -> Option<Item<'a>> {
        let item = self.get(key);
        if item.is_none() {
            self.own.missing(key, example);
        }
        item
    }
}

/// What a volume counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Counted {
    /// First contacts only.
    First,
    /// Every contact, redials and returns included.
    Every(Measured),
}

/// What was measured where the volume was counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// Share of offered contacts that abandoned.
    pub abandoned: f64,
    /// Share of abandoners that redialled.
    pub redial: f64,
    /// Share of answered contacts whose customer came back.
    pub returns: f64,
}

impl Counted {
    /// First contacts per contact counted on a channel of this kind.
    ///
    /// Of N offered contacts, each is abandoned with probability a and then redialled with probability r, or is answered
    /// and returns with probability t. So `N = first + N (a r + (1 - a) t)`, over all generations of returns, and
    /// `first = N (1 - a r - (1 - a) t)`. Nobody abandons a deferred channel: a = 0 there. The figures are those of the
    /// time of counting, never the simulated organisation's, so every compared organisation meets the same people.
    ///
    /// ```
    /// use staffwright::scenario::{Counted, Measured, ChannelKind};
    /// let every = Counted::Every(Measured { abandoned: 0.06, redial: 0.35, returns: 0.17 });
    /// assert!((every.first_share(ChannelKind::Live) - 0.8192).abs() < 1e-12);
    /// assert!((every.first_share(ChannelKind::Deferred) - 0.83).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn first_share(&self, kind: ChannelKind) -> f64 {
        match *self {
            Counted::First => 1.0,
            Counted::Every(m) => {
                let abandoned = if kind == ChannelKind::Deferred {
                    0.0
                } else {
                    m.abandoned
                };
                1.0 - abandoned * m.redial - (1.0 - abandoned) * m.returns
            }
        }
    }
}

/// What the volume of a topic counts.
pub fn counted(topic: &TopicTable<'_>) -> Counted {
    let word = topic
        .need("counted", "\"every contact\"   # or \"first contacts\"")
        .and_then(|i| i.word(&["every contact", "first contacts"]));
    if word != Some(0) {
        return Counted::First;
    }
    let Some(measured) = topic.get("measured") else {
        let place = topic.get("counted").map_or(topic.own.span, |i| i.node.span);
        topic.own.notes.error(
            "missing-measured",
            place,
            "`counted = \"every contact\"` needs `measured`: what part of the counted contacts were redials and returns",
            "these contacts include redials and returns",
            "write for example `measured = { abandoned = \"6%\", redial = \"35%\", returns = \"17%\" }`",
        );
        return Counted::First;
    };
    let Some(table) = measured.table() else {
        return Counted::First;
    };
    let share = |key: &str, example: &str| {
        table
            .need(key, example)
            .and_then(|i| i.share())
            .unwrap_or(0.0)
    };
    let figures = Measured {
        abandoned: share("abandoned", "\"6%\""),
        redial: share("redial", "\"35%\""),
        returns: share("returns", "\"17%\""),
    };
    let counted = Counted::Every(figures);
    if counted.first_share(ChannelKind::Live) <= 0.0
        || counted.first_share(ChannelKind::Deferred) <= 0.0
    {
        measured.error(
            "no-first-contacts",
            "by these figures every counted contact is a redial or a return, and nobody ever calls first",
            "redials and returns make up everything",
            "lower `returns` or `redial`",
        );
        return Counted::First;
    }
    counted
}

/// Factor on all volumes; 1 where nothing is said.
pub fn level(demand: &Cursor<'_>) -> f64 {
    let level = demand.get("level").and_then(|item| {
        let level = item.percent()?;
        item.within(level, 0.01, 10.0, "1% to 1000%")
            .then_some(level)
    });
    level.unwrap_or(1.0)
}

/// Day-level busyness; `"none"` switches it off.
///
/// Replayed counts are as busy as they were: it is neither used nor assumed where there is nothing else.
pub fn busyness(demand: &Cursor<'_>, streams: &[Stream]) -> Busyness {
    let none = Busyness {
        cv: 0.0,
        day_to_day: 0.0,
        across_streams: 0.0,
    };
    let table = match demand.get("busyness") {
        Some(item) if item.is("none") => return none,
        Some(item) => match item.table() {
            Some(table) => table,
            None => return none,
        },
        None if streams.iter().all(|s| !s.comes_back) => return none,
        None => demand.nothing_at("busyness"),
    };
    let cv = table.or_default("cv", |i| {
        i.percent()
            .filter(|cv| i.within(*cv, 0.0, 2.0, "between 0% and 200%"))
    });
    Busyness {
        cv: cv.unwrap_or(0.0),
        day_to_day: table.or_default("day_to_day", correlation).unwrap_or(0.0),
        // One factor for all streams is a day that is busy everywhere.
        across_streams: table
            .or_default("across_streams", |i| i.share())
            .unwrap_or(0.0),
    }
}

/// A correlation from day to day, below one: exactly one would make every day the same.
fn correlation(item: &Item<'_>) -> Option<f64> {
    item.percent()
        .filter(|c| item.within(*c, 0.0, 0.999, "between 0% and 99.9%"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, good, only};
    use crate::scenario::model::Volume;

    #[test]
    fn first_contacts_are_what_returns_leave() {
        let every = "counted = \"every contact\"\nmeasured = { abandoned = \"10%\", redial = \"50%\", returns = \"20%\" }";
        let scenario = good(&changed(&[("counted = \"first contacts\"", every)]));
        let Volume::Weekly {
            first_per_week,
            as_counted_per_week,
            ..
        } = scenario.streams[0].volume
        else {
            unreachable!("no history here")
        };
        // 1 - 0.1 * 0.5 - 0.9 * 0.2 = 0.77; and summing the generations gives the count back.
        assert!((first_per_week - 770.0).abs() < 1e-9);
        let generations: f64 = (0..200).map(|n| 770.0 * 0.23_f64.powi(n)).sum();
        assert!((generations - as_counted_per_week).abs() < 1e-6);
    }

    #[test]
    fn every_contact_needs_what_was_measured() {
        let message = only(&changed(&[("\"first contacts\"", "\"every contact\"")]));
        assert!(message.contains("needs `measured`"), "{message}");
    }

    #[test]
    fn a_count_made_of_returns_alone_is_refused() {
        let every = "counted = \"every contact\"\nmeasured = { abandoned = \"0%\", redial = \"0%\", returns = \"100%\" }";
        assert!(
            only(&changed(&[("counted = \"first contacts\"", every)]))
                .contains("nobody ever calls first")
        );
    }
}
