//! Which team takes how much of the expected load.

use super::calendar::{dates, eve, lay, works_on};
use super::choices::{Choices, unlimited};
use super::deferred::{self, Window};
use super::flow;
use super::load::{Load, effort_factor};
use crate::scenario::model::{ChannelKind, RosterSource, Scenario, ShiftTemplate, Team};
use crate::stats::unordered_sum;
use crate::time::{Tick, seconds};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// `[team][interval]`: erlangs (busy agents) that fall to each team.
///
/// Work handed straight to a team is its own. The first route that covers a stream and tier splits the rest: shares
/// first, what remains goes to the entries without delay and, where none of these can be there, to those with. Of routes
/// that hold at some hours or dates only, the one counts that holds when the work arrives.
/// Without a route every team with the skill takes part. Among equals work goes to those whose shifts reach that hour,
/// in proportion to their people on queue. Deferred work lies in the valleys that the rest of a team's work leaves
/// between its arrival and its due date. From a date on that changes tools, teams work as these make them.
#[must_use]
pub fn team_load(scenario: &Scenario, load: &Load) -> Vec<Vec<f64>> {
    let mut all = with_tools_of(scenario, load);
    if scenario.eras.iter().all(|e| e.equipment.is_empty()) {
        return all;
    }
    for era in &scenario.eras {
        let mut version = scenario.clone();
        if !era.equipment.is_empty() {
            version.tools.clone_from(&era.tools);
        }
        for (team, equipment) in version.teams.iter_mut().zip(&era.equipment) {
            team.skills.clone_from(&equipment.skills);
        }
        let from = (era.from / scenario.horizon.interval()) as usize;
        for (old, new) in all.iter_mut().zip(with_tools_of(&version, load)) {
            old.truncate(from);
            old.extend_from_slice(&new[from..]);
        }
    }
    all
}

/// The load of each team if it worked with the same tools all the time.
fn with_tools_of(scenario: &Scenario, load: &Load) -> Vec<Vec<f64>> {
    let step = seconds(scenario.horizon.interval());
    let there: Vec<Vec<bool>> = scenario
        .teams
        .iter()
        .map(|team| reach(scenario, team))
        .collect();
    let mut out = vec![vec![0.0; scenario.horizon.intervals()]; scenario.teams.len()];
    let mut lying = Lying::new();
    for (s, tiers) in load.work.iter().enumerate() {
        let flow = flow::visits(scenario, s);
        for (tier, work) in tiers.iter().enumerate() {
            let visits = flow.visits[tier];
            if visits <= 0.0 || work.iter().all(|&w| w <= 0.0) {
                continue;
            }
            let split = Split {
                choices: Choices::new(scenario, s, tier),
                direct: flow.to_team.iter().map(|n| n / visits).collect(),
                factors: (0..scenario.teams.len())
                    .map(|t| effort_factor(scenario, t, s) / step)
                    .collect(),
            };
            let channel = scenario.streams[s].channel;
            if scenario.channels[channel].kind == ChannelKind::Deferred {
                split.deferred(scenario, load, s, work, &there, &mut lying);
            } else {
                split.live(scenario.horizon.interval(), work, &there, &mut out);
            }
        }
    }
    lay_in_valleys(scenario, load, lying, &there, &mut out);
    out
}

/// How a stream's work at a tier is split over teams.
struct Split {
    choices: Choices,
    /// Share handed straight to each team.
    direct: Vec<f64>,
    /// Erlangs of each team per agent-second of ordinary proficiency.
    factors: Vec<f64>,
}

/// Deferred work by its window, team and channel (by its place among their names), in erlangs: streams are summed, so that
/// a year of many streams takes no more room than one.
type Lying = BTreeMap<(Window, usize, usize), f64>;

impl Split {
    /// Share of the work that no outcome hands straight to a team.
    fn routed(&self) -> f64 {
        let at_tier = self.choices.always.at_tier.iter();
        1.0 - unordered_sum(at_tier.map(|&t| self.direct[t]))
    }

