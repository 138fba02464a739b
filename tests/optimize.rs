//! `staffwright optimize`, the whole program: plans that can be run again, proofs, clashes of rules, solvers, threads.
#![allow(clippy::unwrap_used)]

mod harness;

use harness::{json, printed, staffwright};
use serde_json::Value;
use std::path::Path;

const DESK: &str = "tests/optimize/desk.toml";
const TOO_FEW: &str = "tests/optimize/too-few.toml";
const LATE: &str = "tests/optimize/late.toml";
const POOLED: &str = "tests/optimize/pooled.toml";
const FORECAST: &str = "tests/optimize/forecast.toml";
const TWO_SKILLS: &str = "tests/optimize/two-skills.toml";

/// A plan as JSON, its files in a folder.
fn planned(file: &str, folder: &Path) -> Value {
    let out = folder.to_str().unwrap();
    json(&["optimize", file, "--json", "--quiet", "--out", out])
}

/// Runs a plan's file on the replications of its proof.
fn rerun(folder: &Path, plan: &Value) -> Value {
    let provenance = &plan["proof"]["provenance"];
    let file = folder.join("plan.toml");
    json(&[
        "run",
        file.to_str().unwrap(),
        "--json",
        "--first-replication",
        &provenance["first_replication"].to_string(),
        "--replications",
        &provenance["replications"].to_string(),
    ])
}

#[test]
fn a_plan_can_be_run_and_gives_the_figures_of_its_proof() {
    let folder = tempfile::tempdir().unwrap();
    let plan = planned(DESK, folder.path());
    assert_eq!(plan["proved"], true);
    let provenance = &plan["proof"]["provenance"];
    let run = rerun(folder.path(), &plan);
    for part in [
        "overall", "channels", "streams", "teams", "staff", "promises", "cost",
    ] {
        assert_eq!(
            run[part].to_string(),
            plan["proof"][part].to_string(),
            "{part}"
        );
    }
    // The replications of the proof are none of those the search was made on.
    assert!(provenance["first_replication"].as_u64().unwrap() >= 1_000_000);
    let verdict = &plan["proof"]["promises"][0];
    assert_eq!(verdict["verdict"], "met");
    assert!(verdict["met_probability"]["low"].as_f64().unwrap() >= 0.9);
}

#[test]
fn a_plan_says_what_its_schema_says() {
    let folder = tempfile::tempdir().unwrap();
    let validator = jsonschema::validator_for(&json(&["schema", "optimize"])).unwrap();
    let plan = planned(DESK, folder.path());
    let wrong: Vec<String> = validator
        .iter_errors(&plan)
        .map(|e| format!("{}: {e}", e.instance_path()))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    for key in plan.as_object().unwrap().keys() {
        let mut less = plan.clone();
        less.as_object_mut().unwrap().remove(key);
        assert!(!validator.is_valid(&less), "valid without {key}");
    }
    let written = std::fs::read_to_string(folder.path().join("result.json")).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), plan);
}

