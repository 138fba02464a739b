//! How many of a team are on queue when, as the roster says.

use super::cover::Cover;
use super::types::TeamRoster;
use crate::time::Tick;

/// Mean number of a team's people on queue in each of `intervals` planning intervals of `step` ticks: duties less
/// breaks and planned work, before anybody is sick or late.
///
/// ```
/// use staffwright::roster::{Duty, Off, OffKind, Position, TeamRoster, staffed};
/// use staffwright::time::HOUR;
/// let pause = Off { start: 2 * HOUR, end: 2 * HOUR + HOUR / 2, kind: OffKind::PaidBreak };
/// let duty = Duty { start: 0, end: 4 * HOUR, cut: 0, offs: vec![pause] };
/// let position = Position { contract: None, duties: vec![duty] };
/// let team = TeamRoster { positions: vec![position], ..TeamRoster::default() };
/// assert_eq!(staffed(&team, HOUR, 5), [1.0, 1.0, 0.5, 1.0, 0.0]);
/// ```
#[must_use]
pub fn staffed(team: &TeamRoster, step: Tick, intervals: usize) -> Vec<f64> {
    let mut cover = Cover::new(step, intervals);
    for duty in team.positions.iter().flat_map(|p| &p.duties) {
        cover.add(duty.start, duty.end, 1.0);
        for off in &duty.offs {
            cover.add(off.start, off.end, -1.0);
        }
    }
    cover.people
}
