//! `staffwright sweep`: plan, run, status, merge, slurm, and all of it in one go.

mod progress;
mod slurm;

use super::{Failure, messages_in_color, scenario_file};
use crate::experiment::sweep::{
    CrossoverMap, Manifest, ManifestError, MergeError, Merged, PlanError, Player, RunError,
    Sensitivity, Shard, Share, Status, Store, Tally, Tornado, plan, run_share, write_whole,
};
use crate::report::words::Language;
use crate::report::{self, Page};
use clap::{Args, ColorChoice, Subcommand};
use progress::Bar;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Vary any values of scenarios: plan, play shares anywhere, put the results together
#[derive(Debug, Args)]
pub struct SweepArgs {
    /// What to do
    #[command(subcommand)]
    pub step: Step,
}

/// The steps of a sweep.
#[derive(Debug, Subcommand)]
pub enum Step {
    /// Write the list of runs of a sweep file into a folder
    Plan {
        /// The sweep file
        #[arg(value_name = "SWEEP.toml")]
        file: PathBuf,
        /// The sweep's folder
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Play a share of a planned sweep; what is finished anywhere is skipped
    Run {
        /// The sweep's folder
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// How runs are played
        #[command(flatten)]
        play: PlayArgs,
    },
    /// Say what is finished and what is missing
    Status {
        /// The sweep's folder
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// Put all results together: merged.parquet, merged.csv, and the pictures the sweep file asks for
    ///
    /// Where it asks for a map, contenders on both sides of every crossover are played again with judgements moved
    /// (coordination, and the topics an agent can know), unless that is finished already.
    Merge {
        /// The sweep's folder
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// Threads [default: as many as there are processors]
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
        threads: Option<u16>,
        /// Print no progress
        #[arg(long)]
        quiet: bool,
    },
    /// Plan, run and merge in one go, on this machine
    All {
        /// The sweep file
        #[arg(value_name = "SWEEP.toml")]
        file: PathBuf,
        /// The sweep's folder
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// How runs are played
        #[command(flatten)]
        play: PlayArgs,
    },
    /// Print a script that plays a planned sweep on Slurm
    Slurm(slurm::SlurmArgs),
}

/// How runs are played.
#[derive(Debug, Args)]
pub struct PlayArgs {
    /// Which share: 2/8, auto (asks the engine), or auto/8 (where the engine knows no count)
    #[arg(long, value_name = "I/N", default_value = "1/1")]
    pub shard: String,
    /// Threads [default: as many as there are processors]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub threads: Option<u16>,
    /// Print no progress
    #[arg(long)]
    pub quiet: bool,
}

/// Runs a step.
///
/// # Errors
/// Mistakes in files, a sweep that is not complete, or results that cannot be read or written.
pub fn run(args: &SweepArgs, choice: ColorChoice, out: &mut dyn Write) -> Result<(), Failure> {
    let color = messages_in_color(choice);
    let page = super::options::page(choice, false);
    match &args.step {
        Step::Plan { file, out: folder } => {
            make_plan(file, folder, color, false, out)?;
            writeln!(
                out,
                "to play it, type: staffwright sweep run {}",
                folder.display()
            )?;
            Ok(())
        }
        Step::Run { folder, play } => {
            let tally = play_share(folder, play, out)?;
            if !tally.stopped {
                write!(out, "{}", status(folder)?)?;
            }
            Ok(())
        }
        Step::Status { folder } => Ok(write!(out, "{}", status(folder)?)?),
        Step::Merge {
            folder,
            threads,
            quiet,
        } => merge(folder, &judge(*threads, *quiet), &page, out),
        Step::All {
            file,
            out: folder,
            play,
        } => {
            make_plan(file, folder, color, play.quiet, out)?;
            let tally = play_share(folder, play, out)?;
            if tally.stopped {
                return Ok(());
            }
            merge(folder, &judge(play.threads, play.quiet), &page, out)
        }
        Step::Slurm(args) => slurm::run(args, &read(&args.folder)?, out),
    }
}

fn read(folder: &Path) -> Result<Manifest, Failure> {
    Manifest::read(folder).map_err(|error| match error {
        ManifestError::Unreadable(_, why) => Failure::Output(why),
        other => Failure::BadInput(other.to_string()),
    })
}

fn make_plan(
    file: &Path,
    folder: &Path,
    color: bool,
    quiet: bool,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let bar = Bar::new("checking", quiet);
    let manifest = plan(file, folder, &|done, of| bar.at(done, of)).map_err(|error| {
        bar.clear();
        if let PlanError::Scenario { run, diagnostics } = &error {
            eprint!("{run}:\n{}", diagnostics.render(color));
            return Failure::Reported;
        }
        Failure::BadInput(error.to_string())
    })?;
    bar.clear();
    manifest
        .write(folder)
        .map_err(|why| cannot("write the plan into", folder, &why))?;
    let mut store = Store::new(folder);
    store
        .refresh()
        .map_err(|why| cannot("read the results in", folder, &why))?;
    let runs = manifest.runs.len();
    let found = manifest.runs.iter().filter(|r| store.has(r.id)).count();
    writeln!(
        out,
        "planned {runs} runs of {} replications in {}; {found} of them are finished",
        manifest.header.protocol.replications,
        folder.display()
    )?;
    Ok(())
}

fn play_share(folder: &Path, args: &PlayArgs, out: &mut dyn Write) -> Result<Tally, Failure> {
    let manifest = read(folder)?;
    let (shard, tally) = play_runs(&manifest, folder, args, "simulating")?;
    say(folder, shard, &tally, out)?;
    Ok(tally)
}

/// Plays a share of some runs, as far as they are not finished.
fn play_runs(
    manifest: &Manifest,
    folder: &Path,
    args: &PlayArgs,
    what: &'static str,
) -> Result<(Shard, Tally), Failure> {
    let shard = Shard::read(&args.shard, &|name| std::env::var(name).ok())
        .map_err(|e| Failure::BadInput(e.to_string()))?;
    let available = std::thread::available_parallelism().map_or(1, usize::from);
    let stop = progress::stop_on_interrupt();
    let share = Share {
        manifest,
        folder,
        shard,
        threads: args.threads.map_or(available, usize::from),
        stop,
    };
    let player = Player::new(manifest, folder, stop);
    let bar = Bar::new(what, args.quiet);
    let result = run_share(&share, |run| player.play(run), &bar);
    bar.clear();
    let tally = result.map_err(|error| match error {
        RunError::Changed(_) => Failure::BadInput(error.to_string()),
        RunError::Results { why, .. } if why.kind() == io::ErrorKind::BrokenPipe => {
            Failure::Output(io::Error::other(why.to_string()))
        }
        RunError::Results { .. } | RunError::Threads(_) => {
            Failure::Output(io::Error::other(error.to_string()))
        }
    })?;
    Ok((shard, tally))
}

/// How the runs are played that merging asks for.
fn judge(threads: Option<u16>, quiet: bool) -> PlayArgs {
    PlayArgs {
        shard: "1/1".into(),
        threads,
        quiet,
    }
}

/// Writes onto a map how far judgements move its crossovers, playing the runs that say so where they are not finished.
fn sensitivity(
    merged: &Merged,
    map: &mut CrossoverMap,
    folder: &Path,
    args: &PlayArgs,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let moved = match Sensitivity::plan(merged, map, folder) {
        Ok(Some(moved)) => moved,
        Ok(None) => return Ok(()),
        Err(changed) => {
            let why = "how far judgements move the crossovers cannot be told";
            return Ok(writeln!(out, "{why}: {changed}")?);
        }
    };
    let (_, tally) = play_runs(&moved.manifest, folder, args, "moving judgements")?;
    if tally.stopped {
        return Ok(writeln!(
            out,
            "interrupted before it was known how far judgements move the crossovers; finished runs are kept. To go on, \
             type: staffwright sweep merge {}",
            folder.display()
        )?);
    }
    writeln!(
        out,
        "{} runs say how far judgements move the crossovers ({} of them played now)",
        tally.runs, tally.played
    )?;
    let gone = |why: io::Error| cannot("read the results in", folder, &why);
    let results = Merged::new(moved.manifest.clone(), folder).map_err(|error| match error {
        MergeError::Incomplete(_) => Failure::Internal(error.to_string()),
        MergeError::Io(why) => gone(why),
    })?;
    moved.read(&results, map).map_err(gone)
}

/// What a share did, in one line or two.
fn say(folder: &Path, shard: Shard, tally: &Tally, out: &mut dyn Write) -> Result<(), Failure> {
    let found = match tally.found {
        0 => String::new(),
        n => format!(", found {n} finished"),
    };
    let time = tally.simulating_share().map_or_else(String::new, |share| {
        format!("; {:.1} % of the time went into simulation", 100.0 * share)
    });
    writeln!(
        out,
        "share {shard}: played {} of {} runs{found}{time}",
        tally.played, tally.runs
    )?;
    if tally.stopped {
        let again = if shard == Shard::WHOLE {
            String::new()
        } else {
            format!(" --shard {shard}")
        };
        writeln!(
            out,
            "interrupted; finished runs are kept. To go on, type: staffwright sweep run {}{again}",
            folder.display()
        )?;
    }
    Ok(())
}

fn status(folder: &Path) -> Result<Status, Failure> {
    let manifest = read(folder)?;
    let mut store = Store::new(folder);
    store
        .refresh()
        .map_err(|why| cannot("read the results in", folder, &why))?;
    Ok(Status::new(folder, &manifest, &store))
}

fn merge(folder: &Path, play: &PlayArgs, page: &Page, out: &mut dyn Write) -> Result<(), Failure> {
    let merged = Merged::new(read(folder)?, folder).map_err(|error| match error {
        MergeError::Incomplete(_) => Failure::BadInput(error.to_string().trim_end().to_string()),
        MergeError::Io(why) => Failure::Output(why),
    })?;
    let write = |name: &str, how: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>| {
        let path = folder.join(name);
        write_whole(&path, how).map_err(|why| cannot("write", &path, &why))
    };
    write("merged.parquet", &mut |file| {
        report::sweep_table::write_parquet(&merged, file)
    })?;
    write("merged.csv", &mut |file| {
        report::sweep_table::write_csv(&merged, file)
    })?;
    writeln!(
        out,
        "{} runs are in {} and {}",
        merged.manifest.runs.len(),
        folder.join("merged.parquet").display(),
        folder.join("merged.csv").display()
    )?;
    let gone = |why: io::Error| cannot("read the results in", folder, &why);
    let mut map = CrossoverMap::new(&merged).map_err(gone)?;
    if let Some(map) = &mut map {
        sensitivity(&merged, map, folder, play, out)?;
        let object = scenario_file::pretty(&report::crossovers::json(map));
        write("crossovers.json", &mut |file| writeln!(file, "{object}"))?;
        write!(out, "\n{}", report::sweep_map::text(map, page))?;
    }
    let tornados = Tornado::all(&merged).map_err(gone)?;
    for tornado in &tornados {
        write!(out, "\n{}", report::sweep_tornado::text(tornado, page))?;
    }
    let page = report::html::sweep(&merged, map.as_ref(), &tornados).map_err(gone)?;
    let mut drawn = Vec::new();
    for picture in page.pictures() {
        let name = format!("{}.svg", picture.name);
        let svg = picture.file(Language::English);
        write(&name, &mut |file| file.write_all(svg.as_bytes()))?;
        drawn.push(folder.join(&name).display().to_string());
    }
    let page = report::html::render(&page, None)
        .map_err(|e| Failure::Internal(format!("cannot put the report together: {e:#}")))?;
    write("report.html", &mut |file| file.write_all(page.as_bytes()))?;
    if !drawn.is_empty() {
        writeln!(out, "\npictures: {}", drawn.join(", "))?;
    }
    Ok(())
}

fn cannot(what: &str, path: &Path, why: &io::Error) -> Failure {
    Failure::Output(io::Error::other(format!(
        "{what} {}: {why}",
        path.display()
    )))
}
