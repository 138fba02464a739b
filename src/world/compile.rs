//! From the checked scenario to the compiled tables.

use super::apportion::apportion;
use super::courses::Courses;
use super::plan::{
    DrawPlan, EngineeringPlan, MAX_CLASSES, MAX_TEAMS, PausePlan, PromisePlan, StreamPlan,
    TeamPlan, TierPlan, TouchPlan, World,
};
use super::routing::{self, Classes};
use super::samplers::Samplers;
use super::satisfaction::{SatisfactionPlan, thousandths};
use super::vendors;
use super::{equipment, era, hand_off, route_hours};
use crate::random::{Busyness, stream_key};
use crate::scenario::arrivals;
use crate::scenario::model::{
    AtClose, Channel, ChannelKind, Every, PromiseEvent, Scenario, Stream, Topic,
};
use crate::time::{self, Horizon, OpenHours, Tick, ticks};
use jiff::tz::TimeZone;
use std::fmt;

/// Deadlines run on this long past the horizon's end.
const RUN_ON: Tick = 60 * 24 * time::HOUR;

/// A scenario that is larger than the engine's tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CompileError {
    /// More teams than fit.
    TooManyTeams(usize),
    /// More queue classes (distinct sets of teams, delays and ranks) than fit.
    TooManyClasses(usize),
}

impl fmt::Display for CompileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooManyTeams(n) => write!(
                f,
                "{n} teams are more than the {MAX_TEAMS} the engine holds; merge teams with the same skills"
            ),
            Self::TooManyClasses(n) => write!(
                f,
                "{n} different queues (sets of teams, delays and priorities) are more than the {MAX_CLASSES} the engine holds; \
                 simplify routes or priorities"
            ),
        }
    }
}

impl std::error::Error for CompileError {}

/// Compiles a scenario.
///
/// # Errors
/// When there are more teams or queue classes than the engine's bit sets hold.
pub fn compile(scenario: &Scenario) -> Result<World, CompileError> {
    if scenario.teams.len() > MAX_TEAMS {
        return Err(CompileError::TooManyTeams(scenario.teams.len()));
    }
    let horizon = &scenario.horizon;
    let promised = vendors::promises(scenario);
    let mut zones = ZoneTables::default();
    let mut classes = Classes::of(scenario);
    let mut samplers = Samplers::default();
    let mut courses = Courses::default();
    let open = opening_hours(scenario);
    let versions = route_hours::versions(scenario);
    let backlog = opening_backlog(scenario);
    let standing = scenario.by_standing();
    let mut streams = Vec::with_capacity(scenario.streams.len());
    for (index, stream) in scenario.streams.iter().enumerate() {
        let days = zones.index(horizon, &stream.zone);
        let plan = stream_plan(
            scenario,
            index,
            stream,
            days,
            backlog[index],
            &mut Pools {
                classes: &mut classes,
                samplers: &mut samplers,
                courses: &mut courses,
                versions: &versions,
            },
        );
        streams.push(StreamPlan {
            forecasts: vendors::forecasts(scenario, &promised, index),
            ..plan
        });
    }
    if classes.plans.len() > MAX_CLASSES {
        return Err(CompileError::TooManyClasses(classes.plans.len()));
    }
    let teams = scenario
        .teams
        .iter()
        .enumerate()
        .map(|(i, team)| TeamPlan {
            promise: vendors::promise_of(team, &promised),
            ..team_plan(scenario, &standing, i, &classes, &mut samplers)
        })
        .collect();
    let in_use = route_hours::in_use(scenario, &versions, &streams);
    let route_hours = route_hours::hours(scenario, horizon.length(), in_use);
    let deflections = super::deflection::plans(scenario, &mut samplers);
    let outages = super::outage::plans(scenario, &mut samplers);
    let engineering = scenario.engineering.as_ref().map(|e| EngineeringPlan {
        takes: samplers.plan(&e.takes),
        back: e.back,
    });
    Ok(World {
        length: horizon.length(),
        warm_up: ticks(scenario.warm_up_s),
        interval: horizon.interval(),
        intervals: horizon.intervals(),
        channels: scenario.channels.iter().map(|c| c.kind).collect(),
        channels_by_name: scenario.channels_by_name(),
        at_close: scenario.channels.iter().map(|c| c.at_close).collect(),
        streams,
        gauges: classes.gauges(),
        batches: super::arrivals::batches(scenario),
        classes: classes.plans,
        teams,
        standing: standing.iter().map(|&t| t as u8).collect(),
        tiers: scenario.tiers.len(),
        open,
        route_hours,
        courses: courses.all,
        engineering,
        handover_costs: scenario.handover.as_ref().map_or(0.0, |h| h.costs_s),
        promises: promise_plans(scenario),
        vendor_promises: promised,
        month_ends: vendors::month_ends(scenario),
        report_days: day_table(horizon, horizon.zone()),
        day_tables: zones.tables,
        busyness: busyness(scenario),
        satisfaction: SatisfactionPlan::of(&scenario.satisfaction),
        deflections,
        outages,
        samplers: samplers.all,
    })
}

