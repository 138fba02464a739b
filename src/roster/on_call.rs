//! Turns of being on call, laid out in ticks, and whose they are.
//!
//! Where it matters who is on call (`rest` after a call, skill groups), turns go round: each is taken by somebody who
//! knows some of the contacts that call, works in the week around it and has no duty at the time: whoever had fewest
//! turns so far, the first of them in the order of heads. Where everybody is at work, nobody's rest is owed.

use super::calendar::{dates, eve, lay};
use super::premium;
use super::types::{Duty, Roster};
use crate::scenario::model::{CallPremiums, CallRest, OnCall, OnCallTerms, Rate, Scenario, Team};
use crate::time::{OpenHours, Tick, ticks};

/// Around a turn somebody has duties who can take it.
const AROUND: Tick = 7 * crate::time::DAY;

/// A place on call, filled by one person at a time.
#[derive(Debug, Clone, PartialEq)]
pub struct OnCallPlace {
    /// From when to when somebody is reachable, in order.
    pub turns: Vec<(Tick, Tick)>,
    /// Per turn: position of the team whose turn it is, and the rest it has between a call and its next duty; empty where
    /// no rest is owed.
    pub rests: Vec<Option<(u32, Tick)>>,
    /// Money per second of being reachable.
    pub standby_per_s: f64,
    /// Money per hour of a call.
    pub per_hour: Rate,
    /// Shares of it that a call earns on top, and when.
    pub premiums: Vec<(f64, OpenHours)>,
    /// From a call to the begin of work.
    pub responds: Tick,
    /// Paid at least for each call.
    pub at_least: Tick,
    /// Waiting contacts for each who is there already, above which one more is called; `None`: only when nobody of the
    /// team is on queue.
    pub queue: Option<u32>,
}

/// Somebody who takes turns.
struct Person {
    team: usize,
    /// Position; `None` where the roster does not say who works.
    number: Option<u32>,
    /// Turns taken so far.
    taken: Vec<(Tick, Tick)>,
}

/// The places on call of all teams: every day of the week that the shift names (every day where it names none), holidays
/// included, while their site is there.
pub fn place(scenario: &Scenario, roster: &mut Roster) {
    for unit in scenario.units() {
        let members: Vec<usize> = scenario.members(unit).collect();
        let mut people = people(scenario, roster, &members);
        for on_call in &scenario.teams[unit].on_call {
            let shift = &scenario.shifts[on_call.shift];
            let Some(terms) = &shift.on_call else {
                continue;
            };
            let turns = turns(scenario, &scenario.teams[unit], on_call.shift);
            let goes_round = members.len() > 1 || terms.rest != CallRest::None;
            for _ in 0..on_call.heads {
                if goes_round {
                    let taken = go_round(scenario, roster, on_call, &turns, &mut people);
                    for &team in &members {
                        let own = taken.iter().filter(|t| t.1 == team);
                        let (turns, rests): (Vec<_>, Vec<_>) = own
                            .map(|&(turn, _, number)| {
                                (turn, rest(scenario, roster, team, number, terms))
                            })
                            .unzip();
                        let rests = if rests.iter().any(Option::is_some) {
                            rests
                        } else {
                            Vec::new()
                        };
                        if !turns.is_empty() {
                            let place = one(scenario, team, on_call, terms, turns, rests);
                            roster.teams[team].on_call.push(place);
                        }
                    }
                } else {
                    let place = one(scenario, unit, on_call, terms, turns.clone(), Vec::new());
                    roster.teams[unit].on_call.push(place);
                }
            }
        }
    }
}

fn one(
    scenario: &Scenario,
    team: usize,
    on_call: &OnCall,
    terms: &OnCallTerms,
    turns: Vec<(Tick, Tick)>,
    rests: Vec<Option<(u32, Tick)>>,
) -> OnCallPlace {
    let per_hour = terms
        .per_hour
        .map_or_else(|| scenario.team_pay(team).0, Rate::always);
    OnCallPlace {
        turns,
        rests,
        standby_per_s: terms.standby_per_s,
        per_hour,
        premiums: premiums(scenario, team, terms),
        responds: ticks(terms.responds_s),
        at_least: ticks(terms.at_least_s),
        queue: on_call.queue,
    }
}

/// Shares of its pay that a call earns on top, and when.
fn premiums(scenario: &Scenario, team: usize, terms: &OnCallTerms) -> Vec<(f64, OpenHours)> {
    let of = &scenario.teams[team];
    match &terms.premiums {
        CallPremiums::None => Vec::new(),
        CallPremiums::Own(own) => own
            .iter()
            .map(|p| (p.share, premium::lay(scenario, of, p)))
            .collect(),
        CallPremiums::Contract => {
            let parts = scenario.parts_by_contract(team);
            let premiums = parts.into_iter().flat_map(|(c, part)| {
                let all = scenario.contracts[c].premiums.iter();
                all.map(move |p| (part * p.share, p))
            });
            premiums
                .map(|(share, p)| (share, premium::lay(scenario, of, p)))
                .collect()
        }
    }
}

