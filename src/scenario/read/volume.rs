//! How many contacts a topic has: a weekly mean (`per_week`, or `customers` times how often each asks), measured counts
//! (`history`) or time stamps (`trace`).

use super::cursor::Item;
use super::demand::TopicTable;
use super::replay::{self, Part};
use super::trace;
use crate::scenario::model::Volume;
use crate::time::Horizon;

/// A topic's measured contacts, replayed instead of a weekly mean.
#[derive(Clone)]
pub enum Replayed<'a> {
    /// `history`: counts per interval.
    Counts(Item<'a>),
    /// `trace`: time stamps.
    Times(Item<'a>),
}

impl<'a> Replayed<'a> {
    /// The replay of a topic, its own before that of `[demand]`.
    pub fn of(topic: &TopicTable<'a>) -> Option<Replayed<'a>> {
        let own = topic.own.get("trace").map(Replayed::Times);
        let own = own.or_else(|| topic.own.get("history").map(Replayed::Counts));
        own.or_else(|| topic.get("trace").map(Replayed::Times))
            .or_else(|| topic.get("history").map(Replayed::Counts))
    }

    /// Where it is written.
    pub fn item(&self) -> &Item<'a> {
        match self {
            Replayed::Counts(item) | Replayed::Times(item) => item,
        }
    }

    /// The contacts of one stream; `None` where there are none, or where they cannot be read.
    pub fn read(&self, part: &Part<'_>, horizon: &Horizon) -> Option<Volume> {
        match self {
            Replayed::Counts(item) => {
                let replay = replay::read(item, part, horizon, horizon.zone())?;
                (!replay.counts.is_empty()).then_some(Volume::Counts(replay))
            }
            Replayed::Times(item) => {
                let times = trace::read(item, part, horizon)?;
                (!times.is_empty()).then_some(Volume::Times(times))
            }
        }
    }
}

/// Notes an error where a topic says in two ways how many contacts it has.
pub fn check(topic: &TopicTable<'_>) {
    let written = ["per_week", "customers", "history", "trace"];
    let mut own = written.iter().filter(|k| topic.own.get(k).is_some());
    let first = own.next();
    let second = own.next().copied().or_else(|| {
        let weekly = first.is_some_and(|k| ["per_week", "customers"].contains(k));
        let replay = ["history", "trace"];
        replay
            .into_iter()
            .find(|k| weekly && topic.get(k).is_some())
    });
    if let (Some(first), Some(second), Some(item)) =
        (first, second, first.and_then(|k| topic.own.get(k)))
    {
        item.error(
            "two-volumes",
            format!("`{}` has both `{first}` and `{second}`", topic.own.path),
            "a volume is a weekly mean, measured counts, or time stamps",
            "remove one of them",
        );
    }
}

/// Contacts per week as they are counted; 0 where they are replayed.
pub fn per_week(topic: &TopicTable<'_>) -> f64 {
    if Replayed::of(topic).is_some() {
        return 0.0;
    }
    // A topic's own word goes before that of `[demand]`, in whichever way it says it.
    let own_mean = topic.own.get("per_week").is_some();
    match topic.get("customers").filter(|_| !own_mean) {
        Some(item) => customers(&item).unwrap_or(0.0),
        None => topic
            .need("per_week", "5_300")
            .and_then(|i| i.number())
            .unwrap_or(0.0),
    }
}

fn customers(item: &Item<'_>) -> Option<f64> {
    let table = item.table()?;
    let count = table.need("count", "20_000").and_then(|i| i.number());
    let ask = table.need("ask", "\"0.4/month\"").and_then(|i| i.times());
    Some(count? * ask?)
}

/// Growth per month as a fraction.
pub fn growth(topic: &TopicTable<'_>) -> f64 {
    let Some(item) = topic.get("growth") else {
        return 0.0;
    };
    if topic.own.get("growth").is_some() && Replayed::of(topic).is_some() {
        item.error_at_key(
            "meaningless-key",
            format!(
                "`{}` means nothing where contacts are replayed as they were",
                item.path
            ),
            "there is no weekly volume to grow",
            "remove it",
        );
    }
    item.growth().unwrap_or(0.0)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, codes, good};
    use crate::scenario::arrivals;

    #[test]
    fn customers_times_how_often_they_ask_are_a_weekly_volume() {
        let text = changed(&[(
            "per_week = 1_000",
            "customers = { count = 20_000, ask = \"2.60887500/year\" }",
        )]);
        let total: f64 = arrivals::expected(&good(&text), 0).iter().sum();
        // 0.05 a week each, over four weeks.
        assert!((total - 4000.0).abs() < 1e-6, "{total}");
    }

    #[test]
    fn growth_moves_the_volume_by_its_formula() {
        let flat = good(&changed(&[]));
        let grown = good(&changed(&[(
            "per_week = 1_000",
            "per_week = 1_000\ngrowth = \"5%/month\"",
        )]));
        let sum = |s| arrivals::expected(s, 0).iter().sum::<f64>();
        // Four equal weeks, so that the mean factor is that of the weeks' own profile, weighted alike.
        let (one, all) = (sum(&flat), sum(&grown));
        let week = 7.0 / (365.2425 / 12.0);
        let first = arrivals::expected(&grown, 0)[..672].iter().sum::<f64>();
        let geometric: f64 = (0..4).map(|w| 1.05_f64.powf(week * f64::from(w))).sum();
        assert!((all / first - geometric).abs() < 1e-9);
        assert!(all > one);
    }

    #[test]
    fn two_ways_to_say_a_volume_are_one_too_many() {
        let text = changed(&[(
            "per_week = 1_000",
            "per_week = 1_000\ncustomers = { count = 20, ask = \"1/week\" }",
        )]);
        assert_eq!(codes(&text), ["two-volumes"]);
    }
}
