//! `release` of a team: what becomes of heads that `[[from]]` takes away.

use super::cursor::Cursor;
use super::names::Names;
use super::outlook;
use super::ramp::meaningless;
use crate::scenario::model::{Heads, Outlook, Scenario, TeamRelease};

/// `release = { notice = "90 days", severance = "EUR 8_000", to = "experts", retraining = "4 weeks" }`.
pub fn read(table: &Cursor<'_>, outside: bool, names: &Names) -> Option<TeamRelease> {
    if outside {
        meaningless(
            table,
            "release",
            "a vendor's heads go by its contract's `ramp`",
        );
        return None;
    }
    let own = table.sub("release")?;
    let usual = Outlook::default().release;
    if own.get("attrition").is_none() {
        table.notes.assume_value(
            &super::cursor::join(&own.path, "attrition"),
            "30%",
            None,
            "about 30% of the heads leave in a year",
        );
    }
    if own.get("severance").is_none() {
        meaningless(&own, "notice", "without `severance` nobody is given notice");
    }
    let to = own.get("to");
    if to.is_none() {
        meaningless(&own, "retraining", "nobody goes to another team");
    }
    let retraining = own.get("retraining").map_or(Some(0.0), |i| i.duration());
    let team = to.as_ref().and_then(|i| names.teams.resolve(i));
    if let (Some(item), Some(team)) = (&to, team)
        && names
            .teams
            .find(table.path.split('.').nth(1).unwrap_or_default())
            == Some(team)
    {
        item.error(
            "release-to-itself",
            format!("`{}` names the team itself", item.path),
            "they would go where they are not needed",
            "name another team whose heads rise on the date",
        );
    }
    Some(TeamRelease {
        by: outlook::release_of(&own, usual),
        to: team,
        retraining_s: retraining?,
    })
}

/// Notes a `release` of a team whose heads never fall, or fall while nobody may leave.
pub fn check(document: &Cursor<'_>, scenario: &Scenario) {
    let sum = |heads: &[Heads]| -> u32 { heads.iter().map(|h| h.count).sum() };
    for (t, (_, table)) in document.named("team").iter().enumerate() {
        let Some(item) = table.get("release") else {
            continue;
        };
        let start = &scenario.teams[t].heads;
        let mut before = sum(start);
        let mut falls = false;
        for era in &scenario.eras {
            let heads = era.heads.get(t).and_then(Option::as_ref).unwrap_or(start);
            let now = sum(heads);
            falls |= now < before || heads.iter().zip(start).any(|(a, b)| a.count < b.count);
            before = now;
        }
        if !falls && !document.notes.has_errors() {
            item.error_at_key(
                "nothing-released",
                format!("heads of `{}` never fall on a date", table.path),
                "nobody is ever not needed any more",
                "lower its heads in a `[[from]]`, or remove it",
            );
        }
    }
}
