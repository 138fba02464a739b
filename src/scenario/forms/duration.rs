//! Durations and the length of a horizon.

use super::{FormError, number};
use crate::time::Length;

/// Seconds of each unit and the ways to write it.
const UNITS: [(f64, &[&str]); 5] = [
    (1.0, &["s", "sec", "second", "seconds"]),
    (60.0, &["m", "min", "minute", "minutes"]),
    (3600.0, &["h", "hour", "hours"]),
    (86_400.0, &["d", "day", "days"]),
    (604_800.0, &["w", "week", "weeks"]),
];

const EXAMPLES: &str = "\"20s\", \"4m\", \"5m30s\", \"8h30m\", \"4 days\" or \"12 weeks\"";

/// A duration in seconds: numbers with units, the larger first.
///
/// ```
/// use staffwright::scenario::forms::duration;
/// assert_eq!(duration("5m30s"), Ok(330.0));
/// assert_eq!(duration("1.5h"), Ok(5400.0));
/// assert_eq!(duration("4 days"), Ok(345_600.0));
/// assert!(duration("20").is_err());
/// ```
///
/// # Errors
/// A number without unit, an unknown unit, a negative duration, or units out of order.
pub fn duration(text: &str) -> Result<f64, FormError> {
    let mut rest = text.trim();
    if rest.is_empty() {
        return Err(FormError::new(
            "the duration is empty",
            format!("write {EXAMPLES}"),
        ));
    }
    if rest.starts_with('-') {
        return Err(FormError::new(
            format!("\"{rest}\" is negative"),
            "a duration is never negative",
        ));
    }
    if rest.contains(':') {
        return Err(FormError::new(
            format!("\"{rest}\" looks like a time of day, but a duration is expected"),
            "write hours, minutes and seconds with their units, like \"8h30m\" or \"5m30s\"",
        ));
    }
    let mut total = 0.0;
    let mut last = f64::INFINITY;
    while !rest.is_empty() {
        let (value, after) = number(rest).map_err(|e| {
            if e.why.contains("does not begin") {
                unreadable(text)
            } else {
                e
            }
        })?;
        let after = after.trim_start();
        let end = after
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(after.len());
        let unit = unit(&after[..end], text)?;
        if unit >= last {
            return Err(FormError::new(
                format!("the units of \"{text}\" are out of order"),
                "write the larger unit first, each once, like \"8h30m\"",
            ));
        }
        total += value * unit;
        last = unit;
        rest = after[end..].trim_start();
    }
    Ok(total)
}

fn unreadable(text: &str) -> FormError {
    FormError::new(
        format!("\"{text}\" is not a duration"),
        format!("write it like {EXAMPLES}"),
    )
}

fn unit(word: &str, text: &str) -> Result<f64, FormError> {
    let found = UNITS
        .iter()
        .find(|(_, names)| names.contains(&word))
        .map(|(seconds, _)| *seconds);
    found.ok_or_else(|| match word {
        "" if text.trim_end().ends_with('%') => FormError::new(
            format!("\"{text}\" is a share, but a duration is expected"),
            format!("write it like {EXAMPLES}"),
        ),
        "" => no_unit(text),
        "month" | "months" | "year" | "years" | "y" => FormError::new(
            format!("\"{text}\": months and years differ in length"),
            "write weeks or days, like \"13 weeks\"",
        ),
        "ms" => FormError::new(
            format!("\"{text}\": milliseconds are not used"),
            "write seconds, like \"0.5s\"",
        ),
        _ => FormError::new(
            format!("\"{word}\" is not a unit of time"),
            "units are s, m, h, days and weeks: \"20s\", \"4m\", \"8h30m\", \"4 days\"",
        ),
    })
}

fn no_unit(text: &str) -> FormError {
    let text = text.trim();
    // After "5m" a bare "30" means seconds; alone it may mean anything.
    let digits = text
        .chars()
        .rev()
        .take_while(|c| c.is_ascii_digit() || *c == '.')
        .count();
    if digits == text.len() {
        return FormError::new(
            format!("\"{text}\" has no unit"),
            format!(
                "write \"{text}s\" for seconds, \"{text}m\" for minutes or \"{text}h\" for hours"
            ),
        );
    }
    FormError::new(
        format!("the last number of \"{text}\" has no unit"),
        format!("write {EXAMPLES}"),
    )
}

/// The length of a horizon in civil days, weeks or months, so that it ends at a local midnight.
///
/// # Errors
/// Anything but a whole number of days, weeks, months or years.
pub fn length(text: &str) -> Result<Length, FormError> {
    let help = "write it like \"12 weeks\", \"31 days\" or \"3 months\"";
    let (value, unit) = number(text.trim()).map_err(|e| FormError::new(e.why, help))?;
    if value < 1.0 || value.fract() != 0.0 || value > 36_600.0 {
        return Err(FormError::new(
            format!("\"{text}\" is not a whole number of days, weeks or months"),
            help,
        ));
    }
    let value = value as u32;
    match unit.trim() {
        "d" | "day" | "days" => Ok(Length::Days(value)),
        "w" | "week" | "weeks" => Ok(Length::Weeks(value)),
        "month" | "months" => Ok(Length::Months(value)),
        "y" | "year" | "years" => Ok(Length::Months(value * 12)),
        "" => Err(FormError::new(format!("\"{text}\" has no unit"), help)),
        other => Err(FormError::new(
            format!("a horizon is not measured in \"{other}\": it lasts whole days"),
            help,
        )),
    }
}
