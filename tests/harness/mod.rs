//! The program as it is typed: one runner for all tests of the whole.
#![allow(dead_code)] // Each test program uses a part of it.

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Output;

/// A scenario of one desk.
pub const SMALL: &str = "tests/cli/small.toml";
/// The same with more people.
pub const MORE: &str = "tests/cli/more.toml";
/// The same with fewer.
pub const FEWER: &str = "tests/cli/fewer.toml";

/// The program, without what the tester's own terminal says of colours and columns.
pub fn command(args: &[&str]) -> Command {
    let mut command = Command::cargo_bin("staffwright").unwrap();
    command.env_remove("NO_COLOR").env_remove("COLUMNS");
    command.args(args);
    command
}

/// Runs the program to its end.
pub fn staffwright(args: &[&str]) -> Output {
    command(args).output().unwrap()
}

/// What a successful run prints.
pub fn printed(args: &[&str]) -> String {
    let output = staffwright(args);
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{args:?}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

/// The object that a successful run prints.
pub fn json(args: &[&str]) -> Value {
    serde_json::from_str(&printed(args)).unwrap()
}

/// Runs with `--out`; gives the object that is written there.
pub fn written(args: &[&str], folder: &Path) -> Value {
    let out = folder.to_str().unwrap();
    printed(&[args, &["--quiet", "--out", out]].concat());
    serde_json::from_str(&fs::read_to_string(folder.join("result.json")).unwrap()).unwrap()
}
