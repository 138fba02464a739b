//! Weights of the satisfaction score in compiled terms.

use crate::scenario::model::Satisfaction;

/// Points in thousandths, to the nearest.
pub fn thousandths(points: f64) -> i64 {
    (points * 1000.0).round_ties_even() as i64
}

/// [`Satisfaction`] in thousandths of a point: scoring a contact adds whole numbers.
#[derive(Debug, Clone, Copy)]
pub struct SatisfactionPlan {
    /// See [`Satisfaction::base`].
    pub base: i64,
    /// See [`Satisfaction::late`].
    pub late: i64,
    /// See [`Satisfaction::hand_off`].
    pub hand_off: i64,
    /// See [`Satisfaction::unresolved`].
    pub unresolved: i64,
    /// See [`Satisfaction::abandoned`].
    pub abandoned: i64,
    /// See [`Satisfaction::translated`].
    pub translated: i64,
    /// See [`Satisfaction::other_language`].
    pub other_language: i64,
}

impl SatisfactionPlan {
    /// The most points there are.
    pub const MOST: i64 = 100_000;

    /// Weights rounded to the thousandth.
    #[must_use]
    pub fn of(weights: &Satisfaction) -> Self {
        Self {
            base: thousandths(weights.base),
            late: thousandths(weights.late),
            hand_off: thousandths(weights.hand_off),
            unresolved: thousandths(weights.unresolved),
            abandoned: thousandths(weights.abandoned),
            translated: thousandths(weights.translated),
            other_language: thousandths(weights.other_language),
        }
    }
}