#[test]
fn a_plan_respects_the_bound_and_explains_itself() {
    let folder = tempfile::tempdir().unwrap();
    let plan = planned(DESK, folder.path());
    let number = |path: &str| plan.pointer(path).and_then(Value::as_f64).unwrap();
    assert!(number("/bound") <= number("/cost"));
    let heads = number("/plan/teams/0/heads");
    assert!((6.0..20.0).contains(&heads), "{heads}");
    // Everybody is paid the contract's hours: two weeks of 40 hours at a salary with its on-cost.
    let month = 40_000.0 * 1.2 / 12.0;
    let weeks = number("/cost") / heads / (month * 12.0 / 365.25 * 7.0);
    assert!((weeks - 2.0).abs() < 0.02, "{weeks}");
    // The shifts planned fit into the hours paid.
    let shifts = plan["plan"]["teams"][0]["shifts"].as_array().unwrap();
    let worked: f64 = shifts
        .iter()
        .map(|s| {
            let once = if s["week"].is_null() { 2.0 } else { 1.0 };
            let paid = s["length_min"].as_f64().unwrap() - 30.0;
            once * s["staff"].as_f64().unwrap() * paid / 60.0
        })
        .sum();
    assert!(worked <= 80.0 * heads + 1e-6, "{worked} h by {heads} heads");
    // Whoever is paid anyway is put to work: less than one shift a week is left of anybody's hours.
    assert!(
        worked > 2.0 * (40.0 - 7.5) * heads,
        "{worked} h by {heads} heads"
    );
    assert!((number("/delta/hours") - worked).abs() < 0.01);
    let text = printed(&["optimize", DESK, "--quiet"]);
    for said in [
        "proved",
        "heads",
        "why",
        "on queue by formula",
        "today",
        "plan",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
}

#[test]
fn a_plan_says_its_bounds_what_moved_and_what_it_assumes() {
    let keep = r#"decide.keep=["weekly occupancy of desk at most 95%", "cost at most EUR 90_000/month", "resolved at least 50%"]"#;
    let args = ["optimize", DESK, "--quiet", "--set", keep];
    let text = printed(&args);
    let plan = json(&[&args[..], &["--json"]].concat());
    let kept = plan["keep"].as_array().unwrap();
    assert_eq!(kept.len(), 3);
    let row = |bound: &str| {
        let found = text.lines().find(|line| line.starts_with(bound));
        found.unwrap_or_else(|| panic!("{bound}: {text}"))
    };
    for (bound, limit) in kept
        .iter()
        .zip(["at most 95.0%", "at most EUR 90,000", "at least 50.0%"])
    {
        let line = row(bound["text"].as_str().unwrap());
        assert!(line.contains(limit) && line.contains("kept"), "{line}");
    }
    let occupancy = 100.0 * kept[0]["value"].as_f64().unwrap();
    assert!(
        row("weekly").contains(&format!("{occupancy:.1}%")),
        "{text}"
    );
    assert!(!text.contains("move freely"), "{text}");
    assert!(text.contains("assumed: decide.demand.error = 0%"), "{text}");
    assert_eq!(plan["assumptions"][0]["path"], "decide.demand.error");
    // Where the file decides nothing, heads move freely, and the text says so.
    let free = printed(&[
        "optimize",
        "tests/cli/small.toml",
        "--quiet",
        "--set",
        "team.desk.roster=fit",
    ]);
    let line = "Nothing stands under [decide]: heads of in-house teams move freely";
    assert!(free.contains(line), "{free}");
    // The chance over the forecast's error is said where it is planned for.
    let chance = printed(&["optimize", FORECAST, "--quiet"]);
    let said = chance.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        said.contains("hold with a chance of 90% over a forecast error of 10%"),
        "{chance}"
    );
}

#[test]
fn threads_change_no_byte_of_a_plan() {
    let with =
        |threads: &str| printed(&["optimize", DESK, "--json", "--quiet", "--threads", threads]);
    assert_eq!(with("1"), with("2"));
}

#[test]
fn both_solvers_agree() {
    let with = |solver: &str| json(&["optimize", DESK, "--json", "--quiet", "--solver", solver]);
    let plans = [with("highs"), with("microlp")];
    let of = |path: &str| plans.each_ref().map(|p| p.pointer(path).unwrap().clone());
    assert_eq!(of("/proved"), [true, true]);
    // The first round asks both for the least cost of the same requirement.
    let [a, b] = of("/rounds/0/bound").map(|v| v.as_f64().unwrap());
    assert!((a / b - 1.0).abs() < 1e-6, "{a} {b}");
    let [a, b] = of("/cost").map(|v| v.as_f64().unwrap());
    assert!((a / b - 1.0).abs() < 0.1, "{a} {b}");
}

#[test]
fn both_solvers_find_the_same_small_plan() {
    let with = |solver: &str| json(&["optimize", POOLED, "--json", "--quiet", "--solver", solver]);
    let plans = [with("highs"), with("microlp")];
    let of = |path: &str| plans.each_ref().map(|p| p.pointer(path).unwrap().clone());
    let [a, b] = of("/plan/teams/0/shifts");
    assert_eq!(a, b);
    let [a, b] = of("/cost");
    assert_eq!(a, b);
}

