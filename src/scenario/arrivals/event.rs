//! Events: a factor while they last, which fades afterwards; or so many contacts more.

use crate::scenario::model::Event;
use crate::time::{Horizon, Tick};

/// Multiplies each interval's mean by the event's mean factor over it.
pub fn weigh(event: &Event, horizon: &Horizon, means: &mut [f64]) {
    let step = horizon.interval();
    for (i, mean) in means.iter_mut().enumerate() {
        let from = i as Tick * step;
        let to = (from + step).min(horizon.length());
        *mean *= 1.0 + (event.factor - 1.0) * strength(event, from as f64, to as f64);
    }
}

/// Mean of what is in force over an interval: 1 while the event lasts, `exp(-t / decay)` a time `t` after its end.
fn strength(event: &Event, from: f64, to: f64) -> f64 {
    let (start, end) = (event.from as f64, event.until as f64);
    let lasting = (to.min(end) - from.max(start)).max(0.0);
    let fading = if event.decay > 0.0 && to > end {
        let left = |t: f64| libm::exp(-(t - end) / event.decay);
        event.decay * (left(from.max(end)) - left(to))
    } else {
        0.0
    };
    (lasting + fading) / (to - from)
}

/// Adds the event's contacts to a stream's means, evenly while it lasts; what lies outside the horizon is left out.
pub fn spread(event: &Event, contacts: f64, horizon: &Horizon, means: &mut [f64]) {
    let Some((from, until, inside)) = event.inside(horizon) else {
        return;
    };
    super::evenly(horizon, from, until, contacts * inside, means);
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::time::{HOUR, Length};
    use jiff::civil::date;
    use jiff::tz::TimeZone;

    fn event(factor: f64, decay: f64) -> Event {
        Event {
            name: "outage".into(),
            streams: vec![0],
            from: 10 * HOUR as i64,
            until: 12 * HOUR as i64,
            factor,
            decay,
            contacts: None,
            added: Vec::new(),
            planned: true,
        }
    }

    #[test]
    fn what_an_event_adds_is_its_length_and_its_tail() {
        let horizon = Horizon::new(
            date(2027, 1, 4),
            Length::Days(7),
            TimeZone::UTC,
            Horizon::INTERVAL,
        )
        .unwrap();
        let mut means = vec![1.0; horizon.intervals()];
        weigh(&event(3.0, 4.0 * HOUR as f64), &horizon, &mut means);
        // (3 - 1) x (2 h + 4 h of tail), in intervals of a quarter of an hour; six days hold the tail but for e^-39.
        let added: f64 = means.iter().map(|m| m - 1.0).sum();
        assert!((added - 2.0 * 6.0 * 4.0).abs() < 1e-9, "{added}");
        assert_eq!((means[39], means[40], means[47]), (1.0, 3.0, 3.0));
        // An outage that ends at once, and a strike with fewer calls.
        let mut means = vec![1.0; horizon.intervals()];
        weigh(&event(0.25, 0.0), &horizon, &mut means);
        let added: f64 = means.iter().map(|m| m - 1.0).sum();
        assert!((added + 0.75 * 8.0).abs() < 1e-12);
    }
}
