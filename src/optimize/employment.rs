//! What a contract gives a plan: hours a week, who is there, and whether people are paid by the head or by the duty.
//!
//! | | employed | freelance |
//! |---|---|---|
//! | hours a head may work | the contract's, in the mean of the horizon where they differ by dates (`hours_in`) | the same |
//! | leave | the team's share of paid hours | none: nobody pays for it |
//! | pay | every hour of the contract | duties they turn up for, each at least the call-out |
//! | an hour on a shift covers | an hour | `shows_up` of an hour |
//!
//! Where a contract's hours differ by dates, they also bound every week on its own: a working student's term is not made
//! up for by the holidays.

use crate::roster::{FTE_HOURS, mean_hours};
use crate::scenario::model::{Contract, Scenario, Team};

/// Hours a week of a head, in the mean of the horizon; a vendor's people work full time.
#[must_use]
pub fn weekly_hours(scenario: &Scenario, contract: Option<usize>) -> f64 {
    contract.map_or(FTE_HOURS, |c| mean_hours(scenario, &scenario.contracts[c]))
}

/// Share of its hours for which a head of a contract is there: all but its leave.
#[must_use]
pub fn there(scenario: &Scenario, team: &Team, contract: Option<usize>) -> f64 {
    let by_the_duty = contract.is_some_and(|c| scenario.contracts[c].freelance.is_some());
    let leave = if by_the_duty {
        0.0
    } else {
        team.shrinkage.leave
    };
    (1.0 - leave).max(1e-9)
}

/// Money an hour that a head of a contract is paid whether it works or not, in the mean of the horizon.
#[must_use]
pub fn pay_per_hour(scenario: &Scenario, contract: usize) -> f64 {
    if scenario.contracts[contract].freelance.is_some() {
        0.0
    } else {
        scenario.mean_pay(contract)
    }
}

/// Money that a duty of so many paid hours costs beside the pay of heads and premiums: freelancers who turn up.
#[must_use]
pub fn pay_per_duty(scenario: &Scenario, contract: usize, paid_h: f64) -> f64 {
    scenario.contracts[contract].freelance.map_or(0.0, |f| {
        f.shows_up * scenario.mean_pay(contract) * paid_h.max(f.call_out_s / 3600.0)
    })
}

/// Share of the duties of a contract that somebody turns up for.
#[must_use]
pub fn shows_up(contract: Option<&Contract>) -> f64 {
    let freelance = contract.and_then(|c| c.freelance);
    freelance.map_or(1.0, |f| f.shows_up)
}
