//! Expected work per stream, tier and planning interval: the fluid view that placing people and first requirements
//! start from.
//!
//! - Contacts that find their channel closed go where the channel says; what goes nowhere is lost.
//! - What topics lead to comes later, as many as are resolved.
//! - Returns come back after their delay and are met like first contacts. Hand-offs between tiers happen at the
//!   contact's own time. Redials are left out: an organisation that is staffed has few.
//! - Reminders, second contacts, changes of channel and the time that tools are down: see `beside`.
//! - Conversations count at the middle of the concurrency their channel allows.
//! - Deferred work, the opening backlog included, is given by arrival; `deferred` says when it may be done.

use super::beside;
use super::flow::{self, Delay, Following};
use super::unserved::{Later, move_unserved};
use crate::scenario::arrivals;
use crate::scenario::model::{Channel, ChannelKind, End, Era, HandOff, Scenario, Stream};
use crate::time::{HOUR, OpenHours, Tick};

/// Expected work of the whole demand.
#[derive(Debug, Clone, PartialEq)]
pub struct Load {
    /// `[stream][tier][interval]`: agent-seconds at a team of ordinary proficiency, by arrival.
    pub work: Vec<Vec<Vec<f64>>>,
    /// `[stream][interval]`: contacts let in, returns included, the opening backlog apart.
    pub contacts: Vec<Vec<f64>>,
    /// Per channel: when it is open, beyond the horizon's end too.
    pub open: Vec<OpenHours>,
}

/// The expected load of a scenario's demand.
#[must_use]
pub fn load(scenario: &Scenario) -> Load {
    let mut load = with_work_of(scenario, None);
    for era in &scenario.eras {
        let later = with_work_of(scenario, Some(era));
        let first = (era.from / scenario.horizon.interval()) as usize;
        let splice = |old: &mut Vec<f64>, new: &Vec<f64>| {
            old.truncate(first);
            old.extend_from_slice(&new[first..]);
        };
        for (old, new) in load.contacts.iter_mut().zip(&later.contacts) {
            splice(old, new);
        }
        for (old, new) in load
            .work
            .iter_mut()
            .flatten()
            .zip(later.work.iter().flatten())
        {
            splice(old, new);
        }
    }
    load
}

/// The load of the whole demand with the handle times, outcomes, habits and later matters of one era, or of the start.
fn with_work_of(scenario: &Scenario, era: Option<&Era>) -> Load {
    let Some(era) = era else {
        return as_at_the_start(scenario);
    };
    let mut version = scenario.clone();
    for (stream, later) in version.streams.iter_mut().zip(&era.streams) {
        stream.work.clone_from(&later.work);
    }
    for (channel, later) in version.channels.iter_mut().zip(&era.channels) {
        channel.habits.clone_from(&later.habits);
    }
    for (topic, later) in version.topics.iter_mut().zip(&era.topics) {
        topic.leads_to.clone_from(&later.leads_to);
    }
    as_at_the_start(&version)
}

fn as_at_the_start(scenario: &Scenario) -> Load {
    let horizon = &scenario.horizon;
    // Promises of the last day may fall due after holidays.
    let until = horizon.length() + 14 * 24 * HOUR;
    let channels = 0..scenario.channels.len();
    let open: Vec<OpenHours> = channels.map(|c| scenario.opening(c, until)).collect();
    let contacts = let_in(scenario, &open);
    let backlog = backlog(scenario, &contacts);
    let work = contacts.iter().enumerate().map(|(s, n)| {
        let mut contacts = n.clone();
        contacts[0] += backlog[s];
        work_of(scenario, s, &contacts)
    });
    let mut work: Vec<Vec<Vec<f64>>> = work.collect();
    beside::add(scenario, &open, &contacts, &mut work);
    Load {
        work,
        contacts,
        open,
    }
}

/// What a first contact of a stream brings, per tier: pieces of work and agent-seconds at ordinary proficiency; and how
/// many contacts it becomes, returns included.
#[must_use]
pub fn per_contact(scenario: &Scenario, stream: usize) -> (Vec<(f64, f64)>, f64) {
    let s = &scenario.streams[stream];
    let channel = &scenario.channels[s.channel];
    let again = if s.comes_back {
        1.0 / (1.0 - flow::visits(scenario, stream).returns)
    } else {
        1.0
    };
    let touches = channel.touches.mean.max(1.0);
    let tiers = per_visit(scenario, stream);
    let tiers = tiers.map(|(visits, seconds)| (visits * again * touches, visits * again * seconds));
    (tiers.collect(), again)
}

