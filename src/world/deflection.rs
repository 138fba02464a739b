//! Self-service, compiled.

use super::plan::DrawPlan;
use super::samplers::Samplers;
use crate::scenario::arrivals;
use crate::scenario::model::Scenario;

/// One deflection.
#[derive(Debug, Clone)]
pub struct DeflectionPlan {
    /// Share of first contacts taken, by planning interval of their arrival.
    pub taken: Vec<f64>,
    /// Of those taken, the share that comes to people after all.
    pub returns: f64,
    /// After this delay.
    pub after: DrawPlan,
}

/// All deflections, in the scenario's order.
pub fn plans(scenario: &Scenario, samplers: &mut Samplers) -> Vec<DeflectionPlan> {
    let plan = |d: &crate::scenario::model::Deflection| DeflectionPlan {
        taken: arrivals::taken(d, &scenario.horizon),
        returns: d.returns,
        after: samplers.plan(&d.after),
    };
    scenario.deflections.iter().map(plan).collect()
}

/// The deflections that take from a stream (indexes).
pub fn of_stream(scenario: &Scenario, stream: usize) -> Vec<u16> {
    let all = scenario.deflections.iter().enumerate();
    all.filter(|(_, d)| d.streams.contains(&stream))
        .map(|(i, _)| i as u16)
        .collect()
}
