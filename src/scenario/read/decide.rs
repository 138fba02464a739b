//! `[decide]`: what an optimizer may move, and the bounds it must keep.

use super::cursor::{Cursor, Item};
use super::names::Names;
use crate::scenario::forms::{self, Bound};
use crate::scenario::model::{
    Decide, Every, Floor, Heads, Keep, KeepMeasure, Lever, LeverTarget, Minimum, Route, Team,
};

/// Reads `[decide]`. A lever on a contract that a team has no heads of yet adds an entry of none.
pub fn read(document: &Cursor<'_>, names: &Names, teams: &mut [Team], routes: &[Route]) -> Decide {
    let Some(table) = document.sub("decide") else {
        return Decide::default();
    };
    let mut decide = Decide::default();
    for (key, item) in table.items() {
        match key {
            "least" => {
                item.word(&["cost"]);
            }
            "keep" => {
                for (item, place) in item.list().into_iter().zip(1..) {
                    keep(&item, place, names, &mut decide);
                }
            }
            "distinct_shift" => decide.distinct_shift = item.money().unwrap_or(0.0),
            "demand" | "risk" | "late" | "overtime" | "release" => {}
            _ => decide
                .levers
                .extend(lever(key, &item, names, teams, routes)),
        }
    }
    decide.outlook = super::outlook::read(&table, names);
    decide
}

fn lever(
    path: &str,
    item: &Item<'_>,
    names: &Names,
    teams: &mut [Team],
    routes: &[Route],
) -> Option<Lever> {
    let parts: Vec<&str> = path.split('.').collect();
    let target = match parts.as_slice() {
        ["team", team, "heads", rest @ ..] => heads(team, rest, item, names, teams),
        ["route", route, "to", team, "share"] => share(route, team, item, names, routes),
        _ => {
            let known = [
                "team.NAME.heads",
                "team.NAME.heads.CONTRACT",
                "route.NAME.to.TEAM.share",
            ];
            item.error_at_key(
                "unknown-lever",
                format!("`{path}` is not something that can be decided"),
                "no such lever",
                format!("write one of {}", known.join(", ")),
            );
            None
        }
    };
    let range = item.table()?;
    let share = path.ends_with("share");
    let examples = if share {
        ["\"0%\"", "\"80%\""]
    } else {
        ["20", "45"]
    };
    let from = range
        .need("from", examples[0])
        .and_then(|i| amount(&i, share));
    let to = range
        .need("to", examples[1])
        .and_then(|i| amount(&i, share));
    let more = |key: &str| range.get(key).and_then(|i| amount(&i, share));
    let lever = Lever {
        path: path.to_string(),
        target: target?,
        from: from?,
        to: to?,
        step: more("step"),
        or: more("or"),
    };
    if lever.from > lever.to {
        item.error(
            "empty-range",
            format!("the range of `{path}` ends before it begins"),
            "`to` is below `from`",
            "let `to` be at least `from`",
        );
        return None;
    }
    if lever.step.is_some_and(|s| s <= 0.0) {
        item.error(
            "empty-range",
            format!("the step of `{path}` is nothing"),
            "a step of zero never arrives",
            "write a step above zero, or none",
        );
        return None;
    }
    Some(lever)
}

/// Heads are counts, shares are percentages.
fn amount(value: &Item<'_>, share: bool) -> Option<f64> {
    if share {
        value.share()
    } else {
        value.count().map(f64::from)
    }
}

fn heads(
    team: &str,
    rest: &[&str],
    item: &Item<'_>,
    names: &Names,
    teams: &mut [Team],
) -> Option<LeverTarget> {
    let index = names.teams.resolve_name(team, item)?;
    let heads = &mut teams[index].heads;
    let [contract] = rest else {
        if rest.is_empty() && heads.len() <= 1 {
            return (!heads.is_empty()).then_some(LeverTarget::Heads(index, 0));
        }
        item.error(
            "which-contract",
            format!(
                "`{}` has people under several contracts",
                names.teams.name(index)
            ),
            "heads of which contract?",
            format!(
                "write `team.{team}.heads.{}`",
                names
                    .contracts
                    .names
                    .first()
                    .map_or("full-time", |(n, _)| n)
            ),
        );
        return None;
    };
    let contract = names.contracts.resolve_name(contract, item)?;
    let at = heads
        .iter()
        .position(|h| h.contract == Some(contract))
        .unwrap_or_else(|| {
            heads.push(Heads {
                contract: Some(contract),
                count: 0,
            });
            heads.len() - 1
        });
    Some(LeverTarget::Heads(index, at))
}

