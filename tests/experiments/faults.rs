//! What may happen to a sweep: nothing is lost, nothing is counted twice, and it says what is missing and what to type.

use super::support::{Bench, PROGRAM, is_there, read, signal, skip, sweep_file};
use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Numbers that look random and are the same every time (Steele, Lea and Flood's splitmix64).
struct Chance(u64);

impl Chance {
    /// From 0 to 1.
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Starts a step, kills it after a while; whether it was killed before it ended by itself.
fn killed(bench: &Bench, words: &str, after: Duration) -> bool {
    let mut child = bench
        .command(words)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(after);
    let before = child.try_wait().unwrap().is_none();
    child.kill().unwrap();
    child.wait().unwrap();
    before
}

#[test]
fn fifty_kills_at_random_moments_change_no_byte() {
    let bench = Bench::new(&sweep_file(100, 8));
    let started = Instant::now();
    let calm = bench.undisturbed();
    let whole = started.elapsed();
    bench.said("plan @sweep.toml --out @out");
    let mut chance = Chance(5);
    let (mut kills, mut midway) = (0, 0);
    while kills < 50 {
        let (words, most) = match kills % 10 {
            8 => ("plan @sweep.toml --out @out", whole / 20),
            9 => ("merge @out", whole / 20),
            5 => ("run @out --quiet --shard 1/2 --threads 1", whole / 12),
            _ => ("run @out --quiet", whole / 12),
        };
        let hit = killed(&bench, words, most.mul_f64(chance.next()));
        kills += i32::from(hit);
        let done = bench.records("out");
        midway += i32::from(hit && done > 0 && done < 200);
        if !hit && words.starts_with("run") && done >= 200 {
            break;
        }
    }
    // However fast the machine was: most kills met a sweep that was under way.
    assert!(
        kills >= 50 || midway >= 20,
        "{kills} kills, {midway} of them midway"
    );
    bench.said("run @out --quiet");
    assert!(bench.merged("out") == calm, "the merged tables differ");
    let rest = bench.said("status @out");
    assert!(rest.contains("200 of 200 runs are finished"), "{rest}");
    let left = fs::read_dir(bench.path("out")).unwrap();
    let names: Vec<String> = left
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(names.len() >= 4, "{names:?}");
}

#[test]
fn torn_and_corrupted_results_do_not_count_and_are_played_again() {
    let bench = Bench::new(&sweep_file(10, 2));
    let calm = bench.undisturbed();
    bench.said("plan @sweep.toml --out @out");
    for share in 1..=2 {
        bench.said(&format!("run @out --quiet --shard {share}/2"));
    }
    let logs = bench.logs("out");
    assert_eq!(logs.len(), 2);
    // One loses its tail in the middle of a line; in the other a bit of the third line turns.
    let whole = fs::read(&logs[0]).unwrap();
    fs::write(&logs[0], &whole[..whole.len() - 30]).unwrap();
    let mut bytes = fs::read(&logs[1]).unwrap();
    let lines: Vec<usize> = (0..bytes.len()).filter(|&i| bytes[i] == b'\n').collect();
    bytes[lines[1] + 40] ^= 4;
    fs::write(&logs[1], bytes).unwrap();
    let status = bench.said("status @out");
    for part in [
        "18 of 20 runs are finished",
        "1 damaged record",
        "missing: ",
        "lacks 1 of 10; type: staffwright sweep run",
    ] {
        assert!(status.contains(part), "{part}: {status}");
    }
    let refused = bench.sweep("merge @out");
    assert_eq!(refused.status.code(), Some(2));
    let errors = String::from_utf8(refused.stderr).unwrap();
    assert!(
        errors.contains("not complete") && errors.contains("18 of 20"),
        "{errors}"
    );
    assert!(!bench.path("out").join("merged.parquet").exists());
    bench.said("run @out --quiet");
    assert!(bench.merged("out") == calm);
}

#[test]
fn shares_started_twice_count_once() {
    let bench = Bench::new(&sweep_file(20, 6));
    let calm = bench.undisturbed();
    bench.said("plan @sweep.toml --out @out");
    let start = |share: &str| {
        let mut command = bench.command("run @out --quiet --threads 1 --shard");
        command.arg(share).stdout(Stdio::null()).spawn().unwrap()
    };
    let children = ["1/2", "2/2", "1/2", "2/2", "1/1"].map(start);
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    assert!(bench.merged("out") == calm);
}

#[test]
fn a_share_that_never_ran_is_named_with_what_to_type() {
    let bench = Bench::new(&sweep_file(9, 2));
    let calm = bench.undisturbed();
    bench.said("plan @sweep.toml --out @out");
    bench.said("run @out --quiet --shard 1/3");
    bench.said("run @out --quiet --shard 3/3");
    let refused = bench.sweep("merge @out");
    assert_eq!(refused.status.code(), Some(2));
    let errors = String::from_utf8(refused.stderr).unwrap();
    let typed = format!("staffwright sweep run {} --shard 2/3", bench.text("out"));
    assert!(errors.contains("missing: 2, 5, 8, 11, 14, 17"), "{errors}");
    assert!(
        errors.contains(&format!("share 2/3 lacks 6 of 6; type: {typed}")),
        "{errors}"
    );
    // Type it.
    bench.said("run @out --shard 2/3 --quiet");
    assert!(bench.merged("out") == calm);
}

#[test]
fn another_versions_manifest_and_a_damaged_one_are_refused() {
    let bench = Bench::new(&sweep_file(3, 1));
    bench.said("plan @sweep.toml --out @out");
    let path = bench.path("out").join("manifest.jsonl");
    let text = fs::read_to_string(&path).unwrap();
    let (first, rest) = text.split_once('\n').unwrap();
    let version = env!("CARGO_PKG_VERSION");
    let json = first[17..].replace(&format!("\"{version}\""), "\"0.0.9\"");
    let check = blake3::hash(json.as_bytes()).to_hex();
    fs::write(&path, format!("{} {json}\n{rest}", &check[..16])).unwrap();
    for step in [
        "run @out --quiet",
        "status @out",
        "merge @out",
        "slurm @out",
    ] {
        let refused = bench.sweep(step);
        assert_eq!(refused.status.code(), Some(2), "{step}");
        let errors = String::from_utf8(refused.stderr).unwrap();
        assert!(errors.contains("planned by staffwright 0.0.9"), "{errors}");
        assert!(errors.contains("type: staffwright sweep plan"), "{errors}");
    }
    fs::write(&path, &text[..text.len() / 2]).unwrap();
    let errors = String::from_utf8(bench.sweep("run @out").stderr).unwrap();
    assert!(errors.contains("torn or corrupted; plan again"), "{errors}");
    bench.said("plan @sweep.toml --out @out");
    bench.said("run @out --quiet");
    let none = String::from_utf8(bench.sweep("status @nowhere").stderr).unwrap();
    assert!(
        none.contains("there is no sweep in") && none.contains("sweep plan"),
        "{none}"
    );
}

/// Steps under a limit on the size of files, which a write meets as it would a full disk.
fn limited(bench: &Bench, kilobytes: u32, words: &str) -> std::process::Output {
    let steps: Vec<String> = words
        .split(' ')
        .map(|w| {
            w.strip_prefix('@')
                .map_or(w.to_string(), |name| bench.text(name))
        })
        .collect();
    let line = format!(
        "trap '' XFSZ; ulimit -f {kilobytes}; exec '{PROGRAM}' sweep {}",
        steps.join(" ")
    );
    Command::new("bash").args(["-c", &line]).output().unwrap()
}

#[test]
fn a_full_disk_loses_nothing() {
    let bench = Bench::new(&sweep_file(40, 1));
    let calm = bench.undisturbed();
    bench.said("plan @sweep.toml --out @out");
    let output = limited(&bench, 24, "run @out --quiet");
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{errors}");
    assert!(errors.contains("cannot keep results in"), "{errors}");
    assert!(
        errors.contains("are kept; once this is mended, type the same command again"),
        "{errors}"
    );
    let before = bench.records("out");
    assert!(before > 0 && before < 80, "{before}");
    for log in bench.logs("out") {
        let bytes = fs::read(log).unwrap();
        assert_eq!(bytes.last(), Some(&b'\n'), "a half line was taken back");
    }
    let tally = bench.said("run @out --quiet");
    assert!(
        tally.contains(&format!("found {before} finished")),
        "{tally}"
    );
    // A merge that finds no room leaves no half of a table.
    let output = limited(&bench, 8, "merge @out");
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{errors}");
    assert!(
        errors.contains("write ") && errors.contains("merged.parquet"),
        "{errors}"
    );
    let names = fs::read_dir(bench.path("out")).unwrap();
    let names: Vec<String> = names
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(
        names
            .iter()
            .all(|n| !n.contains("merged") && !n.ends_with(".tmp")),
        "{names:?}"
    );
    assert!(bench.merged("out") == calm);
    // Nor does a plan that finds none.
    let output = limited(&bench, 1, "plan @sweep.toml --out @full");
    assert_eq!(output.status.code(), Some(1));
    assert!(!bench.path("full").join("manifest.jsonl").exists());
}

#[test]
fn a_full_file_system_is_said_and_outlived() {
    let bench = Bench::new(&sweep_file(40, 1));
    let calm = bench.undisturbed();
    let room = bench.path("room");
    fs::create_dir(&room).unwrap();
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=48k", "tmpfs"])
        .arg(&room)
        .output()
        .is_ok_and(|o| o.status.success());
    if !mounted {
        skip("no small file system can be mounted here; the limit on file sizes stands in for it");
        return;
    }
    let end = Unmount(&room);
    bench.said("plan @sweep.toml --out @room/out");
    let output = bench.sweep("run @room/out --quiet");
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{errors}");
    assert!(errors.contains("No space left on device"), "{errors}");
    let more = Command::new("mount")
        .args(["-o", "remount,size=8m"])
        .arg(&room)
        .status();
    assert!(more.unwrap().success());
    bench.said("run @room/out --quiet");
    assert!(bench.merged("room/out") == calm);
    drop(end);
}

/// Takes a mounted file system away, whatever happened.
struct Unmount<'a>(&'a std::path::Path);

impl Drop for Unmount<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0).status();
    }
}

