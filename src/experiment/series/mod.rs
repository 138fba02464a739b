//! What pictures are drawn from: the course of the average week and of the horizon, spreads, flows, duties.
//!
//! A run keeps them only when asked to ([`Settings::series`](super::Settings)): they are the larger part of its JSON
//! object, and comparisons, sweeps and searches need none of them. Numbers are rounded to six digits.

mod course;
mod gantt;
mod requirement;
mod week;

pub use course::{Course, TeamCourse};
pub use gantt::{DayDuties, DutyLine, OffLine, TeamDuties};
pub use week::{Band, ChannelWeek, TeamWeek, Week, WeekSums};

use super::case::Case;
use super::collected::Collected;
use crate::scenario::model::ChannelKind;
use crate::sim::FLOW_ENDS;
use crate::stats::Histogram;
use crate::time::SECOND;
use serde::Serialize;

/// The series of a run.
#[derive(Debug, Clone, Serialize)]
pub struct Series {
    /// Length of a planning interval in minutes.
    pub interval_min: f64,
    /// Reporting zone that weekdays and times of day are in.
    pub zone: String,
    /// The average week.
    pub week: Week,
    /// The horizon, week by week.
    pub course: Course,
    /// How long customers of each channel wait.
    pub waits: Vec<WaitSpread>,
    /// Where pieces of work end, tier by tier.
    pub flow: Flow,
    /// Who works when on the busiest day of a week.
    pub duties: Option<DayDuties>,
    /// The organisation's boxes.
    pub organisation: Vec<OrganisationBox>,
}

/// The distribution of a channel's waits, or of its times to first reply where nobody waits on the line.
#[derive(Debug, Clone, Serialize)]
pub struct WaitSpread {
    /// Channel.
    pub name: String,
    /// How it queues.
    pub kind: ChannelKind,
    /// Seconds that 0, 1, 2, ... 99 of a hundred contacts stay under; empty without contacts.
    pub percentiles_s: Vec<f64>,
}

/// Pieces of work per replication by the tier they ended at and what came of them.
#[derive(Debug, Clone, Serialize)]
pub struct Flow {
    /// Names of the tiers.
    pub tiers: Vec<String>,
    /// `[from][to]`: pieces of work that ended at `from`; `to` counts the tiers, then resolved, then returned, then with engineering.
    pub moves: Vec<Vec<f64>>,
}

/// A team in the organisation.
#[derive(Debug, Clone, Serialize)]
pub struct OrganisationBox {
    /// Team.
    pub name: String,
    /// Tier, from 1.
    pub tier: u32,
    /// Site.
    pub site: String,
    /// Vendor; `None` for own staff.
    pub vendor: Option<String>,
    /// People on the payroll.
    pub heads: f64,
    /// Full-time equivalents.
    pub fte: f64,
    /// Money over the horizon for these people: pay, premiums, overtime, leads, tools, fees; what a vendor bills, by the
    /// hours its teams were on queue.
    pub cost: f64,
}

impl Series {
    /// Reads the collected replications of a case; `None` where they were played without keeping series.
    #[must_use]
    pub fn new(case: &Case, collected: &Collected) -> Option<Self> {
        let sums = collected.week.as_ref()?;
        let horizon = &case.scenario.horizon;
        let zone = horizon.zone().iana_name().unwrap_or("local").to_owned();
        let course = Course::new(case, collected);
        let week = Week::new(case, collected, sums);
        let duties = gantt::busiest_day(case, &week);
        Some(Self {
            interval_min: crate::time::seconds(horizon.interval()) / 60.0,
            zone,
            week,
            course,
            waits: waits(case, collected),
            flow: flow(case, collected),
            duties,
            organisation: organisation(case, collected),
        })
    }
}

/// A number to six digits: more mean nothing and cost room.
#[must_use]
pub fn rounded(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return 0.0;
    }
    // Formatting is exact decimal arithmetic, the same on every machine.
    format!("{value:.5e}").parse().unwrap_or(value)
}

fn waits(case: &Case, collected: &Collected) -> Vec<WaitSpread> {
    let percentiles = |histogram: &Histogram| -> Vec<f64> {
        let at = |p: u32| histogram.quantile(f64::from(p) / 100.0);
        let seconds = |v: f64| rounded(v / SECOND as f64);
        (0..100).filter_map(at).map(seconds).collect()
    };
    let channels = case.scenario.channels.iter().zip(&collected.channels);
    channels
        .map(|(channel, samples)| WaitSpread {
            name: channel.name.clone(),
            kind: channel.kind,
            percentiles_s: percentiles(match channel.kind {
                ChannelKind::Deferred => samples.replies(),
                ChannelKind::Live | ChannelKind::Concurrent => samples.waits(),
            }),
        })
        .collect()
}

fn flow(case: &Case, collected: &Collected) -> Flow {
    let tiers = &case.scenario.tiers;
    let replications = collected.replications().max(1) as f64;
    Flow {
        tiers: tiers.iter().map(|t| format!("tier {}", t.number)).collect(),
        moves: (0..tiers.len())
            .map(|from| {
                let mean =
                    |to| rounded(collected.moved(tiers.len(), from, to) as f64 / replications);
                (0..tiers.len() + FLOW_ENDS).map(mean).collect()
            })
            .collect(),
    }
}

fn organisation(case: &Case, collected: &Collected) -> Vec<OrganisationBox> {
    let scenario = &case.scenario;
    let replications = collected.replications().max(1) as f64;
    let mut cost = vec![0.0; scenario.teams.len()];
    for (sums, bills) in collected.teams.iter().zip(&collected.bills) {
        let one = crate::measure::team_costs(scenario, &case.roster, sums, bills);
        cost.iter_mut().zip(one).for_each(|(a, b)| *a += b);
    }
    let one = |unit: usize| {
        let team = &scenario.teams[unit];
        let sum = |of: &dyn Fn(usize) -> f64| scenario.members(unit).map(of).sum::<f64>();
        OrganisationBox {
            name: scenario.unit_name(unit).to_string(),
            tier: scenario.tiers[team.tier].number,
            site: scenario.sites[team.site].name.clone(),
            vendor: team.vendor.map(|v| scenario.vendors[v].name.clone()),
            heads: sum(&|t| case.roster.teams[t].heads),
            fte: rounded(sum(&|t| case.roster.teams[t].fte)),
            cost: rounded(sum(&|t| cost[t]) / replications),
        }
    };
    scenario.units().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::rounded;

    #[test]
    fn numbers_keep_six_digits() {
        assert_eq!(rounded(1_234.567_89), 1_234.57);
        assert_eq!(rounded(0.000_123_456_789), 0.000_123_457);
        assert_eq!(rounded(0.0), 0.0);
        assert_eq!(rounded(f64::NAN), 0.0);
    }
}
