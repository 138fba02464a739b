//! How many contacts a stream expects in each planning interval.
//!
//! A weekly volume follows its profile in the customers' local time. It grows, changes with the scenario's [`Era`](crate::scenario::model::Era)s and
//! is moved by [`Event`]s; each of these is a factor on the interval's mean, and none of them touches a random draw:
//!
//! `mean(interval) = level x volume(era) x profile(local time) x growth(time) x product of events(interval)`
//!
//! - **Growth** `g` per month compounds from the day the volume holds: `(1 + g)^(months since)`, taken at the
//!   interval's middle; a month is 365.2425 / 12 days. `customers` times `ask` is a weekly volume written otherwise.
//! - **Events**: a factor `f` while the event lasts, then `1 + (f - 1) exp(-t / decay)`; an interval takes its exact mean.
//!   An event of so many `contacts` is drawn as exactly as many arrivals and is no factor.
//! - **Problem management** and **self-service** take contacts out of these: each first contact that would have come draws
//!   whether it still does, so that organisations with and without them meet the same people. See
//!   [`Problem::left`](super::model::Problem::left) and [`taken`].
//! - **Latent demand** of hours in which a channel was not open comes as far as it is open in them: see `latent_hours`.
//! - **Replays** are what they were: exact counts and time stamps follow neither, nor the scenario's level; Poisson replays
//!   follow level and events.

mod content;
mod deflection;
mod event;
mod growth;
mod latent_hours;
mod problem;

pub use deflection::taken;
pub use latent_hours::share_in;
pub use problem::prevented;

use super::model::{Channel, Course, Event, Profile, Scenario, Stream, Volume};
use crate::time::{Horizon, Tick};

/// Expected contacts of a stream (an index) per planning interval of the horizon, before busyness, redials and returns.
///
/// On the day the clocks change an hour is missing or comes twice. The vector has `horizon.intervals()` entries.
#[must_use]
pub fn expected(scenario: &Scenario, stream: usize) -> Vec<f64> {
    with_batches(scenario, stream, &|_| true)
}

/// The contacts that people are placed for: as [`expected`], without the events that nobody plans for, without those whose
/// cause is gone and those that self-service takes for good.
#[must_use]
pub fn forecast(scenario: &Scenario, stream: usize) -> Vec<f64> {
    let mut means = with_batches(scenario, stream, &|event| event.planned);
    problem::through(scenario, stream, &mut means);
    deflection::through(scenario, stream, &mut means);
    means
}

/// As [`expected`], without arrivals that come as exact numbers: the means of what is random.
#[must_use]
pub fn means(scenario: &Scenario, stream: usize) -> Vec<f64> {
    with_factors(scenario, stream, &|_| true)
}

fn with_batches(scenario: &Scenario, stream: usize, which: &dyn Fn(&Event) -> bool) -> Vec<f64> {
    let mut out = with_factors(scenario, stream, which);
    for event in scenario.events.iter().filter(|e| which(e)) {
        let added = event.streams.iter().zip(&event.added);
        for (_, contacts) in added.filter(|(s, _)| **s == stream) {
            event::spread(event, *contacts, &scenario.horizon, &mut out);
        }
    }
    out
}

/// Contacts that an event adds to each stream it touches, in proportion to the streams' volumes: what
/// [`Event::added`] says once all volumes are known.
#[must_use]
pub fn added(scenario: &Scenario, event: &Event) -> Vec<f64> {
    let Some(contacts) = event.contacts else {
        return Vec::new();
    };
    let sum = |&s: &usize| plain(scenario, s).iter().sum::<f64>();
    let volumes: Vec<f64> = event.streams.iter().map(sum).collect();
    let total: f64 = volumes.iter().sum();
    let even = 1.0 / event.streams.len().max(1) as f64;
    let part = |v: f64| if total > 0.0 { v / total } else { even };
    volumes.into_iter().map(|v| contacts * part(v)).collect()
}

fn with_factors(scenario: &Scenario, stream: usize, which: &dyn Fn(&Event) -> bool) -> Vec<f64> {
    let mut out = plain(scenario, stream);
    let touches = |e: &&Event| e.contacts.is_none() && which(e) && e.streams.contains(&stream);
    for event in scenario.events.iter().filter(touches) {
        event::weigh(event, &scenario.horizon, &mut out);
    }
    out
}

/// Volumes and growth alone.
fn plain(scenario: &Scenario, stream: usize) -> Vec<f64> {
    let horizon = &scenario.horizon;
    let of = &scenario.streams[stream];
    let mut out = volume(scenario, of, &scenario.channels[of.channel]);
    for era in &scenario.eras {
        let first = (era.from / horizon.interval()) as usize;
        let later = &era.streams[stream];
        let later = volume(scenario, later, &era.channels[later.channel]);
        out.truncate(first);
        out.extend_from_slice(&later[first.min(later.len())..]);
    }
    out
}

