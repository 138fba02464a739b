//! Manners at a terminal and in a pipe: colours, widths, progress, a closed pipe, an interrupt.

use crate::harness::{FEWER, MORE, SMALL, command, json, printed, staffwright};
use serde_json::Value;
use std::fs;
use std::io::Read;
use std::process::Stdio;
use std::time::{Duration, Instant};

#[test]
fn a_closed_pipe_is_no_error() {
    let program = assert_cmd::cargo::cargo_bin("staffwright");
    for args in [
        vec!["compare", SMALL, MORE, "--json"],
        vec!["run", SMALL, "--verbose"],
        vec!["explain"],
    ] {
        let mut child = std::process::Command::new(&program)
            .args(&args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut errors = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut errors)
            .unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(0), "{args:?}: {errors}");
        assert!(
            !errors.contains("panicked") && !errors.contains("error"),
            "{args:?}: {errors}"
        );
    }
}

#[test]
fn colours_show_only_where_wanted() {
    let escape = '\x1b';
    assert!(
        !printed(&["run", SMALL]).contains(escape),
        "a pipe gets no colours"
    );
    assert!(printed(&["run", SMALL, "--color", "always"]).contains(escape));
    assert!(printed(&["compare", SMALL, FEWER, "--color", "always"]).contains(escape));
    assert!(!printed(&["run", SMALL, "--color", "never"]).contains(escape));
    let plain = |text: String| {
        let mut out = String::new();
        let mut inside = false;
        for c in text.chars() {
            inside = inside || c == escape;
            if !inside {
                out.push(c);
            }
            inside = inside && c != 'm';
        }
        out
    };
    assert_eq!(
        plain(printed(&["run", SMALL, "--color", "always"])),
        printed(&["run", SMALL])
    );
}

#[test]
fn a_terminal_gets_colours_unless_told_otherwise() {
    // `script` gives the program a terminal to write to.
    let in_terminal = |env: &str| {
        let program = assert_cmd::cargo::cargo_bin("staffwright");
        let line = format!("{env} {} run {SMALL} --replications 2", program.display());
        let output = std::process::Command::new("script")
            .args(["-qec", &line, "/dev/null"])
            .output();
        String::from_utf8_lossy(&output.unwrap().stdout).into_owned()
    };
    if std::process::Command::new("script")
        .arg("--version")
        .output()
        .is_err()
    {
        return;
    }
    assert!(in_terminal("NO_COLOR=").contains("\x1b[1mA small shop"));
    assert!(!in_terminal("NO_COLOR=1").contains("\x1b[1mA small shop"));
}

#[test]
fn quiet_is_quiet_and_pipes_see_no_progress() {
    assert!(staffwright(&["run", SMALL]).stderr.is_empty());
    let idle = "tests/check/idle-team.toml";
    assert!(
        !staffwright(&["run", idle, "--replications", "1"])
            .stderr
            .is_empty(),
        "a warning is shown"
    );
    assert!(
        staffwright(&["run", idle, "--replications", "1", "--quiet"])
            .stderr
            .is_empty()
    );
}

#[test]
fn tables_fit_the_page() {
    for columns in ["40", "80", "200"] {
        for args in [
            vec!["explain"],
            vec!["run", SMALL, "--replications", "2", "--flips"],
            vec!["compare", SMALL, MORE, FEWER, "--verbose"],
            vec!["run", SMALL, "--verbose"],
        ] {
            let output = command(&args).env("COLUMNS", columns).output().unwrap();
            let text = String::from_utf8(output.stdout).unwrap();
            let widest = text.lines().map(|line| line.chars().count()).max().unwrap();
            assert!(
                widest <= columns.parse().unwrap(),
                "{args:?} at {columns}: {widest}"
            );
        }
    }
}

#[test]
fn an_interrupt_leaves_what_is_finished() {
    let dir = tempfile::tempdir().unwrap();
    let (result, errors) = (dir.path().join("result.json"), dir.path().join("errors"));
    for args in [vec!["run", SMALL], vec!["compare", SMALL, MORE, "--fixed"]] {
        let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("staffwright"))
            .args([args.as_slice(), &["--json", "--replications", "100000000"]].concat())
            .stdout(fs::File::create(&result).unwrap())
            .stderr(fs::File::create(&errors).unwrap())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(700));
        let pid = child.id().to_string();
        assert!(
            std::process::Command::new("kill")
                .args(["-INT", &pid])
                .status()
                .unwrap()
                .success()
        );
        let asked = Instant::now();
        while child.try_wait().unwrap().is_none() {
            if asked.elapsed() > Duration::from_secs(60) {
                child.kill().unwrap();
                panic!("{args:?} does not stop");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        assert_eq!(child.wait().unwrap().code(), Some(0));
        let said: Value = serde_json::from_str(&fs::read_to_string(&result).unwrap()).unwrap();
        let how = said.get("provenance").or(said.get("method")).unwrap();
        assert_eq!(how["stopped_by"], "interrupt");
        let played = how["replications"].as_u64().unwrap();
        assert!((1..100_000_000).contains(&played));
        // What was finished is what the same number of replications gives.
        let whole = json(
            &[
                args.as_slice(),
                &["--json", "--replications", &played.to_string()],
            ]
            .concat(),
        );
        assert_eq!(said["overall"], whole["overall"]);
        assert_eq!(said["differences"], whole["differences"]);
    }
}
