//! A round of the search in words: as an object of the plan, and in one line.

use super::plan::{Kept, Round, RoundPromise};
use super::round::Candidate;
use super::tune::{Standing, Tuner};
use crate::experiment::Case;
use crate::scenario::model::Team;

/// A round that was simulated; not yet whether it was proved.
#[must_use]
pub fn describe(
    case: &Case,
    number: u32,
    candidate: &Candidate,
    tuner: &Tuner,
    standings: &[Option<Standing>],
    keep: &[Kept],
    over: &[((usize, usize), f64)],
) -> Round {
    let scenario = &case.scenario;
    let mut promises = Vec::new();
    let mut broken = Vec::new();
    for (p, standing) in standings.iter().enumerate() {
        let Some(standing) = standing else { continue };
        let name = scenario.promises[p].name.clone();
        if !standing.holds() {
            broken.push(name.clone());
        }
        promises.push(RoundPromise {
            name,
            aim: tuner.tuning.aim[p],
            value: standing.mean,
            telling: standing.telling,
        });
    }
    broken.extend(keep.iter().filter(|k| !k.met).map(|k| k.text.clone()));
    broken.extend(over.iter().map(|&((t, _), by)| {
        format!(
            "{by:.0} heads more in {} than may be",
            scenario.teams[t].name
        )
    }));
    let planned = candidate.staff.rows.iter().zip(&candidate.staff.heads);
    Round {
        round: number,
        bound: candidate.bound,
        cost: candidate.cost,
        heads: planned
            .filter(|(rows, _)| rows.is_some())
            .map(|(_, heads)| heads.iter().sum::<u32>())
            .sum(),
        fte: super::bridge::planned_fte(scenario, candidate),
        promises,
        cuts: tuner.tuning.cuts.len() as u32,
        cuts_added: 0,
        proof: None,
        broken,
    }
}

/// Heads of the planned teams, by name.
#[must_use]
pub fn people(case: &Case, candidate: &Candidate) -> String {
    let staff = &candidate.staff;
    let teams = case
        .scenario
        .teams
        .iter()
        .zip(staff.rows.iter().zip(&staff.heads));
    let planned = teams.filter(|(_, (rows, _))| rows.is_some());
    let one = |(team, (_, heads)): (&Team, (_, &Vec<u32>))| {
        format!("{} {}", team.name, heads.iter().sum::<u32>())
    };
    planned.map(one).collect::<Vec<_>>().join(", ")
}

/// A round in one line.
#[must_use]
pub fn line(round: &Round, people: &str) -> String {
    let state = match (round.proof, round.broken.is_empty()) {
        (Some(true), true) => "proved".to_owned(),
        (Some(true), false) => format!("proved, but for {}", round.broken.join(", ")),
        (_, true) => "not cheaper".to_owned(),
        (proof, false) => format!(
            "{}: {}",
            if proof.is_some() {
                "proof fails"
            } else {
                "broken"
            },
            round.broken.join(", ")
        ),
    };
    let cuts = if round.cuts + round.cuts_added > 0 {
        format!(", {} cuts and {} more", round.cuts, round.cuts_added)
    } else {
        String::new()
    };
    format!(
        "round {}: {} heads ({people}), cost {:.0}, bound {:.0}{cuts}; {state}",
        round.round, round.heads, round.cost, round.bound
    )
}
