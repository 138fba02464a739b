//! `staffwright shifts` as a user meets it, and the search against published optima.
#![allow(clippy::unwrap_used)]

#[allow(dead_code)] // the benchmark uses all of it
#[path = "../benches/shift_design/benchmark_file.rs"]
mod benchmark_file;

use assert_cmd::Command;
use serde_json::Value;
use staffwright::optimize::design::instance::Problem;
use staffwright::optimize::design::plan::{Plan, evaluate};
use staffwright::optimize::design::{Limits, design};
use staffwright::solve::{Solver, StoppedBy};
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A folder with the two files of a problem.
struct Files {
    folder: TempDir,
}

impl Files {
    fn new(requirement: &str, patterns: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("need.csv"), requirement).unwrap();
        fs::write(folder.path().join("patterns.toml"), patterns).unwrap();
        Self { folder }
    }

    fn run(&self, options: &[&str]) -> (i32, String, String) {
        let mut command = Command::cargo_bin("staffwright").unwrap();
        let output = command
            .current_dir(self.folder.path())
            .args(["shifts", "need.csv", "patterns.toml"])
            .args(options)
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (
            output.status.code().unwrap(),
            text(output.stdout),
            text(output.stderr),
        )
    }

    fn json(&self, options: &[&str]) -> Value {
        let (code, out, err) = self.run(&[&["--json"], options].concat());
        assert_eq!(code, 0, "{err}");
        serde_json::from_str(&out).unwrap()
    }
}

/// One row per hour of so many days.
fn hourly(days: usize, required: impl Fn(usize, usize) -> u32) -> String {
    let mut text = String::from("day,start,required\n");
    for day in 0..days {
        for hour in 0..24 {
            text += &format!("{},{hour:02}:00,{}\n", day + 1, required(day, hour));
        }
    }
    text
}

fn patterns(cyclic: bool, pattern: &str) -> String {
    format!(
        "interval = \"1h\"\ncyclic = {cyclic}\n[objective]\nunderstaffing = 1.0\noverstaffing = 1.0\n\
         distinct_shift = 60.0\n[[pattern]]\nname = \"p\"\n{pattern}\n"
    )
}

const NIGHT: &str = "start = { from = \"22:00\", to = \"01:00\", step = \"1h\" }\nlength = \"8h\"";

#[test]
fn a_night_shift_wraps_midnight_and_the_cycle() {
    // Three agents from 23:00 to 07:00 every night, the last one into day 1.
    let need = hourly(2, |_, hour| if !(7..23).contains(&hour) { 3 } else { 0 });
    let files = Files::new(&need, &patterns(true, NIGHT));
    let plan = files.json(&[]);
    assert_eq!(plan["objective"], 60.0);
    assert_eq!(plan["lower_bound"], 60.0);
    assert_eq!(plan["distinct_shifts"], 1);
    let shift = &plan["shifts"][0];
    assert_eq!(
        (shift["start"].as_str(), shift["length_min"].as_u64()),
        (Some("23:00"), Some(480))
    );
    assert_eq!(shift["staff"], serde_json::json!([3, 3]));
    assert_eq!(shift["breaks"], serde_json::json!([]));
}

#[test]
fn without_a_cycle_the_last_shift_is_cut() {
    let need = hourly(2, |_, hour| if !(7..23).contains(&hour) { 3 } else { 0 });
    let plan = Files::new(&need, &patterns(false, NIGHT)).json(&[]);
    // Nobody can come before the first night: 00:00 to 07:00 of day 1 is best met by three agents
    // from 00:00, at the price of another shift (60) and one hour too many (180) instead of 1,260.
    assert_eq!(plan["objective"], 300.0);
    assert_eq!(plan["understaffed_minutes"], 0);
    assert_eq!(plan["overstaffed_minutes"], 180);
    assert_eq!(plan["distinct_shifts"], 2);
}

