//! Seats of a site: how many people fit in at once.

use super::calendar::Span;
use crate::scenario::model::Scenario;
use crate::time::Tick;

/// Seats taken at a site, per planning interval.
pub struct Seats {
    step: Tick,
    /// Seats there; `None`: no bound.
    there: Option<u32>,
    taken: Vec<u32>,
    /// Full intervals before each interval, as of the last [`Seats::count`].
    full: Vec<u32>,
}

impl Seats {
    /// One per site, all free.
    pub fn of(scenario: &Scenario) -> Vec<Self> {
        let intervals = scenario.horizon.intervals();
        scenario
            .sites
            .iter()
            .map(|site| Self {
                step: scenario.horizon.interval(),
                there: site.seats,
                taken: vec![0; if site.seats.is_some() { intervals } else { 0 }],
                full: Vec::new(),
            })
            .collect()
    }

    fn cells(&self, start: Tick, end: Tick) -> std::ops::Range<usize> {
        let last = (end.div_ceil(self.step) as usize).min(self.taken.len());
        ((start / self.step) as usize).min(last)..last
    }

    /// Takes a seat.
    pub fn take(&mut self, start: Tick, end: Tick) {
        let cells = self.cells(start, end);
        self.taken[cells].iter_mut().for_each(|n| *n += 1);
    }

    /// Gives a seat back that was taken.
    pub fn give_back(&mut self, start: Tick, end: Tick) {
        let cells = self.cells(start, end);
        self.taken[cells].iter_mut().for_each(|n| *n -= 1);
    }

    /// Counts the full intervals of a window, for [`Seats::free`].
    pub fn count(&mut self, window: (Tick, Tick)) {
        let Some(there) = self.there else { return };
        self.full.resize(self.taken.len() + 1, 0);
        for i in self.cells(window.0, window.1) {
            self.full[i + 1] = self.full[i] + u32::from(self.taken[i] >= there);
        }
    }

    /// Whether a seat is free all through a span inside the window last counted.
    pub fn free(&self, span: &Span) -> bool {
        if self.there.is_none() {
            return true;
        }
        let cells = self.cells(span.start, span.end);
        self.full[cells.start] == self.full[cells.end]
    }
}
