//! Whether heads keep what is promised: replications are played until the answer is certain.

use super::carried::{Undone, undone};
use super::seen::Seen;
use super::{Case, Settings, StaffingError};
use crate::experiment::Collected;
use crate::measure::{kept_periods, totals};
use crate::random::Seed;
use crate::scenario::model::{Promise, Scenario};
use crate::sim;
use crate::stats::linearised;
use std::sync::atomic::{AtomicBool, Ordering};

/// Share of the failures that a promise allows which the search allows.
const ALLOWED: f64 = 1.0 / 3.0;

/// Work that no promise asks for and that is not kept up with, over played replications: what lies longer week by week, or
/// a tier without hours for what it is handed. `None`: all gets done.
#[must_use]
pub fn left_undone(scenario: &Scenario, collected: &Collected) -> Option<Undone> {
    undone(
        scenario,
        &Seen::of_work(collected, scenario.horizon.intervals()),
    )
}

/// What heads may fail at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Broken {
    /// A promise.
    Promise(usize),
    /// Work that no promise asks for.
    Undone(Undone),
    /// Nobody can be placed.
    Rules,
}

/// The answer to a question.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Answer {
    /// What is not kept; the first that is found ends the question.
    pub broken: Option<Broken>,
    /// Mean cost, where all replications were played.
    pub cost: f64,
}

impl Answer {
    /// That something is not kept.
    pub fn broken(what: Broken) -> Self {
        Self {
            broken: Some(what),
            cost: f64::INFINITY,
        }
    }
}

/// Plays cases and says whether they keep what counts.
pub(super) struct Judge<'a> {
    /// Promises that count.
    pub promises: Vec<usize>,
    /// Replications of every question.
    pub replications: u64,
    /// Seed and first replication.
    pub settings: Settings,
    /// Set from outside to stop.
    pub stop: &'a AtomicBool,
}

impl Judge<'_> {
    /// Plays a case until a promise is certainly broken, or all replications.
    ///
    /// # Errors
    /// When told to stop.
    pub fn ask(&self, case: &Case) -> Result<Answer, StaffingError> {
        let scenario = &case.scenario;
        let mut seen = Seen::default();
        for done in 0..self.replications {
            if self.stop.load(Ordering::Relaxed) {
                return Err(StaffingError::Interrupted);
            }
            let seed = Seed {
                seed: self.settings.seed,
                replication: self.settings.first + done,
            };
            let ledger = sim::play(&case.world, &case.roster, seed);
            seen.push(scenario, &case.roster, &ledger);
            if let Some(p) = self.broken(case, &seen, done + 1) {
                return Ok(Answer::broken(Broken::Promise(p)));
            }
        }
        if let Some(undone) = undone(scenario, &seen) {
            return Ok(Answer::broken(Broken::Undone(undone)));
        }
        Ok(Answer {
            broken: None,
            cost: seen.cost.iter().sum::<f64>() / seen.cost.len() as f64,
        })
    }

    /// The first promise that cannot be kept any more after `done` replications.
    fn broken(&self, case: &Case, seen: &Seen, done: u64) -> Option<usize> {
        let all = self.replications;
        self.promises.iter().copied().find(|&p| {
            let promise = &case.scenario.promises[p];
            let samples: Vec<&[(u64, u64)]> =
                seen.promises.iter().map(|r| r[p].as_slice()).collect();
            match promise.hold {
                Some(hold) => {
                    let periods = kept_periods(promise, &samples);
                    let failed: u64 = periods.iter().map(|(kept, judged)| judged - kept).sum();
                    let judged: u64 = periods.iter().map(|p| p.1).sum();
                    let expected = judged as f64 * all as f64 / done as f64;
                    failed as f64 > (ALLOWED * (1.0 - hold) * expected + 1e-9).floor()
                }
                None => falls_short(promise, &samples, done == all),
            }
        })
    }
}

/// Whether the value of a promise lies below its share: clearly so far, or by less than a standard error above it at
/// the end.
fn falls_short(promise: &Promise, samples: &[&[(u64, u64)]], end: bool) -> bool {
    let Some(values) = linearised(&totals(samples)) else {
        return false;
    };
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|v| (v - mean) * (v - mean)).sum();
    let error = (squares / (n * (n - 1.0)).max(1.0)).sqrt();
    if end {
        mean - error < promise.share
    } else {
        n >= 3.0 && mean + 4.0 * error < promise.share
    }
}
