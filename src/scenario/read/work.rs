//! The work of a topic on a channel, tier by tier: handle times and what comes of it.

use super::course;
use super::cursor::{Cursor, Item};
use super::demand::TopicTable;
use super::law::{self, Usual};
use super::names::Names;
use super::shares;
use crate::random::Law;
use crate::scenario::model::{Course, End, Work};
use crate::scenario::suggest::nearest;

/// Reads the work of one topic on one channel. Tiers it never reaches have no ends.
pub fn read(
    document: &Cursor<'_>,
    topic: &TopicTable<'_>,
    channel: usize,
    names: &Names,
) -> Vec<Work> {
    let idle = Work {
        handle: Law::Deterministic { mean: 0.0 },
        handle_course: None,
        ends: Vec::new(),
    };
    let mut work = vec![idle; names.tiers];
    let mut open = vec![0];
    while let Some(tier) = open.pop() {
        if !work[tier].ends.is_empty() {
            continue;
        }
        let place = Place {
            topic,
            tier_table: tier_table(document, tier),
            tier,
        };
        let (handle, handle_course) = place.handle(names.channels.name(channel));
        let ends = place.ends(names);
        open.extend(ends.iter().filter_map(|(_, end)| match end {
            End::Tier(next) => Some(*next),
            End::Team(team) => Some(names.team_tiers[*team]),
            End::Resolved | End::Returns | End::Engineering => None,
        }));
        work[tier] = Work {
            handle,
            handle_course,
            ends,
        };
    }
    work
}

fn tier_table<'a>(document: &Cursor<'a>, tier: usize) -> Option<Cursor<'a>> {
    document.sub("tier")?.sub(&(tier + 1).to_string())
}

/// One topic at one tier.
struct Place<'t, 'a> {
    topic: &'t TopicTable<'a>,
    tier_table: Option<Cursor<'a>>,
    tier: usize,
}

impl<'a> Place<'_, 'a> {
    fn handle(&self, channel: &str) -> (Law, Option<Course>) {
        let stand_in = Law::Deterministic { mean: 60.0 };
        let Some(item) = self.handle_item(channel) else {
            match self.topic.get("handle").and_then(|item| item.as_table()) {
                Some(written) if self.tier == 0 => written.missing(channel, "\"6m\""),
                _ => self.missing(
                    "handle",
                    &format!("{{ {} = \"6m\" }}", self.handle_key(channel)),
                ),
            }
            return (stand_in, None);
        };
        (
            law::read(&item, Usual::Handle).unwrap_or(stand_in),
            course::read(&item),
        )
    }

    fn handle_key(&self, channel: &str) -> String {
        if self.tier == 0 {
            channel.to_string()
        } else {
            format!("tier{}", self.tier + 1)
        }
    }

    /// The topic's own handle time for this tier, else the tier's.
    fn handle_item(&self, channel: &str) -> Option<Item<'a>> {
        let own = self
            .topic
            .get("handle")
            .and_then(|item| match item.as_table() {
                Some(table) if !is_law(&table) => match self.tier {
                    0 => table.get(channel),
                    _ => by_channel(table.get(&self.handle_key(channel))?, channel),
                },
                _ => (self.tier == 0).then_some(item),
            });
        own.or_else(|| by_channel(self.tier_table.as_ref()?.get("handle")?, channel))
    }

    fn ends(&self, names: &Names) -> Vec<(f64, End)> {
        let from_tier = || self.tier_table.as_ref()?.get("ends");
        let item = if self.tier == 0 {
            self.topic.get("ends").or_else(from_tier)
        } else {
            from_tier()
        };
        let Some(item) = item else {
            self.missing("ends", "{ resolved = \"79%\", returns = \"21%\" }");
            return vec![(1.0, End::Resolved)];
        };
        let Some(table) = item.table() else {
            return vec![(1.0, End::Resolved)];
        };
        let ends: Vec<(f64, End)> = shares::whole(&table)
            .iter()
            .filter_map(|(key, share, item)| Some((*share, self.end(key, item, names)?)))
            .filter(|(share, _)| *share > 0.0)
            .collect();
        if ends.is_empty() {
            vec![(1.0, End::Resolved)]
        } else {
            ends
        }
    }

    fn end(&self, key: &str, item: &Item<'_>, names: &Names) -> Option<End> {
        match key {
            "resolved" => return Some(End::Resolved),
            "returns" => return Some(End::Returns),
            "engineering" => return Some(End::Engineering),
            _ => {}
        }
        if let Some(number) = key
            .strip_prefix("tier")
            .and_then(|n| n.parse::<usize>().ok())
        {
            return self.next_tier(number, item, names);
        }
        if let Some(team) = names.teams.find(key) {
            return Some(End::Team(team));
        }
        let known = ["resolved", "returns", "tier2", "engineering"].into_iter();
        let teams = names.teams.names.iter().map(|(n, _)| n.as_str());
        let near = nearest(key, known.chain(teams));
        item.error_at_key(
            "unknown-end",
            format!("`{key}` is not an outcome of work"),
            "neither resolved, returns, a tier nor a team",
            near.map_or(
                "write `resolved`, `returns`, `tier2` or a team's name".to_string(),
                |n| format!("did you mean `{n}`?"),
            ),
        );
        None
    }

    fn next_tier(&self, number: usize, item: &Item<'_>, names: &Names) -> Option<End> {
        if !(1..=names.tiers).contains(&number) {
            item.error_at_key(
                "unknown-tier",
                format!("work is handed to tier {number}, but no team works there"),
                "no such tier",
                format!("give a team `tier = {number}`, or hand the work elsewhere"),
            );
            return None;
        }
        if number == self.tier + 1 {
            item.error_at_key(
                "tier-to-itself",
                format!("tier {number} hands work to itself"),
                "the tier this work is at",
                "name another tier, or a team",
            );
            return None;
        }
        Some(End::Tier(number - 1))
    }

    /// Notes what is missing where the planner would write it.
    fn missing(&self, key: &str, example: &str) {
        if self.tier == 0 {
            self.topic.own.missing(key, example);
            return;
        }
        let (own, number) = (&self.topic.own, self.tier + 1);
        own.notes.error(
            "missing-key",
            own.span,
            format!(
                "`{}` reaches tier {number}, but nothing says its `{key}` there",
                own.path
            ),
            format!("reaches tier {number}"),
            format!(
                "write `[tier.{number}] {key}`, for example `{key} = {}`",
                if key == "handle" { "\"16m\"" } else { example }
            ),
        );
    }
}

