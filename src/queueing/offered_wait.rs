//! How long a customer who never abandons would wait, when every agent is busy.

use super::quadrature::integrate;

/// Exponent of the density of the offered wait, measured from its peak.
///
/// The density is proportional to `exp(lambda (1 - exp(-theta x)) / theta - n mu x)` (Zeltyn &
/// Mandelbaum 2005, exponential patience): log-concave. Everything is written as the distance `d`
/// from the peak so that no large numbers are subtracted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Shape {
    /// Wait at which the density peaks.
    peak: f64,
    /// Exponent at the peak, above its value at nought.
    pub(super) height: f64,
    /// Slope of the exponent at the peak: nought inside, negative when the peak is at nought.
    slope: f64,
    /// Arrival rate of those still patient at the peak.
    bend: f64,
    /// Rate at which agents free up when all are busy.
    capacity: f64,
    /// Abandonment rate.
    theta: f64,
}

/// What the density is weighed with before integrating.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Weight {
    /// 1.
    One,
    /// `exp(-theta x)`: the share still there.
    Stayed,
    /// `(1 - exp(-theta x)) / theta`: mean time waited by then.
    Waited,
    /// `x exp(-theta x)`.
    StayedTimesWait,
}

/// Exponents this far below the peak add nothing to the 1e-16 relative.
const NEGLIGIBLE: f64 = 60.0;

impl Shape {
    pub(super) fn new(arrivals: f64, capacity: f64, theta: f64) -> Self {
        let interior = theta > 0.0 && arrivals > capacity;
        let log_ratio = if interior {
            libm::log1p((arrivals - capacity) / capacity)
        } else {
            0.0
        };
        Self {
            peak: if interior { log_ratio / theta } else { 0.0 },
            height: if interior {
                capacity * (curve(-log_ratio) / theta)
            } else {
                0.0
            },
            slope: if interior { 0.0 } else { arrivals - capacity },
            bend: if interior { capacity } else { arrivals },
            capacity,
            theta,
        }
    }

    /// Exponent at distance `d` from the peak; never positive.
    fn exponent(&self, d: f64) -> f64 {
        if self.theta == 0.0 {
            self.slope * d
        } else {
            self.slope * d - self.bend * (curve(self.theta * d) / self.theta)
        }
    }

    /// Integral of `weight * exp(exponent)` over waits in `[from, to]`.
    pub(super) fn mass(&self, from: f64, to: f64, weight: Weight) -> f64 {
        if self.theta == 0.0 {
            return self.exponential_mass(from, to, weight);
        }
        let stays = matches!(weight, Weight::Stayed | Weight::StayedTimesWait);
        let decay = if stays { self.theta } else { 0.0 };
        let log_density = |d: f64| self.exponent(d) - decay * (self.peak + d);
        // Where the decaying density peaks: nought slope of the exponent less the decay.
        let (low, high) = (from - self.peak, to - self.peak);
        let shift = -libm::log1p(decay / self.capacity) / self.theta;
        let centre = if self.slope < 0.0 { 0.0 } else { shift };
        let centre = centre.clamp(low, high.max(low));
        let floor = log_density(centre) - NEGLIGIBLE;
        let left = reach(|d| log_density(centre - d) > floor, centre - low);
        let right = reach(|d| log_density(centre + d) > floor, high - centre);
        let breaks = self.breaks(centre, left, right);
        let value = |d: f64| {
            let x = (self.peak + d).max(0.0);
            let factor = match weight {
                Weight::One | Weight::Stayed => 1.0,
                Weight::Waited => -libm::expm1(-self.theta * x) / self.theta,
                Weight::StayedTimesWait => x,
            };
            factor * libm::exp(log_density(d))
        };
        integrate(value, &breaks)
    }