/// The compiled law of day-level busyness, where there is any.
#[must_use]
pub fn busyness(scenario: &Scenario) -> Option<Busyness> {
    let b = scenario.busyness;
    (b.cv > 0.0).then(|| Busyness::new(b.cv, b.day_to_day, b.across_streams))
}

/// One table of opening hours per channel, laid out beyond the horizon so that deadlines run on.
fn opening_hours(scenario: &Scenario) -> Vec<OpenHours> {
    let until = scenario.horizon.length() + RUN_ON;
    let channels = 0..scenario.channels.len();
    channels.map(|c| scenario.opening(c, until)).collect()
}

/// Day index of each planning interval, one table per zone.
#[derive(Default)]
struct ZoneTables {
    zones: Vec<TimeZone>,
    tables: Vec<Vec<u32>>,
}

impl ZoneTables {
    fn index(&mut self, horizon: &Horizon, zone: &TimeZone) -> usize {
        if let Some(at) = self.zones.iter().position(|z| z == zone) {
            return at;
        }
        self.tables.push(day_table(horizon, zone));
        self.zones.push(zone.clone());
        self.zones.len() - 1
    }
}

/// Day index of each planning interval in a zone.
fn day_table(horizon: &Horizon, zone: &TimeZone) -> Vec<u32> {
    let days = time::days(horizon, zone);
    let starts = (0..horizon.intervals()).map(|i| i as Tick * horizon.interval());
    starts.map(|start| days.period_of(start)).collect()
}

/// What streams share: equal classes, laws and courses are compiled once.
struct Pools<'p> {
    classes: &'p mut Classes,
    samplers: &'p mut Samplers,
    courses: &'p mut Courses,
    versions: &'p [route_hours::Version],
}

fn stream_plan(
    scenario: &Scenario,
    index: usize,
    stream: &Stream,
    days: usize,
    backlog: (u32, Tick),
    pools: &mut Pools<'_>,
) -> StreamPlan {
    let channel = &scenario.channels[stream.channel];
    let patience_course = era::patience_course(scenario, stream, channel, pools.courses);
    let mut eras = era::plans(scenario, index, pools.samplers, pools.courses);
    let seconds = hand_off::seconds(scenario, index, pools.classes, pools.samplers);
    let pending = pending_plan(scenario, channel, pools.samplers);
    let tiers: Vec<TierPlan> = (0..scenario.tiers.len())
        .map(|tier| tier_plan(scenario, index, stream, tier, pools))
        .collect();
    let lots: Vec<(f64, u16)> = tiers[0].all_lots().collect();
    let habits = |channel: &Channel, pools: &mut Pools<'_>| {
        let habits = &channel.habits;
        super::habits::plan(
            scenario,
            habits,
            index,
            &lots,
            pools.classes,
            pools.samplers,
        )
    };
    let next = |topics: &[Topic], pools: &mut Pools<'_>| {
        let leads_to = &topics[stream.topic].leads_to;
        super::life_cycle::plans(scenario, leads_to, index, pools.samplers)
    };
    for (plan, era) in eras.iter_mut().zip(&scenario.eras) {
        plan.habits = habits(&era.channels[stream.channel], pools);
        plan.leads_to = next(&era.topics, pools);
    }
    let habits = habits(channel, pools);
    let leads_to = next(&scenario.topics, pools);
    let samplers = &mut *pools.samplers;
    let closed = closed_plan(scenario, stream, channel);
    let promises = covering_promises(scenario, index);
    StreamPlan {
        key: stream_key(&stream.name),
        channel: stream.channel,
        language: stream.language,
        kind: channel.kind,
        arrivals: super::arrivals::plan(scenario, index),
        days,
        open: stream.channel,
        later_below: closed.last().map_or(0.0, |c| c.0) + channel.later,
        closed,
        closed_later: samplers.plan(&channel.later_after),
        moves: stream.moves.as_ref().map(|m| cumulated(m)),
        prevented: arrivals::prevented(scenario, index).unwrap_or_default(),
        deflections: super::deflection::of_stream(scenario, index),
        patience: era::patience(stream, channel, samplers),
        patience_course,
        balk: channel.balk,
        redial: era::redial(channel, samplers),
        returns_after: samplers.plan(&scenario.topics[stream.topic].returns_after),
        comes_back: stream.comes_back,
        touches: TouchPlan {
            again: if channel.touches.mean > 1.0 {
                1.0 - 1.0 / channel.touches.mean
            } else {
                0.0
            },
            customer_takes: samplers.plan(&channel.touches.customer_takes),
            owner: channel.owner,
        },
        tiers,
        habits,
        leads_to,
        promises_resolution: promises
            .iter()
            .any(|&p| scenario.promises[p as usize].event == PromiseEvent::Resolution),
        promises,
        forecasts: 0,
        speeds: channel.speeds.clone(),
        resume_cost: channel.resume_cost_s,
        reread: channel.reread_s,
        pending,
        seconds,
        at_shift_end: scenario
            .handover
            .as_ref()
            .filter(|_| channel.kind == ChannelKind::Deferred)
            .map(|h| h.at_shift_end[stream.priority]),
        backlog,
        eras,
    }
}

