//! Queue classes: which teams may take a contact, in which order, after which delay.

use super::plan::{
    Choice, ClassPlan, ClassSet, DuePlan, LimitPlan, MAX_CLASSES, NO_CLASS, NO_GAUGE,
};
use super::selection::ordered;
use super::vendors;
use crate::scenario::model::{
    Channel, ChannelKind, Limit, Owner, Pick, PromiseEvent, RouteEntry, Scenario, Takes,
};
use crate::time::{NEVER, Tick, ticks};

/// The classes found so far; equal ones are one.
#[derive(Clone, Default)]
pub struct Classes {
    /// In order of first use.
    pub plans: Vec<ClassPlan>,
    /// Routes whose queue is measured, in order of first use.
    gauges: Vec<usize>,
    /// All teams in the order in which ties between them fall.
    standing: Vec<usize>,
}

impl Classes {
    /// None yet, for a scenario's teams.
    pub fn of(scenario: &Scenario) -> Self {
        Self {
            standing: scenario.by_standing(),
            ..Self::default()
        }
    }

    /// Teams in the order in which ties between them fall.
    pub fn in_standing(&self, mut teams: Vec<usize>) -> Vec<usize> {
        teams.sort_by_key(|team| self.standing.iter().position(|t| t == team));
        teams
    }

    /// Entries for which no order is written, in the order in which ties between their teams fall.
    fn unwritten(&self, mut entries: Vec<RouteEntry>) -> Vec<RouteEntry> {
        entries.sort_by_key(|e| self.standing.iter().position(|t| *t == e.team));
        entries
    }

    /// The index of a class, new or known; none for one that nobody serves.
    pub fn index(&mut self, plan: ClassPlan) -> u16 {
        if plan.choices.is_empty() {
            return NO_CLASS;
        }
        let at = self
            .plans
            .iter()
            .position(|p| *p == plan)
            .unwrap_or_else(|| {
                self.plans.push(plan);
                self.plans.len() - 1
            });
        // More classes than fit are reported by the caller before any index is used.
        at as u16
    }

    /// Number of queues that are measured.
    pub fn gauges(&self) -> usize {
        self.gauges.len()
    }

    /// Per class, how long the queue must be before a team may take from it; empty where it always may.
    pub fn limits(&self, team: u8) -> Vec<LimitPlan> {
        let limit = |plan: &ClassPlan| {
            let choice = plan.choices.iter().find(|choice| choice.team == team);
            choice.map_or(LimitPlan::None, |c| c.limit)
        };
        let limits: Vec<LimitPlan> = self.plans.iter().map(limit).collect();
        if limits.iter().all(|l| *l == LimitPlan::None) {
            return Vec::new();
        }
        limits
    }

    /// The gauge of a route, if one of its entries waits for a long queue.
    fn gauge(&mut self, scenario: &Scenario, route: usize) -> u16 {
        let limited = |e: &RouteEntry| e.limit != Limit::None;
        if !scenario.routes[route].to.iter().any(limited) {
            return NO_GAUGE;
        }
        let known = self.gauges.iter().position(|r| *r == route);
        let at = known.unwrap_or_else(|| {
            self.gauges.push(route);
            self.gauges.len() - 1
        });
        at as u16
    }

    /// The classes whose contacts call a team's people on call.
    pub fn that_call(&self, team: u8) -> ClassSet {
        let mut set = ClassSet::default();
        for (c, plan) in self.plans.iter().enumerate().take(MAX_CLASSES) {
            if plan.may_call() >> team & 1 == 1 {
                set.insert(c as u16);
            }
        }
        set
    }

    /// The classes a team may take, and how long a contact of each must have waited in the queue.
    pub fn of_team(&self, team: u8) -> (ClassSet, Vec<Tick>) {
        let mut set = ClassSet::default();
        let mut pick_up = vec![NEVER; self.plans.len()];
        for (c, plan) in self.plans.iter().enumerate().take(MAX_CLASSES) {
            if let Some(choice) = plan.choices.iter().find(|choice| choice.team == team) {
                set.insert(c as u16);
                pick_up[c] = choice.pick_up;
            }
        }
        (set, pick_up)
    }
}

