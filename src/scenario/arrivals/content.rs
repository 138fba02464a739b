//! Content that agents look up: how much shorter work is once it is written.

use crate::scenario::model::{PARTS, Scenario};

/// Factors on a stream's work by the planning interval of arrival, of tools that save nothing before their content is
/// written; `None` where there are none. Several multiply.
pub fn savings(scenario: &Scenario, stream: usize) -> Option<Vec<f64>> {
    let horizon = &scenario.horizon;
    let mut all: Option<Vec<f64>> = None;
    let parts = scenario.topics[scenario.streams[stream].topic].parts?;
    let tools = scenario.tools.iter();
    for tool in tools.filter(|t| t.ready > 0 && t.streams.contains(&stream)) {
        let Some((part, scale)) = tool.scales else {
            continue;
        };
        let place = PARTS.iter().position(|p| p.0 == part).unwrap_or(0);
        let factors = all.get_or_insert_with(|| vec![1.0; horizon.intervals()]);
        let first = tool.ready.div_ceil(horizon.interval()) as usize;
        for factor in factors.iter_mut().skip(first) {
            *factor *= 1.0 - parts[place] * (1.0 - scale);
        }
    }
    all
}
