//! The results of a sweep on disk: a folder of logs, each written by one process and only ever added to.
//!
//! Every process makes a log of its own, so that two never write to one file, not even when a share is started twice,
//! and nothing is ever appended behind a torn line. What counts is the set of whole lines in all logs together.

use super::identity::Identity;
use super::record::Record;
use super::shard::Shard;
use std::collections::{BTreeMap, HashMap};
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Where a line stands.
#[derive(Debug, Clone, Copy)]
struct Place {
    log: u32,
    offset: u64,
    length: u32,
    /// The line's checksum, as written.
    check: [u8; 16],
}

/// A log that was read.
#[derive(Debug)]
struct Log {
    name: String,
    /// Up to where it was read: the end of its last line.
    read: u64,
    /// Lines that do not prove themselves.
    damaged: u64,
}

/// The results of a sweep, as far as they were read.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    logs: Vec<Log>,
    places: HashMap<Identity, Place>,
    /// Runs with two results that differ, and the logs that hold them.
    conflicts: Vec<(Identity, u32, u32)>,
}

impl Store {
    /// The results below a sweep's folder; nothing is read yet.
    #[must_use]
    pub fn new(sweep: &Path) -> Self {
        Self {
            folder: sweep.join("results"),
            logs: Vec::new(),
            places: HashMap::new(),
            conflicts: Vec::new(),
        }
    }

    /// Reads what was added since the last time, by whomever.
    ///
    /// # Errors
    /// When the folder or a log cannot be read; a folder that is not there holds no results.
    pub fn refresh(&mut self) -> io::Result<()> {
        let entries = match std::fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(e) => return Err(e),
        };
        let mut sizes = BTreeMap::new();
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.ends_with(".log") {
                sizes.insert(name, entry.metadata()?.len());
            }
        }
        for (name, size) in sizes {
            let known = self.logs.iter().position(|log| log.name == name);
            let index = known.unwrap_or_else(|| {
                self.logs.push(Log {
                    name,
                    read: 0,
                    damaged: 0,
                });
                self.logs.len() - 1
            });
            if size > self.logs[index].read {
                self.read_on(index)?;
            }
        }
        Ok(())
    }

    /// Reads a log from where it was left, whole lines only.
    fn read_on(&mut self, index: usize) -> io::Result<()> {
        let log = &mut self.logs[index];
        let mut file = File::open(self.folder.join(&log.name))?;
        file.seek(SeekFrom::Start(log.read))?;
        let mut reader = BufReader::with_capacity(1 << 16, file);
        let mut line = Vec::new();
        loop {
            line.clear();
            reader.read_until(b'\n', &mut line)?;
            // The last line may be in the middle of being written, or torn for good.
            let Some(content) = line.strip_suffix(b"\n") else {
                return Ok(());
            };
            match Record::id_of(content) {
                Some(id) => {
                    let mut check = [0; 16];
                    check.copy_from_slice(&content[..16]);
                    let place = Place {
                        log: index as u32,
                        offset: log.read,
                        length: content.len() as u32,
                        check,
                    };
                    let first = *self.places.entry(id).or_insert(place);
                    if first.check != check {
                        self.conflicts.push((id, first.log, place.log));
                    }
                }
                None => log.damaged += 1,
            }
            log.read += line.len() as u64;
        }
    }

    /// Whether a run is finished.
    #[must_use]
    pub fn has(&self, id: Identity) -> bool {
        self.places.contains_key(&id)
    }

    /// The record of a run; `None` where it is not finished.
    ///
    /// # Errors
    /// When its log cannot be read, or changed since it was.
    pub fn record(&self, id: Identity) -> io::Result<Option<Record>> {
        let Some(place) = self.places.get(&id) else {
            return Ok(None);
        };
        let path = self.folder.join(&self.logs[place.log as usize].name);
        let mut file = File::open(&path)?;
        file.seek(SeekFrom::Start(place.offset))?;
        let mut line = vec![0; place.length as usize];
        file.read_exact(&mut line)?;
        Record::from_line(&line).map(Some).ok_or_else(|| {
            io::Error::other(format!("{} changed while it was read", path.display()))
        })
    }

    /// Logs with lines that do not prove themselves, and how many.
    pub fn damaged(&self) -> impl Iterator<Item = (PathBuf, u64)> {
        self.logs
            .iter()
            .filter(|log| log.damaged > 0)
            .map(|log| (self.folder.join(&log.name), log.damaged))
    }

    /// A run that two processes finished with different results, and the two logs.
    #[must_use]
    pub fn conflict(&self) -> Option<(Identity, PathBuf, PathBuf)> {
        let (id, a, b) = *self.conflicts.first()?;
        let path = |log: u32| self.folder.join(&self.logs[log as usize].name);
        Some((id, path(a), path(b)))
    }

    /// How many shares the sweep was last cut into, by the names of the logs.
    #[must_use]
    pub fn shares(&self) -> Option<u64> {
        let of = |log: &Log| log.name.split('-').nth(2)?.parse().ok();
        self.logs.iter().filter_map(of).max()
    }
}

/// The log of one process.
#[derive(Debug)]
pub struct Writer {
    file: File,
    path: PathBuf,
    /// End of the last whole line.
    end: u64,
}

