//! Honest figures from independent replications: estimates, intervals, comparisons.
//!
//! A simulation is played many times over; each time gives one value, or one numerator and
//! denominator. This room turns such lists, always in the order of the replications, into an
//! [`Estimate`]: a value and the interval that holds its expectation.
//!
//! | the figure is | take |
//! |---|---|
//! | a mean over replications | [`mean_estimate`] |
//! | a share or mean per contact: a ratio of two sums | [`ratio_estimate`] |
//! | a percentile of everything pooled | [`PooledHistogram`] |
//! | a share of periods, several to a replication | [`clustered_share`] |
//! | any other function of pooled data | [`jackknife`] |
//! | a difference on common random numbers | [`paired_difference`] of [`linearised`] ratios |
//! | the best of several | [`compare_with_best`], [`probability_of_best`] |
//! | which of many differences are real | [`chance_above`], [`chance_of_share`], [`holm`] |
//! | a mean with help from quantities of known mean | [`controlled_mean`] |
//! | how spread out single periods are | [`Spread`] |
//!
//! [`Looks`] says when to stop and which confidence to use if one looks more than once.
//!
//! Everything here is a pure function of its arguments, in a fixed order of summation, with special
//! functions from `libm`, so that a report has the same bytes on every machine and thread count.
//! Confidence is a fraction, such as 0.95.

mod best;
mod controls;
mod doubt;
mod estimate;
#[cfg(test)]
pub(crate) mod fixtures;
mod histogram;
mod jackknife;
mod mean;
mod pooled;
mod quantile;
mod ratio;
mod running;
mod sequential;
mod share;
mod student;
mod sum;

pub use best::{AgainstBest, Better, compare_with_best, probability_of_best};
pub use controls::{Control, controlled_mean};
pub use doubt::{chance_above, chance_of_share, holm};
pub use estimate::{Estimate, Spread};
pub use histogram::{DayHistogram, Histogram};
pub use jackknife::jackknife;
pub use mean::mean_estimate;
pub use pooled::PooledHistogram;
pub use quantile::quantile;
pub use ratio::{linearised, paired_difference, ratio_estimate};
pub use running::Running;
pub use sequential::{Look, Looks};
pub use share::clustered_share;
pub use student::{t_cdf, t_quantile};
pub use sum::unordered_sum;
