//! Heads that fall on a date: who goes when, and who goes to which team instead.
//!
//! Without `release` heads that a `[[from]]` takes away are gone on its date, at no price. With it, of those of each
//! contract who are not needed from the date on, the last of them,
//! 1. as many as the team `to` gains in heads of the same contract on that date go there, are paid while they are
//!    retrained and work after that;
//! 2. the others keep the duties they had until they leave: by themselves, the `j`-th of `n` heads after
//!    `ln(n / (n - j)) / attrition` years, as heads fall that leave at an even hazard and are not replaced; or, where
//!    `severance` is stated, at the end of the `notice` that is given on the date, with the severance, whichever comes
//!    first. Until then they are paid as before.
//!
//! Groups of a team whose people differ in skill are counted each by itself; those whom one group loses while another of
//! the same team gains heads change over without leaving.
//!
//! All of it falls on local midnights of the site. They take their seats beside those who stay.
//!
//! `[team.*] release = { attrition, notice, severance, to, retraining }`: attrition 30 % a year unless stated, as is
//! typical; no notice, no severance (nobody is given notice) and no other team unless stated.
//!
//! ```
//! let text = r#"
//! remove = ["decide"]
//! [team.pool]
//! release = { notice = "30 days", severance = "EUR 8_000" }
//! [[from]]
//! date = 2027-01-25
//! set  = { team.pool.heads.full-time = 40 }
//! "#;
//! # let base = std::env::current_dir()?.join("scenarios/startup/scenario.toml");
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("variant.toml");
//! # std::fs::write(&path, format!("base = {base:?}\n{text}"))?;
//! // A variant of the bundled startup.
//! let scenario = staffwright::scenario::load(&path).map_err(|mistakes| mistakes.render(false))?;
//! let release = scenario.teams.iter().find_map(|t| t.release).ok_or("no release")?;
//! assert_eq!((release.by.notice_days, release.by.severance), (30.0, Some(8_000.0)));
//! assert_eq!(release.by.attrition, 0.3);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::types::{Position, Roster, TeamRoster};
use super::{DAY_S, FTE_HOURS, WEEK_S, mean_hours, window};
use crate::scenario::model::{Heads, Scenario};
use crate::time::{Tick, seconds};

const YEAR_S: f64 = 365.25 * DAY_S;

/// A head that is not needed any more.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Leaving {
    /// Contract.
    pub contract: usize,
    /// Its place among the heads of the contract.
    pub place: u32,
    /// From when on it is not needed.
    pub from: Tick,
    /// When it leaves.
    pub until: Tick,
    /// Money it gets then; `None`: it leaves by itself.
    pub severance: Option<f64>,
    /// Paid seconds per second.
    pub paid: f64,
}

/// A head that came from another team.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Joining {
    /// Contract.
    pub contract: usize,
    /// Its place among the heads of the contract.
    pub place: u32,
    /// From when on it is here.
    pub from: Tick,
    /// When it has been retrained.
    pub works: Tick,
    /// Paid seconds per second.
    pub paid: f64,
}

fn count(heads: &[Heads], contract: usize) -> u32 {
    let own = heads.iter().filter(|h| h.contract == Some(contract));
    own.map(|h| h.count).sum()
}

