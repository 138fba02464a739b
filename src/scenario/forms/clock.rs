//! Times of day, ranges of them, weekdays and weekly hours.

use super::FormError;
use crate::time::WeekHours;
use jiff::civil::Weekday;

/// A time of day in minutes after midnight; `24:00` is the end of the day.
///
/// ```
/// assert_eq!(staffwright::scenario::forms::time_of_day("07:30"), Ok(450));
/// ```
///
/// # Errors
/// Anything but `HH:MM` on a 24-hour clock.
pub fn time_of_day(text: &str) -> Result<u32, FormError> {
    let text = text.trim();
    let help = "write it like \"07:30\" or \"17:00\", on a 24-hour clock";
    let bad = || FormError::new(format!("\"{text}\" is not a time of day"), help);
    let lower = text.to_ascii_lowercase();
    if lower.ends_with("am") || lower.ends_with("pm") || lower.contains('h') {
        return Err(bad());
    }
    let (hour, minute) = match text.split_once(':') {
        Some(parts) => parts,
        None if text.len() <= 2 && text.parse::<u32>().is_ok_and(|h| h <= 24) => {
            return Err(FormError::new(
                format!("\"{text}\" is not a time of day"),
                format!("write \"{text:0>2}:00\""),
            ));
        }
        None => return Err(bad()),
    };
    let digits = |s: &str, most: usize| {
        (!s.is_empty() && s.len() <= most && s.chars().all(|c| c.is_ascii_digit()))
            .then(|| s.parse::<u32>().ok())
            .flatten()
    };
    let (Some(hour), Some(minute)) = (digits(hour, 2), digits(minute, 2)) else {
        return Err(bad());
    };
    if minute > 59 || hour > 24 || (hour == 24 && minute > 0) {
        return Err(FormError::new(
            format!("there is no time \"{text}\" in a day"),
            "a day runs from 00:00 to 24:00",
        ));
    }
    Ok(hour * 60 + minute)
}

/// A range of times, `20:00-23:00`, in minutes after midnight; an end at or before the start is on the next day and
/// has 1440 added.
///
/// # Errors
/// Anything but two times of day with `-` between them.
pub fn time_range(text: &str) -> Result<(u32, u32), FormError> {
    let Some((from, to)) = text.split_once('-') else {
        return Err(FormError::new(
            format!("\"{text}\" is not a range of times"),
            "write it like \"20:00-23:00\"",
        ));
    };
    let (from, to) = (time_of_day(from)?, time_of_day(to)?);
    if from == 1440 {
        return Err(FormError::new(
            format!("\"{text}\" begins at the end of the day"),
            "begin at \"00:00\" instead",
        ));
    }
    Ok((from, if to <= from { to + 1440 } else { to }))
}

/// Weekly hours: `Mon-Fri 08:00-20:00, Sat 09:00-17:00`, `daily 06:00-22:00`, `24/7`.
///
/// # Errors
/// As [`WeekHours::parse`].
pub fn week_hours(text: &str) -> Result<WeekHours, FormError> {
    WeekHours::parse(text).map_err(|why| match why.split_once(": write ") {
        None if why.starts_with("say ") => {
            let (what, example) = why
                .trim_start_matches("say ")
                .split_once(": ")
                .unwrap_or((&why, text));
            FormError::new(
                format!("\"{text}\" does not say {what}"),
                format!("write {example}"),
            )
        }
        Some((why, help)) => FormError::new(why, format!("write {help}")),
        None => FormError::new(
            why,
            "write it like \"Mon-Fri 08:00-20:00, Sat 09:00-17:00\" or \"24/7\"",
        ),
    })
}

/// Days of the week: `Mon-Fri`, `Sat, Sun`, `daily`; from Monday on, each once.
///
/// # Errors
/// An unknown day.
pub fn weekdays(text: &str) -> Result<Vec<Weekday>, FormError> {
    let help = "write them like \"Mon-Fri\", \"Sat, Sun\" or \"daily\"";
    if text.trim().is_empty() {
        return Err(FormError::new("no day is named", help));
    }
    let mut whole = String::new();
    for part in text.split(',') {
        whole.push_str(if whole.is_empty() { "" } else { ", " });
        whole.push_str(part.trim());
        whole.push_str(" 00:00-24:00");
    }
    let hours = WeekHours::parse(&whole)
        .map_err(|_| FormError::new(format!("\"{text}\" does not name days of the week"), help))?;
    let mut days: Vec<Weekday> = hours.spans.iter().map(|span| span.weekday).collect();
    days.dedup();
    Ok(days)
}
