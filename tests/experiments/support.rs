//! A folder with a small sweep in it, and the program.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The program.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_staffwright");

/// One team on one phone line for two weeks.
pub const SHOP: &str = include_str!("../cli/small.toml");

/// A sweep file over a week of two scenarios, with so many levels and replications.
pub fn sweep_file(levels: usize, replications: usize) -> String {
    let volumes: Vec<String> = (0..levels).map(|i| (1000 + 10 * i).to_string()).collect();
    format!(
        r#"
title        = "Volumes"
scenarios    = ["one.toml", "two.toml"]
replications = {replications}
[set]
length = "1 week"
[design]
kind = "grid"
[dimension.volume]
path   = "topic.orders.per_week"
values = [{}]
"#,
        volumes.join(", ")
    )
}

/// A folder with `one.toml`, `two.toml` and `sweep.toml`.
pub struct Bench {
    pub dir: tempfile::TempDir,
}

impl Bench {
    pub fn new(sweep: &str) -> Self {
        let bench = Self {
            dir: tempfile::tempdir().unwrap(),
        };
        bench.write("one.toml", SHOP);
        bench.write("two.toml", &SHOP.replace("full = 5", "full = 6"));
        bench.write("sweep.toml", sweep);
        bench
    }

    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn text(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }

    /// `staffwright sweep ...`, words divided by blanks; `@x` is the path of `x` in this folder.
    pub fn command(&self, words: &str) -> Command {
        let mut command = Command::new(PROGRAM);
        command.arg("sweep").env_remove("NO_COLOR");
        for word in words.split(' ') {
            match word.strip_prefix('@') {
                Some(name) => command.arg(self.path(name)),
                None => command.arg(word),
            };
        }
        command
    }

    pub fn sweep(&self, words: &str) -> Output {
        self.command(words).output().unwrap()
    }

    /// What it prints; it must succeed.
    pub fn said(&self, words: &str) -> String {
        let output = self.sweep(words);
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{words}: {errors}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Both merged tables of a sweep's folder.
    pub fn merged(&self, folder: &str) -> (Vec<u8>, Vec<u8>) {
        self.said(&format!("merge @{folder}"));
        let read = |name: &str| fs::read(self.path(folder).join(name)).unwrap();
        (read("merged.parquet"), read("merged.csv"))
    }

    /// The merged tables of the same sweep, played without any disturbance.
    pub fn undisturbed(&self) -> (Vec<u8>, Vec<u8>) {
        self.said("plan @sweep.toml --out @calm");
        self.said("run @calm --quiet");
        self.merged("calm")
    }

    /// Logs of a sweep's folder.
    pub fn logs(&self, folder: &str) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(self.path(folder).join("results")) else {
            return Vec::new();
        };
        entries.map(|e| e.unwrap().path()).collect()
    }

    /// Whole lines in all logs.
    pub fn records(&self, folder: &str) -> usize {
        let lines = |path: &PathBuf| fs::read(path).unwrap_or_default();
        let logs = self.logs(folder);
        logs.iter()
            .map(|path| lines(path).iter().filter(|b| **b == b'\n').count())
            .sum()
    }
}

/// Whether a program can be started at all.
pub fn is_there(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .output()
        .is_ok_and(|o| o.status.success())
}

/// Asks a process to do something, or ends it.
pub fn signal(name: &str, pid: u32) {
    let status = Command::new("kill").args([name, &pid.to_string()]).status();
    assert!(status.unwrap().success());
}

/// Says why a test did nothing, where nobody overlooks it.
pub fn skip(why: &str) {
    eprintln!("\n*** SKIPPED: {why} ***\n");
}

/// The words of a text file; empty where there is none.
pub fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_default()
}