/// Per team, who leaves and who comes from another team.
fn moves(scenario: &Scenario) -> Vec<(Vec<Leaving>, Vec<Joining>)> {
    let standing = scenario.by_standing();
    let mut out = vec![(Vec::new(), Vec::new()); scenario.teams.len()];
    let at = |era: Option<usize>, team: usize| -> &[Heads] {
        let later = era.and_then(|e| scenario.eras[e].heads.get(team)?.as_deref());
        later.unwrap_or(&scenario.teams[team].heads)
    };
    for (e, era) in scenario.eras.iter().enumerate() {
        let before = e.checked_sub(1);
        for c in 0..scenario.contracts.len() {
            let paid = mean_hours(scenario, &scenario.contracts[c]) * 3600.0 / WEEK_S;
            let gain = |t: usize| count(at(Some(e), t), c).saturating_sub(count(at(before, t), c));
            let loss = |t: usize| count(at(before, t), c).saturating_sub(count(at(Some(e), t), c));
            let mut taken = vec![0; scenario.teams.len()];
            // Takes up to so many places of those that a team gains, group by group: the group, its first place, how many.
            let mut take = |to: usize, most: u32| {
                let mut left = most;
                let mut all = Vec::new();
                for m in scenario.members(to) {
                    let go = left.min(gain(m) - taken[m]);
                    all.push((m, count(at(before, m), c) + taken[m], go));
                    taken[m] += go;
                    left -= go;
                }
                (all, most - left)
            };
            // Whom one group of a team loses and another gains has learnt something.
            let mut learnt = vec![0; scenario.teams.len()];
            for &t in &standing {
                learnt[t] = take(t, loss(t)).1;
            }
            for &t in &standing {
                let team = &scenario.teams[t];
                let Some(release) = team.release else {
                    continue;
                };
                let has = count(at(Some(e), t), c);
                let had = has + loss(t) - learnt[t];
                let surplus = loss(t) - learnt[t];
                let (joins, go) = release
                    .to
                    .map_or_else(Default::default, |to| take(to, surplus));
                let midnight = |team: usize, after_s: f64| {
                    let team = &scenario.teams[team];
                    window::midnight_after(scenario, team, seconds(era.from) + after_s)
                };
                for (to, first, go) in joins {
                    let joins = |place| Joining {
                        contract: c,
                        place,
                        from: era.from,
                        works: midnight(to, release.retraining_s).max(era.from),
                        paid,
                    };
                    out[to].1.extend((first..first + go).map(joins));
                }
                let stay = surplus - go;
                for j in 1..=stay {
                    let n = f64::from(had - go);
                    let alone = libm::log(n / (n - f64::from(j))) / release.by.attrition * YEAR_S;
                    let notice = release.by.notice_days * DAY_S;
                    let severance = release.by.severance.filter(|_| notice < alone);
                    let after = if severance.is_some() { notice } else { alone };
                    out[t].0.push(Leaving {
                        contract: c,
                        // Who leaves first is the last of them.
                        place: has + stay - j,
                        from: era.from,
                        until: midnight(t, after.min(1e9)).max(era.from),
                        severance,
                        paid,
                    });
                }
            }
        }
    }
    out
}

/// The position of a contract's n-th head.
fn nth(positions: &[Position], contract: usize, place: u32) -> Option<usize> {
    let own = |(_, p): &(usize, &Position)| p.contract == Some(contract);
    let mut all = positions.iter().enumerate().filter(own);
    all.nth(place as usize).map(|(i, _)| i)
}

/// Keeps those who are to leave at their duties until they do, and those who are retrained from them; `placed` are the
/// rosters of the versions of the payroll, each from its tick on, that `roster` joins.
pub fn keep(scenario: &Scenario, placed: &[(Tick, Roster)], roster: &mut Roster) {
    let length = seconds(scenario.horizon.length());
    for (t, (leaving, joining)) in moves(scenario).into_iter().enumerate() {
        let team = &mut roster.teams[t];
        for l in &leaving {
            let before = placed.iter().rev().find(|(from, _)| *from < l.from);
            if let Some((_, before)) = before {
                stay(&before.teams[t], team, l);
            }
            if scenario.contracts[l.contract].freelance.is_none() {
                let span = seconds(l.until - l.from);
                team.paid_s += l.paid * span;
                team.heads += span / length;
                team.fte += l.paid * WEEK_S / 3600.0 / FTE_HOURS * span / length;
            }
        }
        for j in &joining {
            if let Some(at) = nth(&team.positions, j.contract, j.place) {
                let learns = |start: Tick| j.from <= start && start < j.works;
                team.positions[at].duties.retain(|d| !learns(d.start));
            }
        }
        (team.leaving, team.joining) = (leaving, joining);
    }
}

