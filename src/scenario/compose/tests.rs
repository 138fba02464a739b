#![allow(clippy::unwrap_used)]

use super::*;
use crate::scenario::diagnostic::Severity;
use crate::scenario::path;
use crate::scenario::print::{relocate, to_toml};
use std::fs;

struct Composed {
    document: Option<Table>,
    diagnostics: Diagnostics,
    sources: Sources,
    folder: tempfile::TempDir,
}

impl Composed {
    fn text(&self) -> String {
        to_toml(self.document.as_ref().unwrap())
    }

    fn at(&self, text: &str) -> String {
        let path = path::Path::parse(text).unwrap();
        let node = path::get(self.document.as_ref().unwrap(), &path).unwrap();
        crate::scenario::print::value_text(&node.value)
    }

    fn codes(&self) -> Vec<&str> {
        self.diagnostics.items.iter().map(|d| d.code).collect()
    }
}

fn composed(files: &[(&str, &str)]) -> Composed {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let document = compose(
        &folder.path().join(files[0].0),
        &mut sources,
        &mut diagnostics,
    );
    Composed {
        document,
        diagnostics,
        sources,
        folder,
    }
}

const BASE: &str = "title = \"base\"\n[team.berlin]\nsite = \"b\"\nheads = { full-time = 60, part-time = 12 }\n[team.manila]\nheads = 0\n[route.english]\nto = [{ team = \"manila\", share = \"0%\" }, { team = \"berlin\" }, { team = \"manila\", after = \"40s\" }]\n";

#[test]
fn later_files_win() {
    let c = composed(&[
        (
            "a.toml",
            "base = \"sub/base.toml\"\ninclude = [\"one.toml\", \"two.toml\"]\nlength = \"1 week\"\n",
        ),
        ("sub/base.toml", BASE),
        (
            "one.toml",
            "title = \"one\"\nzone = \"UTC\"\n[team.berlin]\nsite = \"one\"\n",
        ),
        ("two.toml", "title = \"two\"\n"),
    ]);
    assert_eq!(c.diagnostics.items, []);
    assert_eq!(
        (c.at("title"), c.at("team.berlin.site")),
        ("\"two\"".into(), "\"one\"".into())
    );
    assert_eq!(c.at("team.berlin.heads.part-time"), "12");
}

#[test]
fn a_key_replaces_whole_and_a_header_adds() {
    let c = composed(&[
        (
            "a.toml",
            "base = \"b.toml\"\n[team.berlin]\nheads = { full-time = 10 }\n",
        ),
        ("b.toml", BASE),
    ]);
    assert_eq!(c.at("team.berlin.heads"), "{ full-time = 10 }");
    assert_eq!(c.codes(), ["lost-keys"]);
    assert!(c.diagnostics.items[0].message.contains("part-time = 12"));
    let c = composed(&[
        (
            "a.toml",
            "base = \"b.toml\"\n[team.berlin.heads]\nfull-time = 10\n",
        ),
        ("b.toml", BASE),
    ]);
    assert_eq!(
        c.at("team.berlin.heads"),
        "{ full-time = 10, part-time = 12 }"
    );
    assert_eq!(c.diagnostics.items, []);
}

#[test]
fn like_copies_a_sibling_and_says_what_is_lost() {
    let c = composed(&[(
        "a.toml",
        "[team.c]\nlike = \"b\"\ntier = 3\n[team.b]\nlike = \"a\"\nheads = { y = 2 }\n[team.a]\nsite = \"s\"\nheads = { x = 1 }\n",
    )]);
    assert_eq!(
        c.at("team.c"),
        "{ site = \"s\", heads = { y = 2 }, tier = 3 }"
    );
    assert_eq!(c.codes(), ["lost-keys"]);
    assert_eq!(c.diagnostics.items[0].severity, Severity::Note);
    let c = composed(&[(
        "a.toml",
        "[team.a]\nlike = \"b\"\n[team.b]\nlike = \"a\"\n[team.d]\nlike = \"x\"\n",
    )]);
    assert_eq!(c.codes(), ["like-cycle", "unknown-name"]);
}

#[test]
fn set_changes_one_leaf_by_path() {
    let set = "base = \"b.toml\"\n[set]\n\"team.berlin.heads.full-time\" = 75\n\"route.english.to.manila.share\" = \"30%\"\nroute.english.to.manila.after = \"20s\"\nteam.berlin.shrinkage.leave = \"9%\"\n\"demand.busyness.cv\" = \"10%\"\n";
    let c = composed(&[("a.toml", set), ("b.toml", BASE)]);
    assert_eq!(c.diagnostics.items, []);
    assert_eq!(
        c.at("team.berlin.heads"),
        "{ full-time = 75, part-time = 12 }"
    );
    assert_eq!(
        c.at("route.english.to"),
        "[{ team = \"manila\", share = \"30%\" }, { team = \"berlin\" }, { team = \"manila\", after = \"20s\" }]"
    );
    assert_eq!(c.at("team.berlin.shrinkage"), "{ leave = \"9%\" }");
    assert_eq!(c.at("demand.busyness.cv"), "\"10%\"");
}

