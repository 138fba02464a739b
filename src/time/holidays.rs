//! Public holidays by country.

use jiff::{
    Span,
    civil::{Date, Weekday},
};

use super::easter::easter_sunday;
use super::hebrew::{after_new_year, after_passover};
use super::holiday_rules::{CALENDARS, Calendar, Holiday, Rule, Shift};

/// The public holidays of a country or of one of its regions, computed from rules.
///
/// The rules and their sources are listed with each country's table. They hold for the years 2020 to
/// 2035 as enacted in 2026; holidays that are proclaimed year by year are left out.
///
/// ```
/// use jiff::civil::date;
/// use staffwright::time::Holidays;
/// let berlin = Holidays::named("DE-BE").ok_or("unknown calendar")?;
/// assert_eq!(berlin.on(date(2027, 3, 8)), Some("International Women's Day"));
/// assert_eq!(berlin.on(date(2027, 3, 9)), None);
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Holidays {
    calendar: &'static Calendar,
}

impl Holidays {
    /// The calendar of that name: a country code, `DE-BE` for a German state, or `none`.
    pub fn named(name: &str) -> Option<Holidays> {
        CALENDARS
            .iter()
            .find(|c| c.name == name)
            .map(|calendar| Holidays { calendar })
    }

    /// The calendar without holidays.
    pub fn none() -> Holidays {
        Holidays {
            calendar: &CALENDARS[0],
        }
    }

    /// The names [`Holidays::named`] knows.
    pub fn names() -> impl Iterator<Item = &'static str> {
        CALENDARS.iter().map(|c| c.name)
    }

    /// The calendar's own name.
    pub fn name(&self) -> &'static str {
        self.calendar.name
    }

    /// The holiday kept on a date, or None. A holiday that moves off a weekend is found on the day
    /// itself and on its substitute.
    pub fn on(&self, date: Date) -> Option<&'static str> {
        let rules = || self.calendar.tables.iter().copied().flatten();
        rules()
            .find(|h| h.day_in(date.year()) == Some(date))
            .or_else(|| rules().find(|h| h.substituted_on(date)))
            .map(|h| h.name)
    }
}

fn substitute(shift: Shift, day: Date) -> Option<Date> {
    match (shift, day.weekday()) {
        (Shift::NearestWorkday, Weekday::Saturday) => day.yesterday().ok(),
        (Shift::NearestWorkday, Weekday::Sunday) => day.tomorrow().ok(),
        (Shift::NextMonday, Weekday::Saturday | Weekday::Sunday) => {
            day.nth_weekday(1, Weekday::Monday).ok()
        }
        (Shift::TwoDaysOn, Weekday::Saturday | Weekday::Sunday) => {
            day.checked_add(Span::new().days(2)).ok()
        }
        _ => None,
    }
}

impl Holiday {
    /// Whether the holiday's substitute day is `date`. Substitutes lie within four days of the day
    /// itself, which may be in the next year (for a Friday 31 December) or the last.
    fn substituted_on(&self, date: Date) -> bool {
        let year = |days: i64| date.saturating_add(Span::new().days(days)).year();
        self.shift != Shift::None
            && [year(-4), year(4)].into_iter().any(|year| {
                self.day_in(year)
                    .is_some_and(|day| substitute(self.shift, day) == Some(date))
            })
    }

    /// The day in a year, before any substitution; None in years it is not kept.
    fn day_in(&self, year: i16) -> Option<Date> {
        if !(self.first <= year && year <= self.last) {
            return None;
        }
        let add = |date: Date, days: i64| date.checked_add(Span::new().days(days)).ok();
        match self.rule {
            Rule::Fixed(month, day) => Date::new(year, month, day).ok(),
            Rule::Easter(days) => add(easter_sunday(year)?, days),
            Rule::Nth(month, nth, weekday) => Date::new(year, month, 1)
                .and_then(|first| first.nth_weekday_of_month(nth, weekday))
                .ok(),
            Rule::Before(month, day, weekday) => Date::new(year, month, day)
                .and_then(|d| d.nth_weekday(-1, weekday))
                .ok(),
            Rule::NotSunday(month, day) => {
                let date = Date::new(year, month, day).ok()?;
                if date.weekday() == Weekday::Sunday {
                    date.yesterday().ok()
                } else {
                    Some(date)
                }
            }
            Rule::FirstMondayUnlessFriday(month) => {
                let first = Date::new(year, month, 1).ok()?;
                if first.weekday() == Weekday::Friday {
                    Some(first)
                } else {
                    first.nth_weekday_of_month(1, Weekday::Monday).ok()
                }
            }
            Rule::EveryYears(period, month, day) => {
                ((year - self.first) % period == 0).then(|| Date::new(year, month, day).ok())?
            }
            Rule::NewYear(days) => after_new_year(year, days),
            Rule::Passover(days) => after_passover(year, days),
            Rule::IsraelIndependence => {
                // 5 Iyar, kept off the Sabbath and its eve and not on a Monday (law of 1949 as
                // amended in 2004).
                let fifth = after_passover(year, 20)?;
                add(
                    fifth,
                    match fifth.weekday() {
                        Weekday::Friday => -1,
                        Weekday::Saturday => -2,
                        Weekday::Monday => 1,
                        _ => 0,
                    },
                )
            }
        }
    }
}
