//! The time a search may take, handed out in slices.

use std::sync::mpsc;
use std::time::{Duration, Instant};

/// Share of the limit that is planned; the rest pays for solvers that look at the clock late.
const PLANNED: f64 = 0.95;

/// Share of the limit after which nothing is waited for any more.
const PATIENCE: f64 = 1.05;

/// A deadline.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    end: Instant,
    hard_end: Instant,
    limit: Duration,
}

impl Clock {
    /// Starts now.
    #[must_use]
    pub fn start(limit: Duration) -> Self {
        let now = Instant::now();
        let hard_end = now + limit.mul_f64(PATIENCE);
        let limit = limit.mul_f64(PLANNED);
        Self {
            end: now + limit,
            hard_end,
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
            hard_end: self.hard_end,
            limit,
        }
    }

    /// Runs a job on a thread of its own and waits for it until the hard end. A solver that looks at
    /// the clock too late is left behind then; it ends by itself.
    pub fn wait_for<T: Send + 'static>(
        &self,
        job: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T> {
        let (sender, receiver) = mpsc::channel();
        std::thread::spawn(move || {
            // Nobody listens any more after the hard end.
            let _ = sender.send(job());
        });
        receiver
            .recv_timeout(self.hard_end.saturating_duration_since(Instant::now()))
            .ok()
    }

    /// Whether too little is left to begin anything.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.left() < Duration::from_millis(20)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_that_overstays_is_left_behind() {
        let clock = Clock::start(Duration::from_millis(50));
        assert_eq!(clock.wait_for(|| 7), Some(7));
        let started = Instant::now();
        let late = clock.wait_for(|| std::thread::sleep(Duration::from_secs(20)));
        assert!(late.is_none() && started.elapsed() < Duration::from_secs(10));
        assert!(clock.is_over() && clock.part(0.5).is_over());
    }
}
