//! The shifts of a plan, day by day, that people have to be found for.

use crate::roster::{Duty, Off, OffKind, Roster, dates, saturday};
use crate::scenario::model::{DutyRow, Named, Scenario};
use crate::time::{MINUTE, Tick};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Alike shifts of one day: same team, contract, times and breaks.
#[derive(Debug, Clone)]
pub struct Slot {
    /// Team, or skill group of one (index).
    pub team: usize,
    /// Contract (index).
    pub contract: Option<usize>,
    /// Day it begins on, by the team's clock.
    pub date: Date,
    /// Week of the horizon, from 1; 0 for the night before the first day.
    pub week: u32,
    /// Day its last minute lies on.
    pub last_date: Date,
    /// Start by the clock, minutes after midnight.
    pub clock_min: u32,
    /// Start, ticks.
    pub start: Tick,
    /// End, ticks.
    pub end: Tick,
    /// Shift template (index), where a row of the plan says it.
    pub shift: Option<usize>,
    /// Paid hours.
    pub paid_h: f64,
    /// Whether it ends late.
    pub late: bool,
    /// Saturday of the weekend that its day lies on.
    pub saturday: Option<Date>,
    /// Whether any of it lies on a holiday of the site.
    pub holiday: bool,
    /// One for each of the people who have to work it; only the meetings inside differ.
    pub duties: Vec<Duty>,
}

/// What alike shifts have in common: start, end, team, contract, breaks.
type Alike = (Tick, Tick, usize, Option<usize>, Vec<(Tick, Tick)>);

/// The slots of teams' rosters in order of time; `rows` are the plan's, by team.
pub fn slots(
    scenario: &Scenario,
    roster: &Roster,
    teams: &[usize],
    rows: &[Option<Vec<DutyRow>>],
    named: &Named,
) -> Vec<Slot> {
    let mut alike: BTreeMap<Alike, Vec<Duty>> = BTreeMap::new();
    for &team in teams {
        for position in &roster.teams[team].positions {
            for duty in &position.duties {
                let breaks = breaks(duty).map(|o| (o.start, o.end)).collect();
                let key = (duty.start, duty.end, team, position.contract, breaks);
                alike.entry(key).or_default().push(duty.clone());
            }
        }
    }
    let slot = |((start, end, team, contract, _), duties): (Alike, Vec<Duty>)| {
        let of = &scenario.teams[team];
        let first = &duties[0];
        let clock = |tick: Tick| scenario.horizon.zoned_in(tick, &of.clock);
        let began = clock(start)
            .checked_sub(jiff::SignedDuration::from_micros(first.cut.cast_signed()))
            .unwrap_or_else(|_| clock(start));
        let last = clock(end - 1);
        let date = began.date();
        let clock_min =
            60 * u32::from(began.hour().unsigned_abs()) + u32::from(began.minute().unsigned_abs());
        let week = dates(scenario, &of.clock).find(|d| d.0 == date);
        let week = week.map_or(0, |d| d.1);
        let ends_min = last.hour() as u32 * 60 + last.minute() as u32 + 1;
        let holidays = &scenario.sites[of.site].holidays;
        let rows = rows[team].iter().flatten();
        let row = rows.into_iter().find(|r| {
            r.day == date.weekday()
                && r.week.is_none_or(|w| w == week)
                && r.start_min % 1440 == clock_min
                && r.contract.is_none_or(|c| Some(c) == contract)
                && breaks(first).all(|o| {
                    let after = (o.start + first.cut).saturating_sub(first.start) / MINUTE;
                    r.breaks_min.contains(&(after as u32))
                })
        });
        Slot {
            team,
            contract,
            date,
            week,
            last_date: last.date(),
            clock_min,
            start,
            end,
            shift: row.map(|r| r.shift),
            paid_h: first.paid_s() / 3600.0,
            late: last.date() > date || ends_min > named.late_min,
            saturday: saturday(date),
            holiday: holidays.on(date).is_some() || holidays.on(last.date()).is_some(),
            duties,
        }
    };
    alike.into_iter().map(slot).collect()
}

fn breaks(duty: &Duty) -> impl Iterator<Item = &Off> {
    duty.offs.iter().filter(|o| o.kind != OffKind::Planned)
}
