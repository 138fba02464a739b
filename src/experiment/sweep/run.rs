//! Playing a share of a sweep: many runs side by side, each written down as soon as it is finished.

use super::identity::Identity;
use super::manifest::{Manifest, Run};
use super::play::{Changed, Played};
use super::shard::Shard;
use super::store::{Store, Writer};
use std::collections::HashSet;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How a share came along.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Runs of the share.
    pub runs: usize,
    /// Runs that were finished before, or meanwhile by another process.
    pub found: usize,
    /// Runs played here.
    pub played: usize,
    /// Time of all threads in simulation.
    pub simulating: Duration,
    /// Time of all threads together.
    pub busy: Duration,
    /// Whether it was told to stop before the end.
    pub stopped: bool,
}

impl Tally {
    /// Runs of the share that are finished.
    #[must_use]
    pub fn finished(&self) -> usize {
        self.found + self.played
    }

    /// Share of the threads' time that went into simulation; `None` where nothing was played.
    #[must_use]
    pub fn simulating_share(&self) -> Option<f64> {
        (self.played > 0).then(|| self.simulating.as_secs_f64() / self.busy.as_secs_f64())
    }
}

/// Why a share cannot be played to its end. What was finished counts.
#[derive(Debug)]
pub enum RunError {
    /// Results cannot be read or written.
    Results {
        /// Where.
        folder: PathBuf,
        /// Why.
        why: io::Error,
        /// Runs finished here before.
        played: usize,
    },
    /// A scenario is no longer what was planned.
    Changed(Changed),
    /// Threads cannot be had.
    Threads(String),
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Results {
                folder,
                why,
                played,
            } => write!(
                f,
                "cannot keep results in {}: {why}. The {played} runs finished here until now are kept; once this is mended, \
                 type the same command again",
                folder.display()
            ),
            Self::Changed(changed) => changed.fmt(f),
            Self::Threads(why) => write!(f, "cannot start threads: {why}"),
        }
    }
}

impl std::error::Error for RunError {}

/// Told after every run, and able to stop.
pub trait Watch: Sync {
    /// The tally so far.
    fn finished(&self, tally: &Tally);
}

impl Watch for () {
    fn finished(&self, _: &Tally) {}
}

/// At most this much work is lost with the power.
const SYNC_EVERY: Duration = Duration::from_secs(2);
/// How often results of other processes are looked for.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// A share to be played.
#[derive(Debug, Clone, Copy)]
pub struct Share<'m> {
    /// The sweep.
    pub manifest: &'m Manifest,
    /// Its folder.
    pub folder: &'m Path,
    /// Which share of it.
    pub shard: Shard,
    /// Threads to use.
    pub threads: usize,
    /// Set from outside to stop cleanly.
    pub stop: &'m AtomicBool,
}

/// What the threads share.
struct Desk {
    store: Store,
    writer: Writer,
    claimed: HashSet<Identity>,
    tally: Tally,
    looked: Instant,
    error: Option<RunError>,
}

