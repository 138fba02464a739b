//! Expected contacts that are not met where and when they come: they go elsewhere, or come again later.

use super::flow;
use crate::scenario::model::{ChannelKind, Scenario};
use crate::time::{NEVER, OpenHours, Tick};

/// Moves the contacts of interval `i` whose channel is not offered or whose language nobody speaks.
pub fn move_unserved(scenario: &Scenario, i: usize, offered: &mut [Vec<f64>]) {
    // Taken from all first: what moves to a stream is not moved on from there.
    let moving = scenario.streams.iter().enumerate();
    let moving = moving.filter_map(|(s, stream)| Some((s, stream.moves.as_ref()?)));
    let taken: Vec<_> = moving
        .map(|(s, moves)| (std::mem::take(&mut offered[s][i]), moves))
        .collect();
    for (coming, moves) in taken {
        for &(share, to) in moves {
            offered[to][i] += coming * share;
        }
    }
}

/// Contacts that found their channel closed and come again after the next opening.
pub struct Later {
    /// Per stream: share and delays after the opening.
    atoms: Vec<Vec<(usize, f64)>>,
    /// Per stream and interval: the interval of the next opening.
    opens: Vec<Vec<usize>>,
}

impl Later {
    /// The streams whose channel says that some come again.
    pub fn of(scenario: &Scenario, open: &[OpenHours]) -> Later {
        let step = scenario.horizon.interval();
        let mut all = Later {
            atoms: Vec::new(),
            opens: Vec::new(),
        };
        for stream in &scenario.streams {
            let channel = &scenario.channels[stream.channel];
            let none = channel.later <= 0.0 || channel.kind == ChannelKind::Deferred;
            let opens = |i: usize| match open[stream.channel].next_open(i as Tick * step) {
                NEVER => usize::MAX,
                tick => (tick / step) as usize,
            };
            let intervals = if none {
                0
            } else {
                scenario.horizon.intervals()
            };
            all.opens.push((0..intervals).map(opens).collect());
            all.atoms.push(if none {
                Vec::new()
            } else {
                flow::atoms(scenario, &channel.later_after, channel.later)
            });
        }
        all
    }

    /// Offers again what was turned away in interval `i`.
    pub fn put_off(&self, stream: usize, i: usize, turned_away: f64, offered: &mut [f64]) {
        if turned_away <= 0.0 {
            return;
        }
        for &(after, share) in &self.atoms[stream] {
            // An interval that opens in its middle is met in the next.
            let at = self.opens[stream][i].saturating_add(after).max(i + 1);
            if let Some(slot) = offered.get_mut(at) {
                *slot += turned_away * share;
            }
        }
    }
}
