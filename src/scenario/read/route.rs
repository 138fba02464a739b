//! `[route.*]`: to which teams contacts may go, and when.
//!
//! Routes are a list in the order of the file: of those that cover a contact at its tier and at the hour, the first holds.

use super::cursor::{Cursor, Item};
use super::names::Names;
use super::selector::Selector;
use super::shares::percent;
use crate::scenario::keys;
use crate::scenario::model::{Limit, Pick, Route, RouteEntry, Stream, Team};

/// Reads all routes, in file order.
pub fn read_all(
    document: &Cursor<'_>,
    names: &Names,
    streams: &[Stream],
    teams: &[Team],
) -> Vec<Route> {
    let mut routes: Vec<Route> = Vec::new();
    for (name, table) in document.named("route") {
        let route = read(name, &table, names, streams, teams);
        hidden(&route, &table, &routes);
        routes.push(route);
    }
    routes
}

/// Warns of a route of some hours behind others that hold always for all its contacts.
fn hidden(route: &Route, table: &Cursor<'_>, before: &[Route]) {
    // Hours that could not be read are noted; they would seem to be all hours.
    if table.notes.has_errors() {
        return;
    }
    let always = before
        .iter()
        .filter(|r| r.tier == route.tier && r.hours.is_none());
    let taken = |stream: &usize| always.clone().find(|r| r.streams.contains(stream));
    let taken: Option<Vec<&Route>> = route.streams.iter().map(taken).collect();
    if let (Some(first), true) = (
        taken.and_then(|all| all.first().copied()),
        route.hours.is_some(),
    ) {
        table.notes.warning(
            "hidden-route",
            table.span,
            format!(
                "no contacts ever take the route `{}`: `{}` holds at all hours and stands before it",
                route.name, first.name
            ),
            "the first route that covers a contact at the hour holds",
            format!("write it before `route.{}`", first.name),
        );
    }
}

fn read(
    name: &str,
    table: &Cursor<'_>,
    names: &Names,
    streams: &[Stream],
    teams: &[Team],
) -> Route {
    let said = table.sub("when");
    let when = said
        .as_ref()
        .map_or_else(Selector::default, |w| Selector::read(w, names));
    let hours = said
        .and_then(|w| w.get("hours"))
        .and_then(|i| i.week_hours());
    let tier = table.get("tier").and_then(|i| {
        i.count().filter(|n| {
            i.within(
                f64::from(*n),
                1.0,
                names.tiers as f64,
                "a tier that teams work at",
            )
        })
    });
    let tier = tier.map_or(0, |n| n as usize - 1);
    let pick = table.get("pick").map(|i| pick(&i));
    let to = match pick {
        // Every team with the skill, chosen by the rule.
        Some(_) => table.get("to"),
        None => table.need(
            "to",
            "[{ team = \"berlin\" }, { team = \"manila\", after = \"40s\" }]",
        ),
    };
    let covered = when.pick(streams);
    let route = Route {
        name: name.to_string(),
        tier,
        to: match &to {
            Some(to) => to.list().iter().filter_map(|i| entry(i, names)).collect(),
            None => skilled(tier, &covered, teams),
        },
        streams: covered,
        pick: pick.unwrap_or_default(),
        hours,
    };
    if route.streams.is_empty() && !streams.is_empty() {
        table.notes.warning(
            "empty-route",
            table.key_span("when"),
            format!("no contacts take the route `{name}`"),
            "matches no stream of demand",
            "correct `when`, or remove the route",
        );
    }
    if let Some(to) = to {
        check(&route, &to, teams);
    }
    route
}

/// `pick = "lowest cost"`.
fn pick(item: &Item<'_>) -> Pick {
    let rules = [
        Pick::Written,
        Pick::LongestIdle,
        Pick::FewestSkills,
        Pick::LowestCost,
        Pick::BestProficiency,
    ];
    item.word(keys::PICKS)
        .map_or(Pick::Written, |word| rules[word])
}

/// Every team of a tier with the skill for one of the streams.
fn skilled(tier: usize, streams: &[usize], teams: &[Team]) -> Vec<RouteEntry> {
    (0..teams.len())
        .filter(|&t| teams[t].tier == tier && streams.iter().any(|&s| teams[t].skills[s].is_some()))
        .map(RouteEntry::at_once)
        .collect()
}

/// `{ team = "manila", share = "30%" }`, `{ team = "manila", after = "40s" }`, or the team's name alone.
fn entry(item: &Item<'_>, names: &Names) -> Option<RouteEntry> {
    let Some(table) = item.as_table() else {
        return Some(RouteEntry::at_once(names.teams.resolve(item)?));
    };
    let team = table
        .need("team", "\"berlin\"")
        .and_then(|i| names.teams.resolve(&i));
    let share = table.get("share").map(|i| i.share());
    let after = table.get("after").map_or(Some(0.0), |i| i.duration());
    let share = match share {
        Some(share) => Some(share?),
        None => None,
    };
    Some(RouteEntry {
        team: team?,
        share,
        after_s: after?,
        limit: limit(&table)?,
    })
}

