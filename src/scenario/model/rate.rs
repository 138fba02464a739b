//! Money that changes on dates: pay and a raise, and what vendors charge.
//!
//! A raise is `[[from]] set = { contract.full-time.pay.salary = "EUR 45_000/year" }`: from its date on everybody under the
//! contract is paid by it, for leave and sickness too, and so are premiums (a share of the pay), overtime, duties of
//! freelancers, calls that are paid like work, and retraining. Pay that `like` copied from another contract is that
//! contract's own and stays as it was written.
//!
//! A vendor's price changes likewise (`vendor.bpo.price`); a month that the date falls into is billed at the mean of its
//! days. Bands and minimum stay as they are.
//!
//! ```
//! let sets = [
//!     ("length".into(), "2 weeks".into()),
//!     ("from".into(), r#"[{ date = 2027-01-18, set = { contract.full-time.pay = { wage = "EUR 30/h" } } }]"#.into()),
//! ];
//! let startup = "scenarios/startup/scenario.toml".as_ref();
//! let scenario = staffwright::scenario::load_with(startup, &sets).map_err(|d| d.render(false))?;
//! let full_time = scenario.contracts.iter().position(|c| c.name == "full-time").ok_or("nobody full-time")?;
//! let pay = scenario.pay(full_time);
//! let monday = scenario.eras[0].from;
//! assert_eq!((pay.at(monday - 1), pay.at(monday)), (scenario.contracts[full_time].pay.per_paid_hour, 30.0));
//! // Half of the two weeks each.
//! assert!((pay.mean(0, scenario.horizon.length()) - f64::midpoint(pay.at(0), 30.0)).abs() < 1e-9);
//! # Ok::<(), String>(())
//! ```

use super::{Contract, Era, Heads, Pay, Scenario};
use crate::time::Tick;

/// Money per hour, or per unit that a vendor bills, from ticks on.
#[derive(Debug, Clone, PartialEq)]
pub struct Rate {
    /// From the start on.
    first: f64,
    /// From later ticks on, ascending.
    later: Vec<(Tick, f64)>,
}

impl Rate {
    /// The same all along.
    #[must_use]
    pub fn always(first: f64) -> Self {
        Self {
            first,
            later: Vec::new(),
        }
    }

    /// From the start on, and from ticks on, ascending; what is no change to the last bits of rounding is left out.
    fn over_time(first: f64, all: impl Iterator<Item = (Tick, f64)>) -> Self {
        let mut rate = Self::always(first);
        for (from, money) in all {
            let before = rate.at(Tick::MAX);
            if (money - before).abs() > 1e-12 * before.abs() {
                rate.later.push((from, money));
            }
        }
        rate
    }

    /// Whether it ever changes.
    #[must_use]
    pub fn changes(&self) -> bool {
        !self.later.is_empty()
    }

    /// At a tick.
    #[inline]
    #[must_use]
    pub fn at(&self, tick: Tick) -> f64 {
        let begun = self.later.iter().rev().find(|l| l.0 <= tick);
        begun.map_or(self.first, |l| l.1)
    }

    /// The mean over a span; exact where it does not change.
    #[must_use]
    pub fn mean(&self, from: Tick, to: Tick) -> f64 {
        if !self.changes() || to <= from {
            return self.at(from);
        }
        let inside = |(begins, ends, money): (Tick, Tick, f64)| {
            money * ends.min(to).saturating_sub(begins.max(from)) as f64
        };
        self.steps(to).map(inside).sum::<f64>() / (to - from) as f64
    }

    /// The spans `(from, to, money)` until an end.
    pub fn steps(&self, end: Tick) -> impl Iterator<Item = (Tick, Tick, f64)> {
        let begin = std::iter::once((0, self.first)).chain(self.later.iter().copied());
        let ends = self.later.iter().map(|l| l.0).chain([end]);
        let steps = begin.zip(ends);
        let steps = steps.map(move |((from, money), to)| (from, to.min(end), money));
        steps.filter(|(from, to, _)| from < to)
    }

    /// What is made of it at any time.
    #[must_use]
    pub fn map(mut self, of: impl Fn(f64) -> f64) -> Self {
        self.first = of(self.first);
        self.later.iter_mut().for_each(|l| l.1 = of(l.1));
        self
    }
}