/// Visits of each tier per contact, and agent-seconds per visit: handling of all touches, and triage after a hand-off.
/// A mean that moves over the week counts by the expected arrivals.
fn per_visit(scenario: &Scenario, stream: usize) -> impl Iterator<Item = (f64, f64)> {
    let s = &scenario.streams[stream];
    let channel = &scenario.channels[s.channel];
    let per_logged_s = agent_s_per_logged_s(channel) * channel.touches.mean.max(1.0);
    let visits = flow::visits(scenario, stream).visits;
    visits.into_iter().enumerate().map(move |(tier, visits)| {
        let handed_on = visits - f64::from(u8::from(tier == 0));
        let handed_in = handed_on.max(0.0) / visits.max(1e-12);
        let rule = &scenario.tiers[tier];
        let triage = (rule.triage_s + together_s(scenario, s, tier)) * handed_in;
        let out = s.work[tier].ends.iter().map(|&(share, end)| match end {
            End::Tier(to) => share * together_s(scenario, s, to),
            End::Team(to) => share * together_s(scenario, s, scenario.teams[to].tier),
            _ => 0.0,
        });
        let astray = rule.misrouted.map_or(0.0, |m| m.share * m.costs_s);
        let triage = triage + out.sum::<f64>() + astray;
        let handle = s.work[tier].handle.mean() * mean_factor(scenario, stream, tier);
        (visits, handle * per_logged_s + triage)
    })
}

/// Seconds both agents of a hand-off into a tier are busy together: warm ones of customers on the line.
fn together_s(scenario: &Scenario, stream: &Stream, tier: usize) -> f64 {
    match scenario.tiers[tier].hand_off {
        HandOff::Warm { together_s, .. }
            if scenario.channels[stream.channel].kind == ChannelKind::Live =>
        {
            together_s
        }
        _ => 0.0,
    }
}

/// Agent-seconds of one piece of work on a stream's contacts at the first tier.
pub(super) fn piece_s(scenario: &Scenario, stream: usize) -> f64 {
    let s = &scenario.streams[stream];
    let handle = s.work[0].handle.mean() * mean_factor(scenario, stream, 0);
    handle * agent_s_per_logged_s(&scenario.channels[s.channel])
}

/// Mean over the expected arrivals of the factor that moves a tier's handle time over the week.
fn mean_factor(scenario: &Scenario, stream: usize, tier: usize) -> f64 {
    let course = scenario.streams[stream].work[tier].handle_course.as_ref();
    let Some(factors) = arrivals::of_work(scenario, stream, course) else {
        return 1.0;
    };
    let expected = arrivals::expected(scenario, stream);
    let total: f64 = expected.iter().sum();
    let weighted: f64 = expected.iter().zip(&factors).map(|(n, f)| n * f).sum();
    if total > 0.0 { weighted / total } else { 1.0 }
}

/// Agent-seconds per logged second of handle time: conversations side by side divide them.
fn agent_s_per_logged_s(channel: &Channel) -> f64 {
    let open = f64::midpoint(1.0, channel.speeds.len() as f64);
    channel.effort_per_logged_second() / channel.throughput(open)
}

/// Agent-seconds per tier and interval of one stream's contacts.
fn work_of(scenario: &Scenario, s: usize, contacts: &[f64]) -> Vec<Vec<f64>> {
    let stream = &scenario.streams[s];
    let at_tier = |(tier, (visits, seconds)): (usize, (f64, f64))| {
        let mut arriving: Vec<f64> = contacts.iter().map(|n| n * visits * seconds).collect();
        let course = stream.work[tier].handle_course.as_ref();
        if let Some(factors) = arrivals::of_work(scenario, s, course) {
            let mean = mean_factor(scenario, s, tier);
            for (work, factor) in arriving.iter_mut().zip(factors) {
                *work *= factor / mean;
            }
        }
        arriving
    };
    per_visit(scenario, s).enumerate().map(at_tier).collect()
}

