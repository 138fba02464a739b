//! A run held against what happened: figure by figure, over the whole time and period by period.
//!
//! What happened happened once, so it is not held against the interval of the simulated mean but against the spread of
//! replications: the band that eight of ten replications lie in. A model that is right has about eight in ten periods
//! inside. Only time that the measured rows cover is compared: days without any row are left out on both sides.

use super::case::Case;
use crate::measure::Unit;
use crate::measure::against::{ABANDONED, Counted, Figure, OFFERED, Sums, WAIT, WITHIN, Within};
use crate::scenario::actuals::{Actual, Actuals};
use crate::scenario::model::{ChannelKind, Every};
use crate::sim::Ledger;
use crate::stats::{Estimate, Spread, ratio_estimate};
use crate::time::{self, Periods, Tick};
use serde::Serialize;

/// Longer than these many days are told by weeks.
const MOST_DAYS: usize = 35;

/// Happened and simulated, side by side.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Against {
    /// Length of the periods.
    pub every: Every,
    /// Seconds within which answers are counted; `None` where they were not.
    pub within_s: Option<f64>,
    /// Rows of the file that lie outside the time simulated.
    pub rows_outside: usize,
    /// Per channel, or all channels on which customers wait together.
    pub scopes: Vec<ScopeAgainst>,
}

/// One channel, or all on which customers wait.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScopeAgainst {
    /// Name of the channel; `overall` for all on which customers wait.
    pub name: String,
    /// The figures that were measured.
    pub figures: Vec<FigureAgainst>,
}

/// One figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FigureAgainst {
    /// Key.
    pub metric: &'static str,
    /// Unit.
    pub unit: Unit,
    /// What happened over the whole time.
    pub happened: Option<f64>,
    /// What was simulated for it, with the interval of the mean.
    pub simulated: Option<Estimate>,
    /// Spread of replications.
    pub band: Option<Spread>,
    /// Whether what happened lies within it.
    pub inside: Option<bool>,
    /// Periods in which what happened lies within their own band.
    pub periods_inside: usize,
    /// Periods in which the figure is defined on both sides.
    pub periods_compared: usize,
    /// Period by period.
    pub periods: Vec<PeriodAgainst>,
}

/// One figure in one period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PeriodAgainst {
    /// Name of the period: the day it begins.
    pub label: String,
    /// What happened; `None` where it is undefined.
    pub happened: Option<f64>,
    /// Spread of replications.
    pub band: Option<Spread>,
    /// Whether what happened lies within it.
    pub inside: Option<bool>,
}

/// What is kept of every replication: sums per scope and period of the time that is compared.
#[derive(Debug)]
pub struct Watch<'a> {
    actuals: &'a Actuals,
    every: Every,
    scopes: Vec<(String, Counted)>,
    periods: Periods,
    /// Per planning interval: the period it is compared in; `None` where nothing was measured.
    period_of: Vec<Option<usize>>,
    /// `[replication][scope][period]`.
    seen: Vec<Vec<Vec<Sums>>>,
}

impl<'a> Watch<'a> {
    /// Prepares to watch a case for what was measured.
    #[must_use]
    pub fn new(case: &Case, actuals: &'a Actuals) -> Self {
        let scenario = &case.scenario;
        let horizon = &scenario.horizon;
        let days = time::days(horizon, horizon.zone());
        let covered = Covered::new(actuals, &days);
        let few = covered.days.iter().filter(|d| **d).count() <= MOST_DAYS;
        let (every, periods) = if few {
            (Every::Day, days.clone())
        } else {
            (Every::Week, time::weeks(horizon, horizon.zone()))
        };
        let period_of = (0..horizon.intervals()).map(|i| {
            let tick = i as Tick * horizon.interval();
            let compared = covered.holds(tick, &days);
            compared.then(|| periods.period_of(tick) as usize)
        });
        let period_of = period_of.collect();
        Self {
            scopes: scopes(case, actuals),
            actuals,
            every,
            periods,
            period_of,
            seen: Vec::new(),
        }
    }

    /// Takes the next replication in.
    pub fn push(&mut self, ledger: &Ledger) {
        let of_scope = |(_, counted): &(String, Counted)| {
            let mut sums = vec![Sums::default(); self.periods.len()];
            for (interval, period) in self.period_of.iter().enumerate() {
                if let Some(period) = period {
                    sums[*period] += counted.sums(ledger, interval);
                }
            }
            sums
        };
        self.seen.push(self.scopes.iter().map(of_scope).collect());
    }

