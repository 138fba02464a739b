//! The hazard of leaving: per day, by tenure, by strain.
//!
//! Newcomers (tenure below `early_days`) leave at `early_factor` times the rate `h` of the others, so a person stays on
//! average `L = (1 - exp(-f h T)) / (f h) + exp(-f h T) / h` days. In the long run leavers a year per head are
//! `365.25 / L`; `h` is chosen so that this is the stated rate. In that long run the tenures of those who are there have
//! the density `S(t) / L`, `S` being the share who stay longer than `t` (renewal theory).

use super::DAY_S;
use super::people::Place;
use crate::scenario::model::{Attrition, Contract, Scenario, Team};
use crate::time::Tick;

/// Days of a year.
const YEAR: f64 = 365.25;

/// When people leave.
///
/// ```
/// use staffwright::roster::Hazard;
/// // Newcomers leave at twice the rate of the others in their first 90 days; 35 % leave in a year all the same.
/// let hazard = Hazard::new(0.35, 2.0, 90.0);
/// assert!((365.25 / hazard.mean_stay() - 0.35).abs() < 1e-9);
/// assert!((hazard.leaves(10.0, 1.0) / hazard.leaves(200.0, 1.0) - 2.0).abs() < 0.01);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hazard {
    /// Of the others, per day.
    per_day: f64,
    /// Of newcomers, per day.
    early: f64,
    /// Tenure in days up to which somebody is a newcomer.
    early_days: f64,
}

impl Hazard {
    /// The hazard whose leavers a year per head are `per_year` in the long run.
    #[must_use]
    pub fn new(per_year: f64, early_factor: f64, early_days: f64) -> Self {
        let with = |per_day: f64| Self {
            per_day,
            early: per_day * early_factor,
            early_days,
        };
        if per_year <= 0.0 || early_factor <= 0.0 || early_days <= 0.0 {
            return Self {
                early_days: 0.0,
                ..with(per_year.max(0.0) / YEAR)
            };
        }
        // The mean stay falls as the hazard grows: halve until the rate is met to the last bits.
        let (mut low, mut high) = (0.0, per_year / YEAR * early_factor.recip().max(1.0));
        for _ in 0..200 {
            let middle = 0.5 * (low + high);
            if YEAR / with(middle).mean_stay() < per_year {
                low = middle;
            } else {
                high = middle;
            }
        }
        with(0.5 * (low + high))
    }

    /// Mean days from the first to the last, `L`.
    #[must_use]
    pub fn mean_stay(&self) -> f64 {
        let stay = libm::exp(-self.early * self.early_days);
        let early = if self.early_days > 0.0 {
            (1.0 - stay) / self.early
        } else {
            0.0
        };
        early + stay / self.per_day
    }

    /// Probability that somebody leaves on the day their tenure reaches `tenure` days, where strain multiplies the hazard.
    #[must_use]
    pub fn leaves(&self, tenure: f64, strain: f64) -> f64 {
        let hazard = if tenure < self.early_days {
            self.early
        } else {
            self.per_day
        };
        -libm::expm1(-hazard * strain)
    }

    /// The tenure in days at quantile `u` of the stationary law; `None` where nobody ever leaves.
    #[must_use]
    pub fn stationary(&self, u: f64) -> Option<f64> {
        if self.per_day <= 0.0 {
            return None;
        }
        let area = u * self.mean_stay();
        let stay = libm::exp(-self.early * self.early_days);
        let early = if self.early_days > 0.0 {
            (1.0 - stay) / self.early
        } else {
            0.0
        };
        Some(if area < early {
            -libm::log1p(-area * self.early) / self.early
        } else {
            let rest = (1.0 - (area - early) * self.per_day / stay).max(f64::MIN_POSITIVE);
            self.early_days - libm::log(rest) / self.per_day
        })
    }
}

/// When somebody under a contract leaves a team with so many leavers a year; a contract may have its own.
pub fn hazard(contract: Option<&Contract>, per_year: f64, attrition: &Attrition) -> Hazard {
    let own = contract.and_then(|c| c.attrition);
    let early_days = attrition.early_s / DAY_S;
    Hazard::new(own.unwrap_or(per_year), attrition.early_factor, early_days)
}

/// When somebody under a contract leaves a team, from the dates on that change it.
pub fn later(scenario: &Scenario, team: &Team, contract: Option<&Contract>) -> Vec<(Tick, Hazard)> {
    let Some(first) = team.workforce.attrition else {
        return Vec::new();
    };
    let rates = scenario.eras.iter().map(|era| {
        let later = era.attrition.get(team.unit).copied().flatten();
        (era.from, later.unwrap_or(first.per_year))
    });
    if rates.clone().all(|r| r.1 == first.per_year) {
        return Vec::new();
    }
    rates
        .map(|(from, rate)| (from, hazard(contract, rate, &first)))
        .collect()
}

impl Place {
    /// When who has it leaves, as of a tick.
    #[must_use]
    pub fn hazard_at(&self, tick: Tick) -> Hazard {
        let begun = self.later_hazards.iter().rev().find(|h| h.0 <= tick);
        begun.map_or(self.hazard, |h| h.1)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_stated_rate_is_that_of_the_long_run() {
        // 35 % a year is a hazard of 2.92 % a month.
        let plain = Hazard::new(0.35, 1.0, 0.0);
        assert!((plain.per_day * YEAR / 12.0 - 0.0292).abs() < 5e-5);
        for (factor, days) in [(2.0, 90.0), (3.0, 180.0), (0.5, 90.0)] {
            let hazard = Hazard::new(0.35, factor, days);
            assert!((YEAR / hazard.mean_stay() - 0.35).abs() < 1e-9);
            assert!((hazard.early / hazard.per_day - factor).abs() < 1e-12);
        }
    }

    #[test]
    fn stationary_tenures_have_the_density_of_those_who_stay() {
        let hazard = Hazard::new(0.8, 3.0, 100.0);
        let n = 20_000;
        let tenures: Vec<f64> = (0..n)
            .map(|i| {
                hazard
                    .stationary((f64::from(i) + 0.5) / f64::from(n))
                    .unwrap()
            })
            .collect();
        assert!(tenures.windows(2).all(|w| w[0] <= w[1]));
        // The share below the limit is the early part of the mean stay.
        let below = tenures.iter().filter(|t| **t < 100.0).count() as f64 / f64::from(n);
        let early = (1.0 - (-hazard.early * 100.0_f64).exp()) / hazard.early;
        assert!((below - early / hazard.mean_stay()).abs() < 1e-4);
        // Without an early factor the tenures are exponential with the mean stay.
        let plain = Hazard::new(0.8, 1.0, 0.0);
        assert!((plain.stationary(0.5).unwrap() - 2.0_f64.ln() / plain.per_day).abs() < 1e-9);
    }
}
