//! Classes of work and who can do them, read off streams, skills and routes.
//!
//! Streams that the same teams can take equally well at every tier are one class. What follows from a contact (returns
//! where it was not resolved, hand-offs to another tier) is work of its own, so a vendor that resolves less causes
//! more contacts, and more work for the next tier.

use super::instance::{MONTH_WEEKS, Way, Work};
use crate::optimize::demand::overhead_s;
use crate::roster::flow;
use crate::roster::load::{Load, per_contact};
use crate::scenario::model::{
    ChannelKind, Covering, End, LeverTarget, PriceUnit, Proficiency, Scenario, Stream,
};
use crate::time;

/// Most of a work that goes to teams which only take over what has waited.
const OVERFLOW: f64 = 0.1;

/// Everything that is read off the streams.
pub struct Works {
    /// Classes at a tier.
    pub works: Vec<Work>,
    /// Who can do them.
    pub ways: Vec<Way>,
    /// Per way: the share lever it stands for, `(route, entry)`.
    pub levers: Vec<Option<(usize, usize)>>,
    /// `[work]`: first contacts a month by stream.
    pub volumes: Vec<Vec<(usize, f64)>>,
}

/// A team that may take a stream at a tier.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Taker {
    team: usize,
    least: f64,
    most: f64,
    lever: Option<(usize, usize)>,
    skill: Proficiency,
}

/// Streams with the same takers at every tier.
struct Group {
    deferred: bool,
    takers: Vec<Vec<Taker>>,
    /// `(stream, first contacts a month)`.
    streams: Vec<(usize, f64)>,
}

/// Reads the works of a scenario whose expected load is `load`.
#[must_use]
pub fn works(scenario: &Scenario, load: &Load) -> Works {
    let groups = groups(scenario, load);
    let tiers = scenario.tiers.len();
    let mut out = Works {
        works: Vec::new(),
        ways: Vec::new(),
        levers: Vec::new(),
        volumes: Vec::new(),
    };
    // A group has one work per tier that somebody can take, in order.
    let mut index = vec![vec![None; tiers]; groups.len()];
    for (g, group) in groups.iter().enumerate() {
        for (tier, slot) in index[g].iter_mut().enumerate() {
            if group.takers[tier].is_empty() {
                continue;
            }
            *slot = Some(out.works.len());
            out.works.push(Work {
                name: name(scenario, group, tier),
                first_tier: tier == 0,
                deferred: group.deferred,
                late: late_price(scenario, group, tier),
            });
            out.volumes.push(if tier == 0 {
                group.streams.clone()
            } else {
                Vec::new()
            });
        }
    }
    for (g, group) in groups.iter().enumerate() {
        for tier in 0..tiers {
            let Some(work) = index[g][tier] else {
                continue;
            };
            for taker in &group.takers[tier] {
                out.ways
                    .push(way(scenario, group, tier, taker, work, &index[g]));
                out.levers.push(taker.lever);
            }
        }
    }
    out
}

fn groups(scenario: &Scenario, load: &Load) -> Vec<Group> {
    let weeks = time::seconds(scenario.horizon.length()) / (7.0 * 86_400.0);
    let mut groups: Vec<Group> = Vec::new();
    for s in 0..scenario.streams.len() {
        let (_, again) = per_contact(scenario, s);
        let contacts: f64 = load.contacts[s].iter().sum();
        let volume = contacts / weeks * MONTH_WEEKS / again;
        if volume <= 0.0 {
            continue;
        }
        let channel = &scenario.channels[scenario.streams[s].channel];
        let deferred = channel.kind == ChannelKind::Deferred;
        let takers: Vec<Vec<Taker>> = (0..scenario.tiers.len())
            .map(|tier| takers(scenario, s, tier))
            .collect();
        match groups
            .iter_mut()
            .find(|g| g.deferred == deferred && g.takers == takers)
        {
            Some(group) => group.streams.push((s, volume)),
            None => groups.push(Group {
                deferred,
                takers,
                streams: vec![(s, volume)],
            }),
        }
    }
    groups
}

