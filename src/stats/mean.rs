//! Mean of independent values with its interval.

use super::estimate::Estimate;
use super::running::Running;
use super::student::t_quantile;

/// Mean of one value per replication, with its two-sided interval.
///
/// On either side the interval is the wider of Student's and Willink's, which counts in the skewness of the values (R. Willink,
/// "A confidence interval and test for the mean of an asymmetric distribution", Communications in Statistics 34, 2005):
/// from `m - G(t) e` to `m - G(-t) e`, with the standard error `e`, `G(r) = (cbrt(1 + 6 a (r - a)) - 1) / 2 a` and
/// `a = skewness / 6 sqrt(n)`. Sums of rare and long things, such as the overtime of a small team, are so skewed that
/// Student's interval of 20 replications says 95 % and holds 88 to 92 %; this one holds 94 to 95 %. Willink's alone is too short
/// for values that are symmetric with far outliers, which Student's holds. For normal values the wider of both is 4 % wider
/// than Student's at 20 replications and 1 % at 80. What 20 values do not show at all, no interval can know.
///
/// `None` without values or when they are not finite; a single value has no interval.
///
/// ```
/// use staffwright::stats::mean_estimate;
/// let even = mean_estimate(&[1.0, 2.0, 3.0], 0.95).unwrap();
/// assert_eq!(even.value, 2.0);
/// assert!((even.half_width() - 4.302652729 / 3.0_f64.sqrt()).abs() < 1e-8);
/// // One replication in five pays a surcharge: the mean may lie further above than below.
/// let lopsided = mean_estimate(&[1.0, 1.1, 0.9, 1.0, 6.0], 0.95).unwrap();
/// assert!(lopsided.high - lopsided.value > lopsided.value - lopsided.low);
/// ```
pub fn mean_estimate(values: &[f64], confidence: f64) -> Option<Estimate> {
    let mut running = Running::default();
    running.extend(values.iter().copied());
    let mean = running.mean().filter(|mean| mean.is_finite())?;
    let Some(variance) = running.variance() else {
        return Some(Estimate::around(mean, f64::INFINITY));
    };
    if variance == 0.0 {
        return Some(Estimate::exact(mean));
    }
    let count = values.len() as f64;
    let error = (variance / count).sqrt();
    let t = t_quantile(0.5 * (1.0 + confidence), running.count() - 1);
    let a = skewness(values, mean, variance) / (6.0 * count.sqrt());
    let bent = |r: f64| {
        if a.abs() < STRAIGHT {
            r
        } else {
            (libm::cbrt(1.0 + 6.0 * a * (r - a)) - 1.0) / (2.0 * a)
        }
    };
    Some(Estimate {
        value: mean,
        low: mean - error * t.max(bent(t)),
        high: mean + error * t.max(-bent(-t)),
        periods: None,
    })
}

/// Below this the skewness is lost in rounding.
const STRAIGHT: f64 = 1e-5;

/// Skewness, its third moment unbiased; with two values there is none.
fn skewness(values: &[f64], mean: f64, variance: f64) -> f64 {
    if values.len() < 3 {
        return 0.0;
    }
    let cubes = values.iter().map(|v| (v - mean) * (v - mean) * (v - mean));
    let count = values.len() as f64;
    let third = count * cubes.sum::<f64>() / ((count - 1.0) * (count - 2.0));
    third / (variance * variance.sqrt())
}

/// Half-width of the two-sided t interval for a standard error.
pub(super) fn t_half_width(error: f64, freedom: u64, confidence: f64) -> f64 {
    if error == 0.0 {
        return 0.0; // also when the quantile is infinite
    }
    t_quantile(0.5 * (1.0 + confidence), freedom) * error
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::stats::fixtures::Draws;

    #[test]
    fn one_value_is_unbounded_and_none_is_none() {
        let one = mean_estimate(&[4.0], 0.95).unwrap();
        assert_eq!(
            (one.value, one.low, one.high),
            (4.0, f64::NEG_INFINITY, f64::INFINITY)
        );
        assert_eq!(mean_estimate(&[], 0.95), None);
        assert_eq!(mean_estimate(&[1.0, f64::NAN], 0.95), None);
        assert_eq!(mean_estimate(&[2.0; 5], 0.95).unwrap().half_width(), 0.0);
    }

    /// By hand: mean 4, variance 26, third moment 277.5.
    #[test]
    fn the_long_side_follows_the_formula_and_the_short_one_is_students() {
        let estimate = mean_estimate(&[1.0, 1.0, 2.0, 3.0, 13.0], 0.95).unwrap();
        let (error, t) = ((26.0_f64 / 5.0).sqrt(), 2.776_445_105);
        let a = 277.5 / (6.0 * 26.0_f64.powf(1.5) * 5.0_f64.sqrt());
        let bent = ((1.0 + 6.0 * a * (-t - a)).cbrt() - 1.0) / (2.0 * a);
        assert!((estimate.low - (4.0 - t * error)).abs() < 1e-6);
        assert!(
            (estimate.high - (4.0 - bent * error)).abs() < 1e-6,
            "{estimate:?}"
        );
        assert!(estimate.high > 4.0 + 1.5 * t * error);
    }

    /// How often the interval of 20 values holds their expectation.
    fn held(seed: u64, expectation: f64, draw: impl Fn(&mut Draws) -> f64) -> f64 {
        let mut draws = Draws::new(seed);
        let trials = 10_000;
        let hit = (0..trials).filter(|_| {
            let values: Vec<f64> = (0..20).map(|_| draw(&mut draws)).collect();
            !mean_estimate(&values, 0.95).unwrap().excludes(expectation)
        });
        hit.count() as f64 / f64::from(trials)
    }

    #[test]
    fn it_holds_what_it_says_whatever_the_skewness() {
        // Student's interval holds the exponential's mean in 91.7 %, what is rare and long in 89.7 %, the lognormal's in 88.2 %.
        let exponential = |d: &mut Draws| -libm::log(1.0 - d.uniform());
        let rare_and_long = |d: &mut Draws| {
            let (a, b) = (d.uniform(), d.uniform());
            if a < 0.5 { -libm::log(1.0 - b) } else { 0.0 }
        };
        let lognormal = |d: &mut Draws| libm::exp(0.9 * d.normal());
        for (name, share) in [
            ("normal", held(1, 0.0, Draws::normal)),
            ("exponential", held(2, 1.0, exponential)),
            ("rare and long", held(3, 0.5, rare_and_long)),
            ("lognormal", held(4, libm::exp(0.405), lognormal)),
        ] {
            assert!((0.93..0.985).contains(&share), "{name}: held in {share}");
        }
    }
}
