//! Deferred work laid where there is time for it: between its arrival and its due date, in the valleys that other work
//! leaves.
//!
//! A *window* goes from the first open moment after arrival to the promise's due date. What falls due before there is
//! any open time to do it in, such as a promise by the customer's watch over a closed weekend, is late whatever is done;
//! it is worked off over the following working day, as work without a promise is.

use crate::scenario::model::{CallBack, CallTime, PromiseEvent, Scenario};
use crate::time::{HOUR, OpenHours, Tick, ticks};

/// Open time in which deferred work is done that no promise times, or that is late already.
const UNPROMISED: Tick = 8 * HOUR;
/// Halvings in the search for the level that work is poured to.
const HALVINGS: usize = 40;

/// When the work of one interval may be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Window {
    /// The tick after the last.
    pub to: Tick,
    /// First tick.
    pub from: Tick,
}

/// The window of a stream's contacts that arrive at a tick.
#[must_use]
pub fn window(scenario: &Scenario, stream: usize, open: &OpenHours, arrival: Tick) -> Window {
    let channel = &scenario.channels[scenario.streams[stream].channel];
    let arrival = match &channel.habits.call_back {
        // A call at a promised time is no work before it.
        Some(CallBack {
            when: CallTime::Promised(after),
            ..
        }) if channel.habits.outbound => arrival.saturating_add(ticks(*after)),
        _ => arrival,
    };
    let from = open.next_open(arrival);
    let replies = scenario
        .promises
        .iter()
        .filter(|p| p.event != PromiseEvent::Resolution && p.streams.contains(&stream));
    let due = replies
        .map(|p| {
            let within = ticks(p.within_s);
            if p.business_hours {
                open.add(from, within)
            } else {
                arrival.saturating_add(within)
            }
        })
        .min();
    let in_time = due.filter(|&due| due > from && open.open_between(from, due) > 0);
    Window {
        from,
        to: in_time.unwrap_or_else(|| open.add(from, UNPROMISED)),
    }
}

/// Share of each planning interval inside a window that is open, of all the window's open time: `(interval, share)`.
/// What lies after the horizon's end is left out.
pub fn open_shares<'o>(
    open: &'o OpenHours,
    window: Window,
    step: Tick,
    intervals: usize,
) -> impl Iterator<Item = (usize, f64)> + 'o {
    let total = open.open_between(window.from, window.to) as f64;
    let mut at = window.from;
    std::iter::from_fn(move || {
        let interval = (at / step) as usize;
        if at >= window.to || interval >= intervals {
            return None;
        }
        let next = ((interval as Tick + 1) * step).min(window.to);
        let share = open.open_between(at, next) as f64 / total;
        // Nights are passed over at once.
        at = open.next_open(next).max(next);
        Some((interval, share))
    })
}

/// Pours work into cells so that it fills their valleys: all that receive some end at one level.
///
/// `cells` holds `(cell, room)`, the room from 0 to 1 being the part of the cell that can take work; `height` is what
/// lies in each cell already and grows.
pub fn pour(work: f64, cells: &[(usize, f64)], height: &mut [f64]) {
    let room: f64 = cells.iter().map(|c| c.1).sum();
    if work <= 0.0 || room <= 0.0 {
        return;
    }
    let held = |level: f64| -> f64 {
        let below = |&(cell, room): &(usize, f64)| (level - height[cell]).max(0.0) * room;
        cells.iter().map(below).sum()
    };
    let lowest = cells
        .iter()
        .map(|c| height[c.0])
        .fold(f64::INFINITY, f64::min);
    let highest = cells.iter().map(|c| height[c.0]).fold(0.0, f64::max);
    let (mut low, mut high) = (lowest, highest + work / room);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if held(middle) < work {
            low = middle;
        } else {
            high = middle;
        }
    }
    // What the search left open is shared out, so that no work is lost.
    let scale = work / held(high).max(f64::MIN_POSITIVE);
    let before: Vec<f64> = cells.iter().map(|c| height[c.0]).collect();
    for (&(cell, room), before) in cells.iter().zip(before) {
        height[cell] += (high - before).max(0.0) * room * scale;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_poured_into_valleys_to_one_level() {
        let mut height = [3.0, 0.0, 1.0, 8.0];
        pour(4.0, &[(0, 1.0), (1, 1.0), (2, 1.0), (3, 1.0)], &mut height);
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-9, "{a} {b}");
        close(height[1], 2.5);
        close(height[2], 2.5);
        assert_eq!((height[0], height[3]), (3.0, 8.0));
        // Half a cell takes half of what a whole one does.
        let mut height = [0.0, 0.0];
        pour(3.0, &[(0, 1.0), (1, 0.5)], &mut height);
        close(height[0], 2.0);
        close(height[1], 1.0);
    }
}
