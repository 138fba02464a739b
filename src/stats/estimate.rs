//! A value with its interval, and the spread of periods beside it.

use super::quantile::quantile;
use serde::{Deserialize, Serialize};

/// A value and the confidence interval of its expectation.
///
/// `low` and `high` are infinite when nothing bounds them (a single replication has no spread); such
/// limits are `null` in JSON.
///
/// ```
/// use staffwright::stats::Estimate;
/// let estimate = Estimate { value: 0.8, low: f64::NEG_INFINITY, high: 0.9, periods: None };
/// let json = serde_json::to_string(&estimate).unwrap();
/// assert_eq!(json, r#"{"value":0.8,"low":null,"high":0.9}"#);
/// assert_eq!(serde_json::from_str::<Estimate>(&json).unwrap(), estimate);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The estimate itself.
    pub value: f64,
    /// Lower limit of the interval.
    #[serde(deserialize_with = "low_limit")]
    pub low: f64,
    /// Upper limit of the interval.
    #[serde(deserialize_with = "high_limit")]
    pub high: f64,
    /// Spread over judging periods, where there are any; it does not shrink with replications.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub periods: Option<Spread>,
}

fn low_limit<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or(f64::NEG_INFINITY))
}

fn high_limit<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or(f64::INFINITY))
}

impl Estimate {
    /// A value known without doubt: its interval is a point.
    pub fn exact(value: f64) -> Self {
        Self::around(value, 0.0)
    }

    /// `value` plus and minus `half_width`; not a number or infinite leaves it unbounded.
    pub fn around(value: f64, half_width: f64) -> Self {
        let half_width = if half_width.is_nan() {
            f64::INFINITY
        } else {
            half_width
        };
        Self {
            value,
            low: value - half_width,
            high: value + half_width,
            periods: None,
        }
    }

    /// The same with its limits kept inside what is possible, such as 0 and 1 for a share.
    #[must_use]
    pub fn within(self, least: f64, most: f64) -> Self {
        Self {
            low: self.low.max(least).min(self.value),
            high: self.high.min(most).max(self.value),
            ..self
        }
    }

    /// The same with the spread of its periods.
    #[must_use]
    pub fn with_periods(self, periods: Option<Spread>) -> Self {
        Self { periods, ..self }
    }

    /// Half the interval's length.
    pub fn half_width(&self) -> f64 {
        0.5 * (self.high - self.low)
    }

    /// Whether `value` lies outside the interval; for a difference, `excludes(0.0)` means real.
    pub fn excludes(&self, value: f64) -> bool {
        value < self.low || value > self.high
    }
}

/// What a low, a middling and a high period look like.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// One period in ten lies below.
    pub p10: f64,
    /// The median period.
    pub p50: f64,
    /// One period in ten lies above.
    pub p90: f64,
}

impl Spread {
    /// Spread of one value per period, in any order; `None` without values.
    pub fn of(values: &[f64]) -> Option<Self> {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        Some(Self {
            p10: quantile(&sorted, 0.1)?,
            p50: quantile(&sorted, 0.5)?,
            p90: quantile(&sorted, 0.9)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_stay_inside_what_is_possible() {
        let share = Estimate::around(0.97, 0.05).within(0.0, 1.0);
        assert_eq!((share.low, share.high), (0.97 - 0.05, 1.0));
        assert!(share.excludes(0.9) && !share.excludes(1.0));
        let unknown = Estimate::around(0.97, f64::NAN);
        assert_eq!(unknown.half_width(), f64::INFINITY);
        assert_eq!(Estimate::exact(3.0).half_width(), 0.0);
    }

    #[test]
    fn spread_of_periods_is_written_beside_the_interval() {
        let weeks: Vec<f64> = (0..=10).rev().map(f64::from).collect();
        let estimate = Estimate::exact(5.0).with_periods(Spread::of(&weeks));
        let json = serde_json::to_value(estimate).unwrap_or_default();
        assert_eq!(
            json["periods"],
            serde_json::json!({"p10": 1.0, "p50": 5.0, "p90": 9.0})
        );
        assert_eq!(Spread::of(&[]), None);
    }
}
