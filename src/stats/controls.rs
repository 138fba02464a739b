//! Control variates: correct a mean by what is known about its causes.

use super::estimate::Estimate;
use super::mean::{mean_estimate, t_half_width};

/// A quantity seen in every replication whose expectation is known.
#[derive(Debug, Clone, Copy)]
pub struct Control<'a> {
    /// Its value in each replication.
    pub values: &'a [f64],
    /// Its known expectation.
    pub mean: f64,
}

/// A control whose variation is explained by the others up to this share of it adds only noise.
const NOTHING_NEW: f64 = 1e-10;

/// Mean of `values` adjusted for how far the controls strayed from their known means.
///
/// If more contacts than expected were offered, waits were longer than they should be on average;
/// regression on the controls takes that part out. Coefficients by least squares, the interval
/// after Lavenberg & Welch 1981: t with `n - q - 1` degrees of freedom for `q` controls and the exact
/// variance under normality. Works for ratios through [`super::linearised`] values.
///
/// Controls that do not vary, repeat others or have another number of values are left out; with too
/// few replications for any of them this is [`mean_estimate`]. `None` as there.
///
/// ```
/// use staffwright::stats::{Control, controlled_mean};
/// let offered = [98.0, 105.0, 101.0, 99.0, 103.0];
/// let waits: Vec<f64> = offered.iter().map(|n| 2.0 * n).collect();
/// let known = Control { values: &offered, mean: 100.0 };
/// let wait = controlled_mean(&waits, &[known], 0.95).unwrap();
/// assert!((wait.value - 200.0).abs() < 1e-9 && wait.half_width() < 1e-9);
/// ```
pub fn controlled_mean(
    values: &[f64],
    controls: &[Control<'_>],
    confidence: f64,
) -> Option<Estimate> {
    let plain = mean_estimate(values, confidence)?;
    let count = values.len();
    let usable = |control: &&Control<'_>| {
        control.values.len() == count && control.values.iter().all(|value| value.is_finite())
    };
    let mut bases: Vec<Basis> = Vec::new();
    for control in controls.iter().filter(usable) {
        // At least two degrees of freedom have to be left.
        if count < bases.len() + 4 {
            break;
        }
        bases.extend(Basis::new(control, &bases));
    }
    if bases.is_empty() {
        return Some(plain);
    }
    let mut residual: Vec<f64> = values.iter().map(|value| value - plain.value).collect();
    let mut adjusted = plain.value;
    let mut leverage = 1.0 / count as f64;
    for basis in &bases {
        let slope = dot(&residual, &basis.direction) / basis.length;
        subtract(&mut residual, &basis.direction, slope);
        adjusted -= slope * basis.strayed;
        leverage += basis.strayed * basis.strayed / basis.length;
    }
    let freedom = count - bases.len() - 1;
    let error = (dot(&residual, &residual) / freedom as f64 * leverage).sqrt();
    Some(Estimate::around(
        adjusted,
        t_half_width(error, freedom as u64, confidence),
    ))
}

/// A control made orthogonal to those before it.
struct Basis {
    /// Centred values.
    direction: Vec<f64>,
    /// Sum of their squares.
    length: f64,
    /// Sample mean less known mean, in this direction.
    strayed: f64,
}

impl Basis {
    /// `None` when the control says nothing that the earlier ones do not.
    fn new(control: &Control<'_>, earlier: &[Basis]) -> Option<Self> {
        let mean = control.values.iter().sum::<f64>() / control.values.len() as f64;
        let mut direction: Vec<f64> = control.values.iter().map(|value| value - mean).collect();
        let mut strayed = mean - control.mean;
        let before = dot(&direction, &direction);
        for basis in earlier {
            let slope = dot(&direction, &basis.direction) / basis.length;
            subtract(&mut direction, &basis.direction, slope);
            strayed -= slope * basis.strayed;
        }
        let length = dot(&direction, &direction);
        let new = length > NOTHING_NEW * before && strayed.is_finite();
        new.then_some(Self {
            direction,
            length,
            strayed,
        })
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn subtract(from: &mut [f64], direction: &[f64], slope: f64) {
    for (value, step) in from.iter_mut().zip(direction) {
        *value -= slope * step;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::stats::fixtures::Draws;

    #[test]
    fn several_controls_recover_a_linear_law_exactly() {
        let mut draws = Draws::new(4);
        let x: Vec<f64> = (0..12).map(|_| draws.uniform()).collect();
        let y: Vec<f64> = (0..12).map(|i| x[i] + draws.uniform()).collect();
        let values: Vec<f64> = (0..12).map(|i| 7.0 + 3.0 * x[i] - 2.0 * y[i]).collect();
        let controls = [
            Control {
                values: &x,
                mean: 0.5,
            },
            Control {
                values: &y,
                mean: 1.0,
            },
            Control {
                values: &x,
                mean: 0.5,
            }, // a repetition is left out
        ];
        let estimate = controlled_mean(&values, &controls, 0.95).unwrap();
        assert!((estimate.value - (7.0 + 1.5 - 2.0)).abs() < 1e-12);
        assert!(estimate.half_width() < 1e-11);
    }

    #[test]
    fn interval_is_narrower_and_holds_as_often_as_it_says() {
        let mut draws = Draws::new(6);
        let (mut held, mut narrower, trials) = (0, 0.0, 3000);
        for _ in 0..trials {
            let x: Vec<f64> = (0..20).map(|_| draws.normal()).collect();
            let z: Vec<f64> = (0..20).map(|_| draws.normal()).collect();
            let values: Vec<f64> = (0..20)
                .map(|i| 5.0 + 2.0 * x[i] - z[i] + draws.normal())
                .collect();
            let controls = [
                Control {
                    values: &x,
                    mean: 0.0,
                },
                Control {
                    values: &z,
                    mean: 0.0,
                },
            ];
            let controlled = controlled_mean(&values, &controls, 0.9).unwrap();
            let plain = mean_estimate(&values, 0.9).unwrap();
            held += i32::from(!controlled.excludes(5.0));
            narrower += controlled.half_width() / plain.half_width();
        }
        let share = f64::from(held) / f64::from(trials);
        assert!((share - 0.9).abs() < 0.02, "held in {share}");
        // sd falls from sqrt(6) to 1, dearer by a little for the estimated slopes.
        assert!((0.40..0.50).contains(&(narrower / f64::from(trials))));
    }

    #[test]
    fn useless_controls_leave_the_plain_mean() {
        let values = [1.0, 4.0, 2.0, 8.0, 5.0];
        let plain = mean_estimate(&values, 0.95);
        let flat = Control {
            values: &[3.0; 5],
            mean: 3.0,
        };
        let short = Control {
            values: &[3.0, 4.0],
            mean: 3.0,
        };
        assert_eq!(controlled_mean(&values, &[flat, short], 0.95), plain);
        let few = [1.0, 2.0, 4.0];
        let control = Control {
            values: &[1.0, 2.0, 3.0],
            mean: 2.0,
        };
        assert_eq!(
            controlled_mean(&few, &[control], 0.95),
            mean_estimate(&few, 0.95)
        );
    }
}
