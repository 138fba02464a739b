//! Replications folded in order: per-replication sums, pooled distributions, mean profiles.

use super::case::Case;
use super::daily::DailySums;
use super::series::WeekSums;
use crate::measure::{Bill, METRICS, Metric, Sample, Scope, Spreads, Value};
use crate::sim::{DaySums, FLOW_ENDS, HeadSums, IntervalSums, Ledger, StaffSums, TeamSums};
use crate::stats::{Estimate, Histogram, PooledHistogram, ratio_estimate};
use crate::time::SECOND;

/// One scope (overall, a channel, a stream) over replications.
#[derive(Debug, Clone, Default)]
pub struct ScopeSamples {
    /// Sums per replication.
    pub sums: Vec<Scope>,
    /// Per metric that is a percentile: its value in each replication; empty for streams.
    percentiles: Vec<Vec<f64>>,
    waits: Pool,
    replies: Pool,
}

/// Distributions: with groups for intervals where a report shows them, without for the many streams.
#[derive(Debug, Clone)]
enum Pool {
    Grouped(PooledHistogram),
    Plain(Histogram),
}

impl Default for Pool {
    fn default() -> Self {
        Self::Plain(Histogram::default())
    }
}

impl Pool {
    fn push(&mut self, histogram: &Histogram) {
        match self {
            Self::Grouped(pool) => pool.push(histogram),
            Self::Plain(pool) => pool.merge(histogram),
        }
    }

    fn all(&self) -> &Histogram {
        match self {
            Self::Grouped(pool) => pool.all(),
            Self::Plain(pool) => pool,
        }
    }

    fn quantile(&self, share: f64, confidence: f64) -> Option<Estimate> {
        match self {
            Self::Grouped(pool) => pool.quantile(share, confidence),
            Self::Plain(pool) => pool
                .quantile(share)
                .map(|v| Estimate::around(v, f64::INFINITY).within(0.0, f64::INFINITY)),
        }
    }
}

impl ScopeSamples {
    /// Waits in ticks over all replications.
    #[must_use]
    pub fn waits(&self) -> &Histogram {
        self.waits.all()
    }

    /// Times to first reply in ticks over all replications.
    #[must_use]
    pub fn replies(&self) -> &Histogram {
        self.replies.all()
    }

    fn grouped() -> Self {
        Self {
            waits: Pool::Grouped(PooledHistogram::default()),
            replies: Pool::Grouped(PooledHistogram::default()),
            percentiles: vec![Vec::new(); METRICS.len()],
            ..Self::default()
        }
    }

    fn push(&mut self, scope: Scope, spreads: &Spreads) {
        self.sums.push(scope);
        self.waits.push(&spreads.waits);
        self.replies.push(&spreads.replies);
        for (values, metric) in self.percentiles.iter_mut().zip(METRICS) {
            let value = match metric.value {
                Value::Ratio(_) => continue,
                Value::WaitPercentile(share) => spreads.waits.quantile(share),
                Value::ReplyPercentile(share) => spreads.replies.quantile(share),
            };
            values.push(value.unwrap_or(0.0) / SECOND as f64);
        }
    }

    /// A metric's estimate; `None` where it is undefined.
    #[must_use]
    pub fn estimate(&self, metric: &Metric, confidence: f64) -> Option<Estimate> {
        match metric.value {
            Value::Ratio(ratio) => {
                let pairs: Vec<(f64, f64)> = self.sums.iter().map(ratio).collect();
                let estimate = ratio_estimate(&pairs, confidence)?;
                let most = if metric.unit == crate::measure::Unit::Share {
                    1.0
                } else {
                    f64::INFINITY
                };
                Some(estimate.within(0.0, most))
            }
            Value::WaitPercentile(share) => self.waits.quantile(share, confidence).map(in_seconds),
            Value::ReplyPercentile(share) => {
                self.replies.quantile(share, confidence).map(in_seconds)
            }
        }
    }

    /// A metric as one numerator and denominator per replication, for paired comparisons; percentiles are the
    /// replications' own.
    #[must_use]
    pub fn pairs(&self, index: usize) -> Vec<(f64, f64)> {
        match METRICS[index].value {
            Value::Ratio(ratio) => self.sums.iter().map(ratio).collect(),
            _ => self.percentiles.get(index).map_or_else(Vec::new, |values| {
                values.iter().map(|&v| (v, 1.0)).collect()
            }),
        }
    }
}

/// An estimate in ticks, in seconds.
pub fn in_seconds(ticks: Estimate) -> Estimate {
    Estimate {
        value: ticks.value / SECOND as f64,
        low: ticks.low / SECOND as f64,
        high: ticks.high / SECOND as f64,
        periods: None,
    }
}