impl Writer {
    /// Makes a log that nobody else writes to: `part-3-40-` and a random name.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn create(sweep: &Path, shard: Shard) -> io::Result<Self> {
        let folder = sweep.join("results");
        std::fs::create_dir_all(&folder)?;
        let share = shard.to_string().replace('/', "-");
        for attempt in 0u32.. {
            let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
            let seed = format!("{:?} {} {attempt}", now, std::process::id());
            let name = blake3::hash(seed.as_bytes()).to_hex();
            let path = folder.join(format!("part-{share}-{}.log", &name[..16]));
            match OpenOptions::new().append(true).create_new(true).open(&path) {
                Ok(file) => {
                    return Ok(Self { file, path, end: 0 });
                }
                Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
                Err(e) => return Err(e),
            }
        }
        Err(io::Error::other("no free name for a log"))
    }

    /// Adds a finished run.
    ///
    /// # Errors
    /// When it cannot be written, e.g. because the disk is full; what was written of the line is taken back.
    pub fn add(&mut self, record: &Record) -> io::Result<()> {
        let line = record.to_line().map_err(io::Error::other)?;
        if let Err(error) = self.file.write_all(line.as_bytes()) {
            // Should this fail too, the half line is without its newline and checksum, and counts for nothing.
            let _ = self.file.set_len(self.end);
            return Err(error);
        }
        self.end += line.len() as u64;
        Ok(())
    }

    /// The log for another thread, which may wait until everything is on the disk while this one writes on.
    ///
    /// # Errors
    /// When the system has no handle left.
    pub fn handle(&self) -> io::Result<File> {
        self.file.try_clone()
    }

    /// Ends the log; an empty one is taken away.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn finish(self) -> io::Result<()> {
        if self.end == 0 {
            return std::fs::remove_file(&self.path);
        }
        self.file.sync_data()
    }
}

/// Writes a file beside its place, brings it to the disk and renames it, so that it is there whole or not at all.
///
/// # Errors
/// When it cannot be written; the file beside is taken away.
pub fn write_whole(
    path: &Path,
    write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}.tmp", std::process::id()));
    let beside = path.with_file_name(name);
    let result = (|| {
        let mut out = io::BufWriter::with_capacity(1 << 16, File::create(&beside)?);
        write(&mut out)?;
        let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        std::fs::rename(&beside, path)?;
        // The name is on the disk once its folder is.
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
    })();
    if result.is_err() {
        let _ = std::fs::remove_file(&beside);
    }
    result
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn record(n: u8) -> Record {
        Record {
            id: format!("{n:032x}").parse().unwrap(),
            infeasible: Some(format!("run {n}")),
            replications: 0,
            series: Vec::new(),
            rows: Vec::new(),
        }
    }

    fn logs(sweep: &Path) -> Vec<PathBuf> {
        let folder = std::fs::read_dir(sweep.join("results")).unwrap();
        folder.map(|e| e.unwrap().path()).collect()
    }

    #[test]
    fn results_of_several_processes_are_one_set() {
        let sweep = tempfile::tempdir().unwrap();
        let mut first = Writer::create(sweep.path(), Shard::WHOLE).unwrap();
        let mut twin = Writer::create(sweep.path(), Shard::WHOLE).unwrap();
        let mut store = Store::new(sweep.path());
        store.refresh().unwrap();
        first.add(&record(1)).unwrap();
        twin.add(&record(1)).unwrap();
        twin.add(&record(2)).unwrap();
        store.refresh().unwrap();
        assert!(store.has(record(1).id) && store.has(record(2).id) && !store.has(record(3).id));
        first.add(&record(3)).unwrap();
        store.refresh().unwrap();
        assert_eq!(store.record(record(3).id).unwrap(), Some(record(3)));
        assert_eq!(store.record(record(4).id).unwrap(), None);
        assert_eq!(store.shares(), Some(1));
        assert_eq!(store.conflict(), None);
        let mut other = record(2);
        other.infeasible = None;
        first.add(&other).unwrap();
        store.refresh().unwrap();
        assert_eq!(store.conflict().unwrap().0, other.id);
    }

    #[test]
    fn a_damaged_line_is_counted_and_the_others_hold() {
        let sweep = tempfile::tempdir().unwrap();
        let mut log = Writer::create(sweep.path(), Shard::WHOLE).unwrap();
        for n in 1..=3 {
            log.add(&record(n)).unwrap();
        }
        log.finish().unwrap();
        let path = logs(sweep.path()).remove(0);
        let mut bytes = std::fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 0x10;
        bytes.extend_from_slice(&record(4).to_line().unwrap().as_bytes()[..40]);
        std::fs::write(&path, bytes).unwrap();
        let mut store = Store::new(sweep.path());
        store.refresh().unwrap();
        let have: Vec<u8> = (1..=4).filter(|&n| store.has(record(n).id)).collect();
        assert_eq!(have, [1, 3]);
        assert_eq!(store.damaged().map(|(_, n)| n).sum::<u64>(), 1);
    }

    #[test]
    fn an_unused_log_leaves_nothing() {
        let sweep = tempfile::tempdir().unwrap();
        let log = Writer::create(sweep.path(), Shard::WHOLE).unwrap();
        log.finish().unwrap();
        assert!(logs(sweep.path()).is_empty());
    }

    #[test]
    fn a_file_is_whole_or_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out");
        let failed = write_whole(&path, &mut |out| {
            out.write_all(b"half")?;
            Err(io::Error::other("full"))
        });
        assert!(failed.is_err());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        write_whole(&path, &mut |out| out.write_all(b"whole")).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"whole");
    }
}
