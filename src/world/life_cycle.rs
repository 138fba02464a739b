//! What customers come with next, compiled.

use super::plan::DrawPlan;
use super::samplers::Samplers;
use crate::scenario::model::{NextStage, Scenario};

/// One topic that may follow.
#[derive(Debug, Clone)]
pub struct NextPlan {
    /// Cumulative share of the customers whose matter is resolved.
    pub share: f64,
    /// `(cumulative share, stream)`: the same customer's streams of the topic by channel. The last share is 1.
    pub streams: Vec<(f64, u32)>,
    /// From the end of one to the first contact of the next.
    pub after: DrawPlan,
    /// Probability that one more matter about the topic follows (geometric).
    pub again: f64,
    /// Between two of them.
    pub apart: DrawPlan,
    /// Seconds of work when another team takes the customer on.
    pub rework: f64,
    /// Probability that it does not know what the team before did.
    pub lost: f64,
    /// Seconds in which the customer explains again.
    pub explains: f64,
}

/// What the customers of a stream come with next, as its topic says at some time.
pub fn plans(
    scenario: &Scenario,
    leads_to: &[NextStage],
    stream: usize,
    samplers: &mut Samplers,
) -> Vec<NextPlan> {
    let mut sum = 0.0;
    let mut plans = Vec::new();
    for next in leads_to {
        let streams = streams_of(scenario, stream, next.topic);
        if streams.is_empty() || next.share <= 0.0 {
            continue;
        }
        sum += next.share;
        plans.push(NextPlan {
            share: sum,
            streams,
            after: samplers.plan(&next.after),
            again: 1.0 - 1.0 / next.contacts,
            apart: samplers.plan(&next.apart),
            rework: next.rework_s,
            lost: next.lost,
            explains: next.explains_s,
        });
    }
    plans
}

/// The same customer's streams of a topic, with cumulative shares of its channels.
fn streams_of(scenario: &Scenario, stream: usize, topic: usize) -> Vec<(f64, u32)> {
    let of = &scenario.streams[stream];
    let channels = &scenario.topics[topic].channels;
    let all = scenario.streams.iter().enumerate();
    let same =
        all.filter(|(_, s)| s.topic == topic && s.same_customers(of) && channels[s.channel] > 0.0);
    let found: Vec<(f64, u32)> = same.map(|(i, s)| (channels[s.channel], i as u32)).collect();
    let total: f64 = found.iter().map(|f| f.0).sum();
    let last = found.len().saturating_sub(1);
    let mut sum = 0.0;
    let cumulated = found.into_iter().enumerate().map(|(i, (share, to))| {
        sum += share / total;
        (if i == last { 1.0 } else { sum }, to)
    });
    cumulated.collect()
}
