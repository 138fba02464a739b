//! What changes on dates for a team's people: what they are paid, and how soon they leave.

use super::hazard::Hazard;
use super::people::TeamPeople;
use super::types::TeamRoster;
use super::{DAY_S, FTE_HOURS, WEEK_S, mean_hours};
use crate::scenario::model::{Attrition, Contract, Scenario, Team};
use crate::time::Tick;

/// When somebody under a contract leaves a team with so many leavers a year; a contract may have its own.
pub fn hazard(contract: Option<&Contract>, per_year: f64, attrition: &Attrition) -> Hazard {
    let own = contract.and_then(|c| c.attrition);
    let early_days = attrition.early_s / DAY_S;
    Hazard::new(own.unwrap_or(per_year), attrition.early_factor, early_days)
}

/// When who has a place leaves, from the dates on that change it.
pub fn hazards(scenario: &Scenario, team: &Team, roster: &TeamRoster) -> Vec<(Tick, Vec<Hazard>)> {
    let Some(first) = team.workforce.attrition else {
        return Vec::new();
    };
    let rates = scenario.eras.iter().map(|era| {
        let later = era.attrition.get(team.unit).copied().flatten();
        (era.from, later.unwrap_or(first.per_year))
    });
    let rates: Vec<(Tick, f64)> = rates.collect();
    if rates.iter().all(|r| r.1 == first.per_year) {
        return Vec::new();
    }
    let places = |rate: f64| {
        let each = roster.positions.iter().map(|p| p.contract);
        each.map(|c| hazard(c.map(|c| &scenario.contracts[c]), rate, &first))
            .collect()
    };
    rates
        .into_iter()
        .map(|(from, rate)| (from, places(rate)))
        .collect()
}

/// Hours a week that a place on the payroll is paid; none where that is by the duty.
pub fn paid_hours(scenario: &Scenario, contract: Option<usize>) -> f64 {
    match contract.map(|c| &scenario.contracts[c]) {
        Some(c) if c.freelance.is_some() => 0.0,
        Some(c) => mean_hours(scenario, c),
        None => FTE_HOURS,
    }
}

/// Money per second of every place from the dates on that change pay.
pub fn raises(scenario: &Scenario, roster: &TeamRoster) -> Vec<(Tick, Vec<f64>)> {
    let own = || roster.positions.iter().map(|p| p.contract);
    let changes = |c: usize| scenario.pay(c).changes();
    if !own().flatten().any(changes) {
        return Vec::new();
    }
    let per_second = |contract: Option<usize>, tick: Tick| {
        let rate = contract.map_or(0.0, |c| scenario.pay(c).at(tick));
        rate * paid_hours(scenario, contract) / WEEK_S
    };
    let from = |tick: Tick| (tick, own().map(|c| per_second(c, tick)).collect());
    scenario.eras.iter().map(|era| from(era.from)).collect()
}

impl TeamPeople {
    /// When who has a place leaves, as of a tick.
    #[must_use]
    pub fn hazard(&self, place: usize, tick: Tick) -> Hazard {
        let begun = self.hazards.iter().rev().find(|h| h.0 <= tick);
        begun.map_or(self.places[place].hazard, |h| h.1[place])
    }

    /// Money per second of a place in the mean of a span.
    #[must_use]
    pub fn pay(&self, place: usize, from: Tick, to: Tick) -> f64 {
        let first = self.places[place].pay;
        if self.raises.is_empty() || to <= from {
            return first;
        }
        let before = self.raises[0].0;
        let starts = self.raises.iter().map(|(at, pay)| (*at, pay[place]));
        let ends = self.raises.iter().skip(1).map(|r| r.0).chain([Tick::MAX]);
        let later = starts
            .zip(ends)
            .map(|((at, pay), end)| pay * to.min(end).saturating_sub(from.max(at)) as f64);
        let sum = first * to.min(before).saturating_sub(from) as f64 + later.sum::<f64>();
        sum / (to - from) as f64
    }
}
