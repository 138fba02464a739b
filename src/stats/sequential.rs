//! Looking more than once without fooling oneself.

/// One look at the results so far.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// Replications to have finished by then.
    pub replications: u64,
    /// Confidence to compute this look's intervals with.
    pub confidence: f64,
}

/// When to look: at 10, 20, 40, ... replications, with intervals that hold for all looks together.
///
/// Stopping at the first look whose interval is narrow enough would hold its promise less often
/// than one says. Look `k` therefore spends the share `1 / (k (k + 1))` of the allowed error; these
/// add up to all of it over endlessly many looks, so by Bonferroni's inequality the intervals of every
/// look hold together with the confidence asked for, whatever the rule to stop (alpha spending, Lan & DeMets
/// 1983, with the spending function `k / (k + 1)`). The price is a t quantile of about 2.24
/// instead of 1.96 at a single look.
///
/// ```
/// use staffwright::stats::Looks;
/// let looks: Vec<_> = Looks::new(0.95, 10, 50).collect();
/// let at: Vec<u64> = looks.iter().map(|look| look.replications).collect();
/// assert_eq!(at, [10, 20, 40, 50]);
/// assert!((looks[0].confidence - 0.975).abs() < 1e-12);
/// ```
#[derive(Debug, Clone)]
pub struct Looks {
    error: f64,
    next: u64,
    most: u64,
    number: u32,
    done: bool,
}

impl Looks {
    /// How reports call this correction.
    pub const NAME: &str = "Bonferroni spending 1/(k(k+1)) over looks at 10, 20, 40, ...";

    /// Looks at `first`, twice that, and so on up to `most` replications, where the last look is.
    pub fn new(confidence: f64, first: u64, most: u64) -> Self {
        Self {
            error: 1.0 - confidence,
            next: first.max(1).min(most),
            most,
            number: 0,
            done: most == 0,
        }
    }
}

impl Iterator for Looks {
    type Item = Look;

    fn next(&mut self) -> Option<Look> {
        if self.done {
            return None;
        }
        self.number += 1;
        let number = f64::from(self.number);
        let look = Look {
            replications: self.next,
            confidence: 1.0 - self.error / (number * (number + 1.0)),
        };
        self.done = self.next == self.most;
        self.next = self.next.saturating_mul(2).min(self.most);
        Some(look)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::stats::fixtures::Draws;
    use crate::stats::mean_estimate;

    #[test]
    fn errors_of_all_looks_stay_below_the_one_allowed() {
        let looks: Vec<Look> = Looks::new(0.95, 10, u64::MAX).collect();
        let spent: f64 = looks.iter().map(|look| 1.0 - look.confidence).sum();
        assert!(spent < 0.05 && spent > 0.049);
        assert_eq!(Looks::new(0.95, 10, 4).count(), 1);
        assert_eq!(Looks::new(0.95, 10, 0).count(), 0);
    }

    #[test]
    fn stopping_when_narrow_enough_still_holds_the_mean() {
        let mut draws = Draws::new(23);
        let (mut held, mut naive, trials) = (0, 0, 3000);
        for _ in 0..trials {
            let values: Vec<f64> = (0..160)
                .map(|_| draws.uniform() + draws.uniform() - 1.0)
                .collect();
            // Stops as soon as nought lies outside: the worst rule for a naive interval.
            let stop = |confidence: &dyn Fn(&Look) -> f64| {
                Looks::new(0.9, 10, 160).any(|look| {
                    let seen = &values[..look.replications as usize];
                    mean_estimate(seen, confidence(&look))
                        .unwrap()
                        .excludes(0.0)
                })
            };
            held += i32::from(!stop(&|look| look.confidence));
            naive += i32::from(!stop(&|_| 0.9));
        }
        let share = |count: i32| f64::from(count) / f64::from(trials);
        assert!(share(held) >= 0.9, "held in {}", share(held));
        assert!(share(naive) < 0.8, "naive held in {}", share(naive));
    }
}
