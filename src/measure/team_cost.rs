//! What each team costs, for the boxes of an organisation.

use super::billing::Bill;
use super::cost::{Counted, people};
use crate::roster::Roster;
use crate::scenario::model::Scenario;
use crate::sim::TeamSums;

/// What each team cost over the horizon in one replication: pay, premiums, overtime, leads, tools and fees; of what a
/// vendor bills, less what it pays back, the part of the hours that the team was on queue.
///
/// Sites, the client's cost of managing vendors, penalties, overheads and lost value belong to no team.
#[must_use]
pub fn team_costs(
    scenario: &Scenario,
    roster: &Roster,
    teams: &[TeamSums],
    bills: &[Option<Bill>],
) -> Vec<f64> {
    let counted = Counted::of(scenario);
    let own = |(t, sums): (usize, &TeamSums)| {
        let mut sum = 0.0;
        people(scenario, roster, t, sums, &counted, &mut |_, amount, _| {
            sum += amount;
        });
        sum
    };
    let mut out: Vec<f64> = teams.iter().enumerate().map(own).collect();
    for (v, bill) in bills.iter().enumerate() {
        let Some(bill) = bill else { continue };
        let of_vendor = |t: &usize| scenario.teams[*t].vendor == Some(v);
        let members: Vec<usize> = (0..teams.len()).filter(of_vendor).collect();
        let on_queue: u64 = members.iter().map(|&t| teams[t].on_queue).sum();
        for &t in &members {
            let part = teams[t].on_queue as f64 / on_queue.max(1) as f64;
            out[t] += (bill.amount - bill.paid_back) * part;
        }
    }
    out
}
