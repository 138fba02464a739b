//! Rosters given as duties: how many heads work which shift on which day of which week.

use super::types::{Duty, Off, OffKind, Position};
use crate::scenario::model::{DutyRow, Scenario, Team};
use crate::time;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Lays every row out on the team's clock and hands the duties to positions, so that nobody has two at once and, where
/// it can be helped, everybody keeps the contract's rest.
pub fn positions(scenario: &Scenario, team: &Team, rows: &[DutyRow]) -> Vec<Position> {
    let mut laid = Vec::new();
    for (date, week) in dates(scenario, &team.clock) {
        for row in rows
            .iter()
            .filter(|r| r.day == date.weekday() && r.week.is_none_or(|w| w == week))
        {
            if let Some(duty) = lay(scenario, team, row, date) {
                laid.extend(std::iter::repeat_n(
                    (duty, row.contract),
                    row.heads as usize,
                ));
            }
        }
    }
    laid.sort_by(|a, b| a.0.start.cmp(&b.0.start).then(a.0.end.cmp(&b.0.end)));
    hand_out(scenario, team, laid)
}

/// Local dates of the horizon in a zone and the week of the horizon (from 1) each lies in.
pub fn dates(scenario: &Scenario, zone: &TimeZone) -> impl Iterator<Item = (Date, u32)> {
    let horizon = &scenario.horizon;
    let first = horizon.zoned_in(0, zone).date();
    let last = horizon
        .zoned_in(horizon.length().saturating_sub(1), zone)
        .date();
    let day = move |i: i32| first.checked_add(i.days()).ok();
    (0..)
        .map_while(day)
        .take_while(move |d| *d <= last)
        .zip(0..)
        .map(|(date, i)| (date, i / 7 + 1))
}

/// One duty of a row on a date, with its breaks, cut to the horizon; `None` when nothing of it is left.
fn lay(scenario: &Scenario, team: &Team, row: &DutyRow, date: Date) -> Option<Duty> {
    let at = |minute: u32| {
        time::instant(date, minute, &team.clock).map(|t| scenario.horizon.tick_of_clamped(t))
    };
    let (start, end) = (at(row.start_min)?, at(row.start_min + row.length_min)?);
    let template = &scenario.shifts[row.shift];
    let mut offs = Vec::new();
    for (i, pause) in template.breaks.iter().enumerate() {
        let from = row
            .breaks_min
            .get(i)
            .copied()
            .unwrap_or(u32::midpoint(pause.from_min, pause.to_min));
        let (from, to) = (
            at(row.start_min + from)?,
            at(row.start_min + from + pause.length_min)?,
        );
        if from < to && to <= end {
            let kind = if pause.paid {
                OffKind::PaidBreak
            } else {
                OffKind::UnpaidBreak
            };
            offs.push(Off {
                start: from,
                end: to,
                kind,
            });
        }
    }
    (start < end).then_some(Duty { start, end, offs })
}

/// Hands duties in order of start to the position that has rested longest, a new one if nobody has rested enough.
fn hand_out(scenario: &Scenario, team: &Team, laid: Vec<(Duty, Option<usize>)>) -> Vec<Position> {
    let default = team.heads.first().and_then(|h| h.contract);
    let mut positions: Vec<Position> = Vec::new();
    for (duty, contract) in laid {
        let contract = contract.or(default);
        let rest = contract.map_or(0, |c| time::ticks(scenario.contracts[c].rules.rest_s));
        let ended = |p: &Position| p.duties.last().map_or(0, |d| d.end);
        let rested = |p: &&mut Position| p.contract == contract && ended(p) + rest <= duty.start;
        match positions.iter_mut().filter(rested).min_by_key(|p| ended(p)) {
            Some(position) => position.duties.push(duty),
            None => positions.push(Position {
                contract,
                duties: vec![duty],
            }),
        }
    }
    positions
}
