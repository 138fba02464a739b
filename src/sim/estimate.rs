//! Estimated waits at the pace of those who are there.
//!
//! `wait_over` of a route estimates a wait as an ACD does, from mean handle times. Where people learn, the first team of
//! the route takes these times the mean factor of those of it who are on queue: newcomers make the estimate longer. Each
//! counts with what they know when they come on queue.

use super::engine::Engine;
use super::queue::Queues;
use crate::world::ClassPlan;

impl Engine<'_> {
    /// An agent comes on queue.
    pub(super) fn joins_pace(&mut self, agent: u32) {
        let (team, on_call) = (
            usize::from(self.agents[agent].team),
            self.agents[agent].on_call,
        );
        self.queues.staffed[team] += 1;
        if !self.people.learns || self.world.gauges == 0 {
            return;
        }
        let mut factor = 1.0;
        if !on_call {
            factor = self.learning_factor(agent);
            self.people.persons[agent as usize].pace = factor;
        }
        self.queues.pace[team] += factor;
    }

    /// An agent goes off queue.
    pub(super) fn leaves_pace(&mut self, agent: u32) {
        let (team, on_call) = (
            usize::from(self.agents[agent].team),
            self.agents[agent].on_call,
        );
        self.queues.staffed[team] -= 1;
        if !self.people.learns || self.world.gauges == 0 {
            return;
        }
        let factor = if on_call {
            1.0
        } else {
            self.people.persons[agent as usize].pace
        };
        self.queues.pace[team] -= factor;
        if self.queues.staffed[team] == 0 {
            self.queues.pace[team] = 0.0;
        }
    }
}

impl Queues {
    /// Mean factor on handle times of those on queue in the first team of a class; 1 where nobody is.
    pub(super) fn mean_pace(&self, plan: &ClassPlan) -> f64 {
        let first = plan.choices.first().map(|c| usize::from(c.team));
        let paced = first.map(|t| (self.pace[t], f64::from(self.staffed[t])));
        paced.map_or(
            1.0,
            |(sum, there)| if sum > 0.0 { sum / there } else { 1.0 },
        )
    }
}
