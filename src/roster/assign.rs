//! Who works which shift: hour accounts, rest, days in a row.

use super::types::Position;
use crate::scenario::model::{Scenario, Team};
use crate::time::{self, HOUR, Tick};
use jiff::civil::{Date, Weekday};

/// A team's people and their accounts.
pub struct Staff {
    /// One per head.
    pub positions: Vec<Position>,
    accounts: Vec<Account>,
}

/// What one head may still work.
#[derive(Clone, Copy, Default)]
struct Account {
    /// Paid hours it is entitled to and has not worked.
    hours: f64,
    /// Shifts this week.
    shifts: u32,
    /// Days worked in a row up to the last duty.
    in_a_row: u32,
    /// Start of the last duty, ticks, and its time of day.
    last: Option<Tick>,
}

impl Staff {
    /// Everybody with an empty account; a vendor's people have no contract and work full-time weeks.
    pub fn new(scenario: &Scenario, team: &Team) -> Self {
        let mut positions = Vec::new();
        let mut accounts = Vec::new();
        for heads in &team.heads {
            for number in 0..heads.count {
                positions.push(Position {
                    contract: heads.contract,
                    duties: Vec::new(),
                });
                // Spread over the heads so that leave does not fall into the same week for all.
                let phase = f64::from(number) / f64::from(heads.count.max(1));
                let leave_h = weekly_hours(scenario, heads.contract) * team.shrinkage.leave;
                accounts.push(Account {
                    hours: phase * leave_h,
                    ..Account::default()
                });
            }
        }
        Self {
            positions,
            accounts,
        }
    }

    /// The contracts in use.
    pub fn contracts(&self) -> Vec<Option<usize>> {
        let mut contracts: Vec<Option<usize>> = self.positions.iter().map(|p| p.contract).collect();
        contracts.sort_unstable();
        contracts.dedup();
        contracts
    }

    /// People of a contract.
    pub fn count(&self, contract: Option<usize>) -> u32 {
        self.positions
            .iter()
            .filter(|p| p.contract == contract)
            .count() as u32
    }

    /// Hours that people of a contract may work this week.
    pub fn hours(&self, contract: Option<usize>) -> f64 {
        self.of(contract)
            .map(|i| self.accounts[i].hours.max(0.0))
            .sum()
    }

    fn of(&self, contract: Option<usize>) -> impl Iterator<Item = usize> {
        (0..self.positions.len()).filter(move |&i| self.positions[i].contract == contract)
    }

    /// A new week: everybody is entitled to the contract's hours, less leave and the site's holidays.
    pub fn entitle(&mut self, scenario: &Scenario, team: &Team, dates: &[Date]) {
        let site = &scenario.sites[team.site];
        let weekend = |d: &Date| matches!(d.weekday(), Weekday::Saturday | Weekday::Sunday);
        let lost = dates
            .iter()
            .filter(|d| !weekend(d) && site.holidays.on(**d).is_some())
            .count();
        let part = dates.len() as f64 / 7.0 - lost as f64 / 5.0;
        for (position, account) in self.positions.iter().zip(&mut self.accounts) {
            account.hours += weekly_hours(scenario, position.contract)
                * part.max(0.0)
                * (1.0 - team.shrinkage.leave);
            account.shifts = 0;
        }
    }

    /// Gives a shift to the person of the contract with most hours left who may work it, those whose last shift began
    /// at a similar time of day first; `None` when nobody may.
    pub fn assign(
        &mut self,
        scenario: &Scenario,
        contract: Option<usize>,
        start: Tick,
        paid_h: f64,
    ) -> Option<&mut Position> {
        let rules = contract.map(|c| &scenario.contracts[c].rules);
        let rest = rules.map_or(0, |r| time::ticks(r.rest_s));
        let (per_week, in_a_row) = rules.map_or((5, 6), |r| (r.days_per_week, r.days_in_a_row));
        let may = |i: &usize| {
            let (account, position) = (&self.accounts[*i], &self.positions[*i]);
            let rested = position.duties.last().is_none_or(|d| d.end + rest <= start);
            let run = if consecutive(account.last, start) {
                account.in_a_row
            } else {
                0
            };
            account.shifts < per_week
                && run < in_a_row
                && rested
                && account.hours + 0.5 * paid_h >= paid_h
        };
        let shift_of_clock = |i: usize| {
            let away = self.accounts[i]
                .last
                .map_or(0, |last| (start % (24 * HOUR)).abs_diff(last % (24 * HOUR)));
            away.min(24 * HOUR - away) / (2 * HOUR)
        };
        let key = |i: &usize| {
            (
                shift_of_clock(*i),
                -(self.accounts[*i].hours * 4.0).round() as i64,
                *i,
            )
        };
        let chosen = self.of(contract).filter(may).min_by_key(key)?;
        let account = &mut self.accounts[chosen];
        account.in_a_row = if consecutive(account.last, start) {
            account.in_a_row + 1
        } else {
            1
        };
        account.hours -= paid_h;
        account.shifts += 1;
        account.last = Some(start);
        Some(&mut self.positions[chosen])
    }
}

/// Whether a duty that starts at `start` is on the day after the last one.
fn consecutive(last: Option<Tick>, start: Tick) -> bool {
    last.is_some_and(|last| start - last < 36 * HOUR)
}

/// Paid hours of a week; a vendor's people work full time.
fn weekly_hours(scenario: &Scenario, contract: Option<usize>) -> f64 {
    contract.map_or(super::FTE_HOURS, |c| scenario.contracts[c].hours_per_week)
}
