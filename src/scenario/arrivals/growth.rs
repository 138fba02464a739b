//! Growth: a factor that compounds.

use crate::time::{HOUR, Horizon, Tick};

/// Ticks of an average month, 365.2425 / 12 days.
const MONTH: f64 = 365.2425 / 12.0 * 24.0 * HOUR as f64;

/// Multiplies each interval's mean by `(1 + growth)^(months from since to its middle)`; `growth` is a fraction per month.
pub fn grow(growth: f64, since: Tick, horizon: &Horizon, means: &mut [f64]) {
    if growth == 0.0 {
        return;
    }
    let step = horizon.interval() as f64;
    let log = libm::log1p(growth);
    for (i, mean) in means.iter_mut().enumerate() {
        let middle = (i as f64 + 0.5) * step - since as f64;
        *mean *= libm::exp(log * middle / MONTH);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::time::Length;
    use jiff::civil::date;
    use jiff::tz::TimeZone;

    #[test]
    fn a_year_at_three_per_cent_a_month_is_the_integral_of_its_exponential() {
        let horizon = Horizon::new(
            date(2027, 1, 1),
            Length::Days(365),
            TimeZone::UTC,
            Horizon::INTERVAL,
        )
        .unwrap();
        let mut means = vec![1.0; horizon.intervals()];
        grow(0.03, 0, &horizon, &mut means);
        let months = horizon.length() as f64 / MONTH;
        let log = 1.03_f64.ln();
        let integral = (1.03_f64.powf(months) - 1.0) / log / months;
        let mean = means.iter().sum::<f64>() / means.len() as f64;
        assert!((mean / integral - 1.0).abs() < 1e-8, "{mean} {integral}");
        // From a later day on, the day itself has the stated volume.
        let day = 24 * HOUR;
        let mut means = vec![1.0; horizon.intervals()];
        grow(0.03, 100 * day, &horizon, &mut means);
        assert!((means[100 * 96] - 1.0).abs() < 1e-5);
    }
}