#[test]
fn breaks_cover_nothing_and_unpaid_ones_cost_nothing() {
    let need = hourly(1, |_, hour| match hour {
        8..=15 => 4 - u32::from((11..13).contains(&hour)) * 2,
        _ => 0,
    });
    let pattern = "start = \"08:00\"\nlength = \"8h\"\nbreak = { length = \"1h\", from = \"3h\", to = \"4h\" }";
    let text =
        patterns(false, pattern).replace("distinct_shift", "paid_minute = 0.5\ndistinct_shift");
    let plan = Files::new(&need, &text).json(&[]);
    // Four agents of seven paid hours, two on a break at 11:00 and two at 12:00.
    assert_eq!(plan["understaffed_minutes"], 0);
    assert_eq!(plan["overstaffed_minutes"], 0);
    assert_eq!(plan["paid_minutes"], 4 * 7 * 60);
    assert_eq!(plan["objective"], 60.0 + 4.0 * 7.0 * 30.0);
    let breaks = plan["shifts"][0]["breaks"].as_array().unwrap();
    let listed: Vec<_> = breaks
        .iter()
        .map(|b| (b["offset_min"].as_u64(), b["staff"][0].as_u64()))
        .collect();
    assert_eq!(listed, [(Some(180), Some(2)), (Some(240), Some(2))]);
}

#[test]
fn days_and_doubled_patterns_are_respected() {
    let need = hourly(7, |_, hour| u32::from((8..16).contains(&hour)));
    let pattern = "start = \"08:00\"\nlength = \"8h\"\ndays = \"Mon-Fri\"\n\
                   [[pattern]]\nname = \"again\"\nstart = \"08:00\"\nlength = \"8h\"\ndays = [7]";
    let plan = Files::new(&need, &patterns(true, pattern)).json(&[]);
    assert_eq!(plan["distinct_shifts"], 1);
    assert_eq!(
        plan["shifts"][0]["staff"],
        serde_json::json!([1, 1, 1, 1, 1, 0, 1])
    );
    assert_eq!(plan["objective"], 60.0 + 480.0);
}

#[test]
fn the_solvers_agree_and_runs_repeat() {
    let need = hourly(2, |day, hour| {
        ((hour * 7 + day * 3) % 5) as u32 + u32::from((9..17).contains(&hour)) * 3
    });
    let pattern = "start = { from = \"06:00\", to = \"10:00\", step = \"2h\" }\nlength = { from = \"6h\", to = \"8h\", step = \"2h\" }";
    let files = Files::new(&need, &patterns(true, pattern));
    let plans: Vec<Value> = Solver::ALL
        .iter()
        .map(|solver| files.json(&["--solver", solver.name()]))
        .collect();
    for plan in &plans {
        assert_eq!(plan["objective"], plans[0]["objective"]);
        assert_eq!(plan["lower_bound"], plan["objective"]);
        assert_eq!(plan["stopped_by"], "proof");
    }
    assert_eq!(files.run(&["--json"]).1, files.run(&["--json"]).1);
}

#[test]
fn every_mistake_is_shown_at_once_with_its_place() {
    let need = "day,start,required\n1,00:00,3\n1,00:20,2\n0,01:00,1\n1,02:00,two\n1,00:00,4\n";
    let text = "interval = \"15m\"\ncyclic = true\n[objective]\nunderstafing = 1.0\n[[pattern]]\n\
                start = { from = \"05:10\", to = \"08:00\" }\nlength = { from = \"9h\", to = \"7h\" }\n";
    let (code, out, err) = Files::new(need, text).run(&[]);
    assert_eq!((code, out.as_str()), (2, ""));
    for part in [
        "there is no day 0",
        "`two` is not a number",
        "has this interval twice",
        "did you mean `understaffing`?",
        "`understaffing` is missing in [objective]",
        "`name` is missing in [[pattern]]",
        "310 minutes are not a whole number of intervals of 15 minutes",
        "`to` is less than `from`",
        "need.csv:4:1",
        "patterns.toml:4:1",
    ] {
        assert!(err.contains(part), "{part:?} is not in:\n{err}");
    }
}