fn share(
    route: &str,
    team: &str,
    item: &Item<'_>,
    names: &Names,
    routes: &[Route],
) -> Option<LeverTarget> {
    let index = names.routes.resolve_name(route, item)?;
    let team_index = names.teams.resolve_name(team, item)?;
    let at = routes[index]
        .to
        .iter()
        .position(|e| e.team == team_index && e.share.is_some());
    if at.is_none() {
        item.error(
            "no-share",
            format!("the route `{route}` gives `{team}` no share that could be decided"),
            "no `share` there",
            format!("write `{{ team = \"{team}\", share = \"0%\" }}` in the route's `to`"),
        );
    }
    Some(LeverTarget::Share(index, at?))
}

/// Reads a sentence of `keep` into the bounds, floors or minimums that it means.
fn keep(item: &Item<'_>, place: usize, names: &Names, decide: &mut Decide) -> Option<()> {
    let bound = item.form(
        "a bound",
        "\"vendor share of contacts at most 50%\"",
        forms::keep,
    )?;
    let text = item.text()?.to_string();
    let (measure, at_most) = match bound {
        Bound::VendorShare { vendor, at_most } => {
            let vendor = match vendor {
                Some(name) => Some(names.vendors.resolve_name(&name, item)?),
                None => None,
            };
            (KeepMeasure::VendorShare(vendor), at_most)
        }
        Bound::EachVendorShare { at_most } => {
            for vendor in 0..names.vendors.len() {
                decide.keep.push(Keep {
                    text: format!("{text} ({})", names.vendors.name(vendor)),
                    place,
                    measure: KeepMeasure::VendorShare(Some(vendor)),
                    at_most,
                });
            }
            return Some(());
        }
        Bound::Resolved { at_least } => {
            decide.floors.push(Floor {
                text,
                place,
                resolved: at_least,
            });
            return Some(());
        }
        Bound::AtWork { team, at_least } => {
            let team = names.teams.resolve_name(&team, item)?;
            decide.minimums.push(Minimum {
                text,
                place,
                team,
                people: at_least,
            });
            return Some(());
        }
        Bound::Occupancy {
            team,
            every,
            at_most,
        } => (
            KeepMeasure::Occupancy(
                names.teams.resolve_name(&team, item)?,
                every.unwrap_or(Every::Week),
            ),
            at_most,
        ),
        Bound::Cost { currency, at_most } => {
            item.notes.currency(&currency, item.node.span)?;
            (KeepMeasure::Budget, at_most)
        }
    };
    decide.keep.push(Keep {
        text,
        place,
        measure,
        at_most,
    });
    Some(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::testing::{changed, codes, good, only};
    use crate::scenario::model::{KeepMeasure, LeverTarget};

    fn decided(text: &str) -> String {
        changed(&[("[shift.day]", &format!("[decide]\n{text}\n[shift.day]"))])
    }

    #[test]
    fn levers_point_at_heads() {
        let scenario = good(&decided(
            "least = \"cost\"\n\"team.all.heads\" = { from = 5, to = 30, or = 0 }\nkeep = [\"weekly occupancy of all at most 86%\", \"cost at most EUR 90_000/month\"]",
        ));
        let lever = &scenario.decide.levers[0];
        assert_eq!(lever.target, LeverTarget::Heads(0, 0));
        assert_eq!((lever.from, lever.to, lever.or), (5.0, 30.0, Some(0.0)));
        assert!(matches!(
            scenario.decide.keep[0].measure,
            KeepMeasure::Occupancy(0, _)
        ));
        assert_eq!(
            (
                &scenario.decide.keep[1].measure,
                scenario.decide.keep[1].at_most
            ),
            (&KeepMeasure::Budget, 90_000.0)
        );
        let never = good(&decided(
            "\"team.all.heads\" = { from = 5, to = 30 }\nkeep = [\"never alone in all\", \"at least 3 at work in all\"]",
        ));
        let people: Vec<u32> = never.decide.minimums.iter().map(|m| m.people).collect();
        assert_eq!(people, [2, 3]);
        let by_contract = good(&decided("\"team.all.heads.full\" = { from = 5, to = 30 }"));
        assert_eq!(
            by_contract.decide.levers[0].target,
            LeverTarget::Heads(0, 0)
        );
    }

    #[test]
    fn unknown_levers_and_empty_ranges_are_refused() {
        assert_eq!(
            only(&decided("\"team.al.heads\" = { from = 5, to = 30 }")),
            "there is no team named `al`"
        );
        assert_eq!(
            codes(&decided("\"shift.day.length\" = { from = 5, to = 30 }")),
            ["unknown-lever"]
        );
        assert_eq!(
            codes(&decided("\"team.all.heads\" = { from = 30, to = 5 }")),
            ["empty-range"]
        );
    }
}