#[test]
fn ctrl_c_ends_a_sweep_cleanly() {
    let bench = Bench::new(&sweep_file(60, 20));
    let calm = bench.undisturbed();
    bench.said("plan @sweep.toml --out @out");
    let (said, errors) = (bench.path("said"), bench.path("errors"));
    let mut child = bench
        .command("run @out --quiet --threads 2")
        .stdout(fs::File::create(&said).unwrap())
        .stderr(fs::File::create(&errors).unwrap())
        .spawn()
        .unwrap();
    let started = Instant::now();
    while bench.records("out") < 3 {
        assert!(
            started.elapsed() < Duration::from_secs(120),
            "nothing is played"
        );
        std::thread::sleep(Duration::from_millis(5));
    }
    signal("-INT", child.id());
    let asked = Instant::now();
    let code = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status.code();
        }
        if asked.elapsed() > Duration::from_secs(60) {
            child.kill().unwrap();
            panic!("it does not stop");
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    assert_eq!(code, Some(0), "{}", read(&errors));
    let said = read(&said);
    let again = format!(
        "To go on, type: staffwright sweep run {}",
        bench.text("out")
    );
    assert!(
        said.contains("interrupted; finished runs are kept") && said.contains(&again),
        "{said}"
    );
    assert_eq!(read(&errors), "");
    let done = bench.records("out");
    assert!((3..120).contains(&done), "{done}");
    bench.said("run @out --quiet");
    assert!(bench.merged("out") == calm);
}

#[test]
fn a_terminal_sees_rate_and_time_left() {
    if !is_there("script") {
        skip("`script`, which gives a program a terminal, is not here");
        return;
    }
    let bench = Bench::new(&sweep_file(60, 10));
    bench.said("plan @sweep.toml --out @out");
    let line = format!("'{PROGRAM}' sweep run {}", bench.text("out"));
    let output = Command::new("script")
        .args(["-qec", &line, "/dev/null"])
        .output()
        .unwrap();
    let seen = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        seen.contains("/120 runs, ") && seen.contains("/s, ") && seen.contains(" left"),
        "{seen}"
    );
    assert!(seen.contains("of the time went into simulation"), "{seen}");
}
