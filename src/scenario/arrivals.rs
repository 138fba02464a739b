//! How many contacts a stream expects in each planning interval.

use super::model::{Course, Profile, Scenario, Stream, Volume};
use crate::time::{Horizon, Tick};

/// Expected contacts of a stream per planning interval of the horizon, before busyness, redials and returns.
///
/// A weekly volume follows its profile in the customers' local time, so on the day the clocks change an hour is
/// missing or comes twice. The vector has `horizon.intervals()` entries.
#[must_use]
pub fn expected(scenario: &Scenario, stream: &Stream) -> Vec<f64> {
    match &stream.volume {
        Volume::Weekly {
            first_per_week,
            profile,
            ..
        } => weekly(&scenario.horizon, stream, *first_per_week, profile),
        Volume::Counts(replay) => replayed(&scenario.horizon, &replay.counts),
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
    let step = horizon.interval();
    let mut out = vec![0.0; horizon.intervals()];
    for &(from, to, count) in counts {
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
    out
}
