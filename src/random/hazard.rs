//! A distribution given by its hazard.

/// A piecewise constant hazard: of those who are still there, the rate at which they go, by how long they have been
/// there. The last rate holds for ever; where it is 0, some never go.
///
/// With `H(t)` the integral of the hazard up to `t`, the survival is `exp(-H(t))`, and the quantile at `p` is where `H`
/// reaches `-ln(1 - p)`: both are exact, not tabulated. Hazards of patience measured in call centres peak after about ten
/// and sixty seconds, where an announcement ends (Mandelbaum and Zeltyn 2004, "The impact of customers' patience").
///
/// ```
/// use staffwright::random::Hazard;
/// // A tenth goes in each of the first two minutes, later half as many; seconds, and rates per second.
/// let hazard = Hazard::new(vec![(0.0, 0.1 / 60.0), (120.0, 0.05 / 60.0)])?;
/// assert!((hazard.survival(60.0) - (-0.1_f64).exp()).abs() < 1e-15);
/// assert!((hazard.survival(180.0) - (-0.25_f64).exp()).abs() < 1e-15);
/// assert!((hazard.quantile(1.0 - (-0.25_f64).exp()) - 180.0).abs() < 1e-9);
/// # Ok::<(), String>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Hazard {
    /// From when each rate holds, its integral up to then, and the rate.
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Piece {
    /// Seconds.
    from: f64,
    /// The hazard's integral up to `from`.
    before: f64,
    /// Per second.
    rate: f64,
}

impl Hazard {
    /// A hazard from `(seconds, rate per second)`: each rate holds from its time to the next; times begin at 0 and
    /// ascend, rates are not negative and not all 0. The error says which rule is broken.
    pub fn new(steps: Vec<(f64, f64)>) -> Result<Hazard, String> {
        if steps.first().is_none_or(|s| s.0 != 0.0) {
            return Err("the first rate must hold from 0 seconds on".into());
        }
        let mut pieces: Vec<Piece> = Vec::with_capacity(steps.len());
        for (from, rate) in steps {
            if !(rate.is_finite() && rate >= 0.0) {
                return Err(format!("the hazard {rate} must be finite and at least 0"));
            }
            let before = match pieces.last() {
                Some(last) if !(from.is_finite() && from > last.from) => {
                    return Err(format!(
                        "{from} seconds must come after {} seconds",
                        last.from
                    ));
                }
                Some(last) => last.before + last.rate * (from - last.from),
                None => 0.0,
            };
            pieces.push(Piece { from, before, rate });
        }
        if pieces.iter().all(|p| p.rate == 0.0) {
            return Err("nobody ever goes: some rate must be above 0".into());
        }
        Ok(Hazard { pieces })
    }

    /// The mean; infinite where some never go.
    ///
    /// Over a piece of length `l` with rate `r` that a share `S` reaches, people stay `S (1 - exp(-r l)) / r` on average.
    pub fn mean(&self) -> f64 {
        let ends = self.pieces.iter().skip(1).map(|p| p.from);
        let lengths = ends.chain([f64::INFINITY]).zip(&self.pieces);
        lengths
            .map(|(end, p)| {
                let reach = libm::exp(-p.before);
                if p.rate == 0.0 {
                    return reach * (end - p.from);
                }
                reach * -libm::expm1(-p.rate * (end - p.from)) / p.rate
            })
            .sum()
    }

    /// The share that is still there after `t` seconds.
    pub fn survival(&self, t: f64) -> f64 {
        let reached = self.pieces.partition_point(|p| p.from <= t);
        let Some(p) = reached.checked_sub(1).map(|i| self.pieces[i]) else {
            return 1.0;
        };
        libm::exp(-(p.before + p.rate * (t - p.from)))
    }

    /// When the share that has gone reaches `p`, with `q = 1 - p` given apart; infinite where that never happens.
    pub(super) fn quantile_of(&self, p: f64, q: f64) -> f64 {
        let integral = super::law::standard_exponential(p, q);
        // The first piece has nothing before it.
        let reached = self.pieces.partition_point(|p| p.before < integral).max(1);
        let p = self.pieces[reached - 1];
        if integral <= p.before {
            return p.from;
        }
        p.from + (integral - p.before) / p.rate
    }

    /// When the share that has gone reaches `p`; infinite where that never happens.
    pub fn quantile(&self, p: f64) -> f64 {
        self.quantile_of(p, 1.0 - p)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn one_rate_is_exponential() {
        let hazard = Hazard::new(vec![(0.0, 0.01)]).unwrap();
        assert!((hazard.mean() - 100.0).abs() < 1e-12);
        assert!((hazard.quantile(0.5) - 100.0 * 2.0_f64.ln()).abs() < 1e-12);
    }

    #[test]
    fn nobody_goes_where_the_rate_is_nothing() {
        // Half go within the first minute, nobody in the second, then all; or nobody any more.
        let rate = 2.0_f64.ln() / 60.0;
        let steps = |last: f64| vec![(0.0, rate), (60.0, 0.0), (120.0, last)];
        let all = Hazard::new(steps(rate)).unwrap();
        assert!((all.survival(60.0) - 0.5).abs() < 1e-15);
        assert_eq!(all.survival(60.0), all.survival(120.0));
        assert!((all.quantile(0.75) - 180.0).abs() < 1e-9);
        let late = all.quantile(0.500_001);
        assert!(late > 120.0 && late < 120.001, "{late}");
        // Half of them stay a minute and a half-minute's worth longer than the exponential's mean.
        assert!((all.mean() - (60.0 / 2.0_f64.ln() + 30.0)).abs() < 1e-9);
        let some = Hazard::new(steps(0.0)).unwrap();
        assert_eq!(
            (some.quantile(0.6), some.mean()),
            (f64::INFINITY, f64::INFINITY)
        );
        assert!((some.quantile(0.4) - -(0.6_f64.ln()) / rate).abs() < 1e-9);
    }

    #[test]
    fn steps_that_make_no_hazard_are_named() {
        for (steps, word) in [
            (vec![], "first"),
            (vec![(5.0, 1.0)], "first"),
            (vec![(0.0, -1.0)], "at least 0"),
            (vec![(0.0, 1.0), (0.0, 2.0)], "after"),
            (vec![(0.0, 0.0)], "nobody"),
        ] {
            assert!(Hazard::new(steps).unwrap_err().contains(word), "{word}");
        }
    }
}
