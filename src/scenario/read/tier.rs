//! `[tier.N]`, `[engineering]` and `[automation.*]`: support levels, how contacts come into them, what goes out.

use super::cursor::{Cursor, Item};
use super::law::{self, Usual};
use super::names::Names;
use super::{shares, swarm};
use crate::random::Law;
use crate::scenario::model::{
    End, Engineering, HandOff, Misrouting, Overhead, Scenario, Stream, Tier,
};

/// Reads the tiers; those that only a team names take no triage time.
pub fn read_all(document: &Cursor<'_>, names: &Names) -> Vec<Tier> {
    let automation = automation(document);
    let tables = document.sub("tier");
    (1..=names.tiers)
        .map(|number| {
            let table = tables.as_ref().and_then(|t| t.sub(&number.to_string()));
            let get = |key: &str| table.as_ref().and_then(|t| t.get(key));
            let triage_s = get("triage").and_then(|i| i.duration()).unwrap_or(0.0);
            Tier {
                number: number as u32,
                triage_s: triage_s * automation.triage,
                hand_off: get("hand_off").map_or(HandOff::Cold, |i| hand_off(&i, number)),
                misrouted: get("misrouted")
                    .and_then(|i| misrouted(&i.table()?, triage_s, names))
                    .map(|m| Misrouting {
                        share: m.share * automation.misrouted,
                        ..m
                    }),
                swarm: get("swarm").and_then(|i| swarm::read(&i.table()?, names)),
            }
        })
        .collect()
}

/// `hand_off = "cold"` or `{ together = "2m", waits = "3m" }`.
fn hand_off(item: &Item<'_>, number: usize) -> HandOff {
    if item.is("cold") {
        return HandOff::Cold;
    }
    if number == 1 {
        item.error(
            "meaningless-key",
            "`tier.1.hand_off` means nothing: contacts come to tier 1 from outside".to_string(),
            "customers reach tier 1 themselves",
            "write it for the tier that contacts are handed into",
        );
    }
    let Some(table) = item.table() else {
        return HandOff::Cold;
    };
    let together = table.need("together", "\"2m\"").and_then(|i| i.duration());
    let waits = table.or_default("waits", |i| i.duration());
    HandOff::Warm {
        together_s: together.unwrap_or(0.0),
        waits_s: waits.unwrap_or(0.0),
    }
}

fn misrouted(table: &Cursor<'_>, triage_s: f64, names: &Names) -> Option<Misrouting> {
    let share = table.need("share", "\"12%\"").and_then(|i| i.share());
    let to = match table.get("to") {
        Some(item) => Some(names.teams.resolve(&item)?),
        None => None,
    };
    let costs_s = match table.get("costs") {
        Some(item) => item.duration()?,
        None if triage_s > 0.0 => triage_s,
        None => {
            table.missing("costs", "\"2m\"");
            return None;
        }
    };
    Some(Misrouting {
        share: share?,
        to,
        costs_s,
    })
}

/// What all automation together leaves of misroutes and triage.
struct Automation {
    misrouted: f64,
    triage: f64,
}

fn automation(document: &Cursor<'_>) -> Automation {
    let mut left = Automation {
        misrouted: 1.0,
        triage: 1.0,
    };
    for (_, table) in document.by_name("automation") {
        let factor = |key: &str| {
            table.get(key).and_then(|i| {
                i.percent()
                    .filter(|f| i.within(*f, 0.0, 1.0, "a part that remains, between 0% and 100%"))
            })
        };
        left.misrouted *= factor("misrouted").unwrap_or(1.0);
        left.triage *= factor("triage").unwrap_or(1.0);
    }
    left
}

/// What automation costs.
pub fn prices(document: &Cursor<'_>) -> Vec<Overhead> {
    let price = |(name, table): (&str, Cursor<'_>)| {
        let price = table.need("price", "\"EUR 4_000/month\"")?;
        Some(Overhead {
            name: name.to_string(),
            per_month: price.per_month()?,
        })
    };
    document
        .by_name("automation")
        .into_iter()
        .filter_map(price)
        .collect()
}