#[test]
fn one_mistake_hides_no_other() {
    // A cell that is no number and a start off the grid in one file; days, break and fit in one pattern of the other.
    let need = "day,start,required\n1,00:00,x\n1,00:20,2\n";
    let text = "interval = \"15m\"\ncyclic = \"yes\"\n[objective]\nunderstaffing = 1.0\n[[pattern]]\nname = 3\n\
                start = \"24:00\"\nlength = \"4h\"\ndays = [\"Mon\"]\nbreak = { length = \"1h\", from = \"4h\", paid = \"no\" }\n\
                [[pattern]]\nname = \"late\"\nstart = \"05:00\"\nlength = \"4h\"\ndays = [0]\nbreak = { length = \"1h\", from = \"4h\" }\n";
    let (code, _, err) = Files::new(need, text).run(&[]);
    assert_eq!(code, 2);
    for place in [
        "need.csv:2:9",
        "need.csv:3:3",
        "patterns.toml:2:10",
        "patterns.toml:6:8",
        "patterns.toml:7:9",
        "patterns.toml:9:9",
        "patterns.toml:10:46",
        "patterns.toml:15:9",
        "patterns.toml:16:9",
    ] {
        assert!(err.contains(place), "{place:?} is not in:\n{err}");
    }
    assert!(err.contains("9 errors"), "{err}");
}

#[test]
fn a_requirement_from_a_spreadsheet_is_read() {
    // Semicolons, a byte order mark, lines that end as on Windows, a column more, and days without rows.
    let need = "\u{feff}day;start;required;remark\r\n1;08:00;2;\r\n3;08:00;1;feast\r\n";
    let files = Files::new(need, &patterns(true, "start = \"08:00\"\nlength = \"1h\""));
    let (code, out, err) = files.run(&["--json"]);
    assert_eq!(code, 0, "{err}");
    let plan: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(plan["shifts"][0]["staff"], serde_json::json!([2, 0, 1]));
    assert!(err.contains("70 of 72 intervals have no row"), "{err}");
}

#[test]
fn nobody_required_is_nobody_scheduled() {
    let plan = Files::new(&hourly(2, |_, _| 0), &patterns(true, NIGHT)).json(&[]);
    assert_eq!(plan["shifts"], serde_json::json!([]));
    assert_eq!(
        (&plan["objective"], &plan["lower_bound"]),
        (&Value::from(0.0), &Value::from(0.0))
    );
    assert_eq!(plan["distinct_shifts"], 0);
}

#[test]
fn equal_shifts_of_two_patterns_are_one_with_two_ways_to_pause() {
    // Two agents, one of whom has to be there at any time but 11:00: one pattern pauses then, the other never.
    let need = hourly(1, |_, hour| match hour {
        11 => 1,
        8..=15 => 2,
        _ => 0,
    });
    let pattern = "start = \"08:00\"\nlength = \"8h\"\nbreak = { length = \"1h\", from = \"3h\" }\n\
                   [[pattern]]\nname = \"none\"\nstart = \"08:00\"\nlength = \"8h\"";
    let plan = Files::new(&need, &patterns(false, pattern)).json(&[]);
    assert_eq!(plan["distinct_shifts"], 1);
    assert_eq!(plan["objective"], 60.0);
    assert_eq!(plan["shifts"].as_array().unwrap().len(), 1);
    assert_eq!(plan["shifts"][0]["staff"], serde_json::json!([2]));
    let breaks = serde_json::json!([{ "offset_min": 180, "length_min": 60, "staff": [1] }]);
    assert_eq!(plan["shifts"][0]["breaks"], breaks);
}

#[test]
fn a_paid_break_is_paid_and_the_part_cut_off_is_not() {
    let need = hourly(1, |_, hour| {
        u32::from((20..24).contains(&hour) && hour != 22)
    });
    let pattern = "start = \"20:00\"\nlength = \"8h\"\nbreak = { length = \"1h\", from = \"2h\", paid = true }";
    let text =
        patterns(false, pattern).replace("distinct_shift", "paid_minute = 0.1\ndistinct_shift");
    let plan = Files::new(&need, &text).json(&[]);
    assert_eq!(plan["understaffed_minutes"], 0);
    assert_eq!(plan["overstaffed_minutes"], 0);
    // 20:00 to midnight, the break among it.
    assert_eq!(plan["paid_minutes"], 240);
    assert_eq!(plan["objective"], 60.0 + 24.0);
}

#[test]
fn the_whole_command_keeps_its_time_limit() {
    let need = hourly(7, |day, hour| ((hour * 5 + day * 3) % 11) as u32 + 8);
    let wide = "start = { from = \"00:00\", to = \"23:00\", step = \"1h\" }\nlength = { from = \"5h\", to = \"11h\", step = \"1h\" }\n\
                break = { length = \"1h\", from = \"2h\", to = \"7h\", step = \"1h\" }";
    let files = Files::new(&need, &patterns(true, wide));
    let clock = Instant::now();
    let plan = files.json(&["--time-limit", "6s"]);
    let seconds = clock.elapsed().as_secs_f64();
    assert!(seconds < 6.6, "{seconds}");
    assert!(plan["lower_bound"].as_f64() <= plan["objective"].as_f64());
}

