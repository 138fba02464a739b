//! `staffwright check` over mistakes across the whole language: what it prints for each is held by a snapshot.
#![allow(clippy::unwrap_used)]

use assert_cmd::Command;
use proptest::prelude::*;
use serde_json::Value as Json;
use staffwright::scenario::diagnostic::{Diagnostics, Severity};
use staffwright::scenario::load_checked;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const FOLDER: &str = "tests/check";

/// Fixtures that are no mistakes but worth a warning or a note.
const HARMLESS: [&str; 10] = [
    "data-dialect",
    "hidden-route",
    "idle-team",
    "latent-measured",
    "latent-replayed",
    "lost-keys",
    "never-staffed",
    "people-and-heads",
    "route-empty",
    "shift-outside-hours",
];

fn checked(path: &Path) -> Diagnostics {
    match load_checked(path, &[]) {
        Ok(loaded) => loaded.diagnostics,
        Err(diagnostics) => diagnostics,
    }
}

/// All fixtures by name; those that begin with `_` are parts of others.
fn fixtures() -> Vec<(String, PathBuf)> {
    let mut all: Vec<(String, PathBuf)> = fs::read_dir(FOLDER)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .map(|path| {
            (
                path.file_stem().unwrap().to_str().unwrap().to_string(),
                path,
            )
        })
        .filter(|(name, _)| !name.starts_with('_'))
        .collect();
    all.sort();
    all
}

/// Holds a text against its snapshot beside the fixtures.
fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("check/snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn the_fixtures_are_based_on_a_scenario_without_mistakes() {
    let diagnostics = checked(&Path::new(FOLDER).join("_good.toml"));
    assert_eq!(diagnostics.render(false), "");
}

#[test]
fn every_mistake_is_shown_with_its_place_and_remedy() {
    for (name, path) in fixtures() {
        snapshot(&name, &checked(&path).render(false));
    }
}

#[test]
fn every_fixture_is_found_wrong_and_every_diagnostic_is_complete() {
    let mut codes = BTreeSet::new();
    for (name, path) in fixtures() {
        let diagnostics = checked(&path);
        assert_eq!(
            diagnostics.has_errors(),
            !HARMLESS.contains(&name.as_str()),
            "{name}"
        );
        assert!(!diagnostics.items.is_empty(), "{name}");
        for item in &diagnostics.items {
            assert!(
                !item.places.is_empty(),
                "{name}: {} has no place",
                item.code
            );
            assert!(
                item.severity == Severity::Note || item.help.is_some(),
                "{name}: {} has no remedy",
                item.code
            );
            codes.insert(item.code);
        }
    }
    assert!(codes.len() >= 40, "{codes:?}");
}

#[test]
fn each_fixture_shows_a_mistake_of_its_own() {
    let first = |path: &Path| {
        let diagnostics = checked(path);
        let worst = diagnostics.items.iter().min_by_key(|d| d.severity).unwrap();
        (
            worst.code,
            worst.message.clone(),
            diagnostics.sources.text(worst.places[0].0).to_string(),
            worst.places[0].1.clone(),
            worst.help.clone(),
        )
    };
    let all: Vec<_> = fixtures().iter().map(|(_, path)| first(path)).collect();
    let distinct: BTreeSet<_> = all.iter().collect();
    assert_eq!(distinct.len(), all.len());
    assert!(all.len() >= 100);
}

