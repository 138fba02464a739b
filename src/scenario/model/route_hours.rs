//! Which routes hold for a stream at a tier, and when.

use super::partner::Route;
use super::{Era, Scenario};
use crate::time::{Holidays, Horizon, OpenHours, Tick};

/// The routes that a stream's contacts may take at a tier, as indexes into the scenario's routes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Covering {
    /// Those that hold at some hours only and stand before `always`, in order: the first whose hours it is holds.
    pub timed: Vec<usize>,
    /// The one that holds else; `None`: every team with the skill may take the contact.
    pub always: Option<usize>,
}

impl Covering {
    /// Looks them up in file order; what stands behind a route that always holds is never asked.
    #[must_use]
    pub fn of(routes: &[Route], stream: usize, tier: usize) -> Self {
        let mut found = Self::default();
        for (index, route) in routes.iter().enumerate() {
            if route.tier != tier || !route.streams.contains(&stream) {
                continue;
            }
            if route.hours.is_none() {
                found.always = Some(index);
                break;
            }
            found.timed.push(index);
        }
        found
    }

    /// All of them: each by its index, `None` for the freedom of every team with the skill.
    pub fn all(&self) -> impl Iterator<Item = Option<usize>> + '_ {
        self.timed.iter().copied().map(Some).chain([self.always])
    }
}

impl Scenario {
    /// The routes that hold from a date on.
    #[must_use]
    pub fn routes_in(&self, era: &Era) -> Vec<Route> {
        let later = era.routes.iter().map(Option::as_ref);
        let all = self.routes.iter().zip(later.chain(std::iter::repeat(None)));
        all.map(|(first, later)| later.unwrap_or(first).clone())
            .collect()
    }

    /// The routes from the start on, and from each date on that changes them.
    #[must_use]
    pub fn route_versions(&self) -> Vec<Vec<Route>> {
        let mut versions = vec![self.routes.clone()];
        for era in &self.eras {
            let later = self.routes_in(era);
            if versions.last() != Some(&later) {
                versions.push(later);
            }
        }
        versions
    }
}

impl Route {
    /// When it holds, up to `until` ticks; `None`: always.
    #[must_use]
    pub fn holds(&self, horizon: &Horizon, until: Tick) -> Option<OpenHours> {
        let hours = self.hours.as_ref()?;
        let zone = horizon.zone();
        Some(OpenHours::lay(
            hours,
            zone,
            &Holidays::none(),
            horizon,
            until,
        ))
    }
}
