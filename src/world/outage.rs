//! Tools that break down, compiled.

use super::plan::DrawPlan;
use super::samplers::Samplers;
use crate::random::stream_key;
use crate::scenario::model::Scenario;

/// One tool that breaks down.
#[derive(Debug, Clone)]
pub struct OutagePlan {
    /// Key of its draws: a hash of its name.
    pub key: u64,
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

/// Bit set of the teams, in their skill groups, that belong to some teams of the document.
fn teams(scenario: &Scenario, units: &[usize]) -> u64 {
    let all = scenario.teams.iter().enumerate();
    let own = all.filter(|(_, t)| units.contains(&t.unit));
    own.fold(0, |set, (index, _)| set | 1 << index)
}

/// The tools that break down, in the scenario's order.
pub fn plans(scenario: &Scenario, samplers: &mut Samplers) -> Vec<OutagePlan> {
    let mut plans = Vec::new();
    for tool in &scenario.tools {
        let Some(outages) = &tool.outages else {
            continue;
        };
        let mut streams = vec![false; scenario.streams.len()];
        let mut channels = vec![false; scenario.channels.len()];
        for &s in &tool.streams {
            streams[s] = true;
            channels[scenario.streams[s].channel] = true;
        }
        plans.push(OutagePlan {
            key: stream_key(&format!("tool/{}", tool.name)),
            every: samplers.plan(&outages.every),
            lasts: samplers.plan(&outages.lasts),
            speed: outages.speed,
            teams: teams(scenario, &tool.teams),
            streams,
            channels,
        });
    }
    plans
}
