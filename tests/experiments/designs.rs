//! Every design, scenarios as a dimension, and what an edit invalidates.

use super::support::{Bench, SHOP, sweep_file};

const DIMENSIONS: &str = r#"
[dimension.volume]
path   = "topic.orders.per_week"
values = { from = 1000, to = 1600 }
[dimension.handle]
path   = "topic.orders.handle"
values = { from = "4m", to = "6m" }
[dimension.heads_level]
path   = "team.desk.heads.full"
values = [4, 5, 6]
"#;

fn sweep(kind: &str) -> String {
    format!(
        "scenarios = [\"one.toml\", \"two.toml\"]\nreplications = 1\n[design]\n{kind}\n{DIMENSIONS}"
    )
}

/// `scenario, volume, handle, heads` of every run, as the merged table says it.
fn points(kind: &str) -> Vec<Vec<String>> {
    let bench = Bench::new(&sweep(kind));
    bench.said("all @sweep.toml --out @out --quiet");
    let mut table = csv::Reader::from_path(bench.path("out").join("merged.csv")).unwrap();
    let names = table.headers().unwrap().clone();
    let at = |name: &str| names.iter().position(|n| n == name).unwrap();
    let columns = ["scenario", "volume", "handle", "heads_level"].map(at);
    let set = at("set");
    let rows = table
        .records()
        .map(Result::unwrap)
        .filter(|r| &r[set] == "overall");
    rows.map(|r| columns.iter().map(|&c| r[c].to_string()).collect())
        .collect()
}

#[test]
fn sampled_designs_fill_the_range_and_every_scenario_plays_every_point() {
    for kind in [
        "kind = \"sobol\"\npoints = 8",
        "kind = \"latin-hypercube\"\npoints = 8",
    ] {
        let rows = points(kind);
        assert_eq!(rows.len(), 16, "{kind}");
        for pair in rows.chunks(2) {
            assert_eq!(
                pair[0][1..],
                pair[1][1..],
                "{kind}: both scenarios play a point"
            );
            assert_eq!((&*pair[0][0], &*pair[1][0]), ("one", "two"));
        }
        // One volume in each eighth of the range: both designs are stratified in every dimension.
        let mut eighths: Vec<u32> = rows
            .iter()
            .step_by(2)
            .map(|r| ((r[1].parse::<f64>().unwrap() - 1000.0) / 600.0 * 8.0) as u32)
            .collect();
        eighths.sort_unstable();
        assert_eq!(eighths, (0..8).collect::<Vec<_>>(), "{kind}: {rows:?}");
    }
}

#[test]
fn one_at_a_time_changes_one_thing_at_a_time() {
    let rows = points("kind = \"one-at-a-time\"");
    // As written, then both ends of two ranges and three levels of a list; each by two scenarios.
    assert_eq!(rows.len(), 2 * (1 + 2 + 2 + 3));
    for row in &rows {
        assert!(
            row[1..].iter().filter(|cell| !cell.is_empty()).count() <= 1,
            "{row:?}"
        );
    }
}

#[test]
fn an_edit_invalidates_only_what_it_changes() {
    let bench = Bench::new(&sweep_file(4, 2));
    let plan = || bench.said("plan @sweep.toml --out @out");
    assert!(plan().contains("planned 8 runs") && plan().contains("; 0 of them are finished"));
    bench.said("run @out --quiet");
    assert!(plan().contains("; 8 of them are finished"));
    // Comments, blanks and other names of teams' sites change no run.
    bench.write("one.toml", &format!("# A remark.\n\n{SHOP}"));
    assert!(plan().contains("; 8 of them are finished"));
    // A value in one scenario changes the runs of that one.
    bench.write("one.toml", &SHOP.replace("mean = \"3m\"", "mean = \"4m\""));
    let refused = bench.sweep("run @out --quiet");
    // All runs were finished as planned, so nothing had to be loaded; what was planned stays what it was.
    assert_eq!(refused.status.code(), Some(0));
    assert!(plan().contains("; 4 of them are finished"));
    // A level more keeps the others.
    bench.write("one.toml", SHOP);
    bench.write("sweep.toml", &sweep_file(5, 2));
    assert!(plan().contains("planned 10 runs") && plan().contains("; 8 of them are finished"));
    bench.said("run @out --quiet");
    // More replications are other runs.
    bench.write("sweep.toml", &sweep_file(5, 3));
    assert!(plan().contains("; 0 of them are finished"));
}

#[test]
fn a_scenario_edited_after_planning_is_not_played_under_the_old_name() {
    let bench = Bench::new(&sweep_file(4, 2));
    bench.said("plan @sweep.toml --out @out");
    bench.write("two.toml", &SHOP.replace("full = 5", "full = 7"));
    let output = bench.sweep("run @out --quiet");
    assert_eq!(output.status.code(), Some(2));
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(
        errors.contains("two, volume") && errors.contains("sweep plan"),
        "{errors}"
    );
}
