//! What is asked of a search, and who is told how it goes.

use crate::solve::Solver;
use std::time::Duration;

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Goal {
    /// Seed of all simulations.
    pub seed: u64,
    /// Confidence of the proof's intervals.
    pub confidence: f64,
    /// Most rounds of solving and simulating.
    pub rounds: u32,
    /// Replications a round is simulated with.
    pub search: u64,
    /// Replications of a proof.
    pub proof: u64,
    /// Solver of the models.
    pub solver: Solver,
    /// Where the rules cannot all hold: plan all the same, short where it hurts least, instead of saying only why not.
    pub understaff: bool,
    /// Wall-clock limit of a single solve; results may then differ from run to run.
    pub time_limit: Option<Duration>,
    /// Whether the proof keeps what pictures are drawn from.
    pub series: bool,
}

impl Default for Goal {
    fn default() -> Self {
        Self {
            seed: 1,
            confidence: 0.95,
            rounds: 8,
            search: 16,
            proof: 60,
            solver: Solver::default(),
            understaff: false,
            time_limit: None,
            series: false,
        }
    }
}

/// Told of what happens.
pub trait Progress: Sync {
    /// A stage begins or ends, in words.
    fn stage(&self, text: &str);
    /// A round begins, from 1; a search may end before the last.
    fn round(&self, _number: u32, _most: u32) {}
    /// Replications of the present round that are played.
    fn replications(&self, _phase: Phase, _done: u64, _of: u64) {}
    /// The rounds are over; their plan is worked on while that pays, and nobody knows how long.
    fn finishing(&self) {}
}

/// What a round simulates for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// To learn where promises stand.
    Search,
    /// To prove the plan on fresh random numbers.
    Proof,
}

/// Passes a simulation's progress on as a part of a round.
pub struct Playing<'a>(pub &'a dyn Progress, pub Phase);

impl crate::experiment::Progress for Playing<'_> {
    fn done(&self, done: u64, most: u64) {
        self.0.replications(self.1, done, most);
    }
}

impl Progress for () {
    fn stage(&self, _: &str) {}
}