/// The rest that a turn's person has after a call.
fn rest(
    scenario: &Scenario,
    roster: &Roster,
    team: usize,
    number: Option<u32>,
    terms: &OnCallTerms,
) -> Option<(u32, Tick)> {
    let number = number?;
    let position = &roster.teams[team].positions[number as usize];
    let rest_s = match terms.rest {
        CallRest::None => 0.0,
        CallRest::Seconds(s) => s,
        CallRest::Contract => position
            .contract
            .map_or(0.0, |c| scenario.contracts[c].rules.rest_s),
    };
    (rest_s > 0.0).then(|| (number, ticks(rest_s)))
}

/// Everybody of a team, group by group; heads where the roster does not say who works.
fn people(scenario: &Scenario, roster: &Roster, members: &[usize]) -> Vec<Person> {
    let of = |team: usize| {
        let positions = roster.teams[team].positions.len() as u32;
        let heads: u32 = scenario.teams[team].heads.iter().map(|h| h.count).sum();
        let count = if positions > 0 { positions } else { heads };
        (0..count).map(move |n| Person {
            team,
            number: (positions > 0).then_some(n),
            taken: Vec::new(),
        })
    };
    members.iter().flat_map(|&team| of(team)).collect()
}

/// Who takes each turn: team and position.
fn go_round(
    scenario: &Scenario,
    roster: &Roster,
    on_call: &OnCall,
    turns: &[(Tick, Tick)],
    people: &mut [Person],
) -> Vec<((Tick, Tick), usize, Option<u32>)> {
    let knows = |p: &Person| {
        let skills = &scenario.teams[p.team].skills;
        on_call.streams.iter().any(|&s| skills[s].is_some())
    };
    let mut out = Vec::with_capacity(turns.len());
    for &turn in turns {
        let apart = |p: &Person| p.taken.iter().all(|t| t.1 <= turn.0 || turn.1 <= t.0);
        let able = |p: &Person| knows(p) && apart(p);
        let free = |p: &Person| {
            p.number
                .is_some_and(|n| is_free(&roster.teams[p.team].positions[n as usize].duties, turn))
        };
        let fewest = |which: &dyn Fn(&Person) -> bool| {
            let some = people.iter().enumerate().filter(|(_, p)| which(p));
            some.min_by_key(|(i, p)| (p.taken.len(), *i))
                .map(|(i, _)| i)
        };
        let found = fewest(&|p| able(p) && free(p)).map(|i| (i, true));
        // Where nobody is off duty somebody of a group answers all the same.
        let Some((i, rests)) = found.or_else(|| fewest(&able).map(|i| (i, false))) else {
            continue;
        };
        let person = &mut people[i];
        person.taken.push(turn);
        out.push((turn, person.team, person.number.filter(|_| rests)));
    }
    out
}

/// Whether somebody works in the week around a turn, and not during it.
fn is_free(duties: &[Duty], turn: (Tick, Tick)) -> bool {
    let next = duties.partition_point(|d| d.end <= turn.0);
    let apart = duties.get(next).is_none_or(|d| turn.1 <= d.start);
    let after = duties
        .get(next)
        .is_some_and(|d| d.start < turn.1.saturating_add(AROUND));
    let before = next > 0 && duties[next - 1].end.saturating_add(AROUND) > turn.0;
    apart && (after || before)
}

fn turns(scenario: &Scenario, team: &Team, shift: usize) -> Vec<(Tick, Tick)> {
    let shift = &scenario.shifts[shift];
    let (Some(&start), Some(&length)) = (shift.starts_min.first(), shift.lengths_min.first())
    else {
        return Vec::new();
    };
    let site = &scenario.sites[team.site];
    let (opens, closes) = (ticks(site.lead_time_s), site.closes.unwrap_or(Tick::MAX));
    let days = dates(scenario, &team.clock).map(|d| d.0);
    let on =
        |date: &jiff::civil::Date| shift.days.is_empty() || shift.days.contains(&date.weekday());
    eve(scenario, &team.clock)
        .into_iter()
        .chain(days)
        .filter(on)
        .filter_map(|date| lay(scenario, &team.clock, date, start, length))
        .map(|span| (span.start.max(opens), span.end.min(closes)))
        .filter(|(from, to)| from < to)
        .collect()
}