    /// What all replications say.
    #[must_use]
    pub fn against(&self, case: &Case, confidence: f64) -> Against {
        let scope = |(s, (name, counted)): (usize, &(String, Counted))| {
            let happened = self.happened(counted);
            let figure = |f: &Figure| self.figure(f, s, &happened, confidence);
            ScopeAgainst {
                name: name.clone(),
                figures: self.figures(case, counted).iter().map(figure).collect(),
            }
        };
        Against {
            every: self.every,
            within_s: self.actuals.within_s,
            rows_outside: self.actuals.outside,
            scopes: self.scopes.iter().enumerate().map(scope).collect(),
        }
    }

    /// The figures that were measured and that the run counts by the same definition.
    fn figures(&self, case: &Case, counted: &Counted) -> Vec<Figure> {
        let deferred = |c: &usize| case.scenario.channels[*c].kind == ChannelKind::Deferred;
        let line = !counted.channels.iter().all(deferred);
        let known = [
            (OFFERED, true),
            (ABANDONED, line && self.actuals.abandoned),
            (WITHIN, line && counted.within != Within::Nowhere),
            (WAIT, line && self.actuals.waits),
        ];
        known.into_iter().filter(|f| f.1).map(|f| f.0).collect()
    }

    /// What happened to a scope, by period.
    fn happened(&self, counted: &Counted) -> Vec<Sums> {
        let mut sums = vec![Sums::default(); self.periods.len()];
        let mine = |row: &&Actual| row.channel.is_none_or(|c| counted.channels == [c]);
        for row in self.actuals.rows.iter().filter(mine) {
            sums[self.periods.period_of(row.start) as usize] += Sums {
                offered: row.offered,
                decided: row.offered,
                abandoned: row.abandoned,
                within: row.within,
                wait_s: row.wait_s,
            };
        }
        sums
    }

    fn figure(
        &self,
        figure: &Figure,
        scope: usize,
        happened: &[Sums],
        confidence: f64,
    ) -> FigureAgainst {
        let whole = |sums: &[Sums]| {
            let mut total = Sums::default();
            sums.iter().for_each(|s| total += *s);
            total
        };
        let totals: Vec<Sums> = self.seen.iter().map(|r| whole(&r[scope])).collect();
        let pairs: Vec<(f64, f64)> = totals.iter().map(figure.ratio).collect();
        let (value, band, inside) = held(figure, &whole(happened), &totals);
        let most = if figure.unit == Unit::Share {
            1.0
        } else {
            f64::INFINITY
        };
        let compared = self.compared();
        let period = |p: usize| {
            let replications: Vec<Sums> = self.seen.iter().map(|r| r[scope][p]).collect();
            let (happened, band, inside) = held(figure, &happened[p], &replications);
            PeriodAgainst {
                label: self.periods.labels[p].clone(),
                happened,
                band,
                inside,
            }
        };
        let periods: Vec<PeriodAgainst> = compared.into_iter().map(period).collect();
        FigureAgainst {
            metric: figure.key,
            unit: figure.unit,
            happened: value,
            simulated: ratio_estimate(&pairs, confidence).map(|e| e.within(0.0, most)),
            band,
            inside,
            periods_inside: periods.iter().filter(|p| p.inside == Some(true)).count(),
            periods_compared: periods.iter().filter(|p| p.inside.is_some()).count(),
            periods,
        }
    }

    /// Periods in which something was measured.
    fn compared(&self) -> Vec<usize> {
        let mut periods: Vec<usize> = self.period_of.iter().flatten().copied().collect();
        periods.dedup();
        periods
    }
}

/// What happened, the replications' spread, and whether the one lies within the other; nothing where nobody came on
/// either side.
fn held(
    figure: &Figure,
    happened: &Sums,
    replications: &[Sums],
) -> (Option<f64>, Option<Spread>, Option<bool>) {
    let nobody = |sums: &Sums| sums.offered == 0.0;
    if nobody(happened) && replications.iter().all(nobody) {
        return (None, None, None);
    }
    let value = |sums: &Sums| {
        let (above, below) = (figure.ratio)(sums);
        (below > 0.0).then(|| above / below)
    };
    let happened = value(happened);
    let values: Vec<f64> = replications.iter().filter_map(value).collect();
    let band = Spread::of(&values);
    let inside = happened.zip(band).map(|(happened, band)| {
        let slack = 1e-9 * happened.abs();
        band.p10 - slack <= happened && happened <= band.p90 + slack
    });
    (happened, band, inside)
}

/// The scopes of a file: its channels, or all on which customers wait.
fn scopes(case: &Case, actuals: &Actuals) -> Vec<(String, Counted)> {
    let scenario = &case.scenario;
    let mut named: Vec<usize> = actuals.rows.iter().filter_map(|r| r.channel).collect();
    named.sort_unstable();
    named.dedup();
    if named.is_empty() {
        let all = Counted::line(scenario, actuals.within_s);
        return vec![("overall".to_owned(), all)];
    }
    let one = |c: usize| {
        let counted = Counted::of(scenario, vec![c], actuals.within_s);
        (scenario.channels[c].name.clone(), counted)
    };
    named.into_iter().map(one).collect()
}

