//! Cells of data files: numbers, dates, times and weekdays in the dialect of their file.

use super::csv_table::Row;
use super::forms::{self, FormError};
use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::tz::TimeZone;

/// Names of the days from Monday on that are understood, whole or by their first letters (at least `.1`).
const DAYS: [&str; 2] = [
    "monday tuesday wednesday thursday friday saturday sunday",
    "montag dienstag mittwoch donnerstag freitag samstag sonntag",
];

fn error(why: impl Into<String>, help: impl Into<String>) -> FormError {
    FormError {
        why: why.into(),
        help: help.into(),
    }
}

impl Row<'_> {
    fn cell(&self, column: &str) -> Result<&str, FormError> {
        match self.text(column) {
            Some("") | None => Err(error(
                format!("`{column}` is empty"),
                "fill the cell, or remove the row",
            )),
            Some(text) => Ok(text),
        }
    }

    /// A number; it may have the file's decimal comma, and points that group its digits then.
    ///
    /// # Errors
    /// An empty cell or anything else than a number.
    pub fn number(&self, column: &str) -> Result<f64, FormError> {
        let text = self.cell(column)?;
        let plain = if self.table.dialect.decimal_comma {
            text.replace('.', "").replace(',', ".")
        } else {
            text.replace('_', "")
        };
        let number: Option<f64> = plain.parse().ok().filter(|x: &f64| x.is_finite());
        number.ok_or_else(|| {
            let help = if text.contains(',') {
                "write numbers without separators of thousands"
            } else {
                "write a number"
            };
            error(format!("`{text}` is not a number"), help)
        })
    }

    /// A whole number from 0 on.
    ///
    /// # Errors
    /// An empty cell, a fraction, a negative number.
    pub fn count(&self, column: &str) -> Result<u32, FormError> {
        let number = self.number(column)?;
        let whole = number >= 0.0 && number.fract() == 0.0 && number <= f64::from(u32::MAX);
        if !whole {
            return Err(error(
                format!("`{}` is not a count", self.cell(column)?),
                "write a whole number from 0 on",
            ));
        }
        Ok(number as u32)
    }

    /// A time of day in minutes after midnight; seconds are accepted where they are zero.
    ///
    /// # Errors
    /// As [`forms::time_of_day`].
    pub fn time(&self, column: &str) -> Result<u32, FormError> {
        let text = self.cell(column)?;
        forms::time_of_day(if text.matches(':').count() == 2 {
            text.trim_end_matches(":00")
        } else {
            text
        })
    }

    /// A duration in seconds.
    ///
    /// # Errors
    /// As [`forms::duration`].
    pub fn duration(&self, column: &str) -> Result<f64, FormError> {
        forms::duration(self.cell(column)?)
    }

    /// A day of the week by its English or German name, or 1 for Monday to 7 for Sunday (ISO 8601).
    ///
    /// # Errors
    /// Any other word.
    pub fn weekday(&self, column: &str) -> Result<Weekday, FormError> {
        let text = self.cell(column)?;
        let lower = text.trim_end_matches('.').to_lowercase();
        if let Ok(number) = lower.parse::<i8>() {
            return Weekday::from_monday_one_offset(number).map_err(|_| {
                error(
                    format!("`{text}` is not a day of the week"),
                    "write 1 for Monday to 7 for Sunday",
                )
            });
        }
        for names in DAYS {
            let found = names
                .split(' ')
                .position(|name| lower.len() >= 2 && name.starts_with(&lower));
            // Found among seven names.
            if let Some(day) = found.and_then(|i| Weekday::from_monday_zero_offset(i as i8).ok()) {
                return Ok(day);
            }
        }
        Err(error(
            format!("`{text}` is not a day of the week"),
            "write Mon, Tue, Wed, Thu, Fri, Sat or Sun",
        ))
    }

    /// A date.
    ///
    /// # Errors
    /// Anything but `2027-01-11` or `11.01.2027`.
    pub fn date(&self, column: &str) -> Result<Date, FormError> {
        date(self.cell(column)?)
    }

    /// An instant in seconds since 1970: a local date and time in `zone`, or one with its own offset (`...Z`, `...+02:00`).
    /// A time that the zone skips is moved on by the gap; of a repeated one the first is taken.
    ///
    /// # Errors
    /// Anything else than a date and time.
    pub fn instant(&self, column: &str, zone: &TimeZone) -> Result<i64, FormError> {
        let text = self.cell(column)?;
        if let Ok(timestamp) = text.parse::<jiff::Timestamp>() {
            return Ok(timestamp.as_second());
        }
        let civil = date_time(text)?;
        zone.to_timestamp(civil)
            .map(|t| t.as_second())
            .map_err(|_| {
                error(
                    format!("`{text}` is out of range"),
                    "write a date of this century",
                )
            })
    }
}

/// The date at the start of `11.01.2027 07:30`, and what follows it.
pub(super) fn dotted_date(text: &str) -> Option<(Date, &str)> {
    let (day, rest) = text.split_once('.')?;
    let (month, rest) = rest.split_once('.')?;
    let year = rest.get(..4)?;
    let number = |t: &str| {
        (!t.is_empty() && t.len() <= 4 && t.bytes().all(|b| b.is_ascii_digit()))
            .then(|| t.parse::<i16>().ok())
            .flatten()
    };
    let (day, month) = (
        i8::try_from(number(day)?).ok()?,
        i8::try_from(number(month)?).ok()?,
    );
    Some((Date::new(number(year)?, month, day).ok()?, &rest[4..]))
}

