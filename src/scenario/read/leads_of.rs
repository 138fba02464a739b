//! `leads_of` of a team: leads of other teams, as those who take what these cannot solve.

use super::cursor::Cursor;
use super::names::Names;
use super::ramp::meaningless;
use crate::scenario::model::{RosterSource, Team};

/// What follows from those who are led.
const FOLLOWS: [&str; 19] = [
    "vendor",
    "heads",
    "contract",
    "people",
    "languages",
    "groups",
    "shifts",
    "on_call",
    "roster",
    "published",
    "clock",
    "shrinkage",
    "other_work",
    "tools",
    "lead",
    "ramp",
    "release",
    "tenure",
    "promotes",
];

/// `leads_of = ["berlin", "hamburg"]`; `None` where it is not written.
pub fn read(table: &Cursor<'_>, names: &Names) -> Option<RosterSource> {
    let item = table.get("leads_of")?;
    for key in FOLLOWS {
        let why = "leads are paid by `lead` of their teams, and there when their people are";
        meaningless(table, key, why);
    }
    let mut led = names.teams.resolve_all(&item);
    led.sort_unstable();
    led.dedup();
    Some(RosterSource::Leads(led))
}

/// Notes teams without leads of our own, and leads who would be in two places.
pub fn check(document: &Cursor<'_>, teams: &[Team]) {
    let tables = document.named("team");
    let mut taken: Vec<Option<&str>> = vec![None; teams.len()];
    for ((_, table), team) in tables.iter().zip(teams) {
        let (RosterSource::Leads(led), Some(item)) = (&team.roster, table.get("leads_of")) else {
            continue;
        };
        for &of in led {
            let (name, own) = &tables[of];
            if own.get("lead").is_none() || own.get("vendor").is_some() {
                let why = if own.get("vendor").is_some() {
                    "is a vendor's, whose leads are not ours"
                } else {
                    "has no `lead`"
                };
                item.error(
                    "leads-of-nobody",
                    format!("`{}` names `{name}`, which {why}", item.path),
                    "nobody of ours leads it",
                    format!("leave `{name}` out, or write `team.{name}.lead`, for example `lead = {{ span = 10, salary = \"EUR 58_000/year\" }}`"),
                );
            }
            match taken[of] {
                Some(other) => item.error(
                    "leads-twice",
                    format!(
                        "the leads of `{name}` take escalations as `{other}` and as `{}`",
                        team.name
                    ),
                    "they would be in two places at once",
                    format!(
                        "leave `{name}` out of one of them, or let one team be the leads of all"
                    ),
                ),
                None => taken[of] = Some(&team.name),
            }
        }
    }
}