    /// Adds live work where it arrives.
    fn live(&self, step: Tick, work: &[f64], there: &[Vec<bool>], out: &mut [Vec<f64>]) {
        for &team in &self.choices.always.at_tier {
            for (slot, seconds) in out[team].iter_mut().zip(work) {
                *slot += self.direct[team] * self.factors[team] * seconds;
            }
        }
        let routed = self.routed();
        let mut split = vec![0.0; there.len()];
        let mut last: Option<(usize, usize)> = None;
        for (i, &seconds) in work.iter().enumerate().filter(|(_, w)| **w > 0.0) {
            let holds = self.choices.at(i as Tick * step);
            // Who is there changes only with shifts, who may take it with the hours of routes.
            if last.is_none_or(|(l, held)| held != holds || there.iter().any(|t| t[l] != t[i])) {
                self.choices.get(holds).split(|t| there[t][i], &mut split);
            }
            last = Some((i, holds));
            for (team, &share) in split.iter().enumerate().filter(|(_, s)| **s > 0.0) {
                out[team][i] += routed * share * self.factors[team] * seconds;
            }
        }
    }

    /// Notes deferred work with its window; it goes to those who are there at any time of it.
    fn deferred(
        &self,
        scenario: &Scenario,
        load: &Load,
        stream: usize,
        work: &[f64],
        there: &[Vec<bool>],
        lying: &mut Lying,
    ) {
        let channel = scenario.streams[stream].channel;
        let by_name = scenario.channels_by_name();
        let place = by_name.iter().position(|&c| c == channel).unwrap_or(0);
        let open = &load.open[channel];
        let step = scenario.horizon.interval();
        let cells = scenario.horizon.intervals();
        let mut split = vec![0.0; there.len()];
        let routed = self.routed();
        for (i, &seconds) in work.iter().enumerate().filter(|(_, w)| **w > 0.0) {
            let window = deferred::window(scenario, stream, open, i as Tick * step);
            let first = ((window.from / step) as usize).min(cells);
            let last = (window.to.div_ceil(step) as usize).min(cells);
            let choice = self.choices.get(self.choices.at(i as Tick * step));
            choice.split(|t| there[t][first..last].contains(&true), &mut split);
            for (team, share) in split.iter().enumerate() {
                let straight = if self.choices.always.at_tier.contains(&team) {
                    self.direct[team]
                } else {
                    0.0
                };
                let work = (straight + routed * share) * self.factors[team] * seconds;
                if work > 0.0 {
                    *lying.entry((window, team, place)).or_default() += work;
                }
            }
        }
    }
}

/// Lays deferred work into the open time of its windows where its team is there, the earliest due first, so that it
/// fills what valleys there are. What is due after the horizon's end leaves it in part.
fn lay_in_valleys(
    scenario: &Scenario,
    load: &Load,
    lying: Lying,
    there: &[Vec<bool>],
    out: &mut [Vec<f64>],
) {
    let (step, intervals) = (scenario.horizon.interval(), scenario.horizon.intervals());
    let by_name = scenario.channels_by_name();
    for ((window, team, place), work) in lying {
        let hours = &load.open[by_name[place]];
        let open: Vec<(usize, f64)> =
            deferred::open_shares(hours, window, step, intervals).collect();
        let inside: f64 = open.iter().map(|c| c.1).sum();
        let most = open.iter().map(|c| c.1).fold(0.0, f64::max);
        let room = |cells: Vec<&(usize, f64)>| -> Vec<(usize, f64)> {
            cells.iter().map(|c| (c.0, c.1 / most)).collect()
        };
        let mut cells = room(open.iter().filter(|c| there[team][c.0]).collect());
        if cells.is_empty() {
            cells = room(open.iter().collect());
        }
        deferred::pour(work * inside.min(1.0), &cells, &mut out[team]);
    }
}

