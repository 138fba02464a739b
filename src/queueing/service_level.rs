//! The four ways planners count a service level.

/// Which contacts a service level counts above and below the line.
///
/// `T` is the threshold; a wait of exactly `T` counts as within. The same queue may be worth
/// several points more by one definition than by another, so every figure names its own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ServiceLevel {
    /// Answered within `T`, of all offered.
    Offered,
    /// Answered within `T`, of those answered.
    Answered,
    /// Answered within `T`, of offered less those who abandoned within `short`.
    LessShort {
        /// Longest wait of a short abandon; `None` takes the threshold.
        short: Option<f64>,
    },
    /// Answered or abandoned within `T`, of all offered.
    Credited,
}