/// The volume of a stream on its channel.
fn volume(scenario: &Scenario, stream: &Stream, channel: &Channel) -> Vec<f64> {
    let (horizon, level) = (&scenario.horizon, scenario.level);
    match &stream.volume {
        Volume::Weekly {
            first_per_week,
            profile,
            growth,
            since,
            ..
        } => {
            let mut out = weekly(horizon, stream, level * first_per_week, profile);
            latent_hours::add(horizon, channel, level * first_per_week, &mut out);
            growth::grow(*growth, *since, horizon, &mut out);
            out
        }
        Volume::Counts(replay) => {
            let mut out = replayed(horizon, &replay.counts);
            if !replay.exact {
                out.iter_mut().for_each(|n| *n *= level);
            }
            out
        }
        Volume::Times(times) => {
            let mut out = vec![0.0; horizon.intervals()];
            for time in times {
                out[(time / horizon.interval()) as usize] += 1.0;
            }
            out
        }
    }
}

/// The factors of a course per planning interval of the horizon, at the interval's start in the customers' local time.
#[must_use]
pub fn along(horizon: &Horizon, stream: &Stream, course: &Course) -> Vec<f64> {
    (0..horizon.intervals())
        .map(|i| {
            let local = horizon.zoned_in(i as Tick * horizon.interval(), &stream.zone);
            let day = local.weekday().to_monday_zero_offset() as u32;
            course.at(day * 1440 + local.hour() as u32 * 60 + local.minute() as u32)
        })
        .collect()
}

/// The factors on the work of a stream (an index) by the planning interval of a contact's arrival: the course of its
/// handle time, how much harder those are that self-service leaves, and what content saves once it is written. `None`
/// where it is always 1.
#[must_use]
pub fn of_work(scenario: &Scenario, stream: usize, course: Option<&Course>) -> Option<Vec<f64>> {
    let of = &scenario.streams[stream];
    let factors = [
        course.map(|c| along(&scenario.horizon, of, c)),
        deflection::hardness(scenario, stream),
        content::savings(scenario, stream),
    ];
    factors.into_iter().flatten().reduce(|mut all, more| {
        all.iter_mut().zip(more).for_each(|(f, m)| *f *= m);
        all
    })
}

fn weekly(horizon: &Horizon, stream: &Stream, per_week: f64, profile: &Profile) -> Vec<f64> {
    let slot_min = i64::from(profile.interval_min);
    let step = horizon.interval();
    (0..horizon.intervals())
        .map(|i| {
            let from = i as Tick * step;
            let to = (from + step).min(horizon.length());
            let local = horizon.zoned_in(from, &stream.zone);
            let minute = i64::from(local.hour()) * 60 + i64::from(local.minute());
            let day = i64::from(local.weekday().to_monday_zero_offset());
            // Local intervals may straddle a profile slot where the zone's offset is not a multiple of the slot.
            let start = (day * 1440 + minute) as f64;
            let length = crate::time::seconds(to - from) / 60.0;
            per_week * window(profile, slot_min as f64, start, length)
        })
        .collect()
}

/// Share of the week's volume inside `[start, start + length)` minutes of the local week.
fn window(profile: &Profile, slot: f64, start: f64, length: f64) -> f64 {
    let n = profile.weights.len();
    let mut at = start;
    let end = start + length;
    let mut sum = 0.0;
    while at < end - 1e-9 {
        let index = (at / slot + 1e-9).floor();
        let next = ((index + 1.0) * slot).min(end);
        sum += profile.weights[index as usize % n] * (next - at) / slot;
        at = next;
    }
    sum
}

/// Counts spread evenly inside their own interval and cut at the planning intervals.
fn replayed(horizon: &Horizon, counts: &[(Tick, Tick, f64)]) -> Vec<f64> {
    let mut out = vec![0.0; horizon.intervals()];
    for &(from, to, count) in counts {
        evenly(horizon, from, to, count, &mut out);
    }
    out
}

/// Adds contacts that come at even chances between two ticks.
fn evenly(horizon: &Horizon, from: Tick, to: Tick, count: f64, out: &mut [f64]) {
    let step = horizon.interval();
    let mut at = from;
    while at < to {
        let index = (at / step) as usize;
        let next = ((index as Tick + 1) * step).min(to);
        if let Some(slot) = out.get_mut(index) {
            *slot += count * (next - at) as f64 / (to - from) as f64;
        }
        at = next;
    }
}
