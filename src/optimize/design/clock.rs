//! The time a search may take, handed out in slices.

use std::time::{Duration, Instant};

/// Share of the limit that is planned; the rest pays for solvers that look at the clock late.
const PLANNED: f64 = 0.95;

/// A deadline.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    end: Instant,
    limit: Duration,
}

impl Clock {
    /// Starts now.
    #[must_use]
    pub fn start(limit: Duration) -> Self {
        let limit = limit.mul_f64(PLANNED);
        Self {
            end: Instant::now() + limit,
            limit,
        }
    }

    /// What is left; zero after the end.
    #[must_use]
    pub fn left(&self) -> Duration {
        self.end.saturating_duration_since(Instant::now())
    }

    /// This share of the whole limit, or what is left if that is less.
    #[must_use]
    pub fn slice(&self, share: f64) -> Duration {
        self.limit.mul_f64(share).min(self.left())
    }

    /// A clock of its own for this share of what is left.
    #[must_use]
    pub fn part(&self, share: f64) -> Self {
        let limit = self.left().mul_f64(share);
        Self {
            end: Instant::now() + limit,
            limit,
        }
    }

    /// Whether too little is left to begin anything.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.left() < Duration::from_millis(20)
    }
}