/// Everything kept of the replications of one case.
#[derive(Debug, Clone)]
pub struct Collected {
    /// All streams together.
    pub overall: ScopeSamples,
    /// Per channel.
    pub channels: Vec<ScopeSamples>,
    /// Per stream.
    pub streams: Vec<ScopeSamples>,
    /// `[replication][team]`.
    pub teams: Vec<Vec<TeamSums>>,
    /// Per team as the scenario names them: waits in ticks of the contacts it was the first to work on.
    pub team_waits: Vec<PooledHistogram>,
    /// The same of all teams.
    pub staff_waits: PooledHistogram,
    /// Sums over replications per stream and day, as in the ledger.
    pub days: Vec<DaySums>,
    /// Waits day by day and money by day and kind, summed over replications.
    pub daily: DailySums,
    /// `[replication][promise][period]`: kept, counted.
    pub promises: Vec<Vec<Vec<(u64, u64)>>>,
    /// `[replication][bound of keep][period]`: ticks with a contact in hand, ticks on queue.
    pub occupied: Vec<Vec<Vec<(u64, u64)>>>,
    /// `[replication][kind]`: money.
    pub cost: Vec<Vec<f64>>,
    /// `[replication][vendor]`: bills; `None` where a vendor is not used.
    pub bills: Vec<Vec<Option<Bill>>>,
    /// Sums over replications per channel and planning interval.
    pub intervals: Vec<IntervalSums>,
    /// Sums over replications per team and planning interval.
    pub staff: Vec<StaffSums>,
    /// Sums over replications of contacts waiting, per channel and planning interval.
    pub waiting: Vec<u64>,
    /// Sums over replications of the age in ticks of the contact that has waited longest, likewise.
    pub oldest: Vec<u64>,
    /// `[replication]`: the tier flow, as in the ledger.
    pub flow: Vec<Vec<u64>>,
    /// `[replication]`: contacts that passed from team to team, as in the ledger.
    pub passes: Vec<Vec<u64>>,
    /// `[replication][team * weeks + week]`: people per week, where something about them is stated.
    pub heads: Vec<Vec<HeadSums>>,
    /// Events played.
    pub events: u64,
    /// What the average week's bands are read from, where series are kept.
    pub week: Option<WeekSums>,
}

impl Collected {
    /// Nothing yet, for a number of channels and streams.
    #[must_use]
    pub fn new(channels: usize, streams: usize) -> Self {
        Self {
            overall: ScopeSamples::grouped(),
            channels: (0..channels).map(|_| ScopeSamples::grouped()).collect(),
            streams: (0..streams).map(|_| ScopeSamples::default()).collect(),
            teams: Vec::new(),
            team_waits: Vec::new(),
            staff_waits: PooledHistogram::default(),
            days: Vec::new(),
            daily: DailySums::default(),
            promises: Vec::new(),
            occupied: Vec::new(),
            cost: Vec::new(),
            bills: Vec::new(),
            intervals: Vec::new(),
            staff: Vec::new(),
            waiting: Vec::new(),
            oldest: Vec::new(),
            flow: Vec::new(),
            passes: Vec::new(),
            heads: Vec::new(),
            events: 0,
            week: None,
        }
    }

    /// Nothing yet, for a case; with what pictures are drawn from where asked for.
    #[must_use]
    pub fn of(case: &Case, series: bool) -> Self {
        let scenario = &case.scenario;
        Self {
            week: series.then(|| WeekSums::new(scenario, &case.roster)),
            ..Self::new(scenario.channels.len(), scenario.streams.len())
        }
    }

    /// Replications so far.
    #[must_use]
    pub fn replications(&self) -> usize {
        self.teams.len()
    }

    /// Folds the next replication in.
    pub fn push(&mut self, sample: Sample, ledger: &Ledger) {
        self.overall.push(sample.overall.0, &sample.overall.1);
        for (scope, (sums, spreads)) in self.channels.iter_mut().zip(&sample.channels) {
            scope.push(*sums, spreads);
        }
        for (scope, (sums, spreads)) in self.streams.iter_mut().zip(&sample.streams) {
            scope.push(*sums, spreads);
        }
        self.teams.push(sample.teams);
        self.promises.push(sample.promises);
        self.occupied.push(sample.occupied);
        self.bills.push(sample.bills);
        self.cost
            .push(sample.cost.iter().map(|line| line.amount).collect());
        self.events += ledger.events;
        self.heads.push(ledger.heads.clone());
        if let Some(week) = &mut self.week {
            week.push(ledger);
        }
        if self.intervals.is_empty() {
            self.intervals = vec![IntervalSums::default(); ledger.intervals.len()];
            self.staff = vec![StaffSums::default(); ledger.staff.len()];
            self.waiting = vec![0; ledger.waiting.len()];
            self.oldest = vec![0; ledger.oldest.len()];
            self.days = vec![DaySums::default(); ledger.days.len()];
            self.team_waits = vec![PooledHistogram::default(); sample.team_waits.len()];
        }
        self.daily.push(&ledger.daily, &sample.day_cost);
        let mut all = Histogram::default();
        for (pool, waits) in self.team_waits.iter_mut().zip(&sample.team_waits) {
            pool.push(waits);
            all.merge(waits);
        }
        self.staff_waits.push(&all);
        self.days
            .iter_mut()
            .zip(&ledger.days)
            .for_each(|(a, b)| *a += b);
        self.intervals
            .iter_mut()
            .zip(&ledger.intervals)
            .for_each(|(a, b)| *a += b);
        self.staff
            .iter_mut()
            .zip(&ledger.staff)
            .for_each(|(a, b)| *a += b);
        self.waiting
            .iter_mut()
            .zip(&ledger.waiting)
            .for_each(|(a, b)| *a += u64::from(*b));
        self.oldest
            .iter_mut()
            .zip(&ledger.oldest)
            .for_each(|(a, b)| *a += b);
        self.flow.push(ledger.flow.clone());
        self.passes.push(ledger.passes.clone());
    }

    /// Pieces of work over all replications that ended at a tier in a column of the tier flow: a tier, resolved, returned
    /// or with engineering.
    #[must_use]
    pub fn moved(&self, tiers: usize, from: usize, to: usize) -> u64 {
        let cell = from * (tiers + FLOW_ENDS) + to;
        self.flow.iter().map(|flow| flow[cell]).sum()
    }

    /// Per replication, cost in all.
    #[must_use]
    pub fn total_cost(&self) -> Vec<f64> {
        self.cost.iter().map(|kinds| kinds.iter().sum()).collect()
    }
}
