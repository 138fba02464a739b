//! Which teams a stream's work may go to at a tier, by hour and date.

use super::leads;
use crate::scenario::arrivals;
use crate::scenario::model::{Covering, Limit, RosterSource, Route, RouteEntry, Scenario, Team};
use crate::stats::unordered_sum;
use crate::time::{OpenHours, Tick};

/// The teams a stream's work may go to at a tier.
pub struct Choice {
    /// Every team of the tier.
    pub at_tier: Vec<usize>,
    /// Teams with a share of their own.
    pub shared: Vec<(usize, f64)>,
    /// Teams that take the rest, with their people.
    pub direct: Vec<(usize, f64)>,
    /// Teams that take over after a delay, with their people.
    pub delayed: Vec<(usize, f64)>,
}

/// The choices of a stream's work at a tier: they change with the hour where routes do.
pub struct Choices {
    /// Those of routes that hold at some hours or from a date on only; the first whose hours it is holds.
    pub timed: Vec<(OpenHours, Choice)>,
    /// Else.
    pub always: Choice,
}

impl Choices {
    /// Those of the scenario's routes.
    pub fn new(scenario: &Scenario, stream: usize, tier: usize) -> Self {
        let mut all = Self::by(scenario, stream, tier, &scenario.routes);
        let mut dated = Vec::new();
        for (era, until) in scenario.eras_until(scenario.horizon.length()) {
            if era.routes.iter().any(Option::is_some) {
                let routes = scenario.routes_in(era);
                let Self { timed, always } = Self::by(scenario, stream, tier, &routes);
                let whole = OpenHours::from_spans(vec![(era.from, until)]);
                let inside =
                    |(hours, choice): (OpenHours, Choice)| (hours.inside(era.from, until), choice);
                dated.extend(timed.into_iter().map(inside));
                dated.push((whole, always));
            }
        }
        all.timed.splice(..0, dated);
        all
    }

    /// By routes that hold all the time.
    fn by(scenario: &Scenario, stream: usize, tier: usize, routes: &[Route]) -> Self {
        let covering = Covering::of(routes, stream, tier);
        let choice =
            |route: Option<usize>| Choice::new(scenario, stream, tier, route.map(|r| &routes[r]));
        let horizon = &scenario.horizon;
        let timed = covering.timed.iter().filter_map(|&r| {
            let hours = routes[r].holds(horizon, horizon.length())?;
            Some((hours, choice(Some(r))))
        });
        Self {
            timed: timed.collect(),
            always: choice(covering.always),
        }
    }

    /// Which choice holds for contacts that come at a tick.
    pub fn at(&self, tick: Tick) -> usize {
        let holds = |(hours, _): &(OpenHours, Choice)| hours.is_open(tick);
        let timed = self.timed.iter().position(holds);
        timed.unwrap_or(self.timed.len())
    }

    /// One of them, as [`Choices::at`] says.
    pub fn get(&self, index: usize) -> &Choice {
        self.timed.get(index).map_or(&self.always, |t| &t.1)
    }

    /// Each choice with its share of the stream's expected first contacts.
    pub fn weighted(&self, scenario: &Scenario, stream: usize) -> Vec<(f64, &Choice)> {
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
    pub fn split(&self, there: impl Fn(usize) -> bool, out: &mut [f64]) {
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
pub fn unlimited(scenario: &Scenario, team: &Team) -> bool {
    team.vendor.is_some_and(|v| scenario.vendors[v].unlimited)
}