/// `(cumulative lot, class)` of a stream at a tier by a route that covers them, or by none.
///
/// Its entries with a share draw a lot keyed on the customer; the rest goes to the entries without. An entry with a
/// delay widens the choice of everybody. Without a route every team with the skill may take the contact, longest idle
/// first. `by_hours`: others may take them at other hours or dates.
pub fn lots_of(
    scenario: &Scenario,
    (stream, tier): (usize, usize),
    route: Option<usize>,
    by_hours: bool,
    classes: &mut Classes,
) -> Vec<(f64, u16)> {
    let able = |team: usize| {
        scenario.teams[team].tier == tier && scenario.teams[team].skills[stream].is_some()
    };
    // A route names teams; one of their skill groups is enough.
    let skilled = |team: usize| scenario.members(team).any(able);
    let class_plan = |entries: &[RouteEntry], pick| ClassPlan {
        by_hours,
        ..class_plan(scenario, stream, entries, pick)
    };
    let Some(index) = route else {
        let all = (0..scenario.teams.len())
            .filter(|&t| able(t))
            .map(RouteEntry::at_once);
        let all = classes.unwritten(all.collect());
        let class = classes.index(class_plan(&all, Pick::LongestIdle));
        return vec![(1.0, class)];
    };
    let route = &scenario.routes[index];
    let gauge = classes.gauge(scenario, index);
    let entries: Vec<RouteEntry> = route
        .to
        .iter()
        .copied()
        .filter(|e| skilled(e.team))
        .collect();
    let widening: Vec<RouteEntry> = entries
        .iter()
        .copied()
        .filter(|e| e.share.is_none() && (e.after_s > 0.0 || e.limit != Limit::None))
        .collect();
    let mut rest: Vec<RouteEntry> = entries
        .iter()
        .copied()
        .filter(|e| e.share.is_none())
        .collect();
    if route.pick != Pick::Written {
        rest = classes.unwritten(rest);
    }
    let mut lots = Vec::new();
    let mut sum = 0.0;
    for entry in entries.iter().filter(|e| e.share.is_some_and(|s| s > 0.0)) {
        sum += entry.share.unwrap_or(0.0);
        let mut choice = vec![RouteEntry {
            share: None,
            ..*entry
        }];
        choice.extend_from_slice(&widening);
        let plan = measured(scenario, class_plan(&choice, Pick::Written), stream, gauge);
        lots.push((sum, classes.index(plan)));
    }
    if sum < 1.0 - 1e-12 {
        let plan = measured(scenario, class_plan(&rest, route.pick), stream, gauge);
        lots.push((1.0, classes.index(plan)));
    } else if let Some(last) = lots.last_mut() {
        last.0 = 1.0;
    }
    lots
}

/// Per team, the class of follow-up touches that stay in the team; empty where anyone may take them.
pub fn kept_in_team(
    scenario: &Scenario,
    stream: usize,
    tier: usize,
    channel: &Channel,
    classes: &mut Classes,
) -> Vec<u16> {
    if channel.kind != ChannelKind::Deferred
        || channel.owner == Owner::Anyone
        || channel.touches.mean <= 1.0 && !comes_back_to_owner(scenario)
    {
        return Vec::new();
    }
    let works = !scenario.streams[stream].work[tier].ends.is_empty();
    own_class_per_team(
        scenario,
        stream,
        |team| works && scenario.teams[team].tier == tier,
        classes,
    )
}

/// Whether tickets come back to their owner for other reasons than the customer's replies.
fn comes_back_to_owner(scenario: &Scenario) -> bool {
    !scenario.pending.is_empty() || scenario.tiers.iter().any(|t| t.swarm.is_some())
}

