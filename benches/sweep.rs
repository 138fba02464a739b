//! Ten thousand short runs: what share of the time goes into simulation, and whether memory stays flat.
//!
//! `cargo bench --bench sweep` plans a grid of 100 x 100 values of a small scenario, plays it on all processors as `sweep run`
//! does, and prints the share of the threads' time that went into simulation, runs per second, and the memory in use after each
//! thousand runs. It fails below 90 %, or where the second half of the runs has a tenth more memory in use than the first.
//! `cargo bench --bench sweep -- 1000` plays a thousand.

use staffwright::experiment::sweep::{Merged, Player, Shard, Share, Tally, Watch, plan, run_share};
use std::fs;
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

/// One team on one phone line for two weeks.
const SHOP: &str = include_str!("../tests/cli/small.toml");

/// Kilobytes of memory, in use (`VmRSS`) or at most until now (`VmHWM`).
fn memory_kb(which: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find_map(|l| l.strip_prefix(which)?.strip_prefix(':'));
    line.and_then(|l| l.split_whitespace().next()?.parse().ok())
        .unwrap_or(0)
}

/// Notes the memory in use after each thousand runs.
struct Memory(Mutex<Vec<(usize, u64)>>, usize);

impl Watch for Memory {
    fn finished(&self, tally: &Tally) {
        if tally.played > 0 && tally.played.is_multiple_of(self.1) {
            let mut seen = self
                .0
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            seen.push((tally.played, memory_kb("VmRSS")));
        }
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let runs: usize = std::env::args()
        .skip(1)
        .find_map(|a| a.parse().ok())
        .unwrap_or(10_000);
    let wide = 100;
    let high = runs.div_ceil(wide);
    let dir = tempfile::tempdir()?;
    let volumes: Vec<String> = (0..wide).map(|i| (1000 + 5 * i).to_string()).collect();
    let handles: Vec<String> = (0..high).map(|i| format!("\"{}s\"", 270 + i)).collect();
    fs::write(dir.path().join("shop.toml"), SHOP)?;
    fs::write(
        dir.path().join("sweep.toml"),
        format!(
            "scenarios = [\"shop.toml\"]\nreplications = 20\n[design]\nkind = \"grid\"\n\
             [dimension.volume]\npath = \"topic.orders.per_week\"\nvalues = [{}]\n\
             [dimension.handle]\npath = \"topic.orders.handle\"\nvalues = [{}]\n",
            volumes.join(", "),
            handles.join(", ")
        ),
    )?;
    let out = dir.path().join("out");
    let started = Instant::now();
    let manifest = plan(&dir.path().join("sweep.toml"), &out, &|_, _| {})?;
    manifest.write(&out)?;
    println!(
        "planned {} runs in {:.1} s",
        manifest.runs.len(),
        started.elapsed().as_secs_f64()
    );
    let stop = AtomicBool::new(false);
    let share = Share {
        manifest: &manifest,
        folder: &out,
        shard: Shard::WHOLE,
        threads: std::thread::available_parallelism()?.get(),
        stop: &stop,
    };
    let player = Player::new(&manifest, &out, &stop);
    let memory = Memory(Mutex::new(Vec::new()), (runs / 10).max(1));
    let started = Instant::now();
    let tally = run_share(&share, |run| player.play(run), &memory)?;
    let took = started.elapsed().as_secs_f64();
    let simulating = tally.simulating_share().unwrap_or(0.0);
    println!(
        "played {} runs in {took:.1} s on {} threads, {:.0} a second; {:.1} % of the time went into simulation",
        tally.played,
        share.threads,
        tally.played as f64 / took,
        100.0 * simulating
    );
    let seen = memory
        .0
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    for (played, kb) in &seen {
        println!("after {played:>6} runs: {:.1} MB", *kb as f64 / 1024.0);
    }
    println!("at most {:.1} MB", memory_kb("VmHWM") as f64 / 1024.0);
    let started = Instant::now();
    let merged = Merged::new(manifest, &out)?;
    let mut table = Vec::new();
    staffwright::report::sweep_table::write_parquet(&merged, &mut table)?;
    println!(
        "merged into {:.1} MB of Parquet in {:.1} s",
        table.len() as f64 / 1e6,
        started.elapsed().as_secs_f64()
    );
    assert!(
        simulating >= 0.9,
        "less than 90 % of the time went into simulation"
    );
    // Single readings differ by what the allocator has given back just then.
    let (first, last) = seen.split_at(seen.len() / 2);
    let mean =
        |half: &[(usize, u64)]| half.iter().map(|m| m.1 as f64).sum::<f64>() / half.len() as f64;
    assert!(mean(last) <= 1.1 * mean(first), "memory grows");
    Ok(())
}