/// Gives a head that stays for a while the duties it had before.
fn stay(before: &TeamRoster, team: &mut TeamRoster, leaving: &Leaving) {
    let own = |positions: &[Position]| nth(positions, leaving.contract, leaving.place);
    let (Some(had), Some(has)) = (own(&before.positions), own(&team.positions)) else {
        return;
    };
    let duties = &mut team.positions[has].duties;
    // Whoever has the place after that may come sooner.
    let taken = duties.iter().find(|d| d.start >= leaving.from);
    let until = taken.map_or(leaving.until, |d| d.start.min(leaving.until));
    let busy = duties.iter().rev().find(|d| d.start < leaving.from);
    let from = busy.map_or(leaving.from, |d| d.end.max(leaving.from));
    let mine = before.positions[had].duties.iter();
    duties.extend(
        mine.filter(|d| from <= d.start && d.start < until && d.end <= until.max(leaving.until))
            .cloned(),
    );
    duties.sort_by_key(|d| d.start);
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::place;
    use super::super::testing::Sketch;
    use super::*;
    use crate::scenario::model::{Era, Release, TeamRelease};
    use crate::time::DAY;

    /// A team that falls to `to` heads after a week.
    fn falls(to: u32, by: Release) -> Scenario {
        let mut scenario = Sketch::default().scenario();
        let mut heads = scenario.teams[0].heads.clone();
        heads[0].count = to;
        scenario.eras = vec![Era {
            from: 7 * DAY,
            channels: scenario.channels.clone(),
            streams: scenario.streams.clone(),
            topics: scenario.topics.clone(),
            heads: vec![Some(heads)],
            pay: Vec::new(),
            prices: Vec::new(),
            routes: Vec::new(),
            shrinkage: Vec::new(),
            attrition: Vec::new(),
            tools: Vec::new(),
            equipment: Vec::new(),
            other_work: Vec::new(),
        }];
        scenario.teams[0].release = Some(TeamRelease {
            by,
            to: None,
            retraining_s: 0.0,
        });
        scenario
    }

    #[test]
    fn heads_leave_by_themselves_or_after_their_notice() {
        let had = Sketch::default().scenario().teams[0].heads[0].count;
        let by = Release {
            attrition: 12.0,
            notice_days: 5.0,
            severance: Some(8_000.0),
        };
        let scenario = falls(had - 2, by);
        let roster = place(&scenario).unwrap();
        let team = &roster.teams[0];
        let n = f64::from(had);
        let alone = |j: f64| (n / (n - j)).ln() / 12.0 * 365.25;
        for (l, j) in team.leaving.iter().zip([1.0, 2.0]) {
            let days = alone(j).min(5.0).ceil() as Tick;
            assert_eq!((l.from, l.until), (7 * DAY, (7 + days) * DAY));
            assert_eq!(l.severance.is_some(), alone(j) > 5.0);
        }
        // Each keeps duties until then, and none after.
        for l in &team.leaving {
            let position = &team.positions[nth(&team.positions, l.contract, l.place).unwrap()];
            assert!(position.duties.iter().all(|d| d.start < l.until));
            assert!(position.duties.iter().any(|d| d.start < l.from));
        }
        let late = |s: &TeamRoster| {
            let all = s.positions.iter().flat_map(|p| &p.duties);
            all.filter(|d| (7 * DAY..9 * DAY).contains(&d.start))
                .count()
        };
        let mut at_once = scenario.clone();
        at_once.teams[0].release = None;
        let at_once = place(&at_once).unwrap();
        assert!(late(team) > late(&at_once.teams[0]));
        // They are paid as long as they are there.
        let more: f64 = team
            .leaving
            .iter()
            .map(|l| seconds(l.until - l.from) * l.paid)
            .sum();
        assert!((team.paid_s - at_once.teams[0].paid_s - more).abs() < 1e-3 && more > 0.0);
    }
}
