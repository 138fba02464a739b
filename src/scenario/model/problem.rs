//! Problem management: hours spent on causes.

use crate::time::{DAY, Tick};

/// Ticks of a week.
const WEEK: f64 = 7.0 * DAY as f64;

/// Work on the causes of contacts, which then no longer come.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// Its name.
    pub name: String,
    /// The streams whose contacts it prevents (indexes).
    pub streams: Vec<usize>,
    /// Hours a week spent on it, from the start.
    pub hours_per_week: f64,
    /// Hours a week from later ticks on, ascending.
    pub later: Vec<(Tick, f64)>,
    /// Hours spent before the scenario's start.
    pub done_h: f64,
    /// Hours after which half of what can be prevented is.
    pub halves_after_h: f64,
    /// Share of the contacts that can be prevented at all.
    pub at_most: f64,
}

impl Problem {
    /// Hours spent on it by so many weeks after the scenario's start: the integral of the hours a week.
    #[must_use]
    pub fn hours_at(&self, weeks: f64) -> f64 {
        let (mut done, mut since, mut rate) = (self.done_h, 0.0, self.hours_per_week);
        for &(from, next) in &self.later {
            let from = from as f64 / WEEK;
            if from >= weeks {
                break;
            }
            done += rate * (from - since);
            (since, rate) = (from, next);
        }
        done + rate * (weeks - since)
    }

    /// The share of contacts that still come after so many hours of work.
    ///
    /// `1 - at_most (1 - 2^(-hours / halves_after))`: the first hours prevent most, and some causes stay.
    ///
    /// ```
    /// use staffwright::scenario::model::Problem;
    /// let login = Problem {
    ///     name: "login".into(), streams: vec![0], hours_per_week: 10.0, later: vec![], done_h: 0.0, halves_after_h: 100.0,
    ///     at_most: 0.4,
    /// };
    /// assert_eq!(login.left(0.0), 1.0);
    /// assert!((login.left(100.0) - 0.8).abs() < 1e-12 && (login.left(200.0) - 0.7).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn left(&self, hours: f64) -> f64 {
        1.0 - self.at_most * (1.0 - libm::exp2(-hours / self.halves_after_h))
    }
}