/// The delay of work that streams hand to engineering; it is never defaulted where some do.
pub fn engineering(document: &Cursor<'_>, streams: &[Stream]) -> Option<Engineering> {
    let handed = streams
        .iter()
        .flat_map(|s| &s.work)
        .flat_map(|w| &w.ends)
        .any(|(_, end)| *end == End::Engineering);
    let Some(table) = document.sub("engineering") else {
        if handed {
            document.notes.error(
                "missing-key",
                document.span,
                "work is handed to engineering, but nothing says how long that takes",
                "no `[engineering]` in this file",
                "write for example `[engineering]` with `takes = \"5 days\"`",
            );
        }
        return None;
    };
    let takes = table
        .need("takes", "\"5 days\"")
        .and_then(|i| law::read(&i, Usual::Delay));
    let back = table.sub("ends").map_or(0.0, |ends| {
        let parts = shares::whole(&ends);
        let back = parts.iter().find(|(key, _, _)| *key == "back");
        back.map_or(0.0, |(_, share, _)| *share)
    });
    if !handed {
        document.notes.warning(
            "unused-engineering",
            table.span,
            "no work is ever handed to engineering",
            "nothing ends there",
            "write `engineering = \"3%\"` among the `ends` of a topic or tier, or remove the table",
        );
    }
    Some(Engineering {
        takes: takes.unwrap_or(Law::Exponential { mean: 1.0 }),
        back,
    })
}

/// Notes misrouting that can never happen because every team is right for every contact.
pub fn check(document: &Cursor<'_>, scenario: &Scenario) {
    for (tier, rule) in scenario.tiers.iter().enumerate() {
        let Some(rule) = rule.misrouted.as_ref().filter(|r| r.share > 0.0) else {
            continue;
        };
        let comes = |s: usize| !scenario.streams[s].work[tier].ends.is_empty();
        let astray = (0..scenario.streams.len())
            .any(|s| comes(s) && !rule.wrong_teams(tier, s, &scenario.teams).is_empty());
        if !astray && !scenario.teams.is_empty() {
            let tables = document.sub("tier");
            let table = tables.and_then(|t| t.sub(&(tier + 1).to_string()));
            document.notes.error(
                "nowhere-astray",
                table.map_or(document.span, |t| t.key_span("misrouted")),
                format!(
                    "no contact of tier {} can go astray: every team there is right for all of them",
                    tier + 1
                ),
                "no team is the wrong one",
                "name with `to` a team that does not have the skill, or remove `misrouted`",
            );
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, codes, good};
    use crate::scenario::model::HandOff;

    const EXPERTS: (&str, &str) = (
        "[shift.day]",
        "[team.experts]\ntier = 2\nheads = 2\nshifts = [\"day\"]\nroster = \"fit\"\nshrinkage = \"none\"\n[tier.2]\nhandle = \"16m\"\ntriage = \"2m\"\nhand_off = { together = \"90s\" }\nmisrouted = { share = \"20%\", to = \"all\" }\nends = { resolved = \"90%\", engineering = \"10%\" }\n[engineering]\ntakes = \"5 days\"\nends = { resolved = \"75%\", back = \"25%\" }\n[automation.router]\nmisrouted = \"40%\"\ntriage = \"50%\"\nprice = \"EUR 1_200/year\"\n[shift.day]",
    );
    const TO_TIER_2: (&str, &str) = ("returns = \"20%\"", "tier2 = \"5%\", returns = \"15%\"");

    #[test]
    fn automation_leaves_a_part_of_misroutes_and_triage_at_a_price() {
        let scenario = good(&changed(&[EXPERTS, TO_TIER_2]));
        let tier = &scenario.tiers[1];
        assert_eq!(tier.triage_s, 60.0);
        let misrouted = tier.misrouted.unwrap();
        assert!((misrouted.share - 0.08).abs() < 1e-12);
        // What a misroute costs is said before automation shortens triage.
        assert_eq!(misrouted.costs_s, 120.0);
        assert_eq!(scenario.overheads[0].per_month, 100.0);
        assert_eq!(
            tier.hand_off,
            HandOff::Warm {
                together_s: 90.0,
                waits_s: 180.0
            }
        );
        let engineering = scenario.engineering.unwrap();
        assert_eq!(
            (engineering.takes.mean(), engineering.back),
            (432_000.0, 0.25)
        );
    }

    #[test]
    fn a_misroute_needs_a_wrong_team() {
        let alone = (EXPERTS.0, &*EXPERTS.1.replace(", to = \"all\"", ""));
        assert_eq!(codes(&changed(&[alone, TO_TIER_2])), ["nowhere-astray"]);
    }
}
