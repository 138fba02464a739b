//! Dates of the Hebrew calendar, which Israel's holidays follow.

use jiff::{Span, civil::Date};

/// Days from the calendar's epoch to 1 Tishri of a Hebrew year, by the molad and the four
/// postponements (Dershowitz and Reingold, *Calendrical Calculations*, chapter 8).
fn new_year(year: i64) -> i64 {
    let elapsed = |year: i64| {
        let months = (235 * year - 234).div_euclid(19);
        let parts = 12_084 + 13_753 * months;
        let day = 29 * months + parts.div_euclid(25_920);
        if (3 * (day + 1)).rem_euclid(7) < 3 {
            day + 1
        } else {
            day
        }
    };
    let (last, this, next) = (elapsed(year - 1), elapsed(year), elapsed(year + 1));
    let correction = if next - this == 356 {
        2
    } else if this - last == 382 {
        1
    } else {
        0
    };
    this + correction
}

/// The Hebrew year that begins in the autumn of a Gregorian year is that year plus this.
const OFFSET: i64 = 3761;

/// The date `days` after 1 Tishri (the New Year) that falls in the autumn of a Gregorian year.
pub(super) fn after_new_year(year: i16, days: i64) -> Option<Date> {
    // 1 Tishri 5785 was 3 October 2024.
    let anchor = Date::new(2024, 10, 3).ok()?;
    let since = new_year(i64::from(year) + OFFSET) - new_year(2024 + OFFSET);
    anchor
        .checked_add(Span::new().try_days(since + days).ok()?)
        .ok()
}

/// The date `days` after 15 Nisan (the first day of Passover) of a Gregorian year. From 15 Nisan
/// to the next 1 Tishri there are always 163 days.
pub(super) fn after_passover(year: i16, days: i64) -> Option<Date> {
    after_new_year(year, days - 163)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn known_new_years_and_passovers() {
        for (y, m, d) in [
            (2020, 9, 19),
            (2021, 9, 7),
            (2023, 9, 16),
            (2024, 10, 3),
            (2025, 9, 23),
            (2026, 9, 12),
            (2027, 10, 2),
            (2028, 9, 21),
            (2029, 9, 10),
            (2030, 9, 28),
        ] {
            assert_eq!(after_new_year(y, 0).unwrap(), date(y, m, d));
        }
        for (y, m, d) in [
            (2021, 3, 28),
            (2022, 4, 16),
            (2024, 4, 23),
            (2025, 4, 13),
            (2026, 4, 2),
            (2027, 4, 22),
            (2028, 4, 11),
            (2029, 3, 31),
            (2030, 4, 18),
        ] {
            assert_eq!(after_passover(y, 0).unwrap(), date(y, m, d));
        }
    }
}
