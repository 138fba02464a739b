//! What a promise says, in both languages.

use super::words::Words;
use crate::scenario::forms::target;
use crate::scenario::model::PromiseEvent;

/// Units of a limit and their German names, for one and for more.
const UNITS: [(&[&str], [&str; 2]); 5] = [
    (&["s", "sec", "second", "seconds"], ["Sekunde", "Sekunden"]),
    (&["m", "min", "minute", "minutes"], ["Minute", "Minuten"]),
    (&["h", "hour", "hours"], ["Stunde", "Stunden"]),
    (&["d", "day", "days"], ["Tag", "Tagen"]),
    (&["w", "week", "weeks"], ["Woche", "Wochen"]),
];
/// The same of business hours.
const BUSINESS: [(&[&str], [&str; 2]); 3] = [
    (
        &["minute", "minutes"],
        ["Geschäftsminute", "Geschäftsminuten"],
    ),
    (&["hour", "hours"], ["Geschäftsstunde", "Geschäftsstunden"]),
    (&["day", "days"], ["Geschäftstag", "Geschäftstagen"]),
];

/// A promise's target as written, and in German; names stay as they are, and so does a text that is no target.
///
/// ```
/// let words = staffwright::report::target::words("90% of mail first reply within 8 business hours");
/// assert_eq!(words.de, "90 % von mail mit erster Antwort binnen 8 Geschäftsstunden");
/// ```
#[must_use]
pub fn words(text: &str) -> Words {
    match german(text) {
        Some(german) => Words::of(text, german),
        None => Words::same(text),
    }
}

/// A promise with its name: `phone: 80% of phone within 20s`.
#[must_use]
pub fn named(name: &str, text: &str) -> Words {
    Words::same(format!("{name}: ")).then(&words(text))
}

fn german(text: &str) -> Option<String> {
    let read = target(text).ok()?;
    let clean = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (head, limit) = clean.split_once(" within ")?;
    let share = head.split('%').next()?.trim_end().replace('.', ",");
    let whom = match read.of.as_slice() {
        [] => String::new(),
        of => format!(" von {}", of.join(" ")),
    };
    let event = match read.event {
        PromiseEvent::FirstReply => " mit erster Antwort",
        PromiseEvent::Resolution => " gelöst",
        PromiseEvent::Answer if head.ends_with(" answered") => " angenommen",
        PromiseEvent::Answer => "",
    };
    let limit = match limit.split_once("business") {
        Some((number, unit)) => part(number.trim_end(), unit.trim(), &BUSINESS)?,
        None => duration(limit)?,
    };
    Some(format!("{share} %{whom}{event} binnen {limit}"))
}

/// Every number with its unit: `1h30m`.
fn duration(text: &str) -> Option<String> {
    let mut parts = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (number, after) = rest.split_at(rest.find(char::is_alphabetic)?);
        let end = after
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(after.len());
        parts.push(part(number.trim(), &after[..end], &UNITS)?);
        rest = after[end..].trim_start();
    }
    Some(parts.join(" "))
}

/// A number and its unit in one of the tables.
fn part(number: &str, unit: &str, units: &[(&[&str], [&str; 2])]) -> Option<String> {
    let (_, [one, many]) = units.iter().find(|(written, _)| written.contains(&unit))?;
    let unit = if number == "1" { one } else { many };
    Some(format!("{} {unit}", number.replace('.', ",")))
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn every_build_of_a_target_has_its_german() {
        for (english, german) in [
            (
                "80% of phone within 20s",
                "80 % von phone binnen 20 Sekunden",
            ),
            (
                "99.5% answered within 1h30m",
                "99,5 % angenommen binnen 1 Stunde 30 Minuten",
            ),
            (
                "95%  of p1 mail first reply within 1 business day",
                "95 % von p1 mail mit erster Antwort binnen 1 Geschäftstag",
            ),
            (
                "90% of chat resolved within 1.5 days",
                "90 % von chat gelöst binnen 1,5 Tagen",
            ),
            (
                "90% resolved within 2 business hours",
                "90 % gelöst binnen 2 Geschäftsstunden",
            ),
        ] {
            assert_eq!(words(english).de, german);
            assert_eq!(words(english).en, english);
        }
    }

    #[test]
    fn what_is_no_target_stays_as_it_is() {
        assert!(words("latest start of day 09:00").agree());
    }
}
