//! The closed grammar of the small strings that stand for quantities.
//!
//! | form | examples |
//! |---|---|
//! | duration | `20s` `4m` `5m30s` `8h30m` `1.5h` `4 days` `12 weeks` |
//! | length of a horizon | `12 weeks` `1 month` `31 days` |
//! | share, percentage | `80%` `2.5%` `112%` |
//! | difference, change | `-4 points` `+180%` |
//! | money | `EUR 42_000/year` `EUR 14/h` `EUR 25/night` `EUR 45_000` |
//! | rate | `40h/week` `6 heads/week` `4 heads/month` `0.4/month` |
//! | growth | `3%/month` `-10%/year` |
//! | time of day, range | `07:30` `20:00-23:00` |
//! | promise | `80% of phone within 20s` `90% of mail first reply within 4 business hours` |
//! | who counts | `offered` `answered` `offered less abandoned within 5s` `credited` |
//! | periods to hold | `90% of weeks` |
//! | bound | `vendor share of contacts at most 50%` `monthly occupancy of berlin at most 86%` `never alone in berlin` `cost at most EUR 200_000/month` |
//!
//! Every function takes the text as written and gives the quantity in its base unit (seconds, fractions of one, minutes
//! after midnight), or a [`FormError`] that says what is wrong and what to write instead.

mod bound;
mod clock;
mod duration;
mod money;
mod promise;
mod rate;
mod share;

pub use bound::{Bound, keep};
pub use clock::{time_of_day, time_range, week_hours, weekdays};
pub use duration::{duration, length};
pub use money::{Money, heads_per, hours_per_week, money};
pub use promise::{Target, hold, population, target};
pub use rate::{growth, times};
pub use share::{change, percent, points, share};

/// Why a text is not of the expected form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormError {
    /// What is wrong, as the rest of a sentence: `"20" has no unit`.
    pub why: String,
    /// What to write instead: `write "20s"`.
    pub help: String,
}

impl FormError {
    fn new(why: impl Into<String>, help: impl Into<String>) -> FormError {
        FormError {
            why: why.into(),
            help: help.into(),
        }
    }
}

impl std::fmt::Display for FormError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}; {}", self.why, self.help)
    }
}

impl std::error::Error for FormError {}

/// Greatest number in a quantity: sums of what is written stay exact far beyond any organisation.
const MOST: f64 = 1e12;

/// A number at the start of a text and what follows it: digits with `_` between them and at most one point.
///
/// A comma is never guessed at: it is a decimal comma in one country and groups thousands in the next.
fn number(text: &str) -> Result<(f64, &str), FormError> {
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || "_.,'".contains(c)))
        .unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    if digits.contains(',') || digits.contains('\'') {
        return Err(comma(digits, rest));
    }
    if digits.is_empty() {
        return Err(FormError::new(
            format!("\"{text}\" does not begin with a number"),
            "begin with the number",
        ));
    }
    let misplaced = digits.starts_with('_') || digits.ends_with('_') || digits.contains("__");
    let value: Option<f64> = if misplaced {
        None
    } else {
        digits.replace('_', "").parse().ok()
    };
    match value {
        Some(value) if value > MOST => Err(FormError::new(
            format!("\"{digits}\" is too large"),
            "write a number of sensible size",
        )),
        Some(value) => Ok((value, rest)),
        None => Err(FormError::new(
            format!("\"{digits}\" is not a number"),
            "write it like 42_000 or 2.5",
        )),
    }
}

/// The remedy for `4,5` and `42,000`.
fn comma(digits: &str, rest: &str) -> FormError {
    let parts: Vec<&str> = digits.split([',', '\'']).collect();
    let grouped = parts.len() > 1 && parts[1..].iter().all(|p| p.len() == 3 && !p.contains('.'));
    let better = if grouped {
        parts.join("_")
    } else {
        digits.replace(',', ".")
    };
    FormError::new(
        format!(
            "\"{digits}\" has a comma; numbers are written with a point, and \"_\" may group the digits"
        ),
        format!("write \"{better}{rest}\""),
    )
}

#[cfg(test)]
mod tests;
