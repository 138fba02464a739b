//! Integrals of smooth positive functions to close to full precision.

/// Abscissae and weights of the 16-point Gauss-Legendre rule on [-1, 1], positive half.
const RULE: [(f64, f64); 8] = [
    (0.095_012_509_837_637_44, 0.189_450_610_455_068_5),
    (0.281_603_550_779_258_9, 0.182_603_415_044_923_6),
    (0.458_016_777_657_227_4, 0.169_156_519_395_002_54),
    (0.617_876_244_402_643_7, 0.149_595_988_816_576_74),
    (0.755_404_408_355_003, 0.124_628_971_255_533_88),
    (0.865_631_202_387_831_7, 0.095_158_511_682_492_78),
    (0.944_575_023_073_232_6, 0.062_253_523_938_647_89),
    (0.989_400_934_991_649_9, 0.027_152_459_411_754_096),
];

/// Relative agreement asked of a panel and its two halves.
const TOLERANCE: f64 = 1e-14;

/// Halvings of one panel before its value is taken as it stands.
const DEEPEST: u32 = 40;

/// Integral of `f` over the panels between neighbouring `breaks` (ascending).
///
/// Every panel is halved until its halves agree with the whole within 1e-14 of the running total;
/// `f` must be positive, so nothing cancels.
pub(super) fn integrate(f: impl Fn(f64) -> f64, breaks: &[f64]) -> f64 {
    let panels: Vec<(f64, f64, f64)> = breaks
        .windows(2)
        .map(|pair| (pair[0], pair[1], gauss(&f, pair[0], pair[1])))
        .collect();
    let rough: f64 = panels.iter().map(|panel| panel.2).sum();
    let mut total = 0.0;
    for (low, high, whole) in panels {
        let mut open = vec![(low, high, whole, 0)];
        while let Some((low, high, whole, depth)) = open.pop() {
            let middle = 0.5 * (low + high);
            let (left, right) = (gauss(&f, low, middle), gauss(&f, middle, high));
            let settled = (left + right - whole).abs() <= TOLERANCE * rough.max(total);
            if settled || depth == DEEPEST || middle <= low || middle >= high {
                total += left + right;
            } else {
                open.push((middle, high, right, depth + 1));
                open.push((low, middle, left, depth + 1));
            }
        }
    }
    total
}

fn gauss(f: &impl Fn(f64) -> f64, low: f64, high: f64) -> f64 {
    let centre = 0.5 * (low + high);
    let half = 0.5 * (high - low);
    let sum: f64 = RULE
        .iter()
        .map(|&(x, weight)| weight * (f(centre - half * x) + f(centre + half * x)))
        .sum();
    half * sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_is_exact_for_polynomials_up_to_degree_31() {
        for degree in 0..=31_i32 {
            let exact = 1.0 / f64::from(degree + 1);
            let value = gauss(&|x: f64| x.powi(degree), 0.0, 1.0);
            assert!((value / exact - 1.0).abs() < 2e-15, "degree {degree}");
        }
    }

    #[test]
    fn narrow_peak_is_found_from_coarse_panels() {
        // The area of a normal density of width 1e-3 inside [0, 1].
        let density = |x: f64| libm::exp(-0.5 * ((x - 0.3) / 1e-3).powi(2));
        let area = 1e-3 * (2.0 * std::f64::consts::PI).sqrt();
        let value = integrate(density, &[0.0, 0.25, 0.3, 0.5, 1.0]);
        assert!((value / area - 1.0).abs() < 1e-13);
    }
}
