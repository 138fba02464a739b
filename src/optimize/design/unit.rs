//! The unit in which prices are whole numbers.

use super::instance::Problem;

/// The largest number of which all prices are whole multiples, so that solvers can round bounds up;
/// one where there is none of a sensible size.
pub(super) fn price_unit(problem: &Problem) -> f64 {
    let instance = &problem.instance;
    let mut prices = vec![
        instance.under_price(),
        instance.over_price(),
        instance.prices.distinct_shift,
    ];
    for duty in &problem.duties {
        prices.push(instance.duty_price(duty));
        prices.push(instance.presence_price(duty.span.1 - duty.span.0));
    }
    prices.retain(|price| *price > 0.0);
    let largest = prices.iter().copied().fold(0.0, f64::max);
    let unit = prices.iter().fold(0.0, |unit, &price| {
        common_measure(unit, price, largest * 1e-9)
    });
    if unit > largest * 1e-6 { unit } else { 1.0 }
}

/// Euclid's algorithm on numbers known to `rounding`.
fn common_measure(a: f64, b: f64, rounding: f64) -> f64 {
    let (mut large, mut small) = if a > b { (a, b) } else { (b, a) };
    while small > rounding {
        let rest = large - (large / small).round() * small;
        (large, small) = (small, rest.abs());
    }
    large
}

/// A price in units, made whole where it is whole but for rounding.
pub(super) fn in_units(price: f64, unit: f64) -> f64 {
    let scaled = price / unit;
    if (scaled - scaled.round()).abs() < 1e-6 {
        scaled.round()
    } else {
        scaled
    }
}

#[cfg(test)]
mod tests {
    use super::super::instance::Instance;
    use super::super::instance::tests::small;
    use super::*;

    #[test]
    fn prices_have_a_common_measure() {
        let mut instance = small(true);
        let unit = |instance: &Instance| price_unit(&Problem::new(instance.clone()));
        assert_eq!(unit(&instance), 40.0, "of 360 and 400");
        instance.prices.paid_minute = 1.0 / 15.0;
        instance.prices.distinct_shift = 0.0;
        assert!((unit(&instance) - 24.0).abs() < 1e-9, "of 360, 48 and 72");
        instance.prices.paid_minute = std::f64::consts::PI / 1000.0;
        assert_eq!(unit(&instance), 1.0, "none worth having");
    }
}