/// Teams that may take a stream at a tier, with the shares that routes leave open.
fn takers(scenario: &Scenario, stream: usize, tier: usize) -> Vec<Taker> {
    let skill = |t: usize| {
        let team = &scenario.teams[t];
        team.skills[stream].filter(|_| team.tier == tier)
    };
    let anybody = |may: &dyn Fn(usize) -> bool| -> Vec<Taker> {
        let teams = (0..scenario.teams.len()).filter(|&t| may(t));
        let taker = |team| {
            Some(Taker {
                team,
                least: 0.0,
                most: 1.0,
                lever: None,
                skill: skill(team)?,
            })
        };
        teams.filter_map(taker).collect()
    };
    let covering = Covering::of(&scenario.routes, stream, tier);
    if !covering.timed.is_empty() {
        // What a team gets depends on the hour: anything from nothing to all.
        let named = |r: Option<usize>, team: usize| {
            r.is_none_or(|r| scenario.routes[r].to.iter().any(|e| e.team == team))
        };
        return anybody(&|team| covering.all().any(|r| named(r, team)));
    }
    let Some(r) = covering.always else {
        return anybody(&|_| true);
    };
    let entries = &scenario.routes[r].to;
    let direct = entries
        .iter()
        .any(|e| e.share.is_none() && e.after_s <= 0.0 && skill(e.team).is_some());
    let mut out: Vec<Taker> = Vec::new();
    for (i, entry) in entries.iter().enumerate() {
        let Some(skill) = skill(entry.team) else {
            continue;
        };
        let lever = scenario
            .decide
            .levers
            .iter()
            .find(|l| l.target == LeverTarget::Share(r, i));
        let (least, most) = match (entry.share, lever) {
            (Some(_), Some(l)) => (l.or.map_or(l.from, |o| o.min(l.from)), l.to),
            (Some(share), None) => (share, share),
            (None, _) if entry.after_s > 0.0 && direct => (0.0, OVERFLOW),
            (None, _) => (0.0, 1.0),
        };
        let lever = lever.map(|_| (r, i));
        match out.iter_mut().find(|t| t.team == entry.team) {
            // A decided share is the plan; what overflows beside it is not.
            Some(known) if known.lever.is_some() => {}
            Some(known) => known.most = (known.most + most).min(1.0),
            None => out.push(Taker {
                team: entry.team,
                least,
                most,
                lever,
                skill,
            }),
        }
    }
    out
}

fn way(
    scenario: &Scenario,
    group: &Group,
    tier: usize,
    taker: &Taker,
    work: usize,
    index: &[Option<usize>],
) -> Way {
    let team = &scenario.teams[taker.team];
    let mut way = Way {
        work,
        party: taker.team,
        hours: 0.0,
        units: 0.0,
        fee: taker.skill.fee_per_contact,
        resolved: 0.0,
        follow: Vec::new(),
        least: taker.least,
        most: taker.most,
    };
    let mut minutes = 0.0;
    let mut finished = 0.0;
    let mut all = 0.0;
    for &(s, volume) in &group.streams {
        let stream = &scenario.streams[s];
        let visits = flow::visits(scenario, s).visits;
        let weight = volume * visits[tier].max(1e-12);
        let (seconds, pieces) = per_visit(scenario, s, tier, &visits);
        let worked = seconds * taker.skill.handle_factor;
        way.hours += weight * (worked + pieces * overhead_s(team)) / 3600.0;
        minutes += weight * worked / 60.0;
        for (share, end) in ends(stream, tier, taker.skill.resolved_delta) {
            let to = match end {
                End::Resolved => {
                    finished += weight * share;
                    None
                }
                End::Returns => stream.comes_back.then_some(0),
                End::Tier(to) => Some(to),
                End::Team(to) => Some(scenario.teams[to].tier),
                End::Engineering => {
                    finished += weight * share * (1.0 - sent_back(scenario));
                    Some(tier)
                }
            };
            let back = if end == End::Engineering {
                sent_back(scenario)
            } else {
                1.0
            };
            way.resolved += weight * share * settled(stream, end, tier, scenario);
            if let Some(next) = to.and_then(|t| index[t]) {
                follow(&mut way.follow, next, weight * share * back);
            }
        }
        all += weight;
    }
    way.hours /= all;
    way.resolved /= all;
    way.follow.iter_mut().for_each(|f| f.1 /= all);
    way.units = match team.vendor.map(|v| scenario.vendors[v].per) {
        Some(PriceUnit::HandledMinute) => minutes / all,
        Some(PriceUnit::Contact) => 1.0,
        Some(PriceUnit::ResolvedContact) => finished / all,
        _ => 0.0,
    };
    way
}

