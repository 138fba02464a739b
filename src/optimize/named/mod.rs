//! Who works which shift: a plan's shifts handed out to people by name.
//!
//! [`hand_out`] finds a shift's worker for every team whose `people` are named: an integer model of some weeks at a time
//! and one contract (`model`) that keeps rest, hours, days in a row and a week, weekends, starts, skills and absences,
//! leaves as little open as it can, and weighs even burdens (hour accounts, late, weekend and holiday shifts) against
//! wishes. Accounts and burdens are carried from weeks to weeks. Our own check (`check`) goes over the result; what stays
//! open is told with what keeps each of the people from it.
//!
//! Shifts, their number and their breaks are those of the plan and of its proof; with every shift handed out the same
//! people are on queue at every moment. The hour account ends at: its start, plus hours worked, plus a fifth of a week for
//! each working day (Monday to Friday) of absence or holiday, less the contract's hours.

mod check;
mod crew;
mod model;
mod slot;
mod tally;
#[cfg(test)]
mod tests;
mod told;

pub use crew::Why;
pub use told::{HandOut, OpenShift, Person, Reason, Spread, Tour};

use super::goal::Goal;
use crate::roster::{Duty, Position, Roster, dates, saturday};
use crate::scenario::model::{DutyRow, Fairness, Scenario};
use crate::solve::{Fault, Options, Status, StoppedBy};
use crew::{Member, crew};
use jiff::civil::Date;
use model::Block;
use slot::{Slot, slots};
use std::time::Duration;
use tally::Tally;

/// Most choices of somebody for a slot in one model; more weeks are handed out one after the other.
const CHOICES: usize = 800;
/// Nodes after which a model's best answer is taken.
const NODES: u32 = 400;
/// The same by the clock.
const PATIENCE: Duration = Duration::from_secs(30);

/// What was handed out, and the roster by name.
pub struct Handed {
    /// Per team with people by name.
    pub teams: Vec<HandOut>,
    /// The roster with a position for each of its people, named; `None` where nobody is named.
    pub roster: Option<Roster>,
}

/// A team's hand-out in the making.
struct Team<'a> {
    scenario: &'a Scenario,
    weigh: &'a Fairness,
    /// Days of the horizon by the team's clock.
    days: Vec<Date>,
    /// Weekends among them.
    saturdays: u32,
    /// The team and its skill groups.
    teams: Vec<usize>,
    crew: Vec<Member<'a>>,
    slots: Vec<Slot>,
    /// Slots of each of the crew, in order of time.
    given: Vec<Vec<usize>>,
    /// Whether every model was solved to its end, over all weeks at once.
    best: bool,
    by_time: bool,
}

/// Hands out the shifts of planned teams (`rows`, by team) to the people they name; `roster` is the plan's.
///
/// # Errors
/// When a solver fails in itself.
pub fn hand_out(
    scenario: &Scenario,
    roster: &Roster,
    rows: &[Option<Vec<DutyRow>>],
    goal: &Goal,
) -> Result<Handed, Fault> {
    let mut named_roster = roster.clone();
    let mut out = Vec::new();
    for unit in 0..scenario.teams.len() {
        let Some(team) = team(scenario, roster, rows, unit, goal)? else {
            continue;
        };
        let broken = check::check(&team, roster);
        team.name_positions(&mut named_roster);
        out.push(told::told(&team, broken));
    }
    let roster = (!out.is_empty()).then_some(named_roster);
    Ok(Handed { teams: out, roster })
}

/// Hands out the shifts of one team and its skill groups; `None` where nobody of it is named or nothing is planned.
fn team<'a>(
    scenario: &'a Scenario,
    roster: &Roster,
    rows: &[Option<Vec<DutyRow>>],
    unit: usize,
    goal: &Goal,
) -> Result<Option<Team<'a>>, Fault> {
    let of = &scenario.teams[unit];
    let Some(named) = of.named.as_ref().filter(|_| of.unit == unit) else {
        return Ok(None);
    };
    let members = scenario.members(unit);
    let teams: Vec<usize> = members.filter(|&t| rows[t].is_some()).collect();
    if teams.is_empty() {
        return Ok(None);
    }
    let slots = slots(scenario, roster, &teams, rows, named);
    let crew = crew(scenario, &teams, named, &slots);
    let days = dates(scenario, &scenario.teams[teams[0]].clock);
    let days: Vec<Date> = days.map(|d| d.0).collect();
    let mut team = Team {
        scenario,
        weigh: &named.weigh,
        saturdays: saturdays(&days),
        days,
        given: vec![Vec::new(); crew.len()],
        teams,
        crew,
        slots,
        best: true,
        by_time: false,
    };
    team.solve(goal)?;
    team.mend();
    Ok(Some(team))
}

/// Saturdays of the weekends that days lie on.
fn saturdays(days: &[Date]) -> u32 {
    let mut all: Vec<Date> = days.iter().filter_map(|d| saturday(*d)).collect();
    all.dedup();
    all.len() as u32
}

