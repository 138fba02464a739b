//! A hand-out as it is reported.

use super::Team;
use super::crew::Why;
use super::slot::Slot;
use super::tally::{BURDENS, Burden, wishes};
use crate::optimize::words::{clock, day};
use serde::Serialize;

/// Who works what in a team.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HandOut {
    /// Team.
    pub team: String,
    /// Whether no other hand-out leaves less open at evener burdens and more granted wishes.
    pub best: bool,
    /// Whether a clock ended the search.
    pub by_time: bool,
    /// Shifts of the plan.
    pub shifts: u32,
    /// Shifts that nobody works.
    pub open: Vec<OpenShift>,
    /// Weight of all wishes that could be granted.
    pub wishes: f64,
    /// Weight of those that are.
    pub granted: f64,
    /// How evenly burdens lie on the people of each contract.
    pub spread: Vec<Spread>,
    /// People, in the order they are named, then those to be hired.
    pub people: Vec<Person>,
    /// What our own check found broken; empty where nothing is.
    pub broken: Vec<String>,
}

/// Distances between the most and the least burdened of a contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Spread {
    /// Contract.
    pub contract: Option<String>,
    /// Hours on the account at the end.
    pub account_h: f64,
    /// Late shifts, for full presence.
    pub late: f64,
    /// Weekend shifts.
    pub weekend: f64,
    /// Holiday shifts.
    pub holiday: f64,
}

/// Somebody.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Person {
    /// Name.
    pub name: String,
    /// Contract.
    pub contract: Option<String>,
    /// Whether the scenario names them; else they are to be hired.
    pub named: bool,
    /// Paid hours worked.
    pub hours: f64,
    /// Hour account at the start.
    pub account_start_h: f64,
    /// At the end.
    pub account_end_h: f64,
    /// Working days of absence.
    pub absent_days: u32,
    /// Late shifts.
    pub late: u32,
    /// Weekend shifts.
    pub weekend: u32,
    /// Holiday shifts.
    pub holiday: u32,
    /// Weight of wishes that could be granted.
    pub wishes: f64,
    /// Weight of those that are.
    pub granted: f64,
    /// Shifts, in order of time.
    pub tours: Vec<Tour>,
}

/// One shift.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tour {
    /// Day, `2027-01-11`.
    pub date: String,
    /// `Mon` to `Sun`.
    pub day: &'static str,
    /// Team or skill group it is worked for.
    pub team: String,
    /// Template.
    pub shift: Option<String>,
    /// Start, `08:30`, by the team's clock.
    pub start: String,
    /// End, `2027-01-11 17:00`, by the team's clock.
    pub end: String,
    /// Length in minutes, breaks included.
    pub length_min: u32,
}

/// A shift that stays open, and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OpenShift {
    /// The shift.
    #[serde(flatten)]
    pub tour: Tour,
    /// Contract.
    pub contract: Option<String>,
    /// People missing.
    pub people: u32,
    /// What keeps people of its contract from it, most frequent first.
    pub reasons: Vec<Reason>,
}

/// What keeps so many people from a shift.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reason {
    /// Reason.
    pub reason: Why,
    /// People.
    pub people: u32,
}

/// Puts a hand-out into words and figures.
pub fn told(team: &Team<'_>, broken: Vec<String>) -> HandOut {
    let tally = team.tally(&team.days);
    let contract = |c: Option<usize>| c.map(|c| team.scenario.contracts[c].name.clone());
    let crew = || team.crew.iter().enumerate();
    let people: Vec<Person> = crew()
        .map(|(m, member)| {
            let work = team.work(m);
            let count = |b: Burden| work.iter().map(|s| b.of(s)).sum::<f64>() as u32;
            let (asked, granted) = wishes(team.scenario, member, &team.slots, &work);
            Person {
                name: member.name.clone(),
                contract: contract(member.contract),
                named: member.person.is_some(),
                // The sum of nothing is a negative zero.
                hours: work.iter().map(|s| s.paid_h).sum::<f64>() + 0.0,
                account_start_h: member.person.map_or(0.0, |p| p.account_h),
                account_end_h: tally.burden(Burden::Account, member, &work),
                absent_days: member.absent_days(&team.days).count() as u32,
                late: count(Burden::Late),
                weekend: count(Burden::Weekend),
                holiday: count(Burden::Holiday),
                wishes: asked,
                granted,
                tours: work.iter().map(|s| tour(team, s)).collect(),
            }
        })
        .collect();
    let mut contracts: Vec<Option<usize>> = team.crew.iter().map(|m| m.contract).collect();
    contracts.dedup();
    let spread = contracts.into_iter().map(|c| {
        let these: Vec<usize> = crew()
            .filter(|(_, m)| m.contract == c)
            .map(|m| m.0)
            .collect();
        let members: Vec<_> = these.iter().map(|&m| team.crew[m].clone()).collect();
        let work: Vec<Vec<&Slot>> = these.iter().map(|&m| team.work(m)).collect();
        let [account_h, late, weekend, holiday] =
            BURDENS.map(|b| tally.uneven(b, &members, &work).0);
        Spread {
            contract: contract(c),
            account_h,
            late,
            weekend,
            holiday,
        }
    });
    let first = &team.scenario.teams[team.teams[0]];
    HandOut {
        team: first.whole.clone().unwrap_or_else(|| first.name.clone()),
        best: team.best,
        by_time: team.by_time,
        shifts: team.slots.iter().map(|s| s.duties.len() as u32).sum(),
        open: open(team),
        wishes: people.iter().map(|p| p.wishes).sum::<f64>() + 0.0,
        granted: people.iter().map(|p| p.granted).sum::<f64>() + 0.0,
        spread: spread.collect(),
        people,
        broken,
    }
}

fn tour(team: &Team<'_>, slot: &Slot) -> Tour {
    let of = &team.scenario.teams[slot.team];
    let first = &slot.duties[0];
    Tour {
        date: slot.date.to_string(),
        day: day(slot.date.weekday()),
        team: of.name.clone(),
        shift: slot.shift.map(|s| team.scenario.shifts[s].name.clone()),
        start: clock(slot.clock_min),
        end: team
            .scenario
            .horizon
            .zoned_in(slot.end, &of.clock)
            .strftime("%Y-%m-%d %H:%M")
            .to_string(),
        length_min: ((slot.end - slot.start + first.cut) / crate::time::MINUTE) as u32,
    }
}

fn open(team: &Team<'_>) -> Vec<OpenShift> {
    let missing = team.open().into_iter().enumerate().filter(|(_, n)| *n > 0);
    missing
        .map(|(s, people)| {
            let slot = &team.slots[s];
            let crew = (0..team.crew.len()).filter(|&m| team.crew[m].contract == slot.contract);
            // Who works this very slot is at work, too.
            let mut why: Vec<Why> = crew.filter_map(|m| team.why_not(m, s)).collect();
            why.sort_unstable();
            let mut reasons: Vec<Reason> = why
                .chunk_by(|a, b| a == b)
                .map(|same| Reason {
                    reason: same[0],
                    people: same.len() as u32,
                })
                .collect();
            reasons.sort_by_key(|r| std::cmp::Reverse(r.people));
            OpenShift {
                tour: tour(team, slot),
                contract: slot
                    .contract
                    .map(|c| team.scenario.contracts[c].name.clone()),
                people: people as u32,
                reasons,
            }
        })
        .collect()
}
