//! Rosters of teams whose heads change on a date.
//!
//! Each version of the payroll is placed over the whole horizon by itself, and a position takes from each version the
//! duties that begin while it holds: the first positions of a contract stay, those beyond the new number end, more
//! begin. A duty under way on the date is finished.

use super::types::{Position, Roster, TeamRoster};
use crate::scenario::model::Scenario;
use crate::time::Tick;

/// The scenario's payroll from each of its dates on, the start first; only the start where no heads change.
pub fn versions(scenario: &Scenario) -> Vec<(Tick, Scenario)> {
    let mut all = vec![(0, scenario.clone())];
    for era in &scenario.eras {
        if era.heads.iter().all(Option::is_none) && all.len() == 1 {
            continue;
        }
        let mut later = scenario.clone();
        for (team, heads) in later.teams.iter_mut().zip(&era.heads) {
            if let Some(heads) = heads {
                team.heads.clone_from(heads);
            }
        }
        all.push((era.from, later));
    }
    all
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
            (whole.sick, whole.sick_spell, whole.late) = (of.sick, of.sick_spell, of.late);
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
