//! What an hour of a team's people costs.

use super::{Contract, Scenario};

impl Scenario {
    /// Mean pay per paid hour of a team's own people and per hour of overtime, weighted by the paid hours of its
    /// contracts; zero for a vendor's people.
    #[must_use]
    pub fn hourly_pay(&self, team: usize) -> (f64, f64) {
        let contracts = || {
            self.teams[team]
                .heads
                .iter()
                .filter_map(|h| Some((h.count, &self.contracts[h.contract?])))
        };
        let weigh = |c: &Contract, weight: f64| {
            (
                weight,
                weight * c.pay.per_paid_hour,
                weight * c.pay.per_paid_hour * c.pay.overtime_factor,
            )
        };
        let sum = |rows: Vec<(f64, f64, f64)>| {
            rows.iter()
                .fold((0.0, 0.0, 0.0), |a, b| (a.0 + b.0, a.1 + b.1, a.2 + b.2))
        };
        let mut total = sum(contracts()
            .map(|(n, c)| weigh(c, f64::from(n) * c.hours_per_week))
            .collect());
        if total.0 == 0.0 {
            // Nobody on the payroll, agents from a roster: paid like the contracts in equal parts.
            total = sum(contracts().map(|(_, c)| weigh(c, 1.0)).collect());
        }
        if total.0 == 0.0 {
            (0.0, 0.0)
        } else {
            (total.1 / total.0, total.2 / total.0)
        }
    }
}
