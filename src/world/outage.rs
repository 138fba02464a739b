//! Tools that break down, compiled.

use super::plan::DrawPlan;
use super::samplers::Samplers;
use crate::random::stream_key;
use crate::scenario::model::{Scenario, Tool};
use crate::time::Tick;

/// One tool that breaks down.
#[derive(Debug, Clone)]
pub struct OutagePlan {
    /// Key of its draws: a hash of its name.
    pub key: u64,
    /// On which terms it fails from ticks on, ascending, the first from the start; `None`: it does not.
    pub terms: Vec<(Tick, Option<OutageTerms>)>,
}

/// How often a tool fails, for how long, and whose work it holds up.
#[derive(Debug, Clone)]
pub struct OutageTerms {
    /// From a repair (or the start) to the next failure.
    pub every: DrawPlan,
    /// Until it is repaired.
    pub lasts: DrawPlan,
    /// Speed of work meanwhile; 0: it stops.
    pub speed: f64,
    /// Teams that have it (bit set).
    pub teams: u64,
    /// Per stream: whether it is used for it.
    pub streams: Vec<bool>,
    /// Per channel: whether it is used for any of its streams.
    pub channels: Vec<bool>,
}

impl OutageTerms {
    /// Whether a team has the tool.
    #[inline]
    #[must_use]
    pub fn has(&self, team: u8) -> bool {
        self.teams >> team & 1 == 1
    }
}

/// Bit set of the teams, in their skill groups, that belong to some teams of the document.
fn teams(scenario: &Scenario, units: &[usize]) -> u64 {
    let all = scenario.teams.iter().enumerate();
    let own = all.filter(|(_, t)| units.contains(&t.unit));
    own.fold(0, |set, (index, _)| set | 1 << index)
}

/// The tools that break down at any time, in the scenario's order.
pub fn plans(scenario: &Scenario, samplers: &mut Samplers) -> Vec<OutagePlan> {
    let mut plans = Vec::new();
    for (index, first) in scenario.tools.iter().enumerate() {
        let mut versions = vec![(0, first)];
        for era in &scenario.eras {
            let as_before = |before: &Tool, now: &Tool| {
                before.outages == now.outages
                    && before.teams == now.teams
                    && before.streams == now.streams
            };
            let before = versions[versions.len() - 1].1;
            let now = era.tools.get(index);
            versions.extend(now.filter(|t| !as_before(before, t)).map(|t| (era.from, t)));
        }
        if versions.iter().all(|v| v.1.outages.is_none()) {
            continue;
        }
        let terms = versions.iter();
        let terms = terms.map(|&(from, tool)| (from, terms_of(scenario, tool, samplers)));
        plans.push(OutagePlan {
            key: stream_key(&format!("tool/{}", first.name)),
            terms: terms.collect(),
        });
    }
    plans
}

fn terms_of(scenario: &Scenario, tool: &Tool, samplers: &mut Samplers) -> Option<OutageTerms> {
    let outages = tool.outages.as_ref()?;
    let mut streams = vec![false; scenario.streams.len()];
    let mut channels = vec![false; scenario.channels.len()];
    for &s in &tool.streams {
        streams[s] = true;
        channels[scenario.streams[s].channel] = true;
    }
    Some(OutageTerms {
        every: samplers.plan(&outages.every),
        lasts: samplers.plan(&outages.lasts),
        speed: outages.speed,
        teams: teams(scenario, &tool.teams),
        streams,
        channels,
    })
}
