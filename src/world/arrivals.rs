//! When contacts arrive, compiled: streams' plans, and the exact numbers that events add.

use super::apportion::apportion;
use super::plan::{ArrivalPlan, BatchPlan};
use crate::random::stream_key;
use crate::scenario::arrivals;
use crate::scenario::model::{Scenario, Volume};

/// How a stream's first contacts arrive.
pub fn plan(scenario: &Scenario, stream: usize) -> ArrivalPlan {
    match &scenario.streams[stream].volume {
        Volume::Counts(replay) if replay.exact => ArrivalPlan::Exact(
            replay
                .counts
                .iter()
                .map(|&(from, to, count)| (from, to, count.round() as u32))
                .collect(),
        ),
        Volume::Times(times) => ArrivalPlan::Times(times.clone()),
        volume => ArrivalPlan::Poisson {
            expected: arrivals::means(scenario, stream),
            busy: matches!(volume, Volume::Weekly { .. }),
        },
    }
}

/// The contacts of every event that adds a number of them, stream by stream.
///
/// Their customers draw by the stream's and the event's name, apart from the stream's other customers: an event more
/// or less moves nobody else's draws.
pub fn batches(scenario: &Scenario) -> Vec<BatchPlan> {
    let mut plans = Vec::new();
    for event in &scenario.events {
        let Some((from, until, inside)) = event.inside(&scenario.horizon) else {
            continue;
        };
        let exact: Vec<f64> = event.added.iter().map(|n| n * inside).collect();
        let total = exact.iter().sum::<f64>().round() as u32;
        for (&stream, contacts) in event.streams.iter().zip(apportion(&exact, total)) {
            plans.push(BatchPlan {
                stream,
                key: stream_key(&format!("{}|{}", scenario.streams[stream].name, event.name)),
                from,
                until,
                contacts,
            });
        }
    }
    plans
}
