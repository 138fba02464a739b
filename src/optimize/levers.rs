//! What may move: heads within ranges, and shares of routes.

use crate::scenario::model::{LeverTarget, Scenario};

/// Which teams are planned, and within which numbers of heads.
#[derive(Debug, Clone, PartialEq)]
pub struct Staffing {
    /// Per team: whether its shifts are planned; the others keep the roster they have.
    pub planned: Vec<bool>,
    /// Per team and entry of its heads: least and greatest number.
    pub bounds: Vec<Vec<(f64, f64)>>,
    /// Per team and entry: the part of its people's hours and days that shifts may use. 1, until tours of a plan turn
    /// out to need more people than there may be.
    pub reach: Vec<Vec<f64>>,
    /// Whether heads stay within their numbers even where promises then cannot be kept.
    pub hard: bool,
    /// Whether `[decide]` said so; otherwise the heads of in-house teams move freely.
    pub decided: bool,
}

impl Staffing {
    /// Reads `[decide]`.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        let decided = !scenario.decide.levers.is_empty();
        let today = |h: &crate::scenario::model::Heads| (f64::from(h.count), f64::from(h.count));
        let teams = &scenario.teams;
        let mut staffing = Self {
            planned: vec![false; teams.len()],
            bounds: teams
                .iter()
                .map(|t| t.heads.iter().map(today).collect())
                .collect(),
            reach: teams.iter().map(|t| vec![1.0; t.heads.len()]).collect(),
            hard: false,
            decided,
        };
        if decided {
            for lever in &scenario.decide.levers {
                if let LeverTarget::Heads(team, entry) = lever.target {
                    let zero = lever.or == Some(0.0);
                    staffing.planned[team] = true;
                    staffing.bounds[team][entry] = (if zero { 0.0 } else { lever.from }, lever.to);
                }
            }
        } else {
            // What single heads of a split team know is given; nobody knows what new ones would.
            let whole = |t: usize| scenario.members(t).count() == 1;
            let own = teams.iter().enumerate().filter(|(_, t)| t.vendor.is_none());
            for (t, team) in own.filter(|(t, _)| whole(*t)) {
                staffing.planned[t] = true;
                staffing.bounds[t] = vec![(0.0, f64::INFINITY); team.heads.len()];
            }
        }
        // Without a template there is nothing to plan with.
        for (planned, team) in staffing.planned.iter_mut().zip(teams) {
            *planned &= !team.shifts.is_empty();
        }
        staffing
    }
}

/// Shares of routes that may move: `(route, entry)` with the values to try, today's first.
#[must_use]
pub fn share_levers(scenario: &Scenario) -> Vec<((usize, usize), Vec<f64>)> {
    let mut out = Vec::new();
    for lever in &scenario.decide.levers {
        if let LeverTarget::Share(route, entry) = lever.target {
            let step = lever
                .step
                .unwrap_or((lever.to - lever.from) / 4.0)
                .max(1e-3);
            let steps = ((lever.to - lever.from) / step + 1e-9).floor() as usize;
            let mut values: Vec<f64> = (0..=steps)
                .map(|i| (lever.from + i as f64 * step).min(lever.to))
                .collect();
            values.extend(lever.or);
            out.push(((route, entry), values));
        }
    }
    out
}