#[test]
fn a_plan_costs_less_than_erlang_c_for_every_skill() {
    let plan = json(&["optimize", DESK, "--json", "--quiet", "--baseline"]);
    let validator = jsonschema::validator_for(&json(&["schema", "optimize"])).unwrap();
    assert!(validator.is_valid(&plan));
    let baseline = &plan["baseline"];
    // One skill only: the spreadsheet knows neither patience nor that a shortage may lie where it is cheapest.
    assert!(baseline["heads"].as_u64() >= plan["plan"]["teams"][0]["heads"].as_u64());
    assert!(
        baseline["saving"]["low"].as_f64().unwrap() >= 0.0,
        "{baseline}"
    );
    assert!(baseline["promises"][0]["verdict"] != "missed");
    let text = printed(&["optimize", DESK, "--quiet", "--baseline"]);
    assert!(text.contains("Erlang C for every skill alone"), "{text}");
}

#[test]
fn rules_that_clash_are_named_with_their_places_and_what_would_have_to_give() {
    let output = staffwright(&["optimize", TOO_FEW, "--quiet"]);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(4), "{errors}");
    assert!(output.stdout.is_empty());
    let place = |file: &str, line: usize| errors.contains(&format!("{file}:{line}:"));
    assert!(place("tests/optimize/too-few.toml", 7), "{errors}");
    // The promise is written in the file that the scenario is based on.
    assert!(place("tests/cli/small.toml", 25), "{errors}");
    // The same as an object, each rule with its place.
    let output = staffwright(&["optimize", TOO_FEW, "--quiet", "--json"]);
    assert_eq!(output.status.code(), Some(4));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), errors);
    let clash: Value = serde_json::from_slice(&output.stdout).unwrap();
    let rules = clash["infeasible"]["rules"].as_array().unwrap();
    assert_eq!(clash["scenario"], "too-few");
    for rule in rules {
        let (path, place) = (&rule["path"].as_str().unwrap(), &rule["place"]);
        let (file, line) = (place["file"].as_str().unwrap(), &place["line"]);
        let said = format!("{file}:{line}:{} {path}", place["column"]);
        assert!(errors.contains(&said), "{said}: {errors}");
    }
    assert!(rules.iter().any(|r| r["place"]["line"] == 7), "{rules:?}");
    // With as many heads as the message asks for there is a plan.
    let asked = errors.split("about ").find_map(|after| {
        let number: String = after.chars().take_while(char::is_ascii_digit).collect();
        let is_share = after[number.len()..].starts_with(" %");
        (!is_share).then(|| number.parse::<u32>().ok()).flatten()
    });
    let most = format!("decide.\"team.desk.heads.full\".to={}", asked.unwrap() + 1);
    printed(&["optimize", TOO_FEW, "--quiet", "--set", &most]);
}

#[test]
fn shifts_that_end_too_early_are_named_beside_the_hours_they_leave_open() {
    let output = staffwright(&["optimize", LATE, "--quiet", "--rounds", "3"]);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(4), "{errors}");
    // Promise and shift are written in the file it is based on, the opening hours in its own.
    for place in [
        "tests/cli/small.toml:25:",
        "tests/cli/small.toml:36:",
        "tests/optimize/late.toml:6:",
    ] {
        assert!(errors.contains(place), "{place}: {errors}");
    }
    let said = |before: &str| {
        let from = errors
            .find(before)
            .unwrap_or_else(|| panic!("{before}: {errors}"))
            + before.len();
        errors[from..].lines().next().unwrap().to_owned()
    };
    let latest = said("latest start 09:00 would have to become ");
    let fewer = said("Mon-Fri 09:00-19:00 would have to become ");
    // Either relaxation is enough.
    let folder = tempfile::tempdir().unwrap();
    let base = std::fs::canonicalize(LATE).unwrap();
    let with = |name: &str, text: &str| {
        let file = folder.path().join(name);
        std::fs::write(&file, format!("base = {base:?}\n[set]\n{text}\n")).unwrap();
        printed(&["optimize", file.to_str().unwrap(), "--quiet"]);
    };
    let start = format!("{{ from = \"09:00\", to = {latest:?}, step = \"30m\" }}");
    with("later.toml", &format!("\"shift.day.start\" = {start}"));
    with("fewer.toml", &format!("\"channel.phone.open\" = {fewer:?}"));
}