/// The class of contacts of a stream that only some teams may take, whether they have the skill or not.
pub fn class_of(
    scenario: &Scenario,
    stream: usize,
    teams: impl Iterator<Item = usize>,
    classes: &mut Classes,
) -> u16 {
    let entries = classes.unwritten(teams.map(RouteEntry::at_once).collect());
    classes.index(class_plan(scenario, stream, &entries, Pick::LongestIdle))
}

/// The class of requests to a team about a stream's contacts: work like a ticket, whatever the contact's channel.
pub fn class_of_requests(
    scenario: &Scenario,
    stream: usize,
    team: usize,
    classes: &mut Classes,
) -> u16 {
    let entries = [RouteEntry::at_once(team)];
    classes.index(ClassPlan {
        kind: ChannelKind::Deferred,
        calls: 0,
        calls_later: 0,
        calls_long: 0,
        ..class_plan(scenario, stream, &entries, Pick::LongestIdle)
    })
}

/// Per team, the class of hand-offs straight to that team, where some work of the stream ends that way.
pub fn handed_to(scenario: &Scenario, stream: usize, classes: &mut Classes) -> Vec<u16> {
    use crate::scenario::model::End;
    let named = |team: usize| {
        scenario.streams[stream]
            .work
            .iter()
            .any(|w| w.ends.iter().any(|&(_, e)| e == End::Team(team)))
    };
    if !(0..scenario.teams.len()).any(named) {
        return Vec::new();
    }
    own_class_per_team(scenario, stream, named, classes)
}

fn own_class_per_team(
    scenario: &Scenario,
    stream: usize,
    wanted: impl Fn(usize) -> bool,
    classes: &mut Classes,
) -> Vec<u16> {
    let mut out = vec![NO_CLASS; scenario.teams.len()];
    for team in classes.standing.clone() {
        let able = |t: usize| scenario.teams[t].skills[stream].is_some();
        if wanted(team) && scenario.members(team).any(able) {
            let only = [RouteEntry::at_once(team)];
            out[team] = classes.index(class_plan(scenario, stream, &only, Pick::Written));
        }
    }
    out
}

fn class_plan(scenario: &Scenario, stream: usize, entries: &[RouteEntry], pick: Pick) -> ClassPlan {
    let s = &scenario.streams[stream];
    let channel = &scenario.channels[s.channel];
    let priority = &scenario.priorities[s.priority];
    let mut choices: Vec<Choice> = Vec::new();
    let entries = by_group(scenario, stream, entries);
    let ordered = ordered(scenario, stream, &entries, pick);
    let in_order: Vec<RouteEntry> = ordered.iter().map(|(entry, _)| *entry).collect();
    let left = vendors::before_automation(scenario, in_order, pick == Pick::LongestIdle);
    for (entry, tie) in ordered.into_iter().filter(|(e, _)| left.contains(e)) {
        let limit = limit_plan(entry.limit);
        let after = ticks(entry.after_s);
        let pick_up = after.max(ticks(scenario.teams[entry.team].availability.pick_up_s));
        match choices
            .iter_mut()
            .find(|c| usize::from(c.team) == entry.team)
        {
            Some(known) => {
                known.after = known.after.min(after);
                known.pick_up = known.pick_up.min(pick_up);
                if limit == LimitPlan::None {
                    known.limit = limit;
                }
            }
            None => choices.push(Choice {
                team: entry.team as u8,
                after,
                pick_up,
                tie,
                limit,
            }),
        }
    }
    let mut stages: Vec<Tick> = choices
        .iter()
        .map(|c| c.pick_up)
        .filter(|&d| d > 0)
        .collect();
    stages.sort_unstable();
    stages.dedup();
    ClassPlan {
        // Rank 0 is before every class: that of call-backs at a promised time.
        rank: (u32::from(priority.rank) + 1) << 8 | u32::from(channel.rank),
        credit: ticks(priority.credit_s),
        kind: channel.kind,
        channel: s.channel,
        longest_idle: choices.windows(2).any(|c| c[0].tie == c[1].tie),
        automation: vendors::automation(scenario, &choices),
        calls: calls(scenario, stream, &choices, |c| {
            c.after == 0 && c.limit == LimitPlan::None
        }),
        calls_later: calls(scenario, stream, &choices, |c| {
            c.after > 0 && c.limit == LimitPlan::None
        }),
        calls_long: calls(scenario, stream, &choices, |c| c.limit != LimitPlan::None),
        choices,
        stages,
        ages: priority.ages_s.map_or(0, ticks),
        weight: if anybody_takes(scenario, Takes::WeightedWait) {
            priority.weight
        } else {
            1.0
        },
        due: due_plan(scenario, stream),
        gauge: NO_GAUGE,
        per_contact: 0.0,
        by_hours: false,
    }
}

