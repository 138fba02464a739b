//! What a run says: the JSON object of `run`.
//!
//! Fields are only ever added within a major [`FORMAT_VERSION`]; what is undefined is `null`; shares are fractions;
//! nothing in it depends on the clock, the host, paths or the number of threads.

use super::against::Against;
use super::case::Case;
use super::collected::{Collected, ScopeSamples, in_seconds};
use super::escalation::{self, EscalationMatrix, Shares};
use super::flips::Flips;
use super::intervals::Intervals;
use super::lost_team::LostTeam;
use super::people::{self, WeekOfPeople};
use super::replicate::{Settings, StoppedBy};
use super::series::Series;
use crate::measure::{self, KINDS, METRICS, TEAM_METRICS, TeamValue, Unit, Verdict};
use crate::scenario::model::{Assumption, ChannelKind, Every, Population, PriceUnit};
use crate::sim::TeamSums;
use crate::stats::{Estimate, PooledHistogram, mean_estimate, ratio_estimate};
use crate::time::HOUR;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

/// Version of the JSON objects.
pub const FORMAT_VERSION: u32 = 1;

/// Metrics in the order of their table; `None` where undefined.
#[derive(Debug, Clone, PartialEq)]
pub struct Metrics(pub Vec<(&'static str, Option<Estimate>)>);

impl Metrics {
    /// A metric by key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Estimate> {
        self.0
            .iter()
            .find(|(k, _)| *k == key)
            .and_then(|(_, e)| e.as_ref())
    }

    fn of(samples: &ScopeSamples, confidence: f64) -> Self {
        Self(
            METRICS
                .iter()
                .map(|m| (m.key, samples.estimate(m, confidence)))
                .collect(),
        )
    }
}

impl Serialize for Metrics {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, estimate) in &self.0 {
            map.serialize_entry(key, estimate)?;
        }
        map.end()
    }
}

/// Everything a run says.
#[derive(Debug, Clone, Serialize)]
pub struct Outcome {
    /// Version of this object.
    pub format_version: u32,
    /// Name of the scenario.
    pub scenario: String,
    /// Its title.
    pub title: String,
    /// How it came about.
    pub provenance: Provenance,
    /// Interval by interval, for the files beside the object.
    #[serde(skip)]
    pub intervals: Intervals,
    /// All streams.
    pub overall: Metrics,
    /// Per channel.
    pub channels: Vec<ChannelOutcome>,
    /// Per stream.
    pub streams: Vec<StreamOutcome>,
    /// Per team.
    pub teams: Vec<TeamOutcome>,
    /// All teams together, vendors' included.
    pub staff: Metrics,
    /// Per promise.
    pub promises: Vec<PromiseOutcome>,
    /// Cost.
    pub cost: CostOutcome,
    /// How much hangs on few.
    pub resilience: Resilience,
    /// Where work goes when it ends.
    pub escalation_matrix: EscalationMatrix,
    /// Contacts by tier, vendor and language.
    pub shares: Shares,
    /// Defaults that were used.
    pub assumptions: Vec<Assumption>,
    /// Beside what happened, where that was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub against: Option<Against>,
    /// What pictures are drawn from, where it was kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub series: Option<Box<Series>>,
    /// Which of them could overturn a verdict, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flips: Option<Flips>,
}

/// How much hangs on few.
#[derive(Debug, Clone, Serialize)]
pub struct Resilience {
    /// Share of the expected work that only one team has the skill for.
    pub one_team_share: Option<f64>,
    /// Share of the expected work that only one person has the skill for.
    pub one_person_share: Option<f64>,
    /// Sum of the squares of the teams' shares of time in hand: 1 where one team does everything.
    pub concentration: Option<Estimate>,
    /// What is left without any one team, where that was asked for.
    pub without_team: Vec<LostTeam>,
}

/// How an outcome came about.
#[derive(Debug, Clone, Serialize)]
pub struct Provenance {
    /// Version of the program.
    pub version: &'static str,
    /// Hash of the resolved scenario and its data files.
    pub input_hash: String,
    /// Seed.
    pub seed: u64,
    /// Number of the first replication.
    pub first_replication: u64,
    /// Replications played.
    pub replications: u64,
    /// Confidence asked for.
    pub confidence: f64,
    /// Confidence each interval was computed with, after the correction for looking more than once.
    pub interval_confidence: f64,
    /// Why it ended.
    pub stopped_by: StoppedBy,
}

impl Provenance {
    /// Settings that play another case on the same replications.
    #[must_use]
    pub fn again(&self) -> Settings {
        Settings {
            seed: self.seed,
            first: self.first_replication,
            replications: self.replications,
            precision: None,
            confidence: self.confidence,
            series: false,
        }
    }
}

/// A channel's metrics.
#[derive(Debug, Clone, Serialize)]
pub struct ChannelOutcome {
    /// Name.
    pub name: String,
    /// How it queues.
    pub kind: ChannelKind,
    /// Metrics.
    #[serde(flatten)]
    pub metrics: Metrics,
}

