//! Small forms that arguments are written in.

/// Seconds in each unit of time.
const UNITS: [(&str, f64); 6] = [
    ("ms", 0.001),
    ("s", 1.0),
    ("m", 60.0),
    ("min", 60.0),
    ("h", 3_600.0),
    ("d", 86_400.0),
];

/// Reads a duration such as `20s`, `3m`, `5m30s`, `1.5h` or `1d`, in seconds.
///
/// # Errors
/// A sentence saying what was wrong and what to write instead.
///
/// ```
/// assert_eq!(staffwright::cli::args::parse_duration_s("5m30s"), Ok(330.0));
/// ```
pub fn parse_duration_s(text: &str) -> Result<f64, String> {
    let wanted = "write a duration with its unit, such as 20s, 3m, 5m30s or 1h";
    let mut rest = text.trim();
    if rest.is_empty() {
        return Err(format!("a duration is missing; {wanted}"));
    }
    let mut seconds = 0.0;
    let mut last_unit = f64::INFINITY;
    while !rest.is_empty() {
        let digits = rest
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(rest.len());
        let number: f64 = rest[..digits]
            .parse()
            .map_err(|_| format!("`{text}` is not a duration; {wanted}"))?;
        rest = rest[digits..].trim_start();
        let name = rest
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(rest.len());
        let name = &rest[..name];
        if name.is_empty() && rest.is_empty() {
            return Err(format!(
                "`{text}` lacks a unit; write {number}s or {number}m"
            ));
        }
        let Some(&(_, unit)) = UNITS.iter().find(|unit| unit.0 == name) else {
            let wrong = if name.is_empty() { rest } else { name };
            return Err(format!("`{wrong}` is not a unit of time; {wanted}"));
        };
        if unit >= last_unit {
            return Err(format!("`{text}` is out of order; {wanted}"));
        }
        seconds += number * unit;
        last_unit = unit;
        rest = rest[name.len()..].trim_start();
    }
    Ok(seconds)
}

/// Reads a share such as `80%` or `0.8`, as a fraction from 0 to 1.
///
/// # Errors
/// A sentence saying what was wrong and what to write instead.
///
/// ```
/// assert_eq!(staffwright::cli::args::parse_share("80%"), Ok(0.8));
/// ```
pub fn parse_share(text: &str) -> Result<f64, String> {
    let trimmed = text.trim();
    let (digits, whole) = match trimmed.strip_suffix('%') {
        Some(digits) => (digits.trim_end(), 100.0),
        None => (trimmed, 1.0),
    };
    let number = plain_number(digits)
        .ok_or_else(|| format!("`{text}` is not a share; write it like 80%"))?;
    if number > whole {
        let hint = if whole == 1.0 && number <= 100.0 {
            format!("write {number}%")
        } else {
            "a share is at most 100%".to_owned()
        };
        return Err(format!("`{text}` is more than the whole; {hint}"));
    }
    Ok(number / whole)
}

/// Reads a count or rate that cannot be negative, such as `100` or `2.5`.
///
/// # Errors
/// A sentence saying what was wrong.
pub fn parse_amount(text: &str) -> Result<f64, String> {
    plain_number(text.trim())
        .ok_or_else(|| format!("`{text}` is not a number from 0 up; write it like 100 or 2.5"))
}

/// A finite number of digits and at most one point: no sign, no exponent, no `inf`.
fn plain_number(text: &str) -> Option<f64> {
    let plain = text.chars().all(|c| c.is_ascii_digit() || c == '.');
    text.parse().ok().filter(|n: &f64| plain && n.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_in_seconds() {
        for (text, seconds) in [
            ("20s", 20.0),
            ("3m", 180.0),
            ("3 min", 180.0),
            ("5m30s", 330.0),
            ("1h 30m", 5400.0),
            ("1.5h", 5400.0),
            ("0s", 0.0),
            ("250ms", 0.25),
            ("2d", 172_800.0),
        ] {
            assert_eq!(parse_duration_s(text), Ok(seconds), "{text}");
        }
    }

    #[test]
    fn bad_durations_say_what_to_write() {
        for (text, part) in [
            ("90", "write 90s or 90m"),
            ("", "missing"),
            ("5x", "`x` is not a unit"),
            ("s", "not a duration"),
            ("-5s", "not a duration"),
            ("1.2.3s", "not a duration"),
            ("30s5m", "out of order"),
            ("5m 5m", "out of order"),
            ("5µs", "`µs` is not a unit"),
        ] {
            let message = parse_duration_s(text).err().unwrap_or_default();
            assert!(message.contains(part), "{text}: {message}");
        }
    }

    #[test]
    fn shares_are_fractions() {
        assert_eq!(parse_share("80%"), Ok(0.8));
        assert_eq!(parse_share("0.8"), Ok(0.8));
        assert_eq!(parse_share("99.5 %"), Ok(0.995));
        for (text, part) in [
            ("80", "write 80%"),
            ("120%", "at most 100%"),
            ("-1%", "not a share"),
            ("inf", "not a share"),
            ("", "not a share"),
        ] {
            let message = parse_share(text).err().unwrap_or_default();
            assert!(message.contains(part), "{text}: {message}");
        }
        assert!(parse_amount("1e9").is_err() && parse_amount("NaN").is_err());
        assert_eq!(parse_amount("2.5"), Ok(2.5));
    }
}
