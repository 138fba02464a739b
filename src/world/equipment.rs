//! What teams work with from a date on, compiled: the pace and lag of work that begins from then on, and what the tools cost
//! per head and second.

use super::plan::TeamPlan;
use crate::scenario::model::{Proficiency, Scenario, spans};
use crate::time::{MONTH_S, Tick, seconds};

/// How a team's tools change over time; nothing where they do not.
#[derive(Debug, Clone, Default)]
pub struct EquipmentPlan {
    /// From ticks on, ascending; before the first as [`TeamPlan::handle_factor`] and [`TeamPlan::lag`] say.
    pub later: Vec<EquippedPlan>,
    /// Money per head and second, `(from, to, price)`; empty where it is always the same.
    pub prices: Vec<(Tick, Tick, f64)>,
}

/// How a team works with its tools from a tick on.
#[derive(Debug, Clone)]
pub struct EquippedPlan {
    /// First tick.
    pub from: Tick,
    /// As [`TeamPlan::handle_factor`].
    pub handle_factor: Vec<f64>,
    /// As [`TeamPlan::lag`].
    pub lag: Vec<f64>,
}

/// How a team's tools change over time.
pub fn plan(scenario: &Scenario, team: usize) -> EquipmentPlan {
    let prices = scenario.tool_prices(team);
    let per_second = |(from, to, price): (Tick, Tick, f64)| (from, to, price / MONTH_S);
    let prices = match prices[..] {
        [_] => Vec::new(),
        _ => spans(&prices, scenario.horizon.length())
            .map(per_second)
            .collect(),
    };
    let none = scenario.eras.iter().all(|e| e.equipment.is_empty());
    let eras = scenario.eras.iter().filter(|_| !none);
    let later = eras.map(|era| {
        let first = &scenario.teams[team].skills;
        let skills = era.equipment.get(team).map_or(first, |e| &e.skills);
        EquippedPlan {
            from: era.from,
            handle_factor: handle_factors(skills),
            lag: lags(skills),
        }
    });
    EquipmentPlan {
        later: later.collect(),
        prices,
    }
}

/// Per stream, factor on handle time.
pub fn handle_factors(skills: &[Option<Proficiency>]) -> Vec<f64> {
    let factor = |s: &Option<Proficiency>| s.map_or(1.0, |s| s.handle_factor);
    skills.iter().map(factor).collect()
}

/// Per stream, seconds that each piece of work waits for tools.
pub fn lags(skills: &[Option<Proficiency>]) -> Vec<f64> {
    skills.iter().map(|s| s.map_or(0.0, |s| s.lag_s)).collect()
}

impl EquipmentPlan {
    /// Money for a head's tools over a span.
    #[must_use]
    pub fn price(&self, from: Tick, to: Tick) -> f64 {
        let part = |&(begins, ends, price): &(Tick, Tick, f64)| {
            price * seconds(to.min(ends).saturating_sub(from.max(begins)))
        };
        self.prices.iter().map(part).sum()
    }
}

impl TeamPlan {
    /// Factor on the handle time of a stream's work that begins at a tick, and seconds that it waits for tools.
    #[inline]
    #[must_use]
    pub fn pace_at(&self, tick: Tick, stream: usize) -> (f64, f64) {
        let later = &self.equipment.later;
        if !later.is_empty()
            && let Some(now) = later.iter().rev().find(|e| e.from <= tick)
        {
            return (now.handle_factor[stream], now.lag[stream]);
        }
        (self.handle_factor[stream], self.lag[stream])
    }
}