fn date(text: &str) -> Result<Date, FormError> {
    if let Some((date, "")) = dotted_date(text) {
        return Ok(date);
    }
    if text.contains('/') {
        return Err(error(
            format!("`{text}` may be day/month or month/day"),
            "write dates like 2027-01-11 or 11.01.2027",
        ));
    }
    if text.len() == 10
        && let Ok(date) = text.parse::<Date>()
    {
        return Ok(date);
    }
    Err(error(
        format!("`{text}` is not a date"),
        "write it like 2027-01-11 or 11.01.2027",
    ))
}

fn date_time(text: &str) -> Result<DateTime, FormError> {
    let (day, time) = match dotted_date(text) {
        Some((day, rest)) => (day, rest),
        None => match text.split_at_checked(10) {
            Some((day, rest)) => (date(day)?, rest),
            None => (date(text)?, ""),
        },
    };
    let time = time.trim_start_matches(['T', ' ', ',']);
    if time.is_empty() {
        return Ok(day.to_datetime(Time::midnight()));
    }
    let padded = if time.find(':') == Some(1) {
        format!("0{time}")
    } else {
        time.to_string()
    };
    match padded.parse::<Time>() {
        Ok(time) => Ok(day.to_datetime(time)),
        Err(_) => Err(error(
            format!("`{text}` is not a date and time"),
            "write it like 2027-01-11 07:30",
        )),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use crate::scenario::csv_table::{CsvTable, read};
    use crate::scenario::diagnostic::Diagnostics;
    use crate::scenario::source::Sources;
    use jiff::civil::Weekday;
    use jiff::tz::TimeZone;

    fn table(bytes: &[u8]) -> (CsvTable, Sources, Diagnostics) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::fs::write(&path, bytes).unwrap();
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let optional = ["a", "b", "start", "day"];
        let table = read(&path, None, &[], &optional, &mut sources, &mut diagnostics).unwrap();
        (table, sources, diagnostics)
    }

    #[test]
    fn dialects_of_spreadsheets_are_told_apart() {
        for (text, dialect) in [
            ("a,b\n1.5,2\n", "UTF-8, `,` between columns, decimal point"),
            ("a;b\n1,5;2\n", "UTF-8, `;` between columns, decimal comma"),
            (
                "a,b\n\"1,5\",2\n",
                "UTF-8, `,` between columns, decimal comma",
            ),
            (
                "\u{feff}a\tb\n1.5\t2\n",
                "UTF-8 with BOM, tabs between columns, decimal point",
            ),
        ] {
            let (table, ..) = table(text.as_bytes());
            assert_eq!(table.dialect.to_string(), dialect);
            assert_eq!(
                table.rows().next().unwrap().number("a"),
                Ok(1.5),
                "{dialect}"
            );
        }
        let (table, ..) = table(b"a;b\n1.234,5;\xE4\n");
        let row = table.rows().next().unwrap();
        assert_eq!(
            (row.number("a"), row.text("b")),
            (Ok(1234.5), Some("\u{e4}"))
        );
    }

    #[test]
    fn instants_are_local_or_carry_their_offset() {
        let text = "start\n2027-01-11 07:30\n11.01.2027 7:30\n2027-01-11T06:30:00Z\n2027-01-11T07:30:00+01:00\n2027-03-28 02:30\n";
        let (table, ..) = table(text.as_bytes());
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let all: Vec<i64> = table
            .rows()
            .map(|r| r.instant("start", &zone).unwrap())
            .collect();
        assert!(all[..4].iter().all(|t| *t == 1_799_649_000), "{all:?}");
        // Half past two does not exist on the day the clocks go forward.
        assert_eq!(
            all[4],
            "2027-03-28T01:30:00Z"
                .parse::<jiff::Timestamp>()
                .unwrap()
                .as_second()
        );
    }

    #[test]
    fn days_are_english_german_or_iso() {
        let (table, ..) = table(b"day,a\nTue,1\ndienstag,1\nDi.,1\n2,1\n8,1\nT,1\n");
        let days: Vec<Option<Weekday>> = table.rows().map(|r| r.weekday("day").ok()).collect();
        assert_eq!(days[..4], [Some(Weekday::Tuesday); 4]);
        assert_eq!(days[4..], [None, None]);
    }

    #[test]
    fn cells_know_their_places_behind_comments_and_quotes() {
        let text = "# source: ours\n\na,b\n# a note\n1,\"x, y\"\n2, z \n";
        let (table, sources, _) = table(text.as_bytes());
        let places: Vec<&str> = table
            .rows()
            .map(|r| sources.text(r.span("b", &sources)))
            .collect();
        assert_eq!(places, ["\"x, y\"", "z"]);
        let first = table.rows().next().unwrap();
        assert_eq!(sources.line_column(first.span("b", &sources)), (5, 3));
        assert_eq!(first.text("b"), Some("x, y"));
    }

    #[test]
    fn rows_of_another_length_are_left_out_with_a_message() {
        let (table, _, diagnostics) = table(b"a,b\n1,2\n3\n\n,\n4,5,6\n7,8\n");
        assert_eq!(table.len(), 3);
        assert_eq!(
            diagnostics
                .items
                .iter()
                .filter(|d| d.code == "ragged-row")
                .count(),
            2
        );
    }
}
