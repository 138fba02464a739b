//! What a team's heads are paid over spans of time, where their pay or their contracts change on dates.

use super::types::TeamRoster;
use super::{WEEK_S, mean_hours, window};
use crate::scenario::model::{Era, Heads, Scenario, Team, spans};
use crate::time::{Tick, seconds};

/// Hours that a team's heads are paid for inside a span, leave and sickness included, and money for them; who is paid by
/// the duty apart.
///
/// Each date's heads are paid by the pay of the date. A roster of bare agents is paid for its duties, like the team's
/// contracts in equal parts.
#[must_use]
pub fn paid_in(
    scenario: &Scenario,
    t: usize,
    roster: &TeamRoster,
    from: Tick,
    to: Tick,
) -> (f64, f64) {
    let mut sum = (0.0, 0.0);
    let mut add = |hours: f64, per_hour: f64| sum = (sum.0 + hours, sum.1 + hours * per_hour);
    if roster.heads <= 0.0 {
        let rate = scenario.team_pay(t).0;
        for duty in roster.positions.iter().flat_map(|p| &p.duties) {
            let (from, to) = (duty.start.max(from), duty.end.min(to));
            add(
                seconds(to.saturating_sub(from)) / 3600.0,
                rate.mean(from, to),
            );
        }
        return sum;
    }
    let mut team = scenario.teams[t].clone();
    let eras = scenario.eras.iter().map(|era| (era.from, Some(era)));
    let versions: Vec<(Tick, Option<&Era>)> = std::iter::once((0, None)).chain(eras).collect();
    for (begins, ends, era) in spans(&versions, scenario.horizon.length()) {
        let (from, to) = (from.max(begins), to.min(ends));
        if from >= to {
            continue;
        }
        let heads = era.and_then(|e| e.heads.get(t)?.as_ref());
        team.heads
            .clone_from(heads.unwrap_or(&scenario.teams[t].heads));
        let windows = window::windows(scenario, &team);
        for (place, contract) in contracts(&team).enumerate() {
            let Some(c) = contract.filter(|&c| scenario.contracts[c].freelance.is_none()) else {
                continue;
            };
            let there = windows
                .as_ref()
                .map_or(to - from, |w| w[place].inside(from, to));
            let later = era.and_then(|e| e.pay.get(c));
            let pay = later.unwrap_or(&scenario.contracts[c].pay);
            let hours = mean_hours(scenario, &scenario.contracts[c]) * seconds(there) / WEEK_S;
            add(hours, pay.per_paid_hour);
        }
    }
    for leaving in &roster.leaving {
        let (from, to) = (leaving.from.max(from), leaving.until.min(to));
        if from < to && scenario.contracts[leaving.contract].freelance.is_none() {
            let hours = leaving.paid * seconds(to - from) / 3600.0;
            add(hours, scenario.pay(leaving.contract).mean(from, to));
        }
    }
    sum
}

/// The contract of each of a team's places; heads that are still to go work under the last.
fn contracts(team: &Team) -> impl Iterator<Item = Option<usize>> + '_ {
    let each = |h: &Heads| std::iter::repeat_n(h.contract, h.count as usize);
    let last = team.heads.last().and_then(|h| h.contract);
    let all = team.heads.iter().flat_map(each);
    all.chain(std::iter::repeat(last))
        .take(window::places(team) as usize)
}
