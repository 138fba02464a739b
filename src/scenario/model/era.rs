//! What holds from a date on.

use super::{
    Channel, Heads, Pay, Proficiency, Route, Scenario, Shrinkage, Stream, Team, Tool, Topic,
};
use crate::time::Tick;

/// From a date on: the values that `[[from]]` changed, and all others as they were.
///
/// A contact is treated by the era it arrives in, however long it stays.
#[derive(Debug, Clone)]
pub struct Era {
    /// First tick, the local midnight of the date.
    pub from: Tick,
    /// The channels, in the scenario's order; they may differ in opening hours, patience, balking and habits.
    pub channels: Vec<Channel>,
    /// The streams, in the scenario's order; they may differ in volume, patience, handle times and outcomes.
    pub streams: Vec<Stream>,
    /// The topics, in the scenario's order; they may differ in what they lead to.
    pub topics: Vec<Topic>,
    /// Heads per team, in the scenario's order; `None`: as at the start.
    pub heads: Vec<Option<Vec<Heads>>>,
    /// What an hour costs per contract, in the scenario's order.
    pub pay: Vec<Pay>,
    /// Money per unit per vendor, in the scenario's order.
    pub prices: Vec<f64>,
    /// The routes, in the scenario's order; `None`: as at the start.
    pub routes: Vec<Option<Route>>,
    /// Shrinkage per [`Team::unit`](super::Team::unit), what `other_work` says apart; `None`: as at the start.
    pub shrinkage: Vec<Option<Shrinkage>>,
    /// Leavers a year, per head, per [`Team::unit`](super::Team::unit); `None`: as at the start.
    pub attrition: Vec<Option<f64>>,
    /// The tools, in the scenario's order; they may differ in all but their part, their content and what keeps people.
    pub tools: Vec<Tool>,
    /// How the teams, in the scenario's order, work with these tools; empty: as at the start.
    pub equipment: Vec<Equipment>,
    /// Other work per [`Team::unit`](super::Team::unit); empty: as at the start.
    pub other_work: Vec<OtherWork>,
}

/// Shares of a team's paid hours that go to other work than contacts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OtherWork {
    /// As [`Shrinkage::other_work`](super::Shrinkage::other_work).
    pub always: f64,
    /// As [`Shrinkage::for_now`](super::Shrinkage::for_now).
    pub for_now: f64,
}

/// How a team works with its tools, and what they cost.
#[derive(Debug, Clone, PartialEq)]
pub struct Equipment {
    /// As [`Team::skills`](super::Team::skills).
    pub skills: Vec<Option<Proficiency>>,
    /// As [`Team::tools_per_head_month`](super::Team::tools_per_head_month).
    pub tools_per_head_month: f64,
}

impl Scenario {
    /// Every date's version with the tick up to which it holds, the last until an end.
    pub fn eras_until(&self, end: Tick) -> impl Iterator<Item = (&Era, Tick)> {
        let ends = self.eras.iter().skip(1).map(|era| era.from);
        self.eras.iter().zip(ends.chain([end]))
    }
}

impl Team {
    /// Shrinkage from a date on.
    ///
    /// ```
    /// let sets = [
    ///     ("length".into(), "2 weeks".into()),
    ///     ("decide".into(), r#"{ least = "cost" }"#.into()),
    ///     ("from".into(), r#"[{ date = 2027-01-18, set = { team.pool.shrinkage.sick = "9%" } }]"#.into()),
    /// ];
    /// let startup = "scenarios/startup/scenario.toml".as_ref();
    /// let scenario = staffwright::scenario::load_with(startup, &sets).map_err(|d| d.render(false))?;
    /// let pool = scenario.teams.iter().find(|t| t.name == "pool").ok_or("no pool")?;
    /// let later = pool.shrinkage_in(&scenario.eras[0]);
    /// assert_eq!((later.sick, later.leave), (0.09, pool.shrinkage.leave));
    /// # Ok::<(), String>(())
    /// ```
    #[must_use]
    pub fn shrinkage_in(&self, era: &Era) -> Shrinkage {
        let later = era.shrinkage.get(self.unit).copied().flatten();
        let now = later.unwrap_or(self.shrinkage);
        match era.other_work.get(self.unit) {
            Some(work) => Shrinkage {
                other_work: work.always,
                for_now: work.for_now,
                for_now_until: self.shrinkage.for_now_until,
                ..now
            },
            None => now,
        }
    }
}

impl Scenario {
    /// Money for a team's tools per head and month, from ticks on: the start, and every date that changes it.
    ///
    /// ```
    /// let sets = [
    ///     ("length".into(), "2 weeks".into()),
    ///     ("tool.crm".into(), r#"{ price = "EUR 60/month" }"#.into()),
    ///     ("from".into(), r#"[{ date = 2027-01-18, set = { tool.crm.price = "EUR 90/month" } }]"#.into()),
    /// ];
    /// let startup = "scenarios/startup/scenario.toml".as_ref();
    /// let scenario = staffwright::scenario::load_with(startup, &sets).map_err(|d| d.render(false))?;
    /// let prices: Vec<f64> = scenario.tool_prices(0).iter().map(|p| p.1).collect();
    /// assert_eq!(prices[1] - prices[0], 30.0);
    /// # Ok::<(), String>(())
    /// ```
    #[must_use]
    pub fn tool_prices(&self, team: usize) -> Vec<(Tick, f64)> {
        let start = self.teams[team].tools_per_head_month;
        let mut prices = vec![(0, start)];
        for era in &self.eras {
            let price = era
                .equipment
                .get(team)
                .map_or(start, |e| e.tools_per_head_month);
            if prices.last().is_some_and(|last| last.1 != price) {
                prices.push((era.from, price));
            }
        }
        prices
    }

    /// Money for a team's leads and tools per head and month: the mean over the horizon.
    #[must_use]
    pub fn cost_per_head_month(&self, team: usize) -> f64 {
        let tools = mean(&self.tool_prices(team), self.horizon.length());
        tools + self.teams[team].lead_per_head_month()
    }

    /// Factor on a team's handle time on a stream: the mean over the horizon; 1 where it does not have the skill.
    #[must_use]
    pub fn mean_handle_factor(&self, team: usize, stream: usize) -> f64 {
        let of = |skills: &[Option<Proficiency>]| skills[stream].map_or(1.0, |s| s.handle_factor);
        let first = of(&self.teams[team].skills);
        let later = self.eras.iter().map(|era| {
            let equipment = era.equipment.get(team);
            (era.from, equipment.map_or(first, |e| of(&e.skills)))
        });
        let steps: Vec<_> = std::iter::once((0, first)).chain(later).collect();
        mean(&steps, self.horizon.length())
    }
}

/// The mean over time, until an end, of what changes at ticks; exact where it does not.
fn mean(steps: &[(Tick, f64)], end: Tick) -> f64 {
    let first = steps[0].1;
    let more = spans(steps, end).map(|(from, to, value)| (value - first) * (to - from) as f64);
    first + more.sum::<f64>() / end as f64
}

/// The spans `(from, to, value)` of what changes at ticks, until an end.
pub fn spans<T: Copy>(steps: &[(Tick, T)], end: Tick) -> impl Iterator<Item = (Tick, Tick, T)> {
    let ends = steps.iter().skip(1).map(|s| s.0).chain([end]);
    steps
        .iter()
        .zip(ends)
        .map(|(&(from, value), to)| (from, to, value))
}
