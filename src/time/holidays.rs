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
/// | name | days | source |
/// |---|---|---|
/// | `AT` | national | Arbeitsruhegesetz section 7 |
/// | `DE`, `DE-BE`, ... | national; with a state's own, for all 16 states | the states' holiday acts |
/// | `ES` | kept in every community | Real Decreto 2001/1983 art. 45 |
/// | `FR` | national | Code du travail L3133-1 |
/// | `GB` | England and Wales, with substitute days | Banking and Financial Dealings Act 1971, gov.uk |
/// | `IE` | national | Organisation of Working Time Act 1997 |
/// | `IL` | days of rest, Independence Day | Days of Rest Ordinance 1948 |
/// | `MX` | statutory rest days | Ley Federal del Trabajo art. 74 |
/// | `NL` | general | Algemene termijnenwet art. 3 |
/// | `PH` | fixed regular and special days, without the Eids and other proclaimed days | RA 9492, 9256, 10966 |
/// | `PL` | statutory | act of 18 January 1951 |
/// | `PT` | statutory | Código do Trabalho art. 234 |
/// | `US` | federal, with days in lieu | 5 U.S.C. 6103 |
///
/// As enacted at the end of 2025, for 2020 and later. Days proclaimed year by year, and those of single
/// regions or towns, are left out.
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn of_year(calendar: &str, year: i16) -> Vec<String> {
        let holidays = Holidays::named(calendar).unwrap();
        let days = date(year, 1, 1)
            .series(Span::new().days(1))
            .take_while(|d| d.year() == year);
        days.filter(|d| holidays.on(*d).is_some())
            .map(|d| d.strftime("%m-%d").to_string())
            .collect()
    }

    #[test]
    fn calendars_agree_with_an_independent_library() {
        let table = include_str!("../../tests/data/holidays.csv");
        let mut compared = 0;
        for line in table.lines().filter(|l| !l.starts_with('#')) {
            let [calendar, year, days] = line.split(',').collect::<Vec<_>>()[..] else {
                panic!("{line}");
            };
            let days: Vec<&str> = days.split(' ').collect();
            assert_eq!(
                of_year(calendar, year.parse().unwrap()),
                days,
                "{calendar} {year}"
            );
            compared += 1;
        }
        assert_eq!(compared, 27 * 7);
    }

    #[test]
    fn calendars_with_days_proclaimed_or_moved_apart() {
        let spain = [
            "01-01", "01-06", "03-26", "05-01", "08-15", "10-12", "11-01", "12-06", "12-08",
            "12-25",
        ];
        assert_eq!(of_year("ES", 2027), spain);
        let philippines = [
            "01-01", "03-25", "03-26", "03-27", "04-09", "05-01", "06-12", "08-21", "08-30",
            "11-01", "11-30", "12-08", "12-25", "12-30", "12-31",
        ];
        assert_eq!(of_year("PH", 2027), philippines);
    }

    #[test]
    fn days_in_lieu_stand_beside_the_day_itself() {
        let us = Holidays::named("US").unwrap();
        // New Year's Day 2022 was a Saturday: kept on the last day of 2021.
        assert_eq!(us.on(date(2021, 12, 31)), Some("New Year's Day"));
        assert_eq!(us.on(date(2022, 1, 1)), Some("New Year's Day"));
        let gb = Holidays::named("GB").unwrap();
        assert_eq!(gb.on(date(2027, 12, 27)), Some("Christmas Day"));
        assert_eq!(gb.on(date(2027, 12, 28)), Some("Boxing Day"));
        assert_eq!(gb.on(date(2027, 12, 29)), None);
    }

    #[test]
    fn names_are_found_again() {
        assert_eq!(Holidays::names().count(), 30);
        for name in Holidays::names() {
            assert_eq!(Holidays::named(name).unwrap().name(), name);
        }
        assert!(Holidays::named("de").is_none());
        assert_eq!(of_year("none", 2027), Vec::<String>::new());
        assert_eq!(Holidays::none().name(), "none");
    }

    #[test]
    fn the_edges_of_the_calendar_do_not_panic() {
        for name in Holidays::names() {
            let holidays = Holidays::named(name).unwrap();
            for day in [Date::MIN, Date::MAX, date(0, 2, 29), date(9999, 12, 28)] {
                let _ = holidays.on(day);
            }
        }
    }
}
