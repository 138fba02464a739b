//! Scenarios to start from, completions, the manual.

use crate::harness::{printed, staffwright};
use serde_json::Value;
use std::fs;

#[test]
fn what_init_writes_passes_check_and_runs() {
    let dir = tempfile::tempdir().unwrap();
    for structure in ["startup", "scale-up", "enterprise"] {
        let folder = dir.path().join(structure);
        let said = printed(&["init", structure, folder.to_str().unwrap()]);
        let scenario = folder.join("scenario.toml");
        let scenario = scenario.to_str().unwrap();
        for next in ["check", "run", "optimize"] {
            assert!(
                said.contains(&format!("staffwright {next} {scenario}")),
                "{said}"
            );
        }
        assert_eq!(printed(&["check", scenario]), format!("{scenario}: ok\n"));
        let bundled = format!("scenarios/{structure}/scenario.toml");
        let run = |file: &str| -> Value {
            serde_json::from_str(&printed(&["run", file, "--json", "--replications", "1"])).unwrap()
        };
        let (own, bundled) = (run(scenario), run(&bundled));
        assert_eq!(own["overall"], bundled["overall"], "{structure}");
    }
}

#[test]
fn init_overwrites_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let mine = dir.path().join("demand.toml");
    fs::write(&mine, "mine").unwrap();
    let output = staffwright(&["init", "startup", dir.path().to_str().unwrap()]);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{errors}");
    assert!(
        errors.contains("demand.toml") && errors.contains("another folder"),
        "{errors}"
    );
    assert_eq!(fs::read_to_string(&mine).unwrap(), "mine");
    assert_eq!(
        fs::read_dir(dir.path()).unwrap().count(),
        1,
        "nothing else was written"
    );
}

#[test]
fn what_init_writes_is_valid_by_the_schema_beside_it() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("mine");
    printed(&["init", "enterprise", folder.to_str().unwrap()]);
    let text = fs::read_to_string(folder.join("scenario.toml")).unwrap();
    let directive = text.lines().next().unwrap();
    let schema = directive.strip_prefix("#:schema ").unwrap();
    let schema = fs::read_to_string(folder.join(schema)).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for name in ["scenario.toml", "demand.toml"] {
        let text = fs::read_to_string(folder.join(name)).unwrap();
        // Language servers hand dates to a schema as text.
        let value: toml::Table =
            toml::from_str(&text.replace("2027-01-11", "\"2027-01-11\"")).unwrap();
        let value = serde_json::to_value(value).unwrap();
        let wrong: Vec<String> = validator
            .iter_errors(&value)
            .map(|e| e.to_string())
            .collect();
        assert!(wrong.is_empty(), "{name}: {wrong:?}");
    }
    let misspelt: toml::Table = toml::from_str("[channel.phone]\nopne = \"24/7\"").unwrap();
    assert!(!validator.is_valid(&serde_json::to_value(misspelt).unwrap()));
}

#[test]
fn every_shell_and_the_manual_know_every_command() {
    let commands = [
        "init", "check", "run", "compare", "optimize", "sweep", "shifts", "explain", "schema",
        "man",
    ];
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = printed(&["completions", shell]);
        for command in commands {
            assert!(script.contains(command), "{shell} does not know {command}");
        }
    }
    let dir = tempfile::tempdir().unwrap();
    let script = dir.path().join("script");
    fs::write(&script, printed(&["completions", "bash"])).unwrap();
    // The program itself is asked to complete: `staffwright opt` becomes `optimize`.
    let complete = "source \"$1\"; COMP_WORDS=(staffwright opt); COMP_CWORD=1; _staffwright staffwright opt staffwright; echo \"${COMPREPLY[*]}\"";
    let reply = std::process::Command::new("bash")
        .args(["-c", complete, "bash", script.to_str().unwrap()])
        .output()
        .unwrap();
    assert_eq!(
        String::from_utf8_lossy(&reply.stdout).trim(),
        "optimize",
        "{reply:?}"
    );

    let page = printed(&["man"]);
    assert!(page.contains(".TH staffwright 1"), "{}", &page[..200]);
    let pages = dir.path().join("man");
    printed(&["man", "--out", pages.to_str().unwrap()]);
    for command in commands {
        assert!(page.contains(command), "the manual does not name {command}");
        assert!(
            pages.join(format!("staffwright-{command}.1")).exists(),
            "{command}"
        );
    }
}