impl<'a> Team<'a> {
    /// What is counted over the first days of the horizon.
    fn tally<'b>(&self, days: &'b [Date]) -> Tally<'b>
    where
        'a: 'b,
    {
        Tally {
            scenario: self.scenario,
            weigh: self.weigh,
            days,
            all: self.days.len(),
            site: self.scenario.teams[self.teams[0]].site,
        }
    }

    fn work(&self, member: usize) -> Vec<&Slot> {
        self.given[member].iter().map(|&s| &self.slots[s]).collect()
    }

    /// Contract by contract, some weeks at a time.
    fn solve(&mut self, goal: &Goal) -> Result<(), Fault> {
        let days = self.days.clone();
        let mut contracts: Vec<Option<usize>> = self.crew.iter().map(|m| m.contract).collect();
        contracts.sort_unstable();
        contracts.dedup();
        let options = Options {
            solver: goal.solver,
            time_limit: Some(goal.time_limit.unwrap_or(PATIENCE)),
            node_limit: Some(NODES),
            gap_limit: 1e-6,
            absolute_gap: 1e-6,
            ..Options::default()
        };
        for contract in contracts {
            let people: Vec<usize> = (0..self.crew.len())
                .filter(|&m| self.crew[m].contract == contract)
                .collect();
            let crew: Vec<Member<'a>> = people.iter().map(|&m| self.crew[m].clone()).collect();
            let mine: Vec<usize> = (0..self.slots.len())
                .filter(|&s| self.slots[s].contract == contract)
                .collect();
            let blocks = self.blocks(&mine, people.len());
            self.best &= blocks.len() <= 1;
            let mut given = vec![Vec::new(); people.len()];
            for open in blocks {
                let last = open.iter().map(|&s| self.slots[s].week).max().unwrap_or(0);
                let upto = &days[..days.len().min(7 * last as usize)];
                let block = Block {
                    scenario: self.scenario,
                    weigh: self.weigh,
                    crew: &crew,
                    slots: &self.slots,
                    open,
                    given: &given,
                    tally: self.tally(upto),
                    saturdays: saturdays(upto),
                };
                let (work, solution) = block.solve(&options)?;
                self.best &= solution.status == Status::Optimal;
                self.by_time |= solution.stopped_by == StoppedBy::Time;
                for (all, more) in given.iter_mut().zip(work) {
                    all.extend(more);
                }
            }
            for (m, mut work) in people.into_iter().zip(given) {
                work.sort_unstable();
                self.given[m] = work;
            }
        }
        Ok(())
    }

    /// A contract's slots in blocks of whole weeks that a model can hold.
    fn blocks(&self, slots: &[usize], people: usize) -> Vec<Vec<usize>> {
        let mut blocks: Vec<Vec<usize>> = Vec::new();
        let week = |s: usize| self.slots[s].week.max(1);
        let mut sorted = slots.to_vec();
        sorted.sort_by_key(|&s| (week(s), s));
        for week in sorted.chunk_by(|a, b| week(*a) == week(*b)) {
            match blocks.last_mut() {
                Some(block) if (block.len() + week.len()) * people <= CHOICES => block.extend(week),
                _ => blocks.push(week.to_vec()),
            }
        }
        blocks
    }

    /// Shifts of each slot that nobody works.
    fn open(&self) -> Vec<usize> {
        let mut open: Vec<usize> = self.slots.iter().map(|s| s.duties.len()).collect();
        self.given.iter().flatten().for_each(|&s| open[s] -= 1);
        open
    }

    /// What keeps somebody from an open slot.
    fn why_not(&self, member: usize, slot: usize) -> Option<Why> {
        let others = self.work(member);
        self.crew[member].why_not(self.scenario, &self.slots[slot], &others, self.saturdays)
    }

    /// Gives open shifts to whoever may still take them, those with fewest hours first: weeks handed out one after the
    /// other, or cut short, may leave some.
    fn mend(&mut self) {
        for (slot, short) in self.open().into_iter().enumerate() {
            for _ in 0..short {
                let contract = self.slots[slot].contract;
                let may = |m: &usize| {
                    self.crew[*m].contract == contract && self.why_not(*m, slot).is_none()
                };
                let hours = |m: &usize| -> f64 {
                    let worked: f64 = self.work(*m).iter().map(|s| s.paid_h).sum();
                    worked - self.crew[*m].owed_h
                };
                let chosen = (0..self.crew.len())
                    .filter(may)
                    .min_by(|a, b| hours(a).total_cmp(&hours(b)));
                let Some(member) = chosen else { break };
                let work = &mut self.given[member];
                work.insert(work.partition_point(|&s| s < slot), slot);
            }
        }
    }

    /// Each of the crew with the duties of its slots, by team; a slot's duties go to its people in order.
    fn duties(&self) -> Vec<Vec<(usize, Duty)>> {
        let mut taken = vec![0; self.slots.len()];
        let mut of = |m: usize| {
            let duty = |&s: &usize| {
                let slot = &self.slots[s];
                taken[s] += 1;
                (slot.team, slot.duties[taken[s] - 1].clone())
            };
            self.given[m].iter().map(duty).collect()
        };
        (0..self.crew.len()).map(&mut of).collect()
    }

    /// Puts the crew onto a roster: in each skill group those who work for it, the others in the first.
    fn name_positions(&self, roster: &mut Roster) {
        let duties = self.duties();
        for (n, &team) in self.teams.iter().enumerate() {
            let placed = &mut roster.teams[team];
            placed.positions.clear();
            placed.names.clear();
            for (member, all) in self.crew.iter().zip(&duties) {
                let mine = all.iter().filter(|d| d.0 == team);
                let mine: Vec<Duty> = mine.map(|d| d.1.clone()).collect();
                if mine.is_empty() && (n > 0 || !all.is_empty()) {
                    continue;
                }
                placed.names.push(member.name.clone());
                placed.positions.push(Position {
                    contract: member.contract,
                    duties: mine,
                });
            }
        }
    }
}
