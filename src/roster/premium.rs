//! Premium pay: nights, weekends, holidays.

use super::duties::dates;
use super::types::{Duty, OffKind, TeamRoster};
use crate::scenario::model::{Premium, Scenario, Team};
use crate::time::{self, Holidays, OpenHours, Tick};

/// Premium pay of a team over the horizon: paid time inside each premium's hours times its share of the wage.
#[must_use]
pub fn premiums(scenario: &Scenario, team: usize, roster: &TeamRoster) -> f64 {
    let team = &scenario.teams[team];
    let mut money = 0.0;
    for (c, contract) in scenario.contracts.iter().enumerate() {
        let duties = || {
            roster
                .positions
                .iter()
                .filter(|p| p.contract == Some(c))
                .flat_map(|p| &p.duties)
        };
        for premium in &contract.premiums {
            let hours = premium_hours(scenario, team, premium);
            let inside: Tick = duties().map(|d| paid_inside(d, &hours)).sum();
            money += time::seconds(inside) / 3600.0 * premium.share * contract.pay.per_paid_hour;
        }
    }
    money
}

/// When a premium is paid, on the horizon.
fn premium_hours(scenario: &Scenario, team: &Team, premium: &Premium) -> OpenHours {
    let horizon = &scenario.horizon;
    let site = &scenario.sites[team.site];
    if !premium.holidays_only {
        return OpenHours::lay(
            &premium.hours,
            &site.zone,
            &Holidays::none(),
            horizon,
            horizon.length(),
        );
    }
    let holidays =
        dates(scenario, &site.zone).filter(|(date, _)| site.holidays.on(*date).is_some());
    let span = |date| {
        let at =
            |minute| time::instant(date, minute, &site.zone).map(|t| horizon.tick_of_clamped(t));
        Some((at(0)?, at(1440)?))
    };
    OpenHours::from_spans(holidays.filter_map(|(date, _)| span(date)).collect())
}

fn paid_inside(duty: &Duty, hours: &OpenHours) -> Tick {
    let unpaid = duty.offs.iter().filter(|o| o.kind == OffKind::UnpaidBreak);
    hours.open_between(duty.start, duty.end)
        - unpaid
            .map(|o| hours.open_between(o.start, o.end))
            .sum::<Tick>()
}
