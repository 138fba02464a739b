//! `[tier.N] swarm`: specialists pulled in instead of handing on.

use super::cursor::{Cursor, Item};
use super::law::{self, Usual};
use super::names::Names;
use crate::scenario::model::{ChannelKind, End, Scenario, Swarm};

/// `swarm = { share = "22%", helper = "1 of experts", helper_time = "35%", finds_after = "20m", owner = "keeps" }`.
pub fn read(table: &Cursor<'_>, names: &Names) -> Option<Swarm> {
    let share = table.need("share", "\"22%\"").and_then(|i| i.share());
    let helper = table
        .need("helper", "\"1 of experts\"")
        .and_then(|i| helper(&i, names));
    let helper_time = table.or_default("helper_time", |i| i.share());
    let finds_after = table.or_default("finds_after", |i| law::read(i, Usual::Fixed));
    let waits_s = table.or_default("waits", |i| i.duration());
    let owner = table
        .get("owner")
        .map_or(Some(0), |i| i.word(&["keeps", "passes"]));
    Some(Swarm {
        share: share?,
        helper: helper?,
        helper_time: helper_time?,
        finds_after: finds_after?,
        owner_keeps: owner? == 0,
        waits_s: waits_s?,
    })
}

/// `1 of experts`, or the team's name alone.
fn helper(item: &Item<'_>, names: &Names) -> Option<usize> {
    let text = item.text()?;
    let (count, team) = text.split_once(" of ").unwrap_or(("1", text));
    if count.trim() != "1" {
        item.error(
            "one-helper",
            format!(
                "`{}` asks for `{count}` helpers, but one joins a contact",
                item.path
            ),
            "one specialist is pulled in",
            format!(
                "write \"1 of {team}\", with the `helper_time` all of them would take together"
            ),
        );
        return None;
    }
    names.teams.resolve_name(team.trim(), item)
}

/// Notes a swarm for contacts that can never be swarmed.
pub fn check(document: &Cursor<'_>, scenario: &Scenario) {
    for (tier, rule) in scenario.tiers.iter().enumerate() {
        if rule.swarm.is_none() {
            continue;
        }
        let comes = scenario.streams.iter().any(|s| {
            let kind = scenario.channels[s.channel].kind;
            kind != ChannelKind::Concurrent
                && s.work
                    .iter()
                    .flat_map(|w| &w.ends)
                    .any(|(_, e)| *e == End::Tier(tier))
        });
        if !comes {
            let tables = document.sub("tier");
            let table = tables.and_then(|t| t.sub(&(tier + 1).to_string()));
            document.notes.error(
                "nothing-to-swarm",
                table.map_or(document.span, |t| t.key_span("swarm")),
                format!("no call or ticket is handed to tier {}", tier + 1),
                "there is nothing to swarm",
                format!("let work end in `tier{}`, or remove `swarm`", tier + 1),
            );
        }
    }
}