/// Agent-seconds and pieces of work of a stream's visit to a tier, at ordinary proficiency.
fn per_visit(scenario: &Scenario, stream: usize, tier: usize, visits: &[f64]) -> (f64, f64) {
    let (tiers, again) = per_contact(scenario, stream);
    let n = (visits[tier] * again).max(1e-12);
    (tiers[tier].1 / n, tiers[tier].0 / n)
}

/// What comes of a stream's work at a tier when a team resolves more or less than is usual.
fn ends(stream: &Stream, tier: usize, delta: f64) -> Vec<(f64, End)> {
    let share = |of: End| -> f64 {
        let mine = stream.work[tier].ends.iter().filter(|e| e.1 == of);
        mine.map(|e| e.0).sum()
    };
    let delta = delta.clamp(-share(End::Resolved), share(End::Returns));
    let mut out: Vec<(f64, End)> = stream.work[tier].ends.clone();
    for (of, change) in [(End::Resolved, delta), (End::Returns, -delta)] {
        match out.iter_mut().find(|e| e.1 == of) {
            Some(end) => end.0 += change,
            None => out.push((change, of)),
        }
    }
    out.retain(|e| e.0 > 0.0);
    out
}

/// Probability that a matter with this end is settled without coming back.
fn settled(stream: &Stream, end: End, tier: usize, scenario: &Scenario) -> f64 {
    let later = |tier: usize| -> f64 {
        let ends = &stream.work[tier].ends;
        let returns = ends.iter().filter(|e| e.1 == End::Returns);
        1.0 - returns.map(|e| e.0).sum::<f64>()
    };
    match end {
        End::Resolved => 1.0,
        End::Returns => 0.0,
        End::Tier(t) => later(t),
        End::Team(t) => later(scenario.teams[t].tier),
        End::Engineering => {
            let back = sent_back(scenario);
            1.0 - back + back * later(tier)
        }
    }
}

/// Share of the work handed to engineering that comes back to its tier.
fn sent_back(scenario: &Scenario) -> f64 {
    scenario.engineering.as_ref().map_or(0.0, |e| e.back)
}

fn follow(to: &mut Vec<(usize, f64)>, work: usize, amount: f64) {
    match to.iter_mut().find(|f| f.0 == work) {
        Some(known) => known.1 += amount,
        None => to.push((work, amount)),
    }
}

/// Topics, channels and languages of a group in a few words.
fn name(scenario: &Scenario, group: &Group, tier: usize) -> String {
    let first = &scenario.streams[group.streams[0].0].name;
    let more = match group.streams.len() {
        1 => String::new(),
        n => format!(" and {} more", n - 1),
    };
    if tier == 0 {
        format!("{first}{more}")
    } else {
        format!("{first}{more}, tier {}", scenario.tiers[tier].number)
    }
}

/// As stated, or five times the work at the dearest pay (judgement).
fn late_price(scenario: &Scenario, group: &Group, tier: usize) -> f64 {
    if let Some(late) = scenario.decide.outlook.late {
        return late;
    }
    let pay = scenario.contracts.iter().map(|c| c.pay.per_paid_hour);
    let dearest = pay.fold(1.0, f64::max);
    let (mut seconds, mut all) = (0.0, 0.0);
    for &(s, volume) in &group.streams {
        let visits = flow::visits(scenario, s).visits;
        seconds += volume * per_visit(scenario, s, tier, &visits).0;
        all += volume;
    }
    5.0 * dearest * seconds / all.max(f64::MIN_POSITIVE) / 3600.0
}