#[test]
fn on_request_rules_that_clash_give_a_plan_that_says_what_it_leaves_undone() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let args = [
        "optimize",
        TOO_FEW,
        "--understaff",
        "--quiet",
        "--json",
        "--out",
        out,
    ];
    let plan = json(&args);
    let validator = jsonschema::validator_for(&json(&["schema", "optimize"])).unwrap();
    let wrong: Vec<String> = validator
        .iter_errors(&plan)
        .map(|e| format!("{}: {e}", e.instance_path()))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(plan["proved"], false);
    // All heads that may be, and not one more.
    assert_eq!(plan["plan"]["teams"][0]["heads"], 5);
    let short = &plan["understaffed"];
    let rules = short["rules"].as_array().unwrap().iter();
    let paths: Vec<&str> = rules.map(|r| r["path"].as_str().unwrap()).collect();
    assert!(paths.contains(&"promise.phone.target"), "{paths:?}");
    // What becomes of the promise is what the plan's own simulation says.
    assert_eq!(
        short["promises"][0]["value"],
        plan["proof"]["promises"][0]["value"]
    );
    assert_eq!(short["promises"][0]["verdict"], "missed");
    let hours = short["hours"].as_array().unwrap();
    assert!(!hours.is_empty());
    let missing: Vec<f64> = hours
        .iter()
        .map(|h| h["missing"].as_f64().unwrap())
        .collect();
    assert!(missing.iter().all(|m| *m > 0.0));
    assert!(missing.windows(2).all(|w| w[0] >= w[1]), "{missing:?}");
    assert!(hours[0]["in_time"].as_f64() < Some(0.8), "{}", hours[0]);
    // The plan can be run; with a gate it is refused.
    let file = folder.path().join("plan.toml");
    printed(&["run", file.to_str().unwrap(), "--replications", "2"]);
    let gated = staffwright(&["optimize", TOO_FEW, "--understaff", "--quiet", "--gate"]);
    assert_eq!(gated.status.code(), Some(3));
    let text = String::from_utf8(gated.stdout).unwrap();
    for said in ["understaffed, as asked", "becomes", "missing"] {
        assert!(text.contains(said), "{said}: {text}");
    }
}

#[test]
fn a_plan_that_keeps_its_promises_is_the_same_whether_understaffing_is_allowed_or_not() {
    let plan =
        |more: &[&str]| printed(&[&["optimize", POOLED, "--json", "--quiet"], more].concat());
    assert_eq!(plan(&[]), plan(&["--understaff"]));
}

#[test]
fn two_queues_on_one_pool_share_its_agents() {
    let plan = json(&["optimize", POOLED, "--json", "--quiet"]);
    assert_eq!(plan["proved"], true);
    let shifts = plan["plan"]["teams"][0]["shifts"].as_array().unwrap();
    assert_eq!(shifts.len(), 5, "one shift on each of five days");
    // Not 14, which is below the load of 20 erlangs; not 28, which is both queues apart.
    for shift in shifts {
        assert_eq!(shift["staff"], 24, "{}", shift["day"]);
    }
    assert_eq!(plan["plan"]["teams"][0]["heads"], 24);
}

#[test]
fn a_plan_can_be_held_against_another_scenario_of_today() {
    let today = "tests/cli/small.toml";
    let plan = json(&["optimize", DESK, "--json", "--quiet", "--today", today]);
    let delta = &plan["delta"];
    assert_eq!(delta["heads_today"], 5);
    // Five people, five days of eight hours less half an hour, two weeks.
    assert_eq!(delta["hours_today"], 5.0 * 10.0 * 7.5);
    assert!(delta["cost"].as_f64() > delta["cost_today"].as_f64());
    assert_ne!(delta["today"][0]["verdict"], "met");
    let other = staffwright(&["optimize", DESK, "--today", "tests/check/_good.toml"]);
    assert_eq!(other.status.code(), Some(2));
    assert!(String::from_utf8(other.stderr).unwrap().contains("desk"));
}

