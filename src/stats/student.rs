//! Student's t distribution with a whole number of degrees of freedom.
//!
//! Own code over `libm` and not a statistics crate, because these figures are printed: they must
//! not change in the last bit from one platform's logarithm to another's.

use std::f64::consts::{FRAC_1_SQRT_2, FRAC_2_PI, PI};

/// Degrees of freedom from which the expansion around the normal distribution is exact to 1e-14.
const NEARLY_NORMAL: u64 = 5_000;

/// P(T <= t) with `freedom` degrees of freedom (1 or more; 0 counts as 1).
///
/// The finite trigonometric sums of Abramowitz & Stegun 26.7.3 and 26.7.4, all of whose terms are positive.
pub fn t_cdf(t: f64, freedom: u64) -> f64 {
    if t < 0.0 {
        0.5 - 0.5 * inside(-t, freedom)
    } else {
        0.5 + 0.5 * inside(t, freedom)
    }
}

/// P(|T| < t) for t >= 0.
fn inside(t: f64, freedom: u64) -> f64 {
    if t.is_infinite() {
        return 1.0;
    }
    let freedom = freedom.max(1);
    let angle = libm::atan(t / (freedom as f64).sqrt());
    let (sine, cosine) = (libm::sin(angle), libm::cos(angle));
    let square = cosine * cosine;
    let odd = freedom % 2 == 1;
    // Odd: cos + 2/3 cos^3 + ..., even: 1 + 1/2 cos^2 + ..., up to the power freedom - 2.
    let mut term = if odd { cosine } else { 1.0 };
    let mut sum = if freedom == 1 { 0.0 } else { term };
    let mut next = if odd { 3 } else { 2 };
    while next < freedom - u64::from(odd) && term > 1e-18 * sum {
        let k = next as f64;
        term *= square * (k - 1.0) / k;
        sum += term;
        next += 2;
    }
    if odd {
        FRAC_2_PI * (angle + sine * sum)
    } else {
        sine * sum
    }
}

/// The t with P(T <= t) = `share`, for `freedom` degrees of freedom (0 counts as 1).
///
/// Infinite at shares of 0 and 1; not a number outside. A two-sided interval of confidence `c`
/// takes `share = (1 + c) / 2`.
///
/// ```
/// let t = staffwright::stats::t_quantile(0.975, 9);
/// assert!((t - 2.262157162798205).abs() < 1e-12);
/// ```
pub fn t_quantile(share: f64, freedom: u64) -> f64 {
    if share.is_nan() || !(0.0..=1.0).contains(&share) {
        return f64::NAN;
    }
    if share < 0.5 {
        return -t_quantile(1.0 - share, freedom);
    }
    if share == 0.5 {
        return 0.0;
    }
    if share == 1.0 {
        return f64::INFINITY;
    }
    let guess = near_normal(normal_quantile(share), freedom.max(1) as f64);
    if freedom >= NEARLY_NORMAL {
        return guess;
    }
    // Newton's steps, kept inside a bracket.
    let wanted = 2.0 * share - 1.0;
    let density = density_at(freedom.max(1));
    let (mut low, mut high) = (0.0, f64::INFINITY);
    let mut t = guess;
    for _ in 0..200 {
        let off = inside(t, freedom) - wanted;
        if off > 0.0 {
            high = t;
        } else {
            low = t;
        }
        let mut next = t - off / (2.0 * density(t));
        if !(next > low && next < high) {
            next = if high.is_infinite() {
                2.0 * t.max(1.0)
            } else {
                0.5 * (low + high)
            };
        }
        if (next - t).abs() <= 1e-15 * t {
            return next;
        }
        t = next;
    }
    t
}

/// Density of the t distribution.
fn density_at(freedom: u64) -> impl Fn(f64) -> f64 {
    let nu = freedom as f64;
    let scale = libm::exp(libm::lgamma(0.5 * (nu + 1.0)) - libm::lgamma(0.5 * nu));
    let scale = scale / (nu * PI).sqrt();
    move |t| scale * libm::exp(-0.5 * (nu + 1.0) * libm::log1p(t * t / nu))
}

/// Expansion of the t quantile around the normal one (Abramowitz & Stegun 26.7.5).
fn near_normal(z: f64, nu: f64) -> f64 {
    let s = z * z;
    let g1 = z * (s + 1.0) / 4.0;
    let g2 = z * ((5.0 * s + 16.0) * s + 3.0) / 96.0;
    let g3 = z * (((3.0 * s + 19.0) * s + 17.0) * s - 15.0) / 384.0;
    let g4 = z * ((((79.0 * s + 776.0) * s + 1482.0) * s - 1920.0) * s - 945.0) / 92_160.0;
    z + (g1 + (g2 + (g3 + g4 / nu) / nu) / nu) / nu
}

