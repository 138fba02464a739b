//! Shares started by GNU parallel.

use super::support::{Bench, PROGRAM, is_there, skip, sweep_file};
use std::process::Command;

#[test]
fn gnu_parallel_plays_all_shares() {
    if !is_there("parallel") {
        skip("GNU parallel is not installed: apt-get install -y parallel");
        return;
    }
    let bench = Bench::new(&sweep_file(12, 3));
    let calm = bench.undisturbed();
    bench.said("plan @sweep.toml --out @out");
    let run = |shares: &[&str]| {
        let mut command = Command::new("parallel");
        command.args(["--will-cite", "-j", "2", PROGRAM, "sweep", "run"]);
        command.arg(bench.path("out"));
        command
            .args(["--threads", "1", "--quiet", "--shard", "{}/4", ":::"])
            .args(shares);
        let output = command.output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{errors}");
    };
    run(&["1", "2", "4"]);
    let refused = String::from_utf8(bench.sweep("merge @out").stderr).unwrap();
    assert!(refused.contains("share 3/4 lacks 6 of 6"), "{refused}");
    // All of it once more: only what is missing is played.
    run(&["1", "2", "3", "4"]);
    assert_eq!(bench.records("out"), 24);
    assert!(bench.merged("out") == calm);
}
