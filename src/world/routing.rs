//! Queue classes: which teams may take a contact, in which order, after which delay.

use super::plan::{Choice, ClassPlan, ClassSet, MAX_CLASSES, NO_CLASS};
use super::vendors;
use crate::scenario::model::{Channel, ChannelKind, Owner, RouteEntry, Scenario};
use crate::time::{NEVER, Tick, ticks};

/// The classes found so far; equal ones are one.
#[derive(Default)]
pub struct Classes {
    /// In order of first use.
    pub plans: Vec<ClassPlan>,
}

impl Classes {
    fn index(&mut self, plan: ClassPlan) -> u16 {
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

/// `(cumulative lot, class)` of a stream at a tier.
///
/// The first route that covers the stream and tier holds. Its entries with a share draw a lot keyed on the customer;
/// the rest goes to the entries without. An entry with a delay widens the choice of everybody. Without a route every
/// team with the skill may take the contact, longest idle first.
pub fn lots(
    scenario: &Scenario,
    stream: usize,
    tier: usize,
    classes: &mut Classes,
) -> Vec<(f64, u16)> {
    if scenario.streams[stream].work[tier].ends.is_empty() {
        return Vec::new();
    }
    let skilled = |team: usize| {
        scenario.teams[team].tier == tier && scenario.teams[team].skills[stream].is_some()
    };
    let Some(route) = scenario
        .routes
        .iter()
        .find(|r| r.tier == tier && r.streams.contains(&stream))
    else {
        let all = (0..scenario.teams.len())
            .filter(|&t| skilled(t))
            .map(|team| RouteEntry {
                team,
                share: None,
                after_s: 0.0,
            });
        let class = classes.index(class_plan(scenario, stream, all.collect(), true));
        return vec![(1.0, class)];
    };
    let entries: Vec<RouteEntry> = route
        .to
        .iter()
        .copied()
        .filter(|e| skilled(e.team))
        .collect();
    let widening: Vec<RouteEntry> = entries
        .iter()
        .copied()
        .filter(|e| e.share.is_none() && e.after_s > 0.0)
        .collect();
    let rest: Vec<RouteEntry> = entries
        .iter()
        .copied()
        .filter(|e| e.share.is_none())
        .collect();
    let mut lots = Vec::new();
    let mut sum = 0.0;
    for entry in entries.iter().filter(|e| e.share.is_some_and(|s| s > 0.0)) {
        sum += entry.share.unwrap_or(0.0);
        let mut choice = vec![RouteEntry {
            share: None,
            ..*entry
        }];
        choice.extend_from_slice(&widening);
        lots.push((
            sum,
            classes.index(class_plan(scenario, stream, choice, false)),
        ));
    }
    if sum < 1.0 - 1e-12 {
        lots.push((
            1.0,
            classes.index(class_plan(scenario, stream, rest, false)),
        ));
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
        || channel.touches.mean <= 1.0
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
    for (team, slot) in out.iter_mut().enumerate() {
        if wanted(team) && scenario.teams[team].skills[stream].is_some() {
            let only = vec![RouteEntry {
                team,
                share: None,
                after_s: 0.0,
            }];
            *slot = classes.index(class_plan(scenario, stream, only, false));
        }
    }
    out
}

fn class_plan(
    scenario: &Scenario,
    stream: usize,
    entries: Vec<RouteEntry>,
    longest_idle: bool,
) -> ClassPlan {
    let s = &scenario.streams[stream];
    let channel = &scenario.channels[s.channel];
    let priority = &scenario.priorities[s.priority];
    let mut choices: Vec<Choice> = Vec::new();
    for entry in vendors::before_automation(scenario, entries, longest_idle) {
        let after = ticks(entry.after_s);
        let pick_up = after.max(ticks(scenario.teams[entry.team].availability.pick_up_s));
        match choices
            .iter_mut()
            .find(|c| usize::from(c.team) == entry.team)
        {
            Some(known) => {
                known.after = known.after.min(after);
                known.pick_up = known.pick_up.min(pick_up);
            }
            None => choices.push(Choice {
                team: entry.team as u8,
                after,
                pick_up,
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
        rank: u32::from(priority.rank) << 8 | u32::from(channel.rank),
        credit: ticks(priority.credit_s),
        kind: channel.kind,
        channel: s.channel,
        longest_idle: longest_idle && choices.len() > 1,
        automation: vendors::automation(scenario, &choices),
        choices,
        stages,
    }
}
