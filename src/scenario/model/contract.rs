//! Kinds of employment: hours, pay, premiums, rules of work.
//!
//! `[contract.*] hours, pay, premium, rules, hours_in, student, freelance, factor, attrition, notice`: hours a week, pay per
//! year, month or paid hour with its on-cost, extra pay by hours and days, a named and dated set of rules of work, other
//! hours between dates, and what differs for its people from the team: quality, attrition, notice. Pay has no default;
//! the rest is nothing unless stated.
//!
//! ```
//! let text = r#"
//! [contract.student]
//! hours    = "20h/week"
//! student  = true              # at most 20 hours a week in term
//! pay      = { wage = "EUR 16/h" }
//! hours_in = [{ from = 2027-02-15, to = 2027-04-15, hours = "32h/week" }]
//! factor   = { handle = "110%" }
//! start_band    = "2h"         # most that the starts of a week lie apart
//! weekend_share = "50%"        # of the weekends, at most
//! [contract.free]
//! hours     = "30h/week"
//! pay       = { wage = "EUR 35/h" }
//! freelance = { shows_up = "92%", call_out = "3h" }
//! [team.pool]
//! heads = { full-time = 40, student = 20, free = 4 }
//! [decide]
//! "team.pool.heads.full-time" = { from = 30, to = 60 }
//! "#;
//! # let base = std::env::current_dir()?.join("scenarios/startup/scenario.toml");
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("variant.toml");
//! # std::fs::write(&path, format!("base = {base:?}\n{text}"))?;
//! // A variant of the bundled startup.
//! let scenario = staffwright::scenario::load(&path).map_err(|mistakes| mistakes.render(false))?;
//! let team = |name: &str| scenario.teams.iter().find(|t| t.name == name);
//! let contract = |name: &str| scenario.contracts.iter().find(|c| c.name == name);
//! let student = contract("student").ok_or("no students")?;
//! assert_eq!(student.hours_on(jiff::civil::date(2027, 3, 1)), 32.0);
//! assert_eq!((student.hours_per_week, student.handle_factor), (20.0, 1.1));
//! assert_eq!(contract("free").and_then(|c| c.freelance).map(|f| f.call_out_s), Some(3.0 * 3600.0));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use crate::time::WeekHours;
use jiff::civil::Date;

/// A kind of employment.
#[derive(Debug, Clone)]
pub struct Contract {
    /// Its name.
    pub name: String,
    /// Paid hours per week and head.
    pub hours_per_week: f64,
    /// Pay.
    pub pay: Pay,
    /// Extra pay: share of the hourly wage in a window of the site's week.
    pub premiums: Vec<Premium>,
    /// Rules of work.
    pub rules: Rules,
    /// Leavers a year per head, where it differs from the team's.
    pub attrition: Option<f64>,
    /// Seconds from a resignation to the last day.
    pub notice_s: f64,
    /// Weekly hours that hold between dates only.
    pub hours_in: Vec<HoursIn>,
    /// Paid by the duty, and not always there.
    pub freelance: Option<Freelance>,
    /// Factor on the handle times of its people.
    pub handle_factor: f64,
    /// Added to the probability of `resolved`.
    pub resolved_delta: f64,
}

impl Contract {
    /// Weekly hours in force on a date.
    #[must_use]
    pub fn hours_on(&self, date: Date) -> f64 {
        let now = self
            .hours_in
            .iter()
            .find(|h| h.from <= date && date <= h.to);
        now.map_or(self.hours_per_week, |h| h.hours)
    }

    /// Mean weekly hours over some dates.
    #[must_use]
    pub fn mean_hours(&self, dates: impl Iterator<Item = Date>) -> f64 {
        if self.hours_in.is_empty() {
            return self.hours_per_week;
        }
        let (sum, days) = dates.fold((0.0, 0u32), |(sum, n), d| (sum + self.hours_on(d), n + 1));
        if days == 0 {
            self.hours_per_week
        } else {
            sum / f64::from(days)
        }
    }
}

/// Weekly hours that hold between dates only, like a student's outside of term.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HoursIn {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Paid hours per week and head.
    pub hours: f64,
}

/// Somebody who is paid for the duties they turn up for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Freelance {
    /// Share of duties they turn up for.
    pub shows_up: f64,
    /// Seconds that are paid at least whenever they do.
    pub call_out_s: f64,
}

/// What an hour of a head costs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pay {
    /// Money per paid hour, on-cost included.
    pub per_paid_hour: f64,
    /// `true` where hours beyond the contract's are paid (hourly pay) at `overtime` times the hour.
    pub overtime_factor: f64,
}

/// A wage premium.
#[derive(Debug, Clone, PartialEq)]
pub struct Premium {
    /// When, in the site's local time.
    pub hours: WeekHours,
    /// Only on the site's holidays.
    pub holidays_only: bool,
    /// Extra share of the hourly wage.
    pub share: f64,
}

/// Rules a roster must keep; from a named rule set, each may be overridden.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    /// Name of the rule set, `none` where there is none.
    pub name: String,
    /// Least rest between two shifts, in seconds.
    pub rest_s: f64,
    /// Most working seconds (breaks apart) in a day.
    pub day_max_s: f64,
    /// Most working days in a row.
    pub days_in_a_row: u32,
    /// Most working days in a week.
    pub days_per_week: u32,
    /// Within a week, a person's shifts start at most this many seconds apart by the clock; `None`: whenever.
    pub start_band_s: Option<f64>,
    /// Share of weekends on which somebody works at most; 1: on all of them.
    pub weekend_share: f64,
    /// Breaks by law: after more than this many working seconds, at least that many seconds of break.
    pub breaks: Vec<(f64, f64)>,
}

impl Rules {
    /// Most weekends of `of` on which one person may work: the stated share, rounded up, so that one weekend of a short
    /// horizon may be worked where any may.
    ///
    #[must_use]
    pub fn weekends(&self, of: u32) -> u32 {
        (self.weekend_share * f64::from(of) - 1e-9).ceil().max(0.0) as u32
    }

    /// Whether starts of two shifts, in minutes after midnight, are as near to each other as one person's have to be
    /// within a week; midnight lies between its neighbours.
    #[must_use]
    pub fn near(&self, a_min: u32, b_min: u32) -> bool {
        let away = a_min.abs_diff(b_min) % 1440;
        self.start_band_s
            .is_none_or(|band| f64::from(away.min(1440 - away)) * 60.0 <= band + 0.5)
    }
}
