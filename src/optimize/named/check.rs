//! Our own check of a hand-out, whoever made it.

use super::Team;
use crate::roster::{Duty, Position, Roster, Rule, check as check_rules};

/// Everything a hand-out breaks, in words: rules of contracts as a roster's own check finds them, absences, skills,
/// contracts, shifts handed out twice or not of the plan.
pub fn check(team: &Team<'_>, plan: &Roster) -> Vec<String> {
    let first = team.teams[0];
    let mut roster = plan.clone();
    for &t in &team.teams {
        roster.teams[t].positions.clear();
    }
    let duties = team.duties();
    let position = |(member, work): (&super::Member<'_>, &Vec<(usize, Duty)>)| Position {
        contract: member.contract,
        duties: work.iter().map(|d| d.1.clone()).collect(),
    };
    roster.teams[first].positions = team.crew.iter().zip(&duties).map(position).collect();
    let mut found = Vec::new();
    for violation in check_rules(team.scenario, &roster) {
        let Some(p) = violation.position else {
            continue;
        };
        // Hours and breaks inside a shift are the plan's, not the hand-out's.
        if violation.team == first && !matches!(violation.rule, Rule::DayMax | Rule::Breaks) {
            let what = violation.message.split_once(": ").map_or("", |m| m.1);
            found.push(format!("{}: {what}", team.crew[p].name));
        }
    }
    for (member, work) in team.crew.iter().zip(&team.given) {
        for slot in work.iter().map(|&s| &team.slots[s]) {
            if let Some(why) = member.cannot(team.scenario, slot) {
                found.push(format!("{}: {} on {}", member.name, why.words(), slot.date));
            }
            if member.contract != slot.contract {
                found.push(format!(
                    "{}: a shift of another contract on {}",
                    member.name, slot.date
                ));
            }
        }
    }
    found.extend(twice(team, &duties, plan));
    found
}

/// Shifts of the plan that are handed out more often than it has them.
fn twice(team: &Team<'_>, handed: &[Vec<(usize, Duty)>], plan: &Roster) -> Option<String> {
    let key = |t: usize, d: &Duty| (t, d.start, d.end);
    let count = |mut all: Vec<(usize, u64, u64)>| {
        all.sort_unstable();
        all.chunk_by(|a, b| a == b)
            .map(|c| (c[0], c.len()))
            .collect::<std::collections::BTreeMap<_, _>>()
    };
    let planned = team.teams.iter().flat_map(|&t| {
        let duties = plan.teams[t].positions.iter().flat_map(|p| &p.duties);
        duties.map(move |d| key(t, d))
    });
    let planned = count(planned.collect());
    let handed = count(handed.iter().flatten().map(|(t, d)| key(*t, d)).collect());
    let more = handed
        .iter()
        .find(|(key, n)| planned.get(key).copied().unwrap_or(0) < **n)?;
    let at = team
        .scenario
        .horizon
        .zoned_in(more.0.1, &team.scenario.teams[more.0.0].clock);
    Some(format!(
        "more people than the plan has on the shift of {}",
        at.strftime("%a %d %b %Y %H:%M")
    ))
}
