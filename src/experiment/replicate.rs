//! Playing replications until it is enough.

use super::against::Watch;
use super::case::Case;
use super::collected::Collected;
use super::outcome::Outcome;
use crate::measure::{Sample, day_costs, verdict};
use crate::random::Seed;
use crate::scenario::actuals::Actuals;
use crate::sim;
use crate::stats::{Looks, mean_estimate};
use rayon::prelude::*;
use serde::Serialize;
use std::sync::atomic::{AtomicBool, Ordering};

/// How long to go on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Seed of the experiment.
    pub seed: u64,
    /// Number of the first replication (so that a proof can use ones the search never saw).
    pub first: u64,
    /// Replications; with a precision, the most.
    pub replications: u64,
    /// Stop when every promise's interval (in points) and the cost's (relative) is at most this wide on either side.
    pub precision: Option<f64>,
    /// Confidence of intervals.
    pub confidence: f64,
    /// Whether to keep what pictures are drawn from.
    pub series: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            seed: 1,
            first: 0,
            replications: 20,
            precision: None,
            confidence: 0.95,
            series: false,
        }
    }
}

/// Least replications before a precision is believed.
pub(super) const FIRST_LOOK: u64 = 10;

/// Why the replications ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum StoppedBy {
    /// The asked number was reached.
    Replications,
    /// The asked precision was reached.
    Precision,
    /// The best option was separated from the others.
    Separated,
    /// The user interrupted; what was finished counts.
    Interrupt,
}

/// Told of every finished replication, in order; may ask to stop.
pub trait Progress: Sync {
    /// `done` of at most `most` replications are folded in.
    fn done(&self, done: u64, most: u64);
    /// What is folded in so far, for a current estimate.
    fn latest(&self, _: &Collected) {}
    /// Whether to stop before the next batch.
    fn stop(&self) -> bool {
        false
    }
}

impl Progress for () {
    fn done(&self, _: u64, _: u64) {}
}

impl Progress for AtomicBool {
    fn done(&self, _: u64, _: u64) {}
    fn stop(&self) -> bool {
        self.load(Ordering::Relaxed)
    }
}

/// Plays a case and says what came out.
#[must_use]
pub fn replicate(case: &Case, settings: &Settings, progress: &dyn Progress) -> Outcome {
    collect(case, settings, progress).1
}

/// Plays a case and holds it against what happened.
#[must_use]
pub fn replicate_against(
    case: &Case,
    settings: &Settings,
    actuals: &Actuals,
    progress: &dyn Progress,
) -> Outcome {
    let mut watch = Watch::new(case, actuals);
    let (collected, confidence, stopped_by) =
        run_until(case, settings, progress, &mut |ledger| watch.push(ledger));
    Outcome {
        against: Some(watch.against(case, confidence)),
        ..Outcome::new(case, &collected, settings, confidence, stopped_by)
    }
}

/// Plays a case and keeps what comparisons need.
#[must_use]
pub fn collect(case: &Case, settings: &Settings, progress: &dyn Progress) -> (Collected, Outcome) {
    let (collected, confidence, stopped_by) = run_until(case, settings, progress, &mut |_| ());
    let outcome = Outcome::new(case, &collected, settings, confidence, stopped_by);
    (collected, outcome)
}

/// Plays a case and shows every replication's ledger in order, besides what comparisons need.
pub fn collect_with(
    case: &Case,
    settings: &Settings,
    keep: &mut dyn FnMut(&sim::Ledger),
) -> (Collected, Outcome) {
    let (collected, confidence, stopped_by) = run_until(case, settings, &(), keep);
    let outcome = Outcome::new(case, &collected, settings, confidence, stopped_by);
    (collected, outcome)
}

/// The replications, the confidence that intervals are to be computed with, and why they ended.
fn run_until(
    case: &Case,
    settings: &Settings,
    progress: &dyn Progress,
    keep: Keep<'_>,
) -> (Collected, f64, StoppedBy) {
    let mut collected = Collected::of(case, settings.series);
    let Some(precision) = settings.precision else {
        let whole = play_up_to(
            case,
            settings,
            settings.replications,
            &mut collected,
            progress,
            keep,
        );
        return (
            collected,
            settings.confidence,
            if whole {
                StoppedBy::Replications
            } else {
                StoppedBy::Interrupt
            },
        );
    };
    let mut confidence = settings.confidence;
    for look in Looks::new(
        settings.confidence,
        FIRST_LOOK,
        settings.replications.max(FIRST_LOOK),
    ) {
        confidence = look.confidence;
        let target = look.replications;
        if !play_up_to(case, settings, target, &mut collected, progress, &mut *keep) {
            return (collected, confidence, StoppedBy::Interrupt);
        }
        if widest(case, &collected, confidence) <= precision {
            return (collected, confidence, StoppedBy::Precision);
        }
    }
    (collected, confidence, StoppedBy::Replications)
}

/// Shown every replication in order, to keep what [`Collected`] does not.
pub(super) type Keep<'k> = &'k mut (dyn FnMut(&sim::Ledger) + 'k);

/// Plays on to `target` replications in batches, folding in order; `false` when asked to stop before.
pub(super) fn play_up_to(
    case: &Case,
    settings: &Settings,
    target: u64,
    collected: &mut Collected,
    progress: &dyn Progress,
    keep: Keep<'_>,
) -> bool {
    let batch = rayon::current_num_threads().max(1) as u64;
    loop {
        let done = collected.replications() as u64;
        if done >= target {
            return true;
        }
        // A first replication is always played, so that there is something to report.
        if done > 0 && progress.stop() {
            return false;
        }
        let played: Vec<_> = (done..target.min(done + batch))
            .into_par_iter()
            .map(|r| play_one(case, settings, r))
            .collect();
        for (sample, ledger) in played {
            keep(&ledger);
            collected.push(sample, &ledger);
        }
        progress.latest(collected);
        progress.done(collected.replications() as u64, target);
    }
}

fn play_one(case: &Case, settings: &Settings, replication: u64) -> (Sample, sim::Ledger) {
    let seed = Seed {
        seed: settings.seed,
        replication: settings.first + replication,
    };
    let ledger = sim::play(&case.world, &case.roster, seed);
    let mut sample = Sample::new(&case.scenario, &case.roster, &ledger);
    if settings.series {
        sample.day_cost = day_costs(&case.scenario, &case.roster, &ledger, &sample.bills);
    }
    (sample, ledger)
}

/// The widest half-width over the promises' values (points) and the cost (relative).
pub(super) fn widest(case: &Case, collected: &Collected, confidence: f64) -> f64 {
    let promises = case
        .scenario
        .promises
        .iter()
        .enumerate()
        .filter_map(|(p, promise)| {
            let samples: Vec<&[(u64, u64)]> =
                collected.promises.iter().map(|r| r[p].as_slice()).collect();
            verdict(promise, &samples, confidence)
                .0
                .map(|e| e.half_width())
        });
    let cost = mean_estimate(&collected.total_cost(), confidence)
        .filter(|e| e.value > 0.0)
        .map(|e| e.half_width() / e.value);
    promises.chain(cost).fold(0.0, f64::max)
}