/// Plays whatever of a share is not finished anywhere.
///
/// Runs are played side by side, one per thread; where there are fewer runs than threads, each has several. `play`
/// gives `None` when it was told to stop.
///
/// # Errors
/// When results cannot be kept, or a scenario changed; runs finished until then are kept.
pub fn run_share<P>(share: &Share, play: P, watch: &dyn Watch) -> Result<Tally, RunError>
where
    P: Fn(&Run) -> Result<Option<Played>, Changed> + Sync,
{
    let failed = |played: usize| {
        move |why: io::Error| RunError::Results {
            folder: share.folder.to_path_buf(),
            why,
            played,
        }
    };
    let mut store = Store::new(share.folder);
    store.refresh().map_err(failed(0))?;
    let numbered = share.manifest.runs.iter().enumerate();
    let mine: Vec<&Run> = numbered
        .filter(|(i, _)| share.shard.has(*i))
        .map(|(_, run)| run)
        .collect();
    let mut tally = Tally {
        runs: mine.len(),
        ..Tally::default()
    };
    let open: Vec<&Run> = mine.into_iter().filter(|run| !store.has(run.id)).collect();
    tally.found = tally.runs - open.len();
    watch.finished(&tally);
    if open.is_empty() {
        return Ok(tally);
    }
    let writer = Writer::create(share.folder, share.shard).map_err(failed(0))?;
    let log = writer.handle().map_err(failed(0))?;
    let desk = Mutex::new(Desk {
        store,
        writer,
        claimed: HashSet::new(),
        tally,
        looked: Instant::now(),
        error: None,
    });
    let workers = share.threads.clamp(1, open.len());
    let each = (share.threads / workers).max(1);
    let started = Instant::now();
    let next = AtomicUsize::new(0);
    // Each worker lives inside its pool, so that no run waits for a thread to wake.
    let work = || {
        while let Some(run) = open.get(next.fetch_add(1, Ordering::Relaxed)) {
            if !claim(&desk, run, share) {
                continue;
            }
            if !book(&desk, share, play(run), watch) {
                return;
            }
        }
    };
    let pools = (0..workers).map(|_| rayon::ThreadPoolBuilder::new().num_threads(each).build());
    let pools: Vec<_> = pools
        .collect::<Result<_, _>>()
        .map_err(|e| RunError::Threads(e.to_string()))?;
    let over = AtomicBool::new(false);
    let took = std::thread::scope(|scope| {
        let workers: Vec<_> = pools
            .iter()
            .map(|pool| scope.spawn(|| pool.install(work)))
            .collect();
        // The disk may take its time; nobody who simulates waits for it.
        let keeper = scope.spawn(|| {
            while !over.load(Ordering::Relaxed) {
                std::thread::park_timeout(SYNC_EVERY);
                if let Err(why) = log.sync_data() {
                    let mut desk = locked(&desk);
                    let played = desk.tally.played;
                    desk.error.get_or_insert_with(|| failed(played)(why));
                }
            }
        });
        let ended: Vec<_> = workers.into_iter().map(|worker| worker.join()).collect();
        let took = started.elapsed();
        over.store(true, Ordering::Relaxed);
        keeper.thread().unpark();
        // A worker's panic goes on once the log is on the disk.
        if let Some(panic) = ended.into_iter().find_map(Result::err) {
            std::panic::resume_unwind(panic);
        }
        took
    });
    let desk = desk.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut tally = desk.tally;
    tally.busy = took * workers as u32;
    tally.stopped = share.stop.load(Ordering::Relaxed) && tally.finished() < tally.runs;
    desk.writer.finish().map_err(failed(tally.played))?;
    match desk.error {
        Some(error) => Err(error),
        None => Ok(tally),
    }
}

fn locked(desk: &Mutex<Desk>) -> std::sync::MutexGuard<'_, Desk> {
    // A thread that panicked while it held the desk leaves whole records behind.
    desk.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes a run, unless it is finished or taken by now.
fn claim(desk: &Mutex<Desk>, run: &Run, share: &Share) -> bool {
    let mut desk = locked(desk);
    if share.stop.load(Ordering::Relaxed) || desk.error.is_some() {
        return false;
    }
    if desk.looked.elapsed() >= LOOK_EVERY {
        // What cannot be read now is only played once more.
        let _ = desk.store.refresh();
        desk.looked = Instant::now();
    }
    if desk.store.has(run.id) || !desk.claimed.insert(run.id) {
        desk.tally.found += 1;
        return false;
    }
    true
}

