//! Rosters that say who is on queue without naming shifts: counts of agents, or spells of single agents.

use super::types::{Duty, Position};
use crate::scenario::model::Scenario;
use crate::time::Tick;

/// Positions of a step function of agents: position `i` is on queue while more than `i` agents are.
///
/// On a fall the agents with the highest numbers finish what they have in hand and go.
pub fn levels(scenario: &Scenario, levels: &[(Tick, u32)]) -> Vec<Position> {
    let end = scenario.horizon.length();
    let most = levels.iter().map(|&(_, n)| n).max().unwrap_or(0);
    let mut positions = vec![Position::default(); most as usize];
    for (i, &(from, agents)) in levels.iter().enumerate() {
        let to = levels.get(i + 1).map_or(end, |next| next.0).min(end);
        if from >= to {
            continue;
        }
        for position in &mut positions[..agents as usize] {
            match position.duties.last_mut() {
                Some(duty) if duty.end == from => duty.end = to,
                _ => position.duties.push(Duty {
                    start: from,
                    end: to,
                    cut: 0,
                    offs: Vec::new(),
                }),
            }
        }
    }
    positions
}

/// One position per agent, in order of agent number; spells that touch or overlap become one.
pub fn spells(spells: &[(u32, Tick, Tick)]) -> Vec<Position> {
    let count = spells.iter().map(|s| s.0 as usize + 1).max().unwrap_or(0);
    let mut sorted = spells.to_vec();
    sorted.sort_unstable();
    let mut positions = vec![Position::default(); count];
    for (agent, start, end) in sorted {
        let duties = &mut positions[agent as usize].duties;
        match duties.last_mut() {
            Some(last) if start <= last.end => last.end = last.end.max(end),
            _ if start < end => duties.push(Duty {
                start,
                end,
                cut: 0,
                offs: Vec::new(),
            }),
            _ => {}
        }
    }
    positions
}
