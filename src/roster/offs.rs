//! Breaks, and planned work off queue: meetings, training, other work.

use super::cover::Cover;
use super::types::{Duty, Off, OffKind};
use super::week::{Slot, paid_hours, working_hours};
use crate::scenario::model::{BreakTemplate, Scenario, ShiftTemplate, Shrinkage, Team};
use crate::time::{MINUTE, Tick, seconds};

/// Breaks and planned work begin on this grid, counted from the shift's start.
const GRID: Tick = 15 * MINUTE;
/// Lengths of a block of planned work, tried in this order; the first only where much is owed.
const BLOCKS: [Tick; 3] = [120 * MINUTE, 60 * MINUTE, 30 * MINUTE];
/// Planned work of a week from which on long blocks are tried first, seconds.
const MUCH_S: f64 = 4.0 * 3600.0;
/// Planned work takes at most this share of a duty.
const MOST_OF_DUTY: f64 = 0.6;

/// Probability that a duty is lost to sickness, from sickness as a share of paid hours: those on leave are not at risk.
pub fn sick(s: &Shrinkage) -> f64 {
    (s.sick / (1.0 - s.leave).max(1e-9)).min(1.0)
}

/// Share of the time of those who came that is lost to late starts.
pub fn late(s: &Shrinkage) -> f64 {
    (s.late / (1.0 - s.leave - s.sick).max(1e-9)).min(1.0)
}

/// Share of the paid time of those who came that is planned off queue.
fn planned(s: &Shrinkage) -> f64 {
    (s.training + s.meetings + s.other_work) / (1.0 - s.leave - s.sick).max(1e-9)
}

/// As [`planned`], of a duty that begins at a tick.
fn planned_at(s: &Shrinkage, tick: Tick) -> f64 {
    let for_now = if tick < s.for_now_until {
        s.for_now / (1.0 - s.leave - s.sick).max(1e-9)
    } else {
        0.0
    };
    planned(s) + for_now
}

/// Share of a duty's time somebody is there, breaks and planned work apart.
pub fn attendance(team: &Team) -> f64 {
    (1.0 - sick(&team.shrinkage)) * (1.0 - late(&team.shrinkage))
}

/// People on queue that one duty of a slot gives on average over its length.
pub fn presence(scenario: &Scenario, team: &Team, slot: &Slot) -> f64 {
    let shift = &scenario.shifts[slot.template];
    let length = f64::from(slot.length_min).max(1.0) / 60.0;
    let off = planned(&team.shrinkage) * paid_hours(shift, slot.length_min);
    attendance(team) * ((working_hours(shift, slot.length_min) - off) / length).max(0.0)
}

/// Length of a break in ticks.
fn length(pause: &BreakTemplate) -> Tick {
    Tick::from(pause.length_min) * MINUTE
}

fn kind(pause: &BreakTemplate) -> OffKind {
    if pause.paid {
        OffKind::PaidBreak
    } else {
        OffKind::UnpaidBreak
    }
}

/// Breaks of a duty as `start_min` says for each (minutes after the shift's start); what does not lie inside the duty,
/// because the horizon cuts it, is left out.
pub fn breaks_at(shift: &ShiftTemplate, duty: &Duty, start_min: impl Fn(usize) -> u32) -> Vec<Off> {
    let mut offs: Vec<Off> = Vec::new();
    for (i, pause) in shift.breaks.iter().enumerate() {
        let after = Tick::from(start_min(i)) * MINUTE;
        let Some(start) = (duty.start + after).checked_sub(duty.cut) else {
            continue;
        };
        let free_from = offs.last().map_or(duty.start, |o| o.end);
        let off = Off {
            start,
            end: start + length(pause),
            kind: kind(pause),
        };
        if off.start >= free_from && off.end <= duty.end && off.start < off.end {
            offs.push(off);
        }
    }
    offs
}

/// Places the breaks of a duty inside their windows, where there are most people for what is wanted.
pub fn place_breaks(shift: &ShiftTemplate, duty: &mut Duty, there: f64, cover: &mut Cover) {
    for pause in &shift.breaks {
        let Some(at) = break_start(pause, duty, cover) else {
            continue;
        };
        let off = Off {
            start: at,
            end: at + length(pause),
            kind: kind(pause),
        };
        cover.add(off.start, off.end, -there);
        duty.offs.push(off);
    }
}

fn break_start(pause: &BreakTemplate, duty: &Duty, cover: &Cover) -> Option<Tick> {
    let free_from = duty.offs.last().map_or(duty.start, |o| o.end);
    let free = |at: &Tick| *at >= free_from && at + length(pause) <= duty.end;
    let at = |min: u32| (duty.start + Tick::from(min) * MINUTE).checked_sub(duty.cut);
    let to = at(pause.to_min)?;
    let from = at(pause.from_min).unwrap_or(duty.start % GRID);
    let spots = (from..=to).step_by(GRID as usize).chain([to]);
    let best = spots.filter(free).min_by(|&a, &b| {
        let missing = |at: Tick| cover.missing(at, at + length(pause));
        missing(a).total_cmp(&missing(b))
    });
    // A window that an earlier break has filled: right after that break.
    best.or_else(|| Some(free_from).filter(|at| *at >= from && free(at)))
}

/// Seconds of planned work off queue that a number in [-0.5, 0.5) of a head's own sets its account off with, so that
/// blocks fall into different weeks for different heads.
pub fn planned_head_start(phase: f64) -> f64 {
    phase * seconds(BLOCKS[1])
}

/// Places planned work off queue of one head's week: what it owes (`owed`, seconds) grows with the paid time of the
/// duties, and blocks of it go where most people are for what is wanted.
pub fn place_planned(team: &Team, duties: &mut [Duty], owed: &mut f64, cover: &mut Cover) {
    if planned(&team.shrinkage) + team.shrinkage.for_now <= 0.0 {
        return;
    }
    let there = attendance(team);
    *owed += duties
        .iter()
        .map(|d| planned_at(&team.shrinkage, d.start) * d.paid_s())
        .sum::<f64>();
    while *owed >= 0.5 * seconds(BLOCKS[1]) {
        let sizes = &BLOCKS[usize::from(*owed < MUCH_S)..];
        let found = sizes
            .iter()
            .find_map(|&length| valley(duties, length, cover));
        let Some((duty, off)) = found else { break };
        let offs = &mut duties[duty].offs;
        offs.insert(offs.partition_point(|o| o.start < off.start), off);
        cover.add(off.start, off.end, -there);
        *owed -= seconds(off.end - off.start);
    }
}

/// The free stretch of `length` in one of the duties where least is missing.
fn valley(duties: &[Duty], length: Tick, cover: &Cover) -> Option<(usize, Off)> {
    let mut best: Option<(f64, usize, Tick)> = None;
    for (i, duty) in duties.iter().enumerate() {
        let taken: Tick = duty.planned() + length;
        if taken as f64 > MOST_OF_DUTY * (duty.end - duty.start) as f64 {
            continue;
        }
        let last = duty.end - length;
        for at in (duty.start..=last).step_by(GRID as usize) {
            let end = at + length;
            if duty.offs.iter().any(|o| at < o.end && o.start < end) {
                continue;
            }
            let missing = cover.missing(at, end);
            if best.is_none_or(|b| missing < b.0) {
                best = Some((missing, i, at));
            }
        }
    }
    best.map(|(_, i, start)| {
        let off = Off {
            start,
            end: start + length,
            kind: OffKind::Planned,
        };
        (i, off)
    })
}
