//! People on queue against what is wanted, per planning interval.

use crate::time::Tick;

/// What the first person of an hour with work is worth more than another: nobody should find an open hour empty.
const PRESENCE: f64 = 2.0;

/// People on queue against what is wanted.
pub struct Cover {
    /// Length of an interval in ticks.
    step: Tick,
    /// People wanted, per interval.
    pub wanted: Vec<f64>,
    /// People there.
    pub people: Vec<f64>,
}

impl Cover {
    /// Nobody there, nothing wanted.
    pub fn new(step: Tick, intervals: usize) -> Self {
        Self {
            step,
            wanted: vec![0.0; intervals],
            people: vec![0.0; intervals],
        }
    }

    /// The intervals a span touches.
    pub fn range(&self, from: Tick, to: Tick) -> std::ops::Range<usize> {
        let last = (to.div_ceil(self.step) as usize).min(self.people.len());
        ((from / self.step) as usize).min(last)..last
    }

    /// The intervals a span touches, with the share of each that lies inside.
    fn cells(&self, from: Tick, to: Tick) -> impl Iterator<Item = (usize, f64)> + use<> {
        let step = self.step;
        self.range(from, to).map(move |i| {
            let start = (i as Tick * step).max(from);
            let end = ((i as Tick + 1) * step).min(to);
            (i, end.saturating_sub(start) as f64 / step as f64)
        })
    }

    /// Adds people (or takes them away) from one tick to another.
    pub fn add(&mut self, from: Tick, to: Tick, people: f64) {
        for (i, part) in self.cells(from, to) {
            self.people[i] += part * people;
        }
    }

    /// People missing from one tick to another, in intervals; below zero where there are too many.
    pub fn missing(&self, from: Tick, to: Tick) -> f64 {
        self.cells(from, to)
            .map(|(i, part)| part * self.worth(i))
            .sum()
    }

    /// What one person more in an interval is worth: the slope of half the squared shortage, and presence.
    fn worth(&self, i: usize) -> f64 {
        let presence = if self.wanted[i] > 0.0 {
            PRESENCE * (1.0 - self.people[i]).max(0.0)
        } else {
            0.0
        };
        self.wanted[i] - self.people[i] + presence
    }

    /// Sums of worth from the start of `window` on, so that a span's worth is one subtraction.
    pub fn sums(&self, window: (Tick, Tick), out: &mut Sums) {
        let cells = self.range(window.0, window.1);
        out.first = cells.start;
        out.step = self.step;
        out.sums.clear();
        let mut sum = 0.0;
        out.sums.push(sum);
        for i in cells {
            sum += self.worth(i);
            out.sums.push(sum);
        }
    }
}

/// Sums of worth up to each interval's start.
#[derive(Default)]
pub struct Sums {
    first: usize,
    step: Tick,
    sums: Vec<f64>,
}

impl Sums {
    fn upto(&self, at: Tick) -> f64 {
        let cell = (at / self.step) as usize - self.first;
        let before = self.sums[cell.min(self.sums.len() - 1)];
        let after = self.sums[(cell + 1).min(self.sums.len() - 1)];
        before + (after - before) * (at % self.step) as f64 / self.step as f64
    }

    /// What `people` from one tick to another are worth: the fall of half the squared shortage.
    pub fn gain(&self, from: Tick, to: Tick, people: f64) -> f64 {
        let cells = (to - from) as f64 / self.step as f64;
        people * (self.upto(to) - self.upto(from) - 0.5 * people * cells)
    }
}
