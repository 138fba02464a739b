//! Routes that hold at some hours of the week or from a date on only, compiled.

use super::plan::{NO_CLASS, StreamPlan, TierPlan};
use super::routing::{Classes, lots_of};
use crate::scenario::model::{Covering, Era, Route, Scenario};
use crate::time::{OpenHours, Tick};

/// The lots of a route that holds at some hours, or from a date on, only.
#[derive(Debug, Clone, PartialEq)]
pub struct TimedLots {
    /// Its hours (index into [`World::route_hours`](super::World::route_hours)).
    pub hours: usize,
    /// `(cumulative lot, class)`; the last is 1.
    pub lots: Vec<(f64, u16)>,
}

/// A scenario as if what holds from a date on had always held, as far as it decides who may take a contact: routes, and what
/// teams cost and how well they work.
pub struct Version {
    from: Tick,
    until: Tick,
    scenario: Scenario,
}

/// The versions of a scenario from each of its dates on.
pub fn versions(scenario: &Scenario) -> Vec<Version> {
    let eras = scenario.eras_until(Tick::MAX);
    eras.map(|(era, until)| Version {
        from: era.from,
        until,
        scenario: as_of(scenario, era),
    })
    .collect()
}

fn as_of(scenario: &Scenario, era: &Era) -> Scenario {
    let mut version = scenario.clone();
    version.eras.clear();
    version.routes = scenario.routes_in(era);
    for (stream, later) in version.streams.iter_mut().zip(&era.streams) {
        stream.work.clone_from(&later.work);
    }
    for (contract, pay) in version.contracts.iter_mut().zip(&era.pay) {
        contract.pay = *pay;
    }
    for (vendor, price) in version.vendors.iter_mut().zip(&era.prices) {
        vendor.price = *price;
    }
    for (team, equipment) in version.teams.iter_mut().zip(&era.equipment) {
        team.skills.clone_from(&equipment.skills);
    }
    for (team, heads) in version.teams.iter_mut().zip(&era.heads) {
        if let Some(heads) = heads {
            team.heads.clone_from(heads);
        }
    }
    version
}

/// How many routes hold at some hours only.
fn timed_routes(routes: &[Route]) -> usize {
    routes.iter().filter(|r| r.hours.is_some()).count()
}

/// When each of the routes holds that hold at some hours only, in file order; and where `dated`, for every date its span
/// and, inside it, these hours.
pub fn hours(scenario: &Scenario, until: Tick, dated: &[Version]) -> Vec<OpenHours> {
    let routes = scenario.routes.iter();
    let timed: Vec<OpenHours> = routes
        .filter_map(|r| r.holds(&scenario.horizon, until))
        .collect();
    let mut all = timed.clone();
    for version in dated {
        let (from, until) = (version.from, version.until);
        all.push(OpenHours::from_spans(vec![(from, until)]));
        all.extend(timed.iter().map(|hours| hours.inside(from, until)));
    }
    all
}

/// The lots of a stream's work at a tier: those that hold always, and before them those that hold at some hours only, of
/// them first those of dates from which others hold.
pub fn lots(
    scenario: &Scenario,
    versions: &[Version],
    at: (usize, usize),
    classes: &mut Classes,
) -> (Vec<(f64, u16)>, Vec<TimedLots>) {
    if scenario.streams[at.0].work[at.1].ends.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let mut trial = classes.clone();
    let first = lots_by_hour(scenario, at, false, 0, &mut trial);
    let mut differs = |v: &Version| lots_by_hour(&v.scenario, at, false, 0, &mut trial) != first;
    if !versions.iter().any(&mut differs) {
        return lots_by_hour(scenario, at, false, 0, classes);
    }
    let (always, timed) = lots_by_hour(scenario, at, true, 0, classes);
    let block = timed_routes(&scenario.routes) + 1;
    let mut all = Vec::new();
    for (v, version) in versions.iter().enumerate() {
        let span = block - 1 + v * block;
        let (lots, timed) = lots_by_hour(&version.scenario, at, true, span + 1, classes);
        all.extend(timed);
        all.push(TimedLots { hours: span, lots });
    }
    all.extend(timed);
    (always, all)
}

/// As if nothing changed on a date; the hours of routes are counted from `first` on.
fn lots_by_hour(
    scenario: &Scenario,
    at: (usize, usize),
    dated: bool,
    first: usize,
    classes: &mut Classes,
) -> (Vec<(f64, u16)>, Vec<TimedLots>) {
    let covering = Covering::of(&scenario.routes, at.0, at.1);
    let by_hours = dated || !covering.timed.is_empty();
    let always = lots_of(scenario, at, covering.always, by_hours, classes);
    let mut timed = |route: usize| TimedLots {
        hours: first + timed_routes(&scenario.routes[..route]),
        lots: lots_of(scenario, at, Some(route), by_hours, classes),
    };
    let timed = covering.timed.iter().map(|&r| timed(r)).collect();
    (always, timed)
}

