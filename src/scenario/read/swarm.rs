//! `[tier.N] swarm`: specialists pulled in instead of handing on.

use super::cursor::{Cursor, Item};
use super::law::{self, Usual};
use super::names::Names;
use crate::scenario::model::{End, Scenario, Swarm};

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

/// Notes a swarm where nothing would be handed on, and one whose helpers are no people.
pub fn check(document: &Cursor<'_>, scenario: &Scenario) {
    for (tier, rule) in scenario.tiers.iter().enumerate() {
        let Some(swarm) = &rule.swarm else {
            continue;
        };
        let tables = document.sub("tier");
        let table = tables.and_then(|t| t.sub(&(tier + 1).to_string()));
        let at = |key| table.as_ref().map_or(document.span, |t| t.key_span(key));
        let helper = &scenario.teams[swarm.helper];
        if helper.vendor.is_some_and(|v| scenario.vendors[v].unlimited) {
            document.notes.error(
                "helper-no-person",
                at("swarm"),
                format!("`{}` is automation, which cannot join anybody", helper.name),
                "a specialist joins the owner here",
                "name a team of people as `helper`, or let work end in a tier of automation",
            );
        }
        let mut works = scenario.streams.iter().flat_map(|s| &s.work);
        let comes = works.any(|w| w.ends.iter().any(|(_, e)| *e == End::Tier(tier)));
        if !comes {
            document.notes.error(
                "nothing-to-swarm",
                at("swarm"),
                format!("no contact is handed to tier {}", tier + 1),
                "there is nothing to swarm",
                format!("let work end in `tier{}`, or remove `swarm`", tier + 1),
            );
        }
    }
}