/// The verdicts of German and English with so many people, on the replications of a plan's proof.
fn keeps(german: u32, both: u32, provenance: &Value) -> bool {
    let run = json(&[
        "run",
        TWO_SKILLS,
        "--json",
        "--quiet",
        "--first-replication",
        &provenance["first_replication"].to_string(),
        "--replications",
        &provenance["replications"].to_string(),
        "--set",
        &format!("team.german.heads.one={german}"),
        "--set",
        &format!("team.both.heads.two={both}"),
    ]);
    let promises = run["promises"].as_array().unwrap();
    promises.iter().all(|p| p["verdict"] == "met")
}

#[test]
fn skills_that_overlap_get_the_cheapest_team_of_each() {
    let plan = json(&["optimize", TWO_SKILLS, "--json", "--quiet"]);
    assert_eq!(plan["proved"], true);
    // Every plan that could cost less, played on the proof's own replications: none keeps both promises.
    let cost = plan["cost"].as_f64().unwrap();
    let provenance = &plan["proof"]["provenance"];
    let money = |german: u32, both: u32| 4.0 * 40.0 * f64::from(16 * german + 25 * both);
    let mut best = f64::INFINITY;
    // English alone is 4 erlangs, both are 12: fewer cannot do.
    for both in 5..=14 {
        let cheaper = (13_u32.saturating_sub(both)..=16).filter(|&g| money(g, both) < best);
        let least = cheaper
            .into_iter()
            .find(|&german| keeps(german, both, provenance));
        best = best.min(least.map_or(f64::INFINITY, |german| money(german, both)));
    }
    assert_eq!(cost, best);
    // The first round counts one pool and breaks English; cuts mend that, and the bound stays below.
    let rounds = plan["rounds"].as_array().unwrap();
    assert_eq!(rounds[0]["broken"][0], "english");
    assert!(rounds[0]["cuts_added"].as_u64().unwrap() > 0);
    assert!(plan["bound"].as_f64().unwrap() <= best);
}

/// The verdict on the promise when a plan's files are run at a level of demand.
fn verdict_at(folder: &Path, level: &str) -> String {
    let file = folder.join("plan.toml");
    let set = format!("demand.level={level}");
    let run = json(&[
        "run",
        file.to_str().unwrap(),
        "--json",
        "--quiet",
        "--first-replication",
        "5000000",
        "--replications",
        "60",
        "--set",
        &set,
    ]);
    run["promises"][0]["verdict"].as_str().unwrap().to_owned()
}

#[test]
fn a_forecast_that_may_be_wrong_is_planned_for_with_the_stated_chance() {
    let (plain, ready) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let for_mean = planned(POOLED, plain.path());
    let for_chance = planned(FORECAST, ready.path());
    // The 90 % quantile of a gamma law of mean 1 and a tenth of spread.
    assert_eq!(for_mean["level"], 1.0);
    assert!((for_chance["level"].as_f64().unwrap() - 1.131).abs() < 0.002);
    // Erlang C: 20 erlangs need 24 agents, 22.62 need 27.
    assert_eq!(for_mean["plan"]["teams"][0]["heads"], 24);
    assert_eq!(for_chance["plan"]["teams"][0]["heads"], 27);
    // What was planned for the mean breaks at that level; what was planned for the chance keeps, there and at the mean.
    assert_ne!(verdict_at(plain.path(), "113.1%"), "met");
    assert_eq!(verdict_at(ready.path(), "113.1%"), "met");
    assert_eq!(verdict_at(ready.path(), "100%"), "met");
    // The plan's file says for which level it is, so it plays its proof again.
    let written = std::fs::read_to_string(ready.path().join("plan.toml")).unwrap();
    assert!(
        written.contains("\"demand.level\" = \"113.1%\""),
        "{written}"
    );
    let run = rerun(ready.path(), &for_chance);
    assert_eq!(
        run["promises"].to_string(),
        for_chance["proof"]["promises"].to_string()
    );
}

