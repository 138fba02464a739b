//! How figures look: shares, durations, money, counts, with intervals to sensible digits.
//!
//! The terminal is English; reports carry every figure in both languages ([`figure`](super::figure)).

use super::words::Language;
use crate::measure::Unit;
use crate::stats::Estimate;

/// What is shown where a figure is undefined.
pub const UNDEFINED: &str = "-";

/// More decimals than these nobody reads.
const MOST_DECIMALS: usize = 2;

/// How one figure is scaled and dressed: `{prefix} {number}{suffix}`.
struct Form<'a> {
    language: Language,
    scale: f64,
    prefix: &'a str,
    suffix: &'a str,
    /// Whether a space parts the number from its suffix.
    apart: bool,
    decimals: usize,
}

impl Form<'_> {
    fn of<'a>(language: Language, unit: Unit, value: f64, currency: &'a str) -> Form<'a> {
        let size = value.abs();
        let german = language == Language::German;
        let form = |scale, suffix, decimals| Form {
            language,
            scale,
            prefix: "",
            suffix,
            apart: true,
            decimals,
        };
        match unit {
            Unit::Share => Form {
                apart: german,
                ..form(100.0, "%", 1)
            },
            Unit::Points => form(1.0, "", 1),
            Unit::Hours => form(1.0, "h", 0),
            Unit::Count => {
                let whole = size >= 20.0 || value.fract() == 0.0;
                form(1.0, "", if whole { 0 } else { 2 })
            }
            Unit::Money => {
                let decimals = if size < 1000.0 { 2 } else { 0 };
                let (prefix, suffix) = if german {
                    ("", currency)
                } else {
                    (currency, "")
                };
                Form {
                    prefix,
                    ..form(1.0, suffix, decimals)
                }
            }
            Unit::Seconds if size < 3600.0 => form(1.0, "s", usize::from(size < 60.0)),
            Unit::Seconds if size < 48.0 * 3600.0 => form(1.0 / 3600.0, "h", 1),
            Unit::Seconds => form(1.0 / 86_400.0, "d", 1),
        }
    }

    /// Minutes and seconds read better than either alone.
    fn in_minutes(&self, unit: Unit, value: f64) -> bool {
        unit == Unit::Seconds && self.scale == 1.0 && value.abs() >= 60.0
    }

    fn number(&self, value: f64, decimals: usize) -> String {
        grouped(self.language, value * self.scale, decimals)
    }

    fn value(&self, unit: Unit, value: f64, decimals: usize) -> String {
        if self.in_minutes(unit, value) {
            return minutes(self.language, value);
        }
        let space = |wanted: bool| if wanted { " " } else { "" };
        format!(
            "{}{}{}{}{}",
            self.prefix,
            space(!self.prefix.is_empty()),
            self.number(value, decimals),
            space(self.apart && !self.suffix.is_empty()),
            self.suffix
        )
    }
}

/// A figure alone, such as `84.6%`, `12.3 s`, `4 m 10 s`, `2.3 h`, `EUR 4.83`.
///
/// ```
/// use staffwright::{measure::Unit, report::number::plain};
/// assert_eq!(plain(Unit::Share, 0.8464, "EUR"), "84.6%");
/// assert_eq!(plain(Unit::Seconds, 250.0, "EUR"), "4 m 10 s");
/// assert_eq!(plain(Unit::Money, 1234567.8, "EUR"), "EUR 1,234,568");
/// ```
#[must_use]
pub fn plain(unit: Unit, value: f64, currency: &str) -> String {
    plain_in(Language::English, unit, value, currency)
}

/// [`plain`] in a language: German has `84,6 %`, `4 min 10 s`, `1.234.568 EUR`.
#[must_use]
pub fn plain_in(language: Language, unit: Unit, value: f64, currency: &str) -> String {
    if !value.is_finite() {
        return UNDEFINED.to_owned();
    }
    let form = Form::of(language, unit, value, currency);
    form.value(unit, value, form.decimals)
}

/// A figure with its interval: `84.6% ±0.3`, or `99.8% (97–100)` where the interval is lopsided.
///
/// The half-width shows one or two digits that mean something, and the figure no more decimals than it.
#[must_use]
pub fn with_interval(unit: Unit, estimate: &Estimate, currency: &str) -> String {
    with_interval_in(Language::English, unit, estimate, currency)
}

