//! A plan as files: `plan.toml`, a variant of the scenario, one roster per planned team, and who works when where people
//! are named (`plan-TEAM-people.csv`); leave slots (`leave.csv`).

use super::named::HandOut;
use super::outlook::percent;
use super::plan::Plan;
use super::recommendation::Recommendation;
use super::words::{clock, day};
use crate::scenario::model::{DutyRow, LeverTarget, Scenario};
use std::fmt::Write as _;
use std::io;
use std::path::{Component, Path, PathBuf};

/// Writes `plan.toml` and its rosters into a folder, which is made if need be, and says where `plan.toml` is.
///
/// # Errors
/// When a file cannot be written.
pub fn write(folder: &Path, recommendation: &Recommendation) -> io::Result<PathBuf> {
    std::fs::create_dir_all(folder)?;
    let scenario = &recommendation.scenario;
    let base = relative(folder, &scenario.origin.path)?;
    let mut toml =
        String::from("# Heads, shifts and shares as recommended; the rest is the base's.\n");
    // Writing to a string cannot fail.
    let _ = writeln!(toml, "base = {}\n\n[set]", quoted(&base));
    if recommendation.plan.level != 1.0 {
        let _ = writeln!(
            toml,
            "\"demand.level\" = {}",
            quoted(&percent(scenario.level))
        );
    }
    for (t, rows) in recommendation.staff.rows.iter().enumerate() {
        let Some(rows) = rows else { continue };
        let team = &scenario.teams[t];
        let file = format!("plan-{}.csv", file_name(&team.name));
        std::fs::write(folder.join(&file), roster(scenario, rows))?;
        for heads in &team.heads {
            let path = match heads.contract {
                Some(c) => format!("team.{}.heads.{}", team.name, scenario.contracts[c].name),
                None => format!("team.{}.heads", team.name),
            };
            let _ = writeln!(toml, "{} = {}", quoted(&path), heads.count);
        }
        let path = format!("team.{}.roster", team.name);
        let _ = writeln!(toml, "{} = {}", quoted(&path), quoted(&file));
    }
    for lever in &scenario.decide.levers {
        if let LeverTarget::Share(route, entry) = lever.target {
            let share = scenario.routes[route].to[entry].share.unwrap_or(0.0);
            let value = format!("{}%", rounded(share * 100.0));
            let _ = writeln!(toml, "{} = {}", quoted(&lever.path), quoted(&value));
        }
    }
    if !recommendation.plan.leave.is_empty() {
        std::fs::write(folder.join("leave.csv"), leave(&recommendation.plan))?;
    }
    for hand_out in &recommendation.plan.people {
        let file = format!("plan-{}-people.csv", file_name(&hand_out.team));
        std::fs::write(folder.join(&file), by_name(hand_out))?;
    }
    let path = folder.join("plan.toml");
    std::fs::write(&path, toml)?;
    Ok(path)
}

/// Steps of shares are round percentages; binary rounding is not for people to read.
fn rounded(percent: f64) -> f64 {
    (percent * 1e6).round() / 1e6
}

/// Leave slots, one row a team and week.
fn leave(plan: &Plan) -> String {
    let mut csv = String::from("scenario,team,week,from,heads,needed,slots,absent\n");
    for team in &plan.leave {
        for week in &team.weeks {
            let (scenario, name) = (cell(&plan.scenario), cell(&team.team));
            let _ = writeln!(
                csv,
                "{scenario},{name},{},{},{},{},{},{}",
                week.week, week.from, week.heads, week.needed, week.slots, week.absent
            );
        }
    }
    csv
}

/// Who works when, one row a shift: `agent, start, end` by the team's clock, as a roster of spells is read, too.
fn by_name(hand_out: &HandOut) -> String {
    let mut csv = String::from("agent,start,end,shift,contract\n");
    for person in &hand_out.people {
        for tour in &person.tours {
            let _ = writeln!(
                csv,
                "{},{} {},{},{},{}",
                cell(&person.name),
                tour.date,
                tour.start,
                tour.end,
                cell(tour.shift.as_deref().unwrap_or_default()),
                cell(person.contract.as_deref().unwrap_or_default()),
            );
        }
    }
    csv
}

/// A text as a cell of a CSV file.
fn cell(text: &str) -> String {
    if text.contains(['"', ',', ';', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// A roster file: one row per distinct shift and day.
fn roster(scenario: &Scenario, rows: &[DutyRow]) -> String {
    let mut csv = String::from("week,day,shift,start,length,breaks,heads,contract\n");
    for row in rows {
        let week = row.week.map_or(String::new(), |w| w.to_string());
        let breaks: Vec<String> = row.breaks_min.iter().map(|m| format!("{m}m")).collect();
        let contract = row
            .contract
            .map_or("", |c| scenario.contracts[c].name.as_str());
        let _ = writeln!(
            csv,
            "{week},{},{},{},{}m,{},{},{contract}",
            day(row.day),
            scenario.shifts[row.shift].name,
            clock(row.start_min),
            row.length_min,
            breaks.join(" "),
            row.heads,
        );
    }
    csv
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn file_name(name: &str) -> String {
    let plain = |c: char| {
        if c.is_alphanumeric() || "-_".contains(c) {
            c
        } else {
            '-'
        }
    };
    name.chars().map(plain).collect()
}

/// The way from a folder to a file, with `/` between the steps.
fn relative(folder: &Path, file: &Path) -> io::Result<String> {
    let (from, to) = (folder.canonicalize()?, file.canonicalize()?);
    let (from, to): (Vec<Component>, Vec<Component>) =
        (from.components().collect(), to.components().collect());
    let same = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..".to_owned(), from.len() - same);
    let down = to[same..]
        .iter()
        .map(|c| c.as_os_str().to_string_lossy().into_owned());
    Ok(up.chain(down).collect::<Vec<String>>().join("/"))
}