#[test]
fn a_plan_says_who_works_what_and_who_can_be_on_leave() {
    let folder = tempfile::tempdir().unwrap();
    let plan = planned("tests/optimize/named.toml", folder.path());
    let team = &plan["people"][0];
    assert_eq!(team["team"], "desk");
    assert_eq!(team["broken"].as_array().unwrap().len(), 0, "{team}");
    let people = team["people"].as_array().unwrap();
    let heads = plan["plan"]["teams"][0]["heads"].as_u64().unwrap();
    assert_eq!(people.len() as u64, heads.max(5));
    let tours = |p: &Value| p["tours"].as_array().unwrap().clone();
    let worked: usize = people.iter().map(|p| tours(p).len()).sum();
    let open = team["open"].as_array().unwrap().iter();
    let open: u64 = open.map(|o| o["people"].as_u64().unwrap()).sum();
    assert_eq!(worked as u64 + open, team["shifts"].as_u64().unwrap());
    let of = |name: &str| people.iter().find(|p| p["name"] == name).unwrap();
    let away = |p: &Value, from: &str, to: &str| {
        let within = |t: &Value| (from..=to).contains(&t["date"].as_str().unwrap());
        !tours(p).iter().any(within)
    };
    assert!(away(of("Cem"), "2027-01-18", "2027-01-22"));
    assert!(away(of("Eve"), "2027-01-14", "2027-01-14"));
    // The roster by name is a roster of spells, and there is a calendar for each.
    let csv = std::fs::read_to_string(folder.path().join("plan-desk-people.csv")).unwrap();
    assert_eq!(csv.lines().count(), worked + 1);
    let calendar = std::fs::read_to_string(folder.path().join("schedule-desk-Ada.ics")).unwrap();
    let shifts = calendar
        .lines()
        .filter(|l| l.starts_with("SUMMARY:Ada: shift"));
    assert_eq!(shifts.count(), tours(of("Ada")).len());
    let variant = "base = \"plan.toml\"\n[set]\n\"team.desk.roster\" = \"plan-desk-people.csv\"\n";
    let file = folder.path().join("by-name.toml");
    std::fs::write(&file, variant).unwrap();
    printed(&["check", file.to_str().unwrap()]);
    let week = &plan["leave"][0]["weeks"][1];
    assert_eq!(
        (week["absent"].as_u64(), week["heads"].as_u64()),
        (Some(1), Some(heads))
    );
    let csv = std::fs::read_to_string(folder.path().join("leave.csv")).unwrap();
    assert_eq!(csv.lines().count(), 3);
}

#[test]
fn a_published_roster_is_changed_only_where_that_is_worth_its_price() {
    let folder = tempfile::tempdir().unwrap();
    let desk = std::fs::canonicalize(DESK).unwrap();
    // Everybody at noon: too late for the mornings, and dear to change.
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri"].map(|day| format!("{day},day,12:00,5h,6\n"));
    let csv = format!("day,shift,start,length,heads\n{}", days.concat());
    std::fs::write(folder.path().join("published.csv"), csv).unwrap();
    let changed = |price: &str| {
        let file = folder.path().join("published.toml");
        let text = format!(
            "base = {desk:?}\n[team.desk]\npublished = {{ roster = \"published.csv\", price = \"EUR {price}/shift\" }}\n"
        );
        std::fs::write(&file, text).unwrap();
        let plan = json(&["optimize", file.to_str().unwrap(), "--json", "--quiet"]);
        assert!(plan["bound"].as_f64().unwrap() <= plan["cost"].as_f64().unwrap());
        let team = plan["published"][0].clone();
        let count = |key: &str| team[key].as_u64().unwrap();
        assert_eq!(count("published"), 60);
        assert_eq!(count("kept") + count("moved") + count("dropped"), 60);
        let changes = count("moved") + count("dropped") + count("added");
        let listed = team["changes"].as_array().unwrap().iter();
        let listed: u64 = listed.map(|c| c["shifts"].as_u64().unwrap()).sum();
        assert_eq!(listed, changes);
        let cost = team["cost"].as_f64().unwrap();
        assert!((cost - changes as f64 * team["price"].as_f64().unwrap()).abs() < 1e-6);
        (changes, count("kept"))
    };
    let (cheap, dear) = (changed("0.01"), changed("400"));
    assert!(dear.0 < cheap.0 && dear.1 > cheap.1, "{cheap:?} {dear:?}");
}

