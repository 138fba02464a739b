//! The horizon week by week: people on duty, backlog and its age.

use super::rounded;
use crate::experiment::case::Case;
use crate::experiment::collected::Collected;
use crate::roster::FTE_HOURS;
use crate::time::{Tick, seconds, weeks};
use serde::Serialize;

/// What goes up and down over the horizon. Vectors run over its weeks.
#[derive(Debug, Clone, Serialize)]
pub struct Course {
    /// First day of each week.
    pub weeks: Vec<String>,
    /// Per team.
    pub teams: Vec<TeamCourse>,
    /// Per channel: contacts waiting, on average over the week.
    pub waiting: Vec<Vec<f64>>,
    /// Per channel: contacts offered in the week.
    pub offered: Vec<Vec<f64>>,
}

/// A team over the horizon.
#[derive(Debug, Clone, Serialize)]
pub struct TeamCourse {
    /// Name.
    pub name: String,
    /// Full-time equivalents on duty: paid hours of duties over 40 a week.
    pub on_duty_fte: Vec<f64>,
    /// Full-time equivalents on queue, as simulated.
    pub on_queue_fte: Vec<f64>,
}

impl Course {
    /// Reads the collected replications of a case.
    #[must_use]
    pub(super) fn new(case: &Case, collected: &Collected) -> Self {
        let horizon = &case.scenario.horizon;
        let periods = weeks(horizon, horizon.zone());
        let n = horizon.intervals();
        let replications = collected.replications().max(1) as f64;
        let week_of = |i: usize| periods.period_of(i as Tick * horizon.interval()) as usize;
        let length_h = |w: usize| {
            let (from, to) = periods.span(w);
            seconds(to - from) / 3600.0
        };
        let sums = |row: &mut dyn Iterator<Item = f64>| {
            let mut out = vec![0.0; periods.len()];
            row.enumerate().for_each(|(i, v)| out[week_of(i)] += v);
            out
        };
        // Hours in a part of a week as full-time equivalents of a whole one.
        let fte = |hours: Vec<f64>| -> Vec<f64> {
            let one = |(w, h): (usize, f64)| rounded(h / FTE_HOURS * 168.0 / length_h(w));
            hours.into_iter().enumerate().map(one).collect()
        };
        let teams = case.scenario.teams.iter().enumerate().map(|(t, team)| {
            let mut paid = vec![0.0; periods.len()];
            for duty in case.roster.teams[t]
                .positions
                .iter()
                .flat_map(|p| &p.duties)
            {
                paid[periods.period_of(duty.start) as usize] += duty.paid_s() / 3600.0;
            }
            let row = &collected.staff[t * n..(t + 1) * n];
            let hours = |ticks: u64| seconds(ticks) / 3600.0 / replications;
            TeamCourse {
                name: team.name.clone(),
                on_duty_fte: fte(paid),
                on_queue_fte: fte(sums(&mut row.iter().map(|s| hours(s.on_queue)))),
            }
        });
        let count: Vec<f64> = sums(&mut (0..n).map(|_| 1.0));
        let channel = |c: usize| c * n..(c + 1) * n;
        let channels = || 0..case.scenario.channels.len();
        let waiting = channels().map(|c| {
            let row = &collected.waiting[channel(c)];
            let total = sums(&mut row.iter().map(|w| *w as f64 / replications));
            let mean = |(s, n): (f64, &f64)| rounded(s / n.max(1.0));
            total.into_iter().zip(&count).map(mean).collect()
        });
        let offered = channels().map(|c| {
            let row = &collected.intervals[channel(c)];
            let total = sums(&mut row.iter().map(|s| s.offered as f64 / replications));
            total.into_iter().map(rounded).collect()
        });
        Self {
            teams: teams.collect(),
            waiting: waiting.collect(),
            offered: offered.collect(),
            weeks: periods.labels,
        }
    }
}
