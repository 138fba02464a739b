//! How figures look: shares, durations, money, counts, with intervals to sensible digits.

use crate::measure::Unit;
use crate::stats::Estimate;

/// What is shown where a figure is undefined.
pub const UNDEFINED: &str = "-";

/// More decimals than these nobody reads.
const MOST_DECIMALS: usize = 2;

/// How one figure is scaled and dressed.
struct Form<'a> {
    scale: f64,
    prefix: &'a str,
    suffix: &'static str,
    decimals: usize,
}

impl Form<'_> {
    fn of<'a>(unit: Unit, value: f64, currency: &'a str) -> Form<'a> {
        let size = value.abs();
        let form = |scale, prefix, suffix, decimals| Form {
            scale,
            prefix,
            suffix,
            decimals,
        };
        match unit {
            Unit::Share => form(100.0, "", "%", 1),
            Unit::Points => form(1.0, "", "", 1),
            Unit::Hours => form(1.0, "", " h", 0),
            Unit::Count => form(1.0, "", "", if size < 20.0 { 2 } else { 0 }),
            Unit::Money => form(1.0, currency, "", if size < 1000.0 { 2 } else { 0 }),
            Unit::Seconds if size < 3600.0 => form(1.0, "", " s", usize::from(size < 60.0)),
            Unit::Seconds if size < 48.0 * 3600.0 => form(1.0 / 3600.0, "", " h", 1),
            Unit::Seconds => form(1.0 / 86_400.0, "", " d", 1),
        }
    }

    /// Minutes and seconds read better than either alone.
    fn in_minutes(&self, unit: Unit, value: f64) -> bool {
        unit == Unit::Seconds && self.scale == 1.0 && value.abs() >= 60.0
    }

    fn number(&self, value: f64, decimals: usize) -> String {
        grouped(value * self.scale, decimals)
    }

    fn value(&self, unit: Unit, value: f64, decimals: usize) -> String {
        if self.in_minutes(unit, value) {
            return minutes(value);
        }
        let space = if self.prefix.is_empty() { "" } else { " " };
        format!(
            "{}{space}{}{}",
            self.prefix,
            self.number(value, decimals),
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
    if !value.is_finite() {
        return UNDEFINED.to_owned();
    }
    let form = Form::of(unit, value, currency);
    form.value(unit, value, form.decimals)
}

/// A figure with its interval: `84.6% ±0.3`, or `99.8% (97–100)` where the interval is lopsided.
///
/// The half-width shows one or two digits that mean something, and the figure no more decimals than it.
#[must_use]
pub fn with_interval(unit: Unit, estimate: &Estimate, currency: &str) -> String {
    let Estimate {
        value, low, high, ..
    } = *estimate;
    if !value.is_finite() || !low.is_finite() || !high.is_finite() {
        return plain(unit, value, currency);
    }
    let (below, above) = (value - low, high - value);
    if below == 0.0 && above == 0.0 {
        return plain(unit, value, currency);
    }
    let form = Form::of(unit, value, currency);
    let half = below.max(above);
    let decimals = decimals_for(half * form.scale).unwrap_or(form.decimals);
    let shown = form.value(unit, value, decimals);
    let limit = |v: f64, decimals: usize| {
        if form.in_minutes(unit, value) {
            minutes(v)
        } else {
            form.number(v, decimals)
        }
    };
    if (above - below).abs() > 0.25 * half {
        let limit = |v: f64| limit(v, decimals);
        let to = if low < 0.0 { " to " } else { "–" };
        return format!("{shown} ({}{to}{})", limit(low), limit(high));
    }
    if form.in_minutes(unit, value) {
        return format!("{shown} ±{}", minutes(half.max(1.0)));
    }
    format!("{shown} ±{}", form.number(half, decimals))
}

/// An estimate that may be undefined.
#[must_use]
pub fn optional(unit: Unit, estimate: Option<&Estimate>, currency: &str) -> String {
    estimate.map_or_else(
        || UNDEFINED.to_owned(),
        |e| with_interval(unit, e, currency),
    )
}

/// The size of a difference: shares are told apart in points.
#[must_use]
pub fn difference(unit: Unit, value: f64, currency: &str) -> String {
    match unit {
        Unit::Share | Unit::Points => {
            let points = if unit == Unit::Share {
                100.0 * value
            } else {
                value
            };
            let decimals = if points.abs() < 0.1 { 2 } else { 1 };
            format!("{} points", grouped(points.abs(), decimals))
        }
        _ => plain(unit, value.abs(), currency),
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
    if p < 0.99 {
        format!("{:.0}%", (100.0 * p).floor())
    } else {
        format!("{:.1}%", ((1000.0 * p).floor() / 10.0).min(99.9))
    }
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

/// `250.0` seconds as `4 m 10 s`.
fn minutes(seconds: f64) -> String {
    let whole = seconds.abs().round() as u64;
    let sign = if seconds < 0.0 { "-" } else { "" };
    if whole < 60 {
        return format!("{sign}{whole} s");
    }
    format!("{sign}{} m {:02} s", whole / 60, whole % 60)
}

/// A number with commas between thousands.
fn grouped(value: f64, decimals: usize) -> String {
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
            out.push(',');
        }
        out.push(digit);
    }
    out + fraction
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
        assert_eq!(grouped(-0.001, 1), "0.0");
        assert_eq!(grouped(-1234.5, 1), "-1,234.5");
    }
}
