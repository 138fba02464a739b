//! Money and rates.

use super::{FormError, number};

/// An amount of money, once or per unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Money {
    /// ISO 4217 code, e.g. `EUR`.
    pub currency: String,
    /// The amount, never negative.
    pub amount: f64,
    /// One of `year`, `month`, `week`, `day`, `night`, `h`, `minute`, `contact`, `seat`, `head`, `shift`, or `None` for a
    /// single amount.
    pub per: Option<String>,
}

/// Units an amount may be per, and the ways to write each.
const PER: [(&str, &[&str]); 11] = [
    ("year", &["year", "yr", "y", "a"]),
    ("month", &["month", "mo"]),
    ("week", &["week", "w"]),
    ("day", &["day", "d"]),
    ("night", &["night"]),
    ("h", &["h", "hour", "hr"]),
    ("minute", &["minute", "min", "m"]),
    ("contact", &["contact"]),
    ("seat", &["seat"]),
    ("head", &["head"]),
    ("shift", &["shift"]),
];

/// Signs people write instead of a code.
const SIGNS: [(char, &str); 4] = [('€', "EUR"), ('$', "USD"), ('£', "GBP"), ('₪', "ILS")];

const EXAMPLE: &str = "write it like \"EUR 42_000/year\" or \"EUR 14/h\"";

/// Currency, amount and, after a stroke, the unit it is per.
///
/// ```
/// use staffwright::scenario::forms::money;
/// let salary = money("EUR 42_000/year").unwrap();
/// assert_eq!((salary.currency.as_str(), salary.amount, salary.per.as_deref()), ("EUR", 42_000.0, Some("year")));
/// ```
///
/// # Errors
/// A missing currency, a currency sign, an unknown unit, a comma.
pub fn money(text: &str) -> Result<Money, FormError> {
    let text = text.trim();
    if let Some((sign, code)) = SIGNS.iter().find(|(sign, _)| text.contains(*sign)) {
        let rest = text.replace(*sign, "");
        return Err(FormError::new(
            format!("\"{text}\" has a sign for its currency"),
            format!("write the code: \"{code} {}\"", rest.trim()),
        ));
    }
    let letters = text.chars().take_while(char::is_ascii_alphabetic).count();
    let (code, rest) = text.split_at(letters);
    if code.is_empty() {
        return Err(no_currency(text));
    }
    if code.len() != 3 || code.chars().any(|c| c.is_ascii_lowercase()) {
        return Err(FormError::new(
            format!("\"{code}\" is not the code of a currency: three capital letters"),
            EXAMPLE,
        ));
    }
    let rest = rest.trim_start();
    if rest.starts_with('-') {
        return Err(FormError::new(
            format!("\"{text}\" is negative"),
            "an amount is never negative",
        ));
    }
    let (amount, after) = number(rest).map_err(|e| {
        if e.why.contains("does not begin") {
            FormError::new(format!("\"{text}\" has no amount"), EXAMPLE)
        } else {
            FormError::new(
                e.why,
                e.help.replacen("write \"", &format!("write \"{code} "), 1),
            )
        }
    })?;
    if let Some(warning) = thousands_point(rest, amount, code) {
        return Err(warning);
    }
    Ok(Money {
        currency: code.to_string(),
        amount,
        per: per(after.trim(), text)?,
    })
}

/// `EUR 42.000` is forty-two in one country and forty-two thousand in another: it is refused, not guessed at.
fn thousands_point(rest: &str, amount: f64, code: &str) -> Option<FormError> {
    let digits = &rest[..rest
        .find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '_'))
        .unwrap_or(rest.len())];
    let (whole, decimals) = digits.split_once('.')?;
    (decimals.len() == 3).then(|| {
        FormError::new(
            format!("\"{digits}\" may mean {amount} or {whole}{decimals}"),
            format!("write \"{code} {whole}_{decimals}\" for thousands, or \"{code} {amount:.2}\" for decimals"),
        )
    })
}

fn no_currency(text: &str) -> FormError {
    let amount = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let tail = &text[amount.len()..];
    if tail.len() == 3 && tail.chars().all(|c| c.is_ascii_uppercase()) {
        return FormError::new(
            format!("in \"{text}\" the currency comes last"),
            format!("write it first: \"{tail} {}\"", amount.trim()),
        );
    }
    FormError::new(
        format!("\"{text}\" has no currency"),
        format!("write the currency's code first, like \"EUR {text}\""),
    )
}

fn per(after: &str, text: &str) -> Result<Option<String>, FormError> {
    if after.is_empty() {
        return Ok(None);
    }
    let unit = after
        .strip_prefix('/')
        .or_else(|| after.strip_prefix("per "))
        .map(str::trim);
    let Some(unit) = unit else {
        return Err(FormError::new(
            format!("\"{after}\" does not belong behind the amount in \"{text}\""),
            EXAMPLE,
        ));
    };
    match PER.iter().find(|(_, names)| names.contains(&unit)) {
        Some((name, _)) => Ok(Some((*name).to_string())),
        None => {
            let known: Vec<&str> = PER.iter().map(|(name, _)| *name).collect();
            Err(FormError::new(
                format!("an amount cannot be per \"{unit}\""),
                format!("an amount is per {}", known.join(", ")),
            ))
        }
    }
}

/// Hours per week: `40h/week`.
///
/// # Errors
/// Anything but a number of hours per week.
pub fn hours_per_week(text: &str) -> Result<f64, FormError> {
    let help = "write it like \"40h/week\"";
    let (count, unit, per) = rate(text, help)?;
    if !["h", "hours", "hour"].contains(&unit) {
        return Err(FormError::new(
            format!("\"{text}\" is not a number of hours per week"),
            help,
        ));
    }
    match per {
        "week" => Ok(count),
        "month" => Err(FormError::new(
            format!("\"{text}\": months differ in length"),
            format!(
                "write the hours per week, like \"{:.1}h/week\"",
                count * 12.0 / 52.1775
            ),
        )),
        _ => Err(FormError::new(format!("\"{text}\" is not per week"), help)),
    }
}

/// Heads per week or month: `6 heads/week` is `(6.0, "week")`.
///
/// # Errors
/// Anything but a number of heads per week or month.
pub fn heads_per(text: &str) -> Result<(f64, &'static str), FormError> {
    let help = "write it like \"6 heads/week\" or \"4 heads/month\"";
    let (count, unit, per) = rate(text, help)?;
    if !["heads", "head"].contains(&unit) {
        return Err(FormError::new(
            format!("\"{text}\" does not count heads"),
            help,
        ));
    }
    match per {
        "week" => Ok((count, "week")),
        "month" => Ok((count, "month")),
        _ => Err(FormError::new(
            format!("\"{text}\" is neither per week nor per month"),
            help,
        )),
    }
}

fn rate<'t>(text: &'t str, help: &str) -> Result<(f64, &'t str, &'t str), FormError> {
    let (count, rest) = number(text.trim()).map_err(|e| FormError::new(e.why, help))?;
    let Some((unit, per)) = rest.split_once('/') else {
        return Err(FormError::new(
            format!("\"{text}\" does not say per what"),
            help,
        ));
    };
    Ok((count, unit.trim(), per.trim()))
}