/// A stream's metrics.
#[derive(Debug, Clone, Serialize)]
pub struct StreamOutcome {
    /// Name.
    pub name: String,
    /// Metrics.
    #[serde(flatten)]
    pub metrics: Metrics,
}

/// A team's metrics.
#[derive(Debug, Clone, Serialize)]
pub struct TeamOutcome {
    /// Name.
    pub name: String,
    /// People on the payroll.
    pub heads: f64,
    /// Full-time equivalents of them.
    pub fte: f64,
    /// Metrics.
    #[serde(flatten)]
    pub metrics: Metrics,
    /// Its people by week of the horizon; empty where nothing about them is stated.
    pub people: Vec<WeekOfPeople>,
}

/// A promise and how it was kept.
#[derive(Debug, Clone, Serialize)]
pub struct PromiseOutcome {
    /// Name.
    pub name: String,
    /// As written.
    pub target: String,
    /// Promised share.
    pub share: f64,
    /// Who counts.
    pub of: Population,
    /// Judging period.
    pub every: Every,
    /// Share of periods in which it must be kept.
    pub hold: Option<f64>,
    /// Share kept over the horizon, and the spread of periods.
    pub value: Option<Estimate>,
    /// Share of periods in which it was kept.
    pub met_probability: Option<Estimate>,
    /// Verdict.
    pub verdict: Verdict,
}

/// What it cost over the horizon.
#[derive(Debug, Clone, Serialize)]
pub struct CostOutcome {
    /// Currency of all amounts.
    pub currency: String,
    /// In all.
    pub total: Option<Estimate>,
    /// Per resolved contact.
    pub per_resolved: Option<Estimate>,
    /// Per hour paid.
    pub per_paid_hour: Option<Estimate>,
    /// Per hour on queue.
    pub per_on_queue_hour: Option<Estimate>,
    /// Per hour with a contact in hand.
    pub per_handled_hour: Option<Estimate>,
    /// By kind; kinds that cost nothing are left out.
    pub by_kind: Vec<CostOutcomeLine>,
    /// Bills of the vendors that are used.
    pub vendors: Vec<VendorOutcome>,
}

/// A vendor's bill over the horizon.
#[derive(Debug, Clone, Serialize)]
pub struct VendorOutcome {
    /// Name.
    pub name: String,
    /// Money per unit, before price bands.
    pub price: f64,
    /// What a unit is.
    pub per: PriceUnit,
    /// Units used.
    pub units: Option<Estimate>,
    /// Units billed, minimums included.
    pub billed_units: Option<Estimate>,
    /// Amount billed.
    pub amount: Option<Estimate>,
    /// Amount paid back for missed promises.
    pub paid_back: Option<Estimate>,
}

/// One kind of cost.
#[derive(Debug, Clone, Serialize)]
pub struct CostOutcomeLine {
    /// Kind.
    pub kind: measure::CostKind,
    /// Amount over the horizon.
    pub amount: Option<Estimate>,
}

impl Outcome {
    /// Reads the collected replications of a case.
    #[must_use]
    pub fn new(
        case: &Case,
        collected: &Collected,
        settings: &Settings,
        confidence: f64,
        stopped_by: StoppedBy,
    ) -> Self {
        let scenario = &case.scenario;
        let channels =
            scenario
                .channels
                .iter()
                .zip(&collected.channels)
                .map(|(channel, samples)| ChannelOutcome {
                    name: channel.name.clone(),
                    kind: channel.kind,
                    metrics: Metrics::of(samples, confidence),
                });
        let streams = scenario.streams_as_written().into_iter();
        let streams = streams.map(|s| StreamOutcome {
            name: scenario.streams[s].name.clone(),
            metrics: Metrics::of(&collected.streams[s], confidence),
        });
        Self {
            format_version: FORMAT_VERSION,
            scenario: scenario.origin.name.clone(),
            title: scenario.title.clone(),
            provenance: Provenance {
                version: env!("CARGO_PKG_VERSION"),
                input_hash: scenario.origin.hash.clone(),
                seed: settings.seed,
                first_replication: settings.first,
                replications: collected.replications() as u64,
                confidence: settings.confidence,
                interval_confidence: confidence,
                stopped_by,
            },
            intervals: Intervals::new(case, collected),
            overall: Metrics::of(&collected.overall, confidence),
            channels: channels.collect(),
            streams: streams.collect(),
            teams: teams(case, collected, confidence),
            staff: team_metrics(&collected.all_teams(), &collected.staff_waits, confidence),
            promises: promises(case, collected, confidence),
            cost: cost(case, collected, confidence),
            resilience: resilience(case, collected, confidence),
            escalation_matrix: escalation::matrix(case, collected, confidence),
            shares: escalation::shares(case, collected, confidence),
            assumptions: scenario.assumptions.clone(),
            against: None,
            series: Series::new(case, collected).map(Box::new),
            flips: None,
        }
    }
}

fn resilience(case: &Case, collected: &Collected, confidence: f64) -> Resilience {
    let exposure = measure::exposure(&case.scenario, &case.roster);
    let samples: Vec<f64> = collected
        .teams
        .iter()
        .filter_map(|teams| measure::concentration(&measure::by_unit(&case.scenario, teams)))
        .collect();
    Resilience {
        one_team_share: exposure.map(|e| e.one_team_share),
        one_person_share: exposure.map(|e| e.one_person_share),
        concentration: mean_estimate(&samples, confidence).map(|e| e.within(0.0, 1.0)),
        without_team: Vec::new(),
    }
}

