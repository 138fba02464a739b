//! How contacts come into a tier, and where tickets go at the end of a shift.

use super::plan::{DrawPlan, NO_CLASS};
use super::routing::{Classes, class_of, class_of_requests};
use super::samplers::Samplers;
use crate::scenario::model::{AtShiftEnd, ChannelKind, HandOff, Scenario, SecondKind};
use crate::time::{Tick, ticks};

/// How a stream's contacts come into a tier.
#[derive(Debug, Clone, Default)]
pub struct HandOffPlan {
    /// Seconds both agents are busy together and the longest wait of the first in ticks, where hand-offs are warm.
    pub warm: Option<(f64, Tick)>,
    /// Probability of going to the wrong team first.
    pub astray: f64,
    /// Seconds of work there.
    pub astray_costs: f64,
    /// Classes of the wrong teams, equally likely.
    pub wrong: Vec<u16>,
    /// Contacts in which a specialist joins instead.
    pub swarm: Option<SwarmPlan>,
}

/// A specialist joins the owner of a contact instead of a hand-off into the tier.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SwarmPlan {
    /// Probability.
    pub share: f64,
    /// Class of the helper's team.
    pub class: u16,
    /// Share of the tier's handle time both work together.
    pub helper_time: f64,
    /// Until the helper is found.
    pub finds_after: DrawPlan,
    /// Whether the owner goes on, rather than the helper.
    pub owner_keeps: bool,
    /// Longest the owner waits for a busy helper.
    pub waits: Tick,
}

/// Work that a second person does on a contact when it is resolved.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SecondPlan {
    /// Probability.
    pub share: f64,
    /// How long it takes; `None`: as long as the contact's own work.
    pub takes: Option<DrawPlan>,
    /// Class of the team that does it.
    pub class: u16,
    /// Whether the contact waits for it.
    pub approval: bool,
}

/// How a stream's contacts come into a tier.
pub fn plan(
    scenario: &Scenario,
    stream: usize,
    tier: usize,
    classes: &mut Classes,
    samplers: &mut Samplers,
) -> HandOffPlan {
    let rule = &scenario.tiers[tier];
    let s = &scenario.streams[stream];
    let kind = scenario.channels[s.channel].kind;
    let mut plan = HandOffPlan::default();
    if s.work[tier].ends.is_empty() {
        return plan;
    }
    plan.warm = match rule.hand_off {
        HandOff::Warm {
            together_s,
            waits_s,
        } if kind != ChannelKind::Deferred => Some((together_s, ticks(waits_s))),
        _ => None,
    };
    if let Some(misrouted) = &rule.misrouted {
        let wrong = misrouted.wrong_teams(tier, stream, &scenario.teams);
        plan.wrong = classes
            .in_standing(wrong)
            .into_iter()
            .map(|team| class_of(scenario, stream, std::iter::once(team), classes))
            .collect();
        if !plan.wrong.is_empty() {
            plan.astray = misrouted.share;
            plan.astray_costs = misrouted.costs_s;
        }
    }
    plan.swarm = rule.swarm.as_ref().map(|swarm| SwarmPlan {
        share: swarm.share,
        class: class_of(scenario, stream, std::iter::once(swarm.helper), classes),
        helper_time: swarm.helper_time,
        finds_after: samplers.plan(&swarm.finds_after),
        owner_keeps: swarm.owner_keeps,
        waits: ticks(swarm.waits_s),
    });
    plan
}

/// Per team of a tier, the class of a stream's tickets that pass to the other sites at the end of its shifts.
pub fn next_site(
    scenario: &Scenario,
    stream: usize,
    tier: usize,
    classes: &mut Classes,
) -> Vec<u16> {
    let s = &scenario.streams[stream];
    let passes = scenario.channels[s.channel].kind == ChannelKind::Deferred
        && !s.work[tier].ends.is_empty()
        && scenario
            .handover
            .as_ref()
            .is_some_and(|h| h.at_shift_end[s.priority] == AtShiftEnd::NextSite);
    if !passes {
        return Vec::new();
    }
    let able =
        |t: usize| scenario.teams[t].tier == tier && scenario.teams[t].skills[stream].is_some();
    let teams = || 0..scenario.teams.len();
    let mut out = vec![NO_CLASS; scenario.teams.len()];
    for team in classes.in_standing(teams().filter(|&t| able(t)).collect()) {
        let site = scenario.teams[team].site;
        let others = teams().filter(|&t| able(t) && scenario.teams[t].site != site);
        out[team] = class_of(scenario, stream, others, classes);
    }
    out
}

/// Work that second persons do on a stream's contacts.
pub fn seconds(
    scenario: &Scenario,
    stream: usize,
    classes: &mut Classes,
    samplers: &mut Samplers,
) -> Vec<SecondPlan> {
    let about = scenario
        .seconds
        .iter()
        .filter(|s| s.share > 0.0 && s.streams.contains(&stream));
    about
        .map(|second| SecondPlan {
            share: second.share,
            takes: second.takes.as_ref().map(|law| samplers.plan(law)),
            class: class_of_requests(scenario, stream, second.by, classes),
            approval: second.kind == SecondKind::Approval,
        })
        .collect()
}