fn staffwright(args: &[&str]) -> (i32, String, String) {
    let output = Command::cargo_bin("staffwright")
        .unwrap()
        .args(args)
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (
        output.status.code().unwrap(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

#[test]
fn all_files_are_checked_and_the_exit_code_says_whether_any_is_wrong() {
    let (code, out, err) = staffwright(&["check", "tests/check/_good.toml"]);
    assert_eq!(
        (code, out.as_str(), err.as_str()),
        (0, "tests/check/_good.toml: ok\n", "")
    );
    let (code, out, err) = staffwright(&[
        "check",
        "tests/check/unknown-key.toml",
        "tests/check/_good.toml",
        "tests/check/share-over.toml",
        "nowhere.toml",
    ]);
    assert_eq!(code, 2);
    assert_eq!(out.lines().filter(|l| l.ends_with(": 1 error")).count(), 3);
    assert!(
        err.contains("error[unknown-key]")
            && err.contains("error[out-of-range]")
            && err.contains("error[missing-file]"),
        "{err}"
    );
    assert!(err.contains("tests/check/unknown-key.toml:4:1"), "{err}");
}

#[test]
fn colour_is_a_choice() {
    let (_, _, plain) = staffwright(&["check", "tests/check/unknown-key.toml"]);
    let (_, _, coloured) =
        staffwright(&["--color", "always", "check", "tests/check/unknown-key.toml"]);
    assert!(!plain.contains('\u{1b}') && coloured.contains('\u{1b}'));
}

#[test]
fn json_holds_every_place() {
    let (code, out, err) = staffwright(&[
        "check",
        "--json",
        "tests/check/unknown-key.toml",
        "tests/check/_good.toml",
    ]);
    assert_eq!((code, err.as_str()), (2, ""));
    let json: Json = serde_json::from_str(&out).unwrap();
    let item = &json["files"][0]["diagnostics"][0];
    assert_eq!(
        (item["code"].as_str(), item["places"][0]["line"].as_u64()),
        (Some("unknown-key"), Some(4))
    );
    assert_eq!(json["files"][1]["ok"], Json::Bool(true));
}

#[test]
fn codes_are_explained() {
    let (code, out, _) = staffwright(&["explain", "not-a-whole"]);
    assert!(code == 0 && out.contains("100%"));
    let (code, out, _) = staffwright(&["explain", "channel.phone.patience"]);
    assert!(code == 0 && out.contains("default 369s"), "{out}");
    let (code, _, err) = staffwright(&["explain", "unknown-kee"]);
    assert!(code == 2 && err.contains("unknown-key"), "{err}");
}

/// What `check` prints for files that cannot lie in the repository, with the folder's name taken out.
fn shown(folder: &Path, name: &str) -> String {
    let text = checked(&folder.join(name)).render(false);
    text.replace(&folder.display().to_string(), "FOLDER")
}

#[test]
fn a_byte_that_is_not_utf8_is_shown_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("a.toml"),
        b"title = \"B\xFCro\"\nlength = \"1 week\"\n",
    )
    .unwrap();
    snapshot("file-not-utf8", &shown(folder.path(), "a.toml"));
    fs::write(folder.path().join("b.toml"), b"\xFF\xFEt\0i\0t\0").unwrap();
    assert!(shown(folder.path(), "b.toml").contains("UTF-16"));
}

#[test]
fn a_byte_order_mark_is_no_mistake() {
    let folder = tempfile::tempdir().unwrap();
    for part in ["_good.toml", "_profile.csv"] {
        let mut bytes = b"\xEF\xBB\xBF".to_vec();
        bytes.extend(fs::read(Path::new(FOLDER).join(part)).unwrap());
        fs::write(folder.path().join(part), bytes).unwrap();
    }
    assert!(!checked(&folder.path().join("_good.toml")).has_errors());
}

#[test]
fn large_files_are_refused_by_their_size_without_reading_them() {
    let folder = tempfile::tempdir().unwrap();
    // A sparse file: nothing of it is on the disk, and reading it would be seen in the time this takes.
    for (name, size) in [("big.toml", 100_000_000), ("huge.csv", 3_000_000_000_000)] {
        fs::File::create(folder.path().join(name))
            .unwrap()
            .set_len(size)
            .unwrap();
    }
    let good = fs::read_to_string(Path::new(FOLDER).join("_good.toml")).unwrap();
    fs::write(
        folder.path().join("a.toml"),
        good.replace("_profile.csv", "huge.csv"),
    )
    .unwrap();
    snapshot("file-too-large", &shown(folder.path(), "big.toml"));
    snapshot("file-too-large-data", &shown(folder.path(), "a.toml"));
}

#[test]
fn mistakes_in_what_happened_are_shown_at_their_cells() {
    let scenario = staffwright::scenario::load(Path::new("tests/check/_good.toml")).unwrap();
    let shown = |file: &str| {
        let path = Path::new(FOLDER).join(file);
        match staffwright::scenario::actuals::read(&path, &scenario) {
            Ok((_, notes)) => notes.render(false),
            Err(mistakes) => mistakes.render(false),
        }
    };
    for name in [
        "actuals-cells",
        "actuals-columns",
        "actuals-elsewhere",
        "actuals-unused",
    ] {
        snapshot(name, &shown(&format!("{name}.csv")));
    }
    let (code, out, err) = staffwright(&[
        "run",
        "tests/check/_good.toml",
        "--against",
        "tests/check/actuals-cells.csv",
    ]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("actuals-cells.csv:3:18"), "{err}");
}

#[test]
fn folders_and_missing_files_are_said_to_be_that() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("scenario.toml"), "").unwrap();
    snapshot("file-is-folder", &shown(folder.path(), ""));
    snapshot("file-missing", &shown(folder.path(), "scenari.toml"));
}

#[cfg(unix)]
#[test]
fn a_pipe_is_refused_instead_of_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let made = std::process::Command::new("mkfifo")
        .arg(folder.path().join("pipe.toml"))
        .status()
        .unwrap();
    assert!(made.success());
    assert!(shown(folder.path(), "pipe.toml").contains("is a pipe or a device"));
    assert!(shown(Path::new("/dev"), "zero").contains("is a pipe or a device"));
}

