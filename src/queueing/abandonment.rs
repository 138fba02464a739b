//! Erlang A (M/M/n+M), with Erlang C (M/M/n) as its case of endless patience.

use super::loss::erlang_b;
use super::offered_wait::{Shape, Weight};
use super::service_level::ServiceLevel;
use std::fmt;

/// One group of equal agents with a common queue, first come first served.
///
/// Arrivals are Poisson, handle times and patience exponential. All rates are per the same unit of
/// time, any unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Station {
    agents: u32,
    arrivals: f64,
    services: f64,
    abandons: f64,
}

/// Why a [`Station`] cannot be described by the rates given.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum StationError {
    /// The arrival rate is negative, infinite or not a number.
    ArrivalRate(f64),
    /// The mean handle time is not a positive, finite number.
    HandleTime(f64),
    /// The abandonment rate is negative, infinite or not a number.
    AbandonmentRate(f64),
}

impl fmt::Display for StationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ArrivalRate(rate) => {
                write!(f, "the arrival rate must be a number from 0 up, not {rate}")
            }
            Self::HandleTime(time) => {
                write!(f, "the mean handle time must be above 0, not {time}")
            }
            Self::AbandonmentRate(rate) => write!(
                f,
                "the abandonment rate must be a number from 0 up, not {rate}"
            ),
        }
    }
}

impl std::error::Error for StationError {}

impl Station {
    /// A queue with `agents`, an arrival rate, a mean handle time, and an abandonment rate of
    /// waiting customers (1 / mean patience; 0 means nobody ever abandons).
    ///
    /// # Errors
    /// When a rate is negative or not finite, or the handle time is not positive.
    pub fn new(
        agents: u32,
        arrival_rate: f64,
        mean_handle: f64,
        abandonment_rate: f64,
    ) -> Result<Self, StationError> {
        let is_rate = |rate: f64| rate.is_finite() && rate >= 0.0;
        let services = 1.0 / mean_handle;
        if !is_rate(arrival_rate) {
            Err(StationError::ArrivalRate(arrival_rate))
        } else if !(services.is_finite() && services > 0.0) {
            Err(StationError::HandleTime(mean_handle))
        } else if !is_rate(abandonment_rate) {
            Err(StationError::AbandonmentRate(abandonment_rate))
        } else {
            Ok(Self {
                agents,
                arrivals: arrival_rate,
                services,
                abandons: abandonment_rate,
            })
        }
    }

    /// The same queue with another number of agents.
    #[must_use]
    pub fn with_agents(self, agents: u32) -> Self {
        Self { agents, ..self }
    }

    /// Number of agents.
    pub fn agents(&self) -> u32 {
        self.agents
    }

    /// Offered load in erlangs: arrival rate times mean handle time.
    pub fn load(&self) -> f64 {
        self.arrivals / self.services
    }

    /// Long-run figures of the queue.
    ///
    /// Exact for every load; with endless patience and a load of at least the number of agents the
    /// queue grows without bound, and waits and queue are infinite.
    ///
    /// ```
    /// use staffwright::queueing::{ServiceLevel, Station};
    /// // 100 calls in 30 minutes, 3 minutes each, mean patience 5 minutes, 14 agents; in minutes.
    /// let steady = Station::new(14, 100.0 / 30.0, 3.0, 1.0 / 5.0)?.steady();
    /// let share = steady.service_level(20.0 / 60.0, ServiceLevel::Offered).unwrap();
    /// assert_eq!(format!("{share:.4}"), "0.9168");
    /// # Ok::<(), staffwright::queueing::StationError>(())
    /// ```
    pub fn steady(&self) -> Steady {
        Steady::of(*self)
    }

    fn capacity(&self) -> f64 {
        f64::from(self.agents) * self.services
    }
}

/// Long-run figures of a [`Station`]; shares are fractions, times in the station's unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Steady {
    station: Station,
    wait: WaitLaw,
    /// Share of arrivals that find every agent busy.
    pub wait_share: f64,
    /// Share of arrivals that abandon.
    pub abandoned_share: f64,
    /// Mean number waiting.
    pub queue: f64,
    /// Mean wait over all arrivals, up to answer or abandonment.
    pub mean_wait: f64,
    /// Share of agents' time spent handling; `None` without agents.
    pub occupancy: Option<f64>,
}

/// Law of the offered wait `V`: how long a customer of endless patience would wait.
#[derive(Debug, Clone, Copy, PartialEq)]
enum WaitLaw {
    /// An atom at nought and a density `scale * exp(F(x))` above it.
    Mixed {
        at_once: f64,
        scale: f64,
        shape: Shape,
    },
    /// Nobody is ever served.
    Endless,
}

/// A load that falls short of the agents by no more than this share is taken to equal them.
const CRITICAL: f64 = 1e-12;

