//! Amounts with a unit, as far as a sweep must calculate with them: `80%`, `20s`, `5m30s`, `EUR 40_000/year`, `12`.

use toml::Value;

/// A value of a scenario that can lie between two others: a number, alone or inside a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// The number.
    pub number: f64,
    /// What stands before it, such as `EUR `.
    prefix: String,
    /// What stands after it, such as `%` or `/h`.
    suffix: String,
    /// Whether it is a whole number without a unit, and stays one.
    whole: bool,
    /// Whether it was written as a text.
    text: bool,
}

impl Quantity {
    /// Reads a value of a sweep file that holds one number; `None` where there is none, or more than one.
    #[must_use]
    pub fn read(value: &Value) -> Option<Self> {
        let bare = |number: f64, whole: bool| Self {
            number,
            prefix: String::new(),
            suffix: String::new(),
            whole,
            text: false,
        };
        match value {
            Value::Integer(n) => Some(bare(*n as f64, true)),
            Value::Float(x) if x.is_finite() => Some(bare(*x, false)),
            Value::String(text) => {
                let [
                    Piece::Between(prefix),
                    Piece::Number(number),
                    Piece::Between(suffix),
                ] = &pieces(text)[..]
                else {
                    return None;
                };
                Some(Self {
                    number: *number,
                    prefix: (*prefix).to_string(),
                    suffix: (*suffix).to_string(),
                    whole: false,
                    text: true,
                })
            }
            _ => None,
        }
    }

    /// The unit, as it stands around the number; empty for a bare number.
    #[must_use]
    pub fn unit(&self) -> String {
        format!("{}{}", self.prefix, self.suffix).trim().to_string()
    }

    /// The same unit with another number, rounded to six significant digits (whole numbers to whole ones, money to
    /// cents).
    #[must_use]
    pub fn with(&self, number: f64) -> Self {
        let number = if self.whole {
            number.round()
        } else {
            tidy(number, !self.prefix.trim().is_empty())
        };
        Self {
            number,
            ..self.clone()
        }
    }

    /// As a sweep file would say it.
    #[must_use]
    pub fn label(&self) -> String {
        format!("{}{}{}", self.prefix, self.number, self.suffix)
    }

    /// As a TOML value.
    #[must_use]
    pub fn to_toml(&self) -> Value {
        match (self.text, self.whole) {
            (true, _) => Value::String(self.label()),
            (false, true) => Value::Integer(self.number as i64),
            (false, false) => Value::Float(self.number),
        }
    }
}

/// Multiplies a text with one number, or every number of a duration such as `5m30s`; `None` where there is nothing to
/// multiply.
#[must_use]
pub fn scale_text(text: &str, factor: f64) -> Option<String> {
    let pieces = pieces(text);
    let numbers = pieces
        .iter()
        .filter(|p| matches!(p, Piece::Number(_)))
        .count();
    let is_duration = || {
        text.chars()
            .all(|c| c.is_ascii_digit() || " .dhms".contains(c))
    };
    if numbers == 0 || (numbers > 1 && !is_duration()) {
        return None;
    }
    let money = matches!(pieces.first(), Some(Piece::Between(p)) if !p.trim().is_empty());
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Between(text) => out.push_str(text),
            Piece::Number(x) => out.push_str(&tidy(x * factor, money).to_string()),
        }
    }
    Some(out)
}

enum Piece<'t> {
    Between(&'t str),
    Number(f64),
}

/// Cuts a text into numbers and what lies between; it begins and ends with a text, which may be empty.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut rest = text;
    loop {
        let Some(start) = rest.find(|c: char| c.is_ascii_digit()) else {
            out.push(Piece::Between(rest));
            return out;
        };
        let start = if rest[..start].ends_with('-') {
            start - 1
        } else {
            start
        };
        let length = rest[start + 1..]
            .find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '_'))
            .map_or(rest.len() - start, |l| l + 1);
        let number = rest[start..start + length].replace('_', "");
        let Ok(number) = number.parse() else {
            out.push(Piece::Between(rest));
            return out;
        };
        out.push(Piece::Between(&rest[..start]));
        out.push(Piece::Number(number));
        rest = &rest[start + length..];
    }
}

/// Six significant digits, or cents.
fn tidy(number: f64, money: bool) -> f64 {
    let text = if money {
        format!("{number:.2}")
    } else {
        format!("{number:.5e}")
    };
    // What was just printed as a number can be read.
    text.parse().unwrap_or(number)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn text(t: &str) -> Value {
        Value::String(t.into())
    }

    #[test]
    fn one_number_with_its_unit_is_read_and_written() {
        for (value, number, unit) in [
            (text("80%"), 80.0, "%"),
            (text("20s"), 20.0, "s"),
            (text("EUR 40_000/year"), 40_000.0, "EUR /year"),
            (text("-4 points"), -4.0, "points"),
            (Value::Integer(5_300), 5_300.0, ""),
            (Value::Float(1.8), 1.8, ""),
        ] {
            let q = Quantity::read(&value).unwrap();
            assert_eq!((q.number, q.unit().as_str()), (number, unit), "{value}");
        }
        for nothing in [text("as written"), text("5m30s"), Value::Boolean(true)] {
            assert_eq!(Quantity::read(&nothing), None, "{nothing}");
        }
    }

    #[test]
    fn numbers_between_two_keep_unit_and_kind() {
        let heads = Quantity::read(&Value::Integer(10)).unwrap();
        assert_eq!(heads.with(12.4).to_toml(), Value::Integer(12));
        let pay = Quantity::read(&text("EUR 14/h")).unwrap();
        assert_eq!(pay.with(14.123_456).to_toml(), text("EUR 14.12/h"));
        let share = Quantity::read(&text("5%")).unwrap();
        assert_eq!(share.with(100.0 / 3.0).label(), "33.3333%");
    }

    #[test]
    fn texts_are_multiplied() {
        assert_eq!(scale_text("5m30s", 2.0).unwrap(), "10m60s");
        assert_eq!(
            scale_text("EUR 40_000/year", 1.1).unwrap(),
            "EUR 44000/year"
        );
        assert_eq!(scale_text("12%", 0.5).unwrap(), "6%");
        assert_eq!(scale_text("Mon-Fri 08:00-20:00", 2.0), None);
        assert_eq!(scale_text("fit", 2.0), None);
    }
}
