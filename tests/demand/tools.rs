//! Tools: what they save, and what their outages cost, against completion times and a queue with breakdowns.

use crate::support::{MAIL, PHONE, REPLICATIONS, case_of, changed, near, played, stream};
use staffwright::experiment::Case;
use staffwright::time::SECOND;

const HANDLE: &str = "mean = \"4m\", family = \"exponential\" }, mail";

fn with(tool: &str, agents: u32) -> Case {
    let text = changed(&[
        (
            "[topic.shop]",
            "[topic.shop]\nparts = { conversation = \"50%\", search = \"25%\", system = \"15%\", repeated = \"10%\" }",
        ),
        ("patience = \"5m\"", "patience = \"never\""),
        ("", tool),
    ]);
    assert!(text.contains(HANDLE));
    case_of(&text, agents, None)
}

/// Calls that begin at once, with a tool that fails every four hours: mean handle time in seconds.
fn handle_s(outages: &str, replications: u64) -> f64 {
    let case = with(&format!("[tool.crm]\noutages = {outages}"), 100);
    let sums = stream(&case, "shop/phone", replications);
    assert_eq!(sums.delayed, 0);
    sums.handled as f64 / SECOND as f64 / sums.items as f64
}

#[test]
fn tools_change_their_parts_of_each_piece_of_work() {
    let tools = "[tool.crm]\npart = \"system\"\nscales = \"80%\"\nlag = \"4s\"\nwhen = { channels = \"phone\" }\n[tool.macros]\npart = \"repeated\"\nscales = \"30%\"\nwhen = { channels = \"phone\" }";
    let (with_tools, without) = (with(tools, 100), with("", 100));
    let (a, b) = (played(&with_tools, 0), played(&without, 0));
    // The same people need 50 + 25 + 15 x 0.8 + 10 x 0.3 per cent of their time, and four seconds more; what is under way
    // at the end is not counted in items.
    let per_item =
        |s: &staffwright::sim::ContactSums| s.handled as f64 / SECOND as f64 / s.items as f64;
    near(
        "calls",
        per_item(&a.streams[PHONE]),
        0.9 * per_item(&b.streams[PHONE]) + 4.0,
        1e-3,
    );
    assert_eq!(a.streams[MAIL], b.streams[MAIL]);
}

#[test]
fn content_saves_nothing_before_it_is_written() {
    let tool = "[tool.book]\npart = \"search\"\nscales = \"20%\"\nauthoring = { team = \"all\", hours = \"40h\", per_week = \"20h/week\" }";
    let (with_book, without) = (with(tool, 100), with("", 100));
    let half = with_book.world.intervals / 2;
    let handled = |case: &Case| {
        let ledger = played(case, 0);
        let sum = |cells: &[staffwright::sim::StaffSums]| {
            cells.iter().map(|c| c.handling).sum::<u64>() as f64
        };
        (sum(&ledger.staff[..half]), sum(&ledger.staff[half..]))
    };
    let (a, b) = (handled(&with_book), handled(&without));
    // 40 hours at 20 a week: from the third week on a quarter of the time shrinks to a fifth of it.
    assert_eq!(a.0, b.0);
    near("after", a.1, 0.8 * b.1, 2e-3);
}

#[test]
fn work_that_stops_takes_as_long_as_its_repairs() {
    // x (1 + f r), and what is left of a repair for those who begin while it is down: r^2 / 2 a cycle.
    let stops = handle_s(
        "{ every = \"4h\", lasts = { mean = \"30m\", family = \"fixed\" } }",
        20,
    );
    let (every, lasts) = (14_400.0, 1_800.0);
    let expected = 240.0 * (1.0 + lasts / every) + lasts * lasts / 2.0 / (every + lasts);
    near("stops", stops, expected, 0.015);
}

#[test]
fn work_that_slows_follows_its_two_states() {
    let slows = handle_s("{ every = \"4h\", lasts = \"30m\", work = \"200%\" }", 20);
    let (done, fails, repaired) = (1.0 / 240.0, 1.0 / 14_400.0, 1.0 / 1_800.0);
    let half = 0.5 * done;
    // Mean time to the end from both states, by first steps: u = (1 + fails d) / (done + fails), d = (1 + repaired u) / (half + repaired).
    let u =
        (1.0 + fails / (half + repaired)) / (done + fails - fails * repaired / (half + repaired));
    let d = (1.0 + repaired * u) / (half + repaired);
    let up = repaired / (fails + repaired);
    near("slows", slows, up * u + (1.0 - up) * d, 0.01);
}

#[test]
fn one_agent_whose_tool_breaks_down_is_a_queue_with_breakdowns() {
    // 1,260 calls a week of four minutes and one agent; down for a quarter of an hour every two hours.
    let text = changed(&[
        (
            "per_week = 4_000\nchannels = { phone = \"75%\", mail = \"25%\" }",
            "per_week = 1_260\nchannels = { phone = \"100%\", mail = \"0%\" }",
        ),
        ("patience = \"5m\"", "patience = \"never\""),
        (
            "length = \"4 weeks\"",
            "length = \"8 weeks\"\nwarm_up = \"2 days\"",
        ),
        (
            "",
            "[tool.crm]\noutages = { every = \"2h\", lasts = \"15m\" }",
        ),
    ]);
    let case = case_of(&text, 1, None);
    let each: Vec<f64> = (0..80)
        .map(|replication| {
            let ledger = played(&case, replication);
            let s = &ledger.streams[0];
            // Time in the system of those answered.
            (s.wait_answered as f64 / s.answered as f64 + s.handled as f64 / s.items as f64)
                / SECOND as f64
        })
        .collect();
    let (n, mean) = (
        each.len() as f64,
        each.iter().sum::<f64>() / each.len() as f64,
    );
    let variance = each.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0);
    let error = (variance / n).sqrt();
    // Mean number in an M/M/1 queue in two states (White and Christie 1958), and Little's law.
    let (arrive, serve, fail, repair) =
        (1_260.0 / 604_800.0, 1.0 / 240.0, 1.0 / 7_200.0, 1.0 / 900.0);
    let both: f64 = fail + repair;
    let expected = (both * both + serve * fail) / (both * (repair * serve - arrive * both));
    assert!(error / mean < 0.012, "too wide to tell: {mean} +-{error}");
    assert!(
        (mean - expected).abs() < 3.5 * error,
        "{mean} +-{error} where {expected} is expected"
    );
}

#[test]
fn time_down_is_counted_and_changes_nobody_who_works_without_the_tool() {
    let outages = "[tool.crm]\nwhen = { channels = \"phone\" }\noutages = { every = \"4h\", lasts = { mean = \"30m\", family = \"fixed\" } }";
    let (with_outages, without) = (with(outages, 100), with("", 100));
    let mut down = 0.0;
    for replication in 0..REPLICATIONS {
        let (a, b) = (
            played(&with_outages, replication),
            played(&without, replication),
        );
        assert_eq!(a.streams[MAIL], b.streams[MAIL]);
        down += a.teams[0].tool_down as f64 / SECOND as f64 / 3600.0;
        assert_eq!(b.teams[0].tool_down, 0);
    }
    // Half an hour of every four and a half.
    let each = down / REPLICATIONS as f64;
    near("hours down", each, 672.0 / 9.0, 0.1);
}
