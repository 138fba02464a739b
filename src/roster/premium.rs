//! Premium pay: nights, weekends, holidays.

use super::calendar::dates;
use super::types::{Duty, OffKind, TeamRoster};
use crate::scenario::model::{Premium, Rate, Scenario, Team};
use crate::time::{self, Holidays, OpenHours, Tick};

/// When a contract pays extra, on the horizon.
#[derive(Debug, Clone)]
pub struct PremiumHours {
    /// Contract (index).
    pub contract: usize,
    /// Money per hour on top of the wage.
    pub per_hour: Rate,
    /// Extra share of the wage.
    pub share: f64,
    hours: OpenHours,
}

impl PremiumHours {
    /// Money that a duty earns by this premium: its paid time inside the hours.
    #[must_use]
    pub fn pay(&self, duty: &Duty) -> f64 {
        let part = |(from, to, per_hour): (Tick, Tick, f64)| {
            time::seconds(paid_inside(duty, &self.hours, from, to)) / 3600.0 * per_hour
        };
        self.per_hour.steps(Tick::MAX).map(part).sum()
    }
}

/// Every premium of every contract, laid out for a team's site. Premiums that overlap add up.
#[must_use]
pub fn premium_hours(scenario: &Scenario, team: &Team) -> Vec<PremiumHours> {
    let mut out = Vec::new();
    for (c, contract) in scenario.contracts.iter().enumerate() {
        // Freelancers are paid for the duties they turn up for.
        let shows_up = contract.freelance.map_or(1.0, |f| f.shows_up);
        out.extend(contract.premiums.iter().map(|premium| PremiumHours {
            contract: c,
            per_hour: scenario.pay(c).map(|pay| pay * premium.share * shows_up),
            share: premium.share,
            hours: lay(scenario, team, premium),
        }));
    }
    out
}

/// Premium pay of a team over the horizon: paid time inside each premium's hours times its share of the wage.
#[must_use]
pub fn premiums(scenario: &Scenario, team: usize, roster: &TeamRoster) -> f64 {
    sum(scenario, team, roster, PremiumHours::pay)
}

/// Seconds that premiums add to the paid time of a team over the horizon: paid time inside each premium's hours times
/// its share.
#[must_use]
pub fn premium_s(scenario: &Scenario, team: usize, roster: &TeamRoster) -> f64 {
    sum(scenario, team, roster, |premium, duty| {
        time::seconds(paid_inside(duty, &premium.hours, 0, Tick::MAX)) * premium.share
    })
}

fn sum(
    scenario: &Scenario,
    team: usize,
    roster: &TeamRoster,
    of: impl Fn(&PremiumHours, &Duty) -> f64,
) -> f64 {
    let mut sum = 0.0;
    for premium in premium_hours(scenario, &scenario.teams[team]) {
        let people = roster.positions.iter();
        let mine = people.filter(|p| p.contract == Some(premium.contract));
        for duty in mine.flat_map(|p| &p.duties) {
            sum += of(&premium, duty);
        }
    }
    sum
}

/// When a premium is paid, on the horizon.
pub fn lay(scenario: &Scenario, team: &Team, premium: &Premium) -> OpenHours {
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
    let mut spans = Vec::new();
    for (date, _) in dates(scenario, &site.zone).filter(|(d, _)| site.holidays.on(*d).is_some()) {
        let at = |minute: u16| time::instant(date, u32::from(minute), &site.zone);
        for hours in premium.hours.of(date.weekday()) {
            if let (Some(from), Some(to)) = (at(hours.from), at(hours.to)) {
                spans.push((horizon.tick_of_clamped(from), horizon.tick_of_clamped(to)));
            }
        }
    }
    OpenHours::from_spans(spans)
}

/// Paid time of a duty inside some hours and a span.
fn paid_inside(duty: &Duty, hours: &OpenHours, from: Tick, to: Tick) -> Tick {
    let inside = |a: Tick, b: Tick| hours.open_between(a.max(from), b.min(to));
    let unpaid = duty.offs.iter().filter(|o| o.kind == OffKind::UnpaidBreak);
    inside(duty.start, duty.end) - unpaid.map(|o| inside(o.start, o.end)).sum::<Tick>()
}