/// Shares with what they mean, as cumulative shares.
fn cumulated(shares: &[(f64, usize)]) -> Vec<(f64, u32)> {
    let mut sum = 0.0;
    let all = shares.iter().map(|&(share, to)| {
        sum += share;
        (sum, to as u32)
    });
    all.collect()
}

/// Whom a channel's tickets wait for once, as cumulative shares.
fn pending_plan(
    scenario: &Scenario,
    channel: &Channel,
    samplers: &mut Samplers,
) -> Vec<(f64, DrawPlan)> {
    if channel.kind != ChannelKind::Deferred {
        return Vec::new();
    }
    let mut sum = 0.0;
    let parties = scenario.pending.iter().map(|p| {
        sum += p.share;
        (sum, samplers.plan(&p.takes))
    });
    parties.collect()
}

/// Where contacts go that find the channel closed: the stream of the same customer on another channel.
fn closed_plan(scenario: &Scenario, stream: &Stream, channel: &Channel) -> Vec<(f64, u32)> {
    let mut sum = 0.0;
    let mut plan = Vec::new();
    for &(share, to) in &channel.closed {
        if let Some(target) = stream.on_channel(scenario, to) {
            sum += share;
            plan.push((sum, target as u32));
        }
    }
    plan
}

fn tier_plan(
    scenario: &Scenario,
    index: usize,
    stream: &Stream,
    tier: usize,
    pools: &mut Pools<'_>,
) -> TierPlan {
    let channel = &scenario.channels[stream.channel];
    let work = &stream.work[tier];
    let (classes, timed) =
        route_hours::lots(scenario, pools.versions, (index, tier), pools.classes);
    TierPlan {
        handle: pools
            .samplers
            .scaled(&work.handle, channel.effort_per_logged_second()),
        handle_course: pools
            .courses
            .of_work(scenario, index, work.handle_course.as_ref()),
        ends: era::ends(&work.ends),
        classes,
        timed,
        team_classes: routing::kept_in_team(scenario, index, tier, channel, pools.classes),
        handed_to: routing::handed_to(scenario, index, pools.classes),
        triage: scenario.tiers[tier].triage_s,
        hand_off: hand_off::plan(scenario, index, tier, pools.classes, pools.samplers),
        next_site: hand_off::next_site(scenario, index, tier, pools.classes),
    }
}

fn covering_promises(scenario: &Scenario, stream: usize) -> Vec<u32> {
    let covers = scenario
        .promises
        .iter()
        .enumerate()
        .filter(|(_, p)| p.streams.contains(&stream));
    covers.map(|(i, _)| i as u32).collect()
}

