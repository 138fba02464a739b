//! Shift design against the best known values: the public minimum-shift-design collection, a week
//! with 2,275 patterns a day, and a roster for three sites and three skill profiles.
//!
//! `cargo bench --bench shift_design [-- [--slower FACTOR] NAME...]`; names are `1-14`, `3-2`, ..., `week`,
//! `sites`. The time limits are for two idle cores; `--slower` stretches them on a slower or busy machine.
//! The values in the table are checked: a run that misses its mark fails.

mod benchmark_file;
mod three_sites;
mod three_sites_model;

use staffwright::optimize::design::instance::Problem;
use staffwright::optimize::design::{Limits, design, input};
use staffwright::optimize::support::solve_on_support;
use staffwright::solve::{Options, Solver, check};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Name, time limit in seconds, best known value (proven ones are also lower bounds), and the value
/// to stay under.
const MARKS: [(&str, f64, f64, f64); 25] = [
    ("1-1", 30.0, 480.0, 480.0),
    ("1-2", 30.0, 300.0, 300.0),
    ("1-3", 30.0, 600.0, 600.0),
    ("1-4", 30.0, 450.0, 450.0),
    ("1-5", 30.0, 480.0, 480.0),
    ("1-6", 30.0, 420.0, 420.0),
    ("1-7", 30.0, 270.0, 270.0),
    ("1-8", 30.0, 150.0, 150.0),
    ("1-9", 30.0, 150.0, 150.0),
    ("1-10", 30.0, 330.0, 330.0),
    ("1-11", 30.0, 30.0, 30.0),
    ("1-12", 30.0, 90.0, 90.0),
    ("1-13", 30.0, 105.0, 105.0),
    ("1-14", 30.0, 195.0, 214.5),
    ("1-15", 30.0, 180.0, 180.0),
    ("1-16", 30.0, 225.0, 247.5),
    ("1-17", 30.0, 540.0, 540.0),
    ("1-18", 30.0, 720.0, 720.0),
    ("1-19", 30.0, 180.0, 180.0),
    ("1-20", 30.0, 540.0, 540.0),
    ("3-1", 120.0, 2385.0, 2385.0),
    ("3-2", 120.0, 7590.0, 7605.0),
    ("3-3", 120.0, 9540.0, 9540.0),
    ("3-4", 120.0, 6540.0, 6570.0),
    ("3-6", 120.0, 2070.0, 2070.0),
];

fn data(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("benches/data")
        .join(path)
}

/// One line of the table; says whether the mark was met.
fn line(name: &str, best: f64, ours: f64, bound: f64, clock: Instant, mark: f64) -> bool {
    let met = ours <= mark + 1e-6;
    let seconds = clock.elapsed().as_secs_f64();
    let word = if met { "" } else { "  MISSED" };
    println!("| {name:>5} | {best:>8} | {ours:>8.1} | {bound:>8.1} | {seconds:>6.1} |{word}");
    met
}

fn limits(seconds: f64) -> Limits {
    Limits {
        time: Duration::from_secs_f64(seconds),
        ..Limits::with(Solver::default())
    }
}

fn published(name: &str, slower: f64) -> bool {
    let Some((_, seconds, best, mark)) = MARKS.iter().find(|mark| mark.0 == name) else {
        panic!("no such problem: {name}");
    };
    let text = std::fs::read_to_string(data(&format!("shift-design/dataset{name}.txt")))
        .expect("the instance");
    let clock = Instant::now();
    let plan = design(
        &Problem::new(benchmark_file::parse(&text)),
        &limits(seconds * slower),
    )
    .expect("no fault");
    line(
        name,
        *best,
        plan.evaluation.objective,
        plan.lower_bound,
        clock,
        *mark,
    )
}

fn week(slower: f64) -> bool {
    let (requirement, patterns) = (
        data("rosters/week-2275.csv"),
        data("rosters/week-2275.toml"),
    );
    let (instance, _) = input::load(&requirement, &patterns).expect("a readable problem");
    let clock = Instant::now();
    let plan = design(&Problem::new(instance), &limits(60.0 * slower)).expect("no fault");
    let (ours, bound) = (plan.evaluation.objective, plan.lower_bound);
    line("week", 15884.0, ours, bound, clock, 15884.0) && bound >= 15884.0 - 1e-6
}

fn sites(slower: f64) -> bool {
    use three_sites_model::{Form, build, shift_variables};
    let clock = Instant::now();
    let (sparse, dense) = (build(Form::Differences), build(Form::Full));
    let time = Duration::from_secs_f64(115.0 * slower).saturating_sub(clock.elapsed());
    let answer = solve_on_support(
        &sparse,
        &dense,
        shift_variables(),
        time,
        &Options::default(),
    )
    .expect("no fault");
    assert!(!answer.found() || check(&dense, &answer.values).is_empty());
    line(
        "sites",
        7115.4,
        answer.objective,
        answer.bound,
        clock,
        answer.bound * 1.02,
    )
}

fn main() {
    // Cargo itself adds `--bench`.
    let mut words = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .peekable();
    let slower = match words.next_if(|word| word == "--slower") {
        Some(_) => words
            .next()
            .and_then(|factor| factor.parse().ok())
            .expect("--slower FACTOR"),
        None => 1.0,
    };
    let mut names: Vec<String> = words.collect();
    if names.is_empty() {
        names = MARKS.iter().map(|mark| mark.0.to_string()).collect();
        names.extend(["week".to_string(), "sites".to_string()]);
    }
    println!("|       | best     | ours     | bound    | s      |");
    println!("|-------|----------|----------|----------|--------|");
    let mut missed = 0;
    for name in &names {
        let met = match name.as_str() {
            "week" => week(slower),
            "sites" => sites(slower),
            name => published(name, slower),
        };
        missed += usize::from(!met);
    }
    if missed > 0 {
        eprintln!("{missed} of {} missed their mark", names.len());
        std::process::exit(1);
    }
}
