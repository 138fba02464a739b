//! Vendors in compiled terms: whose answers count for whose promise, and when months end.

use super::plan::Choice;
use crate::scenario::model::{Limit, RouteEntry, Scenario, Team};
use crate::time::{self, Tick, ticks};

/// What a vendor promised us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VendorPromisePlan {
    /// Vendor (index into the scenario's).
    pub vendor: usize,
    /// From arrival to answer, ticks.
    pub within: Tick,
}

/// Every promise a vendor made. There are at most as many as teams, so their bits fit into a word.
pub fn promises(scenario: &Scenario) -> Vec<VendorPromisePlan> {
    let used = |v: usize| scenario.teams.iter().any(|t| t.vendor == Some(v));
    let vendors = scenario.vendors.iter().enumerate();
    vendors
        .filter(|(v, _)| used(*v))
        .filter_map(|(vendor, v)| {
            Some(VendorPromisePlan {
                vendor,
                within: ticks(v.promise?.within_s),
            })
        })
        .collect()
}

/// Place of a vendor's promise among those of the world.
#[must_use]
pub fn vendor_promise(scenario: &Scenario, vendor: usize) -> Option<usize> {
    promises(scenario).iter().position(|p| p.vendor == vendor)
}

/// The promise that a team's answers count for.
pub fn promise_of(team: &Team, promises: &[VendorPromisePlan]) -> Option<u8> {
    let mine = promises.iter().position(|p| team.vendor == Some(p.vendor));
    mine.map(|p| p as u8)
}

/// Promises (bit set) whose vendor has a team for the stream, so that its volume is part of their forecast.
pub fn forecasts(scenario: &Scenario, promises: &[VendorPromisePlan], stream: usize) -> u64 {
    let serves = |p: &VendorPromisePlan| {
        let mut teams = scenario.teams.iter().filter(|t| t.vendor == Some(p.vendor));
        scenario.vendors[p.vendor].forecast.is_some() && teams.any(|t| t.skills[stream].is_some())
    };
    let bits = promises.iter().enumerate().filter(|(_, p)| serves(p));
    bits.fold(0, |set, (bit, _)| set | 1 << bit)
}

/// Ends of the calendar months before the horizon's last, where there are vendors that bill them.
pub fn month_ends(scenario: &Scenario) -> Vec<Tick> {
    if scenario.vendors.is_empty() {
        return Vec::new();
    }
    let months = time::months(&scenario.horizon, scenario.horizon.zone());
    months.starts[1..].to_vec()
}

/// Whether a team is automation.
pub fn automated(scenario: &Scenario, team: usize) -> bool {
    let vendor = scenario.teams[team].vendor;
    vendor.is_some_and(|v| scenario.vendors[v].unlimited)
}

/// The entries of a class as automation leaves them: it is always free, so nothing named after it, or after a longer
/// delay, ever comes about. Without an order (`unordered`) it takes everything.
pub fn before_automation(
    scenario: &Scenario,
    mut entries: Vec<RouteEntry>,
    unordered: bool,
) -> Vec<RouteEntry> {
    // While the queue must be long first, automation is not always free.
    let is_automation = |e: &RouteEntry| automated(scenario, e.team) && e.limit == Limit::None;
    if unordered {
        entries.sort_by_key(|e| !is_automation(e));
    }
    let first = (0..entries.len())
        .filter(|&i| is_automation(&entries[i]))
        .min_by(|&a, &b| entries[a].after_s.total_cmp(&entries[b].after_s));
    let Some(first) = first else { return entries };
    let limit = entries[first].after_s;
    let mut place = 0..;
    entries.retain(|e| {
        let i = place.next().unwrap_or(0);
        i == first || e.after_s < limit || e.after_s == limit && i < first
    });
    entries
}

/// The choice of a class that is automation.
pub fn automation(scenario: &Scenario, choices: &[Choice]) -> Option<Choice> {
    let mut all = choices.iter();
    all.find(|c| automated(scenario, usize::from(c.team)))
        .copied()
}
