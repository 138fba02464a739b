//! Modified offered load: the mean number of agents busy if nobody ever had to wait.

/// Where the load stands before the first interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Start {
    /// The intervals repeat for ever (a typical day or week), so the end meets the beginning.
    Cyclic,
    /// A load in erlangs already present when the first interval opens.
    Load(f64),
}

/// Load of one interval, in erlangs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IntervalLoad {
    /// Mean over the interval.
    pub average: f64,
    /// At the interval's end.
    pub end: f64,
}

/// Offered load per interval for an arrival rate that is constant within each interval.
///
/// `rates` are arrivals per unit of time, `length` the interval and `mean_handle` the mean handle
/// time in that unit; all non-negative, the last two positive. Solves `m' = lambda(t) - m / handle`
/// exactly (the M/G/infinity load with exponential handle times, Jennings, Mandelbaum, Massey &
/// Whitt 1996): load lags behind arrivals by about one handle time, which per-interval averages miss.
///
/// ```
/// use staffwright::queueing::{Start, offered_load};
/// // A steady rate gives rate x handle time.
/// let load = offered_load(&[2.0; 4], 15.0, 3.0, Start::Cyclic);
/// assert!((load[3].average - 6.0).abs() < 1e-12);
/// ```
pub fn offered_load(
    rates: &[f64],
    length: f64,
    mean_handle: f64,
    start: Start,
) -> Vec<IntervalLoad> {
    let span = length / mean_handle;
    let fade = libm::exp(-span);
    let reach = -libm::expm1(-span); // 1 - fade, without cancellation
    let step = |load: f64, rate: f64| load * fade + rate * mean_handle * reach;
    let mut load = match start {
        Start::Load(load) => load,
        Start::Cyclic => {
            // One cycle maps m to A m + B; its fixed point is B / (1 - A).
            let from_empty = rates.iter().fold(0.0, |load, &rate| step(load, rate));
            let cycle = -libm::expm1(-span * rates.len() as f64);
            if rates.is_empty() {
                0.0
            } else {
                from_empty / cycle
            }
        }
    };
    rates
        .iter()
        .map(|&rate| {
            let level = rate * mean_handle;
            let average = level + (load - level) * (reach / span);
            load = step(load, rate);
            IntervalLoad { average, end: load }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::TAU;

    #[test]
    fn sinusoidal_arrivals_give_the_known_load() {
        // lambda(t) = 100 + 20 sin t, mu = 1: m(t) = 100 + 10 (sin t - cos t).
        let intervals = 2000;
        let length = TAU / f64::from(intervals);
        let mean_rate = |i: i32| {
            let (a, b) = (f64::from(i) * length, f64::from(i + 1) * length);
            100.0 + 20.0 * (a.cos() - b.cos()) / length
        };
        let rates: Vec<f64> = (0..intervals).map(mean_rate).collect();
        let load = offered_load(&rates, length, 1.0, Start::Cyclic);
        for (i, interval) in load.iter().enumerate() {
            let t = (i + 1) as f64 * length;
            let exact = 100.0 + 10.0 * (t.sin() - t.cos());
            assert!((interval.end - exact).abs() < 1e-4, "end of interval {i}");
            let middle = t - 0.5 * length;
            let exact = 100.0 + 10.0 * (middle.sin() - middle.cos());
            assert!((interval.average - exact).abs() < 1e-4, "interval {i}");
        }
    }

    #[test]
    fn from_an_empty_start_the_load_fills_up_exponentially() {
        let load = offered_load(&[10.0; 3], 2.0, 4.0, Start::Load(0.0));
        for (i, interval) in load.iter().enumerate() {
            let (from, to) = (0.5 * i as f64, 0.5 * (i + 1) as f64);
            assert!((interval.end - 40.0 * (1.0 - (-to).exp())).abs() < 1e-12);
            let average = 40.0 * (1.0 - ((-from).exp() - (-to).exp()) / 0.5);
            assert!((interval.average - average).abs() < 1e-12);
        }
    }

    #[test]
    fn cyclic_load_conserves_work() {
        let rates = [0.0, 5.0, 30.0, 12.0, 0.0];
        let load = offered_load(&rates, 30.0, 47.0, Start::Cyclic);
        let work: f64 = load.iter().map(|interval| interval.average).sum();
        assert!((work - 47.0 * rates.iter().sum::<f64>()).abs() < 1e-9);
        assert_eq!(offered_load(&[], 30.0, 47.0, Start::Cyclic), vec![]);
    }
}
