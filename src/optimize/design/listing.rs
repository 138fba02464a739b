//! A plan as a list of named shifts.

use super::instance::Problem;
use std::collections::BTreeMap;

/// A distinct shift with staff on some day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Start as HH:MM.
    pub start: String,
    /// Minutes, breaks included.
    pub length_min: usize,
    /// Agents per day.
    pub staff: Vec<u32>,
    /// The breaks taken; agents without one are in `staff` only.
    pub breaks: Vec<ListedBreak>,
}

/// A break of some of a shift's agents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedBreak {
    /// Minutes from the start of the shift.
    pub offset_min: usize,
    /// Minutes.
    pub length_min: usize,
    /// Agents per day.
    pub staff: Vec<u32>,
}

/// The shifts with staff, in the order of the problem's shifts.
#[must_use]
pub fn listing(problem: &Problem, staff: &[u32]) -> Vec<Listed> {
    let shifts = 0..problem.instance.shifts.len();
    shifts
        .filter_map(|shift| listed(problem, staff, shift))
        .collect()
}

/// One shift, if it has staff.
fn listed(problem: &Problem, staff: &[u32], index: usize) -> Option<Listed> {
    let instance = &problem.instance;
    let minutes = |intervals: usize| intervals * instance.interval_min as usize;
    let shift = &instance.shifts[index];
    let mut all = vec![0; instance.days];
    let mut breaks: BTreeMap<(usize, usize), Vec<u32>> = BTreeMap::new();
    let mine = problem
        .duties
        .iter()
        .zip(staff)
        .filter(|(duty, _)| duty.shift == index);
    for (duty, &staff) in mine.filter(|(_, staff)| **staff > 0) {
        all[duty.day] += staff;
        if let Some(pause) = shift.variants[duty.variant].pause {
            let taken = breaks.entry((pause.offset, pause.length));
            taken.or_insert_with(|| vec![0; instance.days])[duty.day] += staff;
        }
    }
    let breaks = breaks
        .into_iter()
        .map(|((offset, length), staff)| ListedBreak {
            offset_min: minutes(offset),
            length_min: minutes(length),
            staff,
        });
    all.iter().any(|staff| *staff > 0).then(|| Listed {
        start: instance.clock(shift.start),
        length_min: minutes(shift.length),
        staff: all,
        breaks: breaks.collect(),
    })
}