#[test]
fn set_refuses_paths_that_lead_nowhere() {
    let set = "base = \"b.toml\"\n[set]\n\"team.berln.site\" = \"x\"\n\"team.berlin.sitte\" = \"x\"\n\"team.manila.heads.full-time\" = 3\n\"route.english.to.oslo.share\" = \"1%\"\n";
    let c = composed(&[("a.toml", set), ("b.toml", BASE)]);
    assert_eq!(c.codes(), ["unknown-path"; 4]);
    let help: Vec<&str> = c
        .diagnostics
        .items
        .iter()
        .map(|d| d.help.as_deref().unwrap())
        .collect();
    assert_eq!(
        help[..2],
        ["did you mean `berlin`?", "did you mean `site`?"]
    );
    assert!(c.text().contains("site = \"b\""));
}

#[test]
fn remove_takes_patterns() {
    let c = composed(&[
        (
            "a.toml",
            "base = \"b.toml\"\nremove = [\"team.man*\", \"route.english.to.manila\", \"team.berlin.heads.part-time\"]\n",
        ),
        ("b.toml", BASE),
    ]);
    assert_eq!(c.diagnostics.items, []);
    assert!(!c.text().contains("manila") && !c.text().contains("part-time"));
    let c = composed(&[
        (
            "a.toml",
            "base = \"b.toml\"\nremove = [\"team.berln\", \"tier.*\"]\n",
        ),
        ("b.toml", BASE),
    ]);
    assert_eq!(c.codes(), ["nothing-removed"; 2]);
    assert_eq!(
        c.diagnostics.items[0].help.as_deref(),
        Some("did you mean `team.berlin`?")
    );
}

#[test]
fn cycles_are_named() {
    let c = composed(&[
        ("a.toml", "base = \"b.toml\"\n"),
        ("b.toml", "include = [\"c.toml\"]\n"),
        ("c.toml", "include = [\"a.toml\"]\n"),
    ]);
    assert_eq!(c.codes(), ["include-cycle"]);
    assert_eq!(c.diagnostics.items[0].message.matches("->").count(), 3);
    let c = composed(&[("a.toml", "include = [\"a.toml\"]\n")]);
    assert_eq!(c.codes(), ["include-cycle"]);
}

#[test]
fn files_that_multiply_are_stopped() {
    let names: Vec<String> = (0..12).map(|i| format!("f{i}.toml")).collect();
    let texts: Vec<String> = (0..12)
        .map(|i| {
            if i == 11 {
                String::new()
            } else {
                format!(
                    "include = [\"f{0}.toml\", \"f{0}.toml\", \"f{0}.toml\"]\n",
                    i + 1
                )
            }
        })
        .collect();
    let files: Vec<(&str, &str)> = names
        .iter()
        .map(String::as_str)
        .zip(texts.iter().map(String::as_str))
        .collect();
    assert!(composed(&files).codes().contains(&"too-many-files"));
}

#[test]
fn a_resolved_document_can_be_read_from_elsewhere() {
    let c = composed(&[
        (
            "a/a.toml",
            "base = \"../b/b.toml\"\n[team.x]\nroster = \"r.csv\"\n",
        ),
        ("b/b.toml", "[demand]\nprofile = \"p.csv\"\n"),
    ]);
    let mut document = c.document.clone().unwrap();
    relocate(&mut document, &c.sources, &c.folder.path().join("out/deep"));
    assert_eq!(
        to_toml(&document),
        "[demand]\nprofile = \"../../b/p.csv\"\n\n[team.x]\nroster = \"../../a/r.csv\"\n"
    );
}

#[test]
fn single_values_are_set_from_outside() {
    let mut c = composed(&[("a.toml", BASE)]);
    let mut document = c.document.clone().unwrap();
    let sets = [
        ("team.berlin.heads.full-time", "75"),
        ("demand.busyness.cv", "10%"),
        ("team.nobody.site", "x"),
        ("title", "say \"hi\""),
    ];
    let sets: Vec<(String, String)> = sets
        .iter()
        .map(|(a, b)| (a.to_string(), b.to_string()))
        .collect();
    apply(&mut document, &sets, &mut c.sources, &mut c.diagnostics);
    assert_eq!(c.codes(), ["unknown-path"]);
    c.document = Some(document);
    assert_eq!(
        (
            c.at("team.berlin.heads.full-time"),
            c.at("demand.busyness.cv")
        ),
        ("75".into(), "\"10%\"".into())
    );
    assert_eq!(c.at("title"), "\"say \\\"hi\\\"\"");
}
