//! Erlang B: lines without a waiting room.

/// Share of arrivals lost in M/M/n/n, for `lines` servers and an offered load in erlangs.
///
/// The inverse of the blocking share follows `1/B(n) = 1 + (n/a) / B(n-1)`, a sum of positive terms
/// that loses no digits (Jagerman 1974). A load of zero, negative or not a number counts as no load.
///
/// ```
/// use staffwright::queueing::erlang_b;
/// assert!((erlang_b(2, 1.0) - 0.2).abs() < 1e-15);
/// ```
pub fn erlang_b(lines: u32, load: f64) -> f64 {
    if load.is_nan() || load <= 0.0 {
        return if lines == 0 { 1.0 } else { 0.0 };
    }
    let mut inverse = 1.0_f64;
    for n in 1..=lines {
        inverse = 1.0 + inverse * (f64::from(n) / load);
        if inverse.is_infinite() {
            // Only lines beyond the load make it grow so far; more of them lose even less.
            return 0.0;
        }
    }
    1.0 / inverse
}

#[cfg(test)]
mod tests {
    use super::erlang_b;

    #[test]
    fn agrees_with_the_defining_ratio() {
        // B = (a^n / n!) / sum_k a^k / k!, for n = 4, a = 2.5.
        let terms = [
            1.0,
            2.5,
            2.5_f64.powi(2) / 2.0,
            2.5_f64.powi(3) / 6.0,
            2.5_f64.powi(4) / 24.0,
        ];
        let direct = terms[4] / terms.iter().sum::<f64>();
        assert!((erlang_b(4, 2.5) / direct - 1.0).abs() < 1e-14);
    }

    #[test]
    fn stays_in_range_at_the_extremes() {
        assert_eq!(erlang_b(0, 3.0), 1.0);
        assert_eq!(erlang_b(5, 0.0), 0.0);
        assert_eq!(erlang_b(0, 0.0), 1.0);
        assert_eq!(erlang_b(50_000, 0.01), 0.0);
        let heavy = erlang_b(10_000, 40_000.0);
        assert!((heavy - 0.75).abs() < 1e-4, "{heavy}");
        let large = erlang_b(50_000, 50_000.0);
        // At n = a, B is close to sqrt(2 / (pi a)).
        assert!((large / (2.0 / (std::f64::consts::PI * 50_000.0)).sqrt() - 1.0).abs() < 0.01);
    }
}
