//! Figures in both languages: `1,234.5` and `1.234,5`, `84.6%` and `84,6 %`, dates.
//!
//! What [`number`] writes for a terminal stands here for reports, as [`Words`].

use super::number;
use super::words::{Language, Words};
use crate::measure::Unit;
use crate::stats::Estimate;

fn both(text: impl Fn(Language) -> String) -> Words {
    Words::of(text(Language::English), text(Language::German))
}

/// A figure alone.
///
/// ```
/// use staffwright::{measure::Unit, report::figure};
/// let cost = figure::plain(Unit::Money, 1234567.8, "EUR");
/// assert_eq!(cost.en, "EUR 1,234,568");
/// assert_eq!(cost.de, "1.234.568 EUR");
/// ```
#[must_use]
pub fn plain(unit: Unit, value: f64, currency: &str) -> Words {
    both(|l| number::plain_in(l, unit, value, currency))
}

/// A share that was asked for, without the decimals that it does not have: `80%`, `99.5%`.
#[must_use]
pub fn asked(share: f64) -> Words {
    let percent = 100.0 * share;
    let whole = (percent - percent.round()).abs() < 0.05;
    let decimals = usize::from(!whole);
    let number = fixed(percent, decimals);
    Words::of(format!("{}%", number.en), format!("{} %", number.de))
}

/// A figure with its interval.
#[must_use]
pub fn with_interval(unit: Unit, estimate: &Estimate, currency: &str) -> Words {
    both(|l| number::with_interval_in(l, unit, estimate, currency))
}

/// An estimate that may be undefined.
#[must_use]
pub fn optional(unit: Unit, estimate: Option<&Estimate>, currency: &str) -> Words {
    both(|l| number::optional_in(l, unit, estimate, currency))
}

/// The size of a difference.
#[must_use]
pub fn difference(unit: Unit, value: f64, currency: &str) -> Words {
    both(|l| number::difference_in(l, unit, value, currency))
}

/// A difference with its sign.
#[must_use]
pub fn change(unit: Unit, value: f64, currency: &str) -> Words {
    let size = difference(unit, value, currency);
    let sign = if value < 0.0 { "−" } else { "+" };
    Words::same(sign).then(&size)
}

/// A probability that is at least this.
#[must_use]
pub fn at_least(p: f64) -> Words {
    both(|l| number::at_least_in(l, p))
}

/// A bare number with some decimals.
#[must_use]
pub fn fixed(value: f64, decimals: usize) -> Words {
    both(|l| number::grouped(l, value, decimals))
}

/// A bare number with its sign.
///
/// ```
/// assert_eq!(staffwright::report::figure::signed(-3.5, 1).de, "−3,5");
/// ```
#[must_use]
pub fn signed(value: f64, decimals: usize) -> Words {
    let sign = if value < 0.0 { "−" } else { "+" };
    Words::same(sign).then(&fixed(value.abs(), decimals))
}

/// A date as JSON writes it, `2027-01-19`; in German `19.01.2027`. Other texts stay as they are.
///
/// ```
/// assert_eq!(staffwright::report::figure::date("2027-01-19").de, "19.01.2027");
/// ```
#[must_use]
pub fn date(iso: &str) -> Words {
    let parts: Vec<&str> = iso.split('-').collect();
    match parts.as_slice() {
        [year, month, day] if year.len() == 4 => Words::of(iso, format!("{day}.{month}.{year}")),
        _ => Words::same(iso),
    }
}