#[test]
fn hostile_files_end_in_messages() {
    let folder = tempfile::tempdir().unwrap();
    let deep = format!("x = {}{}\n", "[".repeat(5_000), "]".repeat(5_000));
    let tables = format!("[{}]\n", vec!["a"; 5_000].join("."));
    let escapes = "title = \"\\u001b[31mred\"\n\"\\u001b[2J\" = 1\n".to_string();
    let many = (0..3_000)
        .map(|i| format!("k{i} = 1\n"))
        .collect::<String>();
    for (name, text) in [
        ("deep", deep),
        ("tables", tables),
        ("escapes", escapes),
        ("many", many),
    ] {
        let path = folder.path().join(format!("{name}.toml"));
        fs::write(&path, text).unwrap();
        let diagnostics = checked(&path);
        assert!(diagnostics.has_errors(), "{name}");
        assert!(!diagnostics.render(false).contains('\u{1b}'), "{name}");
    }
}

/// A piece of a document to put somewhere else.
fn shred() -> impl Strategy<Value = String> {
    let pieces = [
        "\"",
        "[",
        "]",
        "{",
        "}",
        "=",
        "\n",
        "\u{0}",
        "é",
        "\"\"\"",
        "[[team]]\n",
        "like = \"berlin\"\n",
        "0",
        "-1",
        "1e999",
        "\"200%\"",
        "\"-4 points\"",
        "heads = {}\n",
        "base = \"scenario.toml\"\n",
        "[set]\n\"team.berlin.heads\" = 3\n",
        "nan",
        "[]",
        "remove = [\"*.*\"]\n",
        "2027-01-11",
        "99999999999999999999",
        "\"99999999999999h\"",
        "\"EUR 1/h\"",
        "\"\"",
    ];
    prop::sample::select(pieces.to_vec()).prop_map(str::to_string)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// Whatever is written, it ends in a scenario or in messages.
    #[test]
    fn no_document_brings_the_reader_down(
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0usize..40, shred()), 1..6),
        example in any::<bool>(),
    ) {
        let name = if example { "tests/data/example.toml" } else { "tests/check/_good.toml" };
        let mut text = fs::read_to_string(name).unwrap();
        for (at, cut, piece) in edits {
            let start = text.floor_char_boundary(at.index(text.len() + 1));
            let end = text.floor_char_boundary((start + cut).min(text.len())).max(start);
            text.replace_range(start..end, &piece);
        }
        let folder = tempfile::tempdir().unwrap();
        for file in ["tests/check/_profile.csv", "tests/data/profile.csv"] {
            let to = folder.path().join(Path::new(file).file_name().unwrap());
            fs::copy(file, to).unwrap();
        }
        let path = folder.path().join("scenario.toml");
        fs::write(&path, &text).unwrap();
        let diagnostics = checked(&path);
        prop_assert_eq!(diagnostics.to_json().as_array().map(Vec::len), Some(diagnostics.items.len()));
        prop_assert_eq!(diagnostics.render(true).is_empty(), diagnostics.items.is_empty());
    }
}

/// A TOML value as JSON, dates as text, the way editors hold documents against a schema.
fn json(value: &toml::Value) -> Json {
    match value {
        toml::Value::Datetime(date) => Json::String(date.to_string()),
        toml::Value::Array(all) => all.iter().map(json).collect(),
        toml::Value::Table(table) => table.iter().map(|(k, v)| (k.clone(), json(v))).collect(),
        other => serde_json::to_value(other).unwrap(),
    }
}

#[test]
fn the_schema_accepts_scenarios_and_refuses_mistakes() {
    let (code, out, _) = staffwright(&["schema"]);
    assert_eq!(code, 0);
    let schema: Json = serde_json::from_str(&out).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let read = |path: &str| {
        json(
            &fs::read_to_string(path)
                .unwrap()
                .parse::<toml::Table>()
                .map(toml::Value::Table)
                .unwrap(),
        )
    };
    for good in ["tests/check/_good.toml", "tests/data/example.toml"] {
        let errors: Vec<String> = validator
            .iter_errors(&read(good))
            .map(|e| format!("{}: {e}", e.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{good}: {errors:#?}");
    }
    for bad in [
        "unknown-key",
        "unknown-table",
        "duration-no-unit",
        "duration-number",
        "share-no-sign",
        "money-no-currency",
        "word-unknown",
        "hours-no-week",
    ] {
        assert!(
            !validator.is_valid(&read(&format!("tests/check/{bad}.toml"))),
            "{bad}"
        );
    }
}