/// Writes a run down; `false` ends the thread.
fn book(
    desk: &Mutex<Desk>,
    share: &Share,
    played: Result<Option<Played>, Changed>,
    watch: &dyn Watch,
) -> bool {
    let mut desk = locked(desk);
    if desk.error.is_some() {
        return false;
    }
    match played {
        Ok(Some(played)) => {
            if let Err(why) = desk.writer.add(&played.record) {
                desk.error = Some(RunError::Results {
                    folder: share.folder.to_path_buf(),
                    why,
                    played: desk.tally.played,
                });
                return false;
            }
            desk.tally.played += 1;
            desk.tally.simulating += played.simulating;
            watch.finished(&desk.tally);
            true
        }
        Ok(None) => false,
        Err(changed) => {
            desk.error = Some(RunError::Changed(changed));
            false
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::experiment::sweep::fixtures;
    use std::sync::atomic::AtomicU64;

    fn share<'m>(manifest: &'m Manifest, folder: &'m Path, stop: &'m AtomicBool) -> Share<'m> {
        Share {
            manifest,
            folder,
            shard: Shard::WHOLE,
            threads: 3,
            stop,
        }
    }

    fn finished(manifest: &Manifest, folder: &Path) -> usize {
        let mut store = Store::new(folder);
        store.refresh().unwrap();
        manifest.runs.iter().filter(|r| store.has(r.id)).count()
    }

    #[test]
    fn every_run_is_played_once_and_never_again() {
        let folder = tempfile::tempdir().unwrap();
        let mut manifest = fixtures::manifest(40);
        // Two runs that are one and the same.
        manifest.runs[7] = manifest.runs[3].clone();
        let stop = AtomicBool::new(false);
        let share = share(&manifest, folder.path(), &stop);
        let count = AtomicU64::new(0);
        let play = |run: &Run| {
            count.fetch_add(1, Ordering::Relaxed);
            Ok(Some(fixtures::played(run)))
        };
        let tally = run_share(&share, play, &()).unwrap();
        assert_eq!((tally.played, tally.found), (39, 1));
        let again = run_share(&share, play, &()).unwrap();
        assert_eq!((again.played, again.found), (0, 40));
        assert_eq!(count.into_inner(), 39);
    }

    #[test]
    fn shares_leave_the_others_runs_alone() {
        let folder = tempfile::tempdir().unwrap();
        let manifest = fixtures::manifest(10);
        let stop = AtomicBool::new(false);
        for (text, after) in [("2/3", 3), ("1/3", 7), ("2/3", 7), ("3/3", 10)] {
            let mut share = share(&manifest, folder.path(), &stop);
            share.shard = Shard::read(text, &|_| None).unwrap();
            run_share(&share, |run| Ok(Some(fixtures::played(run))), &()).unwrap();
            assert_eq!(finished(&manifest, folder.path()), after);
        }
    }

    #[test]
    fn stopping_keeps_what_is_finished() {
        let folder = tempfile::tempdir().unwrap();
        let manifest = fixtures::manifest(100);
        let stop = AtomicBool::new(false);
        let share = share(&manifest, folder.path(), &stop);
        let count = AtomicU64::new(0);
        let tally = run_share(
            &share,
            |run| {
                if count.fetch_add(1, Ordering::Relaxed) == 20 {
                    stop.store(true, Ordering::Relaxed);
                }
                Ok((!stop.load(Ordering::Relaxed)).then(|| fixtures::played(run)))
            },
            &(),
        )
        .unwrap();
        assert!(tally.stopped && tally.played < 100);
        assert_eq!(finished(&manifest, folder.path()), tally.played);
        stop.store(false, Ordering::Relaxed);
        let rest = run_share(&share, |run| Ok(Some(fixtures::played(run))), &()).unwrap();
        assert_eq!(rest.finished(), 100);
        assert!(!rest.stopped);
    }

    #[test]
    fn a_changed_scenario_ends_it() {
        let folder = tempfile::tempdir().unwrap();
        let manifest = fixtures::manifest(5);
        let stop = AtomicBool::new(false);
        let changed = Changed {
            run: "small".into(),
            sweep: "s.toml".into(),
            folder: folder.path().into(),
        };
        let error = run_share(
            &share(&manifest, folder.path(), &stop),
            |_| Err(changed.clone()),
            &(),
        )
        .unwrap_err();
        assert!(error.to_string().contains("plan again"), "{error}");
        assert_eq!(finished(&manifest, folder.path()), 0);
    }
}
