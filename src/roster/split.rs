//! Which team takes how much of the expected load.

use super::calendar::{dates, eve, lay, works_on};
use super::deferred::{self, Window};
use super::flow;
use super::leads;
use super::load::{Load, effort_factor};
use crate::scenario::arrivals;
use crate::scenario::model::{
    ChannelKind, Covering, Limit, RosterSource, Route, RouteEntry, Scenario, ShiftTemplate, Team,
};
use crate::stats::unordered_sum;
use crate::time::{OpenHours, Tick, seconds};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// `[team][interval]`: erlangs (busy agents) that fall to each team.
///
/// Work handed straight to a team is its own. The first route that covers a stream and tier splits the rest: shares
/// first, what remains goes to the entries without delay and, where none of these can be there, to those with. Of routes
/// that hold at some hours only, the one counts that holds when the work arrives.
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

/// The teams a stream's work may go to at a tier.
struct Choice {
    /// Every team of the tier.
    at_tier: Vec<usize>,
    /// Teams with a share of their own.
    shared: Vec<(usize, f64)>,
    /// Teams that take the rest, with their people.
    direct: Vec<(usize, f64)>,
    /// Teams that take over after a delay, with their people.
    delayed: Vec<(usize, f64)>,
}

/// The choices of a stream's work at a tier: they change with the hour where routes do.
struct Choices {
    /// Those of routes that hold at some hours only; the first whose hours it is holds.
    timed: Vec<(OpenHours, Choice)>,
    always: Choice,
}

impl Choices {
    fn new(scenario: &Scenario, stream: usize, tier: usize) -> Self {
        let covering = Covering::of(&scenario.routes, stream, tier);
        let choice = |route: Option<usize>| {
            Choice::new(scenario, stream, tier, route.map(|r| &scenario.routes[r]))
        };
        let horizon = &scenario.horizon;
        let timed = covering.timed.iter().filter_map(|&r| {
            let hours = scenario.routes[r].holds(horizon, horizon.length())?;
            Some((hours, choice(Some(r))))
        });
        Self {
            timed: timed.collect(),
            always: choice(covering.always),
        }
    }

    /// Which choice holds for contacts that come at a tick.
    fn at(&self, tick: Tick) -> usize {
        let holds = |(hours, _): &(OpenHours, Choice)| hours.is_open(tick);
        let timed = self.timed.iter().position(holds);
        timed.unwrap_or(self.timed.len())
    }

    fn get(&self, index: usize) -> &Choice {
        self.timed.get(index).map_or(&self.always, |t| &t.1)
    }

    /// Each choice with its share of the stream's expected first contacts.
    fn weighted(&self, scenario: &Scenario, stream: usize) -> Vec<(f64, &Choice)> {
        if self.timed.is_empty() {
            return vec![(1.0, &self.always)];
        }
        let mut weights = vec![0.0; self.timed.len() + 1];
        let step = scenario.horizon.interval();
        let expected = arrivals::expected(scenario, stream);
        for (i, mean) in expected.iter().enumerate() {
            weights[self.at(i as Tick * step)] += mean;
        }
        let all: f64 = weights.iter().sum();
        let share = |i: usize| {
            if all > 0.0 {
                weights[i] / all
            } else {
                f64::from(u8::from(i == self.timed.len()))
            }
        };
        (0..weights.len())
            .map(|i| (share(i), self.get(i)))
            .collect()
    }
}

impl Choice {
    fn new(scenario: &Scenario, stream: usize, tier: usize, route: Option<&Route>) -> Self {
        let at_tier: Vec<usize> = (0..scenario.teams.len())
            .filter(|&t| scenario.teams[t].tier == tier)
            .collect();
        let skilled = |t: &usize| {
            scenario.teams[*t].tier == tier && scenario.teams[*t].skills[stream].is_some()
        };
        let with_people = |t: usize| (t, people(scenario, &scenario.teams[t]));
        let Some(route) = route else {
            let direct = at_tier.iter().copied().filter(skilled);
            return Self {
                direct: direct.map(with_people).collect(),
                at_tier,
                shared: Vec::new(),
                delayed: Vec::new(),
            };
        };
        // Every skill group of a team that the route names.
        let entries = || {
            route.to.iter().flat_map(|e| {
                let able = scenario.members(e.team).filter(|t| skilled(t));
                able.map(|team| RouteEntry { team, ..*e })
            })
        };
        let plain = |delayed: bool| {
            entries()
                .filter(|e| {
                    e.share.is_none() && (e.after_s > 0.0 || e.limit != Limit::None) == delayed
                })
                .map(|e| with_people(e.team))
                .collect()
        };
        Self {
            at_tier,
            shared: entries()
                .filter_map(|e| {
                    let share = e.share.filter(|s| *s > 0.0)?;
                    let of = |t: usize| people(scenario, &scenario.teams[t]).max(1e-9);
                    let all: f64 = scenario.members(e.team).filter(skilled).map(of).sum();
                    Some((e.team, share * of(e.team) / all))
                })
                .collect(),
            direct: plain(false),
            delayed: plain(true),
        }
    }

    /// Writes the share of every team, when those are there for whom `there` says so.
    fn split(&self, there: impl Fn(usize) -> bool, out: &mut [f64]) {
        out.fill(0.0);
        let mut rest = 1.0;
        for &(team, share) in &self.shared {
            out[team] += share;
            rest -= share;
        }
        let weights = |list: &[(usize, f64)]| -> Vec<(usize, f64)> {
            let weight = |&(t, n): &(usize, f64)| (t, if there(t) { n } else { 0.0 });
            list.iter().map(weight).collect()
        };
        let sum = |list: &[(usize, f64)]| unordered_sum(list.iter().map(|e| e.1));
        // Where nobody can be there the work waits for those it belongs to.
        let belongs = if self.direct.is_empty() {
            &self.delayed
        } else {
            &self.direct
        };
        let list = [weights(&self.direct), weights(&self.delayed)]
            .into_iter()
            .find(|list| sum(list) > 0.0)
            .unwrap_or_else(|| belongs.clone());
        let total = sum(&list);
        let even = 1.0 / list.len().max(1) as f64;
        for (team, people) in list {
            let part = if total > 0.0 { people / total } else { even };
            out[team] += rest.max(0.0) * part;
        }
    }
}

/// People of a team who are on queue when everybody is at work; agents of a roster without heads count at their most.
fn people(scenario: &Scenario, team: &Team) -> f64 {
    if unlimited(scenario, team) {
        return 1e9;
    }
    let heads: f64 = team.heads.iter().map(|h| f64::from(h.count)).sum();
    match &team.roster {
        RosterSource::Levels(levels) => f64::from(levels.iter().map(|l| l.1).max().unwrap_or(0)),
        RosterSource::Spells(spells) => spells
            .iter()
            .map(|s| f64::from(s.0) + 1.0)
            .fold(0.0, f64::max),
        RosterSource::None => 0.0,
        RosterSource::Leads(led) => leads::expected(scenario, led),
        RosterSource::Duties(rows) if heads == 0.0 => {
            rows.iter().map(|r| f64::from(r.heads)).fold(0.0, f64::max)
        }
        RosterSource::Fit | RosterSource::Even | RosterSource::Duties(_) => {
            heads * team.shrinkage.on_queue_share()
        }
    }
}

/// Whether the team is automation, which is always free.
fn unlimited(scenario: &Scenario, team: &Team) -> bool {
    team.vendor.is_some_and(|v| scenario.vendors[v].unlimited)
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