/// The teams (bit set) whose people on call a stream's contacts call, of some choices.
fn calls(
    scenario: &Scenario,
    stream: usize,
    choices: &[Choice],
    these: impl Fn(&Choice) -> bool,
) -> u64 {
    let these = choices.iter().filter(|c| these(c));
    let called = these.filter(|c| {
        let team = &scenario.teams[usize::from(c.team)];
        let mut on_call = team.on_call.iter();
        team.skills[stream].is_some() && on_call.any(|o| o.streams.contains(&stream))
    });
    called.fold(0, |set, c| set | 1 << c.team)
}

/// The entries of a class with the skill groups of each team in its place: those that can do the work, all where none can.
fn by_group(scenario: &Scenario, stream: usize, entries: &[RouteEntry]) -> Vec<RouteEntry> {
    let able = |t: &usize| scenario.teams[*t].skills[stream].is_some();
    let groups = |entry: &RouteEntry| -> Vec<RouteEntry> {
        let any = scenario.members(entry.team).any(|t| able(&t));
        let part = scenario.members(entry.team).filter(|t| !any || able(t));
        part.map(|team| RouteEntry { team, ..*entry }).collect()
    };
    entries.iter().flat_map(groups).collect()
}

fn anybody_takes(scenario: &Scenario, takes: Takes) -> bool {
    scenario.teams.iter().any(|t| t.takes == takes)
}

fn limit_plan(limit: Limit) -> LimitPlan {
    match limit {
        Limit::None => LimitPlan::None,
        Limit::Waiting(n) => LimitPlan::Waiting(n),
        Limit::Expected(s) => LimitPlan::Expected(ticks(s)),
    }
}

/// When a stream's deferred work falls due: by the first promise that covers it, as far as anybody looks at that.
fn due_plan(scenario: &Scenario, stream: usize) -> Option<DuePlan> {
    let channel = scenario.streams[stream].channel;
    if scenario.channels[channel].kind != ChannelKind::Deferred
        || !anybody_takes(scenario, Takes::EarliestDue)
    {
        return None;
    }
    let promise = scenario
        .promises
        .iter()
        .find(|p| p.streams.contains(&stream))?;
    Some(DuePlan {
        within: ticks(promise.within_s),
        resolution: promise.event == PromiseEvent::Resolution,
        open: promise.business_hours.then_some(channel),
    })
}

/// A class whose waiting contacts are counted in the queue of its route. A contact ahead takes the mean handle time of
/// its stream at the first team's pace, divided by the conversations an agent holds side by side.
fn measured(scenario: &Scenario, mut plan: ClassPlan, stream: usize, gauge: u16) -> ClassPlan {
    let Some(first) = plan.choices.first().filter(|_| gauge != NO_GAUGE) else {
        return plan;
    };
    let team = &scenario.teams[usize::from(first.team)];
    let s = &scenario.streams[stream];
    let channel = &scenario.channels[s.channel];
    let pace = team.skills[stream].map_or(1.0, |p| p.handle_factor);
    let effort = s.work[team.tier].handle.mean() * channel.effort_per_logged_second() * pace;
    let side_by_side = channel.throughput(channel.speeds.len() as f64);
    plan.gauge = gauge;
    plan.per_contact = effort / side_by_side * crate::time::SECOND as f64;
    plan
}
