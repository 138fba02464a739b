//! The other way round: how many agents reach a target.

use super::abandonment::Station;
use super::loss::erlang_b;
use super::service_level::ServiceLevel;

/// Fewest agents with which `station` reaches the share `target` within `threshold`.
///
/// The station's own number of agents is only where the search begins. `None` when no number does:
/// the target is 1 or more (a queue never promises everyone), or more than ten million agents would
/// be needed.
///
/// ```
/// use staffwright::queueing::{ServiceLevel, Station, least_agents};
/// // 33.3 erlangs of 300 s calls, 80 % of offered within 20 s.
/// let patient = Station::new(0, 33.3 / 300.0, 300.0, 0.0)?;
/// assert_eq!(least_agents(patient, 0.8, 20.0, ServiceLevel::Offered), Some(39));
/// let impatient = Station::new(0, 33.3 / 300.0, 300.0, 1.0 / 120.0)?;
/// assert_eq!(least_agents(impatient, 0.8, 20.0, ServiceLevel::Offered), Some(35));
/// # Ok::<(), staffwright::queueing::StationError>(())
/// ```
pub fn least_agents(
    station: Station,
    target: f64,
    threshold: f64,
    definition: ServiceLevel,
) -> Option<u32> {
    if target.is_nan() || target >= 1.0 {
        return None;
    }
    least_agents_where(station.load(), |agents| {
        let steady = station.with_agents(agents).steady();
        steady
            .service_level(threshold, definition)
            .is_some_and(|share| share >= target)
    })
}

/// Fewest lines that lose at most the share `blocking` of arrivals (Erlang B).
///
/// `None` when `blocking` is not above 0 or the load needs more than ten million lines.
pub fn least_lines(load: f64, blocking: f64) -> Option<u32> {
    if blocking.is_nan() || blocking <= 0.0 {
        return None;
    }
    least_agents_where(load, |lines| erlang_b(lines, load) <= blocking)
}

/// More agents than any one group has; searches stop here.
const MOST: u32 = 10_000_000;

/// Fewest agents for which `good` holds, `good` being false below some number and true from it on.
///
/// `load` in erlangs says where to look first; the search widens from there by doubling steps and
/// then halves. `None` if ten million agents are not enough.
pub fn least_agents_where(load: f64, good: impl Fn(u32) -> bool) -> Option<u32> {
    let guess = if load.is_finite() && load > 0.0 {
        (load + load.sqrt()).min(f64::from(MOST)) as u32
    } else {
        0
    };
    let mut step = ((load.max(1.0).sqrt() / 2.0) as u32).max(1);
    // `low` fails (or is -1), `high` succeeds.
    let (mut low, mut high);
    if good(guess) {
        high = i64::from(guess);
        loop {
            low = (high - i64::from(step)).max(-1);
            if low < 0 || !good(low as u32) {
                break;
            }
            high = low;
            step = step.saturating_mul(2);
        }
    } else {
        low = i64::from(guess);
        loop {
            if low >= i64::from(MOST) {
                return None;
            }
            high = (low + i64::from(step)).min(i64::from(MOST));
            if good(high as u32) {
                break;
            }
            low = high;
            step = step.saturating_mul(2);
        }
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if good(middle as u32) {
            high = middle;
        } else {
            low = middle;
        }
    }
    Some(high as u32)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn search_finds_the_step_wherever_it_is() {
        for load in [0.0, 0.4, 7.0, 150.0] {
            for first in [0_u32, 1, 2, 9, 163, 1000] {
                assert_eq!(least_agents_where(load, |n| n >= first), Some(first));
            }
        }
        assert_eq!(least_agents_where(1.0, |_| false), None);
    }

    #[test]
    fn every_definition_is_reached_and_not_with_one_fewer() {
        let definitions = [
            ServiceLevel::Offered,
            ServiceLevel::Answered,
            ServiceLevel::LessShort { short: None },
            ServiceLevel::LessShort { short: Some(5.0) },
            ServiceLevel::Credited,
        ];
        for (rate, handle, theta) in [(0.111, 300.0, 0.01), (2.0, 180.0, 0.003), (0.01, 60.0, 0.1)]
        {
            let station = Station::new(0, rate, handle, theta).unwrap();
            for definition in definitions {
                let level = |n: u32| {
                    let steady = station.with_agents(n).steady();
                    steady.service_level(20.0, definition).unwrap_or(0.0)
                };
                let least = least_agents(station, 0.8, 20.0, definition).unwrap();
                assert!(level(least) >= 0.8 && (0..least).all(|n| level(n) < 0.8));
            }
        }
    }

    #[test]
    fn pooled_queue_of_twenty_erlangs_needs_24_by_erlang_c() {
        let station = Station::new(0, 200.0 / 1800.0, 180.0, 0.0).unwrap();
        assert_eq!(
            least_agents(station, 0.8, 20.0, ServiceLevel::Offered),
            Some(24)
        );
    }

    #[test]
    fn lines_for_a_blocking_share() {
        let lines = least_lines(10.0, 0.01).unwrap();
        assert_eq!(lines, 18);
        assert_eq!(least_lines(10.0, 0.0), None);
        assert_eq!(least_lines(0.0, 0.01), Some(1));
    }

    #[test]
    fn certainty_is_out_of_reach() {
        let station = Station::new(0, 1.0, 1.0, 0.0).unwrap();
        assert_eq!(
            least_agents(station, 1.0, 20.0, ServiceLevel::Offered),
            None
        );
    }
}