/// `queue_over = 10` or `wait_over = "2m"`; `None` where one is written that cannot be read.
fn limit(table: &Cursor<'_>) -> Option<Limit> {
    let (queue, wait) = (table.get("queue_over"), table.get("wait_over"));
    let conditions = [&queue, &wait, &table.get("share")];
    if conditions.into_iter().flatten().count() > 1 {
        table.notes.error(
            "two-conditions",
            table.span,
            format!(
                "`{}` states more than one of `share`, `queue_over` and `wait_over`",
                table.path
            ),
            "one entry states one condition",
            "keep one of them, or write an entry for each",
        );
    }
    match (queue, wait) {
        (Some(queue), _) => Some(Limit::Waiting(queue.count()?)),
        (None, Some(wait)) => Some(Limit::Expected(wait.duration()?)),
        (None, None) => Some(Limit::None),
    }
}

fn check(route: &Route, to: &Item<'_>, teams: &[Team]) {
    let shares: f64 = route.to.iter().filter_map(|e| e.share).sum();
    if shares > 1.0 + 1e-9 {
        to.error(
            "over-a-whole",
            format!(
                "the shares of `{}` sum to {}, above 100%",
                to.path,
                percent(shares)
            ),
            format!("these sum to {}", percent(shares)),
            "lower them to 100% together",
        );
    }
    if shares < 1.0 - 1e-9 && !route.to.is_empty() && route.to.iter().all(|e| e.share.is_some()) {
        to.error(
            "not-a-whole",
            format!(
                "`{}` says for {} of the contacts only where they go",
                to.path,
                percent(shares)
            ),
            "the rest goes nowhere",
            "add a team without `share` for the rest",
        );
    }
    if !route.to.is_empty()
        && route
            .to
            .iter()
            .all(|e| e.share.is_none() && e.limit != Limit::None)
    {
        to.error(
            "always-limited",
            format!(
                "`{}` says only where contacts go while the queue is long",
                to.path
            ),
            "nobody takes them while it is short",
            "add a team without `queue_over` and `wait_over`",
        );
    }
    for entry in &route.to {
        let team = &teams[entry.team];
        if team.tier != route.tier {
            to.error(
                "wrong-tier",
                format!(
                    "`{}` sends contacts at tier {} to `{}`, which works at tier {}",
                    to.path,
                    route.tier + 1,
                    team.name,
                    team.tier + 1
                ),
                format!("`{}` works at another tier", team.name),
                format!(
                    "write `tier = {}` in the route, or name a team of tier {}",
                    team.tier + 1,
                    route.tier + 1
                ),
            );
        } else if !route.streams.is_empty()
            && route.streams.iter().all(|s| team.skills[*s].is_none())
        {
            to.notes.warning(
                "no-skill-on-route",
                to.node.span,
                format!(
                    "`{}` names `{}`, which has the skill for none of its contacts",
                    to.path, team.name
                ),
                format!("`{}` can work on none of them", team.name),
                "correct the team's `skills`, or remove it from the route",
            );
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, codes, good, only};

    fn routed(to: &str) -> String {
        let teams =
            "[team.far]\nheads = 3\nshifts = [\"day\"]\nroster = \"fit\"\nshrinkage = \"none\"\n";
        changed(&[(
            "[shift.day]",
            &format!(
                "{teams}[route.r]\nwhen = {{ channels = [\"phone\"] }}\nto = {to}\n[shift.day]"
            ),
        )])
    }

    #[test]
    fn entries_are_names_or_tables() {
        let scenario = good(&routed(
            "[{ team = \"far\", share = \"30%\" }, \"all\", { team = \"far\", after = \"40s\" }]",
        ));
        let to = &scenario.routes[0].to;
        assert_eq!(
            (to[0].share, to[1].share, to[2].after_s),
            (Some(0.3), None, 40.0)
        );
        assert_eq!((to[0].team, to[1].team), (0, 1));
        assert_eq!(scenario.routes[0].streams, [0]);
    }

    #[test]
    fn shares_over_a_whole_and_a_rest_without_team_are_refused() {
        assert_eq!(
            codes(&routed(
                "[{ team = \"far\", share = \"60%\" }, { team = \"all\", share = \"50%\" }]"
            )),
            ["over-a-whole"]
        );
        assert!(
            only(&routed(
                "[{ team = \"far\", share = \"60%\" }, { team = \"all\", share = \"30%\" }]"
            ))
            .contains("for 90% of the contacts only")
        );
    }

    #[test]
    fn a_route_leads_to_teams_of_its_tier() {
        let text = routed("[\"far\", \"all\"]").replace("[team.far]", "[team.far]\ntier = 2");
        assert!(codes(&text).contains(&"wrong-tier"));
    }
}