/// The time that was measured.
struct Covered {
    /// Days with at least one row.
    days: Vec<bool>,
    /// From the first row to the end of the last.
    span: (Tick, Tick),
}

impl Covered {
    fn new(actuals: &Actuals, days: &Periods) -> Self {
        let mut measured = vec![false; days.len()];
        let mut span = (Tick::MAX, 0);
        for row in &actuals.rows {
            measured[days.period_of(row.start) as usize] = true;
            span.0 = span.0.min(row.start);
            span.1 = span.1.max(row.start + actuals.row_length);
        }
        Self {
            days: measured,
            span,
        }
    }

    fn holds(&self, tick: Tick, days: &Periods) -> bool {
        self.days[days.period_of(tick) as usize] && self.span.0 <= tick && tick < self.span.1
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::replicate::{Settings, replicate_against};
    use super::*;
    use crate::random::Seed;
    use crate::scenario::load;

    const FIRST: u64 = 9_000;

    fn case() -> Case {
        Case::new(load("tests/cli/small.toml".as_ref()).unwrap()).unwrap()
    }

    /// What a run of the model itself would have been measured as, by planning interval.
    fn happened(case: &Case, replication: u64) -> Actuals {
        let seed = Seed {
            seed: 1,
            replication,
        };
        let ledger = crate::sim::play(&case.world, &case.roster, seed);
        let counted = Counted::line(&case.scenario, Some(20.0));
        let row = |i: usize| {
            let sums = counted.sums(&ledger, i);
            Actual {
                start: i as Tick * ledger.interval,
                channel: None,
                offered: sums.offered,
                abandoned: sums.abandoned,
                within: sums.within,
                wait_s: sums.wait_s,
            }
        };
        Actuals {
            rows: (0..ledger.interval_count).map(row).collect(),
            row_length: ledger.interval,
            outside: 0,
            abandoned: true,
            within_s: Some(20.0),
            waits: true,
        }
    }

    fn against(case: &Case, actuals: &Actuals) -> Against {
        let settings = Settings {
            replications: 40,
            ..Settings::default()
        };
        replicate_against(case, &settings, actuals, &())
            .against
            .unwrap()
    }

    #[test]
    fn a_model_that_is_right_has_eight_periods_in_ten_inside() {
        let case = case();
        let (mut inside, mut compared) = (0, 0);
        for replication in FIRST..FIRST + 20 {
            let seen = against(&case, &happened(&case, replication));
            assert_eq!((seen.every, seen.scopes.len()), (Every::Day, 1));
            for figure in &seen.scopes[0].figures {
                inside += figure.periods_inside;
                compared += figure.periods_compared;
            }
        }
        // Ten working days, four figures, twenty times; days and figures of one run go together.
        assert_eq!(compared, 800);
        let share = inside as f64 / compared as f64;
        assert!((0.7..0.88).contains(&share), "{share}");
    }

    #[test]
    fn a_model_that_is_wrong_is_found_out() {
        let case = case();
        let mut scenario = case.scenario.clone();
        scenario.teams[0].heads[0].count += 4;
        let more = Case::new(scenario).unwrap();
        let seen = against(&more, &happened(&case, FIRST));
        let waits = seen.scopes[0].figures.last().unwrap();
        assert_eq!((waits.metric, waits.inside), ("mean_wait_s", Some(false)));
        assert!(waits.periods_inside <= 2, "{}", waits.periods_inside);
        // Demand is the same, and found to be.
        let offered = &seen.scopes[0].figures[0];
        assert!(offered.periods_inside >= 5, "{}", offered.periods_inside);
    }

    #[test]
    fn only_measured_time_is_compared() {
        let case = case();
        let mut actuals = happened(&case, FIRST);
        let whole = against(&case, &actuals);
        // The second Tuesday is missing, and the last day ends at noon.
        let day = 24 * 4;
        actuals
            .rows
            .retain(|r| (r.start / actuals.row_length) as usize / day != 8);
        actuals
            .rows
            .retain(|r| ((r.start / actuals.row_length) as usize) < 11 * day + 48);
        let part = against(&case, &actuals);
        let offered = |a: &Against| a.scopes[0].figures[0].clone();
        let (whole, part) = (offered(&whole), offered(&part));
        assert_eq!(part.periods.len(), 11);
        let simulated = |f: &FigureAgainst| f.simulated.unwrap().value;
        let days_left = 8.4 / 10.0;
        let share = simulated(&part) / simulated(&whole);
        assert!((share - days_left).abs() < 0.05, "{share}");
    }
}