impl Steady {
    fn of(station: Station) -> Self {
        let capacity = station.capacity();
        // A rate typed in one unit and a time in another may meet the capacity but for rounding.
        let full = station.arrivals >= capacity * (1.0 - CRITICAL);
        let overrun = station.abandons == 0.0 && full;
        if station.agents == 0 || (overrun && station.arrivals > 0.0) {
            return Self::endless(station);
        }
        let shape = Shape::new(station.arrivals, capacity, station.abandons);
        // With all states up to n-1 weighing 1/B(n-1) against state n-1, the density of V above
        // nought is lambda * exp(f(x)) against the same state; f peaks at `shape.peak`.
        let blocked = erlang_b(station.agents - 1, station.load());
        let density = station.arrivals * blocked;
        let idle = libm::exp(-shape.height);
        let total = idle + density * shape.mass(0.0, f64::INFINITY, Weight::One);
        let scale = density / total;
        let wait_share = scale * shape.mass(0.0, f64::INFINITY, Weight::One);
        let mean_wait = scale * shape.mass(0.0, f64::INFINITY, Weight::Waited);
        let abandoned_share = (station.abandons * mean_wait).min(1.0);
        let served = station.arrivals * (1.0 - abandoned_share);
        Self {
            station,
            wait: WaitLaw::Mixed {
                at_once: idle / total,
                scale,
                shape,
            },
            wait_share,
            abandoned_share,
            queue: station.arrivals * mean_wait,
            mean_wait,
            occupancy: Some((served / capacity).min(1.0)),
        }
    }

    /// No agents, or patient customers faster than the agents: the offered wait is infinite.
    fn endless(station: Station) -> Self {
        let mean_wait = 1.0 / station.abandons;
        let none_arrive = station.arrivals == 0.0;
        Self {
            station,
            wait: WaitLaw::Endless,
            wait_share: 1.0,
            abandoned_share: if station.abandons > 0.0 { 1.0 } else { 0.0 },
            queue: if none_arrive {
                0.0
            } else {
                station.arrivals * mean_wait
            },
            mean_wait,
            occupancy: (station.agents > 0).then_some(1.0),
        }
    }

    /// Share of arrivals answered after a wait of at most `within`.
    pub fn answered_within(&self, within: f64) -> f64 {
        match self.wait {
            WaitLaw::Endless => 0.0,
            WaitLaw::Mixed {
                at_once,
                scale,
                shape,
            } => at_once + scale * shape.mass(0.0, within, Weight::Stayed),
        }
    }

    /// Share of arrivals that abandon after a wait of at most `within`.
    pub fn abandoned_within(&self, within: f64) -> f64 {
        let theta = self.station.abandons;
        match self.wait {
            WaitLaw::Endless => -libm::expm1(-theta * within),
            WaitLaw::Mixed { scale, shape, .. } => {
                // A customer abandons by then if patience ends before both `within` and V.
                let met = theta * shape.mass(0.0, within, Weight::Waited);
                let longer = shape.mass(within, f64::INFINITY, Weight::One);
                scale * (met - libm::expm1(-theta * within) * longer)
            }
        }
    }

    /// Average speed of answer: mean wait of those answered. `None` if nobody is.
    pub fn asa(&self) -> Option<f64> {
        match self.wait {
            WaitLaw::Endless => None,
            WaitLaw::Mixed { scale, shape, .. } => {
                let waited = scale * shape.mass(0.0, f64::INFINITY, Weight::StayedTimesWait);
                let answered = self.answered_within(f64::INFINITY);
                (answered > 0.0).then(|| waited / answered)
            }
        }
    }

