//! What a search is at, on standard error: the round, its replications, and how long the rest takes at most.

use crate::optimize::{Phase, Progress};
use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Says what is being done. Where standard error is no terminal, that is a plain line for what is over; else also a line that
/// changes.
pub struct Stages {
    bar: ProgressBar,
    /// Whether lines are written as they are, as there is no terminal to draw on.
    plain: bool,
    rounds: Mutex<Rounds>,
}

/// The rounds so far.
#[derive(Debug, Clone, Copy)]
struct Rounds {
    number: u32,
    most: u32,
    /// When the first began, and the present one.
    first: Instant,
    present: Instant,
}

impl Rounds {
    /// The most that is left, if every round takes as long as those that are over did on average; a search ends earlier
    /// where another round would save nothing. `None` before the first is over.
    fn left(&self, now: Instant) -> Option<Duration> {
        let over = self.number.checked_sub(1).filter(|n| *n > 0)?;
        let one = (self.present - self.first) / over;
        let rest = one * (self.most.saturating_sub(over));
        Some(rest.saturating_sub(now - self.present))
    }

    fn said(&self, phase: Phase, done: u64, of: u64, now: Instant) -> String {
        let doing = match phase {
            Phase::Search => "simulating",
            Phase::Proof => "proving",
        };
        let left = self.left(now).map_or_else(String::new, |left| {
            format!("; at most {} left", HumanDuration(left))
        });
        let (number, most) = (self.number, self.most);
        format!("round {number} of at most {most}: {doing}, {done} of {of} replications{left}")
    }
}

impl Stages {
    /// Begins.
    #[must_use]
    pub fn new(quiet: bool) -> Self {
        let target = if quiet {
            ProgressDrawTarget::hidden()
        } else {
            ProgressDrawTarget::stderr()
        };
        let bar = ProgressBar::with_draw_target(None, target).with_message("solving");
        if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed} {wide_msg}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        let now = Instant::now();
        let rounds = Rounds {
            number: 0,
            most: 0,
            first: now,
            present: now,
        };
        Self {
            plain: !quiet && !std::io::stderr().is_terminal(),
            bar,
            rounds: Mutex::new(rounds),
        }
    }

    /// Takes what was said off the screen.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

impl Progress for Stages {
    fn stage(&self, text: &str) {
        if self.plain {
            eprintln!("{text}");
        } else {
            self.bar.println(text);
        }
    }

    fn round(&self, number: u32, most: u32) {
        let now = Instant::now();
        let mut rounds = self.rounds.lock().unwrap_or_else(PoisonError::into_inner);
        if number == 1 {
            rounds.first = now;
        }
        (rounds.number, rounds.most, rounds.present) = (number, most, now);
        let left = rounds.left(now).map_or_else(String::new, |left| {
            format!("; at most {} left", HumanDuration(left))
        });
        self.bar
            .set_message(format!("round {number} of at most {most}: solving{left}"));
    }

    fn replications(&self, phase: Phase, done: u64, of: u64) {
        let rounds = *self.rounds.lock().unwrap_or_else(PoisonError::into_inner);
        self.bar
            .set_message(rounds.said(phase, done, of, Instant::now()));
    }

    fn finishing(&self) {
        self.bar
            .set_message("finishing the plan: trying whether fewer people do");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_goes_by_the_rounds_that_are_over() {
        let first = Instant::now();
        let at = |s: u64| first + Duration::from_secs(s);
        let round = |number, present| Rounds {
            number,
            most: 8,
            first,
            present,
        };
        assert_eq!(round(1, first).left(at(5)), None);
        // Two rounds took 20 s; six are left, 4 s into the first of them.
        assert_eq!(round(3, at(20)).left(at(24)), Some(Duration::from_secs(56)));
        assert_eq!(
            round(3, at(20)).said(Phase::Proof, 5, 60, at(24)),
            "round 3 of at most 8: proving, 5 of 60 replications; at most 56 seconds left"
        );
        // A round that takes long leaves nothing, not less.
        assert_eq!(round(8, at(70)).left(at(200)), Some(Duration::ZERO));
    }
}