fn teams(case: &Case, collected: &Collected, confidence: f64) -> Vec<TeamOutcome> {
    let scenario = &case.scenario;
    // The skill groups of a team are reported together.
    let one = |(unit, t): (usize, usize)| {
        let together = |teams: &Vec<TeamSums>| measure::of_unit(scenario, teams, t);
        let sums: Vec<TeamSums> = collected.teams.iter().map(together).collect();
        let roster = |group: usize| &case.roster.teams[group];
        TeamOutcome {
            name: scenario.unit_name(t).to_string(),
            heads: scenario.members(t).map(|g| roster(g).heads).sum(),
            fte: scenario.members(t).map(|g| roster(g).fte).sum(),
            people: people::weeks(case, collected, t, confidence),
            metrics: team_metrics(&sums, &collected.team_waits[unit], confidence),
        }
    };
    scenario.units().enumerate().map(one).collect()
}

/// The metrics of a team (or of several together) from its sums and waits per replication.
fn team_metrics(sums: &[TeamSums], waits: &PooledHistogram, confidence: f64) -> Metrics {
    let estimate = |m: &measure::TeamMetric| {
        let most = if m.unit == Unit::Share {
            1.0
        } else {
            f64::INFINITY
        };
        let estimate = match m.value {
            TeamValue::Ratio(ratio) => {
                let pairs: Vec<(f64, f64)> = sums.iter().map(ratio).collect();
                ratio_estimate(&pairs, confidence).map(|e| e.within(0.0, most))
            }
            TeamValue::WaitPercentile(share) => waits.quantile(share, confidence).map(in_seconds),
        };
        (m.key, estimate)
    };
    Metrics(TEAM_METRICS.iter().map(estimate).collect())
}

fn promises(case: &Case, collected: &Collected, confidence: f64) -> Vec<PromiseOutcome> {
    let one = |(p, promise): (usize, &crate::scenario::model::Promise)| {
        let samples: Vec<&[(u64, u64)]> =
            collected.promises.iter().map(|r| r[p].as_slice()).collect();
        let (value, met_probability, verdict) = measure::verdict(promise, &samples, confidence);
        PromiseOutcome {
            name: promise.name.clone(),
            target: promise.text.clone(),
            share: promise.share,
            of: promise.of,
            every: promise.every,
            hold: promise.hold,
            value,
            met_probability,
            verdict,
        }
    };
    case.scenario.promises.iter().enumerate().map(one).collect()
}

fn cost(case: &Case, collected: &Collected, confidence: f64) -> CostOutcome {
    let kind = |k: usize| {
        collected
            .cost
            .iter()
            .map(|kinds| kinds[k])
            .collect::<Vec<f64>>()
    };
    let lines = (0..KINDS.len())
        .map(|k| (KINDS[k], kind(k)))
        .filter(|(_, amounts)| amounts.iter().any(|&a| a != 0.0));
    let totals = collected.total_cost();
    let staff = collected.all_teams();
    let per_hour = |ticks: fn(&TeamSums) -> u64| {
        let pairs = totals.iter().zip(&staff);
        let pairs: Vec<(f64, f64)> = pairs
            .map(|(&money, sums)| (money, ticks(sums) as f64 / HOUR as f64))
            .collect();
        ratio_estimate(&pairs, confidence)
    };
    CostOutcome {
        currency: case.scenario.currency.clone(),
        total: mean_estimate(&collected.total_cost(), confidence),
        per_resolved: ratio_estimate(&collected.cost_per_resolved(), confidence),
        per_paid_hour: per_hour(|t| t.paid),
        per_on_queue_hour: per_hour(|t| t.on_queue),
        per_handled_hour: per_hour(|t| t.handling),
        by_kind: lines
            .map(|(kind, amounts)| CostOutcomeLine {
                kind,
                amount: mean_estimate(&amounts, confidence),
            })
            .collect(),
        vendors: vendors(case, collected, confidence),
    }
}

fn vendors(case: &Case, collected: &Collected, confidence: f64) -> Vec<VendorOutcome> {
    let one = |(v, vendor): (usize, &crate::scenario::model::Vendor)| {
        let bills: Vec<measure::Bill> = collected
            .bills
            .iter()
            .map(|bills| bills[v])
            .collect::<Option<_>>()?;
        let estimate = |of: fn(&measure::Bill) -> f64| {
            mean_estimate(&bills.iter().map(of).collect::<Vec<f64>>(), confidence)
        };
        Some(VendorOutcome {
            name: vendor.name.clone(),
            price: vendor.price,
            per: vendor.per,
            units: estimate(|b| b.units),
            billed_units: estimate(|b| b.billed),
            amount: estimate(|b| b.amount),
            paid_back: estimate(|b| b.paid_back),
        })
    };
    let vendors = case.scenario.vendors.iter().enumerate();
    vendors.filter_map(one).collect()
}