#[test]
fn off_grid_starts_and_breaks_that_do_not_fit_are_refused() {
    let pattern = "start = \"08:00\"\nlength = \"4h\"\nbreak = { length = \"1h\", from = \"4h\" }";
    let (code, _, err) = Files::new(&hourly(1, |_, _| 1), &patterns(true, pattern)).run(&[]);
    assert!(
        code == 2 && err.contains("the earliest break ends 300 minutes after the start"),
        "{err}"
    );
    let need = "day,start,required\n1,00:30,1\n";
    let (code, _, err) = Files::new(need, &patterns(true, NIGHT)).run(&[]);
    assert!(
        code == 2 && err.contains("no interval of 60 minutes starts at this time"),
        "{err}"
    );
    let (code, _, err) = Files::new(
        &hourly(1, |_, _| 1),
        &patterns(true, "start = \"08:00\"\nlength = \"30h\""),
    )
    .run(&[]);
    assert!(
        code == 2 && err.contains("longer than the whole cycle"),
        "{err}"
    );
    let (code, _, err) = Files::new("day,start\n", "").run(&["--solver", "glpk"]);
    assert!(code == 2 && err.contains("microlp"), "{err}");
}

#[test]
fn files_are_written_and_add_up() {
    let need = hourly(2, |_, hour| if !(7..23).contains(&hour) { 3 } else { 0 });
    let files = Files::new(&need, &patterns(true, NIGHT));
    let (code, out, _) = files.run(&["--out", "plan"]);
    assert!(code == 0 && out.contains("proven least cost"), "{out}");
    let folder = files.folder.path().join("plan");
    let shifts = fs::read_to_string(folder.join("shifts.csv")).unwrap();
    assert_eq!(shifts.lines().nth(1), Some("23:00,480,,,1,3"));
    let coverage = fs::read_to_string(folder.join("coverage.csv")).unwrap();
    assert!(coverage.lines().skip(1).all(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        cells[2] == cells[3]
    }));
    assert_eq!(coverage.lines().count(), 49);
    let plan: Value =
        serde_json::from_str(&fs::read_to_string(folder.join("plan.json")).unwrap()).unwrap();
    assert_eq!(plan["objective"], 60.0);
}

fn published(name: &str) -> Problem {
    let path = format!("benches/data/shift-design/dataset{name}.txt");
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path);
    Problem::new(benchmark_file::parse(&fs::read_to_string(path).unwrap()))
}

fn design_within(problem: &Problem, seconds: f64) -> Plan {
    let limits = Limits {
        time: Duration::from_secs_f64(seconds),
        ..Limits::with(Solver::default())
    };
    design(problem, &limits).unwrap()
}

/// Published instances that are proven in about a second; the optima are those of the collection.
#[cfg(feature = "highs")]
#[test]
fn published_optima_are_found_and_proven() {
    for (name, optimum) in [
        ("1-1", 480.0),
        ("1-6", 420.0),
        ("1-11", 30.0),
        ("1-12", 90.0),
        ("1-15", 180.0),
    ] {
        let problem = published(name);
        let plan = design_within(&problem, 120.0);
        assert_eq!(plan.evaluation, evaluate(&problem, &plan.staff));
        assert_eq!(
            (plan.evaluation.objective, plan.lower_bound),
            (optimum, optimum),
            "{name}"
        );
        assert_eq!(plan.stopped_by, StoppedBy::Proof);
    }
}

/// The hardest published instance cannot be proven in a moment: the limit ends the search, with a
/// plan and a bound.
#[test]
fn the_time_limit_is_kept() {
    let problem = published("1-14");
    let clock = Instant::now();
    let plan = design_within(&problem, 4.0);
    let seconds = clock.elapsed().as_secs_f64();
    assert!(seconds < 4.4, "{seconds}");
    assert_eq!(plan.stopped_by, StoppedBy::Time);
    assert!((0.0..plan.evaluation.objective).contains(&plan.lower_bound));
    assert!(plan.evaluation.objective < 3000.0);
}
