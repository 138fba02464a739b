//! Who is on queue as rosters of today have it, on the grid.

use super::grid::Grid;
use crate::experiment::Case;
use crate::time::Tick;

/// Mean agents on queue of a team per cell, as its roster of today says.
#[must_use]
pub fn coverage(case: &Case, grid: &Grid, team: usize) -> Vec<f64> {
    let roster = &case.roster.teams[team];
    let mut out = vec![0.0; grid.cells()];
    let mut add = |from: Tick, to: Tick, there: f64| {
        let mut at = from;
        while at < to {
            let cell = grid.cell_of(at);
            let week = grid.starts.partition_point(|&s| s <= at) - 1;
            let inside = (at - grid.starts[week]) / grid.step;
            let next = (grid.starts[week] + (inside + 1) * grid.step).min(to);
            out[cell] += there * (next - at) as f64 / grid.step as f64 / grid.weight(cell);
            at = next;
        }
    };
    for duty in roster.positions.iter().flat_map(|p| &p.duties) {
        let lost = roster.absences(duty.start);
        let there = (1.0 - lost.sick) * (1.0 - lost.late);
        add(duty.start, duty.end, there);
        for off in &duty.offs {
            add(off.start, off.end, -there);
        }
    }
    out
}
