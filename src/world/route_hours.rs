//! Routes that hold at some hours of the week only, compiled.

use super::plan::{NO_CLASS, TierPlan};
use super::routing::{Classes, lots_of};
use crate::scenario::model::{Covering, Scenario};
use crate::time::{OpenHours, Tick};

/// The lots of a route that holds at some hours only.
#[derive(Debug, Clone, PartialEq)]
pub struct TimedLots {
    /// Its hours (index into [`World::route_hours`](super::World::route_hours)).
    pub hours: usize,
    /// `(cumulative lot, class)`; the last is 1.
    pub lots: Vec<(f64, u16)>,
}

/// When each of the routes holds that hold at some hours only, in file order.
pub fn hours(scenario: &Scenario, until: Tick) -> Vec<OpenHours> {
    let routes = scenario.routes.iter();
    routes
        .filter_map(|r| r.holds(&scenario.horizon, until))
        .collect()
}

/// The lots of a stream's work at a tier: those that hold always, and before them those that hold at some hours only.
pub fn lots(
    scenario: &Scenario,
    stream: usize,
    tier: usize,
    classes: &mut Classes,
) -> (Vec<(f64, u16)>, Vec<TimedLots>) {
    if scenario.streams[stream].work[tier].ends.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let covering = Covering::of(&scenario.routes, stream, tier);
    let by_hours = !covering.timed.is_empty();
    let always = lots_of(scenario, (stream, tier), covering.always, by_hours, classes);
    let earlier = |route: usize| scenario.routes[..route].iter();
    let mut timed = |route: usize| TimedLots {
        hours: earlier(route).filter(|r| r.hours.is_some()).count(),
        lots: lots_of(scenario, (stream, tier), Some(route), by_hours, classes),
    };
    let timed = covering.timed.iter().map(|&r| timed(r)).collect();
    (always, timed)
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
