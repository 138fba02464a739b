//! What of a sweep is finished, what is missing, and what to type for it.

use super::manifest::Manifest;
use super::shard::Shard;
use super::store::Store;
use std::fmt;
use std::path::{Path, PathBuf};

/// How far a sweep is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The sweep's folder.
    pub folder: PathBuf,
    /// Runs of the manifest.
    pub runs: usize,
    /// Missing runs, by their numbers from 0.
    pub missing: Vec<usize>,
    /// Logs with damaged lines, and how many.
    pub damaged: Vec<(PathBuf, u64)>,
    /// Two logs that contradict each other about a run.
    pub conflict: Option<(String, PathBuf, PathBuf)>,
    /// Into how many shares the sweep was cut.
    pub shares: u64,
}

impl Status {
    /// Compares a manifest with the results that were read.
    #[must_use]
    pub fn new(folder: &Path, manifest: &Manifest, store: &Store) -> Self {
        let numbered = manifest.runs.iter().enumerate();
        let missing = numbered.filter(|(_, run)| !store.has(run.id));
        Self {
            folder: folder.to_path_buf(),
            runs: manifest.runs.len(),
            missing: missing.map(|(i, _)| i).collect(),
            damaged: store.damaged().collect(),
            conflict: store.conflict().map(|(id, a, b)| (id.to_string(), a, b)),
            shares: store.shares().unwrap_or(1),
        }
    }

    /// Whether it can be merged.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.missing.is_empty() && self.conflict.is_none()
    }

    /// Missing runs by share, those without any left out.
    #[must_use]
    pub fn missing_by_share(&self) -> Vec<(Shard, usize, usize)> {
        // Shares are as many as processes, which is few.
        let shares = (1..=self.shares).filter_map(|i| {
            let shard = Shard::read(&format!("{i}/{}", self.shares), &|_| None).ok()?;
            let missing = self.missing.iter().filter(|&&run| shard.has(run)).count();
            let all = (0..self.runs).filter(|&run| shard.has(run)).count();
            (missing > 0).then_some((shard, missing, all))
        });
        shares.collect()
    }
}

/// Most shares or runs that are named one by one.
const MOST_NAMED: usize = 12;

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let folder = self.folder.display();
        let done = self.runs - self.missing.len();
        writeln!(f, "{done} of {} runs are finished", self.runs)?;
        for (log, lines) in &self.damaged {
            writeln!(
                f,
                "{lines} damaged records in {}: they do not count",
                log.display()
            )?;
        }
        if let Some((id, a, b)) = &self.conflict {
            writeln!(
                f,
                "run {id} has two different results, in {} and {}: one of them was made by another build; delete that log \
                 and type: staffwright sweep run {folder}",
                a.display(),
                b.display()
            )?;
        }
        if self.missing.is_empty() {
            if self.conflict.is_none() {
                writeln!(
                    f,
                    "to put them together, type: staffwright sweep merge {folder}"
                )?;
            }
            return Ok(());
        }
        let numbers: Vec<String> = self
            .missing
            .iter()
            .take(MOST_NAMED)
            .map(|run| (run + 1).to_string())
            .collect();
        let more = self.missing.len().saturating_sub(MOST_NAMED);
        let and_more = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        writeln!(f, "missing: {}{and_more}", numbers.join(", "))?;
        let shares = self.missing_by_share();
        if self.shares == 1 || shares.len() > MOST_NAMED {
            return writeln!(f, "to play them, type: staffwright sweep run {folder}");
        }
        for (shard, missing, all) in shares {
            writeln!(
                f,
                "share {shard} lacks {missing} of {all}; type: staffwright sweep run {folder} --shard {shard}"
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::experiment::sweep::fixtures;
    use crate::experiment::sweep::store::Writer;

    #[test]
    fn it_names_what_is_missing_and_what_to_type() {
        let folder = tempfile::tempdir().unwrap();
        let manifest = fixtures::manifest(8);
        let shard = Shard::read("1/4", &|_| None).unwrap();
        let mut writer = Writer::create(folder.path(), shard).unwrap();
        for run in [0, 1, 4, 5, 7] {
            let played = fixtures::played(&manifest.runs[run]);
            writer.add(&played.record).unwrap();
        }
        let mut store = Store::new(folder.path());
        store.refresh().unwrap();
        let status = Status::new(Path::new("out"), &manifest, &store);
        assert!(!status.is_complete());
        let text = status.to_string();
        for part in [
            "5 of 8 runs are finished",
            "missing: 3, 4, 7",
            "share 3/4 lacks 2 of 2; type: staffwright sweep run out --shard 3/4",
            "share 4/4 lacks 1 of 2; type: staffwright sweep run out --shard 4/4",
        ] {
            assert!(text.contains(part), "{text}");
        }
    }
}
