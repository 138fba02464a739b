//! `[promise.*]`: what customers were promised, and the promises that priority classes carry.
//!
//! Promises are a list in the order of the file: each is judged by itself, and of those that cover a contact the first is
//! its own, by which it is said to be kept or late.

use super::cursor::{Cursor, Item, join};
use super::horizon;
use super::names::Names;
use super::selector::Selector;
use crate::scenario::forms::{self, Target};
use crate::scenario::model::{
    Channel, ChannelKind, Every, Population, Promise, PromiseEvent, Stream,
};
use crate::scenario::suggest::nearest;
use jiff::tz::TimeZone;

/// What promises are read against.
pub struct Customers<'a> {
    /// Names of everything.
    pub names: &'a Names,
    /// The channels.
    pub channels: &'a [Channel],
    /// The streams.
    pub streams: &'a [Stream],
    /// Zone of the judging periods unless said otherwise.
    pub zone: &'a TimeZone,
}

const EVERY: [&str; 4] = ["interval", "day", "week", "month"];
const PERIODS: [Every; 4] = [Every::Interval, Every::Day, Every::Week, Every::Month];
/// Source of what is taken where a promise does not say it.
const NOT_SAID: &str = "judgement; a promise that is kept should say it";

/// Reads `[promise.*]` and the promises of `[priority]` and `[segment]`.
pub fn read_all(document: &Cursor<'_>, customers: &Customers<'_>) -> Vec<Promise> {
    let mut promises = Vec::new();
    for (name, table) in document.named("promise") {
        let target = table.need("target", "\"80% of phone within 20s\"");
        promises.extend(
            target.and_then(|item| read(name, &item, Some(&table), Selector::default(), customers)),
        );
    }
    let names = customers.names;
    let classes = document.named("priority").into_iter().map(|(name, class)| {
        let priorities = names.priorities.find(name).map(|i| vec![i]);
        let only = Selector {
            priorities,
            ..Selector::default()
        };
        (name, class, only)
    });
    let segments = document.named("segment").into_iter().map(|(name, class)| {
        let segments = names.segments.find(name).map(|i| vec![i]);
        let only = Selector {
            segments,
            ..Selector::default()
        };
        (name, class, only)
    });
    for (name, class, only) in classes.chain(segments) {
        let Some(item) = class.get("promise") else {
            continue;
        };
        let promise = match item.as_table() {
            Some(table) => table
                .need("target", "\"95% first reply within 30m\"")
                .and_then(|target| read(name, &target, Some(&table), only, customers)),
            None => read(name, &item, None, only, customers),
        };
        promises.extend(promise);
    }
    promises
}

fn read(
    name: &str,
    written: &Item<'_>,
    table: Option<&Cursor<'_>>,
    only: Selector,
    customers: &Customers<'_>,
) -> Option<Promise> {
    let target = written.form("a promise", "\"80% of phone within 20s\"", forms::target);
    let get = |key: &str| table.and_then(|t| t.get(key));
    let (every, hold) = periods(name, written, table);
    let zone = get("zone").map_or_else(|| Some(customers.zone.clone()), |i| horizon::zone(&i));
    let target = target?;
    let of = match get("of") {
        Some(item) => population(&item, target.within_s),
        None => {
            let path = join(&join("promise", name), "of");
            written.notes.assume_value(&path, "offered", None, NOT_SAID);
            Some(Population::Offered)
        }
    };
    let mut selector = only;
    if let Some(when) = get("when").and_then(|i| i.table()) {
        let more = Selector::read(&when, customers.names);
        selector = Selector {
            priorities: selector.priorities.or(more.priorities),
            segments: selector.segments.or(more.segments),
            ..more
        };
    }
    narrow(&mut selector, &target, written, customers.names)?;
    let streams = selector.pick(customers.streams);
    check_streams(&target, &streams, written, customers)?;
    Some(Promise {
        name: name.to_string(),
        text: written.text()?.to_string(),
        share: target.share,
        event: target.event,
        within_s: target.within_s,
        business_hours: target.business_hours,
        streams,
        of: of?,
        every: every?,
        hold: hold?,
        zone: zone?,
        penalty: get("penalty").map_or(Some(0.0), |i| i.money())?,
    })
}

/// `every` and `hold`. Either may name the judging period; both must agree, and a week is assumed where neither does.
fn periods(
    name: &str,
    written: &Item<'_>,
    table: Option<&Cursor<'_>>,
) -> (Option<Every>, Option<Option<f64>>) {
    let get = |key: &str| table.and_then(|t| t.get(key));
    let every = get("every").map(|i| Some(PERIODS[i.word(&EVERY)?]));
    let Some(item) = get("hold") else {
        let week = || {
            let path = join(&join("promise", name), "every");
            written.notes.assume_value(&path, "week", None, NOT_SAID);
            Some(Every::Week)
        };
        return (every.unwrap_or_else(week), Some(None));
    };
    let Some((share, period)) = item.form("a share of periods", "\"90% of weeks\"", forms::hold)
    else {
        return (every.flatten(), None);
    };
    if let Some(Some(stated)) = every
        && stated != period
    {
        item.error(
            "two-periods",
            format!(
                "`{}` speaks of another judging period than `every`",
                item.path
            ),
            "not the period that `every` states",
            "let both name the same period",
        );
    }
    (Some(period), Some(Some(share)))
}

