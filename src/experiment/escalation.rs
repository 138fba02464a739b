//! The escalation matrix of a run, and the shares of contacts by tier, vendor and language.

use super::case::Case;
use super::collected::Collected;
use crate::measure::{self, Ratio};
use crate::stats::{Estimate, ratio_estimate};
use serde::Serialize;

/// Where work goes when it ends; what never happened is left out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EscalationMatrix {
    /// Tier to tier, or to what came of it.
    pub tiers: Vec<Escalations>,
    /// Team to team.
    pub teams: Vec<Escalations>,
}

/// A row of the matrix.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Escalations {
    /// The tier or team it comes from.
    pub from: String,
    /// Where it goes.
    pub to: Vec<ShareOf>,
}

/// A named share.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ShareOf {
    /// Of what.
    pub name: String,
    /// Share.
    pub share: Option<Estimate>,
}

/// Shares of contacts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shares {
    /// Of the resolved, by the tier that resolved them.
    pub tiers: Vec<ShareOf>,
    /// Of the answered, by whose people began to work on them: `own` and the vendors.
    pub vendors: Vec<ShareOf>,
    /// Of the offered, by language.
    pub languages: Vec<ShareOf>,
}

/// Where work goes, from the collected replications of a case.
pub fn matrix(case: &Case, collected: &Collected, confidence: f64) -> EscalationMatrix {
    let scenario = &case.scenario;
    let tiers = scenario.tiers.len();
    let tier = |t: usize| format!("tier {}", scenario.tiers[t].number);
    let ended = |from: usize| Escalations {
        from: tier(from),
        to: (0..tiers + measure::ENDS.len())
            .filter(|&to| collected.moved(tiers, from, to) > 0)
            .map(|to| {
                let name = if to < tiers {
                    tier(to)
                } else {
                    measure::ENDS[to - tiers].to_string()
                };
                let flow = collected.flow.iter();
                let pairs = flow.map(|f| measure::tier_share(f, tiers, from, to));
                share(name, pairs, confidence)
            })
            .collect(),
    };
    let passed = |from: usize| Escalations {
        from: scenario.unit_name(from).to_string(),
        to: scenario
            .units()
            .filter(|&to| to != from)
            .filter_map(|to| {
                let rows = collected.passes.iter().zip(&collected.teams);
                let pairs: Vec<Ratio> = rows
                    .map(|(passes, teams)| measure::team_share(scenario, passes, teams, from, to))
                    .collect();
                let some = pairs.iter().any(|p| p.0 > 0.0);
                let name = scenario.unit_name(to).to_string();
                some.then(|| share(name, pairs.into_iter(), confidence))
            })
            .collect(),
    };
    let some = |row: &Escalations| !row.to.is_empty();
    EscalationMatrix {
        tiers: (0..tiers).map(ended).filter(some).collect(),
        teams: scenario.units().map(passed).filter(some).collect(),
    }
}

/// Who resolves, who answers, in which language.
pub fn shares(case: &Case, collected: &Collected, confidence: f64) -> Shares {
    let scenario = &case.scenario;
    let tiers = scenario.tiers.len();
    let by_tier = |t: usize| {
        let flow = collected.flow.iter();
        let pairs = flow.map(|f| measure::resolved_share(f, tiers, t));
        share(
            format!("tier {}", scenario.tiers[t].number),
            pairs,
            confidence,
        )
    };
    let by_vendor = |vendor: Option<usize>| {
        let name = vendor.map_or("own", |v| &scenario.vendors[v].name);
        let teams = collected.teams.iter();
        let pairs = teams.map(|t| measure::answered_share(scenario, t, vendor));
        share(name.to_string(), pairs, confidence)
    };
    let offered = |language: Option<usize>, replication: usize| {
        let streams = scenario.streams.iter().zip(&collected.streams);
        let own = streams.filter(|(s, _)| language.is_none_or(|l| s.language == l));
        own.map(|(_, samples)| samples.sums[replication].sums.offered as f64)
            .sum::<f64>()
    };
    let by_language = |l: usize| {
        let replications = 0..collected.replications();
        let pairs = replications.map(|r| (offered(Some(l), r), offered(None, r)));
        share(scenario.languages[l].name.clone(), pairs, confidence)
    };
    let vendors = (0..scenario.vendors.len()).map(Some);
    Shares {
        tiers: (0..tiers).map(by_tier).collect(),
        vendors: std::iter::once(None)
            .chain(vendors)
            .map(by_vendor)
            .collect(),
        languages: (0..scenario.languages.len()).map(by_language).collect(),
    }
}

fn share(name: String, pairs: impl Iterator<Item = Ratio>, confidence: f64) -> ShareOf {
    let pairs: Vec<Ratio> = pairs.collect();
    let share = ratio_estimate(&pairs, confidence).map(|e| e.within(0.0, 1.0));
    ShareOf { name, share }
}