    /// The same with endless patience: a plain exponential of rate `capacity - lambda`.
    fn exponential_mass(&self, from: f64, to: f64, weight: Weight) -> f64 {
        let rate = -self.slope;
        let tail = |x: f64| libm::exp(-rate * x);
        match weight {
            Weight::One | Weight::Stayed if to.is_infinite() => tail(from) / rate,
            Weight::One | Weight::Stayed => {
                -tail(from) * libm::expm1(-rate * (to - from).max(0.0)) / rate
            }
            Weight::Waited | Weight::StayedTimesWait => {
                let part = |x: f64| {
                    if x.is_infinite() {
                        0.0
                    } else {
                        tail(x) * (x + 1.0 / rate) / rate
                    }
                };
                part(from) - part(to)
            }
        }
    }

    /// Panel ends around `centre`: fine at the scale of patience, four times wider at each step out.
    fn breaks(&self, centre: f64, left: f64, right: f64) -> Vec<f64> {
        let steps = |width: f64| {
            let finest = (1.0 / self.theta).min(width / 8.0).max(width * 1e-18);
            let mut ends = vec![width];
            let mut end = finest;
            while end < 0.75 * width {
                ends.push(end);
                end *= 4.0;
            }
            ends.sort_by(f64::total_cmp);
            ends
        };
        let mut breaks: Vec<f64> = Vec::new();
        if left > 0.0 {
            breaks.extend(steps(left).iter().rev().map(|d| centre - d));
        }
        breaks.push(centre);
        if right > 0.0 {
            breaks.extend(steps(right).iter().map(|d| centre + d));
        }
        breaks
    }
}

/// `exp(-z) - 1 + z`, exact to the last digits near nought where its parts cancel.
fn curve(z: f64) -> f64 {
    if z.abs() < 0.5 {
        // sum over k >= 2 of (-z)^k / k!
        let mut term = 0.5 * z * z;
        let mut sum = term;
        let mut k = 3.0;
        while term.abs() > 1e-18 * sum.abs() {
            term *= -z / k;
            sum += term;
            k += 1.0;
        }
        sum
    } else {
        libm::expm1(-z) + z
    }
}

/// About the largest distance up to `limit` at which `inside` still holds (it holds near nought and
/// not far out).
fn reach(inside: impl Fn(f64) -> bool, limit: f64) -> f64 {
    if limit <= 0.0 || limit.is_nan() {
        return 0.0;
    }
    let mut far = if limit.is_finite() { limit } else { 1.0 };
    if limit.is_infinite() {
        while inside(far) && far < f64::MAX / 4.0 {
            far *= 4.0;
        }
    } else if inside(far) {
        return far;
    }
    // Now outside at `far`: come in until a halving would be inside.
    while !inside(0.5 * far) && far > f64::MIN_POSITIVE {
        far *= 0.5;
    }
    far
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curve_joins_its_two_forms() {
        for z in [-0.5 + 1e-9, 0.5 - 1e-9] {
            let direct = libm::expm1(-z) + z;
            assert!((curve(z) / direct - 1.0).abs() < 1e-14);
        }
        assert_eq!(curve(0.0), 0.0);
        assert!((curve(1e-9) / 0.5e-18 - 1.0).abs() < 1e-8);
    }

    #[test]
    fn parts_of_the_range_add_up_to_the_whole() {
        for (arrivals, theta) in [(3.0, 0.2), (9.0, 0.2), (9.0, 50.0), (3.0, 0.0), (9.0, 1e-4)] {
            let shape = Shape::new(arrivals, 7.0, theta);
            for weight in [Weight::One, Weight::Stayed, Weight::Waited] {
                let whole = shape.mass(0.0, f64::INFINITY, weight);
                for cut in [0.01, 0.5, shape.peak, shape.peak + 2.0] {
                    let parts =
                        shape.mass(0.0, cut, weight) + shape.mass(cut, f64::INFINITY, weight);
                    assert!(
                        (parts / whole - 1.0).abs() < 1e-12,
                        "{arrivals} {theta} {cut}"
                    );
                }
            }
        }
    }
}
