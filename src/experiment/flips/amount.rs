//! Amounts that lie on a range: shares, durations, plain numbers.

use crate::scenario::forms;
use std::fmt;

/// One amount, with its kind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Amount {
    /// Per cent.
    Percent(f64),
    /// Points added to a share.
    Points(f64),
    /// Seconds.
    Duration(f64),
    /// A time of day, in minutes from midnight.
    Time(f64),
    /// A plain number.
    Number(f64),
}

impl Amount {
    /// Reads `31%`, `-5 points`, `2m`, `7 days`, `20:00`, `0.6`, or what stands last in `lognormal, sigma 0.9`.
    ///
    /// ```
    /// use staffwright::experiment::Amount;
    /// assert_eq!(Amount::read("31%"), Some(Amount::Percent(31.0)));
    /// assert_eq!(Amount::read("5m30s"), Some(Amount::Duration(330.0)));
    /// assert_eq!(Amount::read("20:30"), Some(Amount::Time(1230.0)));
    /// assert_eq!(Amount::read("1.5"), Some(Amount::Number(1.5)));
    /// assert_eq!(Amount::read("exponential"), None);
    /// ```
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(percent) = text.strip_suffix('%') {
            return percent.trim().parse().ok().map(Self::Percent);
        }
        if let Some(points) = text.strip_suffix("points") {
            return points.trim().parse().ok().map(Self::Points);
        }
        if let Ok(number) = text.parse() {
            return Some(Self::Number(number));
        }
        if let Ok(minutes) = forms::time_of_day(text) {
            return Some(Self::Time(f64::from(minutes)));
        }
        match (forms::duration(text), text.rsplit_once(' ')) {
            (Ok(seconds), _) => Some(Self::Duration(seconds)),
            (Err(_), Some((_, last))) => last.parse().ok().map(Self::Number),
            (Err(_), None) => None,
        }
    }

    /// Reads `31% to 46%`, or `-10 to 0 points`.
    #[must_use]
    pub fn range(text: &str) -> Option<(Self, Self)> {
        let (from, to) = text.split_once(" to ")?;
        let (from, to) = (Self::read(from)?, Self::read(to)?);
        let from = match (from, to) {
            (Self::Number(x), Self::Points(_)) => Self::Points(x),
            _ => from,
        };
        (from.like(to.number()) == to).then_some((from, to))
    }

    /// The bare number, in the kind's unit.
    #[must_use]
    pub fn number(self) -> f64 {
        match self {
            Self::Percent(x)
            | Self::Points(x)
            | Self::Duration(x)
            | Self::Time(x)
            | Self::Number(x) => x,
        }
    }

    /// Another amount of this kind, as it would be written: whole seconds, whole minutes of the day, two decimals.
    #[must_use]
    pub fn like(self, number: f64) -> Self {
        let cents = (number * 100.0).round() / 100.0;
        match self {
            Self::Percent(_) => Self::Percent(cents),
            Self::Points(_) => Self::Points(cents),
            Self::Duration(_) => Self::Duration(number.round()),
            Self::Time(_) => Self::Time(number.round()),
            Self::Number(_) => Self::Number(cents),
        }
    }

    /// The amount in the middle: durations are told apart by their ratio.
    #[must_use]
    pub fn middle(self, other: Self) -> Self {
        let (a, b) = (self.number(), other.number());
        match self {
            Self::Duration(_) if a > 0.0 && b > 0.0 => self.like((a * b).sqrt()),
            _ => self.like(f64::midpoint(a, b)),
        }
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Percent(x) => write!(f, "{x}%"),
            Self::Points(x) => write!(f, "{x} points"),
            Self::Number(x) => write!(f, "{x}"),
            Self::Duration(x) => duration(x, f),
            Self::Time(x) => write!(f, "{:02}:{:02}", x as u32 / 60, x as u32 % 60),
        }
    }
}

/// `2m`, `5m30s`, `1h20m`, the way the language writes durations; seconds are dropped from an hour on.
fn duration(seconds: f64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let all = seconds as u64;
    let all = if all >= 3600 {
        (all + 30) / 60 * 60
    } else {
        all
    };
    let (h, m, s) = (all / 3600, all / 60 % 60, all % 60);
    for (number, unit) in [(h, "h"), (m, "m"), (s, "s")] {
        if number > 0 {
            write!(f, "{number}{unit}")?;
        }
    }
    if all == 0 { f.write_str("0s") } else { Ok(()) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::scenario::keys::{self, Need};

    #[test]
    fn every_stated_range_of_the_language_is_read_and_its_value_lies_in_it() {
        let mut ranges = 0;
        for key in keys::tables().flat_map(|table| table.keys) {
            let Need::Default(default) = key.need else {
                continue;
            };
            let Some(range) = default.range else {
                continue;
            };
            ranges += 1;
            let (from, to) =
                Amount::range(range).unwrap_or_else(|| panic!("{}: {range}", key.name));
            let value = Amount::read(default.value).unwrap();
            assert_eq!(value.like(to.number()), to, "{}", key.name);
            // What is lost is written as less than nothing, so the smaller loss comes first.
            let (low, high) = (
                from.number().min(to.number()),
                from.number().max(to.number()),
            );
            let within = (low..=high).contains(&value.number());
            assert!(within, "{}: {} in {range}", key.name, default.value);
        }
        assert!(ranges > 10, "only {ranges} ranges");
        let spread = Amount::read("lognormal, sigma 0.9");
        assert_eq!(spread, Some(Amount::Number(0.9)));
    }

    #[test]
    fn amounts_are_written_as_the_language_reads_them() {
        for (amount, text) in [
            (Amount::Percent(37.5), "37.5%"),
            (Amount::Duration(330.0), "5m30s"),
            (Amount::Duration(4800.0), "1h20m"),
            (Amount::Duration(604_800.0), "168h"),
            (Amount::Number(1.75), "1.75"),
            (Amount::Points(-4.5), "-4.5 points"),
        ] {
            assert_eq!(amount.to_string(), text);
            assert_eq!(Amount::read(text), Some(amount));
        }
        assert_eq!(Amount::range("2m to 30%"), None);
        let middle = Amount::Duration(60.0).middle(Amount::Duration(240.0));
        assert_eq!(middle, Amount::Duration(120.0));
    }
}
