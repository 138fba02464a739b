//! The gamma distribution with scale 1.

use super::normal::normal_quantile;

/// Regularised incomplete gamma functions `(P, Q)` with `P + Q = 1`: the shares of a gamma
/// distribution of this shape below and above `x`. Series below the mean, Lentz's continued
/// fraction above (Abramowitz and Stegun 6.5.29 and 6.5.31).
pub(super) fn gamma_shares(shape: f64, x: f64) -> (f64, f64) {
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    if x == f64::INFINITY {
        return (1.0, 0.0);
    }
    let front = libm::exp(shape * libm::log(x) - x - libm::lgamma(shape));
    if x < shape + 1.0 {
        let below = (front * series(shape, x)).min(1.0);
        (below, 1.0 - below)
    } else {
        let above = (front * continued_fraction(shape, x)).min(1.0);
        (1.0 - above, above)
    }
}

/// Terms either expansion may take; both need a few times the square root of the shape.
const TERMS: u32 = 100_000;

fn series(shape: f64, x: f64) -> f64 {
    let mut term = 1.0 / shape;
    let mut sum = term;
    for n in 1..TERMS {
        term *= x / (shape + f64::from(n));
        sum += term;
        if term < sum * 1e-17 {
            break;
        }
    }
    sum
}

fn continued_fraction(shape: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let mut b = x + 1.0 - shape;
    let mut c = 1.0 / TINY;
    let mut d = 1.0 / b;
    let mut h = d;
    for n in 1..TERMS {
        let n = f64::from(n);
        let a = -n * (n - shape);
        b += 2.0;
        let floor = |v: f64| if v.abs() < TINY { TINY } else { v };
        d = 1.0 / floor(a * d + b);
        c = floor(b + a / c);
        let factor = d * c;
        h *= factor;
        if (factor - 1.0).abs() < 1e-16 {
            break;
        }
    }
    h
}

/// The quantile of a gamma distribution of this shape and scale 1 at `p`, with `q = 1 - p` given
/// apart. Halley's method on the smaller of the two tails, inside a bracket that always shrinks.
pub(super) fn gamma_quantile(shape: f64, p: f64, q: f64) -> f64 {
    if p <= 0.0 {
        return 0.0;
    }
    if q <= 0.0 {
        return f64::INFINITY;
    }
    let log_norm = libm::lgamma(shape);
    let mut x = first_guess(shape, p, q);
    if x < 1e-290 {
        return x; // the power law of the guess is exact to all digits here
    }
    let (mut low, mut high) = (0.0, f64::INFINITY);
    for _ in 0..200 {
        let (below, above) = gamma_shares(shape, x);
        let miss = if p < q { below - p } else { q - above };
        if miss > 0.0 {
            high = x;
        } else {
            low = x;
        }
        let density = libm::exp((shape - 1.0) * libm::log(x) - x - log_norm);
        let newton = miss / density;
        let bend = (newton * ((shape - 1.0) / x - 1.0)).clamp(-1.0, 1.0);
        let next = x - newton / (1.0 - 0.5 * bend);
        let next = if next > low && next < high {
            next
        } else {
            between(low, high)
        };
        if (next - x).abs() <= 1e-14 * x {
            return next;
        }
        x = next;
    }
    x
}

/// A point inside a bracket of positive numbers, by halves in the logarithm when they lie far apart.
fn between(low: f64, high: f64) -> f64 {
    if high == f64::INFINITY {
        2.0 * low.max(1e-300)
    } else if low == 0.0 {
        high / 16.0
    } else if high > 4.0 * low {
        (low * high).sqrt()
    } else {
        0.5 * (low + high)
    }
}

/// Wilson and Hilferty's cube where it holds, else the power law of the lower tail.
fn first_guess(shape: f64, p: f64, q: f64) -> f64 {
    let ninth = 1.0 / (9.0 * shape);
    let cube = 1.0 - ninth + normal_quantile(p, q) * ninth.sqrt();
    let power = libm::exp((libm::log(p) + libm::lgamma(shape + 1.0)) / shape);
    if cube > 0.3 && shape >= 0.3 {
        shape * cube * cube * cube
    } else if power < 1.0 + 0.5 * shape {
        power
    } else {
        // Upper tail of a small shape: the density is close to exponential there.
        (-libm::log(q) - libm::lgamma(shape)).max(0.5 * shape)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{ContinuousCDF, Gamma};

    fn close(a: f64, b: f64, relative: f64) -> bool {
        (a - b).abs() <= relative * b.abs()
    }

    #[test]
    fn shares_agree_with_closed_forms() {
        for i in 1..200 {
            let x = f64::from(i) * 0.2;
            // Shape 1 is the exponential, shape 3 an Erlang sum, shape 1/2 the squared normal.
            assert!(close(gamma_shares(1.0, x).1, libm::exp(-x), 1e-13), "{x}");
            let erlang = libm::exp(-x) * (1.0 + x + x * x / 2.0);
            assert!(close(gamma_shares(3.0, x).1, erlang, 1e-13), "{x}");
            assert!(
                close(gamma_shares(0.5, x).1, libm::erfc(x.sqrt()), 1e-12),
                "{x}"
            );
        }
    }

    #[test]
    #[allow(clippy::unwrap_used)]
    fn shares_agree_with_a_library() {
        for shape in [0.05, 0.3, 1.7, 12.0, 69.4, 400.0, 10_000.0] {
            let library = Gamma::new(shape, 1.0).unwrap();
            for k in 1..40 {
                let x = shape * f64::from(k) / 20.0;
                let (below, above) = gamma_shares(shape, x);
                assert!((below - library.cdf(x)).abs() < 1e-11, "{shape} {x}");
                assert!((above - library.sf(x)).abs() < 1e-11, "{shape} {x}");
            }
        }
    }

    #[test]
    fn known_quantiles() {
        // Half the chi-squared quantiles of printed tables: shape = degrees of freedom / 2.
        for (freedom, p, chi2) in [
            (1.0, 0.95, 3.841_458_820_694_124),
            (2.0, 0.95, 5.991_464_547_107_979),
            (5.0, 0.5, 4.351_460_191_095_526),
            (10.0, 0.99, 23.209_251_158_954_356),
            (10.0, 0.01, 2.558_212_160_187_228),
            (100.0, 0.975, 129.561_197_185_836_6),
        ] {
            let x = gamma_quantile(freedom / 2.0, p, 1.0 - p);
            assert!(close(2.0 * x, chi2, 1e-12), "{freedom} {p}: {}", 2.0 * x);
        }
    }

    #[test]
    fn the_quantile_inverts_the_shares_into_both_tails() {
        for shape in [0.05, 0.11, 0.3, 0.9, 1.0, 2.5, 16.0, 69.4, 277.8, 10_000.0] {
            for e in 1..=53 {
                let tail = libm::exp2(-f64::from(e));
                let x = gamma_quantile(shape, tail, 1.0 - tail);
                assert!(
                    x < 1e-290 || close(gamma_shares(shape, x).0, tail, 1e-9),
                    "{shape} {e}"
                );
                let x = gamma_quantile(shape, 1.0 - tail, tail);
                assert!(close(gamma_shares(shape, x).1, tail, 1e-9), "{shape} {e}");
            }
        }
    }
}
