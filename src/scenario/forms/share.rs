//! Percentages: shares of a whole, factors, changes, and differences in points.

use super::{FormError, number};

/// A percentage as a fraction; it may exceed one.
///
/// # Errors
/// A bare number, a decimal comma, a sign, or anything else that is not like `80%`.
pub fn percent(text: &str) -> Result<f64, FormError> {
    let text = text.trim();
    if let Some(rest) = text.strip_prefix(['-', '+']) {
        return Err(FormError::new(
            format!("\"{text}\" has a sign, but a share of something is expected"),
            format!("write \"{rest}\""),
        ));
    }
    let (value, rest) = number(text).map_err(|e| {
        if e.why.contains("does not begin") {
            FormError::new(
                format!("\"{text}\" is not a percentage"),
                "write it like \"80%\" or \"2.5%\"",
            )
        } else {
            e
        }
    })?;
    match rest.trim() {
        "%" => Ok(value / 100.0),
        "" if value < 1.0 && value > 0.0 => {
            let meant = trim(value * 100.0);
            Err(FormError::new(
                format!("\"{text}\" has no unit"),
                format!("write \"{meant}%\" (or \"{text}%\" if you mean that)"),
            ))
        }
        "" => Err(FormError::new(
            format!("\"{text}\" has no unit"),
            format!("write \"{text}%\""),
        )),
        "percent" | "per cent" | "pct" => Err(FormError::new(
            format!("\"{text}\" spells out the unit"),
            format!("write \"{}%\"", trim(value)),
        )),
        _ => Err(FormError::new(
            format!("\"{text}\" is not a percentage"),
            "write it like \"80%\" or \"2.5%\"",
        )),
    }
}

/// A share of a whole, as a fraction from 0 to 1.
///
/// # Errors
/// As [`percent`], and a share above 100 %.
pub fn share(text: &str) -> Result<f64, FormError> {
    let value = percent(text)?;
    if value > 1.0 {
        return Err(FormError::new(
            format!("\"{}\" is more than the whole", text.trim()),
            "write a share from \"0%\" to \"100%\"",
        ));
    }
    Ok(value)
}

/// A difference in percentage points, as a fraction: `-4 points` is -0.04.
///
/// # Errors
/// Anything but a signed number and the word.
pub fn points(text: &str) -> Result<f64, FormError> {
    let (sign, rest) = signed(text);
    let help = "write it like \"-4 points\" or \"+2 points\"";
    let (value, unit) = number(rest).map_err(|e| FormError::new(e.why, help))?;
    match unit.trim() {
        "points" | "point" => Ok(sign * value / 100.0),
        "%" => Err(FormError::new(
            format!("\"{text}\" is a percentage: of what?"),
            format!(
                "for percentage points write \"{} points\"",
                text.trim().trim_end_matches('%').trim()
            ),
        )),
        "" => Err(FormError::new(
            format!("\"{text}\" has no unit"),
            format!("write \"{} points\"", text.trim()),
        )),
        _ => Err(FormError::new(
            format!("\"{text}\" is not a difference in points"),
            help,
        )),
    }
}

/// A change against a base, as a fraction: `+180%` is 1.8.
///
/// # Errors
/// A missing sign, or anything that is not a percentage.
pub fn change(text: &str) -> Result<f64, FormError> {
    let text = text.trim();
    if !text.starts_with(['+', '-']) {
        percent(text)?;
        return Err(FormError::new(
            format!("\"{text}\" does not say in which direction"),
            format!("write \"+{text}\" or \"-{text}\""),
        ));
    }
    let (sign, rest) = signed(text);
    let value = sign * percent(rest)?;
    if value < -1.0 {
        return Err(FormError::new(
            format!("\"{text}\" takes away more than there is"),
            "write at most \"-100%\"",
        ));
    }
    Ok(value)
}

fn signed(text: &str) -> (f64, &str) {
    let text = text.trim();
    match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest.trim_start()),
        None => (1.0, text.strip_prefix('+').unwrap_or(text).trim_start()),
    }
}

fn trim(value: f64) -> String {
    let text = format!("{value:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}