fn promise_plans(scenario: &Scenario) -> Vec<PromisePlan> {
    let horizon = &scenario.horizon;
    let plan = |p: &crate::scenario::model::Promise| PromisePlan {
        event: p.event,
        within: ticks(p.within_s),
        business: p.business_hours,
        of: p.of,
        periods: match p.every {
            Every::Interval => time::intervals(horizon),
            Every::Day => time::days(horizon, &p.zone),
            Every::Week => time::weeks(horizon, &p.zone),
            Every::Month => time::months(horizon, &p.zone),
        },
    };
    scenario.promises.iter().map(plan).collect()
}

/// Opening backlog per stream: the channel's tickets in proportion to volume, whole tickets by largest remainder.
fn opening_backlog(scenario: &Scenario) -> Vec<(u32, Tick)> {
    let mut out = vec![(0, 0); scenario.streams.len()];
    for (c, channel) in scenario.channels.iter().enumerate() {
        let Some(backlog) = channel.backlog else {
            continue;
        };
        let members: Vec<usize> = (0..scenario.streams.len())
            .filter(|&s| scenario.streams[s].channel == c)
            .collect();
        let volume: Vec<f64> = members
            .iter()
            .map(|&s| arrivals::expected(scenario, s).iter().sum::<f64>())
            .collect();
        let total: f64 = volume.iter().sum();
        if total <= 0.0 {
            continue;
        }
        let exact: Vec<f64> = volume.iter().map(|v| backlog.tickets * v / total).collect();
        let whole = apportion(&exact, backlog.tickets.round() as u32);
        for (&s, &n) in members.iter().zip(&whole) {
            out[s] = (n, ticks(backlog.oldest_s));
        }
    }
    out
}

fn team_plan(
    scenario: &Scenario,
    standing: &[usize],
    index: usize,
    classes: &Classes,
    samplers: &mut Samplers,
) -> TeamPlan {
    let team = &scenario.teams[index];
    let per_stream = |f: fn(&crate::scenario::model::Proficiency) -> f64, none: f64| -> Vec<f64> {
        team.skills
            .iter()
            .map(|s| s.as_ref().map_or(none, f))
            .collect()
    };
    let (set, pick_up) = classes.of_team(index as u8);
    let availability = &team.availability;
    TeamPlan {
        key: team_key(scenario, standing, index),
        tier: team.tier as u8,
        vendor: team.vendor.is_some(),
        promise: None,
        classes: set,
        calls: classes.that_call(index as u8),
        mates: scenario.members(index).fold(0, |set, t| set | 1 << t),
        pick_up,
        limits: classes.limits(index as u8),
        takes: team.takes,
        handle_factor: equipment::handle_factors(&team.skills),
        lag: equipment::lags(&team.skills),
        equipment: equipment::plan(scenario, index),
        resolved_delta: per_stream(|p| p.resolved_delta, 0.0),
        satisfaction: team
            .skills
            .iter()
            .map(|s| s.map_or(0, |p| thousandths(p.satisfaction_delta)))
            .collect(),
        fee: per_stream(|p| p.fee_per_contact, 0.0),
        switch: team.switch_s,
        turn_round: availability
            .turn_round
            .as_ref()
            .map(|law| samplers.plan(law)),
        pause: availability.pause.map(|p| PausePlan {
            share: p.share,
            calm: p.calm_s * time::SECOND as f64,
            recalled: p.recalled_s * time::SECOND as f64,
            recall_after: ticks(p.recall_after_s),
        }),
        yields: scenario
            .channels
            .iter()
            .map(|c| c.yields_to.iter().fold(0u64, |set, &to| set | 1 << to))
            .collect(),
        drains: team.skills.iter().zip(&scenario.streams).any(|(skill, s)| {
            skill.is_some() && scenario.channels[s.channel].at_close == AtClose::Serve
        }),
    }
}

/// Key of a team's draws (sickness, lateness, pauses): what it can do, where, for whom; neither its name nor its place
/// in the file, nor how many it has, so that renaming and reordering change no figure and one head more moves no other's
/// draws. Teams alike in all of this are told apart by their place among equals.
fn team_key(scenario: &Scenario, standing: &[usize], index: usize) -> u64 {
    let ability = |t: usize| scenario.ability(&scenario.teams[t]);
    let own = ability(index);
    let before = standing.iter().take_while(|&&t| t != index);
    let twins = before.filter(|&&t| ability(t) == own).count();
    stream_key(&format!("{own}|{twins}"))
}