/// A value for one channel, where it is written by channel; the value itself otherwise.
pub fn by_channel<'a>(item: Item<'a>, channel: &str) -> Option<Item<'a>> {
    match item.as_table() {
        Some(table) if !is_law(&table) => table.get(channel),
        _ => Some(item),
    }
}

/// Whether a table describes one distribution rather than one for each channel.
pub fn is_law(table: &Cursor<'_>) -> bool {
    ["mean", "table", "hazard", "family"]
        .iter()
        .any(|key| table.get(key).is_some())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, good, only, read};
    use crate::scenario::model::End;

    const EXPERTS: (&str, &str) = (
        "[shift.day]",
        "[team.experts]\ntier = 2\nheads = 2\nshifts = [\"day\"]\nroster = \"fit\"\nshrinkage = \"none\"\n[tier.2]\nhandle = \"16m\"\ntriage = \"1m\"\nends = { resolved = \"90%\", returns = \"10%\" }\n[shift.day]",
    );
    const TO_TIER_2: (&str, &str) = ("returns = \"20%\"", "tier2 = \"5%\", returns = \"15%\"");

    #[test]
    fn a_tier_holds_where_a_topic_does_not_say_otherwise() {
        let scenario = good(&changed(&[EXPERTS, TO_TIER_2]));
        assert_eq!(scenario.tiers.len(), 2);
        assert_eq!(scenario.tiers[1].triage_s, 60.0);
        let work = &scenario.streams[0].work;
        assert_eq!(work[0].ends[1], (0.05, End::Tier(1)));
        assert_eq!(work[1].handle.mean(), 960.0);
        let own = changed(&[
            EXPERTS,
            TO_TIER_2,
            (
                "handle = \"5m\"",
                "handle = { phone = \"5m\", tier2 = \"22m\" }",
            ),
        ]);
        assert_eq!(good(&own).streams[0].work[1].handle.mean(), 1320.0);
    }

    #[test]
    fn a_tier_that_work_never_reaches_has_no_ends() {
        let (scenario, items) = read(&changed(&[EXPERTS]));
        assert!(scenario.streams[0].work[1].ends.is_empty());
        assert_eq!(
            items.iter().map(|d| d.code).collect::<Vec<_>>(),
            ["idle-team"]
        );
    }

    #[test]
    fn a_tier_nobody_works_at_and_an_unknown_outcome_are_refused() {
        assert!(only(&changed(&[TO_TIER_2])).contains("tier 2, but no team works there"));
        let (_, items) = read(&changed(&[("returns = \"20%\"", "retruns = \"20%\"")]));
        assert_eq!(items[0].help.as_deref(), Some("did you mean `returns`?"));
    }

    #[test]
    fn work_may_be_handed_to_a_team_by_name() {
        let text = changed(&[
            EXPERTS,
            ("returns = \"20%\"", "experts = \"5%\", returns = \"15%\""),
        ]);
        let scenario = good(&text);
        assert_eq!(scenario.streams[0].work[0].ends[1], (0.05, End::Team(0)));
        assert!(!scenario.streams[0].work[1].ends.is_empty());
        assert!(scenario.teams[0].skills[0].is_some());
    }
}
