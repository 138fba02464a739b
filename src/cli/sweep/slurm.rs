//! The script that plays a sweep on Slurm: an array of shares, and a merge that checks for itself.

use crate::cli::Failure;
use crate::experiment::sweep::Manifest;
use clap::Args;
use std::io::Write;
use std::path::PathBuf;

/// Options of `sweep slurm`.
#[derive(Debug, Args)]
pub struct SlurmArgs {
    /// The sweep's folder, which all nodes see
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Number of tasks [default: one per thousand runs, at least 1]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub shards: Option<u32>,
    /// Processors per task
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..))]
    pub threads: u16,
    /// Time limit of a task, as Slurm writes it [default: the partition's]
    #[arg(long, value_name = "H:MM:SS")]
    pub time: Option<String>,
    /// Partition [default: the cluster's]
    #[arg(long, value_name = "NAME")]
    pub partition: Option<String>,
}

/// Runs per task unless the number of tasks is given.
const RUNS_PER_TASK: usize = 1000;

/// Prints the script.
///
/// # Errors
/// When the folder cannot be found, or nothing can be printed.
pub fn run(args: &SlurmArgs, manifest: &Manifest, out: &mut dyn Write) -> Result<(), Failure> {
    let usual = manifest.runs.len().div_ceil(RUNS_PER_TASK).max(1);
    let shards = args.shards.map_or(usual, |n| n as usize);
    let folder = quoted(&args.folder.canonicalize()?.display().to_string());
    let program = quoted(&std::env::current_exe()?.display().to_string());
    let mut limits = String::new();
    if let Some(time) = &args.time {
        limits.push_str(&format!(" --time={}", quoted(time)));
    }
    if let Some(partition) = &args.partition {
        limits.push_str(&format!(" --partition={}", quoted(partition)));
    }
    let threads = args.threads;
    let runs = manifest.runs.len();
    write!(
        out,
        r#"#!/bin/bash
# Plays {runs} runs in {shards} tasks, then puts them together. Submit it with bash, as often as need be: what is
# finished is skipped. The merge runs whatever became of the tasks, checks that nothing is missing, and otherwise says
# what to type (a dependency on success would wait for ever after one failure).
set -euo pipefail
program={program}
folder={folder}
mkdir -p "$folder/slurm"
tasks=$(sbatch --parsable --job-name=staffwright-sweep --array=1-{shards} --requeue --open-mode=append \
    --ntasks=1 --cpus-per-task={threads}{limits} --output="$folder/slurm/%A_%a.out" <<END
#!/bin/bash
exec ${{program@Q}} sweep run ${{folder@Q}} --shard auto --threads {threads} --quiet
END
)
tasks=${{tasks%%;*}}
merge=$(sbatch --parsable --job-name=staffwright-merge --dependency=afterany:$tasks \
    --ntasks=1 --cpus-per-task=1{limits} --output="$folder/slurm/merge-%j.out" <<END
#!/bin/bash
exec ${{program@Q}} sweep merge ${{folder@Q}}
END
)
echo "tasks are job $tasks, the merge is job ${{merge%%;*}}; their messages go to $folder/slurm"
"#
    )?;
    Ok(())
}

/// A text as one word of the shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn quotes_hold_any_text() {
        assert_eq!(super::quoted("/a b/c"), "'/a b/c'");
        assert_eq!(super::quoted("it's"), r"'it'\''s'");
    }
}
