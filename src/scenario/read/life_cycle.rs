//! `leads_to` of a topic: pre-sales -> onboarding -> support -> after-sales as topics of one customer.
//!
//! ```toml
//! [topic.pre-sales.leads_to]           # once the matter is resolved; the rest is the end of the journey
//! onboarding = { share = "30%", after = "4 days" }
//! [topic.onboarding]
//! per_week = 0                         # nobody begins here
//! [topic.onboarding.leads_to]
//! support     = { share = "60%", after = "3 weeks", contacts = 2.5, apart = "2 weeks" }
//! after-sales = { share = "15%", after = "60 days", rework = "4m", lost = "20%", explains = "5m" }
//! ```
//!
//! `contacts` is the mean number of matters about the topic of each customer who comes to it (geometric). Where another team
//! takes the customer on, its first piece of work is longer by `rework`, and with probability `lost` by `explains` as well.
//! Delays are exponential unless a distribution is written. The customer keeps language and priority; the channel follows
//! the next topic's shares. No topic leads back to itself, so every journey ends.

use super::cursor::{Cursor, Item};
use super::demand::TopicTable;
use super::law::{self, Usual};
use super::names::{NameList, Names};
use super::shares::percent;
use super::stream::Crossed;
use super::volume::Replayed;
use crate::random::Law;
use crate::scenario::model::{NextStage, Topic};

/// Reads what a topic leads to; in order of the topics' names, which the order of tables does not change.
pub fn read(topic: &TopicTable<'_>, own: usize, names: &Names) -> Vec<NextStage> {
    let Some(table) = topic.own.sub("leads_to") else {
        return Vec::new();
    };
    let mut all: Vec<NextStage> = table
        .items()
        .filter_map(|(name, item)| stage(name, &item, &table, own, &names.topics))
        .collect();
    let sum: f64 = all.iter().map(|n| n.share).sum();
    if sum > 1.0 + 1e-9 {
        table.notes.error(
            "not-a-whole",
            table.span,
            format!("`{}` sums to {}", table.path, percent(sum)),
            "more than all customers",
            "lower a share; what is left over goes nowhere",
        );
    }
    all.sort_by(|a, b| names.topics.name(a.topic).cmp(names.topics.name(b.topic)));
    all
}

fn stage(
    name: &str,
    item: &Item<'_>,
    all: &Cursor<'_>,
    own: usize,
    topics: &NameList,
) -> Option<NextStage> {
    let topic = topics.resolve_name(name, item);
    if topic == Some(own) {
        item.error_at_key(
            "stage-cycle",
            format!("`{}` leads back to the same topic", item.path),
            "a journey that never ends",
            "remove it; `contacts` says how often a customer asks about one topic",
        );
        return None;
    }
    let table = item.as_table().unwrap_or_else(|| all.nothing_at(name));
    let share = match item.as_table() {
        Some(table) => table.need("share", "\"30%\"").and_then(|i| i.share()),
        None => item.share(),
    };
    let delay = |i: &Item<'_>| law::read(i, Usual::Delay);
    let after = table.or_default("after", delay);
    let contacts = table.get("contacts").map_or(Some(1.0), |i| {
        i.number()
            .filter(|n| i.within(*n, 1.0, 1000.0, "from 1 to 1000"))
    });
    let several = contacts.is_some_and(|n| n > 1.0);
    if !several && let Some(apart) = table.get("apart") {
        apart.error_at_key(
            "meaningless-key",
            format!("`{}` is between several contacts", apart.path),
            "each customer comes once",
            "write `contacts`, or remove it",
        );
    }
    let apart = if several {
        table.or_default("apart", delay)
    } else {
        Some(Law::Deterministic { mean: 0.0 })
    };
    let rework = table.or_default("rework", |i| i.duration());
    let lost = table.or_default("lost", |i| i.share());
    let explains = table.or_default("explains", |i| i.duration());
    Some(NextStage {
        topic: topic?,
        share: share?,
        after: after?,
        contacts: contacts?,
        apart: apart?,
        rework_s: rework?,
        lost: lost?,
        explains_s: explains?,
    })
}

/// Notes stages that lead back to where they came from, and stages whose contacts are replayed.
pub fn check(tables: &[Crossed<'_, '_>], topics: &[Topic]) {
    for (index, topic) in topics.iter().enumerate() {
        let Some(table) = tables[index].table.own.sub("leads_to") else {
            continue;
        };
        for next in &topic.leads_to {
            let Some(item) = table.get(&topics[next.topic].name) else {
                continue;
            };
            if Replayed::of(&tables[next.topic].table).is_some() {
                item.error_at_key(
                    "stage-replayed",
                    format!(
                        "contacts of `{}` are replayed from counts",
                        topics[next.topic].name
                    ),
                    "the counts contain these already",
                    "give it a `per_week` of those who begin there, or remove it here",
                );
            }
            // Told once for each circle, where the topic that is written first leads on.
            if let Some(circle) = way_back(topics, next.topic, index)
                && circle.iter().chain([&next.topic]).all(|&t| t >= index)
            {
                let shown: Vec<String> = [index, next.topic]
                    .into_iter()
                    .chain(circle)
                    .map(|t| format!("`{}`", topics[t].name))
                    .collect();
                item.error_at_key(
                    "stage-cycle",
                    format!("topics lead in a circle: {}", shown.join(" -> ")),
                    "a journey that never ends",
                    "remove one of them; `contacts` says how often a customer asks about one topic",
                );
            }
        }
    }
}

