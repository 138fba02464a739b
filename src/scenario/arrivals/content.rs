//! Content that agents look up: how much shorter work is once it is written.

use crate::scenario::model::{PARTS, Scenario, Tool, spans};

/// Factors on a stream's work by the planning interval of arrival, of tools that save nothing before their content is
/// written; `None` where there are none. Several multiply.
pub fn savings(scenario: &Scenario, stream: usize) -> Option<Vec<f64>> {
    let horizon = &scenario.horizon;
    let parts = scenario.topics[scenario.streams[stream].topic].parts?;
    let mut versions: Vec<(u64, &[Tool])> = vec![(0, &scenario.tools)];
    versions.extend(scenario.eras.iter().map(|e| (e.from, &e.tools[..])));
    let mut all: Option<Vec<f64>> = None;
    for (from, to, tools) in spans(&versions, horizon.length()) {
        for tool in tools
            .iter()
            .filter(|t| t.ready > 0 && t.streams.contains(&stream))
        {
            let Some((part, scale)) = tool.scales else {
                continue;
            };
            let place = PARTS.iter().position(|p| p.0 == part).unwrap_or(0);
            let factors = all.get_or_insert_with(|| vec![1.0; horizon.intervals()]);
            let interval = |tick: u64| tick.div_ceil(horizon.interval()) as usize;
            let (first, end) = (interval(tool.ready.max(from)), interval(to));
            for factor in factors.iter_mut().take(end).skip(first) {
                *factor *= 1.0 - parts[place] * (1.0 - scale);
            }
        }
    }
    all
}