/// [`with_interval`] in a language.
#[must_use]
pub fn with_interval_in(
    language: Language,
    unit: Unit,
    estimate: &Estimate,
    currency: &str,
) -> String {
    let Estimate {
        value, low, high, ..
    } = *estimate;
    if !value.is_finite() || !low.is_finite() || !high.is_finite() {
        return plain_in(language, unit, value, currency);
    }
    let (below, above) = (value - low, high - value);
    if below == 0.0 && above == 0.0 {
        return plain_in(language, unit, value, currency);
    }
    let form = Form::of(language, unit, value, currency);
    let half = below.max(above);
    let decimals = decimals_for(half * form.scale).unwrap_or(form.decimals);
    let shown = form.value(unit, value, decimals);
    let limit = |v: f64, decimals: usize| {
        if form.in_minutes(unit, value) {
            minutes(language, v)
        } else {
            form.number(v, decimals)
        }
    };
    if (above - below).abs() > 0.25 * half {
        let limit = |v: f64| limit(v, decimals);
        let to = match language {
            _ if low >= 0.0 => "–",
            Language::English => " to ",
            Language::German => " bis ",
        };
        return format!("{shown} ({}{to}{})", limit(low), limit(high));
    }
    if form.in_minutes(unit, value) {
        return format!("{shown} ±{}", minutes(language, half.max(1.0)));
    }
    // What is not certain is never said to be: the least half-width is one of the last digit.
    let least = libm::pow(10.0, -(decimals as f64)) / form.scale;
    format!("{shown} ±{}", form.number(half.max(least), decimals))
}

/// An estimate that may be undefined.
#[must_use]
pub fn optional(unit: Unit, estimate: Option<&Estimate>, currency: &str) -> String {
    optional_in(Language::English, unit, estimate, currency)
}

/// [`optional`] in a language.
#[must_use]
pub fn optional_in(
    language: Language,
    unit: Unit,
    estimate: Option<&Estimate>,
    currency: &str,
) -> String {
    estimate.map_or_else(
        || UNDEFINED.to_owned(),
        |e| with_interval_in(language, unit, e, currency),
    )
}

/// The size of a difference: shares are told apart in points.
#[must_use]
pub fn difference(unit: Unit, value: f64, currency: &str) -> String {
    difference_in(Language::English, unit, value, currency)
}

/// [`difference`] in a language.
#[must_use]
pub fn difference_in(language: Language, unit: Unit, value: f64, currency: &str) -> String {
    match unit {
        Unit::Share | Unit::Points => {
            let points = if unit == Unit::Share {
                100.0 * value
            } else {
                value
            };
            let decimals = if points.abs() < 0.1 { 2 } else { 1 };
            let name = match language {
                Language::English => "points",
                Language::German => "Punkte",
            };
            format!("{} {name}", grouped(language, points.abs(), decimals))
        }
        _ => plain_in(language, unit, value.abs(), currency),
    }
}

/// A probability that is at least this: rounded down, never quite certain.
///
/// ```
/// use staffwright::report::number::at_least;
/// assert_eq!(at_least(0.979), "97%");
/// assert_eq!(at_least(0.9979), "99.7%");
/// assert_eq!(at_least(1.0), "99.9%");
/// ```
#[must_use]
pub fn at_least(p: f64) -> String {
    at_least_in(Language::English, p)
}

/// [`at_least`] in a language.
#[must_use]
pub fn at_least_in(language: Language, p: f64) -> String {
    let (value, decimals) = if p < 0.99 {
        ((100.0 * p).floor(), 0)
    } else {
        (((1000.0 * p).floor() / 10.0).min(99.9), 1)
    };
    let form = Form::of(language, Unit::Share, value / 100.0, "");
    form.value(Unit::Share, value / 100.0, decimals)
}

/// The fewest decimals that leave a half-width a digit that means something; `None` for nought.
fn decimals_for(half: f64) -> Option<usize> {
    if half <= 0.0 {
        return None;
    }
    let mut digits = half;
    for decimals in 0..MOST_DECIMALS {
        if digits >= 2.0 {
            return Some(decimals);
        }
        digits *= 10.0;
    }
    Some(MOST_DECIMALS)
}

/// `250.0` seconds as `4 m 10 s`, in German `4 min 10 s`.
fn minutes(language: Language, seconds: f64) -> String {
    let whole = seconds.abs().round() as u64;
    let sign = if seconds < 0.0 { "-" } else { "" };
    if whole < 60 {
        return format!("{sign}{whole} s");
    }
    let name = match language {
        Language::English => "m",
        Language::German => "min",
    };
    format!("{sign}{} {name} {:02} s", whole / 60, whole % 60)
}

