//! What the replications of one question have shown: only the sums that it is judged by, so that asking is quick.

use crate::experiment::Collected;
use crate::measure::{self, Bill};
use crate::roster::Roster;
use crate::scenario::model::Scenario;
use crate::sim::{Ledger, TeamSums};

/// Sums over the replications of a question, in their order.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// `[replication][promise][period]`: contacts that kept it, contacts that count.
    pub promises: Vec<Vec<Vec<(u64, u64)>>>,
    /// Cost of each replication.
    pub cost: Vec<f64>,
    /// Contacts offered.
    pub offered: u64,
    /// Contacts waiting at the end of each planning interval, all channels together.
    pub waiting: Vec<u64>,
    /// As [`Ledger::flow`].
    pub flow: Vec<u64>,
    /// Per team.
    pub teams: Vec<TeamSums>,
}

impl Seen {
    /// What of played replications tells whether work is kept up with; promises and cost apart.
    pub fn of_work(collected: &Collected, intervals: usize) -> Self {
        let mut seen = Self {
            offered: collected.overall.sums.iter().map(|s| s.sums.offered).sum(),
            waiting: vec![0; intervals],
            ..Self::default()
        };
        for channel in collected.waiting.chunks(intervals.max(1)) {
            seen.waiting
                .iter_mut()
                .zip(channel)
                .for_each(|(a, b)| *a += b);
        }
        for flow in &collected.flow {
            seen.flow.resize(flow.len(), 0);
            seen.flow.iter_mut().zip(flow).for_each(|(a, b)| *a += b);
        }
        for teams in &collected.teams {
            seen.teams.resize(teams.len(), TeamSums::default());
            seen.teams.iter_mut().zip(teams).for_each(|(a, b)| *a += b);
        }
        seen
    }

    /// Takes one more replication.
    pub fn push(&mut self, scenario: &Scenario, roster: &Roster, ledger: &Ledger) {
        let bill = |v| measure::bill(scenario, roster, ledger, v);
        let bills: Vec<Option<Bill>> = (0..scenario.vendors.len()).map(bill).collect();
        let cost = measure::cost(scenario, roster, ledger, &bills);
        self.cost.push(cost.iter().map(|line| line.amount).sum());
        self.promises.push(measure::periods(scenario, ledger));
        self.offered += ledger.streams.iter().map(|s| s.offered).sum::<u64>();
        self.waiting.resize(ledger.interval_count, 0);
        for channel in ledger.waiting.chunks(ledger.interval_count) {
            let all = self.waiting.iter_mut().zip(channel);
            all.for_each(|(sum, &n)| *sum += u64::from(n));
        }
        self.flow.resize(ledger.flow.len(), 0);
        let flow = self.flow.iter_mut().zip(&ledger.flow);
        flow.for_each(|(sum, n)| *sum += n);
        self.teams.resize(ledger.teams.len(), TeamSums::default());
        let teams = self.teams.iter_mut().zip(&ledger.teams);
        teams.for_each(|(sum, one)| *sum += one);
    }
}
