//! Rosters of teams whose heads, shrinkage or hours of other work change on a date.
//!
//! Each version of the payroll is placed over the whole horizon by itself, and a position takes from each version the
//! duties that begin while it holds: the first positions of a contract stay, those beyond the new number end, more
//! begin. A duty under way on the date is finished.

use super::release::Leaving;
use super::types::{Position, Roster, TeamRoster};
use super::window;
use crate::scenario::model::{Scenario, spans};
use crate::time::{Tick, seconds};

/// The scenario's payroll from each of its dates on, the start first; only the start where neither heads nor shrinkage nor
/// hours of other work change.
pub fn versions(scenario: &Scenario) -> Vec<(Tick, Scenario)> {
    let mut all = vec![(0, scenario.clone())];
    for era in &scenario.eras {
        let as_before = era.heads.iter().all(Option::is_none)
            && era.shrinkage.iter().all(Option::is_none)
            && era.other_work.is_empty();
        if as_before && all.len() == 1 {
            continue;
        }
        let mut later = scenario.clone();
        for (team, heads) in later.teams.iter_mut().zip(&era.heads) {
            if let Some(heads) = heads {
                team.heads.clone_from(heads);
            }
        }
        for team in &mut later.teams {
            team.shrinkage = team.shrinkage_in(era);
        }
        all.push((era.from, later));
    }
    all
}

/// Seconds of a team's heads on the payroll inside a span, summed over heads, as the roster counts them.
pub fn head_s(scenario: &Scenario, t: usize, roster: &TeamRoster, from: Tick, to: Tick) -> f64 {
    let mut sum = 0.0;
    let mut team = scenario.teams[t].clone();
    let payrolls = scenario.eras.iter().map(|e| (e.from, e.heads.get(t)));
    let payrolls: Vec<_> = std::iter::once((0, None)).chain(payrolls).collect();
    for (begins, ends, heads) in spans(&payrolls, scenario.horizon.length()) {
        let heads = heads.and_then(Option::as_ref);
        team.heads
            .clone_from(heads.unwrap_or(&scenario.teams[t].heads));
        let (from, to) = (from.max(begins), to.min(ends));
        sum += match window::windows(scenario, &team) {
            Some(windows) => windows.iter().map(|w| seconds(w.inside(from, to))).sum(),
            None => seconds(to.saturating_sub(from)) * f64::from(window::places(&team)),
        };
    }
    let paid = |l: &&Leaving| scenario.contracts[l.contract].freelance.is_none();
    let stays = |l: &Leaving| seconds(l.until.min(to).saturating_sub(l.from.max(from)));
    sum + roster.leaving.iter().filter(paid).map(stays).sum::<f64>()
}

/// One roster of several, each from its tick on until the next begins; `length` is the horizon's.
pub fn spliced(versions: &[(Tick, Roster)], length: Tick) -> Roster {
    let ends: Vec<Tick> = versions
        .iter()
        .skip(1)
        .map(|v| v.0)
        .chain([length])
        .collect();
    let teams = versions.first().map_or(0, |v| v.1.teams.len());
    let team = |t: usize| {
        let mut whole = TeamRoster::default();
        for ((from, roster), &end) in versions.iter().zip(&ends) {
            let of = &roster.teams[t];
            let part = (end - from) as f64 / length as f64;
            whole.heads += of.heads * part;
            whole.fte += of.fte * part;
            whole.paid_s += of.paid_s * part;
            let (now, before) = (of.absences(0), whole.absences(*from));
            if *from == 0 {
                (whole.sick, whole.sick_spell, whole.late) = (of.sick, of.sick_spell, of.late);
            } else if now != before {
                whole.later.push((*from, now));
            }
            join(&mut whole.positions, &of.positions, *from, end);
        }
        whole
    };
    Roster {
        teams: (0..teams).map(team).collect(),
    }
}

/// Gives the positions of a contract, in order, the duties that begin inside `[from, end)`.
fn join(whole: &mut Vec<Position>, version: &[Position], from: Tick, end: Tick) {
    let mut used = vec![false; whole.len()];
    for position in version {
        let inside = |start: Tick| from <= start && start < end;
        let duties = position.duties.iter().filter(|d| inside(d.start));
        let free = (0..used.len()).find(|&i| !used[i] && whole[i].contract == position.contract);
        let at = free.unwrap_or_else(|| {
            whole.push(Position {
                contract: position.contract,
                duties: Vec::new(),
            });
            used.push(false);
            whole.len() - 1
        });
        used[at] = true;
        // A duty that began before the date may still be under way.
        let busy_until = whole[at].duties.last().map_or(0, |d| d.end);
        whole[at]
            .duties
            .extend(duties.filter(|d| d.start >= busy_until).cloned());
    }
}