/// Which teams take a stream's work at a tier, with shares that sum to 1 (or nothing where nobody can), by people
/// alone.
#[must_use]
pub fn shares(scenario: &Scenario, stream: usize, tier: usize) -> Vec<(usize, f64)> {
    let mut all = vec![0.0; scenario.teams.len()];
    let mut split = all.clone();
    let choices = Choices::new(scenario, stream, tier);
    for (weight, choice) in choices.weighted(scenario, stream) {
        choice.split(|_| true, &mut split);
        for (sum, share) in all.iter_mut().zip(&split) {
            *sum += weight * share;
        }
    }
    all.into_iter()
        .enumerate()
        .filter(|(_, share)| *share > 0.0)
        .collect()
}

/// The teams that may come to take a stream's work at a tier, those after a delay included; ascending.
pub fn takers(scenario: &Scenario, stream: usize, tier: usize) -> impl Iterator<Item = usize> {
    let Choices { timed, always } = Choices::new(scenario, stream, tier);
    let choices = timed.into_iter().map(|t| t.1).chain([always]);
    let all = choices.flat_map(|c| [c.shared, c.direct, c.delayed].concat());
    let teams: BTreeSet<usize> = all.map(|t| t.0).collect();
    teams.into_iter()
}

/// Whether somebody of the team may be at work, per planning interval.
fn reach(scenario: &Scenario, team: &Team) -> Vec<bool> {
    let mut cells = vec![false; scenario.horizon.intervals()];
    if unlimited(scenario, team) {
        cells.fill(true);
        return cells;
    }
    let mut mark = |from: Tick, to: Tick| {
        let step = scenario.horizon.interval();
        let last = (to.div_ceil(step) as usize).min(cells.len());
        let first = ((from / step) as usize).min(last);
        cells[first..last].fill(true);
    };
    match &team.roster {
        RosterSource::None => {}
        RosterSource::Leads(led) => {
            // They are there when their people are.
            let led = led.iter().flat_map(|&unit| scenario.members(unit));
            for there in led.map(|t| reach(scenario, &scenario.teams[t])) {
                cells.iter_mut().zip(there).for_each(|(cell, t)| *cell |= t);
            }
        }
        RosterSource::Levels(levels) => {
            for (i, &(from, agents)) in levels.iter().enumerate() {
                let to = levels.get(i + 1).map_or(scenario.horizon.length(), |l| l.0);
                if agents > 0 && from < to {
                    mark(from, to);
                }
            }
        }
        RosterSource::Spells(spells) => spells.iter().for_each(|&(_, from, to)| mark(from, to)),
        RosterSource::Duties(rows) => {
            for (date, week) in days(scenario, team) {
                let today = rows.iter().filter(|r| {
                    r.heads > 0 && r.day == date.weekday() && r.week.is_none_or(|w| w == week)
                });
                for row in today {
                    if let Some(s) = lay(scenario, &team.clock, date, row.start_min, row.length_min)
                    {
                        mark(s.start, s.end);
                    }
                }
            }
        }
        RosterSource::Fit | RosterSource::Even => {
            for (date, _) in days(scenario, team) {
                for &shift in &team.shifts {
                    let shift = &scenario.shifts[shift];
                    if works_on(scenario, team, shift, date) {
                        for (from, to) in stretches(shift) {
                            if let Some(s) = lay(scenario, &team.clock, date, from, to - from) {
                                mark(s.start, s.end);
                            }
                        }
                    }
                }
            }
        }
    }
    cells
}

fn days(scenario: &Scenario, team: &Team) -> impl Iterator<Item = (Date, u32)> {
    let eve = eve(scenario, &team.clock).map(|d| (d, 0));
    eve.into_iter().chain(dates(scenario, &team.clock))
}

/// Minutes of the day that a template's shifts cover, touching ones joined.
fn stretches(shift: &ShiftTemplate) -> Vec<(u32, u32)> {
    let longest = shift.lengths_min.iter().copied().max().unwrap_or(0);
    let mut out: Vec<(u32, u32)> = Vec::new();
    for &start in &shift.starts_min {
        match out.last_mut() {
            Some(last) if start <= last.1 => last.1 = start + longest,
            _ => out.push((start, start + longest)),
        }
    }
    out
}
