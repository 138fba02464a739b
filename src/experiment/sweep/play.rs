//! One run of a manifest: load, check that it is still what was planned, simulate, keep its rows.

use super::identity::Identity;
use super::manifest::{Manifest, Run};
use super::record::Record;
use super::row::rows;
use crate::experiment::{Case, Settings, StoppedBy, replicate};
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
            rows: Vec::new(),
        };
        let case = match Case::new(scenario) {
            Ok(case) => case,
            Err(why) => {
                record.infeasible = Some(why.to_string());
                let simulating = Duration::ZERO;
                return Ok(Some(Played { record, simulating }));
            }
        };
        let protocol = &header.protocol;
        let settings = Settings {
            seed: protocol.seed,
            first: 0,
            replications: protocol.replications,
            precision: protocol.precision,
            confidence: protocol.confidence,
            series: false,
        };
        let started = Instant::now();
        let outcome = replicate(&case, &settings, self.stop);
        let simulating = started.elapsed();
        if outcome.provenance.stopped_by == StoppedBy::Interrupt {
            return Ok(None);
        }
        record.replications = outcome.provenance.replications;
        record.rows = rows(&outcome, &protocol.sets);
        Ok(Some(Played { record, simulating }))
    }
}
