//! What it costs to be short: a convex price, so that a shortage that cannot be helped is spread instead of falling on one
//! promise.
//!
//! The first contacts short of a promise cost least and each further part of them more, as customers and contracts take
//! a point below the promise more lightly than twenty. The weights are judgement; only their order matters, as nothing
//! is short where a roster within the rules keeps every promise.

/// Parts of what was promised, in order, and what being short of one contact in them costs, in multiples of the first.
pub const PARTS: [(f64, f64); 5] = [
    (0.02, 1.0),
    (0.03, 1.5),
    (0.05, 2.0),
    (0.10, 3.0),
    (f64::INFINITY, 4.0),
];

/// Price of `missing` contacts of `offered`, in multiples of the first contact's.
#[must_use]
pub fn price(missing: f64, offered: f64) -> f64 {
    let (mut left, mut sum) = (missing.max(0.0), 0.0);
    for (part, weight) in PARTS {
        let here = left.min(part * offered.max(f64::MIN_POSITIVE));
        sum += weight * here;
        left -= here;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_further_contact_short_costs_at_least_as_much() {
        let at = |n: u32| price(f64::from(n), 100.0);
        assert_eq!((at(0), at(2), at(5)), (0.0, 2.0, 6.5));
        let steps: Vec<f64> = (0..100).map(|n| at(n + 1) - at(n)).collect();
        assert!(steps.windows(2).all(|w| w[1] >= w[0] - 1e-12));
        // Ten each of two promises are better than twenty of one.
        assert!(2.0 * at(10) < at(20));
        assert_eq!(price(-1.0, 100.0), 0.0);
    }
}
