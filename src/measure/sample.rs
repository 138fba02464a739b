//! One replication seen through the scopes of a report.

use super::billing::{Bill, bill};
use super::cost::{CostLine, KINDS, cost};
use crate::roster::Roster;
use crate::scenario::model::{ChannelKind, Scenario};
use crate::sim::{ContactSums, Ledger, TeamSums};
use crate::stats::Histogram;

/// Sums over some streams.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Scope {
    /// Of all of them.
    pub sums: ContactSums,
    /// Of those whose customers wait on the line (live and concurrent); of all, where none does.
    pub line: ContactSums,
}

/// Distributions over some streams, in ticks.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Spreads {
    /// Waits of the streams in [`Scope::line`], abandoners up to leaving.
    pub waits: Histogram,
    /// Times to first reply of all.
    pub replies: Histogram,
}

/// One replication.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// All streams.
    pub overall: (Scope, Spreads),
    /// Per channel.
    pub channels: Vec<(Scope, Spreads)>,
    /// Per stream.
    pub streams: Vec<(Scope, Spreads)>,
    /// Per team.
    pub teams: Vec<TeamSums>,
    /// Per team as the scenario names them, skill groups together: waits in ticks of the contacts it was the first to work
    /// on.
    pub team_waits: Vec<Histogram>,
    /// Per promise and judging period: contacts that kept it, contacts that count.
    pub promises: Vec<Vec<(u64, u64)>>,
    /// Per bound of `[decide] keep` on occupancy and period: ticks with a contact in hand, ticks on queue.
    pub occupied: Vec<Vec<(u64, u64)>>,
    /// Per vendor: what it billed; `None` where it is not used.
    pub bills: Vec<Option<Bill>>,
    /// What it cost, in the order of kinds.
    pub cost: Vec<CostLine>,
    /// The same per day of the reporting zone; empty where nobody asked for it.
    pub day_cost: Vec<[f64; KINDS.len()]>,
}

impl Sample {
    /// Reads a ledger of a scenario played with a roster.
    #[must_use]
    pub fn new(scenario: &Scenario, roster: &Roster, ledger: &Ledger) -> Self {
        let all: Vec<usize> = (0..scenario.streams.len()).collect();
        let of_channel = |c: usize| {
            all.iter()
                .copied()
                .filter(|&s| scenario.streams[s].channel == c)
                .collect::<Vec<_>>()
        };
        let vendors = 0..scenario.vendors.len();
        let bills: Vec<Option<Bill>> = vendors.map(|v| bill(scenario, roster, ledger, v)).collect();
        Self {
            overall: scope(scenario, ledger, &all),
            channels: (0..scenario.channels.len())
                .map(|c| scope(scenario, ledger, &of_channel(c)))
                .collect(),
            streams: all.iter().map(|&s| scope(scenario, ledger, &[s])).collect(),
            teams: ledger.teams.clone(),
            team_waits: super::unit::waits_by_unit(scenario, &ledger.team_waits),
            promises: super::promise::periods(scenario, ledger),
            occupied: super::occupancy::occupied(scenario, ledger),
            cost: cost(scenario, roster, ledger, &bills),
            day_cost: Vec::new(),
            bills,
        }
    }

    /// Cost in all.
    #[must_use]
    pub fn total_cost(&self) -> f64 {
        self.cost.iter().map(|line| line.amount).sum()
    }
}

fn scope(scenario: &Scenario, ledger: &Ledger, streams: &[usize]) -> (Scope, Spreads) {
    let waits_on_line =
        |s: usize| scenario.channels[scenario.streams[s].channel].kind != ChannelKind::Deferred;
    let any = streams.iter().any(|&s| waits_on_line(s));
    let mut scope = Scope::default();
    let mut spreads = Spreads::default();
    let mut oldest = 0;
    for &s in streams {
        scope.sums += &ledger.streams[s];
        oldest = oldest.max(ledger.streams[s].backlog_oldest);
        spreads.replies.merge(&ledger.replies[s]);
        if !any || waits_on_line(s) {
            scope.line += &ledger.streams[s];
            spreads.waits.merge(&ledger.waits[s]);
        }
    }
    scope.sums.backlog_oldest = oldest;
    (scope, spreads)
}