impl Scenario {
    /// What an hour under a contract (an index) costs, on-cost included.
    #[must_use]
    pub fn pay(&self, contract: usize) -> Rate {
        let first = self.contracts[contract].pay.per_paid_hour;
        let later = self.eras.iter().filter_map(|era| {
            let pay = era.pay.get(contract)?;
            Some((era.from, pay.per_paid_hour))
        });
        Rate::over_time(first, later)
    }

    /// The same in the mean of the horizon.
    #[must_use]
    pub fn mean_pay(&self, contract: usize) -> f64 {
        self.pay(contract).mean(0, self.horizon.length())
    }

    /// What a vendor (an index) charges per unit, its bands apart.
    #[must_use]
    pub fn vendor_price(&self, vendor: usize) -> Rate {
        let later = self.eras.iter();
        let later = later.filter_map(|era| Some((era.from, *era.prices.get(vendor)?)));
        Rate::over_time(self.vendors[vendor].price, later)
    }

    /// The same in the mean of the horizon.
    #[must_use]
    pub fn mean_price(&self, vendor: usize) -> f64 {
        self.vendor_price(vendor).mean(0, self.horizon.length())
    }

    /// Mean pay per hour of a team's payroll, and per hour of anybody's overtime, weighted by the paid hours of its
    /// contracts and heads of the date. Who is paid by the duty is not part of the first.
    #[must_use]
    pub fn team_pay(&self, team: usize) -> (Rate, Rate) {
        let first = self.hourly_pay(team, None);
        let later: Vec<(Tick, (f64, f64))> = self
            .eras
            .iter()
            .map(|era| (era.from, self.hourly_pay(team, Some(era))))
            .collect();
        let rate = |first, of: fn((f64, f64)) -> f64| {
            Rate::over_time(first, later.iter().map(|&(from, pay)| (from, of(pay))))
        };
        (rate(first.0, |pay| pay.0), rate(first.1, |pay| pay.1))
    }

    fn hourly_pay(&self, team: usize, era: Option<&Era>) -> (f64, f64) {
        let later = era.and_then(|e| e.heads.get(team)?.as_deref());
        let heads: &[Heads] = later.unwrap_or(&self.teams[team].heads);
        let pay = |c: usize| -> Pay {
            let later = era.and_then(|e| e.pay.get(c));
            *later.unwrap_or(&self.contracts[c].pay)
        };
        let contracts = || {
            let all = heads.iter();
            all.filter_map(|h| {
                let c = h.contract?;
                Some((h.count, &self.contracts[c], pay(c)))
            })
        };
        // Nobody on the payroll, agents from a roster: paid like the contracts in equal parts.
        let any = contracts().any(|(n, c, _)| f64::from(n) * c.hours_per_week > 0.0);
        let mean = |which: fn(&Contract) -> bool, rate: fn(Pay) -> f64| {
            let (mut sum, mut weights) = (0.0, 0.0);
            for (n, c, pay) in contracts().filter(|(_, c, _)| which(c)) {
                let weight = if any {
                    f64::from(n) * c.hours_per_week
                } else {
                    1.0
                };
                weights += weight;
                sum += weight * rate(pay);
            }
            if weights == 0.0 { 0.0 } else { sum / weights }
        };
        (
            mean(|c| c.freelance.is_none(), |pay| pay.per_paid_hour),
            mean(|_| true, |pay| pay.per_paid_hour * pay.overtime_factor),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_what_holds_at_the_tick() {
        let rate = Rate::over_time(20.0, [(100, 20.0), (200, 30.0), (300, 10.0)].into_iter());
        assert_eq!(rate.later.len(), 2);
        let at = [0, 199, 200, 299, 300].map(|tick| rate.at(tick));
        assert_eq!(at, [20.0, 20.0, 30.0, 30.0, 10.0]);
        // 20 for 100, 30 for 100, 10 for 200 ticks.
        assert_eq!(
            rate.mean(100, 500),
            (20.0 * 100.0 + 30.0 * 100.0 + 10.0 * 200.0) / 400.0
        );
        assert_eq!(rate.mean(220, 280), 30.0);
        let steps: Vec<_> = rate.steps(250).collect();
        assert_eq!(steps, [(0, 200, 20.0), (200, 250, 30.0)]);
        assert_eq!(rate.map(|money| 2.0 * money).at(300), 20.0);
    }
}
