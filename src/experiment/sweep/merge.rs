//! All results of a finished sweep, in the order of its manifest.

use super::manifest::{Manifest, Run};
use super::record::Record;
use super::row::Row;
use super::status::Status;
use super::store::Store;
use std::fmt;
use std::io;
use std::path::Path;

/// A sweep whose every run is finished.
#[derive(Debug)]
pub struct Merged {
    /// The sweep.
    pub manifest: Manifest,
    store: Store,
}

/// Why results cannot be put together.
#[derive(Debug)]
pub enum MergeError {
    /// Runs are missing, or contradict each other.
    Incomplete(Box<Status>),
    /// Results cannot be read.
    Io(io::Error),
}

impl fmt::Display for MergeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Incomplete(status) => write!(f, "the sweep is not complete: {status}"),
            Self::Io(why) => write!(f, "cannot read the results: {why}"),
        }
    }
}

impl std::error::Error for MergeError {}

impl Merged {
    /// Reads the results of a sweep and sees that none is missing.
    ///
    /// # Errors
    /// When one is, or two results of one run differ.
    pub fn new(manifest: Manifest, folder: &Path) -> Result<Self, MergeError> {
        let mut store = Store::new(folder);
        store.refresh().map_err(MergeError::Io)?;
        let status = Status::new(folder, &manifest, &store);
        if !status.is_complete() {
            return Err(MergeError::Incomplete(Box::new(status)));
        }
        Ok(Self { manifest, store })
    }

    /// Every run with its record, in the order of the manifest; only one is in memory.
    pub fn records(&self) -> impl Iterator<Item = io::Result<(&Run, Record)>> {
        self.manifest.runs.iter().map(|run| {
            let gone = || io::Error::other(format!("run {} is gone", run.id));
            let record = self.store.record(run.id)?.ok_or_else(gone)?;
            Ok((run, record))
        })
    }

    /// Every run with its rows of some sets only.
    ///
    /// # Errors
    /// When a log cannot be read.
    pub fn rows_of(&self, sets: &[&str]) -> io::Result<Vec<(&Run, Vec<Row>)>> {
        self.records()
            .map(|pair| {
                let (run, mut record) = pair?;
                record.rows.retain(|row| sets.contains(&row.set.as_str()));
                Ok((run, record.rows))
            })
            .collect()
    }
}