/// Standard normal quantile for shares above one half.
fn normal_quantile(share: f64) -> f64 {
    let tail = 1.0 - share;
    // Abramowitz & Stegun 26.2.23, right to 4.5e-4; Newton's steps on the tail do the rest.
    let u = (-2.0 * libm::log(tail)).sqrt();
    let mut z = u
        - (2.515_517 + u * (0.802_853 + u * 0.010_328))
            / (1.0 + u * (1.432_788 + u * (0.189_269 + u * 0.001_308)));
    for _ in 0..4 {
        let above = 0.5 * libm::erfc(z * FRAC_1_SQRT_2);
        let density = libm::exp(-0.5 * z * z) / (2.0 * PI).sqrt();
        z += (above - tail) / density;
    }
    z
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

    #[test]
    fn agrees_with_forty_digits() {
        // Bisection on the regularised incomplete beta function with 40 digits.
        for (freedom, share, exact) in [
            (1, 0.5001, 0.000314159275694371),
            (1, 0.975, 12.7062047361747),
            (1, 0.99999, 31830.988608052),
            (3, 0.5001, 0.000272069909110473),
            (3, 0.975, 3.18244630528371),
            (3, 0.99999, 47.9277283760067),
            (4, 0.5001, 0.000266666670617255),
            (4, 0.975, 2.77644510519779),
            (4, 0.99999, 23.332182700856),
            (9, 0.5001, 0.000257708775534282),
            (9, 0.975, 2.2621571627982),
            (9, 0.99999, 8.10205787939942),
            (39, 0.5001, 0.000252274627205327),
            (39, 0.975, 2.02269092003676),
            (39, 0.99999, 4.85131447434032),
            (639, 0.5001, 0.00025076091764047),
            (639, 0.975, 1.96368338133433),
            (639, 0.99999, 4.29712269594232),
            (5000, 0.5001, 0.00025067536354355),
            (5000, 0.975, 1.96043855170651),
            (5000, 0.99999, 4.26898627033824),
        ] {
            let t = t_quantile(share, freedom);
            assert!((t / exact - 1.0).abs() < 1e-11, "{freedom} {share}: {t}");
            assert!(
                (t_cdf(t, freedom) - share).abs() < 1e-14,
                "{freedom} {share}"
            );
            assert!((t_quantile(1.0 - share, freedom) / -exact - 1.0).abs() < 1e-11);
        }
    }

    #[test]
    fn agrees_with_another_implementation() {
        // Not near one half, where the other one loses digits.
        for freedom in (1..200).chain([639, 4_999, 5_000, 20_000]) {
            let other = StudentsT::new(0.0, 1.0, freedom as f64).unwrap();
            for share in [0.9, 0.95, 0.975, 0.995, 0.99999] {
                let back = other.cdf(t_quantile(share, freedom));
                assert!((back - share).abs() < 1e-11, "{freedom} {share} {back}");
            }
        }
    }

    #[test]
    fn one_and_two_degrees_have_closed_forms() {
        for share in [0.51, 0.8, 0.975, 0.9999] {
            let cauchy = (PI * (share - 0.5)).tan();
            assert!((t_quantile(share, 1) / cauchy - 1.0).abs() < 1e-11);
            let p = 2.0 * share - 1.0;
            let two = p * (2.0 / (1.0 - p * p)).sqrt();
            assert!((t_quantile(share, 2) / two - 1.0).abs() < 1e-11);
        }
    }

    #[test]
    fn normal_limit() {
        let normal = Normal::standard();
        for share in [0.6, 0.975, 0.9999, 1.0 - 1e-9] {
            assert!((normal_quantile(share) - normal.inverse_cdf(share)).abs() < 1e-8);
        }
        assert!((t_quantile(0.975, 1_000_000_000) - 1.959_963_984_540_054).abs() < 1e-8);
    }

    #[test]
    fn extremes() {
        assert_eq!(t_quantile(0.5, 7), 0.0);
        assert_eq!(t_quantile(1.0, 7), f64::INFINITY);
        assert_eq!(t_quantile(0.0, 7), f64::NEG_INFINITY);
        assert!(t_quantile(1.2, 7).is_nan() && t_quantile(f64::NAN, 7).is_nan());
        assert_eq!(
            (t_cdf(f64::INFINITY, 3), t_cdf(f64::NEG_INFINITY, 3)),
            (1.0, 0.0)
        );
    }
}
