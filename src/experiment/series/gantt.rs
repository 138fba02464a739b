//! Who works when on one day: the duties of the weekday with the most work, alike ones together.

use super::week::Week;
use crate::experiment::case::Case;
use crate::roster::{Duty, OffKind};
use crate::time::{MINUTE, Tick, days};
use serde::Serialize;
use std::collections::BTreeMap;

/// The duties of a day.
#[derive(Debug, Clone, Serialize)]
pub struct DayDuties {
    /// The date, in the reporting zone.
    pub date: String,
    /// Its day of the week, from 0 for Monday.
    pub weekday: usize,
    /// Per team that has duties that day.
    pub teams: Vec<TeamDuties>,
}

/// A team's duties of a day.
#[derive(Debug, Clone, Serialize)]
pub struct TeamDuties {
    /// Name.
    pub name: String,
    /// Duties by start; alike ones are one line.
    pub lines: Vec<DutyLine>,
}

/// Duties that are alike. Minutes count from the day's midnight in the reporting zone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct DutyLine {
    /// Start.
    pub start_min: i64,
    /// End.
    pub end_min: i64,
    /// Time off queue.
    pub offs: Vec<OffLine>,
    /// People on it.
    pub staff: u32,
}

/// Time off queue inside a duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct OffLine {
    /// Start.
    pub from_min: i64,
    /// End.
    pub to_min: i64,
    /// Whether it is a break; else planned work such as a meeting.
    pub is_break: bool,
}

/// The day of the horizon's second week (or first, where it is the only one) whose weekday has the most contacts.
#[must_use]
pub fn busiest_day(case: &Case, week: &Week) -> Option<DayDuties> {
    let horizon = &case.scenario.horizon;
    let periods = days(horizon, horizon.zone());
    let contacts = |day: usize| -> f64 {
        let cells = day * week.per_day..(day + 1) * week.per_day;
        let of = |c: &super::ChannelWeek| c.offered[cells.clone()].iter().sum::<f64>();
        week.channels.iter().map(of).sum()
    };
    let weekday = |d: usize| {
        let local = horizon.zoned(periods.span(d).0);
        local.weekday().to_monday_zero_offset() as usize
    };
    let whole = |d: &usize| periods.complete[*d];
    let second = (7..periods.len().min(14)).filter(whole);
    let first = (0..periods.len().min(7)).filter(whole);
    let mut best: Option<(usize, f64)> = None;
    let candidates: Vec<usize> = if periods.len() >= 14 {
        second.collect()
    } else {
        first.collect()
    };
    for day in candidates {
        let n = contacts(weekday(day));
        if best.is_none_or(|b| n > b.1) {
            best = Some((day, n));
        }
    }
    let (day, _) = best?;
    let (from, to) = periods.span(day);
    let teams = case.scenario.teams.iter().zip(&case.roster.teams);
    let teams: Vec<TeamDuties> = teams
        .map(|(team, roster)| TeamDuties {
            name: team.name.clone(),
            lines: lines(roster.positions.iter().flat_map(|p| &p.duties), from, to),
        })
        .filter(|t| !t.lines.is_empty())
        .collect();
    (!teams.is_empty()).then(|| DayDuties {
        date: periods.labels[day].clone(),
        weekday: weekday(day),
        teams,
    })
}

/// The duties that begin between two ticks.
fn lines<'a>(duties: impl Iterator<Item = &'a Duty>, from: Tick, to: Tick) -> Vec<DutyLine> {
    let minute = |tick: Tick| (tick as i64 - from as i64) / MINUTE as i64;
    let mut alike: BTreeMap<(i64, i64, Vec<OffLine>), u32> = BTreeMap::new();
    for duty in duties.filter(|d| (from..to).contains(&d.start)) {
        let offs = duty.offs.iter().map(|o| OffLine {
            from_min: minute(o.start),
            to_min: minute(o.end),
            is_break: o.kind != OffKind::Planned,
        });
        let key = (minute(duty.start), minute(duty.end), offs.collect());
        *alike.entry(key).or_default() += 1;
    }
    let line = |((start_min, end_min, offs), staff)| DutyLine {
        start_min,
        end_min,
        offs,
        staff,
    };
    alike.into_iter().map(line).collect()
}