const LETTERS: &str = "tests/optimize/letters.toml";

/// Work of letters in hours, by hour of the week from Monday: what the profile's file says of 1,200 letters of ten minutes.
fn letters_by_hour() -> Vec<f64> {
    let csv = std::fs::read_to_string("tests/optimize/letters.csv").unwrap();
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri"];
    let mut hours = vec![0.0; 7 * 24];
    for row in csv.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let day = days.iter().position(|d| *d == cells[1]).unwrap();
        let hour: usize = cells[2][..2].parse().unwrap();
        hours[24 * day + hour] += cells[3].parse::<f64>().unwrap();
    }
    let all: f64 = hours.iter().sum();
    hours.iter().map(|w| w / all * 1_200.0 / 6.0).collect()
}

#[test]
fn letters_alone_take_the_people_of_their_mean_and_not_of_their_peak() {
    let plan = json(&["optimize", LETTERS, "--json", "--quiet"]);
    assert_eq!(plan["proved"], true);
    let work = letters_by_hour();
    let (all, peak) = (
        work.iter().sum::<f64>(),
        work.iter().copied().fold(0.0, f64::max),
    );
    assert!((all - 200.0).abs() < 1e-9 && peak > 20.0, "{all} {peak}");
    // 200 hours of work take five people; the hour in which most letters come would take more than twenty.
    let heads = plan["plan"]["teams"][0]["heads"].as_u64().unwrap();
    assert!((5..=7).contains(&heads), "{heads}");
    let bound = plan["bound"].as_f64().unwrap();
    let cost = |heads: f64| heads * 40.0 * 4.0 * 20.0;
    assert!(bound >= cost(5.0) * (1.0 - 1e-6) && bound <= cost(heads as f64) + 1e-6);
    // The plan's shifts, counted by hand: letters wait in one line, and all but one in twenty are begun in three days of work.
    let mut agents = vec![0.0; 7 * 24];
    for shift in plan["plan"]["teams"][0]["shifts"].as_array().unwrap() {
        assert!(shift["week"].is_null() && shift["start"] == "09:00" && shift["length_min"] == 480);
        let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        let day = days.iter().position(|d| shift["day"] == *d).unwrap();
        for hour in 9..17 {
            agents[24 * day + hour] += shift["staff"].as_f64().unwrap();
        }
    }
    let open = |hour: usize| hour % (7 * 24) / 24 < 5 && (9..17).contains(&(hour % 24));
    let mut line: Vec<(usize, f64)> = Vec::new();
    let mut late = 0.0;
    for at in 0..3 * 7 * 24 {
        line.push((at, work[at % (7 * 24)]));
        let mut free = agents[at % (7 * 24)];
        for (came, left) in &mut line {
            let done = left.min(free);
            (*left, free) = (*left - done, free - done);
            let waited = (*came..at).filter(|&h| open(h)).count();
            if at >= 2 * 7 * 24 && waited >= 24 {
                late += done;
            }
        }
        line.retain(|l| l.1 > 1e-12);
    }
    assert!(late <= 0.05 * all, "{late} of {all} hours late");
    // What is left over from week to week does not pile up.
    let left: f64 = line.iter().map(|l| l.1).sum();
    assert!(left < 0.5 * all, "{left}");
    let share = plan["proof"]["promises"][0]["value"]["value"]
        .as_f64()
        .unwrap();
    assert!(share >= 0.95, "{share}");
    assert_eq!(plan["proof"]["overall"]["abandoned"]["value"], 0.0);
}
