//! What a replication cost, by kind.

use crate::roster::Roster;
use crate::scenario::model::{Contract, PriceUnit, Scenario, Team, Vendor};
use crate::sim::{Ledger, TeamSums};
use crate::time::{HOUR, Tick};
use serde::Serialize;

/// Seconds of an average month.
const MONTH_S: f64 = 365.25 * 86_400.0 / 12.0;
/// Seconds of a week.
const WEEK_S: f64 = 7.0 * 86_400.0;

/// What money is spent on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CostKind {
    /// Pay of own staff, on-cost included.
    Wages,
    /// Night, weekend and holiday premiums.
    Premiums,
    /// Work beyond the end of duties.
    Overtime,
    /// Leads, tools and other costs per head.
    PerHead,
    /// Rent of seats.
    Rent,
    /// Fees per contact.
    Fees,
    /// What vendors bill, minimum included.
    Vendor,
    /// The client's own cost of managing vendors.
    VendorManagement,
    /// Overheads that do not depend on who is on duty.
    Overhead,
}

/// Every kind, in the order of reports.
pub const KINDS: [CostKind; 9] = [
    CostKind::Wages,
    CostKind::Premiums,
    CostKind::Overtime,
    CostKind::PerHead,
    CostKind::Rent,
    CostKind::Fees,
    CostKind::Vendor,
    CostKind::VendorManagement,
    CostKind::Overhead,
];

/// An amount of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CostLine {
    /// What for.
    pub kind: CostKind,
    /// Money over the horizon (the warm-up left out).
    pub amount: f64,
}

/// What a replication cost over the horizon, one line per kind in the order of [`KINDS`].
///
/// One-off costs (a vendor's set-up and training) are not part of it: they belong to a change, not to a running
/// organisation.
#[must_use]
pub fn cost(scenario: &Scenario, roster: &Roster, ledger: &Ledger) -> Vec<CostLine> {
    let counted = crate::time::seconds(scenario.horizon.length()) - scenario.warm_up_s;
    let part = counted / crate::time::seconds(scenario.horizon.length());
    let months = counted / MONTH_S;
    let mut amounts = [0.0; KINDS.len()];
    let mut add = |kind: CostKind, amount: f64| amounts[kind as usize] += amount;
    for (t, team) in scenario.teams.iter().enumerate() {
        let sums = &ledger.teams[t];
        add(CostKind::Fees, sums.fees as f64 / 1e6);
        add(
            CostKind::PerHead,
            team.cost_per_head_month * roster.teams[t].heads * months,
        );
        if team.vendor.is_none() {
            let rate = hourly_rate(scenario, team);
            add(CostKind::Wages, rate.0 * hours(sums.paid));
            add(
                CostKind::Premiums,
                crate::roster::premiums(scenario, t, &roster.teams[t]) * part,
            );
            add(CostKind::Overtime, rate.1 * hours(sums.overtime));
        }
    }
    for site in &scenario.sites {
        add(
            CostKind::Rent,
            f64::from(site.seats.unwrap_or(0)) * site.rent_per_seat_month * months,
        );
    }
    for (v, vendor) in scenario.vendors.iter().enumerate() {
        if let Some(billed) = billed(scenario, roster, ledger, v, vendor, counted) {
            add(CostKind::Vendor, billed);
            add(CostKind::VendorManagement, vendor.manage_per_month * months);
        }
    }
    for overhead in &scenario.overheads {
        add(CostKind::Overhead, overhead.per_month * months);
    }
    KINDS
        .iter()
        .map(|&kind| CostLine {
            kind,
            amount: amounts[kind as usize],
        })
        .collect()
}

fn hours(ticks: Tick) -> f64 {
    ticks as f64 / HOUR as f64
}

/// Mean pay per hour of a team and per hour of overtime, weighted by the paid hours of its contracts.
fn hourly_rate(scenario: &Scenario, team: &Team) -> (f64, f64) {
    let contracts = || {
        team.heads
            .iter()
            .filter_map(|h| Some((h.count, &scenario.contracts[h.contract?])))
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

/// What a vendor bills over the counted seconds; `None` where it is not used at all.
fn billed(
    scenario: &Scenario,
    roster: &Roster,
    ledger: &Ledger,
    index: usize,
    vendor: &Vendor,
    counted: f64,
) -> Option<f64> {
    let mut used = false;
    let mut units = 0.0;
    let mut sums = TeamSums::default();
    for (t, _) in scenario
        .teams
        .iter()
        .enumerate()
        .filter(|(_, team)| team.vendor == Some(index))
    {
        used |= !roster.teams[t].positions.is_empty() || roster.teams[t].heads > 0.0;
        sums += &ledger.teams[t];
        units += roster.teams[t].fte * counted / MONTH_S;
    }
    if !used {
        return None;
    }
    let units = match vendor.per {
        PriceUnit::LoggedInHour => hours(sums.on_queue + sums.paid_break),
        PriceUnit::ScheduledHour => hours(sums.scheduled),
        PriceUnit::HandledMinute => hours(sums.session) * 60.0,
        PriceUnit::Contact => sums.items as f64,
        PriceUnit::ResolvedContact => sums.resolved as f64,
        PriceUnit::FteMonth => units,
    };
    let minimum = vendor
        .minimum
        .map_or(0.0, |(seats, per_week)| seats * per_week * counted / WEEK_S);
    let hourly = matches!(
        vendor.per,
        PriceUnit::LoggedInHour | PriceUnit::ScheduledHour
    );
    Some(vendor.price * if hourly { units.max(minimum) } else { units })
}