/// Contacts let in per stream and interval, returns included, after those that found their channel closed have gone
/// where it says.
fn let_in(scenario: &Scenario, open: &[OpenHours]) -> Vec<Vec<f64>> {
    let intervals = scenario.horizon.intervals();
    let open_share: Vec<Vec<f64>> = open.iter().map(|o| open_shares(scenario, o)).collect();
    let targets: Vec<Vec<(f64, usize)>> = scenario
        .streams
        .iter()
        .map(|s| diverted(scenario, s))
        .collect();
    let mut returns: Vec<Delay> = (0..scenario.streams.len())
        .map(|s| flow::returns(scenario, s))
        .collect();
    let mut offered: Vec<Vec<f64>> = (0..scenario.streams.len())
        .map(|s| arrivals::forecast(scenario, s))
        .collect();
    let mut out = vec![vec![0.0; intervals]; offered.len()];
    let following: Vec<Following> = (0..scenario.streams.len())
        .map(|s| flow::following(scenario, s))
        .collect();
    let later = Later::of(scenario, open);
    let changes: Vec<Vec<(usize, usize, f64)>> = (0..scenario.streams.len())
        .map(|s| beside::changes_of_channel(scenario, s))
        .collect();
    for i in 0..intervals {
        move_unserved(scenario, i, &mut offered);
        for (s, stream) in scenario.streams.iter().enumerate() {
            let arriving = offered[s][i];
            let deferred = scenario.channels[stream.channel].kind == ChannelKind::Deferred;
            let part = if deferred {
                1.0
            } else {
                open_share[stream.channel][i]
            };
            out[s][i] += arriving * part;
            later.put_off(s, i, arriving * (1.0 - part), &mut offered[s]);
            for &(share, to) in &targets[s] {
                let other = scenario.streams[to].channel;
                let takes = match scenario.channels[other].kind {
                    ChannelKind::Deferred => 1.0,
                    _ if part < 1.0 => {
                        ((open_share[other][i] - part) / (1.0 - part)).clamp(0.0, 1.0)
                    }
                    _ => 0.0,
                };
                out[to][i] += arriving * (1.0 - part) * share * takes;
            }
        }
        for (s, delay) in returns.iter_mut().enumerate() {
            delay.pass_on(i, &mut out[s], &mut offered[s]);
        }
        for (s, next) in following.iter().enumerate() {
            next.lead(i, out[s][i], &mut offered);
        }
        for (s, changes) in changes.iter().enumerate() {
            for &(to, after, share) in changes {
                // This interval's are counted already.
                if let Some(slot) = offered[to].get_mut(i + after.max(1)) {
                    *slot += out[s][i] * share;
                }
            }
        }
    }
    out
}

/// Share of each planning interval in which the channel is open.
pub(super) fn open_shares(scenario: &Scenario, open: &OpenHours) -> Vec<f64> {
    let horizon = &scenario.horizon;
    (0..horizon.intervals())
        .map(|i| {
            let from = i as Tick * horizon.interval();
            let to = (from + horizon.interval()).min(horizon.length());
            open.open_between(from, to) as f64 / (to - from) as f64
        })
        .collect()
}

/// The streams of the same customer that closed hours send contacts to, with their shares.
fn diverted(scenario: &Scenario, stream: &Stream) -> Vec<(f64, usize)> {
    let channel = &scenario.channels[stream.channel];
    if channel.kind == ChannelKind::Deferred {
        return Vec::new();
    }
    let closed = channel.closed.iter();
    closed
        .filter_map(|&(share, to)| Some((share, stream.on_channel(scenario, to)?)))
        .collect()
}

/// Tickets per stream that wait at the start: a channel's over its streams as their volume.
fn backlog(scenario: &Scenario, contacts: &[Vec<f64>]) -> Vec<f64> {
    let volume: Vec<f64> = contacts.iter().map(|n| n.iter().sum()).collect();
    let of_channel = |c: usize| {
        let members = scenario.streams.iter().zip(&volume);
        members.filter(move |(s, _)| s.channel == c).map(|(_, v)| v)
    };
    let waiting = |(stream, volume): (&Stream, &f64)| {
        let backlog = scenario.channels[stream.channel].backlog?;
        let total: f64 = of_channel(stream.channel).sum();
        (total > 0.0).then(|| backlog.tickets * volume / total)
    };
    let streams = scenario.streams.iter().zip(&volume);
    streams.map(|s| waiting(s).unwrap_or(0.0)).collect()
}

/// Mean agent-seconds a team spends on one of a stream's items at its tier, over those at ordinary proficiency:
/// proficiency, the time to turn round after each, and the time that tools are down.
#[must_use]
pub fn effort_factor(scenario: &Scenario, team: usize, stream: usize) -> f64 {
    let index = team;
    let team = &scenario.teams[team];
    let channel = &scenario.channels[scenario.streams[stream].channel];
    let skill = team.skills[stream].map_or(1.0, |p| p.handle_factor);
    let lag = team.skills[stream].map_or(0.0, |p| p.lag_s);
    let item =
        scenario.streams[stream].work[team.tier].handle.mean() * agent_s_per_logged_s(channel);
    let turn_round = team
        .availability
        .turn_round
        .as_ref()
        .map_or(0.0, |law| law.mean());
    let each = if item > 0.0 {
        skill + (lag + turn_round) / item
    } else {
        skill
    };
    each * beside::held_up(scenario, index, stream)
}
