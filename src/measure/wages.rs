//! What our own people are paid: wages, premiums, overtime, calls, retraining and severance.

use super::cost::{CostKind, Counted, hours};
use super::when::When;
use crate::roster::{self, Joining, Roster, TeamRoster, paid_in};
use crate::scenario::model::{Rate, Scenario};
use crate::sim::TeamSums;
use crate::time::Tick;

/// Pay of a team that is no vendor's.
pub(super) fn people(
    scenario: &Scenario,
    roster: &Roster,
    t: usize,
    sums: &TeamSums,
    counted: &Counted,
    add: &mut impl FnMut(CostKind, f64, When<'_>),
) {
    let moves = roster.teams[t].moves();
    let by = |sums: fn(&TeamSums) -> u64| When::Team(t, sums);
    let rate = scenario.team_pay(t);
    let (wages, when) = if moves {
        (sums.wages as f64 / 1e6, by(|s| s.wages))
    } else {
        let paid = hours(sums.paid - sums.by_the_duty - sums.called);
        if rate.0.changes() {
            let (in_all, money) = paid_in(scenario, t, &roster.teams[t], counted.from, counted.to);
            (money / in_all.max(f64::MIN_POSITIVE) * paid, When::Wages(t))
        } else {
            (rate.0.at(0) * paid, When::Heads(t))
        }
    };
    // Retraining is paid like work.
    let retraining = if rate.0.changes() {
        let joining = roster.teams[t].joining.iter();
        joining.map(|j| retraining(j, &rate.0, counted)).sum()
    } else {
        rate.0.at(0) * hours(sums.retraining)
    };
    let by_the_duty = sums.duty_pay as f64 / 1e6;
    add(
        CostKind::Wages,
        wages - retraining + by_the_duty,
        When::Parts(&[
            (wages, when),
            (-retraining, When::Retraining(t)),
            (by_the_duty, by(|s| s.duty_pay)),
        ]),
    );
    add(CostKind::Training, retraining, When::Retraining(t));
    add(
        CostKind::Severance,
        sums.severance as f64 / 1e6,
        When::Severance(t),
    );
    let premiums = roster::premiums(scenario, t, &roster.teams[t]) * counted.part;
    // Premiums of duties that nobody was there for are not paid.
    let manned = if moves {
        sums.scheduled as f64 / planned(&roster.teams[t], counted).max(1) as f64
    } else {
        1.0
    };
    add(CostKind::Premiums, premiums * manned, When::Premiums(t));
    let (overtime, when) = if rate.1.changes() {
        (sums.overtime_pay as f64 / 1e6, by(|s| s.overtime_pay))
    } else {
        (rate.1.at(0) * hours(sums.overtime), by(|s| s.overtime))
    };
    add(CostKind::Overtime, overtime, when);
    add(
        CostKind::Premiums,
        sums.call_premium as f64 / 1e6,
        by(|s| s.call_premium),
    );
    add(
        CostKind::CallOuts,
        sums.call_pay as f64 / 1e6,
        by(|s| s.call_pay),
    );
}

/// Money for the retraining of a head, where pay changes over time.
fn retraining(joining: &Joining, rate: &Rate, counted: &Counted) -> f64 {
    let (from, to) = (
        joining.from.max(counted.from),
        joining.works.min(counted.to),
    );
    joining.paid * hours(to.saturating_sub(from)) * rate.mean(from, to)
}

/// Ticks of all duties in the counted part of the horizon.
fn planned(team: &TeamRoster, counted: &Counted) -> Tick {
    let duties = team.positions.iter().flat_map(|p| &p.duties);
    duties
        .map(|d| d.end.saturating_sub(d.start.max(counted.from)))
        .sum()
}