    /// Share within `threshold` by the definition named; `None` when nobody is in its population.
    pub fn service_level(&self, threshold: f64, definition: ServiceLevel) -> Option<f64> {
        let within = self.answered_within(threshold);
        let ratio = |over: f64| (over > 0.0).then(|| (within / over).min(1.0));
        match definition {
            ServiceLevel::Offered => Some(within.min(1.0)),
            ServiceLevel::Answered => ratio(self.answered_within(f64::INFINITY)),
            ServiceLevel::LessShort { short } => {
                ratio(1.0 - self.abandoned_within(short.unwrap_or(threshold)))
            }
            ServiceLevel::Credited => Some((within + self.abandoned_within(threshold)).min(1.0)),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// Straight sum over states: (P(wait), E[queue], P(abandon)).
    fn by_states(n: u32, lambda: f64, mu: f64, theta: f64) -> (f64, f64, f64) {
        let mut weight = 1.0;
        let (mut idle, mut busy, mut queue) = (0.0, 0.0, 0.0);
        for j in 0..200_000_u32 {
            if j < n {
                idle += weight;
                weight *= lambda / (f64::from(j + 1) * mu);
            } else {
                busy += weight;
                queue += weight * f64::from(j - n);
                weight *= lambda / (f64::from(n) * mu + f64::from(j - n + 1) * theta);
            }
        }
        let total = idle + busy;
        let queue = queue / total;
        (busy / total, queue, theta * queue / lambda)
    }

    #[test]
    fn agrees_with_the_sum_over_states() {
        for &(n, lambda, mu, theta) in &[
            (1, 0.3, 1.0, 0.7),
            (3, 2.0, 1.0, 1e-3),
            (7, 9.5, 1.3, 1e-3),
            (12, 40.0, 2.0, 30.0),
            (20, 20.0, 1.0, 1e4),
            (5, 6.0, 1.0, 300.0),
            (40, 39.0, 1.0, 0.02),
        ] {
            let steady = Station::new(n, lambda, 1.0 / mu, theta).unwrap().steady();
            let (wait, queue, abandoned) = by_states(n, lambda, mu, theta);
            assert!((steady.wait_share / wait - 1.0).abs() < 1e-11, "wait {n}");
            assert!((steady.queue / queue - 1.0).abs() < 1e-11, "queue {n}");
            assert!((steady.abandoned_share / abandoned - 1.0).abs() < 1e-11);
        }
    }

    #[test]
    fn vanishing_abandonment_becomes_erlang_c() {
        let patient = Station::new(12, 10.0, 1.0, 0.0).unwrap().steady();
        for theta in [1e-9, 1e-12, 1e-300] {
            let steady = Station::new(12, 10.0, 1.0, theta).unwrap().steady();
            assert!((steady.wait_share / patient.wait_share - 1.0).abs() < 1e-6);
            assert!((steady.mean_wait / patient.mean_wait - 1.0).abs() < 1e-6);
            let level = |s: &Steady| s.service_level(0.2, ServiceLevel::Offered).unwrap();
            assert!((level(&steady) - level(&patient)).abs() < 1e-6);
        }
    }

    #[test]
    fn huge_abandonment_becomes_erlang_b() {
        let steady = Station::new(12, 10.0, 1.0, 1e12).unwrap().steady();
        let lost = erlang_b(12, 10.0);
        assert!((steady.wait_share / lost - 1.0).abs() < 1e-9);
        assert!((steady.abandoned_share / lost - 1.0).abs() < 1e-9);
    }

    #[test]
    fn overload_without_patience_limit_never_settles() {
        let steady = Station::new(10, 100.0 / 1800.0, 180.0, 0.0)
            .unwrap()
            .steady();
        assert_eq!(steady.wait_share, 1.0);
        assert!(steady.queue.is_infinite() && steady.mean_wait.is_infinite());
        assert_eq!(steady.service_level(1.0, ServiceLevel::Offered), Some(0.0));
        assert_eq!(steady.service_level(1.0, ServiceLevel::Answered), None);
    }

    #[test]
    fn fluid_limit_under_heavy_overload_and_tiny_abandonment() {
        // 20 % more work than agents: one sixth must leave, whatever their patience.
        for theta in [1.0, 1e-3, 1e-9] {
            let steady = Station::new(20_000, 24_000.0, 1.0, theta).unwrap().steady();
            assert!((steady.abandoned_share - 1.0 / 6.0).abs() < 1e-6, "{theta}");
            let at_once = steady.service_level(0.0, ServiceLevel::Offered);
            assert!(at_once.is_some_and(|share| share < 1e-100), "{theta}");
        }
    }

    #[test]
    fn no_agents_and_no_arrivals() {
        let steady = Station::new(0, 2.0, 1.0, 0.5).unwrap().steady();
        assert_eq!((steady.abandoned_share, steady.mean_wait), (1.0, 2.0));
        assert_eq!((steady.queue, steady.occupancy), (4.0, None));
        for theta in [0.0, 0.5] {
            let steady = Station::new(1, 0.0, 1.0, theta).unwrap().steady();
            assert_eq!((steady.wait_share, steady.occupancy), (0.0, Some(0.0)));
            assert_eq!(steady.service_level(1.0, ServiceLevel::Offered), Some(1.0));
        }
    }

    #[test]
    fn parts_of_the_population_add_up() {
        let steady = Station::new(30, 33.3, 1.0, 2.5).unwrap().steady();
        let answered = steady.answered_within(f64::INFINITY);
        assert!((answered + steady.abandoned_share - 1.0).abs() < 1e-13);
        let left = steady.abandoned_within(f64::INFINITY);
        assert!((left - steady.abandoned_share).abs() < 1e-13);
        // E[wait] = E[wait; answered] + E[wait; abandoned], both by numerical differences.
        let asa = steady.asa().unwrap();
        let steps = 20_000;
        let width = 5.0 / f64::from(steps);
        let mut waited = asa * answered;
        let mut before = 0.0;
        for i in 0..steps {
            let after = steady.abandoned_within(f64::from(i + 1) * width);
            waited += (after - before) * (f64::from(i) + 0.5) * width;
            before = after;
        }
        assert!((waited - steady.mean_wait).abs() < 1e-7);
    }

    #[test]
    fn bad_rates_are_refused() {
        assert!(Station::new(1, -1.0, 1.0, 0.0).is_err());
        assert!(Station::new(1, f64::NAN, 1.0, 0.0).is_err());
        assert!(Station::new(1, 1.0, 0.0, 0.0).is_err());
        assert!(Station::new(1, 1.0, f64::INFINITY, 0.0).is_err());
        assert!(Station::new(1, 1.0, 1.0, -0.1).is_err());
    }
}
