//! One run of a manifest: load, check that it is still what was planned, simulate, keep its rows.

use super::identity::Identity;
use super::manifest::{Manifest, Run};
use super::record::{Record, Series};
use super::row::{COST_TOTAL, rows};
use crate::experiment::{
    COST, Case, FRESH, Settings, StaffingError, StoppedBy, collect, least_heads, promise_chances,
    values,
};
use crate::scenario::load_with;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

/// A run that was played.
#[derive(Debug, Clone)]
pub struct Played {
    /// Its record.
    pub record: Record,
    /// How long it was simulated, apart from loading and preparing.
    pub simulating: Duration,
}

/// Why a planned run cannot be played: its scenario is no longer what was planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The run, in words.
    pub run: String,
    /// The sweep file.
    pub sweep: PathBuf,
    /// The sweep's folder.
    pub folder: PathBuf,
}

impl fmt::Display for Changed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "a scenario changed since the sweep was planned ({}); plan again, which keeps every finished run that is not \
             affected: staffwright sweep plan {} --out {}",
            self.run,
            self.sweep.display(),
            self.folder.display()
        )
    }
}

/// Plays runs of one manifest.
#[derive(Debug)]
pub struct Player<'m> {
    manifest: &'m Manifest,
    folder: &'m Path,
    stop: &'m AtomicBool,
}

impl<'m> Player<'m> {
    /// For the manifest of a folder; a run in hand is given up once `stop` is set.
    #[must_use]
    pub fn new(manifest: &'m Manifest, folder: &'m Path, stop: &'m AtomicBool) -> Self {
        Self {
            manifest,
            folder,
            stop,
        }
    }

    /// Plays a run; `None` when told to stop.
    ///
    /// # Errors
    /// When its scenario changed since it was planned.
    pub fn play(&self, run: &Run) -> Result<Option<Played>, Changed> {
        let header = &self.manifest.header;
        let file = self.folder.join(&header.scenarios[run.scenario].file);
        let scenario = load_with(&file, &self.manifest.settings(run))
            .ok()
            .filter(|s| Identity::of(&s.origin.hash, &header.protocol, &header.version) == run.id)
            .ok_or_else(|| Changed {
                run: self.manifest.describe(run),
                sweep: self.folder.join(&header.sweep),
                folder: self.folder.to_path_buf(),
            })?;
        let mut record = Record {
            id: run.id,
            infeasible: None,
            replications: 0,
            series: Vec::new(),
            rows: Vec::new(),
        };
        let protocol = &header.protocol;
        let mut settings = Settings {
            seed: protocol.seed,
            first: 0,
            replications: protocol.replications,
            precision: protocol.precision,
            confidence: protocol.confidence,
            series: false,
        };
        let mut started = Instant::now();
        let case = match &protocol.staff {
            None => {
                let case = Case::new(scenario).map_err(|why| why.to_string());
                started = Instant::now();
                case
            }
            Some(staff) => {
                // What is said of the heads found rests on replications that did not choose them.
                settings.first = FRESH;
                let search = Settings {
                    first: 0,
                    ..settings
                };
                match least_heads(scenario, staff, &protocol.promises, &search, self.stop) {
                    Err(StaffingError::Interrupted) => return Ok(None),
                    other => other.map_err(|why| why.to_string()),
                }
            }
        };
        let case = match case {
            Ok(case) => case,
            Err(why) => {
                record.infeasible = Some(why);
                let simulating = started.elapsed();
                return Ok(Some(Played { record, simulating }));
            }
        };
        let (collected, outcome) = collect(&case, &settings, self.stop);
        let simulating = started.elapsed();
        if outcome.provenance.stopped_by == StoppedBy::Interrupt {
            return Ok(None);
        }
        record.replications = outcome.provenance.replications;
        let chances = promise_chances(&case, &collected);
        record.rows = rows(&outcome, &chances, &protocol.sets);
        let series = protocol.series.iter().map(|metric| Series {
            metric: metric.clone(),
            values: values(&collected, if metric == COST_TOTAL { COST } else { metric })
                .map_or_else(Vec::new, |v| v.into_iter().map(Some).collect()),
        });
        record.series = series.collect();
        Ok(Some(Played { record, simulating }))
    }
}
