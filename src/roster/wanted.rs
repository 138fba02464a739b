//! How many people are wanted when.

use super::calendar::served;
use super::cover::Cover;
use crate::scenario::model::{Scenario, Team};
use crate::time::Tick;

/// The load in erlangs, or where none falls to the team one erlang in every interval in which a channel it serves is
/// open.
pub fn wanted(scenario: &Scenario, team: &Team, load: &[f64]) -> Vec<f64> {
    if load.iter().any(|&m| m > 0.0) {
        return load.to_vec();
    }
    let horizon = &scenario.horizon;
    let mut cells = vec![0.0; horizon.intervals()];
    for c in served(scenario, team) {
        let open = scenario.opening(c, horizon.length());
        for (i, cell) in cells.iter_mut().enumerate() {
            if open.is_open(i as Tick * horizon.interval()) {
                *cell = 1.0;
            }
        }
    }
    cells
}

/// Writes the people wanted inside a window so that they sum to the `there` people-intervals there are.
///
/// People enough are spread by the square-root rule, `m + b sqrt(m)` with one `b` for all hours (Halfin & Whitt 1981:
/// equal `b` is about equal service); too few are spread in proportion to the load.
pub fn scale(load: &[f64], window: (Tick, Tick), there: f64, cover: &mut Cover) {
    if load.is_empty() {
        return;
    }
    let cells = cover.range(window.0, window.1);
    let work: f64 = load[cells.clone()].iter().sum();
    let roots: f64 = load[cells.clone()].iter().map(|m| m.sqrt()).sum();
    for i in cells {
        cover.wanted[i] = if work <= 0.0 {
            0.0
        } else if there < work {
            load[i] * there / work
        } else {
            load[i] + (there - work) / roots * load[i].sqrt()
        };
    }
}
