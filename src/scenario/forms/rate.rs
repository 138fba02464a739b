//! Rates over time: growth, and how often something happens.

use super::{FormError, change, number, percent};

/// Months in a year, weeks in a month (365.2425 / 7 / 12).
const MONTHS: f64 = 12.0;
const WEEKS_PER_MONTH: f64 = 4.348_125;

/// Growth as a fraction per month, compounding: `3%/month` is 0.03, `20%/year` is `1.2^(1/12) - 1`, `-2%/month` shrinks.
///
/// # Errors
/// Anything but a percentage per week, month or year, or one that takes away everything.
pub fn growth(text: &str) -> Result<f64, FormError> {
    let help = "write it like \"3%/month\" or \"-10%/year\"";
    let Some((amount, per)) = text.split_once('/') else {
        return Err(FormError::new(
            format!("\"{text}\" does not say per what"),
            help,
        ));
    };
    let amount = amount.trim();
    let share = if amount.starts_with(['+', '-']) {
        change(amount)?
    } else {
        percent(amount)?
    };
    if share <= -1.0 {
        return Err(FormError::new(
            format!("\"{text}\" leaves nothing"),
            "shrink by less than 100%",
        ));
    }
    let periods = match per.trim() {
        "week" => WEEKS_PER_MONTH,
        "month" => 1.0,
        "year" => 1.0 / MONTHS,
        _ => {
            return Err(FormError::new(
                format!("\"{text}\" is neither per week, month nor year"),
                help,
            ));
        }
    };
    Ok(libm::pow(1.0 + share, periods) - 1.0)
}

/// How often something happens, per week: `0.4/month`, `2/year`, `1.5/week`.
///
/// # Errors
/// Anything but a number per week, month or year.
pub fn times(text: &str) -> Result<f64, FormError> {
    let help = "write it like \"0.4/month\" or \"2/year\"";
    let (count, rest) = number(text.trim()).map_err(|e| FormError::new(e.why, help))?;
    match rest.trim().strip_prefix('/').map(str::trim) {
        Some("week") => Ok(count),
        Some("month") => Ok(count / WEEKS_PER_MONTH),
        Some("year") => Ok(count / WEEKS_PER_MONTH / MONTHS),
        Some(_) => Err(FormError::new(
            format!("\"{text}\" is neither per week, month nor year"),
            help,
        )),
        None => Err(FormError::new(
            format!("\"{text}\" does not say per what"),
            help,
        )),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn growth_compounds_to_the_same_over_a_year() {
        assert!((growth("3%/month").unwrap() - 0.03).abs() < 1e-15);
        assert!((growth("20%/year").unwrap() - (1.2_f64.powf(1.0 / 12.0) - 1.0)).abs() < 1e-12);
        assert!((growth("-2%/month").unwrap() + 0.02).abs() < 1e-15);
        let yearly = (1.0 + growth("1%/week").unwrap()).powi(12);
        assert!((yearly - 1.01_f64.powf(52.1775)).abs() < 1e-9);
        for wrong in ["3%", "3/month", "3%/day", "-100%/month", "growth"] {
            assert!(growth(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn rates_are_per_week() {
        assert!((times("52.1775/year").unwrap() - 1.0).abs() < 1e-12);
        assert!((times("0.5 / month").unwrap() - 0.5 / WEEKS_PER_MONTH).abs() < 1e-15);
        assert_eq!(times("2/week").unwrap(), 2.0);
        assert!(times("2").is_err() && times("2/fortnight").is_err());
    }
}