/// The topics passed on a way from one topic to another, the last included; empty where they are the same.
fn way_back(topics: &[Topic], from: usize, to: usize) -> Option<Vec<usize>> {
    let mut before: Vec<Option<usize>> = vec![None; topics.len()];
    let mut open = vec![from];
    let mut seen = vec![false; topics.len()];
    seen[from] = true;
    while let Some(at) = open.pop() {
        if at == to {
            let mut way = Vec::new();
            let mut step = at;
            while step != from {
                way.push(step);
                step = before[step]?;
            }
            way.reverse();
            return Some(way);
        }
        for next in &topics[at].leads_to {
            if !seen[next.topic] {
                seen[next.topic] = true;
                before[next.topic] = Some(at);
                open.push(next.topic);
            }
        }
    }
    None
}

/// Widens each topic's choice of languages or priority classes by those of the topics that lead to it.
pub fn widen(topics: &[Topic], shares: &mut [Vec<f64>]) {
    // As often as the longest journey has steps.
    for _ in 0..topics.len() {
        for (index, topic) in topics.iter().enumerate() {
            for next in topic.leads_to.iter().filter(|n| n.share > 0.0) {
                for name in 0..shares[index].len() {
                    if shares[index][name] > 0.0 && shares[next.topic][name] <= 0.0 {
                        // Present, without demand of its own.
                        shares[next.topic][name] = f64::MIN_POSITIVE;
                    }
                }
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, codes, good};

    fn with(leads_to: &str) -> String {
        changed(&[(
            "[promise.phone]",
            &format!(
                "{leads_to}\n[topic.setup]\nper_week = 0\nhandle = \"9m\"\nends = {{ resolved = \"100%\" }}\n[promise.phone]"
            ),
        )])
    }

    #[test]
    fn stages_are_read_with_their_defaults() {
        let scenario = good(&with(
            "[topic.help.leads_to]\nsetup = { share = \"40%\", after = \"2 days\", contacts = 2.5 }",
        ));
        let next = &scenario.topics[0].leads_to[0];
        assert_eq!((next.topic, next.share, next.contacts), (1, 0.4, 2.5));
        assert_eq!(next.after.mean(), 2.0 * 86_400.0);
        assert!(next.rework_s > 0.0 && next.lost > 0.0 && next.explains_s > 0.0);
        let assumed = |path: &str| scenario.assumptions.iter().any(|a| a.path == path);
        assert!(assumed("topic.help.leads_to.setup.rework"));
        assert!(assumed("topic.help.leads_to.setup.apart"));
    }

    #[test]
    fn speakers_keep_their_language_through_the_stages() {
        let scenario = good(&changed(&[
            (
                "handle = \"5m\"",
                "languages = { en = \"70%\", de = \"30%\" }\nleads_to = { setup = \"40%\" }\nhandle = \"5m\"",
            ),
            (
                "[promise.phone]",
                "[topic.setup]\nper_week = 10\nlanguages = { en = \"100%\" }\nhandle = \"9m\"\nends = { resolved = \"100%\" }\n[promise.phone]",
            ),
        ]));
        let names: Vec<&str> = scenario.streams.iter().map(|s| s.name.as_str()).collect();
        assert_eq!(
            names,
            [
                "help/phone/de",
                "help/phone/en",
                "setup/phone/de",
                "setup/phone/en"
            ]
        );
    }

    #[test]
    fn circles_and_sums_over_one_are_errors() {
        assert_eq!(
            codes(&with("[topic.help.leads_to]\nhelp = \"10%\"")),
            ["stage-cycle"]
        );
        let circle = with("[topic.help.leads_to]\nsetup = \"10%\"").replace(
            "[promise.phone]",
            "[topic.setup.leads_to]\nhelp = \"10%\"\n[promise.phone]",
        );
        assert_eq!(codes(&circle), ["stage-cycle"]);
        let more = with(
            "[topic.help.leads_to]\nsetup = \"60%\"\nthanks = \"50%\"\n[topic.thanks]\nper_week = 0\nhandle = \"1m\"\nends = { resolved = \"100%\" }",
        );
        assert_eq!(codes(&more), ["not-a-whole"]);
    }
}