fn narrow(
    selector: &mut Selector,
    target: &Target,
    written: &Item<'_>,
    names: &Names,
) -> Option<()> {
    for word in target
        .of
        .iter()
        .filter(|w| !["contacts", "all"].contains(&w.as_str()))
    {
        if !selector.narrow(word, names) {
            let lists = [
                &names.channels,
                &names.topics,
                &names.languages,
                &names.priorities,
                &names.segments,
            ];
            let near = nearest(
                word,
                lists
                    .iter()
                    .flat_map(|l| l.names.iter().map(|(n, _)| n.as_str())),
            );
            written.error(
                "unknown-name",
                format!(
                    "`{}` speaks of `{word}`, which is no channel, topic, language, priority or segment",
                    written.path
                ),
                format!("nothing is named `{word}`"),
                near.map_or_else(
                    || {
                        "name a channel, topic, language, priority or segment, or `contacts` for all"
                            .to_string()
                    },
                    |n| format!("did you mean `{n}`?"),
                ),
            );
            return None;
        }
    }
    Some(())
}

fn check_streams(
    target: &Target,
    streams: &[usize],
    written: &Item<'_>,
    customers: &Customers<'_>,
) -> Option<()> {
    if streams.is_empty() && !customers.streams.is_empty() {
        written.error(
            "empty-promise",
            format!("no contacts fall under `{}`", written.path),
            "covers no stream of demand",
            "name a channel, topic, language, priority or segment that has demand",
        );
        return None;
    }
    let deferred = streams
        .iter()
        .map(|s| &customers.channels[customers.streams[*s].channel])
        .find(|c| c.kind == ChannelKind::Deferred);
    if let (Some(channel), PromiseEvent::Answer) = (deferred, target.event) {
        written.error(
            "answer-on-deferred",
            format!(
                "`{}` does not say what must happen on `{}`, where nobody waits for an answer",
                written.path, channel.name
            ),
            "first reply, or resolution?",
            format!(
                "write for example `\"90% of {} first reply within 4 business hours\"`",
                channel.name
            ),
        );
        return None;
    }
    Some(())
}

/// `of`: who counts. Short abandons are those within the promise's own limit unless stated.
fn population(item: &Item<'_>, within_s: f64) -> Option<Population> {
    let read = |text: &str| forms::population(text, within_s);
    item.form(
        "who counts for the promise",
        "\"offered\", \"answered\", \"offered less abandoned within 5s\" or \"credited\"",
        read,
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, codes, good, only, read};
    use crate::scenario::model::{Every, Population, PromiseEvent};

    #[test]
    fn words_of_the_sentence_choose_streams() {
        let text = changed(&[(
            "within 20s\"",
            "within 20s\"\nof = \"offered less abandoned within 5s\"\nevery = \"day\"\nhold = \"90% of days\"",
        )]);
        let promise = &good(&text).promises[0];
        assert_eq!(
            (promise.share, promise.within_s, promise.event),
            (0.8, 20.0, PromiseEvent::Answer)
        );
        assert_eq!(promise.of, Population::LessShort { short_s: 5.0 });
        assert_eq!((promise.every, promise.hold), (Every::Day, Some(0.9)));
        assert_eq!(promise.streams, [0]);
        assert_eq!(promise.text, "80% of phone within 20s");
    }

    #[test]
    fn an_unknown_word_gets_a_suggestion() {
        let (_, items) = read(&changed(&[("of phone", "of phne")]));
        assert_eq!(items[0].code, "unknown-name");
        assert_eq!(items[0].help.as_deref(), Some("did you mean `phone`?"));
    }

    #[test]
    fn hold_alone_says_the_period_and_a_week_is_assumed_without_both() {
        let text = changed(&[("within 20s\"", "within 20s\"\nhold = \"90% of days\"")]);
        let promise = &good(&text).promises[0];
        assert_eq!((promise.every, promise.hold), (Every::Day, Some(0.9)));
        let plain = good(&changed(&[]));
        assert_eq!(
            (plain.promises[0].every, plain.promises[0].hold),
            (Every::Week, None)
        );
        assert!(
            plain
                .assumptions
                .iter()
                .any(|a| a.path == "promise.phone.every")
        );
    }

    #[test]
    fn hold_and_every_name_one_period() {
        assert_eq!(
            codes(&changed(&[(
                "within 20s\"",
                "within 20s\"\nevery = \"week\"\nhold = \"90% of days\""
            )])),
            ["two-periods"]
        );
    }

    #[test]
    fn a_backlog_is_not_answered() {
        let text = changed(&[("kind = \"live\"", "kind = \"deferred\"")]);
        assert!(only(&text).contains("where nobody waits for an answer"));
    }

    #[test]
    fn a_class_carries_its_promise() {
        let text = changed(&[(
            "[shift.day]",
            "[priority]\np1 = { share = \"3%\", promise = \"95% first reply within 30m\" }\np2 = { share = \"97%\" }\n[shift.day]",
        )]);
        let promises = good(&text).promises;
        assert_eq!(promises[1].name, "p1");
        assert_eq!(promises[1].streams, [0]);
        assert_eq!(promises[0].streams, [0, 1]);
    }
}