/// A number with marks between thousands: `1,234.5`, in German `1.234,5`.
///
/// ```
/// use staffwright::report::{number::grouped, words::Language};
/// assert_eq!(grouped(Language::English, -1234.5, 1), "-1,234.5");
/// assert_eq!(grouped(Language::German, -1234.5, 1), "-1.234,5");
/// ```
#[must_use]
pub fn grouped(language: Language, value: f64, decimals: usize) -> String {
    let (thousands, point) = match language {
        Language::English => (',', "."),
        Language::German => ('.', ","),
    };
    let text = format!("{value:.decimals$}");
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) if rest.chars().any(|c| c.is_ascii_digit() && c != '0') => ("-", rest),
        Some(rest) => ("", rest),
        None => ("", text.as_str()),
    };
    let (whole, fraction) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut out = String::from(sign);
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(thousands);
        }
        out.push(digit);
    }
    out + &fraction.replace('.', point)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(unit: Unit, value: f64, half: f64) -> String {
        with_interval(unit, &Estimate::around(value, half), "EUR")
    }

    #[test]
    fn figures_take_the_digits_their_intervals_allow() {
        assert_eq!(shown(Unit::Share, 0.846_4, 0.003), "84.6% ±0.3");
        assert_eq!(shown(Unit::Share, 0.846_4, 0.000_2), "84.64% ±0.02");
        assert_eq!(shown(Unit::Share, 0.846_4, 0.05), "85% ±5");
        assert_eq!(shown(Unit::Share, 0.846_4, 0.0), "84.6%");
        assert_eq!(shown(Unit::Seconds, 12.34, 0.4), "12.3 s ±0.4");
        assert_eq!(shown(Unit::Seconds, 250.0, 8.2), "4 m 10 s ±8 s");
        assert_eq!(shown(Unit::Seconds, 8_280.0, 360.0), "2.30 h ±0.10");
        assert_eq!(shown(Unit::Seconds, 200_000.0, 40_000.0), "2.3 d ±0.5");
        assert_eq!(shown(Unit::Money, 4.832, 0.021), "EUR 4.83 ±0.02");
        assert_eq!(
            shown(Unit::Money, 1_234_567.0, 1_200.0),
            "EUR 1,234,567 ±1,200"
        );
        assert_eq!(shown(Unit::Count, 12_345.6, 80.0), "12,346 ±80");
        assert_eq!(shown(Unit::Points, 81.24, 0.3), "81.2 ±0.3");
    }

    #[test]
    fn lopsided_and_unbounded_intervals_say_so() {
        let lopsided = Estimate {
            value: 1.0,
            low: 0.93,
            high: 1.0,
            periods: None,
        };
        assert_eq!(
            with_interval(Unit::Share, &lopsided, "EUR"),
            "100% (93–100)"
        );
        assert_eq!(shown(Unit::Share, 0.5, f64::INFINITY), "50.0%");
        assert_eq!(optional(Unit::Share, None, "EUR"), "-");
        assert_eq!(plain(Unit::Count, f64::NAN, "EUR"), "-");
    }

    #[test]
    fn differences_of_shares_are_points() {
        assert_eq!(difference(Unit::Share, -0.112, "EUR"), "11.2 points");
        assert_eq!(difference(Unit::Money, 0.84, "EUR"), "EUR 0.84");
        assert_eq!(difference(Unit::Seconds, -72.0, "EUR"), "1 m 12 s");
        assert_eq!(grouped(Language::English, -0.001, 1), "0.0");
    }

    #[test]
    fn whole_counts_have_no_decimals_and_doubt_is_never_shown_as_nought() {
        assert_eq!(plain(Unit::Count, 17.0, ""), "17");
        assert_eq!(plain(Unit::Count, 0.16, ""), "0.16");
        assert_eq!(shown(Unit::Share, 0.999_9, 0.000_01), "99.99% ±0.01");
        assert_eq!(shown(Unit::Count, 0.163, 0.000_2), "0.16 ±0.01");
    }

    #[test]
    fn german_figures_have_their_own_marks() {
        let german = |unit, value, half| {
            let e = Estimate::around(value, half);
            with_interval_in(Language::German, unit, &e, "EUR")
        };
        assert_eq!(german(Unit::Share, 0.846_4, 0.003), "84,6 % ±0,3");
        assert_eq!(german(Unit::Seconds, 250.0, 8.2), "4 min 10 s ±8 s");
        assert_eq!(german(Unit::Money, 4.832, 0.021), "4,83 EUR ±0,02");
        assert_eq!(
            german(Unit::Money, 1_234_567.0, 1_200.0),
            "1.234.567 EUR ±1.200"
        );
        assert_eq!(german(Unit::Count, 12_345.6, 80.0), "12.346 ±80");
        let lopsided = Estimate {
            value: 0.2,
            low: -0.1,
            high: 1.0,
            periods: None,
        };
        assert_eq!(
            with_interval_in(Language::German, Unit::Share, &lopsided, ""),
            "20 % (-10 bis 100)"
        );
        assert_eq!(at_least_in(Language::German, 0.9979), "99,7 %");
        assert_eq!(
            difference_in(Language::German, Unit::Share, -0.112, ""),
            "11,2 Punkte"
        );
    }
}