/// The versions, where the lots of some stream go by their dates.
pub fn in_use<'v>(
    scenario: &Scenario,
    versions: &'v [Version],
    streams: &[StreamPlan],
) -> &'v [Version] {
    let timed = timed_routes(&scenario.routes);
    let tiers = streams.iter().flat_map(|s| &s.tiers);
    let mut all = tiers.flat_map(|t| &t.timed);
    if all.any(|t| t.hours >= timed) {
        versions
    } else {
        &[]
    }
}

impl TierPlan {
    /// The class of a contact whose lot is `u`, by the routes that hold at `now`.
    #[inline]
    #[must_use]
    pub fn class_at(&self, hours: &[OpenHours], now: Tick, u: impl FnOnce() -> f64) -> u16 {
        let lots = if self.timed.is_empty() {
            &self.classes
        } else {
            let holds = |t: &&TimedLots| hours[t.hours].is_open(now);
            let timed = self.timed.iter().find(holds);
            timed.map_or(&self.classes, |t| &t.lots)
        };
        match lots.as_slice() {
            [] => NO_CLASS,
            [(_, only)] => *only,
            _ => {
                let u = u();
                let drawn = lots.iter().find(|(sum, _)| u < *sum);
                drawn.map_or(NO_CLASS, |&(_, class)| class)
            }
        }
    }

    /// Every lot, whenever it holds.
    pub fn all_lots(&self) -> impl Iterator<Item = (f64, u16)> + '_ {
        let timed = self.timed.iter().flat_map(|t| &t.lots);
        self.classes.iter().chain(timed).copied()
    }
}

#[cfg(test)]
mod tests {
    use crate::scenario::testing::load;
    use crate::world::{LimitPlan, World, compile};

    const TEXT: &str = r#"
start = 2027-01-04
length = "4 weeks"
zone = "UTC"
[demand]
counted = "first contacts"
busyness = "none"
[channel.phone]
kind = "live"
open = "24/7"
[topic.help]
per_week = 100
handle = "5m"
ends = { resolved = "100%" }
[contract.cheap]
hours = "40h/week"
pay = { wage = "EUR 15/h" }
[contract.dear]
hours = "40h/week"
pay = { wage = "EUR 20/h" }
[team.a]
heads = { cheap = 1 }
roster = "none"
shrinkage = "none"
[team.b]
heads = { dear = 1 }
roster = "none"
shrinkage = "none"
"#;

    fn world(route: &str, set: &str) -> World {
        let from = format!("[[from]]\ndate = 2027-01-11\nset = {{ {set} }}\n");
        let scenario = load(&format!("{TEXT}{route}{from}"), &[]);
        compile(&scenario).unwrap_or_else(|e| panic!("{e}"))
    }

    /// The class of a contact at a day's noon: teams in order, and what a contact ahead takes.
    fn at(world: &World, day: u64) -> (Vec<u8>, f64) {
        let noon = day * crate::time::DAY + 12 * crate::time::HOUR;
        let class = world.streams[0].tiers[0].class_at(&world.route_hours, noon, || 0.5);
        let plan = &world.classes[usize::from(class)];
        (
            plan.choices.iter().map(|c| c.team).collect(),
            plan.per_contact / 1e6,
        )
    }

    #[test]
    fn teams_are_picked_and_waits_are_estimated_by_what_holds_on_the_date() {
        let cheapest = "[route.all]\npick = \"lowest cost\"\n";
        let raised = world(cheapest, "contract.cheap.pay = { wage = \"EUR 30/h\" }");
        assert_eq!(
            (at(&raised, 6).0, at(&raised, 7).0),
            (vec![0, 1], vec![1, 0])
        );
        let overflow =
            "[route.all]\nto = [{ team = \"a\" }, { team = \"b\", wait_over = \"2m\" }]\n";
        let slower = world(overflow, "topic.help.handle = \"8m\"");
        assert_eq!((at(&slower, 6).1, at(&slower, 7).1), (300.0, 480.0));
        let limit = |p: &crate::world::ClassPlan| {
            p.choices.last().is_some_and(|c| c.limit != LimitPlan::None)
        };
        assert!(slower.classes.iter().all(limit));
    }

    #[test]
    fn routes_lead_elsewhere_from_their_date_on() {
        let first = "[route.all]\nto = [\"a\"]\n";
        let other = world(first, "route.all.to = [\"b\"]");
        assert_eq!((at(&other, 6).0, at(&other, 7).0), (vec![0], vec![1]));
        // Until the end of the horizon, and where another date changes nothing more.
        assert_eq!(at(&other, 27).0, [1]);
    }

    #[test]
    fn what_changes_nobody_s_choice_leaves_one_class() {
        let same = world("[route.all]\nto = [\"a\"]\n", "topic.help.per_week = 200");
        assert!(same.route_hours.is_empty() && same.classes.len() == 1);
        assert!(!same.classes[0].by_hours);
    }
}
